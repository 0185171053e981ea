"""The red bar over everything while the program runs with all rights."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.window.widgets.label import PlainLabel


class RootBar(QFrame):
    """One sentence in white on red."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("asroot")
        text = self.tr("Plainwatch runs with all rights of this computer. Close it and start it as yourself.")
        QHBoxLayout(self).addWidget(PlainLabel(text))
