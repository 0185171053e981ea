import numpy as np
from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.inet6 import (
    ICMPv6EchoRequest,
    ICMPv6ND_RA,
    ICMPv6NDOptPrefixInfo,
    ICMPv6NDOptRDNSS,
    IPv6,
)
from scapy.layers.l2 import ARP, Ether

from detectors.telemetry import busy, lan
from detectors.telemetry.addresses import AddressBook
from detectors.telemetry.lan import LanReader
from detectors.telemetry.packets import read_packets
from tests.detectors.telemetry.packet_builders import make_raw
from tests.detectors.telemetry.test_dhcp import OFFER, OFFER6

HOST, ROUTER = "192.0.2.9", "192.0.2.1"


def take(*windows):
    book = AddressBook()
    reader = LanReader(book)
    for raw in windows:
        reader.take(raw, read_packets(raw))
    return reader.tables(), book.addresses()


def frames(*packets):
    return [bytes(one) for one in packets]


def test_arp_answers_are_kept_with_who_sent_them():
    answer = ARP(op=2, hwsrc="02:00:00:00:00:0a", psrc=ROUTER, hwdst="02:00:00:00:00:0b", pdst=HOST)
    tables, addresses = take(make_raw(frames(Ether(src="02:00:00:00:00:0c", dst="02:00:00:00:00:0b") / answer)))
    arps = tables.arps
    assert (arps.record[0], arps.operation[0]) == (1, 2)
    assert (arps.sender_mac[0], arps.target_mac[0]) == (0x02000000000A, 0x02000000000B)
    assert (addresses.text(arps.sender[0]), addresses.text(arps.target[0])) == (ROUTER, HOST)
    assert (arps.frame_source[0], arps.frame_target[0]) == (0x02000000000C, 0x02000000000B)


def test_arp_of_other_networks_or_cut_short_is_left_out():
    whole = bytes(Ether() / ARP())
    tables, _ = take(make_raw([whole[:41], whole[:14] + b"\0\1\x86\xdd" + whole[18:], whole]))
    assert tables.arps.record.tolist() == [3]


def test_echoes_are_kept_with_number_and_payload():
    ping = Ether() / IP(src=HOST, dst=ROUTER) / ICMP(id=7, seq=8) / b"abcdabcd"
    ping6 = Ether() / IPv6(src="2001:db8::1", dst="2001:db8::2") / ICMPv6EchoRequest(id=9, seq=10, data=b"aaaa")
    tables, addresses = take(make_raw(frames(ping, ping6)))
    icmps = tables.icmps
    assert icmps.family.tolist() == [4, 6]
    assert icmps.kind.tolist() == [8, 128]
    assert (icmps.ident.tolist(), icmps.sequence.tolist()) == ([7, 9], [8, 10])
    assert icmps.payload_bytes.tolist() == [8, 4]
    assert icmps.payload_entropy.tolist() == [2.0, 0.0]
    assert addresses.text(icmps.source[1]) == "2001:db8::1"


def test_equal_payload_heads_have_equal_hashes_wherever_they_lie():
    def ping(data):
        return Ether() / IP() / ICMP() / data

    head = bytes(range(64))
    tables, _ = take(
        make_raw(frames(ping(head + b"x"), ping(head + b"yz"), ping(head[::-1]), ping(b""), ping(b"\0"), ping(head)))
    )
    hashes = tables.icmps.payload_hash.tolist()
    assert hashes[0] == hashes[1] == hashes[5]
    assert len(set(hashes)) == 4
    assert hashes[3] == 0


def test_tables_stop_growing_and_count_what_they_drop(monkeypatch):
    monkeypatch.setattr(lan, "MAX_ROWS", 3)
    monkeypatch.setattr(lan, "MAX_MESSAGES", 1)
    packets = frames(Ether() / ARP(), Ether() / IP() / ICMP(), Ether() / IP() / UDP(sport=67, dport=68) / OFFER) * 2
    tables, _ = take(make_raw(packets), make_raw(packets))
    assert (len(tables.arps), len(tables.icmps), len(tables.dhcp)) == (3, 3, 1)
    assert tables.dropped == 1 + 1 + 3


