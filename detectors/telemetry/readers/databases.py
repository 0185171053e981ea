"""Reads who signs in to MySQL, PostgreSQL, SQL Server and Redis, and whether they were let in.

Before this on the path: ``conversations.py``. After it: ``Login`` records; what is asked of the database is not read.
"""

from __future__ import annotations

import struct

from detectors.telemetry.readers.base import MAYBE, NO, SURE, Ends, Notes, Piece, Reader
from detectors.telemetry.readers.lines import LineReader, words
from detectors.telemetry.readers.signing_in import SigningIn
from detectors.telemetry.readers.texts import from_bytes, from_utf16, until_zero

REDIS_PORT = 6379
_MAX_PACKET = 8_192
_MYSQL_HEAD, _MYSQL_VERSION, _MYSQL_TLS = 4, 10, 0x800
_MYSQL_FIXED = 32
_POSTGRES_3, _POSTGRES_TLS = 0x0003_0000, 80_877_103
_POSTGRES_PLAIN = 3
_MAX_STEPS = 8
_PRELOGIN, _LOGIN, _TDS_ANSWER, _TDS_HEAD = 0x12, 0x10, 0x04, 8
_LOGIN_ACKNOWLEDGED, _TDS_ERROR = 0xAD, 0xAA


class _DatabaseReader(Reader):
    """What the three with messages of bytes have in common."""

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the first message."""
        super().__init__(ends, notes)
        self._signing_in = SigningIn(self, self.service)

    def close(self) -> None:
        """Write down a try whose outcome was not seen."""
        self._signing_in.settle("unknown")

    def _go_dark(self) -> None:
        from detectors.telemetry.readers.tls import TlsReader  # noqa: PLC0415 - readers name each other

        self.hand_over(TlsReader)

    def _settle(self, *, is_ok: bool) -> None:
        self._signing_in.settle("ok" if is_ok else "failed")
        self.is_done = True


class MysqlReader(_DatabaseReader):
    """MySQL and MariaDB: the server greets, the client gives its name, a challenge hides the password."""

    service = "mysql"

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know the greeting: a packet numbered zero, the protocol's version, and a version as text."""
        data = piece.data
        is_greeting = (
            not piece.is_from_client
            and _MYSQL_FIXED < len(data) <= _MAX_PACKET
            and int.from_bytes(data[:3], "little") + _MYSQL_HEAD == len(data)
            and data[3] == 0
            and data[4] == _MYSQL_VERSION
            and data[5:6].isdigit()
        )
        return SURE if is_greeting else NO

    def feed(self, piece: Piece) -> None:
        """Read the client's name, and the answer."""
        data = piece.data
        kind, number = data[4:5], data[3:4]
        if piece.is_from_client:
            if number == b"\1" and len(data) >= _MYSQL_FIXED + _MYSQL_HEAD:
                is_whole = len(data) > _MYSQL_FIXED + _MYSQL_HEAD
                if int.from_bytes(data[4:6], "little") & _MYSQL_TLS and not is_whole:
                    self._go_dark()
                elif is_whole:
                    self._signing_in.begin(piece, until_zero(data[36:]), "challenge", is_cleartext=False)
        elif self._signing_in.is_open and kind in (b"\x00", b"\xff"):
            self._settle(is_ok=kind == b"\x00")


class PostgresReader(_DatabaseReader):
    """PostgreSQL: the client gives its name, the server says how it wants to see the password."""

    service = "postgresql"

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the first message."""
        super().__init__(ends, notes)
        self._user = ""
        self._way = -1

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know the start of a session, and the wish for TLS."""
        data = piece.data
        if not piece.is_from_client or len(data) < 8 or int.from_bytes(data[:4], "big") != len(data):  # noqa: PLR2004
            return NO
        code = int.from_bytes(data[4:8], "big")
        return SURE if code == _POSTGRES_TLS or (code == _POSTGRES_3 and b"user\0" in data) else NO

    def feed(self, piece: Piece) -> None:
        """Read one step."""
        data = piece.data
        if not piece.is_from_client:
            self._answer(data)
        elif data[4:8] == _POSTGRES_3.to_bytes(4, "big"):
            fields = data[8:_MAX_PACKET].split(b"\0")
            pairs = dict(zip(fields[::2], fields[1::2], strict=False))
            self._user = from_bytes(pairs.get(b"user", b""))
        elif data[:1] == b"p" and not self._signing_in.is_open:
            is_plain = self._way == _POSTGRES_PLAIN
            self._signing_in.begin(piece, self._user, "plain" if is_plain else "challenge", is_cleartext=is_plain)

    def _answer(self, data: bytes) -> None:
        if data == b"S":
            self._go_dark()
        elif data[:1] == b"E":
            self._settle(is_ok=False)
        else:
            self._take_ways(data)

    def _take_ways(self, data: bytes) -> None:
        """Walk the messages of one answer: the last step of a challenge and the consent come together."""
        at = 0
        for _ in range(_MAX_STEPS):
            if data[at : at + 1] != b"R" or self.is_done:
                return
            self._way = int.from_bytes(data[at + 5 : at + 9], "big")
            if self._way == 0:
                self._settle(is_ok=True)
            at += 1 + int.from_bytes(data[at + 1 : at + 5], "big")


