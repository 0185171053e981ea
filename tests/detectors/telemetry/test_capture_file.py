from __future__ import annotations

import gzip
import random
import struct
import zlib
from io import BytesIO, RawIOBase

import pytest

from detectors.telemetry import pcap, pcapng_blocks, record_walk
from detectors.telemetry.capture_file import MIN_WINDOW_BYTES, read_capture
from detectors.telemetry.raw_packets import CaptureTrouble, TroubleReason
from tests.detectors.telemetry.capture_builders import (
    MODIFIED,
    NANO,
    Seen,
    block,
    enhanced,
    interface,
    make_pcap,
    old_packet,
    option,
    read,
    section,
    simple,
)
from tests.detectors.telemetry.capture_fuzz import fuzz

TWO = [Seen(b"first one", 1_700_000_000.25), Seen(b"second", 1_700_000_001.5, 900)]


def seen_in(data: bytes) -> list[Seen]:
    seen, trouble = read(BytesIO(data))
    assert trouble is None
    return seen


def trouble_in(data: bytes) -> tuple[int, TroubleReason, int]:
    _, trouble = read(BytesIO(data))
    assert trouble is not None
    return trouble.offset, trouble.reason, trouble.packets_read


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("magic", [0xA1B2C3D4, NANO])
def test_pcap_of_either_byte_order_and_resolution(order, magic):
    first, second = seen_in(make_pcap(TWO, order, magic, link=113))
    assert first == Seen(b"first one", 1_700_000_000.25, 9, 113)
    assert second == Seen(b"second", 1_700_000_001.5, 900, 113)


def test_old_relatives_with_longer_record_headers():
    packets = [Seen(bytes([place]) * 60, 1_700_000_000 + place, 60) for place in range(5)]
    assert seen_in(make_pcap(packets, magic=MODIFIED, extra=b"\3\0\0\0\0\x08\0\0")) == packets
    assert seen_in(make_pcap(packets, extra=b"\1\2\3\4")) == packets


def test_check_sum_bits_do_not_change_the_link_type():
    assert seen_in(make_pcap(TWO, link=0x5400_0001))[0].link == 1


def test_a_captured_length_above_the_sent_one_is_put_right_and_empty_packets_are_fine():
    long, empty = seen_in(make_pcap([Seen(b"12345678", 1.0, 3), Seen(b"", 2.0, 0)]))
    assert (long.wire, empty.data) == (8, b"")


def test_pcapng_with_sections_of_both_orders_and_all_kinds_of_packets():
    data = b"".join([
        section("<"),
        interface(1),
        interface(113, options=option(9, b"\x09")),
        enhanced(b"micro", 1_700_000_000_250_000),
        block(5, b"statistics"),
        enhanced(b"nano", 1_700_000_001_500_000_000, index=1, wire=77),
        simple(b"no time"),
        old_packet(b"old", 1_700_000_002_000_000, index=0),
        section(">"),
        interface(101, order=">"),
        enhanced(b"big", 1_700_000_003_000_000, order=">"),
    ])  # fmt: skip
    assert seen_in(data) == [
        Seen(b"micro", 1_700_000_000.25, 5, 1),
        Seen(b"nano", 1_700_000_001.5, 77, 113),
        Seen(b"no time", 1_700_000_001.5, 7, 1),
        Seen(b"old", 1_700_000_002.0, 3, 1),
        Seen(b"big", 1_700_000_003.0, 3, 101),
    ]


@pytest.mark.parametrize(
    ("options", "ticks", "at_s"),
    [
        (b"", 2_500_000, 2.5),
        (option(9, b"\x00"), 7, 7.0),
        (option(9, b"\x03"), 2_500, 2.5),
        (option(9, b"\x8a"), 2_560, 2.5),  # two to the power of ten in a second
        (option(14, struct.pack("<q", 1_000)), 2_500_000, 1_002.5),
        (option(14, struct.pack("<q", -2)) + option(9, b"\x06"), 2_500_000, 0.5),
        (option(2, b"eth0") + option(0, b"") + option(9, b"\x00"), 2_500_000, 2.5),  # nothing counts behind the end
        (option(9, b"\xff"), 2**63, 2.0**-64),
        (option(9, b"\x00"), 2**64 - 1, 2.0**64),
    ],
)
def test_times_of_an_interface(options, ticks, at_s):
    (seen,) = seen_in(section() + interface(options=options) + enhanced(b"x", ticks))
    assert seen.at_s == at_s


def test_a_simple_packet_is_cut_at_the_limit_of_its_interface():
    (seen,) = seen_in(section() + interface(limit=4) + simple(b"abcd", wire=900))
    assert (seen.data, seen.wire) == (b"abcd", 900)


def test_a_block_larger_than_the_window_is_passed_over():
    large = block(0x0BAD, bytes(MIN_WINDOW_BYTES * 3))
    seen, trouble = read(_Stream(section() + interface() + large + enhanced(b"after"), 1_000_003))
    assert ([one.data for one in seen], trouble) == ([b"after"], None)


class _Stream(RawIOBase):
    """Gives a few bytes at a time, cannot seek, and may fail in the end."""

    def __init__(self, data: bytes, step: int, *, fails: bool = False) -> None:
        self._data, self._step, self._fails = data, step, fails

    def readinto(self, room):
        piece, self._data = self._data[: min(self._step, len(room))], self._data[min(self._step, len(room)) :]
        if not piece and self._fails:
            raise OSError(5, "no")
        room[: len(piece)] = piece
        return len(piece)


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
@pytest.mark.parametrize("kind", ["pcap", "pcapng"])
def test_records_that_straddle_windows_arrive_whole(pack, kind):
    dice = random.Random(7)
    packets = [Seen(dice.randbytes(dice.randrange(1500)), 1e9 + place, 1500) for place in range(5_000)]
    blocks = [enhanced(one.data, round(one.at_s * 1e6), wire=1500) for one in packets]
    whole = make_pcap(packets) if kind == "pcap" else section() + interface() + b"".join(blocks)
    windows = list(read_capture(BytesIO(whole), MIN_WINDOW_BYTES))
    assert len(windows) >= 3
    assert len(windows[0].data) == MIN_WINDOW_BYTES
    assert read(_Stream(pack(whole), 77_777)) == (packets, None)


