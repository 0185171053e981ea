"""Lists the sockets of a Linux computer: by asking the kernel (sock_diag), or from the text of ``/proc/net``.

Before this on the path: the kernel. After it: ``sockets_linux.py``, which finds out whose they are.
The question is eight times cheaper than the text (0.6 ms for 4 ms, measured on an idle machine with 23 GB of memory:
the text walks a table that grows with it, bucket by bucket). It needs no rights, but a socket of its own, which is
opened early, before a worker is locked in. Layout: sock_diag(7).
"""

from __future__ import annotations

import socket
import struct
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from detectors.telemetry.process_details import PROC, read_bytes

MAX_SOCKETS = 50_000
MAX_TABLE_BYTES = 16_000_000
"""Of text: some 100,000 sockets."""
_TEXT_TABLES = ("tcp", "tcp6", "udp", "udp6")
_LISTENS, _WAITS, _CLOSED = 10, 6, 7
_WORD = "<I" if sys.byteorder == "little" else ">I"
_TEXT_FIELDS = 10
_SHORT, _LONG = 4, 16

_SOCK_DIAG, _BY_FAMILY, _DUMP = 4, 20, 0x301
_DONE, _ERROR = 3, 2
_ALL_BUT_WAITING = 0xFFFF_FFFF & ~(1 << _WAITS)
_ANSWER_S = 1.0
_MOST_ANSWERS = 10_000
_ANSWER_BYTES = 1 << 16
_TRANSPORTS = {"tcp": socket.IPPROTO_TCP, "udp": socket.IPPROTO_UDP}
_HEADER = struct.Struct("=IHHII")
_QUESTION = struct.Struct("=BBBxI48x")
_ANSWER = struct.Struct("=BBxx2s2s16s16s12x16xI")
"""Family, state, both ports and addresses, the socket's number."""


@dataclass(frozen=True, slots=True)
class SocketRow:
    """One socket."""

    inode: int
    """Its number, as descriptors name it."""
    transport: str
    near: str
    near_port: int
    far: str
    far_port: int
    is_listener: bool


class Tables(ABC):
    """A way to list sockets."""

    @abstractmethod
    def read(self) -> list[SocketRow]:
        """List the sockets that belong to somebody."""

    def close(self) -> None:
        """Give back what is held."""
        return


def open_tables() -> Tables:
    """Choose the cheapest way that works here."""
    try:
        return AskedTables()
    except (OSError, AttributeError):
        return TextTables()


class AskedTables(Tables):
    """The kernel's answer to a question over netlink."""

    def __init__(self) -> None:
        """Open the socket and try it; raises OSError."""
        self._kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC, _SOCK_DIAG)
        self._kernel.settimeout(_ANSWER_S)
        self._turn = 0
        try:
            list(self._ask(socket.AF_INET, "udp"))
        except OSError:
            self._kernel.close()
            raise

    def read(self) -> list[SocketRow]:
        """List the sockets that belong to somebody; what the kernel does not answer, the text does."""
        try:
            return list(islice(self._read(), MAX_SOCKETS))
        except OSError:
            return TextTables().read()

    def close(self) -> None:
        """Close the socket."""
        self._kernel.close()

    def _read(self) -> Iterator[SocketRow]:
        for family in (socket.AF_INET, socket.AF_INET6):
            for transport in _TRANSPORTS:
                yield from self._ask(family, transport)

    def _ask(self, family: int, transport: str) -> Iterator[SocketRow]:
        self._turn += 1
        body = _QUESTION.pack(family, _TRANSPORTS[transport], 0, _ALL_BUT_WAITING)
        head = _HEADER.pack(_HEADER.size + len(body), _BY_FAMILY, _DUMP, self._turn, 0)
        self._kernel.send(head + body)
        for _ in range(_MOST_ANSWERS):
            answer = self._kernel.recv(_ANSWER_BYTES)
            for kind, turn, part in _messages(answer):
                if turn != self._turn:  # left over from a question that was given up
                    continue
                if kind == _DONE:
                    return
                if kind == _ERROR:
                    raise OSError(-struct.unpack_from("=i", part)[0], "the kernel does not list sockets")
                if (row := _read_answer(part, transport)) is not None:
                    yield row


def _messages(answer: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Take the messages of one answer apart."""
    at = 0
    while at + _HEADER.size <= len(answer):
        size, kind, _, turn, _ = _HEADER.unpack_from(answer, at)
        if size < _HEADER.size:
            return
        yield kind, turn, answer[at + _HEADER.size : at + size]
        at += (size + 3) & -4


def _read_answer(part: bytes, transport: str) -> SocketRow | None:
    if len(part) < _ANSWER.size:
        return None
    family, state, near_port, far_port, near, far, inode = _ANSWER.unpack_from(part)
    size = _SHORT if family == socket.AF_INET else _LONG
    ends = (_write(near[:size]), int.from_bytes(near_port, "big"), _write(far[:size]), int.from_bytes(far_port, "big"))
    return _row(inode, transport, state, ends)


class TextTables(Tables):
    """The text of ``/proc/net``."""

    def read(self) -> list[SocketRow]:
        """List the sockets that belong to somebody."""
        return list(islice(self._read(), MAX_SOCKETS))

    def _read(self) -> Iterator[SocketRow]:
        for table in _TEXT_TABLES:
            for line in read_bytes(f"{PROC}/net/{table}", MAX_TABLE_BYTES).splitlines()[1:]:
                if (row := parse_row(line, table[:3])) is not None:
                    yield row


def parse_row(line: bytes, transport: str) -> SocketRow | None:
    """Take one line of text apart; None for sockets that belong to nobody any more, and for lines that lie."""
    fields = line.split(None, _TEXT_FIELDS)
    if len(fields) < _TEXT_FIELDS:
        return None
    try:
        return _row(int(fields[9]), transport, int(fields[3], 16), (*_end(fields[1]), *_end(fields[2])))
    except (ValueError, OSError, struct.error):
        return None


def _end(text: bytes) -> tuple[str, int]:
    """Read ``0100007F:0016``: words in the machine's byte order, the port as people write it."""
    address, _, port = text.partition(b":")
    raw = bytes.fromhex(address.decode("ascii"))
    packed = b"".join(struct.pack(">I", *struct.unpack_from(_WORD, raw, at)) for at in range(0, len(raw), 4))
    return _write(packed), int(port, 16)


def _row(inode: int, transport: str, state: int, ends: tuple[str, int, str, int]) -> SocketRow | None:
    if not inode or (transport == "tcp" and state in (_WAITS, _CLOSED)):
        return None
    is_listener = state == _LISTENS if transport == "tcp" else ends[3] == 0
    return SocketRow(inode, transport, *ends, is_listener)


def _write(packed: bytes) -> str:
    if len(packed) == _LONG and packed.startswith(bytes(10) + b"\xff\xff"):  # IPv4 in the dress of IPv6
        packed = packed[12:]
    return socket.inet_ntop(socket.AF_INET if len(packed) == _SHORT else socket.AF_INET6, packed)
