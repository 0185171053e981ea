"""The small parts pages are made of."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.service.explain import Step
from desktop.window.theme import Theme
from desktop.window.widgets.bar import Bar
from desktop.window.widgets.button import MenuButton, OutlineButton
from desktop.window.widgets.card import Columns
from desktop.window.widgets.dots import HundredDots
from desktop.window.widgets.drop_area import DropArea
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.ring import Ring
from desktop.window.widgets.row import FindingRow
from desktop.window.widgets.shapes import MARKS, mark_of, tokens_of
from desktop.window.widgets.shield import Shield
from desktop.window.widgets.state import StatePanel
from desktop.window.widgets.step import StepList
from desktop.window.widgets.week import WeekStrip
from detectors.contract.finding import Level
from tests.factories import make_finding

# Said of every window by the platform without a screen; it is no fault.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def show(light, qtbot):
    def put(widget, width=400, height=300):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        qtbot.wait(20)
        return widget

    return put


def colours_in(widget):
    picture = widget.grab().toImage()
    return {picture.pixelColor(x, y).name().upper() for x in range(picture.width()) for y in range(picture.height())}


class Kept:
    finding = make_finding()


@pytest.mark.parametrize(
    ("level", "word", "mark"),
    [
        (Level.ACT_NOW, "Act now", "act"),
        (Level.CHECK_TODAY, "Check today", "look"),
        (Level.GOOD_TO_KNOW, "Good to know", "info"),
        ("calm", "Calm", "calm"),
        ("not_yet", "Not looked at yet", "not_yet"),
    ],
)
def test_a_level_is_a_word_a_shape_and_a_colour(show, level, word, mark):
    pill = show(LevelPill(level), 200, 22)
    assert pill.text == word
    assert pill.accessibleName() == word
    assert mark_of(level) == mark
    assert Theme().color(tokens_of(mark)[0]) in colours_in(pill)


def test_a_pill_can_say_something_else(show):
    assert LevelPill("look", "1 to check").text == "1 to check"


@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_has_a_word_and_three_colours(light, mark):
    assert LevelPill(mark).text
    assert all(Theme().color(token) for token in tokens_of(mark))


@pytest.mark.parametrize("mark", ["calm", "gap", "look", "act", "info", "never"])
def test_the_shield_has_a_name_and_its_colour(show, mark):
    shield = show(Shield(mark), 128, 128)
    assert shield.accessibleName()
    assert Theme().color(tokens_of(mark)[1]) in colours_in(shield)


def test_calm_with_a_gap_does_not_look_like_calm(light):
    assert tokens_of("gap") != tokens_of("calm")


def test_the_ring_reads_its_share_and_shows_it(show):
    ring = show(Ring(), 128, 128)
    track = Theme().color("primary")
    assert track not in colours_in(ring)
    ring.set_share(0.26, "26 %", "of the files")
    assert ring.accessibleName() == "26 % of the files"
    assert track in colours_in(ring)


def test_a_bar_never_runs_over(show):
    bar = show(Bar(1.7), 100, 6)
    assert bar.accessibleName() == "100%"
    bar.set_share(None, name="counting")
    assert bar.accessibleName() == "counting"


def test_one_hundred_dots_say_their_number(light):
    assert HundredDots(9).accessibleName().startswith("Of 100 alarms like this, 9 ")


def test_columns_stand_below_each_other_when_there_is_little_room(show, qtbot):
    columns = Columns(500)
    left, right = QWidget(), QWidget()
    columns.add(left, 2)
    columns.add(right, 1)
    show(columns, 800, 200)
    assert not columns.is_narrow
    assert right.x() > left.x()
    columns.resize(400, 400)
    qtbot.wait(20)
    assert columns.is_narrow
    assert right.y() > left.y()


def test_dropped_files_are_handed_on_and_web_addresses_are_not(show, tmp_path, qtbot):
    area, heard = show(DropArea()), []
    area.files_dropped.connect(heard.append)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b&c.txt")), QUrl("https://example.org/x")])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    area.dropEvent(event)
    assert heard == [[str(tmp_path / "a b&c.txt")]]
    with qtbot.waitSignal(area.choose):
        area.button.click()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_finding_row_reads_as_a_sentence_and_opens_with_keys(show, qtbot, key):
    row = show(FindingRow(Kept, "A document contains a hidden small program", "x.docm, today at 09:10", "check_today"))
    assert row.accessibleName() == "Check today: A document contains a hidden small program, x.docm, today at 09:10"
    with qtbot.waitSignal(row.opened):
        QTest.keyClick(row, key)


def test_a_finding_row_opens_with_a_click_inside_only(show):
    row, heard = show(FindingRow(Kept, "Something", "somewhere", "act_now"), 400, 60), []
    row.opened.connect(lambda: heard.append(1))
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    QTest.mouseClick(row, Qt.MouseButton.RightButton)
    assert heard == [1]


def test_a_button_stands_under_the_step_it_performs(show):
    button = OutlineButton("Copy a summary")
    steps = show(StepList([Step("Leave it closed", "We did too."), Step("Call Sam")], {1: button}))
    assert steps.accessibleName() == "1. Leave it closed 2. Call Sam"
    assert button.isVisible()
    assert button.y() > steps.height() / 4


def test_an_error_panel_copies_its_details(show):
    panel = show(StatePanel("error", "It stopped", "Nothing is lost.", "Try again", "line 1\nline 2"))
    copy = next(one for one in panel.findChildren(QWidget) if one.accessibleName() == "Copy details")
    copy.click()
    assert QGuiApplication.clipboard().text() == "line 1\nline 2"


def test_the_week_is_read_with_its_words(light):
    week = WeekStrip([("Mon", "calm"), ("Today", "look")])
    assert week.accessibleName() == "Mon: Calm, Today: Check today"


def test_a_menu_button_tells_a_change_once(show):
    menu, heard = show(MenuButton("State", [("open", "Open"), ("all", "R&D")])), []
    menu.chosen.connect(heard.append)
    assert menu.accessibleName() == "State: Open"
    menu.menu().actions()[1].trigger()
    menu.menu().actions()[1].trigger()
    assert heard == ["all"]
    assert menu.menu().actions()[1].text() == "R&&D"
    assert menu.accessibleName() == "State: R&D"
