"""Joins the sockets of a Linux computer to its programs, once an interval: a table is read, not every process.

Before this on the path: ``socket_tables.py``, and the descriptors of programs. After it: ``processes_linux.py``.
Whose a socket is stands nowhere in the table. It is looked for only when a socket is new: first among programs that
hold sockets already, then among the youngest; what was found once is remembered by the socket's number.
Sockets of other network namespaces (containers) are not in these tables.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from detectors.contract.programs import Program, ProgramConnection
from detectors.telemetry.process_details import PROC
from detectors.telemetry.process_source import Socket
from detectors.telemetry.socket_tables import SocketRow, open_tables

MAX_LINKS = 20_000
"""Descriptors that are looked at in one go; the rest waits for the next look."""
TRIES = 3
"""After this many full searches a socket is nobody's we may see."""
_BLANK = ("0.0.0.0", "::")  # noqa: S104 - compared, not bound


class SocketOwners:
    """Sockets and their owners, remembered between looks."""

    def __init__(self) -> None:
        self._owners: dict[int, Program] = {}
        self._tries: dict[int, int] = {}
        self._told: set[tuple[int, int | None]] = set()
        self._tables = open_tables()

    def look(self, programs: Mapping[int, Program], now_s: float) -> Iterator[Socket]:
        """Yield connections that are new, and everything that listens.

        Args:
            programs: What runs, by number.
            now_s: Seconds since 1970.
        """
        rows = self._tables.read()
        self._keep({row.inode for row in rows}, programs)
        wanted = {row.inode for row in rows if row.inode not in self._owners and self._may_try(row.inode)}
        if wanted:
            self._search(wanted, programs)
        listening = {(row.transport, row.near, row.near_port) for row in rows if row.is_listener}
        for row in rows:
            owner = self._owners.get(row.inode)
            if row.is_listener or (owner is not None and self._is_new(row.inode, owner)):
                yield Socket(owner, _connection(row, listening, now_s))
        yield from self._stream_sockets(rows, programs, listening, now_s)

    def _stream_sockets(
        self,
        rows: list[SocketRow],
        programs: Mapping[int, Program],
        listening: set[tuple[str, str, int]],
        now_s: float,
    ) -> Iterator[Socket]:
        """Yield connections that a program was given as its streams: it is not the only one that holds them."""
        holders = [one for one in programs.values() if "socket" in (one.streams or ())]
        by_inode = {row.inode: row for row in rows} if holders else {}
        for program in holders:
            for inode in _socket_inodes(program, ("0", "1", "2")):
                row = by_inode.get(inode)
                if row is not None and self._is_new(inode, program):
                    yield Socket(program, _connection(row, listening, now_s))

    def _is_new(self, inode: int, owner: Program) -> bool:
        """Note that a connection was told of; False when it was before."""
        told = (inode, owner.pid)
        if told in self._told:
            return False
        self._told.add(told)
        return True

    def close(self) -> None:
        """Give back what is held."""
        self._tables.close()

    def _may_try(self, inode: int) -> bool:
        return self._tries.get(inode, 0) < TRIES

    def _keep(self, inodes: set[int], programs: Mapping[int, Program]) -> None:
        """Forget sockets that are closed, and owners that are gone."""
        self._owners = {
            inode: owner
            for inode, owner in self._owners.items()
            if inode in inodes and owner.pid is not None and programs.get(owner.pid) is owner
        }
        self._tries = {inode: tries for inode, tries in self._tries.items() if inode in inodes}
        self._told = {told for told in self._told if told[0] in inodes}

    def _search(self, wanted: set[int], programs: Mapping[int, Program]) -> None:
        """Look through descriptors until every new socket has its owner."""
        left = MAX_LINKS
        holders = {one.pid: one for one in self._owners.values() if one.pid is not None}
        young_first = sorted(programs.values(), key=lambda one: -(one.started_s or 0.0))
        for program in [*holders.values(), *(one for one in young_first if one.pid not in holders)]:
            for inode in _socket_inodes(program):
                left -= 1
                if inode in wanted:
                    self._owners[inode] = program
                    wanted.discard(inode)
            if not wanted or left <= 0:
                break
        for inode in wanted:
            self._tries[inode] = self._tries.get(inode, 0) + 1


def _socket_inodes(program: Program, only: Sequence[str] | None = None) -> Iterator[int]:
    """Yield the number of each descriptor's socket, 0 for descriptors that are none."""
    folder = f"{PROC}/{program.pid}/fd"
    try:
        names = os.listdir(folder) if only is None else only  # noqa: PTH208 - names alone, fast
    except OSError:
        return
    for name in names[:MAX_LINKS]:
        try:
            link = os.readlink(f"{folder}/{name}")  # noqa: PTH115 - thousands of them
        except OSError:
            continue
        inode = link[8:-1]
        yield int(inode) if link.startswith("socket:[") and inode.isdecimal() else 0


def _connection(row: SocketRow, listening: set[tuple[str, str, int]], now_s: float) -> ProgramConnection:
    if row.is_listener:
        return ProgramConnection(row.transport, row.near, row.near_port, None, None, is_listener=True, at_s=now_s)
    is_called = any((row.transport, one, row.near_port) in listening for one in (row.near, *_BLANK))
    return ProgramConnection(
        row.transport, row.near, row.near_port, row.far, row.far_port, is_outgoing=not is_called, at_s=now_s
    )
