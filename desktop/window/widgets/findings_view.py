"""The list of findings on the screen: rows painted by ourselves, plain text only, smooth with 10,000 of them.

Before this on the path: ``FindingsTable``. After it: the Findings page, which opens and judges what is chosen here.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF, QResizeEvent
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
from desktop.window.theme import Theme, current_theme
from desktop.window.widgets.findings_table import FindingLine, FindingsTable, GroupLine
from desktop.window.widgets.label import one_line
from desktop.window.widgets.pill import HEIGHT, LevelPill, draw_pill, pill_width
from desktop.window.widgets.row import icon_of
from desktop.window.widgets.shapes import mark_of, tokens_of

ROW_PX, TALL_ROW_PX, GROUP_PX = 61, 116, 34
COMPACT_BELOW_PX = 620
"""A row with less room than this (at 100 %) puts the level below and gives the headline two lines."""
MARK_ZONE_PX = 50
"""Width on the left in which a click marks the row instead of opening it."""
SIDE_PX, TILE_LEFT_PX, TILE_PX, WORDS_LEFT_PX, ARROW_PX = 20, 54, 40, 108, 18
NAME_AT_LEAST = 10
"""Letters: with less room than this for the name, folder and time give way."""
_SEPARATOR = "  ·  "


def is_compact(width: int, theme: Theme) -> bool:
    """Tell whether rows of this width need the tall form."""
    return width < theme.px(COMPACT_BELOW_PX)


@dataclass(frozen=True, slots=True)
class _Brush:
    """What one row is painted with."""

    painter: QPainter
    theme: Theme
    box: QRect
    has_focus: bool
    is_hovered: bool

    def font(self, size_px: float, weight: QFont.Weight) -> QFont:
        """Give the program's font in a size that follows the text size."""
        font = QFont("Inter")
        font.setPixelSize(self.theme.px(size_px))
        font.setWeight(weight)
        return font

    def write(self, place: QRect, text: str, size_px: float, token: str, weight: QFont.Weight) -> None:
        """Write plain text from the left of a place, in its middle, in as many lines as fit."""
        self.painter.setFont(self.font(size_px, weight))
        self.painter.setPen(self.theme.qcolor(token))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        self.painter.drawText(place, int(flags), text)


