"""Holds one try to sign in until its outcome is seen, and then writes it down.

Before this on the path: the readers, which see a name first and an answer later. After it: ``Login`` records.
The secret never comes here: a reader passes the name only.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from detectors.contract.conversations import Login
from detectors.telemetry.readers.base import Piece, Reader
from detectors.telemetry.readers.texts import clean

MAX_LOGINS = 5_000
"""Tries kept of one conversation: enough to count an attack, too few to fill the notes with one."""


@dataclass(frozen=True, slots=True)
class _Try:
    user: str
    mechanism: str
    is_cleartext: bool
    piece: Piece


class SigningIn:
    """The open try of one conversation."""

    def __init__(self, reader: Reader, protocol: str) -> None:
        """Remember for whom the records are written, and what ``Login.protocol`` says."""
        self._reader = reader
        self._protocol = protocol
        self._open: _Try | None = None
        self._written = 0

    @property
    def is_open(self) -> bool:
        """Tell whether a try waits for its answer."""
        return self._open is not None

    def begin(self, piece: Piece, user: str, mechanism: str, *, is_cleartext: bool = True) -> None:
        """Someone shows who they are; a try before this one stays without outcome."""
        self.settle("unknown")
        origin = Piece(b"", piece.is_from_client, piece.record, piece.at_s)
        self._open = _Try(clean(user), mechanism, is_cleartext, origin)

    def rename(self, user: str) -> None:
        """Give the open try its name, which came later than the try itself."""
        if self._open is not None:
            self._open = replace(self._open, user=clean(user))

    def settle(self, outcome: str) -> None:
        """Write the open try down as ``ok``, ``failed`` or ``unknown``; without one nothing happens."""
        one, self._open = self._open, None
        if one is None:
            return
        self._written += 1
        if self._written > MAX_LOGINS:
            self._reader.notes.dropped += 1
            return
        ends = self._reader.ends
        self._reader.notes.add(
            Login(
                flow=ends.flow,
                record=one.piece.record,
                at_s=one.piece.at_s,
                client=ends.client,
                server=ends.server,
                server_port=ends.server_port,
                protocol=self._protocol,
                user=one.user,
                outcome=outcome,
                is_cleartext=one.is_cleartext,
                mechanism=one.mechanism,
            )
        )

    def once(self, piece: Piece, user: str, mechanism: str, outcome: str, *, is_cleartext: bool = True) -> None:
        """Write down a try whose outcome is known at once."""
        self.begin(piece, user, mechanism, is_cleartext=is_cleartext)
        self.settle(outcome)


def plain_user(token: bytes) -> str:
    """Read the name from a SASL PLAIN token (RFC 4616): whom to act as, zero, name, zero, secret."""
    parts = token.split(b"\0", 2)
    return clean(parts[1].decode("utf-8", "backslashreplace")) if len(parts) > 1 else ""
