"""What looks at this computer counted, by day, and the baselines that were learned of it.

Before this on the path: ``store.py`` with the counts of a batch. After it: ``learning/baseline.py``, which learns, and
``learning/drift.py``, which compares. Recordings never come here. A damaged row costs itself alone.
"""

from __future__ import annotations

import hashlib
import json
import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from desktop.service.keeping.activity_book import KEPT_DAYS
from desktop.service.keeping.database import Database
from desktop.service.keeping.day_figures import FIGURES, compute_figures
from desktop.service.keeping.documents import document_of, exact_text, read_document, read_time, time_text
from desktop.service.keeping.journal import BASELINE_IN_USE, Journal
from desktop.service.keeping.learned import DayRow, Habits, Learned, Version
from detectors.contract.baseline import ModelCounts, hidden
from detectors.contract.errors import BaselineRefused
from detectors.contract.finding import Finding, FoundBy, Severity
from detectors.features.program_habits import habit_name
from detectors.features.spread import MAX_MODELS, add_counts, is_sound

COUNTS_DAYS = 90
"""Counts of models are forgotten after this: three half-lives, an eighth of their weight."""
FIGURES_DAYS = 365
"""Figures of a day are forgotten after this, with the journal's lines about them."""
MOST_COUNTS = 3_000
"""Rows of counts that are kept, the latest: about 30 MB at the worst."""
MOST_FINDINGS = 200_000
"""Of looks, by the hour, that are kept; only an attack on us gives more."""
MOST_VERSIONS = 24
"""Baselines that are kept: the one in use and the latest."""
HABIT_DAYS = 3
"""A habit or a destination is usual when it was seen on so many days."""
MOST_HABITS = 20_000
"""Of each kind, the ones seen last."""
MOST_ALARMS = 20_000
"""Findings of models that are counted at once."""
_COUNT_LOOK = (
    "INSERT INTO look_hours (day, hour, looks) VALUES (?, ?, 1) ON CONFLICT (day, hour) DO UPDATE SET looks = looks + 1"
)
_HABITS = (
    "SELECT key, person FROM known_programs WHERE kind = ? AND days >= ? AND last_on >= ?"
    " ORDER BY last_on DESC, key, person LIMIT ?"
)
_NAMES = (
    "SELECT name FROM known_network WHERE kind = ? AND days >= ? AND last_on >= ? ORDER BY last_on DESC, name LIMIT ?"
)
_COUNTED = "SELECT * FROM model_counts WHERE day BETWEEN ? AND ?"
_LEFT_OUT = (
    "SELECT DISTINCT l.day, l.hour FROM look_findings AS l JOIN kept AS k ON k.id = l.finding_id"
    " WHERE k.severity >= ? AND k.is_known = 0"
)


@dataclass(frozen=True, slots=True)
class LookSeen:
    """What one batch of a look at this computer has to count."""

    counts: Sequence[ModelCounts] = ()
    """How models' inputs and scores were spread,"""
    findings: Sequence[str] = ()
    """and ids of all that the same look has told so far: while one of them is serious, nothing is learned from it."""
    is_done: bool = False
    """True when the look ended whole."""


def save_look(connection: sqlite3.Connection, seen: LookSeen, now: datetime) -> None:
    """Count a look in the transaction of its batch."""
    hour = (now.date().isoformat(), now.hour)
    if seen.is_done:
        connection.execute(_COUNT_LOOK, hour)
    connection.executemany(
        "INSERT INTO look_findings (day, hour, finding_id) SELECT ?, ?, id FROM findings WHERE id = ?"
        " ON CONFLICT DO NOTHING",
        [(*hour, finding_id) for finding_id in seen.findings],
    )
    for counts in [one for one in seen.counts if is_sound(one)][:MAX_MODELS]:
        key = (*hour, counts.model, counts.form)
        earlier = connection.execute(
            "SELECT document FROM model_counts WHERE day = ? AND hour = ? AND model = ? AND form = ?", key
        ).fetchone()
        before = _counts_of(earlier["document"], counts.model, counts.form) if earlier else None
        together = counts if before is None else add_counts(before, counts)
        connection.execute(
            "INSERT INTO model_counts (day, hour, model, form, document) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (day, hour, model, form) DO UPDATE SET document = excluded.document",
            (*key, document_of(together)),
        )


