"""Cuts a conversation into lines of text, for the protocols that people once typed.

Before this on the path: ``conversations.py``. After it: the readers of FTP, mail, chat and others, one line at a time.
"""

from __future__ import annotations

from abc import abstractmethod

from detectors.telemetry.readers.base import Ends, Notes, Piece, Reader

MAX_LINE = 4_096
"""Of a longer line the rest is dropped. RFC 5321 allows 512, tokens of today need more."""
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

    @property
    def held_bytes(self) -> int:
        """Tell how many bytes wait for the end of their line."""
        return len(self._begun[0]) + len(self._begun[1])

    def feed(self, piece: Piece) -> None:
        """Take the next bytes of one side."""
        side = piece.is_from_client
        begun = b"" if piece.is_after_gap else self._begun[side]
        *lines, rest = (begun + piece.data).split(b"\n")
        self._begun[side] = rest[:MAX_LINE]
        for line in lines:
            if self.is_done:
                return
            self.take_line(line[:MAX_LINE].rstrip(b"\r"), piece)
        self._read_bytes += len(piece.data)
        if self._read_bytes > self.max_bytes:
            self.is_done = True

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
