"""A card with a title and, at its right, a link.

Before this on the path: a list that has a fuller version elsewhere. After it: ``body`` takes the rows.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton
from desktop.window.widgets.card import Card
from desktop.window.widgets.label import PlainLabel

PADDING, LIFT = 20, 9


class HeadedCard(Card):
    """Title, quiet note, link; the link is as high as a button, so the card takes its padding back above it."""

    def __init__(self, title: str, note: str = "", link: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(padding=PADDING, gap=4, parent=parent)
        head = QHBoxLayout()
        self.body.addLayout(head)  # before anything is shown: a widget without a parent would become a window
        head.setSpacing(current_theme().px(12))
        head.addWidget(PlainLabel(title, "h3", wrap=bool(not note)), 0 if note else 1)
        if note:
            head.addWidget(PlainLabel(note, "small"), 1)
        self.link = LinkButton(link)
        policy = self.link.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.link.setSizePolicy(policy)
        head.addWidget(self.link)
        self.link.setVisible(bool(link))

    def _measure(self) -> None:
        super()._measure()
        theme, margins = current_theme(), self.body.contentsMargins()
        margins.setTop(theme.px(PADDING - LIFT))
        self.body.setContentsMargins(margins)
