"""The cards of one finding, in their fixed order.

Before this on the path: a finding with its explanation. After it: the Finding page, which puts them side by side.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.service.contacts import Helper
from desktop.service.explain import Explanation, Sign
from desktop.service.keeping.kept import KeptFinding
from desktop.service.texts import shorten
from desktop.window import say
from desktop.window.pages.found import NAME_LETTERS, Found, is_recorded, join_facts
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton, OutlineButton, PrimaryButton
from desktop.window.widgets.card import Card
from desktop.window.widgets.dots import HundredDots
from desktop.window.widgets.label import PlainLabel, SentenceLabel
from desktop.window.widgets.painted import Painted
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.row import Tile, icon_of
from desktop.window.widgets.shapes import draw_mark, tokens_of
from desktop.window.widgets.step import StepList

LINE_PX = 640
"""Widest line of reading text at 100 %: about 80 letters."""
QUIET_DAYS = 30


def reading(label: QWidget) -> QWidget:
    """Keep lines of text short enough to read on a wide screen."""
    label.setMaximumWidth(current_theme().px(LINE_PX))
    return label


class HeadlineCard(Card):
    """Level, time and computer, and the one sentence."""

    def __init__(self, found: Found, locale: QLocale, computer: str) -> None:
        super().__init__(padding=18)
        theme = current_theme()
        level = found.finding.level
        row = QHBoxLayout()
        row.setSpacing(theme.px(18))
        row.addWidget(Tile(icon_of(found.finding.reason), level, 54), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        first = QHBoxLayout()
        first.setSpacing(theme.px(10))
        first.addWidget(LevelPill(level), 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(PlainLabel(self._say_when(found, locale, computer), "small"), 1)
        words.addLayout(first)
        self.headline = PlainLabel(found.headline, "h1")
        words.addWidget(self.headline)
        row.addLayout(words, 1)
        self.body.addLayout(row)

    def _say_when(self, found: Found, locale: QLocale, computer: str) -> str:
        when = say.when(locale, found.at)
        if is_recorded(found.finding):
            recording = shorten(say.file_name(found.finding.source), NAME_LETTERS)
            first = self.tr("Found {when} in {recording}").replace("{when}", when).replace("{recording}", recording)
        elif computer:
            first = self.tr("Found {when} on {computer}").replace("{when}", when).replace("{computer}", computer)
        else:
            first = self.tr("Found {when}").replace("{when}", when)
        kept = found.kept
        if not isinstance(kept, KeptFinding):
            return first
        again = self.tr("seen %n time(s), last {when}", "", kept.times_seen) if kept.times_seen > 1 else ""
        answer = self.tr("you said this is fine") if kept.judgement == "known" else ""
        return join_facts(first, again.replace("{when}", say.when(locale, kept.last_kept_at)), answer)


class ReadingCard(Card):
    """What we saw, why it matters, how sure we are; a hundred dots where a rate was measured."""

    model_asked = Signal()
    """The person wants to see the card of the model that found this."""

    def __init__(self, explanation: Explanation, *, is_of_a_model: bool = False) -> None:
        super().__init__(padding=26, gap=4)
        parts = (
            (self.tr("What we saw"), explanation.what_we_saw),
            (self.tr("Why it matters"), explanation.why_it_matters),
            (self.tr("How sure are we?"), explanation.how_sure),
        )
        for number, (title, text) in enumerate(parts):
            if number:
                self.body.addSpacing(current_theme().px(10))
            self.body.addWidget(PlainLabel(title, "h3"))
            self.body.addWidget(reading(SentenceLabel(text, explanation.headline_values)))
        if explanation.rate is not None:
            self.body.addSpacing(current_theme().px(8))
            self.body.addWidget(HundredDots(explanation.rate.harmless), 0, Qt.AlignmentFlag.AlignLeft)
        if is_of_a_model:
            link = LinkButton(self.tr("Show this model's card"))
            link.clicked.connect(self.model_asked)
            self.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


class StepsCard(Card):
    """What to do now, safest first."""

    def __init__(self, explanation: Explanation) -> None:
        super().__init__(padding=26, gap=12)
        self.body.addWidget(PlainLabel(self.tr("What to do now"), "h2"))
        self.body.addWidget(StepList(explanation.what_to_do))


class HelperCard(Card):
    """Whom to call, and a summary for them on the clipboard. The one primary button of the page."""

    copy_asked = Signal()
    """The person wants the summary."""
    settings_asked = Signal()
    """The person wants to name a helper."""

    def __init__(self, helper: Helper | None, who_can_help: str) -> None:
        super().__init__(padding=20, gap=12)
        self.body.addWidget(PlainLabel(self.tr("Who to call"), "h3"))
        if helper is not None and helper.name:
            self.body.addLayout(self._helper_row(helper.name, who_can_help))
        else:
            self.body.addWidget(PlainLabel(who_can_help, "small"))
        self.copy_button = PrimaryButton(summary_words(helper), "copy")
        self.copy_button.clicked.connect(self.copy_asked)
        self.body.addWidget(fill_width(self.copy_button))
        if helper is None:
            name = LinkButton(self.tr("Name your helper"))
            name.clicked.connect(self.settings_asked)
            self.body.addWidget(name, 0, Qt.AlignmentFlag.AlignLeft)

    def _helper_row(self, name: str, who_can_help: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(12))
        row.addWidget(Tile("phone", "calm"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(current_theme().px(2))
        words.addWidget(PlainLabel(self.tr("{name}, your helper").replace("{name}", name), "strong"))
        reached = who_can_help.removeprefix(name).lstrip(" ·")  # the name stands above
        words.addWidget(PlainLabel(reached[:1].upper() + reached[1:], "small"))
        row.addLayout(words, 1)
        return row


class SignsCard(Card):
    """What was looked for: a tick for what was there, a dash for what was not; then what would have made it usual."""

    def __init__(self, signs: Sequence[Sign], mark: str, would_be_normal: str = "") -> None:
        super().__init__(padding=20, gap=8)
        self.body.addWidget(PlainLabel(self.tr("What we looked for"), "h3"))
        for sign in signs:
            row = QHBoxLayout()
            row.setSpacing(current_theme().px(9))
            row.addWidget(SignDot(mark, found=sign.found), 0, Qt.AlignmentFlag.AlignTop)
            text = PlainLabel(sign.text, "body" if sign.found else "sub")
            state = self.tr("found") if sign.found else self.tr("not found")
            text.setAccessibleName(f"{text.full_text}: {state}")
            row.addWidget(text, 1)
            self.body.addLayout(row)
        if would_be_normal:
            self.body.addWidget(PlainLabel(would_be_normal, "sub"))


class SignDot(Painted):
    """A tick in the level's colour, or a quiet dash."""

    def __init__(self, mark: str, *, found: bool) -> None:
        super().__init__()
        self._token, self._found = tokens_of(mark)[0] if found else "text2", found

    def wanted_size(self) -> tuple[float, float]:
        """Square, as high as a line of text."""
        return 18, 18

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        theme = current_theme()
        color = theme.qcolor(self._token)
        draw_mark(QPainter(self), QRectF(self.rect()), "done" if self._found else "none", color, color)


