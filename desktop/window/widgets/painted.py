"""What all small painted widgets share: one wanted size that follows the text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.window.theme import current_theme


class Painted(QWidget):
    """A widget that draws itself and is exactly as large as it wants to be."""

    width_policy = QSizePolicy.Policy.Fixed

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(self.width_policy, QSizePolicy.Policy.Fixed)

    def wanted_size(self) -> tuple[float, float]:
        """Width and height at 100 % text."""
        raise NotImplementedError

    def sizeHint(self) -> QSize:
        """Grow with the text."""
        width, height = self.wanted_size()
        theme = current_theme()
        return QSize(theme.px(width), theme.px(height))

    def minimumSizeHint(self) -> QSize:
        """Never smaller: a cut picture says nothing."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the look changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
