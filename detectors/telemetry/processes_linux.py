"""Looks at the programs of a Linux computer by what changed: one held descriptor a process, one read of it a look.

Before this on the path: ``/proc``. After it: ``processes.py``. A held descriptor of ``/proc/PID/stat`` stays with its
process: when the number is given away, the old descriptor fails, so that no two programs are ever taken for one.
A quick look costs next to nothing while nothing starts: the kernel tells the last number it gave away.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from detectors.contract.programs import Load, Program
from detectors.telemetry.packages import PackageFiles
from detectors.telemetry.process_details import (
    PROC,
    STAT_BYTES,
    TICKS_PER_S,
    ProcessReader,
    Stat,
    parse_stat,
    read_bytes,
    wants_streams,
)
from detectors.telemetry.process_refresh import ask_packages, refresh_path, refresh_streams
from detectors.telemetry.process_source import MAX_PROGRAMS, Changes, ProcessSource, Socket
from detectors.telemetry.sockets_linux import SocketOwners

SPARE_DESCRIPTORS = 256
"""Left to the rest of this process."""
YOUNG_S = 2.0
"""A process this young may still become the program it was made for."""
EVENT_AGE_S = 1.0
"""Where events tell of starts, a process without one is given this long: most copies start something, or end."""
IDLE_EVERY_S = 30.0
"""A program that does nothing gets its counters repeated this often."""
REFRESH_TURNS = 6
"""Of this many close looks, one looks again at a program's file and streams; at fresh ones each does."""
FRESH_S = 10.0
"""What deletes itself does so at once."""
_DETAILS = (
    *("name", "path", "command", "arguments", "user", "folder"),
    *("is_deleted", "is_memory_file", "streams", "denied"),
)
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4_096


@dataclass(slots=True)
class _Held:
    """A running process as it was at the last look."""

    program: Program
    descriptor: int
    """Of its ``stat``, or -1 when there was no room for one more."""
    line: bytes
    """What that said."""
    head: bytes
    """Its beginning: number and name, which another program would change."""
    seen_s: float
    """When it was first looked at, by the clock since boot."""
    is_copy: bool
    """True while it is the same as its parent, or has no command yet: it is about to become another program."""


