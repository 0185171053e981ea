"""The story of one program: who started it, what it started, when it ran, what it uses, whom it talks to.

Before this on the path: ``StoryFacts``, read by the page. After it: another program, or a finding about this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QLocale, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.service.programs import ProgramStory, finding_key
from desktop.window import say
from desktop.window.icons import pixmap
from desktop.window.page import GAP
from desktop.window.pages.finding_parts import TechnicalCard
from desktop.window.pages.found import Found, join_facts, make_row
from desktop.window.pages.program_facts import StoryFacts
from desktop.window.pages.program_words import ProgramWords
from desktop.window.pages.turns import add_in_turns
from desktop.window.theme import current_theme
from desktop.window.widgets.card import Card, Columns, line
from desktop.window.widgets.headed_card import HeadedCard
from desktop.window.widgets.label import ElidedLabel, PlainLabel
from desktop.window.widgets.load_bar import draw_load
from desktop.window.widgets.painted import Painted
from desktop.window.widgets.pair_bars import Amount, PairBars
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.row import ClickRow, Tile
from desktop.window.widgets.shapes import mark_of
from detectors.contract.activity import ProgramRow

MAIN_SHARE, SIDE_SHARE = 13, 6
ROWS_TOLD, FAR_TOLD = 8, 8
EXACT_MS = "milliseconds"


class LoadBar(Painted):
    """One share of a processor core as a bar; the words stand below it."""

    width_policy = QSizePolicy.Policy.Expanding

    def __init__(self, share: float, words: str) -> None:
        super().__init__()
        self._share = share
        self.setAccessibleName(words)

    def wanted_size(self) -> tuple[float, float]:
        """As high as a line."""
        return 80, 14

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_load(painter, QRectF(1, theme.px(2), self.width() - 2, theme.px(10)), self._share)


class ProgramClickRow(ClickRow):
    """One program of the family; a click or Enter opens its story."""

    def __init__(self, row: ProgramRow, words: ProgramWords, facts: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.key, theme, title = row.key, current_theme(), words.title(row)
        box = QHBoxLayout(self)
        box.setContentsMargins(*(theme.px(8),) * 4)
        box.setSpacing(theme.px(12))
        box.addWidget(Tile("cpu", "none", 34))
        column = QVBoxLayout()
        column.setSpacing(theme.px(2))
        column.addWidget(ElidedLabel(title, "strong"))
        column.addWidget(ElidedLabel(facts, "small"))
        box.addLayout(column, 1)
        arrow = QLabel()
        arrow.setPixmap(pixmap("chevron-right", "text2", 18))
        box.addWidget(arrow)
        self.setAccessibleName(f"{title}: {facts}" if facts else title)


class FamilyCard(HeadedCard):
    """Programs above or below, one row each."""

    asked = Signal(str)
    """Key of a program."""

    def __init__(self, title: str, rows: Sequence[ProgramRow], words: ProgramWords, nothing: str) -> None:
        super().__init__(title)
        self.rows: list[ProgramClickRow] = []
        for number, row in enumerate(rows[:ROWS_TOLD]):
            if number:
                self.body.addWidget(line())
            facts = join_facts(words.time(row, is_running=row.ended_s is None), words.account(row))
            shown = ProgramClickRow(row, words, facts)
            shown.opened.connect(lambda key=row.key: self.asked.emit(key))
            self.rows.append(shown)
            self.body.addWidget(shown)
        if not rows:
            self.body.addWidget(PlainLabel(nothing, "sub"))
        if len(rows) > ROWS_TOLD:
            self.body.addWidget(PlainLabel(words.and_more(len(rows) - ROWS_TOLD), "small"))


class FoundAboutCard(HeadedCard):
    """Open findings about the program or those above it."""

    asked = Signal(str)
    """Id of a finding."""

    def __init__(self, found: Sequence[Found], locale: QLocale) -> None:
        super().__init__(self.tr("What we found about it or about who started it"))
        for number, one in enumerate(found):
            if number:
                self.body.addWidget(line())
            row = make_row(locale, one)
            row.opened.connect(lambda chosen=one.finding.id: self.asked.emit(chosen))
            self.body.addWidget(row)


class UsesCard(Card):
    """What it uses of processor, memory and disk."""

    def __init__(self, row: ProgramRow, words: ProgramWords) -> None:
        super().__init__(padding=20, gap=6)
        self.body.addWidget(PlainLabel(self.tr("What it uses"), "h3"))
        before = self.body.count()
        if row.cpu_share is not None:
            busy = words.processor(row.cpu_share)
            self.body.addWidget(LoadBar(row.cpu_share, busy))
            self.body.addWidget(PlainLabel(busy, "small"))
        if row.cpu_s is not None:
            text = self.tr("{duration} of processor time so far")
            self.body.addWidget(PlainLabel(text.replace("{duration}", say.duration(row.cpu_s)), "small"))
        if row.memory_bytes is not None:
            self.body.addWidget(PlainLabel(words.memory(row.memory_bytes), "small"))
        if row.read_bytes is not None or row.written_bytes is not None:
            read, written = row.read_bytes or 0, row.written_bytes or 0
            amounts = (
                Amount(self.tr("read"), read, say.size(words.locale, read), "neutralFill"),
                Amount(self.tr("written"), written, say.size(words.locale, written), "primary"),
            )
            self.body.addWidget(PairBars(amounts))
        if self.body.count() == before:
            self.body.addWidget(PlainLabel(self.tr("We could not see that."), "sub"))


class TalksCard(Card):
    """Whom it talks to, and on which doors it waits."""

    def __init__(self, row: ProgramRow, words: ProgramWords) -> None:
        super().__init__(padding=20, gap=6)
        self.body.addWidget(PlainLabel(self.tr("Whom it talks to"), "h3"))
        for far in row.far[:FAR_TOLD]:
            self.body.addWidget(ElidedLabel(far, "body"))
        more = max(row.connections, len(row.far)) - len(row.far[:FAR_TOLD])
        if more > 0:
            text = words.and_more(more) if row.far else words.far(row)
            self.body.addWidget(PlainLabel(text, "small"))
        if doors := words.doors(row, told=20):
            self.body.addWidget(PlainLabel(doors, "small"))
        if not (row.far or row.connections or row.listens):
            self.body.addWidget(PlainLabel(self.tr("To nobody, as far as we saw."), "sub"))


class StoryView(QWidget):
    """Everything about one program."""

    program_asked = Signal(str)
    """Key of another program."""
    finding_asked = Signal(str)
    """Id of a finding."""

    def __init__(self, facts: StoryFacts, words: ProgramWords, recording: str = "") -> None:
        """Build it; ``recording`` names where the program was seen, when that is not this computer."""
        super().__init__()
        story = facts.story
        assert story is not None  # noqa: S101 - told by the page, for the type checker
        row = story.row
        self._words, self._story, self._found = words, story, facts.found
        self.above: FamilyCard | None = None
        self.below: FamilyCard | None = None
        self.technical = TechnicalCard(self._exact(row), about="program")
        columns, main, side = Columns(760), QWidget(), QWidget()
        columns.add(main, MAIN_SHARE)
        columns.add(side, SIDE_SHARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(GAP))
        for widget in (self._head(story, facts, words, recording), columns, self.technical):
            column.addWidget(widget)
        found = (self._found_card,) if facts.found else ()
        # A card a turn: each is a step of its own for the window.
        add_in_turns(_column(side), (lambda: UsesCard(row, words), lambda: TalksCard(row, words)))
        add_in_turns(_column(main), (*found, self._above_card, self._below_card))

    def _found_card(self) -> QWidget:
        card = FoundAboutCard(self._found, self._words.locale)
        card.asked.connect(self.finding_asked)
        return card

    def _above_card(self) -> QWidget:
        nothing = self.tr("We did not see who started it.")
        self.above = FamilyCard(self.tr("Who started it"), self._story.chain, self._words, nothing)
        self.above.asked.connect(self.program_asked)
        return self.above

    def _below_card(self) -> QWidget:
        nothing = self.tr("Nothing, as far as we saw.")
        self.below = FamilyCard(self.tr("What it started"), self._story.children, self._words, nothing)
        self.below.asked.connect(self.program_asked)
        return self.below

    def _head(self, story: ProgramStory, facts: StoryFacts, words: ProgramWords, recording: str) -> Card:
        card, theme, row = Card(padding=20), current_theme(), story.row
        own = [one.finding.level for one in facts.found if finding_key(one.finding) == row.key]
        level = own[0] if own else None  # what is above it has its own story
        box = QHBoxLayout()
        box.setSpacing(theme.px(16))
        box.addWidget(Tile("cpu", mark_of(level) if level else "none", 50), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme.px(4))
        column.addWidget(PlainLabel(words.title(row), "h1"))
        column.addWidget(PlainLabel(join_facts(recording, self._when(story, words)), "small"))
        column.addWidget(PlainLabel(self._where(row), "small"))
        box.addLayout(column, 1)
        if level:
            box.addWidget(LevelPill(level), 0, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(box)
        return card

    def _when(self, story: ProgramStory, words: ProgramWords) -> str:
        row = story.row
        if row.started_s is not None and row.ended_s is not None:
            text = self.tr("ran from {first} to {last}")
            first, last = (say.when(words.locale, say.moment(at)) for at in (row.started_s, row.ended_s))
            when = text.replace("{first}", first).replace("{last}", last)
        else:
            when = words.time(row, is_running=story.is_running)
        gone = "" if story.is_running or row.ended_s is not None else self.tr("it has ended since")
        return join_facts(when, gone, words.account(row))

    def _where(self, row: ProgramRow) -> str:
        folder = row.path.replace("\\", "/").rpartition("/")[0]
        if not folder:
            return self.tr("We do not know where its file lies.")
        return self.tr("Its file lies in {folder}").replace("{folder}", row.path[: len(folder)])

    def _exact(self, row: ProgramRow) -> list[tuple[str, str]]:
        """List the facts for an expert; secrets in the command line are masked long before this."""
        lines = (
            (self.tr("File"), row.path),
            (self.tr("Command line"), row.command),
            (self.tr("Program number (PID)"), "" if row.pid is None else str(row.pid)),
            (self.tr("Account"), row.user),
            (self.tr("Started"), _exact_time(row.started_s)),
            (self.tr("Ended"), _exact_time(row.ended_s)),
        )
        return [(label, value) for label, value in lines if value]


def _exact_time(seconds: float | None) -> str:
    at: datetime | None = None if seconds is None else say.moment(seconds)
    return at.isoformat(" ", EXACT_MS) if at else ""


def _column(holder: QWidget) -> QVBoxLayout:
    """Make a column that is filled from above; what is left below stays empty."""
    column, inner = QVBoxLayout(holder), QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    inner.setSpacing(current_theme().px(GAP))
    column.addLayout(inner)
    column.addStretch(1)
    return inner
