"""What a person decided, and how to take it back: judgements and the journal.

Before this on the path: a click or a command. After it: ``store.py``, which asks what is known.
Acts are never deleted by an undo; they are marked, so that the journal stays true.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime

from desktop.service.keeping.database import Database
from desktop.service.keeping.documents import document_of, read_time, time_text
from desktop.service.keeping.kept import JournalLine
from desktop.service.keeping.matters import fingerprint_of, matter_of
from detectors.contract.errors import FindingUnknown
from detectors.contract.finding import Finding, Scalar

BASELINE_IN_USE = "baseline_in_use"
"""Setting: the number of the baseline that says what is usual here; none while learning."""
USES = frozenset({"baseline_learned", "baseline_restored"})
"""Acts that put a baseline in use instead of the one before."""


class Journal:
    """Keeps acts and undoes them."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def judge(self, finding: Finding, judgement: str, *, scope: str, until: datetime | None) -> int:
        """Keep what a person says of a finding; returns the journal id to undo it with."""
        now = datetime.now(UTC)
        details: dict[str, Scalar] = {"finding_id": finding.id, "reason": finding.reason}
        if until is not None:
            details["until"] = time_text(until)
        with self.database.writing() as connection:
            journal_id = self._add(connection, f"judged_{judgement}", finding.subject.name, details)
            connection.execute(
                "INSERT INTO judgements"
                " (finding_id, judgement, scope, fingerprint, judged_at, until, journal_id, matter)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    finding.id,
                    judgement,
                    scope,
                    fingerprint_of(finding),
                    time_text(now),
                    None if until is None else time_text(until),
                    journal_id,
                    matter_of(finding),
                ),
            )
        return journal_id

    def change_setting(self, name: str, before: Scalar, after: Scalar) -> int:
        """Set a setting and keep what it was before; returns the journal id."""
        with self.database.writing() as connection:
            _write_setting(connection, name, after)
            return self._add(connection, "setting_changed", name, {"before": before, "after": after})

    def use_baseline(self, number: int, act: str, details: Mapping[str, Scalar]) -> int:
        """Put a baseline in use and keep which one it was before; returns the journal id."""
        before = self.settings().get(BASELINE_IN_USE)
        with self.database.writing() as connection:
            _write_setting(connection, BASELINE_IN_USE, number)
            return self._add(connection, act, str(number), {**details, "number": number, "before": before})

    def note(self, act: str, subject: str, details: Mapping[str, Scalar]) -> int:
        """Write down something that was done; returns the journal id."""
        with self.database.writing() as connection:
            return self._add(connection, act, subject, details)

    def settings(self) -> dict[str, Scalar]:
        """Read every setting that was ever set."""
        with self.database.reading() as connection:
            rows = connection.execute("SELECT name, value FROM settings").fetchall()
        return {row["name"]: json.loads(row["value"]) for row in rows}

    def remember(self, name: str, value: Scalar) -> None:
        """Keep a value that no person decides, such as the time of the last visit."""
        with self.database.writing() as connection:
            _write_setting(connection, name, value)

    def undo(self, journal_id: int) -> JournalLine:
        """Take one act back; undoing twice changes nothing.

        Raises:
            FindingUnknown: there is no such line.
        """
        with self.database.writing() as connection:
            row = connection.execute("SELECT * FROM journal WHERE id = ?", (journal_id,)).fetchone()
            if row is None:
                raise FindingUnknown(id=str(journal_id))
            line = _line(row)
            if line.can_be_undone:
                now = time_text(datetime.now(UTC))
                connection.execute("UPDATE journal SET undone_at = ? WHERE id = ?", (now, journal_id))
                connection.execute("UPDATE judgements SET undone_at = ? WHERE journal_id = ?", (now, journal_id))
                if line.act == "setting_changed":
                    _write_setting(connection, line.subject, line.values["before"])
                elif line.act in USES:
                    _write_setting(connection, BASELINE_IN_USE, line.values["before"])
        return line

    def lines(self, limit: int) -> list[JournalLine]:
        """List acts, the newest first."""
        with self.database.reading() as connection:
            rows = connection.execute("SELECT * FROM journal ORDER BY id DESC LIMIT ?", (limit,)).fetchall()
        return [_line(row) for row in rows]

    def _add(self, connection: sqlite3.Connection, act: str, subject: str, details: Mapping[str, Scalar]) -> int:
        cursor = connection.execute(
            "INSERT INTO journal (at, act, subject, details) VALUES (?, ?, ?, ?)",
            (time_text(datetime.now(UTC)), act, json.dumps(subject), document_of(dict(details))),
        )
        return int(cursor.lastrowid or 0)


def _write_setting(connection: sqlite3.Connection, name: str, value: Scalar) -> None:
    connection.execute(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, json.dumps(value)),
    )


def _line(row: sqlite3.Row) -> JournalLine:
    return JournalLine(
        id=row["id"],
        at=read_time(row["at"]),
        act=row["act"],
        subject=json.loads(row["subject"]),
        values=json.loads(row["details"]),
        undone_at=None if row["undone_at"] is None else read_time(row["undone_at"]),
    )
