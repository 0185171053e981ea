import numpy as np
import pytest

from detectors.port_scan_horizontal import PortScanHorizontal
from tests.traffic_factories import (
    HOME,
    alarms_of,
    facts_of,
    make_datagrams,
    make_dns,
    make_flows,
    make_refused,
    make_traffic,
    make_unanswered,
)

NEIGHBOURS = [f"192.168.1.{n}" for n in range(30, 90)]
STRANGERS = [f"{20 + n}.7.{n}.9" for n in range(60)]


def alarms(*flows, **changes):
    return alarms_of(PortScanHorizontal(), make_traffic(*flows, **changes))


@pytest.mark.parametrize("make", [make_unanswered, make_refused, make_datagrams])
@pytest.mark.parametrize("port", [23, 445, 3389])
def test_one_door_of_sixty_computers_is_a_worm(make, port):
    (finding,) = alarms(make(60, server=NEIGHBOURS, server_port=port, every_s=0.2))
    assert finding.subject.name == HOME
    assert facts_of(finding)["hosts"] == 60
    assert facts_of(finding)["port"] == port
    assert facts_of(finding)["other_side"] == "192.168.1.30, 192.168.1.31, 192.168.1.32, ..."


def test_a_backup_that_visits_everybody_stays_quiet():
    visits = make_flows(60, server=NEIGHBOURS, server_port=445, service="smb", every_s=0.2)
    off_tonight = make_unanswered(14, server=[f"192.168.1.{n}" for n in range(100, 114)], server_port=445)
    assert alarms(visits, off_tonight) == []


def test_an_inventory_that_mostly_gets_answers_stays_quiet():
    away = make_unanswered(20, server=NEIGHBOURS[:20], server_port=22)
    assert alarms(make_flows(40, server=NEIGHBOURS[20:], server_port=22, every_s=0.2), away) == []


def test_peer_to_peer_meets_strangers_at_many_doors_and_stays_quiet():
    elsewhere = [f"{80 + n}.9.{n}.1" for n in range(60)]
    ports = 10_000 + 7 * np.arange(60)
    usual = make_datagrams(20, server=STRANGERS[:20], server_port=6881, every_s=0.2)
    assert alarms(usual, make_datagrams(60, server=elsewhere, server_port=ports, every_s=0.2)) == []


def test_a_worm_that_knows_three_doors_is_found():
    doors = [23, 2323, 8080] * 20
    (finding,) = alarms(make_unanswered(60, server=STRANGERS, server_port=doors, every_s=0.5))
    assert finding.subject.name == HOME


def test_a_browser_without_a_connection_stays_quiet():
    names = [
        make_dns(f"shop{n}.example.com", is_response=True, answers=((f"shop{n}.example.com", 1, 60, address),))
        for n, address in enumerate(STRANGERS)
    ]
    tries = make_unanswered(60, server=STRANGERS, server_port=443)
    assert alarms(tries, dns=names) == []
    assert len(alarms(tries)) == 1


def test_questions_to_everybody_at_once_stay_quiet():
    groups = [f"239.1.1.{n}" for n in range(1, 61)]
    assert alarms(make_datagrams(60, server=groups, server_port=1900)) == []


def test_a_few_dead_neighbours_over_a_day_stay_quiet():
    assert alarms(make_unanswered(60, server=NEIGHBOURS, server_port=445, every_s=600.0)) == []
