"""Holds what is known of each flow: running sums in columns that grow, never packets.

Before this on the path: ``flows.py``, which adds to it. After it: ``contract.traffic.FlowTable``.
Columns of two sides are [n, 2]: place 0 is the low end of the key, 1 the high end. Who is the client is one bit beside
them, so a guess about it can be mended at any time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import FIN, FIRST_RECORDS, ICMP, ICMP6, RST, SYN, TCP, FlowTable
from detectors.telemetry.flow_keys import KEY_WORDS

_FIRST_ROOM = 1024
OPEN, BY_FIN, BY_RST, BY_IDLE, BY_ACTIVE, BY_EVICTION, BY_END = range(7)
"""Places in ``CLOSED_BY``."""
UNKNOWN = -1

_COLUMNS: dict[str, tuple[Any, Any, tuple[int, ...]]] = {
    "words": (np.uint64, 0, (KEY_WORDS,)),
    "address": (np.int32, 0, (2,)),
    "started_s": (np.float64, 0, ()),
    "ended_s": (np.float64, 0, ()),
    "last_s": (np.float64, 0, ()),
    "gap_min_s": (np.float64, np.inf, ()),
    "gap_max_s": (np.float64, 0, ()),
    "gap_squares": (np.float64, 0, ()),
    "opening": (np.int64, UNKNOWN, ()),
    "first_flags": (np.uint8, 0, ()),
    "first_ports": (np.uint16, 0, (2,)),
    "records": (np.int64, 0, (FIRST_RECORDS,)),
    "last_record": (np.int64, 0, ()),
    "packets": (np.int64, 0, ()),
    "repeats": (np.int64, 0, ()),
    "unreachables": (np.int64, 0, ()),
    "client_is_low": (np.bool_, False, ()),
    "is_sure": (np.bool_, False, ()),
    "is_current": (np.bool_, False, ()),
    "closed_by": (np.uint8, OPEN, ()),
    "mac": (np.uint64, 0, (2,)),
    "side_packets": (np.int64, 0, (2,)),
    "side_bytes": (np.int64, 0, (2,)),
    "side_payload_bytes": (np.int64, 0, (2,)),
    "side_payload_packets": (np.int64, 0, (2,)),
    "side_flags": (np.uint8, 0, (2,)),
    "side_syns": (np.int32, 0, (2,)),
    "side_resets": (np.int32, 0, (2,)),
    "side_size_min": (np.int64, np.iinfo(np.int64).max, (2,)),
    "side_size_max": (np.int64, 0, (2,)),
    "side_size_squares": (np.float64, 0, (2,)),
    "side_ttl": (np.uint8, 0, (2,)),
    "side_window": (np.uint16, 0, (2,)),
    "side_entropy": (np.float32, -1, (2,)),
    "side_printable": (np.float32, -1, (2,)),
    "side_spoke_s": (np.float64, -np.inf, (2,)),
    "side_turns": (np.int32, 0, (2,)),
    "side_next": (np.int64, UNKNOWN, (2,)),
}
"""Name -> what it holds, what a new row begins with, further axes."""
_SIDES = {
    "packets": "side_packets",
    "bytes": "side_bytes",
    "payload_bytes": "side_payload_bytes",
    "payload_packets": "side_payload_packets",
    "flags": "side_flags",
    "size_max": "side_size_max",
    "size_squares": "side_size_squares",
    "ttl": "side_ttl",
    "head_entropy": "side_entropy",
    "head_printable": "side_printable",
    "resets": "side_resets",
}
"""End of a column's name in ``FlowTable``, after ``out_`` or ``in_`` -> column here."""


