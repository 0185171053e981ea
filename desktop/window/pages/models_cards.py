"""The parts of a model's card: how often it is wrong, what it looks at, what it found, where it learned.

Before this on the path: a ``ModelView`` and the page's words. After it: the Models page. A card may be a stranger's:
all of its texts are shown as plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.service.learning.views import ModelView
from desktop.window.pages.found import join_facts
from desktop.window.pages.models_facts import ModelWords
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton
from desktop.window.widgets.card import Card, Columns
from desktop.window.widgets.icon_pill import IconPill
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.ranges import Range, RangeRows
from desktop.window.widgets.reliability import Dot, ReliabilityPlot
from desktop.window.widgets.row import ClickRow, Tile
from desktop.window.widgets.shapes import MarkDot

ICONS = {"flow_rank": "activity", "flow_usual": "network", "program_rank": "cpu", "dga_names": "globe"}
ROWS = 8
"""Kinds of attack that stand there at once."""
MOST_SOURCES = 40
"""Sources that are told; a card that names more says how many."""
UNTRUSTED_LETTERS = 600
"""Of one text of a card that was made here."""


def icon_of_model(name: str) -> str:
    """Name the picture of a model."""
    return ICONS.get(name, "package")


class ModelRow(ClickRow):
    """One model in the list: its name, how often it is wrong, whether it is used."""

    def __init__(self, card: ModelView, words: ModelWords) -> None:
        super().__init__()
        title, note = words.name(card.name), words.wrong(card)[0] if card.is_trusted else words.problem(card)
        pill = LevelPill("calm", words.say("in_use")) if card.is_trusted else LevelPill("look", words.say("not_used"))
        place = words.say("learned_here" if card.is_own else "learned_elsewhere")
        fill_row(self, icon_of_model(card.name), title, f"{place}. {note}", pill)
        self.setAccessibleName(f"{pill.text}: {title}, {place}. {note}")


def fill_row(row: ClickRow, icon: str, title: str, note: str, pill: QWidget) -> None:
    """Put icon, two lines and a pill into a row."""
    theme, line, lines = current_theme(), QHBoxLayout(row), QVBoxLayout()
    line.setContentsMargins(*(theme.px(10),) * 4)
    line.setSpacing(theme.px(12))
    line.addWidget(Tile(icon, "info"), 0, Qt.AlignmentFlag.AlignTop)
    lines.setSpacing(theme.px(3))
    lines.addWidget(PlainLabel(title, "strong"))
    lines.addWidget(PlainLabel(note, "small"))
    line.addLayout(lines, 1)
    line.addWidget(pill, 0, Qt.AlignmentFlag.AlignTop)


class TopCard(Card):
    """What this is, and where it comes from."""

    def __init__(self, icon: str, pill: tuple[str, str], since: str, title: str, note: str = "") -> None:
        super().__init__(padding=18)
        theme, row, lines, first = current_theme(), QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self.body.addLayout(row)
        row.setSpacing(theme.px(18))
        row.addWidget(Tile(icon, "info", 54), 0, Qt.AlignmentFlag.AlignTop)
        lines.setSpacing(theme.px(4))
        row.addLayout(lines, 1)
        lines.addLayout(first)
        first.setSpacing(theme.px(10))
        first.addWidget(IconPill(*pill), 0, Qt.AlignmentFlag.AlignTop)
        first.addWidget(PlainLabel(since, "small"), 1)
        lines.addWidget(PlainLabel(title, "h1"))
        if note:
            warning = QHBoxLayout()
            warning.setSpacing(theme.px(8))
            warning.addWidget(MarkDot("look"), 0, Qt.AlignmentFlag.AlignTop)
            warning.addWidget(PlainLabel(note, "body"), 1)
            lines.addLayout(warning)


class WrongCard(Card):
    """Two measured sentences first, then the picture."""

    def __init__(self, card: ModelView, words: ModelWords) -> None:
        super().__init__(padding=20, gap=6)
        columns, said = Columns(560), QWidget()
        column = QVBoxLayout(said)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(10))
        column.addWidget(PlainLabel(words.say("how_often_wrong"), "h3"))
        lines = words.wrong(card)
        for number, line in enumerate(lines):
            column.addWidget(PlainLabel(line, "small" if number and number == len(lines) - 1 else "body"))
        columns.add(said, 1)
        if card.reliability:
            cases = sum(point.right.cases for point in card.reliability)
            column.addWidget(PlainLabel(words.say("on_the_line", cases=cases), "small"))
            if card.calibration_error is not None:
                error = f"{card.calibration_error * 100:.1f}"
                column.addWidget(PlainLabel(words.card_text("calibration", error=error), "small"))
            self.plot = ReliabilityPlot(_dots(card, words), words.say("axis_said"), words.say("axis_right"))
            columns.add(self.plot, 0)
        else:
            column.addWidget(PlainLabel(words.say("no_reliability"), "small"))
        column.addStretch(1)
        self.body.addWidget(columns)


def _dots(card: ModelView, words: ModelWords) -> list[Dot]:
    def ten(share: float) -> str:
        return words.locale.toString(share * 10, "f", 1)

    return [
        Dot(
            point.said,
            point.right.share,
            point.right.lowest,
            point.right.highest,
            words.say(
                "point",
                said=ten(point.said),
                right=ten(point.right.share),
                low=ten(point.right.lowest),
                high=ten(point.right.highest),
            ),
        )
        for point in card.reliability
    ]


class LooksCard(Card):
    """What a model looks at, in plain words, and what it never does."""

    def __init__(self, card: ModelView, words: ModelWords) -> None:
        super().__init__(padding=20, gap=8)
        self.body.addWidget(PlainLabel(words.head("looks_at"), "h3"))
        for sentence in words.looks(card):
            self.body.addLayout(_marked("calm", sentence, "body"))
        if never := words.never(card):
            self.body.addLayout(_marked("none", never, "sub"))
        if card.is_own:
            self.body.addWidget(PlainLabel(words.say("own_words"), "small"))
        if card.looks_at:
            more = words.count("all_columns", len(card.looks_at))
            add_unfolding(self, more, words.say("show_less"), lambda: PlainLabel(words.columns(card), "small"))


def _marked(mark: str, text: str, role: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(current_theme().px(9))
    row.addWidget(MarkDot(mark), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(PlainLabel(text, role), 1)
    return row


def add_unfolding(card: Card, more: str, less: str, make: Callable[[], QWidget]) -> None:
    """Add a link that shows something long, made when it is first asked for, and puts it away again."""
    link, held = LinkButton(more), list[QWidget]()

    def turn() -> None:
        if not held:
            held.append(make())
            card.body.insertWidget(card.body.indexOf(link), held[0])
            held[0].show()
        else:
            held[0].setVisible(not held[0].isVisibleTo(card))
        link.set_text(less if held[0].isVisibleTo(card) else more)

    link.clicked.connect(turn)
    card.body.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)


class ResultsCard(Card):
    """How much of each kind of attack was found, surely weak ones first: one case says little."""

    def __init__(self, card: ModelView, words: ModelWords) -> None:
        super().__init__(padding=20, gap=8)
        self.body.addWidget(PlainLabel(words.head("reasons"), "h3"))
        self.body.addWidget(PlainLabel(words.say("weakest_first"), "small"))
        rows = [
            Range(
                one.reason.replace("_", " "),
                words.share(one.found),
                one.found.share,
                one.found.lowest,
                one.found.highest,
            )
            for one in sorted(card.reasons, key=lambda one: (one.found.highest, one.found.share))
        ]
        self.rows = RangeRows(rows[:ROWS])
        self.body.addWidget(self.rows)
        if rows[ROWS:]:
            more = words.count("show_all_rows", len(rows))
            add_unfolding(self, more, words.say("show_less"), lambda: RangeRows(rows[ROWS:]))


class GroupsCard(Card):
    """False alarms of groups of computers, and why the worst is the worst."""

    def __init__(self, card: ModelView, words: ModelWords) -> None:
        super().__init__(padding=20, gap=6)
        self.body.addWidget(PlainLabel(words.head("groups"), "h3"))
        for one in card.groups:
            key = f"models_page.kind_{one.kind}"
            kind = words.say(f"kind_{one.kind}") if words.texts.has(key) else one.kind
            rate = words.card_text("alarms_a_week", rate=words.locale.toString(one.alarms_a_week, "f", 1))
            worst = words.say("worst_group") if one.is_worst else ""
            text = f"{join_facts(kind, one.group)}: {join_facts(rate, worst)}"
            self.body.addLayout(_marked("look" if one.is_worst else "none", text, "body"))
        if card.worst_group_because:
            self.body.addWidget(PlainLabel(card.worst_group_because, "small"))


class PapersCard(Card):
    """What stands on the card besides: what it is for, what it misses, where it learned, its fingerprint."""

    def __init__(self, card: ModelView, words: ModelWords) -> None:
        super().__init__(padding=20, gap=4)
        self.body.addWidget(PlainLabel(words.head("papers"), "h3"))
        self.body.addWidget(PlainLabel(words.say("own_words" if card.is_own else "card_words"), "small"))
        sources = [
            f"{one.name} ({one.licence}): {words.locale.toString(one.cases)} "
            f"{words.card_text(one.kind) if one.kind in ('harmful', 'harmless') else one.kind}, {one.period}"
            for one in card.sources
        ]
        self._add(words.head("purpose"), [card.purpose])
        self._add(words.head("not_for"), [card.not_for])
        self._add(words.head("misses"), [card.known_misses])
        self._add(words.head("limit"), [card.limit_was_set])
        told, rest = sources[:MOST_SOURCES], len(sources) - MOST_SOURCES
        self._sources = told + [f"+ {rest}"] * (rest > 0)
        if sources:
            more = f"{words.head('sources')} ({len(sources)})"
            add_unfolding(self, more, words.say("show_less"), lambda: PlainLabel("\n".join(self._sources), "small"))
        if card.sha256:
            self.body.addWidget(PlainLabel(words.card_text("fingerprint", sha256=_grouped(card.sha256)), "small"))

    def _add(self, title: str, lines: Sequence[str]) -> None:
        shown = [line[:UNTRUSTED_LETTERS] for line in lines if line]
        if shown:
            self.body.addSpacing(current_theme().px(6))
            self.body.addWidget(PlainLabel(title, "smallstrong"))
            for line in shown:
                self.body.addWidget(PlainLabel(line, "body"))


def _grouped(sha256: str) -> str:
    """Write the first sixteen signs in groups: enough to compare by eye; the saved card has all of them."""
    return " ".join(sha256[start : start + 4] for start in range(0, 16, 4)) + " …"


class ListCard(Card):
    """All models, and the picture of what is usual here on top."""

    opened = Signal(str)
    """The model that is asked for."""

    def __init__(self, rows: Sequence[tuple[str, ClickRow]]) -> None:
        super().__init__(padding=10, gap=2)
        for name, row in rows:
            row.opened.connect(lambda name=name: self.opened.emit(name))
            self.body.addWidget(row)
