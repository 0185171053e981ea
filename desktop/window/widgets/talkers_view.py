"""The list of programs, computers or destinations: fixed row height, worded only where it is seen.

Before this on the path: talkers that were summed up elsewhere. After it: ``chosen``, when a person goes to a row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.service.talkers import Talker
from desktop.window.icons import pixmap
from desktop.window.theme import current_theme
from desktop.window.widgets.shapes import draw_mark, tokens_of

SHORT_ROWS = 5
"""Rows before "Show all"."""
ROW_PX, TALL_ROW_PX, SIDE_PX, TILE_PX, WORDS_LEFT_PX, AMOUNT_PX = 61, 84, 16, 36, 64, 156
TALL_BELOW_PX = 560
"""A row with less room than this (at 100 %) puts country and owner below the names."""
NORMAL, STRONG = QFont.Weight.Normal, QFont.Weight.DemiBold
_Look: TypeAlias = tuple[float, str, QFont.Weight]
_BOLD: _Look = (14, "text", STRONG)
_PLAIN: _Look = (14, "text", NORMAL)
_SMALL: _Look = (13, "text2", NORMAL)


@dataclass(frozen=True, slots=True)
class TalkerLine:
    """One talker in words. Its texts went through ``one_line``: painting has no time to."""

    title: str
    names: str
    """Whom it talked with."""
    country: str
    owner: str
    amount: str
    """How much."""
    aside: str
    """Usual or not, or what came in."""
    icon: str
    mark: str
    """Level of a finding about it, or empty."""
    is_odd: bool
    """True when far more was sent than on other days."""
    sentence: str
    """The whole row for a screen reader."""


class TalkersTable(QAbstractTableModel):
    """Holds the talkers; words are made for those that are asked for, and kept."""

    def __init__(self, word: Callable[[Talker], TalkerLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = word
        self.talkers: Sequence[Talker] = ()
        self._lines: dict[int, TalkerLine] = {}

    def show(self, talkers: Sequence[Talker]) -> None:
        """Take other talkers."""
        self.beginResetModel()
        self.talkers, self._lines = talkers, {}
        self.endResetModel()

    def line(self, row: int) -> TalkerLine:
        """Give the words of a row."""
        if row not in self._lines:
            self._lines[row] = self._word(self.talkers[row])
        return self._lines[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Count the talkers."""
        return 0 if parent is not None and parent.isValid() else len(self.talkers)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Say one: a row is painted as a whole."""
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Give the row as one sentence."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.line(index.row()).sentence
        return None


@cache
def font_of(pixels: int, weight: QFont.Weight) -> tuple[QFont, QFontMetrics]:
    """Give a typeface with its measures, made once."""
    font = QFont("Inter")
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font, QFontMetrics(font)


class _TalkerDelegate(QStyledItemDelegate):
    """Paints one row as plain text."""

    def __init__(self, table: TalkersTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row: picture, names, where to, how much."""
        theme, box, line = current_theme(), option.rect, self._table.line(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        parent = self.parent()
        if isinstance(parent, QTableView) and parent.currentIndex().row() == index.row():
            painter.fillRect(box, theme.qcolor("primarySoft"))
            painter.fillRect(box.left(), box.top(), theme.px(3), box.height(), theme.qcolor("primary"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.qcolor("line"))
        _draw_tile(painter, box, line)
        if box.width() < theme.px(TALL_BELOW_PX):
            _draw_tall_words(painter, box, line)
        else:
            _draw_words(painter, box, line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.qcolor("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(2, 2, -2, -3), theme.px(6), theme.px(6))
        painter.restore()


def _draw_tile(painter: QPainter, box: QRect, line: TalkerLine) -> None:
    theme = current_theme()
    text, soft, _fill = tokens_of(line.mark or "none")
    size = theme.px(TILE_PX)
    place = QRectF(box.left() + theme.px(SIDE_PX), box.top() + theme.px(12), size, size)
    painter.setPen(QPen(theme.qcolor(text), 1) if theme.name == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.qcolor(soft))
    painter.drawRoundedRect(place, theme.px(9), theme.px(9))
    icon = pixmap(line.icon, text, TILE_PX * 0.55)
    inset = (size - theme.px(TILE_PX * 0.55)) // 2
    painter.drawPixmap(int(place.left()) + inset, int(place.top()) + inset, icon)
    if line.mark:
        dot = theme.px(15)
        corner = QRectF(place.right() - dot * 0.7, place.bottom() - dot * 0.7, dot, dot)
        draw_mark(painter, corner, line.mark, theme.qcolor(text), theme.qcolor("surface"))


def _write(painter: QPainter, place: QRect, text: str, look: _Look, *, at_right: bool = False) -> None:
    """Write one line that leaves out its middle when there is too little room."""
    theme = current_theme()
    font, metrics = font_of(theme.px(look[0]), look[2])
    painter.setFont(font)
    painter.setPen(theme.qcolor(look[1]))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, place.width())
    side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


def _draw_amounts(painter: QPainter, box: QRect, line: TalkerLine) -> int:
    """Write how much at the right; returns where it begins."""
    theme = current_theme()
    width, right = theme.px(AMOUNT_PX), box.right() - theme.px(SIDE_PX + 4)
    place = QRect(right - width, box.top() + theme.px(9), width, theme.px(20))
    _write(painter, place, line.amount, _BOLD, at_right=True)
    look = (13, tokens_of(line.mark or "look")[0], STRONG) if line.is_odd else _SMALL
    _write(painter, place.translated(0, theme.px(22)), line.aside, look, at_right=True)
    return right - width


def _draw_words(painter: QPainter, box: QRect, line: TalkerLine) -> None:
    theme = current_theme()
    end = _draw_amounts(painter, box, line) - theme.px(12)
    left = box.left() + theme.px(WORDS_LEFT_PX)
    middle = left + round((end - left) * 0.53)
    first = QRect(left, box.top() + theme.px(9), middle - left - theme.px(12), theme.px(20))
    _write(painter, first, line.title, _BOLD)
    _write(painter, first.translated(0, theme.px(22)), line.names, _SMALL)
    second = QRect(middle, first.top(), end - middle, first.height())
    _write(painter, second, line.country, _PLAIN)
    _write(painter, second.translated(0, theme.px(22)), line.owner, _SMALL)


def _draw_tall_words(painter: QPainter, box: QRect, line: TalkerLine) -> None:
    theme = current_theme()
    end = _draw_amounts(painter, box, line) - theme.px(8)
    left = box.left() + theme.px(WORDS_LEFT_PX)
    first = QRect(left, box.top() + theme.px(9), end - left, theme.px(20))
    _write(painter, first, line.title, _BOLD)
    wide = QRect(left, first.top(), box.right() - theme.px(SIDE_PX) - left, first.height())
    _write(painter, first.translated(0, theme.px(22)), line.names, _SMALL)
    where = "  ·  ".join(part for part in (line.country, line.owner) if part)
    _write(painter, wide.translated(0, theme.px(43)), where, _SMALL)


class TalkersView(QTableView):
    """Shows the rows; the arrow keys and a click choose one."""

    chosen = Signal(int)
    """Row that a person went to."""

    def __init__(self, table: TalkersTable, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._rows_shown = SHORT_ROWS
        self.setModel(table)
        self.setItemDelegate(_TalkerDelegate(table, self))
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.modelReset.connect(self._measure)
        self._measure()

    def show_rows(self, count: int) -> None:
        """Make room for so many rows; the rest scrolls."""
        self._rows_shown = count
        self._measure()

    def _measure(self) -> None:
        theme = current_theme()
        is_tall = self.viewport().width() < theme.px(TALL_BELOW_PX)
        row = theme.px(TALL_ROW_PX if is_tall else ROW_PX)
        self.verticalHeader().setDefaultSectionSize(row)
        self.setFixedHeight(max(min(self.table.rowCount(), self._rows_shown), 1) * row + 2)
        fits = self.table.rowCount() <= self._rows_shown
        off, needed = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        # With "Show all" closed nothing scrolls in here: the wheel moves the page.
        self.setVerticalScrollBarPolicy(off if fits or self._rows_shown <= SHORT_ROWS else needed)

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Tell which row a person went to."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.chosen.emit(current.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on the first row when nothing was chosen yet."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.table.rowCount():
            self.setCurrentIndex(self.table.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the tall form when it gets narrow."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text size changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
