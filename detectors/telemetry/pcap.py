"""Reads pcap: both byte orders, micro- and nanoseconds, and two old relatives with longer record headers.

Before this on the path: ``capture_file.py``, which knows the format by its first bytes. After it: ``packets.py``.
Format: https://datatracker.ietf.org/doc/draft-ietf-opsawg-pcap/.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.telemetry.capture_window import Window
from detectors.telemetry.raw_packets import CaptureTrouble, RawPackets, TroubleReason
from detectors.telemetry.record_walk import walk_records

MAX_RECORD_BYTES = 262_144
"""The largest snapshot length that tcpdump and libpcap accept."""
MAX_PACKETS = 1 << 17
"""Packets handed out at once, so that a window of tiny ones stays small in columns, too."""

_HEAD_BYTES = 24
_LINK_MASK = 0xFFFF
"""The upper bits tell of check sums behind each frame."""
_MICRO, _NANO, _MODIFIED = 0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34
_RECORD_HEADS = {_MICRO: (16, 20), _NANO: (16,), _MODIFIED: (24, 16)}
"""Magic -> lengths of the record header, likeliest first: 20 some phones with a plain magic, 24 an old Linux patch."""
_GUESS_SPAN = 2_048
"""How far behind a border a record start is looked for: an Ethernet frame and its header."""
_GUESS_LANES = 32
_TRIAL_RECORDS = 4


@dataclass(frozen=True, slots=True)
class PcapForm:
    """What the file header says."""

    order: str
    """``<`` or ``>``."""
    ticks: int
    """In a second."""
    link: int
    head_bytes: int = 16
    """Length of a record header."""


def is_pcap(first: bytes) -> bool:
    """Tell by the first four bytes."""
    return len(first) >= 4 and _order_of(first) is not None  # noqa: PLR2004 - bytes of a magic


def _order_of(first: bytes) -> str | None:
    return next((order for order in "<>" if struct.unpack_from(order + "I", first)[0] in _RECORD_HEADS), None)


class PcapChain:
    """The records of one window."""

    def __init__(self, data: NDArray[np.uint8], form: PcapForm, first: int = 0) -> None:
        """Take a window.

        Args:
            data: Only the bytes that are there.
            form: Of the file.
            first: Start of the first record, to compare guesses with.
        """
        self._data = data
        self._first = first
        self._form = form
        self._length = struct.Struct(form.order + "I")
        size = max(0, len(data) - 3)
        self._words = np.ndarray(size, form.order + "u4", data, 0, (1,)) if size else np.zeros(0, "u4")

    def walk(self, at: int, goal: int) -> tuple[list[int], int]:
        """Go from record to record; see ``Chain``."""
        data, read, head, end = self._data.data, self._length.unpack_from, self._form.head_bytes, len(self._data)
        found = []
        while at < goal and at + head <= end:
            (captured,) = read(data, at + 8)
            following = at + head + captured
            if captured > MAX_RECORD_BYTES or following > end:
                break
            found.append(at)
            at = following
        return found, at

    def step(self, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Take one step in each lane; see ``Chain``."""
        captured = self.field(np.minimum(at, len(self._words) - 9), 8)
        following = at + captured + self._form.head_bytes
        return following, (captured <= MAX_RECORD_BYTES) & (following <= len(self._data))

    def field(self, at: NDArray[np.int64], offset: int) -> NDArray[np.int64]:
        """Read one 32-bit field of each record."""
        return self._words[at + offset].astype(np.int64)

    def guess(self, borders: NDArray[np.int64]) -> NDArray[np.int64]:
        """Find likely record starts; a few lanes at a time, so that what is compared stays in the processor's cache."""
        borders = borders[borders + _GUESS_SPAN + 16 <= len(self._data)]
        parts = [self._guess_some(borders[at : at + _GUESS_LANES]) for at in range(0, len(borders), _GUESS_LANES)]
        starts = np.concatenate(parts) if parts else borders
        return starts[np.diff(starts, prepend=-1) > 0]

    def _guess_some(self, borders: NDArray[np.int64]) -> NDArray[np.int64]:
        """Look for bytes that are nearly always alike, the high ones of lengths and times; then at the whole header."""
        high, third = (3, 2) if self._form.order == "<" else (0, 1)
        slab = np.lib.stride_tricks.sliding_window_view(self._data, _GUESS_SPAN + 16)[borders]

        def column(offset: int) -> NDArray[np.uint8]:
            return slab[:, offset : offset + _GUESS_SPAN]

        likely = column(high) == self._data[self._first + high]
        likely &= (column(8 + high) == 0) & (column(12 + high) == 0)
        likely &= column(8 + third) <= MAX_RECORD_BYTES >> 16
        lanes, offsets = np.divmod(np.flatnonzero(likely), _GUESS_SPAN)
        starts = borders[lanes] + offsets
        is_good = self._is_likely(starts)
        following = starts + self._form.head_bytes + self.field(starts, 8)
        has_next = is_good & (following + 16 <= len(self._data))
        is_good[has_next] = self._is_likely(following[has_next])
        lanes, starts = lanes[is_good], starts[is_good]
        return starts[np.diff(lanes, prepend=-1) > 0]

    def _is_likely(self, at: NDArray[np.int64]) -> NDArray[np.bool_]:
        captured = self.field(at, 8)
        is_sized = (captured > 0) & (captured <= MAX_RECORD_BYTES) & (captured <= self.field(at, 12))
        return is_sized & (self.field(at, 4) < self._form.ticks)


