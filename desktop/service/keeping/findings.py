"""Finds kept findings again: lists, counts, and which of them are not there any more.

Before this on the path: ``store.py``, which kept them. After it: pages, exports, the state of the first page.
What is open and what is solved is decided in one place, the view ``kept`` (``migrations.py``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from desktop.service.keeping.database import Database
from desktop.service.keeping.documents import column_text, exact_text, read_kept, read_time, time_text
from desktop.service.keeping.kept import Arrivals, KeptFinding, OpenCount
from desktop.service.programs import finding_key
from detectors.contract.errors import FindingUnknown, SkippedCheck, SkipReason
from detectors.contract.finding import Finding, Severity
from detectors.contract.programs import PlaceItem
from detectors.features.program_evidence import show_text

_BLIND_REASONS = {
    SkipReason.RULES_BROKEN,
    SkipReason.ENGINE_STOPPED,
    SkipReason.DETECTOR_FAILED,
    SkipReason.STOPPED,
}
"""After one of these, "not found any more" may only mean "not looked"."""

LAST_JUDGEMENTS = 100
"""Of one reason, that speak of this office's experience: what was said years ago is another office's."""
HERE = "programs"
"""What findings about this computer's own programs name as their source."""
STATES = frozenset({"reverse_shell", "deleted_program_running", "busy_stranger", "new_listener"})
"""Reasons that last as long as the program runs."""
ENTRIES = frozenset({"autostart_change", "new_account_or_key"})
"""Reasons that last as long as the entry is there."""


