"""Who talked to whom, kept for thirty days, and what this computer has learned to know from it.

Before this on the path: ``store.py`` with the rows of a batch. After it: the Activity page; and the next check, which
is told what is known. Recordings teach nothing: they may come from anywhere.
"""

from __future__ import annotations

import ipaddress
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desktop.service.activity import ActivitySource, ActivityView
from desktop.service.keeping.database import Database
from desktop.service.keeping.documents import column_text, exact_text, time_text
from detectors.contract.activity import ActivityRow
from detectors.worker.wire import Known

RECORDING = "recording"
KINDS = ("device", "destination")
KEPT_DAYS = 30
"""Raw sums are forgotten after this."""
LEARNING_DAYS = 3
"""A destination is known when it was contacted on so many days; before so many days nothing is "new"."""
MOST_ROWS = 20_000
"""Rows that are shown at once."""
MOST_KNOWN = 20_000
"""Names of one kind that are told to a check; the ones seen last."""
MOST_COUNTED = 100_000
"""Names that are counted; beyond that those of the oldest days go."""
_MINUTES_A_DAY = 1440
_FIELDS = (
    "minute", "program", "host", "address", "port", "transport", "service", "name", "country", "owner", "maker",
    "out_bytes", "in_bytes", "contacts", "is_listener",
)  # fmt: skip
_KEY = (*_FIELDS[:11], "is_listener")
_ADD = f"INSERT INTO activity (source_id, kept_on, {', '.join(_FIELDS)}) VALUES (?, ?{', ?' * len(_FIELDS)})"  # noqa: S608 - our own names
_SHOW = (
    f"SELECT {', '.join(_KEY)}, sum(out_bytes) AS out_bytes, sum(in_bytes) AS in_bytes, sum(contacts) AS contacts"  # noqa: S608 - our own names
    f" FROM activity WHERE source_id = ? AND minute BETWEEN ? AND ? GROUP BY {', '.join(_KEY)}"
    " ORDER BY sum(out_bytes) + sum(in_bytes) DESC, minute LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Activity:
    """What one batch has to keep."""

    source: str
    """A recording as it was given, or whatever the batch came from."""
    how: str
    """``recording``, ``live`` or ``connections``."""
    rows: Sequence[ActivityRow]
    """Sums."""
    is_first: bool
    """True for the first of this source in this run."""
    devices: Sequence[str] = ()
    """Hardware addresses of this network that were seen."""


def save_activity(connection: sqlite3.Connection, new: Activity) -> None:
    """Keep rows in the transaction of their batch; a recording that is read again replaces what it gave before."""
    now = datetime.now(UTC)
    name = column_text(new.source) if new.how == RECORDING else ""
    connection.execute(
        "INSERT INTO activity_sources (name, how, kept_at) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET how = excluded.how, kept_at = excluded.kept_at",
        (name, new.how, time_text(now)),
    )
    source_id = connection.execute("SELECT id FROM activity_sources WHERE name = ?", (name,)).fetchone()["id"]
    if new.is_first and name:
        connection.execute("DELETE FROM activity WHERE source_id = ?", (source_id,))
    day = now.date().isoformat()
    connection.executemany(_ADD, [(source_id, day, *_values(row)) for row in new.rows])
    if not name:
        _learn(connection, "device", new.devices, now)
        _learn(connection, "destination", [row.name or row.address for row in new.rows if _is_outside(row)], now)


def _values(row: ActivityRow) -> list[object]:
    values = [getattr(row, name) for name in _FIELDS]
    return [column_text(value) if isinstance(value, str) else int(value) for value in values]


class ActivityBook:
    """Reads what was kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def view(
        self, since: datetime | None = None, until: datetime | None = None, source: str | None = None
    ) -> ActivityView:
        """Show one source in one span of time: this computer, else the recording that was checked last.

        Args:
            since: The first minute; by default everything.
            until: The last minute.
            source: A recording as it was given.
        """
        sources = self._sources()
        wanted = "" if source is None else source
        chosen = next((one for one in sources if one.name == wanted), None)
        if source is None and chosen is None:
            chosen = next(iter(sources), None)
        if chosen is None:
            return ActivityView(None, tuple(sources), ())
        first = int(since.timestamp()) // 60 * 60 if since else -(2**62)
        last = int(until.timestamp()) if until else 2**62
        with self._database.reading() as connection:
            source_id = _id_of(connection, chosen.name)
            found = connection.execute(_SHOW, (source_id, first, last, MOST_ROWS + 1)).fetchall()
            usual = _usual(connection, source_id) if not chosen.name else None
            total = connection.execute(
                f"SELECT count(*) AS n FROM (SELECT 1 FROM activity WHERE source_id = ? AND minute BETWEEN ? AND ?"  # noqa: S608 - our own names
                f" GROUP BY {', '.join(_KEY)})",
                (source_id, first, last),
            ).fetchone()["n"]
        rows = sorted((_row(one) for one in found[:MOST_ROWS]), key=lambda row: row.minute)
        return ActivityView(chosen, tuple(sources), tuple(rows), total - len(rows), usual)

    def known(self) -> Known:
        """Tell what this computer has learned to know: every device, and destinations of at least three days."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT kind, name FROM known_network WHERE kind = 'device' OR days >= ? ORDER BY last_on DESC LIMIT ?",
                (LEARNING_DAYS, MOST_KNOWN),
            ).fetchall()
            days = connection.execute("SELECT max(days) AS n FROM known_network").fetchone()["n"] or 0
        names = {kind: tuple(exact_text(row["name"]) for row in rows if row["kind"] == kind) for kind in KINDS}
        return Known(names["device"], names["destination"], is_learned=days >= LEARNING_DAYS)

    def _sources(self) -> list[ActivitySource]:
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT s.name, s.how, min(a.minute) AS first, max(a.minute) AS last FROM activity_sources AS s"
                " JOIN activity AS a ON a.source_id = s.id GROUP BY s.id ORDER BY s.kept_at DESC, s.id DESC"
            ).fetchall()
        return [ActivitySource(exact_text(row["name"]), row["how"], row["first"], row["last"]) for row in rows]


