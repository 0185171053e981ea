import struct

import pytest

from detectors.telemetry.stream_signs import OPEN_PAIRS, SIGNS, TLS_PAIRS, sign_of


def windows_head(place=0x80, mark=b"PE\0\0"):
    """Make the shape of a program's first bytes; there is no program."""
    head = b"M" + b"Z" + bytes(58) + struct.pack("<I", place)
    return head.ljust(place, b"\0") + mark + bytes(20)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (windows_head(), "windows_program"),
        (windows_head(mark=b"NE\0\0"), ""),
        (b"M" + b"Z" + b"x" * 200, ""),
        (b"\x7f" + b"ELF\2\1\1" + bytes(40), "linux_program"),
        (b"\x7f" + b"ELF\7\1\1" + bytes(40), ""),
        (b"\xcf\xfa\xed\xfe\x07\0\0\1" + bytes(4) + b"\2\0\0\0", "mac_program"),
        (b"C:\\Users\\ann>", "shell_prompt"),
        (b"PS C:\\> ", "shell_prompt"),
        (b"root@box:~# ", "shell_prompt"),
        (b"uid=0(root) gid=0(root)\n", "shell_prompt"),
        (b"shipping list for today", ""),
        (b"MIME-Version: 1.0", ""),
    ],
)
def test_signs_are_told_from_look_alikes(head, kind):
    assert sign_of(head, is_in_tls=False) == kind
    assert sign_of(head, is_in_tls=True) == ""


def test_a_heartbeat_is_one_in_tls_only():
    beat = b"\x18\x03\x02\0\3\1\0\1"
    assert (sign_of(beat, is_in_tls=True), sign_of(beat, is_in_tls=False)) == ("heartbeat", "")
    assert sign_of(b"\x18\x03\x03\0\x20" + b"\x99" * 32, is_in_tls=True) == "heartbeat"
    assert sign_of(b"\x18\x03\x03\xff\xff" + b"\x99" * 32, is_in_tls=True) == ""
    assert sign_of(b"\x18\x03\x09\0\x20" + b"\x99" * 32, is_in_tls=True) == ""


def test_every_start_is_found_by_its_two_bytes():
    for sign in SIGNS:
        table = TLS_PAIRS if sign.is_in_tls else OPEN_PAIRS
        assert all(table[start[0] << 8 | start[1]] for start in sign.starts)
