"""Reads SNMP 1 and 2c (RFC 1157, 1901): each request shows a community, which is a password in the clear.

Before this on the path: ``conversations.py``. After it: ``Login`` records, one for each change of community. They are
told apart by a keyed number that means nothing outside this process.
"""

from __future__ import annotations

from detectors.telemetry.readers import der
from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.signing_in import SigningIn

_REQUESTS, _RESPONSE, _LAST_KIND = range(0xA0, 0xA9), 0xA2, 0xA8
_VERSIONS, _VERSION_3 = (0, 1), 3
_MAX_TRIES = 1_000


def parts_of(data: bytes) -> tuple[int, bytes, int] | None:
    """Return version, community and kind of message; None for what is no SNMP. The community of version 3 is empty."""
    found = der.head(data)
    if found is None or found[0] != der.SEQUENCE:
        return None
    members = list(der.items(data[found[1] :]))[:3]
    if len(members) < 3 or members[0][0] != der.INTEGER or len(members[0][1]) != 1:  # noqa: PLR2004
        return None
    version = members[0][1][0]
    if version == _VERSION_3 and members[1][0] == der.SEQUENCE:
        return version, b"", 0
    is_ours = version in _VERSIONS and members[1][0] == der.OCTETS and members[2][0] in _REQUESTS
    return (version, members[1][1], members[2][0]) if is_ours else None


class SnmpReader(Reader):
    """Questions to a managed device."""

    service = "snmp"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the first question."""
        super().__init__(ends, notes)
        self._signing_in = SigningIn(self, "snmp")
        self._last: int | None = None
        self._tries = 0

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know version, community and kind."""
        return SURE if parts_of(piece.data) else NO

    def feed(self, piece: Piece) -> None:
        """Read one datagram."""
        found = parts_of(piece.data)
        if found is None:
            return
        version, community, kind = found
        if version == _VERSION_3:
            return
        if kind == _RESPONSE:
            self._signing_in.settle("ok")
        elif hash(community) != self._last and self._tries < _MAX_TRIES:
            self._last = hash(community)
            self._tries += 1
            self._signing_in.begin(piece, "", "community")

    def close(self) -> None:
        """Write down a question that was never answered."""
        self._signing_in.settle("unknown")
