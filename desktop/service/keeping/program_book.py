"""Programs, kept for thirty days, and what this computer has learned to know of them.

Before this on the path: ``store.py`` with the rows of a batch. After it: the Activity page; and the next check, which
is told what is known. Recordings teach nothing: they may come from anywhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from desktop.service.keeping.database import Database
from desktop.service.keeping.documents import column_text, document_of, exact_text, read_kept, time_text
from desktop.service.programs import ProgramSource, ProgramsView
from detectors.contract.activity import LoadPoint, ProgramRow
from detectors.contract.finding import Severity
from detectors.contract.programs import Coverage, KnownPrograms, PlaceItem
from detectors.features.program_habits import habit_name
from detectors.worker.wire import Habit, ProgramsGiven

RECORDING = "recording"
KINDS = ("pair", "listener")
KEPT_DAYS = 30
"""Programs and habits are forgotten after this."""
LEARNING_DAYS = 3
"""A pair is usual when it was seen on so many days; before so many days nothing is "new"."""
MOST_ROWS = 5_000
"""Programs that are shown at once."""
MOST_CHILDREN = 200
MOST_LOADS = 120
"""Points of a program's load that are kept, the latest ones."""
LONGEST_CHAIN = 64
"""Parents followed upwards: a recording may claim endless ones."""
MOST_KNOWN = 20_000
"""Habits that are told to a check; the ones seen last."""
MOST_HABITS = 100_000
"""Habits that are counted; beyond that those of the oldest days go."""
SAME_LOOK_S = 2.0
"""Rows of one look are kept within this time."""
_SPAN = "source_id = ? AND coalesce(first_s, ?) <= ? AND coalesce(last_s, ?) >= ?"
_SAVE = (
    "INSERT INTO programs (source_id, key, parent, first_s, last_s, document, kept_on) VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (source_id, key) DO UPDATE SET parent = excluded.parent, last_s = excluded.last_s,"
    " document = excluded.document, kept_on = excluded.kept_on"
)
_SAVE_LOAD = (
    "INSERT INTO program_loads (source_id, key, at_s, cpu_share, memory_bytes, moved_bytes) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (source_id, key, at_s) DO NOTHING"
)
_FORGET_LOADS = (
    "DELETE FROM program_loads WHERE source_id = ? AND key = ? AND at_s < ("
    "SELECT min(at_s) FROM (SELECT at_s FROM program_loads WHERE source_id = ? AND key = ? ORDER BY at_s DESC LIMIT ?))"
)
_LEARN = (
    "INSERT INTO known_programs (kind, key, person, first_on, last_on, days) VALUES (?, ?, ?, ?, ?, 1)"
    " ON CONFLICT (kind, key, person) DO UPDATE SET days = days + (last_on < excluded.last_on),"
    " last_on = max(last_on, excluded.last_on)"
)
_FORGET_HABITS = (
    "DELETE FROM known_programs WHERE (kind, key, person) IN (SELECT kind, key, person FROM known_programs"
    " ORDER BY last_on DESC, days DESC, key LIMIT -1 OFFSET ?)"
)


@dataclass(frozen=True, slots=True)
class ProgramsSeen:
    """What one batch has to keep."""

    source: str
    """A recording as it was given, or whatever the batch came from."""
    how: str
    """``recording`` or ``programs``."""
    given: ProgramsGiven
    """What was seen."""
    is_first: bool
    """True for the first of this source in this run."""


def save_programs(connection: sqlite3.Connection, new: ProgramsSeen) -> None:
    """Keep programs in the transaction of their batch; a recording that is read again replaces what it gave before."""
    now = datetime.now(UTC)
    is_recording = new.how == RECORDING
    name = column_text(new.source) if is_recording else ""
    connection.execute(
        "INSERT INTO program_sources (name, how, kept_at) VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET how = excluded.how, kept_at = excluded.kept_at",
        (name, new.how, time_text(now)),
    )
    source_id = connection.execute("SELECT id FROM program_sources WHERE name = ?", (name,)).fetchone()["id"]
    if is_recording and new.is_first:
        connection.execute("DELETE FROM programs WHERE source_id = ?", (source_id,))
    if new.given.coverage is not None:
        connection.execute(
            "UPDATE program_sources SET coverage = ? WHERE id = ?", (document_of(new.given.coverage), source_id)
        )
    day, seen_s = now.date().isoformat(), None if is_recording else now.timestamp()
    connection.executemany(_SAVE, [_values(source_id, row, day, seen_s) for row in new.given.rows])
    _save_loads(connection, source_id, [row for row in new.given.rows if row.loads])
    if not is_recording:
        _learn(connection, new.given.habits, day)
        _remember_places(connection, new.given.places)


