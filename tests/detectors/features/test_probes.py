import pytest

from detectors.contract.traffic import ACK, FIN, PSH, SYN, URG
from detectors.features.probes import has_odd_flags, is_probe
from tests.traffic_factories import make_datagrams, make_echoes, make_flows, make_refused, make_traffic, make_unanswered

EMPTY = {"out_payload_bytes": 0, "in_payload_bytes": 0}


def probes(flows):
    return is_probe(make_traffic(flows).flows).tolist()


@pytest.mark.parametrize("flow", [make_unanswered(), make_refused(), make_datagrams(), make_flows(**EMPTY)])
def test_knocks(flow):
    assert probes(flow) == [True]


@pytest.mark.parametrize(
    "flow",
    [
        make_flows(),
        make_flows(out_payload_bytes=0),
        make_datagrams(is_answered=True),
        make_echoes(),
        make_unanswered(first_flags=SYN | ACK),
        make_unanswered(first_flags=ACK),
        make_unanswered(out_packets=0),
        make_datagrams(out_ttl=3),
        make_datagrams(client_port=53, server_port=40_000),
    ],
)
def test_visits_answers_and_traceroute_are_none(flow):
    assert probes(flow) == [False]


def test_a_port_that_icmp_reports_closed_was_knocked_at():
    assert probes(make_datagrams(in_packets=1, unreachables=1)) == [True]


@pytest.mark.parametrize("flags", [0, FIN, FIN | PSH | URG, SYN | FIN])
def test_flags_that_no_system_sends(flags):
    flows = make_unanswered(2, first_flags=flags, out_payload_bytes=[0, 10])
    assert has_odd_flags(make_traffic(flows).flows).tolist() == [True, False]


def test_ordinary_first_flags_and_other_protocols_are_not_odd():
    assert has_odd_flags(make_traffic(make_unanswered(3, first_flags=[SYN, ACK, FIN | ACK])).flows).sum() == 0
    assert has_odd_flags(make_traffic(make_datagrams()).flows).sum() == 0
