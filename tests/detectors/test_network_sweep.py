import pytest

from detectors.network_sweep import NetworkSweep
from tests.traffic_factories import (
    HOME,
    MORNING_S,
    NEIGHBOUR,
    ROUTER,
    alarms_of,
    facts_of,
    make_arp,
    make_datagrams,
    make_flows,
    make_icmp,
    make_traffic,
)

NEIGHBOURS = [f"192.168.1.{n}" for n in range(30, 90)]
APART = [f"10.{n}.0.9" for n in range(60)]


def alarms(*flows, **changes):
    return alarms_of(NetworkSweep(), make_traffic(*flows, **changes))


def ask(targets, every_s=0.1, **changes):
    return [
        make_arp(target=target, at_s=MORNING_S + n * every_s, record=n + 1, **changes)
        for n, target in enumerate(targets)
    ]


def ping(targets, every_s=0.1, **changes):
    return [
        make_icmp(target=target, at_s=MORNING_S + n * every_s, record=n + 1, **changes)
        for n, target in enumerate(targets)
    ]


def answers(targets):
    return [make_icmp(source=target, target=HOME, kind=0, at_s=MORNING_S + 1) for target in targets]


def test_asking_for_sixty_neighbours_is_a_sweep():
    (finding,) = alarms(arps=ask(NEIGHBOURS))
    assert finding.subject.name == HOME
    assert facts_of(finding)["arp_targets"] == 60
    assert finding.records == tuple(range(1, 61))


def test_a_phone_that_looks_for_its_neighbours_stays_quiet():
    assert alarms(arps=ask(NEIGHBOURS[:12] * 5)) == []
    assert alarms(arps=ask(NEIGHBOURS, every_s=10.0)) == []


def test_a_router_that_asks_for_whoever_is_called_stays_quiet():
    far = make_flows(5, server=[f"93.184.216.{n}" for n in range(1, 6)], server_mac=0x77)
    assert alarms(far, arps=ask(NEIGHBOURS, sender=ROUTER, sender_mac=0x77)) == []
    assert len(alarms(far, arps=ask(NEIGHBOURS, sender_mac=0x78))) == 1


@pytest.mark.parametrize("targets", [NEIGHBOURS[:18], APART[:18]])
def test_pings_into_silence_are_a_sweep(targets):
    (finding,) = alarms(icmps=ping(targets, payload_bytes=0))
    assert facts_of(finding)["ping_targets"] == 18


def test_pings_along_a_row_of_addresses_are_a_sweep_even_when_answered():
    assert len(alarms(icmps=ping(NEIGHBOURS[:18]) + answers(NEIGHBOURS[:18]))) == 1


def test_empty_pings_are_a_sweep_even_when_answered():
    assert len(alarms(icmps=ping(APART[:18], payload_bytes=0) + answers(APART[:18]))) == 1


def test_a_monitor_whose_pings_are_answered_stays_quiet():
    assert alarms(icmps=ping(APART[:18]) + answers(APART[:18])) == []


def test_one_ping_after_the_other_to_one_host_stays_quiet():
    assert alarms(icmps=ping([NEIGHBOUR] * 200)) == []


def test_two_old_questions_to_one_computer_are_a_fingerprint():
    odd = [make_icmp(target=NEIGHBOUR, kind=kind, at_s=MORNING_S) for kind in (13, 17)]
    (finding,) = alarms(icmps=odd)
    assert facts_of(finding)["odd_questions"] == 2
    assert alarms(icmps=odd[:1] * 5) == []
    assert alarms(icmps=[make_icmp("fe80::5", "fe80::1", family=6, kind=kind) for kind in (13, 17)]) == []


def test_trying_protocols_that_nobody_speaks_is_a_sweep():
    (finding,) = alarms(make_datagrams(40, server=NEIGHBOUR, protocol=list(range(100, 140)), every_s=0.1))
    assert facts_of(finding)["protocols"] == 40
    assert alarms(make_datagrams(40, server=NEIGHBOUR, protocol=[1, 6, 17, 47] * 10, every_s=0.1)) == []


def test_one_old_question_to_many_computers_is_a_sweep():
    (finding,) = alarms(icmps=ping(APART[:18], kind=13, payload_bytes=12))
    assert facts_of(finding)["ping_targets"] == 18
    assert alarms(icmps=ping(APART[:5], kind=13, payload_bytes=12)) == []
