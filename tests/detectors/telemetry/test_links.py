import struct

import pytest
from scapy.layers.dot11 import Dot11, Dot11QoS, RadioTap
from scapy.layers.inet import IP, TCP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import LLC, SNAP, CookedLinux, CookedLinuxV2, Dot1AD, Dot1Q, Dot3, Ether
from scapy.layers.ppp import HDLC, PPP, PPPoE

from detectors.telemetry.packets import read_packets
from tests.detectors.telemetry.packet_builders import make_raw, packed

IP4 = IP(src="192.0.2.1", dst="192.0.2.2") / TCP(sport=1000, dport=80) / b"data"
IP6 = IPv6(src="2001:db8::1", dst="2001:db8::2") / TCP(sport=1000, dport=80) / b"data"
DATA = Dot11(type=2, addr1="02:00:00:00:00:01", addr2="02:00:00:00:00:02", addr3="02:00:00:00:00:03")
SNAPPED = LLC(dsap=0xAA, ssap=0xAA, ctrl=3) / SNAP(OUI=0, code=0x0800) / IP4
QOS = Dot11(type=2, subtype=8, FCfield=1, addr1="02:00:00:00:00:01", addr2="02:00:00:00:00:02")
NFLOG_PARTS = struct.pack("<HH4s", 8, 1, bytes(4)) + struct.pack("<HH3sx", 7, 10, b"abc")
FLAT = bytes(IP4)

SAME = {
    "ethernet": (1, Ether() / IP4),
    "vlan": (1, Ether() / Dot1Q(vlan=5) / IP4),
    "three tags": (1, Ether() / Dot1AD(vlan=1) / Dot1Q(vlan=2) / Dot1Q(vlan=3) / IP4),
    "802.3": (1, bytes(Dot3() / SNAPPED)),
    "mpls": (1, bytes(Ether(type=0x8847)) + bytes((0, 1, 0, 64, 0, 2, 1, 64)) + FLAT),
    "ethernet over mpls": (1, bytes(Ether(type=0x8847)) + bytes((0, 2, 1, 64)) + bytes(4) + bytes(Ether() / IP4)),
    "pppoe": (1, Ether(type=0x8864) / PPPoE(sessionid=7) / PPP() / IP4),
    "port tag": (1, bytes(Ether(type=0x8926)) + bytes(4) + b"\x08\x00" + FLAT),
    "fabric": (1, bytes(Ether(type=0x8903)) + bytes(2) + bytes(Ether() / IP4)),
    "preamble": (274, b"\x55" * 7 + b"\xd5" + bytes(Ether() / IP4)),
    "null little": (0, struct.pack("<I", 2) + FLAT),
    "null big": (0, struct.pack(">I", 2) + FLAT),
    "loop": (108, struct.pack(">I", 2) + FLAT),
    "raw": (101, FLAT),
    "raw 12": (12, FLAT),
    "raw 14": (14, FLAT),
    "ipv4": (228, FLAT),
    "cooked": (113, CookedLinux(proto=0x0800) / IP4),
    "cooked 2": (276, CookedLinuxV2(proto=0x0800) / IP4),
    "ppp": (9, PPP() / IP4),
    "framed ppp": (9, HDLC() / PPP() / IP4),
    "short ppp": (9, b"\x21" + FLAT),
    "serial ppp": (50, HDLC() / PPP() / IP4),
    "cisco on serial": (50, b"\x0f\x00\x08\x00" + FLAT),
    "pppoe alone": (51, PPPoE() / PPP() / IP4),
    "cisco hdlc": (104, b"\x0f\x00\x08\x00" + FLAT),
    "frame relay": (107, b"\x18\x41\x03\xcc" + FLAT),
    "frame relay snap": (107, b"\x18\x41\x03\x00\x80\x00\x00\x00\x08\x00" + FLAT),
    "frame relay of cisco": (107, b"\x18\x41\x08\x00" + FLAT),
    "frame relay, long address": (107, b"\x18\x40\x40\x41\x03\xcc" + FLAT),
    "802.11": (105, DATA / SNAPPED),
    "802.11 with quality": (105, QOS / Dot11QoS() / SNAPPED),
    "radiotap": (127, RadioTap() / DATA / SNAPPED),
    "avs": (163, struct.pack(">II", 0x80211001, 64) + bytes(56) + bytes(DATA / SNAPPED)),
    "prism": (119, struct.pack("<II", 0x44, 144) + bytes(136) + bytes(DATA / SNAPPED)),
    "avs as prism": (119, struct.pack(">II", 0x80211001, 64) + bytes(56) + bytes(DATA / SNAPPED)),
    "nflog": (239, b"\x02\0\0\0" + NFLOG_PARTS + struct.pack("<HH", 4 + len(FLAT), 9) + FLAT),
    "fddi": (10, b"\x50" + bytes(12) + bytes(SNAPPED)),
    "ppi": (192, struct.pack("<BBHI", 0, 0, 12, 1) + bytes(4) + bytes(Ether() / IP4)),
}


@pytest.mark.parametrize("name", SAME)
def test_the_same_packet_is_found_on_every_link(name):
    link, frame = SAME[name]
    raw = make_raw([bytes(frame)], link)
    columns = read_packets(raw)
    assert columns.family[0] == 4
    assert columns.source[0].tobytes() == packed("192.0.2.1")
    assert (columns.source_port[0], columns.target_port[0]) == (1000, 80)
    begin = columns.payload[0]
    assert raw.data[begin : begin + columns.payload_there[0]].tobytes() == b"data"
    assert not columns.is_malformed[0]
    assert not columns.is_unknown_link[0]
    assert columns.depth[0] == 0


@pytest.mark.parametrize(
    ("link", "head"),
    [(0, struct.pack("<I", one)) for one in (10, 24, 28, 30)]
    + [(0, struct.pack(">I", 30)), (229, b""), (101, b""), (9, b"\x00\x57"), (107, b"\x18\x41\x03\x8e")]
    + [(104, b"\x0f\x00\x86\xdd"), (1, bytes(12) + b"\x86\xdd"), (239, b"\x0a\0\0\0" + struct.pack("<HH", 68, 9))],
)
def test_version_6_is_found_too(link, head):
    columns = read_packets(make_raw([head + bytes(IP6)], link))
    assert (columns.family[0], columns.target_port[0], columns.is_malformed[0]) == (6, 80, False)


def test_protected_and_empty_wireless_frames_are_no_internet_packets():
    closed = Dot11(type=2, FCfield=0x40) / bytes(40)
    beacon = Dot11(type=0, subtype=8) / bytes(40)
    columns = read_packets(make_raw([bytes(closed), bytes(beacon), bytes(Dot11(type=2, subtype=4))], 105))
    assert columns.family.tolist() == [0, 0, 0]
    assert not columns.is_malformed.any()


def test_wireless_hardware_addresses_follow_the_direction():
    columns = read_packets(make_raw([bytes(DATA / SNAPPED), bytes(QOS / Dot11QoS() / SNAPPED)], 105))
    assert columns.frame_source.tolist() == [0x020000000002, 0x020000000002]
    assert columns.frame_target.tolist() == [0x020000000001, 0]


def test_arp_behind_tags_shows_its_type_and_body():
    columns = read_packets(make_raw([bytes(Ether() / Dot1Q(vlan=5, type=0x0806)) + bytes(28)]))
    assert (columns.ethertype[0], columns.body[0]) == (0x0806, 18)


def test_labels_without_end_are_bounded():
    columns = read_packets(make_raw([bytes(Ether(type=0x8847)) + bytes((0, 1, 0, 64)) * 5000]))
    assert columns.family[0] == 0
