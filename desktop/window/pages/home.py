"""The first page: one sentence on the state of this computer and one obvious next step.

Before this on the path: the store, read by the service. After it: a finding, a check, or a quiet mind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.service.events import Progress
from desktop.service.home import HomeState
from desktop.service.learning.drift_words import light_words
from desktop.service.learning.views import Light
from desktop.window import present, say
from desktop.window.page import GAP, Page, PageContext
from desktop.window.pages.errors import error_panel
from desktop.window.pages.finding_parts import summary_words
from desktop.window.pages.found import explain_each, join_facts
from desktop.window.pages.home_parts import (
    ActHero,
    Areas,
    DriftLine,
    FoundCard,
    Hero,
    HomeFacts,
    PleaseDoNotCard,
    WeekCard,
)
from desktop.window.pages.models_facts import USUAL
from desktop.window.pages.run_words import page_of, say_doing, say_progress, say_start
from desktop.window.pages.turns import add_in_turns
from desktop.window.theme import current_theme
from desktop.window.widgets.button import OutlineButton, PrimaryButton
from desktop.window.widgets.card import Columns
from desktop.window.widgets.drop_area import DropArea
from desktop.window.widgets.state import StatePanel
from detectors.contract.finding import Level, Severity

if TYPE_CHECKING:
    from desktop.service.service import Service

ROWS, RUNS = 3, 2
NOON, EVENING, NIGHT = 12, 18, 5
MAIN_SHARE, SIDE_SHARE = 13, 5


def read_home(service: Service, language: str) -> HomeFacts:
    """Read everything the page shows; runs in the answering thread."""
    state = service.home()
    least = {"act": Severity.HIGH, "look": Severity.MEDIUM}.get(state.level)
    serious = service.findings(state="open", min_severity=least, limit=ROWS) if least else []
    serious.sort(key=lambda kept: kept.finding.severity, reverse=True)
    listed = {kept.finding.id: kept for kept in (*serious, *state.newest)}
    chosen = sorted(list(listed.values())[:ROWS], key=lambda kept: kept.finding.severity, reverse=True)
    found = explain_each(service, chosen, language)
    runs = [run for run in service.runs(limit=2 * RUNS) if run.ended_at is not None][:RUNS]
    computer = service.settings.text("computer_name")
    top = found[0] if serious and found else None
    return HomeFacts(state, top, found, runs, computer, _drift_words(service, state, language))


def _drift_words(service: Service, state: HomeState, language: str) -> str:
    """Say that this computer's work is no longer what was learned; empty: it is, or nobody can tell."""
    if state.drift is None or state.drift.light not in (Light.CHANGED, Light.VERY_DIFFERENT):
        return ""
    return light_words(state.drift, service.texts, language)


