"""Looks inside archives: members become FileRecords, in memory only, within limits shared by the whole nest.

Before this on the path: ``telemetry/files.py`` and the wall, which hand over the bytes of one file. After it: the
detectors, which judge every member as they judge a file. Nothing is ever written to disk.

How the parser uses it::

    for item in open_members(record, ArchiveBudget(), password):   # yields nothing when it is no archive
        FileRecord      a member (``ARCHIVE!MEMBER``, depth + 1): give it to every detector that reads FileRecord
        ArchiveTrouble  give it to every detector that reads ArchiveTrouble (a bomb, a header that lies); at most one,
                        at the end, and always about the file on disk
        SkippedCheck    report it as it is

``open_members`` goes down by itself: members that are archives are handed out as records and then opened in turn,
so the parser never recurses. Names are unique within one call: a second member of the same name is called
``NAME (2)``. Each name comes at most once as a FileRecord and at most once in a SkippedCheck. So counting is exact::

    seen    = {record.name} | names of the FileRecords | names in the SkippedChecks
    checked = seen without the names in the SkippedChecks

A SkippedCheck may be about the file on disk itself, about a member already handed out (its findings are kept), or
about one that never was. A record that is not whole is not opened: whoever cut it has said so already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import TypeAlias

from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Subject
from detectors.contract.records import ArchiveTrouble, FileRecord
from detectors.telemetry.cabs import read_cab
from detectors.telemetry.images import is_iso, read_ar, read_iso
from detectors.telemetry.streams import read_stream
from detectors.telemetry.tars import is_tar_header, read_tar
from detectors.telemetry.unpacking import ArchiveBudget, ArchiveFault, BudgetSpent, Content, Damaged, Member
from detectors.telemetry.zips import ZIP_STARTS, has_zip_behind, read_zip

__all__ = ["ArchiveBudget", "is_archive", "open_members"]

Item: TypeAlias = FileRecord | ArchiveTrouble | SkippedCheck
Reader: TypeAlias = Callable[[bytes, ArchiveBudget, bytes | None], Iterator[Member]]

_MAX_NAME = 1_000
"""Longer member names are cut."""


def _refuse(data: bytes, budget: ArchiveBudget, password: bytes | None) -> Iterator[Member]:
    """Stand in for a reader of formats that we know only by name."""
    del data, budget, password
    raise ArchiveFault(SkipReason.ARCHIVE_NOT_SUPPORTED)


def _read_7z(data: bytes, budget: ArchiveBudget, password: bytes | None) -> Iterator[Member]:
    """Load the reader with the first 7z: its library takes as long to load as everything else of a worker."""
    from detectors.telemetry.sevenzips import read_7z  # noqa: PLC0415 - see above; our libraries stay readable

    return read_7z(data, budget, password)


def _read_compound(data: bytes, budget: ArchiveBudget, password: bytes | None) -> Iterator[Member]:
    """Load the reader with the first old office container, for the same reason."""
    from detectors.telemetry.compound import read_compound  # noqa: PLC0415 - as above

    return read_compound(data, budget, password)


_BY_FIRST_BYTES: tuple[tuple[bytes, Reader], ...] = (
    *((magic, read_zip) for magic in ZIP_STARTS),
    (b"\x1f\x8b\x08", read_stream),
    (b"BZh", read_stream),
    (b"\xfd7zXZ\0", read_stream),
    (b"7z\xbc\xaf\x27\x1c", _read_7z),
    (b"MSCF\0\0\0\0", read_cab),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _read_compound),
    (b"!<arch>\ndebian-binary", read_ar),  # other ar files are libraries: unpacked, scanned as they are
    (b"Rar!\x1a\x07", _refuse),
    (b"\x28\xb5\x2f\xfd", _refuse),  # zstd
    (b"\x04\x22\x4d\x18", _refuse),  # lz4
    (b"LZIP\x01", _refuse),
    (b"\x1f\x9d", _refuse),  # compress
    (b"\xed\xab\xee\xdb", _refuse),  # rpm
    (b"xar!\0", _refuse),
    (b"MSWIM\0\0\0", _refuse),
)
_FIRST_BYTES = tuple(magic for magic, _ in _BY_FIRST_BYTES)
_PLACE_OF_ACE, _PLACE_OF_LHA = slice(7, 14), slice(2, 7)


def is_archive(data: bytes) -> bool:
    """Tell by its bytes, never by its name, whether we know this as an archive, supported or not."""
    return _find_reader(data) is not None


def open_members(record: FileRecord, budget: ArchiveBudget, password: bytes | None = None) -> Iterator[Item]:
    """Hand out what is inside, depth first; see the module's docstring.

    Args:
        record: A file from disk, whole.
        budget: A fresh one.
        password: Tried on locked zip and 7z members.
    """
    if record.is_whole:
        budget.packed_bytes = len(record.data)
        yield from _Nest(record, budget, password).walk()


def _find_reader(data: bytes) -> Reader | None:
    """Choose the reader by what the bytes are."""
    if data.startswith(_FIRST_BYTES):
        return next(reader for magic, reader in _BY_FIRST_BYTES if data.startswith(magic))
    return next((reader for is_such, reader in _BY_STRUCTURE if is_such(data)), None)


def _is_by_name_only(data: bytes) -> bool:
    """Tell two old formats whose mark stands further in."""
    return data[_PLACE_OF_ACE] == b"**ACE**" or data[_PLACE_OF_LHA] in {b"-lh0-", b"-lh5-", b"-lh6-", b"-lh7-"}


def _is_lzma(data: bytes) -> bool:
    """Tell the old lzma form, which has no real magic: settings as its writers choose them, and a sensible size."""
    is_usual = data[:3] == b"\x5d\0\0" and data[13:14] == b"\0"
    return is_usual and (data[5:13] == b"\xff" * 8 or data[10:13] == bytes(3))


_BY_STRUCTURE: tuple[tuple[Callable[[bytes], bool], Reader], ...] = (
    (is_tar_header, read_tar),
    (is_iso, read_iso),
    (has_zip_behind, read_zip),
    (_is_by_name_only, _refuse),
    (_is_lzma, read_stream),
)


class _Nest:
    """One file on disk and everything inside it: shared budget, unique names, one finding."""

    def __init__(self, top: FileRecord, budget: ArchiveBudget, password: bytes | None) -> None:
        self._top = top
        self._budget = budget
        self._password = password
        self._names = {top.name: 1}
        self._open_bytes = 0
        self._worst: tuple[int, FileRecord, ArchiveFault] | None = None

    def walk(self) -> Iterator[Item]:
        """Hand out everything; then, once for the whole nest, the worst that was met."""
        yield from self._open(self._top)
        if self._worst:
            _, place, fault = self._worst
            inside = {"member": place.name} if place is not self._top else {}
            yield ArchiveTrouble(
                name=self._top.name,
                source=self._top.source,
                depth=self._top.depth,
                reason=fault.reason,
                is_bomb=fault.is_bomb,
                size_bytes=self._top.size_bytes,
                sha256=hashlib.sha256(self._top.data).hexdigest(),
                values={**fault.values, **inside},
            )

    def _open(self, record: FileRecord) -> Iterator[Item]:
        """Hand out the members of one archive, each followed by what is inside it; nothing when it is none."""
        reader = _find_reader(record.data)
        if reader is None:
            return
        faults: list[ArchiveFault] = []
        self._open_bytes += len(record.data)
        if record.depth >= self._budget.max_depth:
            faults.append(ArchiveFault(SkipReason.ARCHIVE_TOO_DEEP, limit_depth=self._budget.max_depth))
        elif record.depth and self._open_bytes > self._budget.max_open_bytes:
            limit = self._budget.max_open_bytes
            faults.append(ArchiveFault(SkipReason.ARCHIVE_TOO_LARGE, limit_bytes=limit))
        else:
            yield from self._read(record, reader, faults)
        self._open_bytes -= len(record.data)
        if faults:
            fault = min(faults, key=_rank)
            yield SkippedCheck(Subject.file(record.name), fault.reason, record.source, dict(fault.values))
            self._remember(record, fault)

    def _read(self, record: FileRecord, reader: Reader, faults: list[ArchiveFault]) -> Iterator[Item]:
        """Hand out members; what is wrong with the archive as a whole is added to ``faults``."""
        unread: dict[SkipReason, int] = {}
        for member in self._list(record, reader, faults):
            if member.content is not None:
                yield from self._hand_out(record, member.name, member.content, faults)
            if member.trouble is not None:
                unread[member.trouble] = unread.get(member.trouble, 0) + 1
            if self._budget.spent:
                break
        for reason, count in unread.items():
            is_bomb = reason is SkipReason.ARCHIVE_HEADER_LIES
            faults.append(ArchiveFault(reason, is_bomb=is_bomb, members=count))
        if self._budget.spent:
            faults.append(self._budget.describe_limit())

    def _list(self, record: FileRecord, reader: Reader, faults: list[ArchiveFault]) -> Iterator[Member]:
        """Run a reader; whatever ends it becomes a fault of the archive."""
        try:
            for member in reader(record.data, self._budget, self._password):
                if member.content is not None:
                    self._budget.count_member()
                yield member
        except ArchiveFault as fault:
            faults.append(fault)
        except BudgetSpent:
            return  # the budget says so itself
        except Damaged:
            faults.append(ArchiveFault(SkipReason.ARCHIVE_DAMAGED))
        except MemoryError:
            faults.append(ArchiveFault(SkipReason.MEMORY_LIMIT))

    def _hand_out(
        self, archive: FileRecord, untrusted_name: str, content: Content, faults: list[ArchiveFault]
    ) -> Iterator[Item]:
        """Hand out one member, then what is wrong with it, or what is inside it."""
        child = FileRecord(
            name=self._make_unique(f"{archive.name}!{untrusted_name[:_MAX_NAME]}"),
            data=content.data,
            size_bytes=content.size_bytes,
            modified_at=None,
            source=archive.source,
            depth=archive.depth + 1,
            is_whole=content.trouble is None,
            container=archive,
        )
        yield child
        if content.trouble is None:
            yield from self._open(child)
            return
        limit = self._budget.max_member_bytes
        values = {"limit_bytes": limit} if content.trouble is SkipReason.FILE_TOO_LARGE else {}
        yield SkippedCheck(Subject.file(child.name), content.trouble, child.source, dict(values))
        if content.is_bomb:
            reason = SkipReason.ARCHIVE_RATIO_TOO_HIGH
            faults.append(ArchiveFault(reason, is_bomb=True, limit_ratio=self._budget.max_ratio))

    def _remember(self, record: FileRecord, fault: ArchiveFault) -> None:
        """Keep the worst that can only be meant to overwhelm or deceive. One nest, one finding: that about the file."""
        if not fault.is_bomb and fault.reason is not SkipReason.ARCHIVE_TOO_DEEP:
            return
        if self._worst is None or _rank(fault) < self._worst[0]:
            place = self._top if fault.reason is self._budget.spent else record
            self._worst = (_rank(fault), place, fault)

    def _make_unique(self, name: str) -> str:
        """Number members of the same name."""
        unique = name
        while unique in self._names:
            self._names[name] = self._names.get(name, 1) + 1
            unique = f"{name} ({self._names[name]})"
        self._names[unique] = 1
        return unique


_ORDER = (
    SkipReason.ARCHIVE_HEADER_LIES,
    SkipReason.ARCHIVE_RATIO_TOO_HIGH,
    SkipReason.ARCHIVE_TOO_LARGE,
    SkipReason.ARCHIVE_TOO_MANY_MEMBERS,
    SkipReason.ARCHIVE_TOO_DEEP,
    SkipReason.TIME_LIMIT,
    SkipReason.MEMORY_LIMIT,
    SkipReason.ARCHIVE_DAMAGED,
    SkipReason.ARCHIVE_ENCRYPTED,
)


def _rank(fault: ArchiveFault) -> int:
    """Order faults, the gravest first: an archive is told once."""
    return _ORDER.index(fault.reason) if fault.reason in _ORDER else len(_ORDER)
