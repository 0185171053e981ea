"""A finding about a computer: what was different, its packets one by one, saved packets, no acts for files."""

from contextlib import ExitStack
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from desktop.service.activity import PacketLayer, PacketView
from desktop.window.made_up_network import RECORDING
from desktop.window.pages.finding import FindingPage
from desktop.window.pages.finding_packets import (
    ALL_FIELDS_SHOWN,
    FIELDS_SHOWN,
    LAYERS_SHOWN,
    EvidenceCard,
    PacketsCard,
    packet_text,
)
from desktop.window.pages.finding_parts import SignsCard
from desktop.window.pages.findings import FindingsPage
from desktop.window.pictures import settle, wait
from desktop.window.widgets.findings_table import FindingLine
from desktop.window.widgets.label import PlainLabel
from detectors.contract.errors import InputUnreadable, WorkerStopped
from tests.desktop.window.steps import button, on_stage, rich_labels, sees, texts

HOSTILE = "<img src=x>\u202egpj\n"
LIVE, RECORDED, A_FILE = 0, 1, 2


@pytest.fixture
def visit(application, light):
    """Show one of the made-up findings of the network story; closed at the end."""
    with ExitStack() as stages:

        def show(number=RECORDED, **changes):
            stage = stages.enter_context(on_stage(FindingPage, "network", **changes))
            stage.page.show_finding(stage.service.kept[number].finding.id)
            return stage.enter()

        yield show


def shown_packet(stage, place=0):
    stage.page.show_packet(place)
    wait(lambda: stage.page.state == "packet")
    stage.settle()
    return stage.page.packet_panel


def test_what_was_observed_stands_beside_what_is_usual(visit):
    page = visit().page
    card = page.findChild(EvidenceCard)
    names = [label.accessibleName() for label in card.findChildren(PlainLabel)]
    assert "Sent: observed 2 GB" in [name.replace("\xa0", " ") for name in names]
    assert "Sent: usual 240 MB" in [name.replace("\xa0", " ") for name in names]
    assert not any("Port" in text for text in texts(card))  # no usual value, so nothing to compare


def test_a_file_has_neither_packets_nor_the_words_for_computers(visit):
    page = visit(A_FILE).page
    assert page.findChild(PacketsCard) is None
    assert sees(page, "Rule names, file path, fingerprint, exact times")


def test_the_recording_is_named_and_no_file_words_are_used(visit):
    page = visit().page
    assert any(text.startswith("Found ") and "in office.pcap" in text for text in texts(page))
    assert sees(page, "41 of the packets in office.pcap show it.")
    assert sees(page, "Addresses, packet numbers, exact times")
    page.judgement.ask_scope()
    assert [one.accessibleName() for one in (page.judgement.file_button, page.judgement.days_button)] == [
        "Only this finding, for good",
        "This finding, for 30 days",
    ]
    assert sees(visit(LIVE).page, "41 packets show it.")


def test_packets_are_gone_through_one_by_one(visit):
    stage = visit()
    stage.press("Show a packet")
    wait(lambda: stage.page.state == "packet")
    stage.settle()
    assert sees(stage.page, "Packet 1,204")
    assert sees(stage.page, "1 of 41")
    assert not button(stage.page, "Previous packet").isEnabled()
    assert sees(stage.page, "Ethernet")
    button(stage.page, "Next packet").click()
    wait(lambda: sees(stage.page, "Packet 1,205"))
    stage.settle()
    assert stage.page.go_back_inside()
    assert stage.page.state == "full"
    assert not stage.page.go_back_inside()
    panel = shown_packet(stage, 40)
    assert not panel.next_one.isEnabled()


def test_strangers_text_in_a_packet_stays_plain(visit):
    def change(service):
        layer = PacketLayer(HOSTILE, ((HOSTILE, HOSTILE), ("name", "x" * 5_000)))
        service.packet = lambda _id, number: PacketView(number, 2.0**70, 60, 1_500, (layer,))

    stage = visit(change=change)
    shown_packet(stage)
    assert rich_labels(stage.page) == []
    assert sees(stage.page, "<img src=x>[U+202E]gpj")
    assert sees(stage.page, "1.5 kB long, of which 60 bytes were recorded")


