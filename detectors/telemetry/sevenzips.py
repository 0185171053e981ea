"""Reads 7z archives in memory: py7zr reads the list and knows the methods, the bytes are taken from it piece by piece.

Before this on the path: ``archives``. After it: ``archives`` again. The library's own way out writes files, or holds
all members at once; so its worker is not used. Only methods that stood up to altered archives are let through: the
PPMd decoder, for one, brings the process down.
"""

from __future__ import annotations

import dataclasses
import io
import lzma
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import py7zr
import py7zr.exceptions
from py7zr.archiveinfo import HeaderStreamsInfo

from detectors.contract.errors import SkipReason
from detectors.telemetry.unpacking import (
    MAX_DICTIONARY_BYTES,
    PIECE_BYTES,
    ArchiveBudget,
    ArchiveFault,
    Content,
    Damaged,
    Member,
    Part,
    Stream,
    collect,
    metered,
)

_LZMA, _LZMA2, _AES = b"\x03\x01\x01", b"\x21", b"\x06\xf1\x07\x01"
_STEADY_METHODS = frozenset(
    bytes.fromhex(method)
    for method in (
        *("00", "03", "04", "05", "06", "07", "08", "09"),  # stored, and filters for programs
        *("030101", "21", "040108", "040202", "06f10701"),  # LZMA, LZMA2, Deflate, bzip2, AES
        *("03030103", "03030205", "03030401", "03030501", "03030701", "03030805"),  # the same filters, older numbers
    )
)
_ENCODED_LIST = 0x17
_LIST_PLACE, _HEADER_BYTES = 12, 32
_MAX_IDLE = 3
"""Rounds in which a decoder neither takes nor gives."""
_LIBRARY_FAULTS = (
    py7zr.exceptions.ArchiveError,
    lzma.LZMAError,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    RuntimeError,
)
"""What the library was seen to raise over altered archives."""


def read_7z(data: bytes, budget: ArchiveBudget, password: bytes | None) -> Iterator[Member]:
    """Hand out the members, one packed block after the other."""
    source = io.BytesIO(data)
    try:
        _check_list(data)
        archive = py7zr.SevenZipFile(source, password=password.decode("utf-8", "replace") if password else None)
        blocks = _list_blocks(archive)
        empty = [str(file.filename) for file in archive.files if file.emptystream and not file.is_directory]
        is_locked = bool(archive.password_protected and _is_locked(blocks))
    except py7zr.exceptions.PasswordRequired:
        raise ArchiveFault(SkipReason.ARCHIVE_ENCRYPTED) from None
    except py7zr.exceptions.UnsupportedCompressionMethodError:
        raise ArchiveFault(SkipReason.ARCHIVE_NOT_SUPPORTED) from None
    except MemoryError:
        raise ArchiveFault(SkipReason.MEMORY_LIMIT) from None
    except _LIBRARY_FAULTS:
        raise ArchiveFault(SkipReason.ARCHIVE_DAMAGED) from None
    yield from (Member(name, Content(b"", 0)) for name in empty)
    for block in blocks:
        yield from _read_block(source, block, budget, is_locked=is_locked)
        if budget.spent:
            return


@dataclass(frozen=True, slots=True)
class _Block:
    """A packed block (the format calls it a folder), which holds its files end to end."""

    folder: Any
    """The library's object: knows the methods."""
    files: list[tuple[str, int, int | None]]
    """Name, size and checksum of each."""
    place: int
    """Where its packed bytes begin."""
    packed_bytes: int
    """And how many they are."""


def _list_blocks(archive: Any) -> list[_Block]:
    """List the packed blocks."""
    streams = getattr(archive.header, "main_streams", None)
    if streams is None:
        return []
    positions = streams.packinfo.packpositions
    blocks = []
    first = 0
    for folder in streams.unpackinfo.folders:
        behind = first + max(coder.get("numinstreams", 1) for coder in folder.coders)
        files = [(str(one.filename), int(one.uncompressed), one.crc32) for one in folder.files or ()]
        place, size = archive.afterheader + positions[first], positions[behind] - positions[first]
        blocks.append(_Block(folder, files, place, size))
        first = behind
    return blocks


