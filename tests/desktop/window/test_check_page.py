"""The Check page: choose, watch, pause, stop, and read what came of it."""

import threading
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.service.events import FindingSeen, PartRestarted, Progress, Skipped, Started, Summary
from desktop.window.pages.check import CheckPage
from desktop.window.pages.check_cards import ROWS
from desktop.window.pages.skip_words import skip_name
from desktop.window.pictures import wait
from desktop.window.widgets.row import FindingRow
from desktop.window.widgets.skipped_table import SkippedView
from detectors.contract.errors import SkippedCheck, SkipReason, WorkerStopped
from detectors.contract.finding import Severity, Subject
from tests.desktop.window.steps import buttons, on_stage, rich_labels, sees, texts
from tests.factories import make_finding


@pytest.fixture
def visit(application, light):
    """Show the page over a story; closed at the end."""
    with ExitStack() as stages:
        yield lambda *args, **changes: stages.enter_context(on_stage(CheckPage, *args, **changes)).enter()


@pytest.fixture
def gate():
    """Let a told check go on until the test opens it."""
    gate = threading.Event()
    yield gate
    gate.set()


def told(events, gate, summary=None):
    """A check that tells these events, waits for the gate, and ends."""

    def run(service, control):
        yield Started(datetime.now(UTC), "check", None, "full")
        yield from events
        while not control.is_stopped and not gate.wait(0.01):
            pass
        yield summary or Summary("clean", 10, 10, 0, 0, 3.0, {"files": 10}, control.is_stopped)

    return run


def skipped(reason, name="/home/maria/x", kind="file"):
    return Skipped(SkippedCheck(Subject(kind, name), reason, "/home/maria"))


def test_before_the_first_check_there_are_three_choices_and_one_button(visit):
    stage = visit("empty")
    assert stage.page.state == "empty"
    for choice in ("Quick check", "Full check", "Choose folders"):
        assert sees(stage.page, choice)
    assert sees(stage.page, "The programs and connections of this computer are watched for a few seconds, too.")
    start = buttons(stage.page, "primary")
    assert [one.accessibleName() for one in start] == ["Start quick check"]
    start[0].click()
    assert stage.navigator.sent == [("start_check", "quick", [])]


def test_full_is_chosen_with_the_keyboard(visit):
    stage = visit("empty")
    card = stage.page.choice.choices.cards["full"]
    QTest.keyClick(card, Qt.Key.Key_Space)
    stage.press("Start full check")
    assert stage.navigator.sent == [("start_check", "full", [])]


def test_chosen_folders_are_kept_and_checked(visit):
    stage = visit("look")
    QTest.keyClick(stage.page.choice.choices.cards["folders"], Qt.Key.Key_Space)
    stage.page.choice.folders._use(["/home/maria/Only <b>this</b>"])
    stage.settle()
    assert stage.service.settings.get("folders") == ["/home/maria/Only <b>this</b>"]
    stage.press("Check these folders")
    assert stage.navigator.sent == [("start_check", "folders", ["/home/maria/Only <b>this</b>"])]


def test_no_folder_means_nothing_to_start(visit):
    stage = visit("empty")
    stage.page.choice.folders._use([])
    QTest.keyClick(stage.page.choice.choices.cards["folders"], Qt.Key.Key_Space)
    assert not stage.page.choice.start_button.isEnabled()


def test_a_running_check_shows_ring_sentence_areas_and_findings(visit):
    stage = visit("look")
    stage.start()
    wait(lambda: sees(stage.page, "12,400 of about 48,000 files.") and stage.page.findChildren(FindingRow))
    page = stage.page
    assert page.state == "running"
    assert page.heading.full_text == "Quick check"
    assert sees(page, "About 3 to 5 minutes left. You can keep working.")
    assert page.running.progress.ring.accessibleName().startswith("26")
    assert sees(page, "Now in Documents  \u203a  Offers  \u203a  2026")
    assert page.running.areas.cards["programs"].pill.text == "Not looked at yet"
    assert page.running.areas.cards["files"].pill.text == "Checking"
    wait(lambda: len(page.running.found.shown_ids) == 2)
    assert [row.finding_id for row in page.findChildren(FindingRow)]
    assert buttons(page, "primary") == []
    page.findChildren(FindingRow)[0].opened.emit()
    assert stage.navigator.sent[-1][0] == "open_finding"


