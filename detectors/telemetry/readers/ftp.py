"""Reads FTP (RFC 959): who signs in, which files come and go, and which connections carry them.

Before this on the path: ``conversations.py``. After it: ``Login`` records, a ``StreamSign`` for each file name, and the
expected data connections in ``Notes.expected``.
"""

from __future__ import annotations

import re

from detectors.contract.conversations import StreamSign
from detectors.telemetry.readers.base import MAYBE, NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.lines import LineReader, words
from detectors.telemetry.readers.signing_in import SigningIn
from detectors.telemetry.readers.texts import from_bytes

CONTROL_PORT, DATA_PORT = 21, 20
_NAMES_FTP = re.compile(rb"220[ -][^\n]{0,400}(FTP|FileZilla)", re.IGNORECASE)
_SIGNS_IN = re.compile(rb"USER [^\s]{1,128}\r?\n", re.IGNORECASE)
_SIX_NUMBERS = re.compile(rb"(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3}),(\d{1,3})")
_LAST_FIELD = re.compile(rb"\|(\d{1,5})\|")
_MOVES = {b"RETR": "ftp_retrieve", b"STOR": "ftp_store", b"STOU": "ftp_store", b"APPE": "ftp_store"}
MAX_FILES = 1_000
"""File names kept of one conversation."""
_DATA_SEEN_BYTES = 2_048


class FtpReader(LineReader):
    """The conversation that commands travel in."""

    service = "ftp"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the greeting."""
        super().__init__(ends, notes)
        self._signing_in = SigningIn(self, "ftp")
        self._user = ""
        self._named_by: Piece | None = None
        self._wants_tls = False
        self._files = 0

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:
        """Know a greeting that says FTP, a client that gives its name, and a greeting on the port of FTP."""
        data = piece.data
        if piece.is_from_client:
            return SURE if _SIGNS_IN.match(data) else NO
        if _NAMES_FTP.match(data):
            return SURE
        return MAYBE if ends.server_port == CONTROL_PORT and data[:3].isdigit() else NO

    def take_line(self, line: bytes, piece: Piece) -> None:
        """Read a command or an answer."""
        if piece.is_from_client:
            command, *rest = words(line)
            self._command(command, rest[0] if rest else b"", piece)
        elif line[:3].isdigit() and line[3:4] != b"-":
            self._answer(line[:3], line)

    def _command(self, command: bytes, argument: bytes, piece: Piece) -> None:
        self._wants_tls = command == b"AUTH"
        if command == b"USER":
            self._user, self._named_by = from_bytes(argument), piece
        elif command == b"PASS":
            self._signing_in.begin(piece, self._user, "plain")
            self._named_by = None
        elif command == b"PORT":
            self._expect(_SIX_NUMBERS.match(argument))
        elif command == b"EPRT" and (found := _LAST_FIELD.search(argument)):
            self._expect_at(self.ends.client, int(found[1]))
        elif command in _MOVES and self._files < MAX_FILES:
            self._files += 1
            ends = self.ends
            self.notes.add(StreamSign(ends.flow, piece.record, piece.at_s, _MOVES[command], True, argument[:128]))  # noqa: FBT003

    def _answer(self, code: bytes, line: bytes) -> None:
        if code == b"230":
            self._signing_in.settle("ok")
        elif code in (b"530", b"430", b"421", b"332"):
            if not self._signing_in.is_open and self._named_by is not None:  # the name alone was refused
                self._signing_in.begin(self._named_by, self._user, "name", is_cleartext=False)
            self._signing_in.settle("failed")
            self._named_by = None
        elif code == b"234" and self._wants_tls:
            self.go_dark()
        elif code == b"227":
            self._expect(_SIX_NUMBERS.search(line))
        elif code == b"229" and (found := _LAST_FIELD.search(line)):
            self._expect_at(self.ends.server, int(found[1]))

    def _expect(self, found: re.Match[bytes] | None) -> None:
        """Read four numbers of an address and two of a port."""
        if found is None:
            return
        numbers = [int(one) for one in found.groups()]
        if max(numbers) <= 255:  # noqa: PLR2004 - bytes
            self._expect_at(".".join(map(str, numbers[:4])), numbers[4] << 8 | numbers[5])

    def _expect_at(self, host: str, port: int) -> None:
        self.notes.expect(host, port, FtpDataReader)

    def close(self) -> None:
        """Write down a try that was never answered."""
        self._signing_in.settle("unknown")


class FtpDataReader(Reader):
    """A connection that carries a file or a listing: its beginning is kept as an ``Opening``."""

    service = "ftp-data"
    wants_opening = True

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the first byte."""
        super().__init__(ends, notes)
        self._seen_bytes = 0

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - any content
        """Know the port of active data connections; passive ones are expected by ``FtpReader``."""
        return MAYBE if DATA_PORT in (ends.client_port, ends.server_port) else NO

    def feed(self, piece: Piece) -> None:
        """Let the beginning pass."""
        self._seen_bytes += len(piece.data)
        self.is_done = self._seen_bytes >= _DATA_SEEN_BYTES