class TechnicalCard(Card):
    """Exact facts for an expert, folded until somebody asks."""

    def __init__(self, lines: Sequence[tuple[str, str]], *, about: str = "file") -> None:
        super().__init__(padding=14, gap=8)
        self._lines = lines
        row = QHBoxLayout()
        self.toggle_button = LinkButton(self.tr("Technical details"), "chevron-right")
        self.toggle_button.setToolTip(self.tr("Ctrl+D"))
        self.toggle_button.clicked.connect(self.toggle)
        row.addWidget(self.toggle_button)
        row.addWidget(PlainLabel(self._say_what(about), "small"), 1)
        self.copy_button = LinkButton(self.tr("Copy details"), "copy")
        self.copy_button.clicked.connect(self._copy)
        row.addWidget(self.copy_button)
        self.body.addLayout(row)
        self.facts: QWidget | None = None
        self._show(is_open=False)

    def _say_what(self, about: str) -> str:
        if about == "host":
            return self.tr("Addresses, packet numbers, exact times")
        if about in {"process", "place"}:
            return self.tr("Rule names, command line, who started whom, exact times")
        if about == "program":
            return self.tr("File path, command line, exact times")
        return self.tr("Rule names, file path, fingerprint, exact times")

    @property
    def is_open(self) -> bool:
        """True while the facts are on show."""
        return self.facts is not None and not self.facts.isHidden()

    def toggle(self) -> None:
        """Unfold, or fold again."""
        self._show(is_open=not self.is_open)

    def _show(self, *, is_open: bool) -> None:
        if is_open and self.facts is None:  # most people never ask
            self.facts = self._build_facts()
            self.body.addWidget(self.facts)
        if self.facts is not None:
            self.facts.setVisible(is_open)
        self.copy_button.setVisible(is_open)
        self.toggle_button.set_icon("chevron-down" if is_open else "chevron-right")

    def _build_facts(self) -> QWidget:
        facts = QWidget()
        grid = QGridLayout(facts)
        theme = current_theme()
        grid.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(10))
        grid.setHorizontalSpacing(theme.px(20))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        for number, (label, value) in enumerate(self._lines):
            grid.addWidget(PlainLabel(label, "small"), number, 0, Qt.AlignmentFlag.AlignTop)
            exact = PlainLabel(value, "mono")
            exact.setAccessibleName(f"{label}: {exact.full_text}")
            grid.addWidget(exact, number, 1, Qt.AlignmentFlag.AlignTop)
        return facts

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{label}: {value}" for label, value in self._lines))


