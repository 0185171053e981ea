"""The parts of the view "Programs": the buttons above, the list with its search and order.

Before this on the path: ``ProgramFacts``, read by the page. After it: the page hears what was chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.service.programs import ProgramSource
from desktop.service.texts import shorten
from desktop.window.pages.activity_parts import NAME_LETTERS, SOURCES_TOLD
from desktop.window.pages.findings_parts import LONGEST_NEEDLE, SEARCH_PX, SearchField
from desktop.window.pages.program_facts import ProgramFacts, ProgramWish, ShownProgram
from desktop.window.pages.program_words import ProgramWords
from desktop.window.theme import current_theme
from desktop.window.widgets.button import ChipButton, MenuButton, OutlineButton
from desktop.window.widgets.card import Card
from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.programs_view import ProgramLine, ProgramsTable, ProgramsView


class ProgramToolbar(QWidget):
    """Where programs were seen, and the ways to see more."""

    source_chosen = Signal(str)
    """Name of a recording, or empty for this computer."""
    look_asked = Signal()
    """Look at this computer now."""
    open_asked = Signal()
    """Open a recording."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=current_theme().px(10))
        self._sources: tuple[str, ...] = ()
        self.source_menu: MenuButton | None = None
        self.look_button = OutlineButton(self.tr("Look at the programs now"), "cpu")
        self.look_button.clicked.connect(self.look_asked)
        self.open_button = OutlineButton(self.tr("Open a recording"), "file-input")
        self.open_button.clicked.connect(self.open_asked)
        for button in (self.look_button, self.open_button):
            self._flow.addWidget(button)

    def show_sources(self, sources: Sequence[ProgramSource], current: ProgramSource, words: ProgramWords) -> None:
        """Offer what there is."""
        names = tuple(one.name for one in sources[:SOURCES_TOLD])
        if names != self._sources:
            self._sources = names
            self._rebuild([(one.name, shorten(words.source(one), NAME_LETTERS)) for one in sources[:SOURCES_TOLD]])
        if self.source_menu is not None and current.name in names:
            self.source_menu.set_current(current.name)

    def _rebuild(self, options: Sequence[tuple[str, str]]) -> None:
        while self._flow.takeAt(0) is not None:
            pass
        if self.source_menu is not None:
            self.source_menu.deleteLater()
        self.source_menu = MenuButton(self.tr("From"), options)
        self.source_menu.chosen.connect(self.source_chosen)
        for widget in (self.source_menu, self.look_button, self.open_button):
            self._flow.addWidget(widget)
        self.source_menu.show()


class ProgramsCard(Card):
    """Search, order and filters, and the rows."""

    searched = Signal(str)
    """What a person is looking for."""
    order_chosen = Signal(str)
    """One of ``program_facts.ORDERS``."""
    ended_asked = Signal(bool)
    """Show ended programs, or leave them out."""
    found_asked = Signal(bool)
    """Show only programs with findings, or all."""

    def __init__(self, word: Callable[[ShownProgram], ProgramLine]) -> None:
        super().__init__(padding=0, gap=0)
        theme = current_theme()
        self.table = ProgramsTable(word, self)
        self.view = ProgramsView(self.table, self.tr("Programs"))
        self.nothing = PlainLabel(self.tr("No program here fits."), "sub")
        self.nothing.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(20))
        self.count = PlainLabel("", "small")
        head, inner = QVBoxLayout(), QVBoxLayout()
        head.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(12))
        head.addWidget(self._build_head())
        inner.setContentsMargins(2, 0, 2, 0)
        inner.addWidget(self.view)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(10))
        foot.addWidget(self.count)
        self.body.addLayout(head)
        self.body.addLayout(inner)
        self.body.addWidget(self.nothing)
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def _build_head(self) -> QWidget:
        head, theme = QWidget(), current_theme()
        flow = FlowLayout(head, gap=theme.px(10))
        self.search = SearchField()
        self.search.setMaxLength(LONGEST_NEEDLE)
        self.search.setPlaceholderText(self.tr("Search in programs"))
        self.search.setAccessibleName(self.tr("Search in programs"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(theme.px(SEARCH_PX))
        self.search.textChanged.connect(self.searched)
        orders = (
            ("load", self.tr("Busiest first")),
            ("start", self.tr("Newest first")),
            ("name", self.tr("By name")),
        )
        self.order_menu = MenuButton(self.tr("Order"), orders)
        self.order_menu.chosen.connect(self.order_chosen)
        self.ended_chip = ChipButton(self.tr("Ended programs too"))
        self.ended_chip.clicked.connect(lambda: self.ended_asked.emit(self.ended_chip.isChecked()))
        self.found_chip = ChipButton(self.tr("Only with findings"))
        self.found_chip.clicked.connect(lambda: self.found_asked.emit(self.found_chip.isChecked()))
        for widget in (self.search, self.order_menu, self.ended_chip, self.found_chip):
            flow.addWidget(widget)
        return head

    def show_wish(self, wish: ProgramWish) -> None:
        """Let the choices stand as a person wants them."""
        self.order_menu.set_current(wish.order)
        self.ended_chip.setChecked(wish.with_ended)
        self.found_chip.setChecked(wish.only_found)
        if self.search.text() != wish.needle:
            self.search.blockSignals(True)
            self.search.setText(wish.needle)
            self.search.blockSignals(False)

    def show_programs(
        self, programs: Sequence[ShownProgram], facts: ProgramFacts, words: ProgramWords, *, is_recording: bool
    ) -> None:
        """Show these rows; the one a person stood on stays chosen where it is still there."""
        row = self.view.currentIndex().row()
        key = self.table.programs[row].row.key if 0 <= row < len(self.table.programs) else ""
        self.table.show(programs)
        if key:
            self.view.choose(key)
        self.view.setVisible(bool(programs))
        self.nothing.setVisible(not programs)
        self.ended_chip.setVisible(not is_recording)
        self.found_chip.setVisible(self.found_chip.isChecked() or any(one.level for one in facts.programs))
        self.count.set_text(words.count(len(programs), len(facts.programs)))