class FlowRows:
    """The columns. Rows are made at the end and stay until ``keep``."""

    words: NDArray[np.uint64]
    """Key, see ``flow_keys.Keys``."""
    address: NDArray[np.int32]
    """Rows of both ends in the address book."""
    started_s: NDArray[np.float64]
    ended_s: NDArray[np.float64]
    """Latest time seen; ``last_s`` is the time of the last packet, which may be earlier."""
    last_s: NDArray[np.float64]
    gap_min_s: NDArray[np.float64]
    gap_max_s: NDArray[np.float64]
    gap_squares: NDArray[np.float64]
    opening: NDArray[np.int64]
    """Sequence number of the client's SYN; -1 unknown."""
    first_flags: NDArray[np.uint8]
    first_ports: NDArray[np.uint16]
    """Of the first packet, as sent."""
    records: NDArray[np.int64]
    last_record: NDArray[np.int64]
    packets: NDArray[np.int64]
    repeats: NDArray[np.int64]
    unreachables: NDArray[np.int64]
    client_is_low: NDArray[np.bool_]
    is_sure: NDArray[np.bool_]
    """A SYN or SYN-ACK told who the client is."""
    is_current: NDArray[np.bool_]
    """Packets with this key go here."""
    closed_by: NDArray[np.uint8]
    mac: NDArray[np.uint64]
    side_packets: NDArray[np.int64]
    side_bytes: NDArray[np.int64]
    side_payload_bytes: NDArray[np.int64]
    side_payload_packets: NDArray[np.int64]
    side_flags: NDArray[np.uint8]
    side_syns: NDArray[np.int32]
    side_resets: NDArray[np.int32]
    side_size_min: NDArray[np.int64]
    side_size_max: NDArray[np.int64]
    side_size_squares: NDArray[np.float64]
    side_ttl: NDArray[np.uint8]
    side_window: NDArray[np.uint16]
    side_entropy: NDArray[np.float32]
    side_printable: NDArray[np.float32]
    side_spoke_s: NDArray[np.float64]
    """When it last sent payload."""
    side_turns: NDArray[np.int32]
    side_next: NDArray[np.int64]
    """Sequence number behind the last payload byte seen; -1 unknown."""

    def __init__(self) -> None:
        self._size = 0
        self._room = 0
        self._grow(_FIRST_ROOM)

    def __len__(self) -> int:
        return self._size

    def add(self, count: int) -> NDArray[np.int64]:
        """Make blank rows at the end."""
        begin = self._size
        self._size += count
        if self._size > self._room:
            self._grow(max(self._size, self._room * 3 // 2))
        return np.arange(begin, self._size)

    def keep(self, rows: NDArray[np.int64]) -> None:
        """Keep only some rows; they get the numbers from 0 on, in the order given."""
        for name in _COLUMNS:
            setattr(self, name, getattr(self, name)[rows])
        self._size = self._room = len(rows)
        self._grow(max(_FIRST_ROOM, len(rows) * 3 // 2))

    def _grow(self, room: int) -> None:
        for name, (dtype, blank, axes) in _COLUMNS.items():
            grown = np.full((room, *axes), blank, dtype)
            if self._size and self._room:
                grown[: self._room] = getattr(self, name)[: self._room]
            setattr(self, name, grown)
        self._room = room

    def table(self, clock_s: float, idle_s: NDArray[np.float64]) -> FlowTable:
        """Write the flows as detectors read them.

        Args:
            clock_s: Time of the last packet read.
            idle_s: [256] protocol -> seconds after which a quiet flow is over.
        """
        size = self._size
        each = np.arange(size)
        client = np.where(self.client_is_low[:size], 0, 1)
        server = 1 - client
        protocol = self.protocol(each)
        out = {f"out_{end}": getattr(self, column)[each, client] for end, column in _SIDES.items()}
        back = {f"in_{end}": getattr(self, column)[each, server] for end, column in _SIDES.items()}
        client_port, server_port = self._ports(protocol, client)
        smallest = np.where(self.side_packets[:size] > 0, self.side_size_min[:size], 0)
        named = {
            **out,
            **back,
            **{name: getattr(self, name)[:size].copy() for name in _AS_THEY_ARE},
            "client": self.address[each, client],
            "server": self.address[each, server],
            "client_port": client_port,
            "server_port": server_port,
            "protocol": protocol,
            "client_mac": self.mac[each, client],
            "server_mac": self.mac[each, server],
            "out_syns": self.side_syns[each, client],
            "out_size_min": smallest[each, client],
            "in_size_min": smallest[each, server],
            "gap_min_s": np.where(self.packets[:size] > 1, self.gap_min_s[:size], 0),
            "out_window": self.side_window[each, client],
            "is_midstream": (protocol == TCP) & (self.first_flags[:size] & SYN == 0),
            "closed_by": self._closed_by(clock_s, idle_s[protocol]),
        }
        blank = FlowTable.blank(size)
        return FlowTable(
            **{
                name: np.asarray(named[name]).astype(getattr(blank, name).dtype, copy=False)
                if name in named
                else getattr(blank, name)
                for name in FlowTable.__dataclass_fields__
            }
        )

    def protocol(self, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Tell the IP protocol number of some rows."""
        protocol: NDArray[np.uint8] = (self.words[rows, -1] >> np.uint64(8)).astype(np.uint8)
        return protocol

    def is_over(self) -> NDArray[np.bool_]:
        """Tell for each row whether an end said that it was over."""
        flags = self.side_flags[: self._size]
        is_reset = ((flags[:, 0] | flags[:, 1]) & RST) > 0
        return np.asarray(is_reset | ((flags[:, 0] & flags[:, 1] & FIN) > 0))

    def _ports(self, protocol: NDArray[np.uint8], client: NDArray[np.int64]) -> tuple[NDArray[np.uint16], ...]:
        """Take the ports of client and server from the key; with ICMP, type and code of the first packet instead."""
        last, first = self.words[: self._size, -1], self.first_ports[: self._size]
        ports = np.stack((last >> np.uint64(48), last >> np.uint64(32)), axis=1).astype(np.uint16)
        each, is_icmp = np.arange(self._size), (protocol == ICMP) | (protocol == ICMP6)
        return tuple(np.where(is_icmp, first[:, end], ports[each, client ^ end]) for end in (0, 1))

    def _closed_by(self, clock_s: float, idle_s: NDArray[np.float64]) -> NDArray[np.uint8]:
        size = self._size
        flags = self.side_flags[:size]
        either = flags[:, 0] | flags[:, 1]
        closed: NDArray[np.uint8] = self.closed_by[:size].copy()
        closed[(closed == OPEN) & (np.abs(clock_s - self.last_s[:size]) > idle_s)] = BY_IDLE
        closed[either & FIN > 0] = BY_FIN
        closed[(either & RST > 0) & ~self._both_finished()] = BY_RST
        return closed

    def _both_finished(self) -> NDArray[np.bool_]:
        flags = self.side_flags[: self._size]
        return np.asarray(flags[:, 0] & flags[:, 1] & FIN > 0)


_AS_THEY_ARE = (
    "started_s",
    "ended_s",
    "first_flags",
    "unreachables",
    "repeats",
    "gap_max_s",
    "gap_squares",
    "records",
    "last_record",
)
"""Columns with the same name and meaning in ``FlowTable``."""
