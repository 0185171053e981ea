"""Reads rlogin, rsh and rexec (RFC 1282, BSD): names in the clear, trust instead of a password, or one in the clear.

Before this on the path: ``conversations.py``, by port and shape. After it: ``Login`` records.
"""

from __future__ import annotations

from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.signing_in import SigningIn
from detectors.telemetry.readers.texts import from_bytes

EXEC_PORT, LOGIN_PORT, SHELL_PORT = 512, 513, 514
_NAMES = {EXEC_PORT: "rexec", LOGIN_PORT: "rlogin", SHELL_PORT: "rsh"}
_MAX_HEAD = 1_024
_MAX_DIGITS = 5


class RCommandReader(Reader):
    """One call of one of the three."""

    service = "rsh"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the first byte."""
        super().__init__(ends, notes)
        self._signing_in = SigningIn(self, self.name)
        self._head = b""
        self._is_known = False

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:
        """Know the texts, each ended by zero, that a client begins with on these ports."""
        head, is_whole, _ = piece.data.partition(b"\0")
        if not piece.is_from_client or not is_whole or ends.server_port not in _NAMES:
            return NO
        is_port = len(head) <= _MAX_DIGITS and (head.isdigit() or not head)
        return SURE if is_port else NO

    @property
    def name(self) -> str:
        """Tell which of the three it is."""
        return _NAMES.get(self.ends.server_port, self.service)

    def feed(self, piece: Piece) -> None:
        """Take the client's names, and the server's first byte."""
        if piece.is_from_client and not self._is_known:
            self._head = (self._head + piece.data)[:_MAX_HEAD]
            self._read_names(piece)
        elif not piece.is_from_client and self._is_known:
            self._signing_in.settle("ok" if piece.data[0] == 0 else "failed")
            self.is_done = True

    def _read_names(self, piece: Piece) -> None:
        """Find the name on the server: rexec sends it first, the others the client's own before it."""
        parts = self._head.split(b"\0")
        if len(parts) < 4:  # noqa: PLR2004 - port, two texts, and a beginning of the next
            return
        has_secret = self.ends.server_port == EXEC_PORT
        user = parts[1] if has_secret else parts[2]
        self._signing_in.begin(piece, from_bytes(user), "plain" if has_secret else "trust")
        self._is_known, self._head = True, b""

    def close(self) -> None:
        """Write down a call that was never answered."""
        self._signing_in.settle("unknown")
