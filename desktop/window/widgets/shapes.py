"""The shapes that carry a level beside its colour and its word, in one place.

Octagon: act now. Triangle: check today. Circle: good to know. Outlined tick: calm.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.painted import Painted
from detectors.contract.finding import Level

MARKS = ("act", "look", "info", "calm", "done", "checking", "paused", "not_yet", "never", "gap", "none")
_OF_LEVEL = {Level.ACT_NOW: "act", Level.CHECK_TODAY: "look", Level.GOOD_TO_KNOW: "info"}
_COLOUR = {"act": "act", "look": "look", "info": "info", "calm": "ok", "done": "ok", "checking": "info", "gap": "info"}


def mark_of(level: Level | str) -> str:
    """Turn a level into its mark; a mark stays itself."""
    return _OF_LEVEL[Level(level)] if level in set(Level) else str(level)


def tokens_of(mark: str) -> tuple[str, str, str]:
    """Return the token names for text, soft background and large fill of a mark."""
    base = _COLOUR.get(mark, "neutral")
    return base, f"{base}Soft", f"{base}Fill"


def draw_mark(painter: QPainter, box: QRectF, mark: str, color: QColor, inside: QColor) -> None:
    """Draw a mark into a box: filled with ``color``, its sign in ``inside``; calm and the like are outlined."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if mark in {"act", "look", "info"}:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        _draw_filled(painter, box, mark)
        _draw_sign(painter, box, mark, inside)
    else:
        _draw_outlined(painter, box, mark, color)
    painter.restore()


def _draw_filled(painter: QPainter, box: QRectF, mark: str) -> None:
    if mark == "info":
        painter.drawEllipse(box)
        return
    if mark == "act":
        radius, middle = box.width() / 2 * 1.04, box.center()
        angles = [math.pi / 8 + step * math.pi / 4 for step in range(8)]
        corners = [middle + QPointF(radius * math.cos(a), radius * math.sin(a)) for a in angles]
    else:
        corners = [QPointF(box.center().x(), box.top()), box.bottomRight(), box.bottomLeft()]
        corners = [point - QPointF(0, box.height() * 0.04) for point in corners]
    # A pen in the same colour with round joins softens the corners.
    painter.setPen(QPen(painter.brush(), box.width() * 0.12, j=Qt.PenJoinStyle.RoundJoin))
    middle = box.center()
    painter.drawPolygon(QPolygonF([middle + (point - middle) * 0.9 for point in corners]))


def _draw_sign(painter: QPainter, box: QRectF, mark: str, inside: QColor) -> None:
    """Draw ``!`` or ``i`` with two strokes."""
    x, top, height = box.center().x(), box.top(), box.height()
    shift = 0.10 if mark == "look" else 0.0
    long, dot = ((0.46, 0.72), 0.30) if mark == "info" else ((0.28 + shift, 0.52 + shift), 0.72 + shift * 0.6)
    painter.setPen(QPen(inside, max(box.width() * 0.13, 1.2), c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(x, top + height * long[0]), QPointF(x, top + height * long[1]))
    painter.drawPoint(QPointF(x, top + height * dot))


def _draw_outlined(painter: QPainter, box: QRectF, mark: str, color: QColor) -> None:
    width = max(box.width() * 0.095, 1.2)
    painter.setPen(QPen(color, width, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    ring = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.drawEllipse(ring)

    def at(x: float, y: float) -> QPointF:
        return QPointF(box.left() + box.width() * x, box.top() + box.height() * y)

    if mark in {"calm", "done"}:
        painter.drawPolyline(QPolygonF([at(0.33, 0.52), at(0.45, 0.64), at(0.68, 0.39)]))
    elif mark == "checking":
        painter.drawPoint(at(0.5, 0.5))
    elif mark == "paused":
        painter.drawLine(at(0.41, 0.37), at(0.41, 0.63))
        painter.drawLine(at(0.59, 0.37), at(0.59, 0.63))
    else:
        painter.drawLine(at(0.34, 0.5), at(0.66, 0.5))


class MarkDot(Painted):
    """A mark on its own, for lists. Says nothing aloud: the words stand beside it."""

    def __init__(self, mark: str, size: int = 18, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._mark, self._size = mark_of(mark), size

    def set_mark(self, mark: Level | str) -> None:
        """Show another mark."""
        self._mark = mark_of(mark)
        self.update()

    def wanted_size(self) -> tuple[float, float]:
        """Square."""
        return self._size, self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle."""
        del event
        theme, painter = current_theme(), QPainter(self)
        length = theme.px(self._size)
        box = QRectF((self.width() - length) / 2, (self.height() - length) / 2, length, length)
        text, _soft, fill = tokens_of(self._mark)
        filled = self._mark in {"act", "look", "info"}
        draw_mark(painter, box, self._mark, theme.qcolor(fill if filled else text), theme.qcolor("surface"))
