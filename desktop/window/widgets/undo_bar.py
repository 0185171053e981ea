"""What was just done, and Undo. It stays until the next act or page: nothing counts down."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton
from desktop.window.widgets.label import PlainLabel


class UndoBar(QWidget):
    """A dark bar at the foot of the page."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo: Callable[[], None] | None = None
        theme = current_theme()
        bar = QFrame()
        bar.setObjectName("undo")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(theme.px(32), theme.px(4), theme.px(32), theme.px(8))
        outer.addWidget(bar)
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(8), theme.px(8))
        self.label = PlainLabel()
        row.addWidget(self.label, 1)
        self.button = LinkButton(self.tr("Undo"))
        self.button.clicked.connect(self._undo_now)
        row.addWidget(self.button)
        self.close_button = LinkButton(self.tr("Close"))
        self.close_button.clicked.connect(self.hide)
        row.addWidget(self.close_button)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Show what was done; without ``undo`` there is no such button."""
        self.label.set_text(text)
        self._undo = undo
        self.button.setVisible(undo is not None)
        self.show()

    def _undo_now(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo:
            undo()
