"""One direction of a TCP connection in the order of its bytes: held back, trimmed, told where something is missing.

Before this on the path: ``conversations.py``, which chooses the packets. After it: ``dialogue.py``, which gives the
pieces to a reader. Sequence numbers wrap at 2**32; distances are taken modulo that and read as signed.
"""

from __future__ import annotations

from detectors.telemetry.readers.base import Piece

MASK = 0xFFFFFFFF
HALF = 1 << 31
MAX_HELD_PACKETS = 16
MAX_HELD_BYTES = 64 << 10
"""What waits for a missing packet; beyond it the gap is accepted (design figure of the network sense)."""
RESTART_BYTES = 16 << 20
"""So far behind is no repetition: another connection has taken over the ports."""
FOREVER = 1 << 30
"""Whoever skips as much does not want this side any more."""


class Lane:
    """The bytes one side sends."""

    __slots__ = ("given_bytes", "held", "held_bytes", "is_after_gap", "is_from_client", "lost_bytes", "next", "to_skip")

    def __init__(self, is_from_client: bool, start: int | None) -> None:  # noqa: FBT001 - a lane is one of two
        """Begin at the number behind the SYN, or (None) wherever the first packet lies."""
        self.is_from_client = is_from_client
        self.next = start
        self.is_after_gap = start is None
        self.lost_bytes = 0
        self.given_bytes = 0
        self.to_skip = 0
        self.held: list[tuple[int, bytes, int, int, float]] = []
        self.held_bytes = 0

    def take(self, sequence: int, data: bytes, sent_bytes: int, record: int, at_s: float) -> list[Piece]:
        """Take one packet in.

        Args:
            sequence: of the first byte.
            data: what was captured.
            sent_bytes: at least ``len(data)``; the rest was cut off by the capture.
            record: packet number.
            at_s: time.

        Returns:
            What can be read now, in order.
        """
        if sequence == self.next and not self.to_skip and not self.held and 0 < len(data) == sent_bytes:
            return [self._give_whole(data, record, at_s)]  # nearly always
        if self.next is None:
            self.next = sequence
        ahead = (sequence - self.next) & MASK
        if self.to_skip and ahead < HALF:
            ahead -= self._pass_over(ahead)
        if ahead == 0 and not self.held:
            piece = self._give(data, sent_bytes, record, at_s)
            return [piece] if piece else []
        if ahead < HALF:
            return self._hold(sequence, data, sent_bytes, record, at_s)
        return self._take_old(sequence, data, sent_bytes, record, at_s)

    def passes_over(self, sequence: int, sent_bytes: int) -> bool:
        """Tell whether a packet lies within what is skipped: to take it would change nothing."""
        if not self.to_skip or self.held or self.next is None:
            return False
        return ((sequence - self.next) & MASK) + sent_bytes < self.to_skip

    def accept_loss(self) -> list[Piece]:
        """Go on behind the gap that the held packets wait for."""
        pieces: list[Piece] = []
        while self.held:
            pieces += self._release()
            if self.held:
                gap = (self.held[0][0] - self._position) & MASK
                self._lose(gap)
                self.next = self.held[0][0]
        return pieces

    def accept_loss_before(self, acknowledged: int) -> list[Piece]:
        """Go on where the other side says that it has got what was never captured."""
        waiting = (self.held[0][0] - acknowledged) & MASK
        return self.accept_loss() if waiting == 0 or waiting >= HALF else []

    def skip(self, size: int) -> None:
        """Leave out the next bytes."""
        self.to_skip = min(self.to_skip + size, FOREVER)

    @property
    def wake(self) -> int:
        """Tell the sequence number from which on bytes are wanted."""
        return (self._position + self.to_skip) & MASK

    @property
    def _position(self) -> int:
        return self.next or 0

    def _pass_over(self, size: int) -> int:
        step = min(size, self.to_skip)
        self.next = (self._position + step) & MASK
        self.to_skip -= step
        return step

    def _give_whole(self, data: bytes, record: int, at_s: float) -> Piece:
        """Give a packet that is what was waited for."""
        self.next = (self._position + len(data)) & MASK
        self.given_bytes += len(data)
        piece = Piece(data, self.is_from_client, record, at_s, self.is_after_gap, self.lost_bytes)
        self.is_after_gap = False
        self.lost_bytes = 0
        return piece

    def _give(self, data: bytes, sent_bytes: int, record: int, at_s: float) -> Piece | None:
        if self.to_skip:
            step = self._pass_over(sent_bytes)
            data, sent_bytes = data[step:], sent_bytes - step
        self.next = (self._position + sent_bytes) & MASK
        piece = None
        if data:
            piece = Piece(data, self.is_from_client, record, at_s, self.is_after_gap, self.lost_bytes)
            self.given_bytes += len(data)
            self.is_after_gap = False
            self.lost_bytes = 0
        if sent_bytes > len(data):
            self._lose(sent_bytes - len(data))
        return piece

    def _lose(self, size: int) -> None:
        self.is_after_gap = True
        self.lost_bytes = min(self.lost_bytes + size, FOREVER)

    def _hold(self, sequence: int, data: bytes, sent_bytes: int, record: int, at_s: float) -> list[Piece]:
        self.held.append((sequence, data, sent_bytes, record, at_s))
        self.held_bytes += len(data)
        origin = self._position
        self.held.sort(key=lambda one: (one[0] - origin) & MASK)
        pieces = self._release()
        if len(self.held) > MAX_HELD_PACKETS or self.held_bytes > MAX_HELD_BYTES:
            pieces += self.accept_loss()
        return pieces

    def _take_old(self, sequence: int, data: bytes, sent_bytes: int, record: int, at_s: float) -> list[Piece]:
        """Take the new end of a packet that begins with bytes already given."""
        behind = (self._position - sequence) & MASK
        if behind > RESTART_BYTES:
            pieces = self.accept_loss()
            self._lose(0)
            self.next = sequence
            self.to_skip = 0
        elif behind >= sent_bytes:
            return []
        else:
            pieces = []
            data, sent_bytes = data[behind:], sent_bytes - behind
        piece = self._give(data, sent_bytes, record, at_s)
        return [*pieces, *([piece] if piece else []), *self._release()]

    def _release(self) -> list[Piece]:
        """Give what is held and begins at or before the place reached."""
        pieces = []
        while self.held:
            sequence, data, sent_bytes, record, at_s = self.held[0]
            ahead = (sequence - self._position) & MASK
            if self.to_skip and ahead < HALF:
                ahead -= self._pass_over(ahead)
            if 0 < ahead < HALF:
                break
            del self.held[0]
            self.held_bytes -= len(data)
            behind = (MASK + 1 - ahead) & MASK
            if behind >= sent_bytes:
                continue
            piece = self._give(data[behind:], sent_bytes - behind, record, at_s)
            pieces += [piece] if piece else []
        return pieces
