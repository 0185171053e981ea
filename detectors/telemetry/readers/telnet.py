"""Reads Telnet (RFC 854): the prompts of a sign-in, the name that was typed, and what came of it.

Before this on the path: ``conversations.py``. After it: ``Login`` records. What is typed after the word "password" is
passed over, letter by letter.
"""

from __future__ import annotations

import re

from detectors.telemetry.readers.base import MAYBE, NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.signing_in import SigningIn
from detectors.telemetry.readers.texts import MAX_NAME, from_bytes

PORTS = (23, 2323)
_COMMAND, _SUBOPTION, _FIRST_OPTION, _LAST_OPTION = 0xFF, 0xFA, 0xFB, 0xFE
_HIGHEST_OPTION = 0x50
_OPTIONS = re.compile(rb"\xff(?:\xfa.{0,512}?\xff\xf0|[\xfb-\xfe].|[\xf0-\xf9])|\x1b\[[0-9;?]{0,16}[A-Za-z]", re.DOTALL)
_ASKS_NAME = re.compile(rb"(login|user ?name|user|account)\s{0,3}:\s{0,3}$", re.IGNORECASE)
_ASKS_SECRET = re.compile(rb"(pass ?word|passcode)[^\n:]{0,40}:\s{0,3}$", re.IGNORECASE)
_REFUSES = re.compile(rb"incorrect|fail|invalid|denied|bad pass|wrong|not allowed", re.IGNORECASE)
_WELCOMES = re.compile(rb"last login|welcome|[$#>%]\s{0,3}$", re.IGNORECASE)
_TAIL_BYTES = 200
"""What is kept of the server's last words."""
_READ_BYTES = 256 << 10
_NOTHING, _NAME, _SECRET, _OUTCOME = range(4)


class TelnetReader(Reader):
    """One terminal session."""

    service = "telnet"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the first prompt."""
        super().__init__(ends, notes)
        self._signing_in = SigningIn(self, "telnet")
        self._expects = _NOTHING
        self._tail = b""
        self._typed = b""
        self._user = ""
        self._read_bytes = 0

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:
        """Know the exchange of options, and anything printable on the port."""
        data = piece.data
        if len(data) > 2 and data[0] == _COMMAND and _FIRST_OPTION <= data[1] <= _LAST_OPTION:  # noqa: PLR2004
            return SURE if data[2] <= _HIGHEST_OPTION else NO
        return MAYBE if ends.server_port in PORTS else NO

    def feed(self, piece: Piece) -> None:
        """Take what is shown or typed."""
        text = _OPTIONS.sub(b"", piece.data).replace(b"\0", b"")
        if piece.is_from_client:
            self._type(text, piece)
        elif text:
            self._show(text)
        self._read_bytes += len(piece.data)
        self.is_done = self.is_done or self._read_bytes > _READ_BYTES

    def close(self) -> None:
        """Write down a try whose outcome was not seen."""
        self._signing_in.settle("unknown")

    def _show(self, text: bytes) -> None:
        self._tail = (self._tail + text)[-_TAIL_BYTES:]
        last = self._tail.rstrip(b"\r\n")
        if self._expects == _OUTCOME:
            self._judge(last)
        if _ASKS_SECRET.search(last):
            self._expects, self._typed = _SECRET, b""
        elif _ASKS_NAME.search(last) and not re.search(rb"last login", last, re.IGNORECASE):
            self._expects, self._typed, self._user = _NAME, b"", ""

    def _judge(self, last: bytes) -> None:
        """Tell from the server's words, or from its next prompt, how the try went."""
        if _REFUSES.search(last) or _ASKS_SECRET.search(last):
            self._settle("failed")
        elif _WELCOMES.search(last):
            self._settle("ok")
        elif _ASKS_NAME.search(last):
            self._settle("failed")

    def _settle(self, outcome: str) -> None:
        self._signing_in.settle(outcome)
        self._expects = _NOTHING

    def _type(self, text: bytes, piece: Piece) -> None:
        if self._expects not in (_NAME, _SECRET):
            return
        ends_line = b"\r" in text or b"\n" in text
        if self._expects == _NAME:
            self._typed = _correct(self._typed + text.split(b"\r")[0].split(b"\n")[0])[:MAX_NAME]
            if ends_line:
                self._user, self._typed, self._expects = from_bytes(self._typed), b"", _NOTHING
        elif ends_line:
            self._signing_in.begin(piece, self._user, "plain")
            self._expects, self._tail = _OUTCOME, b""


def _correct(typed: bytes) -> bytes:
    """Apply the backspaces that were typed."""
    letters = bytearray()
    for one in typed:
        if one in (8, 127):
            del letters[-1:]
        else:
            letters.append(one)
    return bytes(letters)
