"""The list: days, filters, search, many at once, the keyboard, and ten thousand rows."""

import time
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.window.pages.findings import FindingsPage
from desktop.window.pictures import wait
from desktop.window.widgets.findings_table import FindingLine, GroupLine
from desktop.window.widgets.findings_view import GROUP_PX, TALL_ROW_PX
from detectors.contract.finding import Level, Severity
from tests.desktop.window.steps import button, buttons, on_stage, rename, sees


@pytest.fixture
def visit(application, light):
    """Show the list over a story; closed at the end."""
    with ExitStack() as stages:
        yield lambda *args, **changes: stages.enter_context(on_stage(FindingsPage, *args, **changes)).enter()


def lines(stage):
    table = stage.page.list.table
    return [table.line_at(row) for row in range(table.rowCount())]


def shown(stage):
    return [line.name for line in lines(stage) if isinstance(line, FindingLine)]


def row_of(stage, name):
    return next(row for row, line in enumerate(lines(stage)) if isinstance(line, FindingLine) and line.name == name)


def test_findings_stand_below_their_day_the_newest_first(visit):
    stage = visit()
    assert stage.page.state == "full"
    titles = [line.title for line in lines(stage) if isinstance(line, GroupLine)]
    assert titles == ["Today", "Yesterday", ""]
    assert shown(stage)[:2] == ["eicar.com", "invoice_0423.docm"]
    assert stage.page.subline.full_text == "5 open"


def test_a_row_reads_as_one_sentence(visit):
    stage = visit()
    table = stage.page.list.table
    index = table.index(row_of(stage, "invoice_0423.docm"), 0)
    sentence = table.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert sentence.startswith("Check today: ")
    assert "invoice_0423.docm" in sentence
    assert table.data(table.index(0, 0), Qt.ItemDataRole.AccessibleTextRole).startswith("Today ")


def test_levels_filter_the_list(visit):
    stage = visit("act")
    button(stage.page, "Act now").click()
    assert shown(stage) == ["HOW_TO_GET_YOUR_FILES_BACK.txt"]
    button(stage.page, "All levels").click()
    assert len(shown(stage)) == 6


def test_the_search_looks_into_names_and_headlines(visit):
    stage = visit()
    stage.page.focus_search()
    QTest.keyClicks(stage.page.list.search, "INVOICE")
    wait(lambda: len(shown(stage)) == 1)
    assert shown(stage) == ["invoice_0423.docm"]
    QTest.keyClicks(stage.page.list.search, "xyz")
    wait(lambda: shown(stage) == [])
    assert sees(stage.page, "No finding fits what you chose.")
    button(stage.page, "Show all findings").click()
    assert len(shown(stage)) == 5
    assert stage.page.list.search.text() == ""


def test_solved_ones_have_their_own_state(visit):
    stage = visit()
    stage.service.judge(stage.service.kept[0].finding.id, "known")
    stage.enter()
    assert "invoice_0423.docm" not in shown(stage)
    stage.page.list.state_menu._choose("solved")
    assert shown(stage) == ["invoice_0423.docm"]
    stage.page.list.state_menu._choose("all")
    assert len(shown(stage)) == 5


def test_the_area_filters_too(visit):
    stage = visit()
    stage.page.list.area_menu._choose("network")
    assert shown(stage) == []
    stage.page.list.area_menu._choose("files")
    assert len(shown(stage)) == 5


def test_enter_opens_and_space_marks(visit):
    stage = visit()
    view = stage.page.list.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert stage.navigator.sent[-1] == ("open_finding", lines(stage)[1].id)
    QTest.keyClick(view, Qt.Key.Key_Space)
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)  # steps over the heading of the next day
    QTest.keyClick(view, Qt.Key.Key_Space)
    marked = [line.name for line in stage.page.list.table.marked_lines()]
    assert marked == ["eicar.com", shown(stage)[2]]
    assert stage.page.list.bar.count.full_text == "2 selected"
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(stage.page.list.table.marked_lines()) == 5


def test_a_click_on_the_left_marks_and_elsewhere_opens(visit):
    stage = visit()
    view, row = stage.page.list.view, row_of(stage, "invoice_0423.docm")
    place = view.visualRect(stage.page.list.table.index(row, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, place.center().y()))
    assert [line.name for line in stage.page.list.table.marked_lines()] == ["invoice_0423.docm"]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert stage.navigator.sent[-1][0] == "open_finding"
    heading = view.visualRect(stage.page.list.table.index(0, 0))
    before = list(stage.navigator.sent)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=heading.center())
    assert stage.navigator.sent == before


def test_shift_click_marks_a_range(visit):
    stage = visit()
    view, table = stage.page.list.view, stage.page.list.table
    first, last = (view.visualRect(table.index(row, 0)).center() for row in (1, 4))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(30, first.y()))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, last)
    assert len(table.marked_lines()) == 3  # row 3 is a heading


def test_many_are_fine_at_once_and_undo_takes_all_back(visit):
    stage = visit()
    table = stage.page.list.table
    table.mark_range(0, table.rowCount() - 1)
    button(stage.page, "This is fine").click()
    button(stage.page, "Only these files, until they change").click()
    stage.settle()
    assert all(kept.judgement == "known" for kept in stage.service.kept)
    assert shown(stage) == []
    assert not stage.page.list.bar.isVisible()
    for undo_id in stage.navigator.said[-1][1]:
        stage.service.undo(undo_id)
    assert all(kept.judgement is None for kept in stage.service.kept)