def test_what_was_not_looked_at_is_counted_by_reason(visit):
    stage = visit("look")
    stage.start()
    wait(lambda: all(sees(stage.page, text) for text in ("12,400 of about 48,000 files.", "Locked with a password")))
    assert sees(stage.page, "Not looked at: 12")
    assert "Locked with a password: 7" in [
        figure.accessibleName() for figure in stage.page.running.skipped.findChildren(type(stage.page.heading))
    ]
    stage.press("Show all 12 and why")
    wait(lambda: stage.page.state == "skipped")
    view = stage.page.findChild(SkippedView)
    assert view.table.rowCount() == 12
    first = view.table.data(view.table.index(0, 0))
    assert "salaries.zip" in first
    assert "password" in first
    stage.press("Back to the check")
    wait(lambda: stage.page.state == "running")
    assert sees(stage.page, "12,400 of about 48,000 files.")


def test_pause_and_go_on(visit):
    stage = visit("look")
    stage.start()
    wait(lambda: stage.page.state == "running" and stage.bridge.run.progress)
    stage.press("Pause")
    assert stage.bridge.run.is_paused
    assert sees(stage.page, "We will go on where we stopped.")
    assert stage.page.running.areas.cards["files"].pill.text == "Paused"
    stage.press("Go on")
    assert not stage.bridge.run.is_paused
    assert sees(stage.page, "Checking your files")


def test_stop_asks_in_place_and_can_be_taken_back(visit):
    stage = visit("look")
    stage.start()
    wait(lambda: sees(stage.page, "Checking your files"))
    stage.press("Stop")
    assert sees(stage.page, "Stop the check? What we found so far stays.")
    stage.press("Go on")
    assert stage.bridge.is_running
    stage.press("Stop")
    stage.press("Stop")
    assert sees(stage.page, "Stopping")
    wait(lambda: stage.page.state == "full")
    assert not stage.bridge.is_running
    assert stage.page.state == "full"


def test_a_check_survives_leaving_the_page(visit):
    stage = visit("look")
    stage.start()
    wait(lambda: stage.bridge.run.found_count == 2)
    stage.holder.hide()
    stage.holder.show()
    other = type(stage.page)(stage.page.context)  # as after a change of text size
    other.setParent(stage.holder)
    other.show()
    other.enter()
    wait(lambda: other.running is not None and len(other.running.found.shown_ids) == 2)
    assert sees(other, "12,400 of about 48,000 files.")
    assert len(other.running.found.shown_ids) == 2


def test_a_part_that_was_started_again_is_said_in_words(visit, gate):
    stage = visit("empty")
    stage.start(told([PartRestarted("signal", 11, 1), skipped(SkipReason.WORKER_DIED)], gate))
    wait(lambda: sees(stage.page, "Not looked at: 1"))
    assert sees(stage.page, "One part of the check stopped and was started again.")
    assert any(text.endswith("1 file left out.") for text in texts(stage.page))
    stage.press("Show it")
    wait(lambda: stage.page.state == "skipped")
    assert stage.page.findChild(SkippedView).table.rowCount() == 1


def test_the_result_says_what_was_not_looked_at(visit):
    stage = visit("look")
    assert stage.page.state == "full"
    assert sees(stage.page, "5 thing")
    assert [one.accessibleName() for one in buttons(stage.page, "primary")] == ["Show me what we found"]
    assert sees(stage.page, "Not looked at: 12")
    buttons(stage.page, "primary")[0].click()
    assert stage.navigator.sent == [("open_page", "findings")]


def test_nothing_found_with_gaps_is_not_called_calm(visit):
    def change(service):
        service.kept = []

    stage = visit("look", change=change)
    assert sees(stage.page, "Nothing found, but not everything was looked at")
    assert stage.page.result.hero.shield.accessibleName() == "Not everything was looked at"
    assert [one.accessibleName() for one in buttons(stage.page, "primary")] == ["Start quick check"]


