"""Reads one layer of base64 or hex that a command hands to a shell or an interpreter.

Before this on the path: the commands of a pipeline. After it: ``features.shell_words`` reads the result as a script.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence

MAX_HIDDEN = 16_000
"""Letters that are decoded."""
MIN_PRINTABLE = 0.9
"""Share of letters that a script must have; what is not text is not read."""
_SHELLS = frozenset(["sh", "bash", "dash", "zsh", "ksh", "ash", "fish"])
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{8,}={0,2}")
_LONG_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"(?:[0-9A-Fa-f]{2}){4,}")
_INTERPRETERS = ("python", "perl", "ruby", "php", "node")


def decoded_script(pipe: Sequence[Sequence[str]]) -> str | None:
    """Read ``echo TEXT | base64 -d | sh``: what the shell at the end is given, or None.

    Args:
        pipe: The commands of a pipeline, each as base name and words.
    """
    if not any(command and command[0] in _SHELLS for command in pipe[1:]):
        return None
    way = next((way for command in pipe if (way := _way(command))), None)
    if way is None:
        return None
    pattern = _BASE64 if way == "base64" else _HEX
    runs = [run for command in pipe for word in command[1:] for run in pattern.findall(word[:MAX_HIDDEN])]
    return _decode(max(runs, key=len), way) if runs else None


def decoded_code(command: Sequence[str]) -> str | None:
    """Read ``python -c "...b64decode('TEXT')..."``: the text inside, or None."""
    if not command[0].startswith(_INTERPRETERS):
        return None
    code = " ".join(command[1:])[:MAX_HIDDEN]
    if not any(
        word in code for word in ("b64decode", "decode_base64", "base64_decode", "decode64", "'base64'", '"base64"')
    ):
        return None
    runs = _LONG_BASE64.findall(code)
    return _decode(max(runs, key=len), "base64") if runs else None


def _way(command: Sequence[str]) -> str | None:
    """Tell how a command decodes, if it does."""
    options = set(command[1:])
    if command[0] in ("base64", "gbase64") and options & {"-d", "-D", "--decode", "-di", "-id"}:
        return "base64"
    if command[0] == "openssl" and ("base64" in options or "-base64" in options or "-a" in options) and "-d" in options:
        return "base64"
    if command[0] == "xxd" and "-r" in options:
        return "hex"
    return None


def _decode(text: str, way: str) -> str | None:
    try:
        if way == "hex":
            raw = bytes.fromhex(text)
        else:
            raw = base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=None)
    except (binascii.Error, ValueError):
        return None
    found = raw.decode("utf-8", "replace")
    printable = sum(char.isprintable() or char in "\n\t\r" for char in found)
    return found if found and "�" not in found and printable >= MIN_PRINTABLE * len(found) else None
