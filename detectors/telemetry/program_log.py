"""Gathers what is told of one machine's programs into stretches that detectors can judge.

Before this on the path: ``program_recording.py`` or a live source, which tell of one thing after the other. After it:
detectors, which read a ``Programs``. Memory is bounded: a full log asks to be judged and cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from detectors.contract.baseline import LocalPicture
from detectors.contract.programs import (
    HOUR_S,
    Coverage,
    FileChange,
    KnownPrograms,
    Load,
    PlaceChange,
    Program,
    ProgramConnection,
    Programs,
)
from detectors.telemetry.program_kin import ProgramKin

MAX_STARTS = 5_000
"""Judged together: 2 ms each on a slow machine, far below the 30 s after which a silent worker is ended."""
MAX_OTHERS = 50_000
"""Of file changes, place changes, listeners, loads and connections together."""
MAX_TEXT = 32_000_000
"""Characters of one stretch."""
MAX_CONNECTIONS = 64
"""Kept of one program; the rest is counted."""
MAX_LOADS = 240
MAX_KEPT_DETAILS = 100_000
"""Counters and connections of all programs together that outlive a stretch,"""
FEW_DETAILS = 8
"""and how many of each program stay when there are more."""
LOAD_GAP_S = 5.0
"""Counters are kept about this far apart: 20 minutes of them, and the newest always."""


class ProgramLog:
    """What is known of one machine's programs in this stretch, and of earlier ones what chains need."""

    def __init__(
        self,
        source: str,
        machine: str,
        system: str,
        *,
        is_recording: bool,
        known: KnownPrograms | None = None,
        coverage: Coverage | None = None,
        picture: LocalPicture | None = None,
    ) -> None:
        """Begin an empty log.

        Args:
            source: The input as it was given; ``programs`` for this computer.
            machine: ``unit`` or ``host``; empty for this computer.
            system: ``windows``, ``linux``, ``macos`` or empty.
            is_recording: Times come from records, never from the clock.
            known: What this computer has learned.
            picture: What is usual on this computer.
            coverage: What share of starts is seen; of a recording the counts are filled in.
        """
        self._source, self._machine, self._is_recording = source, machine, is_recording
        self.system = system
        self.known = known or KnownPrograms()
        self._picture = picture or LocalPicture()
        self.coverage = coverage or Coverage("recording" if is_recording else "polling")
        """To be set before ``stretch`` by a live source."""
        self._kin = ProgramKin()
        self._flagged: dict[Program, float] = {}
        self._last_s: float | None = None
        self.lost = 0
        """Things told when the log was overfull, or of programs it never heard of."""
        self._clear()

    def _clear(self) -> None:
        self._starts: list[Program] = []
        self._listeners: dict[tuple[Program | None, str, str | None, int | None], ProgramConnection] = {}
        self._file_changes: list[FileChange] = []
        self._place_changes: list[PlaceChange] = []
        self._others = self._text = self._started = 0
        self._now_s: float | None = None

    @property
    def is_full(self) -> bool:
        """True when it should be judged and cut."""
        return len(self._starts) >= MAX_STARTS or self._others >= MAX_OTHERS or self._text >= MAX_TEXT

    @property
    def is_empty(self) -> bool:
        """True when nothing was told since the last cut."""
        return not self._starts and not self._others

    @property
    def dropped(self) -> int:
        """Programs forgotten too early, for want of room."""
        return self._kin.dropped

    @property
    def held(self) -> int:
        """Things in memory."""
        return len(self._kin) + self._others

    @property
    def held_text(self) -> int:
        """Characters in memory."""
        return self._kin.text + self._text

    def count_start(self) -> None:
        """Count a start that happened, seen or not; for a source that knows of both."""
        self._started += 1

    def start(self, program: Program, parent: Program | None = None) -> Program:
        """Remember a start and link it to its parent.

        Args:
            program: What started.
            parent: What its record tells of the parent. It becomes the parent where the real one is not known here.
        """
        program.parent = self._kin.parent_of(program, parent)
        self._kin.add(program)
        self._starts.append(program)
        self._text += len(program.command or "") + len(program.path or "")
        self._see_time(program.started_s)
        return program

    def end(self, pid: int, at_s: float | None, started_s: float | None = None) -> Program | None:
        """Note that a program ended."""
        found = self._kin.find(pid, started_s)
        self._see_time(at_s)
        if found is not None and found.ended_s is None:
            found.ended_s = at_s
        return found

    def find(self, pid: int, started_s: float | None = None) -> Program | None:
        """Find a program by number, and start time where that is known."""
        return self._kin.find(pid, started_s)

    def load(self, pid: int, load: Load, started_s: float | None = None) -> Program | None:
        """Note counters of a running program; None when nobody knows it."""
        found = self._told_of(pid, load.at_s, started_s)
        if found is not None:
            loads = found.loads
            if len(loads) > 1 and load.at_s - loads[-2].at_s < LOAD_GAP_S:
                loads[-1] = load
            else:
                loads.append(load)
            del loads[:-MAX_LOADS]
        return found

    def connect(self, pid: int, connection: ProgramConnection, started_s: float | None = None) -> Program | None:
        """Note a connection of a program; one that is told again counts once. None when nobody knows the program."""
        found = self._told_of(pid, connection.at_s, started_s)
        if found is None or any(_is_same(connection, one) for one in found.connections):
            return found
        found.connection_count = 1 + (
            len(found.connections) if found.connection_count is None else found.connection_count
        )
        if len(found.connections) < MAX_CONNECTIONS:
            found.connections += (connection,)
        return found

    def listen(self, pid: int | None, connection: ProgramConnection, started_s: float | None = None) -> None:
        """Note a listening socket, also where nobody knows whose it is."""
        owner = None if pid is None else self._kin.find(pid, started_s)
        if self._has_room(connection.at_s):
            self._listeners[owner, connection.transport, connection.near, connection.near_port] = connection

    def change_file(self, change: FileChange) -> None:
        """Note that a watched file changed."""
        if self._has_room(change.at_s):
            self._file_changes.append(change)
            self._text += len(change.path) + len(change.to or "")

    def change_place(self, change: PlaceChange) -> None:
        """Note that something that starts programs changed."""
        if self._has_room(change.at_s):
            self._place_changes.append(change)
            self._text += len(change.item) + len(change.starts or "")

    def stretch(self, now_s: float | None = None) -> Programs:
        """Hand out what is known.

        Args:
            now_s: The time for a live source; of a recording the latest of its records counts.
        """
        latest_s = self._now_s if now_s is None else now_s
        ended = [one for one in self._kin if _has_ended(one, latest_s)]
        gone = set(ended)
        starts = tuple(self._starts)
        return Programs(
            source=self._source,
            machine=self._machine,
            system=self.system,
            starts=starts,
            running=tuple(one for one in self._kin if one not in gone),
            ended=tuple(ended),
            listeners=tuple((key[0], one) for key, one in self._listeners.items()),
            file_changes=tuple(self._file_changes),
            place_changes=tuple(self._place_changes),
            known=self.known,
            picture=self._picture,
            coverage=self._count(starts),
            is_recording=self._is_recording,
            now_s=latest_s,
            flagged=dict(self._flagged),
        )

    def cut(self, flagged: Mapping[Program, float] | None = None, now_s: float | None = None) -> None:
        """Forget what was judged; running programs, fresh ends and flagged ones of the last hour are remembered."""
        latest_s = self._last_s if now_s is None else now_s
        self._flagged |= flagged or {}
        if latest_s is not None:
            self._flagged = {one: at for one, at in self._flagged.items() if latest_s - at <= HOUR_S}
        self._clear()
        self._kin.keep(latest_s, self._flagged)
        self._thin_out()

    def _thin_out(self) -> None:
        """Where programs hold too much of what they did: ended ones forget it, others most of it."""
        if sum(len(one.loads) + len(one.connections) for one in self._kin) <= MAX_KEPT_DETAILS:
            return
        for one in self._kin:
            kept = FEW_DETAILS if one.ended_s is None else 0
            one.loads, one.connections = one.loads[max(0, len(one.loads) - kept) :], one.connections[:kept]

    def _told_of(self, pid: int, at_s: float | None, started_s: float | None) -> Program | None:
        found = self._kin.find(pid, started_s)
        if found is None:
            self.lost += 1
            return None
        return found if self._has_room(at_s) else None

    def _has_room(self, at_s: float | None) -> bool:
        """Count a record that is no start; refuse it when whoever fills this never cuts."""
        self._see_time(at_s)
        if self._others >= 2 * MAX_OTHERS:
            self.lost += 1
            return False
        self._others += 1
        return True

    def _see_time(self, at_s: float | None) -> None:
        if at_s is not None:
            self._last_s = at_s
            self._now_s = at_s if self._now_s is None else max(self._now_s, at_s)

    def _count(self, starts: tuple[Program, ...]) -> Coverage:
        if not self._is_recording:
            return self.coverage
        missing = sum(one.command is None for one in starts)
        started = self.coverage.started if self.coverage.started is None else self._started
        return replace(self.coverage, started=started, seen=len(starts), without_command=missing)


def _has_ended(program: Program, now_s: float | None) -> bool:
    return program.ended_s is not None and (now_s is None or program.ended_s <= now_s)


def _is_same(one: ProgramConnection, other: ProgramConnection) -> bool:
    ours = (one.transport, one.near, one.near_port, one.far, one.far_port, one.is_listener)
    return ours == (other.transport, other.near, other.near_port, other.far, other.far_port, other.is_listener)
