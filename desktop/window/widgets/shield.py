"""The large picture of the state on the first page."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.painted import Painted
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.shapes import mark_of, tokens_of


def shield_path(box: QRectF) -> QPainterPath:
    """Outline of a shield that fills the box."""

    def at(x: float, y: float) -> QPointF:
        return QPointF(box.left() + box.width() * x, box.top() + box.height() * y)

    path = QPainterPath(at(0.5, 0.0))
    path.cubicTo(at(0.62, 0.09), at(0.78, 0.15), at(0.96, 0.165))
    path.cubicTo(at(0.985, 0.17), at(1.0, 0.185), at(1.0, 0.21))
    path.lineTo(at(1.0, 0.52))
    path.cubicTo(at(1.0, 0.80), at(0.72, 0.93), at(0.5, 1.0))
    path.cubicTo(at(0.28, 0.93), at(0.0, 0.80), at(0.0, 0.52))
    path.lineTo(at(0.0, 0.21))
    path.cubicTo(at(0.0, 0.185), at(0.015, 0.17), at(0.04, 0.165))
    path.cubicTo(at(0.22, 0.15), at(0.38, 0.09), at(0.5, 0.0))
    return path


class Shield(Painted):
    """A shield in a soft circle. ``mark``: calm, gap, look, act, info, never, checking."""

    def __init__(self, mark: str, size: int = 128, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._size = size
        self._mark = ""
        self.set_mark(mark)

    def set_mark(self, mark: str) -> None:
        """Show another state."""
        self._mark = mark_of(mark)
        self.setAccessibleName(LevelPill(self._mark).text)
        self.update()

    def wanted_size(self) -> tuple[float, float]:
        """Square."""
        return self._size, self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw circle, shield and sign."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _text, soft, fill = (theme.qcolor(token) for token in tokens_of(self._mark))
        length = float(min(self.width(), self.height()))
        painter.setPen(QPen(fill, 2) if theme.name == "contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        painter.drawEllipse(QRectF(1, 1, length - 2, length - 2))
        box = QRectF(length * 0.215, length * 0.185, length * 0.57, length * 0.65)
        shade = QLinearGradient(box.topLeft(), box.bottomLeft())
        shade.setColorAt(0, fill.lighter(112))
        shade.setColorAt(1, fill)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill if theme.name == "contrast" else shade)
        painter.drawPath(shield_path(box))
        inside = theme.qcolor("surface")
        painter.setPen(QPen(inside, length * 0.055, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._draw_sign(painter, length)

    def _draw_sign(self, painter: QPainter, length: float) -> None:
        def at(x: float, y: float) -> QPointF:
            return QPointF(length * x, length * y)

        if self._mark in {"act", "look"}:
            painter.drawLine(at(0.5, 0.375), at(0.5, 0.545))
            painter.drawPoint(at(0.5, 0.655))
        elif self._mark == "calm":
            painter.drawPolyline(QPolygonF([at(0.39, 0.53), at(0.465, 0.605), at(0.615, 0.43)]))
        elif self._mark == "info":
            painter.drawPoint(at(0.5, 0.37))
            painter.drawLine(at(0.5, 0.48), at(0.5, 0.65))
        else:
            painter.drawLine(at(0.4, 0.5), at(0.6, 0.5))