def test_dhcp_messages_are_found_by_their_ports():
    offer = Ether() / IP(src=ROUTER, dst="255.255.255.255") / UDP(sport=67, dport=68) / OFFER
    offer6 = Ether() / IPv6(src="fe80::1", dst="fe80::2") / UDP(sport=547, dport=546) / OFFER6
    other = Ether() / IP() / UDP(sport=67, dport=69) / OFFER
    tables, _ = take(make_raw(frames(other, offer, offer6)))
    assert [(one.record, one.kind, one.sender) for one in tables.dhcp] == [
        (2, "offer", ROUTER),
        (3, "advertise", "fe80::1"),
    ]


def test_router_advertisements_are_read():
    advert = ICMPv6ND_RA(routerlifetime=1800, prf=1) / ICMPv6NDOptPrefixInfo(prefix="2001:db8:7::", prefixlen=64)
    advert = advert / ICMPv6NDOptRDNSS(dns=["2001:db8::53"])
    frame = Ether(src="02:00:00:00:00:0a") / IPv6(src="fe80::1", dst="ff02::1") / advert
    tables, _ = take(make_raw(frames(frame)))
    (one,) = tables.adverts
    assert (one.sender, one.sender_mac, one.lifetime_s, one.preference) == ("fe80::1", "02:00:00:00:00:0a", 1800, 1)
    assert (one.prefixes, one.resolvers) == (("2001:db8:7::/64",), ("2001:db8::53",))


def test_a_busy_second_is_counted_over_windows_and_a_quiet_one_is_not():
    flood = bytes(Ether() / IP(src=HOST, dst=ROUTER) / TCP(flags="S"))
    calm = bytes(Ether() / IP(src=ROUTER, dst=HOST) / UDP() / b"x")
    first = make_raw([flood] * 60 + [calm] * 99, at_s=[5.5] * 159)
    second = make_raw([flood] * 40 + [flood] * 99, at_s=[5.9] * 40 + [9.0] * 99)
    tables, addresses = take(first, second, make_raw([calm], at_s=[20]))
    seconds = tables.busy
    assert (seconds.second.tolist(), seconds.packets.tolist(), seconds.syns.tolist()) == ([5], [100], [100])
    assert seconds.size_bytes.tolist() == [4000]
    assert addresses.text(seconds.target[0]) == ROUTER


def test_busy_seconds_at_odd_times_stay_within_bounds(monkeypatch):
    monkeypatch.setattr(busy, "MAX_ROWS", 2)
    flood = bytes(Ether() / IP(dst=ROUTER) / TCP())
    odd = [np.nan, np.inf, -np.inf, 0.0]
    tables, _ = take(*(make_raw([flood] * 100, at_s=[one] * 100) for one in odd), make_raw([flood], at_s=[90]))
    assert len(tables.busy) == 2
    assert tables.dropped == 2


def test_sums_that_wait_are_bounded_and_the_largest_stay(monkeypatch):
    monkeypatch.setattr(busy, "MAX_OPEN", 1)
    flood = bytes(Ether() / IP(dst=ROUTER) / TCP())
    few = [bytes(Ether() / IP(dst=f"198.51.100.{one}") / TCP()) for one in range(20)]
    tables, _ = take(make_raw([flood] * 60 + few, at_s=[1] * 80), make_raw([flood] * 60, at_s=[1] * 60))
    assert tables.busy.packets.tolist() == [120]


def test_a_window_without_packets_changes_nothing():
    tables, addresses = take(make_raw([]))
    assert len(tables.arps) + len(tables.icmps) + len(tables.busy) + len(addresses) == 0
