"""The Activity page, view "Network": programs and network over time, program first, address second.

Before this on the path: the navigator. After it: a finding, a look at the network, or a recording that is read.
The page reads sums from the service and draws them; a look that is going on is shown here as a check is on its page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.service.talkers import Talker, talkers_in
from desktop.window import present
from desktop.window.page import GAP, PageContext
from desktop.window.pages.activity_details import DetailsCard
from desktop.window.pages.activity_facts import ActivityFacts, Wish, read_activity
from desktop.window.pages.activity_parts import TalkersCard, TimelineCard, Toolbar, say_ages
from desktop.window.pages.activity_running import say_few_rights
from desktop.window.pages.activity_words import ActivityWords
from desktop.window.pages.found import join_facts
from desktop.window.pages.look_page import LookPage
from desktop.window.pages.run_words import NETWORK_SCOPES, are_recordings
from desktop.window.theme import current_theme
from desktop.window.widgets.card import Columns
from desktop.window.widgets.field import Segments
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.state import StatePanel

if TYPE_CHECKING:
    from desktop.service.service import Service

MAIN_SHARE, SIDE_SHARE = 16, 7
PICK_AFTER_MS = 120
"""Pause after the last move in the picture before the list follows."""


class ActivityPage(LookPage):
    """Who talks to whom, on this computer or in a recording."""

    scopes = NETWORK_SCOPES
    view_name = "activity"

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.wish = Wish()
        self.facts: ActivityFacts | None = None
        self._picked: tuple[int, int] | None = None
        self._question = 0
        self._build_head()
        self._build_full()
        self._later = QTimer(self, singleShot=True, interval=PICK_AFTER_MS)
        self._later.timeout.connect(self._ask_talkers)

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
        self.toolbar = Toolbar()
        self.timeline_card, self.talkers = TimelineCard(), TalkersCard(self.wish.grouping)
        self.details = DetailsCard()
        self.note = PlainLabel("", "small")
        self.toolbar.source_chosen.connect(lambda source: self._want(source=source))
        self.toolbar.look_asked.connect(navigator.look_at_network)
        self.toolbar.open_asked.connect(navigator.choose_captures)
        self.toolbar.listen_asked.connect(navigator.listen)
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

    # Reading

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
        wish, language, now = self.wish, self.context.language, present.now()
        self.context.service_call.call(
            lambda service: read_activity(service, wish, language, now), self._show_facts, self._show_error
        )

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

    # Looks

    def _look_ended(self, source: str) -> None:
        self._picked = None
        self.wish = replace(self.wish, source=source)

    def _hide_choices(self) -> None:
        self.spans.hide()

    def _again(self, scope: str, inputs: Sequence[str]) -> None:
        navigator = self.context.navigator
        if scope == "captures":
            navigator.check_captures(inputs)
        elif scope == "live":
            navigator.listen(inputs[0])
        else:
            navigator.look_at_network()

    def _take_dropped(self, paths: list[str]) -> None:
        navigator = self.context.navigator
        (navigator.check_recordings if are_recordings(paths) else navigator.check_captures)(paths)
