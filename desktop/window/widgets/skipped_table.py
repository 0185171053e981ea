"""Every line that was not looked at, with its reason: a table that stays quick with many thousands of lines.

Before this on the path: skipped lines of a check, with their sentences. After it: the person who wants to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.window.theme import current_theme
from desktop.window.widgets.label import one_line

ROW_PX, SIDE_PX, LINE_PX = 68, 18, 20


@dataclass(frozen=True, slots=True)
class SkippedLine:
    """One thing that was not, or not fully, looked at."""

    name: str
    """What; hostile text."""
    why: str
    """One sentence; may hold outside text."""


class SkippedTable(QAbstractTableModel):
    """Holds the lines; the view paints them."""

    def __init__(self, lines: Sequence[SkippedLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = lines

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Count the lines."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Say one: name and reason stand below each other."""
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Give name and reason as one sentence, for a screen reader."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            line = self.lines[index.row()]
            return one_line(f"{line.name}: {line.why}")
        return None


class _SkippedDelegate(QStyledItemDelegate):
    """Paints name and reason as plain text."""

    def __init__(self, table: SkippedTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line."""
        theme, box, line = current_theme(), option.rect, self._table.lines[index.row()]
        painter.save()
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.qcolor("line"))
        left, room = box.left() + theme.px(SIDE_PX), box.width() - theme.px(2 * SIDE_PX)
        font = QFont("Inter")
        font.setPixelSize(theme.px(14))
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(theme.qcolor("text"))
        name = QFontMetrics(font).elidedText(one_line(line.name), Qt.TextElideMode.ElideMiddle, room)
        height = theme.px(LINE_PX)
        painter.drawText(QRect(left, box.top() + theme.px(5), room, height), int(Qt.AlignmentFlag.AlignVCenter), name)
        font.setPixelSize(theme.px(13))
        font.setWeight(QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.qcolor("text2"))
        flags = int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
        top = box.top() + theme.px(6) + height
        painter.drawText(QRect(left, top, room, box.bottom() - top), flags, one_line(line.why))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.qcolor("focus"))
            painter.drawRect(box.adjusted(2, 1, -3, -3))
        painter.restore()


class SkippedView(QTableView):
    """Shows the lines with one fixed height."""

    def __init__(self, lines: Sequence[SkippedLine], name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = SkippedTable(lines, self)
        self.setModel(self.table)
        self.setItemDelegate(_SkippedDelegate(self.table, self))
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
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._measure()

    def _measure(self) -> None:
        """Give a row room for as many lines as its longest sentence needs here."""
        theme = current_theme()
        font = QFont("Inter")
        font.setPixelSize(theme.px(13))
        metrics = QFontMetrics(font)
        room = max(self.viewport().width() - theme.px(2 * SIDE_PX), theme.px(120))
        longest = max((metrics.horizontalAdvance(why) for why in {line.why for line in self.table.lines}), default=0)
        lines = min(4, -(-int(longest * 1.08) // room))  # words do not fill lines to their end
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_PX - LINE_PX * 2 + 8) + lines * metrics.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()

    def changeEvent(self, event: QEvent) -> None:
        """Measure for the new text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()
