"""Reads SMB 2 and 3 (MS-SMB2): who signs in, which shares, files and pipes are opened, what is written to them.

Before this on the path: ``smb.py``, which cuts the stream into messages. After it: ``smb_talk.py``.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace

from detectors.telemetry.readers.base import Piece, Reader
from detectors.telemetry.readers.framing import Frame
from detectors.telemetry.readers.smb_talk import HEAD_BYTES, Asked, SmbTalk
from detectors.telemetry.readers.texts import from_utf16

MAGIC = b"\xfeSMB"
NEGOTIATE, SESSION_SETUP, TREE_CONNECT, CREATE, CLOSE, READ, WRITE, IOCTL = 0, 1, 3, 5, 6, 8, 9, 11
_HEAD = 64
_IS_ANSWER = 1
_MAX_CHAINED = 16
PIPE_TRANSCEIVE = 0x0011C017
"""Write to a pipe and read its answer in one request (MS-FSCC 2.3)."""
_SAME_FILE = b"\xff" * 16
"""The file that an earlier request of the same message opens."""
_DIALECT_3 = 0x0300
_MORE_DATA = 0x80000005
"""A pipe has more to say than was asked for; what it gave is good."""


class Smb2Talk(SmbTalk):
    """One conversation of SMB 2 or 3."""

    def __init__(self, reader: Reader) -> None:
        """Begin a conversation."""
        super().__init__(reader, 2)
        self._opener: object = None

    def take(self, frame: Frame) -> None:
        """Read one message, which may hold several requests or answers."""
        self._opener = None
        for data, is_last in chained(frame.data):
            rest = frame.size - len(frame.data) if is_last else 0
            self._take(data, frame.piece, rest)

    def _take(self, data: bytes, piece: Piece, rest: int) -> None:
        status, command = struct.unpack_from("<I", data, 8)[0], struct.unpack_from("<H", data, 12)[0]
        key = data[24:32]
        body = data[_HEAD:]
        if data[16] & _IS_ANSWER:
            self._answer(command, status, data, piece, rest)
        elif command == NEGOTIATE:
            # What a client offers (dialects, compression) is told by the bytes themselves.
            self.ask(key, Asked(self.record(piece, "negotiate", data=data, size=len(data)), piece))
        elif command == SESSION_SETUP and len(body) >= 16:  # noqa: PLR2004 - its fixed part
            user = self.sign_in(piece, _at(data, body, 12))
            self.ask(key, Asked(replace(self.record(piece, "session_setup"), user=user), piece))
        elif command == TREE_CONNECT and len(body) >= 8:  # noqa: PLR2004 - its fixed part
            self._ask_plain(key, "tree_connect", piece, from_utf16(_at(data, body, 4)))
        elif command == CREATE and len(body) >= 48:  # noqa: PLR2004 - its fixed part
            name = from_utf16(_at(data, body, 44))
            self.ask(key, Asked(self.record(piece, "create", name), piece, share=self._share(data)))
            self._opener = ("opening", key)
            self.opened(self._opener, name, self._share(data))
        else:
            self._ask_of_file(command, key, data, piece, rest)

    def _ask_plain(self, key: object, command: str, piece: Piece, name: str = "") -> None:
        self.ask(key, Asked(self.record(piece, command, name), piece))

    def _share(self, data: bytes) -> str:
        return self.shares.get(data[36:40], "")

    def _ask_of_file(self, command: int, key: object, data: bytes, piece: Piece, rest: int) -> None:
        """Read requests about an open file."""
        body = data[_HEAD:]
        if command == CLOSE and len(body) >= 24:  # noqa: PLR2004 - its fixed part
            self.ask(key, Asked(self.record(piece, "close"), piece, self._file(body[8:24]), is_written=False))
        elif command == READ and len(body) >= 32:  # noqa: PLR2004 - up to the file
            self.ask(key, Asked(self.record(piece, "read"), piece, self._file(body[16:32]), is_written=False))
        elif command == WRITE and len(body) >= 48:  # noqa: PLR2004 - its fixed part
            start, size = struct.unpack_from("<HI", body, 2)
            self.moved(self._file(body[16:32]), "write", piece, data[start : start + size], min(size, len(data) + rest))
        elif command == IOCTL and len(body) >= 56:  # noqa: PLR2004 - its fixed part
            self._ioctl(key, data, piece)

    def _ioctl(self, key: object, data: bytes, piece: Piece) -> None:
        body = data[_HEAD:]
        code = struct.unpack_from("<I", body, 4)[0]
        start, size = struct.unpack_from("<II", body, 24)
        file, sent = self._file(body[8:24]), data[start : start + size]
        is_pipe = code == PIPE_TRANSCEIVE
        if is_pipe:
            self.moved(file, "write", piece, sent, size)
        call = self.record(piece, "ioctl", f"0x{code:08x}", data=sent[:HEAD_BYTES], size=size)
        self.ask(key, Asked(call, piece, file if is_pipe else None, is_written=not is_pipe))

    def _file(self, raw: bytes) -> object:
        return self._opener if raw == _SAME_FILE and self._opener is not None else raw

    def _answer(self, command: int, status: int, data: bytes, piece: Piece, rest: int) -> None:
        key = data[24:32]
        body = data[_HEAD:]
        if command == NEGOTIATE and len(body) >= 6:  # noqa: PLR2004 - up to the dialect
            dialect = struct.unpack_from("<H", body, 4)[0]
            self.dialect = 3 if dialect >= _DIALECT_3 else 2
        asked = self.answered(key, status)
        if asked is None:
            return
        if command == SESSION_SETUP:
            self.signed_in(asked, status)
        elif command == TREE_CONNECT and status == 0:
            if len(self.shares) < 1_000:  # noqa: PLR2004 - more shares than any conversation needs
                self.shares[data[36:40]] = asked.call.name
        elif command == CREATE:
            self._created(key, body, status)
        elif command == CLOSE:
            self.closed(asked.file)
        elif command in (READ, IOCTL) and status in (0, _MORE_DATA) and asked.file is not None:
            self._read(command, asked, data, piece, rest)

    def _created(self, key: object, body: bytes, status: int) -> None:
        """Give the opened file the name that the server chose for it."""
        if status != 0 or len(body) < 80:  # noqa: PLR2004 - up to the file
            self.closed(("opening", key))
            return
        file = self.files.pop(("opening", key), None)
        if file is not None:
            self.closed(body[64:80])
            self.files[body[64:80]] = file
            for asked in self.waiting.values():  # the rest of the chain meant this file
                asked.file = body[64:80] if asked.file == ("opening", key) else asked.file

    def _read(self, command: int, asked: Asked, data: bytes, piece: Piece, rest: int) -> None:
        body = data[_HEAD:]
        if command == READ and len(body) >= 16:  # noqa: PLR2004 - its fixed part
            start, size = body[2], struct.unpack_from("<I", body, 4)[0]
        elif command == IOCTL and len(body) >= 48:  # noqa: PLR2004 - its fixed part
            start, size = struct.unpack_from("<II", body, 32)
        else:
            return
        self.moved(asked.file, "read", piece, data[start : start + size], min(size, len(data) + rest))


def chained(data: bytes) -> Iterator[tuple[bytes, bool]]:
    """Cut a message into its requests or answers, as (bytes, whether it is the last)."""
    for _ in range(_MAX_CHAINED):
        if len(data) < _HEAD or not data.startswith(MAGIC):
            return
        after = struct.unpack_from("<I", data, 20)[0]
        is_last = after < _HEAD or after >= len(data)
        yield (data if is_last else data[:after]), is_last
        if is_last:
            return
        data = data[after:]


def _at(data: bytes, body: bytes, place: int) -> bytes:
    """Return what an offset and a length, both from the beginning of the message, point to."""
    start, size = struct.unpack_from("<HH", body, place)
    return data[start : start + size]
