"""All findings, by day: filter, search, open one, or answer for many at once.

Before this on the path: the kept findings, read and worded in the answering thread. After it: the page of one finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QGuiApplication

from desktop.service.contacts import Helper
from desktop.service.keeping.kept import KeptFinding
from desktop.window import present, say
from desktop.window.page import Page, PageContext
from desktop.window.pages.errors import error_panel
from desktop.window.pages.findings_parts import FindingsList
from desktop.window.pages.found import area_of, join_facts, place_of, tell_headlines
from desktop.window.widgets.findings_table import FindingLine, FindingsFilter, GroupLine, order_lines
from desktop.window.widgets.label import one_line
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.shapes import mark_of
from desktop.window.widgets.state import StatePanel
from detectors.contract.finding import Finding, Level

if TYPE_CHECKING:
    from desktop.service.service import Service

READ_AGAIN_MS = 3_000
"""While a check runs, the list is read again at most this often."""


@dataclass(frozen=True, slots=True)
class ListFacts:
    """Everything the list shows, read in one go."""

    lines: Sequence[FindingLine]
    """All findings, in the order of the list."""
    helper: Helper | None
    """Whom this office calls."""
    has_checked: bool
    """True when at least one check has ended."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """What came of an answer for many."""

    journal_ids: tuple[int, ...]
    days: int
    summary: str


@dataclass(frozen=True, slots=True)
class _Wording:
    """What words need; plain values, so that they can be used away from the GUI thread."""

    locale: QLocale
    now: datetime
    level_words: dict[Level, str]


def read_list(service: Service, language: str, wording: _Wording) -> ListFacts:
    """Read and word all findings; runs in the answering thread."""
    kept = service.findings(state="all")
    lines = order_lines(_line_of(one, headline, wording) for one, headline in tell_headlines(service, kept, language))
    return ListFacts(lines, service.helper(), service.last_run() is not None)


def _line_of(kept: KeptFinding, headline: str, wording: _Wording) -> FindingLine:
    finding, at = kept.finding, kept.first_kept_at
    name = one_line(say.file_name(finding.subject.name))
    rest = one_line(join_facts(place_of(finding), say.when(wording.locale, at, wording.now)))
    headline = one_line(headline)
    return FindingLine(
        id=finding.id,
        level=finding.level,
        reason=finding.reason,
        headline=headline,
        name=name,
        rest=rest,
        sentence=f"{wording.level_words[finding.level]}: {headline}, {join_facts(name, rest)}",
        at=at,
        day=at.astimezone(wording.now.tzinfo).date(),
        area=area_of(finding.subject),
        is_open=kept.state == "open",
        is_worried=kept.judgement == "worried",
        needle=f"{headline} {finding.subject.name} {_other_side(finding)} {rest} {finding.reason}".casefold(),
    )


def _other_side(finding: Finding) -> str:
    """Name the other end of a finding about a computer, so that a search for it finds it."""
    return next((str(one.observed) for one in finding.evidence if one.name == "other_side"), "")


class FindingsPage(Page):
    """The list of findings."""

    scrolls = False

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.set_heading(self.tr("Findings"))
        self._facts: ListFacts | None = None
        self.list = FindingsList(self._name_day, self.tr("You are still worried about"))
        self.head_row.addWidget(self.list.search)
        self.set_state_widget("full", self.list.area)
        self._build_other_states()
        self.show_state("running")
        self.list.view.opened.connect(context.navigator.open_finding)
        self.list.bar.fine_chosen.connect(self._say_fine)
        self.list.bar.worried_chosen.connect(self._say_worried)
        self.list.bar.copy_asked.connect(self.copy_summary)
        self._later = QTimer(self, singleShot=True, interval=READ_AGAIN_MS)
        self._later.timeout.connect(self.enter)
        bridge = context.service_call
        bridge.found.connect(self._read_later)
        bridge.started.connect(self._read_now)
        bridge.finished.connect(self._read_now)
        bridge.failed.connect(self._end_with)

    def _build_other_states(self) -> None:
        waiting = StatePanel(
            "running",
            self.tr("We are looking"),
            self.tr("Nothing found so far. Findings stand here as soon as there are any."),
        )
        self.set_state_widget("running", waiting)
        for state, title, text in (
            (
                "empty",
                self.tr("No check yet"),
                self.tr("What a check finds stands here. The first one takes a few minutes."),
            ),
            (
                "calm",
                self.tr("Nothing found"),
                self.tr("The checks so far found nothing. What they left out stands on the page Check."),
            ),
        ):
            panel = StatePanel("empty", title, text, self.tr("Start a quick check"))
            panel.acted.connect(lambda: self.context.navigator.start_check("quick"))
            self.set_state_widget(state, panel)

    def enter(self) -> None:
        """Read the findings."""
        words = LevelPill("act")
        wording = _Wording(
            self.context.locale,
            present.now(),
            {level: words.word_for(mark_of(level)) for level in Level},
        )
        words.deleteLater()
        language = self.context.language
        self.context.service_call.call(
            lambda service: read_list(service, language, wording), self._show_facts, self._show_error
        )

    def leave(self) -> None:
        """Stop reading again until the next visit."""
        self._later.stop()

    def memory(self) -> dict[str, Any]:
        """Keep the filter and the search when the page is built anew."""
        return super().memory() | {"filter": self.list.table.filter}

    def remember(self, memory: dict[str, Any]) -> None:
        """Take the filter and the search over."""
        super().remember(memory)
        if isinstance(wanted := memory.get("filter"), FindingsFilter):
            self.list.show_filter(wanted)

    def focus_search(self) -> None:
        """Go to the search field (Ctrl+F)."""
        self.list.search.setFocus()
        self.list.search.selectAll()

    def _read_now(self, _event: object) -> None:
        if self.isVisible():
            self.enter()

    def _end_with(self, error: Exception) -> None:
        """Read again when the check has failed; a question that failed is no reason to ask more."""
        if error is self.context.service_call.run.error:
            self._read_now(error)

    def _read_later(self, _batch: object) -> None:
        if self.isVisible() and not self._later.isActive():
            self._later.start()

    def _show_facts(self, facts: ListFacts) -> None:
        if self._facts is None or facts.lines != self._facts.lines:
            self.list.table.set_lines(facts.lines)
        self._facts = facts
        self.list.bar.show_helper(facts.helper)
        self.list.search.setVisible(bool(facts.lines))
        open_count = sum(line.is_open for line in facts.lines)
        open_words = self.tr("%Ln open", "", open_count)
        solved = len(facts.lines) - open_count
        solved_words = self.tr("%Ln solved", "", solved) if solved else ""
        counted = ", ".join(words for words in (open_words, solved_words) if words)
        self.set_heading(self.tr("Findings"), counted if facts.lines else "")
        if facts.lines:
            self.show_state("full")
        elif self.context.service_call.is_running:
            self.show_state("running")
        else:
            self.show_state("calm" if facts.has_checked else "empty")

    def _show_error(self, error: Exception) -> None:
        self.set_state_widget("error", error_panel(self, error, self.enter))
        self.show_state("error")

    def _name_day(self, day: date) -> GroupLine:
        today, locale = present.now().date(), self.context.locale
        written = say.full_date(locale, day)
        if day == today:
            return GroupLine(self.tr("Today"), written)
        return GroupLine(self.tr("Yesterday") if day == today - timedelta(days=1) else "", written)

    def copy_summary(self) -> None:
        """Put one summary of all selected findings on the clipboard (Ctrl+Shift+C)."""
        chosen, language = self._chosen(), self.context.language
        if chosen:
            self.context.service_call.call(
                lambda service: service.summary_for_helper(chosen, language), self._take_summary, self._show_error
            )

    def _chosen(self) -> list[str]:
        return [line.id for line in self.list.table.marked_lines()]

    def _take_summary(self, summary: str) -> None:
        QGuiApplication.clipboard().setText(summary)
        self.context.navigator.say(self.tr("The summary is copied. Paste it into a mail to your helper."))

    def _say_fine(self, days: int) -> None:
        chosen = self._chosen()

        def work(service: Service) -> _Answered:
            ids = tuple(service.judge(finding_id, "known", days=days or None) for finding_id in chosen)
            return _Answered(ids, days, "")

        self.context.service_call.call(work, self._thank, self._show_error)

    def _thank(self, answered: _Answered) -> None:
        if answered.days:
            text = self.tr("Thank you. We will stay quiet about these files for %n day(s).", "", answered.days)
        else:
            text = self.tr("Thank you. We will stay quiet about these files until they change.")
        self._tell(text, answered)

    def _say_worried(self) -> None:
        chosen, language = self._chosen(), self.context.language

        def work(service: Service) -> _Answered:
            ids = tuple(service.judge(finding_id, "worried") for finding_id in chosen)
            return _Answered(ids, 0, service.summary_for_helper(chosen, language))

        self.context.service_call.call(work, self._answer_worry, self._show_error)

    def _answer_worry(self, answered: _Answered) -> None:
        QGuiApplication.clipboard().setText(answered.summary)
        self._tell(self.tr("A summary is copied. Send it to your helper. These findings stay on top."), answered)

    def _tell(self, text: str, answered: _Answered) -> None:
        self.list.table.clear_marks()
        self.context.navigator.say(text, *answered.journal_ids)
        self.context.navigator.refresh()
        self.enter()