def test_what_went_wrong_is_said_with_the_way_on(visit):
    stage = visit("look")

    def fails(service, control):
        yield Started(datetime.now(UTC), "check", None, "full")
        raise WorkerStopped(deaths=5)

    stage.start(fails)
    wait(lambda: stage.page.state == "error" and stage.bridge._open_questions == 0)
    stage.settle()
    assert sees(stage.page, stage.service.error_text(WorkerStopped(deaths=5), "en"))
    assert sees(stage.page, "The check could not go on")
    stage.press("Start the check again")
    assert stage.navigator.sent[-1] == ("start_check", "quick", ())


def test_a_question_that_fails_does_not_end_the_check_on_show(visit):
    stage = visit("look")
    stage.start()
    wait(lambda: sees(stage.page, "Checking your files"))

    def fails(service):
        raise WorkerStopped(deaths=5)

    stage.bridge.call(fails)
    stage.settle()
    assert stage.page.state == "running"
    assert stage.page.running is not None


def test_an_unreadable_store_is_an_error_not_an_empty_page(visit):
    stage = visit("look", is_broken=True)
    assert stage.page.state == "error"


def test_many_findings_and_skipped_lines_come_in_without_a_jolt(visit, gate, heartbeat):
    found = [FindingSeen(make_finding(f"/home/maria/{n}.docm"), is_new=True) for n in range(600)]
    left_out = [skipped(SkipReason.IN_USE, f"/home/maria/{n}") for n in range(3_000)]
    steps = [Progress(n, 3_000, False, f"/home/maria/{n}", None) for n in range(300)]
    stage = visit("empty")
    stage.start(
        told([event for batch in zip(steps, *[iter(found)] * 2, strict=False) for event in batch] + left_out, gate)
    )
    wait(lambda: stage.bridge.run.skipped_by_reason.get("in_use") == 3_000 and sees(stage.page, "Not looked at: 3,000"))
    assert sees(stage.page, "Not looked at: 3,000")
    wait(lambda: len(stage.page.running.found.shown_ids) == 12)
    assert stage.page.running.found.shown_ids == [seen.finding.id for seen in reversed(found[-12:])]
    assert sees(stage.page, "of 3,000, 600 found")


def test_hostile_names_are_inert_everywhere(visit, gate):
    name = "/home/maria/<img src=x>\u202e\udcff&.docm"
    events = [
        Progress(1, 2, False, "/home/<img src=x>\udcff", None),
        FindingSeen(make_finding(name), is_new=True),
        skipped(SkipReason.NO_PERMISSION, name),
    ]
    stage = visit("empty")
    stage.start(told(events, gate))
    wait(lambda: stage.page.findChildren(FindingRow))
    assert any("<img src=x>" in text for text in texts(stage.page))
    assert rich_labels(stage.page) == []
    stage.press("Show it and why")
    wait(lambda: stage.page.state == "skipped")
    view = stage.page.findChild(SkippedView)
    assert "<img src=x>[U+202E][FF]&.docm" in view.table.data(view.table.index(0, 0))
    assert not view.grab().isNull()


def test_senses_that_do_not_look_yet_have_their_words(visit, gate):
    stage = visit("empty")
    stage.start(told([skipped(SkipReason.NOT_LOOKED_AT_YET, "network", "sense")], gate))
    wait(lambda: sees(stage.page, "Not looked at: 1"))
    stage.press("Show it and why")
    wait(lambda: stage.page.state == "skipped")
    view = stage.page.findChild(SkippedView)
    assert view.table.data(view.table.index(0, 0)).startswith("Network: ")


@pytest.mark.parametrize("reason", SkipReason)
def test_every_reason_has_a_short_name(reason):
    assert skip_name(reason) != "Another reason"
    assert len(skip_name(reason)) <= 40


def test_act_now_stands_on_top_of_what_came_later(visit, gate):
    stage = visit("look")
    names = [f"/home/maria/{number}.docm" for number in range(20)]
    found = [
        FindingSeen(make_finding(name, severity=Severity.HIGH if number in {2, 5} else Severity.LOW), is_new=True)
        for number, name in enumerate(names)
    ]
    ids = [seen.finding.id for seen in found]
    stage.start(told(found, gate))
    wait(lambda: stage.page.running is not None and len(stage.page.running.found.shown_ids) == ROWS)
    assert stage.page.running.found.shown_ids == [ids[5], ids[2], *reversed(ids[-ROWS + 2 :])]
