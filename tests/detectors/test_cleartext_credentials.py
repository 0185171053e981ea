"""Readable passwords are told once a server, and the password is nowhere in it."""

from __future__ import annotations

from detectors.cleartext_credentials import CleartextCredentials
from detectors.contract.finding import Severity
from tests.traffic_factories import FAR, HOME, NEIGHBOUR, alarms_of, facts_of, make_flows, make_login, make_traffic


def judge(*logins):
    return alarms_of(CleartextCredentials(), make_traffic(make_flows(1), logins=list(logins)))


def test_one_finding_for_each_server_with_its_users():
    logins = [make_login(record=number, user=f"user{number % 3}") for number in range(1, 10)]
    (finding,) = judge(*logins)
    facts = facts_of(finding)
    assert (finding.subject.name, facts["other_side"], facts["times"]) == (NEIGHBOUR, HOME, 9)
    assert sorted(facts["users"]) == ["user0", "user1", "user2"]
    assert facts["protocols"] == ["ftp"]
    assert len(judge(*logins, make_login("pop3", server=FAR))) == 2


def test_protected_sign_ins_stay_quiet():
    assert judge(make_login("imap", is_cleartext=False), make_login("ntlm", is_cleartext=False)) == []


def test_guests_and_small_words_are_only_good_to_know():
    logins = [make_login(user="anonymous"), make_login("snmp", user="", server=FAR)]
    logins.append(make_login("postgresql", user="app", server=NEIGHBOUR))
    assert judge(*logins) == []
    traffic = make_traffic(make_flows(1), logins=logins)
    assert {one.severity for one in CleartextCredentials().detect(traffic)} == {Severity.LOW, Severity.INFORMATIONAL}


def test_a_very_long_name_is_cut():
    (finding,) = judge(make_login(user="a" * 5_000))
    assert facts_of(finding)["users"] == ["a" * 64]
