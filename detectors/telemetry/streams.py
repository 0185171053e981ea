"""Reads files that hold one packed stream: gzip, bzip2, xz, lzma; a tar inside is read on the fly.

Before this on the path: ``archives``, which knows the format by its first bytes. After it: ``archives`` again.
"""

from __future__ import annotations

from collections.abc import Iterator

from detectors.contract.errors import SkipReason
from detectors.telemetry.tars import is_tar_header, read_tar_stream
from detectors.telemetry.unpacking import (
    BOMB_RATIO,
    ArchiveBudget,
    ArchiveFault,
    Damaged,
    MakeDecoder,
    Member,
    Stream,
    collect,
    make_bzip2,
    make_gzip,
    make_xz,
    metered,
    unpack,
)

_FORMATS: tuple[tuple[bytes, MakeDecoder], ...] = (
    (b"\x1f\x8b\x08", make_gzip),
    (b"BZh", make_bzip2),
    (b"\xfd7zXZ\0", make_xz),
    (b"\x5d\0\0", make_xz),
)
_TAR_BLOCK = 512
_MAX_NAME = 255


def read_stream(data: bytes, budget: ArchiveBudget, password: bytes | None) -> Iterator[Member]:
    """Hand out the one member, or the members of the tar that it is."""
    del password  # these formats know none
    magic, make_decoder = next((magic, make) for magic, make in _FORMATS if data.startswith(magic))
    pieces = metered(_unpack_all(memoryview(data), magic, make_decoder), budget)
    stream = Stream(pieces)
    try:
        head = stream.peek(_TAR_BLOCK)
    except Damaged:
        raise ArchiveFault(SkipReason.ARCHIVE_DAMAGED) from None
    if is_tar_header(head):
        yield from read_tar_stream(stream, budget)
    else:
        content = collect(stream.everything(), budget, packed_bytes=len(data))
        yield Member(_inner_name(data), content)
        if content.trouble is SkipReason.FILE_TOO_LARGE:
            _weigh_rest(stream, len(data), budget)


def _unpack_all(packed: memoryview, magic: bytes, make_decoder: MakeDecoder) -> Iterator[bytes]:
    """Unpack streams that follow each other; what else stands behind them was scanned with the file itself."""
    start = 0
    while bytes(packed[start : start + len(magic)]) == magic:
        used: list[int] = []
        yield from unpack(packed[start:], make_decoder(), used)
        start += used[0]
        while start < len(packed) and packed[start] == 0:  # padding
            start += 1


def _weigh_rest(stream: Stream, packed_bytes: int, budget: ArchiveBudget) -> None:
    """Unpack what is left without keeping it, to tell a large file from a bomb; the budget ends it in time."""
    size = budget.max_member_bytes + sum(map(len, stream.everything()))
    if size >= packed_bytes * BOMB_RATIO:
        raise ArchiveFault(SkipReason.ARCHIVE_RATIO_TOO_HIGH, is_bomb=True, limit_ratio=BOMB_RATIO)


def _inner_name(data: bytes) -> str:
    """Return the name kept in a gzip header, or ``content``."""
    flags = data[3] if data[:2] == b"\x1f\x8b" and len(data) > 3 else 0  # noqa: PLR2004 - where the flags stand
    has_extra, has_name = flags & 4, flags & 8
    if not has_name:
        return "content"
    start = 12 + int.from_bytes(data[10:12], "little") if has_extra else 10
    name = data[start : start + _MAX_NAME].split(b"\0")[0]
    return name.decode("utf-8", "surrogateescape") or "content"