class LinuxProcesses(ProcessSource):
    """The running programs, kept up to date by what changed."""

    def __init__(self, *, has_events: bool = False, packages: PackageFiles | None = None) -> None:
        """Prepare to look.

        Args:
            has_events: Starts are told by the system too, so that fresh processes need not be caught here.
            packages: Who knows what the package manager brought.
        """
        self._reader = ProcessReader()
        self._packages = packages or PackageFiles()
        self._held: dict[str, _Held] = {}
        self._young: dict[str, None] = {}
        self._waiting = False
        self._cursor = b""
        self._cursor_file = os.open(f"{PROC}/loadavg", os.O_RDONLY | os.O_CLOEXEC)
        self._sockets = SocketOwners()
        self._least_age_s = EVENT_AGE_S if has_events else 0.0
        self._room = _descriptors_to_hold()
        self._is_first = True
        self._turn = 0
        self.dropped = 0

    def look(self, now_s: float, *, is_close: bool) -> Changes:
        """Look at what runs; see ``ProcessSource``."""
        changes = Changes()
        moment_s = self._reader.clock.now()
        if self._has_moved() or is_close or self._waiting:
            self._compare_numbers(moment_s, now_s, changes)
        if is_close and not self._is_first:
            self._look_at_all(moment_s, now_s, changes)
        else:
            for number in [number for number in self._young if number in self._held]:
                self._look_at(number, self._held[number], moment_s, changes, None)
        if is_close:
            self._refresh(moment_s)
        changes.began.sort(key=_birth)
        self._is_first = False
        return changes

    def sockets(self, now_s: float) -> Iterable[Socket]:
        """List sockets of programs: connections that are new, and all that listen."""
        found = list(self._sockets.look(self._programs_by_number(), now_s))
        for one in found:
            if one.owner is not None and one.owner.streams is None and not one.connection.is_listener:
                refresh_streams(one.owner)
            if one.owner is not None and one.connection.is_listener:
                ask_packages(one.owner, self._packages)
        return found

    def find(self, pid: int) -> Program | None:
        """Find the running program that has this number."""
        held = self._held.get(str(pid))
        return held.program if held else None

    def adopt(self, program: Program) -> None:
        """Go on with a program that an event told of."""
        number = str(program.pid)
        self._forget(number)
        descriptor = _open_stat(number)
        line = _read_stat(descriptor, number)
        if not line:
            _close(descriptor)
            return
        if program.name is None and (found := self._reader.read(int(number))) is not None:
            _become(program, found[0])
        self._hold(number, program, line, descriptor, is_copy=False)

    def has_ended(self, pid: int) -> bool:
        """Tell whether a program is really over: its first thread may end long before the others."""
        number = str(pid)
        held = self._held.get(number)
        line = _read_stat(held.descriptor, number) if held else b""
        stat = parse_stat(line) if line else None
        if stat is not None and not stat.is_over:
            return False
        self._forget(number)
        return True

    def running(self) -> Iterator[Program]:
        """List the programs that ran at the last look."""
        return (held.program for held in self._held.values())

    @property
    def started(self) -> int | None:
        """How many processes the kernel has made since it began, threads included."""
        for line in reversed(read_bytes(f"{PROC}/stat", 4_000_000).splitlines()):
            if line.startswith(b"processes "):
                return int(line[10:])
        return None

    @property
    def hides_others(self) -> bool:
        """Tell whether ``/proc`` shows this account its own programs only: then the first process is missing."""
        return "1" not in self._held

    def close(self) -> None:
        """Give the descriptors back."""
        for number in [*self._held]:
            self._forget(number)
        self._sockets.close()
        _close(self._cursor_file)
        self._cursor_file = -1

    def _has_moved(self) -> bool:
        """Tell whether the kernel gave away a number since the last look."""
        try:
            cursor = os.pread(self._cursor_file, 128, 0).rpartition(b" ")[2]
        except OSError:
            return True
        moved, self._cursor = cursor != self._cursor, cursor
        return moved

    def _compare_numbers(self, moment_s: float, now_s: float, changes: Changes) -> None:
        held = self._held
        listed = {name for name in os.listdir(PROC) if name[0] in "123456789"}  # noqa: PTH208 - names alone, fast
        for number in [number for number in held if number not in listed]:
            changes.ended.append(held[number].program)
            self._forget(number)
        self._waiting = False
        for number in listed.difference(held):
            self._meet(number, moment_s, now_s, changes)

    def _meet(self, number: str, moment_s: float, now_s: float, changes: Changes) -> None:
        """Read a process that was not there at the last look."""
        if len(self._held) >= MAX_PROGRAMS:
            self.dropped += 1
            return
        if self._least_age_s and not self._is_first and self._is_too_young(number, moment_s):
            self._waiting = True
            return
        if (found := self._reader.read(int(number))) is None:
            return
        program, line = found
        stat = parse_stat(line)
        if stat is not None and stat.is_over and self._is_first:
            return
        self._hold(number, program, line, _open_stat(number) if self._room > 0 else -1, is_copy=self._is_copy(program))
        if not self._is_first:
            self._young[number] = None
        changes.began.append(program)
        if stat is not None and not stat.is_kernel:
            changes.loads.append((program, self._load(number, stat, now_s)))

    def _is_copy(self, program: Program) -> bool:
        """Tell whether this is the moment between the making of a process and the start of its program."""
        if program.is_kernel:
            return False
        parent = None if program.parent_pid is None else self.find(program.parent_pid)
        is_same = parent is not None and (parent.path, parent.arguments) == (program.path, program.arguments)
        return is_same or not program.command

    def _is_too_young(self, number: str, moment_s: float) -> bool:
        stat = parse_stat(_read_stat(-1, number))
        return stat is not None and moment_s - self._reader.clock.at(stat.start_ticks) < self._least_age_s

    def _hold(self, number: str, program: Program, line: bytes, descriptor: int, *, is_copy: bool) -> None:
        if descriptor >= 0:
            self._room -= 1
        head = line[: line.rfind(b")") + 2]
        self._held[number] = _Held(program, descriptor, line, head, self._reader.clock.now(), is_copy)

    def _forget(self, number: str) -> None:
        self._young.pop(number, None)
        held = self._held.pop(number, None)
        if held is not None and held.descriptor >= 0:
            _close(held.descriptor)
            self._room += 1

    def _look_at_all(self, moment_s: float, now_s: float, changes: Changes) -> None:
        """Look at each program: for those that do nothing, one call of the system and one comparison."""
        read, young, idle_since_s = os.pread, self._young, now_s - IDLE_EVERY_S
        for number, held in [*self._held.items()]:
            try:
                line = read(held.descriptor, STAT_BYTES, 0)
            except OSError:  # it is over, or has no descriptor
                line = b""
            if not line or line != held.line or number in young:
                self._look_at(number, held, moment_s, changes, now_s)
            elif (loads := held.program.loads) and loads[-1].at_s <= idle_since_s:
                changes.loads.append((held.program, replace(loads[-1], at_s=now_s)))

    def _look_at(self, number: str, held: _Held, moment_s: float, changes: Changes, now_s: float | None) -> None:
        """Read one process again, and tell what changed."""
        line = _read_stat(held.descriptor, number)
        if moment_s - held.seen_s > YOUNG_S:
            self._young.pop(number, None)
        is_starting = held.is_copy and number in self._young and not held.program.command
        if line and line == held.line and not is_starting:
            return
        stat = parse_stat(line) if line else None
        if stat is None:
            if held.line:
                self._note_end(number, held, changes)
            return
        before = parse_stat(held.line)
        if before is None or before.start_ticks != stat.start_ticks or stat.is_over:
            self._note_end(number, held, changes)
            return
        if is_starting or before.image != stat.image or not line.startswith(held.head):
            self._follow(number, held, before, stat, changes)
        held.line, held.head = line, line[: line.rfind(b")") + 2]
        if now_s is not None and not stat.is_kernel:
            changes.loads.append((held.program, self._load(number, stat, now_s)))

    def _note_end(self, number: str, held: _Held, changes: Changes) -> None:
        changes.ended.append(held.program)
        self._forget(number)

    def _follow(self, number: str, held: _Held, before: Stat, stat: Stat, changes: Changes) -> None:
        """Look whether a process became another program, or only took another name."""
        found = self._reader.read(int(number))
        if found is None:
            return
        fresh, old = found[0], held.program
        is_same_image = before.image == stat.image
        if is_same_image and (fresh.path, fresh.arguments) == (old.path, old.arguments):
            old.name = fresh.name
            return
        if held.is_copy and number in self._young:
            _become(old, fresh)
            held.is_copy = self._is_copy(old)
            return
        changes.ended.append(old)
        changes.began.append(fresh)
        held.program = fresh

    def _load(self, number: str, stat: Stat, now_s: float) -> Load:
        read, written = _read_io(number)
        return Load(
            at_s=now_s,
            cpu_s=stat.cpu_ticks / TICKS_PER_S,
            memory_bytes=stat.rss_pages * _PAGE_BYTES,
            read_bytes=read,
            written_bytes=written,
            threads=stat.threads,
        )

    def _refresh(self, moment_s: float) -> None:
        """Look again at what may change while a program runs: whether its file is still there, and its streams."""
        self._turn = (self._turn + 1) % REFRESH_TURNS
        for held in self._held.values():
            program = held.program
            is_due = (program.pid or 0) % REFRESH_TURNS == self._turn or moment_s - (program.started_s or 0.0) < FRESH_S
            if is_due and program.path is not None:
                refresh_path(program)
                if program.is_deleted:
                    ask_packages(program, self._packages)
                if wants_streams(program):
                    refresh_streams(program)

    def _programs_by_number(self) -> dict[int, Program]:
        return {int(number): held.program for number, held in self._held.items() if not held.program.is_kernel}