def _id_of(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("SELECT id FROM activity_sources WHERE name = ?", (column_text(name),)).fetchone()
    return int(row["id"])


def _row(row: sqlite3.Row) -> ActivityRow:
    values = {name: row[name] for name in _FIELDS}
    values |= {name: exact_text(value) for name, value in values.items() if isinstance(value, str)}
    return ActivityRow(**values | {"is_listener": bool(row["is_listener"])})


def _usual(connection: sqlite3.Connection, source_id: int) -> dict[int, int] | None:
    """Tell for each minute of the day what is sent in it on an average day; None before three days are known."""
    rows = connection.execute(
        "SELECT minute / 60 AS at, sum(out_bytes) AS n FROM activity WHERE source_id = ? GROUP BY minute",
        (source_id,),
    ).fetchall()
    days = {row["at"] // _MINUTES_A_DAY for row in rows}
    if len(days) < LEARNING_DAYS:
        return None
    sums: Counter[int] = Counter()
    for row in rows:
        sums[row["at"] % _MINUTES_A_DAY] += row["n"]
    return {minute: n // len(days) for minute, n in sorted(sums.items())}


def forget_old_activity(connection: sqlite3.Connection, now: datetime) -> None:
    """Delete what is older than thirty days."""
    oldest = (now - timedelta(days=KEPT_DAYS)).date().isoformat()
    connection.execute("DELETE FROM activity WHERE kept_on < ?", (oldest,))
    connection.execute("DELETE FROM activity_sources WHERE id NOT IN (SELECT source_id FROM activity)")
    connection.execute("DELETE FROM known_network WHERE last_on < ?", (oldest,))
    connection.execute(
        "DELETE FROM known_network WHERE (kind, name) IN (SELECT kind, name FROM known_network"
        " ORDER BY last_on DESC, days DESC, name LIMIT -1 OFFSET ?)",
        (MOST_COUNTED,),
    )


def _is_outside(row: ActivityRow) -> bool:
    """Tell whether this computer called somebody on the internet."""
    try:
        return not row.is_listener and ipaddress.ip_address(row.address).is_global
    except ValueError:
        return False


def _learn(connection: sqlite3.Connection, kind: str, names: Sequence[str], now: datetime) -> None:
    """Note that devices or destinations were seen today; a day counts once."""
    today = now.date().isoformat()
    connection.executemany(
        "INSERT INTO known_network (kind, name, first_on, last_on, days) VALUES (?, ?, ?, ?, 1)"
        " ON CONFLICT (kind, name) DO UPDATE SET days = days + (last_on < excluded.last_on),"
        " last_on = max(last_on, excluded.last_on)",
        [(kind, column_text(name), today, today) for name in dict.fromkeys(names)],
    )