def _save_loads(connection: sqlite3.Connection, source_id: int, rows: Sequence[ProgramRow]) -> None:
    """Add to what programs used in the course of time, and forget the oldest of it."""
    for row in rows:
        key = column_text(row.key)
        points = [(source_id, key, p.at_s, p.cpu_share, p.memory_bytes, p.moved_bytes) for p in row.loads]
        connection.executemany(_SAVE_LOAD, points)
        connection.execute(_FORGET_LOADS, (source_id, key, source_id, key, MOST_LOADS))


def _values(source_id: int, row: ProgramRow, day: str, seen_s: float | None) -> tuple[object, ...]:
    last_s = seen_s if row.ended_s is None else row.ended_s
    document = document_of(replace(row, loads=()))
    return source_id, column_text(row.key), column_text(row.parent), row.started_s, last_s, document, day


def _learn(connection: sqlite3.Connection, habits: Sequence[Habit], day: str) -> None:
    """Note that something was seen today; nothing is learned from a family with an open finding that is serious."""
    if not habits:
        return
    rows = connection.execute(
        "SELECT id FROM kept WHERE sense = 'programs' AND is_solved = 0 AND severity >= ?", (int(Severity.MEDIUM),)
    ).fetchall()
    still_open = {row["id"] for row in rows}
    learned = [habit for habit in habits if still_open.isdisjoint(habit.findings)]
    connection.executemany(
        _LEARN, [(habit.kind, column_text(habit.key), column_text(habit.person), day, day) for habit in learned]
    )
    connection.execute(_FORGET_HABITS, (MOST_HABITS,))


def _remember_places(connection: sqlite3.Connection, places: Iterable[PlaceItem] | None) -> None:
    """Keep the last look at known places instead of the one before."""
    if places is not None:
        connection.execute("DELETE FROM known_places")
        connection.executemany("INSERT INTO known_places (document) VALUES (?)", [(document_of(p),) for p in places])


def forget_old_programs(connection: sqlite3.Connection, now: datetime) -> None:
    """Delete what is older than thirty days."""
    oldest = (now - timedelta(days=KEPT_DAYS)).date().isoformat()
    connection.execute("DELETE FROM programs WHERE kept_on < ?", (oldest,))
    connection.execute("DELETE FROM program_sources WHERE id NOT IN (SELECT source_id FROM programs)")
    connection.execute("DELETE FROM known_programs WHERE last_on < ?", (oldest,))


