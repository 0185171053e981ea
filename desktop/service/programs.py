"""Programs as pages want them: what ran when, who started whom, and the story of one of them.

Before this on the path: the store, which keeps ``ProgramRow``. After it: a page, which draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.service.keeping.kept import KeptFinding
from detectors.contract.activity import LoadPoint, ProgramRow
from detectors.contract.finding import Finding
from detectors.contract.programs import Coverage


@dataclass(frozen=True, slots=True)
class ProgramSource:
    """Where programs were seen: one recording, or this computer."""

    name: str
    """As given for a recording; empty for this computer."""
    how: str
    """``recording`` or ``programs``."""
    first_s: float | None
    """Start of the first program with a time, seconds since 1970."""
    last_s: float | None
    """The latest time that is known."""
    programs: int
    """How many are kept."""
    coverage: Coverage | None = None
    """What share of all starts was seen, the last time somebody looked."""


@dataclass(frozen=True, slots=True)
class ProgramsView:
    """The programs of one source in one span of time."""

    source: ProgramSource | None
    """None: nothing was ever seen."""
    sources: tuple[ProgramSource, ...]
    """Everything one could look at, the newest first."""
    rows: tuple[ProgramRow, ...]
    """By start, at most 5,000; of more, the newest."""
    left_out: int = 0
    """Rows beyond that."""

    @property
    def coverage(self) -> Coverage | None:
        """What share of all starts was seen."""
        return self.source.coverage if self.source else None


@dataclass(frozen=True, slots=True)
class ProgramStory:
    """One program, with everything around it."""

    row: ProgramRow
    """The program: what it uses, whom it talks to."""
    chain: tuple[ProgramRow, ...]
    """Who started it, and who started that one, upwards."""
    children: tuple[ProgramRow, ...]
    """What it started, by time; at most 200."""
    findings: tuple[KeptFinding, ...]
    """Open ones about it or its chain."""
    is_running: bool
    """True when the last look at this computer still saw it; of a recording, when it has no end."""
    loads: tuple[LoadPoint, ...] = ()
    """What it used in the course of time, oldest first, at most 120; empty: nothing, or nobody measured."""


HERE = frozenset({"programs", "memory"})
"""What findings about this computer's own programs name as their source."""


def findings_about(
    rows: Sequence[ProgramRow], source: ProgramSource, kept: Sequence[KeptFinding]
) -> tuple[KeptFinding, ...]:
    """Choose the findings that speak of some programs of one source."""
    keys, names = {row.key for row in rows}, {source.name} if source.how == "recording" else HERE
    return tuple(one for one in kept if one.finding.source in names and finding_key(one.finding) in keys)


def finding_key(finding: Finding) -> str:
    """Name the row of the program that a finding is about; empty when it is about no program."""
    if finding.subject.kind != "process":
        return ""
    details = finding.subject.details
    # The identity of what was recorded begins with the source and the machine (``program_finding``).
    machine = finding.identity[1] if finding.identity[:1] == (finding.source,) else ""
    pid, started_s = details.get("pid"), details.get("started_s")
    number = f"line {finding.records[0] if finding.records else -1}" if pid is None else str(pid)
    start = f"{started_s:.3f}" if isinstance(started_s, int | float) else ""
    return f"{machine}|{number}|{start}"
