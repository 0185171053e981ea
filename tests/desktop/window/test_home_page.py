"""The first page: what it says in each state of the computer, and where its buttons lead."""

from contextlib import ExitStack
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.window.pages.home import HomePage
from desktop.window.pages.home_parts import ActHero, PleaseDoNotCard
from desktop.window.pictures import settle, wait
from desktop.window.widgets.drop_area import DropArea
from desktop.window.widgets.row import FindingRow
from detectors.contract.errors import SkipReason, WorkerStopped
from detectors.contract.finding import Severity
from tests.desktop.window.steps import button, buttons, on_stage, rename, rich_labels, sees, texts


@pytest.fixture
def visit(application, light):
    """Show the page over a story; closed at the end."""
    with ExitStack() as stages:
        yield lambda *args, **changes: stages.enter_context(on_stage(HomePage, *args, **changes)).enter()


def test_before_the_first_check_there_is_one_thing_to_do(visit):
    stage = visit("empty")
    assert stage.page.state == "empty"
    assert sees(stage.page, "No check yet")
    start = buttons(stage.page, "primary")
    assert [one.accessibleName() for one in start] == ["Start the first check"]
    start[0].click()
    assert stage.navigator.sent == [("start_check", "quick")]


def test_calm_is_never_said_without_what_was_not_looked_at(visit):
    page = visit("calm").page
    assert not sees(page, "All calm")
    assert sees(page, "Calm, but not everything was looked at")
    assert sees(page, "Your programs and your network were not looked at yet.")
    assert page.hero.shield.accessibleName() == "Not everything was looked at"


def test_programs_and_network_say_that_nobody_looked(visit):
    page = visit("look").page
    assert texts(page).count("No look at the programs yet. The page Activity has one.") == 1
    assert texts(page).count("No look at the network yet. The page Activity has one.") == 1
    assert not any(text == "0" for text in texts(page))


def test_something_to_check_leads_to_the_finding(visit):
    stage = visit("look")
    assert stage.page.state == "full"
    assert stage.page.hero.title.full_text == "2 things to check today"
    button(stage.page, "Show me what to do").click()
    name, finding_id = stage.navigator.sent[-1]
    assert name == "open_finding"
    assert stage.service.finding(finding_id).finding.severity == Severity.MEDIUM


def test_act_now_shows_three_steps_and_the_red_frame(visit):
    stage = visit("act")
    hero = stage.page.hero
    assert isinstance(hero, ActHero)
    assert hero.property("card") == "act"
    explanation = stage.service.explain(stage.service.kept[0].finding, "en")
    for step in explanation.what_to_do[:3]:
        assert sees(hero, step.do)
    assert stage.page.findChild(PleaseDoNotCard) is not None
    assert [one.accessibleName() for one in buttons(stage.page, "primary")] == ["Show me what to do"]


def test_the_summary_for_the_helper_goes_to_the_clipboard(visit):
    stage = visit("act")
    QApplication.clipboard().clear()
    button(stage.page, "Copy a summary for Sam").click()
    stage.settle()
    assert "HOW_TO_GET_YOUR_FILES_BACK.txt" in QApplication.clipboard().text()
    assert stage.navigator.said[-1][0].startswith("The summary is copied")


def test_while_a_check_runs_the_page_says_so_and_offers_no_primary_button(visit):
    stage = visit("look")
    stage.start()
    wait(lambda: stage.page.state == "running" and sees(stage.page, "12,400 of about 48,000 files."))
    assert sees(stage.page, "Checking your files")
    assert sees(stage.page, "12,400 of about 48,000 files.")
    assert buttons(stage.page, "primary") == []
    button(stage.page, "Show the check").click()
    assert stage.navigator.sent[-1] == ("open_page", "check")


def test_an_act_now_stays_in_front_while_a_check_runs(visit):
    stage = visit("act")
    stage.start()
    wait(lambda: stage.page.state == "running")
    assert isinstance(stage.page.hero, ActHero)


def test_an_error_says_what_still_works_and_tries_again(visit):
    stage = visit("look", is_broken=True)
    assert stage.page.state == "error"
    assert button(stage.page, "Copy details")
    stage.service.is_broken = False
    button(stage.page, "Try again").click()
    stage.settle()
    assert stage.page.state == "full"


def test_a_dropped_file_is_checked(visit):
    stage = visit("look")
    area = stage.page.findChild(DropArea)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/home/maria/a & b.pdf")])
    area.dropEvent(
        QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    )
    area.button.click()
    assert stage.navigator.sent == [("check_paths", ["/home/maria/a & b.pdf"]), ("choose_files",)]


def test_a_row_reads_as_one_sentence_and_opens_with_the_keyboard(visit):
    stage = visit("look")
    row = stage.page.findChildren(FindingRow)[0]
    assert row.accessibleName().startswith("Check today: ")
    assert "invoice_0423.docm" in row.accessibleName()
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert stage.navigator.sent[-1] == ("open_finding", row.finding_id)


def test_hostile_names_are_shown_as_what_they_are(visit):
    def change(service):
        service.kept[0] = rename(service.kept[0], "/home/maria/<img src=x>\u202e\udcff\n.docm")

    page = visit("act", change=change).page
    assert sees(page, "<img src=x>[U+202E]")
    assert rich_labels(page) == []


def test_the_week_names_its_days_and_counts(visit):
    page = visit("look").page
    assert sees(page, "Last 7 days")
    assert "Today" in texts(page)


def test_good_to_know_alone_leaves_it_calm(visit):
    def change(service):
        service.kept = [kept for kept in service.kept if kept.finding.severity < Severity.MEDIUM]

    page = visit("look", change=change).page
    assert page.hero.shield.accessibleName() == "Not everything was looked at"
    assert sees(page, "3 things good to know.")


def test_a_stopped_check_is_not_calm(visit):
    def change(service):
        runs = [replace(service.runs()[0], stopped=True, findings=0, skipped_by_reason={SkipReason.STOPPED.value: 1})]
        service.runs = lambda *_limit, **_more: runs

    page = visit("calm", change=change).page
    assert sees(page, "The last check was stopped before its end.")
    assert not sees(page, "All calm")


def test_a_question_that_fails_elsewhere_does_not_make_the_page_ask_again(visit):
    stage = visit("look")
    asked = []
    stage.page.enter = lambda: asked.append(1)

    def fails(service):
        raise WorkerStopped(deaths=5)

    stage.bridge.call(fails)
    stage.settle()
    assert asked == []


def test_a_broken_store_is_asked_once_and_not_for_ever(open_made_up, heartbeat):
    heartbeat.allowed_s = 10.0  # a whole window is built at once here
    window = open_made_up("home", is_broken=True)
    asked = []
    home = window._bridge._service.home
    window._bridge._service.home = lambda: asked.append(1) or home()
    window.refresh()
    settle(window)
    assert window.page.state == "error"
    assert len(asked) == 1
    assert sees(window.page, window._bridge._service.error_text(WorkerStopped(deaths=5), "en"))


def test_noughts_are_left_out_of_the_week(visit):
    assert sees(visit("empty").page, "No check in these days yet.")
    assert not any(text.startswith("0 ") or ", 0 " in text for text in texts(visit("look").page))


def test_findings_of_a_check_that_never_ended_come_without_a_count_of_files(visit):
    def change(service):
        service.runs = lambda *_limit, **_more: []

    page = visit("look", change=change).page
    assert sees(page, "No check of this computer has come to its end yet.")
    assert not sees(page, "none left out")
    assert "0" not in texts(page)
