import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scapy.layers.inet import ICMP, IP, TCP, UDP, IPOption_RR
from scapy.layers.inet6 import IPv6, IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop, IPv6ExtHdrRouting
from scapy.layers.ipsec import AH
from scapy.layers.l2 import ARP, Ether
from scapy.layers.sctp import SCTP
from scapy.packet import Raw

from detectors.telemetry.capture_file import read_capture
from detectors.telemetry.links import LINKS
from detectors.telemetry.packets import read_packets
from detectors.telemetry.raw_packets import RawPackets
from tests.detectors.telemetry.packet_builders import make_raw, packed
from tests.detectors.telemetry.plain_packets import read_plainly

ETHERNET = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
OLD = IP(src="192.0.2.1", dst="198.51.100.2", ttl=61, tos=16)
NEW = IPv6(src="2001:db8::1", dst="2001:db8::2", hlim=62)
CALL = TCP(sport=40000, dport=443, seq=7, ack=9, flags="PA", window=513)


def read(frame, link=1, wire=None):
    return read_packets(make_raw([bytes(frame)], link, [wire] if wire else None))


def all_inside(raw, columns):
    end = raw.start + raw.captured
    return (
        (columns.payload >= raw.start).all()
        and (columns.payload_there >= 0).all()
        and (columns.payload + columns.payload_there <= end).all()
        and (columns.payload_bytes >= columns.payload_there).all()
        and ((columns.body >= raw.start) & (columns.body <= end)).all()
    )


@pytest.mark.parametrize(("internet", "family", "own"), [(OLD, 4, 20), (NEW, 6, 40)])
def test_a_tcp_packet_is_read_in_every_field(internet, family, own):
    columns = read(ETHERNET / internet / CALL / b"hello")
    assert columns.family[0] == family
    assert columns.source[0].tobytes() == packed(internet.src)
    assert columns.target[0].tobytes() == packed(internet.dst)
    assert (columns.source_port[0], columns.target_port[0], columns.protocol[0]) == (40000, 443, 6)
    assert (columns.sequence[0], columns.acknowledged[0], columns.flags[0], columns.window[0]) == (7, 9, 0x18, 513)
    assert columns.ttl[0] == (61 if family == 4 else 62)
    assert columns.ip_bytes[0] == own + 25
    assert (columns.payload[0], columns.payload_bytes[0], columns.payload_there[0]) == (14 + own + 20, 5, 5)
    assert (columns.frame_source[0], columns.frame_target[0]) == (0x020000000001, 0x020000000002)
    assert (columns.body[0], columns.is_malformed[0], columns.depth[0]) == (14, False, 0)


def test_udp_sctp_and_echo_have_their_ports_and_payload():
    frames = [ETHERNET / OLD / UDP(sport=5, dport=53) / b"abc", ETHERNET / OLD / SCTP(sport=6, dport=7) / b"abcd"]
    frames += [ETHERNET / OLD / ICMP(type=8, id=0x1234, seq=0x5678) / b"ping!"]
    columns = read_packets(make_raw([bytes(one) for one in frames]))
    assert columns.source_port.tolist() == [5, 6, 8]
    assert columns.target_port.tolist() == [53, 7, 0]
    assert columns.payload_bytes.tolist() == [3, 4, 5]
    assert columns.sequence[2] == 0x12345678


def test_padding_of_the_frame_is_no_payload():
    columns = read(bytes(ETHERNET / OLD / TCP(flags="S")) + bytes(6))
    assert (columns.payload_bytes[0], columns.payload_there[0], columns.ip_bytes[0]) == (0, 0, 40)


def test_the_length_zero_of_offload_means_the_whole_frame():
    columns = read(ETHERNET / IP(src="192.0.2.1", dst="192.0.2.2", len=0) / CALL / bytes(3000))
    assert (columns.payload_bytes[0], columns.ip_bytes[0], columns.is_malformed[0]) == (3000, 3040, False)


def test_a_packet_cut_while_capturing_keeps_its_length_as_sent():
    whole = bytes(ETHERNET / OLD / CALL / bytes(1000))
    columns = read(whole[:100], wire=len(whole))
    assert (columns.payload_bytes[0], columns.payload_there[0], columns.is_malformed[0]) == (1000, 46, False)


