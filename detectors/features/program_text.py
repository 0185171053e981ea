r"""Turns a command line into a text that two computers would share: no numbers, no identities, no people.

Before this on the path: a command line, hostile text of any length. After it: ``program_features``, which cuts it into
character n-grams, and ``unusual_program``, which asks which of its words moved the score.
``C:\Users\ann\a.exe 1234`` and ``c:\users\bob\a.exe 99`` become one text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache

MAX_TEXT = 1_200
"""Characters looked at: what is said later in a command is mostly data, and a row must cost the same for everybody."""
LONG_RUN = 24
"""Letters and digits without a break from which a word is data, not a name (measured: file names are shorter)."""
_GUID = re.compile(r"\{?[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\}?")
_RUN = re.compile(r"[A-Za-z0-9+/=_]{24,}")
_HEX = re.compile(r"\b(?:0x)?[0-9a-f]{8,}\b")
_PERSON = re.compile(r"((?:[\\/]users|[\\/]home|[\\/]documents and settings)[\\/])[^\\/\"' ]{1,64}")
_DIGITS = re.compile(r"\d+")
_BLANKS = re.compile(r"\s+")
_DASHES = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2015": "-", "\u2212": "-", "'": '"', "`": "`"})
"""Shells take the long dashes of word processors for ``-``."""


def normal_text(command: str | None) -> str:
    """Write a command in the form that is hashed; empty when it is unknown."""
    if not command:
        return ""
    text = _RUN.sub(_name_run, _GUID.sub(" guid ", command[:MAX_TEXT].translate(_DASHES))).lower()
    text = _PERSON.sub(r"\1user", _HEX.sub(_name_hex, text))
    return _BLANKS.sub(" ", _DIGITS.sub("0", text)).strip()


def _name_run(match: re.Match[str]) -> str:
    """Keep long words and paths; what mixes letters of both cases and digits is data."""
    run = match.group()
    return " encoded " if is_data(run) else run


def _name_hex(match: re.Match[str]) -> str:
    run = match.group()
    return "hex" if any(sign.isdigit() for sign in run) else run


@lru_cache(maxsize=64)
def is_data(run: str) -> bool:
    """Tell encoded data from a long name or a path; the same command is asked about many times."""
    upper = sum(map(str.isupper, run))
    digits = sum(map(str.isdigit, run))
    return run.count("/") * 12 <= len(run) and bool(upper) and bool(digits) and upper + digits > len(run) // 5


def longest_run(command: str) -> int:
    """Measure the longest stretch that looks like encoded data."""
    return max((len(run) for run in _RUN.findall(command) if is_data(run)), default=0)


def entropy_bits(text: str) -> float:
    """Compute bits a character (Shannon); 0 for an empty text."""
    counts = Counter(text)
    total = len(text)
    return -sum(count / total * math.log2(count / total) for count in counts.values()) if total else 0.0


__all__ = ["MAX_TEXT", "entropy_bits", "is_data", "longest_run", "normal_text"]
