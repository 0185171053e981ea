"""Cuts a conversation into lines of text, for the protocols that people once typed.

Before this on the path: ``conversations.py``. After it: the readers of FTP, mail, chat and others, one line at a time.
"""

from __future__ import annotations

import re
from abc import abstractmethod

from detectors.contract.conversations import StreamSign
from detectors.telemetry.readers.base import Ends, Notes, Piece, Reader

MAX_LINE = 4_096
"""Of a longer line the rest is dropped. RFC 5321 allows 512, tokens of today need more."""
LONG_LINE = 512
_RUN = re.compile(rb"([!-~\x90])\1{199}")
"""One letter 200 times: no name, no address and no key."""
_HALF_END = re.compile(rb"(?:vrfy|expn|helo|ehlo|user|cwd|list|stat) [^\r\n]{0,8}\n[^\r\n]{1,200}\r\n", re.IGNORECASE)
"""A command broken off by half a line end, which programs never send and some servers fall over."""
MAX_BYTES = 1 << 20
"""Read of one conversation; what comes then is the contents, not the sign-in."""


class LineReader(Reader):
    """Reads lines of both sides."""

    max_bytes = MAX_BYTES

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the first line."""
        super().__init__(ends, notes)
        self._begun = [b"", b""]
        self._read_bytes = 0
        self._has_long = False

    @property
    def held_bytes(self) -> int:
        """Tell how many bytes wait for the end of their line."""
        return len(self._begun[0]) + len(self._begun[1])

    def feed(self, piece: Piece) -> None:
        """Take the next bytes of one side."""
        side = piece.is_from_client
        if side and _HALF_END.match(piece.data):
            word = piece.data.split(None, 1)[0]
            self.notes.add(StreamSign(self.ends.flow, piece.record, piece.at_s, "broken_line", True, word))  # noqa: FBT003
        begun = b"" if piece.is_after_gap else self._begun[side]
        *lines, rest = (begun + piece.data).split(b"\n")
        self._begun[side] = rest[:MAX_LINE]
        for line in lines:
            if self.is_done:
                return
            self.take_line(line[:MAX_LINE].rstrip(b"\r"), piece)
            if len(line) >= LONG_LINE and side:
                self._look_at_long(line[:MAX_LINE], piece)
        self._read_bytes += len(piece.data)
        if self._read_bytes > self.max_bytes:
            self.is_done = True

    def _look_at_long(self, line: bytes, piece: Piece) -> None:
        """Write down that a command is filled with one letter; only its first word, as the rest may be a secret."""
        if not self._has_long and _RUN.search(line):
            self._has_long = True
            word = line.split(None, 1)[0][:16]
            self.notes.add(StreamSign(self.ends.flow, piece.record, piece.at_s, "long_line", True, word))  # noqa: FBT003

    @abstractmethod
    def take_line(self, line: bytes, piece: Piece) -> None:
        """Read one line without its end."""

    def go_dark(self) -> None:
        """Let the reader of encrypted sessions read on (STARTTLS)."""
        from detectors.telemetry.readers.tls import TlsReader  # noqa: PLC0415 - readers name each other

        self._begun = [b"", b""]
        self.hand_over(TlsReader)


def words(line: bytes, most: int = 2) -> list[bytes]:
    """Split a line at its first blanks; the first word in upper case, empty where there is none."""
    parts = line.strip().split(None, most - 1)
    return [parts[0].upper(), *parts[1:]] if parts else [b""]
