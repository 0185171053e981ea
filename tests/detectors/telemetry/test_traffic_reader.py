import io
import struct
from dataclasses import fields

import numpy as np
import pytest

from detectors.contract.traffic import ACK, SYN, KnownNetwork
from detectors.telemetry import traffic_reader
from detectors.telemetry.capture_file import read_capture
from detectors.telemetry.readers import base
from detectors.telemetry.traffic_reader import TrafficReader

ETHERNET, NO_SUCH_LINK = 1, 147


def frame(source, target, ports, *, flags=ACK, payload=b"", sequence=100):
    tcp = struct.pack(">HHIIBBHHH", *ports, sequence, 0, 0x50, flags, 1024, 0, 0) + payload
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0, 64, 6, 0) + bytes(source) + bytes(target)
    return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02\x08\0" + head + tcp


def datagram(source, target, ports, payload):
    udp = struct.pack(">HHHH", *ports, 8 + len(payload), 0) + payload
    head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0) + bytes(source) + bytes(target)
    return b"\x02\0\0\0\0\x01\x02\0\0\0\0\x02\x08\0" + head + udp


def windows(frames, *, link=ETHERNET, at=1_700_000_000, more=0):
    head = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65_535, link)
    records = (struct.pack("<IIII", at + place, 0, len(one), len(one) + more) + one for place, one in enumerate(frames))
    return read_capture(io.BytesIO(head + b"".join(records)))


HOME, FAR, RESOLVER = (10, 0, 0, 1), (203, 0, 113, 9), (192, 0, 2, 53)
QUESTION = b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x03www\x07example\x03com\0\0\x01\0\x01"


def read(reader, frames, **options):
    for window in windows(frames, **options):
        reader.take(window)


def test_what_is_read_is_joined_by_flow():
    reader = TrafficReader("office.pcap", known=KnownNetwork(is_learned=True))

    read(reader, [frame(HOME, FAR, (40_000, 443), flags=SYN), datagram(HOME, RESOLVER, (40_001, 53), QUESTION)])
    traffic = reader.traffic()

    assert traffic.source == "office.pcap"
    assert traffic.known.is_learned
    assert [traffic.ends(row) for row in range(2)] == [("10.0.0.1", "203.0.113.9"), ("10.0.0.1", "192.0.2.53")]
    assert [(one.name, one.flow) for one in traffic.dns] == [("www.example.com", 1)]
    assert [traffic.services[place] for place in traffic.flows.service] == ["", "dns"]


def test_everything_is_counted_also_what_is_not_looked_at():
    reader = TrafficReader("x")
    arp = b"\xff" * 6 + b"\x02\0\0\0\0\x01\x08\x06" + struct.pack(">HHBBH", 1, 0x0800, 6, 4, 1) + bytes(20)
    spoken = b"\xff" * 6 + b"\x02\0\0\0\0\x01\x88\xcc" + bytes(46)
    later = bytearray(frame(HOME, FAR, (1, 2)))
    later[20:22] = b"\x00\x10"
    lie = bytearray(frame(HOME, FAR, (3, 4)))
    lie[14] = 0x41
    good = frame(HOME, FAR, (40_000, 443))

    read(reader, [arp, spoken, bytes(later), bytes(lie), good])
    read(reader, [good], more=400)
    read(reader, [b"\0" * 60] * 3, link=NO_SUCH_LINK)
    reader.lost = 7

    counts = reader.counts
    assert (counts.packets, counts.flows, counts.not_ip, counts.malformed) == (9, 1, 1, 1)
    assert (counts.fragments, counts.cut, counts.unknown_links, counts.lost) == (1, 1, {NO_SUCH_LINK: 3}, 7)
    assert counts.bytes == len(arp) + len(spoken) + len(later) + len(lie) + 2 * len(good) + 400 + 180
    assert reader.traffic().counts == counts
    assert len(reader.traffic().arps) == 1


