"""Fields for typing and choices that stand as cards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.button import OutlineButton
from desktop.window.widgets.card import Card
from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.label import PlainLabel, visible
from desktop.window.widgets.row import Tile

LONGEST = 200


class Field(QWidget):
    """A line to type in, with its name above. ``changed`` comes when the person is done typing."""

    changed = Signal(str)

    def __init__(self, name: str, text: str = "", example: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(3))
        column.addWidget(PlainLabel(name, "small"))
        self.edit = QLineEdit(visible(text))
        self.edit.setMaxLength(LONGEST)
        self.edit.setPlaceholderText(example)
        self.edit.setAccessibleName(name)
        self._last = self.edit.text()
        self.edit.editingFinished.connect(self._tell)
        column.addWidget(self.edit)

    @property
    def text(self) -> str:
        """What stands there now."""
        return self.edit.text().strip()

    @property
    def is_being_typed(self) -> bool:
        """True while something stands there that nobody was told of."""
        return self.edit.text() != self._last

    def show_text(self, text: str) -> None:
        """Show another text without telling anybody."""
        self._last = visible(text)
        self.edit.setText(self._last)

    def _tell(self) -> None:
        if self.edit.text() != self._last:
            self._last = self.edit.text()
            self.changed.emit(self.text)


class RadioDot(QWidget):
    """The round mark of a choice; the card around it is what takes keys."""

    def __init__(self) -> None:
        super().__init__()
        self.is_on = False
        length = current_theme().px(20)
        self.setFixedSize(length, length)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ring and dot."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(theme.qcolor("primary" if self.is_on else "control"), 2))
        painter.setBrush(theme.qcolor("surface"))
        painter.drawEllipse(box)
        if self.is_on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.qcolor("primary"))
            inset = theme.px(4)
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


class ChoiceCard(Card):
    """One of several answers: radio mark, icon, two lines, and what belongs to it when it is chosen."""

    picked = Signal()
    moved = Signal(int)

    def __init__(self, icon: str, title: str, note: str, *, parent: QWidget | None = None) -> None:
        super().__init__("choice", padding=12, gap=8, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._title = title
        self.dot = RadioDot()
        theme = current_theme()
        row = QHBoxLayout()
        row.setSpacing(theme.px(14))
        row.setContentsMargins(theme.px(4), 0, 0, 0)
        row.addWidget(self.dot)
        row.addWidget(Tile(icon, "info"))
        words = QVBoxLayout()
        words.setSpacing(theme.px(2))
        words.addWidget(PlainLabel(title, "strong"))
        words.addWidget(PlainLabel(note, "small"))
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.inner: QWidget | None = None
        self.set_picked(is_picked=False)

    def set_inner(self, widget: QWidget) -> None:
        """Add what is shown only while this answer is chosen."""
        self.inner = widget
        self.body.addWidget(widget)
        widget.setVisible(self.dot.is_on)

    def set_picked(self, *, is_picked: bool) -> None:
        """Show whether this is the answer."""
        self.dot.is_on = is_picked
        self.dot.update()
        self.set_kind("selected" if is_picked else "choice")
        state = self.tr("chosen") if is_picked else self.tr("not chosen")
        self.setAccessibleName(f"{self._title}, {state}")
        if self.inner is not None:
            self.inner.setVisible(is_picked)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        event.accept()
        self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Space or Enter; arrows go to the next answer."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.moved.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.picked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Add the focus ring."""
        super().paintEvent(event)
        if self.hasFocus():
            theme, painter = current_theme(), QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.qcolor("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 8, 8)


class ChoiceCards(QWidget):
    """Several answers, of which one holds. ``chosen`` carries its key."""

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str, str, str]], current: str = "", *, parent: QWidget | None = None
    ) -> None:
        """Build it; each option is key, icon, title, note."""
        super().__init__(parent)
        self.cards: dict[str, ChoiceCard] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(9))
        for number, (key, icon, title, note) in enumerate(options):
            card = self.cards[key] = ChoiceCard(icon, title, note)
            card.picked.connect(lambda key=key: self._choose(key))
            card.moved.connect(lambda step, number=number: self._move(number + step))
            column.addWidget(card)
        self.current = ""
        self.set_current(current)

    def set_current(self, key: str) -> None:
        """Show an answer without telling anybody."""
        self.current = key
        for name, card in self.cards.items():
            card.set_picked(is_picked=name == key)

    def _choose(self, key: str) -> None:
        if key != self.current:
            self.set_current(key)
            self.chosen.emit(key)

    def _move(self, number: int) -> None:
        list(self.cards.values())[number % len(self.cards)].setFocus()


class Segments(QWidget):
    """A few short answers side by side. ``chosen`` carries the key."""

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], current: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        row = FlowLayout(self, gap=current_theme().px(8))
        self.buttons: dict[str, OutlineButton] = {}
        for key, text in options:
            button = self.buttons[key] = OutlineButton(text)
            button.setCheckable(True)
            button.setChecked(key == current)
            button.setAccessibleName(f"{name}: {text}")
            button.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            row.addWidget(button)

    def set_current(self, key: str) -> None:
        """Show an answer without telling anybody."""
        for name, button in self.buttons.items():
            button.setChecked(name == key)

    def _choose(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)