def test_what_would_have_made_it_usual_stands_below_the_signs_as_plain_text(visit):
    sentence = "It would have looked usual to us like this: " + HOSTILE

    def change(service):
        explain = service.explain
        service.explain = lambda *facts: replace(explain(*facts), signs=(), would_be_normal=sentence)

    page = visit(change=change).page
    card = page.findChild(SignsCard)
    assert card is not None
    assert sees(card, "It would have looked usual to us like this: <img src=x>")
    assert rich_labels(page) == []


def test_very_many_layers_and_fields_are_cut_on_the_screen_but_copied_whole(visit):
    layers = tuple(PacketLayer(f"L{n}", tuple((f"f{m}", str(m)) for m in range(200))) for n in range(100))
    packet = PacketView(1, 0.0, 60, 60, layers)
    stage = visit(change=lambda service: setattr(service, "packet", lambda _id, _number: packet))
    shown_packet(stage)
    wait(lambda: sees(stage.page, f"L{LAYERS_SHOWN - 1}"))
    assert not sees(stage.page, f"L{LAYERS_SHOWN}")
    assert sees(stage.page, f"and {200 - FIELDS_SHOWN} more; the copy has them all")
    stage.press("Copy details")
    assert QApplication.clipboard().text() == packet_text(packet)
    assert "L99" in packet_text(packet)
    values = [label for label in stage.page.packet_panel.findChildren(PlainLabel) if label.property("role") == "mono"]
    assert len(values) == ALL_FIELDS_SHOWN


def test_a_recording_that_is_gone_is_said_and_the_finding_stays(visit):
    def change(service):
        def gone(_id, _number):
            raise InputUnreadable(path=RECORDING)

        service.packet = gone

    stage = visit(change=change)
    stage.press("Show a packet")
    wait(lambda: stage.page.state == "packet")
    assert sees(stage.page, "The recording is not there any more")
    assert sees(stage.page, "We looked for office.pcap.")
    stage.press("Back to the finding")
    assert stage.page.state == "full"


def test_another_error_is_an_error(visit):
    def change(service):
        def fall(_id, _number):
            raise WorkerStopped(deaths=5)

        service.packet = fall

    stage = visit(change=change)
    stage.page.show_packet(0)
    wait(lambda: stage.page.state == "error")
    assert stage.page.state == "error"


def test_packets_are_saved_and_counted(visit, tmp_path):
    stage, asked = visit(), []
    stage.service.export_packets = lambda finding_id, path: asked.append((finding_id, path)) or 41
    stage.page.save_packets(str(tmp_path / "a <b>.pcapng"))
    stage.settle()
    assert asked == [(stage.service.kept[RECORDED].finding.id, tmp_path / "a <b>.pcapng")]
    assert stage.navigator.said == [("41 packets saved in a <b>.pcapng.", ())]


def test_this_is_fine_thanks_without_naming_a_file(visit):
    stage = visit()
    stage.page.judgement.ask_scope()
    stage.page.judgement.days_button.click()
    stage.settle()
    assert stage.navigator.said[0][0] == "Thank you. We will stay quiet about this for 30 days."
    assert sees(stage.page, "You said this is fine.")


def test_escape_goes_from_the_packet_to_the_finding_first(open_made_up, heartbeat):
    heartbeat.allowed_s = 10.0
    window = open_made_up("finding", story="network")
    window.page.show_packet(2)
    settle(window)
    assert window.page.state == "packet"
    window.go_back()
    assert (window.page_name, window.page.state) == ("finding", "full")
    window.go_back()
    assert window.page_name != "finding"


def test_the_list_names_recording_and_finds_the_other_side(application, light):
    with on_stage(FindingsPage, "network") as stage:
        stage.enter()
        table = stage.page.list.table
        lines = [table.line_at(row) for row in range(table.rowCount())]
        recorded = next(one for one in lines if isinstance(one, FindingLine) and one.name == "192.0.2.30")
        assert recorded.area == "network"
        assert "office.pcap" in recorded.rest
        assert "198.51.100.7" in recorded.needle
        assert "office.pcap" in recorded.needle


def test_a_hostile_address_stays_plain_in_list_and_headline(visit):
    def change(service):
        kept = service.kept[RECORDED]
        subject = replace(kept.finding.subject, name=HOSTILE)
        service.kept[RECORDED] = replace(kept, finding=replace(kept.finding, subject=subject))

    stage = visit(change=change)
    assert rich_labels(stage.page) == []
    assert not stage.page.grab().isNull()
