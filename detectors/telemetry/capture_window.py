"""The part of a capture that is in memory: one buffer that is filled again and again, unpacking gzip on the way.

Before this on the path: an open stream. After it: ``pcap.py`` and ``pcapng.py``, which find the records in it.
"""

from __future__ import annotations

import zlib
from typing import BinaryIO, Protocol

import numpy as np

from detectors.telemetry.raw_packets import TroubleReason
from detectors.telemetry.unpacking import BOMB_RATIO, RATIO_FLOOR_BYTES, Decoder, make_gzip

_GZIP_MAGIC = b"\x1f\x8b"
_INPUT_BYTES = 1 << 14
"""Small, because the end of each gzip member copies what is left of it: a file may consist of empty members."""
_PIECE_BYTES = 1 << 18


class Source(Protocol):
    """Where bytes come from."""

    trouble: TroubleReason | None
    """Why there are no more, when that is not simply the end."""

    def read_into(self, room: memoryview) -> int:
        """Put bytes at the front of ``room``; 0 at the end."""


class PlainSource:
    """A stream as it is."""

    def __init__(self, stream: BinaryIO) -> None:
        """Take a stream that is open for reading bytes; it need not seek."""
        self._stream = stream
        self._returned = memoryview(b"")
        self.trouble: TroubleReason | None = None

    def give_back(self, data: bytes) -> None:
        """Return bytes that were read too far; they come first in the next reading."""
        self._returned = memoryview(data + self._returned)

    def read_into(self, room: memoryview) -> int:
        """Put bytes at the front of ``room``; 0 at the end."""
        if self._returned:
            piece, self._returned = self._returned[: len(room)], self._returned[len(room) :]
            room[: len(piece)] = piece
            return len(piece)
        try:
            return self._stream.readinto(room) or 0  # type: ignore[attr-defined]
        except OSError:
            self.trouble = TroubleReason.READ_ERROR
            return 0


class GzipSource:
    """Unpacks gzip, one member after the other, never more than fits, and stops at a bomb."""

    def __init__(self, packed: PlainSource) -> None:
        self._packed = packed
        self._input = memoryview(bytearray(_INPUT_BYTES))
        self._decoder: Decoder = make_gzip()
        self._packed_bytes = 0
        self._unpacked_bytes = 0
        self._is_over = False
        self.trouble: TroubleReason | None = None

    def read_into(self, room: memoryview) -> int:
        """Put unpacked bytes at the front of ``room``; 0 at the end or at damage, which ``trouble`` tells."""
        try:
            while not self._is_over:
                piece = self._decoder.decompress(self._fresh(), min(len(room), _PIECE_BYTES))
                self._unpacked_bytes += len(piece)
                if self._unpacked_bytes > max(RATIO_FLOOR_BYTES, BOMB_RATIO * self._packed_bytes):
                    self._stop(TroubleReason.RATIO_TOO_HIGH)
                elif self._decoder.eof:
                    self._start_next_member()
                if piece:
                    room[: len(piece)] = piece
                    return len(piece)
        except (zlib.error, EOFError):
            self._stop(TroubleReason.DAMAGED)
        return 0

    def _fresh(self) -> bytes:
        """Read packed bytes when the decoder wants some; raises EOFError when the stream has no proper end."""
        if not self._decoder.needs_input:
            return b""
        count = self._packed.read_into(self._input)
        if count == 0:
            raise EOFError
        self._packed_bytes += count
        return bytes(self._input[:count])

    def _start_next_member(self) -> None:
        """Go on behind the end of one member; zeros are padding, and anything else but gzip is damage."""
        rest = self._decoder.unused_data.lstrip(b"\0")
        while not rest and (count := self._packed.read_into(self._input)):
            rest = bytes(self._input[:count]).lstrip(b"\0")
        if not rest:
            self._stop(self._packed.trouble)
        elif not _GZIP_MAGIC.startswith(rest[:2]):
            self._stop(TroubleReason.DAMAGED)
        else:
            self._packed.give_back(rest)
            self._packed_bytes -= len(rest)
            self._decoder = make_gzip()

    def _stop(self, trouble: TroubleReason | None) -> None:
        self._is_over = True
        self.trouble = self._packed.trouble or trouble


class Window:
    """One buffer of a fixed size that moves along a capture."""

    def __init__(self, source: Source, size_bytes: int) -> None:
        self._source = source
        self.data = np.empty(size_bytes & -4, np.uint8)
        """The buffer; bytes from ``start`` to ``end`` are there and not used up."""
        self.start = 0
        self.end = 0
        self.offset = 0
        """Where ``data[0]`` lies in the unpacked capture."""

    @property
    def trouble(self) -> TroubleReason | None:
        """Why the source ended, when that was no proper end."""
        return self._source.trouble

    @property
    def left_bytes(self) -> int:
        """Bytes that are there and not used up."""
        return self.end - self.start

    def peek(self, count: int) -> bytes:
        """Return up to ``count`` bytes without using them up."""
        return self.data[self.start : min(self.start + count, self.end)].tobytes()

    def fill(self) -> bool:
        """Move what is left to the front and read until the buffer is full; False when nothing came."""
        left = self.left_bytes
        if self.start:
            self.data[:left] = self.data[self.start : self.end].copy()
            self.offset += self.start
            self.start, self.end = 0, left
        room = self.data.data
        while self.end < len(room) and (count := self._source.read_into(room[self.end :])):
            self.end += count
        return self.end > left

    def skip(self, count: int) -> bool:
        """Pass over bytes, also beyond the buffer; False when the capture ends before."""
        while count > self.left_bytes:
            count -= self.left_bytes
            self.start = self.end
            if not self.fill():
                return False
        self.start += count
        return True


def open_window(stream: BinaryIO, size_bytes: int) -> Window:
    """Make a window on a capture, packed with gzip or not, and fill it for the first time."""
    plain = PlainSource(stream)
    first = bytearray(len(_GZIP_MAGIC))
    count = 0
    while count < len(first) and (more := plain.read_into(memoryview(first)[count:])):
        count += more
    plain.give_back(bytes(first[:count]))
    window = Window(GzipSource(plain) if first == _GZIP_MAGIC else plain, size_bytes)
    window.fill()
    return window
