"""The Check page: choose what to look at, watch it go on, read what came of it.

Before this on the path: the navigator, which starts the check. After it: findings, and what was not looked at.
The bridge keeps the run, so that leaving this page or building it anew loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.service.keeping.kept import RunFacts
from desktop.window import say
from desktop.window.bridge import RunSoFar
from desktop.window.page import GAP, Page, PageContext
from desktop.window.pages.check_cards import LiveFoundCard, name_places, name_subject
from desktop.window.pages.check_choice import SCOPES, ChoiceCard
from desktop.window.pages.check_result import ResultView
from desktop.window.pages.check_running import MAIN_SHARE, SIDE_SHARE, RunningView
from desktop.window.pages.check_skipped import SkippedPanel
from desktop.window.pages.errors import error_panel
from desktop.window.pages.found import join_facts
from desktop.window.pages.live_words import LiveWords
from desktop.window.pages.run_words import name_scope
from desktop.window.theme import current_theme
from desktop.window.widgets.card import Columns
from desktop.window.widgets.skipped_table import SkippedLine
from desktop.window.widgets.state import StatePanel
from detectors.contract.errors import SkippedCheck
from detectors.contract.places import Place

if TYPE_CHECKING:
    from desktop.service.service import Service

SHOW_EVERY_MS = 250
"""The page is drawn again at most this often while a check runs."""


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """What the page shows while nothing runs."""

    last_run: RunFacts | None
    """The last check that ended."""
    places: Mapping[str, Sequence[Place]]
    """What each scope looks at."""
    computer: str
    """Name of this computer, or empty."""


def read_check(service: Service) -> CheckFacts:
    """Read what can be checked and how the last check ended; runs in the answering thread."""
    places = {scope: service.scope_paths(scope) for scope in SCOPES}
    return CheckFacts(service.last_run(), places, service.settings.text("computer_name"))


def word_skipped(service: Service, skipped: Sequence[SkippedCheck], language: str) -> list[SkippedLine]:
    """Give every skipped line its sentence; runs in the answering thread."""
    return [SkippedLine(name_subject(line.subject), service.skip_text(line, language)) for line in skipped]


class CheckPage(Page):
    """Quick, Full, chosen folders; live progress; the result."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._facts: CheckFacts | None = None
        self._words = LiveWords(context, self._live_card)
        self.choice: ChoiceCard | None = None
        self.result: ResultView | None = None
        self.running: RunningView | None = None
        self.set_heading(self.tr("Check"))
        waiting = StatePanel("running", self.tr("One moment"), self.tr("We look it up."))
        self.set_state_widget("waiting", waiting)
        self.show_state("waiting")
        self._soon = QTimer(self, singleShot=True, interval=SHOW_EVERY_MS)
        self._soon.timeout.connect(self._show_run)
        bridge = context.service_call
        for signal in (bridge.progressed, bridge.found, bridge.skipped):
            signal.connect(self._show_soon)
        for signal in (bridge.started, bridge.restarted, bridge.paused):
            signal.connect(self._show_run_now)
        bridge.finished.connect(self._end)
        bridge.failed.connect(self._fail)

    def enter(self) -> None:
        """Show the check that goes on, or read how the last one ended."""
        if self.context.service_call.is_running:
            self._build_running()
        self._read()

    def _read(self) -> None:
        self.context.service_call.call(read_check, self._show_facts, self._show_error)

    def _show_error(self, error: Exception) -> None:
        self.set_state_widget("error", error_panel(self, error, self.enter))
        self.show_state("error")

    # While it runs

    def _build_running(self) -> None:
        locale, navigator, bridge = self.context.locale, self.context.navigator, self.context.service_call
        self.running = RunningView(locale)
        self.running.progress.pause_asked.connect(lambda wanted: (bridge.pause if wanted else bridge.resume)())
        self.running.progress.stop_asked.connect(bridge.stop)
        self.running.found.opened.connect(navigator.open_finding)
        self.running.found.all_asked.connect(lambda: navigator.open_page("findings"))
        self.running.skipped.list_asked.connect(self.show_skipped)
        self.set_state_widget("running", self.running)
        self._show_places()
        self._show_run()
        self.show_state("running")

    def _show_soon(self, _event: object) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _show_run_now(self, _event: object) -> None:
        if not self.isVisible():
            return
        if self.running is None and self.context.service_call.is_running:
            self._build_running()
        self._show_run()

    def _show_run(self) -> None:
        """Draw the run again from what the bridge knows."""
        bridge = self.context.service_call
        if self.running is None or not bridge.is_running:
            return
        run = bridge.run
        when = say.when(self.context.locale, run.started.at) if run.started else ""
        started = self.tr("started {when}").replace("{when}", when) if when else ""
        computer = self._facts.computer if self._facts else ""
        self.set_heading(name_scope(run.scope), join_facts(computer, started))
        self.running.show_run(run)
        self._words.ask()

    def _live_card(self) -> tuple[LiveFoundCard | None, bool]:
        if self.running is not None:
            return self.running.found, True
        return (self.result.found if self.result else None), False

    def _show_places(self) -> None:
        if self.running is None or self._facts is None:
            return
        run = self.context.service_call.run
        if run.scope in ("folders", "paths"):
            places: Sequence[Place] = [Place("folder", path) for path in run.folders]
        else:
            places = self._facts.places.get(run.scope, ())
        self.running.places.show_places(name_places(places))

    # After it

    def _end(self, _summary: object) -> None:
        self._soon.stop()
        self.running = None
        if self.isVisible():
            self._read()

    def _fail(self, error: Exception) -> None:
        if error is not self.context.service_call.run.error:
            return  # a question somewhere went wrong, not the check
        self._soon.stop()
        self.running = None
        if self.isVisible():
            title, act = self.tr("The check could not go on"), self.tr("Start the check again")
            self.set_state_widget("error", error_panel(self, error, self._start_again, title, act))
            self.show_state("error")

    def _start_again(self) -> None:
        run, navigator = self.context.service_call.run, self.context.navigator
        if run.scope == "paths":
            navigator.check_paths(run.folders)
        else:
            navigator.start_check(run.scope, run.folders)

    def _show_facts(self, facts: CheckFacts) -> None:
        self._facts = facts
        if self.context.service_call.is_running:
            self._show_places()
            self._show_run()
            return
        if self.state == "skipped":
            return
        self.set_heading(self.tr("Check"), facts.computer)
        state = "full" if facts.last_run else "empty"
        self.set_state_widget(state, self._build_idle(facts))
        self.show_state(state)
        if self.result is not None and self.result.is_of_this_session:
            self._words.ask()

    def _build_idle(self, facts: CheckFacts) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(GAP))
        self.result = None
        if facts.last_run is not None:
            self.result = self._build_result(facts.last_run)
            column.addWidget(self.result)
        has_found = facts.last_run is not None and facts.last_run.findings > 0
        scope = self.choice.scope if self.choice else "quick"
        self.choice = ChoiceCard(facts.places, scope, is_primary=not has_found)
        self.choice.start_asked.connect(self.context.navigator.start_check)
        self.choice.folders_changed.connect(self._keep_folders)
        column.addWidget(self._beside_skipped(self.choice))
        return holder

    def _beside_skipped(self, choice: ChoiceCard) -> QWidget:
        if self.result is None:
            return choice
        columns = Columns()
        columns.add(choice, MAIN_SHARE)
        columns.add(self.result.skipped, SIDE_SHARE)
        return columns

    def _build_result(self, run: RunFacts) -> ResultView:
        navigator = self.context.navigator
        result = ResultView(run, self._run_of(run), self.context.locale)
        result.skipped.list_asked.connect(self.show_skipped)
        result.restarted.list_asked.connect(self.show_skipped)
        result.findings_asked.connect(lambda: navigator.open_page("findings"))
        result.found.all_asked.connect(lambda: navigator.open_page("findings"))
        result.found.opened.connect(navigator.open_finding)
        return result

    def _run_of(self, facts: RunFacts) -> RunSoFar | None:
        """Give what the bridge still knows of this very check, if it ran since the start."""
        run = self.context.service_call.run
        is_same = run.summary is not None and run.started is not None and run.started.run_id == facts.id
        return run if is_same else None

    def _keep_folders(self, folders: list[str]) -> None:
        self.context.service_call.call(lambda service: service.settings.set("folders", folders), None, self._show_error)

    # What was not looked at

    def show_skipped(self) -> None:
        """Show every line that was not looked at, and why."""
        bridge, language = self.context.service_call, self.context.language
        run_id = bridge.run.started.run_id if bridge.is_running and bridge.run.started else None
        in_memory = [line.skipped for line in bridge.run.skipped] if bridge.is_running else []

        def work(service: Service) -> list[SkippedLine]:
            last = None if bridge.is_running else service.last_run()
            chosen = run_id if last is None else last.id
            skipped = service.skipped_of(chosen) if chosen is not None else in_memory
            return word_skipped(service, skipped or in_memory, language)

        bridge.call(work, self._show_skipped, self._show_error)

    def _show_skipped(self, lines: list[SkippedLine]) -> None:
        panel = SkippedPanel(lines)
        panel.closed.connect(self.close_skipped)
        self.set_state_widget("skipped", panel)
        self.show_state("skipped")
        panel.view.setFocus()

    def close_skipped(self) -> None:
        """Go back to the check."""
        if self.context.service_call.is_running:
            self.enter()
        else:
            self.show_state("waiting")
            self._read()