class Findings:
    """Reads findings; the only thing it writes is that one is gone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def select(
        self,
        *,
        state: str = "all",
        min_severity: Severity | None = None,
        search: str = "",
        limit: int | None = None,
        last_visit: datetime | None = None,
    ) -> list[KeptFinding]:
        """List kept findings: worried ones first, then the most serious, then the newest."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM kept WHERE severity >= ? AND instr(search, ?) > 0 AND (? = 'all' OR is_solved = ?)"
                " ORDER BY coalesce(judgement, '') = 'worried' DESC, severity DESC, last_kept_at DESC, id LIMIT ?",
                (
                    int(min_severity or Severity.INFORMATIONAL),
                    column_text(search).casefold(),
                    state,
                    int(state == "solved"),
                    -1 if limit is None else limit,
                ),
            ).fetchall()
        return [self._kept(row, last_visit) for row in rows]

    def newest_open(self, limit: int, last_visit: datetime | None = None) -> list[KeptFinding]:
        """List open findings by the time they came up, the newest first."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM kept WHERE is_solved = 0 ORDER BY first_kept_at DESC, severity DESC, id LIMIT ?",
                (limit,),
            ).fetchall()
        return [self._kept(row, last_visit) for row in rows]

    def get(self, finding_id: str, last_visit: datetime | None = None) -> KeptFinding:
        """Find one by its id or by a beginning that only one has.

        Raises:
            FindingUnknown: none, or more than one, begins so.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM kept WHERE substr(id, 1, ?) = ? LIMIT 2", (len(finding_id), column_text(finding_id))
            ).fetchall()
        if len(rows) != 1 or not finding_id:
            raise FindingUnknown(id=finding_id)
        return self._kept(rows[0], last_visit)

    def open_counts(self) -> list[OpenCount]:
        """Count open findings by sense and severity."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT sense, severity, count(*) AS n FROM kept WHERE is_solved = 0 GROUP BY sense, severity"
            ).fetchall()
        return [OpenCount(row["sense"], Severity(row["severity"]), row["n"]) for row in rows]

    def arrivals(self, since: datetime) -> list[Arrivals]:
        """Count findings by the minute in which they came up first, severity, and whether they are solved."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT min(first_kept_at) AS at, severity, is_solved, count(*) AS n FROM kept WHERE first_kept_at > ?"
                " GROUP BY substr(first_kept_at, 1, 16), severity, is_solved",
                (time_text(since.astimezone(UTC)),),
            ).fetchall()
        return [
            Arrivals(read_time(row["at"]), Severity(row["severity"]), bool(row["is_solved"]), row["n"]) for row in rows
        ]

    def judged_by_reason(self, reason: str) -> tuple[int, int]:
        """Count this office's last judgements of one reason: (marked harmless, all)."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT count(*) AS total, coalesce(sum(judgement = 'known'), 0) AS harmless FROM"
                " (SELECT j.judgement FROM last_judgements AS j JOIN findings AS f ON f.id = j.finding_id"
                " WHERE f.reason = ? ORDER BY j.id DESC LIMIT ?)",
                (column_text(reason), LAST_JUDGEMENTS),
            ).fetchone()
        return int(row["harmless"]), int(row["total"])

    def mark_gone(self, run_id: int, sources: Sequence[str], left_out: Sequence[SkippedCheck]) -> int:
        """Close findings below ``sources`` that a run would have seen again if they were still there.

        What the run left out stays open, and after a broken detector everything does: silence is no proof.

        Returns:
            How many were closed.
        """
        if any(line.reason in _BLIND_REASONS for line in left_out):
            return 0
        unsure = [column_text(line.subject.name) for line in left_out]
        looked_at = [column_text(source) for source in sources]
        with self._database.writing() as connection:
            rows = connection.execute(
                "SELECT id, subject FROM findings WHERE gone_at IS NULL AND sense = 'files'"
                " AND id NOT IN (SELECT finding_id FROM sightings WHERE run_id = ?)",
                (run_id,),
            ).fetchall()
            gone = [
                row["id"]
                for row in rows
                if _is_below(row["subject"], looked_at) and not _is_below(row["subject"], unsure)
            ]
            now = time_text(datetime.now(UTC))
            connection.executemany("UPDATE findings SET gone_at = ? WHERE id = ?", [(now, id_) for id_ in gone])
        return len(gone)

    def mark_ended(self, run_id: int, since_s: float, places: Sequence[PlaceItem] | None) -> int:
        """Close findings about a state of this computer that a whole look at its programs no longer met.

        A program that is over listens to nobody any more, and a start entry that was taken out starts nothing.
        What a program did once stays open.

        Args:
            run_id: The look.
            since_s: When it began, seconds since 1970: programs that were seen later still run.
            places: What starts programs now; None: nobody could look.

        Returns:
            How many were closed.
        """
        with self._database.writing() as connection:
            rows = connection.execute(
                "SELECT id, document FROM findings WHERE gone_at IS NULL AND sense = 'programs' AND source = ?"
                " AND id NOT IN (SELECT finding_id FROM sightings WHERE run_id = ?)",
                (HERE, run_id),
            ).fetchall()
            running = connection.execute(
                "SELECT p.key FROM programs AS p JOIN program_sources AS s ON s.id = p.source_id"
                " WHERE s.name = '' AND p.last_s >= ?",
                (since_s,),
            ).fetchall()
            keys = {exact_text(row["key"]) for row in running}
            found = [(row["id"], read_kept(row["document"], Finding, self._database.path)) for row in rows]
            gone = [id_ for id_, finding in found if _is_over(finding, keys, places)]
            now = time_text(datetime.now(UTC))
            connection.executemany("UPDATE findings SET gone_at = ? WHERE id = ?", [(now, id_) for id_ in gone])
        return len(gone)

    def _kept(self, row: sqlite3.Row, last_visit: datetime | None) -> KeptFinding:
        first_kept_at = read_time(row["first_kept_at"])
        return KeptFinding(
            finding=read_kept(row["document"], Finding, self._database.path),
            state="solved" if row["is_solved"] else "open",
            judgement=row["judgement"],
            judged_at=_time_or_none(row["judged_at"]),
            until=_time_or_none(row["until"]),
            first_kept_at=first_kept_at,
            last_kept_at=read_time(row["last_kept_at"]),
            times_seen=row["times_seen"],
            is_new_since_last_visit=last_visit is None or first_kept_at > last_visit,
            gone_at=_time_or_none(row["gone_at"]),
        )


def _is_over(finding: Finding, running: Collection[str], places: Sequence[PlaceItem] | None) -> bool:
    """Tell whether what a finding speaks of is not so any more."""
    if finding.subject.kind == "process":
        return finding.reason in STATES and finding_key(finding) not in running
    starts = next((one.observed for one in finding.evidence if one.name == "starts"), None)
    return (
        finding.subject.kind == "place"
        and finding.reason in ENTRIES
        and places is not None
        and not any(
            one.item == finding.subject.name and (starts is None or _shown(one.starts) == starts) for one in places
        )
    )


def _shown(starts: str | None) -> str | None:
    return None if starts is None else show_text(starts)


def _time_or_none(text: str | None) -> datetime | None:
    return None if text is None else read_time(text)


def _is_below(name: str, places: Sequence[str]) -> bool:
    """Tell whether a file or archive member is one of ``places`` or lies inside one."""
    for place in places:
        stem = place.rstrip("/\\")
        if name == place or name.startswith((f"{stem}/", f"{stem}\\", f"{place}!")):
            return True
    return False
