from __future__ import annotations

import random
import shutil
import subprocess
from io import BytesIO, RawIOBase

import numpy as np
import pytest

from detectors.telemetry.capture_file import MIN_WINDOW_BYTES, read_capture
from detectors.telemetry.capture_writer import CaptureWriter
from detectors.telemetry.raw_packets import RawPackets
from tests.detectors.telemetry.capture_builders import Seen, make_pcap, read


def write_again(data: bytes, rows=None) -> bytes:
    out = BytesIO()
    writer = CaptureWriter(out)
    for raw in read_capture(BytesIO(data), MIN_WINDOW_BYTES):
        writer.write(raw, rows)
    return out.getvalue()


def make_packets(count: int) -> list[Seen]:
    dice = random.Random(4)
    return [
        Seen(dice.randbytes(dice.randrange(1500)), 1_763_900_000 + place * 0.123457, 2000) for place in range(count)
    ]


def test_what_was_written_is_read_back_equal():
    whole = make_pcap(make_packets(3_000), link=113)
    before, after = read(BytesIO(whole)), read(BytesIO(write_again(whole)))
    assert len(before[0]) == 3_000
    assert after == before


def test_only_the_chosen_packets_are_written():
    packets = make_packets(9)
    seen, _ = read(BytesIO(write_again(make_pcap(packets), np.array([0, 4, 8]))))
    assert [one.data for one in seen] == [packets[place].data for place in (0, 4, 8)]


def test_each_link_type_has_an_interface_of_its_own():
    data = np.frombuffer(b"ethernetrawloop", np.uint8)
    columns = {
        "start": np.array([0, 8, 11]),
        "captured": np.array([8, 3, 4]),
        "wire": np.array([8, 3, 4]),
        "at_s": np.array([1.5, 2.5, -1.0]),
        "number": np.array([1, 2, 3]),
        "link": np.array([1, 101, 1], np.int32),
    }
    out = BytesIO()
    writer = CaptureWriter(out)
    writer.write(RawPackets(data, **columns))
    seen, trouble = read(BytesIO(out.getvalue()))
    assert trouble is None
    assert writer.packets == 3
    assert seen == [Seen(b"ethernet", 1.5, 8, 1), Seen(b"raw", 2.5, 3, 101), Seen(b"loop", 0.0, 4, 1)]


def test_an_empty_recording_is_a_recording():
    out = BytesIO()
    CaptureWriter(out)
    assert read(BytesIO(out.getvalue())) == ([], None)


def test_all_is_written_where_the_system_takes_it_in_parts():
    class Slow(RawIOBase):
        def __init__(self):
            self.kept = b""

        def write(self, data):
            self.kept += bytes(data[:100])
            return min(len(data), 100)

    out = Slow()
    whole = make_pcap(make_packets(20))
    writer = CaptureWriter(out)
    for raw in read_capture(BytesIO(whole)):
        writer.write(raw)
    assert out.kept == write_again(whole)


@pytest.mark.skipif(shutil.which("tcpdump") is None, reason="tcpdump is not installed: no second opinion")
def test_another_program_reads_it(tmp_path):
    path = tmp_path / "written.pcapng"
    path.write_bytes(write_again(make_pcap(make_packets(7))))
    told = subprocess.run(["tcpdump", "-nr", str(path)], capture_output=True, text=True, check=True)
    assert len(told.stdout.splitlines()) >= 7
