"""The window: rail at the left, one page at a time, the strip and the undo bar at the foot.

Before this on the path: ``app.py``, which makes service and bridge. After it: the pages, each built on its first visit.
When language, text size or colours change, everything is built anew: no page needs to know how to change its clothes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QCloseEvent,
    QKeySequence,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.service.events import FindingSeen, Progress
from desktop.service.service import Service
from desktop.window.bridge import Bridge
from desktop.window.icons import icon
from desktop.window.keys import key_list, show_keys
from desktop.window.page import Page, PageContext
from desktop.window.pages.run_words import CAPTURE_ENDINGS, RECORDING_ENDINGS, page_of
from desktop.window.starts import Starts, say_strip
from desktop.window.theme import Appearance, current_theme
from desktop.window.trail import Trail
from desktop.window.widgets.rail import Place, Rail
from desktop.window.widgets.root_bar import RootBar
from desktop.window.widgets.shapes import mark_of
from desktop.window.widgets.strip import Strip
from desktop.window.widgets.undo_bar import UndoBar
from detectors.contract.finding import Level

if TYPE_CHECKING:
    from desktop.service.service import Service

NARROW_BELOW = 900
ANNOUNCE_EVERY_S = 5.0
WARM_UP_EVERY_MS = 200
COUNT_AFTER_MS = 1_000  # many findings at once are counted once
USUAL_SIZE, SMALLEST_SIZE = (1280, 800), (480, 400)
IN_RAIL = ("home", "findings", "check", "activity", "settings")
VIEWS = ("activity", "programs")
"""The two views of the place "Activity" in the rail."""
PLACE_OF = {"finding": "findings", "programs": "activity", "models": "settings"}
"""The place in the rail of pages that have none of their own."""
SPLIT = "\0"
"""Between a recording and a program of it, in the way taken: no path can hold it."""
PAGES = {
    "welcome": ("desktop.window.pages.welcome", "WelcomePage"),
    "home": ("desktop.window.pages.home", "HomePage"),
    "findings": ("desktop.window.pages.findings", "FindingsPage"),
    "finding": ("desktop.window.pages.finding", "FindingPage"),
    "check": ("desktop.window.pages.check", "CheckPage"),
    "activity": ("desktop.window.pages.activity", "ActivityPage"),
    "programs": ("desktop.window.pages.programs", "ProgramsPage"),
    "settings": ("desktop.window.pages.settings", "SettingsPage"),
    "models": ("desktop.window.pages.models", "ModelsPage"),
}


class MainWindow(QMainWindow, Starts):
    """The one window; also the navigator that pages are given."""

    def __init__(
        self,
        bridge: Bridge,
        appearance: Appearance,
        settings: dict[str, Any],
        *,
        use_language: Callable[[str], str],
        as_root: bool = False,
    ) -> None:
        """Build it.

        Args:
            bridge: The way to the service.
            appearance: The look in use.
            settings: All settings as they were at the start.
            use_language: Installs a language's translations and returns its code; empty means the system's.
            as_root: Shows the red bar.
        """
        super().__init__()
        self._bridge, self._appearance = bridge, appearance
        self._settings, self._use_language, self._as_root = settings, use_language, as_root
        self._pages: dict[str, Page] = {}
        self._trail = Trail()
        self._activity = VIEWS[0]
        self._said: tuple[str, tuple[int, ...]] | None = None
        self._announced_at = 0.0
        self._count: tuple[int, str] = (0, "info")
        self._memory: dict[str, Any] = {}
        self._count_soon = QTimer(self, singleShot=True, interval=COUNT_AFTER_MS)
        self._count_soon.timeout.connect(self.refresh)
        self.setWindowTitle("Plainwatch")
        self.setMinimumSize(*SMALLEST_SIZE)
        self.resize(*USUAL_SIZE)  # before anything is built, so that it is built once
        self.setWindowIcon(icon("icon", "text", 64))
        self.language = use_language(str(settings.get("language", "")))
        self._build()
        self._connect()
        self._bind_keys()
        self.open_page("home" if settings.get("welcome_done") else "welcome")
        self.refresh()

    def warm_up(self) -> None:
        """Load the pages' code bit by bit while nothing else happens, so that a first visit only builds."""
        waiting = [
            module for name, (module, _class) in PAGES.items() if module not in sys.modules and name != "welcome"
        ]
        if waiting:
            import_module(waiting[0])
            QTimer.singleShot(WARM_UP_EVERY_MS, self, self.warm_up)

    # Building

    def _build(self) -> None:
        """Build everything but the pages, in the language and look in use."""
        theme = current_theme()
        self._context = PageContext(self._bridge, self._appearance, self, self.language)
        self._is_narrow = self.width() < theme.px(NARROW_BELOW)
        holder = QWidget()
        holder.setObjectName("window")
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.rail = Rail(self._places(), is_narrow=self._is_narrow)
        self.rail.chosen.connect(self.open_place)
        self.rail.set_count("findings", *self._count)
        self.stack = QStackedWidget()
        self.undo_bar = UndoBar()
        self.strip = Strip()
        self.strip.pause_asked.connect(lambda wanted: (self._bridge.pause if wanted else self._bridge.resume)())
        self.strip.stop_asked.connect(self._bridge.stop)
        self.strip.opened.connect(self._open_run)
        self.strip.hide()
        column = QVBoxLayout()
        column.setSpacing(0)
        if self._as_root:
            column.addWidget(RootBar())
        column.addWidget(self.stack, 1)
        column.addWidget(self.undo_bar)
        column.addWidget(self.strip)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        self.setCentralWidget(holder)

    def _places(self) -> list[Place]:
        return [
            Place("home", self.tr("Home"), "house", "Ctrl+1"),
            Place("findings", self.tr("Findings"), "list-checks", "Ctrl+2"),
            Place("check", self.tr("Check"), "scan-search", "Ctrl+3"),
            Place("activity", self.tr("Activity"), "activity", "Ctrl+4"),
            Place("settings", self.tr("Settings"), "settings", "Ctrl+5"),
        ]

    def rebuild(self) -> None:
        """Build everything anew and come back to the same page, place and focus."""
        self._take_down()
        self._put_up()

    def _take_down(self) -> None:
        """Remember where the person is and remove everything, so that a new look has nothing old to dress."""
        focused = self.focusWidget()
        self._memory = {
            "focus": focused.accessibleName() if focused else "",
            **(self.page.memory() if self.page else {}),
        }
        for page in self._pages.values():
            page.leave()
        self._pages.clear()
        # At once, not later: nothing in here runs at this moment, and a new style would dress all of it once more.
        if holder := self.centralWidget():  # taken out first, it would be dressed once more as a window of its own
            shiboken6.delete(holder)

    def _put_up(self) -> None:
        self._build()
        self._show(*self._trail.here)
        if self.page:
            self.page.remember(self._memory)
        if self._said:
            self.say(self._said[0], *self._said[1])
        name = self._memory["focus"]
        for widget in self.findChildren(QWidget):
            if name and widget.accessibleName() == name and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                widget.setFocus()
                return

    def _connect(self) -> None:
        self._appearance.about_to_change.connect(self._take_down)
        self._appearance.changed.connect(self._put_up)
        self._bridge.started.connect(lambda _started: self._show_strip())
        self._bridge.progressed.connect(self._on_progress)
        self._bridge.found.connect(self._on_found)
        self._bridge.paused.connect(lambda is_paused: self.strip.set_paused(is_paused=is_paused))
        self._bridge.finished.connect(lambda _summary: self._on_end())
        self._bridge.failed.connect(lambda _error: self._on_end())

    def _bind_keys(self) -> None:
        acts: dict[str, Callable[[], object]] = {
            **{f"page_{number + 1}": partial(self.open_place, name) for number, name in enumerate(IN_RAIL)},
            "check_again": lambda: self.start_check("quick"),
            "choose_files": self.choose_files,
            "pause": self._toggle_pause,
            "larger": lambda: self._step_text(1),
            "smaller": lambda: self._step_text(-1),
            "usual": lambda: self._step_text(0),
            "back": self.go_back,
            "show_keys": lambda: show_keys(self),
            "focus_search": self._search,
            "toggle_details": lambda: self._ask_page("toggle_details"),
            "copy_summary": lambda: self._ask_page("copy_summary"),
        }
        for name, keys, _text in key_list():
            QShortcut(QKeySequence(keys), self, acts[name])
        QShortcut(QKeySequence("F1"), self, acts["show_keys"])
        QShortcut(QKeySequence("Ctrl+="), self, acts["larger"])

    def _search(self) -> None:
        self.open_page("findings")
        self._ask_page("focus_search")

    def _ask_page(self, act: str) -> None:
        """Let the page do it, if it can."""
        method = getattr(self.page, act, None)
        if method is not None:
            method()

    # Navigator

    @property
    def page(self) -> Page | None:
        """The page on show."""
        return self._pages.get(self.page_name)

    @property
    def page_name(self) -> str:
        """The name of the page on show."""
        return self._trail.here[0]

    @property
    def is_quiet(self) -> bool:
        """True when nobody waits for an answer from the store."""
        return not self._bridge.has_open_questions

    def open_page(self, name: str) -> None:
        """Show a page by its name."""
        self._activity = name if name in VIEWS else self._activity
        if page := self._pages.get(name):
            page.start_over()
        self._go(name, "")

    def open_place(self, name: str) -> None:
        """Show a place of the rail; of the two views of activity the one that was looked at last."""
        self.open_page(self._activity if name == "activity" else name)

    def open_program(self, source: str, key: str) -> None:
        """Show the story of one program."""
        self._go("programs", f"{source}{SPLIT}{key}")

    def open_finding(self, finding_id: str) -> None:
        """Show one finding."""
        self._go("finding", finding_id)

    def open_model(self, name: str) -> None:
        """Show the card of one model."""
        self._go("models", name)

    def go_back(self) -> None:
        """Show the page before this one; from the first one nothing happens."""
        old = self.page
        if old is not None and old.go_back_inside():
            return
        if self._trail.go_back():
            self._end_visit(old)
            self._show(*self._trail.here)

    def _go(self, name: str, about: str) -> None:
        self._end_visit(self.page)
        self._trail.go(name, about)
        self._show(name, about)

    def _end_visit(self, page: Page | None) -> None:
        self._said = None
        self.undo_bar.hide()
        if page is not None:
            page.leave()

    def _show(self, name: str, about: str) -> None:
        page: Page | None = self._pages.get(name)
        if page is None:
            module, class_name = PAGES[name]
            page = getattr(import_module(module), class_name)(self._context)
            self._pages[name] = page
            self.stack.addWidget(page)
        if name == "models":
            page.show_model(about)
        elif name == "programs" and about:
            page.show_program(*about.split(SPLIT, 1))
        elif about:
            page.show_finding(about)
        self.stack.setCurrentWidget(page)
        self.rail.setVisible(name != "welcome")
        self.rail.set_current(PLACE_OF.get(name, name))
        page.enter()
        self._show_strip()
        page.heading.setFocus(Qt.FocusReason.OtherFocusReason)
        self.announce(page.heading.full_text)

    def choose_captures(self) -> None:
        """Ask which recordings to check, then check them."""
        kind = self.tr("Recordings of network traffic ({endings})")
        self._choose(self.tr("Open a recording"), self.check_captures, kind, CAPTURE_ENDINGS)

    def choose_recordings(self) -> None:
        """Ask which recordings of programs to check, then check them."""
        kind = self.tr("Recordings of programs ({endings})")
        self._choose(self.tr("Open a recording"), self.check_recordings, kind, RECORDING_ENDINGS)

    def choose_files(self) -> None:
        """Ask which files to check, then check them."""
        self._choose(self.tr("Choose a file"), self.check_paths)

    def _choose(
        self, title: str, then: Callable[[list[str]], None], kind: str = "", endings: Sequence[str] = ()
    ) -> None:
        dialog = QFileDialog(self, title)
        if endings:
            named = kind.replace("{endings}", " ".join(f"*{ending}" for ending in endings))
            dialog.setNameFilters([named, self.tr("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(then)
        dialog.open()

    def say(self, text: str, *undo_ids: int) -> None:
        """Show what was done; Undo takes all of it back."""
        self._said = (text, undo_ids)
        undo = partial(self._undo, undo_ids) if undo_ids else None
        self.undo_bar.say(text, undo)
        self.announce(text)

    def _undo(self, undo_ids: Sequence[int]) -> None:
        self._said = None

        def work(service: Service) -> None:
            for undo_id in reversed(undo_ids):
                service.undo(undo_id)

        self._bridge.call(work, lambda _done: self.reload_settings())

    def refresh(self) -> None:
        """Count the open findings again and let the page read again."""
        # The page on show says what is wrong; telling ``failed`` would end in here again, without an end.
        self._bridge.call(lambda service: service.home().open_by_level, self._set_count, lambda _error: None)

    def _set_count(self, open_by_level: dict[Level, int]) -> None:
        highest = next((mark_of(level) for level in Level if open_by_level.get(level)), "info")
        self._count = (sum(open_by_level.values()), highest)
        self.rail.set_count("findings", *self._count)

    # Settings

    def reload_settings(self) -> None:
        """Read the settings again and use them: something was changed or undone."""
        self._bridge.call(lambda service: service.settings.all(), self._use_settings)

    def _use_settings(self, settings: dict[str, Any]) -> None:
        old, self._settings = self._settings, settings
        if settings["language"] != old.get("language"):
            self.language = self._use_language(str(settings["language"]))
            if self._said:  # said by the settings in the language before
                self._said = (self.tr("Kept."), self._said[1])
            self.rebuild()
        self._appearance.set_theme(str(settings["theme"]))
        self._appearance.set_text_percent(int(settings["text_size"]))
        self.refresh()
        if self.page is not None:
            self.page.enter()

    def _step_text(self, steps: int) -> None:
        size = self._appearance.step_text(steps)
        self._bridge.call(lambda service: service.settings.set("text_size", size))

    def follow_system(self) -> None:
        """Change colours with the system, if the person wants that."""
        if self._settings.get("theme", "system") == "system":
            self._appearance.set_theme("system")

    # While a check runs

    def _toggle_pause(self) -> None:
        (self._bridge.resume if self._bridge.run.is_paused else self._bridge.pause)()

    def _show_strip(self) -> None:
        run = self._bridge.run
        # The check's own page shows all of this in large.
        self.strip.setVisible(self._bridge.is_running and self.page_name not in {page_of(run.scope), "welcome"})
        self.strip.set_paused(is_paused=run.is_paused)
        self.strip.set_progress(run.progress, say_strip(run))

    def _on_progress(self, progress: Progress) -> None:
        if self.strip.isVisible():
            self.strip.set_progress(progress, say_strip(self._bridge.run))
        if time.monotonic() - self._announced_at > ANNOUNCE_EVERY_S:
            self.announce(self.strip.sentence(progress))

    def _on_found(self, batch: list[FindingSeen]) -> None:
        self._count_soon.start()
        if any(seen.is_new and seen.finding.level is Level.ACT_NOW for seen in batch):
            self.announce(self.tr("Something needs you now. It stands on top of the findings."))

    def _on_end(self) -> None:
        self._show_strip()
        self.refresh()

    def announce(self, text: str) -> None:
        """Let a screen reader say it."""
        self._announced_at = time.monotonic()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change to the narrow rail and back."""
        super().resizeEvent(event)
        if (self.width() < current_theme().px(NARROW_BELOW)) != self._is_narrow:
            QTimer.singleShot(0, self.rebuild)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the work, at most one second, then go."""
        self._bridge.close()
        event.accept()
