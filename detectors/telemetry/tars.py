"""Reads tar archives, forward only and with an own small reader: the library's keeps every header in memory.

Before this on the path: ``archives`` (plain tar) or ``streams`` (packed tar). After it: ``archives``.
Format: POSIX.1-2001 pax, GNU long names, https://www.gnu.org/software/tar/manual/html_node/Standard.html.
Links, folders and devices hold no bytes and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator

from detectors.contract.errors import SkipReason
from detectors.telemetry.unpacking import (
    ArchiveBudget,
    Damaged,
    Member,
    Part,
    Stream,
    collect,
    metered,
    slices,
)

_BLOCK = 512
_MAX_HEADERS_PER_MEMBER = 20
"""Headers in a row that only describe the next one; two or three are usual."""
_MAX_DESCRIPTION_BYTES = 1_000_000
_FILES = frozenset(b"\x000 7S")
"""Types whose bytes follow the header: ordinary, old, contiguous, sparse."""
_LONG_NAME, _PAX, _PAX_FOR_ALL, _LONG_LINK = b"LxgK"


def is_tar_header(block: bytes) -> bool:
    """Tell by its checksum whether this is the first block of a tar member."""
    said = _read_number(block[148:156])
    if len(block) < _BLOCK or not said or not block[0]:
        return False
    rest = block[:148] + b" " * 8 + block[156:_BLOCK]
    return said in {sum(rest), sum(rest) - 256 * sum(byte > 127 for byte in rest)}  # noqa: PLR2004 - old tars sum signed bytes


def read_tar(data: bytes, budget: ArchiveBudget, password: bytes | None) -> Iterator[Member]:
    """Hand out the members of a tar that is not packed."""
    del password  # the format knows none
    yield from read_tar_stream(Stream(metered(slices(memoryview(data)), budget)), budget)


def read_tar_stream(stream: Stream, budget: ArchiveBudget) -> Iterator[Member]:
    """Hand out members as they come by; raises Damaged when the archive is wrong or cut off."""
    while (header := _read_header(stream)) is not None:
        name, size = header
        part = Part(stream, size)
        content = collect(part.pieces(), budget, said_bytes=size)
        yield Member(name, content)
        if budget.spent:
            return
        if content.trouble is SkipReason.ARCHIVE_DAMAGED:
            raise Damaged
        stream.skip(part.left + -size % _BLOCK)


def _read_header(stream: Stream) -> tuple[str, int] | None:
    """Read headers up to that of the next file; return its name and size, or None at the end of the archive."""
    name, size = "", -1
    descriptions = 0
    while descriptions <= _MAX_HEADERS_PER_MEMBER:
        if not stream.peek(1):
            return None  # many writers leave the closing blocks out
        block = stream.read(_BLOCK)
        if block == bytes(_BLOCK):
            return None
        if not is_tar_header(block):
            raise Damaged
        kind, length = block[156], _read_number(block[124:136])
        if length is None or length < 0:
            raise Damaged
        if kind in {_LONG_NAME, _PAX, _PAX_FOR_ALL, _LONG_LINK}:
            descriptions += 1
            new_name, new_size = _read_description(stream, kind, length)
            name, size = new_name or name, new_size if new_size >= 0 else size
        elif kind in _FILES and not block[:100].split(b"\0")[0].endswith(b"/"):
            _skip_sparse_maps(stream, block)
            return name or _short_name(block), size if size >= 0 else length
        else:
            stream.skip(length + -length % _BLOCK if kind not in b"123456" else 0)
            name, size, descriptions = "", -1, 0
    raise Damaged


def _read_description(stream: Stream, kind: int, length: int) -> tuple[str, int]:
    """Read a header that describes the next one; return the name and the size that it gives, or ``""`` and -1."""
    if length > _MAX_DESCRIPTION_BYTES:
        raise Damaged
    body = stream.read(length + -length % _BLOCK)[:length]
    if kind == _LONG_NAME:
        return _decode(body), -1
    return _read_pax(body) if kind == _PAX else ("", -1)


def _read_pax(body: bytes) -> tuple[str, int]:
    """Take name and size from ``LENGTH KEY=VALUE`` lines."""
    name, size, start = "", -1, 0
    while start < len(body):
        length, blank, _ = body[start : start + 20].partition(b" ")
        if not blank or not length.isdigit() or int(length) <= len(length):
            break
        key, _, value = body[start + len(length) + 1 : start + int(length) - 1].partition(b"=")
        if key in {b"path", b"GNU.sparse.name"}:
            name = _decode(value)
        elif key == b"size" and value.isdigit() and len(value) < 20:  # noqa: PLR2004 - digits of the largest number
            size = int(value)
        start += int(length)
    return name, size


def _skip_sparse_maps(stream: Stream, block: bytes) -> None:
    """Pass over the extra maps of old GNU sparse files; their data is read as it is stored, without the holes."""
    more = block[156:157] == b"S" and block[482]
    while more:
        more = stream.read(_BLOCK)[504]


def _short_name(block: bytes) -> str:
    """Join the name field with the prefix of POSIX archives."""
    name = _decode(block[:100])
    is_posix = block[257:263] == b"ustar\0"
    prefix = _decode(block[345:500]) if is_posix else ""
    return f"{prefix}/{name}" if prefix else name


def _read_number(digits: bytes) -> int | None:
    """Read octal digits, or the binary form of large values; None when it is neither."""
    if digits[:1] == b"\x80":
        return int.from_bytes(digits[1:], "big")
    text = digits.strip(b" \0")
    try:
        return int(text, 8) if text else 0
    except ValueError:
        return None


def _decode(raw: bytes) -> str:
    """Decode a name up to its first zero byte; other bytes than UTF-8 are kept as surrogates."""
    return raw.split(b"\0")[0].decode("utf-8", "surrogateescape")
