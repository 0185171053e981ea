"""Two amounts below each other, each a bar with its figure: usually and today, or sent and received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.painted import Painted
from desktop.window.widgets.timeline_paint import small_font

ROW_PX, BAR_PX = 22, 10


@dataclass(frozen=True, slots=True)
class Amount:
    """One bar."""

    label: str
    """"usually"."""
    value: int
    """How long it is."""
    words: str
    """"0.2 GB"."""
    token: str
    """Colour of the bar."""


class PairBars(Painted):
    """The bars share one scale; a nought is a thin line, not nothing."""

    width_policy = QSizePolicy.Policy.Expanding

    def __init__(self, amounts: Sequence[Amount], *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._amounts = amounts
        self.setAccessibleName(", ".join(f"{one.label} {one.words}" for one in amounts))

    def wanted_size(self) -> tuple[float, float]:
        """One row for each amount."""
        return 160, ROW_PX * len(self._amounts)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw label, bar and figure."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small_font())
        metrics = QFontMetricsF(small_font())
        left = max(metrics.horizontalAdvance(one.label) for one in self._amounts) + theme.px(12)
        words = max(metrics.horizontalAdvance(one.words) for one in self._amounts) + theme.px(10)
        room = max(self.width() - left - words, theme.px(12))
        highest = max(1, *(one.value for one in self._amounts))
        row, bar = theme.px(ROW_PX), theme.px(BAR_PX)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        for place, one in enumerate(self._amounts):
            top = place * row
            painter.setPen(theme.qcolor("text2"))
            painter.drawText(QRectF(0, top, left, row), middle, one.label)
            length = max(room * one.value / highest, theme.px(4))
            painter.setPen(QPen(Qt.PenStyle.NoPen))
            painter.setBrush(theme.qcolor(one.token))
            radius = min(bar, length) / 2
            painter.drawRoundedRect(QRectF(left, top + (row - bar) / 2, length, bar), radius, radius)
            painter.setPen(theme.qcolor("text"))
            painter.drawText(QRectF(left + length + theme.px(8), top, words, row), middle, one.words)