def _is_locked(blocks: list[_Block]) -> bool:
    """Tell whether any block is encrypted."""
    return any(coder.get("method") == _AES for block in blocks for coder in block.folder.coders)


def _read_block(source: io.BytesIO, block: _Block, budget: ArchiveBudget, *, is_locked: bool) -> Iterator[Member]:
    """Unpack one block; when it fails half-way, its other members are told as not read."""
    stream = Stream(metered(_unpack_block(source, block), budget))
    damage = SkipReason.ARCHIVE_ENCRYPTED if is_locked else SkipReason.ARCHIVE_DAMAGED  # a wrong word reads as noise
    fault: SkipReason | None = None
    for name, size, checksum in block.files:
        if fault:
            yield Member(name, None, fault)
            continue
        part = Part(stream, size)
        try:
            content = collect(part.pieces(), budget, said_bytes=size)
            stream.skip(0 if budget.spent or content.trouble is SkipReason.ARCHIVE_DAMAGED else part.left)
        except Damaged:
            fault = damage
        except ArchiveFault as unknown:
            fault = unknown.reason
            yield Member(name, None, fault)
            continue
        is_wrong = content.trouble is None and checksum is not None and zlib.crc32(content.data) != checksum
        if is_wrong or content.trouble is SkipReason.ARCHIVE_DAMAGED:
            fault = damage
        if is_locked and fault:
            yield Member(name, None, fault)  # noise is no content
        else:
            yield Member(name, dataclasses.replace(content, trouble=fault) if fault else content)
        if budget.spent:
            return


def _unpack_block(source: io.BytesIO, block: _Block) -> Iterator[bytes]:
    """Unpack a block piece by piece; the library's faults become ours."""
    left = sum(size for _, size, _ in block.files)
    try:
        _check_methods(block.folder.coders)
        decoder = block.folder.get_decompressor(block.packed_bytes)
        source.seek(block.place)
        idle = 0
        while left > 0:
            before = source.tell()
            piece = bytes(decoder.decompress(source, min(left, PIECE_BYTES)))
            idle = 0 if piece or source.tell() != before else idle + 1
            if idle > _MAX_IDLE:
                raise Damaged
            left -= len(piece)
            if piece:
                yield piece
    except py7zr.exceptions.PasswordRequired:
        raise ArchiveFault(SkipReason.ARCHIVE_ENCRYPTED) from None
    except py7zr.exceptions.UnsupportedCompressionMethodError:
        raise ArchiveFault(SkipReason.ARCHIVE_NOT_SUPPORTED) from None
    except _LIBRARY_FAULTS:
        raise Damaged from None


def _check_list(data: bytes) -> None:
    """Check how the list of members itself is packed, before the library unpacks it."""
    place, size = struct.unpack_from("<QQ", data, _LIST_PLACE)
    start = _HEADER_BYTES + place
    packed_list = data[start : start + size]
    if packed_list[:1] == bytes([_ENCODED_LIST]):
        for folder in HeaderStreamsInfo.retrieve(io.BytesIO(packed_list[1:])).unpackinfo.folders:
            _check_methods(folder.coders)


def _check_methods(coders: list[dict[str, Any]]) -> None:
    """Refuse methods we do not trust, and settings that ask for too much memory before anything is unpacked."""
    for coder in coders:
        method, settings = coder.get("method", b""), coder.get("properties") or b""
        if method not in _STEADY_METHODS:
            raise ArchiveFault(SkipReason.ARCHIVE_NOT_SUPPORTED)
        wanted = 0
        if method == _LZMA:
            wanted = int.from_bytes(settings[1:5], "little")
        elif method == _LZMA2 and settings:
            wanted = (2 | settings[0] & 1) << (settings[0] // 2 + 11)
        if wanted > MAX_DICTIONARY_BYTES:
            raise ArchiveFault(SkipReason.MEMORY_LIMIT)
