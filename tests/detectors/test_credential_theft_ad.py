"""Secrets taken out of a domain are found; sign-ins and the talk of its own controllers stay quiet."""

from __future__ import annotations

import pytest

from detectors.contract.finding import Severity
from detectors.credential_theft_ad import CredentialTheftAd
from detectors.features import rpc_interfaces as rpc
from tests.traffic_factories import (
    HOME,
    NEIGHBOUR,
    ROUTER,
    alarms_of,
    facts_of,
    make_flows,
    make_kerberos,
    make_rpc,
    make_smb,
    make_traffic,
)


def judge(**records):
    return alarms_of(CredentialTheftAd(), make_traffic(make_flows(4), **records))


@pytest.mark.parametrize(
    ("interface", "opnum", "sign"),
    [
        (rpc.REPLICATION, 3, "secrets_copied"),
        (rpc.BACKUP_KEYS, 0, "backup_key_asked_for"),
        (rpc.POLICY, 29, "secret_written"),
        (rpc.REGISTRY, 31, "hive_saved"),
    ],
)
def test_calls_that_take_secrets_are_found(interface, opnum, sign):
    (finding,) = judge(rpc=[make_rpc(interface, opnum=opnum)])
    assert (finding.subject.name, facts_of(finding)["other_side"]) == (HOME, NEIGHBOUR)
    assert f"sign_{sign}" in facts_of(finding)


def test_controllers_copy_from_each_other_quietly():
    copy = make_rpc(rpc.REPLICATION, opnum=3, client=NEIGHBOUR, server=ROUTER)
    assert judge(rpc=[copy], kerberos=[make_kerberos()]) == []
    assert len(judge(rpc=[copy])) == 1


def test_sign_in_binds_to_replication_quietly():
    calls = [
        make_rpc(rpc.REPLICATION, kind="bind", opnum=-1),
        *(make_rpc(rpc.REPLICATION, opnum=n) for n in (0, 12, 1)),
    ]
    assert judge(rpc=calls) == []


def test_replication_without_its_bind_is_known_by_its_calls():
    talk = [make_rpc("", opnum=opnum, pipe="", auth_level=6, record=opnum + 1) for opnum in (0, 16, 12, 3, 1)]
    (finding,) = judge(rpc=talk)
    assert (facts_of(finding)["sign_secrets_copied"], finding.records) == (True, (4,))
    assert judge(rpc=[make_rpc("", opnum=opnum, pipe="", auth_level=6) for opnum in (0, 3, 1)]) == []


def test_a_password_set_from_afar_is_found():
    assert len(judge(rpc=[make_rpc(rpc.ACCOUNTS, opnum=17), make_rpc(rpc.ACCOUNTS, opnum=58)])) == 1
    assert judge(rpc=[make_rpc(rpc.ACCOUNTS, opnum=58)]) == []


def test_tickets_that_can_be_cracked_are_found():
    talk = [
        make_kerberos("tgs_req", service="MSSQLSvc/db.office.example", etypes=(18, 17, 23)),
        make_kerberos("tgs_rep", service="MSSQLSvc/db.office.example", etypes=(23,)),
    ]
    (finding,) = judge(kerberos=talk)
    assert (finding.severity, finding.techniques[0]) == (Severity.MEDIUM, "T1558.003")
    row = [make_kerberos("tgs_rep", service=f"HTTP/web{number}", etypes=(23,)) for number in range(4)]
    (finding,) = judge(kerberos=row)
    assert finding.severity == Severity.HIGH


def test_old_networks_and_tickets_for_computers_stay_quiet():
    talk = [
        make_kerberos("tgs_req", service="HTTP/old", etypes=(23, 3, 1)),
        make_kerberos("tgs_rep", service="HTTP/old", etypes=(23,)),
        make_kerberos("tgs_req", service="cifs/files", etypes=(18, 23), flow=1, client=ROUTER),
        make_kerberos("tgs_rep", service="cifs/files", etypes=(23,), flow=1, client=ROUTER),
        make_kerberos("tgs_rep", service="HTTP/new", etypes=(18,), flow=2, client=ROUTER),
    ]
    assert judge(kerberos=talk) == []


def test_a_sign_in_with_a_stolen_key_is_found_and_an_ordinary_one_is_not():
    stolen = [make_kerberos(etypes=(23, -133, -128)), make_kerberos("as_rep", etypes=(18,))]
    (finding,) = judge(kerberos=stolen)
    assert "sign_old_key_only" in facts_of(finding)
    assert judge(kerberos=[make_kerberos(), make_kerberos("as_rep", etypes=(18,))]) == []


def test_accounts_that_need_no_proof_are_found():
    asked = [make_kerberos(etypes=(23,), has_preauth=False), make_kerberos("as_rep", etypes=(23,))]
    (finding,) = judge(kerberos=asked)
    assert finding.techniques[0] == "T1558.004"
    refused = [make_kerberos(has_preauth=False), make_kerberos("error", error=25)]
    assert judge(kerberos=refused) == []


def test_files_with_secrets_are_found():
    assert len(judge(smb=[make_smb(name="Windows\\NTDS\\ntds" + ".dit")])) == 1
    assert judge(smb=[make_smb(name="photos\\sam\\beach.jpg"), make_smb(name="security\\plan.docx")]) == []


def test_a_machine_that_renews_its_own_password_is_only_good_to_know():
    assert judge(rpc=[make_rpc(rpc.NETLOGON, opnum=30, pipe="netlogon")]) == []


def test_a_modern_computer_that_asks_for_the_old_form_only_is_found():
    talk = [
        make_kerberos(etypes=(18, 17, 23)),
        make_kerberos("tgs_req", service="MSSQLSvc/db", etypes=(23,), flow=1),
        make_kerberos("tgs_rep", service="MSSQLSvc/db", etypes=(23,), flow=1),
    ]
    assert len(judge(kerberos=talk)) == 1
