"""Sums up activity for a page: buckets of time, and who talked with whom in them.

Before this on the path: ``ActivityView`` (rows by the minute) and kept findings. After it: the Activity page, which
draws them. Pure sums without a clock of their own; the bridge runs them away from the window's thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.service.activity import ActivitySource, ActivityView
from desktop.service.keeping.kept import KeptFinding
from detectors.contract.activity import ActivityRow
from detectors.contract.finding import Finding, Level

SPANS = ("hour", "today", "week", "month", "whole")
GROUPINGS = ("near", "far")
"""``near``: programs, or computers where no program is known. ``far``: destinations."""
MINUTE_S, HOUR_S, DAY_S = 60, 3600, 86_400
_QUARTER_S = 900
"""No zone of the world is shifted by less."""
MOST_BUCKETS = 150
"""More columns than this cannot be told apart, or picked, on a usual screen."""
MOST_NAMES = 50
"""Names, countries and services of one talker that are told."""
MARK_WITHIN = 6
"""A mark stands at the highest of so many buckets from the beginning of its finding on."""
FIRST_HOUR, LAST_HOUR = 6, 18
"""The usual picture of a day; earlier and later hours come in with what happened in them."""
KNOWN_DAYS = 3
"""Days before which nothing is called usual or new, as the store has it."""
_STEPS_S = (60, 120, 300, 600, 900, 1800, HOUR_S, 2 * HOUR_S, 6 * HOUR_S, 12 * HOUR_S, DAY_S, 7 * DAY_S)
_URGENCY = (Level.ACT_NOW, Level.CHECK_TODAY, Level.GOOD_TO_KNOW)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time, cut into buckets of one width."""

    key: str
    """One of ``SPANS``."""
    first: int
    """Seconds since 1970."""
    end: int
    """After the last bucket."""
    bucket_s: int
    """Width of a bucket."""

    @property
    def count(self) -> int:
        """Count the buckets."""
        return max(1, -(-(self.end - self.first) // self.bucket_s))


@dataclass(frozen=True, slots=True)
class Bucket:
    """What happened in one column of the picture."""

    start: int
    """Seconds since 1970."""
    out_bytes: int
    """Sent."""
    in_bytes: int
    """Received."""
    contacts: int
    """Conversations begun."""
    usual_bytes: int | None
    """Usually sent at this time of the day; None when not known."""
    finding: Finding | None
    """The most serious finding that lies here."""


@dataclass(frozen=True, slots=True)
class Place:
    """A far end of a talker, with where it lies."""

    name: str
    """Name, or address where there is none: hostile text."""
    address: str
    """Its address; hostile text."""
    country: str
    """Two letters or empty."""
    owner: str
    """Whose network; hostile text."""


@dataclass(frozen=True, slots=True)
class Talker:
    """One program, computer or destination, and all it did in a stretch of time."""

    title: str
    """Program, address or destination; empty for a program nobody can name. Hostile text."""
    kind: str
    """``program``, ``computer`` or ``destination``."""
    places: tuple[Place, ...]
    """The other ends, most data first, at most ``MOST_NAMES``."""
    place_count: int
    """All of them."""
    countries: tuple[str, ...]
    """Countries of the far ends, most data first."""
    owners: tuple[str, ...]
    """Owners of their networks, most data first."""
    services: tuple[tuple[str, int], ...]
    """Service or transport with its port, most used first."""
    doors: tuple[tuple[str, int], ...]
    """Transport and port on which it waits to be called."""
    makers: tuple[str, ...]
    """Makers of the near ends' network cards."""
    out_bytes: int
    in_bytes: int
    contacts: int
    first: int
    """Minute of the first row."""
    last: int
    """Minute of the last row."""
    usual_bytes: int | None = None
    """Sent on an average day before today; None when not known."""
    new_places: int | None = None
    """Far ends not met on any day before; None when not known."""
    finding: Finding | None = None
    """The most serious finding about it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One span of time."""

    view: ActivityView
    """What it is made of."""
    span: Span
    """The time on show."""
    buckets: tuple[Bucket, ...]
    """In order of time."""
    has_bytes: bool
    """False when only connections were seen, and nobody can say how much was sent."""
    has_programs: bool
    """False when no program is known: near ends are told by their address."""
    findings: tuple[Finding, ...] = ()
    """Findings of this source."""


def span_of(key: str, source: ActivitySource | None, now: datetime) -> Span:
    """Lay a span over time.

    Args:
        key: One of ``SPANS``.
        source: For ``whole``, and for how early today begins.
        now: Aware, in the zone whose midnight counts.
    """
    this_minute = int(now.timestamp()) // MINUTE_S * MINUTE_S
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if key == "hour":
        return Span(key, this_minute - 59 * MINUTE_S, this_minute + MINUTE_S, MINUTE_S)
    if key == "today":
        first = midnight + timedelta(hours=min(FIRST_HOUR, now.hour // 2 * 2))
        end = midnight + timedelta(hours=max(LAST_HOUR, (now.hour + 2) // 2 * 2))
        return Span(key, int(first.timestamp()), int(end.timestamp()), 10 * MINUTE_S)
    if key in {"week", "month"}:
        days, width = (7, HOUR_S) if key == "week" else (30, 6 * HOUR_S)
        first = (midnight - timedelta(days=days - 1)).replace(hour=0)
        return Span(key, int(first.timestamp()), int((midnight + timedelta(days=1)).timestamp()), width)
    first_s, end_s = (source.first, source.last + MINUTE_S) if source else (this_minute, this_minute + MINUTE_S)
    width = next((step for step in _STEPS_S if (end_s - first_s) / step <= MOST_BUCKETS), 0)
    width = width or -(-(end_s - first_s) // (MOST_BUCKETS * DAY_S)) * DAY_S
    return Span(key, first_s, end_s, width)


def widen_today(span: Span, rows: Sequence[ActivityRow]) -> Span:
    """Begin today's picture two hours before the usual, or more, when something happened then."""
    if span.key != "today" or not rows:
        return span
    earlier = span.first - rows[0].minute
    steps = -(-earlier // (2 * HOUR_S)) if earlier > 0 else 0
    return Span(span.key, span.first - steps * 2 * HOUR_S, span.end, span.bucket_s)


def findings_of(kept: Iterable[KeptFinding], source: ActivitySource | None) -> tuple[Finding, ...]:
    """Choose the findings about this source's traffic."""
    name = source.name if source else ""
    hosts = (one.finding for one in kept if one.finding.subject.kind == "host")
    if name:
        return tuple(one for one in hosts if one.source == name)
    return tuple(one for one in hosts if one.identity[:1] != (one.source,))  # a recording stands in its own identity


def draw_picture(view: ActivityView, span: Span, findings: Sequence[Finding] = ()) -> Picture:
    """Sum a span up by time; ``findings`` are those of this source."""
    has_bytes = not view.rows or any(row.out_bytes or row.in_bytes for row in view.rows)
    is_watched = view.source is not None and view.source.how == "connections"
    has_programs = is_watched or any(row.program for row in view.rows)
    buckets = sum_buckets(view.rows, span, view.usual_out_bytes, findings)
    return Picture(view, span, buckets, has_bytes, has_programs, tuple(findings))


def talkers_in(
    picture: Picture, grouping: str, picked: tuple[int, int] | None = None, before: ActivityView | None = None
) -> tuple[Talker, ...]:
    """Sum up who talked.

    Args:
        picture: What is on show.
        grouping: One of ``GROUPINGS``.
        picked: First and last bucket that are meant; None for the whole span.
        before: Rows of the days before today; None where nothing can be called usual.
    """
    rows, span = picture.view.rows, picture.span
    if picked:
        first, end = span.first + picked[0] * span.bucket_s, span.first + (picked[1] + 1) * span.bucket_s
        rows = tuple(row for row in rows if first <= row.minute < end)
    findings, has_programs = picture.findings, picture.has_programs
    return sum_talkers(rows, grouping, has_programs=has_programs, before=before, findings=findings)


def sum_buckets(
    rows: Sequence[ActivityRow], span: Span, usual: dict[int, int] | None, findings: Sequence[Finding]
) -> tuple[Bucket, ...]:
    """Sum rows up by time."""
    count = span.count
    out_bytes, in_bytes, contacts = [0] * count, [0] * count, [0] * count
    for row in rows:
        place = (row.minute - span.first) // span.bucket_s
        if 0 <= place < count:
            out_bytes[place] += row.out_bytes
            in_bytes[place] += row.in_bytes
            contacts[place] += row.contacts
    marks = _mark_buckets(span, findings, out_bytes)
    starts = range(span.first, span.first + count * span.bucket_s, span.bucket_s)
    return tuple(
        Bucket(start, out_bytes[at], in_bytes[at], contacts[at], _usual_in(start, span.bucket_s, usual), marks.get(at))
        for at, start in enumerate(starts)
    )


def _usual_in(start: int, width_s: int, usual: dict[int, int] | None) -> int | None:
    if usual is None:
        return None
    minutes = range(start // MINUTE_S, (start + width_s) // MINUTE_S)
    return sum(usual.get(minute % (DAY_S // MINUTE_S), 0) for minute in minutes)


def _mark_buckets(span: Span, findings: Sequence[Finding], sent: Sequence[int]) -> dict[int, Finding]:
    """Put each finding where most was sent soon after it began; the most serious one of a bucket is kept."""
    marks: dict[int, Finding] = {}
    for finding in findings:
        first = (int(finding.first_seen_at.timestamp()) - span.first) // span.bucket_s
        last = min((int(finding.last_seen_at.timestamp()) - span.first) // span.bucket_s, first + MARK_WITHIN)
        if 0 <= first < span.count:
            place = max(range(first, min(last, span.count - 1) + 1), key=lambda at: sent[at], default=first)
            if place not in marks or _is_worse(finding, marks[place]):
                marks[place] = finding
    return marks


def _is_worse(one: Finding, other: Finding) -> bool:
    return _URGENCY.index(one.level) < _URGENCY.index(other.level)


class _Sum:
    """Adds up the rows of one talker."""

    __slots__ = ("contacts", "countries", "doors", "far", "first", "in_bytes", "kind", "last", "makers", "out_bytes",
                 "owners", "places", "services")  # fmt: skip

    def __init__(self, kind: str, minute: int) -> None:
        self.kind = kind
        self.first, self.last = minute, minute
        self.out_bytes = self.in_bytes = self.contacts = 0
        self.places: Counter[tuple[str, str, str, str]] = Counter()
        self.countries: Counter[str] = Counter()
        self.owners: Counter[str] = Counter()
        self.services: Counter[tuple[str, int]] = Counter()
        self.doors: set[tuple[str, int]] = set()
        self.makers: dict[str, None] = {}
        self.far: set[str] = set()

    def add(self, row: ActivityRow) -> None:
        """Take one row."""
        self.first, self.last = min(self.first, row.minute), max(self.last, row.minute)
        self.far.add(row.address)
        if row.maker:
            self.makers[row.maker] = None
        if row.is_listener and not row.address:
            self.doors.add((row.transport, row.port))
            return
        self.out_bytes += row.out_bytes
        self.in_bytes += row.in_bytes
        self.contacts += row.contacts
        weight = row.out_bytes + row.in_bytes + row.contacts
        self.places[_other_end(self.kind, row)] += weight
        self.services[row.service or row.transport, row.port] += weight
        if row.country:
            self.countries[row.country] += weight
        if row.owner:
            self.owners[row.owner] += weight


def _other_end(kind: str, row: ActivityRow) -> tuple[str, str, str, str]:
    if kind == "destination":
        return row.program or row.host, row.host, "", ""
    return row.name or row.address, row.address, row.country, row.owner


def _key_of(row: ActivityRow, grouping: str, *, has_programs: bool) -> tuple[str, str]:
    """Group by program where one is known; what was only watched has no bytes, and is a program without a name."""
    if grouping == "far":
        return "destination", row.name or row.address
    is_program = has_programs and (row.program or not (row.out_bytes or row.in_bytes))
    return ("program", row.program) if is_program else ("computer", row.host)


def sum_talkers(
    rows: Sequence[ActivityRow],
    grouping: str,
    *,
    has_programs: bool,
    before: ActivityView | None = None,
    findings: Sequence[Finding] = (),
) -> tuple[Talker, ...]:
    """Sum rows up by who talked, most data first; ``has_programs``: near ends are told by their program."""
    sums = _sum_each(rows, grouping, has_programs=has_programs)
    old = _sum_each(before.rows, grouping, has_programs=has_programs) if before else None
    days = _count_days(before.rows) if before else 0
    is_whole = before is not None and not before.left_out
    about = _by_address(findings)
    talkers = [
        _talker(key, one, old=None if old is None or days < KNOWN_DAYS else (old.get(key), days, is_whole), about=about)
        for key, one in sums.items()
    ]
    return tuple(sorted(talkers, key=lambda one: (-one.out_bytes - one.in_bytes, -one.contacts, one.title)))


def _sum_each(rows: Iterable[ActivityRow], grouping: str, *, has_programs: bool) -> dict[tuple[str, str], _Sum]:
    sums: dict[tuple[str, str], _Sum] = {}
    for row in rows:
        if grouping == "far" and not row.address:
            continue  # an open door has no far end
        key = _key_of(row, grouping, has_programs=has_programs)
        if key not in sums:
            sums[key] = _Sum(key[0], row.minute)
        sums[key].add(row)
    return sums


def _count_days(rows: Sequence[ActivityRow]) -> int:
    """Count the days, as people here count them, on which anything was seen; zones differ by quarters of an hour."""
    quarters = {row.minute // _QUARTER_S for row in rows}
    return len({datetime.fromtimestamp(quarter * _QUARTER_S).astimezone().date() for quarter in quarters})


def _talker(
    key: tuple[str, str],
    one: _Sum,
    *,
    old: tuple[_Sum | None, int, bool] | None,
    about: dict[str, Finding],
) -> Talker:
    usual, new_places = None, None
    if old is not None:
        earlier, days, is_whole = old
        usual = earlier.out_bytes // days if earlier else 0
        known = {place[:2] for place in earlier.places} if earlier else set()
        new_places = sum(place[:2] not in known for place in one.places) if is_whole else None
    return Talker(
        title=key[1],
        kind=key[0],
        places=tuple(Place(*place) for place, _weight in one.places.most_common(MOST_NAMES)),
        place_count=len(one.places),
        countries=_most(one.countries),
        owners=_most(one.owners),
        services=tuple(service for service, _weight in one.services.most_common(MOST_NAMES)),
        doors=tuple(sorted(one.doors)[:MOST_NAMES]),
        makers=tuple(one.makers)[:MOST_NAMES],
        out_bytes=one.out_bytes,
        in_bytes=one.in_bytes,
        contacts=one.contacts,
        first=one.first,
        last=one.last,
        usual_bytes=usual,
        new_places=new_places,
        finding=_finding_about(key, one, about),
    )


def _most(counted: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, _weight in counted.most_common(MOST_NAMES))


def _by_address(findings: Sequence[Finding]) -> dict[str, Finding]:
    """Find the most serious finding by every address it names."""
    about: dict[str, Finding] = {}
    for finding in findings:
        other = next((one.observed for one in finding.evidence if one.name == "other_side"), "")
        far = [part.strip() for part in str(other).split(",")]
        for address in (finding.subject.name, *far):
            if address and (address not in about or _is_worse(finding, about[address])):
                about[address] = finding
    return about


def _finding_about(key: tuple[str, str], one: _Sum, about: dict[str, Finding]) -> Finding | None:
    """Tell what was found: a computer is meant by its own address, a program or a destination by its far ends."""
    kind, title = key
    if kind == "computer":
        return about.get(title)
    found = [about[end] for end in one.far if end in about]
    return min(found, key=lambda finding: _URGENCY.index(finding.level), default=None)
