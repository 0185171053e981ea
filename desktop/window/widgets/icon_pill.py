"""A small label with an icon and a word, where no level is meant."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.window.icons import pixmap
from desktop.window.theme import current_theme
from desktop.window.widgets.label import one_line
from desktop.window.widgets.painted import Painted
from desktop.window.widgets.pill import HEIGHT, SHAPE, SIDE, SPACE, pill_font, pill_width


class IconPill(Painted):
    """Icon and word on a soft ground; ``tint`` names its colour."""

    def __init__(self, icon: str, text: str, tint: str = "primary", *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._icon, self._text, self._tint = icon, one_line(text), tint
        self.setAccessibleName(self._text)

    def sizeHint(self) -> QSize:
        """As wide as the word."""
        theme = current_theme()
        return QSize(pill_width(theme, self._text), theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        theme, painter, box = current_theme(), QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.qcolor(self._tint), 1) if theme.name == "contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(theme.qcolor(f"{self._tint}Soft"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
        size = theme.px(SHAPE)
        picture = pixmap(self._icon, self._tint, SHAPE)
        painter.drawPixmap(theme.px(SIDE), round(box.center().y() - size / 2), picture)
        painter.setFont(pill_font(theme))
        painter.setPen(theme.qcolor(self._tint))
        room = box.adjusted(theme.px(SIDE + SHAPE + SPACE), 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._text)
