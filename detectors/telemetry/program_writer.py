"""Writes programs as a recording that ``program_recording.py`` reads back: what is watched can be judged anew.

Before this on the path: ``program_log.py``, filled live or from a recording. After it: a JSON Lines file. Command
lines are written whole, with what they hold of secrets, else judging again would say something else: the file is for
its owner alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from detectors.contract.programs import FileChange, Load, PlaceChange, Program, ProgramConnection, Programs

OWNER_ONLY = 0o600

_Row = dict[str, Any]


def open_recording(path: Path) -> BinaryIO:
    """Make a new file that only its owner may read.

    Raises:
        OSError: It exists already, or cannot be made.
    """
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb")


class ProgramWriter:
    """Writes stretches one after the other; of a program that runs on only what is new."""

    def __init__(self, stream: BinaryIO) -> None:
        """Begin a recording.

        Args:
            stream: Open for writing bytes. It stays open; whoever opened it closes it.
        """
        self._stream = stream
        self._written: dict[Program, tuple[int, float]] = {}
        self.rows = 0
        """Lines written so far."""

    def write(self, programs: Programs) -> None:
        """Write one stretch."""
        for row in self._rows(programs):
            told = {"unit": programs.machine or None, **row}
            known = {field: value for field, value in told.items() if value is not None}
            self._stream.write(json.dumps(known, separators=(",", ":")).encode("ascii") + b"\n")
            self.rows += 1

    def _rows(self, programs: Programs) -> Iterator[_Row]:
        """List what is new: starts before what they did, ends last."""
        for one in programs.starts:
            yield _start_row(one)
            self._written[one] = (len(one.connections), float("-inf"))
        starts = set(programs.starts)
        alive = dict.fromkeys((*programs.starts, *programs.running))
        for one in alive | self._written:  # what ended meanwhile did something before
            yield from self._news_of(one)
        for owner, listener in programs.listeners:
            yield _connection_row(owner, listener)
        yield from map(_file_row, programs.file_changes)
        yield from map(_place_row, programs.place_changes)
        for one in [one for one in self._written if one not in alive or one.ended_s is not None]:
            del self._written[one]
            if one not in starts and one.pid is not None:
                yield {"kind": "end", "t": one.ended_s, "pid": one.pid, "create_t": one.started_s}

    def _news_of(self, program: Program) -> Iterator[_Row]:
        """List connections and counters that were not written yet."""
        if program.pid is None:
            return
        connections, until_s = self._written.get(program, (0, float("-inf")))
        for connection in program.connections[connections:]:
            yield _connection_row(program, connection)
        for load in program.loads:
            if load.at_s > until_s:
                yield _load_row(program, load)
                until_s = load.at_s
        self._written[program] = (len(program.connections), until_s)


def _start_row(program: Program) -> _Row:
    parent = program.parent
    return {
        "t": program.started_s,
        "end": program.ended_s,
        "os": program.system or None,
        "pid": program.pid,
        "ppid": program.parent_pid,
        "name": program.name,
        "exe": program.path,
        "cmdline": program.command,
        "argv": None if program.arguments is None else list(program.arguments),
        "username": program.user,
        "cwd": program.folder,
        "integrity": program.integrity,
        "pname": parent and parent.name,
        "pexe": parent and parent.path,
        "pcmdline": parent and parent.command,
        "n": None if program.times == 1 else program.times,
        "conns": [_wire(one) for one in program.connections] or None,
        "nconn": program.connection_count,
        "files": [{"path": path} for path in program.files] or None,
        "nfile": program.file_count,
        "x": {"OriginalFileName": program.original_name} if program.original_name else None,
        "deleted": program.is_deleted,
        "memory_file": program.is_memory_file,
        "packaged": program.is_packaged,
        "kernel": program.is_kernel or None,
        "streams": None if program.streams is None else list(program.streams),
        "denied": sorted(program.denied) or None,
    }


def _wire(connection: ProgramConnection) -> _Row:
    row = {
        "proto": connection.transport or None,
        "laddr": connection.near,
        "lport": connection.near_port,
        "raddr": connection.far,
        "rport": connection.far_port,
        "rhost": connection.name,
        "out": connection.is_outgoing,
        "state": "LISTEN" if connection.is_listener else None,
        "t": connection.at_s,
    }
    return {field: value for field, value in row.items() if value is not None}


def _connection_row(owner: Program | None, connection: ProgramConnection) -> _Row:
    whose = {} if owner is None else {"pid": owner.pid, "create_t": owner.started_s}
    return {"kind": "connection", **whose, **_wire(connection)}


def _load_row(program: Program, load: Load) -> _Row:
    return {
        "kind": "sample",
        "t": load.at_s,
        "pid": program.pid,
        "create_t": program.started_s,
        "cpu_s": load.cpu_s,
        "rss_bytes": load.memory_bytes,
        "read_bytes": load.read_bytes,
        "written_bytes": load.written_bytes,
        "threads": load.threads,
        "idle_user_s": load.idle_user_s,
    }


def _file_row(change: FileChange) -> _Row:
    return {
        "kind": "file",
        "t": change.at_s,
        "path": change.path,
        "change": change.change,
        "to": change.to,
        "entropy": change.entropy_bits,
        "entropy_before": change.entropy_before_bits,
        "size": change.size_bytes,
        "canary": change.is_canary or None,
    }


def _place_row(change: PlaceChange) -> _Row:
    return {
        "kind": "place",
        "t": change.at_s,
        "place": change.place,
        "item": change.item,
        "change": change.change,
        "starts": change.starts,
        "username": change.user,
        "packaged": change.is_packaged,
    }