class ProgramBook:
    """Reads what was kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def view(
        self, source: str | None = None, since: datetime | None = None, until: datetime | None = None
    ) -> ProgramsView:
        """Show one source in one span of time: this computer, else the recording that was checked last.

        Args:
            source: A recording as it was given; empty: this computer.
            since: Programs that had ended before are left out.
            until: Programs that began later are left out.
        """
        sources = self._sources()
        chosen = _choose(sources, source)
        if chosen is None:
            return ProgramsView(None, tuple(sources), ())
        first, last = since.timestamp() if since else -1e18, until.timestamp() if until else 1e18
        with self._database.reading() as connection:
            span = (_id_of(connection, chosen.name), first, last, last, first)
            found = connection.execute(
                f"SELECT document FROM programs WHERE {_SPAN} ORDER BY first_s DESC, key DESC LIMIT ?",  # noqa: S608 - our own words
                (*span, MOST_ROWS),
            ).fetchall()
            total = connection.execute(f"SELECT count(*) AS n FROM programs WHERE {_SPAN}", span).fetchone()["n"]  # noqa: S608 - our own words
        rows = tuple(map(self._row, reversed(found)))
        return ProgramsView(chosen, tuple(sources), rows, total - len(rows))

    def family(
        self, key: str, source: str | None = None
    ) -> tuple[ProgramSource, ProgramRow, tuple[ProgramRow, ...], tuple[ProgramRow, ...]] | None:
        """Find a program, those above it, and those it started; None when it is not kept (any more)."""
        chosen = _choose(self._sources(), source)
        if chosen is None:
            return None
        with self._database.reading() as connection:
            source_id = _id_of(connection, chosen.name)
            row = self._find(connection, source_id, key)
            if row is None:
                return None
            chain: dict[str, ProgramRow] = {}
            above = row
            while above.parent and above.parent not in chain and len(chain) < LONGEST_CHAIN:
                parent = self._find(connection, source_id, above.parent)
                if parent is None:
                    break
                chain[above.parent] = above = parent
            children = connection.execute(
                "SELECT document FROM programs WHERE source_id = ? AND parent = ? ORDER BY first_s, key LIMIT ?",
                (source_id, column_text(key), MOST_CHILDREN),
            ).fetchall()
        return chosen, row, tuple(chain.values()), tuple(map(self._row, children))

    def loads(self, row: ProgramRow, source: ProgramSource) -> tuple[LoadPoint, ...]:
        """Tell what a program used in the course of time, oldest first."""
        with self._database.reading() as connection:
            found = connection.execute(
                "SELECT at_s, cpu_share, memory_bytes, moved_bytes FROM program_loads"
                " WHERE source_id = ? AND key = ? ORDER BY at_s",
                (_id_of(connection, source.name), column_text(row.key)),
            ).fetchall()
        return tuple(LoadPoint(*one) for one in found)

    def is_running(self, row: ProgramRow, source: ProgramSource) -> bool:
        """Tell whether the last look at this computer still saw a program; of a recording, whether it has no end."""
        if row.ended_s is not None or source.how == RECORDING:
            return row.ended_s is None
        with self._database.reading() as connection:
            seen = connection.execute(
                "SELECT last_s FROM programs WHERE source_id = ? AND key = ?",
                (_id_of(connection, source.name), column_text(row.key)),
            ).fetchone()
        return seen is not None and source.last_s is not None and source.last_s - seen["last_s"] < SAME_LOOK_S

    def known(self) -> KnownPrograms:
        """Tell what this computer has learned to know: pairs and listeners of at least three days."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT kind, key, person FROM known_programs WHERE days >= ? ORDER BY last_on DESC LIMIT ?",
                (LEARNING_DAYS, MOST_KNOWN),
            ).fetchall()
            days = connection.execute("SELECT max(days) AS n FROM known_programs").fetchone()["n"] or 0
        keys = {
            kind: frozenset(habit_name(row["key"], row["person"]) for row in rows if row["kind"] == kind)
            for kind in KINDS
        }
        return KnownPrograms(keys["pair"], keys["listener"], is_learned=days >= LEARNING_DAYS)

    def places(self) -> tuple[PlaceItem, ...] | None:
        """Tell what the last look saw of known places; None when nobody has looked yet."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT document FROM known_places ORDER BY id").fetchall()
        return tuple(read_kept(row["document"], PlaceItem, self._database.path) for row in rows) or None

    def _find(self, connection: sqlite3.Connection, source_id: int, key: str) -> ProgramRow | None:
        found = connection.execute(
            "SELECT document FROM programs WHERE source_id = ? AND key = ?", (source_id, column_text(key))
        ).fetchone()
        return self._row(found) if found else None

    def _row(self, row: sqlite3.Row) -> ProgramRow:
        return read_kept(row["document"], ProgramRow, self._database.path)

    def _sources(self) -> list[ProgramSource]:
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT s.name, s.how, s.coverage, min(p.first_s) AS first, max(coalesce(p.last_s, p.first_s)) AS last,"
                " count(*) AS n FROM program_sources AS s JOIN programs AS p ON p.source_id = s.id"
                " GROUP BY s.id ORDER BY s.kept_at DESC, s.id DESC"
            ).fetchall()
        return [
            ProgramSource(
                exact_text(row["name"]),
                row["how"],
                row["first"],
                row["last"],
                row["n"],
                read_kept(row["coverage"], Coverage | None, self._database.path),  # type: ignore[arg-type] # a union is a form too
            )
            for row in rows
        ]


def _choose(sources: Sequence[ProgramSource], wanted: str | None) -> ProgramSource | None:
    """Pick the source that was asked for; unasked this computer, else the newest."""
    chosen = next((one for one in sources if one.name == (wanted or "")), None)
    return next(iter(sources), None) if chosen is None and wanted is None else chosen


def _id_of(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("SELECT id FROM program_sources WHERE name = ?", (column_text(name),)).fetchone()
    return int(row["id"])
