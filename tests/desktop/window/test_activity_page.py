"""The Activity page: four states, programs first, a picked time, recordings, the keyboard, hostile names."""

import threading
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.service.activity import ActivitySource, ActivityView
from desktop.service.events import Progress, Started, Summary
from desktop.window import present
from desktop.window.made_up_network import RECORDING, make_rows
from desktop.window.pages.activity import ActivityPage
from desktop.window.pages.activity_facts import country_names
from desktop.window.pictures import wait
from desktop.window.widgets.row import FindingRow
from desktop.window.widgets.talkers_view import SHORT_ROWS
from detectors.contract.activity import ActivityRow
from detectors.contract.errors import WorkerStopped
from tests.desktop.window.steps import button, buttons, on_stage, rich_labels, sees

HOSTILE = "<img src=x>\u202egpj.exe\n\x07&" + "a" * 300


@pytest.fixture(autouse=True)
def afternoon():
    """Hold the clock: how much of today there is to show must not depend on the hour of the test."""
    with present.held_at(15):
        yield


@pytest.fixture
def visit(application, light):
    """Show the page over a story; closed at the end."""
    with ExitStack() as stages:
        yield lambda story="network", **changes: stages.enter_context(on_stage(ActivityPage, story, **changes)).enter()


def titles(stage):
    return [talker.title for talker in stage.page.talkers.table.talkers]


def choose(stage, title):
    table = stage.page.talkers.table
    stage.page.talkers.view.setCurrentIndex(table.index(titles(stage).index(title), 0))


def of_rows(rows, source=None, **changes):
    """Let the service know these rows only."""
    source = source or ActivitySource("", "connections", rows[0].minute, rows[-1].minute)

    def change(service):
        service.activity = lambda **_wish: ActivityView(source, (source,), tuple(rows), **changes)

    return change


def row(minute=None, **changes):
    now = int(present.now().timestamp()) // 60 * 60
    facts = {
        "minute": now if minute is None else minute, "program": "Mail", "host": "192.0.2.14", "address": "203.0.113.5",
        "port": 993, "transport": "tcp", "service": "tls", "name": "mail.example", "country": "LU",
        "owner": "Postbureau", "maker": "", "out_bytes": 100, "in_bytes": 900, "contacts": 1,
    }  # fmt: skip
    return ActivityRow(**facts | changes)


# Four states


def test_before_the_first_look_there_is_one_sentence_and_one_action(visit):
    stage = visit("empty")
    assert stage.page.state == "empty"
    assert sees(stage.page, "No look at the network yet")
    assert [one.accessibleName() for one in buttons(stage.page, "primary")] == ["Look at the network now"]
    stage.press("Look at the network now")
    stage.press("Open a recording")
    assert [one[0] for one in stage.navigator.sent] == ["look_at_network", "choose_captures"]


def test_few_rights_are_said_before_and_after(visit):
    words = "We can see which programs use the network, but not what they send."
    assert sees(visit("empty").page, words)
    assert sees(visit("look").page, words)
    assert not sees(visit("network").page, words)


def test_programs_come_first_with_names_place_and_amount(visit):
    stage = visit()
    assert stage.page.state == "full"
    assert stage.page.talkers.title.full_text == "Programs, most data first"
    line = stage.page.talkers.table.line(titles(stage).index("Backup tool"))
    assert (line.title, line.names, line.country) == ("Backup tool", "depot-west.example", "Iceland")
    assert (line.owner, line.amount, line.aside) == ("Northlight Storage", "2.0 GB sent", "usually 180.0 MB")
    assert line.mark == "look"
    assert line.sentence.startswith("Backup tool, depot-west.example, Iceland, Northlight Storage")


def test_the_panel_says_usually_and_today(visit):
    stage = visit()
    choose(stage, "Backup tool")
    stage.settle()
    names = [one.accessibleName() for one in stage.page.details.findChildren(object) if hasattr(one, "accessibleName")]
    assert "usually 180.0 MB, today 2.0 GB" in names
    assert "usually 0, today 1" in names
    assert sees(stage.page.details, "Addresses it has not used before")
    assert sees(stage.page.details, "198.51.100.201  ·  Iceland  ·  Northlight Storage")
    stage.press("Show me what to do")
    assert stage.navigator.sent == [("open_finding", stage.service.kept[0].finding.id)]


def test_the_row_with_a_finding_is_chosen_first(visit):
    stage = visit()
    assert sees(stage.page.details, "Backup tool")
    assert [one.accessibleName() for one in buttons(stage.page, "primary")] == ["Show me what to do"]


