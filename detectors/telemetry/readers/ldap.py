"""Reads LDAP (RFC 4511), over TCP and, without connection, over UDP: who binds, what is searched for and changed.

Before this on the path: ``conversations.py``. After it: ``LdapMessage`` records, and a ``Login`` for each bind with a
name. The password of a simple bind is looked at for being there, and not kept.
"""

from __future__ import annotations

from dataclasses import replace

from detectors.contract.conversations import LdapMessage
from detectors.contract.traffic import UDP
from detectors.telemetry.readers import der, ntlm
from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.framing import NO_MESSAGE, Framer
from detectors.telemetry.readers.ldap_filters import filter_text
from detectors.telemetry.readers.signing_in import SigningIn, plain_user
from detectors.telemetry.readers.texts import from_bytes

_BIND, _BIND_ANSWER, _SEARCH, _ENTRY, _EXTENDED, _EXTENDED_ANSWER = 0x60, 0x61, 0x63, 0x64, 0x77, 0x78
_REFERENCE, _SIMPLE, _SASL = 0x73, 0x80, 0xA3
_SICILY = (0x89, 0x8A, 0x8B)
"""How Windows sends bare NTLM in a bind (MS-ADTS 5.1.1.1.3)."""
_CHANGES = {0x66: "modify", 0x68: "add", 0x4A: "delete", 0x6C: "rename", 0x6E: "compare"}
_ANSWERS = {_BIND_ANSWER, 0x65, 0x67, 0x69, 0x6B, 0x6D, 0x6F, _EXTENDED_ANSWER}
_OPERATIONS = {_BIND, _SEARCH, _ENTRY, _REFERENCE, _EXTENDED, 0x42, 0x50, *_CHANGES, *_ANSWERS}
"""Unbind and abandon are known, and say nothing."""
START_TLS = "1.3.6.1.4.1.1466.20037"
GOES_ON = 14
"""A bind that needs another round."""
_SEAL_HEAD = 16
"""Signature of NTLM or Kerberos before a signed message (RFC 4121, MS-NLMP); sealed ones stay unread."""
_KERBEROS_WRAP, _IS_SEALED = b"\x05\x04", 2
_LENGTH = 4
_LONGEST = 16 << 20
_KEPT = 16 << 10
MAX_WAITING = 64
MAX_MESSAGES = 5_000
MAX_ATTRIBUTES = 64


def measure(data: bytes, _is_from_client: bool = True) -> int:  # noqa: FBT001, FBT002 - the shape of a measure
    """Tell how long the message is that begins here; after a SASL bind four bytes of length may come first."""
    if data[:1] == b"\x30":
        size = der.whole_size(data)
        return size if size <= _LONGEST else NO_MESSAGE
    if len(data) < _LENGTH:
        return 0
    size = int.from_bytes(data[:_LENGTH], "big")
    return size + _LENGTH if _SEAL_HEAD < size <= _LONGEST else NO_MESSAGE


def operation_of(data: bytes) -> int:
    """Tell the tag of the operation in the message that begins here; 0 where none of ours does."""
    outer = der.head(data)
    if outer is None or outer[0] != der.SEQUENCE:
        return 0
    number = der.head(data[outer[1] :])
    if number is None or number[0] != der.INTEGER or not 1 <= number[2] <= 4:  # noqa: PLR2004 - 31 bits
        return 0
    at = outer[1] + number[1] + number[2]
    return data[at] if at < len(data) and data[at] in _OPERATIONS else 0


