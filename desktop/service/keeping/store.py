"""Runs, findings and skipped lines, kept so that nothing that was shown is ever lost.

Before this on the path: ``checking.py`` with the worker's batches. After it: events, pages, exports.
One batch is one transaction: findings, skipped lines, counts and the place to go on from stand or fall together.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeVar

from desktop.service.keeping.activity_book import Activity, save_activity
from desktop.service.keeping.baseline_book import LookSeen, save_look
from desktop.service.keeping.database import Database
from desktop.service.keeping.documents import column_text, document_of, read_document, read_kept, read_time, time_text
from desktop.service.keeping.kept import RunFacts
from desktop.service.keeping.matters import fingerprint_of, matter_of
from desktop.service.keeping.program_book import ProgramsSeen, save_programs
from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Finding

T = TypeVar("T")

_SENSES = {"file": "files", "process": "programs", "place": "programs", "host": "network"}
"""Subject kind -> sense."""


FEW_INPUTS = 100
"""So many are written with every batch."""


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """What was done of one input."""

    units: dict[str, int]
    """``files``, ``members``, ``bytes``."""
    is_done: bool
    """True when nothing more comes of it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run has done so far; every number includes what an earlier, resumed part did."""

    checked: int = 0
    """Fully looked at."""
    skipped: int = 0
    """Not, or not fully, looked at."""
    duration_s: float = 0.0
    """Pauses left out."""
    units: dict[str, int] = field(default_factory=lambda: {"files": 0, "members": 0, "bytes": 0})
    """``files``, ``members``, ``bytes``."""
    sources: dict[str, SourceCounts] = field(default_factory=dict)
    """The same for each input that was begun."""


@dataclass(frozen=True, slots=True)
class UnfinishedRun:
    """A run that can go on where it was."""

    id: int
    """Id in the store."""
    position: str
    """Where."""
    counts: Counts
    """What it had done."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What the store knew of a finding when a run saw it."""

    finding: Finding
    """The finding."""
    is_new: bool
    """No earlier run had seen it."""
    is_known: bool
    """A person said it is fine, and nothing has changed since."""


