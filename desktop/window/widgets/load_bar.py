"""A small bar that shows a share: how busy a program keeps the processor. The figure stands beside it in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.window.theme import current_theme

BUSY = 0.8
"""From this share of a core on the bar is full-toned; below it stays quiet."""


def draw_load(painter: QPainter, box: QRectF, share: float) -> None:
    """Draw a share, 0 to 1; more than all fills the bar. A little is a dot, not nothing."""
    theme, radius = current_theme(), box.height() / 2
    painter.setPen(QPen(theme.qcolor("control"), 1) if theme.name == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.qcolor("sunken"))
    painter.drawRoundedRect(box, radius, radius)
    length = box.width() * min(max(share, 0.0), 1.0)
    if length <= 0:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.qcolor("primary" if share >= BUSY else "neutralFill"))
    painter.drawRoundedRect(QRectF(box.left(), box.top(), max(length, box.height()), box.height()), radius, radius)
