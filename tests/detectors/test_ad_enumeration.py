"""Lists of everything are found; single questions of sign-in and of browsing stay quiet."""

from __future__ import annotations

import pytest

from detectors.ad_enumeration import AdEnumeration
from detectors.features import rpc_interfaces as rpc
from tests.traffic_factories import (
    HOME,
    NEIGHBOUR,
    alarms_of,
    facts_of,
    make_dns,
    make_flows,
    make_ldap,
    make_rpc,
    make_traffic,
)


def judge(**records):
    return alarms_of(AdEnumeration(), make_traffic(make_flows(1), **records))


def calls(interface, *opnums):
    return [make_rpc(interface, opnum=opnum, record=number) for number, opnum in enumerate(opnums, 1)]


@pytest.mark.parametrize(
    ("interface", "opnum", "sign"),
    [
        (rpc.ACCOUNTS, 13, "users_listed"),
        (rpc.ACCOUNTS, 11, "groups_listed"),
        (rpc.SERVER, 12, "sessions_listed"),
        (rpc.WORKSTATION, 2, "signed_in_listed"),
    ],
)
def test_a_list_of_everything_is_found(interface, opnum, sign):
    (finding,) = judge(rpc=calls(interface, opnum))
    assert (finding.subject.name, facts_of(finding)["other_side"]) == (HOME, NEIGHBOUR)
    assert f"sign_{sign}" in facts_of(finding)


def test_somebody_asking_about_one_group_is_found():
    (finding,) = judge(rpc=calls(rpc.ACCOUNTS, 64, 6, 5, 7, 17, 19))
    assert "sign_group_asked_for" in facts_of(finding)


def test_reading_who_is_signed_in_is_found():
    assert len(judge(rpc=calls(rpc.REGISTRY, 4, 9, 9, 9))) == 1
    assert judge(rpc=calls(rpc.REGISTRY, 2, 15, 17, 17)) == []


def test_trying_numbers_is_found():
    assert len(judge(rpc=calls(rpc.POLICY, *[57] * 25))) == 1
    assert judge(rpc=calls(rpc.POLICY, 44, 57, 57)) == []


@pytest.mark.parametrize(
    "text",
    ["(&(objectCategory=user)(servicePrincipalName=*))", "(adminCount=1)", "(&(objectClass=group)(cn=Domain Admins))"],
)
def test_questions_of_collecting_tools_are_found(text):
    (finding,) = judge(ldap=[make_ldap(filter=text, scope=2, base="DC=office,DC=example")])
    assert facts_of(finding)["examples"] == [text]


def test_everybody_asked_for_is_found_by_the_number_of_answers():
    everybody = make_ldap(filter="(objectClass=user)", scope=2, entries=500)
    assert len(judge(ldap=[everybody])) == 1


def test_ordinary_questions_to_a_directory_stay_quiet():
    questions = [
        make_ldap(),
        make_ldap(filter="(sAMAccountName=maria)", scope=2),
        make_ldap(filter="(objectClass=user)", scope=2, entries=3),
        make_ldap(filter="(&(objectClass=person)(mail=maria*))", scope=2, entries=5),
        make_ldap("bind_sasl", filter=""),
    ]
    assert judge(ldap=questions) == []


def test_all_names_of_a_domain_asked_for_is_found():
    (finding,) = judge(dns=[make_dns("office.example", qtype=252, transport="tcp")])
    assert facts_of(finding)["examples"] == ["office.example"]


def test_name_servers_that_copy_from_each_other_stay_quiet():
    asked = make_dns(server=HOME, client=NEIGHBOUR)
    assert judge(dns=[asked, make_dns("office.example", qtype=252)]) == []


def test_sign_in_and_browsing_a_share_stay_quiet():
    quiet = [*calls(rpc.SERVER, 16), *calls(rpc.ACCOUNTS, 64, 5, 7, 17, 34, 16), *calls(rpc.POLICY, 44, 46)]
    assert judge(rpc=[*quiet, make_rpc(rpc.ACCOUNTS, kind="bind", opnum=-1)]) == []


def test_shares_refused_twice_are_found():
    asked = make_rpc(rpc.SERVER, opnum=16, status=5)
    assert len(judge(rpc=[asked, asked])) == 1
    assert judge(rpc=[asked, make_rpc(rpc.SERVER, opnum=16, status=0)]) == []


def test_a_question_about_somebody_stays_quiet_however_many_answers_come():
    asked = make_ldap(filter="(&(samAccountType=805306368)(sAMAccountName=maria))", scope=2, entries=200)
    assert judge(ldap=[asked]) == []