def read_pcap(window: Window) -> Iterator[RawPackets | CaptureTrouble]:
    """Read a capture from its file header on."""
    read = 0
    form = _read_form(window)
    if form is None:
        yield CaptureTrouble(0, window.trouble or TroubleReason.CUT_SHORT, 0)
        return
    window.start += _HEAD_BYTES
    while True:
        data = window.data[: window.end]
        chain = PcapChain(data, form, window.start)
        starts, at = walk_records(chain, window.start, window.end)
        for first in range(0, len(starts), MAX_PACKETS):
            packets = _columns(data, form, chain, starts[first : first + MAX_PACKETS], read)
            read += len(packets)
            yield packets
        window.start = at
        if is_refused(window.peek(form.head_bytes), form):
            yield CaptureTrouble(window.offset + at, TroubleReason.DAMAGED, read)
            return
        if not window.fill():
            break
    if window.left_bytes or window.trouble:
        yield CaptureTrouble(window.offset + window.start, window.trouble or TroubleReason.CUT_SHORT, read)


def is_refused(head: bytes, form: PcapForm) -> bool:
    """Tell whether this record header holds an impossible length."""
    return len(head) == form.head_bytes and struct.unpack_from(form.order + "I", head, 8)[0] > MAX_RECORD_BYTES


def _columns(
    data: NDArray[np.uint8], form: PcapForm, chain: PcapChain, starts: NDArray[np.int64], before: int
) -> RawPackets:
    captured = chain.field(starts, 8)
    return RawPackets(
        data=data,
        start=starts + form.head_bytes,
        captured=captured,
        wire=np.maximum(captured, chain.field(starts, 12)),
        at_s=chain.field(starts, 0) + chain.field(starts, 4) / form.ticks,
        number=np.arange(before + 1, before + 1 + len(starts)),
        link=np.full(len(starts), form.link, np.int32),
    )


def _read_form(window: Window) -> PcapForm | None:
    """Read the file header; None when it is not whole."""
    head = window.peek(_HEAD_BYTES)
    order = _order_of(head)
    if len(head) < _HEAD_BYTES or order is None:
        return None
    magic, *_, link = struct.unpack(order + "IHHIIII", head)
    ticks = 1_000_000_000 if magic == _NANO else 1_000_000
    forms = [PcapForm(order, ticks, link & _LINK_MASK, length) for length in _RECORD_HEADS[magic]]
    data = window.data[window.start + _HEAD_BYTES : window.end]
    return max(forms, key=lambda form: _count_likely(data, form))


def _count_likely(data: NDArray[np.uint8], form: PcapForm) -> int:
    """Count how many of the first records make sense with this length of their headers."""
    at = 0
    for count in range(_TRIAL_RECORDS):
        if at + form.head_bytes > len(data):
            return count
        _, tick, captured, wire = struct.unpack_from(form.order + "IIII", data.data, at)
        if captured > min(wire, MAX_RECORD_BYTES) or tick >= form.ticks:
            return count
        at += form.head_bytes + captured
    return _TRIAL_RECORDS
