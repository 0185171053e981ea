"""Draws a timeline: lines of measure, the usual, the data, marks, what is picked.

Before this on the path: ``Timeline``, which holds the data. After it: the screen.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QLinearGradient, QPainter, QPainterPath, QPen

from desktop.window import say
from desktop.window.theme import current_theme
from desktop.window.widgets.label import one_line
from desktop.window.widgets.shapes import draw_mark, tokens_of

if TYPE_CHECKING:
    from desktop.window.widgets.timeline import Column, TimelineData

BARS_UP_TO = 31
"""So few columns are drawn as bars: a line through three points shows what was not there."""
TOP_PX, FOOT_PX, MARK_PX = 26, 24, 18
DAY_S, HOUR_S = 86_400, 3_600
_TICK_STEPS_S = (60, 300, 600, 900, 1800, HOUR_S, 2 * HOUR_S, 4 * HOUR_S, 6 * HOUR_S, 12 * HOUR_S, DAY_S, 2 * DAY_S,
                 5 * DAY_S, 10 * DAY_S, 30 * DAY_S, 90 * DAY_S, 365 * DAY_S)  # fmt: skip
_NICE = (1, 2, 2.5, 5, 10)


def small_font(*, strong: bool = False) -> QFont:
    """The type of a picture's words."""
    font = QFont("Inter")
    font.setPixelSize(current_theme().px(13))
    font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return font


def nice_top(highest: int) -> int:
    """Round up to a number that halves well: 1, 2, 2.5, 5 times a power of ten."""
    if highest <= 0:
        return 1
    power = float(10 ** math.floor(math.log10(highest)))
    return max(1, math.ceil(next(step * power for step in _NICE if step * power >= highest)))


