from __future__ import annotations

import random
import struct
import time
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from detectors.telemetry import pcap, pcapng_blocks, record_walk
from detectors.telemetry.pcap import PcapChain, PcapForm
from detectors.telemetry.pcapng_blocks import BlockChain
from detectors.telemetry.record_walk import walk_records
from tests.detectors.telemetry.capture_builders import Seen, enhanced, interface, make_pcap, read, section


@pytest.fixture(autouse=True)
def small_lanes(monkeypatch):
    monkeypatch.setattr(record_walk, "LANE_BYTES", 512)
    monkeypatch.setattr(record_walk, "MIN_LANES", 4)
    monkeypatch.setattr(record_walk, "LARGE_BYTES", 1 << 30)
    monkeypatch.setattr(pcap, "_GUESS_SPAN", 512)
    monkeypatch.setattr(pcapng_blocks, "_GUESS_WORDS", 128)


TIME = 1_763_900_000
FILLINGS = some.sampled_from(["random", "zeros", "headers", "shifted headers", "nested", "lying lengths"])


def fill(kind: str, size: int, dice: random.Random, order: str) -> bytes:
    """Make a payload, most of them made to look like what the walk searches for."""
    if kind == "random":
        return dice.randbytes(size)
    if kind == "zeros":
        return bytes(size)
    second = TIME + dice.randrange(100)
    nested = make_pcap([Seen(dice.randbytes(dice.randrange(60)), second) for _ in range(size // 40 + 1)], order)[24:]
    if kind == "lying lengths":
        return (struct.pack(order + "IIII", second, 7, dice.randrange(20), 60) * (size // 16 + 1))[:size]
    return nested[dice.randrange(16) if kind == "shifted headers" else 0 :][:size]


def fill_blocks(kind: str, size: int, dice: random.Random, order: str) -> bytes:
    if kind in ("random", "zeros"):
        return fill(kind, size, dice, order)
    shift = dice.randrange(8) if kind == "shifted headers" else 0
    inner = b"".join(enhanced(dice.randbytes(dice.randrange(50)), 7, order=order) for _ in range(size // 40 + 1))
    return inner[shift:][:size]


def walk_both(chain, start, end):
    laned, at = walk_records(chain, start, end)
    plain, plain_at = chain.walk(start, end)
    assert laned.tolist() == plain
    assert at == plain_at
    return plain


CAPTURES = {
    "kinds": some.lists(FILLINGS, min_size=1, max_size=4),
    "largest": some.sampled_from([0, 3, 60, 400, 3000]),
    "count": some.integers(1, 300),
    "seed": some.integers(0, 2**32),
    "order": some.sampled_from("<>"),
    "cut": some.integers(0, 200),
}


@settings(max_examples=150, deadline=None)
@given(**CAPTURES)
def test_lanes_find_the_same_pcap_records_as_the_plain_walk(*, kinds, largest, count, seed, order, cut):
    dice = random.Random(seed)
    packets = [
        Seen(fill(dice.choice(kinds), dice.randint(0, largest), dice, order), TIME + place // 10)
        for place in range(count)
    ]
    data = np.frombuffer(make_pcap(packets, order), np.uint8)
    data = data[24 : max(len(data) - cut, 40)].copy()
    walk_both(PcapChain(data, PcapForm(order, 10**6, 1)), 0, len(data))


@settings(max_examples=150, deadline=None)
@given(**CAPTURES)
def test_lanes_find_the_same_pcapng_blocks_as_the_plain_walk(*, kinds, largest, count, seed, order, cut):
    dice = random.Random(seed)
    blocks = [
        enhanced(fill_blocks(dice.choice(kinds), dice.randint(0, largest), dice, order), place, order=order)
        for place in range(count)
    ]
    blocks.insert(dice.randrange(count + 1), dice.choice([b"", interface(order=order), section(order)]))
    whole = b"".join(blocks)
    data = np.frombuffer(whole[: max(len(whole) - cut, 12)], np.uint8)
    walk_both(BlockChain(data, order), 0, len(data))


def test_lanes_are_really_used():
    dice = random.Random(1)
    data = np.frombuffer(make_pcap([Seen(dice.randbytes(90), TIME) for _ in range(2000)])[24:], np.uint8)
    chain = PcapChain(data, PcapForm("<", 10**6, 1))
    borders = np.arange(512, len(data) - 1024, 512)
    starts = chain.guess(borders)
    assert len(starts) == len(borders)
    assert set(starts.tolist()) <= set(chain.walk(0, len(data))[0])


def test_a_payload_full_of_false_headers_really_misleads_the_guess():
    dice = random.Random(1)
    packets = [Seen(fill("lying lengths", 3000, dice, "<"), TIME) for _ in range(40)]
    data = np.frombuffer(make_pcap(packets)[24:], np.uint8)
    chain = PcapChain(data, PcapForm("<", 10**6, 1))
    true = walk_both(chain, 0, len(data))
    wrong = set(chain.guess(np.arange(512, len(data) - 1024, 512)).tolist()) - set(true)
    assert wrong


def test_a_damaged_length_in_the_middle_stops_both_walks_there():
    parts = make_pcap([Seen(bytes(100), TIME) for _ in range(500)])[24:]
    data = np.frombuffer(parts, np.uint8).copy()
    data[116 * 200 + 11] = 0xFF
    found, at = walk_records(PcapChain(data, PcapForm("<", 10**6, 1)), 0, len(data))
    assert (len(found), at) == (200, 116 * 200)


def make_large(count: int, size: int) -> bytes:
    """Write a recording of equal packets, many at once."""
    record = np.zeros((count, 16 + size), np.uint8)
    heads = record[:, :16].view("<u4")
    heads[:, 0] = TIME + np.arange(count) // 3000
    heads[:, 1:] = (7, size, size)
    record[:, 16:] = np.random.default_rng(1).integers(0, 256, (count, size), dtype=np.uint8)
    return make_pcap([]) + record.tobytes()


def test_a_large_recording_needs_no_python_work_for_each_packet(monkeypatch):
    monkeypatch.undo()
    asked = []
    plain_walk = PcapChain.walk

    def counted(self, at, goal):
        found, stop = plain_walk(self, at, goal)
        asked.append(len(found))
        return found, stop

    monkeypatch.setattr(PcapChain, "walk", counted)
    from detectors.telemetry.capture_file import read_capture

    assert sum(len(raw) for raw in read_capture(BytesIO(make_large(200_000, 120)))) == 200_000
    assert sum(asked) < 2_000


def test_a_small_recording_is_read_at_once():
    small = make_pcap([Seen(bytes(100), TIME) for _ in range(500)])
    read(BytesIO(small))
    started = time.process_time()
    for _ in range(20):
        read(BytesIO(small))
    assert (time.process_time() - started) / 20 < 0.02
