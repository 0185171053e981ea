"""Data over time as a picture of our own: a line, the usual beside it, marks where findings lie.

Before this on the path: buckets that were summed up elsewhere. After it: ``picked``, when a person chooses a time with
the mouse or the keys. What it shows is also said in words, as its accessible name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.label import for_tool_tip
from desktop.window.widgets.timeline_paint import Plane, draw_timeline

HEIGHT_PX = 196
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


@dataclass(frozen=True, slots=True)
class Column:
    """One bucket of time."""

    start: int
    """Seconds since 1970."""
    value: int
    """What the line shows."""
    usual: int | None = None
    """What is usual then."""
    mark: str = ""
    """Shape of the most serious finding, or empty."""
    note: str = ""
    """Headline of that finding; hostile text."""


@dataclass(frozen=True, slots=True)
class TimelineData:
    """Everything the picture shows."""

    columns: Sequence[Column] = ()
    """In order of time."""
    width_s: int = 60
    """Of one column."""
    now: int | None = None
    """Where the line ends; None for the past."""
    summary: str = ""
    """The picture in words."""
    say_value: Callable[[int], str] = str
    """Writes a value with its unit."""
    say_column: Callable[[Column], tuple[str, str]] = field(default=lambda column: (str(column.value), ""))
    """Says one column in two short lines."""
    locale: QLocale = field(default_factory=QLocale)
    """For the times below."""


class Timeline(QWidget):
    """The painted picture. Arrow keys pick a time, with Shift a longer one; Esc lets go of it."""

    picked = Signal(int, int)
    """First and last column; -1 twice when nothing is picked any more."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = TimelineData()
        self._anchor, self._cursor = -1, -1
        self._is_dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        theme = current_theme()
        return QSize(theme.px(320), theme.px(HEIGHT_PX))

    def minimumSizeHint(self) -> QSize:
        """Stay readable: a few columns less are better than a page that scrolls sideways."""
        return QSize(120, self.sizeHint().height())

    def show_data(self, data: TimelineData, picked: tuple[int, int] | None = None) -> None:
        """Draw this from now on."""
        self.data = data
        self._anchor, self._cursor = picked or (-1, -1)
        self._say()
        self.update()

    @property
    def range(self) -> tuple[int, int] | None:
        """First and last column that are picked, or None."""
        if self._cursor < 0:
            return None
        return min(self._anchor, self._cursor), max(self._anchor, self._cursor)

    def pick(self, first: int, last: int) -> None:
        """Pick columns as a person does."""
        if not self.data.columns:
            return
        top = len(self.data.columns) - 1
        self._anchor, self._cursor = (min(max(place, 0), top) for place in (first, last))
        self._tell()

    def let_go(self) -> None:
        """Pick nothing any more."""
        if self._cursor >= 0:
            self._anchor = self._cursor = -1
            self._tell()

    def _tell(self) -> None:
        self._say()
        self.update()
        self.picked.emit(*(self.range or (-1, -1)))

    def _say(self) -> None:
        """Say the picture, and what is picked, in words."""
        words = [self.data.summary]
        if self.range is not None:
            first, last = (self.data.columns[place] for place in self.range)
            words += [part for column in dict.fromkeys((first, last)) for part in self.data.say_column(column)]
            words += [column.note for column in dict.fromkeys((first, last)) if column.note]
        self.setAccessibleName(". ".join(word for word in words if word))
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    # Mouse and keys

    def _column_at(self, x: float) -> int:
        return Plane.of(self.data, self.size()).column_at(x) if self.data.columns else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to pick; a click on the one that is picked lets go of it."""
        place = self._column_at(event.position().x())
        if event.button() != Qt.MouseButton.LeftButton or place < 0:
            return
        if self.range == (place, place):
            self.let_go()
        else:
            self._is_dragging = True
            self.pick(place, place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pick a longer time, or name the finding below the pointer."""
        place = self._column_at(event.position().x())
        if place < 0:
            return
        if self._is_dragging and place != self._cursor:
            self.pick(self._anchor, place)
        elif not self._is_dragging:
            note = self.data.columns[place].note
            QToolTip.showText(event.globalPosition().toPoint(), for_tool_tip(note) if note else "", self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End picking."""
        self._is_dragging = False
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from column to column; Ctrl goes from finding to finding."""
        last = len(self.data.columns) - 1
        has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        has_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = Qt.Key(event.key())
        if last < 0 or key not in {*_STEPS, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Escape}:
            super().keyPressEvent(event)
            return
        if key == Qt.Key.Key_Escape:
            self.let_go()
            return
        if key in _STEPS:
            goal = self._next_mark(_STEPS[key]) if has_ctrl else self._next(_STEPS[key])
        else:
            goal = 0 if key == Qt.Key.Key_Home else last
        goal = min(max(goal, 0), last)
        self.pick(self._anchor if has_shift and self._cursor >= 0 else goal, goal)

    def _next(self, step: int) -> int:
        """Begin at the newest column when nothing is picked yet."""
        return self._cursor + step if self._cursor >= 0 else self._last_drawn()

    def _next_mark(self, step: int) -> int:
        start = self._cursor if self._cursor >= 0 else (len(self.data.columns) if step < 0 else -1)
        ahead = range(start + step, len(self.data.columns) if step > 0 else -1, step)
        return next((place for place in ahead if self.data.columns[place].mark), max(self._cursor, 0))

    def _last_drawn(self) -> int:
        now, columns = self.data.now, self.data.columns
        if now is None:
            return len(columns) - 1
        return max((place for place, column in enumerate(columns) if column.start <= now), default=0)

    def event(self, event: QEvent) -> bool:
        """Keep Esc for letting go while something is picked; the window would go back a page."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._cursor >= 0
        ):
            event.accept()
            return True
        return super().event(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_timeline(painter, self.data, self.size(), self.range, has_focus=self.hasFocus())

    def changeEvent(self, event: QEvent) -> None:
        """Measure again when the look changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