class FindingDelegate(QStyledItemDelegate):
    """Paints a heading or a finding into its row."""

    def __init__(self, table: FindingsTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self._words = LevelPill("act", parent=parent)
        self._words.hide()

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        state = option.state
        box: QRect = option.rect
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        brush = _Brush(painter, current_theme(), box, has_focus, is_hovered)
        line = self._table.line_at(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(line, GroupLine):
            _draw_group(brush, line)
        else:
            self._draw_finding(brush, line, is_marked=self._table.is_marked(index.row()))
        painter.restore()

    def _draw_finding(self, brush: _Brush, line: FindingLine, *, is_marked: bool) -> None:
        theme, box, painter = brush.theme, brush.box, brush.painter
        if is_marked or brush.is_hovered:
            painter.fillRect(box, theme.qcolor("sunken"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, theme.qcolor("line"))
        compact = is_compact(box.width(), theme)
        top = box.top() + theme.px(10)
        _draw_check(brush, top + theme.px(TILE_PX) // 2, is_marked=is_marked)
        _draw_tile(brush, line, top)
        _draw_arrow(brush, top + theme.px(TILE_PX) // 2)
        pill_text = self._words.word_for(mark_of(line.level))
        if compact:
            self._draw_tall_words(brush, line, pill_text)
        else:
            self._draw_words(brush, line, pill_text)
        if brush.has_focus:
            painter.setPen(QPen(theme.qcolor("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(3, 2, -3, -3), theme.px(8), theme.px(8))

    def _draw_words(self, brush: _Brush, line: FindingLine, pill_text: str) -> None:
        theme, box = brush.theme, brush.box
        right = box.right() - theme.px(SIDE_PX + ARROW_PX + 14)
        width, height = pill_width(theme, pill_text), theme.px(HEIGHT)
        pill = QRectF(right - width, box.center().y() - height / 2, width, height)
        draw_pill(brush.painter, pill, mark_of(line.level), pill_text)
        left = box.left() + theme.px(WORDS_LEFT_PX)
        room = round(pill.left()) - theme.px(16) - left
        headline = QRect(left, box.top() + theme.px(9), room, theme.px(22))
        brush.write(headline, _fitted(brush, line.headline, 14, room), 14, "text", QFont.Weight.DemiBold)
        facts = QRect(left, box.top() + theme.px(31), room, theme.px(20))
        brush.write(facts, fit_facts(brush.font(13, QFont.Weight.Normal), line, room), 13, "text2", QFont.Weight.Normal)

    def _draw_tall_words(self, brush: _Brush, line: FindingLine, pill_text: str) -> None:
        theme, box = brush.theme, brush.box
        left = box.left() + theme.px(WORDS_LEFT_PX)
        room = box.right() - theme.px(SIDE_PX + ARROW_PX + 8) - left
        headline = QRect(left, box.top() + theme.px(8), room, theme.px(38))
        brush.write(headline, _fitted(brush, line.headline, 14, room * 2), 14, "text", QFont.Weight.DemiBold)
        facts = QRect(left, box.top() + theme.px(50), room, theme.px(20))
        brush.write(facts, fit_facts(brush.font(13, QFont.Weight.Normal), line, room), 13, "text2", QFont.Weight.Normal)
        pill = QRectF(left, box.top() + theme.px(78), pill_width(theme, pill_text), theme.px(HEIGHT))
        draw_pill(brush.painter, pill, mark_of(line.level), pill_text)


def fit_facts(font: QFont, line: FindingLine, room: int) -> str:
    """Fit name, folder and time into one line: the name gives way in its middle, so that its ending stays."""
    metrics = QFontMetrics(font)
    name, rest = one_line(line.name), one_line(line.rest)
    room_for_name = room - metrics.horizontalAdvance(_SEPARATOR + rest)
    if room_for_name < metrics.averageCharWidth() * NAME_AT_LEAST:
        return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room)
    return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room_for_name) + _SEPARATOR + rest


def _fitted(brush: _Brush, headline: str, size_px: float, room: int) -> str:
    metrics = QFontMetrics(brush.font(size_px, QFont.Weight.DemiBold))
    return metrics.elidedText(one_line(headline), Qt.TextElideMode.ElideRight, room)


def _draw_group(brush: _Brush, line: GroupLine) -> None:
    theme, box = brush.theme, brush.box
    left, title = box.left() + theme.px(SIDE_PX + 2), one_line(line.title)
    place = QRect(left, box.top(), box.width() - theme.px(SIDE_PX), box.height())
    if title:
        brush.write(place, title, 13, "text2", QFont.Weight.DemiBold)
        width = QFontMetrics(brush.font(13, QFont.Weight.DemiBold)).horizontalAdvance(title)
        place.setLeft(left + width + theme.px(10))
    brush.write(place, line.date, 13, "text2", QFont.Weight.Normal)


def _draw_check(brush: _Brush, middle: int, *, is_marked: bool) -> None:
    theme, painter = brush.theme, brush.painter
    size = theme.px(18)
    box = QRectF(brush.box.left() + theme.px(SIDE_PX) + 1, middle - size / 2, size, size)
    painter.setPen(QPen(theme.qcolor("primary" if is_marked else "control"), max(1.5, theme.px(1.5))))
    painter.setBrush(theme.qcolor("primary") if is_marked else theme.qcolor("surface"))
    painter.drawRoundedRect(box, theme.px(5), theme.px(5))
    if is_marked:
        painter.setPen(QPen(theme.qcolor("onPrimary"), theme.px(2), c=Qt.PenCapStyle.RoundCap))
        points = [(0.26, 0.52), (0.43, 0.69), (0.75, 0.33)]
        painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(x * size, y * size) for x, y in points]))


def _draw_tile(brush: _Brush, line: FindingLine, top: int) -> None:
    theme, painter = brush.theme, brush.painter
    text, soft, _fill = tokens_of(mark_of(line.level))
    size = theme.px(TILE_PX)
    box = QRect(brush.box.left() + theme.px(TILE_LEFT_PX), top, size, size)
    painter.setPen(QPen(theme.qcolor(text), 1) if theme.name == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.qcolor(soft))
    painter.drawRoundedRect(box, theme.px(10), theme.px(10))
    picture = pixmap(icon_of(line.reason), text, TILE_PX / 2)
    painter.drawPixmap(box.left() + size // 4, box.top() + size // 4, picture)


def _draw_arrow(brush: _Brush, middle: int) -> None:
    theme = brush.theme
    size = theme.px(ARROW_PX)
    left = brush.box.right() - theme.px(SIDE_PX) - size
    brush.painter.drawPixmap(left, middle - size // 2, pixmap("chevron-right", "text2", ARROW_PX))


class FindingsView(QTableView):
    """Shows the table with fixed row heights. Enter opens, Space marks, Shift+click marks a range."""

    opened = Signal(str)
    """Id of the finding that the person wants to see."""

    def __init__(self, table: FindingsTable, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._last_marked = -1
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
        """Ask for the room of all rows."""
        return QSize(super().sizeHint().width(), self.content_height())

    def _set_heights(self) -> None:
        """Give every row its fixed height; headings are lower."""
        theme, header = current_theme(), self.verticalHeader()
        compact = is_compact(self.viewport().width(), theme)
        header.setDefaultSectionSize(theme.px(TALL_ROW_PX if compact else ROW_PX))
        for row in self._table.group_rows():
            header.resizeSection(row, theme.px(GROUP_PX))
        self._last_marked = -1
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the tall form when it gets narrow."""
        super().resizeEvent(event)
        theme = current_theme()
        if is_compact(event.size().width(), theme) != is_compact(event.oldSize().width(), theme):
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
