"""Reads one DCE/RPC association (C706, MS-RPCE), whatever carries it: binds, calls, and how they were answered.

Before this on the path: ``rpc.py`` for TCP and UDP, the SMB readers for named pipes. After it: ``RpcCall`` records, and
a ``Login`` where NTLM shows who calls.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from detectors.contract.conversations import RpcCall
from detectors.telemetry.readers import ntlm
from detectors.telemetry.readers.base import Piece, Reader
from detectors.telemetry.readers.framing import NO_MESSAGE, Frame, Framer
from detectors.telemetry.readers.signing_in import SigningIn

REQUEST, RESPONSE, FAULT, BIND, BIND_ACK, BIND_NAK, ALTER, ALTER_ANSWER, AUTH3 = 0, 2, 3, 11, 12, 13, 14, 15, 16
_VERSION, _LAST_KIND = 5, 19
_HEAD, _CALL_HEAD, _OBJECT = 16, 24, 16
_IS_FIRST, _IS_LAST, _HAS_OBJECT = 1, 2, 0x80
_LITTLE = 0x10
_CONTEXTS_AT, _CONTEXT_HEAD, _SYNTAX = 28, 24, 20
_TRAILER = 8
SEALED = 6
"""Authentication level from which calls are encrypted."""
STUB_BYTES = 256
MAX_CONTEXTS = 64
"""Interfaces kept of one association; Windows binds a handful."""
MAX_WAITING = 64
"""Calls of one association that wait for an answer."""
MAX_CALLS = 20_000
"""Calls written down of one association; an attack repeats itself long before."""
BANNER = b"ncacn_http/1.0"
"""What the endpoint mapper over HTTP says first (MS-RPCH)."""
_DENIED = (5, 0x721, 0xC0000022)
"""Faults that refuse the caller: access denied, security package error."""


def measure(data: bytes, _is_from_client: bool = True) -> int:  # noqa: FBT001, FBT002 - the shape of a measure
    """Tell how long the fragment is that begins here."""
    if data[:1] == BANNER[:1]:
        return len(BANNER) if BANNER.startswith(data[: len(BANNER)]) else NO_MESSAGE
    if len(data) < _HEAD:
        return 0 if data[:1] == b"\x05" else NO_MESSAGE
    if data[0] != _VERSION or data[1] > 1 or data[2] > _LAST_KIND:
        return NO_MESSAGE
    size = int(struct.unpack_from(_order(data[4]) + "H", data, 8)[0])
    return size if size >= _HEAD else NO_MESSAGE


def _order(representation: int) -> str:
    return "<" if representation & _LITTLE else ">"


def interface_name(raw: bytes, order: str) -> str:
    """Write an interface UUID as people do."""
    return str(uuid.UUID(bytes_le=raw) if order == "<" else uuid.UUID(bytes=raw))


@dataclass(frozen=True, slots=True)
class Fragment:
    """One DCE/RPC fragment, its fixed head read."""

    kind: int
    flags: int
    order: str
    """``<`` or ``>``, as ``struct`` has it."""
    call: int
    data: bytes
    end: int
    """Where the body ends and the padding before the authentication begins."""
    auth_type: int
    auth_level: int
    auth: bytes
    piece: Piece

    @classmethod
    def read(cls, frame: Frame) -> Fragment | None:
        """Read the head and the trailer; None for what is too short to hold them."""
        data = frame.data
        if len(data) < _HEAD or data[0] != _VERSION:
            return None
        order = _order(data[4])
        auth_bytes, call = struct.unpack_from(order + "HI", data, 10)
        end, kind, level, auth = frame.size, 0, 0, b""
        trailer = frame.size - auth_bytes - _TRAILER
        if auth_bytes and trailer > len(data) - _TRAILER:
            level = SEALED  # the trailer was cut away: what cannot be known to be readable is not read
        elif auth_bytes and trailer >= _HEAD:
            kind, level, padding = data[trailer], data[trailer + 1], data[trailer + 2]
            auth, end = data[trailer + _TRAILER :], max(trailer - padding, _HEAD)
        return cls(data[2], data[3], order, call, data, min(end, len(data)), kind, level, auth, frame.piece)


@dataclass(slots=True)
class _Context:
    interface: str
    version: str


class RpcTalk:
    """One association: what was bound, and which calls wait."""

    def __init__(self, reader: Reader, pipe: str = "", pass_over: Callable[[int, bool], None] | None = None) -> None:
        """Begin an association.

        Args:
            reader: For whom records are written.
            pipe: Name of the pipe that carries it.
            pass_over: See ``Framer``.
        """
        self._reader = reader
        self._pipe = pipe
        self._framer = Framer(measure, pass_over=pass_over)
        self._contexts: dict[int, _Context] = {}
        self._waiting: dict[int, RpcCall] = {}
        self._written = 0
        self._signing_in = SigningIn(reader, "ntlm")

    @property
    def held_bytes(self) -> int:
        """Tell how many bytes wait for more."""
        return self._framer.held_bytes + STUB_BYTES * len(self._waiting)

    def feed(self, piece: Piece) -> None:
        """Take the next bytes of one side."""
        for frame in self._framer.take(piece):
            fragment = Fragment.read(frame)
            if fragment is not None:
                self._take(fragment)

    def close(self) -> None:
        """Write down the calls that were never answered."""
        for call in self._waiting.values():
            self._write(call)
        self._waiting.clear()
        self._signing_in.settle("unknown")

    def _take(self, one: Fragment) -> None:
        if one.auth_type and one.kind in (BIND, ALTER, AUTH3):
            self._see_who(one)
        if one.kind in (BIND, ALTER):
            self._bind(one)
        elif one.kind == REQUEST and one.flags & _IS_FIRST:
            self._call(one)
        elif one.kind == RESPONSE and one.flags & _IS_LAST:
            self._answer(one, _return_value(one))
            self._signing_in.settle("ok")
        elif one.kind == FAULT:
            status = _word(one, _CALL_HEAD)
            self._answer(one, status)
            self._signing_in.settle("failed" if status in _DENIED else "ok")
        elif one.kind == BIND_NAK:
            self._signing_in.settle("failed")

    def _see_who(self, one: Fragment) -> None:
        message = ntlm.find(one.auth)
        if message is not None and message.kind == ntlm.AUTHENTICATE and message.account:
            self._signing_in.begin(one.piece, message.account, "ntlm", is_cleartext=False)

    def _bind(self, one: Fragment) -> None:
        """Remember what each context stands for, and write down each interface once."""
        seen = set()
        for number, interface, version in bound_contexts(one):
            if len(self._contexts) < MAX_CONTEXTS or number in self._contexts:
                self._contexts[number] = _Context(interface, version)
            if interface not in seen:
                seen.add(interface)
                self._write(self._record(one, "bind" if one.kind == BIND else "alter", interface, version, -1))

    def _call(self, one: Fragment) -> None:
        if len(one.data) < _CALL_HEAD:
            return
        number, opnum = struct.unpack_from(one.order + "HH", one.data, 20)
        context = self._contexts.get(number, _Context("", ""))
        call = self._record(one, "request", context.interface, context.version, opnum)
        if call.auth_level < SEALED:
            stub = _CALL_HEAD + (_OBJECT if one.flags & _HAS_OBJECT else 0)
            call = replace(call, stub_head=one.data[stub : max(one.end, stub)][:STUB_BYTES])
        while len(self._waiting) >= MAX_WAITING:
            self._write(self._waiting.pop(next(iter(self._waiting))))
        # Two calls with one number are two calls: the first will get no answer of its own.
        if (before := self._waiting.pop(one.call, None)) is not None:
            self._write(before)
        self._waiting[one.call] = call

    def _record(self, one: Fragment, kind: str, interface: str, version: str, opnum: int) -> RpcCall:
        ends = self._reader.ends
        return RpcCall(
            flow=ends.flow,
            record=one.piece.record,
            at_s=one.piece.at_s,
            client=ends.client,
            server=ends.server,
            kind=kind,
            interface=interface,
            version=version,
            opnum=opnum,
            pipe=self._pipe,
            auth_level=one.auth_level,
            auth_type=one.auth_type,
        )

    def _answer(self, one: Fragment, status: int) -> None:
        call = self._waiting.pop(one.call, None)
        if call is not None:
            self._write(replace(call, status=status) if status >= 0 else call)

    def _write(self, call: RpcCall) -> None:
        self._written += 1
        if self._written > MAX_CALLS:
            self._reader.notes.dropped += 1
        else:
            self._reader.notes.add(call)


def bound_contexts(one: Fragment) -> Iterator[tuple[int, str, str]]:
    """List what a bind offers, as (context, interface, version)."""
    data, at = one.data, _CONTEXTS_AT
    count = data[24] if len(data) > _CONTEXTS_AT else 0
    for _ in range(min(count, MAX_CONTEXTS)):
        if at + _CONTEXT_HEAD > one.end:
            return
        number, transfers = struct.unpack_from(one.order + "HB", data, at)
        major, minor = struct.unpack_from(one.order + "HH", data, at + 20)
        yield number, interface_name(data[at + 4 : at + 20], one.order), f"{major}.{minor}"
        at += _CONTEXT_HEAD + transfers * _SYNTAX


def _return_value(one: Fragment) -> int:
    """Read the last four bytes of an answer, where functions of Windows put their result."""
    if one.auth_level >= SEALED or one.end < _CALL_HEAD + 4:
        return -1
    return _word(one, one.end - 4)


def _word(one: Fragment, at: int) -> int:
    return int(struct.unpack_from(one.order + "I", one.data, at)[0]) if at + 4 <= len(one.data) else -1
