"""Reads files that hold one packed stream: gzip, bzip2, xz, lzma; a tar inside is read on the fly.

Before this on the path: ``archives``, which knows the format by its first bytes. After it: ``archives`` again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detectors.contract.errors import SkipReason
from detectors.telemetry.tars import is_tar_header, read_tar_stream
from detectors.telemetry.unpacking import (
    BOMB_RATIO,
    ArchiveBudget,
    MakeDecoder,
    Member,
    Progress,
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
    progress = Progress()
    stream = Stream(metered(_unpack_all(memoryview(data), magic, make_decoder, progress), budget))
    if is_tar_header(stream.peek(_TAR_BLOCK)):
        yield from read_tar_stream(stream, budget)
        return
    content = collect(stream.everything(), budget, packed_bytes=len(data))
    is_cut = content.trouble is SkipReason.FILE_TOO_LARGE or budget.spent
    if is_cut and content.size_bytes >= BOMB_RATIO * progress.used_bytes:
        content = replace(content, is_bomb=True)
    yield Member(_inner_name(data), content)


def _unpack_all(packed: memoryview, magic: bytes, make_decoder: MakeDecoder, progress: Progress) -> Iterator[bytes]:
    """Unpack streams that follow each other; what else stands behind them was scanned with the file itself."""
    start = 0
    while bytes(packed[start : start + len(magic)]) == magic:
        one = Progress()
        for piece in unpack(packed[start:], make_decoder(), one):
            progress.used_bytes = start + one.used_bytes
            yield piece
        start += one.used_bytes
        while start < len(packed) and packed[start] == 0:  # padding
            start += 1


def _inner_name(data: bytes) -> str:
    """Return the name kept in a gzip header, or ``content``."""
    flags = data[3] if data[:2] == b"\x1f\x8b" and len(data) > 3 else 0  # noqa: PLR2004 - where the flags stand
    has_extra, has_name = flags & 4, flags & 8
    if not has_name:
        return "content"
    start = 12 + int.from_bytes(data[10:12], "little") if has_extra else 10
    name = data[start : start + _MAX_NAME].split(b"\0")[0]
    return name.decode("utf-8", "surrogateescape") or "content"
