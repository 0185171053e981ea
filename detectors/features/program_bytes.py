"""Tells from its first bytes whether something is a program, and of which kind.

Before this on the path: the head of a download, a written file or a bare connection.
After it: detectors of the network sense.
"""

from __future__ import annotations

import re

PE_OFFSET_AT = 0x3C
"""Where a Windows program says where its second header lies."""
MAX_PE_OFFSET = 4_096
"""Real ones lie within the first page."""
DOS_WORDS = re.compile(
    rb"This program (?:cannot be run in|must be run under)|\x0e\x1f\xba.{2}\xb4\x09\xcd\x21", re.DOTALL
)
"""The small program at the start of every Windows program, in words or in code."""

_ELF_CLASSES = (1, 2)
_MACH = (b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
_SCRIPT = re.compile(rb"#! ?/(?:usr/)?(?:local/)?bin/(?:env +)?(?:ba|da|z|k|a)?(?:sh|perl|python[\d.]*|php)\b")
_ORDER_WORDS = (
    b"WScript.Shell", b"ADODB.Stream", b"Shell.Application", b".DownloadString(", b".DownloadFile(",
    b"FromBase64String(", b"Invoke-Expression", b"-EncodedCommand",
)  # fmt: skip
"""What scripts of Windows say that start programs or fetch them; pages for browsers cannot."""
_PAGE = re.compile(rb"\s*<(?!hta:|job\b|package\b|scriptlet\b|\?xml)", re.IGNORECASE)
_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?[\t\r\n -~]{4}")
"""Begins as a text does, with or without a byte order mark."""
_BASE64 = re.compile(rb"\s{0,8}TV[opqr][A-Za-z0-9+/]{61}")
"""The head of a Windows program, written in letters."""
_SHORTCUT = b"L\x00\x00\x00\x01\x14\x02\x00"


def program_kind(head: bytes) -> str:
    """Name the kind of program, or give an empty string.

    Args:
        head: First bytes, 64 or more where there are so many.

    Returns:
        ``windows_program``, ``linux_program``, ``mac_program``, ``shell_script``, ``java_class``, ``shortcut``, or
        nothing.
    """
    if head.startswith(b"MZ"):
        return "windows_program" if _is_windows(head) else ""
    if head.startswith(b"\x7fELF"):
        return "linux_program" if len(head) > 4 and head[4] in _ELF_CLASSES else ""  # noqa: PLR2004 - ELF class byte
    if head.startswith(_MACH):
        return "mac_program"
    if head.startswith(b"\xca\xfe\xba\xbe"):
        return _universal(head)
    if head.startswith(_SHORTCUT):
        return "shortcut"
    return "shell_script" if _SCRIPT.match(head) or _is_windows_script(head) else ""


def is_program_in_letters(head: bytes) -> bool:
    """Tell whether a text is a Windows program in base64."""
    return _BASE64.match(head) is not None


def _is_windows_script(head: bytes) -> bool:
    """Ask for words that only such scripts hold; in a page they belong to other detectors."""
    if not _TEXT.match(head):
        return False
    if _PAGE.match(head):
        return b"<hta:application" in head
    return any(word in head for word in _ORDER_WORDS)


def _is_windows(head: bytes) -> bool:
    """Ask the second header where it was captured, else the words of the first."""
    at = int.from_bytes(head[PE_OFFSET_AT : PE_OFFSET_AT + 4], "little")
    if len(head) >= PE_OFFSET_AT + 4 and 0 < at <= MAX_PE_OFFSET and len(head) >= at + 4:
        return head[at : at + 4] == b"PE\x00\x00"
    return DOS_WORDS.search(head[:512]) is not None


def _universal(head: bytes) -> str:
    """Tell a Java class from a program for two kinds of Mac: the next number is a version or a small count."""
    number = int.from_bytes(head[4:8], "big")
    return "java_class" if number > 30 else "mac_program"  # noqa: PLR2004 - Java began at version 45