class LdapReader(Reader):
    """Questions to a directory and its answers."""

    service = "ldap"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin a conversation."""
        super().__init__(ends, notes)
        self._framer = Framer(
            measure, small=_KEPT, head=_KEPT, pass_over=lambda size, side: self.skip(size, is_from_client=side)
        )
        self._waiting: dict[bytes, LdapMessage] = {}
        self._entries: dict[bytes, int] = {}
        self._signing_in = SigningIn(self, "ldap")
        self._written = 0

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know an operation by its tags, on any port."""
        return SURE if operation_of(piece.data) else NO

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
            data = frame.data
            if data[:1] != b"\x30":
                data = _unwrapped(data[_LENGTH:])
            if operation_of(data):
                self._take(data, frame.piece)

    def close(self) -> None:
        """Write down what was never answered."""
        for number, message in self._waiting.items():
            self._write(replace(message, entries=self._entries.get(number, 0)))
        self._waiting.clear()
        self._signing_in.settle("unknown")

    def _take(self, data: bytes, piece: Piece) -> None:
        members = list(der.items(der.inner(data)))[:2]
        if len(members) < 2 or members[0][0] != der.INTEGER:  # noqa: PLR2004 - number and operation
            return
        (_, number), (tag, content) = members
        if tag in (_ENTRY, _REFERENCE):
            if number in self._waiting:
                self._entries[number] = self._entries.get(number, 0) + 1
        elif tag in _ANSWERS:
            self._answer(number, tag, content)
        elif (message := self._read(tag, content, piece)) is not None:
            self._ask(number, message)

    def _read(self, tag: int, content: bytes, piece: Piece) -> LdapMessage | None:
        """Read a request."""
        blank = LdapMessage(
            flow=self.ends.flow,
            record=piece.record,
            at_s=piece.at_s,
            client=self.ends.client,
            server=self.ends.server,
            operation="",
            user="",
            base="",
            scope=-1,
            filter="",
        )
        if tag == _BIND:
            return self._read_bind(blank, content, piece)
        if tag == _SEARCH:
            return _read_search(blank, content)
        if tag in _CHANGES:
            name = content if tag == 0x4A else der.inner(content)  # noqa: PLR2004 - a deletion is its name alone
            return replace(blank, operation=_CHANGES[tag], base=from_bytes(name, 512))
        if tag == _EXTENDED:
            return replace(blank, operation="extended", base=_oid(der.first(content, 0x80)))
        return None

    def _read_bind(self, blank: LdapMessage, content: bytes, piece: Piece) -> LdapMessage | None:
        members = list(der.items(content))
        if len(members) < 3:  # noqa: PLR2004 - version, name, how
            return None
        name, (how, proof) = from_bytes(members[1][1]), members[2]
        if how == _SIMPLE:
            if proof and name:
                self._signing_in.begin(piece, name, "simple")
            return replace(blank, operation="bind_simple", user=name)
        message = ntlm.find(proof) if how in (_SASL, *_SICILY) else None
        if message is not None and message.kind == ntlm.AUTHENTICATE:
            name = message.account
            if name:
                self._signing_in.begin(piece, name, "ntlm", is_cleartext=False)
        mechanism = from_bytes(der.inner(proof)) if how == _SASL else ""
        if mechanism == "PLAIN":
            token = [one for _, one in der.items(proof)][1:2]
            self._signing_in.begin(piece, plain_user(token[0]) if token else "", "plain")
        return replace(blank, operation="bind_sasl", user=name, base=mechanism)

    def _ask(self, number: bytes, message: LdapMessage) -> None:
        if (before := self._waiting.pop(number, None)) is not None:
            self._write(before)
        while len(self._waiting) >= MAX_WAITING:
            oldest = next(iter(self._waiting))
            self._write(replace(self._waiting.pop(oldest), entries=self._entries.pop(oldest, 0)))
        self._waiting[number] = message
        self._entries[number] = 0

    def _answer(self, number: bytes, tag: int, content: bytes) -> None:
        result = der.number(der.first(content, der.ENUMERATED))
        if tag == _BIND_ANSWER and result != GOES_ON:
            self._signing_in.settle("ok" if result == 0 else "failed")
        message, entries = self._waiting.pop(number, None), self._entries.pop(number, 0)
        if message is None:
            return
        self._write(replace(message, result=result, entries=entries))
        if message.base == START_TLS and result == 0 and message.operation == "extended":
            self._go_dark()

    def _go_dark(self) -> None:
        """Let the reader of encrypted sessions read on."""
        from detectors.telemetry.readers.tls import TlsReader  # noqa: PLC0415 - readers name each other

        self.hand_over(TlsReader)

    def _write(self, message: LdapMessage) -> None:
        self._written += 1
        if self._written > MAX_MESSAGES:
            self.notes.dropped += 1
        else:
            self.notes.add(message)


def _unwrapped(token: bytes) -> bytes:
    """Return the message in a signed wrapping; of a sealed one, nothing that could be read as a message."""
    if not token.startswith(_KERBEROS_WRAP):
        return token[_SEAL_HEAD:]
    if token[2] & _IS_SEALED or len(token) < _SEAL_HEAD:
        return b""
    # The checksum stands behind the message, and all is turned around until it stands before it (RFC 4121, 4.2.5).
    return token[_SEAL_HEAD + int.from_bytes(token[6:8], "big") :]


def _read_search(blank: LdapMessage, content: bytes) -> LdapMessage | None:
    """Read base, scope, filter and attributes: the first, second, seventh and eighth member."""
    members = list(der.items(content))
    if len(members) < 7:  # noqa: PLR2004 - without a filter it is no search
        return None
    tag, condition = members[6]
    attributes = der.items(members[7][1]) if len(members) > 7 else ()  # noqa: PLR2004 - they may be cut off
    return replace(
        blank,
        operation="search",
        base=from_bytes(members[0][1], 512),
        scope=der.number(members[1][1]),
        filter=filter_text(der.element(tag, condition)),
        attributes=tuple(from_bytes(one, 64) for _, one in list(attributes)[:MAX_ATTRIBUTES]),
    )


def _oid(content: bytes) -> str:
    """Read an object identifier, which LDAP writes as text."""
    return from_bytes(content, 64)