def _birth(program: Program) -> tuple[float, int]:
    return (program.started_s or 0.0, program.pid or 0)


def _become(old: Program, fresh: Program) -> None:
    """Let a record that was made too early tell of the program that its process became."""
    for name in _DETAILS:
        setattr(old, name, getattr(fresh, name))


def _descriptors_to_hold() -> int:
    """Leave enough descriptors to everything else."""
    import resource  # noqa: PLC0415 - Windows has none, and loads this module in tests

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MAX_PROGRAMS if soft == resource.RLIM_INFINITY else soft
    in_use = len(os.listdir(f"{PROC}/self/fd"))  # noqa: PTH208
    return max(0, min(MAX_PROGRAMS, most - in_use - SPARE_DESCRIPTORS))


def _open_stat(number: str) -> int:
    try:
        return os.open(f"{PROC}/{number}/stat", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return -1


def _read_stat(descriptor: int, number: str) -> bytes:
    """Read the line of a process; empty when it is over, or not ours to read."""
    if descriptor < 0:
        return read_bytes(f"{PROC}/{number}/stat", STAT_BYTES)
    try:
        return os.pread(descriptor, STAT_BYTES, 0)
    except OSError:
        return b""


def _close(descriptor: int) -> None:
    if descriptor >= 0:
        with contextlib.suppress(OSError):
            os.close(descriptor)


def _read_io(number: str) -> tuple[int | None, int | None]:
    """Read how many bytes a process read and wrote, those from memory included; unknown for other accounts."""
    fields = dict(
        line.split(b": ", 1) for line in read_bytes(f"{PROC}/{number}/io", 1_024).splitlines() if b": " in line
    )
    try:
        return int(fields[b"rchar"]), int(fields[b"wchar"])
    except (KeyError, ValueError):
        return None, None