def forget_old_days(connection: sqlite3.Connection, now: datetime, oldest_finding: str) -> None:
    """Delete counts and figures that are too old, and those of days that have not come yet: the clock was wrong.

    Args:
        connection: Where.
        now: The moment.
        oldest_finding: Findings that were kept last before are forgotten next. What was left out because of one of
            them must not count afterwards, so it goes with it.
    """
    today = now.date()
    tomorrow = (today + timedelta(days=1)).isoformat()
    for table in ("model_counts", "look_hours"):
        connection.execute(
            f"DELETE FROM {table} WHERE (day, hour) IN ({_LEFT_OUT} AND k.last_kept_at < ?)",  # noqa: S608 - our own words
            (int(Severity.MEDIUM), oldest_finding),
        )
    for table, days in (("look_findings", COUNTS_DAYS), ("model_counts", COUNTS_DAYS), ("look_hours", FIGURES_DAYS),
                        ("day_figures", FIGURES_DAYS)):  # fmt: skip
        oldest = (today - timedelta(days=days)).isoformat()
        connection.execute(f"DELETE FROM {table} WHERE day < ? OR day > ?", (oldest, tomorrow))  # noqa: S608 - our own names
    for table, most in (("model_counts", MOST_COUNTS), ("look_findings", MOST_FINDINGS)):
        _cut_off(connection, table, most)
    for table in ("known_programs", "known_network"):
        connection.execute(
            f"UPDATE {table} SET last_on = ? WHERE last_on > ?",  # noqa: S608 - our own names
            (today.isoformat(), tomorrow),
        )


def _cut_off(connection: sqlite3.Connection, table: str, most: int) -> None:
    """Forget all hours before the one with which a table is full: counts never stay without what leaves them out."""
    last = connection.execute(
        f"SELECT day, hour FROM {table} ORDER BY day DESC, hour DESC LIMIT 1 OFFSET ?",  # noqa: S608 - our own names
        (most,),
    ).fetchone()
    for each in ("model_counts", "look_findings", "look_hours") if last is not None else ():
        connection.execute(
            f"DELETE FROM {each} WHERE (day, hour) < (?, ?)",  # noqa: S608 - our own names
            (last["day"], last["hour"]),
        )


