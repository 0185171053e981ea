"""Reads the beginning of SOCKS 4 and 5 (RFC 1928, 1929): a proxy, and who signs in to it.

Before this on the path: ``conversations.py``. After it: ``Login`` records.
"""

from __future__ import annotations

from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.signing_in import SigningIn
from detectors.telemetry.readers.texts import from_bytes, until_zero

_FIVE, _FOUR = 5, 4
_KNOWN_METHODS = frozenset({0, 1, 2, 3, 5, 6, 8, 9, 0x80, 0x82})
_PASSWORD = 2
_MAX_HEAD = 1_024
_GREETING, _CHOICE, _SECRET, _OUTCOME = range(4)


class SocksReader(Reader):
    """One connection through a proxy, until the proxy has let it in."""

    service = "socks"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the greeting."""
        super().__init__(ends, notes)
        self._signing_in = SigningIn(self, "socks")
        self._expects = _GREETING

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know a greeting that offers known methods, or a request of version 4."""
        data = piece.data
        if not piece.is_from_client or len(data) < 3:  # noqa: PLR2004 - version, count, a method
            return NO
        if data[0] == _FIVE:
            return SURE if len(data) == 2 + data[1] and set(data[2:]) <= _KNOWN_METHODS else NO
        is_four = data[0] == _FOUR and data[1] in (1, 2) and 9 <= len(data) <= _MAX_HEAD and data[-1] == 0  # noqa: PLR2004
        # A port of zero is no request; a port that equals the length is the head of an answer of SQL Server.
        return SURE if is_four and int.from_bytes(data[2:4], "big") not in (0, len(data)) else NO

    def feed(self, piece: Piece) -> None:
        """Take the next step."""
        data = piece.data
        if piece.is_from_client:
            self._ask(data, piece)
        elif self._expects == _CHOICE:
            self._expects = _SECRET
            self.is_done = data[1:2] != bytes([_PASSWORD])
        elif self._expects == _OUTCOME:
            self._signing_in.settle("ok" if data[1:2] in (b"\0", b"\x5a") else "failed")
            self.is_done = True

    def _ask(self, data: bytes, piece: Piece) -> None:
        if self._expects == _GREETING and data[0] == _FIVE:
            self._expects = _CHOICE
        elif self._expects == _GREETING:
            if user := until_zero(data[8:]):
                self._signing_in.begin(piece, user, "name", is_cleartext=False)
            self._expects = _OUTCOME
        elif self._expects == _SECRET:
            self._expects = _OUTCOME
            if len(data) > 1:
                self._signing_in.begin(piece, from_bytes(data[2 : 2 + data[1]]), "plain")

    def close(self) -> None:
        """Write down a try whose outcome was not seen."""
        self._signing_in.settle("unknown")
