"""Writes LDAP filters as text (RFC 4515).

Before this on the path: ``ldap.py`` with the bytes of a search. After it: ``LdapMessage.filter``.
"""

from __future__ import annotations

from collections.abc import Iterator

from detectors.telemetry.readers import der
from detectors.telemetry.readers.texts import clean

MAX_LETTERS = 1_024
_MAX_PARTS = 256
_MAX_DEPTH = 20
_AND, _OR, _NOT, _SUBSTRINGS, _PRESENT, _EXTENDED = 0xA0, 0xA1, 0xA2, 0xA4, 0x87, 0xA9
_SIGNS = {_AND: "&", _OR: "|", _NOT: "!"}
_COMPARISONS = {0xA3: "=", 0xA5: ">=", 0xA6: "<=", 0xA8: "~="}


def filter_text(data: bytes) -> str:
    """Write the filter that begins here, at most 1,024 letters, 256 parts and 20 levels of it."""
    letters: list[str] = []
    size = 0
    for part in _parts(data):
        letters.append(part)
        size += len(part)
        if size >= MAX_LETTERS:
            break
    return clean("".join(letters), MAX_LETTERS)


def _parts(data: bytes) -> Iterator[str]:
    """Walk the tree with a stack of its own, so that no filter is too deep."""
    stack: list[Iterator[tuple[int, bytes]]] = [iter(list(der.items(data))[:1])]
    for _ in range(_MAX_PARTS):
        entry = next(stack[-1], None)
        while entry is None:
            stack.pop()
            if not stack:
                return
            yield ")"
            entry = next(stack[-1], None)
        tag, content = entry
        if tag in _SIGNS and len(stack) < _MAX_DEPTH:
            yield f"({_SIGNS[tag]}"
            stack.append(der.items(content))
        else:
            yield f"({_leaf(tag, content)})"


def _leaf(tag: int, content: bytes) -> str:
    if tag == _PRESENT:
        return f"{_escape(content)}=*"
    members = list(der.items(content))
    if tag in _COMPARISONS and len(members) > 1:
        return f"{_escape(members[0][1])}{_COMPARISONS[tag]}{_escape(members[1][1])}"
    if tag == _SUBSTRINGS and len(members) > 1:
        return f"{_escape(members[0][1])}={_substrings(members[1][1])}"
    if tag == _EXTENDED:
        known = dict(members)
        rule = f":{_escape(known[0x81])}" if 0x81 in known else ""  # noqa: PLR2004 - rule, type, value
        return f"{_escape(known.get(0x82, b''))}{rule}:={_escape(known.get(0x83, b''))}"
    return f"?{tag:02x}"


def _substrings(content: bytes) -> str:
    pieces = list(der.items(content))
    start = "" if pieces and pieces[0][0] == 0x80 else "*"  # noqa: PLR2004 - the beginning is given
    end = "" if pieces and pieces[-1][0] == 0x82 else "*"  # noqa: PLR2004 - the end is given
    return start + "*".join(_escape(piece) for _, piece in pieces) + end


def _escape(value: bytes) -> str:
    r"""Write a value; what would be read as part of the filter, and bytes that are no text, as ``\hh``."""
    text = value[:MAX_LETTERS]
    if text.isascii() and not any(one in b"()*\\" or one < 32 for one in text):  # noqa: PLR2004 - control characters
        return text.decode("ascii")
    return "".join(chr(one) if 32 <= one < 127 and one not in b"()*\\" else f"\\{one:02x}" for one in text)  # noqa: PLR2004
