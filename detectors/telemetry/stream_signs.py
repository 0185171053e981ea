"""Telling things in the middle of a conversation: programs on their way, a command prompt, a TLS heartbeat.

Before this on the path: ``conversations.py`` finds packets that begin with two bytes of the table, all at once. After
it: ``StreamSign`` records.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from detectors.telemetry.readers.starts import pair_table

SIGN_HEAD_BYTES = 128
LOOK_BYTES = 1_600
"""How much of a packet is looked at."""
_PE_OFFSET = 0x3C
_PE_OFFSET_MAX = 0x1000
"""Linkers place the PE header within the first page."""
_BEAT_MIN = 3
"""Kind and length of a heartbeat."""
_RECORD_MAX = (1 << 14) + 2_048
"""TLS record with everything that may be added (RFC 5246)."""
_DOS_TEXT = b"DOS mode"
_PROMPT = re.compile(
    rb"Microsoft Windows \[|[A-Z]:\\[^\r\n<>|\"]{0,120}>|PS [A-Z]:\\[^\r\n<>|\"]{0,120}> ?|uid=\d+\([\w-]+\) gid=|"
    rb"(?:ba|da|z|k)?sh-\d\.\d+[a-z]?[$#] |\[?[\w.-]{1,32}@[\w.-]{1,64}[: ][^\r\n]{0,80}[$#] ?$"
)


@dataclass(frozen=True, slots=True)
class SignKind:
    """One kind of sign: how it begins, and what must hold besides."""

    kind: str
    starts: tuple[bytes, ...]
    is_one: Callable[[bytes], bool]
    is_in_tls: bool = False
    """Looked for in TLS conversations, and nowhere else."""


def _is_windows_program(head: bytes) -> bool:
    """Look for the PE header, or for the sentence in front of it where the header is not in the packet."""
    if len(head) < _PE_OFFSET + 4:
        return False
    place = int.from_bytes(head[_PE_OFFSET : _PE_OFFSET + 4], "little")
    if place + 4 <= len(head):
        return head[place : place + 4] == b"PE\0\0"
    return place <= _PE_OFFSET_MAX and _DOS_TEXT in head


def _is_linux_program(head: bytes) -> bool:
    return head.startswith(b"\x7fELF") and head[4:5] in b"\1\2" and head[5:6] in b"\1\2" and head[6:7] == b"\1"


def _is_mac_program(head: bytes) -> bool:
    """Mach-O for one processor: x86 or ARM, 32 or 64 bit, kind of file 1 to 12."""
    return head[4:7] in {b"\x07\0\0", b"\x0c\0\0"} and 1 <= int.from_bytes(head[12:16], "little") <= 12  # noqa: PLR2004


def _is_prompt(head: bytes) -> bool:
    return _PROMPT.match(head) is not None


def _is_heartbeat(head: bytes) -> bool:
    """Look for a heartbeat record (RFC 6520); what is in it may be encrypted, its length never is."""
    return (
        head[1:2] == b"\x03" and head[2:3] <= b"\x03" and _BEAT_MIN <= int.from_bytes(head[3:5], "big") <= _RECORD_MAX
    )


_DRIVES = tuple(bytes((letter,)) + b":" for letter in range(ord("A"), ord("Z") + 1))
SIGNS = (
    SignKind("windows_program", (b"MZ",), _is_windows_program),
    SignKind("linux_program", (b"\x7fELF",), _is_linux_program),
    SignKind("mac_program", (b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe"), _is_mac_program),
    SignKind(
        "shell_prompt",
        (b"Mi", *_DRIVES, b"PS", b"ui", b"sh", b"ba", b"da", b"zs", b"ks", b"ro", b"[r"),
        _is_prompt,
    ),
    SignKind("heartbeat", (b"\x18\x03",), _is_heartbeat, is_in_tls=True),
)
"""Everything that is looked for, by plain name."""
OPEN_PAIRS = pair_table(tuple(start for sign in SIGNS if not sign.is_in_tls for start in sign.starts))
TLS_PAIRS = pair_table(tuple(start for sign in SIGNS if sign.is_in_tls for start in sign.starts))


def sign_of(head: bytes, *, is_in_tls: bool) -> str:
    """Name the sign that a packet begins with, or return nothing.

    Args:
        head: at least the first bytes of its payload; ``LOOK_BYTES`` are enough.
        is_in_tls: the conversation is a TLS session.
    """
    for sign in SIGNS:
        if sign.is_in_tls == is_in_tls and head.startswith(sign.starts) and sign.is_one(head):
            return sign.kind
    return ""
