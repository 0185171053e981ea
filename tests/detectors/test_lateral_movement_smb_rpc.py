"""Things started on another computer are found; shares, sign-ins and questions to a printer stay quiet."""

from __future__ import annotations

import pytest

from detectors.contract.finding import Severity
from detectors.features import rpc_interfaces as rpc
from detectors.lateral_movement_smb_rpc import LateralMovementSmbRpc
from tests.traffic_factories import (
    FAR,
    HOME,
    NEIGHBOUR,
    alarms_of,
    facts_of,
    make_flows,
    make_http,
    make_rpc,
    make_smb,
    make_traffic,
)


def judge(**records):
    return alarms_of(LateralMovementSmbRpc(), make_traffic(make_flows(2), **records))


@pytest.mark.parametrize(
    ("interface", "opnum", "sign", "severity", "technique"),
    [
        (rpc.SERVICES, 12, "service_made", Severity.HIGH, "T1021.002"),
        (rpc.SERVICES, 15, "services_opened", Severity.MEDIUM, "T1021.002"),
        (rpc.TASKS, 1, "task_made", Severity.HIGH, "T1053.005"),
        (rpc.OLD_TASKS, 0, "task_made", Severity.HIGH, "T1053.005"),
        (rpc.WMI, 24, "wmi_used", Severity.MEDIUM, "T1047"),
        (rpc.ACTIVATOR, 4, "object_started", Severity.MEDIUM, "T1021.003"),
        (rpc.REGISTRY, 22, "registry_written", Severity.MEDIUM, "T1112"),
    ],
)
def test_calls_that_start_something_are_found(interface, opnum, sign, severity, technique):
    (finding,) = judge(rpc=[make_rpc(interface, opnum=opnum, pipe="")])
    assert (finding.subject.name, finding.severity, finding.techniques[0]) == (HOME, severity, technique)
    assert f"sign_{sign}" in facts_of(finding)
    assert facts_of(finding)["other_side"] == NEIGHBOUR


def test_a_pipe_tells_the_interface_where_the_bind_was_not_seen():
    assert len(judge(rpc=[make_rpc("", opnum=12, pipe="svcctl")])) == 1


def test_the_bind_is_enough_where_calls_may_be_hidden():
    assert len(judge(rpc=[make_rpc(rpc.SERVICES, kind="bind", opnum=-1)])) == 1
    assert judge(rpc=[make_rpc(rpc.REGISTRY, kind="bind", opnum=-1)]) == []


@pytest.mark.parametrize("name", ["PSEXE" + "SVC", "rem" + "com_communication", "anything-PC-4711-stdin"])
def test_pipes_of_remote_tools_are_found(name):
    (finding,) = judge(smb=[make_smb("create", name=name)])
    assert finding.severity == Severity.HIGH


def test_a_program_laid_on_an_administrators_share_is_found():
    opened = [make_smb("tree_connect", name=r"\\PC2\ADMIN$"), make_smb("create", name="abcd.exe", record=10)]
    (finding,) = judge(smb=[*opened, make_smb("write", name="abcd.exe", data_head=b"MZ")])
    assert "sign_program_laid" in facts_of(finding)
    assert finding.severity == Severity.MEDIUM
    (finding,) = judge(smb=opened, rpc=[make_rpc(rpc.SERVICES, opnum=19)])
    assert finding.severity == Severity.HIGH


def test_a_program_merely_opened_on_an_administrators_share_is_only_good_to_know():
    opened = [make_smb("tree_connect", name=r"\\PC2\ADMIN$"), make_smb("create", name="abcd.exe", record=10)]
    assert judge(smb=opened) == []


def test_a_program_on_an_ordinary_share_stays_quiet():
    calls = [make_smb("tree_connect", name=r"\\SERVER\software"), make_smb("create", name="setup.exe")]
    assert judge(smb=calls) == []
    other = [make_smb("tree_connect", name=r"\\PC2\ADMIN$", flow=0), make_smb("create", name="setup.exe", flow=1)]
    assert judge(smb=other) == []


def test_output_files_of_remote_tools_are_found():
    assert len(judge(smb=[make_smb("create", name="__1493151644.96")])) == 1
    assert judge(smb=[make_smb("create", name="report__2024.txt")]) == []


def test_remote_management_inside_is_found():
    assert len(judge(http=[make_http("/wsman?PSVersion=5.1", method="POST", server=NEIGHBOUR, server_port=5_985)])) == 1
    assert judge(http=[make_http("/wsmanual", method="POST", server=NEIGHBOUR)]) == []


def test_ordinary_shares_and_sign_in_stay_quiet():
    calls = [
        make_rpc(rpc.SERVER, opnum=16),
        make_rpc(rpc.POLICY, opnum=57, pipe="lsarpc"),
        make_rpc(rpc.ACCOUNTS, opnum=64, pipe="samr"),
        make_rpc(rpc.NETLOGON, opnum=26, pipe="netlogon"),
        make_rpc(rpc.PRINTING, opnum=1, pipe="spoolss"),
        make_rpc(rpc.REPLICATION, kind="bind", opnum=-1),
        make_rpc(rpc.REGISTRY, opnum=17, pipe="winreg"),
    ]
    files = [make_smb("tree_connect", name=r"\\DC\IPC$"), make_smb("create", name="samr"), make_smb()]
    assert judge(rpc=calls, smb=files) == []


def test_calls_to_oneself_and_to_the_internet_are_no_moves_inside():
    assert judge(rpc=[make_rpc(rpc.SERVICES, opnum=12, server=HOME)]) == []
    assert judge(rpc=[make_rpc(rpc.SERVICES, opnum=12, server=FAR)]) == []


def test_certificates_fetched_from_their_own_authority_stay_quiet():
    started = make_rpc(rpc.ACTIVATOR, opnum=4)
    asked = make_rpc("d99e6e70-fc88-11d0-b498-00a0c90312f3", kind="bind", opnum=-1)
    assert judge(rpc=[started, asked]) == []
    assert len(judge(rpc=[started])) == 1


def test_event_logs_sent_to_a_collector_stay_quiet():
    target = "/wsman/SubscriptionManager/WEC"
    assert judge(http=[make_http(target, method="POST", server=NEIGHBOUR, server_port=5_985)]) == []
