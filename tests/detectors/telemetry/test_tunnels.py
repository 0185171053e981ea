import struct

import pytest
from scapy.contrib.geneve import GENEVE
from scapy.contrib.gtp import GTP_U_Header
from scapy.layers.inet import IP, TCP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import GRE, Ether
from scapy.layers.vxlan import VXLAN

from detectors.telemetry.packets import MAX_TUNNELS, read_packets
from tests.detectors.telemetry.packet_builders import make_raw, packed

OUT = Ether() / IP(src="203.0.113.1", dst="203.0.113.2")
OUT6 = Ether() / IPv6(src="2001:db8:9::1", dst="2001:db8:9::2")
IN = IP(src="192.0.2.1", dst="192.0.2.2") / TCP(sport=1000, dport=80) / b"data"
IN6 = IPv6(src="2001:db8::1", dst="2001:db8::2") / TCP(sport=1000, dport=80) / b"data"
FRAME = bytes(Ether() / IN)


def udp(port):
    return UDP(sport=50000, dport=port)


TUNNELS = {
    "gre": (OUT / GRE() / IN, 4),
    "gre with all fields": (OUT / GRE(chksum_present=1, key_present=1, seqnum_present=1) / IN, 4),
    "gre with a frame": (OUT / GRE(proto=0x6558) / FRAME, 4),
    "gre over 6": (OUT6 / GRE() / IN6, 6),
    "erspan 1": (OUT / GRE(proto=0x88BE) / FRAME, 4),
    "erspan 2": (OUT / GRE(proto=0x88BE, seqnum_present=1) / (bytes(8) + FRAME), 4),
    "erspan 3": (OUT / GRE(proto=0x22EB, seqnum_present=1) / (bytes(12) + FRAME), 4),
    "erspan 3 with more": (OUT / GRE(proto=0x22EB, seqnum_present=1) / (bytes(11) + b"\1" + bytes(8) + FRAME), 4),
    "mpls in gre": (OUT / GRE(proto=0x8847) / (bytes((0, 2, 1, 64)) + bytes(IN)), 4),
    "4in4": (OUT / IN, 4),
    "6in4": (OUT / IN6, 6),
    "4in6": (OUT6 / IN, 4),
    "6in6": (OUT6 / IN6, 6),
    "teredo": (OUT / UDP(sport=3544, dport=50000) / bytes(IN6), 6),
    "teredo with origin": (OUT / udp(3544) / (bytes(8) + bytes(IN6)), 6),
    "teredo with login": (OUT / udp(3544) / (b"\0\1\2\3ab" + b"xyz" + bytes(9) + bytes(IN6)), 6),
    "vxlan": (OUT / udp(4789) / VXLAN(vni=5, flags=8) / FRAME, 4),
    "vxlan naming its kind": (OUT / udp(4789) / (b"\x0c\0\0\1" + bytes(4) + bytes(IN)), 4),
    "geneve": (OUT / udp(6081) / GENEVE(vni=5, proto=0x6558) / FRAME, 4),
    "geneve of a packet": (OUT / udp(6081) / (b"\1\0\x08\0" + bytes(8) + bytes(IN)), 4),
    "gtp": (OUT / udp(2152) / GTP_U_Header(teid=1) / IN, 4),
    "gtp with more": (
        OUT
        / udp(2152)
        / (struct.pack(">BBHI", 0x34, 255, 8 + len(bytes(IN6)), 1) + b"\0\0\0\x85\1\0\0\0" + bytes(IN6)),
        6,
    ),
}


@pytest.mark.parametrize("name", TUNNELS)
def test_the_packet_inside_is_read(name):
    frame, family = TUNNELS[name]
    raw = make_raw([bytes(frame)])
    columns = read_packets(raw)
    assert (columns.family[0], columns.depth[0]) == (family, 1)
    assert columns.source[0].tobytes() == packed("192.0.2.1" if family == 4 else "2001:db8::1")
    assert (columns.protocol[0], columns.source_port[0], columns.target_port[0]) == (6, 1000, 80)
    begin = columns.payload[0]
    assert raw.data[begin : begin + columns.payload_there[0]].tobytes() == b"data"
    assert columns.ip_bytes[0] == (44 if family == 4 else 64)
    assert not columns.is_malformed[0]


def test_ppp_in_gre_is_read():
    inside = b"\xff\x03\x00\x21" + bytes(IN)
    head = struct.pack(">HHHHII", 0x3081, 0x880B, len(inside), 1, 2, 3)
    columns = read_packets(make_raw([bytes(Ether() / IP(proto=47) / (head + inside))]))
    assert (columns.depth[0], columns.source_port[0]) == (1, 1000)


def test_four_tunnels_are_peeled_and_the_fifth_stays_closed():
    frame = IN
    for _ in range(5):
        frame = IP(src="203.0.113.1", dst="203.0.113.2") / frame
    columns = read_packets(make_raw([bytes(Ether() / frame)]))
    assert columns.depth[0] == MAX_TUNNELS
    assert columns.protocol[0] == 4
    assert columns.source[0].tobytes() == packed("203.0.113.1")


@pytest.mark.parametrize("port", [3544, 4789, 6081, 2152])
def test_other_datagrams_on_a_tunnel_port_stay_what_they_are(port):
    columns = read_packets(make_raw([bytes(OUT / udp(port) / bytes([0x91, 7] * 40))]))
    assert (columns.depth[0], columns.target_port[0], columns.payload_bytes[0]) == (0, port, 80)
    assert not columns.is_malformed[0]


def test_a_broken_packet_inside_leaves_the_outer_one():
    columns = read_packets(make_raw([bytes(OUT / GRE(proto=0x0800) / bytes(20))]))
    assert (columns.depth[0], columns.protocol[0], columns.is_malformed[0]) == (0, 47, True)
    assert columns.source[0].tobytes() == packed("203.0.113.1")


def test_fragments_of_a_tunnel_stay_closed():
    frame = Ether() / IP(src="203.0.113.1", flags="MF", proto=47) / GRE() / IN
    columns = read_packets(make_raw([bytes(frame)]))
    assert (columns.depth[0], columns.is_fragment[0]) == (0, True)


def test_an_inner_packet_without_ports_does_not_keep_the_outer_ones():
    columns = read_packets(make_raw([bytes(OUT / udp(2152) / GTP_U_Header(teid=1) / IP(proto=89) / b"1234")]))
    assert (columns.depth[0], columns.protocol[0]) == (1, 89)
    assert (columns.source_port[0], columns.target_port[0]) == (0, 0)
