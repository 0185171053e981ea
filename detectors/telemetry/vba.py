"""Reads the source text of macros out of a VBA project.

Before this on the path: ``compound``, which takes the streams of an old office container apart. After it: ``compound``
again, which hands the texts out as members. Source: [MS-OVBA] 2.4.1, the compression of macro source.

A module's stream is compiled code of one version of Office, then the compressed source. The source is found by how it
always begins, not by the place the project's own list gives: that list can be made to lie.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

MAX_SOURCE_BYTES = 5_000_000
"""Of one module; the largest of honest workbooks stay below one tenth."""

_CHUNK_BYTES = 4096
NAME_LIST = "_VBA_PROJECT"
"""The stream that lists the names a project's compiled code uses."""
LIST_HEAD = b"Names of a macro without its text\n"
"""What the list of names begins with, so that rules know it."""

_SIGNATURE = 0b011
_SOURCE_START = b"\x00Attribut"
"""The first token of every source: seven literals of ``Attribute VB_Name`` behind flags of zero."""
_BEFORE_START = 3
"""One byte that opens the container, two for the chunk."""
_PROCEDURE = re.compile(
    rb"^\s*(?:public |private |friend |static )*(?:sub|function|property)\s", re.IGNORECASE | re.MULTILINE
)
_STARTS_BY_ITSELF = re.compile(
    rb"(?<![a-z])(?:auto_?(?:open|exec|close|new)|document_(?:open|close|new)|workbook_(?:open|activate|beforeclose))(?![a-z])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Module:
    """One module of a project."""

    source: bytes
    """Unpacked text; empty when there is none."""
    is_cut: bool
    """True when the source is longer than what was unpacked, or damaged behind it."""


def read_module(stream: bytes) -> Module | None:
    """Read one stream of a project; None when it holds no source."""
    start = stream.find(_SOURCE_START) - _BEFORE_START
    if start < 0 or stream[start] != 1:
        return None
    source, is_cut = decompress(stream, start)
    return Module(source, is_cut)


def decompress(packed: bytes, start: int = 0) -> tuple[bytes, bool]:
    """Unpack a compressed container.

    Returns:
        The bytes, and whether something is missing behind them.
    """
    out = bytearray()
    place = start + 1
    while place + 2 <= len(packed):
        if len(out) > MAX_SOURCE_BYTES:
            return bytes(out), True
        (header,) = struct.unpack_from("<H", packed, place)
        end = place + (header & 0x0FFF) + 3
        if (header >> 12) & 0b111 != _SIGNATURE:
            return bytes(out), bool(packed[place:].strip(b"\0"))
        chunk = packed[place + 2 : end]
        place = end
        if not header & 0x8000:
            out += chunk[:_CHUNK_BYTES]
        elif not _unpack_chunk(chunk, out):
            return bytes(out), True
    return bytes(out), False


def _unpack_chunk(chunk: bytes, out: bytearray) -> bool:
    """Unpack one chunk behind what is there; False when it refers to what is not."""
    begin, place = len(out), 0
    while place < len(chunk):
        flags = chunk[place]
        place += 1
        for bit in range(8):
            if place >= len(chunk):
                return True
            if not flags >> bit & 1:
                out.append(chunk[place])
                place += 1
                continue
            if place + 2 > len(chunk) or not _copy(int.from_bytes(chunk[place : place + 2], "little"), begin, out):
                return False
            place += 2
        if len(out) - begin > 2 * _CHUNK_BYTES:
            return False
    return True


def _copy(token: int, begin: int, out: bytearray) -> bool:
    """Repeat earlier bytes of the chunk, as a token says."""
    offset_bits = max(4, (len(out) - begin - 1).bit_length())
    length_bits = 16 - offset_bits
    back, count = (token >> length_bits) + 1, (token & (1 << length_bits) - 1) + 3
    if back > len(out) - begin:
        return False
    piece = out[len(out) - back :][:count]
    out += (piece * (count // len(piece) + 1))[:count]
    return True


def names_without_text(name_lists: bytes, sources: bytes) -> bytes:
    """Give a project's list of names when its compiled code starts by itself and there is no text to say so.

    Office runs the compiled code of its own version and never looks at the text ("VBA stomping", ATT&CK T1564.007).
    A person who takes the last macro out leaves its name in the list too; so the rules weigh what else the list names.

    Args:
        name_lists: Content of the stream ``NAME_LIST``.
        sources: All source texts behind one another.
    """
    if _PROCEDURE.search(sources):
        return b""
    names = name_lists.replace(b"\0", b"")
    return LIST_HEAD + names if _STARTS_BY_ITSELF.search(names) else b""
