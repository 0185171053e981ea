"""The list of pages at the left. One tab stop, arrow keys inside; icons only when there is little room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.window.icons import pixmap
from desktop.window.theme import current_theme
from desktop.window.widgets.card import Card
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.shapes import tokens_of

WIDE, NARROW = 216, 72


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail."""

    name: str
    """Name of the page."""
    text: str
    """What it is called."""
    icon: str
    """Its line icon."""
    keys: str = ""
    """Its shortcut, for the tool tip."""


class RailItem(QAbstractButton):
    """One entry: icon, word, and a count when there is something to see."""

    moved = Signal(int)

    def __init__(self, place: Place, *, is_narrow: bool) -> None:
        super().__init__()
        self.place, self._is_narrow = place, is_narrow
        self._count, self._mark = 0, "info"
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setToolTip(f"{place.text} ({place.keys})" if place.keys else place.text)
        self.set_count(0, "info")

    def set_count(self, count: int, mark: str) -> None:
        """Show how many findings are open, in the colour of the highest level."""
        self._count, self._mark = count, mark
        self.setAccessibleName(self.tr("%n open", "", count) + f": {self.place.text}" if count else self.place.text)
        self.update()

    def sizeHint(self) -> QSize:
        """38 px high, as wide as the rail lets it."""
        theme = current_theme()
        return QSize(theme.px(NARROW - 28), theme.px(38))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down with the arrow keys; Enter opens."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon, word, count and focus ring."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        self._draw_ground(painter, box)
        token = "primary" if self.isChecked() else "text2"
        size, left = theme.px(18), theme.px(14)
        if self._is_narrow:
            left = (self.width() - size) // 2
        painter.drawPixmap(left, (self.height() - size) // 2, pixmap(self.place.icon, token, 18))
        if not self._is_narrow:
            painter.setFont(_font(14, QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium))
            painter.setPen(theme.qcolor(token))
            room = box.adjusted(theme.px(41), 0, 0, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.place.text)
        if self._count:
            self._draw_count(painter, box)

    def _draw_ground(self, painter: QPainter, box: QRectF) -> None:
        theme = current_theme()
        if self.isChecked() or self.underMouse():
            strong = self.isChecked() and theme.name == "contrast"
            painter.setPen(QPen(theme.qcolor("primary"), 2) if strong else Qt.PenStyle.NoPen)
            painter.setBrush(theme.qcolor("primarySoft" if self.isChecked() else "sunken"))
            painter.drawRoundedRect(box, theme.px(8), theme.px(8))
        if self.hasFocus():
            painter.setPen(QPen(theme.qcolor("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, theme.px(8), theme.px(8))

    def _draw_count(self, painter: QPainter, box: QRectF) -> None:
        theme, text = current_theme(), str(self._count) if self._count < 1000 else "999+"  # noqa: PLR2004 - room for three digits
        font = _font(11 if self._is_narrow else 13, QFont.Weight.DemiBold)
        height = theme.px(16 if self._is_narrow else 20)
        width = max(QFontMetricsF(font).horizontalAdvance(text) + theme.px(10 if self._is_narrow else 14), height)
        top = box.top() if self._is_narrow else box.center().y() - height / 2
        badge = QRectF(box.right() - width - (0 if self._is_narrow else theme.px(8)), top, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.qcolor(tokens_of(self._mark)[0]))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(theme.qcolor("surface"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)


class Rail(QWidget):
    """The mark, the pages, and the promise at the foot. ``chosen`` carries the page's name."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place], *, is_narrow: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._is_narrow = is_narrow
        theme = current_theme()
        self.setFixedWidth(theme.px(NARROW if is_narrow else WIDE))
        self.items = [RailItem(place, is_narrow=is_narrow) for place in places]
        side = theme.px(14)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(22), 0, theme.px(14))
        column.setSpacing(theme.px(12))
        column.addWidget(self._head())
        column.addWidget(self._list(side), 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(side, 0, side, 0)
        foot.addWidget(self._promise())
        column.addLayout(foot)

    def _head(self) -> QWidget:
        theme, head = current_theme(), QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(22 if self._is_narrow else 24), 0, theme.px(8), 0)
        row.setSpacing(theme.px(10))
        mark = QLabel()
        mark.setPixmap(pixmap("icon", "text", 28))
        row.addWidget(mark)
        if not self._is_narrow:
            row.addWidget(PlainLabel("Plainwatch", "h3", wrap=False), 1)
        else:
            row.addStretch(1)
        return head

    def _list(self, side: int) -> QScrollArea:
        """The entries; they scroll if they must."""
        theme, holder = current_theme(), QWidget()
        holder.setObjectName("scrolled")
        column = QVBoxLayout(holder)
        column.setContentsMargins(side, 0, side, 0)
        column.setSpacing(theme.px(6))
        for number, item in enumerate(self.items):
            item.clicked.connect(lambda _checked=False, name=item.place.name: self.chosen.emit(name))
            item.moved.connect(lambda step, number=number: self._move(number + step))
            column.addWidget(item)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(holder)
        return area

    def _promise(self) -> QWidget:
        theme, text = current_theme(), self.tr("Nothing leaves this computer")
        card = Card("ok", padding=10, gap=0)
        card.body.setContentsMargins(theme.px(11), theme.px(9), theme.px(8), theme.px(9))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        lock = QLabel()
        lock.setPixmap(pixmap("lock", "ok", 16))
        row.addWidget(lock, 0, Qt.AlignmentFlag.AlignCenter)
        if self._is_narrow:
            card.setToolTip(text)
            card.setAccessibleName(text)
        else:
            row.addWidget(PlainLabel(text, "ok"), 1)
        card.body.addLayout(row)
        return card

    def set_current(self, name: str) -> None:
        """Mark the page on show; it is the rail's one tab stop."""
        for number, item in enumerate(self.items):
            is_current = item.place.name == name
            item.setAutoExclusive(False)
            item.setChecked(is_current)
            item.setAutoExclusive(True)
            stops = is_current or (number == 0 and all(item.place.name != name for item in self.items))
            item.setFocusPolicy(Qt.FocusPolicy.StrongFocus if stops else Qt.FocusPolicy.ClickFocus)

    def set_count(self, name: str, count: int, mark: str) -> None:
        """Show a count beside a page."""
        for item in self.items:
            if item.place.name == name:
                item.set_count(count, mark)

    def _move(self, number: int) -> None:
        self.items[number % len(self.items)].setFocus(Qt.FocusReason.TabFocusReason)


def _font(size: int, weight: QFont.Weight) -> QFont:
    font = QFont("Inter")
    font.setPixelSize(current_theme().px(size))
    font.setWeight(weight)
    return font