def test_a_header_cut_while_capturing_still_gives_its_ports():
    columns = read(bytes(ETHERNET / OLD / CALL)[:42])
    assert (columns.source_port[0], columns.target_port[0], columns.is_malformed[0]) == (40000, 443, True)


def test_options_and_extension_headers_are_stepped_over():
    ways = [
        ETHERNET / IP(src="192.0.2.1", dst="192.0.2.2", options=[IPOption_RR()]) / CALL / b"x",
        ETHERNET / OLD / AH(nh=6, icv=bytes(12), payloadlen=4) / CALL / b"x",
        ETHERNET / NEW / IPv6ExtHdrHopByHop() / IPv6ExtHdrDestOpt() / IPv6ExtHdrRouting() / CALL / b"x",
        ETHERNET / NEW / IPv6ExtHdrFragment(offset=0, m=0) / CALL / b"x",
        ETHERNET / IPv6(nh=51) / AH(nh=6, icv=bytes(12), payloadlen=4) / CALL / b"x",
    ]
    columns = read_packets(make_raw([bytes(one) for one in ways]))
    assert columns.protocol.tolist() == [6] * 5
    assert columns.target_port.tolist() == [443] * 5
    assert columns.payload_bytes.tolist() == [1] * 5
    assert not columns.is_fragment.any()


def test_endless_extension_headers_end_as_malformed():
    frame = ETHERNET / IPv6(nh=0)
    for _ in range(40):
        frame = frame / Raw(bytes((0, 0)) + bytes(6))
    columns = read(frame)
    assert columns.is_malformed[0]
    assert columns.source_port[0] == 0


@pytest.mark.parametrize("family", [4, 6])
def test_only_the_first_fragment_has_ports(family):
    def piece(offset, more):
        if family == 4:
            return ETHERNET / IP(flags="MF" if more else 0, frag=offset, proto=17)
        return ETHERNET / NEW / IPv6ExtHdrFragment(offset=offset, m=more, nh=17)

    datagram = bytes(UDP(sport=9, dport=10, len=3000) / bytes(1000))
    columns = read_packets(make_raw([bytes(piece(0, 1) / datagram), bytes(piece(126, 0) / datagram)]))
    assert columns.is_fragment.tolist() == [True, True]
    assert columns.is_later_fragment.tolist() == [False, True]
    assert columns.source_port.tolist() == [9, 0]
    assert not columns.is_malformed.any()
    assert columns.payload_bytes.tolist() == [1000, 1008]


@pytest.mark.parametrize(
    "frame",
    [
        ETHERNET / IP(ihl=4) / CALL,
        ETHERNET / IP(version=7) / CALL,
        ETHERNET / IP(len=19) / CALL,
        ETHERNET / IP(len=999) / CALL,
        ETHERNET / OLD / TCP(dataofs=4),
        ETHERNET / OLD / TCP(dataofs=15),
        ETHERNET / OLD / UDP(len=7) / b"abc",
        ETHERNET / OLD / UDP(len=99) / b"abc",
        ETHERNET / IPv6(version=5) / CALL,
        ETHERNET / IPv6(plen=999) / CALL,
        ETHERNET / IPv6(nh=0) / b"\6",
    ],
)
def test_what_lies_or_ends_early_is_malformed(frame):
    raw = make_raw([bytes(frame)])
    columns = read_packets(raw)
    assert columns.is_malformed[0]
    assert all_inside(raw, columns)


def test_arp_is_no_internet_packet_and_its_body_is_known():
    columns = read(ETHERNET / ARP())
    assert (columns.family[0], columns.ethertype[0], columns.body[0]) == (0, 0x0806, 14)


def test_an_unknown_link_is_said():
    columns = read(bytes(60), link=147)
    assert (columns.is_unknown_link[0], columns.is_malformed[0], columns.family[0]) == (True, False, 0)


def test_no_packets_and_empty_packets():
    assert len(read_packets(make_raw([]))) == 0
    columns = read_packets(make_raw([b"", b""]))
    assert columns.is_malformed.tolist() == [True, True]


