"""The beginning of a TLS session: both hellos, the certificates where they are in the clear, the first alert.

Before this on the path: ``dialogue.py``, or a reader of mail or files that switches to TLS in the middle (STARTTLS:
``hand_over(TlsReader)``). After it: one ``TlsSession`` a conversation; then no byte of it is looked at any more.
"""

from __future__ import annotations

from typing import ClassVar

from detectors.contract.conversations import Certificate, TlsSession
from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.certificates import read_certificate
from detectors.telemetry.readers.texts import clean
from detectors.telemetry.readers.tls_hello import (
    CERTIFICATE,
    CLIENT_HELLO,
    RETRY_RANDOM,
    SERVER_HELLO,
    TLS_1_3,
    Hello,
    HelloDamage,
    ja3,
    ja3s,
    ja4,
    read_client_hello,
    read_old_hello,
    read_server_hello,
    without_grease,
)

CHANGE_CIPHER, ALERT, HANDSHAKE, APPLICATION, HEARTBEAT = range(20, 25)
RECORD_HEADER, HANDSHAKE_HEADER = 5, 4
MAX_RECORD_BYTES = (1 << 14) + 2_048
"""RFC 5246 section 6.2.3."""
MAX_MESSAGE_BYTES = 48 << 10
"""Longer handshake messages than this are not read; chains have seldom more than 10 KB."""
MAX_CERTIFICATES = 8
MAX_RECORDS = 64
"""Records of one side that may come before the session is given up as read."""
_SSL_MAJOR = 3
_OLD_VERSIONS = (b"\0\2", b"\3\0", b"\3\1", b"\3\2", b"\3\3")


class SessionNotes:
    """What is known so far of one session, whatever carries it."""

    def __init__(self, ends: Ends, notes: Notes, transport: str = "t") -> None:
        """Begin with nothing known.

        Args:
            ends: who talks to whom.
            notes: where the record goes.
            transport: the letter of JA4.
        """
        self.ends = ends
        self.client: Hello | None = None
        self.server: Hello | None = None
        self.certificates: tuple[Certificate, ...] = ()
        self.alert = -1
        self._notes = notes
        self._transport = transport
        self._seen: Piece | None = None
        self._is_old = False

    def add_client(self, hello: Hello, piece: Piece, *, is_old: bool = False) -> None:
        """Take the first hello of the client."""
        if self.client is None:
            self.client, self._seen, self._is_old = hello, piece, is_old

    def add_server(self, hello: Hello, piece: Piece) -> None:
        """Take the hello of the server; one that only asks to try again counts where no other comes."""
        if self.server is None or self.server.random == RETRY_RANDOM:
            self.server = hello
            self._seen = self._seen or piece

    @property
    def version(self) -> int:
        """The version chosen, or the client's best."""
        hello = self.server or self.client
        return hello.best_version if hello else 0

    def write(self, flow: int) -> None:
        """Write the record, if there is anything to write."""
        hello, seen = self.client, self._seen
        if seen is None:
            return
        self._notes.add(
            TlsSession(
                flow=flow,
                record=seen.record,
                at_s=seen.at_s,
                client=self.ends.client,
                server=self.ends.server,
                server_port=self.ends.server_port,
                sni=hello.sni if hello else "",
                alpn=tuple(clean(one.decode("latin-1"), 255) for one in hello.alpn) if hello else (),
                version=self.version,
                cipher=self.server.ciphers[0] if self.server else 0,
                client_ciphers=without_grease(hello.ciphers) if hello else (),
                ja3=ja3(hello) if hello and not self._is_old else "",
                ja3s=ja3s(self.server) if self.server else "",
                ja4=ja4(hello, self._transport) if hello and not self._is_old else "",
                certificates=self.certificates,
                alert=self.alert,
                has_server_hello=self.server is not None,
            )
        )


