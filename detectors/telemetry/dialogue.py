"""One conversation under way: two lanes of bytes, who reads them, and its first bytes where nobody can.

Before this on the path: ``conversations.py`` with the packets worth reading. After it: a reader and its notes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from detectors.contract.conversations import Opening
from detectors.contract.traffic import TCP
from detectors.telemetry.readers.base import Ends, Notes, Piece, Reader
from detectors.telemetry.readers.choose import choose
from detectors.telemetry.reassembly import FOREVER, Lane

OPENING_BYTES = 2_048
"""Kept of each side of a conversation that nobody understands; also the most a reader is chosen by."""
ALL_UNTIL_BYTES = 16 << 10
"""Readers that want starts of messages only still get the first bytes of a side whole."""


class Want:
    """Which packets of one lane are worth giving to Python. Plain numbers, since they fill a column."""

    ALL = 0
    NONE = 1
    FROM_WAKE = 2
    """Those that reach behind ``Lane.wake``."""
    STARTS = 3
    """Those that begin like a message."""


@dataclass(slots=True)
class Packet:
    """One packet that is read."""

    place: int
    """In its chunk."""
    row: int
    side: bool
    """True: from the client."""
    is_tcp: bool
    has_content: bool
    flags: int
    sequence: int
    acknowledged: int
    payload: int
    payload_there: int
    payload_bytes: int
    record: int
    at_s: float


class Dialogue:
    """One conversation. ``wants`` says for each lane what should come next."""

    __slots__ = (
        "_heads",
        "_marks",
        "_notes",
        "_owed",
        "_waiting",
        "counted_bytes",
        "ended",
        "ends",
        "is_late",
        "is_over",
        "lanes",
        "reader",
        "told",
        "wants",
    )

    def __init__(self, ends: Ends, notes: Notes, starts: tuple[int | None, int | None], *, is_late: bool) -> None:
        """Begin with the first packet that has content.

        Args:
            ends: who talks to whom.
            notes: where records go.
            starts: first sequence number of the server and of the client, None where the SYN was not seen.
            is_late: the conversation was given up before and shows the start of a message now; it gets no opening.
        """
        self.ends = ends
        self.lanes = (Lane(False, starts[0]), Lane(True, starts[1]))  # noqa: FBT003 - server, client
        self.reader: Reader | None = None
        self.is_late = is_late
        self.is_over = False
        self.counted_bytes = 0
        """What ``Conversations`` has counted of ``held_bytes``."""
        self.told: tuple[int, int, str] = (Want.ALL, Want.ALL, "")
        """What ``Conversations`` has written down of ``wants`` and the reader's name."""
        self.ended = [False, False]
        self.wants = [Want.ALL, Want.ALL]
        self._notes = notes
        self._waiting: list[Piece] = []
        self._heads = (bytearray(), bytearray())
        self._marks = [0, 0]
        self._owed = [0, 0]
        """Bytes the reader wants to skip that the lanes do not know of yet."""

    @property
    def held_bytes(self) -> int:
        """Tell how many bytes wait here for more."""
        if self.reader is not None:
            reader = self.reader.held_bytes
        else:
            reader = 2 * len(self._heads[0]) + 2 * len(self._heads[1])
        return self.lanes[0].held_bytes + self.lanes[1].held_bytes + reader

    def sleeps(self, packet: Packet) -> bool:
        """Tell whether a TCP packet with content is none that anyone waits for, on either side."""
        lane, other = self.lanes[packet.side], self.lanes[not packet.side]
        return lane.passes_over(packet.sequence, packet.payload_bytes) and not other.held

    def take_segment(self, packet: Packet, data: bytes) -> None:
        """Take one TCP packet with content."""
        side = packet.side
        lane, other = self.lanes[side], self.lanes[not side]
        if other.held:
            for piece in other.accept_loss_before(packet.acknowledged):
                self._take(piece)
        for piece in lane.take(packet.sequence, data, packet.payload_bytes, packet.record, packet.at_s):
            self._take(piece)
        if self._owed[0] or self._owed[1]:
            self._settle()
        if self.reader is not None and not self.is_over:
            self._choose_wants(side)

    def take_datagram(self, packet: Packet, data: bytes) -> None:
        """Take one UDP packet with content."""
        self._take(Piece(data, packet.side, packet.record, packet.at_s))

    def end_side(self, side: bool) -> None:  # noqa: FBT001
        """Note that one side will say no more."""
        self.ended[side] = True

    def move(self, ends: Ends) -> None:
        """Go on under another flow number."""
        self.ends = ends
        if self.reader is not None:
            self.reader.ends = ends

    def close(self) -> None:
        """Read what was held back, and let the reader write down what it knows."""
        for lane in self.lanes:
            for piece in lane.accept_loss():
                self._take(piece)
        if not self.is_over:
            self._finish()

    def _take(self, piece: Piece) -> None:
        if self.is_over:
            return
        if self.reader is None:
            self._consider(piece)
            return
        if self.reader.wants_opening:
            self._keep_head(piece)
        self._feed(self.reader, piece)

    def _settle(self) -> None:
        """Let the lanes pass over what the reader does not want and has not come yet."""
        for side in (0, 1):
            self.lanes[side].skip(self._owed[side])
            self._owed[side] = 0

    def _consider(self, piece: Piece) -> None:
        """Ask who understands the first bytes."""
        self._keep_head(piece)
        self._waiting.append(piece)
        head = self._heads[piece.is_from_client]
        seen = piece if len(head) == len(piece.data) else replace(piece, data=bytes(head))
        ends = self.ends
        kind = choose(ends, seen) or self._notes.expected.get((ends.server, ends.server_port))
        if kind is not None:
            self._begin(kind)
        elif self.is_late or min(len(head) for head in self._heads) >= OPENING_BYTES:
            self._finish()
        elif len(head) >= OPENING_BYTES:
            self.wants[piece.is_from_client] = Want.STARTS

    def _begin(self, kind: type[Reader]) -> None:
        self.reader = kind(self.ends, self._notes)
        waiting, self._waiting = self._waiting, []
        self.wants = [Want.ALL, Want.ALL]
        for piece in waiting:
            if self.reader is not None and not self.is_over:
                self._feed(self.reader, piece)

    def _feed(self, reader: Reader, piece: Piece) -> None:
        if self._owed[piece.is_from_client] and not self._trim(piece):
            return
        reader.feed(piece)
        while reader.successor is not None:
            reader.close()
            reader = self.reader = reader.successor
        if reader.to_skip[0] or reader.to_skip[1]:
            for side in (0, 1):
                self._owed[side] += reader.to_skip[side]
                reader.to_skip[side] = 0
        if reader.is_done:
            self._finish()

    def _trim(self, piece: Piece) -> bool:
        """Cut off what the reader has said to skip; say whether anything is left."""
        side = piece.is_from_client
        step = min(self._owed[side], piece.lost_bytes + len(piece.data))
        self._owed[side] -= step
        from_lost = min(step, piece.lost_bytes)
        piece.lost_bytes -= from_lost
        piece.is_after_gap = piece.is_after_gap and (piece.lost_bytes > 0 or not from_lost)
        piece.data = piece.data[step - from_lost :]
        return bool(piece.data)

    def _choose_wants(self, side: bool) -> None:  # noqa: FBT001
        reader = self.reader
        if reader is not None and reader.wants_all and not (self.lanes[0].to_skip or self.lanes[1].to_skip):
            self.wants[side] = Want.ALL
            return
        for one in (0, 1):
            lane = self.lanes[one]
            if lane.to_skip >= FOREVER:
                self.wants[one] = Want.NONE
            elif lane.to_skip:
                self.wants[one] = Want.FROM_WAKE
            elif one == side and reader is not None:
                is_enough = not reader.wants_all and lane.given_bytes > ALL_UNTIL_BYTES
                self.wants[one] = Want.STARTS if is_enough else Want.ALL

    def _keep_head(self, piece: Piece) -> None:
        head = self._heads[piece.is_from_client]
        if len(head) < OPENING_BYTES:
            head += piece.data[: OPENING_BYTES - len(head)]
            self._marks[piece.is_from_client] = self._marks[piece.is_from_client] or piece.record

    def _finish(self) -> None:
        """Write the opening where no record covers the content, and let go of everything."""
        self.is_over = True
        reader = self.reader
        if reader is not None:
            reader.close()
        if (reader is None or reader.wants_opening) and (self._heads[0] or self._heads[1]) and not self.is_late:
            server, client = (bytes(head) for head in self._heads)
            self._notes.add(Opening(self.ends.flow, client, server, self._marks[1], self._marks[0]))
        if reader is None:
            # What announces a connection may be read later than its first bytes: then the name is all that is left.
            announced = self._notes.expected.get((self.ends.server, self.ends.server_port))
            self.reader = announced(self.ends, self._notes) if announced else None
        after = Want.STARTS if reader is None and self.ends.protocol == TCP else Want.NONE
        self.wants = [after, after]
        self._waiting = []
