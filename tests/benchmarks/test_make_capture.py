from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from detectors.telemetry.capture_file import read_capture
from tests.detectors.telemetry.capture_builders import Seen, read

PROGRAM = Path(__file__).parents[2] / "benchmarks" / "make_capture.py"
PACKETS = 6_000


def make(path: Path, *more: str) -> bytes:
    told = subprocess.run(
        [sys.executable, str(PROGRAM), str(path), "--packets", str(PACKETS), *more], check=True, capture_output=True
    )
    assert told.stderr == b""
    return path.read_bytes()


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> bytes:
    return make(tmp_path_factory.mktemp("office") / "office.pcap", "--seed", "3")


@pytest.fixture(scope="module")
def packets(office) -> list[Seen]:
    seen, trouble = read(BytesIO(office))
    assert trouble is None
    return seen


def add_words(data: bytes) -> int:
    total = int(np.frombuffer(data + bytes(len(data) % 2), ">u2").sum())
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(office, tmp_path):
    assert make(tmp_path / "again.pcap", "--seed", "3") == office
    assert make(tmp_path / "other.pcap", "--seed", "4") != office


def test_pcapng_holds_the_same_packets(office, packets, tmp_path):
    assert read(BytesIO(make(tmp_path / "office.pcapng", "--seed", "3", "--pcapng"))) == (packets, None)


def test_it_is_as_long_as_asked_in_order_of_time_and_of_ordinary_size(packets):
    times = [one.at_s for one in packets]
    assert len(packets) == PACKETS
    assert times == sorted(times)
    assert 300 < sum(len(one.data) for one in packets) / PACKETS < 900


def test_check_sums_are_right(packets):
    kinds = defaultdict(int)
    for one in packets:
        frame = one.data
        kind = int.from_bytes(frame[12:14], "big")
        kinds[kind] += 1
        if kind == 0x0800:
            assert add_words(frame[14:34]) == 0xFFFF
            protocol, ends, body = frame[23], frame[26:34], frame[34:]
        elif kind == 0x86DD:
            protocol, ends, body = frame[20], frame[22:54], frame[54:]
        else:
            continue
        false_head = b"" if protocol == 1 else ends + bytes([0, protocol]) + len(body).to_bytes(2, "big")
        assert add_words(false_head + body) == 0xFFFF
    assert set(kinds) == {0x0800, 0x86DD, 0x0806}


def test_conversations_are_whole_and_both_sides_speak(packets):
    """The sender's numbers go on where they ended, but for repeats, which start earlier."""
    expected: dict[bytes, int] = {}
    repeats = openings = 0
    for one in packets:
        frame = one.data
        if frame[12:14] != b"\x08\0" or frame[23] != 6:
            continue
        key = frame[26:38]
        sequence, flags = int.from_bytes(frame[38:42], "big"), frame[47]
        size = len(frame) - 34 - (frame[46] >> 4) * 4
        openings += flags == 2
        if not flags & 2 and key in expected:
            distance = (sequence - expected[key]) & 0xFFFFFFFF
            repeats += distance != 0
            assert distance == 0 or distance >= 2**32 - 1_400
        expected[key] = (sequence + size + bool(flags & 3)) & 0xFFFFFFFF
    assert openings >= 15
    assert 1 <= repeats < PACKETS * 0.02
    answered = sum(key[4:8] + key[:4] + key[10:12] + key[8:10] in expected for key in expected)
    assert answered > 0.9 * len(expected)


def test_names_of_sites_can_be_seen(office):
    assert b".example" in office
    assert len(list(read_capture(BytesIO(office)))) == 1
