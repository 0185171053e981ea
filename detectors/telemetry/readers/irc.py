"""Reads the beginning of IRC (RFC 2812): the password of a server, the name, and whether it was let in.

Before this on the path: ``conversations.py``. After it: ``Login`` records.
"""

from __future__ import annotations

import re

from detectors.contract.conversations import StreamSign
from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece
from detectors.telemetry.readers.lines import LineReader, words
from detectors.telemetry.readers.signing_in import SigningIn
from detectors.telemetry.readers.texts import from_bytes

_STARTS = re.compile(
    rb"(PASS [^\r\n]{1,256}\r?\n)?(NICK :?[^\s]{1,64}\r?\n|USER \S+ \S+ \S+ :?[^\r\n]*\r?\n|CAP LS)", re.IGNORECASE
)
_GREETS = re.compile(rb":[\w.-]{1,128} (NOTICE (AUTH|\*) :|\d{3} )")
_WELCOME, _WRONG_PASSWORD, _SASL_OK, _SASL_FAILED = b"001", b"464", b"903", b"904"
_IDENTIFIES = re.compile(rb"(PRIVMSG|NOTICE|SQUERY)? ?:?NICKSERV :?IDENTIFY ", re.IGNORECASE)


MAX_NAME_BYTES = 64


class IrcReader(LineReader):
    """One connection to a chat server."""

    service = "irc"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the first line."""
        super().__init__(ends, notes)
        self._signing_in = SigningIn(self, "irc")
        self._nick = ""
        self._is_named = False
        self._pass_piece: Piece | None = None

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know how clients introduce themselves, and how servers greet."""
        return SURE if (_STARTS if piece.is_from_client else _GREETS).match(piece.data) else NO

    def take_line(self, line: bytes, piece: Piece) -> None:
        """Read a command or an answer."""
        if not piece.is_from_client:
            self._answer(line.split(None, 2))
            return
        command, *rest = words(line)
        if command == b"PASS":
            self._pass_piece = Piece(b"", True, piece.record, piece.at_s)  # noqa: FBT003
        elif command == b"NICK" and rest:
            self._nick = from_bytes(rest[0].lstrip(b":"))
            self._write_name(rest[0].lstrip(b":"), piece)
        elif command == b"USER" and self._pass_piece is not None:
            self._signing_in.begin(self._pass_piece, self._nick or from_bytes(words(rest[0])[0]), "pass")
            self._pass_piece = None
        elif _IDENTIFIES.match(line):
            self._signing_in.begin(piece, self._nick, "nickserv")

    def _write_name(self, name: bytes, piece: Piece) -> None:
        """Write down the first name: machines that wait for orders give themselves telling ones."""
        if not self._is_named:
            self._is_named = True
            head = name[:MAX_NAME_BYTES]
            self.notes.add(StreamSign(self.ends.flow, piece.record, piece.at_s, "chat_name", True, head))  # noqa: FBT003

    def _answer(self, parts: list[bytes]) -> None:
        code = parts[1] if len(parts) > 1 else b""
        if code in (_WELCOME, _SASL_OK):
            self._signing_in.settle("ok")
        elif code in (_WRONG_PASSWORD, _SASL_FAILED):
            self._signing_in.settle("failed")

    def close(self) -> None:
        """Write down a try whose outcome was not seen."""
        if self._pass_piece is not None:
            self._signing_in.begin(self._pass_piece, self._nick, "pass")
        self._signing_in.settle("unknown")