class TlsReader(Reader):
    """Reads records until the session is encrypted."""

    service: ClassVar[str] = "tls"

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - on any port
        """See a handshake record with a hello, or a client hello in the form of SSL 2."""
        data = piece.data
        is_handshake = data[:2] == b"\x16\x03" and data[2:3] <= b"\x04"
        if is_handshake and data[5:6] in {b"\1", b"\2", b"\x0b", b""}:
            return SURE
        if data[:2] == b"\x15\x03" and data[3:5] == b"\0\2":
            return SURE
        return SURE if _is_old_hello(data) else NO

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin with nothing read."""
        super().__init__(ends, notes)
        self._session = SessionNotes(ends, notes)
        self._begun = [b"", b""]
        self._messages = [b"", b""]
        self._records = [0, 0]
        self._is_sealed = [False, False]
        self._is_first = True

    @property
    def held_bytes(self) -> int:
        """Count records and messages that have not come whole."""
        begun, messages = self._begun, self._messages
        return len(begun[0]) + len(begun[1]) + len(messages[0]) + len(messages[1])

    def feed(self, piece: Piece) -> None:
        """Read the records that are whole now."""
        side = piece.is_from_client
        if piece.is_after_gap:
            self._begun[side] = self._messages[side] = b""
        data = self._begun[side] + piece.data
        if self._is_first and not self._messages[side] and _is_old_hello(data):
            self._read_old(data, piece)
            return
        self._is_first = False
        self._begun[side] = self._read_records(data, piece)

    def close(self) -> None:
        """Write the session as far as it is known."""
        self._session.write(self.ends.flow)

    def _read_records(self, data: bytes, piece: Piece) -> bytes:
        at = 0
        while len(data) - at >= RECORD_HEADER and not self.is_done:
            kind, size = data[at], int.from_bytes(data[at + 3 : at + 5])
            is_record = CHANGE_CIPHER <= kind <= HEARTBEAT and data[at + 1] == _SSL_MAJOR and size <= MAX_RECORD_BYTES
            self._records[piece.is_from_client] += 1
            if not is_record or self._records[piece.is_from_client] > MAX_RECORDS:
                self._give_up(piece.is_from_client)
                return b""
            end = at + RECORD_HEADER + size
            if kind == APPLICATION:
                self._seal(piece.is_from_client)
            if end > len(data):
                return data[at:] if kind != APPLICATION else b""
            self._read_record(kind, data[at + RECORD_HEADER : end], piece)
            at = end
        return b"" if self.is_done else data[at:]

    def _read_record(self, kind: int, content: bytes, piece: Piece) -> None:
        side = piece.is_from_client
        if kind == CHANGE_CIPHER:
            self._seal(side)
        elif kind == ALERT and len(content) == 2 and not self._is_sealed[side]:  # noqa: PLR2004 - level and code
            self._session.alert = content[1] if self._session.alert < 0 else self._session.alert
            self.is_done = content[0] == 2 and self._session.server is not None  # noqa: PLR2004 - a fatal one
        elif kind == HANDSHAKE and not self._is_sealed[side]:
            self._messages[side] = self._read_messages(self._messages[side] + content, piece)

    def _read_messages(self, data: bytes, piece: Piece) -> bytes:
        at = 0
        while len(data) - at >= HANDSHAKE_HEADER and not self.is_done:
            size = int.from_bytes(data[at + 1 : at + 4])
            if size > MAX_MESSAGE_BYTES:
                self._give_up(piece.is_from_client)
                return b""
            end = at + HANDSHAKE_HEADER + size
            if end > len(data):
                break
            try:
                self._read_message(data[at], data[at + HANDSHAKE_HEADER : end], piece)
            except HelloDamage:
                self.notes.malformed += 1
            at = end
        return b"" if self.is_done else data[at:]

    def _read_message(self, kind: int, body: bytes, piece: Piece) -> None:
        session = self._session
        if kind == CLIENT_HELLO:
            session.add_client(read_client_hello(body), piece)
        elif kind == SERVER_HELLO:
            session.add_server(read_server_hello(body), piece)
            is_final = session.server is not None and session.server.random != RETRY_RANDOM
            self.is_done = is_final and session.version >= TLS_1_3 and session.client is not None
        elif kind == CERTIFICATE and not session.certificates and session.version < TLS_1_3:
            session.certificates = read_chain(body)

    def _read_old(self, data: bytes, piece: Piece) -> None:
        size = (data[0] & 0x7F) << 8 | data[1]
        if len(data) < size + 2:
            self._begun[piece.is_from_client] = data
            return
        self._is_first = False
        self._begun[piece.is_from_client] = b""
        try:
            self._session.add_client(read_old_hello(data[: size + 2]), piece, is_old=True)
        except HelloDamage:
            self.notes.malformed += 1
        self.is_done = data[3:5] == _OLD_VERSIONS[0]

    def _seal(self, side: bool) -> None:  # noqa: FBT001 - a side of the conversation
        """Note that one side encrypts from here on: then the other one has said what it has to say in the clear."""
        self._is_sealed[side] = True
        self.is_done = self._session.server is not None or all(self._is_sealed)

    def _give_up(self, side: bool) -> None:  # noqa: FBT001
        """Stop where no record begins; the other side may still be readable."""
        self._seal(side)
        self.is_done = self.is_done or (self._session.client is None and self._session.server is None)


def read_chain(body: bytes) -> tuple[Certificate, ...]:
    """Read the certificates of a certificate message of TLS 1.2 and older."""
    found: list[Certificate] = []
    at = 3
    while at + 3 <= len(body) and len(found) < MAX_CERTIFICATES:
        size = int.from_bytes(body[at : at + 3])
        der = body[at + 3 : at + 3 + size]
        if not size or len(der) < size:
            break
        found.append(read_certificate(der))
        at += 3 + size
    return tuple(found)


def _is_old_hello(data: bytes) -> bool:
    """Look for a client hello in the form of SSL 2: length with the top bit, type 1, version, sizes that add up."""
    if len(data) < 11 or not data[0] & 0x80 or data[2] != CLIENT_HELLO or data[3:5] not in _OLD_VERSIONS:  # noqa: PLR2004
        return False
    ciphers, session, challenge = (int.from_bytes(data[at : at + 2]) for at in (5, 7, 9))
    return ciphers % 3 == 0 and ciphers + session + challenge + 9 == (data[0] & 0x7F) << 8 | data[1]
