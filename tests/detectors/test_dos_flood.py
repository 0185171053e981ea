import numpy as np
import pytest

from detectors.contract.traffic import ACK, ICMP, SYN, TCP, UDP
from detectors.dos_flood import DosFlood
from tests.traffic_factories import (
    FAR,
    HOME,
    NEIGHBOUR,
    alarms_of,
    facts_of,
    make_datagrams,
    make_flows,
    make_refused,
    make_traffic,
    make_unanswered,
)

STRANGERS = [f"{20 + n % 150}.{n // 150}.9.{1 + n % 200}" for n in range(300)]
ANSWER_ONLY = {"out_packets": 0, "out_bytes": 0, "out_payload_bytes": 0, "in_packets": 1, "in_bytes": 480}


def alarms(*flows, **changes):
    return alarms_of(DosFlood(), make_traffic(*flows, **changes))


@pytest.mark.parametrize("clients", [STRANGERS, HOME])
def test_three_hundred_half_open_connections_to_one_door_are_a_flood(clients):
    (finding,) = alarms(make_unanswered(300, client=clients, server=FAR, server_port=80, every_s=0.01))
    assert finding.subject.name == FAR
    assert facts_of(finding)["half_open"] == 300
    assert facts_of(finding)["port"] == 80


def test_a_program_that_is_refused_again_and_again_stays_quiet():
    assert alarms(make_refused(300, server=NEIGHBOUR, server_port=8080, every_s=0.01)) == []


def test_many_visitors_who_come_in_stay_quiet():
    assert alarms(make_flows(300, client=STRANGERS, server=FAR, every_s=0.01)) == []


def test_a_scan_knocks_at_many_doors_and_is_no_flood():
    assert alarms(make_unanswered(300, server=NEIGHBOUR, server_port=np.arange(300), every_s=0.01)) == []


def test_half_open_connections_over_hours_stay_quiet():
    assert alarms(make_unanswered(300, client=STRANGERS, server=FAR, server_port=80, every_s=30.0)) == []


@pytest.mark.parametrize("port", [123, 161, 500, 1900])
def test_answers_of_many_servers_that_nobody_asked_are_a_reflection(port):
    answers = {"server": STRANGERS[:80], "server_port": port, "every_s": 0.01}
    (finding,) = alarms(make_datagrams(80, **answers, **ANSWER_ONLY))
    assert finding.subject.name == HOME
    assert facts_of(finding)["unasked_answers"] == 80
    (turned,) = alarms(make_datagrams(80, client=STRANGERS[:80], client_port=port, server=HOME, every_s=0.01))
    assert turned.subject.name == HOME


def test_look_ups_whose_questions_were_not_captured_stay_quiet():
    small = ANSWER_ONLY | {"in_bytes": 200}
    assert alarms(make_datagrams(200, server=STRANGERS[:200], server_port=53, every_s=0.01, **small)) == []


def test_large_answers_of_many_look_up_servers_that_nobody_asked_are_a_reflection():
    large = ANSWER_ONLY | {"in_bytes": 3_000}
    assert len(alarms(make_datagrams(200, server=STRANGERS[:200], server_port=53, every_s=0.01, **large))) == 1


def test_a_swarm_of_senders_with_a_packet_each_is_found():
    many = [f"{20 + n % 100}.{n // 100}.7.{1 + n % 250}" for n in range(800)]
    acks = {"first_flags": ACK, "out_flags": ACK, "out_syns": 0, "server_port": 80}
    (finding,) = alarms(make_unanswered(800, client=many, server=HOME, every_s=0.005, **acks))
    assert finding.subject.name == HOME
    assert facts_of(finding)["unanswered_senders"] == 800


def test_thousands_of_datagrams_to_different_doors_at_once_are_found():
    (finding,) = alarms(make_datagrams(5_000, server=NEIGHBOUR, server_port=np.arange(5_000), every_s=0.001))
    assert finding.subject.name == HOME
    assert facts_of(finding)["packets_one_way"] == 5_000


def test_connections_that_are_kept_hanging_are_found():
    hanging = {"out_payload_bytes": 220, "in_payload_bytes": 0, "in_packets": 2, "duration_s": 300.0}
    (finding,) = alarms(make_flows(200, server=NEIGHBOUR, server_port=80, every_s=0.02, **hanging))
    assert facts_of(finding)["half_open"] == 200


