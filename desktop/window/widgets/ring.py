"""How much of the check is done, as a ring."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.label import one_line
from desktop.window.widgets.painted import Painted

FULL_TURN = 360 * 16  # Qt counts sixteenths of a degree


class Ring(Painted):
    """A ring with two lines of text in it. A share of None shows the empty ring: counting has not ended."""

    def __init__(self, size: int = 128, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._size, self._share = size, 0.0
        self._text, self._note = "", ""

    def set_share(self, share: float | None, text: str = "", note: str = "") -> None:
        """Show a share from 0 to 1, a text (``26 %``) and a note below it (``of the files``)."""
        self._share = min(max(share or 0.0, 0.0), 1.0)
        self._text, self._note = one_line(text), one_line(note)
        self.setAccessibleName(f"{self._text} {self._note}".strip())
        self.update()

    def wanted_size(self) -> tuple[float, float]:
        """Square."""
        return self._size, self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, share and words."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = theme.px(11)
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        track = theme.qcolor("control" if theme.name == "contrast" else "primarySoft")
        painter.setPen(QPen(track, 2 if theme.name == "contrast" else width))
        painter.drawEllipse(box)
        if self._share > 0:
            painter.setPen(QPen(theme.qcolor("primary"), width, c=Qt.PenCapStyle.RoundCap))
            painter.drawArc(box, FULL_TURN // 4, -round(FULL_TURN * self._share))
        self._write(painter, self._text, 22, "text", -theme.px(11) if self._note else 0)
        self._write(painter, self._note, 13, "text2", theme.px(15))

    def _write(self, painter: QPainter, text: str, size: int, token: str, down: int) -> None:
        theme = current_theme()
        font = QFont("Inter")
        font.setPixelSize(theme.px(size))
        font.setWeight(QFont.Weight.DemiBold if size > 20 else QFont.Weight.Normal)  # noqa: PLR2004 - the figure
        room = self.width() - 2 * theme.px(22)
        words_width = QFontMetricsF(font).horizontalAdvance(text)
        if words_width > room:  # a longer word of another language must not touch the ring
            font.setPixelSize(max(round(font.pixelSize() * room / words_width), 8))
        painter.setFont(font)
        painter.setPen(theme.qcolor(token))
        painter.drawText(self.rect().translated(0, down), Qt.AlignmentFlag.AlignCenter, text)