def mutated(seed):
    """Make a sound packet, then lie and cut."""
    chance = random.Random(seed)
    below = chance.choice([OLD, NEW, IP(flags="MF"), IP(frag=4), IP(len=0)])
    over = chance.choice([CALL, UDP(sport=5, dport=6), TCP(flags="S", options=[("MSS", 1460)])])
    frame = bytearray(bytes(ETHERNET / below / over / chance.randbytes(chance.randrange(40))))
    for _ in range(chance.randrange(4)):
        frame[chance.randrange(12, len(frame))] = chance.randrange(256)
    wire = len(frame) + chance.choice([0, 0, 6])
    frame += bytes(wire - len(frame))
    return bytes(frame[: chance.choice([wire, wire, chance.randrange(wire)])]), wire


def test_windows_read_as_a_plain_reader_reads_packet_by_packet():
    made = [mutated(seed) for seed in range(3000)]
    raw = make_raw([one for one, _ in made], wire=[wire for _, wire in made])
    columns = read_packets(raw)
    assert all_inside(raw, columns)
    compared = 0
    for row, (frame, wire) in enumerate(made):
        said = read_plainly(frame, wire)
        if said is None:
            continue
        compared += 1
        found = {
            "family": columns.family[row],
            "source": columns.source[row].tobytes(),
            "protocol": columns.protocol[row],
            "ports": (columns.source_port[row], columns.target_port[row]),
            "later": columns.is_later_fragment[row],
            "bad": columns.is_malformed[row],
            "payload": (columns.payload[row] - raw.start[row], columns.payload_bytes[row]),
            "ip_bytes": columns.ip_bytes[row],
            "flags": columns.flags[row],
        }
        if said["payload"] is None:
            found["payload"] = None
        assert found == said, (row, frame.hex(), wire)
    assert compared > 2000


@settings(max_examples=150, deadline=None)
@given(
    frames=st.lists(st.binary(max_size=120), min_size=1, max_size=12),
    link=st.sampled_from([*LINKS, 147]),
    more=st.integers(0, 50),
)
def test_random_bytes_never_raise_and_never_point_outside(frames, link, more):
    raw = make_raw(frames, link, [len(one) + more for one in frames])
    assert all_inside(raw, read_packets(raw))


@pytest.mark.parametrize("link", sorted(LINKS))
def test_random_bytes_with_tempting_numbers_never_point_outside(link):
    chance = random.Random(link)
    tempting = [
        b"\x08\x00\x45\x00\x00",
        b"\x86\xdd\x60",
        b"\xaa\xaa\x03\0\0\0",
        b"\x88\x47",
        b"\x88\x64\x11\0",
        b"\x81\0",
    ]
    tempting += [
        b"\x00\x2f",
        b"\x65\x58",
        b"\x12\xb5\x00\x40\0\0\x08\0\0\0",
        b"\xff\x03\0\x21",
        b"\x00\x04",
        b"\x11\x03",
    ]
    frames = [
        b"".join(chance.choice([chance.randbytes(chance.randrange(9)), chance.choice(tempting)]) for _ in range(30))
        for _ in range(2000)
    ]
    raw = make_raw(frames, link)
    assert all_inside(raw, read_packets(raw))


def test_packets_are_read_the_same_alone_and_together():
    frames = [mutated(seed)[0] for seed in range(200)]
    raw = make_raw(frames)
    together = read_packets(raw)
    for row, frame in enumerate(frames):
        alone = read(frame)
        for name in ("family", "protocol", "source_port", "payload_bytes", "payload_there", "is_malformed", "sequence"):
            assert getattr(alone, name)[0] == getattr(together, name)[row], name
        assert np.array_equal(alone.source[0], together.source[row])


CAPTURES = Path(__file__).parents[4] / "shared" / "data" / "network" / "captures"


@pytest.mark.skipif(not CAPTURES.is_dir(), reason="the labelled captures are not beside this repository")
def test_real_captures_never_raise_and_never_point_outside():
    packets = internet = 0
    for path in sorted(CAPTURES.iterdir()):
        with path.open("rb") as stream:
            for raw in read_capture(stream):
                if isinstance(raw, RawPackets):
                    columns = read_packets(raw)
                    assert all_inside(raw, columns), path.name
                    packets += len(raw)
                    internet += np.count_nonzero(columns.family)
    assert internet > packets * 0.9
