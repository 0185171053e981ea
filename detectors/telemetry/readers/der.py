"""Reads the bones of BER and DER (X.690): tags, lengths, and what lies between.

Before this on the path: the Kerberos, LDAP, SNMP and SPNEGO readers. After it: the same. One level at a time, never by
recursion, so no message can be too deep. Content that ends too early is given as far as it is there.
"""

from __future__ import annotations

from collections.abc import Iterator

_LONG_TAG = 0x1F
_LONG_LENGTH = 0x80
_MAX_LENGTH_BYTES = 4
_HEAD = 2
MAX_ITEMS = 512
"""Members of one level that are looked at."""

SEQUENCE, INTEGER, OCTETS, ENUMERATED = 0x30, 0x02, 0x04, 0x0A


def head(data: bytes) -> tuple[int, int, int] | None:
    """Read one tag and length.

    Returns:
        (tag, bytes of tag and length, length of the content); None where there is nothing that we read: several bytes
        of tag, an open length, or an end within the length itself.
    """
    if len(data) < _HEAD or data[0] & _LONG_TAG == _LONG_TAG:
        return None
    length = data[1]
    if length < _LONG_LENGTH:
        return data[0], _HEAD, length
    size = length - _LONG_LENGTH
    if not 0 < size <= _MAX_LENGTH_BYTES or len(data) < _HEAD + size:
        return None
    return data[0], _HEAD + size, int.from_bytes(data[_HEAD : _HEAD + size], "big")


def whole_size(data: bytes) -> int:
    """Tell how long the element is that begins here: 0 when the head is not all there, -1 when it is none of ours."""
    found = head(data)
    if found is not None:
        return found[1] + found[2]
    is_short = len(data) < _HEAD or (
        data[0] & _LONG_TAG != _LONG_TAG and 0 < data[1] - _LONG_LENGTH <= _MAX_LENGTH_BYTES
    )
    return 0 if is_short else -1


def items(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk the elements of one level, at most 512, as (tag, content)."""
    at = 0
    for _ in range(MAX_ITEMS):
        found = head(data[at : at + _HEAD + _MAX_LENGTH_BYTES])
        if found is None:
            return
        tag, size, length = found
        yield tag, data[at + size : at + size + length]
        at += size + length


def first(data: bytes, tag: int) -> bytes:
    """Return the content of the first element of this level with the tag, or nothing."""
    return next((content for one, content in items(data) if one == tag), b"")


def fields(data: bytes) -> dict[int, bytes]:
    """Return the elements of one level by tag, the first of each."""
    found: dict[int, bytes] = {}
    for tag, content in items(data):
        found.setdefault(tag, content)
    return found


def number(content: bytes) -> int:
    """Read a signed whole number of at most eight bytes; 0 for anything else."""
    return int.from_bytes(content, "big", signed=True) if 0 < len(content) <= 8 else 0  # noqa: PLR2004 - 64 bits


def inner(content: bytes) -> bytes:
    """Return what the only element inside holds: ``[1] INTEGER 5`` gives the 5."""
    return next((one for _, one in items(content)), b"")


def element(tag: int, content: bytes) -> bytes:
    """Put tag and length before some content."""
    size = len(content)
    if size < _LONG_LENGTH:
        return bytes((tag, size)) + content
    return bytes((tag, _LONG_LENGTH + _MAX_LENGTH_BYTES)) + size.to_bytes(_MAX_LENGTH_BYTES, "big") + content
