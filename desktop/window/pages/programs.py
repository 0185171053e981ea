"""The Activity page, view "Programs": what runs and ran, who started whom, and the story of one program.

Before this on the path: the navigator. After it: a look at the programs, a recording that is read, a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.window.page import GAP, PageContext
from desktop.window.pages.found import join_facts
from desktop.window.pages.look_page import LookPage
from desktop.window.pages.program_facts import (
    ProgramFacts,
    ProgramWish,
    ShownProgram,
    StoryFacts,
    arrange,
    read_programs,
    read_story,
    turned,
)
from desktop.window.pages.program_parts import ProgramsCard, ProgramToolbar
from desktop.window.pages.program_story import StoryView
from desktop.window.pages.program_words import ProgramWords
from desktop.window.pages.run_words import PROGRAM_SCOPES, are_captures
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.programs_view import ProgramLine
from desktop.window.widgets.state import StatePanel

SEARCH_AFTER_MS = 150
"""Pause after the last key before the list is filtered."""
ABOVE_LIST_PX = 310
"""What stands above and below the rows at 100 %."""


class ProgramsPage(LookPage):
    """What runs on this computer, or ran in a recording."""

    scopes = PROGRAM_SCOPES
    view_name = "programs"

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.wish = ProgramWish()
        self.facts: ProgramFacts | None = None
        self.story: StoryView | None = None
        self._row_words = ProgramWords(context.locale, is_recording=False)
        self._way: list[str] = []
        self._is_visit = False
        self.set_heading(self.tr("Activity"), self._say_what())
        self.back = LinkButton(self.tr("Back"), "arrow-left")
        self.back.clicked.connect(context.navigator.go_back)
        self.back.hide()
        self.head_row.insertWidget(0, self.back)
        self._build_full()
        self._later = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._later.timeout.connect(self._show_rows)

    def _say_what(self) -> str:
        return self.tr("What runs, who started it, what it uses.")

    def _build_full(self) -> None:
        navigator = self.context.navigator
        self.toolbar, self.list = ProgramToolbar(), ProgramsCard(self._word)
        self.note = PlainLabel("", "small")
        self.toolbar.source_chosen.connect(lambda source: self._want(source=source))
        self.toolbar.look_asked.connect(navigator.look_at_programs)
        self.toolbar.open_asked.connect(navigator.choose_recordings)
        self.list.order_chosen.connect(lambda order: self._want(order=order))
        self.list.ended_asked.connect(lambda wanted: self._want(with_ended=wanted))
        self.list.found_asked.connect(lambda wanted: self._want(only_found=wanted))
        self.list.searched.connect(self._search)
        self.list.view.opened.connect(self.open_story)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(GAP - 2))
        for widget in (self.toolbar, self.result, self.list, self.note):
            column.addWidget(widget)
        self.set_state_widget("full", holder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list the room there is."""
        super().resizeEvent(event)
        self.list.view.set_room(self.height() - current_theme().px(ABOVE_LIST_PX))

    def memory(self) -> dict[str, Any]:
        """Keep what a person wants to see when the page is built anew."""
        return super().memory() | {"programs": self.wish, "way": tuple(self._way), "visit": self._is_visit}

    def remember(self, memory: dict[str, Any]) -> None:
        """Take it over."""
        super().remember(memory)
        if isinstance(wish := memory.get("programs"), ProgramWish):
            self.wish = wish
            self.list.show_wish(wish)
            self._way, self._is_visit = list(memory.get("way", ())), bool(memory.get("visit"))
            self._read()

    # Reading

    def show_program(self, source: str, key: str) -> None:
        """Be about one program: somebody came here for its story."""
        self.wish = turned(self.wish, source=source)
        self._way, self._is_visit = [key], True

    def start_over(self) -> None:
        """Show the list, not the story that somebody read last."""
        self._way, self._is_visit = [], False

    def _change_view(self, name: str) -> None:
        super()._change_view(name)
        if name == self.view_name and self._way:
            self.start_over()
            self._read()

    def _want(self, **changes: Any) -> None:
        """Show something else; only another source is read anew."""
        self.wish = turned(self.wish, **changes)
        self.list.show_wish(self.wish)
        if "source" in changes:
            self._read()
        else:
            self._show_rows()

    def _search(self, needle: str) -> None:
        self.wish = turned(self.wish, needle=needle)
        self._later.start()

    def focus_search(self) -> None:
        """Stand in the search field."""
        self.list.search.setFocus()

    def _read(self) -> None:
        source, language = self.wish.source, self.context.language
        call = self.context.service_call.call
        call(lambda service: read_programs(service, source), self._show_facts, self._show_error)
        if self._way:
            key = self._way[-1]
            call(lambda service: read_story(service, source, key, language), self._show_story, self._show_error)

    def _show_facts(self, facts: ProgramFacts) -> None:
        if facts.source_asked != self.wish.source:
            return  # an answer to an older question
        self.facts = facts
        if self._is_running or self._way or self.state == "skipped":
            return
        view = facts.view
        if view.source is None:
            self._show_empty()
            return
        words = self._words_of(facts)
        what = words.source(view.source) if self._is_recording else facts.computer
        self.set_heading(self.tr("Activity"), join_facts(what, self._say_what()))
        self.toolbar.show_sources(view.sources, view.source, words)
        self._show_rows()
        self.note.set_text(" ".join(s for s in (words.coverage(view.coverage), words.left_out(view.left_out)) if s))
        self.show_state("full")

    @property
    def _is_recording(self) -> bool:
        source = self.facts.view.source if self.facts else None
        return source is not None and source.how == "recording"

    def _words_of(self, facts: ProgramFacts) -> ProgramWords:
        source = facts.view.source
        return ProgramWords(self.context.locale, is_recording=source is not None and source.how == "recording")

    def _show_rows(self) -> None:
        if self.facts is not None:
            self._row_words = self._words_of(self.facts)
            rows = arrange(self.facts.programs, self.wish, is_recording=self._is_recording)
            self.list.show_programs(rows, self.facts, self._row_words, is_recording=self._is_recording)

    def _word(self, shown: ShownProgram) -> ProgramLine:
        return self._row_words.line(shown)

    def _show_empty(self) -> None:
        self.set_heading(self.tr("Activity"))
        text = self.tr("A look takes a few seconds and changes nothing. You can keep working.")
        panel = StatePanel("empty", self.tr("No look at the programs yet"), text, self.tr("Look at the programs now"))
        panel.acted.connect(self.context.navigator.look_at_programs)
        panel.add_link(self.tr("Open a recording"), "file-input", self.context.navigator.choose_recordings)
        self.set_state_widget("empty", panel)
        self.show_state("empty")

    # A story

    def open_story(self, key: str) -> None:
        """Show the story of one program; Esc comes back here."""
        self._way.append(key)
        self._read_story()

    def _read_story(self) -> None:
        source, language, key = self.wish.source, self.context.language, self._way[-1]
        self.context.service_call.call(
            lambda service: read_story(service, source, key, language), self._show_story, self._show_error
        )

    def _show_story(self, facts: StoryFacts) -> None:
        if not self._way or facts.key != self._way[-1] or self._is_running:
            return
        if facts.story is None:
            self._show_gone()
            return
        is_recording = facts.source is not None and facts.source.how == "recording"
        words = ProgramWords(self.context.locale, is_recording=is_recording)
        self.set_heading(words.title(facts.story.row))
        self.story = StoryView(facts, words, words.source(facts.source) if is_recording else "")
        self.story.program_asked.connect(self.open_story)
        self.story.finding_asked.connect(self.context.navigator.open_finding)
        self.set_state_widget("story", self.story)
        self.show_state("story")
        QTimer.singleShot(0, self.back, self.back.setFocus)

    def _bring_forward(self) -> None:
        """Show the state; in a story its own card is the heading, and the way back stands above."""
        super()._bring_forward()
        self.heading.setVisible(self.state != "story")
        self.back.setVisible(self.state == "story")

    def _show_gone(self) -> None:
        gone = StatePanel(
            "empty",
            self.tr("This program is not kept any more"),
            self.tr("Programs are kept for 30 days. What we found about it is still in the findings."),
            self.tr("Back"),
            icon="file-question-mark",
        )
        gone.acted.connect(self.context.navigator.go_back)
        self.set_state_widget("story", gone)
        self.show_state("story")

    def toggle_details(self) -> None:
        """Unfold or fold the technical details (Ctrl+D)."""
        if self.story is not None and self.state == "story":
            self.story.technical.toggle()

    def go_back_inside(self) -> bool:
        """Go back from what was left out, or one step in the family; out of it only where somebody came for it."""
        if super().go_back_inside():
            return True
        key = self._way.pop() if self._way else ""
        if self._way:
            self._read_story()
            return True
        if not key or self._is_visit:
            self._is_visit = False
            return False
        self._read()
        QTimer.singleShot(0, self.list.view, lambda: self._stand_on(key))
        return True

    def _stand_on(self, key: str) -> None:
        self.list.view.choose(key)
        self.list.view.setFocus()

    # Looks

    def _look_ended(self, source: str) -> None:
        self._way, self._is_visit = [], False
        self.wish = turned(self.wish, source=source)
        self.list.show_wish(self.wish)

    def _again(self, scope: str, inputs: Sequence[str]) -> None:
        navigator = self.context.navigator
        if scope == "recordings":
            navigator.check_recordings(inputs)
        else:
            navigator.look_at_programs()

    def _take_dropped(self, paths: list[str]) -> None:
        navigator = self.context.navigator
        (navigator.check_captures if are_captures(paths) else navigator.check_recordings)(paths)
