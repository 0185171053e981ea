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
    return "shell_script" if _SCRIPT.match(head) else ""


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
