"""A thin bar that fills from the left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.painted import Painted


class Bar(Painted):
    """Share of something, 0 to 1; ``tint`` is its colour."""

    width_policy = QSizePolicy.Policy.Expanding

    def __init__(
        self, share: float = 0.0, tint: str = "primary", name: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._share, self._tint = 0.0, tint
        self.set_share(share, name=name)

    def set_share(self, share: float | None, tint: str | None = None, name: str = "") -> None:
        """Show another share; ``name`` says it in words."""
        self._share = min(max(share or 0.0, 0.0), 1.0)
        self._tint = tint or self._tint
        self.setAccessibleName(name or f"{self._share:.0%}")
        self.update()

    def wanted_size(self) -> tuple[float, float]:
        """Six pixels high."""
        return 60, 6

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track and share."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.qcolor("control"), 1) if theme.name == "contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(theme.qcolor("sunken"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        if self._share > 0:
            painter.setBrush(theme.qcolor(self._tint))
            filled = QRectF(box.left(), box.top(), max(box.width() * self._share, box.height()), box.height())
            painter.drawRoundedRect(filled, box.height() / 2, box.height() / 2)
