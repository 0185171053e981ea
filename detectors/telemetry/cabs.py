"""Reads Windows cabinets packed with MSZIP or not at all; other methods (LZX, Quantum) are told as not supported.

Before this on the path: ``archives``. After it: ``archives`` again.
Format: [MS-CAB], https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-cab.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from detectors.contract.errors import SkipReason
from detectors.telemetry.unpacking import (
    ArchiveBudget,
    ArchiveFault,
    Damaged,
    Inflater,
    Member,
    Part,
    Stream,
    collect,
    metered,
    unpack,
)

_HEADER, _FOLDER, _FILE, _BLOCK = 36, 8, 16, 8
_HAS_PREVIOUS, _HAS_NEXT, _HAS_RESERVE = 1, 2, 4
_METHOD_MASK, _NONE, _MSZIP = 0x0F, 0, 1
_NAME_IS_UTF8 = 0x80
_MAX_NAME = 256
_WINDOW = 32_768
_SPANS_CABINETS = 0xFFFD


@dataclass(slots=True)
class _Folder:
    """Files packed together."""

    place: int
    blocks: int
    method: int
    files: list[tuple[int, int, str]] = field(default_factory=list)
    """Offset in the unpacked folder, size, name."""


def read_cab(data: bytes, budget: ArchiveBudget, password: bytes | None) -> Iterator[Member]:
    """Hand out the members, folder by folder."""
    del password  # the format knows none
    try:
        folders, block_reserve = _read_lists(data, budget)
    except (struct.error, IndexError, ValueError):
        raise ArchiveFault(SkipReason.ARCHIVE_DAMAGED) from None
    for folder in folders:
        if folder.method not in {_NONE, _MSZIP}:
            yield from (Member(name, None, SkipReason.ARCHIVE_NOT_SUPPORTED) for _, _, name in folder.files)
            continue
        yield from _read_folder(data, folder, block_reserve, budget)
        if budget.spent:
            return


def _read_lists(data: bytes, budget: ArchiveBudget) -> tuple[list[_Folder], int]:
    """Read the lists of folders and files; raises struct.error where they leave the file."""
    file_place, folder_count, file_count, flags = struct.unpack_from("<I6xHHH", data, 16)
    position, folder_reserve, block_reserve = _HEADER, 0, 0
    if flags & _HAS_RESERVE:
        header_reserve, folder_reserve, block_reserve = struct.unpack_from("<HBB", data, position)
        position += 4 + header_reserve
    for _ in range(2 * bool(flags & _HAS_PREVIOUS) + 2 * bool(flags & _HAS_NEXT)):  # names of its neighbours
        position = data.index(b"\0", position, position + _MAX_NAME) + 1
    folders = []
    for number in range(folder_count):
        place, blocks, method = struct.unpack_from("<IHH", data, position + number * (_FOLDER + folder_reserve))
        folders.append(_Folder(place, blocks, method & _METHOD_MASK))
    for _ in range(min(file_count, budget.max_members + 1)):
        size, offset, folder_number, _, _, marks = struct.unpack_from("<IIHHHH", data, file_place)
        name = data[file_place + _FILE : file_place + _FILE + _MAX_NAME].split(b"\0")[0]
        file_place += _FILE + len(name) + 1
        encoding = "utf-8" if marks & _NAME_IS_UTF8 else "cp437"
        if folder_number < _SPANS_CABINETS:
            folders[folder_number].files.append((offset, size, name.decode(encoding, "surrogateescape")))
    return folders, block_reserve


def _read_folder(data: bytes, folder: _Folder, reserve: int, budget: ArchiveBudget) -> Iterator[Member]:
    """Unpack a folder once, and cut its files from the stream in their order."""
    stream = Stream(metered(_unpack_blocks(data, folder, reserve), budget))
    position = 0
    for offset, size, name in sorted(folder.files):
        if offset < position:
            raise ArchiveFault(SkipReason.ARCHIVE_HEADER_LIES, is_bomb=True)
        stream.skip(offset - position)
        part = Part(stream, size)
        content = collect(part.pieces(), budget, said_bytes=size)
        yield Member(name, content)
        if budget.spent:
            return
        if content.trouble is SkipReason.ARCHIVE_DAMAGED:
            raise Damaged
        stream.skip(part.left)
        position = offset + size


def _unpack_blocks(data: bytes, folder: _Folder, reserve: int) -> Iterator[bytes]:
    """Unpack block after block; each may look back into the one before."""
    position, window = folder.place, b""
    for _ in range(folder.blocks):
        header = data[position : position + _BLOCK]
        if len(header) < _BLOCK:
            raise Damaged
        packed_bytes, said_bytes = struct.unpack_from("<HH", header, 4)
        position += _BLOCK + reserve
        packed = memoryview(data)[position : position + packed_bytes]
        position += packed_bytes
        if folder.method == _MSZIP:
            if bytes(packed[:2]) != b"CK":
                raise Damaged
            block = b"".join(unpack(packed[2:], Inflater(-15, window)))
        else:
            block = bytes(packed)
        if len(block) != said_bytes or said_bytes > _WINDOW:
            raise Damaged
        window = (window + block)[-_WINDOW:]
        yield block
