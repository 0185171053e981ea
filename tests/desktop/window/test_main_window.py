"""The window as a whole: where one gets to, with which keys, and what stays while a check runs."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QLineEdit, QScrollArea, QWidget

from desktop.window.keys import key_list
from desktop.window.main_window import IN_RAIL, PAGES
from desktop.window.page import STATES
from desktop.window.pictures import settle, wait
from desktop.window.theme import Theme
from desktop.window.widgets.label import ElidedLabel, SentenceLabel
from desktop.window.widgets.rail import NARROW, WIDE

MADE_OF = {
    "empty": {"story": "empty"},
    "running": {"is_running": True},
    "error": {"is_broken": True},
    "full": {"story": "act"},
}


@pytest.fixture(autouse=True)
def patience(heartbeat):
    """Building a window of pages at once is not one step of a person; what they feel is tested below."""
    heartbeat.allowed_s = 10.0


def press(window, keys):
    QTest.keySequence(window, QKeySequence(keys))
    settle(window)


@pytest.mark.parametrize("name", IN_RAIL)
def test_the_rail_opens_each_page_and_marks_it(open_made_up, name):
    window = open_made_up("home")
    next(item for item in window.rail.items if item.place.name == name).click()
    settle(window)
    assert window.page_name == name
    assert [item.place.name for item in window.rail.items if item.isChecked()] == [name]


def test_numbers_open_pages_and_escape_goes_back(open_made_up):
    window = open_made_up("home")
    press(window, "Ctrl+2")
    press(window, "Ctrl+4")
    assert window.page_name == "activity"
    press(window, "Ctrl+5")
    assert window.page_name == "settings"
    press(window, "Esc")
    assert window.page_name == "activity"
    press(window, "Esc")
    assert window.page_name == "findings"
    press(window, "Esc")
    assert window.page_name == "home"
    press(window, "Esc")
    assert window.page_name == "home"


def test_the_rail_is_one_tab_stop_with_arrows_inside(open_made_up):
    window = open_made_up("findings")
    stops = [item for item in window.rail.items if item.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert [item.place.name for item in stops] == ["findings"]
    stops[0].setFocus()
    QTest.keyClick(stops[0], Qt.Key.Key_Down)
    assert window.focusWidget() is window.rail.items[2]
    QTest.keyClick(window.rail.items[2], Qt.Key.Key_Return)
    assert window.page_name == "check"


def test_a_page_change_puts_the_focus_on_its_heading(open_made_up):
    window = open_made_up("home")
    window.open_page("settings")
    assert window.focusWidget() is window.page.heading


def test_pages_are_built_on_their_first_visit(open_made_up):
    window = open_made_up("home")
    assert set(window._pages) == {"home"}
    window.open_page("settings")
    assert set(window._pages) == {"home", "settings"}


def test_the_count_in_the_rail_is_that_of_the_open_findings(open_made_up):
    window = open_made_up("home", story="act")
    item = window.rail.items[1]
    assert item._count == 6
    assert item._mark == "act"
    assert "6" in item.accessibleName()


@pytest.mark.parametrize(("width", "rail_width"), [(1280, WIDE), (880, NARROW)])
def test_the_rail_becomes_narrow_when_there_is_little_room(open_made_up, width, rail_width):
    window = open_made_up("settings", size=(width, 700))
    wait(lambda: window.rail.width() == rail_width)
    assert window.rail.width() == rail_width
    assert window.page_name == "settings"


def test_a_narrow_rail_says_its_pages_in_tool_tips(open_made_up):
    window = open_made_up("settings", size=(880, 700))
    wait(lambda: window.rail.width() == NARROW)
    assert all(item.toolTip() and item.accessibleName() for item in window.rail.items)


def test_the_strip_stands_on_other_pages_while_a_check_runs(open_made_up):
    window = open_made_up("findings", is_running=True)
    assert window.strip.isVisible()
    assert window.strip.label.full_text.startswith("Checking files. 12,400 of about 48,000.")
    window.open_page("settings")
    assert window.strip.isVisible()
    window.open_page("check")  # it shows the same in large
    assert not window.strip.isVisible()


def test_pause_and_go_on(open_made_up):
    window = open_made_up("findings", is_running=True)
    press(window, "Ctrl+P")
    assert window._bridge.run.is_paused
    assert window.strip.label.full_text == "Paused. We will go on where we stopped."
    press(window, "Ctrl+P")
    assert not window._bridge.run.is_paused


def test_stop_asks_first_and_keeps_what_was_found(open_made_up):
    window = open_made_up("findings", is_running=True)
    window.strip.stop_button.click()
    assert window.strip.go_on.isVisible()
    window.strip.go_on.click()
    assert window._bridge.is_running
    window.strip.stop_button.click()
    window.strip.really_stop.click()
    wait(lambda: not window._bridge.is_running)
    assert window._bridge.run.summary.stopped
    assert window._bridge.run.found_count == 2
    assert not window.strip.isVisible()


def test_larger_text_comes_at_once_and_stays_on_the_page(open_made_up):
    window = open_made_up("settings")
    press(window, "Ctrl++")
    assert window._appearance.theme.text_percent == 125
    assert window.page_name == "settings"
    assert window.page.state == "full"
    press(window, "Ctrl+0")
    assert window._appearance.theme.text_percent == 100


@pytest.mark.qt_log_ignore("propagateSizeHints")  # said by the platform without a screen whenever a dialog opens
def test_the_list_of_keys_names_every_key(open_made_up):
    window = open_made_up("home")
    press(window, "Ctrl+/")
    dialog = window.findChild(QDialog)
    shown = {label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text")}
    for _name, keys, text in key_list():
        assert text in shown
        assert QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) in shown
    dialog.close()


def test_what_was_done_is_said_and_can_be_undone(open_made_up):
    window = open_made_up("settings")
    page = window.page
    page.folders._use(["/home/maria/Only"])
    settle(window)
    assert window.undo_bar.isVisible()
    window.undo_bar.button.click()
    settle(window)
    assert window._settings["folders"] == ["/home/maria/Documents/Offers", "/media/Office <i>stick</i>"]
    assert not window.undo_bar.isVisible()


def test_a_red_bar_stands_above_everything_when_run_with_all_rights(open_made_up):
    window = open_made_up("home")
    window._as_root = True
    window.rebuild()
    assert window.findChild(QWidget, "asroot") is not None


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("page", PAGES)
def test_everything_that_takes_keys_has_a_name(open_made_up, page, state):
    window = open_made_up(page, **MADE_OF[state])
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisibleTo(window)
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []
    assert window.page.state
    assert window.page.heading.full_text


@pytest.mark.parametrize("page", [page for page in PAGES if page != "welcome"])
def test_each_page_has_at_most_one_primary_button(open_made_up, page):
    window = open_made_up(page, story="act")
    primary = [
        button
        for button in window.page.findChildren(QAbstractButton)
        if button.property("kind") == "primary" and button.isVisibleTo(window)
    ]
    assert len(primary) <= 1


def clipped(window) -> list[str]:
    """Name the labels and buttons that have less room than their text needs, and what hangs over the right edge."""
    areas = [area for area in window.page.findChildren(QScrollArea) if area.isVisibleTo(window) and area.widget()]
    found = ["the page itself" for area in areas if area.widget().width() > area.viewport().width()]
    for widget in window.page.findChildren(QWidget):
        text = getattr(widget, "full_text", "") or (widget.text() if isinstance(widget, QAbstractButton) else "")
        text = widget.accessibleName() if isinstance(widget, SentenceLabel) else text
        if not text or not widget.isVisibleTo(window) or isinstance(widget, ElidedLabel):
            continue
        right = widget.mapTo(window, widget.rect().topRight()).x()
        wraps = getattr(widget, "wordWrap", lambda: False)()
        needed_width = widget.minimumSizeHint().width() if wraps else widget.sizeHint().width()
        needed_height = widget.heightForWidth(widget.width()) if wraps else widget.sizeHint().height()
        if right > window.width() or widget.width() < needed_width or widget.height() < needed_height:
            found.append(f"{text}: {widget.width()}x{widget.height()}, needs {needed_width}x{needed_height}")
    return found


@pytest.mark.parametrize("language", ["en", "fr", "de", "lb"])
@pytest.mark.parametrize("page", PAGES)
def test_at_200_percent_no_text_is_cut(open_made_up, page, language):
    window = open_made_up(page, Theme("light", 200), story="act", language=language)
    assert clipped(window) == []


@pytest.mark.parametrize("width", range(1000, 1500, 60))
def test_reading_text_is_whole_at_every_width(open_made_up, width):
    assert clipped(open_made_up("finding", size=(width, 800))) == []


class LongerEnglish(QTranslator):
    """A pretended language whose texts are 40 % longer."""

    def isEmpty(self):  # noqa: N802 - Qt asks for this name
        return False

    def translate(self, _context, text, _note=None, _count=-1):
        return text + (" longer" * len(text))[: round(len(text) * 0.4)]


@pytest.mark.parametrize("page", PAGES)
def test_a_language_with_longer_words_is_not_cut(open_made_up, page):
    translator = LongerEnglish()
    window = open_made_up(page, story="act")
    QCoreApplication.installTranslator(translator)
    try:
        window.rebuild()
        settle(window)
        assert window.rail.items[4].place.text == "Settings lo"
        assert clipped(window) == []
    finally:
        QCoreApplication.removeTranslator(translator)


def test_fields_keep_what_is_being_typed_while_settings_are_read_again(open_made_up):
    window = open_made_up("settings")
    field = next(edit for edit in window.page.findChildren(QLineEdit) if edit.isVisibleTo(window))
    window.activateWindow()
    field.setFocus()
    QTest.keyClicks(field, " & Co")
    typed = field.text()
    window.page.enter()
    settle(window)
    assert field.text() == typed


def test_a_recording_that_is_dropped_goes_to_the_activity_page(open_made_up, heartbeat):
    heartbeat.allowed_s = 10.0
    window = open_made_up("home", story="network")
    window.check_paths(["/home/maria/office.PCAP.gz"])
    assert window.page_name == "activity"
    assert window._bridge.run.scope == "captures"
    window.open_page("findings")
    assert window.strip.isVisible()
    wait(lambda: "Reading office" in window.strip.label.full_text)
    window.strip.opened.emit()
    assert window.page_name == "activity"
    assert not window.strip.isVisible()


def test_files_and_recordings_together_are_checked_as_files(open_made_up, heartbeat):
    heartbeat.allowed_s = 10.0
    window = open_made_up("home", story="network")
    window.check_paths(["/home/maria/office.pcap", "/home/maria/letter.txt"])
    assert window.page_name == "check"
    assert window._bridge.run.scope == "paths"


@pytest.mark.parametrize(
    ("act", "scope"), [("look_at_network", "connections"), ("listen", "live"), ("check_captures", "captures")]
)
def test_each_look_at_the_network_runs_once(open_made_up, heartbeat, act, scope):
    heartbeat.allowed_s = 10.0
    window = open_made_up("home", story="network")
    arguments = {"listen": ("eth0",), "check_captures": (["/a.pcap"],)}.get(act, ())
    getattr(window, act)(*arguments)
    window.check_paths(["/home/maria/letter.txt"])
    assert window._bridge.run.scope == scope
