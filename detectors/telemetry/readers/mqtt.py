"""Reads the connect message of MQTT (OASIS MQTT 3.1.1 and 5), whose password travels in the clear.

Before this on the path: ``conversations.py``. After it: ``Login`` records.
"""

from __future__ import annotations

from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.signing_in import SigningIn
from detectors.telemetry.readers.texts import from_bytes

_CONNECT, _ACKNOWLEDGE = 0x10, 0x20
_HAS_USER, _HAS_SECRET, _HAS_WILL = 0x80, 0x40, 0x04
_FIVE = 5


def _head_at(data: bytes) -> int:
    """Find where the variable header begins: behind at most four bytes of length. 0 when it is not there."""
    return next((at + 1 for at in range(1, min(5, len(data))) if data[at] < 0x80), 0)  # noqa: PLR2004 - the last byte


class MqttReader(Reader):
    """One connection to a message broker, until the broker has let it in."""

    service = "mqtt"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the connect message."""
        super().__init__(ends, notes)
        self._signing_in = SigningIn(self, "mqtt")

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know the protocol's name in the connect message."""
        data, at = piece.data, _head_at(piece.data)
        is_ours = data[0] == _CONNECT and at and data[at : at + 6] in (b"\0\4MQTT", b"\0\6MQIs")
        return SURE if is_ours else NO

    def feed(self, piece: Piece) -> None:
        """Read the connect message, and whether it was accepted."""
        data = piece.data
        if piece.is_from_client and data[0] == _CONNECT:
            self._connect(data, piece)
        elif not piece.is_from_client:
            is_accepted = len(data) > 3 and data[0] == _ACKNOWLEDGE and data[3] == 0  # noqa: PLR2004 - the return code
            self._signing_in.settle("ok" if is_accepted else "failed")
            self.is_done = True

    def _connect(self, data: bytes, piece: Piece) -> None:
        at = _head_at(data)
        at += 2 + int.from_bytes(data[at : at + 2], "big")
        version, flags = data[at : at + 1], data[at + 1 : at + 2]
        if not flags or not flags[0] & _HAS_SECRET:
            return
        at += 4
        if version == bytes([_FIVE]):
            at += 1 + (data[at] if at < len(data) else 0)  # properties; longer ones than 127 bytes are not followed
        for _ in range(3 if flags[0] & _HAS_WILL else 1):
            at += 2 + int.from_bytes(data[at : at + 2], "big")
        size = int.from_bytes(data[at : at + 2], "big")
        user = from_bytes(data[at + 2 : at + 2 + size]) if flags[0] & _HAS_USER else ""
        self._signing_in.begin(piece, user, "plain")

    def close(self) -> None:
        """Write down a try whose outcome was not seen."""
        self._signing_in.settle("unknown")
