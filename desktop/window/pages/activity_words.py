"""Activity in words: who, with whom, where, how much, when.

Before this on the path: talkers and buckets, which hold hostile text. After it: rows, the picture and the panel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLocale, QObject

from desktop.service.activity import ActivitySource
from desktop.service.talkers import Bucket, Picture, Place, Span, Talker
from desktop.window import say
from desktop.window.pages.found import join_facts
from desktop.window.widgets.label import one_line
from desktop.window.widgets.shapes import mark_of
from desktop.window.widgets.talkers_view import TalkerLine
from desktop.window.widgets.timeline import Column

ICONS = {"program": "cpu", "computer": "monitor", "destination": "globe"}
SERVICES_TOLD = 6
DAY_S = 86_400
MUCH_MORE = 2
"""A program that sent this many times what it usually sends is said to differ; less is "as usual"."""


class ActivityWords(QObject):
    """Says everything the page shows. In a class, because lupdate sees numbers only in ``tr``."""

    def __init__(self, locale: QLocale, countries: Mapping[str, str], *, has_bytes: bool = True) -> None:
        super().__init__()
        self.locale = locale
        self.has_bytes = has_bytes
        self._countries = countries

    # One row

    def line(self, talker: Talker) -> TalkerLine:
        """Word one row of the list."""
        title, names = self.title(talker), self.names(talker)
        country, owner = self.countries(talker.countries), self.owners(talker.owners)
        amount, aside = self.amount(talker), self.aside(talker)
        parts = (title, names, country, owner, amount, aside)
        return TalkerLine(
            title=title,
            names=names,
            country=country,
            owner=owner,
            amount=amount,
            aside=aside,
            icon=ICONS[talker.kind],
            mark=mark_of(talker.finding.level) if talker.finding else "",
            is_odd=bool(talker.usual_bytes) and self.is_much(talker),
            sentence=", ".join(part for part in parts if part),
        )

    def title(self, talker: Talker) -> str:
        """Name a talker."""
        return one_line(talker.title) or self.tr("A program we cannot name")

    def names(self, talker: Talker) -> str:
        """Name the far ends: "meet.example and 2 more"."""
        if not talker.places:
            return self.tr("waits to be called") if talker.doors else ""
        first = one_line(talker.places[0].name) or self.tr("A program we cannot name")
        more = talker.place_count - 1
        return self.tr("{name} and %Ln more", "", more).replace("{name}", first) if more else first

    def countries(self, codes: Sequence[str]) -> str:
        """Name a country, or count several."""
        if len(codes) > 1:
            return self.tr("%Ln countries", "", len(codes))
        return self.country(codes[0]) if codes else ""

    def country(self, code: str) -> str:
        """Name one country in the person's language; a code nobody knows stays a code."""
        return self._countries.get(code, one_line(code))

    def owners(self, owners: Sequence[str]) -> str:
        """Name the owner of a network, or say that there are several."""
        if len(owners) > 1:
            return self.tr("%Ln owners of networks", "", len(owners))
        return one_line(owners[0]) if owners else ""

    def amount(self, talker: Talker) -> str:
        """Say how much was sent, or how many connections there were where bytes are not known."""
        if self.has_bytes:
            return self.sent(talker.out_bytes)
        return self.contacts(talker.contacts)

    def aside(self, talker: Talker) -> str:
        """Say what stands beside it: the usual, or what came in."""
        if not self.has_bytes:
            return ""
        if talker.usual_bytes is not None and talker.usual_bytes > 0:
            if self.is_much(talker):
                return self.tr("usually {size}").replace("{size}", say.size(self.locale, talker.usual_bytes))
            return self.tr("as usual")
        return self.tr("{size} received").replace("{size}", say.size(self.locale, talker.in_bytes))

    def is_much(self, talker: Talker) -> bool:
        """Tell whether far more was sent than on other days."""
        return talker.usual_bytes is not None and talker.out_bytes >= MUCH_MORE * max(talker.usual_bytes, 1)

    def sent(self, count: int) -> str:
        """Say how much was sent: "2.1 GB sent"."""
        return self.tr("{size} sent").replace("{size}", say.size(self.locale, count))

    def contacts(self, count: int) -> str:
        """Count connections."""
        return self.tr("%Ln connection(s)", "", count)

    def place(self, place: Place) -> str:
        """Say where a far end lies and whose it is."""
        country = self.country(place.country) if place.country else ""
        address = one_line(place.address) if place.address != place.name else ""
        return join_facts(address, country, one_line(place.owner))

    def services(self, services: Sequence[tuple[str, int]]) -> str:
        """List services with their ports."""
        told = [one_line(f"{name} {port}" if port else name) for name, port in services[:SERVICES_TOLD]]
        rest = len(services) - len(told)
        return ", ".join(told) + (" " + self.tr("and %Ln more", "", rest) if rest > 0 else "")

    # Time

    def from_to(self, first: int, end: int) -> str:
        """Say a stretch of time: "12:31 to 12:52 today"."""
        begin, finish = say.moment(first), say.moment(end)
        if begin.date() == finish.date():
            clocks = (say.clock(self.locale, begin), say.clock(self.locale, finish))
            text = self.tr("{first} to {last} {day}").replace("{day}", say.on_day(self.locale, begin))
        else:
            clocks = (say.when(self.locale, begin), say.when(self.locale, finish))
            text = self.tr("{first} to {last}")
        return text.replace("{first}", clocks[0]).replace("{last}", clocks[1])

    def column_time(self, start: int, span: Span) -> str:
        """Name a column by when it begins."""
        at = say.moment(start)
        clock = say.clock(self.locale, at)
        is_short = span.end - span.first <= DAY_S
        return clock if is_short else join_facts(say.short_date(self.locale, at), clock)

    # The picture

    def value(self, value: int) -> str:
        """Write a value of the picture."""
        return say.size(self.locale, value) if self.has_bytes else say.number(self.locale, value)

    def column(self, column: Column, span: Span) -> tuple[str, str]:
        """Say one column in two short lines."""
        much = self.sent(column.value) if self.has_bytes else self.contacts(column.value)
        first = join_facts(self.column_time(column.start, span), much)
        if column.usual is not None and self.has_bytes:
            usual = self.tr("usually {size} at this time").replace("{size}", say.size(self.locale, column.usual))
            return first, usual
        return first, ""

    def columns(self, picture: Picture, headlines: Mapping[str, str]) -> list[Column]:
        """Turn buckets into columns of the picture."""
        return [self._column_of(bucket, headlines) for bucket in picture.buckets]

    def _column_of(self, bucket: Bucket, headlines: Mapping[str, str]) -> Column:
        value = bucket.out_bytes if self.has_bytes else bucket.contacts
        finding = bucket.finding
        mark = mark_of(finding.level) if finding else ""
        note = headlines.get(finding.id, "") if finding else ""
        return Column(bucket.start, value, bucket.usual_bytes if self.has_bytes else None, mark, note)

    def summary(self, picture: Picture) -> str:
        """Say the whole picture in words, for those who cannot see it."""
        total = sum(one.out_bytes if self.has_bytes else one.contacts for one in picture.buckets)
        much = self.sent(total) if self.has_bytes else self.contacts(total)
        busiest = max(picture.buckets, key=lambda one: one.out_bytes if self.has_bytes else one.contacts)
        most = self.tr("Most at {time}.").replace("{time}", self.column_time(busiest.start, picture.span))
        marks = sum(one.finding is not None for one in picture.buckets)
        found = self.tr("%Ln finding(s) in this time.", "", marks) if marks else self.tr("No finding in this time.")
        keys = self.tr("Arrow keys choose a time.")
        return " ".join((f"{much}.", most if total else "", found, keys)).replace("  ", " ")

    def source(self, source: ActivitySource | None) -> str:
        """Name where activity came from."""
        if source is None or not source.name:
            return self.tr("This computer")
        return one_line(say.file_name(source.name))

    def ages(self, places: str, makers: str) -> str:
        """Say how old the data behind countries, owners and makers is."""
        countries = self.tr("Countries and owners of networks as of {month}.").replace("{month}", places)
        cards = self.tr("Makers of network cards as of {month}.").replace("{month}", makers)
        return " ".join(part for part, month in ((countries, places), (cards, makers)) if month)

    def left_out(self, count: int) -> str:
        """Say that not everything is drawn."""
        return self.tr("%Ln quieter line(s) are not shown: there are too many.", "", count) if count else ""
