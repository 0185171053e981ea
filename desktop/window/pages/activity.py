"""The Activity page: programs and network over time, program first, address second.

Before this on the path: the navigator. After it: a finding, a look at the network, or a recording that is read.
The page reads sums from the service and draws them; a look that is going on is shown here as a check is on its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.service.talkers import Talker, talkers_in
from desktop.window import say
from desktop.window.page import GAP, Page, PageContext
from desktop.window.pages.activity_details import DetailsCard
from desktop.window.pages.activity_facts import ActivityFacts, Wish, read_activity
from desktop.window.pages.activity_parts import TalkersCard, TimelineCard, Toolbar, say_ages
from desktop.window.pages.activity_running import NetworkRunView, ResultBar, say_few_rights
from desktop.window.pages.activity_words import ActivityWords
from desktop.window.pages.check import word_skipped
from desktop.window.pages.check_cards import LiveFoundCard
from desktop.window.pages.check_skipped import SkippedPanel
from desktop.window.pages.errors import error_panel
from desktop.window.pages.found import join_facts
from desktop.window.pages.live_words import LiveWords
from desktop.window.pages.run_words import NETWORK_SCOPES, name_scope
from desktop.window.theme import current_theme
from desktop.window.widgets.card import Columns
from desktop.window.widgets.field import Segments
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.shapes import mark_of
from desktop.window.widgets.skipped_table import SkippedLine
from desktop.window.widgets.state import StatePanel
from detectors.contract.finding import level_of

if TYPE_CHECKING:
    from desktop.service.service import Service

MAIN_SHARE, SIDE_SHARE = 16, 7
SHOW_EVERY_MS = 250
"""The page is drawn again at most this often while a look goes on."""
PICK_AFTER_MS = 120
"""Pause after the last move in the picture before the list follows."""


class ActivityPage(Page):
    """Who talks to whom, on this computer or in a recording."""

    top_px = 22

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.wish = Wish()
        self.facts: ActivityFacts | None = None
        self.running: NetworkRunView | None = None
        self._picked: tuple[int, int] | None = None
        self._question = 0
        self.setAcceptDrops(True)
        self._build_head()
        self._build_full()
        waiting = StatePanel("running", self.tr("One moment"), self.tr("We look it up."))
        self.set_state_widget("waiting", waiting)
        self.show_state("waiting")
        self._soon = QTimer(self, singleShot=True, interval=SHOW_EVERY_MS)
        self._soon.timeout.connect(self._show_run)
        self._later = QTimer(self, singleShot=True, interval=PICK_AFTER_MS)
        self._later.timeout.connect(self._ask_talkers)
        self._words = LiveWords(context, self._live_card)
        self._connect(context)

    def _connect(self, context: PageContext) -> None:
        bridge = context.service_call
        for signal in (bridge.progressed, bridge.found, bridge.skipped):
            signal.connect(self._show_soon)
        for signal in (bridge.started, bridge.restarted, bridge.paused):
            signal.connect(self._show_run_now)
        bridge.finished.connect(self._end)
        bridge.failed.connect(self._fail)

    # Building

    def _build_head(self) -> None:
        self.set_heading(self.tr("Activity"), self.tr("Program first, address second."))
        spans = (
            ("hour", self.tr("Last hour")),
            ("today", self.tr("Today")),
            ("week", self.tr("7 days")),
            ("month", self.tr("30 days")),
        )
        self.spans = Segments(self.tr("Time"), spans, self.wish.span)
        self.spans.chosen.connect(lambda span: self._want(span=span))
        self.head_row.addWidget(self.spans)
        self.spans.hide()

    def _build_full(self) -> None:
        navigator = self.context.navigator
        self.toolbar, self.result = Toolbar(), ResultBar()
        self.timeline_card, self.talkers = TimelineCard(), TalkersCard(self.wish.grouping)
        self.details = DetailsCard()
        self.note = PlainLabel("", "small")
        self.toolbar.source_chosen.connect(lambda source: self._want(source=source))
        self.toolbar.look_asked.connect(navigator.look_at_network)
        self.toolbar.open_asked.connect(navigator.choose_captures)
        self.toolbar.listen_asked.connect(navigator.listen)
        self.result.findings_asked.connect(self._open_found)
        self.result.skipped_asked.connect(self.show_skipped)
        self.timeline_card.timeline.picked.connect(self._pick)
        self.talkers.grouping_chosen.connect(lambda grouping: self._want(grouping=grouping))
        self.talkers.chosen.connect(self._show_details)
        self.details.finding_asked.connect(navigator.open_finding)
        columns = Columns(760)
        columns.add(self.talkers, MAIN_SHARE)
        columns.add(self.details, SIDE_SHARE)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(GAP - 2))
        for widget in (self.toolbar, self.result, self.timeline_card, columns, self.note):
            column.addWidget(widget)
        self.set_state_widget("full", holder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the choice of time below the heading when there is too little room beside it."""
        super().resizeEvent(event)
        side, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.head_row.setDirection(below if self.is_narrow else side)

    # Reading

    def enter(self) -> None:
        """Show the look that goes on, or read what is kept."""
        if self._is_running:
            self._build_running()
        self._read()

    @property
    def _is_running(self) -> bool:
        bridge = self.context.service_call
        return bridge.is_running and bridge.run.scope in NETWORK_SCOPES

    def memory(self) -> dict[str, Any]:
        """Keep what a person wants to see when the page is built anew."""
        return super().memory() | {"wish": self.wish}

    def remember(self, memory: dict[str, Any]) -> None:
        """Take it over."""
        super().remember(memory)
        if isinstance(wish := memory.get("wish"), Wish) and wish != self.wish:
            self._want(source=wish.source, span=wish.span, grouping=wish.grouping)

    def _want(self, **changes: Any) -> None:
        """Show something else; what was picked before means nothing there."""
        if set(changes) - {"grouping"}:
            self._picked = None
        self.wish = replace(self.wish, **changes)
        self.spans.set_current(self.wish.span)
        self._read()

    def _read(self) -> None:
        wish, language, now = self.wish, self.context.language, datetime.now().astimezone()
        self.context.service_call.call(
            lambda service: read_activity(service, wish, language, now), self._show_facts, self._show_error
        )

    def _show_error(self, error: Exception) -> None:
        self.spans.hide()
        self.set_state_widget("error", error_panel(self, error, self.enter))
        self.show_state("error")

    def _show_facts(self, facts: ActivityFacts) -> None:
        if facts.wish != self.wish:
            return  # an answer to an older question
        self.facts = facts
        if self._is_running or self.state == "skipped":
            return
        source = facts.picture.view.source
        self.spans.setVisible(source is not None and not source.name)
        if source is None:
            self._show_empty(facts)
            return
        words = self._words_for(facts)
        here = join_facts(facts.computer, self.tr("Program first, address second."))
        self.set_heading(self.tr("Activity"), self._say_recording(facts) if source.name else here)
        self.toolbar.show_facts(facts, words)
        self.timeline_card.show_facts(facts, words, self._picked)
        if self._picked is None:
            self._show_talkers(facts.talkers)
        else:
            self._ask_talkers()
        rights = "" if facts.can_capture or source.name else say_few_rights()
        notes = (rights, words.left_out(facts.picture.view.left_out), say_ages(facts, words))
        self.note.set_text(" ".join(note for note in notes if note))
        self.show_state("full")

    def _say_recording(self, facts: ActivityFacts) -> str:
        source = facts.picture.view.source
        if source is None:
            return ""
        words = self._words_for(facts)
        return join_facts(words.source(source), words.from_to(source.first, source.last + 60))

    def _words_for(self, facts: ActivityFacts) -> ActivityWords:
        return ActivityWords(self.context.locale, facts.countries, has_bytes=facts.picture.has_bytes)

    def _show_empty(self, facts: ActivityFacts) -> None:
        self.set_heading(self.tr("Activity"))
        text = self.tr("A look takes half a minute and changes nothing. You can keep working.")
        if not facts.can_capture:
            text = f"{text} {say_few_rights()}"
        panel = StatePanel("empty", self.tr("No look at the network yet"), text, self.tr("Look at the network now"))
        panel.acted.connect(self.context.navigator.look_at_network)
        panel.add_link(self.tr("Open a recording"), "file-input", self.context.navigator.choose_captures)
        self.set_state_widget("empty", panel)
        self.show_state("empty")

    # Picking

    def _pick(self, first: int, last: int) -> None:
        self._picked = (first, last) if first >= 0 else None
        self._later.start()

    def _ask_talkers(self) -> None:
        """Sum up who was active in the picked time, away from this thread."""
        facts, picked = self.facts, self._picked
        if facts is None:
            return
        self.timeline_card.say_picked(facts, self._words_for(facts), picked)
        self._question += 1
        number, grouping = self._question, self.wish.grouping
        before = facts.before if picked is None else None

        def work(_service: Service) -> tuple[int, Sequence[Talker]]:
            return number, talkers_in(facts.picture, grouping, picked, before)

        self.context.service_call.call(work, self._take_talkers, self._show_error)

    def _take_talkers(self, answer: tuple[int, Sequence[Talker]]) -> None:
        if answer[0] == self._question:
            self._show_talkers(answer[1])

    def _show_talkers(self, talkers: Sequence[Talker]) -> None:
        if self.facts is not None:
            words = self._words_for(self.facts)
            self.details.setVisible(bool(talkers))
            self.talkers.show_talkers(talkers, words, has_programs=self.facts.picture.has_programs)

    def _show_details(self, talker: Talker) -> None:
        if self.facts is not None:
            self.details.show_talker(talker, self._words_for(self.facts))

    # While a look goes on

    def _build_running(self) -> None:
        bridge, navigator = self.context.service_call, self.context.navigator
        self.running = NetworkRunView(self.context.locale)
        self.running.progress.pause_asked.connect(lambda wanted: (bridge.pause if wanted else bridge.resume)())
        self.running.progress.stop_asked.connect(bridge.stop)
        self.running.found.opened.connect(navigator.open_finding)
        self.running.found.all_asked.connect(lambda: navigator.open_page("findings"))
        self.running.skipped.list_asked.connect(self.show_skipped)
        self.running.restarted.list_asked.connect(self.show_skipped)
        self.set_state_widget("running", self.running)
        self.spans.hide()
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
        if run.scope not in NETWORK_SCOPES:
            return
        self._soon.stop()
        self.running = None
        severities = [seen.finding.severity for seen in run.found]
        calm = "gap" if run.skipped_by_reason or (run.summary and run.summary.stopped) else "calm"
        self.result.show_end(run, mark_of(level_of(max(severities))) if severities else calm)
        self._picked = None
        self.wish = replace(self.wish, source=run.folders[0] if run.scope == "captures" else "")
        if self.isVisible():
            self._read()

    def _fail(self, error: Exception) -> None:
        run = self.context.service_call.run
        if error is not run.error or run.scope not in NETWORK_SCOPES:
            return  # a question somewhere went wrong, or another check
        self._soon.stop()
        self.running = None
        if self.isVisible():
            title, act = self.tr("{what} could not go on"), self.tr("Try again")
            title = title.replace("{what}", name_scope(run.scope))
            self.set_state_widget("error", error_panel(self, error, self._start_again, title, act))
            self.show_state("error")

    def _start_again(self) -> None:
        run, navigator = self.context.service_call.run, self.context.navigator
        if run.scope == "captures":
            navigator.check_captures(run.folders)
        elif run.scope == "live":
            navigator.listen(run.folders[0])
        else:
            navigator.look_at_network()

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
            self.context.navigator.check_captures(paths)
