"""Programs are known by their first bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.features.program_bytes import program_kind

WINDOWS = (b"MZ" + bytes(58) + (0x80).to_bytes(4, "little")).ljust(0x80, b"\0") + b"PE\0\0"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (WINDOWS, "windows_program"),
        (WINDOWS[:64] + b"\x0e\x1f\xba\x0e\x00\xb4\x09\xcd\x21", "windows_program"),
        (b"\x7fELF\x02\x01\x01", "linux_program"),
        (b"\xcf\xfa\xed\xfe\x07\0\0\x01", "mac_program"),
        (b"\xca\xfe\xba\xbe\0\0\0\x02", "mac_program"),
        (b"\xca\xfe\xba\xbe\0\0\0\x34", "java_class"),
        (b"#!/usr/bin/env python3\n", "shell_script"),
        (b"MZ" + bytes(200), ""),
        (WINDOWS[:0x80] + b"NE\0\0", ""),
        (b"\x7fELF\x09", ""),
        (b"\x7fELF", ""),
        (b"MZ", ""),
        (b"#! a title", ""),
        (b"", ""),
    ],
)
def test_kinds_of_programs(head, kind):
    assert program_kind(head) == kind


@given(st.sampled_from([b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b""]), st.binary(max_size=100))
def test_any_bytes_get_an_answer(start, rest):
    assert isinstance(program_kind(start + rest), str)