class SqlServerReader(_DatabaseReader):
    """SQL Server (MS-TDS): a sign-in outside TLS hides its password behind a fixed mask, which hides nothing."""

    service = "mssql"

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:  # noqa: ARG003 - the content tells
        """Know the head of the first two messages."""
        data = piece.data
        is_head = len(data) > _TDS_HEAD and data[0] in (_PRELOGIN, _LOGIN) and data[1] in (0, 1)
        is_head = is_head and data[6] in (0, 1) and data[7] == 0
        return SURE if is_head and int.from_bytes(data[2:4], "big") == len(data) else NO

    def feed(self, piece: Piece) -> None:
        """Read the sign-in and its answer."""
        data = piece.data
        if piece.is_from_client and data[0] == _LOGIN and len(data) >= _TDS_HEAD + 48:
            body = data[_TDS_HEAD:]
            start, letters = struct.unpack_from("<HH", body, 40)
            self._signing_in.begin(piece, from_utf16(body[start : start + letters * 2]), "masked")
        elif not piece.is_from_client and self._signing_in.is_open and data[0] == _TDS_ANSWER:
            kinds = data[_TDS_HEAD : _TDS_HEAD + 1]
            self._settle(is_ok=bytes([_LOGIN_ACKNOWLEDGED]) in data[_TDS_HEAD:] and kinds != bytes([_TDS_ERROR]))


class RedisReader(LineReader):
    """Redis: a command ``AUTH`` with the password in the clear."""

    service = "redis"
    max_bytes = 1 << 16

    def __init__(self, ends: Ends, notes: Notes) -> None:
        """Begin before the first command."""
        super().__init__(ends, notes)
        self._signing_in = SigningIn(self, "redis")
        self._owed = 0
        self._count = 0

    @classmethod
    def recognises(cls, piece: Piece, ends: Ends) -> int:
        """Know a command of strings with their lengths, and anything like one on the port."""
        head = piece.data[:64].upper()
        if piece.is_from_client and head[:1] == b"*" and head[1:2].isdigit() and b"\r\n$" in head[:8]:
            return SURE
        return MAYBE if ends.server_port == REDIS_PORT and head[:5] in (b"AUTH ", b"PING\r", b"INFO\r") else NO

    def take_line(self, line: bytes, piece: Piece) -> None:
        """Read a command, in either form, or an answer."""
        if not piece.is_from_client:
            if self._signing_in.is_open and line[:1] in (b"+", b"-"):
                self._signing_in.settle("ok" if line[:1] == b"+" else "failed")
            return
        first = words(line, 3)
        if line[:1] == b"*" and line[1:].isdigit():
            self._count, self._owed = int(line[1:3]), 0
        elif first[0] == b"AUTH":
            # ``AUTH secret``, ``AUTH name secret``, or the bare word whose arguments come on lines of their own.
            if len(first) > 1:
                self._signing_in.begin(piece, from_bytes(first[1]) if len(first) > 2 else "", "plain")  # noqa: PLR2004
            else:
                self._owed = self._count - 1
                self._signing_in.begin(piece, "", "plain")
        elif self._owed > 1 and line[:1] != b"$":
            self._signing_in.rename(from_bytes(line))
            self._owed = 0

    def close(self) -> None:
        """Write down a try whose outcome was not seen."""
        self._signing_in.settle("unknown")
