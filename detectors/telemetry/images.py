"""Reads disc images (ISO 9660, with Joliet or Rock Ridge names) and Debian packages (ar).

Before this on the path: ``archives``. After it: ``archives`` again. Both formats hold files unpacked, so their bytes
are cut out, bounded by the image itself. Format of images: ECMA-119, with section numbers below.
A part in UDF, which other readers may prefer, is not looked into, and that is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from detectors.contract.errors import SkipReason
from detectors.telemetry.unpacking import ArchiveBudget, ArchiveFault, Content, Member, collect, metered, slices

_SECTOR = 2048
_FIRST_DESCRIPTOR, _LAST_DESCRIPTOR = 16, 80
_PRIMARY, _SUPPLEMENTARY = 1, 2
_JOLIET = (b"%/@", b"%/C", b"%/E")
_IS_FOLDER = 2
_SHORTEST_RECORD = 34
_MAX_FOLDERS = 20_000


def is_iso(data: bytes) -> bool:
    """Tell a disc image, also one that is in UDF alone."""
    return data[32_769:32_774] in {b"CD001", b"BEA01"}


def read_iso(data: bytes, budget: ArchiveBudget, password: bytes | None) -> Iterator[Member]:
    """Hand out the files of a disc image."""
    del password  # the format knows none
    root, is_joliet = _find_root(data)
    folders, seen = [("", *root)], {root[0]}
    while folders:
        path, place, size = folders.pop()
        for name, flags, start, length in _read_folder(data, place, size, is_joliet=is_joliet):
            if not flags & _IS_FOLDER:
                yield Member(path + name, _cut_out(data, start, length, budget))
                if budget.spent:
                    return
            elif start not in seen and len(seen) < _MAX_FOLDERS:  # a folder inside itself is read once
                seen.add(start)
                folders.append((f"{path}{name}/", start, length))
    if b"NSR0" in data[_FIRST_DESCRIPTOR * _SECTOR : _LAST_DESCRIPTOR * _SECTOR]:
        yield Member("", None, SkipReason.ARCHIVE_NOT_SUPPORTED)


def _find_root(data: bytes) -> tuple[tuple[int, int], bool]:
    """Return place and size of the root folder, from the Joliet descriptor where there is one (8.4, 8.5)."""
    primary: tuple[int, int] | None = None
    for sector in range(_FIRST_DESCRIPTOR, _LAST_DESCRIPTOR):
        block = data[sector * _SECTOR : (sector + 1) * _SECTOR]
        if len(block) < _SECTOR or block[1:6] != b"CD001":
            break
        root = (int.from_bytes(block[158:162], "little"), int.from_bytes(block[166:170], "little"))
        if block[0] == _SUPPLEMENTARY and block[88:91] in _JOLIET:
            return root, True
        if block[0] == _PRIMARY and primary is None:
            primary = root
    if primary is None:
        is_udf = data[32_769:32_774] == b"BEA01"
        raise ArchiveFault(SkipReason.ARCHIVE_NOT_SUPPORTED if is_udf else SkipReason.ARCHIVE_DAMAGED)
    return primary, False


def _read_folder(data: bytes, sector: int, size: int, *, is_joliet: bool) -> Iterator[tuple[str, int, int, int]]:
    """List name, flags, sector and size of what a folder holds (9.1)."""
    start = sector * _SECTOR
    if start + size > len(data):
        raise ArchiveFault(SkipReason.ARCHIVE_DAMAGED)
    position, end = start, start + size
    while position < end:
        length = data[position]
        if length == 0:  # records do not cross sectors
            position += _SECTOR - position % _SECTOR
            continue
        record = data[position : min(position + length, end)]
        position += length
        if len(record) < _SHORTEST_RECORD or len(record) < 33 + record[32]:
            raise ArchiveFault(SkipReason.ARCHIVE_DAMAGED)
        raw = record[33 : 33 + record[32]]
        if raw not in {b"\0", b"\1"}:  # itself and the folder above
            name = raw.decode("utf-16-be", "replace") if is_joliet else _plain_name(raw, record)
            sizes = int.from_bytes(record[2:6], "little"), int.from_bytes(record[10:14], "little")
            yield name.partition(";")[0], record[25], *sizes


def _plain_name(raw: bytes, record: bytes) -> str:
    """Return the long Rock Ridge name where there is one, else the short one."""
    position = 33 + len(raw) + (len(raw) + 1) % 2
    parts = b""
    while position + 5 <= len(record) and record[position + 2] >= 5:  # noqa: PLR2004 - shortest entry with a name
        if record[position : position + 2] == b"NM":
            parts += record[position + 5 : position + record[position + 2]]
        position += record[position + 2]
    return (parts or raw).decode("utf-8", "surrogateescape")


def _cut_out(data: bytes, sector: int, size: int, budget: ArchiveBudget) -> Content:
    """Cut a file out; one that lies partly outside the image is damaged."""
    inside = memoryview(data)[sector * _SECTOR : sector * _SECTOR + size]
    content = collect(metered(slices(inside), budget), budget, said_bytes=size)
    if len(inside) < size and content.trouble is None:
        return Content(content.data, size, SkipReason.ARCHIVE_DAMAGED)
    return content


_AR_START, _AR_HEADER = 8, 60


def read_ar(data: bytes, budget: ArchiveBudget, password: bytes | None) -> Iterator[Member]:
    """Hand out the members of a Debian package."""
    del password  # the format knows none
    position = _AR_START
    while position + _AR_HEADER <= len(data):
        header = data[position : position + _AR_HEADER]
        position += _AR_HEADER
        digits = header[48:58].strip()
        if header[58:60] != b"`\n" or not digits.isdigit():
            raise ArchiveFault(SkipReason.ARCHIVE_DAMAGED)
        size = int(digits)
        inside = memoryview(data)[position : position + size]
        content = collect(metered(slices(inside), budget), budget, said_bytes=size)
        yield Member(header[:16].decode("utf-8", "surrogateescape").strip().rstrip("/"), content)
        if len(inside) < size:
            raise ArchiveFault(SkipReason.ARCHIVE_DAMAGED)
        if budget.spent:
            return
        position += size + size % 2
