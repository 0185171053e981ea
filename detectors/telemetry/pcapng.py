"""Reads pcapng: sections of either byte order, interfaces with times of their own, three kinds of packet blocks.

Before this on the path: ``capture_file.py``, which knows the format by its first bytes. After it: ``packets.py``.
Blocks of other kinds are passed over. The blocks of a window are judged in columns; only section and interface
blocks, which are few and counted, cost Python work of their own.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterator
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from detectors.telemetry.capture_window import Window
from detectors.telemetry.pcap import MAX_PACKETS, MAX_RECORD_BYTES
from detectors.telemetry.pcapng_blocks import (
    ENHANCED,
    INTERFACE,
    MIN_BLOCK_BYTES,
    MIN_PACKET_BYTES,
    MIN_SECTION_BYTES,
    MIN_SIMPLE_BYTES,
    OLD_PACKET,
    ORDER_MARK,
    SECTION,
    SIMPLE,
    BlockChain,
    Interfaces,
    padded,
)
from detectors.telemetry.raw_packets import CaptureTrouble, RawPackets, TroubleReason
from detectors.telemetry.record_walk import walk_records

MAX_BLOCK_BYTES = 128 << 20
MAX_DEFINITIONS = 10_000
"""Sections and interfaces in one recording: each costs a fifth of a millisecond; joined recordings have hundreds."""
_MAX_LANED_SECTIONS = 4
"""In a window; where more sections stand, they are short, and guessing anew for each would cost more than it saves."""

NOWHERE = sys.maxsize
_MAX_WHOLE = 2.0**63
"""Resolutions finer than this have no whole seconds in 64 bits."""


def is_pcapng(first: bytes) -> bool:
    """Tell by the first twelve bytes."""
    mark = struct.pack("<I", ORDER_MARK)
    return first[:4] == struct.pack("<I", SECTION) and first[8:12] in (mark, mark[::-1])


def read_pcapng(window: Window) -> Iterator[RawPackets | CaptureTrouble]:
    """Read a capture from its first section on."""
    return _Reader(window).read_all()


class _Reader:
    """Keeps what holds beyond one window."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._order = "<"
        self._interfaces = Interfaces()
        self._definitions = 0
        self._last_s = 0.0
        self._read = 0

    def read_all(self) -> Iterator[RawPackets | CaptureTrouble]:
        """Read until the end or the first damage."""
        window = self._window
        while True:
            parts: list[RawPackets] = []
            is_bad = self._read_window(parts)
            yield from self._hand_out(parts)
            if is_bad or (window.left_bytes == len(window.data) and not self._is_passable()):
                yield CaptureTrouble(window.offset + window.start, TroubleReason.DAMAGED, self._read)
                return
            at = window.offset + window.start
            if not window.fill() and not self._pass_block():
                break
        if at < window.offset + window.end or window.trouble:
            yield CaptureTrouble(at, window.trouble or TroubleReason.CUT_SHORT, self._read)

    def _is_passable(self) -> bool:
        """Tell whether a block that is larger than the window may be left out."""
        kind, _ = self._peek_block()
        return kind not in (SECTION, INTERFACE, ENHANCED, SIMPLE, OLD_PACKET)

    def _pass_block(self) -> bool:
        """Pass over a block that fills the window; False when the recording ends first."""
        window = self._window
        return window.left_bytes == len(window.data) and window.skip(padded(self._peek_block()[1]))

    def _peek_block(self) -> tuple[int, int]:
        kind, length = struct.unpack(self._order + "II", self._window.peek(8))
        return kind, length

    def _read_window(self, parts: list[RawPackets]) -> bool:
        """Read all whole blocks of the window; True when it stopped at one that cannot be true."""
        window, sections = self._window, 0
        while window.left_bytes >= MIN_BLOCK_BYTES:
            kind, length = self._peek_block()
            if kind == SECTION:
                sections += 1
                if (is_bad := self._start_section()) is not None:
                    return is_bad
            elif not MIN_BLOCK_BYTES <= length <= MAX_BLOCK_BYTES:
                return True
            elif length > window.left_bytes:
                return False
            elif not self._read_blocks(parts, is_laned=sections <= _MAX_LANED_SECTIONS):
                return True
        return False

    def _start_section(self) -> bool | None:
        """Take a section header; otherwise tell whether it is bad (True) or not all there (False)."""
        window = self._window
        head = window.peek(MIN_BLOCK_BYTES)
        order = next((order for order in "<>" if struct.unpack_from(order + "I", head, 8)[0] == ORDER_MARK), None)
        if order is None:
            return True
        (length,) = struct.unpack_from(order + "I", head, 4)
        self._definitions += 1
        if not MIN_SECTION_BYTES <= length <= MAX_BLOCK_BYTES or self._definitions > MAX_DEFINITIONS:
            return True
        if padded(length) > window.left_bytes:
            return False
        window.start += padded(length)
        self._order, self._interfaces = order, Interfaces()
        return None

    def _read_blocks(self, parts: list[RawPackets], *, is_laned: bool) -> bool:
        """Read blocks up to the next section or the end of the window; False when one of them cannot be true."""
        window = self._window
        chain = BlockChain(window.data[: window.end], self._order)
        if is_laned:
            starts, at = walk_records(chain, window.start, window.end)
        else:
            found, at = chain.walk(window.start, window.end)
            starts = np.array(found, np.int64)
        kinds = chain.field(starts, 0)
        known = len(self._interfaces) + np.cumsum(kinds == INTERFACE)
        bad_at = min(self._define(chain, starts[kinds == INTERFACE]), _first(starts, ~chain.has_same_ends(starts)))
        is_packet = ((kinds == ENHANCED) | (kinds == SIMPLE) | (kinds == OLD_PACKET)) & (starts < bad_at)
        packets = PacketBlocks(chain, starts[is_packet], kinds[is_packet], known[is_packet], self._interfaces)
        bad_at = min(bad_at, packets.first_bad())
        parts.append(packets.columns(starts[is_packet] < bad_at))
        window.start = min(at, bad_at)
        return bad_at == NOWHERE

    def _define(self, chain: BlockChain, starts: NDArray[np.int64]) -> int:
        """Take the interface blocks; returns where one cannot be taken."""
        for at in starts.tolist():
            self._definitions += 1
            block = chain.data[at : at + int(chain.field(np.array(at), 4))].tobytes()
            if self._definitions > MAX_DEFINITIONS or not self._interfaces.add(block, self._order):
                return int(at)
        return NOWHERE

    def _hand_out(self, parts: list[RawPackets]) -> Iterator[RawPackets]:
        """Join what the sections of one window gave, number it, and give packets without a time the one before."""
        if not parts:
            return
        joined = {
            one.name: np.concatenate([getattr(part, one.name) for part in parts])
            for one in fields(RawPackets)
            if one.name != "data"
        }
        count = len(joined["start"])
        joined["number"] = np.arange(self._read + 1, self._read + 1 + count)
        times = np.append(self._last_s, joined["at_s"])
        joined["at_s"] = times[np.maximum.accumulate(np.where(np.isnan(times), 0, np.arange(count + 1)))][1:]
        for first in range(0, count, MAX_PACKETS):
            piece = slice(first, first + MAX_PACKETS)
            packets = RawPackets(parts[0].data, **{name: column[piece] for name, column in joined.items()})
            self._read += len(packets)
            self._last_s = float(packets.at_s[-1])
            yield packets


