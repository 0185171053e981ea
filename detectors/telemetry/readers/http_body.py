"""Follows the body of one HTTP message to its end, keeping its first bytes only.

Before this on the path: ``http.py``, which has read the head. After it: ``http.py`` again, with the next message.
RFC 9112 sections 6 and 7.
"""

from __future__ import annotations

import zlib

MAX_LINE_BYTES = 1_024
MAX_TRAILERS = 64
MAX_LENGTH_DIGITS = 15
_WINDOW_ANY, _WINDOW_RAW = 47, -15
"""zlib: gzip or zlib by its header; deflate without any."""


class Body:
    """One body: of known length, in chunks, or until the connection ends."""

    def __init__(self, length: int | None, keep_bytes: int, *, is_chunked: bool = False) -> None:
        """Begin behind the head.

        Args:
            length: as announced; None in chunks or until the end of the connection.
            keep_bytes: how many of the first bytes to keep.
            is_chunked: each part has its length in front.
        """
        self.head = bytearray()
        self.size_bytes = 0 if is_chunked else length or 0
        """Announced, or seen so far."""
        self.is_over = length == 0 and not is_chunked
        self.is_endless = length is None and not is_chunked
        self._keep_bytes = keep_bytes
        self._left = length or 0
        self._is_chunked = is_chunked
        self._line = b""
        self._trailers = -1

    @property
    def is_head_full(self) -> bool:
        """Tell whether all that is kept is there."""
        return self.is_over or len(self.head) >= self._keep_bytes

    @property
    def idle_bytes(self) -> int:
        """Tell how many of the next bytes nobody needs to see."""
        return self._left if self.is_head_full and not self.is_over else 0

    def take(self, data: bytes) -> bytes:
        """Take the next bytes and return those that follow the body."""
        if self.is_endless:
            self._keep(data)
            self.size_bytes += len(data)
            return b""
        if not self._is_chunked:
            rest = self._take_part(data)
            self.is_over = self._left == 0
            return rest
        while data and not self.is_over:
            data = self._take_part(data) if self._left else self._take_line(data)
        return data

    def pass_over(self, size: int) -> None:
        """Count bytes of the present part that were not seen: skipped, or lost."""
        self._left = max(self._left - size, 0)
        self.is_over = self.is_over or (self._left == 0 and not self._is_chunked and not self.is_endless)

    def can_lose(self, size: int) -> bool:
        """Tell whether so many lost bytes leave no doubt where we are."""
        return self.is_endless or 0 < size <= self._left

    def _take_part(self, data: bytes) -> bytes:
        part = data[: self._left]
        self._left -= len(part)
        self._keep(part)
        return data[len(part) :]

    def _take_line(self, data: bytes) -> bytes:
        """Read the line in front of a chunk, or behind the last one."""
        line, end, rest = (self._line + data).partition(b"\n")
        if not end:
            self._line = line[:MAX_LINE_BYTES]
            self.is_over = len(line) > MAX_LINE_BYTES
            return b""
        self._line = b""
        text = line.strip()
        if self._trailers >= 0:
            self._trailers += 1
            self.is_over = not text or self._trailers > MAX_TRAILERS
        elif text:
            self._start_chunk(text.split(b";", 1)[0].strip())
        return rest

    def _start_chunk(self, text: bytes) -> None:
        try:
            size = int(text[: MAX_LENGTH_DIGITS + 1], 16) if len(text) <= MAX_LENGTH_DIGITS else -1
        except ValueError:
            size = -1
        if size > 0:
            self._left = size
            self.size_bytes += size
        elif size == 0:
            self._trailers = 0
        else:
            self.is_over = True  # No chunk begins here: where the next message begins is anyone's guess.

    def _keep(self, data: bytes) -> None:
        if len(self.head) < self._keep_bytes:
            self.head += data[: self._keep_bytes - len(self.head)]


def unpack_head(data: bytes, coding: str, limit: int) -> bytes:
    """Undo gzip or deflate as far as the first bytes allow, or return the bytes as they are.

    Args:
        data: the first bytes of a body.
        coding: Content-Encoding.
        limit: the most bytes to return; no more is unpacked.
    """
    if coding not in {"gzip", "x-gzip", "deflate"}:
        return data[:limit]
    for window in (_WINDOW_ANY, _WINDOW_RAW):
        try:
            return zlib.decompressobj(window).decompress(data, limit)
        except zlib.error:
            continue
    return data[:limit]
