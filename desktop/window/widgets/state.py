"""What a page shows when it has nothing, is at work, or something went wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton, PrimaryButton
from desktop.window.widgets.card import Card
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.row import Tile

_ICON = {"empty": ("search", "info"), "error": ("circle-alert", "look"), "running": ("clock", "info")}


class StatePanel(Card):
    """One friendly sentence and one action. ``acted`` is emitted by the action."""

    acted = Signal()

    def __init__(
        self,
        kind: str,
        title: str,
        text: str,
        action_text: str | None = None,
        details: str | None = None,
        *,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Build it.

        Args:
            kind: ``empty``, ``error`` or ``running``.
            title: What is the case, in one sentence.
            text: What still works and what to do.
            action_text: The one action, if there is one.
            details: Technical text for "Copy details"; shown for errors only.
            icon: Another picture than the usual one.
            parent: As in Qt.
        """
        super().__init__(padding=28, gap=8, parent=parent)
        self.kind = kind
        name, mark = _ICON[kind]
        theme = current_theme()
        row = QHBoxLayout()
        row.setSpacing(theme.px(20))
        row.addWidget(Tile(icon or name, mark, 56), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        words.addWidget(PlainLabel(title, "h2"))
        self.text = PlainLabel(text, "lead")
        words.addWidget(self.text)
        self._buttons = buttons = QHBoxLayout()
        buttons.setContentsMargins(0, theme.px(10), 0, 0)
        self.action: PrimaryButton | None = None
        if action_text:
            self.action = PrimaryButton(action_text)
            self.action.clicked.connect(self.acted)
            buttons.addWidget(self.action)
        if details:
            copy = LinkButton(self.tr("Copy details"), "copy")
            copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
            buttons.addWidget(copy)
        buttons.addStretch(1)
        words.addLayout(buttons)
        row.addLayout(words, 1)
        self.body.addLayout(row)

    def add_link(self, text: str, icon: str, act: Callable[[], object]) -> None:
        """Offer a second way beside the one action."""
        link = LinkButton(text, icon)
        link.clicked.connect(act)
        self._buttons.insertWidget(self._buttons.count() - 1, link)
