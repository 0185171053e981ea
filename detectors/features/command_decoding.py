"""Reads what is written in code inside a command line: encoded PowerShell, base64, letters by number.

Before this on the path: the command line as logged, hostile text. After it: ``program_signs``; the rules see what would
really run. Bounded: two layers, a few runs, a limit in bytes; nothing is ever executed.
"""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator

MAX_LAYERS = 2
"""Code in code; deeper was not seen in practice and would only cost time."""
MAX_RUNS = 6
"""Runs decoded in one text."""
MAX_DECODED_BYTES = 64_000
"""Of one run, packed or not."""
MIN_RUN = 24
"""Shorter runs hold too little to be a command (18 bytes)."""

_RUN = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_NUMBERS = re.compile(r"(?:\d{2,3}[ ,;]{1,4}){12,}\d{2,3}")
_CHARS = re.compile(r"(?:\[char\]\s{0,3}\(?\s{0,3}(?:0x[0-9a-f]{2}|\d{2,3})\)?[\s+,]{0,5}){4,}", re.IGNORECASE)
_NUMBER = re.compile(r"0x[0-9a-f]{2}|\d{2,3}", re.IGNORECASE)
_MIN_PRINTABLE = 0.9
"""Share of letters that a text shows; compressed or encrypted bytes stay near 0.4."""


def decode_layers(text: str) -> str:
    """Join everything readable that is hidden in a text, layer by layer, one a line; empty when there is nothing."""
    found: list[str] = []
    layer = [text]
    for _ in range(MAX_LAYERS):
        layer = [inner for outer in layer for inner in _decode(outer)][:MAX_RUNS]
        found += layer
    return "\n".join(found)[:MAX_DECODED_BYTES]


def longest_run(text: str) -> int:
    """Measure the longest run of letters that could be base64; addresses and paths do not count."""
    return max((len(run) for run in _runs(text)), default=0)


def _decode(text: str) -> Iterator[str]:
    for run in list(_runs(text))[:MAX_RUNS]:
        inner = _from_base64(run)
        if inner:
            yield inner
    for pattern in (_CHARS, _NUMBERS):
        for match in list(pattern.finditer(text))[:MAX_RUNS]:
            inner = _from_numbers(match[0])
            if inner:
                yield inner


def _runs(text: str) -> Iterator[str]:
    """Yield runs that look like base64: letters in both cases or digits, and no part of an address or a path."""
    for match in _RUN.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        if before in ("\\", ":", ".", "/", "%") or text[match.end() : match.end() + 1] in (".", "\\", ":"):
            continue
        run = match[0]
        if run.count("/") > len(run) // 12 or run.count("-") + run.count("_") > len(run) // 12:
            continue
        if run.lower() == run or run.upper() == run:
            continue
        yield run


def _from_base64(run: str) -> str:
    plain = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        data = base64.b64decode(plain[: MAX_DECODED_BYTES * 4 // 3] + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return ""
    return _readable(data) or _readable(_unpack(data))


def _unpack(data: bytes) -> bytes:
    """Unpack gzip, zlib or bare deflate, as droppers write it; nothing when it is none of them."""
    for width in (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(width).decompress(data, MAX_DECODED_BYTES)
        except zlib.error:
            continue
    return b""


def _readable(data: bytes) -> str:
    """Turn bytes into text when they are text: UTF-16 as PowerShell writes it, else UTF-8."""
    if len(data) < MIN_RUN // 2:
        return ""
    wide = data[1::2].count(0) > len(data) // 3
    text = data.decode("utf-16-le" if wide else "utf-8", "replace")
    good = sum((one.isprintable() and one != "\ufffd") or one in "\r\n\t" for one in text)
    return text if good >= _MIN_PRINTABLE * len(text) else ""


def _from_numbers(text: str) -> str:
    """Turn ``[char]105+[char]101`` or a list of numbers into letters."""
    numbers = [
        int(one, 16) if one[:2].lower() == "0x" else int(one) for one in _NUMBER.findall(text)[:MAX_DECODED_BYTES]
    ]
    letters = "".join(chr(number) for number in numbers)
    return letters if all(one.isprintable() or one in "\r\n\t" for one in letters) and letters.isascii() else ""
