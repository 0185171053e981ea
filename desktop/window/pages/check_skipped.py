"""The full list of what was not looked at, and why.

Before this on the path: the number on the Check page. After it: back to the check.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton
from desktop.window.widgets.card import Card
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.skipped_table import SkippedLine, SkippedView

HEIGHT_PX = 520


class SkippedPanel(Card):
    """Every line with its sentence."""

    closed = Signal()
    """The person has read enough."""

    def __init__(self, lines: Sequence[SkippedLine]) -> None:
        super().__init__(padding=16, gap=10)
        head = QHBoxLayout()
        self.back_button = LinkButton(self.tr("Back to the check"), "arrow-left")
        self.back_button.clicked.connect(self.closed)
        head.addWidget(self.back_button)
        head.addStretch(1)
        self.body.addLayout(head)
        title = self.tr("%Ln not, or not fully, looked at", "", len(lines))
        self.body.addWidget(PlainLabel(title, "h3"))
        self.body.addWidget(PlainLabel(self.tr("We say nothing about these. They may be fine, or not."), "sub"))
        self.view = SkippedView(lines, title)
        self.view.setMinimumHeight(min(current_theme().px(HEIGHT_PX), max(self.view.verticalHeader().length(), 80) + 8))
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.body.addWidget(self.view)
