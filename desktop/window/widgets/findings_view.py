"""The list of findings on the screen: rows painted by ourselves, plain text only, smooth with 10,000 of them.

Before this on the path: ``FindingsTable``. After it: the Findings page, which opens and judges what is chosen here.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter

from desktop.window.theme import Theme

ROW_PX, TALL_ROW_PX, GROUP_PX = 61, 104, 34
COMPACT_BELOW_PX = 620
"""A row with less room than this (at 100 %) puts the level below and gives the headline two lines."""
CHECK_ZONE_PX = 50
"""Width on the left in which a click marks the row instead of opening it."""


@dataclass(frozen=True, slots=True)
class _Pen:
    """What one row is painted with."""

    painter: QPainter
    theme: Theme
    font: QFont

    def text(self, place: QRect, text: str, size_px: float, token: str, weight: QFont.Weight) -> None:
        """Write one line of plain text, left and in the middle of its place."""
        self.painter.setFont(self.sized(size_px, weight))
        self.painter.setPen(self.theme.qcolor(token))
        self.painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | _SINGLE, text)

    def sized(self, size_px: float, weight: QFont.Weight) -> QFont:
        """Give the window's font in another size."""
        font = QFont(self.font)
        font.setPixelSize(self.theme.px(size_px))
        font.setWeight(weight)
        return font


_SINGLE = Qt.TextFlag.TextSingleLine