class JudgementCard(Card):
    """This is fine, or still worried. The question is asked in place; Undo stands at the foot of the page."""

    fine_chosen = Signal(int)
    """Days to stay quiet; 0 as long as the file does not change."""
    worried_chosen = Signal()
    """The person is still worried."""
    question_opened = Signal()
    """The question stands there now, and needs room."""

    def __init__(self, kept: KeptFinding, locale: QLocale) -> None:
        super().__init__(padding=20, gap=10)
        self.body.addWidget(PlainLabel(self.tr("What do you think?"), "h3"))
        self.note = PlainLabel(self._say_state(kept, locale), "small")
        self.body.addWidget(self.note)
        self.fine_button = OutlineButton(self.tr("This is fine"), "thumbs-up")
        self.fine_button.clicked.connect(self.ask_scope)
        self.worried_button = OutlineButton(self.tr("I am still worried"), "message-circle-question-mark")
        self.worried_button.clicked.connect(self.worried_chosen)
        self.question = PlainLabel(self.tr("For how long should we stay quiet about it?"), "strong")
        is_file = kept.finding.subject.kind == "file"
        only_this = self.tr("Only this file, until it changes") if is_file else self.tr("Only this finding, for good")
        self.file_button = OutlineButton(only_this)
        self.file_button.clicked.connect(lambda: self.fine_chosen.emit(0))
        file_days = self.tr("This file, for %n day(s)", "", QUIET_DAYS)
        finding_days = self.tr("This finding, for %n day(s)", "", QUIET_DAYS)
        self.days_button = OutlineButton(file_days if is_file else finding_days)
        self.days_button.clicked.connect(lambda: self.fine_chosen.emit(QUIET_DAYS))
        self.back_button = LinkButton(self.tr("Back"), "arrow-left")
        self.back_button.clicked.connect(self.close_question)
        self._first: list[QWidget] = [self.fine_button, self.worried_button]
        self._second: list[QWidget] = [self.question, self.file_button, self.days_button, self.back_button]
        column = (*self._first, self.question, self.file_button, self.days_button)
        for widget in column:
            self.body.addWidget(fill_width(widget))
        self.body.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_question(is_open=False)
        self.fine_button.setVisible(kept.judgement != "known")

    def ask_scope(self) -> None:
        """Ask how far "this is fine" goes; the smallest scope comes first."""
        self._show_question(is_open=True)
        self.file_button.setFocus(Qt.FocusReason.TabFocusReason)
        self.question_opened.emit()

    def close_question(self) -> None:
        """Go back to the two answers."""
        self._show_question(is_open=False)
        self.fine_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_question(self, *, is_open: bool) -> None:
        for widget in self._first:
            widget.setVisible(not is_open)
        for widget in self._second:
            widget.setVisible(is_open)

    def _say_state(self, kept: KeptFinding, locale: QLocale) -> str:
        if kept.judgement == "worried":
            return self.tr("You are still worried. This finding stays on top until you say it is fine.")
        if kept.judgement == "known":
            return self._say_known(kept, locale)
        if kept.state == "solved":
            return self.tr("The last check did not find this any more.")
        return self.tr("Your answer helps us stay quiet about things that are fine.")

    def _say_known(self, kept: KeptFinding, locale: QLocale) -> str:
        """Say what a person said, and until when we stay quiet."""
        is_file = kept.finding.subject.kind == "file"
        if kept.until is None:
            if is_file:
                return self.tr("You said this is fine. We stay quiet about this file until it changes.")
            return self.tr("You said this is fine. We stay quiet about it.")
        if is_file:
            text = self.tr("You said this is fine. We stay quiet about this file until {day}.")
        else:
            text = self.tr("You said this is fine. We stay quiet about it until {day}.")
        return text.replace("{day}", say.day(locale, kept.until))


def summary_words(helper: Helper | None) -> str:
    """Name the button that copies a summary, with the helper's name where there is one."""
    if helper is not None and helper.name:
        text = QCoreApplication.translate("summary", "Copy a summary for {name}")
        return text.replace("{name}", say_shortly(helper.name))
    return QCoreApplication.translate("summary", "Copy a summary")


def say_shortly(name: str, limit: int = 24) -> str:
    """Shorten a name for a button."""
    return name if len(name) <= limit else f"{name[: limit - 1]}…"


def fill_width(widget: QWidget) -> QWidget:
    """Let a button take the width of its card."""
    policy = widget.sizePolicy()
    policy.setHorizontalPolicy(policy.Policy.Expanding)
    widget.setSizePolicy(policy)
    return widget