class BaselineBook:
    """Reads what was counted, and keeps what was learned of it."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    # --- days -----------------------------------------------------------------------------------------------------
    def days(
        self, since: date | None = None, until: date | None = None, *, has_counts: bool = True
    ) -> tuple[DayRow, ...]:
        """Tell of every day with a look at this computer, the oldest first; days that have not come yet are left out.

        Args:
            since: The first day; by default everything that is kept.
            until: The last day; by default today.
            has_counts: False leaves the counts of models out, which are long.
        """
        span = ((since or date.min).isoformat(), (until or datetime.now(UTC).date()).isoformat())
        with self._database.reading() as connection:
            looked = _select(connection, "SELECT day, hour, looks FROM look_hours WHERE day BETWEEN ? AND ?", span)
            left_out = {(row["day"], row["hour"]) for row in connection.execute(_LEFT_OUT, (int(Severity.MEDIUM),))}
            counted = _select(connection, _COUNTED, span) if has_counts else []
            figured = _select(connection, "SELECT * FROM day_figures WHERE day BETWEEN ? AND ?", span)
            alarms = _alarms(connection, span)
        days: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
        for row in looked:
            days[row["day"]].append(row)
        models = _models_by_day([row for row in counted if (row["day"], row["hour"]) not in left_out])
        figures: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for row in figured:
            if row["name"] in FIGURES and math.isfinite(row["value"]):
                figures[row["day"]][row["name"]] = row["value"]
        return tuple(
            DayRow(
                date.fromisoformat(day),
                looks=sum(row["looks"] for row in rows),
                hours=len(rows),
                left_out_hours=sum((day, row["hour"]) in left_out for row in rows),
                models=models.get(day, {}),
                alarms=alarms[0].get(day, {}),
                harmless=alarms[1].get(day, {}),
                judged=alarms[2].get(day, {}),
                figures=figures.get(day, {}),
            )
            for day, rows in sorted(days.items())
            if _is_day(day)
        )

    def looks(self) -> int:
        """Count all looks at this computer: as long as it stays the same, so do the days."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT coalesce(sum(looks), 0) AS n FROM look_hours").fetchone()["n"])

    def serious_open(self) -> int:
        """Count open findings of medium or more about this computer; those of recordings say nothing about it."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT count(*) AS n FROM kept WHERE is_solved = 0 AND severity >= ?"
                " AND (sense = 'files' OR source = 'programs' OR id IN (SELECT finding_id FROM look_findings))",
                (int(Severity.MEDIUM),),
            ).fetchone()
        return int(row["n"])

    def figures_of(self, day: date) -> dict[str, float]:
        """Compute the figures of a day from what is kept; what could not be seen on it is missing."""
        with self._database.reading() as connection:
            return compute_figures(connection, day)

    def keep_figures(self, day: date, figures: dict[str, float]) -> None:
        """Keep the figures of a day instead of earlier ones."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM day_figures WHERE day = ?", (day.isoformat(),))
            connection.executemany(
                "INSERT INTO day_figures (day, name, value) VALUES (?, ?, ?)",
                [(day.isoformat(), name, float(value)) for name, value in figures.items()],
            )

    def habits(self, today: date | None = None) -> Habits:
        """Tell what this computer has got used to by now: seen on three days, and in the last thirty; as hashes.

        Args:
            today: The day it is asked for; by default today.
        """
        oldest = ((today or datetime.now(UTC).date()) - timedelta(days=KEPT_DAYS)).isoformat()
        with self._database.reading() as connection:
            rows = {kind: _often_seen(connection, _HABITS, kind, HABIT_DAYS, oldest) for kind in ("pair", "listener")}
            names = _often_seen(connection, _NAMES, "destination", HABIT_DAYS, oldest)
            # A device is nothing new from its first day on, once the network is known at all.
            cards = _often_seen(connection, _NAMES, "device", 1, oldest) if names else []
        pairs, listeners = (
            {habit_name(row["key"], row["person"]) for row in rows[kind]} for kind in ("pair", "listener")
        )
        devices, destinations = ({hidden(exact_text(row["name"])) for row in some} for some in (cards, names))
        return Habits(*(tuple(sorted(one)) for one in (pairs, listeners, devices, destinations)))

    # --- baselines --------------------------------------------------------------------------------------------------
    def versions(self) -> tuple[Version, ...]:
        """List kept baselines, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM baselines ORDER BY number DESC").fetchall()
        return tuple(map(_version, rows))

    def in_use(self) -> Version | None:
        """Tell the baseline that counts now; None while learning, and where it was damaged since."""
        number = self.number_in_use()
        if number is None:
            return None
        with self._database.reading() as connection:
            row = connection.execute("SELECT * FROM baselines WHERE number = ?", (number,)).fetchone()
        version = None if row is None else _version(row)
        return version if version is not None and version.is_whole else None

    def number_in_use(self) -> int | None:
        """Tell the number of the baseline that a person, or the end of the learning period, put in use."""
        number = self._journal.settings().get(BASELINE_IN_USE)
        return number if isinstance(number, int) and not isinstance(number, bool) else None

    def add_version(self, learned: Learned, made_by: str) -> int:
        """Keep a new baseline and put it in use; the journal can take that back. Returns its number."""
        document = canonical(learned)
        with self._database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO baselines (made_at, made_by, document, fingerprint) VALUES (?, ?, ?, ?)",
                (time_text(datetime.now(UTC)), made_by, document, fingerprint_of(document)),
            )
            number = int(cursor.lastrowid or 0)
            connection.execute(
                "DELETE FROM baselines WHERE number <= ? AND number IS NOT ?",
                (number - MOST_VERSIONS, self.number_in_use()),
            )
        self._journal.use_baseline(number, "baseline_learned", {"days": learned.days, "made_by": made_by})
        return number

    def restore(self, number: int) -> Version:
        """Put an earlier baseline back in use; the journal can take that back.

        Raises:
            BaselineRefused: There is no such baseline, or it is no longer what it was made as.
        """
        version = next((one for one in self.versions() if one.number == number), None)
        if version is None:
            raise BaselineRefused(number=number, problem="missing")
        if not version.is_whole:
            raise BaselineRefused(number=number, problem="fingerprint")
        self._journal.use_baseline(number, "baseline_restored", {})
        return version


def canonical(learned: Learned) -> str:
    """Write a baseline so that the same content always gives the same text."""
    return json.dumps(msgspec.to_builtins(learned), ensure_ascii=True, allow_nan=False, sort_keys=True,
                      separators=(",", ":"))  # fmt: skip


def fingerprint_of(document: str) -> str:
    """Compute the SHA-256 of a baseline's text."""
    return hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest()


