"""The cards that a running and a finished check share: what was found, what was not looked at, what it looks at.

Before this on the path: counts and findings of a check. After it: the Check page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.window import say
from desktop.window.icons import pixmap
from desktop.window.pages.found import Found, make_row
from desktop.window.pages.skip_words import skip_icon, skip_name
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton
from desktop.window.widgets.card import Card, line
from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.headed_card import HeadedCard
from desktop.window.widgets.label import PlainLabel
from detectors.contract.errors import SkipReason
from detectors.contract.finding import Level, Subject
from detectors.contract.places import Place

ROWS = 12
"""Findings shown on this page; the list has them all."""
REASONS = 5
"""Reasons named in the card; the full list has them all."""
LINK_PADDING_PX = 10
"""What a link keeps free around its words; the other words move in by as much, so that all stand in line."""
PLACE_ICONS = {
    "downloads": "download",
    "desktop": "monitor",
    "documents": "folder",
    "mail": "folder",
    "temporary": "clock",
    "startup": "power",
    "home": "house",
    "whole": "hard-drive",
    "programs": "cpu",
    "network": "activity",
}


class LiveFoundCard(HeadedCard):
    """Findings of one check while it goes on: *Act now* on top, then the newest."""

    opened = Signal(str)
    """Id of a finding."""
    all_asked = Signal()
    """The person wants the whole list."""

    def __init__(self, title: str, note: str, locale: QLocale) -> None:
        super().__init__(title, note, self.tr("See all findings"))
        self._locale = locale
        self._shown: list[str] = []
        self._urgent = 0
        self.link.clicked.connect(self.all_asked)
        self.nothing = PlainLabel(self.tr("Nothing so far."), "sub")
        self.body.addWidget(self.nothing)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)
        self.link.hide()

    @property
    def shown_ids(self) -> list[str]:
        """Findings on show, from the top."""
        return self._shown

    def add(self, found: Sequence[Found], total: int, *, fresh: bool) -> None:
        """Put findings on top, but below what needs a person now; the last rows give way."""
        for one in found:
            if one.finding.id in self._shown:
                continue
            is_urgent = one.finding.level is Level.ACT_NOW
            place = 0 if is_urgent else self._urgent
            self._urgent += is_urgent
            self._shown.insert(place, one.finding.id)
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(0)
            row = make_row(self._locale, one, fresh=fresh)
            row.opened.connect(lambda chosen=one.finding.id: self.opened.emit(chosen))
            column.addWidget(row)
            column.addWidget(line())
            self._rows.insertWidget(place, holder)
        while self._rows.count() > ROWS:
            self._drop_last()
        self._draw_lines()
        self.nothing.setVisible(not self._shown)
        self.link.setVisible(total > 0)

    def _draw_lines(self) -> None:
        """Draw a line below every row but the last."""
        for place in range(self._rows.count()):
            item = self._rows.itemAt(place)
            holder = item.widget() if item is not None else None
            below = holder.findChild(QFrame, "line") if holder is not None else None
            if below is not None:
                below.setVisible(place < self._rows.count() - 1)

    def _drop_last(self) -> None:
        item = self._rows.takeAt(self._rows.count() - 1)
        if item is not None and (widget := item.widget()) is not None:
            widget.deleteLater()
        self._shown.pop()
        self._urgent = min(self._urgent, len(self._shown))


class SkippedCard(Card):
    """What was not looked at, by reason, and the way to the full list."""

    list_asked = Signal()
    """The person wants every line and why."""

    def __init__(self, locale: QLocale) -> None:
        super().__init__(padding=20 - LINK_PADDING_PX, gap=8)
        self._locale = locale
        inset = current_theme().px(LINK_PADDING_PX)
        inner = QVBoxLayout()
        inner.setContentsMargins(inset, inset, inset, 0)
        inner.setSpacing(current_theme().px(8))
        self.title = PlainLabel("", "h3")
        inner.addWidget(self.title)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(current_theme().px(8))
        inner.addLayout(self._lines)
        self.body.addLayout(inner)
        self.link = LinkButton("")
        self.link.clicked.connect(self.list_asked)
        self.body.addStretch(1)
        self.body.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self._counts: Mapping[str, int] | None = None
        self.show_counts({})

    def show_counts(self, by_reason: Mapping[str, int]) -> None:
        """Show how many lines each reason has, the largest first."""
        if by_reason == self._counts:
            return
        self._counts = dict(by_reason)
        total = sum(by_reason.values())
        self.title.set_text(self.tr("Not looked at: {n}").replace("{n}", say.number(self._locale, total)))
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if not total:
            self._lines.addWidget(PlainLabel(self.tr("Nothing was left out so far."), "sub"))
        for reason, count in sorted(by_reason.items(), key=lambda pair: -pair[1])[:REASONS]:
            self._lines.addWidget(self._line(SkipReason(reason), count))
        self.link.set_text(self.tr("Show all %Ln and why", "", total))
        self.link.setVisible(total > 0)

    def _line(self, reason: SkipReason, count: int) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(current_theme().px(10))
        picture = QLabel()
        picture.setPixmap(pixmap(skip_icon(reason), "text2", 18))
        row.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(skip_name(reason)), 1)
        figure = PlainLabel(say.number(self._locale, count), "strong", wrap=False)
        figure.setAccessibleName(f"{skip_name(reason)}: {figure.full_text}")
        row.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
        return holder


class PlacesCard(Card):
    """What a check looks at, in one line."""

    def __init__(self, title: str) -> None:
        super().__init__(padding=20)
        self._title = title
        self._holder: QWidget | None = None

    def show_places(self, names: Sequence[tuple[str, str]]) -> None:
        """Show kind and name of each place; names may come from outside."""
        if self._holder is not None:
            self.body.removeWidget(self._holder)
            self._holder.deleteLater()
        self._holder = QWidget()
        flow = FlowLayout(self._holder, gap=current_theme().px(18))
        flow.addWidget(PlainLabel(self._title, "h3", wrap=False))
        for kind, name in names:
            flow.addWidget(_place(kind, name))
        self.body.addWidget(self._holder)


def _place(kind: str, name: str) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current_theme().px(7))
    picture = QLabel()
    picture.setPixmap(pixmap(PLACE_ICONS.get(kind, "folder"), "text2", 16))
    row.addWidget(picture)
    row.addWidget(PlainLabel(name, "small", wrap=False))
    return holder


def name_places(places: Sequence[Place]) -> list[tuple[str, str]]:
    """Give kinds of places their names, each kind once; chosen folders keep their own name, which is outside text."""
    translate = QCoreApplication.translate
    known = {
        "downloads": translate("places", "Downloads"),
        "desktop": translate("places", "Desktop"),
        "documents": translate("places", "Documents"),
        "mail": translate("places", "Mail"),
        "temporary": translate("places", "Temporary files"),
        "startup": translate("places", "What starts by itself"),
        "home": translate("places", "Your own folder"),
        "whole": translate("places", "The whole computer"),
    }
    named = {(place.kind, known.get(place.kind) or say.file_name(place.path.rstrip("/\\"))): None for place in places}
    return list(named)


def name_subject(subject: Subject) -> str:
    """Name what was not looked at: a sense by its word, everything else as it came, which is hostile text."""
    senses = {
        "programs": QCoreApplication.translate("places", "Programs that run now"),
        "network": QCoreApplication.translate("places", "Network"),
    }
    return senses.get(subject.name, subject.name) if subject.kind == "sense" else subject.name