class HomePage(Page):
    """What a person sees first."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._facts: HomeFacts | None = None
        self._was_running = False
        self.hero: Hero | ActHero | None = None
        self.set_state_widget("running", StatePanel("running", self.tr("One moment"), self.tr("We look it up.")))
        self._say_greeting("")
        bridge = context.service_call
        bridge.progressed.connect(self._show_progress)
        bridge.started.connect(self._read_again)
        bridge.finished.connect(self._read_again)
        bridge.failed.connect(self._end_with)

    def enter(self) -> None:
        """Read the state of this computer."""
        language = self.context.language
        self.context.service_call.call(lambda service: read_home(service, language), self._show_facts, self._show_error)

    def _read_again(self, _event: object) -> None:
        if self.isVisible():
            self.enter()

    def _end_with(self, error: Exception) -> None:
        """Read again when the check has failed; a question that failed is no reason to ask more."""
        if error is self.context.service_call.run.error:
            self._read_again(error)

    def _show_error(self, error: Exception) -> None:
        self.set_state_widget("error", error_panel(self, error, self.enter))
        self.show_state("error")

    def _say_greeting(self, computer: str) -> None:
        now = present.now()
        if NIGHT <= now.hour < NOON:
            greeting = self.tr("Good morning")
        elif NOON <= now.hour < EVENING:
            greeting = self.tr("Good afternoon")
        else:
            greeting = self.tr("Good evening")
        self.set_heading(greeting, join_facts(computer, say.day(self.context.locale, now)))

    def _show_facts(self, facts: HomeFacts) -> None:
        self._say_greeting(facts.computer)
        is_running = self.context.service_call.is_running
        if (facts, is_running) == (self._facts, self._was_running) and self.state != "error":
            return
        self._facts, self._was_running = facts, is_running
        state = "running" if is_running else "empty" if facts.state.level == "never" else "full"
        self.set_state_widget(state, self._build(facts, is_running=is_running))
        self.show_state(state)
        if is_running and (progress := self.context.service_call.run.progress):
            self._show_progress(progress)

    def _show_progress(self, progress: Progress) -> None:
        if isinstance(self.hero, Hero) and self.hero.property("isRunning") and self.isVisible():
            self.hero.text.set_text(say_progress(self.context.locale, progress))

    def _build(self, facts: HomeFacts, *, is_running: bool) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(GAP))
        is_act = facts.state.level == "act" and facts.top is not None
        self.hero = hero = self._act_hero(facts) if is_act else self._hero(facts, is_running=is_running)
        add_in_turns(
            column,
            (
                lambda: hero,
                lambda: self._areas(facts),
                *([lambda: self._drift_line(facts)] if facts.drift else []),
                lambda: self._lists(facts, is_act=is_act),
                lambda: WeekCard(facts.state, self.context.locale),
            ),
        )
        return holder

    def _drift_line(self, facts: HomeFacts) -> DriftLine:
        drift_line = DriftLine(facts.drift)
        drift_line.button.clicked.connect(lambda: self.context.navigator.open_model(USUAL))
        return drift_line

    def _areas(self, facts: HomeFacts) -> Areas:
        areas = Areas()
        areas.show_states(facts.state.areas, self.context.locale, has_ended=facts.state.last_run is not None)
        return areas

    def _lists(self, facts: HomeFacts, *, is_act: bool) -> Columns:
        found = FoundCard(facts, self.context.locale)
        found.finding_opened.connect(self.context.navigator.open_finding)
        found.all_asked.connect(lambda: self.context.navigator.open_page("findings"))
        found.check_asked.connect(lambda: self.context.navigator.open_page("check"))
        columns = Columns()
        columns.add(found, MAIN_SHARE)
        columns.add(PleaseDoNotCard() if is_act else self._drop_area(), SIDE_SHARE)
        return columns

    def _drop_area(self) -> DropArea:
        area = DropArea()
        area.files_dropped.connect(self.context.navigator.check_paths)
        area.choose.connect(self.context.navigator.choose_files)
        return area

    def _act_hero(self, facts: HomeFacts) -> ActHero:
        assert facts.top is not None  # noqa: S101 - told by the caller, for the type checker
        copy = OutlineButton(summary_words(facts.state.helper), "copy")
        copy.clicked.connect(self.copy_summary)
        return ActHero(facts.top, self.context.locale, facts.computer, self._show_button(facts), copy)

    def _hero(self, facts: HomeFacts, *, is_running: bool) -> Hero:
        state = facts.state
        if is_running:
            show = OutlineButton(self.tr("Show the check"), "scan-search")
            run = self.context.service_call.run
            show.clicked.connect(lambda: self.context.navigator.open_page(page_of(run.scope)))
            hero = Hero("checking", say_doing(run), say_start(run.scope), show)
            hero.setProperty("isRunning", True)
            return hero
        if state.level == "never":
            text = self.tr("The first check takes a few minutes. You can keep working.")
            return Hero("never", self.tr("No check yet"), text, self._check_button(self.tr("Start the first check")))
        note = ""
        if state.last_run is not None:
            when = say.when(self.context.locale, state.last_run.started_at)
            note = self.tr("Last check {when}.").replace("{when}", when)
        if facts.top is not None:
            again = OutlineButton(self.tr("Check again"), "scan-search")
            again.clicked.connect(lambda: self.context.navigator.start_check("quick"))
            title = self.tr("%n thing(s) to check today", "", state.open_by_level[Level.CHECK_TODAY])
            return Hero("look", title, self._say_checked(state), self._show_button(facts), again, note=note)
        has_gap = state.level == "gap" or any(area.mark in {"not_yet", "never"} for area in state.areas.values())
        title = self.tr("Calm, but not everything was looked at") if has_gap else self.tr("All calm")
        mark = "gap" if has_gap else "calm"
        return Hero(
            mark, title, self._say_checked(state), self._check_button(self.tr("Check again"), "scan-search"), note=note
        )

    def _show_button(self, facts: HomeFacts) -> PrimaryButton:
        button = PrimaryButton(self.tr("Show me what to do"))
        finding_id = facts.top.finding.id if facts.top else ""
        button.clicked.connect(lambda: self.context.navigator.open_finding(finding_id))
        return button

    def _check_button(self, text: str, icon: str | None = None) -> PrimaryButton:
        button = PrimaryButton(text, icon)
        button.clicked.connect(lambda: self.context.navigator.start_check("quick"))
        return button

    def _say_checked(self, state: HomeState) -> str:
        """Say what was looked at and, as clearly, what was not."""
        files = state.areas["files"]
        flows, programs = state.areas["network"].figure, state.areas["programs"].figure
        to_know = state.open_by_level[Level.GOOD_TO_KNOW]
        is_clean = not state.open_by_level[Level.CHECK_TODAY] and not state.open_by_level[Level.ACT_NOW]
        checked = self.tr("We checked %Ln file(s).", "", files.figure)
        return " ".join(
            part
            for part in (
                self.tr("And %n good to know.", "", to_know) if to_know and not is_clean else "",
                checked if files.figure else "",
                self.tr("%Ln running program(s) were looked at.", "", programs) if programs else "",
                self.tr("%Ln connection(s) of this computer were watched.", "", flows) if flows else "",
                self.tr("Nothing in them looks out of place.") if is_clean and files.figure and not to_know else "",
                self.tr("%n thing(s) good to know.", "", to_know) if to_know and is_clean else "",
                self._say_not_yet(state),
                self.tr("%Ln file(s) could not be looked at in full.", "", files.skipped) if files.skipped else "",
                self.tr("The last check was stopped before its end.") if _was_stopped(state) else "",
            )
            if part
        )

    def _say_not_yet(self, state: HomeState) -> str:
        missing = {area for area, of in state.areas.items() if of.mark in {"not_yet", "never"}}
        if {"programs", "network"} <= missing:
            return self.tr("Your programs and your network were not looked at yet.")
        if "programs" in missing:
            return self.tr("Your programs were not looked at yet.")
        return self.tr("Your network was not looked at yet.") if "network" in missing else ""

    def copy_summary(self) -> None:
        """Put a summary of the most serious finding on the clipboard (Ctrl+Shift+C)."""
        if self._facts is None or self._facts.top is None:
            return
        finding_id, language = self._facts.top.finding.id, self.context.language
        self.context.service_call.call(
            lambda service: service.summary_for_helper([finding_id], language), self._take_summary, self._show_error
        )

    def _take_summary(self, summary: str) -> None:
        QGuiApplication.clipboard().setText(summary)
        self.context.navigator.say(self.tr("The summary is copied. Paste it into a mail to your helper."))


def _was_stopped(state: HomeState) -> bool:
    return state.last_run is not None and state.last_run.stopped
