"""Makes what a web client sent comparable: decoded twice, in lower case, without tricks of spacing.

Before this on the path: targets and bodies of HTTP requests, hostile text.
After it: patterns of ``web_attack`` and others.
"""

from __future__ import annotations

import html
import re
from urllib.parse import unquote_to_bytes

MAX_LETTERS = 4_096
"""Longer texts are cut: the longest pattern that matters is far shorter."""
ROUNDS = 2
"""Attackers hide behind one coding too many; a third one no server undoes."""

_WIDE = re.compile(r"%u([0-9a-fA-F]{4})")
_ENTITY = re.compile(r"&(?:#|(?:lt|gt|quot|amp|apos|colon|lpar|rpar)\b)", re.IGNORECASE)
"""A bare ``&`` stands between the fields of every form; only these hide something."""
_SQL_COMMENT = re.compile(r"/\*.{0,40}?\*/")
_BLANKS = re.compile(r"[ \t\f\v\xa0]+")
_LINE_ENDS = re.compile(r" ?(?:\r\n?|\n)(?: |\r|\n)*")
_LONG_SLASHES = (("%c0%af", "/"), ("%c1%9c", "\\"), ("%e0%80%af", "/"), ("%c0%ae", "."), ("%e0%80%ae", "."))
"""Slashes and dots written longer than Unicode allows, which old servers took for the real ones."""


def decode_web(text: str) -> str:
    """Undo percent, plus and entity coding up to twice; never longer than it came, never an exception."""
    plain = text[:MAX_LETTERS]
    for _ in range(ROUNDS):
        decoded = _decode_once(plain)
        if decoded == plain:
            break
        plain = decoded
    return plain


def comparable(text: str) -> str:
    """Decode, take comments out of the middle of words, join blanks, join line ends, and write small."""
    plain = _SQL_COMMENT.sub(" ", decode_web(text))
    return _LINE_ENDS.sub("\n", _BLANKS.sub(" ", plain)).lower()


def read_body(data: bytes, limit: int = MAX_LETTERS) -> str:
    """Read bytes as text, one letter a byte, so that nothing is lost."""
    return data[:limit].decode("latin-1")


def _decode_once(text: str) -> str:
    if "%" not in text and "+" not in text:
        return _unescape(text)
    wide = _WIDE.sub(lambda found: chr(int(found[1], 16)), text)
    if "%c" in (small := wide.lower()) or "%e0%80" in small:
        for coded, plain in _LONG_SLASHES:
            wide = re.sub(coded, lambda _, plain=plain: plain, wide, flags=re.IGNORECASE)  # type: ignore[misc]
    bare = unquote_to_bytes(wide.replace("+", " ").encode("utf-8", "surrogatepass"))
    return _unescape(bare.decode("utf-8", "replace"))


def _unescape(text: str) -> str:
    return html.unescape(text)[:MAX_LETTERS] if _ENTITY.search(text) else text
