"""What a running check tells its listener, in order: the console prints these, the window's bridge makes them signals.

Before this on the path: the worker's reports, kept by the store. After it: a page or a line of output.
An event about a finding or a skipped line comes only after it is stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from detectors.contract.errors import SkippedCheck
from detectors.contract.finding import Finding
from detectors.worker.control import Control

__all__ = [
    "Control",
    "Event",
    "FindingSeen",
    "PartRestarted",
    "Progress",
    "Skipped",
    "SourceChecked",
    "Started",
    "Summary",
]


@dataclass(frozen=True, slots=True)
class Started:
    """A run began."""

    at: datetime
    """Aware UTC."""
    command: str
    """``scan files`` or ``check``."""
    run_id: int | None
    """Id in the store; None when nothing is kept."""
    isolation: str
    """How well the worker is locked in."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the run is. Sent at most every 100 ms."""

    done: int
    """Files done, checked or skipped; archive members are not counted here."""
    total: int
    """Files the walk will meet."""
    total_is_estimate: bool
    """True until counting is done: say "about"."""
    folder: str
    """Where it is now; hostile text."""
    seconds_left: tuple[float, float] | None
    """From, to; None while there is no fair guess."""
    unit: str = "files"
    """What is counted."""


@dataclass(frozen=True, slots=True)
class FindingSeen:
    """A finding, already stored."""

    finding: Finding
    """The finding."""
    is_new: bool
    """False when an earlier run had found it already."""
    is_known: bool = False
    """True when a person said it is fine and nothing has changed since."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something not, or not fully, looked at; already stored."""

    skipped: SkippedCheck
    """What and why."""


@dataclass(frozen=True, slots=True)
class SourceChecked:
    """One input of the run is done."""

    source: str
    """As given."""
    units: dict[str, int] = field(default_factory=dict)
    """``files``, ``members``, ``bytes``."""


@dataclass(frozen=True, slots=True)
class PartRestarted:
    """One part of the check fell over and was started again."""

    cause: str
    """As in ``wire.WorkerRestarted``."""
    signal: int
    """Signal number, or 0."""
    left_out: int
    """Files left out because of it so far."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The run ended; always the last event."""

    verdict: str
    """``clean``, ``found`` or ``not_fully_checked``."""
    seen: int
    """``checked + skipped``, always."""
    checked: int
    """Fully looked at."""
    skipped: int
    """Not, or not fully, looked at."""
    findings: int
    """Found in this run."""
    duration_s: float
    """Wall time, pauses left out."""
    units: dict[str, int]
    """``files``, ``members``, ``bytes``."""
    stopped: bool = False
    """True when a person stopped it."""


Event: TypeAlias = Started | Progress | FindingSeen | Skipped | SourceChecked | PartRestarted | Summary
