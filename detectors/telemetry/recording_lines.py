"""Reads a recording of programs line by line, packed with gzip or not, whatever its lines hold.

Before this on the path: the opener, which hands over an open file. After it: ``program_recording.py``.
Memory is one line of a megabyte, however long the recording is or claims to be. What cannot be read ends in a
``RecordingTrouble`` with its line; what came before stands.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from detectors.contract.errors import SkipReason

MAX_LINE_BYTES = 1 << 20
PIECE_BYTES = 1 << 16
PACKED_BYTES = 256
"""Fed to the unpacker at once: so much is lost before a damaged place, since it gives nothing of what it fails on."""
GZIP_MAGIC = b"\x1f\x8b"
_GZIP_WINDOW = 31
_MARK = b"\xef\xbb\xbf"
"""Some programs of Windows begin every text file so."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line."""

    number: int
    """From 0; empty lines count."""
    untrusted: dict[str, Any] | None
    """None when it is no JSON object,"""
    problem: str = ""
    """and why: ``too_long``, ``too_deep``, ``no_json`` or ``no_object``."""


@dataclass(frozen=True, slots=True)
class RecordingTrouble:
    """Why a recording could not be read to its end."""

    line: int
    """The first that was not read, from 0."""
    reason: SkipReason
    problem: str
    """``gzip_damaged``, ``gzip_cut``, ``row_cut`` or ``read_error``."""


class _Damage(Exception):
    """The bytes end before the recording does."""


def read_recording(stream: BinaryIO) -> Iterator[Row | RecordingTrouble]:
    """Read a recording.

    Args:
        stream: Open for reading bytes at the beginning of the recording; it need not seek.

    Yields:
        Every line that is not empty, in order; and as the last item a RecordingTrouble when it could not be read to
        its end.
    """
    following = 0
    try:
        for number, line, is_cut in _split(_unpack(stream)):
            row = _read_line(number, line)
            if is_cut and row is not None and row.problem == "no_json":
                yield RecordingTrouble(number, SkipReason.RECORDING_CUT, "row_cut")
            elif row is not None:
                yield row
            following = number + 1
    except _Damage as damage:
        is_cut = str(damage) == "gzip_cut"
        reason = SkipReason.RECORDING_CUT if is_cut else SkipReason.RECORDING_DAMAGED
        yield RecordingTrouble(following, reason, str(damage))
    except OSError:
        yield RecordingTrouble(following, SkipReason.READ_ERROR, "read_error")


def _read_line(number: int, line: bytes | None) -> Row | None:
    """Read one line; None for an empty one."""
    if line is None:
        return Row(number, None, "too_long")
    if number == 0:
        line = line.removeprefix(_MARK)
    if not line.strip():
        return None
    try:
        untrusted = json.loads(line.decode("utf-8", "surrogateescape"))
    except RecursionError:
        return Row(number, None, "too_deep")
    except ValueError:  # also a number of thousands of digits
        return Row(number, None, "no_json")
    return Row(number, untrusted) if isinstance(untrusted, dict) else Row(number, None, "no_object")


def _split(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes | None, bool]]:
    """Cut into lines: number, line (None: too long), and whether it ends without an end of line."""
    number, size = 0, 0
    held: list[bytes] = []
    for piece in pieces:
        first, *others = piece.split(b"\n")
        size += len(first)
        if size <= MAX_LINE_BYTES:
            held.append(first)
        for following in others:
            yield number, b"".join(held) if size <= MAX_LINE_BYTES else None, False
            number, held, size = number + 1, [following], len(following)
    if size:
        yield number, b"".join(held) if size <= MAX_LINE_BYTES else None, True


def _unpack(stream: BinaryIO) -> Iterator[bytes]:
    """Give the bytes of a recording in pieces; gzip is known by its first bytes, never by a name."""
    first = stream.read(PIECE_BYTES) or b""
    if not first.startswith(GZIP_MAGIC):
        while first:
            yield first
            first = stream.read(PIECE_BYTES) or b""
        return
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    while first:
        for place in range(0, len(first), PACKED_BYTES):
            packed = first[place : place + PACKED_BYTES]
            while packed:
                if unpacker.eof:  # several may follow one another in a file, and zeros fill the last block of a tape
                    packed = packed.lstrip(b"\0")
                    if not packed:
                        break
                    unpacker = zlib.decompressobj(_GZIP_WINDOW)
                try:
                    yield unpacker.decompress(packed, PIECE_BYTES)
                except zlib.error:
                    raise _Damage("gzip_damaged") from None
                packed = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        first = stream.read(PIECE_BYTES) or b""
    if not unpacker.eof:
        raise _Damage("gzip_cut")
