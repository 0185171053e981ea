"""Some packets of a window in columns, and the few of them that are read one by one.

Before this on the path: ``packets.py`` and ``flows.py``. After it: ``conversations.py``.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import TCP, UDP
from detectors.telemetry.dialogue import Packet
from detectors.telemetry.raw_packets import PacketColumns, RawPackets


class Chunk:
    """Some packets of a window that belong to flows, in columns."""

    def __init__(
        self,
        raw: RawPackets,
        columns: PacketColumns,
        rows: NDArray[np.int32],
        is_out: NDArray[np.bool_],
        part: slice,
    ) -> None:
        self.columns = columns
        self.first = part.start
        self.rows = rows[part]
        self.sides = is_out[part]
        protocol = columns.protocol[part]
        self.is_tcp = (protocol == TCP) & (self.rows >= 0) & ~columns.is_fragment[part]
        self.flags = columns.flags[part]
        self.sequence = columns.sequence[part].astype(np.uint32)
        self.acknowledged = columns.acknowledged[part]
        self.sent_bytes = columns.payload_bytes[part]
        self._number = raw.number[part]
        self._at_s = raw.at_s[part]
        self.lanes = 2 * np.maximum(self.rows, 0).astype(np.int64) + self.sides
        self._data = raw.data
        self._bytes = raw.data.data
        """The same; to copy a few bytes out of it costs a third of what it costs in numpy."""
        self._ends = (columns.source.reshape(-1).data, columns.target.reshape(-1).data)
        self._ports = (columns.source_port.data, columns.target_port.data)
        self._payload = columns.payload[part]
        self._there = columns.payload_there[part]
        is_whole_udp = (protocol == UDP) & ~columns.is_fragment[part]
        self.has_content = (self._there > 0) & (self.rows >= 0) & (self.is_tcp | is_whole_udp)

    def pairs(self) -> NDArray[np.uint16]:
        """Give the first two bytes of each content, 0 where there is none."""
        pairs = np.zeros(len(self.rows), np.uint16)
        places = np.flatnonzero(self.has_content & (self._there > 1))
        at = self._payload[places]
        pairs[places] = self._data[at].astype(np.uint16) << 8 | self._data[at + 1]
        return pairs

    def packets(self, places: NDArray[np.int64]) -> Iterator[Packet]:
        """Give some packets one by one."""
        columns = (
            places, self.rows[places], self.sides[places], self.is_tcp[places], self.has_content[places],
            self.flags[places], self.sequence[places], self.acknowledged[places], self._payload[places],
            self._there[places], self.sent_bytes[places], self._number[places], self._at_s[places],
        )  # fmt: skip
        return map(Packet, *(column.tolist() for column in columns))

    def content(self, packet: Packet, size: int = 1 << 16) -> bytes:
        """Copy the content of one packet."""
        return bytes(self._bytes[packet.payload : packet.payload + min(packet.payload_there, size)])

    def ends(self, packet: Packet) -> tuple[tuple[bytes, int], tuple[bytes, int]]:
        """Give packed address and port of sender and receiver."""
        at = self.first + packet.place
        size = 4 if self.columns.family[at] == 4 else 16  # noqa: PLR2004 - bytes of an address
        source, target = (bytes(packed[at * 16 : at * 16 + size]) for packed in self._ends)
        return (source, self._ports[0][at]), (target, self._ports[1][at])


def ranks_of(rows: NDArray[np.int32]) -> NDArray[np.int64]:
    """Number the packets of each flow, from 0."""
    order = np.argsort(rows, kind="stable")
    ordered = rows[order]
    places = np.arange(len(rows))
    is_first = np.ones(len(rows), np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    ranks = np.empty(len(rows), np.int64)
    ranks[order] = places - np.maximum.accumulate(np.where(is_first, places, 0))
    return ranks
