"""Makes short, harmless texts of bytes that strangers chose.

Before this on the path: the readers. After it: the records, whose texts hold no control characters and have a bound.
"""

from __future__ import annotations

MAX_NAME = 256
"""Letters of a user, file, share or host name."""


def clean(text: str, limit: int = MAX_NAME) -> str:
    """Cut a text, and write letters that do not print (control, direction, lone surrogate) as numbers."""
    text = text[:limit]
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else f"\\x{ord(one):02x}" for one in text)[:limit]


def from_bytes(data: bytes, limit: int = MAX_NAME) -> str:
    """Read bytes as UTF-8, others written out in hex."""
    return clean(data[: limit * 4].decode("utf-8", "backslashreplace"), limit)


def from_utf16(data: bytes, limit: int = MAX_NAME) -> str:
    """Read the two-byte letters of Windows, without the zero at the end."""
    return clean(data[: limit * 2].decode("utf-16-le", "replace").rstrip("\0"), limit)


def until_zero(data: bytes, limit: int = MAX_NAME) -> str:
    """Read the text that ends with a zero byte."""
    return from_bytes(data[: limit * 4].split(b"\0", 1)[0], limit)