@dataclass(frozen=True, slots=True)
class Plane:
    """Where things stand: from time and value to points."""

    box: QRectF
    """The area of the line."""
    columns: int
    """How many columns share its width."""
    top: int
    """The value at its upper edge."""

    @classmethod
    def of(cls, data: TimelineData, size: QSize) -> Plane:
        """Measure the room that the words at the edges leave."""
        theme = current_theme()
        top = nice_top(max((max(one.value, one.usual or 0) for one in data.columns), default=0))
        words = max(QFontMetricsF(small_font()).horizontalAdvance(data.say_value(value)) for value in (top, top // 2))
        left, right = words + theme.px(16), theme.px(8)  # a little air, so that the focus ring touches no word
        height = size.height() - theme.px(TOP_PX + FOOT_PX)
        return cls(
            QRectF(left, theme.px(TOP_PX), max(size.width() - left - right, 1.0), height), len(data.columns), top
        )

    @property
    def step(self) -> float:
        """Width of a column."""
        return self.box.width() / max(self.columns, 1)

    def x(self, place: float) -> float:
        """The middle of a column."""
        return self.box.left() + (place + 0.5) * self.step

    def y(self, value: float) -> float:
        """The height of a value."""
        return self.box.bottom() - self.box.height() * min(value / self.top, 1.0)

    def column_at(self, x: float) -> int:
        """The column at a point, the nearest one beyond the edges."""
        return min(max(int((x - self.box.left()) // self.step), 0), self.columns - 1)


def draw_timeline(
    painter: QPainter, data: TimelineData, size: QSize, picked: tuple[int, int] | None, *, has_focus: bool
) -> None:
    """Draw everything, from the back to the front."""
    if data.columns:
        plane = Plane.of(data, size)
        _draw_measure(painter, plane, data)
        if picked:
            _draw_picked(painter, plane, data.columns, picked)
        _draw_usual(painter, plane, data.columns)
        drawn = [one for one in data.columns if data.now is None or one.start <= data.now]
        if len(data.columns) <= BARS_UP_TO:
            _draw_bars(painter, plane, drawn)
        else:
            _draw_line(painter, plane, drawn)
        _draw_times(painter, plane, data)
        _draw_now(painter, plane, data)
        _draw_marks(painter, plane, data.columns)
        _draw_words(painter, plane, data, picked)
    if has_focus:
        painter.setPen(QPen(current_theme().qcolor("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(1, 1, size.width() - 2, size.height() - 2), 8, 8)


def _draw_measure(painter: QPainter, plane: Plane, data: TimelineData) -> None:
    theme, metrics = current_theme(), QFontMetricsF(small_font())
    painter.setFont(small_font())
    for value in sorted({0, plane.top // 2, plane.top}):
        y = plane.y(value)
        painter.setPen(QPen(theme.qcolor("line"), 1))
        painter.drawLine(QPointF(plane.box.left(), y), QPointF(plane.box.right(), y))
        painter.setPen(theme.qcolor("text2"))
        words = "0" if value == 0 else data.say_value(value)
        place = QRectF(0, y - metrics.height() / 2, plane.box.left() - theme.px(8), metrics.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


def _curve(points: Sequence[QPointF]) -> QPainterPath:
    """Join points smoothly and never above or below them: between two points the line lies between their heights."""
    path = QPainterPath(points[0])
    for one, other in itertools.pairwise(points):
        middle = (one.x() + other.x()) / 2
        path.cubicTo(QPointF(middle, one.y()), QPointF(middle, other.y()), other)
    return path


def _down(path: QPainterPath, points: Sequence[QPointF], bottom: float) -> QPainterPath:
    area = QPainterPath(path)
    area.lineTo(points[-1].x(), bottom)
    area.lineTo(points[0].x(), bottom)
    area.closeSubpath()
    return area


def _draw_usual(painter: QPainter, plane: Plane, columns: Sequence[Column]) -> None:
    points = [QPointF(plane.x(at), plane.y(one.usual)) for at, one in enumerate(columns) if one.usual is not None]
    if not points:
        return
    theme, path = current_theme(), _curve(points)
    painter.fillPath(_down(path, points, plane.box.bottom()), theme.qcolor("okSoft"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.qcolor("okFill"), 1, Qt.PenStyle.DashLine))
    painter.drawPath(path)


def _draw_line(painter: QPainter, plane: Plane, drawn: Sequence[Column]) -> None:
    points = [QPointF(plane.x(at), plane.y(one.value)) for at, one in enumerate(drawn)]
    if not points:
        return
    theme, path = current_theme(), _curve(points)
    if theme.name != "contrast":
        shade = QLinearGradient(plane.box.topLeft(), plane.box.bottomLeft())
        strong, weak = theme.qcolor("primary"), theme.qcolor("primary")
        strong.setAlpha(70)
        weak.setAlpha(6)
        shade.setColorAt(0, strong)
        shade.setColorAt(1, weak)
        painter.fillPath(_down(path, points, plane.box.bottom()), shade)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.qcolor("primary"), theme.px(2), j=Qt.PenJoinStyle.RoundJoin))
    painter.drawPath(path)


def _draw_bars(painter: QPainter, plane: Plane, drawn: Sequence[Column]) -> None:
    theme = current_theme()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.qcolor("primary"))
    width = min(plane.step * 0.6, theme.px(48))
    for at, column in enumerate(drawn):
        if column.value > 0:
            top = min(plane.y(column.value), plane.box.bottom() - theme.px(3))
            bar = QRectF(plane.x(at) - width / 2, top, width, plane.box.bottom() - top)
            painter.drawRoundedRect(bar, min(theme.px(4), width / 2), min(theme.px(4), bar.height() / 2))


def _draw_picked(painter: QPainter, plane: Plane, columns: Sequence[Column], picked: tuple[int, int]) -> None:
    theme = current_theme()
    mark = next((one.mark for one in columns[picked[0] : picked[1] + 1] if one.mark), "info")
    text, soft, _fill = tokens_of(mark)
    least = theme.px(14)
    left, right = plane.x(picked[0]) - plane.step / 2, plane.x(picked[1]) + plane.step / 2
    extra = max(0.0, least - (right - left)) / 2
    box = QRectF(left - extra, theme.px(4), right - left + 2 * extra, plane.box.bottom() - theme.px(4))
    painter.setPen(QPen(theme.qcolor(text), theme.line_px))
    painter.setBrush(theme.qcolor(soft))
    painter.drawRoundedRect(box, theme.px(6), theme.px(6))


def _draw_times(painter: QPainter, plane: Plane, data: TimelineData) -> None:
    theme, metrics = current_theme(), QFontMetricsF(small_font())
    first = data.columns[0].start
    whole_s = data.width_s * len(data.columns)
    room = max(int(plane.box.width() // theme.px(96)), 1)
    step = next((step for step in _TICK_STEPS_S if whole_s / step <= room), _TICK_STEPS_S[-1])
    painter.setFont(small_font())
    painter.setPen(theme.qcolor("text2"))
    right_end = -math.inf
    at = first + (-(first + _offset_s(first)) % step)
    for _tick in range(room + 1):
        if at >= first + whole_s:
            break
        words = _say_time(at, data, step)
        width = metrics.horizontalAdvance(words)
        x = plane.box.left() + (at - first) / data.width_s * plane.step
        left = min(max(x - width / 2, 0.0), plane.box.right() + theme.px(8) - width)
        if left > right_end + theme.px(8):
            place = QRectF(left, plane.box.bottom() + theme.px(6), width + 1, metrics.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft, words)
            right_end = left + width
        at += step


def _offset_s(at_s: int) -> int:
    """Tell how far this computer's clock is ahead of UTC, so that ticks stand on its full hours."""
    offset = say.moment(at_s).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _say_time(at_s: int, data: TimelineData, step_s: int) -> str:
    at = say.moment(at_s)
    return say.clock(data.locale, at) if step_s < DAY_S else say.short_date(data.locale, at)


def _draw_now(painter: QPainter, plane: Plane, data: TimelineData) -> None:
    if data.now is None:
        return
    share = (data.now - data.columns[0].start) / (data.width_s * len(data.columns))
    if not 0 <= share <= 1:
        return
    theme, x = current_theme(), plane.box.left() + share * plane.box.width()
    painter.setPen(QPen(theme.qcolor("control"), 1, Qt.PenStyle.DotLine))
    painter.drawLine(QPointF(x, plane.box.top() - theme.px(8)), QPointF(x, plane.box.bottom()))
    painter.setFont(small_font())
    painter.setPen(theme.qcolor("text2"))
    words = say.now_word()
    width = QFontMetricsF(small_font()).horizontalAdvance(words)
    left = x + theme.px(6) if x + theme.px(6) + width < plane.box.right() else x - theme.px(6) - width
    painter.drawText(QPointF(left, plane.box.top()), words)


def _draw_marks(painter: QPainter, plane: Plane, columns: Sequence[Column]) -> None:
    theme = current_theme()
    size = theme.px(MARK_PX)
    right_end = -math.inf
    for at, column in enumerate(columns):
        if not column.mark or plane.x(at) - size / 2 < right_end:
            continue  # two shapes on one another say less than one
        text, _soft, fill = tokens_of(column.mark)
        y = max(plane.y(column.value), plane.box.top())
        box = QRectF(plane.x(at) - size / 2, min(y - size / 2, plane.box.bottom() - size), size, size)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.qcolor("surface"))
        painter.drawEllipse(box.adjusted(-2, -2, 2, 2))
        draw_mark(painter, box, column.mark, theme.qcolor(fill or text), theme.qcolor("surface"))
        right_end = box.right()


def _draw_words(painter: QPainter, plane: Plane, data: TimelineData, picked: tuple[int, int] | None) -> None:
    """Say what is picked, or else the first and most serious mark, beside its place."""
    marked = [at for at, column in enumerate(data.columns) if column.mark]
    worst = min(marked, key=lambda at: ("act", "look", "info").index(data.columns[at].mark), default=None)
    at = picked[1] if picked else worst
    if at is None or (picked and picked[0] != picked[1]):
        return
    theme, column = current_theme(), data.columns[at]
    first, second = (one_line(words) for words in data.say_column(column))
    strong, weak = QFontMetricsF(small_font(strong=True)), QFontMetricsF(small_font())
    width = max(strong.horizontalAdvance(first), weak.horizontalAdvance(second)) + theme.px(12)
    beside = min(max(plane.step / 2, theme.px(12)), theme.px(28)) + theme.px(8)  # a bar is never wider than that
    left = plane.x(at) + beside
    if left + width > plane.box.right():
        left = plane.x(at) - beside - width
    if left < 0:
        return  # too narrow: the list below and the accessible name say it
    top = plane.box.top() + theme.px(2)
    height = strong.height() + (weak.height() if second else 0) + theme.px(4)
    ground = theme.qcolor("surface")
    ground.setAlpha(225)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(left, top, width, height), theme.px(6), theme.px(6))
    painter.setFont(small_font(strong=True))
    painter.setPen(theme.qcolor(tokens_of(column.mark or "info")[0]))
    painter.drawText(QPointF(left + theme.px(6), top + strong.ascent() + theme.px(2)), first)
    painter.setFont(small_font())
    painter.setPen(theme.qcolor("text2"))
    painter.drawText(QPointF(left + theme.px(6), top + strong.height() + weak.ascent() + theme.px(2)), second)
