"""What every reader of a conversation is: it takes pieces of two byte streams and writes notes.

Before this on the path: ``conversations.py`` puts the packets of one flow in order and feeds them. After it: the notes,
which become the records of a ``Traffic``. A reader never raises over what it reads; ``conversations.py`` counts it if
one does, and drops it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar, TypeAlias

from detectors.contract.conversations import (
    DnsMessage,
    HttpExchange,
    KerberosMessage,
    LdapMessage,
    Login,
    Opening,
    RpcCall,
    SmbCall,
    StreamSign,
    TlsSession,
)

Note: TypeAlias = (
    DnsMessage
    | HttpExchange
    | KerberosMessage
    | LdapMessage
    | Login
    | Opening
    | RpcCall
    | SmbCall
    | StreamSign
    | TlsSession
)

MAX_NOTES = 50_000
"""Records kept of one kind; more are counted only."""
MAX_NOTE_BYTES = 16 << 20
"""Texts and bytes kept in the records of one kind, where the kind holds long ones."""
NEARLY_FULL = 0.7
"""Share of a bound; the rest is for what one window may still bring."""
MAX_ALL_NOTES = 10_000
"""Records of all kinds together, about 1 KB each with what belongs to them: reached within a million packets of an
office, so that memory is the same at one million and at four (measured)."""
MAX_EXPECTED = 10_000
"""Connections that were announced in others."""
HEAVY = (HttpExchange, Opening, SmbCall, RpcCall, LdapMessage)
"""Kinds whose size is weighed."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Who talks to whom in one flow."""

    flow: int
    client: str
    server: str
    client_port: int
    server_port: int
    protocol: int
    """6 TCP, 17 UDP, 132 SCTP."""


@dataclass(slots=True)
class Piece:
    """Bytes of one direction: of TCP the next in the stream, of UDP one datagram."""

    data: bytes
    """Never empty; seldom longer than a packet."""
    is_from_client: bool
    record: int
    """Packet the first byte came in, from 1."""
    at_s: float
    is_after_gap: bool = False
    """Bytes before it were lost, or the beginning was not seen: this may be the middle of a message."""
    lost_bytes: int = 0
    """How many, where that is known (at most 1 GB); 0 without a gap or where it is unknown."""


@dataclass(slots=True)
class Notes:
    """Everything the readers of one capture wrote down, bounded for each kind."""

    max_notes: int = MAX_NOTES
    max_bytes: int = MAX_NOTE_BYTES
    dropped: int = 0
    """Records not kept because a bound was reached."""
    malformed: int = 0
    """Messages that lie about themselves and were passed over."""
    expected: dict[tuple[str, int], type[Reader]] = field(default_factory=dict)
    """Host and port -> who reads what is sent there (data connections of FTP)."""
    _kept: dict[type, list[Any]] = field(default_factory=dict)
    _weights: dict[type, int] = field(default_factory=dict)

    def add(self, note: Note) -> None:
        """Keep one record, or count it where its kind is full."""
        kind = type(note)
        kept = self._kept.setdefault(kind, [])
        if len(kept) >= self.max_notes:
            self.dropped += 1
            return
        if kind in HEAVY:
            weight = self._weights.get(kind, 0) + _weigh(note)
            if weight > self.max_bytes:
                self.dropped += 1
                return
            self._weights[kind] = weight
        kept.append(note)

    def expect(self, host: str, port: int, reader: type[Reader]) -> None:
        """Say who shall read the connections to one port, which another conversation has announced."""
        if len(self.expected) < MAX_EXPECTED:
            self.expected[host, port] = reader

    @property
    def is_nearly_full(self) -> bool:
        """Tell whether a kind will soon be full, or all together take some 10 MB: time to judge and to clear."""
        sizes = [len(kept) for kept in self._kept.values()]
        if max(sizes, default=0) > self.max_notes * NEARLY_FULL or sum(sizes) > MAX_ALL_NOTES:
            return True
        return max(self._weights.values(), default=0) > self.max_bytes * NEARLY_FULL

    def of(self, kind: type) -> tuple[Any, ...]:
        """Return what was kept of one kind, in the order it was written."""
        return tuple(self._kept.get(kind, ()))

    def clear(self) -> None:
        """Forget all records (not the count of the dropped ones)."""
        self._kept.clear()
        self._weights.clear()


def _weigh(note: Note) -> int:
    """Add up the long things in a record, roughly."""
    kind: type = type(note)
    values = _values_of(kind)(note)
    return sum([len(value) * _CELL.get(type(value), 1) for value in values if isinstance(value, _LONG)])


@cache
def _values_of(kind: type) -> Callable[[object], tuple[object, ...]]:
    return attrgetter(*kind.__slots__)  # type: ignore[attr-defined] # all of them are slotted


_LONG = (bytes, str, dict, tuple)
_CELL = {dict: 120, tuple: 60}
"""Bytes for one member, keys and values included."""


NO, MAYBE, SURE = 0, 1, 2
"""How well a reader knows a conversation by its first bytes: MAYBE means that the port says so and the bytes fit."""


class Reader(ABC):
    """Reads one conversation.

    It gets the bytes of each direction in order, and both directions in the order of the capture. It stores little: at
    most 64 KB a direction, whatever the other side claims.
    """

    service: ClassVar[str]
    """Name of the protocol, as in ``Traffic.services``."""
    wants_all: ClassVar[bool] = True
    """False: after the first 16 KB of a direction only packets with telling first bytes come (``starts.py``)."""
    wants_opening: ClassVar[bool] = False
    """True: the first bytes of each side are kept as an ``Opening`` as well, since the records do not cover them."""

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin a conversation that is not known yet."""
        self.ends = ends
        self.notes = notes
        self.is_done = False
        """Wants nothing more: its packets are no longer fed."""
        self.successor: Reader | None = None
        """Who reads on (``hand_over``)."""
        self.to_skip = [0, 0]
        """Bytes the reader does not want to see, [server's, client's]: see ``skip``."""

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - for those that are chosen by their content
        """Say NO, MAYBE or SURE to the first bytes of one side (``piece.data`` is all of it so far, at most 2,048).

        ``choose.py`` asks all readers in turn, again whenever more has come. The first SURE wins, else the first MAYBE.
        The bytes of both sides are then fed from the beginning.
        """
        return NO

    @property
    def held_bytes(self) -> int:
        """How many bytes it keeps to wait for more, so that all conversations together stay within a bound."""
        return 0

    @property
    def name(self) -> str:
        """Name of the service; a reader of several dialects may tell more than ``service``."""
        return self.service

    @abstractmethod
    def feed(self, piece: Piece) -> None:
        """Take the next bytes of one side."""

    def close(self) -> None:  # noqa: B027 - most readers have nothing left
        """Write down what is half known: the flow ended, or the epoch is over. Called once."""

    def skip(self, size: int, *, is_from_client: bool) -> None:
        """Say that the next bytes of one side, behind all that was fed so far, are of no interest.

        They then cost nothing: the next piece of that side begins right behind them, without a gap.
        """
        self.to_skip[is_from_client] += max(size, 0)

    def hand_over(self, successor: type[Reader], rest: Iterable[Piece] = ()) -> None:
        """Let another reader read on (STARTTLS, CONNECT, an upgrade).

        Args:
            successor: who it is.
            rest: what was fed already, but is for the other one.
        """
        self.successor = successor(self.ends, self.notes)
        for piece in rest:
            self.successor.feed(piece)
        self.is_done = True
