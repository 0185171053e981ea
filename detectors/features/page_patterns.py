"""The shapes of web pages that attack the program which shows them, as data. Nothing here works as an attack.

Before this on the path: heads of web answers. After it: ``exploit_attempt`` and ``exploit_legacy_client``.
"""

from __future__ import annotations

import re
from typing import Final

KINDS: Final = (
    "text/html",
    "text/plain",
    "text/xml",
    "text/vbs",
    "text/script",
    "text/javascript",
    "application/x-j",
    "application/javascript",
    "application/xml",
    "application/xhtml",
    "application/hta",
    "application/octet",
    "application/winhlp",
)
"""What a page that attacks calls itself; an empty name counts, too."""
CODED_RUN: Final = re.compile(
    rb"(?:%u[0-9a-fA-F]{4}){24}|(?:\\x[0-9a-fA-F]{2}){80}|(?:\\u[0-9a-fA-F]{4}){48}|"
    rb"(?:%[0-9a-fA-F]{2}){160}"
)
"""Long runs of coded bytes: machine code inside a script. Foreign letters in ``\\u`` form come in shorter words."""
UNDO: Final = re.compile(rb"unescape|fromCharCode|eval|String\.raw", re.IGNORECASE)
FILLING: Final = re.compile(
    rb"new Array\b|createElement|while\s{0,3}\([^)]{0,60}\.length\s{0,3}<|"
    rb"for\s{0,3}\([^)]{0,40};[^;)]{0,20}<\s{0,3}\d{2,6}",
    re.IGNORECASE,
)
"""Loops that fill memory."""

OBJECT: Final = re.compile(
    rb"classid\s{0,3}=\s{0,3}['\"]?clsid:|new ActiveXObject\s{0,3}\(|\bcreateobject\s{0,3}\(", re.IGNORECASE
)
"""An old component is called by a page."""
POWERFUL: Final = re.compile(
    rb"wscript\.shell|adodb\.stream|shell\.application|scripting\.filesystemobject|(?:microsoft|msxml2)\.xmlhttp[^;]{0,80}\.exe",
    re.IGNORECASE,
)
"""Components that write files and start programs."""
DISK_PATH: Final = re.compile(
    rb"['\"][a-z]:(?:\\\\?|/)[\w. ~$-]{1,60}(?:\\\\?|/)?[\w. ~\\/$-]{0,120}['\"]", re.IGNORECASE
)
TRIAL: Final = re.compile(
    rb"\bargcount\s{0,3}=|\bmembername\s{0,3}=\s{0,3}\"|\bString\s{0,3}\(\s{0,3}\d{3,6}\s{0,3},", re.IGNORECASE
)
"""What programs that try out components write, and strings of absurd length."""
SAME_LETTER: Final = re.compile(rb"([\x21-\x7e])\1{255}")
SCRIPT: Final = re.compile(rb"<script|<job\b|<\?xml|<html|<object", re.IGNORECASE)
HANDLER: Final = re.compile(
    rb"(?:src|href)\s{0,3}=\s{0,3}['\"]?(?:"
    rb"(?:mailto|telnet|rlogin):[^'\">]{0,200}(?:%00|%%|\.\./\.\.|cmd\.exe|\\\\[\w.]{1,60}\\)|"
    rb"(?:notes|cai|hcp|firefoxurl|ms-its|mhtml|ms-msdt|search-ms):"
    rb"[^'\">]{0,200}(?:%22|\\\\[\w.]{1,60}\\|cmd(?:\.exe)?|\.\./\.\.|IT_))",
    re.IGNORECASE,
)
"""Addresses that make another program start with a foreign file or argument."""

HELP_FILE: Final = b"?_\x03\x00"
"""Windows help of the nineties; it can carry commands, and no page has needed it since."""

MIN_READABLE: Final = 0.6
"""Share of letters that people read, after decoding; hidden texts lie above 0.9, machine code near 0.4."""
MAX_RUNS: Final = 4


def may_hold_code(head: bytes) -> bool:
    """Ask cheaply whether a long coded run is possible; single letters are found fastest."""
    if b"%" in head and (b"%u" in head or b"unescape" in head):
        return True
    return b"\\" in head and (b"\\x" in head or b"\\u" in head)


def may_start_other(small: bytes) -> bool:
    """Ask cheaply, of a head in small letters, whether ``HANDLER`` can match."""
    return b"\\\\" in small or b"%" in small or b"../.." in small or b"cmd" in small or b"msdt" in small


def holds_machine_code(head: bytes) -> bool:
    """Tell whether a page holds a long coded run that is no text: not in Latin letters, not in those of East Asia."""
    return any(not _is_readable(found[0]) for found, _ in zip(CODED_RUN.finditer(head), range(MAX_RUNS), strict=False))


def _is_readable(run: bytes) -> bool:
    if run[:2].lower() in {b"%u", b"\\u"}:
        units = [int(unit, 16) for unit in re.findall(rb"u([0-9a-fA-F]{4})", run, re.IGNORECASE)]
        readable = sum(_is_letter(unit) for unit in units)
    else:
        units = [int(unit, 16) for unit in re.findall(rb"[%x]([0-9a-fA-F]{2})", run)]
        readable = sum(unit in _PRINTABLE or unit >= 0xC0 for unit in units)  # noqa: PLR2004 - UTF-8 begins there
    return readable >= MIN_READABLE * len(units)


_PRINTABLE = frozenset({9, 10, 13, *range(32, 127)})
_BLOCKS = (range(32, 0x250), range(0x370, 0x700), range(0x3000, 0x3200), range(0x4E00, 0xA000), range(0xAC00, 0xD7A4))
"""Unicode: Latin, Greek to Arabic, kana, Chinese characters, hangul."""


def _is_letter(unit: int) -> bool:
    return any(unit in block for block in _BLOCKS)
