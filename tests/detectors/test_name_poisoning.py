import pytest

from detectors.name_poisoning import NamePoisoning
from tests.traffic_factories import HOME, NEIGHBOUR, alarms_of, facts_of, make_dns, make_traffic

EVERYBODY = "224.0.0.252"


def alarms(dns):
    return alarms_of(NamePoisoning(), make_traffic(dns=dns))


def claim(name, transport="llmnr", **changes):
    answers = ((name, 1, 30, NEIGHBOUR),)
    return make_dns(name, transport=transport, is_response=True, server=NEIGHBOUR, answers=answers, **changes)


@pytest.mark.parametrize("transport", ["llmnr", "nbns"])
def test_a_computer_that_is_everybody_is_found(transport):
    (finding,) = alarms([claim(name, transport) for name in ("fileserver", "printer", "intranet")])
    assert finding.subject.name == NEIGHBOUR
    assert facts_of(finding)["claimed_names"] == 3
    assert facts_of(finding)["other_side"] == HOME


@pytest.mark.parametrize("name", ["wpad", "WPAD<00>", "wpad.office.example"])
def test_one_answer_for_the_proxys_name_is_enough(name):
    (finding,) = alarms([claim(name)])
    assert facts_of(finding)["sign_bait_name"] is True


def test_a_computer_that_answers_for_itself_stays_quiet():
    assert alarms([claim("desk7"), claim("desk7.local"), claim("DESK7<20>", "nbns")] * 10) == []


def test_a_master_browser_and_a_status_answer_stay_quiet():
    status = [
        make_dns(name, transport="nbns", is_response=True, answers=((name, 33, 0, ""),)) for name in ("a", "b", "c")
    ]
    own = [claim(name, "nbns") for name in ("desk7", "office", "\x01\x02__msbrowse__\x02")]
    assert alarms(status + own) == []


def test_names_that_are_only_called_out_stay_quiet():
    assert alarms([make_dns(name, transport="llmnr", server=EVERYBODY) for name in ("wpad", "a", "b", "c")]) == []


def test_services_over_mdns_and_empty_answers_stay_quiet():
    assert alarms([claim(f"service{n}.local", "mdns") for n in range(20)]) == []
    assert len(alarms([claim("wpad.local", "mdns")])) == 1
    refused = [make_dns(f"n{n}", transport="llmnr", is_response=True, rcode=3, server=NEIGHBOUR) for n in range(9)]
    assert alarms(refused) == []


def test_a_wins_server_that_was_asked_directly_stays_quiet():
    names = [f"desk{n}" for n in range(20)]
    asked = [make_dns(name, transport="nbns", server=NEIGHBOUR) for name in names]
    assert alarms(asked + [claim(name, "nbns") for name in names]) == []
