"""Reads Kerberos 5 (RFC 4120): who asks for which ticket, with which ciphers, and what was refused.

Before this on the path: ``conversations.py`` for UDP and TCP; the SMB and LDAP readers hold no Kerberos of their own.
After it: ``KerberosMessage`` records, and a ``Login`` for each password that was tried.
"""

from __future__ import annotations

from detectors.contract.conversations import KerberosMessage
from detectors.contract.traffic import UDP
from detectors.telemetry.readers import der
from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.framing import NO_MESSAGE, Framer
from detectors.telemetry.readers.signing_in import SigningIn
from detectors.telemetry.readers.texts import from_bytes

KINDS = {0x6A: "as_req", 0x6B: "as_rep", 0x6C: "tgs_req", 0x6D: "tgs_rep", 0x6E: "ap_req", 0x7E: "error"}
"""Application tag -> what ``KerberosMessage.kind`` says."""
_LENGTH = 4
_LONGEST = 1 << 20
_KEPT = 16 << 10
"""Tickets with many groups have some 12 KB; names and ciphers stand behind them in requests."""
_PREAUTH = frozenset({2, 16, 17, 138})
"""Proofs of a password or key: encrypted time, PKINIT, encrypted challenge (RFC 4120, 4556, 6113)."""
REFUSALS = frozenset({6, 12, 14, 18, 23, 24, 32, 37})
"""Errors that refuse a user: unknown, not allowed here or now, no common cipher, locked or expired, wrong password."""
_MAX_ETYPES = 32


def kind_of(data: bytes) -> str:
    """Name the message that begins here; empty where none of ours does."""
    found = der.head(data[:8])
    if found is None or data[0] not in KINDS or data[found[1] : found[1] + 1] != b"\x30":
        return ""
    return KINDS[data[0]]


def measure(data: bytes, _is_from_client: bool = True) -> int:  # noqa: FBT001, FBT002 - the shape of a measure
    """Tell how long the message is that begins here: over TCP four bytes of length come first."""
    if len(data) < _LENGTH + 8:
        return 0
    size = int.from_bytes(data[:_LENGTH], "big")
    return size + _LENGTH if size <= _LONGEST and kind_of(data[_LENGTH:]) else NO_MESSAGE


class KerberosReader(Reader):
    """Questions to a key server and its answers."""

    service = "kerberos"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin a conversation."""
        super().__init__(ends, notes)
        self._framer = Framer(
            measure, small=_KEPT, head=_KEPT, pass_over=lambda size, side: self.skip(size, is_from_client=side)
        )
        self._signing_in = SigningIn(self, "kerberos")
        self._asked = ""
        """Kind of the last request."""
        self._user = ""

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:
        """Know the tags of a message, on any port."""
        if ends.protocol == UDP:
            return SURE if kind_of(piece.data) else NO
        return SURE if measure(piece.data) > 0 else NO

    @property
    def held_bytes(self) -> int:
        """Tell how many bytes wait for more."""
        return self._framer.held_bytes

    def feed(self, piece: Piece) -> None:
        """Take the next bytes of one side, or one datagram."""
        if self.ends.protocol == UDP:
            self._take(piece.data, piece)
            return
        for frame in self._framer.take(piece):
            self._take(frame.data[_LENGTH:], frame.piece)

    def close(self) -> None:
        """Write down a try that was never answered."""
        self._signing_in.settle("unknown")

    def _take(self, data: bytes, piece: Piece) -> None:
        message = read_message(data, piece, self.ends)
        if message is None:
            return
        self.notes.add(message)
        if message.kind in ("as_req", "tgs_req"):
            self._asked, self._user = message.kind, message.user
            if message.has_preauth:
                self._signing_in.begin(piece, _account(message), "preauth", is_cleartext=False)
        elif message.kind == "as_rep":
            self._signing_in.settle("ok")
        elif message.kind == "error":
            self._refused(message, piece)

    def _refused(self, message: KerberosMessage, piece: Piece) -> None:
        if self._signing_in.is_open:
            self._signing_in.settle("failed" if message.error in REFUSALS else "unknown")
        elif message.error in REFUSALS and self._asked != "tgs_req":
            user = message.user or self._user
            self._signing_in.once(piece, user, "preauth", "failed", is_cleartext=False)


def _account(message: KerberosMessage) -> str:
    return f"{message.realm}\\{message.user}" if message.realm and message.user else message.user


def read_message(data: bytes, piece: Piece, ends: Ends) -> KerberosMessage | None:
    """Read one message; None for what is none."""
    kind = kind_of(data)
    if not kind:
        return None
    body = der.fields(der.inner(der.inner(data)))  # context tag -> content
    user = realm = service = ""
    etypes: tuple[int, ...] = ()
    error, has_preauth = -1, False
    if kind in ("as_req", "tgs_req"):
        asked = der.fields(der.inner(body.get(0xA4, b"")))
        user, realm, service = _name(asked, 0xA1), _text(asked, 0xA2), _name(asked, 0xA3)
        etypes = tuple(der.number(one) for _, one in der.items(der.inner(asked.get(0xA8, b""))))[:_MAX_ETYPES]
        has_preauth = any(kind in _PREAUTH for kind in _proofs(body.get(0xA3, b"")))
    elif kind in ("as_rep", "tgs_rep"):
        user, realm = _name(body, 0xA4), _text(body, 0xA3)
        service, etypes = _ticket(body.get(0xA5, b""))
    elif kind == "ap_req":
        service, etypes = _ticket(body.get(0xA3, b""))
        realm = _text(_ticket_fields(body.get(0xA3, b"")), 0xA1)
    else:
        error = der.number(der.inner(body.get(0xA6, b"")))
        user, realm, service = _name(body, 0xA8), _text(body, 0xA9), _name(body, 0xAA)
    return KerberosMessage(
        flow=ends.flow,
        record=piece.record,
        at_s=piece.at_s,
        client=ends.client,
        server=ends.server,
        kind=kind,
        error=error,
        user=user,
        realm=realm,
        service=service,
        etypes=etypes,
        has_preauth=has_preauth,
    )


def _name(fields: dict[int, bytes], tag: int) -> str:
    """Read a principal: SEQUENCE { [0] kind, [1] SEQUENCE OF text }."""
    parts = der.inner(der.fields(der.inner(fields.get(tag, b""))).get(0xA1, b""))
    return "/".join(from_bytes(part) for _, part in list(der.items(parts))[:8])


def _text(fields: dict[int, bytes], tag: int) -> str:
    return from_bytes(der.inner(fields.get(tag, b"")))


def _proofs(content: bytes) -> list[int]:
    """List the kinds of pre-authentication data: SEQUENCE OF SEQUENCE { [1] kind, [2] value }."""
    entries = (der.fields(entry) for _, entry in der.items(der.inner(content)))
    return [der.number(der.inner(entry.get(0xA1, b""))) for entry in entries]


def _ticket_fields(content: bytes) -> dict[int, bytes]:
    """Open [n] [APPLICATION 1] SEQUENCE."""
    return der.fields(der.inner(der.inner(content)))


def _ticket(content: bytes) -> tuple[str, tuple[int, ...]]:
    """Read for which service a ticket is, and how it is encrypted."""
    fields = _ticket_fields(content)
    cipher = der.fields(der.inner(fields.get(0xA3, b""))).get(0xA0, b"")
    return _name(fields, 0xA2), ((der.number(der.inner(cipher)),) if cipher else ())
