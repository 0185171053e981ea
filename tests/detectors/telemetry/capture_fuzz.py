"""Damages recordings at random and reads them twice, fast and plainly: both must tell the same.

python -m tests.detectors.telemetry.capture_fuzz 10000     from the top of the tree
"""

from __future__ import annotations

import random
import sys
from io import BytesIO

from detectors.telemetry import pcap, pcapng_blocks, record_walk
from detectors.telemetry.capture_window import open_window
from detectors.telemetry.pcap import is_pcap, read_pcap
from detectors.telemetry.pcapng import is_pcapng, read_pcapng
from tests.detectors.telemetry.capture_builders import (
    MODIFIED,
    NANO,
    Seen,
    block,
    enhanced,
    interface,
    make_pcap,
    old_packet,
    read,
    read_all,
    section,
    simple,
)
from tests.detectors.telemetry.plain_captures import read_pcap_plainly, read_pcapng_plainly

ODD_NUMBERS = (0, 1, 15, 16, 255, 0xFFFF, 262_144, 262_145, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def make_whole(dice: random.Random) -> bytes:
    """Make a recording of some kind."""
    order = dice.choice("<>")
    bodies = [dice.randbytes(dice.choice((0, 20, 60, 300))) for _ in range(dice.randrange(120))]
    if dice.random() < 0.5:
        magic = dice.choice((0xA1B2C3D4, NANO, MODIFIED))
        extra = bytes(8) if magic == MODIFIED else b""
        return make_pcap([Seen(body, 1e9 + place) for place, body in enumerate(bodies)], order, magic, extra=extra)
    parts = [section(order), interface(order=order)]
    for place, body in enumerate(bodies):
        parts.append(
            dice.choices(
                (
                    enhanced(body, place, order=order),
                    simple(body, order=order),
                    old_packet(body, place, order=order),
                    block(0xBAD, body, order),
                    interface(113, order=order),
                    section(order := dice.choice("<>")) + interface(order=order),
                ),
                (60, 10, 10, 5, 2, 2),
            )[0]
        )
        if parts[-1][:4] != b"\x0a\x0d\x0d\x0a":
            order = "<" if parts[-1][3] == 0 else ">"
    return b"".join(parts)


def damage(whole: bytes, dice: random.Random) -> bytes:
    """Change a few places: bits, numbers, missing, doubled and foreign pieces, an early end."""
    data = bytearray(whole)
    for _ in range(dice.choice((0, 1, 1, 2, 5))):
        if not data:
            break
        at = dice.randrange(len(data)) if dice.random() < 0.7 else dice.randrange(min(len(data), 64))
        kind = dice.randrange(6)
        if kind == 0:
            data[at] ^= 1 << dice.randrange(8)
        elif kind == 1:
            data[at & -4 : (at & -4) + 4] = dice.choice(ODD_NUMBERS).to_bytes(4, dice.choice(("little", "big")))
        elif kind == 2:
            del data[at : at + dice.randrange(1, 40)]
        elif kind == 3:
            data[at:at] = data[at : at + dice.randrange(1, 200)]
        elif kind == 4:
            data[at:at] = dice.randbytes(dice.randrange(1, 40))
        else:
            del data[max(at, 1) :]
    return bytes(data)


def compare(data: bytes, window_bytes: int) -> str:
    """Read both ways; returns a word for what the recording is, raises AssertionError when they differ."""
    window = open_window(BytesIO(data), window_bytes)
    if is_pcap(data):
        form = pcap._read_form(open_window(BytesIO(data), window_bytes))
        told, items = read_pcap_plainly(data, form.head_bytes if form else 16, window_bytes), read_pcap(window)
    elif is_pcapng(data):
        told, items = read_pcapng_plainly(data, window_bytes), read_pcapng(window)
    else:
        _, trouble = read(BytesIO(data))
        assert trouble is not None
        return "foreign"
    seen, trouble = read_all(items)
    assert [(one.data, one.wire, one.link) for one in seen] == [(one.data, one.wire, one.link) for one in told[0]]
    if b"\x09\0\x01" not in data:  # options change times, and the plain reader knows none
        assert all(abs(ours.at_s - theirs.at_s) < 1e-3 for ours, theirs in zip(seen, told[0], strict=True))
    assert (None if trouble is None else (trouble.offset, trouble.reason)) == told[1]
    return "whole" if trouble is None else str(trouble.reason)


def fuzz(count: int, seed: int = 1) -> dict[str, int]:
    """Damage and compare ``count`` recordings.

    Returns:
        How many ended how.
    """
    record_walk.LANE_BYTES, record_walk.MIN_LANES, record_walk.LARGE_BYTES = 512, 4, 1 << 30
    pcap._GUESS_SPAN, pcapng_blocks._GUESS_WORDS = 512, 128
    ends: dict[str, int] = {}
    for place in range(count):
        dice = random.Random(f"{seed} {place}")
        data = damage(make_whole(dice), dice)
        try:
            end = compare(data, dice.choice((4096, 16_384, 1 << 20)))
        except Exception as error:
            raise AssertionError(f"seed {seed}, recording {place}") from error
        ends[end] = ends.get(end, 0) + 1
    return ends


if __name__ == "__main__":
    print(fuzz(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))  # noqa: T201 - a command
