import ipaddress
import subprocess
import sys
from pathlib import Path

import pytest

from detectors.contract.detector import DetectorContext
from detectors.contract.traffic import Traffic
from detectors.worker.registry import Panel, find_detectors

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))

from fresh_attacks import ATTACKS  # noqa: E402 - the path above comes first
from fresh_harmless import HARMLESS  # noqa: E402
from fresh_network import _list_scenarios  # noqa: E402
from fresh_servers import WORLD, _answer, address_of  # noqa: E402
from fresh_talk import check_sum, echo_of, packet_of, question  # noqa: E402

MOST_NETWORKS = 254
"""Each scenario has the network 10.77.x.0/24."""


def test_every_scenario_has_a_network_and_a_file_of_its_own():
    scenarios = _list_scenarios()
    assert len(scenarios) == len(ATTACKS) + len(HARMLESS) <= MOST_NETWORKS
    assert len({one.file for one in scenarios}) == len(scenarios)
    assert all(len(one.device) < 16 for one in scenarios)  # what Linux takes


def test_what_is_expected_is_a_reason_that_some_detector_gives():
    members = Panel.build(DetectorContext(ROOT / "rules", None, ROOT / "models"), find_detectors()).members
    reasons = {reason for one in members if one.reads is Traffic for reason in one.reasons}
    assert {reason for _, reason in ATTACKS.values()} <= reasons


@pytest.mark.parametrize("kind", [1, 5, 10, 16])
def test_known_names_are_answered_and_made_up_ones_do_not_exist(kind):
    answer = _answer(question("www.news.example", kind))
    assert (answer[3] & 15, answer[6:8]) == (0, b"\0\1")
    refused = _answer(question("qwxkzvpt.com", kind))
    assert (refused[3] & 15, refused[6:8]) == (3, b"\0\0")


def test_names_have_addresses_in_the_made_up_world():
    found = {address_of(f"host{n}.example") for n in range(50)}
    assert len(found) > 40
    assert all(ipaddress.ip_address(one) in ipaddress.ip_network(WORLD) for one in found)


def test_packets_carry_right_check_sums():
    packet = echo_of("10.77.1.2", "45.77.9.9", b"abc", 7)
    assert check_sum(packet[:20]) == 0
    assert check_sum(packet[20:]) == 0
    assert packet_of("10.77.1.2", "45.77.9.9", 17, b"")[9] == 17


def test_without_rights_it_says_so_and_does_nothing():
    told = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "fresh_network.py"), "--only", "mining"],
        capture_output=True, text=True, check=True, env={"PATH": "/nowhere"},
    )  # fmt: skip
    assert "not measured" in told.stdout