def test_age_of_the_data_behind_countries_is_said(visit):
    assert sees(
        visit().page, "Countries and owners of networks as of June 2024. Makers of network cards as of May 2024."
    )


def test_an_error_says_what_to_do_and_a_second_try_helps(visit):
    stage = visit(is_broken=True)
    assert stage.page.state == "error"
    stage.service.is_broken = False
    stage.press("Try again")
    wait(lambda: stage.page.state == "full")
    assert titles(stage)


def start(stage, paths=(RECORDING,)):
    stage.bridge.start(lambda service, control: service.check_captures(paths, control), "captures", paths)


def test_a_look_that_goes_on_shows_ring_name_and_findings(visit):
    stage = visit()
    start(stage)
    page = stage.page
    wait(lambda: page.state == "running" and len(page.findChildren(FindingRow)) == 2)
    assert page.heading.full_text == "Check of a recording"
    assert sees(page, "Reading office.pcap")
    assert sees(page, "48.0 MB of 120.0 MB read.")
    assert buttons(page, "primary") == []
    button(page, "Pause").click()
    assert stage.bridge.run.is_paused
    stage.service.may_end.set()
    stage.bridge.resume()
    wait(lambda: page.state == "full" and page.result.isVisibleTo(page))
    assert page.wish.source == RECORDING
    assert sees(page, "Done. 2 things found. 12,480 packets looked at.")
    button(page, "Show what we found").click()
    assert stage.navigator.sent[-1] == ("open_page", "findings")


def test_a_look_that_only_begins_names_no_noughts(visit):
    stage, gate = visit(), threading.Event()

    def begin(service, control):
        yield Started(datetime.now(UTC), "scan network", 1, "full")
        yield Progress(0, 0, False, "eth0", None, "seconds")
        gate.wait(10)
        yield Summary("clean", 1, 1, 0, 0, 1.0, {"flows": 0}, False)

    stage.bridge.start(begin, "live", ("eth0",))
    wait(lambda: stage.bridge.run.progress is not None and sees(stage.page, "Listening on eth0"))
    stage.settle()
    assert sees(stage.page, "We begin to listen. You can keep working.")
    assert not sees(stage.page, "of 0 seconds")
    gate.set()
    wait(lambda: sees(stage.page, "Done. Nothing found. 0 connections looked at."))
    assert sees(stage.page, "Done. Nothing found. 0 connections looked at.")


def test_a_look_that_fails_offers_to_try_again(visit):
    stage = visit()

    def fail(service, control):
        raise WorkerStopped(deaths=5)
        yield

    stage.bridge.start(fail, "connections")
    wait(lambda: sees(stage.page, "Look at the network could not go on"))
    assert stage.page.state == "error"
    assert sees(stage.page, "Look at the network could not go on")
    stage.press("Try again")
    assert stage.navigator.sent == [("look_at_network",)]


# Choosing


def test_a_picked_time_is_what_the_list_shows(visit):
    stage = visit()
    picture, rows = stage.page.facts.picture, stage.page.facts.picture.view.rows
    backup = next(one for one in rows if one.program == "Backup tool")
    place = (backup.minute - picture.span.first) // picture.span.bucket_s
    before = next(at for at in range(place) if picture.buckets[at].out_bytes)
    stage.page.timeline_card.timeline.pick(place, place)
    wait(lambda: titles(stage)[:1] == ["Backup tool"] or "Remote help" in titles(stage))
    wait(lambda: sees(stage.page, "The list shows "))
    assert "Backup tool" in titles(stage)
    stage.page.timeline_card.timeline.pick(before, before)
    wait(lambda: "Backup tool" not in titles(stage))
    stage.press("Show the whole time")
    wait(lambda: "Backup tool" in titles(stage))


def test_destinations_can_be_shown_first(visit):
    stage = visit()
    stage.press("Show: Destinations")
    wait(lambda: "meet.example" in titles(stage))
    assert stage.page.talkers.title.full_text == "Destinations, most data first"


def test_show_all_opens_the_rest_and_closes_again(visit):
    stage = visit()
    count, view = len(titles(stage)), stage.page.talkers.view
    assert count > SHORT_ROWS
    short = view.height()
    stage.press(f"Show all {count}")
    assert view.height() > short
    stage.press("Show fewer")
    assert view.height() == short


def test_spans_change_what_is_read(visit):
    stage = visit()
    assert stage.page.facts.picture.span.key == "today"
    stage.press("Time: 7 days")
    wait(lambda: stage.page.facts.picture.span.key == "week")
    assert len(stage.page.timeline_card.timeline.data.columns) == 168


