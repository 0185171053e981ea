"""The findings list with its filters, its bar and its table.

Before this on the path: lines from the Findings page. After it: the page hears what was opened, marked or answered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.window.icons import pixmap
from desktop.window.pages.marked_bar import MarkedBar
from desktop.window.theme import current_theme
from desktop.window.widgets.button import ICON_GAP, ChipButton, LinkButton, MenuButton
from desktop.window.widgets.card import Card, Columns
from desktop.window.widgets.findings_table import FindingsFilter, FindingsTable, GroupLine
from desktop.window.widgets.findings_view import FindingsView
from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.shapes import draw_mark, mark_of, tokens_of
from detectors.contract.finding import Level

SEARCH_AFTER_MS = 150
"""Pause after the last key before the list is filtered."""
LONGEST_NEEDLE = 100
TABLE_AT_LEAST_PX = 240
SEARCH_PX = 250
FILTERS_BELOW_PX = 780
"""With less room than this the two menus stand below the levels."""


class SearchField(QLineEdit):
    """A line to type in, with a glass that grows with the text; the one of Qt stays small."""

    def __init__(self) -> None:
        super().__init__()
        theme = current_theme()
        self._glass = QLabel(self)
        self._glass.setPixmap(pixmap("search", "text2", 18))
        self.setTextMargins(theme.px(24), 0, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the glass in the middle of the line."""
        super().resizeEvent(event)
        size = self._glass.sizeHint()
        left = current_theme().px(12)
        self._glass.setGeometry(left, (self.height() - size.height()) // 2, size.width(), size.height())


class FindingsList(QObject):
    """The parts of the list, wired to each other. ``area`` is what the page shows, ``search`` stands in its head."""

    def __init__(self, name_day: Callable[[date], GroupLine], title_on_top: str) -> None:
        super().__init__()
        self.table = FindingsTable(name_day, title_on_top, self)
        self.view = FindingsView(self.table)
        self.view.setAccessibleName(self.tr("Findings"))
        self.bar = MarkedBar()
        self.search = self._build_search()
        self.level_chips = self._build_chips()
        self.area_menu, self.state_menu = self._build_menus()
        self.nothing = self._build_nothing()
        self.card = Card(padding=2)
        self.area = self._build_area()
        self.table.marked_changed.connect(self._show_marks)
        self.view.heights_changed.connect(self._show_count)
        self.bar.clear_asked.connect(self.table.clear_marks)
        self._show_count()

    # Building

    def _build_search(self) -> SearchField:
        search = SearchField()
        search.setMaxLength(LONGEST_NEEDLE)
        search.setPlaceholderText(self.tr("Search findings"))
        search.setAccessibleName(self.tr("Search findings"))
        search.setClearButtonEnabled(True)
        search.setFixedWidth(current_theme().px(SEARCH_PX))
        self._typing = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._typing.timeout.connect(self._take_filter)
        search.textChanged.connect(lambda _text: self._typing.start())
        return search

    def _build_chips(self) -> dict[Level | None, ChipButton]:
        words, group = LevelPill("act"), QButtonGroup(self)
        chips: dict[Level | None, ChipButton] = {None: ChipButton(self.tr("All levels"))}
        for level in (Level.ACT_NOW, Level.CHECK_TODAY, Level.GOOD_TO_KNOW):
            chips[level] = ChipButton(words.word_for(mark_of(level)))
            chips[level].setText(ICON_GAP + chips[level].text())
            chips[level].setIcon(mark_icon(mark_of(level)))
        words.deleteLater()
        for chip in chips.values():
            group.addButton(chip)
        chips[None].setChecked(True)
        group.buttonClicked.connect(lambda _button: self._take_filter())
        return chips

    def _build_menus(self) -> tuple[MenuButton, MenuButton]:
        areas = (
            ("", self.tr("All")),
            ("files", self.tr("Files")),
            ("programs", self.tr("Programs")),
            ("network", self.tr("Network")),
        )
        states = (("open", self.tr("Open")), ("solved", self.tr("Solved")), ("all", self.tr("All")))
        menus = MenuButton(self.tr("Area"), areas), MenuButton(self.tr("State"), states, "open")
        for menu in menus:
            menu.chosen.connect(lambda _key: self._take_filter())
        return menus

    def _build_nothing(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(*(current_theme().px(20),) * 4)
        column.addWidget(PlainLabel(self.tr("No finding fits what you chose."), "strong"))
        self.show_all_button = LinkButton(self.tr("Show all findings"))
        self.show_all_button.clicked.connect(lambda: self.show_filter(FindingsFilter(state="all")))
        column.addWidget(self.show_all_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return holder

    def _build_area(self) -> QScrollArea:
        theme, content, filters = current_theme(), QWidget(), Columns(FILTERS_BELOW_PX, gap=8)
        content.setObjectName("scrolled")
        filters.add(in_a_flow(*self.level_chips.values()))
        filters.add(in_a_flow(self.area_menu, self.state_menu), 0)
        inner = QVBoxLayout()
        inner.setContentsMargins(0, theme.px(6), 0, theme.px(8))
        inner.addWidget(self.view)
        inner.addWidget(self.nothing)
        self.card.body.addLayout(inner)
        self.card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.view.setMinimumHeight(theme.px(TABLE_AT_LEAST_PX))
        column = QVBoxLayout(content)
        column.setSpacing(theme.px(12))
        column.addWidget(filters)
        column.addWidget(self.bar)
        column.addWidget(self.card, 1000)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        return area

    # What is shown

    def show_filter(self, wanted: FindingsFilter) -> None:
        """Show a filter in its buttons, and what it keeps in the list."""
        self.level_chips[wanted.level].setChecked(True)
        self.area_menu.set_current(wanted.area)
        self.state_menu.set_current(wanted.state)
        self.search.setText(wanted.text)
        self._typing.stop()
        self.table.set_filter(wanted)

    def _take_filter(self) -> None:
        level = next((level for level, chip in self.level_chips.items() if chip.isChecked()), None)
        text = self.search.text().strip().casefold()
        wanted = FindingsFilter(level, self.area_menu.current, self.state_menu.current, text)
        self.table.set_filter(replace(wanted))

    def _show_marks(self) -> None:
        marked = self.table.marked_lines()
        self.bar.show_count(len(marked), can_say_fine=all(line.is_open for line in marked))

    def _show_count(self) -> None:
        """Make the card as high as its rows, at most as high as the page."""
        has_rows = self.table.rowCount() > 0
        self.view.setVisible(has_rows)
        self.nothing.setVisible(not has_rows)
        theme = current_theme()
        content = self.view.content_height() if has_rows else self.nothing.sizeHint().height()
        least = theme.px(TABLE_AT_LEAST_PX)
        self.view.setMinimumHeight(min(least, content))
        self.card.setMaximumHeight(max(content + theme.px(24), theme.px(80)))


def in_a_flow(*widgets: QWidget) -> QWidget:
    """Put small widgets side by side, in more lines where there is too little room."""
    holder = QWidget()
    flow = FlowLayout(holder, gap=current_theme().px(8))
    for widget in widgets:
        flow.addWidget(widget)
    return holder


def mark_icon(mark: str, size: float = 16) -> QIcon:
    """Draw a level's shape in its colour as an icon."""
    theme = current_theme()
    length = theme.px(size)
    picture = QPixmap(length * 2, length * 2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    color = theme.qcolor(tokens_of(mark)[0])
    draw_mark(painter, QRectF(2, 2, length * 2 - 4, length * 2 - 4), mark, color, theme.qcolor("surface"))
    painter.end()
    return QIcon(picture)
