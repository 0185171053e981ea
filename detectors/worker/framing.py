"""How messages cross the wall: two lengths, ASCII JSON, perhaps raw bytes; checked against ``wire.py``, never pickle.

Before this on the path: ``wire.py``, the messages. After it: ``wall.py`` on the trusting side, ``child.py`` opposite.
JSON comes from the standard library in its ASCII form, because that carries lone surrogates (file names that are
not UTF-8) exactly, which UTF-8-only encoders refuse; msgspec then checks the decoded value against the types.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NoReturn, get_args

import msgspec

from detectors.contract.errors import MessageRefused
from detectors.worker import wire

MAX_BODY_BYTES = 8 * 1024 * 1024
"""No message is longer; batches are cut so that none needs to be."""
MAX_BLOB_BYTES = 128 * 1024 * 1024
"""Raw bytes beside a message: one file of the largest size that is read, with room to spare."""
MAX_DESCRIPTORS = 64
"""Descriptors beside one message; the kernel allows 253."""

_HEAD = struct.Struct(">II")
_BY_NAME: dict[str, type] = {kind.__name__: kind for kind in get_args(wire.Message)}

REPORTS = frozenset({*get_args(wire.Report), wire.StillHere})
"""What the service accepts from a worker."""
ANSWERS = frozenset(get_args(wire.Answer))
"""What the opener accepts from the parser."""
JOBS = frozenset({*get_args(wire.Job), wire.Order})
"""What the opener accepts from the service."""
TASKS = frozenset({wire.GetReady, wire.ParseFiles})
"""What the parser accepts from the opener."""
NETWORK_TASKS = frozenset({wire.ReadCapture, wire.Order})
"""What the network worker accepts from the service."""
PACKET_ANSWERS = frozenset({wire.PacketShown, wire.PacketsWritten, wire.JobFailed})
"""What the service accepts from the worker for single packets."""
LOOKUP_ANSWERS = frozenset({wire.LookedUp})
"""What the service accepts from the worker for places."""
RECORDING_TASKS = frozenset({wire.ReadRecording, wire.Order})
"""What the worker for recordings of programs accepts from the service."""
SENSE_ANSWERS = frozenset(get_args(wire.SenseAnswer))
"""What the service accepts from the workers of the network and of programs."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message and what came beside it."""

    message: wire.Message
    """The checked message."""
    descriptors: tuple[int, ...] = ()
    """Open files, now owned by whoever received the frame."""
    blob: bytes = field(default=b"", repr=False)
    """Raw bytes."""


def pack(message: wire.Message) -> bytes:
    """Turn a message into ASCII JSON.

    Raises:
        MessageRefused: It is too long, or holds something JSON cannot say (such as a number that is none).
    """
    value = {"kind": type(message).__name__, "value": msgspec.to_builtins(message)}
    try:
        body = json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")
    except ValueError:
        raise MessageRefused(problem="not_json") from None
    if len(body) > MAX_BODY_BYTES:
        raise MessageRefused(problem="too_long")
    return body


def unpack(untrusted_body: bytes, accepts: frozenset[type]) -> wire.Message:
    """Check a body against the one type it claims to be.

    Raises:
        MessageRefused: It is no JSON, nested too deeply, of no type in ``accepts``, or not of that type's form.
    """
    try:
        untrusted = json.loads(untrusted_body.decode("ascii"), parse_constant=_refuse_constant)
        kind = _BY_NAME.get(untrusted["kind"])
        if kind not in accepts:
            raise MessageRefused(problem="kind")
        checked: wire.Message = msgspec.convert(untrusted["value"], kind)
    except (ValueError, KeyError, TypeError, RecursionError):  # msgspec.ValidationError is a ValueError
        raise MessageRefused(problem="form") from None
    return checked


def _refuse_constant(_name: str) -> NoReturn:
    raise ValueError


