"""The parts of the Activity page: the picture over time, the list, the buttons above.

Before this on the path: ``ActivityFacts``, read by the page. After it: the page hears what was picked or chosen.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.service.activity import ActivitySource
from desktop.service.talkers import Talker
from desktop.service.texts import shorten
from desktop.window import say
from desktop.window.pages.activity_facts import ActivityFacts
from desktop.window.pages.activity_words import ActivityWords
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton, MenuButton, OutlineButton
from desktop.window.widgets.card import Card
from desktop.window.widgets.field import Segments
from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.label import PlainLabel, for_button
from desktop.window.widgets.painted import Painted
from desktop.window.widgets.shapes import draw_mark, tokens_of
from desktop.window.widgets.talkers_view import SHORT_ROWS, TalkerLine, TalkersTable, TalkersView
from desktop.window.widgets.timeline import Timeline, TimelineData

LONG_ROWS = 12
"""Rows with "Show all" open; the rest scrolls."""
SOURCES_TOLD = 30
NAME_LETTERS = 28


class Swatch(Painted):
    """A small sample of a line, an area or a mark, for the legend."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind, self.mark = kind, "look"

    def wanted_size(self) -> tuple[float, float]:
        """As wide as a short word."""
        return 18, 14

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sample."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._kind == "usual":
            painter.setPen(QPen(theme.qcolor("okFill"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(theme.qcolor("okSoft"))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        elif self._kind == "mark":
            side = box.height()
            place = QRectF(box.center().x() - side / 2, box.top(), side, side)
            draw_mark(painter, place, self.mark, theme.qcolor(tokens_of(self.mark)[2]), theme.qcolor("surface"))
        else:
            painter.setPen(QPen(theme.qcolor("primary"), theme.px(3)))
            middle = box.center().y()
            painter.drawLine(QPointF(box.left(), middle), QPointF(box.right(), middle))


class TimelineCard(Card):
    """Title, legend, the picture, and what is picked in it."""

    def __init__(self) -> None:
        super().__init__(padding=18, gap=6)
        theme = current_theme()
        self.title = PlainLabel("", "h3")
        self.timeline = Timeline()
        self.picked_words = PlainLabel("", "small")
        self.whole_button = LinkButton(self.tr("Show the whole time"))
        self.whole_button.clicked.connect(self.timeline.let_go)
        head = QWidget()
        flow = FlowLayout(head, gap=theme.px(16))
        flow.addWidget(self.title)
        self._legend: dict[str, PlainLabel] = {}
        self._mark = Swatch("mark")
        for kind in ("line", "usual", "mark"):
            flow.addWidget(self._legend_part(kind))
        self.body.addWidget(head)
        self.body.addWidget(self.timeline)
        foot = QHBoxLayout()
        foot.addWidget(self.picked_words, 1)
        foot.addWidget(self.whole_button)
        policy = self.whole_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.whole_button.setSizePolicy(policy)
        self.body.addLayout(foot)

    def _measure(self) -> None:
        super()._measure()
        margins = self.body.contentsMargins()
        margins.setBottom(current_theme().px(6))  # the foot is as high as a button, also when there is none
        self.body.setContentsMargins(margins)

    def _legend_part(self, kind: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().px(7))
        row.addWidget(self._mark if kind == "mark" else Swatch(kind))
        self._legend[kind] = PlainLabel("", "small", wrap=False)
        row.addWidget(self._legend[kind])
        return holder

    def show_facts(self, facts: ActivityFacts, words: ActivityWords, picked: tuple[int, int] | None) -> None:
        """Draw these facts."""
        picture, span = facts.picture, facts.picture.span
        is_here = picture.view.source is not None and not picture.view.source.name
        if picture.has_bytes:
            title = self.tr("Data sent by this computer") if is_here else self.tr("Data sent in this recording")
        else:
            title = self.tr("Connections of this computer")
        self.title.set_text(title)
        self._legend["line"].set_text(self.tr("sent") if picture.has_bytes else self.tr("connections"))
        has_usual = picture.has_bytes and any(one.usual_bytes is not None for one in picture.buckets)
        self._legend["usual"].set_text(self.tr("usual at this time of day"))
        self._legend["mark"].set_text(self.tr("a finding"))
        self._show_legend("usual", is_shown=has_usual)
        columns = words.columns(picture, facts.headlines)
        marks = {one.mark for one in columns if one.mark}
        self._mark.mark = next((mark for mark in ("act", "look", "info") if mark in marks), "look")
        self._show_legend("mark", is_shown=bool(marks))
        data = TimelineData(
            columns=columns,
            width_s=span.bucket_s,
            now=facts.now if is_here else None,
            summary=f"{title}. {words.summary(picture)}",
            say_value=words.value,
            say_column=lambda column: words.column(column, span),
            locale=words.locale,
        )
        self.timeline.show_data(data, picked)
        self.say_picked(facts, words, picked, is_known=has_usual or not is_here or not picture.has_bytes)

    def _show_legend(self, kind: str, *, is_shown: bool) -> None:
        holder = self._legend[kind].parentWidget()
        if holder is not None:
            holder.setVisible(is_shown)

    def say_picked(
        self, facts: ActivityFacts, words: ActivityWords, picked: tuple[int, int] | None, *, is_known: bool = True
    ) -> None:
        """Say which time is picked, or what is not known yet."""
        self.whole_button.setVisible(picked is not None)
        if picked is not None:
            span = facts.picture.span
            first, end = span.first + picked[0] * span.bucket_s, span.first + (picked[1] + 1) * span.bucket_s
            text = self.tr("The list shows {time}.").replace("{time}", words.from_to(first, end))
        elif not is_known:
            text = self.tr("We do not know this computer long enough yet to say what is usual. That takes three days.")
        else:
            text = self.tr("Click on a time, or use the arrow keys, to see who was active then.")
        self.picked_words.set_text(text)


class TalkersCard(Card):
    """The list, grouped by who is here or by who is there, and Show all."""

    grouping_chosen = Signal(str)
    """``near`` or ``far``."""
    chosen = Signal(object)
    """The ``Talker`` that a person went to."""

    def __init__(self, grouping: str) -> None:
        super().__init__(padding=0, gap=0)
        theme = current_theme()
        self._words: ActivityWords | None = None
        self._is_open = False
        self.title = PlainLabel("", "h3")
        self.segments: Segments | None = None
        self._grouping, self._near = grouping, ""
        self._head = QHBoxLayout()
        self._head.setContentsMargins(theme.px(20), theme.px(12), theme.px(16), theme.px(10))
        self._head.addWidget(self.title, 1)
        self.table = TalkersTable(self._word, self)
        self.view = TalkersView(self.table, self.tr("Programs and destinations"))
        self.view.chosen.connect(lambda row: self.chosen.emit(self.table.talkers[row]))
        self.nothing = PlainLabel(self.tr("Nobody was active in this time."), "sub")
        self.nothing.setContentsMargins(theme.px(20), theme.px(10), theme.px(20), theme.px(20))
        self.all_button = LinkButton("")
        self.all_button.clicked.connect(self.toggle_all)
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(8))
        foot.addWidget(self.all_button)
        foot.addStretch(1)
        inner = QVBoxLayout()
        inner.setContentsMargins(2, 0, 2, 0)
        inner.addWidget(self.view)
        self.body.addLayout(self._head)
        self.body.addLayout(inner)
        self.body.addWidget(self.nothing)
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def _word(self, talker: Talker) -> TalkerLine:
        return self._wording.line(talker)

    @property
    def _wording(self) -> ActivityWords:
        assert self._words is not None  # noqa: S101 - rows come only with their words
        return self._words

    def show_talkers(self, talkers: Sequence[Talker], words: ActivityWords, *, has_programs: bool) -> None:
        """Show who talked; the row a person stood on stays chosen where it is still there."""
        self._words = words
        row = self.view.currentIndex().row()
        old = self.table.talkers[row].title if 0 <= row < len(self.table.talkers) else None
        self._show_head(has_programs=has_programs)
        self.table.show(talkers)
        self._show_count()
        self.view.setVisible(bool(talkers))
        self.nothing.setVisible(not talkers)
        same = next((place for place, one in enumerate(talkers[: self._rows]) if one.title == old), -1)
        marked = next((place for place, one in enumerate(talkers[: self._rows]) if one.finding), 0)
        if talkers:
            self.view.setCurrentIndex(self.table.index(same if same >= 0 else marked, 0))

    def _show_head(self, *, has_programs: bool) -> None:
        near = self.tr("Programs") if has_programs else self.tr("Computers")
        far = self.tr("Destinations")
        if near != self._near:
            if self.segments is not None:
                self._head.removeWidget(self.segments)
                self.segments.deleteLater()
            self._near = near
            self.segments = Segments(self.tr("Show"), (("near", near), ("far", far)), self._grouping)
            self.segments.chosen.connect(self._group)
            self._head.addWidget(self.segments)
        is_near = self._grouping == "near"
        busiest = self.tr("{who}, most data first") if self._wording.has_bytes else self.tr("{who}, busiest first")
        self.title.set_text(busiest.replace("{who}", near if is_near else far))

    def _group(self, grouping: str) -> None:
        self._grouping = grouping
        self.grouping_chosen.emit(grouping)

    @property
    def _rows(self) -> int:
        return len(self.table.talkers) if self._is_open else SHORT_ROWS

    def toggle_all(self) -> None:
        """Show all of them, or the first few."""
        self._is_open = not self._is_open
        self._show_count()

    def _show_count(self) -> None:
        count = len(self.table.talkers)
        self.view.show_rows(LONG_ROWS if self._is_open else SHORT_ROWS)
        self.all_button.setVisible(count > SHORT_ROWS)
        self.all_button.set_text(self.tr("Show fewer") if self._is_open else self.tr("Show all %Ln", "", count))


class Toolbar(QWidget):
    """Where activity comes from, and the ways to get more."""

    source_chosen = Signal(str)
    """Name of a recording, or empty for this computer."""
    look_asked = Signal()
    """Watch the connections for a short while."""
    open_asked = Signal()
    """Open a recording."""
    listen_asked = Signal(str)
    """Listen on this network card."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=current_theme().px(10))
        self._sources: tuple[str, ...] | None = None
        self._cards: tuple[str, ...] = ()
        self.source_menu: MenuButton | None = None
        self.look_button = OutlineButton(self.tr("Look at the network now"), "activity")
        self.look_button.clicked.connect(self.look_asked)
        self.open_button = OutlineButton(self.tr("Open a recording"), "file-input")
        self.open_button.clicked.connect(self.open_asked)
        self.listen_button = OutlineButton(self.tr("Listen for a minute"), "radio")
        self._menu = QMenu(self.listen_button)
        self.listen_button.setMenu(self._menu)

    def show_facts(self, facts: ActivityFacts, words: ActivityWords) -> None:
        """Offer what there is."""
        sources = tuple(one.name for one in facts.sources[:SOURCES_TOLD])
        if sources != self._sources:
            self._sources = sources
            self._rebuild(facts.sources[:SOURCES_TOLD], words)
        source = facts.picture.view.source
        if self.source_menu is not None and source is not None and source.name in sources:
            self.source_menu.set_current(source.name)
        self._show_cards(tuple(facts.cards))

    def _rebuild(self, sources: Sequence[ActivitySource], words: ActivityWords) -> None:
        while self._flow.takeAt(0) is not None:
            pass
        if self.source_menu is not None:
            self.source_menu.deleteLater()
            self.source_menu = None
        if sources:
            options = [(one.name, shorten(words.source(one), NAME_LETTERS)) for one in sources]
            self.source_menu = MenuButton(self.tr("From"), options)
            self.source_menu.chosen.connect(self.source_chosen)
            self._flow.addWidget(self.source_menu)
            self.source_menu.show()
        for button in (self.look_button, self.open_button, self.listen_button):
            self._flow.addWidget(button)

    def _show_cards(self, cards: Sequence[str]) -> None:
        self.listen_button.setVisible(bool(cards))
        if cards != self._cards:
            self._cards = tuple(cards)
            self._menu.clear()
            for card in cards:
                action = self._menu.addAction(for_button(card))
                action.triggered.connect(lambda _checked=False, card=card: self.listen_asked.emit(card))


def say_ages(facts: ActivityFacts, words: ActivityWords) -> str:
    """Say how old the data behind countries, owners and makers is."""
    view = facts.picture.view
    places, makers = (say.month(words.locale, one) for one in (view.places_from, view.makers_from))
    return words.ages(places, makers)
