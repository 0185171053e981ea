"""Watches the programs of this computer: one call a look, told to a ``ProgramLog``.

Before this on the path: ``processes_linux.py`` (``/proc``) or ``processes_portable.py`` (psutil), and start events
where the system gives them. After it: ``program_log.py``, then detectors.
Two speeds: numbers of processes often, because programs live shortly; each program's counters and the sockets seldom,
because they cost more. What was missed is counted as far as the system tells.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import count

from detectors.contract.programs import MAX_CHAIN, Coverage, Program
from detectors.telemetry.process_source import ProcessSource
from detectors.telemetry.program_log import ProgramLog
from detectors.telemetry.start_events import SeenEnd, SeenEvent, SeenStart, StartEvents, open_start_events

SHORT_SHARE = 4
"""In a look of a few seconds everything is looked at closely this many times."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often is looked, at most."""

    quick_s: float = 0.25
    """For what came and went: costs next to nothing while nothing starts."""
    close_s: float = 5.0
    """At each program, its counters, and the sockets."""

    @classmethod
    def for_seconds(cls, seconds: float | None) -> Pace:
        """Choose for a look of this length; None for one without end."""
        if seconds is None:
            return cls()
        return cls(close_s=min(cls().close_s, max(cls().quick_s, seconds / SHORT_SHARE)))


class ProgramWatch:
    """Tells a log what runs here, and what starts and ends."""

    def __init__(
        self,
        log: ProgramLog,
        *,
        pace: Pace | None = None,
        source: ProcessSource | None = None,
        events: StartEvents | None = None,
        wants_events: bool = True,
    ) -> None:
        """Open what is needed, so that rights can be given up afterwards; threads start with the first look.

        Args:
            log: Is told everything.
            pace: How often is looked.
            source: Instead of this system's own.
            events: Instead of this system's own.
            wants_events: Listen to start events where there are any.
        """
        self._log = log
        self._pace = pace or Pace()
        self._events, self.no_events_reason = events, ""
        if wants_events and events is None and source is None:
            self._events, self.no_events_reason = open_start_events()
        self._source = source or open_source(has_events=self._events is not None)
        self._records = count()
        self._quick_at_s = self._close_at_s = -1.0
        self._looks = self._seen = self._told = self._without_command = 0
        self._made_before: int | None = None

    def look(self, now_s: float) -> None:
        """Look at what is due; call it as often as you like.

        Args:
            now_s: Seconds since 1970.
        """
        is_close = (
            self._looks == 0 or not 0 <= now_s - self._close_at_s < self._pace.close_s
        )  # also when the clock jumped
        if not is_close and 0 <= now_s - self._quick_at_s < self._pace.quick_s:
            return
        self._quick_at_s = now_s
        if self._looks == 0:
            self._made_before = self._source.started
        has_sockets = self._compare(now_s, is_close=is_close)
        for event in self._events.read() if self._events else ():
            has_sockets |= self._take(event)
        if is_close:
            self._close_at_s = now_s
        if is_close or has_sockets:
            self._look_at_sockets(now_s)
        self._looks += 1
        self._log.coverage = self.coverage()

    def coverage(self) -> Coverage:
        """Say what share of the programs was seen."""
        if self._events is not None:
            return Coverage("events", None, self._told + self._events.lost, self._seen, self._without_command)
        if self._looks <= 1:
            return Coverage("snapshot", seen=self.hidden[1])
        made, before = self._source.started, self._made_before
        started = None if made is None or before is None else max(0, made - before)
        return Coverage("polling", self._pace.quick_s, started, self._seen, self._without_command)

    @property
    def hidden(self) -> tuple[int, int]:
        """Of how many running programs neither path nor command could be read, and of how many in all.

        Threads of the kernel have neither and are left out. Where the system hides other accounts' programs wholly
        (``hides_others``), they are in neither number.
        """
        programs = [one for one in self._source.running() if not one.is_kernel]
        return sum(one.path is None and one.command is None for one in programs), len(programs)

    @property
    def hides_others(self) -> bool:
        """Tell whether the system shows this account its own programs only."""
        return self._source.hides_others

    @property
    def dropped(self) -> int:
        """Running programs that did not fit."""
        return self._source.dropped

    def close(self) -> None:
        """Give everything back."""
        if self._events is not None:
            self._events.close()
        self._source.close()

    def _take(self, event: SeenEvent) -> bool:
        """Go on with what an event told; True when a program came whose streams are a network's sockets."""
        if isinstance(event, SeenEnd):
            if self._source.has_ended(event.pid):
                self._log.end(event.pid, event.at_s)
            return False
        self._told += 1
        self._seen += 1
        program = event.program
        before = None if program.pid is None else self._source.find(program.pid)
        if before is not None and _is_same_start(before, program):
            return False
        if program.pid is not None:
            self._log.end(program.pid, event.at_s)  # whatever had this number is another program now
        program.parent_pid = self._known_parent(program.parent_pid)
        self._source.adopt(self._begin(event))
        return _talks(program)

    def _known_parent(self, pid: int | None) -> int | None:
        """Go up from copies of a program that started nothing themselves to the one that is known."""
        found = pid
        for _ in range(MAX_CHAIN):
            if found is None or self._events is None or self._log.find(found) is not None:
                return found
            above = self._events.parent_of(found)
            if above is None or above == found:
                return pid
            found = above
        return pid

    def _compare(self, now_s: float, *, is_close: bool) -> bool:
        """Look, and tell what changed; True when a program came whose streams are a network's sockets."""
        changes = self._source.look(now_s, is_close=is_close)
        for program in changes.ended:
            if program.pid is not None:
                self._log.end(program.pid, now_s, program.started_s)
        for program in changes.began:
            self._begin(SeenStart(program))
            self._seen += self._events is None and self._looks > 0 and not program.is_kernel
        for program, load in changes.loads:
            if program.pid is not None:
                self._log.load(program.pid, load, program.started_s)
        return any(map(_talks, changes.began))

    def _begin(self, start: SeenStart) -> Program:
        program = start.program
        program.record = next(self._records)
        self._without_command += program.command is None and not program.is_kernel and self._looks > 0
        return self._log.start(program, start.parent)

    def _look_at_sockets(self, now_s: float) -> None:
        for one in self._source.sockets(now_s):
            owner, connection = one.owner, one.connection
            pid = owner.pid if owner else None
            if connection.is_listener:
                self._log.listen(pid, connection, owner.started_s if owner else None)
            elif pid is not None and owner is not None:
                self._log.connect(pid, connection, owner.started_s)


def open_source(*, has_events: bool) -> ProcessSource:
    """Choose how this system's programs are looked at."""
    if sys.platform == "linux":
        from detectors.telemetry.processes_linux import LinuxProcesses  # noqa: PLC0415 - Linux alone

        return LinuxProcesses(has_events=has_events)
    from detectors.telemetry.processes_portable import PortableProcesses  # noqa: PLC0415 - elsewhere

    return PortableProcesses()


def _is_same_start(one: Program, told: Program) -> bool:
    """Tell whether looking has found this very start before its event was read."""
    return (one.started_s, one.path, one.command) == (told.started_s, told.path, told.command)


def _talks(program: Program) -> bool:
    return "socket" in (program.streams or ())
