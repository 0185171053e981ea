"""The shapes of what is kept, as the faces see them.

Before this on the path: the store's tables. After it: pages and lines of output.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from detectors.contract.finding import Finding, Scalar, Severity


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A finding with everything that happened to it since."""

    finding: Finding
    """As it was seen last."""
    state: str
    """``open`` or ``solved``: judged as known, or not there any more."""
    judgement: str | None
    """``known``, ``worried`` or None; a judgement that ended or no longer fits the file is None."""
    judged_at: datetime | None
    """When."""
    until: datetime | None
    """Until when the judgement holds; None: until the file changes."""
    first_kept_at: datetime
    """When it was found first."""
    last_kept_at: datetime
    """When it was found last."""
    times_seen: int
    """Number of runs that saw it."""
    is_new_since_last_visit: bool
    """True when it came after the person last left."""
    gone_at: datetime | None = None
    """When a later check of the same place no longer found it."""


@dataclass(frozen=True, slots=True)
class OpenCount:
    """How many open findings of one kind."""

    sense: str
    """``files``, ``programs`` or ``network``."""
    severity: Severity
    """Of these findings."""
    n: int
    """How many."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Findings that came up first within the same minute."""

    at: datetime
    """When the first of them came up."""
    severity: Severity
    """Of these findings."""
    is_solved: bool
    """Solved since."""
    n: int
    """How many."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One check, as the history shows it."""

    id: int
    """Id in the store."""
    command: str
    """``scan files`` or ``check``."""
    scope: str
    """``quick``, ``full``, ``folders`` or ``paths``."""
    started_at: datetime
    """Aware UTC."""
    ended_at: datetime | None
    """None: still going on, or cut off."""
    verdict: str
    """``clean``, ``found`` or ``not_fully_checked``."""
    seen: int
    """``checked + skipped``."""
    checked: int
    """Fully looked at."""
    skipped: int
    """Not, or not fully, looked at."""
    findings: int
    """Found, known ones left out."""
    duration_s: float
    """Pauses left out."""
    stopped: bool
    """A person stopped it, or it was cut off."""
    units: dict[str, int] = field(default_factory=dict)
    """``files``, ``members``, ``bytes``."""
    skipped_by_reason: dict[str, int] = field(default_factory=dict)
    """How many skipped lines for each reason."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One act of a person, or of this program for a person, that can be looked up later."""

    id: int
    """For ``undo``."""
    at: datetime
    """Aware UTC."""
    act: str
    """``judged_known``, ``judged_worried``, ``setting_changed``; text: ``journal.<act>``."""
    subject: str
    """What it was about: a file's name, or a setting's name. Hostile text."""
    values: dict[str, Scalar] = field(default_factory=dict)
    """What its sentence needs."""
    undone_at: datetime | None = None
    """When it was undone."""

    @property
    def can_be_undone(self) -> bool:
        """Tell whether ``undo`` would do something."""
        return self.undone_at is None