def test_time_servers_that_were_asked_stay_quiet():
    asked = make_datagrams(80, is_answered=True, server=STRANGERS[:80], server_port=123, every_s=0.01)
    assert alarms(asked) == []


def test_peer_to_peer_comes_from_many_ports_and_stays_quiet():
    ports = 2_000 + 7 * np.arange(300)
    assert alarms(make_datagrams(300, client=STRANGERS, client_port=ports, server=HOME, every_s=0.01)) == []


def test_agreements_to_connections_nobody_opened_are_found():
    agreed = {"first_flags": SYN | ACK, "in_flags": SYN | ACK, "out_flags": 0, "in_payload_bytes": 0, "in_size_max": 44}
    none_sent = {"out_packets": 0, "out_bytes": 0, "out_payload_bytes": 0}
    (finding,) = alarms(make_flows(30, server=STRANGERS[:30], in_packets=5, **agreed, **none_sent))
    assert finding.subject.name == HOME
    assert facts_of(finding)["unasked_answers"] == 150


def test_connections_of_which_one_side_was_captured_stay_quiet():
    one_side = {"first_flags": SYN | ACK, "out_packets": 0, "out_bytes": 0, "out_payload_bytes": 0, "out_flags": 0}
    assert alarms(make_flows(300, server=STRANGERS, every_s=0.01, **one_side)) == []


def test_senders_and_targets_that_are_all_different_are_made_up():
    targets = [f"{180 + n % 40}.{n // 40}.1.{n % 250}" for n in range(100)]
    (finding,) = alarms(make_unanswered(100, client=STRANGERS[:100], server=targets, every_s=0.001))
    assert facts_of(finding)["made_up_senders"] == 100


@pytest.mark.parametrize("protocol", [UDP, ICMP])
def test_a_storm_of_small_packets_one_way_is_found(protocol):
    storm = {"out_packets": 60_000, "out_bytes": 60_000 * 80, "duration_s": 10.0, "protocol": protocol}
    (finding,) = alarms(make_datagrams(1, server=NEIGHBOUR, **storm))
    assert finding.subject.name == HOME
    assert facts_of(finding)["packets_one_way"] == 60_000


def test_films_downloads_and_multicast_stay_quiet():
    film = {"out_packets": 60_000, "out_bytes": 60_000 * 1_300, "duration_s": 10.0}
    assert alarms(make_datagrams(1, **film)) == []
    assert alarms(make_flows(1, in_packets=900_000, in_bytes=1_200_000_000, out_packets=300_000, duration_s=10.0)) == []
    small = {"out_packets": 60_000, "out_bytes": 60_000 * 80, "duration_s": 10.0}
    assert alarms(make_datagrams(1, server="239.1.1.1", **small)) == []


@pytest.mark.parametrize("columns", [{"protocol": UDP}, {"protocol": TCP, "is_midstream": True}])
def test_a_storm_from_many_ports_of_one_sender_to_one_door_is_found(columns):
    bare = {"out_payload_bytes": 0, "first_flags": ACK, "out_flags": ACK, "out_bytes": 40, "duration_s": 0.0}
    storm = bare | {"server": NEIGHBOUR, "server_port": 80, "client_port": np.arange(6_000) + 2_000} | columns
    (finding,) = alarms(make_datagrams(6_000, every_s=0.0004, **storm))
    assert finding.subject.name == HOME
    assert facts_of(finding)["packets_one_way"] == 6_000
    assert alarms(make_datagrams(6_000, every_s=0.02, **storm)) == []
    assert alarms(make_datagrams(6_000, every_s=0.0004, **storm | {"server_port": np.arange(6_000) % 2_900})) == []


def test_a_storm_of_pings_is_found_though_all_are_answered():
    pings = {"out_packets": 9_000, "in_packets": 9_000, "out_bytes": 9_000 * 84, "in_bytes": 9_000 * 84}
    (finding,) = alarms(make_datagrams(1, server=NEIGHBOUR, protocol=ICMP, duration_s=5.0, **pings))
    assert facts_of(finding)["packets_one_way"] == 9_000
    assert alarms(make_datagrams(1, server=NEIGHBOUR, protocol=UDP, duration_s=5.0, **pings)) == []
