"""What is usual on this computer: the light, the figures of a day, earlier pictures, and what learning would change.

Before this on the path: ``BaselineView``, ``DriftView``, ``LearningPreview`` and the page's words. After it: the Models
page, which asks the service. Nothing here learns or goes back by itself.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.service.learning.views import BaselineVersion, BaselineView, DriftView, LearningPreview, Light
from desktop.window.pages.models_cards import fill_row
from desktop.window.pages.models_facts import ModelWords
from desktop.window.theme import current_theme
from desktop.window.widgets.bar import Bar
from desktop.window.widgets.button import OutlineButton, PrimaryButton
from desktop.window.widgets.card import Card, Columns, line
from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.pair_bars import Amount, PairBars
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.ranges import LightBar, UsualBand
from desktop.window.widgets.row import ClickRow
from desktop.window.widgets.shapes import MarkDot

PLACES = {Light.AS_LEARNED: 0, Light.CHANGED: 1, Light.VERY_DIFFERENT: 2}
MARKS = {Light.AS_LEARNED: "calm", Light.CHANGED: "look", Light.VERY_DIFFERENT: "look"}
TENTHS = 10


class UsualRow(ClickRow):
    """What is usual here, in the list of models."""

    def __init__(self, baseline: BaselineView, drift: DriftView, words: ModelWords) -> None:
        super().__init__()
        title = words.say("usual_here")
        if baseline.is_learning:
            pill, note = LevelPill("checking", words.say("still_learning")), words.learning(baseline)
        else:
            word = words.texts.get(f"drift.short_{drift.light.value}", words.language)
            pill, note = LevelPill(MARKS.get(drift.light, "none"), word), words.say("usual_list")
        note = f"{words.say('learned_here')}. {note}"
        fill_row(self, "house", title, note, pill)
        self.setAccessibleName(f"{pill.text}: {title}, {note}")


class DriftCard(Card):
    """The light, its sentence, what explains it, and the one button."""

    preview_asked = Signal()
    """The person wants to see what learning again would change."""

    def __init__(self, baseline: BaselineView, drift: DriftView, words: ModelWords) -> None:
        super().__init__(padding=20, gap=10)
        self.button: PrimaryButton | None = None
        if baseline.is_learning:
            self._show_learning(baseline, words)
            return
        head = QHBoxLayout()
        head.setSpacing(current_theme().px(10))
        head.addWidget(MarkDot(MARKS.get(drift.light, "none"), 20), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(PlainLabel(words.say(f"title_{drift.light.value}"), "h3"), 1)
        self.body.addLayout(head)
        sentence = words.light(drift)
        self.body.addWidget(LightBar(words.light_names(), PLACES.get(drift.light), sentence))
        self.body.addWidget(PlainLabel(sentence))
        causes = words.causes(drift)
        if causes:
            self.body.addWidget(PlainLabel(words.say("what_explains"), "smallstrong"))
        for cause in causes:
            self.body.addWidget(PlainLabel(cause, "small"))
        self.body.addWidget(PlainLabel(words.compared(drift), "small"))
        self.button = PrimaryButton(words.say("see_preview"))
        self.button.clicked.connect(self.preview_asked)
        self.body.addWidget(self.button)
        self.body.addWidget(PlainLabel(words.say("never_alone"), "small"))

    def _show_learning(self, baseline: BaselineView, words: ModelWords) -> None:
        sentence = words.learning(baseline)
        self.body.addWidget(PlainLabel(words.say("learning_title"), "h3"))
        share = baseline.days_done / max(baseline.days_needed, 1)
        self.body.addWidget(Bar(share, "primary", sentence))
        self.body.addWidget(PlainLabel(sentence))
        self.body.addWidget(PlainLabel(words.say("no_pictures"), "small"))


class VersionsCard(Card):
    """Pictures that were learned, newest first; each earlier one can be put back in use."""

    restore_asked = Signal(int)
    """Number of the picture."""

    def __init__(self, baseline: BaselineView, words: ModelWords) -> None:
        super().__init__(padding=20, gap=8)
        self.body.addWidget(PlainLabel(words.say("go_back_title"), "h3"))
        for number, version in enumerate(baseline.versions):
            if number:
                self.body.addWidget(line())
            self.body.addWidget(self._row(version, words))
        note = "same_answers" if baseline.versions else "no_pictures"
        self.body.addWidget(PlainLabel(words.say(note), "small"))

    def _row(self, version: BaselineVersion, words: ModelWords) -> QWidget:
        holder = QWidget()
        row, lines = QHBoxLayout(holder), QVBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(current_theme().px(2))
        days = words.version_days(version)
        lines.addWidget(PlainLabel(days, "strong"))
        lines.addWidget(PlainLabel(words.version_note(version), "small"))
        row.addLayout(lines, 1)
        if version.is_in_use:
            row.addWidget(LevelPill("done", words.say("in_use")), 0, Qt.AlignmentFlag.AlignTop)
            return holder
        button = OutlineButton(words.say("go_back"))
        button.setAccessibleName(words.say("go_back_to", number=version.number, days=days))
        button.clicked.connect(lambda: self.restore_asked.emit(version.number))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return holder


class UsualCard(Card):
    """Figures of a day: what is usual here as a band, today in it."""

    def __init__(self, baseline: BaselineView, words: ModelWords) -> None:
        super().__init__(padding=20, gap=10)
        self.body.addWidget(PlainLabel(words.say("usual_here"), "h3"))
        if not baseline.figures:
            self.body.addWidget(PlainLabel(words.say("no_figures"), "sub"))
        theme, grid = current_theme(), QGridLayout()
        grid.setHorizontalSpacing(theme.px(20))
        grid.setVerticalSpacing(theme.px(12))
        grid.setColumnStretch(0, 9)
        grid.setColumnStretch(1, 11)
        for row, figure in enumerate(baseline.figures):
            lines, name, span = QVBoxLayout(), words.figure_name(figure), words.figure_span(figure)
            lines.setSpacing(theme.px(1))
            lines.addWidget(PlainLabel(name))
            lines.addWidget(PlainLabel(span, "small"))
            grid.addLayout(lines, row, 0)
            band = UsualBand(figure.low, figure.high, figure.today, f"{name}: {span}")
            grid.addWidget(band, row, 1, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(grid)


class PreviewPanel(QWidget):
    """Before and after on the days that are kept; only from here a person can learn again."""

    learn_asked = Signal()
    """The person wants it so."""
    left = Signal()
    """The person leaves it as it is."""

    def __init__(self, preview: LearningPreview, words: ModelWords) -> None:
        super().__init__()
        theme, column = current_theme(), QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        card = Card(padding=24, gap=10)
        column.addWidget(card)
        card.body.addWidget(PlainLabel(words.say("preview_title"), "h2"))
        columns, said = Columns(700), QWidget()
        lines = QVBoxLayout(said)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(theme.px(8))
        told = words.preview(preview)
        for text in told[: -1 if preview.refused_because else None]:
            lines.addWidget(PlainLabel(text))
        lines.addStretch(1)
        columns.add(said, 3)
        columns.add(_before_and_after(preview, words), 2)
        card.body.addWidget(columns)
        if preview.refused_because:
            card.body.addLayout(self._refusal(told[-1]))
        card.body.addSpacing(theme.px(8))
        card.body.addWidget(self._buttons(preview, words))
        if not preview.refused_because:
            card.body.addWidget(PlainLabel(words.say("back_possible"), "small"))

    def _refusal(self, text: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(current_theme().px(10))
        row.addWidget(MarkDot("look"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(text, "strong"), 1)
        return row

    def _buttons(self, preview: LearningPreview, words: ModelWords) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=current_theme().px(10))
        self.learn_button: PrimaryButton | None = None
        if not preview.refused_because:
            self.learn_button = PrimaryButton(words.say("learn_again"))
            self.learn_button.clicked.connect(self.learn_asked)
            flow.addWidget(self.learn_button)
        self.leave_button = OutlineButton(words.say("leave_it"))
        self.leave_button.clicked.connect(self.left)
        flow.addWidget(self.leave_button)
        return holder


def _before_and_after(preview: LearningPreview, words: ModelWords) -> QWidget:
    """Draw how often limits are passed, as it is and as it would be."""
    box = Card("sunken", padding=14, gap=6)
    box.body.addWidget(PlainLabel(words.say("above_a_day"), "smallstrong"))
    pairs = (
        (words.say("before"), preview.alarms_before, "neutralFill"),
        (words.say("after"), preview.alarms_after, "infoFill"),
    )
    amounts = [
        Amount(label, round(value * TENTHS), words.locale.toString(value, "f", 1), token)
        for label, value, token in pairs
    ]
    box.body.addWidget(PairBars(amounts))
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(box)
    column.addStretch(1)
    return holder
