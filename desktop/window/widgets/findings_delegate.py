"""Paints one row of the findings list: plain text only, and nothing is drawn twice that looks the same.

Before this on the path: ``FindingsTable``. After it: ``FindingsView``. Pills, tiles and marks are stamped from pictures
kept for the look in use; only the words are written anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.window.icons import pixmap
from desktop.window.theme import Theme, current_theme
from desktop.window.widgets.findings_table import FindingLine, FindingsTable, GroupLine
from desktop.window.widgets.pill import HEIGHT, LevelPill, draw_pill, pill_width
from desktop.window.widgets.row import icon_of
from desktop.window.widgets.shapes import mark_of, tokens_of
from detectors.contract.finding import Level

COMPACT_BELOW_PX = 620
"""A row with less room than this (at 100 %) puts the level below and gives the headline two lines."""
SIDE_PX, CHECK_PX, TILE_LEFT_PX, TILE_PX, WORDS_LEFT_PX, ARROW_PX = 20, 18, 54, 40, 108, 18
NAME_AT_LEAST = 10
"""Letters: with less room than this for the name, folder and time give way."""
NORMAL, STRONG = QFont.Weight.Normal, QFont.Weight.DemiBold
_SEPARATOR = "  ·  "


def is_compact(width: int, theme: Theme) -> bool:
    """Tell whether rows of this width need the tall form."""
    return width < theme.px(COMPACT_BELOW_PX)


@cache
def _font(pixels: int, weight: QFont.Weight) -> tuple[QFont, QFontMetrics]:
    font = QFont("Inter")
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font, QFontMetrics(font)


@dataclass(frozen=True, slots=True)
class _Row:
    """What one row is painted with."""

    painter: QPainter
    theme: Theme
    box: QRect

    def metrics(self, size_px: float, weight: QFont.Weight) -> QFontMetrics:
        """Measure text of a size that follows the text size."""
        return _font(self.theme.px(size_px), weight)[1]

    def write(self, place: QRect, text: str, size_px: float, token: str, weight: QFont.Weight) -> None:
        """Write plain text from the left of a place, in its middle; in more lines where it is high enough."""
        font, metrics = _font(self.theme.px(size_px), weight)
        self.painter.setFont(font)
        self.painter.setPen(self.theme.qcolor(token))
        is_high = place.height() > 1.9 * metrics.height() - 1
        lines = Qt.TextFlag.TextWordWrap if is_high else Qt.TextFlag.TextSingleLine
        self.painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | lines), text)


class FindingDelegate(QStyledItemDelegate):
    """Paints a heading or a finding into its row."""

    def __init__(self, table: FindingsTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        words = LevelPill("act", parent=parent)
        words.hide()
        self._words = {level: words.word_for(mark_of(level)) for level in Level}
        self._stamps: dict[tuple[object, ...], QPixmap] = {}

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row."""
        row, line = _Row(painter, current_theme(), option.rect), self._table.line_at(index.row())
        painter.save()
        if isinstance(line, GroupLine):
            _draw_group(row, line)
        else:
            is_marked = self._table.is_marked(index.row())
            if is_marked or option.state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(row.box, row.theme.qcolor("sunken"))
            self._draw_finding(row, line, is_marked=is_marked)
            if index.row() + 1 < self._table.rowCount():
                painter.fillRect(row.box.left(), row.box.bottom(), row.box.width(), 1, row.theme.qcolor("line"))
            if option.state & QStyle.StateFlag.State_HasFocus:
                _draw_focus(row)
        painter.restore()

    def _draw_finding(self, row: _Row, line: FindingLine, *, is_marked: bool) -> None:
        theme, box, painter = row.theme, row.box, row.painter
        tile, check, arrow = theme.px(TILE_PX), theme.px(CHECK_PX), theme.px(ARROW_PX)
        top = box.top() + theme.px(10)
        middle = top + tile // 2
        picture = self._stamp(
            ("check", is_marked), QSize(check + 4, check + 4), lambda on: _draw_check(on, theme, is_marked)
        )
        painter.drawPixmap(box.left() + theme.px(SIDE_PX) - 1, middle - check // 2 - 2, picture)
        key = ("tile", line.level, icon_of(line.reason))
        picture = self._stamp(key, QSize(tile, tile), lambda on: _draw_tile(on, theme, line))
        painter.drawPixmap(box.left() + theme.px(TILE_LEFT_PX), top, picture)
        right = box.right() - theme.px(SIDE_PX) - arrow
        painter.drawPixmap(right, middle - arrow // 2, pixmap("chevron-right", "text2", ARROW_PX))
        if is_compact(box.width(), theme):
            self._draw_tall_words(row, line)
        else:
            self._draw_words(row, line)

    def _draw_words(self, row: _Row, line: FindingLine) -> None:
        theme, box = row.theme, row.box
        pill = self._pill(line.level, theme)
        width, height = pill_width(theme, self._words[line.level]), theme.px(HEIGHT)
        pill_left = box.right() - theme.px(SIDE_PX + ARROW_PX + 14) - width
        row.painter.drawPixmap(pill_left, box.center().y() - height // 2, pill)
        left = box.left() + theme.px(WORDS_LEFT_PX)
        room = pill_left - theme.px(16) - left
        _write_headline(row, QRect(left, box.top() + theme.px(9), room, theme.px(22)), line, room)
        facts = fit_facts(row.metrics(13, NORMAL), line, room)
        row.write(QRect(left, box.top() + theme.px(31), room, theme.px(20)), facts, 13, "text2", NORMAL)

    def _draw_tall_words(self, row: _Row, line: FindingLine) -> None:
        theme, box = row.theme, row.box
        left = box.left() + theme.px(WORDS_LEFT_PX)
        room = box.right() - theme.px(SIDE_PX + ARROW_PX + 8) - left
        _write_headline(row, QRect(left, box.top() + theme.px(8), room, theme.px(40)), line, room * 2)
        facts = fit_facts(row.metrics(13, NORMAL), line, room)
        row.write(QRect(left, box.top() + theme.px(51), room, theme.px(20)), facts, 13, "text2", NORMAL)
        row.painter.drawPixmap(left, box.top() + theme.px(79), self._pill(line.level, theme))

    def _pill(self, level: Level, theme: Theme) -> QPixmap:
        size = QSize(pill_width(theme, self._words[level]), theme.px(HEIGHT))
        words, box = self._words[level], QRectF(QPointF(0, 0), size)
        return self._stamp(("pill", level), size, lambda on: draw_pill(on, box, mark_of(level), words))

    def _stamp(self, key: tuple[object, ...], size: QSize, draw: Callable[[QPainter], None]) -> QPixmap:
        """Give a small picture, drawn once for each look and screen."""
        parent = self.parent()
        ratio = parent.devicePixelRatioF() if isinstance(parent, QWidget) else 1.0
        whole_key = (*key, current_theme(), ratio)
        if whole_key not in self._stamps:
            picture = QPixmap(size * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(painter)
            painter.end()
            self._stamps[whole_key] = picture
        return self._stamps[whole_key]


def fit_facts(metrics: QFontMetrics, line: FindingLine, room: int) -> str:
    """Fit name, folder and time into one line: the name gives way in its middle, so that its ending stays."""
    room_for_name = room - metrics.horizontalAdvance(_SEPARATOR + line.rest)
    if room_for_name < metrics.averageCharWidth() * NAME_AT_LEAST:
        return metrics.elidedText(line.name, Qt.TextElideMode.ElideMiddle, room)
    return metrics.elidedText(line.name, Qt.TextElideMode.ElideMiddle, room_for_name) + _SEPARATOR + line.rest


def _write_headline(row: _Row, place: QRect, line: FindingLine, room: int) -> None:
    text = row.metrics(14, STRONG).elidedText(line.headline, Qt.TextElideMode.ElideRight, room)
    row.write(place, text, 14, "text", STRONG)


def _draw_group(row: _Row, line: GroupLine) -> None:
    theme, box = row.theme, row.box
    left = box.left() + theme.px(SIDE_PX + 2)
    place = QRect(left, box.top(), box.width() - theme.px(SIDE_PX), box.height())
    if line.title:
        row.write(place, line.title, 13, "text2", STRONG)
        place.setLeft(left + row.metrics(13, STRONG).horizontalAdvance(line.title) + theme.px(10))
    row.write(place, line.date, 13, "text2", NORMAL)


def _draw_focus(row: _Row) -> None:
    row.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    row.painter.setPen(QPen(row.theme.qcolor("focus"), 2))
    row.painter.setBrush(Qt.BrushStyle.NoBrush)
    row.painter.drawRoundedRect(QRectF(row.box).adjusted(3, 2, -3, -3), row.theme.px(8), row.theme.px(8))


def _draw_check(painter: QPainter, theme: Theme, is_marked: bool) -> None:  # noqa: FBT001 - a picture of yes or no
    size = theme.px(CHECK_PX)
    box = QRectF(2, 2, size, size)
    painter.setPen(QPen(theme.qcolor("primary" if is_marked else "control"), max(1.5, theme.px(1.5))))
    painter.setBrush(theme.qcolor("primary") if is_marked else theme.qcolor("surface"))
    painter.drawRoundedRect(box, theme.px(5), theme.px(5))
    if is_marked:
        painter.setPen(QPen(theme.qcolor("onPrimary"), theme.px(2), c=Qt.PenCapStyle.RoundCap))
        points = [(0.26, 0.52), (0.43, 0.69), (0.75, 0.33)]
        painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(x * size, y * size) for x, y in points]))


def _draw_tile(painter: QPainter, theme: Theme, line: FindingLine) -> None:
    text, soft, _fill = tokens_of(mark_of(line.level))
    size = theme.px(TILE_PX)
    painter.setPen(QPen(theme.qcolor(text), 1) if theme.name == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.qcolor(soft))
    painter.drawRoundedRect(QRectF(0.5, 0.5, size - 1, size - 1), theme.px(10), theme.px(10))
    painter.drawPixmap(size // 4, size // 4, pixmap(icon_of(line.reason), text, TILE_PX / 2))
