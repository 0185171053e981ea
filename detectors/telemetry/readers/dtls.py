"""The beginning of a DTLS session: TLS over datagrams, with its own record and fragment headers (RFC 6347).

Before this on the path: ``dialogue.py`` feeds datagrams. After it: one ``TlsSession``, as of ``tls.py``.
"""

from __future__ import annotations

from typing import ClassVar

from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.tls import (
    ALERT,
    APPLICATION,
    CHANGE_CIPHER,
    HANDSHAKE,
    HEARTBEAT,
    MAX_MESSAGE_BYTES,
    SessionNotes,
    read_chain,
)
from detectors.telemetry.readers.tls_hello import (
    CERTIFICATE,
    CLIENT_HELLO,
    SERVER_HELLO,
    HelloDamage,
    read_client_hello,
    read_server_hello,
)

RECORD_HEADER, FRAGMENT_HEADER = 13, 12
VERSIONS = (b"\xfe\xff", b"\xfe\xfd", b"\xfe\xfc", b"\1\0")
"""1.0, 1.2, 1.3, and the number OpenSSL used before the standard."""
MAX_DATAGRAMS = 64
"""Read until the session must be encrypted."""


class DtlsReader(Reader):
    """Reads datagrams until both sides encrypt."""

    service: ClassVar[str] = "dtls"

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - on any port
        """See a record header whose length is not longer than the datagram."""
        data = piece.data
        if len(data) < RECORD_HEADER or not CHANGE_CIPHER <= data[0] <= HEARTBEAT or data[1:3] not in VERSIONS:
            return NO
        return SURE if int.from_bytes(data[11:13]) + RECORD_HEADER <= len(data) else NO

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin with nothing read."""
        super().__init__(ends, notes)
        self._session = SessionNotes(ends, notes, "d")
        self._begun = [bytearray(), bytearray()]
        self._datagrams = 0

    @property
    def held_bytes(self) -> int:
        """Count the messages that have not come whole."""
        return len(self._begun[0]) + len(self._begun[1])

    def feed(self, piece: Piece) -> None:
        """Read the records of one datagram."""
        self._datagrams += 1
        data, at = piece.data, 0
        while at + RECORD_HEADER <= len(data) and data[at + 1 : at + 3] in VERSIONS and not self.is_done:
            end = at + RECORD_HEADER + int.from_bytes(data[at + 11 : at + 13])
            is_clear = data[at + 3 : at + 5] == b"\0\0"
            if data[at] == APPLICATION or not is_clear:
                self.is_done = True
            elif data[at] == HANDSHAKE:
                self._read_fragments(data[at + RECORD_HEADER : end], piece)
            elif data[at] == ALERT and self._session.alert < 0:
                self._session.alert = data[end - 1] if end - at == RECORD_HEADER + 2 <= len(data) - at else -1
            at = end
        self.is_done = self.is_done or self._datagrams >= MAX_DATAGRAMS

    def close(self) -> None:
        """Write the session as far as it is known."""
        self._session.write(self.ends.flow)

    def _read_fragments(self, data: bytes, piece: Piece) -> None:
        """Join the fragments of a message that come in order; others are passed over."""
        begun, at = self._begun[piece.is_from_client], 0
        while at + FRAGMENT_HEADER <= len(data):
            size, offset, part = (int.from_bytes(data[at + one : at + one + 3]) for one in (1, 6, 9))
            content = data[at + FRAGMENT_HEADER : at + FRAGMENT_HEADER + part]
            if offset == 0:
                begun.clear()
            if offset == len(begun) and size <= MAX_MESSAGE_BYTES:
                begun += content
            if len(begun) == size and len(content) == part:
                self._read_message(data[at], bytes(begun), piece)
                begun.clear()
            at += FRAGMENT_HEADER + part

    def _read_message(self, kind: int, body: bytes, piece: Piece) -> None:
        try:
            if kind == CLIENT_HELLO:
                self._session.add_client(read_client_hello(body, is_datagram=True), piece)
            elif kind == SERVER_HELLO:
                self._session.add_server(read_server_hello(body), piece)
            elif kind == CERTIFICATE and not self._session.certificates:
                self._session.certificates = read_chain(body)
        except HelloDamage:
            self.notes.malformed += 1
