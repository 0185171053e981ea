"""Machine code in a page is told from texts that are merely coded."""

from __future__ import annotations

import pytest

from detectors.features.page_patterns import holds_machine_code

NOISE = [(73 * n + 41) % 256 for n in range(200)]


@pytest.mark.parametrize(
    ("run", "is_code"),
    [
        ("".join(f"%u{high:02x}{low:02x}" for high, low in zip(NOISE, NOISE[7:], strict=False)), True),
        ("".join(f"\\x{one:02x}" for one in NOISE), True),
        ("".join(f"%u{0x4E00 + 37 * n:04x}" for n in range(60)), False),
        ("".join(f"\\u{0xAC00 + 31 * n:04x}" for n in range(60)), False),
        ("".join(f"%{one:02x}" for one in b"a hidden address, written so that no robot reads it. " * 4), False),
        ("".join(f"%u{one:04x}" for one in b"plain words in wide letters, many of them"), False),
        ("%u9090%u9090", False),
        ("", False),
    ],
)
def test_runs(run, is_code):
    assert holds_machine_code(f"<script>x = '{run}'</script>".encode()) is is_code
