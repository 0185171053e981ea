"""Cuts both directions of a stream into messages that announce their own length.

Before this on the path: a reader that was fed a piece. After it: the same reader, one whole message at a time. Of a
long message only the head is kept; the rest is passed over without being stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from detectors.telemetry.readers.base import Piece

NEEDS_MORE = 0
"""What a measure says when the announced length is not there yet."""
NO_MESSAGE = -1
"""What a measure says when no message begins here: the stream was entered in the middle, or is something else."""

Measure = Callable[[bytes, bool], int]
"""Takes the bytes from where a message begins and who sent them, returns the length of the whole message."""

_MEASURED_BYTES = 64
"""A measure sees no more than this: every length we read stands within it."""
SMALL_MESSAGE = 8_192
"""Messages up to this size are kept whole; the largest DCE/RPC fragment in use has 5,840 bytes."""
LONG_HEAD = 1_024
"""Of longer ones this is kept: headers, and 512 bytes of a file."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message of a stream, or its head."""

    data: bytes
    size: int
    """As announced; ``data`` is shorter for a long message, and where bytes were lost."""
    piece: Piece
    """Where it began."""


class Framer:
    """Keeps what is begun of one message a side."""

    def __init__(
        self,
        measure: Measure,
        *,
        small: int = SMALL_MESSAGE,
        head: int = LONG_HEAD,
        pass_over: Callable[[int, bool], None] | None = None,
    ) -> None:
        """Begin before the first byte.

        Args:
            measure: Tells how long the message is that begins here.
            small: Messages up to this size are kept whole.
            head: What is kept of longer ones.
            pass_over: Told how many bytes of a side need not be fed at all; without it they are dropped here.
        """
        self._measure = measure
        self._small = small
        self._head = head
        self._pass_over = pass_over
        self._begun = [bytearray(), bytearray()]
        self._origin: list[Piece | None] = [None, None]
        self._passing = [0, 0]

    def take(self, piece: Piece) -> Iterator[Frame]:
        """Add bytes of one side and give the messages that are now complete."""
        side = piece.is_from_client
        begun, origin = self._begun[side], self._origin[side]
        self._begun[side], self._origin[side] = bytearray(), None
        at = 0
        if piece.is_after_gap:
            self._passing[side], before = 0, bytes(begun)
            begun.clear()
            if origin is not None and before:
                size = self._measure(before[:_MEASURED_BYTES], side)
                if size > len(before):
                    yield Frame(before, size, origin)
                    at = max(size - len(before) - piece.lost_bytes, 0) if piece.lost_bytes else 0
        elif self._passing[side]:
            at = min(self._passing[side], len(piece.data))
            self._passing[side] -= at
        if at:
            data = piece.data[at:]
            self._pass(at - len(piece.data), side)
        else:
            data = bytes(begun) + piece.data if begun else piece.data
        yield from self._cut(data, piece if not begun or origin is None else origin, piece)

    @property
    def held_bytes(self) -> int:
        """Tell how many bytes wait for the rest of their message."""
        return len(self._begun[0]) + len(self._begun[1])

    def _cut(self, data: bytes, origin: Piece, piece: Piece) -> Iterator[Frame]:
        side, at = piece.is_from_client, 0
        while at < len(data):
            size = self._measure(data[at : at + _MEASURED_BYTES], side)
            if size < 0:
                return
            there = len(data) - at
            if size == NEEDS_MORE or there < (size if size <= self._small else self._head):
                self._begun[side], self._origin[side] = bytearray(data[at:]), origin
                return
            kept = size if size <= self._small else min(self._head, size)
            yield Frame(data[at : at + kept], size, origin)
            at += size
            origin = piece
        self._pass(at - len(data), side)

    def _pass(self, size: int, side: bool) -> None:  # noqa: FBT001 - the side of a stream
        if size <= 0:
            return
        if self._pass_over is not None:
            self._pass_over(size, side)
        else:
            self._passing[side] += size
