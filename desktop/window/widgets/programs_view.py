"""The list of programs: fixed row height, worded only where it is seen, a small bar for the load.

Before this on the path: programs that were sorted elsewhere. After it: ``opened``, when a person wants a story.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.window.icons import pixmap
from desktop.window.theme import current_theme
from desktop.window.widgets.load_bar import draw_load
from desktop.window.widgets.pill import HEIGHT, draw_pill, pill_width
from desktop.window.widgets.shapes import tokens_of
from desktop.window.widgets.talkers_view import font_of

if TYPE_CHECKING:
    from desktop.window.pages.program_facts import ShownProgram

ROW_PX, TALL_ROW_PX, SIDE_PX, TILE_PX, WORDS_LEFT_PX = 61, 104, 16, 36, 64
LOAD_PX, BAR_PX = 190, 46
FEWEST_ROWS = 5
TALL_BELOW_PX = 700
"""A row with less room than this (at 100 %) puts time and network below the name."""
_Look: TypeAlias = tuple[float, str, QFont.Weight]
_BOLD: _Look = (14, "text", QFont.Weight.DemiBold)
_PLAIN: _Look = (14, "text", QFont.Weight.Normal)
_SMALL: _Look = (13, "text2", QFont.Weight.Normal)


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """One program in words. Its texts went through ``one_line``: painting has no time to."""

    title: str
    by: str
    """Who started it, and under which account."""
    time: str
    network: str
    processor: str
    memory: str
    share: float | None
    """Of one core, for the bar."""
    mark: str
    """Level of an open finding about it, or empty."""
    mark_word: str
    is_ended: bool
    sentence: str
    """The whole row for a screen reader."""


class ProgramsTable(QAbstractTableModel):
    """Holds the programs; words are made for those that are asked for, and kept."""

    def __init__(self, word: Callable[[ShownProgram], ProgramLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = word
        self.programs: Sequence[ShownProgram] = ()
        self._lines: dict[int, ProgramLine] = {}

    def show(self, programs: Sequence[ShownProgram]) -> None:
        """Take other programs."""
        self.beginResetModel()
        self.programs, self._lines = programs, {}
        self.endResetModel()

    def line(self, row: int) -> ProgramLine:
        """Give the words of a row."""
        if row not in self._lines:
            self._lines[row] = self._word(self.programs[row])
        return self._lines[row]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Count the programs."""
        return 0 if parent is not None and parent.isValid() else len(self.programs)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Say one: a row is painted as a whole."""
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Give the row as one sentence."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.line(index.row()).sentence
        return None


class _ProgramDelegate(QStyledItemDelegate):
    """Paints one row as plain text."""

    def __init__(self, table: ProgramsTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row: picture, name, since when, whom it talks to, how much it uses."""
        theme, box, line = current_theme(), option.rect, self._table.line(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        parent = self.parent()
        if isinstance(parent, QTableView) and parent.currentIndex().row() == index.row():
            painter.fillRect(box, theme.qcolor("primarySoft"))
            painter.fillRect(box.left(), box.top(), theme.px(3), box.height(), theme.qcolor("primary"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.qcolor("line"))
        _draw_tile(painter, box, line)
        _draw_words(painter, box, line, is_tall=box.width() < theme.px(TALL_BELOW_PX))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.qcolor("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(2, 2, -2, -3), theme.px(6), theme.px(6))
        painter.restore()


def _draw_tile(painter: QPainter, box: QRect, line: ProgramLine) -> None:
    theme = current_theme()
    text, soft, _fill = tokens_of(line.mark or "none")
    size = theme.px(TILE_PX)
    place = QRectF(box.left() + theme.px(SIDE_PX), box.top() + theme.px(12), size, size)
    painter.setPen(QPen(theme.qcolor(text), 1) if theme.name == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.qcolor(soft))
    painter.drawRoundedRect(place, theme.px(9), theme.px(9))
    icon = pixmap("power" if line.is_ended else "cpu", text, TILE_PX * 0.55)
    inset = (size - theme.px(TILE_PX * 0.55)) // 2
    painter.drawPixmap(int(place.left()) + inset, int(place.top()) + inset, icon)


def _write(painter: QPainter, place: QRect, text: str, look: _Look) -> int:
    """Write one line that leaves out its middle when there is too little room; returns how wide it is."""
    theme = current_theme()
    font, metrics = font_of(theme.px(look[0]), look[2])
    painter.setFont(font)
    painter.setPen(theme.qcolor(look[1]))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(place.width(), 0))
    painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
    return metrics.horizontalAdvance(shown)


def _draw_words(painter: QPainter, box: QRect, line: ProgramLine, *, is_tall: bool) -> None:
    theme = current_theme()
    load_left = box.right() - theme.px(LOAD_PX + SIDE_PX)
    left, top, height, down = box.left() + theme.px(WORDS_LEFT_PX), box.top() + theme.px(9), theme.px(20), theme.px(22)
    _draw_load(painter, QRect(load_left, top, theme.px(LOAD_PX), height), line)
    end = load_left - theme.px(16)
    middle = end if is_tall else left + round((end - left) * 0.48)
    pill = pill_width(theme, line.mark_word) + theme.px(10) if line.mark else 0
    first = QRect(left, top, middle - left - theme.px(12), height)
    look = (14, "text2", QFont.Weight.Normal) if line.is_ended else _BOLD
    width = _write(painter, first.adjusted(0, 0, -pill, 0), line.title, look)
    if line.mark:
        place = QRectF(left + width + theme.px(10), top - theme.px(1), pill - theme.px(10), theme.px(HEIGHT))
        draw_pill(painter, place, line.mark, line.mark_word)
    _write(painter, first.translated(0, down), line.by, _SMALL)
    if is_tall:
        wide = QRect(left, top + 2 * down, box.right() - theme.px(SIDE_PX) - left, height)
        _write(painter, wide, line.time, _SMALL)
        _write(painter, wide.translated(0, theme.px(20)), line.network, _SMALL)
    else:
        second = QRect(middle, top, end - middle, height)
        _write(painter, second, line.time, _SMALL if line.is_ended else _PLAIN)
        _write(painter, second.translated(0, down), line.network, _SMALL)


def _draw_load(painter: QPainter, place: QRect, line: ProgramLine) -> None:
    """Draw a small bar for the processor, and say it and the memory in words."""
    theme = current_theme()
    if line.share is not None and not line.is_ended:
        bar = QRectF(place.left(), place.center().y() - theme.px(4), theme.px(BAR_PX), theme.px(8))
        draw_load(painter, bar, line.share)
    words = place.adjusted(theme.px(BAR_PX + 10), 0, 0, 0)
    _write(painter, words, line.processor, _SMALL if line.is_ended else (13, "text", QFont.Weight.Normal))
    _write(painter, words.translated(0, theme.px(22)), line.memory, _SMALL)


class ProgramsView(QTableView):
    """Shows the rows; a click or Enter opens a program's story."""

    opened = Signal(str)
    """Key of the program."""

    def __init__(self, table: ProgramsTable, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._room_px = 0
        self.setModel(table)
        self.setItemDelegate(_ProgramDelegate(table, self))
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.modelReset.connect(self._measure)
        self._measure()

    def set_room(self, height_px: int) -> None:
        """Take so much height, but a few rows at least; the rest scrolls."""
        self._room_px = height_px
        self._measure()

    @property
    def row_px(self) -> int:
        """How high a row is now."""
        theme = current_theme()
        return theme.px(TALL_ROW_PX if self.viewport().width() < theme.px(TALL_BELOW_PX) else ROW_PX)

    def choose(self, key: str) -> None:
        """Stand on a program; on the first one where it is not listed."""
        place = next((at for at, one in enumerate(self.table.programs) if one.row.key == key), 0)
        if self.table.programs:
            self.setCurrentIndex(self.table.index(place, 0))

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.row_px)
        rows = max(self._room_px // self.row_px, FEWEST_ROWS)
        self.setFixedHeight(max(min(self.table.rowCount(), rows), 1) * self.row_px + 2)

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.table.programs):
            self.opened.emit(self.table.programs[row].row.key)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self._open(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Go to the next name that begins so. Qt would word every row for this."""
        rows, begin = self.table.programs, self.currentIndex().row() + 1
        order = [*range(begin, len(rows)), *range(min(begin, len(rows)))]
        place = next((at for at in order if rows[at].row.name.casefold().startswith(search.casefold())), -1)
        if place >= 0:
            self.setCurrentIndex(self.table.index(place, 0))

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row a person stands on."""
        super().currentChanged(current, previous)
        self.viewport().update()

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
