"""Reads SMB 1, 2 and 3 over TCP, with or without NetBIOS before it.

Before this on the path: ``conversations.py``. After it: ``smb1.py`` and ``smb2.py`` read the messages. Large files are
passed over: of what is written or read, the first 512 bytes are kept.
"""

from __future__ import annotations

from detectors.telemetry.readers.base import NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.framing import NO_MESSAGE, Frame, Framer
from detectors.telemetry.readers.smb1 import MAGIC as MAGIC_1
from detectors.telemetry.readers.smb1 import Smb1Talk
from detectors.telemetry.readers.smb2 import MAGIC as MAGIC_2
from detectors.telemetry.readers.smb2 import Smb2Talk

_ENCRYPTED, _COMPRESSED = b"\xfdSMB", b"\xfcSMB"
_MAGICS = (MAGIC_1, MAGIC_2, _ENCRYPTED, _COMPRESSED)
_MESSAGE, _SESSION_REQUEST, _KEEP_ALIVE = 0x00, 0x81, 0x85
_ANSWERS_TO_REQUEST = (0x82, 0x83, 0x84)
_HEAD = 4
_SMALLEST_HEAD = 32
_NAMES_BYTES = 72
"""A session request: its head and two encoded names."""
MAX_COMPRESSED = 64
"""Compressed messages of one conversation that are written down: their head is where an attack shows."""


def measure(data: bytes, _is_from_client: bool = True) -> int:  # noqa: FBT001, FBT002 - the shape of a measure
    """Tell how long the session message is that begins here (RFC 1002, 4.3.1; MS-SMB2 2.1)."""
    if not data or (len(data) < _HEAD and data[0] in (_MESSAGE, _SESSION_REQUEST, _KEEP_ALIVE, *_ANSWERS_TO_REQUEST)):
        return 0
    size = int.from_bytes(data[1:4], "big") + _HEAD
    if data[0] == _MESSAGE:
        start = data[4:8]
        is_ours = size >= _HEAD + _SMALLEST_HEAD and any(magic.startswith(start) for magic in _MAGICS)
        return (size if len(start) == len(MAGIC_2) else 0) if is_ours else NO_MESSAGE
    is_session = data[0] in (_SESSION_REQUEST, _KEEP_ALIVE, *_ANSWERS_TO_REQUEST)
    return size if is_session and size <= 1_024 else NO_MESSAGE  # noqa: PLR2004 - two names and no more


class SmbReader(Reader):
    """One conversation, of either dialect; a client may begin in 1 and go on in 2."""

    service = "smb"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin a conversation."""
        super().__init__(ends, notes)
        self._framer = Framer(measure, pass_over=lambda size, side: self.skip(size, is_from_client=side))
        self._one = Smb1Talk(self)
        self._two = Smb2Talk(self)
        self._is_encrypted = False
        self._compressed = 0

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know the mark of a message, or a request for a NetBIOS session."""
        data = piece.data
        if data[:1] == bytes([_SESSION_REQUEST]):
            return SURE if len(data) == _NAMES_BYTES and measure(data) == len(data) else NO
        return SURE if data[4:8] in _MAGICS and measure(data) > 0 else NO

    @property
    def held_bytes(self) -> int:
        """Tell how many bytes wait for more."""
        return self._framer.held_bytes + self._one.held_bytes + self._two.held_bytes

    def feed(self, piece: Piece) -> None:
        """Take the next bytes of one side."""
        for frame in self._framer.take(piece):
            if frame.data[0] == _MESSAGE:
                self._take(Frame(frame.data[_HEAD:], frame.size - _HEAD, frame.piece))

    def _take(self, frame: Frame) -> None:
        magic = frame.data[:4]
        if magic == MAGIC_2:
            self._two.take(frame)
        elif magic == MAGIC_1:
            self._one.take(frame)
        elif magic == _ENCRYPTED and not self._is_encrypted:
            self._is_encrypted = True
            self._write(frame, "encrypted", b"")
        elif magic == _COMPRESSED and self._compressed < MAX_COMPRESSED:
            self._compressed += 1
            self._write(frame, "compressed", frame.data)

    def _write(self, frame: Frame, command: str, data: bytes) -> None:
        self._two.dialect = 3
        self._two.write(self._two.record(frame.piece, command, data=data, size=frame.size))

    def close(self) -> None:
        """Write down what is half known."""
        self._one.close()
        self._two.close()
