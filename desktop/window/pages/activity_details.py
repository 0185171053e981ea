"""The panel about one program, computer or destination: usually and today, where to, how, since when.

Before this on the path: the row a person went to. After it: the finding about it, if there is one.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.service.talkers import MINUTE_S, Talker
from desktop.window import say
from desktop.window.pages.activity_words import ICONS, ActivityWords
from desktop.window.pages.finding_parts import fill_width
from desktop.window.theme import current_theme
from desktop.window.widgets.button import PrimaryButton
from desktop.window.widgets.card import Card
from desktop.window.widgets.label import ElidedLabel, PlainLabel
from desktop.window.widgets.pair_bars import Amount, PairBars
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.row import Tile
from desktop.window.widgets.shapes import mark_of

PLACES_TOLD = 5


class DetailsCard(Card):
    """Everything known about the chosen row."""

    finding_asked = Signal(str)
    """Id of the finding about it."""

    def __init__(self) -> None:
        super().__init__(padding=20, gap=0)
        self._inner: QWidget | None = None

    def show_talker(self, talker: Talker, words: ActivityWords) -> None:
        """Be about this one from now on."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(4))
        for part in self._parts(talker, words):
            column.addWidget(part)
        column.addStretch(1)
        if self._inner is not None:
            self.body.removeWidget(self._inner)
            self._inner.deleteLater()
        self._inner = inner
        self.body.addWidget(inner)

    def _parts(self, talker: Talker, words: ActivityWords) -> list[QWidget]:
        parts = [self._head(talker, words), *self._amounts(talker, words), *self._new_places(talker)]
        parts += self._places(talker, words)
        if talker.services:
            parts += [_title(self.tr("Services and ports")), PlainLabel(words.services(talker.services), "small")]
        if talker.doors:
            parts += [_title(self.tr("Waits to be called on")), PlainLabel(words.services(talker.doors), "small")]
        if talker.makers:
            makers = PlainLabel(", ".join(talker.makers), "small")
            parts += [_title(self.tr("Maker of the network card")), makers]
        return parts + self._finding(talker)

    def _head(self, talker: Talker, words: ActivityWords) -> QWidget:
        head, theme = QWidget(), current_theme()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        mark = mark_of(talker.finding.level) if talker.finding else "none"
        row.addWidget(Tile(ICONS[talker.kind], mark), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        column.addWidget(PlainLabel(words.title(talker), "h3"))
        column.addWidget(PlainLabel(words.from_to(talker.first, talker.last + MINUTE_S), "small"))
        row.addLayout(column, 1)
        return head

    def _amounts(self, talker: Talker, words: ActivityWords) -> list[QWidget]:
        if not words.has_bytes:
            return [_title(self.tr("Connections")), PlainLabel(words.contacts(talker.contacts), "small")]
        sent, received = (say.size(words.locale, value) for value in (talker.out_bytes, talker.in_bytes))
        if talker.usual_bytes is None:
            bars = (
                Amount(self.tr("sent"), talker.out_bytes, sent, "primary"),
                Amount(self.tr("received"), talker.in_bytes, received, "neutralFill"),
            )
            return [_title(self.tr("Data")), PairBars(bars)]
        usual = say.size(words.locale, talker.usual_bytes)
        is_much = talker.usual_bytes > 0 and words.is_much(talker)
        bars = (
            Amount(self.tr("usually"), talker.usual_bytes, usual, "okFill"),
            Amount(self.tr("today"), talker.out_bytes, sent, "lookFill" if is_much else "primary"),
        )
        received_words = self.tr("{size} received").replace("{size}", received)
        return [_title(self.tr("Data sent")), PairBars(bars), PlainLabel(received_words, "small")]

    def _new_places(self, talker: Talker) -> list[QWidget]:
        if talker.new_places is None:
            return []
        figure = str(talker.new_places)
        bars = (
            Amount(self.tr("usually"), 0, "0", "okFill"),
            Amount(self.tr("today"), talker.new_places, figure, "lookFill" if talker.new_places else "primary"),
        )
        return [_title(self.tr("Addresses it has not used before")), PairBars(bars)]

    def _places(self, talker: Talker, words: ActivityWords) -> list[QWidget]:
        if not talker.places:
            return []
        is_far = talker.kind == "destination"
        parts: list[QWidget] = [_title(self.tr("Called from") if is_far else self.tr("Where to"))]
        if is_far:
            where = ", ".join(part for part in (words.countries(talker.countries), words.owners(talker.owners)) if part)
            parts += [PlainLabel(where, "small")] if where else []
        for place in talker.places[:PLACES_TOLD]:
            parts.append(ElidedLabel(place.name or words.title(talker), "body"))
            if facts := words.place(place):
                parts.append(PlainLabel(facts, "small"))
        more = talker.place_count - PLACES_TOLD
        if more > 0:
            parts.append(PlainLabel(self.tr("and %Ln more", "", more), "small"))
        return parts

    def _finding(self, talker: Talker) -> list[QWidget]:
        if talker.finding is None:
            return []
        finding_id = talker.finding.id
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(0, current_theme().px(12), 0, 0)
        row.addWidget(LevelPill(talker.finding.level), 0, Qt.AlignmentFlag.AlignLeft)
        button = PrimaryButton(self.tr("Show me what to do"))
        button.clicked.connect(lambda: self.finding_asked.emit(finding_id))
        row.addWidget(fill_width(button))
        return [holder]


def _title(text: str) -> QWidget:
    label = PlainLabel(text, "smalltitle")
    label.setContentsMargins(0, current_theme().px(10), 0, 0)
    return label