class PacketBlocks:
    """The packet blocks of one section in one window, in columns."""

    def __init__(
        self,
        chain: BlockChain,
        starts: NDArray[np.int64],
        kinds: NDArray[np.int64],
        known: NDArray[np.int64],
        interfaces: Interfaces,
    ) -> None:
        """Take blocks.

        Args:
            chain: Their window.
            starts: Where they begin.
            kinds: What they are.
            known: How many interfaces were defined before each.
            interfaces: Of the section.
        """
        self._chain, self._starts, self._known, self._interfaces = chain, starts, known, interfaces
        self._is_simple = kinds == SIMPLE
        self._length = chain.field(starts, 4)
        field = chain.field(starts, 8)
        old = field & 0xFFFF if chain.order == "<" else field >> 16
        interface = np.where(kinds == OLD_PACKET, old, np.where(self._is_simple, 0, field))
        self._is_known = interface < known
        self._interface = np.where(self._is_known, interface, 0)
        self._captured = np.where(self._is_simple, self._simple_captured(field), chain.field(starts, 20))
        self._wire = np.where(self._is_simple, field, chain.field(starts, 24))

    def _simple_captured(self, wire: NDArray[np.int64]) -> NDArray[np.int64]:
        """Tell how much of a packet a simple block holds: it does not say so itself."""
        limits = np.array(self._interfaces.limit_bytes or [0], np.int64)
        room = np.maximum(self._length - MIN_SIMPLE_BYTES, 0)
        return np.minimum(wire, room).clip(max=limits[0])

    def first_bad(self) -> int:
        """Return where the first block begins that cannot be true, or NOWHERE."""
        least = np.where(self._is_simple, MIN_SIMPLE_BYTES, MIN_PACKET_BYTES)
        is_good = self._is_known & (self._captured <= np.minimum(self._length - least, MAX_RECORD_BYTES))
        return _first(self._starts, ~is_good)

    def columns(self, chosen: NDArray[np.bool_]) -> RawPackets:
        """Make columns of the chosen packets; the time is NaN where there is none."""
        starts, interface = self._starts[chosen], self._interface[chosen]
        is_simple, captured = self._is_simple[chosen], self._captured[chosen]
        ticks = (self._chain.field(starts, 12).astype(np.uint64) << np.uint64(32)) | self._chain.field(
            starts, 16
        ).astype(np.uint64)
        in_second = np.array(self._interfaces.ticks)[interface]
        offset_s = np.array(self._interfaces.offset_s)[interface]
        return RawPackets(
            data=self._chain.data,
            start=starts + np.where(is_simple, 12, 28),
            captured=captured,
            wire=np.maximum(captured, self._wire[chosen]),
            at_s=np.where(is_simple, np.nan, _to_seconds(ticks, in_second) + offset_s),
            number=np.zeros(len(starts), np.int64),
            link=np.array(self._interfaces.link, np.int32)[interface],
        )


def _to_seconds(ticks: NDArray[np.uint64], in_second: NDArray[np.float64]) -> NDArray[np.float64]:
    """Divide whole seconds apart from the rest, which alone would be rounded before it is divided."""
    is_whole = in_second < _MAX_WHOLE
    divisor = np.where(is_whole, in_second, 1.0).astype(np.uint64)
    seconds = np.where(is_whole, ticks // divisor, np.uint64(0))
    parts: NDArray[np.float64] = (ticks - seconds * divisor) / in_second
    return seconds + parts


def _first(starts: NDArray[np.int64], is_bad: NDArray[np.bool_]) -> int:
    """Return the first start that is marked, or NOWHERE."""
    return int(starts[is_bad.argmax()]) if is_bad.any() else NOWHERE
