"""First words and signs count with their flow only."""

from __future__ import annotations

from detectors.features.spoken import openings_of, signs_of
from tests.traffic_factories import make_flows, make_opening, make_sign, make_traffic


def test_what_has_no_flow_is_left_out():
    flows = (-1, 0, 1, 99)
    traffic = make_traffic(
        make_flows(2),
        openings=[make_opening(flow=flow) for flow in flows],
        signs=[make_sign("heartbeat" if flow else "long_line", flow=flow) for flow in flows],
    )
    assert [one.flow for one in openings_of(traffic)] == [0, 1]
    assert [one.flow for one in signs_of(traffic)] == [0, 1]
    assert [one.flow for one in signs_of(traffic, "heartbeat")] == [1]