def test_a_recording_is_shown_whole_and_by_its_computers(visit):
    stage = visit()
    stage.page.toolbar.source_menu._choose(RECORDING)
    wait(lambda: stage.page.facts.picture.view.source.name == RECORDING)
    assert not stage.page.spans.isVisibleTo(stage.page)
    stage.settle()
    assert titles(stage)[0] == "192.0.2.30"
    assert sees(stage.page, "Data sent in this recording")
    assert sees(stage.page.details, "Lindenbaum Systems")
    assert "office.pcap" in stage.page.subline.full_text


def test_connections_without_bytes_are_counted_and_nothing_is_called_usual(visit):
    door = row(address="", port=5900, is_listener=True, out_bytes=0, in_bytes=0, contacts=0)
    stage = visit("look", change=of_rows([row(out_bytes=0, in_bytes=0, contacts=3), door]))
    assert sees(stage.page, "Connections of this computer")
    assert stage.page.talkers.table.line(0).amount == "3 connections"
    assert sees(stage.page.details, "Waits to be called on")
    assert sees(stage.page, "We can see which programs use the network")


def test_a_young_computer_says_that_it_is_not_known_long_enough(visit):
    stage = visit(change=of_rows([row()]))
    assert sees(stage.page, "We do not know this computer long enough yet")
    assert not sees(stage.page, "usual at this time of day")


def test_lines_that_are_not_shown_are_counted(visit):
    assert sees(visit(change=of_rows([row()], left_out=1_234)).page, "1,234 quieter lines are not shown")


def test_a_file_dropped_here_is_read_as_a_recording(visit):
    stage = visit()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/home/maria/a <b>.pcap")])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    stage.page.dropEvent(drop)
    assert stage.navigator.sent == [("check_captures", ["/home/maria/a <b>.pcap"])]


def test_a_network_card_is_chosen_for_listening(visit):
    stage = visit()
    actions = stage.page.toolbar.listen_button.menu().actions()
    assert [one.text() for one in actions] == ["eth0", "wlan0"]
    actions[1].trigger()
    assert stage.navigator.sent == [("listen", "wlan0")]
    assert not visit("look").page.toolbar.listen_button.isVisibleTo(stage.page)


# Keyboard, names, hostile text, many rows


def test_the_list_goes_with_the_arrow_keys(visit):
    stage = visit()
    view = stage.page.talkers.view
    view.setCurrentIndex(stage.page.talkers.table.index(0, 0))
    QTest.keyClick(view, Qt.Key.Key_Down)
    stage.settle()
    assert sees(stage.page.details, titles(stage)[1])


def test_everything_one_can_stand_on_has_a_name(visit):
    page = visit().page
    stops = [
        one
        for one in page.findChildren(QWidget)
        if one.isVisibleTo(page) and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops
    assert all(one.accessibleName() for one in stops)


def test_hostile_names_stay_plain_text(visit):
    bad = row(program=HOSTILE, name=HOSTILE, owner=HOSTILE, maker=HOSTILE, country="<b", service=HOSTILE)
    stage = visit(change=of_rows([bad]))
    assert rich_labels(stage.page) == []
    line = stage.page.talkers.table.line(0)
    for text in (line.title, line.names, line.owner, line.sentence):
        assert "\u202e" not in text
        assert "\n" not in text
        assert "<img src=x>[U+202E]" in text
    assert sees(stage.page.details, "<img src=x>[U+202E]gpj.exe")
    assert not stage.page.grab().isNull()


@pytest.mark.alone
def test_twenty_thousand_rows_keep_the_window_quick(visit, heartbeat):
    rows = make_rows(present.now())
    many = [
        replace(rows[n % len(rows)], program=f"Program {n % 4_000}", name=f"n{n}.example", minute=rows[-1].minute)
        for n in range(20_000)
    ]
    stage = visit(change=of_rows(many))
    wait(lambda: len(titles(stage)) == 4_000)
    heartbeat.longest_s = 0.0
    stage.press("Show all 4,000")
    stage.page.talkers.view.scrollToBottom()
    stage.press("Show: Destinations")
    wait(lambda: len(titles(stage)) == 20_000)
    stage.settle()
    assert stage.page.talkers.view.height() < 20 * 90
    assert heartbeat.longest_s <= heartbeat.fair(0.050)


@pytest.mark.parametrize("language", ["en", "fr", "de", "lb"])
def test_every_country_has_a_name(language):
    names = country_names(language)
    assert len(names) == 250
    assert all(names.values())
    assert names["LU"] == {"en": "Luxembourg", "fr": "Luxembourg", "de": "Luxemburg", "lb": "Lëtzebuerg"}[language]