def test_gzip_members_follow_each_other():
    whole = make_pcap(TWO)
    assert seen_in(gzip.compress(whole[:30]) + gzip.compress(b"") + gzip.compress(whole[30:]) + bytes(50)) == seen_in(
        whole
    )


def test_damaged_gzip_keeps_what_came_before():
    dice = random.Random(3)
    packets = [Seen(dice.randbytes(500), 1e9) for _ in range(2_000)]
    packed = bytearray(gzip.compress(make_pcap(packets)))
    cut, cut_trouble = read(BytesIO(packed[: len(packed) // 2]))
    assert 500 < len(cut) < 1_500
    assert cut_trouble.reason is TroubleReason.DAMAGED
    packed[-6] ^= 1  # the check sum
    seen, trouble = read(BytesIO(packed))
    assert (seen == packets, trouble.reason) == (False, TroubleReason.DAMAGED)
    assert len(seen) >= 1_400


def test_other_bytes_behind_gzip_are_told():
    seen, trouble = read(BytesIO(gzip.compress(make_pcap(TWO)) + b"surprise"))
    assert (len(seen), trouble.reason) == (2, TroubleReason.DAMAGED)


def test_a_gzip_bomb_is_stopped_and_named():
    packer = zlib.compressobj(9, wbits=31)
    parts = [packer.compress(make_pcap([]))]
    record = make_pcap([Seen(bytes(200_000), 1.0)])[24:]
    parts += [packer.compress(record) for _ in range(200)]
    _, trouble = read(BytesIO(b"".join(parts) + packer.flush()))
    assert trouble.reason is TroubleReason.RATIO_TOO_HIGH
    assert trouble.packets_read < 100


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", (0, "not_a_capture", 0)),
        (b"\xd4\xc3", (0, "not_a_capture", 0)),
        (b"From: somebody\nSubject: no capture at all\n", (0, "not_a_capture", 0)),
        (b"\x1f\x8b", (0, "damaged", 0)),
        (gzip.compress(b"a text", mtime=0), (0, "not_a_capture", 0)),
        (make_pcap([])[:20], (0, "cut_short", 0)),
        (make_pcap(TWO)[:-1], (24 + 25, "cut_short", 1)),
        (make_pcap(TWO) + b"12345", (24 + 25 + 22, "cut_short", 2)),
        (make_pcap(TWO) + struct.pack("<IIII", 1, 1, 262_145, 262_145), (24 + 25 + 22, "damaged", 2)),
        (section()[:20], (0, "cut_short", 0)),
        (section() + enhanced(b"nobody's"), (28, "damaged", 0)),
        (section() + interface() + enhanced(b"x", index=1), (48, "damaged", 0)),
        (section() + interface() + simple(b"x") + struct.pack("<III", 6, 8, 8), (68, "damaged", 1)),
        (section() + interface() + struct.pack("<III", 9, (128 << 20) + 4, 0), (48, "damaged", 0)),
        (section() + block(1, b"\0\0"), (28, "damaged", 0)),
        (section() + interface() + enhanced(b"x")[:-2], (48, "cut_short", 0)),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(data, told):
    assert trouble_in(data) == told


def test_a_read_error_is_told():
    seen, trouble = read(_Stream(make_pcap(TWO), 20, fails=True))
    assert (len(seen), trouble.reason) == (2, TroubleReason.READ_ERROR)


def test_too_many_interfaces_are_refused(monkeypatch):
    monkeypatch.setattr("detectors.telemetry.pcapng.MAX_DEFINITIONS", 10)
    assert trouble_in(section() + interface() * 20) == (28 + 9 * 20, "damaged", 0)
    assert trouble_in(section() * 20) == (28 * 10, "damaged", 0)


def test_many_small_packets_are_handed_out_in_bounded_parts():
    parts = [len(raw) for raw in read_capture(BytesIO(make_pcap([]) + bytes(16) * 300_000))]
    assert sum(parts) == 300_000
    assert max(parts) <= pcap.MAX_PACKETS


def test_memory_stays_with_the_window():
    dice = random.Random(5)
    whole = make_pcap([Seen(dice.randbytes(1000), 1e9) for _ in range(3_000)])
    buffers = {raw.data.ctypes.data for raw in read_capture(BytesIO(whole), MIN_WINDOW_BYTES)}
    assert len(buffers) == 1


def test_damaged_recordings_are_told_as_the_plain_reader_tells_them(monkeypatch):
    for module, name in (
        (record_walk, "LANE_BYTES"),
        (record_walk, "MIN_LANES"),
        (record_walk, "LARGE_BYTES"),
        (pcap, "_GUESS_SPAN"),
        (pcapng_blocks, "_GUESS_WORDS"),
    ):
        monkeypatch.setattr(module, name, getattr(module, name))  # put back afterwards
    ends = fuzz(400)
    assert set(ends) == {"whole", "damaged", "cut_short", "foreign"}


def test_trouble_comes_as_an_item_and_never_as_an_exception():
    (only,) = read_capture(BytesIO(b"no capture"))
    assert only == CaptureTrouble(0, TroubleReason.NOT_A_CAPTURE, 0)
