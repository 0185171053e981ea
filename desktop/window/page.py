"""What every page is: a heading, a scrolling column, and four states.

Before this on the path: the navigator, which builds a page on its first visit. After it: the pages in ``pages/``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.window.bridge import Bridge
from desktop.window.theme import Appearance, current_theme
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.state import StatePanel

STATES = ("empty", "running", "error", "full")
MARGIN, NARROW_MARGIN, NARROW_BELOW = 32, 16, 720
GAP = 16


class Navigator(Protocol):
    """Where a page can send the person. The main window is one; tests use a small fake."""

    def open_page(self, name: str) -> None:
        """Show a page: home, findings, check, activity, programs, settings, models, welcome."""

    def open_finding(self, finding_id: str) -> None:
        """Show one finding."""

    def open_model(self, name: str) -> None:
        """Show the card of a model, or what is usual here."""

    def go_back(self) -> None:
        """Show the page before this one."""

    def start_check(self, scope: str, folders: Sequence[str] = ()) -> None:
        """Start a check (quick, full, folders) and show its page."""

    def check_paths(self, paths: Sequence[str]) -> None:
        """Check these files or folders and show the page."""

    def choose_files(self) -> None:
        """Ask which files to check, then check them."""

    def check_captures(self, paths: Sequence[str]) -> None:
        """Check recorded traffic and show what comes of it."""

    def choose_captures(self) -> None:
        """Ask which recordings to check, then check them."""

    def look_at_network(self) -> None:
        """Watch this computer's connections for a short while, as an ordinary person may."""

    def listen(self, card: str) -> None:
        """Listen on a network card for a while."""

    def look_at_programs(self) -> None:
        """Look at what runs on this computer, and watch what starts for a short while."""

    def check_recordings(self, paths: Sequence[str]) -> None:
        """Check recordings of programs and show what comes of it."""

    def choose_recordings(self) -> None:
        """Ask which recordings of programs to check, then check them."""

    def open_program(self, source: str, key: str) -> None:
        """Show the story of one program of a recording, or of this computer when ``source`` is empty."""

    def say(self, text: str, *undo_ids: int) -> None:
        """Show what was just done, with Undo when ``undo_ids`` name it in the journal, the oldest first."""

    def reload_settings(self) -> None:
        """Read the settings again and use them, after one was changed."""

    def refresh(self) -> None:
        """Read the store again: the count in the rail and the page on show."""


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page is given."""

    service_call: Bridge
    """The way to the service: ``call`` for questions, ``run`` for the check that is going on."""
    appearance: Appearance
    """The look in use."""
    navigator: Navigator
    """Where else one can go."""
    language: str
    """``en``, ``fr``, ``de`` or ``lb``."""

    @property
    def locale(self) -> QLocale:
        """For numbers and sizes, in the person's language."""
        return QLocale(self.language)


