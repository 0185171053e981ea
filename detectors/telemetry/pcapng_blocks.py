"""What pcapng blocks look like: how they follow each other, and what interface blocks say.

Before this on the path: a window of bytes. After it: ``pcapng.py``, which makes packets of the blocks.
Format: https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcapng/.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detectors.telemetry.pcap import MAX_RECORD_BYTES

SECTION, INTERFACE, OLD_PACKET, SIMPLE, ENHANCED = 0x0A0D0D0A, 1, 2, 3, 6
ORDER_MARK = 0x1A2B3C4D
MIN_BLOCK_BYTES, MIN_SIMPLE_BYTES, MIN_INTERFACE_BYTES, MIN_SECTION_BYTES, MIN_PACKET_BYTES = 12, 16, 20, 28, 32

_RESOLUTION, _OFFSET = 9, 14
_MAX_OPTIONS = 1_000
_IS_POWER_OF_TWO = 0x80
_GUESS_WORDS = 512
"""How far behind a border a block is looked for, in 32-bit words: an Ethernet frame and its header."""


def padded(length: int) -> int:
    """Round up to the 32-bit border on which blocks and options end."""
    return length + 3 & ~3


@dataclass(slots=True)
class Interfaces:
    """What one section says of its interfaces, in columns."""

    link: list[int] = field(default_factory=list)
    limit_bytes: list[int] = field(default_factory=list)
    """Snapshot length; where there is none, the largest record."""
    ticks: list[float] = field(default_factory=list)
    """In a second."""
    offset_s: list[float] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.link)

    def add(self, block: bytes, order: str) -> bool:
        """Take one interface block; False when it is too short."""
        if len(block) < MIN_INTERFACE_BYTES:
            return False
        link, _, limit = struct.unpack_from(order + "HHI", block, 8)
        ticks, offset_s = _read_times(block, order)
        self.link.append(link)
        self.limit_bytes.append(min(limit or MAX_RECORD_BYTES, MAX_RECORD_BYTES))
        self.ticks.append(ticks)
        self.offset_s.append(offset_s)
        return True


def _read_times(block: bytes, order: str) -> tuple[float, float]:
    """Read how many ticks a second has, and how many seconds are to be added, from the options."""
    ticks, offset_s = 1e6, 0.0
    at, end = 16, len(block) - 4
    for _ in range(_MAX_OPTIONS):
        if at + 4 > end:
            break
        code, length = struct.unpack_from(order + "HH", block, at)
        value = block[at + 4 : min(at + 4 + length, end)]
        if code == 0:
            break
        if code == _RESOLUTION and len(value) == 1:
            power = value[0] & ~_IS_POWER_OF_TWO
            ticks = 2.0**power if value[0] & _IS_POWER_OF_TWO else 10.0**power
        elif code == _OFFSET and len(value) == 8:  # noqa: PLR2004 - a 64-bit number
            offset_s = float(struct.unpack(order + "q", value)[0])
        at += 4 + padded(length)
    return ticks, offset_s


class BlockChain:
    """The blocks of one section in one window."""

    def __init__(self, data: NDArray[np.uint8], order: str) -> None:
        """Take a window.

        Args:
            data: Only the bytes that are there; every block lies on a 32-bit border of it.
            order: ``<`` or ``>``.
        """
        self.data = data
        self.order = order
        self._head = struct.Struct(order + "II")
        self._words = data[: len(data) & -4].view(order + "u4")

    def walk(self, at: int, goal: int) -> tuple[list[int], int]:
        """Go from block to block; see ``Chain``. Stops at a new section."""
        data, read, end = self.data.data, self._head.unpack_from, len(self.data)
        found = []
        while at < goal and at + MIN_BLOCK_BYTES <= end:
            kind, length = read(data, at)
            following = at + padded(length)
            if following > end or length < MIN_BLOCK_BYTES or kind == SECTION:
                break
            found.append(at)
            at = following
        return found, at

    def step(self, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Take one step in each lane; see ``Chain``."""
        length = self.field(at, 4)
        following = at + (length + 3 & -4)
        is_good = (following <= len(self.data)) & (length >= MIN_BLOCK_BYTES)
        return following, is_good & (self.field(at, 0) != SECTION)

    def field(self, at: NDArray[np.int64], offset: int | NDArray[np.int64]) -> NDArray[np.int64]:
        """Read one 32-bit field of each block; some other number where the window ends before it."""
        return self._words.take(at + offset >> 2, mode="clip").astype(np.int64)

    def guess(self, borders: NDArray[np.int64]) -> NDArray[np.int64]:
        """Find likely packet blocks: their kind in front, and the same length at both ends."""
        borders = borders[borders + 4 * _GUESS_WORDS + 8 <= len(self.data)]
        words = np.lib.stride_tricks.sliding_window_view(self._words, _GUESS_WORDS + 1)[borders >> 2]
        kinds, lengths = words[:, :-1], words[:, 1:]
        likely = (kinds == ENHANCED) | (kinds == SIMPLE) | (kinds == OLD_PACKET)
        likely &= (lengths >= MIN_SIMPLE_BYTES) & (lengths <= 2 * MAX_RECORD_BYTES)
        lanes, places = np.divmod(np.flatnonzero(likely), _GUESS_WORDS)
        starts = borders[lanes] + 4 * places
        is_good = self.has_same_ends(starts)
        lanes, starts = lanes[is_good], starts[is_good]
        firsts: NDArray[np.int64] = starts[np.diff(lanes, prepend=-1) > 0]
        return firsts[np.diff(firsts, prepend=-1) > 0]

    def has_same_ends(self, at: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which blocks lie inside the window and repeat their length at the end.

        A length that is no multiple of four is a known fault of old writers, which repeat it in various places.
        """
        length = self.field(at, 4)
        is_inside = at + length <= len(self.data)
        is_same = self.field(at, length - 4) == length
        is_whole: NDArray[np.bool_] = is_inside & (is_same | (length % 4 != 0))
        return is_whole