def test_many_names_make_a_reader_full_before_one_is_dropped(monkeypatch):
    monkeypatch.setattr(base, "MAX_ALL_NOTES", 3)
    reader = TrafficReader("x")

    read(reader, [datagram(HOME, RESOLVER, (50_000 + one, 53), QUESTION) for one in range(3)], at=1_000_000)
    assert not reader.is_full
    read(reader, [datagram(HOME, RESOLVER, (50_003, 53), QUESTION)], at=1_000_001)
    assert reader.is_full
    assert len(reader.traffic(is_over=False).dns) == 4
    reader.cut()

    assert not reader.is_full
    assert reader.counts.records_dropped == 0


def test_a_full_reader_is_cut_and_goes_on_counting(monkeypatch):
    monkeypatch.setattr(traffic_reader, "MAX_FLOWS", 5)
    reader = TrafficReader("x")
    old = [frame(HOME, FAR, (40_000 + one, 443), flags=SYN) for one in range(5)]

    read(reader, old, at=1_000_000)
    assert reader.is_full
    read(reader, [datagram(HOME, RESOLVER, (50_000, 53), QUESTION)], at=1_002_000)
    before = reader.traffic(is_over=False)
    reader.cut()
    read(reader, [datagram(HOME, RESOLVER, (50_000, 53), QUESTION)], at=1_002_010)
    after = reader.traffic()

    assert len(before.flows) == 6
    assert not reader.is_full
    assert len(after.flows) == 1
    assert after.flows.out_packets[0] == 2
    assert after.ends(0) == ("10.0.0.1", "192.0.2.53")
    assert [one.flow for one in after.dns] == [0]
    assert (after.counts.flows, after.counts.packets) == (6, 7)


def test_a_talk_that_goes_on_over_a_cut_is_read_whole_and_one_that_has_ended_is_told_before():
    reader = TrafficReader("x")
    live, ended = (40_000, 80), (40_001, 80)
    request = b"GET /a HTTP/1.1\r\nHost: www.example.com\r\n\r\n"

    read(reader, [frame(HOME, FAR, ended, payload=request)], at=1_000_000)
    read(reader, [frame(HOME, FAR, live, payload=request[:20])], at=1_002_000)  # the first one is idle by now
    before = reader.stretch()
    reader.cut()
    read(reader, [frame(HOME, FAR, live, payload=request[20:], sequence=120)], at=1_002_001)
    after = reader.traffic()

    assert [(one.target, one.flow) for one in before.http] == [("/a", 0)]
    assert [(one.target, one.flow) for one in after.http] == [("/a", 0)]


def test_looking_in_between_changes_nothing():
    readers = [TrafficReader("x"), TrafficReader("x")]
    for reader in readers:
        for at in range(3):
            some = [frame(HOME, FAR, (40_000 + at, 443), flags=SYN), frame(HOME, FAR, (40_000, 443))]
            read(reader, [*some, datagram(HOME, RESOLVER, (50_000, 53), QUESTION)], at=1_000_000 + 20 * at)
            if reader is readers[0]:
                reader.traffic(is_over=False)

    looked, waited = (reader.traffic() for reader in readers)

    for table in ("flows", "turns", "arps", "icmps", "busy"):
        for column in fields(type(getattr(waited, table))):
            pair = (getattr(getattr(one, table), column.name) for one in (looked, waited))
            np.testing.assert_array_equal(*pair, err_msg=f"{table}.{column.name}")
    assert len(waited.dns) == 3
    assert (looked.dns, looked.services, looked.counts) == (waited.dns, waited.services, waited.counts)


@pytest.mark.parametrize("cut", [False, True])
def test_a_reader_that_saw_nothing_hands_out_nothing(cut):
    reader = TrafficReader("x", is_recording=False)
    if cut:
        reader.cut()

    traffic = reader.traffic()

    assert len(traffic.flows) == len(traffic.turns) == len(traffic.addresses) == 0
    assert not traffic.is_recording
