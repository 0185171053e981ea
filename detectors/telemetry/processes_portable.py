"""Looks at the programs of a Windows or macOS computer through psutil; dearer than ``/proc``, and the same interface.

Before this on the path: psutil. After it: ``processes.py``. Numbers are compared often; only what is new is read, and
what a close look needs. A number that was given away is told by its start time.
"""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import psutil

from detectors.contract.programs import Load, Program, ProgramConnection
from detectors.telemetry.process_source import MAX_COMMAND_BYTES, MAX_PROGRAMS, Changes, ProcessSource, Socket

_SYSTEMS = {"win32": "windows", "darwin": "macos", "linux": "linux"}
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class _Own:
    """One socket of one program, in the form of the whole list."""

    type: int
    laddr: Any
    raddr: Any
    status: str
    pid: int


class PortableProcesses(ProcessSource):
    """The running programs, as psutil shows them."""

    def __init__(self) -> None:
        self._held: dict[int, tuple[psutil.Process, Program]] = {}
        self._told: set[tuple[Any, ...]] = set()
        self._system = _SYSTEMS.get(sys.platform, "")
        self.dropped = 0

    def look(self, now_s: float, *, is_close: bool) -> Changes:
        """Look at what runs; see ``ProcessSource``."""
        changes = Changes()
        listed = set(psutil.pids())
        for pid in [pid for pid in self._held if pid not in listed]:
            changes.ended.append(self._held.pop(pid)[1])
        if is_close:
            for pid, (process, program) in [*self._held.items()]:
                self._look_at(pid, process, program, now_s, changes)
        for pid in listed.difference(self._held):
            self._meet(pid, now_s, changes)
        changes.began.sort(key=lambda one: (one.started_s or 0.0, one.pid or 0))
        return changes

    def sockets(self, now_s: float) -> Iterable[Socket]:
        """List sockets of programs: connections that are new, and all that listen."""
        rows = list(_open_sockets(self._held))
        listening = {(row.type, row.laddr.port) for row in rows if _listens(row)}
        told: set[tuple[Any, ...]] = set()
        for row in rows:
            owner = self._held[row.pid][1] if row.pid in self._held else None
            key = (row.pid, row.type, row.laddr, row.raddr)
            told.add(key)
            if _listens(row) or (owner is not None and row.raddr and key not in self._told):
                yield Socket(owner, _connection(row, listening, now_s))
        self._told = told

    def find(self, pid: int) -> Program | None:
        """Find the running program that has this number."""
        held = self._held.get(pid)
        return held[1] if held else None

    def adopt(self, program: Program) -> None:
        """Go on with a program that an event told of."""
        if program.pid is not None and (process := _ask(lambda: psutil.Process(program.pid))) is not None:
            self._held[program.pid] = (process, program)

    def has_ended(self, pid: int) -> bool:
        """Tell whether a program is really over."""
        held = self._held.get(pid)
        if held is not None and held[0].is_running():
            return False
        self._held.pop(pid, None)
        return True

    def running(self) -> Iterator[Program]:
        """List the programs that ran at the last look."""
        return (program for _, program in self._held.values())

    def _meet(self, pid: int, now_s: float, changes: Changes) -> None:
        if len(self._held) >= MAX_PROGRAMS:
            self.dropped += 1
            return
        process = _ask(lambda: psutil.Process(pid))
        if process is None:
            return
        with process.oneshot():
            program = read_program(process, self._system)
            load = read_load(process, now_s)
        self._held[pid] = (process, program)
        changes.began.append(program)
        changes.loads.append((program, load))

    def _look_at(self, pid: int, process: psutil.Process, program: Program, now_s: float, changes: Changes) -> None:
        if not process.is_running():  # compares start times
            del self._held[pid]
            changes.ended.append(program)
            return
        with process.oneshot():
            changes.loads.append((program, read_load(process, now_s)))


def read_program(process: psutil.Process, system: str) -> Program:
    """Read what psutil tells of a process, its command line first; what is denied is unknown and named."""
    denied: set[str] = set()

    def ask(field: str, question: Callable[[], _Value]) -> _Value | None:
        try:
            return question()
        except psutil.AccessDenied:
            denied.add(field)
        except (psutil.Error, OSError, ValueError, RuntimeError):
            pass
        return None

    program = Program(-1, system, pid=process.pid)
    words = ask("command", process.cmdline)
    if words is not None:
        kept = _shorten(words)
        is_windows = system == "windows"  # its programs take their line apart themselves, and psutil has done so
        program.arguments = None if is_windows else tuple(kept)
        program.command = (subprocess.list2cmdline(kept) if is_windows else " ".join(kept)) or None
    program.path = ask("path", process.exe) or None
    program.name = ask("name", process.name) or None
    program.started_s = ask("started_s", process.create_time)
    program.parent_pid = ask("parent_pid", process.ppid)
    program.user = ask("user", process.username) or None
    program.folder = ask("folder", process.cwd) or None
    program.denied = frozenset(denied)
    return program


def read_load(process: psutil.Process, now_s: float) -> Load:
    """Read the counters of a process; each may be unknown."""
    cpu = _ask(process.cpu_times)
    memory = _ask(process.memory_info)
    moved = _ask(process.io_counters) if hasattr(process, "io_counters") else None
    return Load(
        at_s=now_s,
        cpu_s=cpu.user + cpu.system if cpu else None,
        memory_bytes=memory.rss if memory else None,
        read_bytes=moved.read_bytes if moved else None,
        written_bytes=moved.write_bytes if moved else None,
        threads=_ask(process.num_threads),
    )


def _ask(question: Callable[[], _Value]) -> _Value | None:
    try:
        return question()
    except (psutil.Error, OSError, ValueError, RuntimeError):
        return None


def _shorten(words: list[str]) -> list[str]:
    """Keep as many words as fit."""
    kept, left = [], MAX_COMMAND_BYTES
    for word in words:
        kept.append(word[:left])
        left -= len(word) + 1
        if left <= 0:
            break
    return kept


def _open_sockets(pids: Iterable[int]) -> Iterator[Any]:
    """List sockets with their programs: all at once where the system allows it, else program by program (macOS)."""
    try:
        yield from psutil.net_connections("inet")
    except psutil.AccessDenied:
        for pid in pids:
            process = _ask(lambda number=pid: psutil.Process(number))  # type: ignore[misc]
            for row in (_ask(lambda one=process: one.net_connections("inet")) or ()) if process else ():  # type: ignore[misc]
                yield _Own(row.type, row.laddr, row.raddr, row.status, pid)


def _listens(row: Any) -> bool:
    is_stream = row.type == socket.SOCK_STREAM
    return bool(row.laddr) and (row.status == psutil.CONN_LISTEN if is_stream else not row.raddr)


def _connection(row: Any, listening: set[tuple[int, int]], now_s: float) -> ProgramConnection:
    transport = "tcp" if row.type == socket.SOCK_STREAM else "udp"
    near, port = row.laddr.ip.partition("%")[0], row.laddr.port
    if _listens(row):
        return ProgramConnection(transport, near, port, None, None, is_listener=True, at_s=now_s)
    is_outgoing = (row.type, port) not in listening
    far = row.raddr.ip.partition("%")[0]
    return ProgramConnection(transport, near, port, far, row.raddr.port, is_outgoing=is_outgoing, at_s=now_s)
