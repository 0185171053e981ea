"""Has programs judged and told of, stretch by stretch.

Before this on the path: ``recordings_worker.py`` and ``program_watching.py``. After it: ``judging.py``, which tells it
over the wall.
A stretch forgets what was judged, so a finding that goes on in the next one is added up here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from typing import Literal

from detectors.contract.activity import ProgramRow
from detectors.contract.errors import MessageRefused, SkipReason
from detectors.contract.finding import Finding, Severity
from detectors.contract.programs import MAX_RECORDS, Coverage, PlaceItem, Program, Programs
from detectors.features.program_habits import listener_key, pair_key, person_key
from detectors.features.program_tree import tree_root
from detectors.features.secrets import mask_secrets
from detectors.features.spread_counting import LookMeter
from detectors.worker import wire
from detectors.worker.judging import Judging
from detectors.worker.program_sums import program_rows

MAX_ROWS = 20_000
"""Programs of one source that are told to the Activity page; the rest is counted."""
MAX_HABITS = 20_000
"""Learned of one look."""
_ROWS_A_PART = 500


class ProgramJudging(Judging):
    """One source of programs."""

    _rows = 0
    _starts = 0
    _coverage: Coverage | None = None

    def judge(self, programs: Programs, *, counts: bool = True) -> dict[Program, float]:
        """Let the detectors judge a stretch and tell of its programs.

        Args:
            programs: The stretch.
            counts: False where the same stretch is judged again later, with more in it.

        Returns:
            Programs with a finding of medium or more, and when: what comes from them later is judged more strictly.
        """
        meter = LookMeter() if counts and not programs.is_recording else None
        findings = self.look(replace(programs, meter=meter))
        self.tell_counts(meter)
        if counts:
            self._starts += sum(one.times for one in programs.starts)
            self._coverage = _added(self._coverage, programs.coverage)
            self._tell_rows(program_rows(programs))
        serious = (one for one in findings if one.severity >= Severity.MEDIUM)
        return {
            program: program.started_s or programs.now_s or 0.0
            for finding in serious
            for program in programs_of(finding, programs)
        }

    def finish(
        self,
        units: dict[str, int],
        *,
        habits: tuple[wire.Habit, ...] = (),
        places: tuple[PlaceItem, ...] | None = None,
    ) -> None:
        """Say the last word."""
        seen = coverage_units(self._coverage) if self._coverage is not None else {}
        counted = {"starts": self._starts} | seen | units
        given = wire.ProgramsGiven(habits=habits, places=_masked(places), coverage=self._coverage)
        try:
            self.end(wire.InputPart(programs=given, units=counted))
        except MessageRefused:  # somebody has filled the places with more than a message holds
            self.add_gap((SkipReason.RECORDS_DROPPED, {"records": len(places or ())}))
            self.end(wire.InputPart(programs=wire.ProgramsGiven(coverage=self._coverage), units=counted))

    def joined(self, earlier: Finding, finding: Finding) -> Finding:
        """Add up what one family did in several stretches of the same hour: the gravest word, all records."""
        said = finding if finding.severity >= earlier.severity else earlier
        return replace(
            said,
            first_seen_at=min(earlier.first_seen_at, finding.first_seen_at),
            last_seen_at=max(earlier.last_seen_at, finding.last_seen_at),
            records=tuple(sorted({*earlier.records, *finding.records})[:MAX_RECORDS]),
        )

    def habits_of(self, programs: Programs) -> tuple[wire.Habit, ...]:
        """Tell who started whom and who listens, with the findings that forbid to learn from it."""
        suspects: dict[Program, set[str]] = {}
        for finding in self.told():
            for program in programs_of(finding, programs):
                suspects.setdefault(tree_root(program), set()).add(finding.id)

        def habit(kind: Literal["pair", "listener"], key: str | None, program: Program) -> wire.Habit | None:
            ids = tuple(sorted(suspects.get(tree_root(program), ())))
            return wire.Habit(kind, key, ids, person_key(program.user)) if key else None

        pairs = (habit("pair", pair_key(one), one) for one in programs.starts)
        doors = (habit("listener", listener_key(*one), one[0]) for one in programs.listeners if one[0] is not None)
        learned: dict[tuple[str, str], wire.Habit] = {}
        for one in (one for one in (*pairs, *doors) if one is not None):
            earlier = learned.get((one.key, one.person))
            ids = one.findings if earlier is None else tuple(sorted({*one.findings, *earlier.findings}))
            learned[one.key, one.person] = replace(one, findings=ids)
        return tuple(islice(learned.values(), MAX_HABITS))

    def _tell_rows(self, rows: Iterable[ProgramRow]) -> None:
        left = MAX_ROWS - self._rows
        told = tuple(islice(rows, max(left, 0)))
        self._rows += len(told)
        for start in range(0, len(told), _ROWS_A_PART):
            part = told[start : start + _ROWS_A_PART]
            self.send_all(part, lambda some: wire.InputPart(programs=wire.ProgramsGiven(rows=some)), self._lose)
            self.step()

    def _lose(self, _row: ProgramRow) -> None:
        self.add_gap((SkipReason.RECORDS_DROPPED, {"records": 1}))


def _masked(places: tuple[PlaceItem, ...] | None) -> tuple[PlaceItem, ...] | None:
    """Mask what a line of a profile or a cron table may hold of secrets: places are kept until the next look."""
    return places and tuple(replace(one, starts=one.starts and mask_secrets(one.starts)) for one in places)


def programs_of(finding: Finding, programs: Programs) -> list[Program]:
    """Find the programs a finding rests on: by the lines of a recording, live by number and start."""
    if programs.is_recording:
        lines = set(finding.records)
        return [one for one in programs.starts if one.record in lines]
    details = finding.subject.details
    about = (details.get("pid"), details.get("started_s"))
    return [one for one in (*programs.running, *programs.ended) if (one.pid, one.started_s) == about]


def coverage_units(coverage: Coverage) -> dict[str, int]:
    """Put what was not seen into numbers: starts that the system counted and nobody saw, starts without a command."""
    units: dict[str, int] = {}
    if coverage.interval_s is not None:
        units["interval_ms"] = round(coverage.interval_s * 1000)
    if coverage.started is not None:
        units["missed"] = max(0, coverage.started - coverage.seen)
    if coverage.without_command:
        units["without_command"] = coverage.without_command
    return units


def _added(one: Coverage | None, other: Coverage) -> Coverage:
    """Add up what was seen of several machines or stretches."""
    if one is None:
        return other
    started = None if one.started is None or other.started is None else one.started + other.started
    without = one.without_command + other.without_command
    return replace(other, started=started, seen=one.seen + other.seen, without_command=without)
