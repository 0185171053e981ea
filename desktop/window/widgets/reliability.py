"""The picture of what a model said and what was true: a dot for each share it said, with the range of the measurement.

Before this on the path: points of a card. After it: the screen; the accessible name says all of it in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.painted import Painted
from desktop.window.widgets.timeline_paint import small_font

SIDE_PX = 150
"""Length of a side of the square."""
DOT_PX = 11
NEAR = 0.1
"""Half the width of the green band: a tenth off is still near."""
TICKS = ((0.0, "0"), (0.5, "5"), (1.0, "10"))


@dataclass(frozen=True, slots=True)
class Dot:
    """One point, in shares of 0 to 1."""

    said: float
    """What the model said."""
    right: float
    """How often it was so."""
    lowest: float
    """Lower end of the range."""
    highest: float
    """Upper end."""
    words: str
    """All of it as a sentence."""


class ReliabilityPlot(Painted):
    """Dots on the dashed line mean: as often right as said."""

    def __init__(self, dots: Sequence[Dot], said: str, right: str, *, parent: QWidget | None = None) -> None:
        """Build it.

        Args:
            dots: The points.
            said: Name of the lower axis.
            right: Name of the left axis.
            parent: As in Qt.
        """
        super().__init__(parent=parent)
        self._dots, self._said, self._right = dots, said, right
        self.setAccessibleName(" ".join(dot.words for dot in dots))

    def wanted_size(self) -> tuple[float, float]:
        """The square, and room for words at the left and below it."""
        metrics = QFontMetricsF(small_font())
        grown = current_theme().text_percent / 100
        words = max(metrics.horizontalAdvance(text) for text in (self._said, self._right)) / grown
        side = max(SIDE_PX, words)
        return side + 56, side + 52

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, band, line, dots and words."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(theme.px(46), theme.px(8), self.width() - theme.px(56), self.height() - theme.px(52))
        _draw_ground(painter, box)
        for dot in self._dots:
            _draw_dot(painter, box, dot)
        self._draw_words(painter, box)

    def _draw_words(self, painter: QPainter, box: QRectF) -> None:
        theme, metrics = current_theme(), QFontMetricsF(small_font())
        painter.setFont(small_font())
        painter.setPen(theme.qcolor("text2"))
        height, middle = metrics.height(), Qt.AlignmentFlag.AlignCenter
        for share, text in TICKS:
            x, y = box.left() + share * box.width(), box.bottom() - share * box.height()
            wide = theme.px(24)
            painter.drawText(QRectF(x - wide / 2, box.bottom() + theme.px(3), wide, height), middle, text)
            place = QRectF(box.left() - theme.px(28), y - height / 2, theme.px(22), height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        below = QRectF(0, box.bottom() + theme.px(3) + height, self.width(), height)
        below.moveCenter(QPointF(box.center().x(), below.center().y()))
        painter.drawText(below, middle, self._said)
        painter.save()
        painter.translate(theme.px(2), box.center().y())
        painter.rotate(-90)
        painter.drawText(QRectF(-self.height() / 2, 0, self.height(), height), middle, self._right)
        painter.restore()


def _draw_ground(painter: QPainter, box: QRectF) -> None:
    theme = current_theme()
    painter.setPen(QPen(theme.qcolor("line"), theme.line_px))
    painter.setBrush(theme.qcolor("bg"))
    painter.drawRoundedRect(box, theme.px(6), theme.px(6))
    painter.save()
    painter.setClipRect(box)
    corner, far = box.bottomLeft(), box.topRight()
    up = QPointF(0, box.height() * NEAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.qcolor("okSoft"))
    painter.drawPolygon(QPolygonF([corner - up, far - up, far + up, corner + up]))
    painter.setPen(QPen(theme.qcolor("okFill"), theme.px(1.5), Qt.PenStyle.DashLine))
    painter.drawLine(corner, far)
    painter.restore()


def _draw_dot(painter: QPainter, box: QRectF, dot: Dot) -> None:
    theme = current_theme()

    def at(right: float) -> QPointF:
        return QPointF(box.left() + dot.said * box.width(), box.bottom() - right * box.height())

    painter.setPen(QPen(theme.qcolor("primary"), theme.px(2)))
    painter.drawLine(at(dot.lowest), at(dot.highest))
    size = theme.px(DOT_PX)
    painter.setPen(QPen(theme.qcolor("surface"), theme.px(2)))
    painter.setBrush(theme.qcolor("primary"))
    painter.drawEllipse(at(dot.right), size / 2, size / 2)
