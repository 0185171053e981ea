import numpy as np
from scapy.layers.inet import ICMP, IP, TCP, UDP
from scapy.layers.l2 import Ether

from detectors.telemetry.packets import read_packets
from detectors.telemetry.refusals import refused_heads
from tests.detectors.telemetry.packet_builders import make_raw, packed

HOST, ROUTER, FAR = "192.0.2.9", "192.0.2.1", "203.0.113.5"
ASKED = IP(src=HOST, dst=FAR) / UDP(sport=1234, dport=161) / b"0123456789"


def heads_in(*packets):
    raw = make_raw([bytes(one) for one in packets])
    return refused_heads(raw, read_packets(raw), np.arange(len(raw)))


def refuse(quoted):
    return Ether() / IP(src=ROUTER, dst=HOST) / ICMP(type=3, code=3) / quoted


def test_a_refusal_tells_who_was_refused():
    (heads,) = heads_in(refuse(ASKED))
    assert (heads.source[0].tobytes(), heads.target[0].tobytes()) == (packed(HOST), packed(FAR))
    assert (heads.protocol[0], heads.source_port[0], heads.target_port[0]) == (17, 1234, 161)


def test_a_quote_that_ends_behind_the_ports_is_enough():
    begin = bytes(IP(src=HOST, dst=FAR, len=1500) / TCP(sport=9, dport=10))[:28]
    (heads,) = heads_in(refuse(begin))
    assert (heads.protocol[0], heads.source_port[0], heads.target_port[0]) == (6, 9, 10)


def test_a_quote_that_lies_about_its_head_is_passed_over():
    lie = bytes([0x4F]) + bytes(ASKED)[1:28]
    assert [len(one.protocol) for one in heads_in(refuse(lie))] == [0]


def test_an_echo_and_an_empty_quote_refuse_nobody():
    assert heads_in(Ether() / IP() / ICMP(type=8) / ASKED, refuse(b"\x45\0")) == []
    assert heads_in() == []