def test_the_bar_offers_only_acts_that_fit_every_selected_row(visit):
    stage = visit()
    stage.service.judge(stage.service.kept[0].finding.id, "known")
    stage.enter()
    stage.page.list.state_menu._choose("all")
    table = stage.page.list.table
    table.toggle(row_of(stage, "eicar.com"))
    assert button(stage.page, "This is fine")
    table.toggle(row_of(stage, "invoice_0423.docm"))
    assert "This is fine" not in [one.accessibleName() for one in buttons(stage.page)]
    button(stage.page, "Clear selection").click()
    assert table.marked_lines() == []


def test_what_somebody_worries_about_stays_on_top_with_a_summary_on_the_clipboard(visit):
    stage = visit()
    stage.page.list.table.toggle(row_of(stage, "holiday_photo.jpg.exe"))
    QApplication.clipboard().clear()
    button(stage.page, "I am still worried").click()
    stage.settle()
    assert lines(stage)[0].title == "You are still worried about"
    assert shown(stage)[0] == "holiday_photo.jpg.exe"
    assert "holiday_photo.jpg.exe" in QApplication.clipboard().text()


def test_hidden_rows_lose_their_mark(visit):
    stage = visit("act")
    table = stage.page.list.table
    table.mark_range(0, table.rowCount() - 1)
    button(stage.page, "Act now").click()
    assert [line.level for line in table.marked_lines()] == [Level.ACT_NOW]


def test_before_the_first_check_the_page_offers_one(visit):
    stage = visit("empty")
    assert stage.page.state == "empty"
    buttons(stage.page, "primary")[0].click()
    assert stage.navigator.sent == [("start_check", "quick")]


def test_nothing_found_is_not_the_same_as_no_check(visit):
    stage = visit("calm")
    assert sees(stage.page, "Nothing found")
    assert sees(stage.page, "What they left out stands on the page Check.")


def test_while_the_first_check_runs_the_page_waits_with_the_person(visit):
    stage = visit("empty")
    stage.start()
    wait(lambda: stage.page.state == "running")
    assert stage.page.state == "running"
    assert sees(stage.page, "Nothing found so far.")


def test_an_error_says_what_still_works_and_tries_again(visit):
    stage = visit(is_broken=True)
    assert stage.page.state == "error"
    stage.service.is_broken = False
    button(stage.page, "Try again").click()
    stage.settle()
    assert stage.page.state == "full"


def test_hostile_names_are_painted_as_plain_text(visit):
    def change(service):
        service.kept[0] = rename(service.kept[0], "/home/maria/<b>x</b>\u202e\udcff\n&.docm")

    stage = visit(change=change)
    picture = stage.page.grab()
    assert not picture.isNull()
    table = stage.page.list.table
    sentences = [table.data(table.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in range(table.rowCount())]
    assert not any("\u202e" in sentence or "\udcff" in sentence for sentence in sentences)


def test_the_filter_survives_a_page_built_anew(visit):
    stage = visit("act")
    button(stage.page, "Act now").click()
    other = visit("act")
    other.page.remember(stage.page.memory())
    assert shown(other) == ["HOW_TO_GET_YOUR_FILES_BACK.txt"]
    assert other.page.list.level_chips[Level.ACT_NOW].isChecked()


@pytest.mark.alone
def test_ten_thousand_rows_stay_smooth(visit, heartbeat):
    def change(service):
        one = service.kept[0]
        service.kept = [
            replace(
                rename(one, f"/home/maria/Downloads/invoice_{n}.docm"),
                first_kept_at=one.first_kept_at - timedelta(minutes=n),
            )
            for n in range(10_000)
        ]

    stage = visit(change=change)
    wait(lambda: stage.page.list.table.shown_count() == 10_000)
    view, table = stage.page.list.view, stage.page.list.table
    assert table.shown_count() == 10_000
    begun_s = time.thread_time()
    for _page in range(20):
        view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 5_000)
        view.viewport().grab()
    per_paint_s = (time.thread_time() - begun_s) / 20
    assert per_paint_s < heartbeat.fair(0.016)
    begun_s = time.thread_time()
    stage.page.list.search.setText("invoice_99")
    wait(lambda: stage.page.list.table.shown_count() == 111)
    assert stage.page.list.table.shown_count() == 111


def test_low_severities_are_good_to_know(visit):
    stage = visit()
    low = {kept.finding.id for kept in stage.service.kept if kept.finding.severity < Severity.MEDIUM}
    button(stage.page, "Good to know").click()
    assert {line.id for line in lines(stage) if isinstance(line, FindingLine)} == low


@pytest.mark.parametrize("was_wide", [True, False])
def test_a_small_window_has_high_rows_and_no_sideways_scrolling(application, light, was_wide):
    with on_stage(FindingsPage, size=(1064, 800) if was_wide else (480, 400)) as stage:
        stage.enter()
        stage.page.resize(480, 400)
        stage.settle()
        check_narrow_rows(stage)


def check_narrow_rows(stage):
    view = stage.page.list.view
    assert not view.grab().isNull()
    assert view.horizontalScrollBar().maximum() == 0
    assert view.verticalHeader().sectionSize(1) == TALL_ROW_PX
    assert view.verticalHeader().sectionSize(0) == GROUP_PX
