"""One hundred dots: how many alarms like this were real. Shown only where a rate was measured."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.painted import Painted

ROWS, COLUMNS, STEP = 5, 20, 11


class HundredDots(Painted):
    """Filled: real in tests. Hollow: harmless."""

    def __init__(self, harmless: int, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._harmless = min(max(harmless, 0), ROWS * COLUMNS)
        self.setAccessibleName(self.tr("Of 100 alarms like this, %n were harmless.", "", self._harmless))

    def wanted_size(self) -> tuple[float, float]:
        """Five rows of twenty."""
        return COLUMNS * STEP, ROWS * STEP

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw column by column, hollow ones last."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step, radius = theme.px(STEP), theme.px(STEP) * 0.27
        for number in range(ROWS * COLUMNS):
            column, row = divmod(number, ROWS)
            middle = QPointF((column + 0.5) * step, (row + 0.5) * step)
            if number < ROWS * COLUMNS - self._harmless:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.qcolor("lookFill"))
            else:
                painter.setPen(QPen(theme.qcolor("okFill"), radius * 0.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, radius, radius)
