"""The bar for many findings at once: shown only with a selection, and only with acts that fit every selected row.

Before this on the path: the marks in the list. After it: the Findings page, which does what was asked.
"""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.service.contacts import Helper
from desktop.window.pages.finding_parts import QUIET_DAYS, summary_words
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton, OutlineButton
from desktop.window.widgets.card import Card
from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.label import PlainLabel

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


class MarkedBar(Card):
    """How many are selected, and what can be done with all of them."""

    fine_chosen = Signal(int)
    """Days to stay quiet; 0 as long as the files do not change."""
    worried_chosen = Signal()
    """The person is still worried about these."""
    copy_asked = Signal()
    """The person wants one summary of all."""
    clear_asked = Signal()
    """The person wants none selected."""

    def __init__(self) -> None:
        super().__init__("bar", padding=8)
        holder = QWidget()
        self._flow = FlowLayout(holder, gap=current_theme().px(8))
        self.body.addWidget(holder)
        self.count = self._add(PlainLabel("", "strong", wrap=False))
        self.count.setContentsMargins(current_theme().px(10), 0, current_theme().px(8), 0)
        self.fine_button = self._add(OutlineButton(self.tr("This is fine"), "thumbs-up"))
        self.worried_button = self._add(OutlineButton(self.tr("I am still worried"), "message-circle-question-mark"))
        self.copy_button = self._add(OutlineButton(self.tr("Copy a summary"), "copy"))
        self.file_button = self._add(OutlineButton(self.tr("Only these files, until they change")))
        self.days_button = self._add(OutlineButton(self.tr("These files, for %n day(s)", "", QUIET_DAYS)))
        self.back_button = self._add(LinkButton(self.tr("Back"), "arrow-left"))
        self.clear_button = self._add(LinkButton(self.tr("Clear selection")))
        self._can_say_fine = True
        self.fine_button.clicked.connect(self.ask_scope)
        self.worried_button.clicked.connect(self.worried_chosen)
        self.copy_button.clicked.connect(self.copy_asked)
        self.file_button.clicked.connect(lambda: self.fine_chosen.emit(0))
        self.days_button.clicked.connect(lambda: self.fine_chosen.emit(QUIET_DAYS))
        self.back_button.clicked.connect(self.close_question)
        self.clear_button.clicked.connect(self.clear_asked)
        self._show_question(is_open=False)
        self.hide()

    def _add(self, widget: AnyWidget) -> AnyWidget:
        self._flow.addWidget(widget)
        return widget

    def show_helper(self, helper: Helper | None) -> None:
        """Name the helper on the button."""
        self.copy_button.set_text(summary_words(helper))

    def show_count(self, count: int, *, can_say_fine: bool) -> None:
        """Show how many are selected; "This is fine" needs every one of them open."""
        self._can_say_fine = can_say_fine
        self.count.set_text(self.tr("%n selected", "", count))
        self._show_question(is_open=False)
        self.setVisible(count > 0)

    def ask_scope(self) -> None:
        """Ask how far "this is fine" goes."""
        self._show_question(is_open=True)
        self.file_button.setFocus(Qt.FocusReason.TabFocusReason)

    def close_question(self) -> None:
        """Go back to the acts."""
        self._show_question(is_open=False)

    def _show_question(self, *, is_open: bool) -> None:
        self.fine_button.setVisible(not is_open and self._can_say_fine)
        for button in (self.worried_button, self.copy_button, self.clear_button):
            button.setVisible(not is_open)
        for button in (self.file_button, self.days_button, self.back_button):
            button.setVisible(is_open)