def _version(row: sqlite3.Row) -> Version:
    learned = None
    if fingerprint_of(row["document"]) == row["fingerprint"]:
        try:
            learned = read_document(row["document"], Learned)
        except (ValueError, RecursionError):
            learned = None
    return Version(
        row["number"], read_time(row["made_at"]), row["made_by"], row["fingerprint"], learned is not None, learned
    )


def _often_seen(connection: sqlite3.Connection, statement: str, kind: str, days: int, oldest: str) -> list[sqlite3.Row]:
    return connection.execute(statement, (kind, days, oldest, MOST_HABITS)).fetchall()


def _select(connection: sqlite3.Connection, statement: str, span: tuple[str, str]) -> list[sqlite3.Row]:
    return connection.execute(statement, span).fetchall()


def _counts_of(document: str, model: str, form: str) -> ModelCounts | None:
    """Read counts; None where somebody or something has changed them."""
    try:
        counts = read_document(document, ModelCounts)
    except (ValueError, RecursionError):
        return None
    return counts if is_sound(counts) and (counts.model, counts.form) == (model, form) else None


def _models_by_day(rows: Iterable[sqlite3.Row]) -> dict[str, dict[str, ModelCounts]]:
    """Add up the hours of each day; where a model's form changed within a day, what came last counts."""
    days: defaultdict[str, dict[str, ModelCounts]] = defaultdict(dict)
    for row in sorted(rows, key=lambda one: (one["day"], one["hour"])):
        counts = _counts_of(row["document"], row["model"], row["form"])
        if counts is None:
            continue
        before = days[row["day"]].get(counts.model)
        is_same = before is not None and before.form == counts.form and len(before.inputs) == len(counts.inputs)
        days[row["day"]][counts.model] = add_counts(before, counts) if before is not None and is_same else counts
    return dict(days)


def _alarms(connection: sqlite3.Connection, span: tuple[str, str]) -> tuple[dict[str, Counter[str]], ...]:
    """Count findings of models by the day they were seen first: all, judged as fine, judged at all."""
    rows = connection.execute(
        "SELECT min(l.day) AS day, k.document, k.is_known, k.judgement FROM look_findings AS l"
        " JOIN kept AS k ON k.id = l.finding_id WHERE k.reason LIKE 'unusual%'"
        " GROUP BY l.finding_id HAVING min(l.day) BETWEEN ? AND ? LIMIT ?",
        (*span, MOST_ALARMS),
    ).fetchall()
    told: tuple[defaultdict[str, Counter[str]], ...] = tuple(defaultdict(Counter) for _ in range(3))
    for row in rows:
        for model in _models_of(row["document"]):
            told[0][row["day"]][model] += 1
            told[1][row["day"]][model] += int(row["is_known"])
            told[2][row["day"]][model] += int(row["judgement"] is not None)
    return tuple(map(dict, told))


def _models_of(document: str) -> list[str]:
    """Name the models that speak in a finding."""
    try:
        finding = read_document(document, Finding)
    except (ValueError, RecursionError):
        return []
    if finding.found_by is not FoundBy.MODEL:
        return []
    named: Any = next((one.observed for one in finding.evidence if one.name == "models"), ())
    return [str(one) for one in named][:MAX_MODELS] if isinstance(named, list | tuple) else []


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