class Store:
    """Keeps and finds again; knows nothing of words or windows."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # --- runs ---------------------------------------------------------------------------------------------------
    def begin_run(self, command: str, scope: str, inputs: object) -> int:
        """Keep that a run began; returns its id."""
        with self.database.writing() as connection:
            cursor = connection.execute(
                "INSERT INTO runs (command, scope, inputs, started_at) VALUES (?, ?, ?, ?)",
                (command, scope, document_of(inputs), time_text(datetime.now(UTC))),
            )
            return int(cursor.lastrowid or 0)

    def unfinished_run(self, command: str, scope: str, inputs: object) -> UnfinishedRun | None:
        """Find the newest run over the same inputs, if it was cut off or stopped."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT * FROM runs WHERE command = ? AND scope = ? AND inputs = ? ORDER BY id DESC LIMIT 1",
                (command, scope, document_of(inputs)),
            ).fetchone()
        if row is None or row["position"] is None or (row["ended_at"] is not None and not row["stopped"]):
            return None
        sources = read_kept(row["sources"], dict[str, SourceCounts], self.database.path)
        counts = Counts(row["checked"], row["skipped"], row["duration_s"], json.loads(row["units"]), sources)
        return UnfinishedRun(row["id"], json.loads(row["position"]), counts)

    def reopen_run(self, run: UnfinishedRun) -> Counts:
        """Go on with a run: lines that only said "stopped here" are taken back."""
        with self.database.writing() as connection:
            taken_back = connection.execute(
                "DELETE FROM skipped WHERE run_id = ? AND reason = ?", (run.id, SkipReason.STOPPED.value)
            ).rowcount
            skipped = run.counts.skipped - taken_back
            connection.execute(
                "UPDATE runs SET ended_at = NULL, stopped = 0, skipped = ? WHERE id = ?", (skipped, run.id)
            )
        return replace(run.counts, skipped=skipped)

    def save_batch(
        self,
        run_id: int,
        counts: Counts,
        *,
        position: str | None = None,
        findings: Iterable[Finding] = (),
        skipped: Iterable[SkippedCheck] = (),
        activity: Activity | None = None,
        programs: ProgramsSeen | None = None,
        look: LookSeen | None = None,
    ) -> list[Sighting]:
        """Keep one batch in one transaction; when this returns, it is on the disk."""
        now = datetime.now(UTC)
        with self.database.writing() as connection:
            sightings = [_save_finding(connection, run_id, finding, now) for finding in findings]
            connection.executemany(
                "INSERT INTO skipped (run_id, reason, document) VALUES (?, ?, ?)",
                [(run_id, line.reason.value, document_of(line)) for line in skipped],
            )
            if activity is not None:
                save_activity(connection, activity)
            if programs is not None:
                save_programs(connection, programs)
            if look is not None:
                save_look(connection, look, now)
            # A long list of inputs is written where a run may go on from, and at the end: not again after each input.
            _save_counts(
                connection, run_id, counts, has_inputs=position is not None or len(counts.sources) < FEW_INPUTS
            )
            if position is not None:
                connection.execute("UPDATE runs SET position = ? WHERE id = ?", (json.dumps(position), run_id))
        return sightings

    def end_run(self, run_id: int, counts: Counts, verdict: str, *, stopped: bool) -> None:
        """Keep how a run ended."""
        with self.database.writing() as connection:
            _save_counts(connection, run_id, counts)
            connection.execute(
                "UPDATE runs SET ended_at = ?, verdict = ?, stopped = ? WHERE id = ?",
                (time_text(datetime.now(UTC)), verdict, int(stopped), run_id),
            )

    def runs(self, limit: int) -> list[RunFacts]:
        """List runs, the newest first."""
        with self.database.reading() as connection:
            rows = connection.execute("SELECT * FROM runs ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
            return [_run_facts(connection, row) for row in rows]

    def skipped_of(self, run_id: int) -> list[SkippedCheck]:
        """List what a run did not, or not fully, look at."""
        with self.database.reading() as connection:
            rows = connection.execute("SELECT document FROM skipped WHERE run_id = ? ORDER BY id", (run_id,)).fetchall()
        return [read_kept(row["document"], SkippedCheck, self.database.path) for row in rows]

    def input_named(self, finding_id: str, source: str) -> str | None:
        """Tell the whole path of the input that a finding came from, as the last run that saw it was given it."""
        with self.database.reading() as connection:
            row = connection.execute(
                "SELECT r.inputs FROM sightings AS s JOIN runs AS r ON r.id = s.run_id WHERE s.finding_id = ?"
                " ORDER BY r.id DESC LIMIT 1",
                (finding_id,),
            ).fetchone()
        paths = json.loads(row["inputs"]).get("paths", []) if row else []
        return next(
            (path for path in paths if path == source or path.endswith(os.sep + os.path.normpath(source))), None
        )

    def sightings_of(self, run_id: int) -> list[Sighting]:
        """List what a run has found."""
        with self.database.reading() as connection:
            rows = connection.execute(
                "SELECT f.document, s.was_new, s.was_known FROM sightings AS s"
                " JOIN findings AS f ON f.id = s.finding_id"
                " WHERE s.run_id = ? ORDER BY f.first_kept_at, f.id",
                (run_id,),
            ).fetchall()
        return [
            Sighting(
                read_kept(row["document"], Finding, self.database.path), bool(row["was_new"]), bool(row["was_known"])
            )
            for row in rows
        ]


def _save_finding(connection: sqlite3.Connection, run_id: int, finding: Finding, now: datetime) -> Sighting:
    """Add a finding or bring it up to date, and keep that this run saw it."""
    earlier = connection.execute("SELECT document FROM findings WHERE id = ?", (finding.id,)).fetchone()
    if earlier is not None:
        first_seen_at = min(finding.first_seen_at, read_document(earlier["document"], Finding).first_seen_at)
        finding = replace(finding, first_seen_at=first_seen_at)
    fingerprint = fingerprint_of(finding)
    subject = column_text(finding.subject.name)
    connection.execute(
        "INSERT INTO findings (id, sense, detector, reason, severity, subject, search, source, fingerprint, story,"
        " document, first_kept_at, last_kept_at, matter) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET severity = excluded.severity, source = excluded.source,"
        " fingerprint = excluded.fingerprint, story = excluded.story, document = excluded.document,"
        " matter = excluded.matter, last_kept_at = excluded.last_kept_at, gone_at = NULL",
        (
            finding.id,
            _SENSES.get(finding.subject.kind, "files"),
            finding.detector,
            finding.reason,
            int(finding.severity),
            subject,
            f"{subject} {finding.reason}".casefold(),
            column_text(finding.source),
            fingerprint,
            finding.story,
            document_of(finding),
            time_text(now),
            time_text(now),
            matter_of(finding),
        ),
    )
    is_known = connection.execute("SELECT is_known FROM kept WHERE id = ?", (finding.id,)).fetchone()["is_known"]
    connection.execute(
        "INSERT INTO sightings (run_id, finding_id, was_new, was_known) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET was_known = excluded.was_known",
        (run_id, finding.id, int(earlier is None), is_known),
    )
    return Sighting(finding, earlier is None, bool(is_known))


def _save_counts(connection: sqlite3.Connection, run_id: int, counts: Counts, *, has_inputs: bool = True) -> None:
    connection.execute(
        "UPDATE runs SET checked = ?, skipped = ?, duration_s = ?, units = ? WHERE id = ?",
        (counts.checked, counts.skipped, counts.duration_s, json.dumps(counts.units), run_id),
    )
    if has_inputs:
        connection.execute("UPDATE runs SET sources = ? WHERE id = ?", (document_of(counts.sources), run_id))


def _run_facts(connection: sqlite3.Connection, row: sqlite3.Row) -> RunFacts:
    findings = connection.execute(
        "SELECT count(*) FROM sightings WHERE run_id = ? AND was_known = 0", (row["id"],)
    ).fetchone()[0]
    reasons = connection.execute(
        "SELECT reason, count(*) AS n FROM skipped WHERE run_id = ? GROUP BY reason ORDER BY n DESC, reason",
        (row["id"],),
    ).fetchall()
    return RunFacts(
        id=row["id"],
        command=row["command"],
        scope=row["scope"],
        started_at=read_time(row["started_at"]),
        ended_at=None if row["ended_at"] is None else read_time(row["ended_at"]),
        verdict=row["verdict"],
        seen=row["checked"] + row["skipped"],
        checked=row["checked"],
        skipped=row["skipped"],
        findings=findings,
        duration_s=row["duration_s"],
        stopped=bool(row["stopped"]) or row["ended_at"] is None,
        units=json.loads(row["units"]),
        skipped_by_reason={reason["reason"]: reason["n"] for reason in reasons},
    )
