"""Writes pcapng: what is kept of live traffic, and the packets that one finding rests on.

Before this on the path: ``live_ring.py`` or ``capture_file.py``. After it: a file that every capture program opens.
One interface for each link type, times in nanoseconds: exact for the seconds that ``RawPackets`` holds, so that what is
read back is equal to what was written.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from detectors.telemetry.pcapng_blocks import ENHANCED, INTERFACE, MIN_PACKET_BYTES, ORDER_MARK, SECTION
from detectors.telemetry.raw_packets import RawPackets

_HEAD_BYTES, _EDGE_BYTES = 28, 4
_NANOSECONDS = 9
_RESOLUTION_OPTION = struct.pack("<HHB3xHH", 9, 1, _NANOSECONDS, 0, 0)
_SECTION_BLOCK = struct.pack("<IIIHHqI", SECTION, 28, ORDER_MARK, 1, 0, -1, 28)
_MAX_SECONDS = 2.0**34 - 1
"""What 64 bits hold in nanoseconds."""


class CaptureWriter:
    """Writes packets as they come; nothing is held back."""

    def __init__(self, stream: BinaryIO) -> None:
        """Begin a recording.

        Args:
            stream: Open for writing bytes. It stays open; whoever opened it closes it.
        """
        self._stream = stream
        self._interfaces: dict[int, int] = {}
        self.packets = 0
        """Written so far."""
        self._put(_SECTION_BLOCK)

    def write(self, raw: RawPackets, rows: NDArray[np.intp] | None = None) -> None:
        """Write packets.

        Args:
            raw: One window.
            rows: Which of them; all when left out.
        """
        chosen = np.arange(len(raw)) if rows is None else rows
        if len(chosen):
            self._put(self._make_blocks(raw, chosen).data)
            self.packets += len(chosen)

    def _put(self, data: bytes | memoryview) -> None:
        """Write all of it, also where the system takes it in parts."""
        left = memoryview(data)
        while left:
            left = left[self._stream.write(left) :]

    def _make_blocks(self, raw: RawPackets, rows: NDArray[np.intp]) -> NDArray[np.uint8]:
        """Lay out enhanced packet blocks: numbers in columns, contents one by one."""
        captured = raw.captured[rows]
        lengths = (captured + 3 & -4) + MIN_PACKET_BYTES
        ends = np.cumsum(lengths)
        blocks = np.zeros(int(ends[-1]), np.uint8)
        words = blocks.view("<u4")
        first = (ends - lengths) // 4
        ticks = _to_nanoseconds(raw.at_s[rows])
        links, places = np.unique(raw.link[rows], return_inverse=True)
        interfaces = np.array([self._interface_of(link) for link in links.tolist()])[places]
        columns = (ENHANCED, lengths, interfaces, ticks >> 32, ticks & 0xFFFFFFFF, captured, raw.wire[rows])
        for place, column in enumerate(columns):
            words[first + place] = column
        words[ends // 4 - 1] = lengths
        room, data = blocks.data, raw.data.data
        contents = zip((first * 4 + _HEAD_BYTES).tolist(), raw.start[rows].tolist(), captured.tolist(), strict=True)
        for target, source, size in contents:
            room[target : target + size] = data[source : source + size]
        return blocks

    def _interface_of(self, link: int) -> int:
        """Return the interface for a link type; a new one is written first."""
        if link not in self._interfaces:
            self._interfaces[link] = len(self._interfaces)
            length = 16 + len(_RESOLUTION_OPTION) + _EDGE_BYTES
            head = struct.pack("<IIHHI", INTERFACE, length, link & 0xFFFF, 0, 0)
            self._put(head + _RESOLUTION_OPTION + struct.pack("<I", length))
        return self._interfaces[link]


def _to_nanoseconds(at_s: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Multiply whole seconds apart from the rest, so that nothing is rounded twice; times out of reach are moved in."""
    kept = np.clip(at_s, 0, _MAX_SECONDS)
    seconds = np.floor(kept)
    parts: NDArray[np.uint64] = np.rint((kept - seconds) * 1e9).astype(np.uint64)
    return seconds.astype(np.uint64) * np.uint64(1_000_000_000) + parts
