"""The view without rights: open sockets of this computer and the programs they belong to, looked at once a second.

Before this on the path: the operating system (psutil). After it: detectors and the Activity page, as a ``Traffic``
without packets. A connection shorter than a second may be missed; what belongs to other accounts has no program.
Talk of this computer with itself is left out.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import psutil

from detectors.contract.activity import ActivityRow
from detectors.contract.traffic import TCP, UDP, Addresses, FlowTable, KnownNetwork, Traffic, TrafficCounts

MAX_CONNECTIONS = 50_000
"""More open sockets than any desktop has."""
_MINUTE_S = 60
_LISTENING = {psutil.CONN_LISTEN, psutil.CONN_NONE}
_OVER = {psutil.CONN_TIME_WAIT, psutil.CONN_CLOSE}
"""Kept by the system after the program has let go: they belong to nobody any more."""

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
End: TypeAlias = tuple[Address, int]


@dataclass(frozen=True, slots=True)
class _Link:
    """One connection, as it is found again in the next second."""

    near: End
    far: End
    protocol: int
    pid: int | None


@dataclass(slots=True)
class _Seen:
    """When it was there."""

    first_s: float
    last_s: float
    program: str


class ConnectionLog:
    """Remembers every connection that was open at one of the looks."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._links: dict[_Link, _Seen] = {}
        self._listeners: dict[tuple[End, int], str] = {}
        self._programs: dict[int, str] = {}
        self._last_s = 0.0
        self.dropped = 0
        """Connections that did not fit."""

    @property
    def without_program(self) -> int:
        """Count connections whose program this account may not see."""
        return sum(link.pid is None for link in self._links)

    def look(self, now_s: float) -> None:
        """Look once."""
        self._last_s = now_s
        self._programs.clear()  # a number may have been given to another program since
        for one in _open_sockets():
            protocol = TCP if one.type == socket.SOCK_STREAM else UDP
            if not one.raddr:
                if one.status in _LISTENING and one.laddr:
                    self._listeners[_end(one.laddr), protocol] = self._program(one.pid)
            elif one.status not in _OVER:
                self._note(_Link(_end(one.laddr), _end(one.raddr), protocol, one.pid), now_s)

    def traffic(self, known: KnownNetwork | None = None) -> Traffic:
        """Hand out what was seen; sizes and flags are zero."""
        rows: dict[Address, int] = {}
        programs: dict[str, int] = {"": 0}
        flows = FlowTable.blank(len(self._links))
        for place, (link, seen) in enumerate(self._links.items()):
            is_called = (link.near, link.protocol) in self._listeners or self._hears(link)
            client, server = (link.far, link.near) if is_called else (link.near, link.far)
            flows.client[place] = rows.setdefault(client[0], len(rows))
            flows.server[place] = rows.setdefault(server[0], len(rows))
            flows.client_port[place], flows.server_port[place] = client[1], server[1]
            flows.protocol[place] = link.protocol
            flows.started_s[place], flows.ended_s[place] = seen.first_s, seen.last_s
            flows.program[place] = programs.setdefault(seen.program, len(programs))
        return replace(
            Traffic.blank(self._source),
            addresses=_addresses(rows),
            flows=flows,
            programs=tuple(programs),
            counts=TrafficCounts(flows=len(flows), records_dropped=self.dropped),
            known=known or KnownNetwork(),
            is_recording=False,
            has_packets=False,
        )

    def listeners(self) -> Iterator[ActivityRow]:
        """Tell which doors of this computer are open to others, and whose they are."""
        minute = int(self._last_s) // _MINUTE_S * _MINUTE_S
        for ((address, port), protocol), program in self._listeners.items():
            if not address.is_loopback:
                transport = "tcp" if protocol == TCP else "udp"
                yield ActivityRow(
                    minute, program, str(address), "", port, transport, "", "", "", "", "", 0, 0, 0, is_listener=True
                )

    def _note(self, link: _Link, now_s: float) -> None:
        if link.near[0].is_loopback or link.far[0].is_loopback or link.near[0] == link.far[0]:
            return
        seen = self._links.get(link)
        if seen is not None:
            seen.last_s = now_s
        elif len(self._links) < MAX_CONNECTIONS:
            self._links[link] = _Seen(now_s, now_s, self._program(link.pid))
        else:
            self.dropped += 1

    def _hears(self, link: _Link) -> bool:
        """Tell whether a socket for all addresses listens where this connection came in."""
        blank = ipaddress.ip_address(bytes(len(link.near[0].packed)))
        any_six = ipaddress.IPv6Address(0)
        return any(((one, link.near[1]), link.protocol) in self._listeners for one in (blank, any_six))

    def _program(self, pid: int | None) -> str:
        """Name a program; empty when it is gone or not ours to see."""
        if pid is None:
            return ""
        if pid not in self._programs:
            try:
                self._programs[pid] = psutil.Process(pid).name()
            except psutil.Error:
                self._programs[pid] = ""
        return self._programs[pid]


def _open_sockets() -> Iterable[Any]:
    """List open sockets: all where the system lets us, else those of our own programs (macOS)."""
    try:
        return list(psutil.net_connections("inet"))
    except psutil.AccessDenied:
        return list(_own_sockets())


def _own_sockets() -> Iterator[Any]:
    for process in psutil.process_iter():
        try:
            for one in process.net_connections("inet"):
                yield _Own(one.type, one.laddr, one.raddr, one.status, process.pid)
        except psutil.Error:  # not ours, or gone meanwhile
            continue


@dataclass(frozen=True, slots=True)
class _Own:
    """One socket of one of our own programs, in the form of the whole list."""

    type: int
    laddr: Any
    raddr: Any
    status: str
    pid: int


def _end(socket_end: Any) -> End:
    """Read address and port; an IPv4 address in the dress of IPv6 becomes one again."""
    address = ipaddress.ip_address(socket_end.ip.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address, int(socket_end.port)


def _addresses(rows: dict[Address, int]) -> Addresses:
    packed = np.zeros((len(rows), 16), np.uint8)
    families = np.fromiter((one.version for one in rows), np.uint8, len(rows))
    for row, one in enumerate(rows):
        packed[row, : len(one.packed)] = np.frombuffer(one.packed, np.uint8)
    return Addresses(packed, families)
