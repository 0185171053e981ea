"""The list of findings on the screen: fixed row heights, mouse and keyboard, smooth with 10,000 rows.

Before this on the path: ``FindingsTable``, painted by ``FindingDelegate``. After it: the Findings page, which opens and
judges what is chosen here.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.findings_delegate import FindingDelegate, is_compact
from desktop.window.widgets.findings_table import FindingLine, FindingsTable

ROW_PX, TALL_ROW_PX, GROUP_PX = 61, 116, 34
MARK_ZONE_PX = 50
"""Width on the left in which a click marks the row instead of opening it."""


class FindingsView(QTableView):
    """Shows the table with fixed row heights. Enter opens, Space marks, Shift+click marks a range."""

    opened = Signal(str)
    """Id of the finding that the person wants to see."""
    heights_changed = Signal()
    """The list is higher or lower now."""

    def __init__(self, table: FindingsTable, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._last_marked = -1
        self._is_compact = False
        self.setModel(table)
        self.setItemDelegate(FindingDelegate(table, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.modelReset.connect(self._set_heights)
        self._set_heights()

    def content_height(self) -> int:
        """Say how high the list is with all its rows."""
        return self.verticalHeader().length()

    def sizeHint(self) -> QSize:
        """Ask for the least: the page gives what it has, and a list as high as its rows would paint them all."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def _set_heights(self) -> None:
        """Give every row its fixed height; headings are lower."""
        theme, header = current_theme(), self.verticalHeader()
        self._is_compact = is_compact(self.viewport().width(), theme)
        header.setDefaultSectionSize(theme.px(TALL_ROW_PX if self._is_compact else ROW_PX))
        for row in self._table.group_rows():
            header.resizeSection(row, theme.px(GROUP_PX))
        self._last_marked = -1
        self.heights_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the tall form when it gets narrow."""
        super().resizeEvent(event)
        if is_compact(event.size().width(), current_theme()) != self._is_compact:
            self._set_heights()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the text size changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_heights()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the focus to the row; the release decides what happens."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._line_at(index.row()) is not None:
            self.setCurrentIndex(index)
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Mark with a click on the left, open with a click elsewhere."""
        index = self.indexAt(event.position().toPoint())
        line = self._line_at(index.row()) if index.isValid() else None
        if event.button() != Qt.MouseButton.LeftButton or line is None or index != self.currentIndex():
            return
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if has_shift or event.position().x() < current_theme().px(MARK_ZONE_PX):
            self._mark(index.row(), as_range=has_shift)
        else:
            self.opened.emit(line.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, mark with Space, mark everything with Ctrl+A."""
        row = self.currentIndex().row()
        line = self._line_at(row) if row >= 0 else None
        has_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and line is not None:
            self.opened.emit(line.id)
        elif event.key() == Qt.Key.Key_Space and line is not None:
            self._mark(row, as_range=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() == Qt.Key.Key_A and has_ctrl and self._table.rowCount():
            self._table.mark_range(0, self._table.rowCount() - 1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QEvent) -> None:
        """Stand on the first finding when nothing was chosen yet."""
        super().focusInEvent(event)  # type: ignore[arg-type] # the stubs ask for QFocusEvent
        if not self.currentIndex().isValid():
            first = next((row for row in range(self._table.rowCount()) if self._line_at(row) is not None), None)
            if first is not None:
                self.setCurrentIndex(self._table.index(first, 0))

    def _mark(self, row: int, *, as_range: bool) -> None:
        if as_range and self._last_marked >= 0:
            self._table.mark_range(self._last_marked, row)
        else:
            self._table.toggle(row)
        self._last_marked = row

    def _line_at(self, row: int) -> FindingLine | None:
        line = self._table.line_at(row)
        return line if isinstance(line, FindingLine) else None
