"""Start events: what a system tells of a program at the moment it starts, behind one interface.

Before this on the path: ``start_events_linux.py`` (the kernel's process connector), ``start_events_recorded.py`` (lines
of an audit log, Windows events, macOS ``eslogger``). After it: ``processes.py``. An event shows what lived too shortly
to be seen by looking; a source that is not available says why.
"""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TypeAlias

from detectors.contract.programs import Program

MAX_WAITING = 20_000
"""Events that wait to be taken; what is beyond is counted as lost."""


@dataclass(frozen=True, slots=True)
class SeenStart:
    """A program started."""

    program: Program
    parent: Program | None = None
    """What the event itself tells of the parent."""
    at_s: float | None = None
    """When; a process that becomes another program was made long before."""


@dataclass(frozen=True, slots=True)
class SeenEnd:
    """A program ended."""

    pid: int
    at_s: float


SeenEvent: TypeAlias = SeenStart | SeenEnd


class StartEvents(ABC):
    """A source of start events."""

    way: str
    """How they are taken: ``connector``, ``audit``, ``windows`` or ``macos``."""
    lost: int = 0
    """Events that are known to be lost, at least."""

    @abstractmethod
    def read(self) -> list[SeenEvent]:
        """Take what has been told since the last call, oldest first; never waits."""

    def parent_of(self, pid: int) -> int | None:  # noqa: ARG002 - a source that knows overrides this
        """Tell who made a process, also when it never was a program of its own; None when that is unknown."""
        return None

    def close(self) -> None:
        """Stop."""
        return


def open_start_events() -> tuple[StartEvents | None, str]:
    """Open what this system offers; call it before a worker is locked in.

    Returns:
        The source, and ``""``; or None and why: ``no_right``, ``not_supported`` (this kernel or container does not
        tell), ``needs_log`` (Windows: process auditing or Sysmon must be on, and its log be given as a recording) or
        ``needs_eslogger`` (macOS: ``sudo eslogger exec`` must be run, and its lines be given as a recording).
    """
    if sys.platform == "linux":
        from detectors.telemetry.start_events_linux import open_connector  # noqa: PLC0415 - Linux alone

        return open_connector()
    if sys.platform == "win32":
        return None, "needs_log"
    return None, "needs_eslogger" if sys.platform == "darwin" else "not_supported"
