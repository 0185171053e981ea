"""First bytes that tell where a message begins, for looking at many packets at once.

Before this on the path: nothing. After it: ``conversations.py`` keeps packets that begin so, even where a conversation
was given up or began before the capture did.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

TELLING = (
    *(b"GET ", b"POST", b"PUT ", b"HEAD", b"HTTP", b"OPTI", b"CONN", b"PROP", b"DELE", b"PATC"),
    *(b"\x16\x03\x00", b"\x16\x03\x01", b"\x16\x03\x02", b"\x16\x03\x03"),  # TLS handshake
    *(b"\xffSMB", b"\xfeSMB", b"\xfdSMB", b"\xfcSMB"),
    *(b"\x05\x00\x0b\x03", b"\x05\x00\x0e\x03", b"\x05\x00\x00\x03"),  # DCE/RPC bind, alter context, request
    *(b"SSH-", b"220 ", b"220-", b"+OK ", b"* OK"),
)
"""What can stand at the beginning of a message that a reader understands."""


def pair_table(starts: tuple[bytes, ...]) -> NDArray[np.bool_]:
    """Mark the first two bytes of some starts.

    Returns:
        bool [65536], to be asked with ``first << 8 | second``.
    """
    table = np.zeros(1 << 16, np.bool_)
    table[[start[0] << 8 | start[1] for start in starts]] = True
    return table


TELLING_PAIRS = pair_table((*TELLING, b"\0\0"))
"""A session header of SMB over TCP begins with two zeros; ``is_telling`` looks on."""


def is_telling(head: bytes) -> bool:
    """Tell whether a packet begins with the start of a message."""
    return head.startswith(TELLING) or head[4:8] in {b"\xffSMB", b"\xfeSMB", b"\xfdSMB", b"\xfcSMB"}
