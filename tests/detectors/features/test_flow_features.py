"""Features worked out by hand, on a handful of flows."""

from __future__ import annotations

import dataclasses
import math
import tomllib
from pathlib import Path

import numpy as np
import pytest

from detectors.contract.conversations import DnsMessage
from detectors.contract.traffic import ACK, SYN, TCP, UDP, Addresses, FlowTable, Traffic
from detectors.features.flow_features import FEATURES, NAMES, compute_flow_features, highest_of_hosts, plain_value
from detectors.features.name_features import NAMES as NAMES_OF_NAMES

ROOT = Path(__file__).parents[3]


def make_traffic(flows: FlowTable, hosts: int = 4, dns: tuple[DnsMessage, ...] = ()) -> Traffic:
    packed = np.zeros((hosts, 16), np.uint8)
    packed[:, :4] = [[192, 168, 0, 10 + row] if row < 2 else [93, 184, 216, row] for row in range(hosts)]
    addresses = Addresses(packed, np.full(hosts, 4, np.uint8))
    services = ("", "tls")
    return dataclasses.replace(Traffic.blank("made"), flows=flows, addresses=addresses, services=services, dns=dns)


def four_calls() -> FlowTable:
    """192.168.0.10 calls 93.184.216.2:443 every 60 s, the same size each time."""
    flows = FlowTable.blank(4)
    flows.server[:], flows.server_port[:], flows.protocol[:] = 2, 443, TCP
    flows.started_s[:] = [0, 60, 120, 180]
    flows.ended_s[:] = flows.started_s + 2
    flows.out_packets[:], flows.in_packets[:] = 3, 2
    flows.out_bytes[:], flows.in_bytes[:] = 300, 100
    flows.out_size_squares[:] = 3 * 100**2
    flows.out_payload_bytes[:] = 120
    flows.in_flags[:] = SYN | ACK
    return flows


def value(traffic: Traffic, name: str, row: int = 0) -> float:
    column = NAMES.index(name)
    return plain_value(FEATURES[column], compute_flow_features(traffic)[row, column])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("flow_duration_s", 2),
        ("flow_out_bytes", 300),
        ("flow_out_share", 75),
        ("flow_out_payload_per_packet", 40),
        ("flow_out_size_spread", 0),  # three packets of 100 bytes
        ("flow_packets_per_s", 2.5),  # five packets in two seconds
        ("flow_answered", 1),
        ("flow_to_outside", 1),
        ("flow_port_remote_control", 0),
        ("minute_flows", 1),
        ("minute_failed_share", 0),
        ("habit_calls", 4),
        ("habit_gap_s", 60),
        ("habit_unevenness", 0),
        ("habit_same_size_share", 100),
    ],
)
def test_a_feature_is_what_one_counts_by_hand(name: str, expected: float):
    assert value(make_traffic(four_calls()), name) == pytest.approx(expected, abs=1e-4)


def test_three_calls_have_no_rhythm():
    traffic = make_traffic(four_calls().take(np.arange(3)))
    assert value(traffic, "habit_unevenness") == 1
    assert value(traffic, "habit_gap_s") == 0


def test_a_minute_counts_hosts_and_ports_of_one_caller_only():
    flows = FlowTable.blank(5)
    flows.client[:] = [0, 0, 0, 0, 1]
    flows.server[:] = [2, 2, 2, 3, 2]
    flows.server_port[:] = [22, 23, 80, 80, 9]
    flows.protocol[:] = UDP
    flows.in_packets[:] = [0, 0, 1, 0, 0]
    traffic = make_traffic(flows)
    assert value(traffic, "minute_flows") == pytest.approx(4, abs=1e-4)
    assert value(traffic, "minute_servers") == pytest.approx(2, abs=1e-4)
    assert value(traffic, "minute_ports") == pytest.approx(3, abs=1e-4)
    assert value(traffic, "minute_ports_on_one_server") == pytest.approx(3, abs=1e-4)
    assert value(traffic, "minute_servers_on_one_port") == pytest.approx(2, abs=1e-4)
    assert value(traffic, "minute_failed_share") == pytest.approx(75)
    assert value(traffic, "minute_flows", row=4) == pytest.approx(1, abs=1e-4)


def test_content_on_a_port_that_is_not_its_own_is_odd():
    flows = four_calls()
    flows.service[:] = 1
    flows.server_port[0] = 4444
    traffic = make_traffic(flows)
    assert [value(traffic, "flow_service_on_odd_port", row) for row in (0, 1)] == [1, 0]
    assert value(traffic, "flow_encrypted") == 1


def test_names_that_do_not_exist_are_a_share_of_the_names_asked():
    def answer(name: str, rcode: int) -> DnsMessage:
        return DnsMessage(0, 1, 5.0, "192.168.0.10", "192.168.0.1", "udp", True, rcode, name, 1, 60)

    traffic = make_traffic(four_calls(), dns=(answer("a.example", 0), answer("bb.example", 3), answer("bb.example", 3)))
    assert value(traffic, "minute_names_asked") == pytest.approx(2, abs=1e-4)
    assert value(traffic, "minute_names_unknown_share") == pytest.approx(50)
    assert value(traffic, "minute_name_length") == pytest.approx(9.5, abs=1e-4)
    assert value(traffic, "minute_names_asked", row=1) == 0  # a minute later nothing was asked


def test_odd_numbers_stay_finite():
    flows = four_calls()
    flows.ended_s[:] = flows.started_s - 5  # a clock that was set back
    flows.gap_squares[:] = math.inf
    assert np.isfinite(compute_flow_features(make_traffic(flows))).all()


def test_no_flows_give_no_rows():
    assert compute_flow_features(Traffic.blank("made")).shape == (0, len(FEATURES))


def test_there_are_at_least_forty_features_each_with_a_plain_name_in_four_languages():
    names = tomllib.loads((ROOT / "resources" / "texts" / "features.toml").read_text(encoding="utf-8"))
    assert len(set(NAMES)) == len(NAMES) >= 40
    assert set(names) == {*NAMES, *NAMES_OF_NAMES}
    assert all(set(words) == {"en", "fr", "de", "lb"} and all(words.values()) for words in names.values())


def test_a_computer_is_judged_by_the_highest_value_of_each_number():
    features = np.array([[1, 9], [5, 0], [2, 3], [7, 1]], np.float32)
    clients = np.array([4, 2, 4, 2])
    np.testing.assert_array_equal(highest_of_hosts(features, clients), [[7, 1], [2, 9]])
    assert highest_of_hosts(features[:0], clients[:0]).shape == (0, 2)
