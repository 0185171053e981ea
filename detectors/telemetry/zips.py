"""Reads zip archives and all that are built like them: office files, jar, apk, odt, epub, self-extracting programs.

Before this on the path: ``archives``. After it: ``archives`` again. The library's reader is not used: it keeps a
million entries in memory, raises one of six unrelated errors, and believes the sizes it reads.
Format: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (section numbers below).
Overlapping members: D. Fifield, "A better zip bomb", WOOT 2019.
"""

from __future__ import annotations

import dataclasses
import itertools
import lzma
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from detectors.contract.errors import SkipReason
from detectors.telemetry import zip_locks
from detectors.telemetry.unpacking import (
    BOMB_RATIO,
    MAX_DICTIONARY_BYTES,
    ArchiveBudget,
    ArchiveFault,
    BudgetSpent,
    Damaged,
    Decoder,
    MakeDecoder,
    Member,
    collect,
    make_bzip2,
    make_deflate,
    make_xz,
    metered,
    slices,
    unpack,
)

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
ZIP_STARTS = (_LOCAL, _END, b"PK\x07\x08PK")
"""An archive begins with a member, with its end when it is empty, or with a mark of split archives."""
_END_64, _LOCATOR_64 = b"PK\x06\x06", b"PK\x06\x07"
_END_SIZE, _CENTRAL_SIZE, _LOCAL_SIZE = 22, 46, 30
_LONGEST_COMMENT = 65_535
_LZMA_HEAD = 9
_PACKED_NOTHING = 2
_FULL_32 = 0xFFFF_FFFF
_STORED, _DEFLATED, _BZIP2, _LZMA, _XZ, _AES = 0, 8, 12, 14, 95, 99
_FLAG_LOCKED, _FLAG_SIZES_LATER, _FLAG_STRONG_LOCK, _FLAG_UTF8, _FLAG_MASKED = 1, 8, 0x40, 0x800, 0x2000
_ENTRIES_PER_MEMBER = 5
"""Folders are entries too; this many times the member limit are listed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the central directory says of one member (4.3.12)."""

    raw_name: bytes
    flags: int
    method: int
    time: int
    crc: int
    packed_bytes: int
    said_bytes: int
    start: int
    extra: bytes

    @property
    def name(self) -> str:
        """The name as text."""
        if self.flags & _FLAG_UTF8:
            return self.raw_name.decode("utf-8", "surrogateescape")
        try:
            return self.raw_name.decode("utf-8")  # many writers forget the flag
        except UnicodeDecodeError:
            return self.raw_name.decode("cp437")

    @property
    def is_locked(self) -> bool:
        """True when it takes a password."""
        return bool(self.flags & (_FLAG_LOCKED | _FLAG_STRONG_LOCK | _FLAG_MASKED))

    @property
    def is_folder(self) -> bool:
        """True for a folder; a "folder" that holds bytes is a member."""
        return self.raw_name.endswith((b"/", b"\\")) and not self.said_bytes and self.packed_bytes <= _PACKED_NOTHING


def find_end(data: bytes) -> int:
    """Return where the end record stands, -1 when there is none."""
    lowest = max(0, len(data) - _END_SIZE - _LONGEST_COMMENT)
    place = data.rfind(_END, lowest)
    while place >= 0 and place + _END_SIZE + int.from_bytes(data[place + 20 : place + 22], "little") > len(data):
        place = data.rfind(_END, lowest, place)
    return place


def has_zip_behind(data: bytes) -> bool:
    """Tell whether a zip stands behind something else, such as a program that unpacks itself, or a picture."""
    end = find_end(data)
    try:
        return end >= 0 and data.startswith(_CENTRAL, _find_directory(data, end).start)
    except (Damaged, struct.error):
        return False


def read_zip(data: bytes, budget: ArchiveBudget, password: bytes | None) -> Iterator[Member]:
    """Hand out the members; raises ArchiveFault for what concerns the whole archive."""
    try:
        directory = _find_directory(data, find_end(data))
        most = budget.max_members * _ENTRIES_PER_MEMBER
        entries = _read_directory(data, directory, most)
    except (Damaged, struct.error):
        yield from read_without_directory(data, budget, password)
        return
    _refuse_bombs(data, directory, entries, budget)
    for entry in entries:
        if not entry.is_folder:
            yield _read_member(data, entry, budget, password)
            if budget.spent:
                return
    if len(entries) > most:
        raise ArchiveFault(SkipReason.ARCHIVE_TOO_MANY_MEMBERS, limit_members=budget.max_members)
    if len(entries) % 65_536 != directory.count % 65_536:  # the short form of the record counts so far only
        raise ArchiveFault(SkipReason.ARCHIVE_HEADER_LIES, is_bomb=True, members=len(entries))


@dataclass(frozen=True, slots=True)
class _Directory:
    """Where the central directory stands."""

    start: int
    stop: int
    count: int
    shift: int
    """How many bytes stand before the archive: offsets in it do not count them."""