class Page(QWidget):
    """A page: ``head`` above (heading, one line, things at the right), below it one of four states that scrolls.

    A page fills its states with ``set_state_widget`` and switches with ``show_state``. It reads from the store in
    ``enter``, which runs each time the page is shown.
    """

    width_changed = Signal(int)
    scrolls = True
    top_px = 22
    """What stays free above the heading."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("page")
        self.heading = PlainLabel("", "h2")
        self.heading.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.subline = PlainLabel("", "sub")
        self.subline.hide()
        self.head_row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.heading)
        words.addWidget(self.subline)
        self.head_row.addLayout(words, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self.head_row)
        self._states = QStackedWidget()
        self._column.addWidget(self._states, 1)
        self._places: dict[str, QWidget] = {}
        self._state = ""
        self._measure()

    def enter(self) -> None:
        """Read what is to be shown; pages override it."""

    def show_finding(self, finding_id: str) -> None:
        """Be about this finding from now on; only the finding's page does something with it."""

    def show_program(self, source: str, key: str) -> None:
        """Be about this program from now on; only the page of programs does something with it."""

    def show_model(self, name: str) -> None:
        """Be about this model from now on; only the page of models does something with it."""

    def start_over(self) -> None:
        """Forget where inside the page a person was: it was chosen by its name. Pages may override it."""

    def leave(self) -> None:
        """Tidy up before another page is shown; pages may override it."""

    def go_back_inside(self) -> bool:
        """Go back one step within the page; False when there is none, and Esc leaves it. Pages may override it."""
        return False

    def memory(self) -> dict[str, Any]:
        """Say what a page built anew in its place must know; pages add their own."""
        place = self._states.currentWidget()
        scrolled = place.verticalScrollBar().value() if isinstance(place, QScrollArea) else 0
        return {"scrolled": scrolled}

    def remember(self, memory: dict[str, Any]) -> None:
        """Take over what the page before knew; runs after ``enter``."""
        QTimer.singleShot(0, self, lambda: self._scroll_to(int(memory.get("scrolled", 0))))

    def _scroll_to(self, place_px: int) -> None:
        place = self._states.currentWidget()
        if isinstance(place, QScrollArea):
            place.verticalScrollBar().setValue(place_px)

    def scroll_to(self, widget: QWidget) -> None:
        """Scroll as far as needed to see all of a widget."""
        place = self._states.currentWidget()
        if isinstance(place, QScrollArea):
            place.ensureWidgetVisible(widget, 0, current_theme().px(GAP))

    def set_heading(self, text: str, subline: str = "") -> None:
        """Show the heading and the line below it."""
        self.heading.set_text(text)
        self.heading.setAccessibleName(text)
        self.subline.set_text(subline)
        self.subline.setVisible(bool(subline))

    def set_state_widget(self, state: str, widget: QWidget) -> None:
        """Give the widget of a state; an older one goes away."""
        if old := self._places.pop(state, None):
            self._states.removeWidget(old)
            old.deleteLater()
        # A panel for nothing or an error keeps its height, whatever the page does with its list.
        if self.scrolls or isinstance(widget, StatePanel):
            area, column = scroll_area()
            self._places[state] = area
            self._states.addWidget(area)
            # Last, when everything around it stands: each new parent makes Qt style all of it once more.
            column.insertWidget(0, widget)
        else:
            self._places[state] = widget
            self._states.addWidget(widget)
        self._measure()

    def show_state(self, state: str) -> None:
        """Show ``empty``, ``running``, ``error`` or ``full``.

        Building and first showing each take their time; between them the person's clicks and keys have their turn.
        """
        self._state = state
        QTimer.singleShot(0, self, self._bring_forward)

    def _bring_forward(self) -> None:
        if self._state in self._places:
            self._states.setCurrentWidget(self._places[self._state])

    @property
    def state(self) -> str:
        """The state on show, or an empty text before the first one."""
        return self._state

    @property
    def is_narrow(self) -> bool:
        """True when there is room for one column only."""
        return self.width() < current_theme().px(NARROW_BELOW)

    def _measure(self) -> None:
        theme = current_theme()
        side = theme.px(NARROW_MARGIN if self.is_narrow else MARGIN)
        self._column.setContentsMargins(side, theme.px(self.top_px), 0, 0)
        self._column.setSpacing(theme.px(14))
        self.head_row.setContentsMargins(0, 0, side, 0)
        for place in self._places.values():
            inner = place.widget() if isinstance(place, QScrollArea) else place
            if inner is not None and (layout := inner.layout()) is not None:
                layout.setContentsMargins(0, 0, side, theme.px(GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change the margins when it gets narrow."""
        super().resizeEvent(event)
        self._measure()
        self.width_changed.emit(self.width())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()


def scroll_area() -> tuple[QScrollArea, QVBoxLayout]:
    """Make an area that scrolls up and down, never sideways, and the column to put things into."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    holder = QWidget()
    holder.setObjectName("scrolled")
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addStretch(1)
    area.setWidget(holder)
    return area, column
