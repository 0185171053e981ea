"""Sentences in four languages, looked up by key.

Before this on the path: keys and values. After it: a page or a line. Texts are TOML tables with the languages side by
side (``resources/texts/<topic>.toml``); values from outside are made harmless on their way in.
"""

from __future__ import annotations

import locale
import os
import re
import sys
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from detectors.contract.finding import Scalar

LANGUAGES = ("en", "fr", "de", "lb")
SHOWN_LETTERS = 60
"""A longer value from outside is shortened in the middle; its ending stays, because that tells the kind of file."""
SHOWN_NAMES = 3
"""Of a list, this many are named in a sentence."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_GROUPING = {"en": ",", "fr": "\u202f", "de": ".", "lb": "."}
_DECIMAL = {"en": ".", "fr": ",", "de": ",", "lb": ","}
_SIZES = {"en": ("B", "kB", "MB", "GB"), "fr": ("o", "ko", "Mo", "Go"), "de": ("B", "kB", "MB", "GB")}
_STEP = 1000
_MINUTE_S, _HOUR_S = 60, 3600
_FEW = 10
"""Below this a length of time keeps one decimal."""
_DIRECTION_MARKS = {"\u200e", "\u200f", "\u061c", *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))}


class Harmless(str):
    """Text that is safe to show as it is; ``fill`` changes nothing in it."""

    __slots__ = ()


class Texts:
    """All sentences, read once."""

    def __init__(self, folder: Path) -> None:
        """Read every topic below ``folder``."""
        self._entries: dict[str, dict[str, Any]] = {}
        for path in sorted(folder.glob("*.toml")):
            for key, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
                self._entries[f"{path.stem}.{key}"] = entry

    def has(self, key: str) -> bool:
        """Tell whether there is such a text."""
        return key in self._entries

    def keys(self, topic: str) -> list[str]:
        """List the keys of one topic."""
        return [key for key in self._entries if key.startswith(f"{topic}.")]

    def get(self, key: str, language: str, /, **values: Scalar) -> str:
        """Tell one sentence with its values filled in; an unknown key shows itself rather than nothing."""
        entry = self._entries.get(key, {})
        template = entry.get(language) or entry.get("en") or f"[{key}]"
        return fill(str(template), language, values)

    def count(self, key: str, n: int, language: str, /, **values: Scalar) -> str:
        """Tell a sentence that depends on a number, which it knows as ``{n}``."""
        entry = self._entries.get(key, {})
        forms = entry.get(language) or entry.get("en") or {}
        template = forms.get(plural_form(n, language)) or forms.get("other") or f"[{key}]"
        return fill(str(template), language, {"n": n, **values})


def plural_form(n: int, language: str) -> str:
    """Choose ``one`` or ``other``; in French zero is singular too (Unicode CLDR plural rules)."""
    if language == "fr":
        return "one" if abs(n) <= 1 else "other"
    return "one" if abs(n) == 1 else "other"


def fill(template: str, language: str, values: Mapping[str, Scalar]) -> str:
    """Put values into a sentence; what stands in a value is never read as a placeholder."""
    return _PLACEHOLDER.sub(lambda match: shown(match[1], values.get(match[1], "?"), language), template)


def shown(name: str, value: Scalar, language: str) -> str:
    """Write one value for people: grouped digits, sizes and times with a unit, names made harmless."""
    if isinstance(value, str):
        return value if isinstance(value, Harmless) else harmless(value)
    if isinstance(value, list):
        names = [harmless(str(one)) for one in value[:SHOWN_NAMES]]
        return ", ".join(names) + (", …" if len(value) > SHOWN_NAMES else "")
    if isinstance(value, bool) or value is None:
        return "?" if value is None else str(value).lower()
    if name.endswith("_bytes"):
        return size_text(value, language)
    if name.endswith("_s") and not name.endswith("_per_s"):
        return time_text(value, language)
    return str(value) if name == "port" else number_text(value, language)  # a port is a name made of digits


def number_text(value: float, language: str) -> str:
    """Write a number with its digits grouped, and at most one decimal."""
    if isinstance(value, int):
        return f"{value:,}".replace(",", _GROUPING[language])
    return f"{value:.1f}".removesuffix(".0").replace(".", _DECIMAL[language])


def time_text(seconds: float, language: str) -> str:
    """Write a length of time in the largest fitting unit; the signs are the same in all our languages."""
    unit = "s" if seconds < 2 * _MINUTE_S else "min" if seconds < 2 * _HOUR_S else "h"
    length = seconds / {"s": 1, "min": _MINUTE_S, "h": _HOUR_S}[unit]
    return f"{number_text(length if length < _FEW else round(length), language)}\u00a0{unit}"


def size_text(size_bytes: float, language: str) -> str:
    """Write a size as people know it, in steps of 1,000."""
    units = _SIZES.get(language, _SIZES["en"])
    size, unit = float(size_bytes), 0
    while size >= _STEP and unit < len(units) - 1:
        size, unit = size / _STEP, unit + 1
    digits = f"{size:.1f}".removesuffix(".0").replace(".", _DECIMAL[language])
    return f"{digits}\u00a0{units[unit]}"


def harmless(untrusted_text: str, limit: int = SHOWN_LETTERS) -> Harmless:
    """Make text from outside safe to read: marks for what is invisible, and not longer than ``limit`` letters."""
    return Harmless(shorten("".join(_visible(letter) for letter in shorten(untrusted_text, limit * 4)), limit))


def shorten(text: str, limit: int) -> str:
    """Leave out the middle of what is too long; the ending stays."""
    if len(text) <= limit:
        return text
    tail = (limit - 1) // 2
    return f"{text[: limit - 1 - tail]}…{text[len(text) - tail :]}"


def _visible(letter: str) -> str:
    """Show one letter, or a mark where it has no shape of its own or turns the direction of reading."""
    code = ord(letter)
    if code < 0x20:  # noqa: PLR2004 - control characters have pictures of their own at U+2400
        return chr(0x2400 + code)
    if letter in _DIRECTION_MARKS:
        return "⇄"
    if unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return "\ufffd"
    return letter


def system_language(environ: Mapping[str, str] | None = None) -> str:
    """Tell which of our languages this computer speaks; English when none of them."""
    facts = os.environ if environ is None else environ
    chosen = facts.get("LC_ALL") or facts.get("LC_MESSAGES") or facts.get("LANG") or ""
    if not chosen and environ is None and sys.platform in {"win32", "darwin"}:
        chosen = locale.getlocale()[0] or ""
    # LANGUAGE is a list of wishes; gettext does not look at it in the "C" locale, and neither do we.
    wishes = "" if chosen.split(".")[0] in {"C", "POSIX"} else facts.get("LANGUAGE", "")
    for wish in f"{wishes}:{chosen}".split(":"):
        if wish[:2].lower() in LANGUAGES and not wish[2:3].isalpha():
            return wish[:2].lower()
        language = _WINDOWS_NAMES.get(wish.split("_")[0].lower())
        if language is not None:
            return language
    return "en"


_WINDOWS_NAMES = {"english": "en", "french": "fr", "german": "de", "luxembourgish": "lb"}
"""How ``locale.getlocale`` names languages on Windows."""