def _find_directory(data: bytes, end: int) -> _Directory:
    """Find the central directory by the end record, short or long (4.3.14 to 4.3.16)."""
    if end < 0:
        raise Damaged
    count, size, offset = struct.unpack_from("<HII", data, end + 10)
    stop = end
    locator = end - 20
    if locator >= 0 and data.startswith(_LOCATOR_64, locator):
        stop = data.rfind(_END_64, 0, locator)
        if stop < 0:
            raise Damaged
        count, size, offset = struct.unpack_from("<QQQ", data, stop + 32)
    start = stop - size
    if start < offset:  # what stands before the archive can only shift it to the right
        raise Damaged
    return _Directory(start, stop, count, start - offset)


def _read_directory(data: bytes, directory: _Directory, limit: int) -> list[Entry]:
    """Read the entries, not many more than ``limit``."""
    entries: list[Entry] = []
    position = directory.start
    while position + _CENTRAL_SIZE <= directory.stop and data.startswith(_CENTRAL, position):
        entry, position = _read_entry(data, position, directory.shift)
        entries.append(entry)
        if len(entries) > limit:
            return entries
    if position != directory.stop:
        raise Damaged
    return entries


def _read_entry(data: bytes, at: int, shift: int) -> tuple[Entry, int]:
    """Read one entry of the central directory; return it and the place behind it."""
    flags, method, time, crc, packed, size = struct.unpack_from("<HHIIII", data, at + 8)
    name_size, extra_size, comment_size = struct.unpack_from("<HHH", data, at + 28)
    offset = int.from_bytes(data[at + 42 : at + 46], "little")
    name_end = at + _CENTRAL_SIZE + name_size
    extra = data[name_end : name_end + extra_size]
    large = _find_extra(extra, 0x0001)
    values = [int.from_bytes(large[n : n + 8], "little") for n in range(0, len(large) - 7, 8)]
    fields = [values.pop(0) if field == _FULL_32 and values else field for field in (size, packed, offset)]
    name = data[at + _CENTRAL_SIZE : name_end]
    entry = Entry(name, flags, method, time, crc, fields[1], fields[0], fields[2] + shift, extra)
    return entry, name_end + extra_size + comment_size


def _find_extra(extra: bytes, kind: int) -> bytes:
    """Return the body of one extra field, empty when it is not there (4.5)."""
    position = 0
    while position + 4 <= len(extra):
        found, size = struct.unpack_from("<HH", extra, position)
        if found == kind:
            return extra[position + 4 : position + 4 + size]
        position += 4 + size
    return b""


def _refuse_bombs(data: bytes, directory: _Directory, entries: list[Entry], budget: ArchiveBudget) -> None:
    """Refuse archives whose members share bytes, and those that say themselves how far they would grow."""
    spans = [(directory.start, directory.stop)]
    for entry in entries:
        head = data[entry.start : entry.start + _LOCAL_SIZE]
        if len(head) == _LOCAL_SIZE and head.startswith(_LOCAL):
            names = sum(struct.unpack_from("<HH", head, 26))
            spans.append((entry.start, entry.start + _LOCAL_SIZE + names + entry.packed_bytes))
    spans.sort()
    if any(after[0] < before[1] for before, after in itertools.pairwise(spans)):
        raise ArchiveFault(SkipReason.ARCHIVE_HEADER_LIES, is_bomb=True, members=len(entries))
    said = sum(entry.said_bytes for entry in entries)
    if said > budget.max_unpacked_bytes and said >= BOMB_RATIO * len(data):
        limit = budget.max_unpacked_bytes
        raise ArchiveFault(SkipReason.ARCHIVE_TOO_LARGE, is_bomb=True, limit_bytes=limit, unpacked_bytes=said)


class _Unread(Exception):
    """A member gives nothing."""

    def __init__(self, reason: SkipReason) -> None:
        super().__init__(reason)
        self.reason = reason


def _read_member(
    data: bytes, entry: Entry, budget: ArchiveBudget, password: bytes | None, *, is_listed: bool = True
) -> Member:
    """Unpack one member and, when the central directory lists it, compare it with what is said there."""
    try:
        packed, is_true = _find_packed(data, entry)
        pieces = _open_packed(packed, entry, budget, password)
    except _Unread as unread:
        return Member(entry.name, None, unread.reason)
    except (Damaged, MemoryError, struct.error):
        return Member(entry.name, None, SkipReason.ARCHIVE_DAMAGED)
    size, said = max(1, len(packed)), entry.said_bytes
    content = collect(metered(pieces, budget), budget, packed_bytes=size, said_bytes=said)
    if is_listed:
        is_true = is_true and (len(content.data) <= said if content.trouble else content.size_bytes == said)
        if is_true and not content.trouble and entry.method != _AES and zlib.crc32(content.data) != entry.crc:
            content = dataclasses.replace(content, trouble=SkipReason.ARCHIVE_DAMAGED)
    if entry.is_locked and (not is_true or content.trouble is SkipReason.ARCHIVE_DAMAGED):
        return Member(entry.name, None, SkipReason.ARCHIVE_ENCRYPTED)  # one wrong word in 256 opens to noise
    return Member(entry.name, content, None if is_true else SkipReason.ARCHIVE_HEADER_LIES)


