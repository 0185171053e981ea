import numpy as np
import pytest

from detectors.contract.traffic import ACK, FIN, PSH, URG
from detectors.port_scan_vertical import PortScanVertical
from tests.traffic_factories import (
    HOME,
    NEIGHBOUR,
    ROUTER,
    alarms_of,
    facts_of,
    make_datagrams,
    make_flows,
    make_refused,
    make_traffic,
    make_unanswered,
)

PORTS = list(range(20, 60))


def alarms(*flows, **changes):
    return alarms_of(PortScanVertical(), make_traffic(*flows, **changes))


@pytest.mark.parametrize("make", [make_unanswered, make_refused, make_datagrams])
def test_forty_doors_of_one_neighbour_are_a_scan(make):
    (finding,) = alarms(make(40, server=NEIGHBOUR, server_port=PORTS, every_s=0.1))
    assert finding.subject.name == HOME
    assert facts_of(finding)["ports"] == 40
    assert facts_of(finding)["other_side"] == NEIGHBOUR
    assert finding.records[0] == 1
    assert len(finding.records) >= 40


def test_a_monitor_that_asks_a_printer_for_its_few_doors_stays_quiet():
    doors = [80, 443, 515, 631, 9100, 161, 139, 445]
    again = [make_refused(8, server=NEIGHBOUR, server_port=doors, started_s=1000.0 + 60 * n) for n in range(20)]
    assert alarms(*again) == []


def test_a_full_connect_scan_counts_the_open_doors():
    said_nothing = {"out_payload_bytes": 0, "in_payload_bytes": 0}
    (finding,) = alarms(
        make_refused(30, server=NEIGHBOUR, server_port=list(range(100, 130)), every_s=0.1),
        make_flows(2, server=NEIGHBOUR, server_port=[22, 80], every_s=0.1, **said_nothing),
    )
    assert facts_of(finding)["ports"] == 32
    assert facts_of(finding)["open_ports"] == 2


@pytest.mark.parametrize("flags", [0, FIN, FIN | PSH | URG])
def test_five_packets_with_flags_that_nobody_sends_are_enough(flags):
    odd = {"server": NEIGHBOUR, "first_flags": flags, "out_flags": flags, "out_syns": 0}
    (finding,) = alarms(make_unanswered(5, server_port=PORTS[:5], **odd))
    assert facts_of(finding)["odd_flags"] == 5
    assert alarms(make_unanswered(4, server_port=PORTS[:4], **odd)) == []


def test_three_packets_with_different_odd_flags_are_enough():
    flags = [0, FIN, FIN | PSH | URG]
    odd = {"server": NEIGHBOUR, "server_port": PORTS[:3], "first_flags": flags, "out_flags": flags, "out_syns": 0}
    assert len(alarms(make_refused(3, **odd))) == 1
    assert alarms(make_refused(3, **odd | {"first_flags": 0})) == []


def test_bare_acknowledgements_count_only_when_they_are_refused():
    acks = {"server": NEIGHBOUR, "server_port": PORTS, "first_flags": ACK, "out_flags": ACK, "out_syns": 0}
    assert len(alarms(make_refused(40, **acks))) == 1
    assert alarms(make_unanswered(40, **acks)) == []


def test_very_many_bare_acknowledgements_into_silence_are_a_scan():
    acks = {"server": NEIGHBOUR, "first_flags": ACK, "out_flags": ACK, "out_syns": 0, "every_s": 0.1}
    (finding,) = alarms(make_unanswered(100, server_port=list(range(20, 120)), **acks))
    assert facts_of(finding)["ports"] == 100
    assert alarms(make_unanswered(100, server_port=443, **acks)) == []
    assert alarms(make_unanswered(100, server_port=list(range(20, 120)), **acks | {"out_packets": 9})) == []


def test_data_connections_of_ftp_are_used_and_stay_quiet():
    got = {"out_payload_bytes": 0, "in_payload_bytes": 900, "service": ""}
    assert alarms(make_flows(40, server=NEIGHBOUR, server_port=list(range(40_000, 40_040)), **got)) == []


def test_answers_to_questions_that_were_not_captured_stay_quiet():
    answers = make_datagrams(40, client=ROUTER, client_port=53, server=HOME, server_port=list(range(40_000, 40_040)))
    assert alarms(answers) == []


def test_traceroute_stays_quiet():
    hops = np.repeat(np.arange(1, 21), 2)
    assert alarms(make_datagrams(40, server_port=list(range(33_434, 33_474)), out_ttl=hops)) == []


def test_doors_tried_over_hours_are_no_burst():
    assert alarms(make_refused(40, server=NEIGHBOUR, server_port=PORTS, every_s=300.0)) == []


def test_one_finding_for_each_scanner_though_it_scans_many():
    targets = [f"192.168.1.{30 + n // 40}" for n in range(400)]
    (finding,) = alarms(make_refused(400, server=targets, server_port=PORTS * 10, every_s=0.01))
    assert facts_of(finding)["ports"] == 40


def test_farewells_without_a_conversation_count_only_when_they_are_refused():
    byes = {"server": NEIGHBOUR, "server_port": PORTS, "first_flags": FIN | ACK, "out_flags": FIN | ACK, "out_syns": 0}
    assert len(alarms(make_refused(40, **byes))) == 1
    assert alarms(make_unanswered(40, **byes)) == []
    assert alarms(make_refused(40, **byes | {"server_port": 443})) == []


def test_openings_torn_into_pieces_smaller_than_their_header_are_knocks():
    torn = {"server": NEIGHBOUR, "server_port": PORTS, "first_flags": 0, "out_flags": 0, "out_syns": 0}
    assert len(alarms(make_refused(40, **torn, out_payload_bytes=8))) == 1
    assert alarms(make_refused(40, **torn, out_payload_bytes=1_480)) == []
