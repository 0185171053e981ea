"""Makes a FileRecord of an open file: bounded, and honest when the file is too large or changes meanwhile.

Before this on the path: ``files.py``, which opened it, and the wall. After it: ``archives.py`` and the detectors.
Bytes are read into memory, never mapped: a mapped file that is cut short would end the process.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Scalar, Subject
from detectors.contract.records import FileRecord

MAX_FILE_BYTES = 100_000_000
"""Of a larger file the first part is read."""


def read_opened(name: str, source: str, descriptor: int) -> tuple[FileRecord | None, SkippedCheck | None]:
    """Read an open file within the limit; the second value says what was not, or not fully, read."""
    values: dict[str, Scalar] = {}
    reason: SkipReason | None = None
    try:
        before = os.fstat(descriptor)
        is_large = before.st_size > MAX_FILE_BYTES
        data = _read_first(descriptor, MAX_FILE_BYTES if is_large else before.st_size + 1)  # + 1: has it grown?
        after = os.fstat(descriptor)
    except OSError as error:
        failed = SkippedCheck(Subject.file(name), SkipReason.READ_ERROR, source, {"errno": error.errno})
        return None, failed
    if is_large:
        reason, values = SkipReason.FILE_TOO_LARGE, {"limit_bytes": MAX_FILE_BYTES, "size_bytes": before.st_size}
    elif (len(data), before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        reason = SkipReason.FILE_CHANGED
    record = make_record(name, source, data, before.st_size, before.st_mtime_ns, is_whole=reason is None)
    return record, None if reason is None else SkippedCheck(Subject.file(name), reason, source, values)


def make_record(
    name: str, source: str, data: bytes, size_bytes: int, modified_ns: int | None, *, is_whole: bool
) -> FileRecord:
    """Put a FileRecord together; a time no calendar holds becomes unknown."""
    try:
        modified_at = None if modified_ns is None else datetime.fromtimestamp(modified_ns / 1e9, UTC)
    except (OverflowError, ValueError, OSError):
        modified_at = None
    return FileRecord(name, data, size_bytes, modified_at, source, is_whole=is_whole)


def _read_first(descriptor: int, limit: int) -> bytes:
    """Read up to ``limit`` bytes from the start, wherever the descriptor stands."""
    if not hasattr(os, "pread"):
        os.lseek(descriptor, 0, os.SEEK_SET)
    pieces: list[bytes] = []
    got = 0
    while got < limit:
        left = limit - got
        piece = os.pread(descriptor, left, got) if hasattr(os, "pread") else os.read(descriptor, left)
        if not piece:
            break
        pieces.append(piece)
        got += len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
