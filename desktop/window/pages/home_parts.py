"""The parts of the first page: the large sentence, the three areas, what was found, the last checks, the week.

Before this on the path: ``HomeFacts``, read by the page. After it: the page, which puts the parts below each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.service.explain import Step
from desktop.service.home import AreaState, HomeState
from desktop.service.keeping.kept import RunFacts
from desktop.window import say
from desktop.window.icons import pixmap
from desktop.window.pages.found import Found, capitalized, join_facts, make_row
from desktop.window.pages.run_words import name_run, run_mark, say_outcome
from desktop.window.theme import current_theme
from desktop.window.widgets.bar import Bar
from desktop.window.widgets.button import LinkButton
from desktop.window.widgets.card import Card, Columns, line
from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.headed_card import HeadedCard
from desktop.window.widgets.label import PlainLabel, SentenceLabel
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.row import ClickRow, FindingRow, Tile
from desktop.window.widgets.shapes import MarkDot
from desktop.window.widgets.shield import Shield
from desktop.window.widgets.step import Number
from desktop.window.widgets.week import WeekStrip

STEPS_SHOWN = 3
AREA_ICONS = {"files": "file-search", "programs": "cpu", "network": "activity"}


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """Everything the first page shows, read in one go."""

    state: HomeState
    """The state of this computer."""
    top: Found | None
    """The most serious open finding."""
    newest: Sequence[Found]
    """Findings for the list, the most serious first."""
    runs: Sequence[RunFacts]
    """The last checks that ended, the newest first."""
    computer: str
    """Name of this computer, or empty."""
    drift: str = ""
    """That its work is no longer what was learned; empty: nothing to say."""


class Hero(Card):
    """One picture, one sentence, one line below it, the buttons."""

    def __init__(self, mark: str, title: str, text: str, *buttons: QWidget, note: str = "") -> None:
        super().__init__(padding=28)
        theme = current_theme()
        row = QHBoxLayout()
        row.setSpacing(theme.px(28))
        self.shield = Shield(mark)
        row.addWidget(self.shield, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        words.addStretch(1)
        self.title = PlainLabel(title, "h1")
        self.text = PlainLabel(text, "lead")
        words.addWidget(self.title)
        words.addWidget(self.text)
        words.addSpacing(theme.px(14))
        words.addWidget(button_row(*buttons, note=note))
        words.addStretch(1)
        row.addLayout(words, 1)
        self.body.addLayout(row)


class DriftLine(Card):
    """One quiet line: this computer's work has changed, and where more is said."""

    def __init__(self, sentence: str) -> None:
        super().__init__(padding=10)
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(12))
        row.addSpacing(current_theme().px(10))
        row.addWidget(MarkDot("look"), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(PlainLabel(sentence), 1)
        self.button = LinkButton(self.tr("Show what has changed"))
        row.addWidget(self.button)
        self.body.addLayout(row)


class ActHero(Card):
    """The most serious finding with its first steps, readable without a click. The one red frame."""

    def __init__(self, top: Found, locale: QLocale, computer: str, *buttons: QWidget) -> None:
        super().__init__("act", padding=28, gap=18)
        theme, explanation = current_theme(), top.explanation
        row = QHBoxLayout()
        row.setSpacing(theme.px(26))
        row.addWidget(Shield("act", 116), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        first = QHBoxLayout()
        first.setSpacing(theme.px(10))
        first.addWidget(LevelPill("act"))
        when = say.when(locale, top.at)
        if computer:
            when = self.tr("{when} on {computer}").replace("{when}", when).replace("{computer}", computer)
        first.addWidget(PlainLabel(when, "small"), 1)
        words.addLayout(first)
        self.title = PlainLabel(top.headline, "h1")
        words.addWidget(self.title)
        words.addWidget(SentenceLabel(explanation.what_we_saw, explanation.headline_values, "lead"))
        row.addLayout(words, 1)
        self.body.addLayout(row)
        steps = Columns(gap=12)
        for number, step in enumerate(explanation.what_to_do[:STEPS_SHOWN], start=1):
            steps.add(_step_card(number, step))
        self.body.addWidget(steps)
        count = self.tr("%n step(s) in all.", "", len(explanation.what_to_do))
        self.body.addWidget(button_row(*buttons, note=count))


def _step_card(number: int, step: Step) -> Card:
    card = Card("actsoft", padding=14)
    row = QHBoxLayout()
    row.setSpacing(current_theme().px(12))
    row.addWidget(Number(number, "act"), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(current_theme().px(2))
    words.addWidget(PlainLabel(step.do, "strong"))
    if step.note:
        words.addWidget(PlainLabel(step.note, "small"))
    words.addStretch(1)
    row.addLayout(words, 1)
    card.body.addLayout(row)
    return card


def button_row(*buttons: QWidget, note: str = "") -> QWidget:
    """Put buttons side by side, in more lines where there is no room, with a quiet note at their end."""
    holder = QWidget()
    flow = FlowLayout(holder, gap=current_theme().px(10))
    for button in buttons:
        flow.addWidget(button)
    if note:
        flow.addWidget(PlainLabel(note, "small"))
    return holder


class AreaCard(Card):
    """One area: its name, how it stands, a figure and what the figure means."""

    def __init__(self, area: str, name: str) -> None:
        super().__init__(padding=18, gap=2)
        theme = current_theme()
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        picture = QLabel()
        picture.setPixmap(pixmap(AREA_ICONS[area], "text2", 20))
        head.addWidget(picture)
        head.addWidget(PlainLabel(name, "strong"), 1)
        self.pill = LevelPill("none")
        head.addWidget(self.pill)
        self.figure = PlainLabel("", "figure")
        self.note = PlainLabel("", "small")
        self.bar = Bar()
        self.bar.hide()
        self.body.addLayout(head)
        self.body.addSpacing(theme.px(6))
        self.body.addWidget(self.figure)
        self.body.addWidget(self.note)
        self.body.addSpacing(theme.px(6))
        self.body.addWidget(self.bar)
        self.body.addStretch(1)

    def show_words(self, mark: str, figure: str, note: str) -> None:
        """Show how the area stands; an empty figure leaves its place out."""
        self.pill.set_level(mark)
        self.figure.set_text(figure)
        self.figure.setVisible(bool(figure))
        self.note.set_text(note)

    def show_share(self, share: float | None, tint: str, name: str) -> None:
        """Show how much of the area is done; ``name`` says it in words."""
        self.bar.setVisible(share is not None)
        self.bar.set_share(share, tint, name)


class Areas(Columns):
    """Files, Programs, Network. What no check looks at yet says so."""

    def __init__(self) -> None:
        super().__init__()
        self.cards = {
            "files": AreaCard("files", self.tr("Files")),
            "programs": AreaCard("programs", self.tr("Programs")),
            "network": AreaCard("network", self.tr("Network")),
        }
        for card in self.cards.values():
            self.add(card)

    def show_states(self, states: dict[str, AreaState], locale: QLocale, *, has_ended: bool) -> None:
        """Show the areas as the last check left them; without a check that ended there is no figure to show."""
        for area, card in self.cards.items():
            state = states[area]
            is_counted = has_ended if area == "files" else state.figure > 0
            figure = say.number(locale, state.figure) if is_counted and state.mark != "not_yet" else ""
            card.show_words(state.mark, figure, self._say_note(area, state, has_ended=has_ended))

    def _say_note(self, area: str, state: AreaState, *, has_ended: bool) -> str:
        if area != "files":
            return self._say_programs(state) if area == "programs" else self._say_network(state)
        if state.mark == "never":
            return self.tr("No file was checked yet.")
        if not has_ended:
            return self.tr("No check of this computer has come to its end yet.")
        if state.skipped:
            return self.tr("checked, %Ln not fully looked at", "", state.skipped)
        return self.tr("checked, none left out")

    def _say_programs(self, state: AreaState) -> str:
        """Say what was looked at of running programs."""
        if state.mark in {"not_yet", "never"}:
            return self.tr("No look at the programs yet. The page Activity has one.")
        if state.skipped:
            return self.tr("running programs looked at, not all in full")
        if state.figure:
            return self.tr("running programs looked at")
        return self.tr("looked at") if state.mark == "calm" else self.tr("found in an earlier look")

    def _say_network(self, state: AreaState) -> str:
        """Say what was looked at; without a figure the look lies before the last check, or there was none."""
        if state.mark in {"not_yet", "never"}:
            return self.tr("No look at the network yet. The page Activity has one.")
        if state.skipped:
            return self.tr("looked at, %Ln not in full", "", state.skipped)
        if state.figure:
            return self.tr("connections looked at")
        return self.tr("looked at") if state.mark == "calm" else self.tr("found in an earlier look")


class FoundCard(HeadedCard):
    """What was found, or the last checks when there is nothing open."""

    finding_opened = Signal(str)
    """Id of a finding."""
    all_asked = Signal()
    """The person wants the whole list."""
    check_asked = Signal()
    """The person wants to see the last check."""

    def __init__(self, facts: HomeFacts, locale: QLocale) -> None:
        if facts.newest:
            super().__init__(self.tr("What we found"), link=self.tr("See all findings"))
        else:
            super().__init__(self.tr("Your last checks"), link=self.tr("See all") if facts.runs else "")
        self.link.clicked.connect(self.all_asked if facts.newest else self.check_asked)
        rows: list[FindingRow | RunRow] = [make_row(locale, found) for found in facts.newest]
        rows = rows or [RunRow(run, locale) for run in facts.runs]
        for number, row in enumerate(rows):
            if number:
                self.body.addWidget(line())
            self.body.addWidget(row)
            if isinstance(row, RunRow):
                row.opened.connect(self.check_asked)
            else:
                row.opened.connect(lambda chosen=row.finding_id: self.finding_opened.emit(chosen))
        if not rows:
            self.body.addWidget(PlainLabel(self.tr("Nothing here yet. It fills with the first check."), "sub"))
        self.body.addStretch(1)


class RunRow(ClickRow):
    """One check that ended: which, when, how long, with what outcome."""

    def __init__(self, run: RunFacts, locale: QLocale) -> None:
        super().__init__()
        theme, mark = current_theme(), run_mark(run)
        row = QHBoxLayout(self)
        row.setContentsMargins(*(theme.px(10),) * 4)
        row.setSpacing(theme.px(12))
        row.addWidget(Tile("circle-check" if mark == "calm" else "scan-search", mark))
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        name = name_run(run)
        when = capitalized(say.when(locale, run.started_at))
        facts = join_facts(when, say.duration(run.duration_s), say_outcome(run))
        words.addWidget(PlainLabel(name, "strong"))
        words.addWidget(PlainLabel(facts, "small"))
        row.addLayout(words, 1)
        pill = LevelPill(mark, say_outcome(run) if mark == "info" else None)
        row.addWidget(pill, 0, Qt.AlignmentFlag.AlignVCenter)
        arrow = QLabel()
        arrow.setPixmap(pixmap("chevron-right", "text2", 18))
        row.addWidget(arrow, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(f"{name}: {facts}")


class PleaseDoNotCard(Card):
    """What makes a serious case worse, whatever it is."""

    def __init__(self) -> None:
        super().__init__(padding=20, gap=8)
        self.body.addWidget(PlainLabel(self.tr("Please do not"), "h3"))
        for text in (
            self.tr("turn the computer off"),
            self.tr("delete or tidy up anything"),
            self.tr("pay or answer any message"),
        ):
            row = QHBoxLayout()
            row.setSpacing(current_theme().px(10))
            row.addWidget(MarkDot("none"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(PlainLabel(text), 1)
            self.body.addLayout(row)
        self.body.addStretch(1)


class WeekCard(Card):
    """The last seven days in one line."""

    def __init__(self, state: HomeState, locale: QLocale) -> None:
        super().__init__(padding=14)
        columns = Columns(760)
        words = QWidget()
        row = QHBoxLayout(words)
        theme = current_theme()
        row.setContentsMargins(theme.px(6), 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(PlainLabel(self.tr("Last 7 days"), "h3", wrap=False))
        row.addWidget(PlainLabel(self._say_counts(state), "small"), 1)
        columns.add(words)
        columns.add(WeekStrip(self._name_days(state, locale)), 0)
        self.body.addWidget(columns)

    def _say_counts(self, state: HomeState) -> str:
        """Count what there was; a nought says nothing a person needs."""
        counts = (
            self.tr("%n check(s)", "", state.checks_7d) if state.checks_7d else "",
            self.tr("%n finding(s)", "", state.findings_7d) if state.findings_7d else "",
            self.tr("%n solved", "", state.solved_7d) if state.solved_7d else "",
        )
        return ", ".join(count for count in counts if count) or self.tr("No check in these days yet.")

    def _name_days(self, state: HomeState, locale: QLocale) -> list[tuple[str, str]]:
        short = QLocale.FormatType.ShortFormat
        names = [locale.dayName(day.date.isoweekday(), short) for day in state.days]
        return [
            (self.tr("Today") if number == len(names) - 1 else name, day.mark)
            for number, (name, day) in enumerate(zip(names, state.days, strict=True))
        ]