class Channel(ABC):
    """One end of a connection through the wall. Many threads may send, one receives."""

    passes_descriptors = False
    """True where open files can travel beside a message."""

    def __init__(self, accepts: frozenset[type], *, max_blob_bytes: int = 0) -> None:
        self._accepts = accepts
        self._max_blob_bytes = max_blob_bytes
        self._sending = threading.Lock()

    def send(self, message: wire.Message, descriptors: Sequence[int] = (), blob: bytes = b"") -> None:
        """Send one message whole.

        Raises:
            MessageRefused: See ``pack``.
            OSError: The other end is gone.
        """
        body = pack(message)
        with self._sending:
            self._write(_HEAD.pack(len(body), len(blob)) + body, descriptors)
            if blob:
                self._write(blob, ())

    def receive(self) -> Frame:
        """Wait for the next message.

        Raises:
            MessageRefused: What came is not of the agreed form; the connection is of no use any more.
            EOFError: The other end is gone.
        """
        untrusted_head, descriptors = self._read_head()
        body_bytes, blob_bytes = _HEAD.unpack(untrusted_head)
        if body_bytes > MAX_BODY_BYTES or blob_bytes > self._max_blob_bytes:
            raise MessageRefused(problem="too_long")
        message = unpack(self._read(body_bytes), self._accepts)
        return Frame(message, descriptors, self._read(blob_bytes) if blob_bytes else b"")

    def _read_head(self) -> tuple[bytes, tuple[int, ...]]:
        return self._read(_HEAD.size), ()

    @abstractmethod
    def _write(self, data: bytes, descriptors: Sequence[int]) -> None:
        """Write everything."""

    @abstractmethod
    def _read(self, count: int) -> bytes:
        """Read exactly ``count`` bytes, or raise EOFError."""

    @abstractmethod
    def close(self) -> None:
        """Close this end."""


class SocketChannel(Channel):
    """A connected Unix socket: Linux and macOS. Open files can be passed."""

    passes_descriptors = True

    def __init__(
        self,
        connected: socket.socket,
        accepts: frozenset[type],
        *,
        max_blob_bytes: int = 0,
        takes_descriptors: bool = False,
    ) -> None:
        super().__init__(accepts, max_blob_bytes=max_blob_bytes)
        self._socket = connected
        self._takes_descriptors = takes_descriptors

    def _write(self, data: bytes, descriptors: Sequence[int]) -> None:
        sent = socket.send_fds(self._socket, [data], list(descriptors)) if descriptors else 0
        self._socket.sendall(memoryview(data)[sent:])

    def _read_head(self) -> tuple[bytes, tuple[int, ...]]:
        if not self._takes_descriptors:
            return super()._read_head()
        # Descriptors ride on the first byte of the message they belong to.
        data, descriptors, _flags, _address = socket.recv_fds(self._socket, _HEAD.size, MAX_DESCRIPTORS)
        if not data:
            raise EOFError
        return data + self._read(_HEAD.size - len(data)), tuple(descriptors)

    def _read(self, count: int) -> bytes:
        buffer = bytearray(count)
        view = memoryview(buffer)
        while view:
            try:
                got = self._socket.recv_into(view)
            except OSError:  # reset or closed: the same as an end
                got = 0
            if not got:
                raise EOFError
            view = view[got:]
        return bytes(buffer)

    def close(self) -> None:
        """Close this end; a thread that waits in ``receive`` meets the end."""
        with contextlib.suppress(OSError):  # the other end may have been quicker
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


class PipeChannel(Channel):
    """Two pipes: Windows, where sockets cannot be inherited and descriptors cannot be passed."""

    def __init__(
        self, reading: BinaryIO, writing: BinaryIO, accepts: frozenset[type], *, max_blob_bytes: int = 0
    ) -> None:
        super().__init__(accepts, max_blob_bytes=max_blob_bytes)
        self._reading = reading
        self._writing = writing

    def _write(self, data: bytes, descriptors: Sequence[int]) -> None:
        if descriptors:
            raise NotImplementedError("pipes carry no descriptors")
        view = memoryview(data)
        while view:
            view = view[self._writing.write(view) :]
        self._writing.flush()

    def _read(self, count: int) -> bytes:
        buffer = bytearray(count)
        view: memoryview[Any] = memoryview(buffer)
        while view:
            got: int = self._reading.readinto(view)  # type: ignore[attr-defined] # every binary file has it
            if not got:
                raise EOFError
            view = view[got:]
        return bytes(buffer)

    def close(self) -> None:
        """Close both pipes."""
        for end in (self._writing, self._reading):
            with contextlib.suppress(OSError):  # a pipe nobody reads any more
                end.close()


def inherited_channel(accepts: frozenset[type], *, from_opener: bool = False) -> Channel:
    """Find the connection that the parent gave this process as its standard input (and output, on Windows)."""
    max_blob_bytes = MAX_BLOB_BYTES if from_opener else 0
    if sys.platform == "win32":
        reading, writing = sys.stdin.buffer, sys.stdout.buffer
        sys.stdout = sys.stderr  # a stray print must not look like a message
        return PipeChannel(reading, writing, accepts, max_blob_bytes=max_blob_bytes)
    connected = socket.socket(fileno=0)
    return SocketChannel(connected, accepts, max_blob_bytes=max_blob_bytes, takes_descriptors=from_opener)
