"""The picture over time: what it says, and how a time is picked with mouse and keys."""

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from desktop.window.theme import Theme
from desktop.window.widgets.pair_bars import Amount, PairBars
from desktop.window.widgets.timeline import Column, Timeline, TimelineData
from desktop.window.widgets.timeline_paint import BARS_UP_TO, Plane, nice_top

START = 1_795_435_200


@pytest.fixture
def timeline(application, light):
    """Sixty minutes with a finding in the tenth."""
    widget = Timeline()
    widget.resize(700, 200)
    show(widget, [Column(START + n * 60, n * 10, None, "look" if n == 10 else "") for n in range(60)])
    widget.told = []
    widget.picked.connect(lambda first, last: widget.told.append((first, last)))
    yield widget
    widget.deleteLater()


def show(widget, columns, now=None):
    data = TimelineData(columns, 60, now, "Data sent. 18 kB.", str, lambda one: (f"at {one.start}", ""), QLocale("en"))
    widget.show_data(data)


def spot(widget, place):
    """A point in a column."""
    return QPoint(round(Plane.of(widget.data, widget.size()).x(place)), 100)


def pixels(widget, token):
    """Count points in a colour of the look."""
    image, color = widget.grab().toImage(), Theme().qcolor(token).rgb()
    return sum(image.pixel(x, y) == color for x in range(image.width()) for y in range(image.height()))


def test_a_click_picks_a_column_and_a_second_one_lets_go(timeline):
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=spot(timeline, 20))
    assert timeline.range == (20, 20)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=spot(timeline, 20))
    assert timeline.range is None
    assert timeline.told == [(20, 20), (-1, -1)]


def test_pulling_picks_a_longer_time_in_either_direction(timeline):
    QTest.mousePress(timeline, Qt.MouseButton.LeftButton, pos=spot(timeline, 30))
    QTest.mouseMove(timeline, spot(timeline, 12))
    QTest.mouseRelease(timeline, Qt.MouseButton.LeftButton, pos=spot(timeline, 12))
    assert timeline.range == (12, 30)


def test_the_arrow_keys_begin_at_the_newest_column(timeline):
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    assert timeline.range == (59, 59)
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    QTest.keyClick(timeline, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert timeline.range == (57, 58)
    QTest.keyClick(timeline, Qt.Key.Key_Home)
    assert timeline.range == (0, 0)
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    assert timeline.range == (0, 0)


def test_ctrl_goes_from_finding_to_finding(timeline):
    QTest.keyClick(timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert timeline.range == (10, 10)
    QTest.keyClick(timeline, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert timeline.range == (10, 10)


def test_escape_lets_go_and_is_left_to_the_window_when_nothing_is_picked(timeline):
    escape = QKeyEvent(QKeyEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    escape.ignore()
    timeline.event(escape)
    assert not escape.isAccepted()
    timeline.pick(3, 3)
    timeline.event(escape)
    assert escape.isAccepted()
    QTest.keyClick(timeline, Qt.Key.Key_Escape)
    assert timeline.range is None


def test_the_accessible_name_says_the_picture_and_what_is_picked(timeline):
    assert timeline.accessibleName() == "Data sent. 18 kB."
    timeline.pick(2, 2)
    assert timeline.accessibleName() == f"Data sent. 18 kB.. at {START + 120}"


def test_nothing_to_show_takes_no_pick(timeline):
    show(timeline, [])
    timeline.pick(0, 0)
    QTest.keyClick(timeline, Qt.Key.Key_Left)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert timeline.range is None
    assert timeline.told == []
    assert not timeline.grab().isNull()


def test_the_usual_is_drawn_only_where_it_is_known(timeline):
    assert pixels(timeline, "okSoft") == 0
    show(timeline, [Column(START + n * 60, 10, 400) for n in range(60)])
    assert pixels(timeline, "okSoft") > 1_000


def test_few_columns_are_bars_and_many_a_line(timeline):
    show(timeline, [Column(START + n * 60, 100) for n in range(BARS_UP_TO)])
    bars = pixels(timeline, "primary")
    show(timeline, [Column(START + n * 60, 100) for n in range(BARS_UP_TO + 1)])
    assert bars > 4 * pixels(timeline, "primary") > 0


def test_the_line_ends_now(timeline):
    show(timeline, [Column(START + n * 60, 100) for n in range(60)])
    whole = pixels(timeline, "primary")
    show(timeline, [Column(START + n * 60, 100) for n in range(60)], now=START + 600)
    assert 0 < pixels(timeline, "primary") < whole / 3


@pytest.mark.parametrize("start", [-5_000_000_000, 0, 2**33, 2**62])
def test_times_that_no_clock_knows_are_drawn_all_the_same(timeline, start):
    show(timeline, [Column(start + n * 60, n) for n in range(40)])
    assert pixels(timeline, "primary") > 0


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1), (1, 1), (3, 5), (99, 100), (101, 200), (201, 250), (2**62, 5 * 10**18)]
)
def test_the_scale_ends_in_a_round_number(highest, top):
    assert nice_top(highest) == top


def test_bars_beside_each_other_say_their_figures(application, light):
    bars = PairBars((Amount("usually", 0, "0", "okFill"), Amount("today", 5, "5", "lookFill")))
    assert bars.accessibleName() == "usually 0, today 5"
    bars.resize(300, bars.sizeHint().height())
    assert pixels(bars, "lookFill") > 20 * pixels(bars, "okFill") > 0
    bars.deleteLater()
