"""Reads who signs in to a remote screen (VNC, RDP), and knows SSH by its banner.

Before this on the path: ``conversations.py``. After it: ``Login`` records; everything later is encrypted, or pictures.
"""

from __future__ import annotations

import re

from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.signing_in import SigningIn
from detectors.telemetry.readers.texts import from_bytes

_RFB = re.compile(rb"RFB \d{3}\.\d{3}\n")
_CHALLENGE_BYTES, _RESULT_BYTES = 16, 4
_NO_PASSWORD, _VNC_PASSWORD = 1, 2
_VERSION, _OFFER, _CHOICE, _CHALLENGE, _RESPONSE, _RESULT = range(6)
_TPKT, _CONNECT, _CONFIRM = b"\x03\x00", 0xE0, 0xD0
_COOKIE = re.compile(rb"Cookie: mstshash=([^\r\n]{0,256})")


class VncReader(Reader):
    """A VNC session (RFC 6143). Its challenge is answered with single DES, so a listener can work the password out."""

    service = "vnc"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the versions."""
        super().__init__(ends, notes)
        self._signing_in = SigningIn(self, "vnc")
        self._expects = _VERSION
        self._is_old = False
        self._held = b""

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know the line that both sides begin with."""
        return SURE if _RFB.match(piece.data) else NO

    @property
    def held_bytes(self) -> int:
        """Tell how many bytes wait for more."""
        return len(self._held)

    def feed(self, piece: Piece) -> None:
        """Take the next step of the one who is to speak."""
        if self._expects == _VERSION:
            if piece.is_from_client:
                self._is_old = piece.data[:11] < b"RFB 003.007"
                self._expects, self._held = _OFFER, piece.data[12:]
            return
        is_clients_turn = self._expects in (_CHOICE, _RESPONSE)
        if piece.is_from_client == is_clients_turn:
            self._held = (self._held + piece.data)[:256]
            self._step(piece)
        elif self._expects == _CHALLENGE:
            self.is_done = True

    def _step(self, piece: Piece) -> None:
        held = self._held
        if self._expects == _OFFER and self._is_old and len(held) >= _RESULT_BYTES:
            self._held = held[_RESULT_BYTES:]
            self._choose(held[3])
        elif self._expects == _OFFER and not self._is_old and len(held) > held[0]:
            self._expects, self._held = _CHOICE, b""
        elif self._expects == _CHOICE:
            self._held = b""
            self._choose(held[0])
        if self._expects == _CHALLENGE and len(self._held) >= _CHALLENGE_BYTES:
            self._expects, self._held = _RESPONSE, b""
        elif self._expects == _RESPONSE and len(self._held) >= _CHALLENGE_BYTES:
            self._expects, self._held = _RESULT, b""
            self._signing_in.begin(piece, "", "des", is_cleartext=True)
        elif self._expects == _RESULT and len(self._held) >= _RESULT_BYTES:
            self._signing_in.settle("failed" if any(self._held[:_RESULT_BYTES]) else "ok")
            self.is_done = True

    def _choose(self, kind: int) -> None:
        if kind == _VNC_PASSWORD:
            self._expects = _CHALLENGE
        else:
            self.is_done = True

    def close(self) -> None:
        """Write down a try whose outcome was not seen."""
        self._signing_in.settle("unknown")


class RdpReader(Reader):
    """A Windows remote desktop (MS-RDPBCGR): the name in the first message is all that is in the clear."""

    service = "rdp"

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know the first message, and its answer."""
        data = piece.data
        is_ours = data[:2] == _TPKT and len(data) >= 11 and data[5] in (_CONNECT, _CONFIRM)  # noqa: PLR2004
        return SURE if is_ours and data[4] == int.from_bytes(data[2:4], "big") - 5 else NO

    def feed(self, piece: Piece) -> None:
        """Read the name in the first message."""
        data = piece.data
        if piece.is_from_client and data[5:6] == bytes([_CONNECT]) and (found := _COOKIE.search(data[:512])):
            SigningIn(self, "rdp").once(piece, from_bytes(found[1]), "cookie", "unknown", is_cleartext=False)
        elif not piece.is_from_client:
            self.is_done = True


class SshReader(Reader):
    """A secure shell: known by its banner; the rest is for no one to read."""

    service = "ssh"

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know the banner."""
        return SURE if piece.data.startswith((b"SSH-2.", b"SSH-1.")) else NO

    def feed(self, piece: Piece) -> None:  # noqa: ARG002 - nothing is read
        """Want nothing more."""
        self.is_done = True