def _open_packed(packed: memoryview, entry: Entry, budget: ArchiveBudget, password: bytes | None) -> Iterator[bytes]:
    """Unlock where needed, and choose how to unpack; raises _Unread."""
    method = entry.method
    if entry.is_locked:
        try:
            opened = zip_locks.unlock(entry, packed, password, budget)
        except BudgetSpent:
            raise _Unread(budget.spent or SkipReason.TIME_LIMIT) from None
        if opened is None:
            raise _Unread(SkipReason.ARCHIVE_ENCRYPTED)
        method, packed = opened
    pieces = _unpack_by_method(method, packed, entry)
    if pieces is None:
        raise _Unread(SkipReason.ARCHIVE_NOT_SUPPORTED)
    return pieces


def _find_packed(data: bytes, entry: Entry) -> tuple[memoryview, bool]:
    """Return a member's packed bytes, and whether its own header says the same as the directory (4.3.7).

    Zeros are no contradiction: writers that stream fill the sizes in later.
    """
    if not data.startswith(_LOCAL, entry.start):
        raise Damaged
    flags, method, _, _, packed_bytes, said_bytes, name_size, extra_size = struct.unpack_from(
        "<HHIIIIHH", data, entry.start + 6
    )
    name_start = entry.start + _LOCAL_SIZE
    body = name_start + name_size + extra_size
    is_true = (
        data[name_start : name_start + name_size].replace(b"\\", b"/") == entry.raw_name.replace(b"\\", b"/")
        and method == entry.method
        and (flags & _FLAG_SIZES_LATER or packed_bytes in {0, entry.packed_bytes, _FULL_32})
        and (flags & _FLAG_SIZES_LATER or said_bytes in {0, entry.said_bytes, _FULL_32})
    )
    return memoryview(data)[body : body + entry.packed_bytes], bool(is_true)


def _unpack_by_method(method: int, packed: memoryview, entry: Entry) -> Iterator[bytes] | None:
    """Choose how to unpack; None for a method that we do not know (4.4.5)."""
    if method == _STORED:
        return slices(packed)
    if method == _LZMA:
        return _take(unpack(packed[_LZMA_HEAD:], _make_lzma(bytes(packed[:_LZMA_HEAD]))), entry.said_bytes)
    makers: dict[int, MakeDecoder] = {_DEFLATED: make_deflate, _BZIP2: make_bzip2, _XZ: make_xz}
    return unpack(packed, makers[method]()) if method in makers else None


def _make_lzma(head: bytes) -> Decoder:
    """Make a decoder from the nine bytes before an LZMA member (5.8.8); raises Damaged."""
    if len(head) < _LZMA_HEAD or head[2:4] != b"\x05\0" or head[4] >= 9 * 5 * 5:
        raise Damaged
    rest, context_bits = divmod(head[4], 9)
    position_bits, literal_bits = divmod(rest, 5)
    dictionary_bytes = int.from_bytes(head[5:9], "little")
    if dictionary_bytes > MAX_DICTIONARY_BYTES:
        raise Damaged
    wanted = {"id": lzma.FILTER_LZMA1, "lc": context_bits, "lp": literal_bits, "pb": position_bits}
    try:
        return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[wanted | {"dict_size": max(4096, dictionary_bytes)}])
    except lzma.LZMAError as error:
        raise Damaged from error


def _take(pieces: Iterator[bytes], count: int) -> Iterator[bytes]:
    """Stop after ``count`` bytes: LZMA in a zip may have no end of its own."""
    while count > 0:
        piece = next(pieces, None)
        if piece is None:
            return
        yield piece[:count]
        count -= len(piece)


def read_without_directory(data: bytes, budget: ArchiveBudget, password: bytes | None) -> Iterator[Member]:
    """Read what a cut or broken archive still gives, from one member's own header to the next; ends in a fault."""
    position = data.find(_LOCAL)
    while 0 <= position <= len(data) - _LOCAL_SIZE:
        flags, method, time, crc, packed, said, name_size, extra_size = struct.unpack_from(
            "<HHIIIIHH", data, position + 6
        )
        body = position + _LOCAL_SIZE + name_size + extra_size
        name = data[position + _LOCAL_SIZE : position + _LOCAL_SIZE + name_size]
        extra = data[position + _LOCAL_SIZE + name_size : body]
        if flags & _FLAG_SIZES_LATER or packed == _FULL_32:
            packed = _next_header(data, body) - body
        entry = Entry(name, flags, method, time, crc, packed, said, position, extra)
        if not entry.is_folder:
            yield _read_member(data, entry, budget, password, is_listed=False)
            if budget.spent:
                return
        position = data.find(_LOCAL, body + packed)
    raise ArchiveFault(SkipReason.ARCHIVE_DAMAGED)


def _next_header(data: bytes, start: int) -> int:
    """Return where the next header begins, or the end."""
    local = data.find(_LOCAL, start)
    stop = local if local >= 0 else len(data)
    central = data.find(_CENTRAL, start, stop)
    return max(start, central if central >= 0 else stop)
