"""What both views of activity share: a look that goes on, what came of it, what was left out, dropped recordings.

Before this on the path: the navigator, which starts looks. After it: the views "Network" and "Programs".
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from desktop.window import say
from desktop.window.page import Page, PageContext
from desktop.window.pages.activity_running import LookRunView, ResultBar
from desktop.window.pages.check import word_skipped
from desktop.window.pages.check_cards import LiveFoundCard
from desktop.window.pages.check_skipped import SkippedPanel
from desktop.window.pages.errors import error_panel
from desktop.window.pages.live_words import LiveWords
from desktop.window.pages.run_words import name_scope
from desktop.window.widgets.field import Segments
from desktop.window.widgets.shapes import mark_of
from desktop.window.widgets.skipped_table import SkippedLine
from desktop.window.widgets.state import StatePanel
from detectors.contract.finding import level_of

SHOW_EVERY_MS = 250
"""The page is drawn again at most this often while a look goes on."""


class LookPage(Page):
    """One view of activity. It says which looks belong to it, and builds what is read."""

    scopes: tuple[str, ...] = ()
    """Of ``run_words``: the looks that are shown here in large."""
    view_name = ""
    """Name of this page for the navigator, and of its side of the choice."""
    top_px = 22

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.running: LookRunView | None = None
        self.result = ResultBar()
        self.result.findings_asked.connect(self._open_found)
        self.result.skipped_asked.connect(self.show_skipped)
        self.setAcceptDrops(True)
        views = (("activity", self.tr("Network")), ("programs", self.tr("Programs")))
        self.views = Segments(self.tr("View"), views, self.view_name)
        self.views.chosen.connect(self._change_view)
        self.head_row.addWidget(self.views)
        waiting = StatePanel("running", self.tr("One moment"), self.tr("We look it up."))
        self.set_state_widget("waiting", waiting)
        self.show_state("waiting")
        self._soon = QTimer(self, singleShot=True, interval=SHOW_EVERY_MS)
        self._soon.timeout.connect(self._show_run)
        self._words = LiveWords(context, self._live_card)
        self._connect_run()

    def _connect_run(self) -> None:
        bridge = self.context.service_call
        for signal in (bridge.progressed, bridge.found, bridge.skipped):
            signal.connect(self._show_soon)
        for signal in (bridge.started, bridge.restarted, bridge.paused):
            signal.connect(self._show_run_now)
        bridge.finished.connect(self._end)
        bridge.failed.connect(self._fail)

    def _change_view(self, name: str) -> None:
        """Go to the other view; coming back, this one is chosen here again."""
        self.views.set_current(self.view_name)
        if name != self.view_name:
            self.context.navigator.open_page(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the choices below the heading when there is too little room beside it."""
        super().resizeEvent(event)
        side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.head_row.setDirection(below if self.is_narrow else side)

    # What a view does

    def _read(self) -> None:
        """Ask for what is kept; views override it."""

    def _look_ended(self, source: str) -> None:
        """Choose what is shown after a look: a recording, or this computer when empty; views override it."""

    def _hide_choices(self) -> None:
        """Take away what means nothing while a look goes on; views may override it."""

    def _again(self, scope: str, inputs: Sequence[str]) -> None:
        """Start a look that failed once more; views override it."""

    # While a look goes on

    @property
    def _is_running(self) -> bool:
        bridge = self.context.service_call
        return bridge.is_running and bridge.run.scope in self.scopes

    def enter(self) -> None:
        """Show the look that goes on, or read what is kept."""
        if self._is_running:
            self._build_running()
        self._read()

    def _build_running(self) -> None:
        bridge, navigator = self.context.service_call, self.context.navigator
        self.running = LookRunView(self.context.locale)
        self.running.progress.pause_asked.connect(lambda wanted: (bridge.pause if wanted else bridge.resume)())
        self.running.progress.stop_asked.connect(bridge.stop)
        self.running.found.opened.connect(navigator.open_finding)
        self.running.found.all_asked.connect(lambda: navigator.open_page("findings"))
        self.running.skipped.list_asked.connect(self.show_skipped)
        self.running.restarted.list_asked.connect(self.show_skipped)
        self.set_state_widget("running", self.running)
        self._hide_choices()
        self._show_run()
        self.show_state("running")

    def _live_card(self) -> tuple[LiveFoundCard | None, bool]:
        return (self.running.found if self.running else None), True

    def _show_soon(self, _event: object) -> None:
        if self.isVisible() and self._is_running and not self._soon.isActive():
            self._soon.start()

    def _show_run_now(self, _event: object) -> None:
        if self.isVisible() and self._is_running:
            if self.running is None:
                self._build_running()
            self._show_run()

    def _show_run(self) -> None:
        if self.running is None or not self._is_running:
            return
        run = self.context.service_call.run
        when = say.when(self.context.locale, run.started.at) if run.started else ""
        started = self.tr("started {when}").replace("{when}", when) if when else ""
        self.set_heading(name_scope(run.scope), started)
        self.running.show_run(run)
        self._words.ask()

    def _end(self, _summary: object) -> None:
        run = self.context.service_call.run
        if run.scope not in self.scopes:
            return
        self._soon.stop()
        self.running = None
        severities = [seen.finding.severity for seen in run.found]
        calm = "gap" if run.skipped_by_reason or (run.summary and run.summary.stopped) else "calm"
        self.result.show_end(run, mark_of(level_of(max(severities))) if severities else calm)
        self._look_ended(run.folders[0] if run.scope in {"captures", "recordings"} else "")
        if self.isVisible():
            self._read()

    def _show_error(self, error: Exception) -> None:
        self._hide_choices()
        self.set_state_widget("error", error_panel(self, error, self.enter))
        self.show_state("error")

    def _fail(self, error: Exception) -> None:
        run = self.context.service_call.run
        if error is not run.error or run.scope not in self.scopes:
            return  # a question somewhere went wrong, or another check
        self._soon.stop()
        self.running = None
        if self.isVisible():
            title, act = self.tr("{what} could not go on"), self.tr("Try again")
            title = title.replace("{what}", name_scope(run.scope))
            self.set_state_widget("error", error_panel(self, error, self._start_again, title, act))
            self.show_state("error")

    def _start_again(self) -> None:
        run = self.context.service_call.run
        self._again(run.scope, run.folders)

    def _open_found(self) -> None:
        found = self.context.service_call.run.found
        if len(found) == 1:
            self.context.navigator.open_finding(found[0].finding.id)
        else:
            self.context.navigator.open_page("findings")

    # What was not looked at

    def show_skipped(self) -> None:
        """Show every line that was not looked at, and why."""
        language = self.context.language
        lines = [line.skipped for line in self.context.service_call.run.skipped]
        self.context.service_call.call(
            lambda service: word_skipped(service, lines, language), self._show_skipped, self._show_error
        )

    def _show_skipped(self, lines: list[SkippedLine]) -> None:
        panel = SkippedPanel(lines)
        panel.closed.connect(self.go_back_inside)
        self.set_state_widget("skipped", panel)
        self.show_state("skipped")
        panel.view.setFocus()

    def go_back_inside(self) -> bool:
        """Go from what was left out back to the activity."""
        if self.state != "skipped":
            return False
        self.show_state("waiting")
        self.enter()
        return True

    # Dropping a recording here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped as recordings; what is none is said."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._take_dropped(paths)

    def _take_dropped(self, paths: list[str]) -> None:
        """Read recordings by what their names say they hold; views override it."""
