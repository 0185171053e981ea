"""Looks for one computer that starts things on another: services, tasks, WMI, DCOM, remote PowerShell, PsExec.

Before this on the path: ``Traffic.smb``, ``rpc`` and ``http``. After it: the worker's wire.
Ordinary shares and sign-ins open the same pipes: what counts is the call, or what is laid where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from detectors.contract.conversations import HttpExchange, RpcCall, SmbCall
from detectors.contract.detector import Detector
from detectors.contract.finding import Finding, Severity
from detectors.contract.traffic import Traffic
from detectors.features import rpc_interfaces as rpc
from detectors.features.inside import is_inside
from detectors.features.program_bytes import program_kind
from detectors.features.sightings import Sighting, report


@dataclass(frozen=True, slots=True)
class Act:
    """What a call does on the other computer."""

    sign: str
    severity: Severity
    technique: str


_SERVICE = Act("service_made", Severity.HIGH, "T1021.002")
_SERVICE_USE = Act("services_opened", Severity.MEDIUM, "T1021.002")
_TASK = Act("task_made", Severity.HIGH, "T1053.005")
_WMI = Act("wmi_used", Severity.MEDIUM, "T1047")
_DCOM = Act("object_started", Severity.MEDIUM, "T1021.003")
_REGISTRY = Act("registry_written", Severity.MEDIUM, "T1112")

CALLS: Final[dict[tuple[str, int], Act]] = {
    **{(rpc.SERVICES, opnum): _SERVICE for opnum in (12, 24, 44, 45, 60)},
    **{(rpc.SERVICES, opnum): _SERVICE_USE for opnum in (1, 2, 11, 14, 15, 16, 19, 23, 26, 27, 28, 31, 41, 42, 64)},
    (rpc.OLD_TASKS, 0): _TASK,
    **{(rpc.TASKS, opnum): _TASK for opnum in (1, 12, 13, 14)},
    **{(rpc.WMI, opnum): _WMI for opnum in (8, 10, 12, 14, 16, 20, 24)},
    (rpc.WMI_LOGIN, 6): _WMI,
    **{(rpc.ACTIVATOR, opnum): _DCOM for opnum in (3, 4)},
    (rpc.OLD_ACTIVATOR, 0): _DCOM,
    **{(rpc.DISPATCH, opnum): _DCOM for opnum in (5, 6)},
    **{(rpc.REGISTRY, opnum): _REGISTRY for opnum in (6, 7, 8, 13, 18, 19, 21, 22)},
}
"""(interface, call) -> what it does. Call numbers: MS-SCMR, MS-TSCH, MS-WMI, MS-DCOM, MS-OAUT, MS-RRP."""

BINDS: Final[dict[str, Act]] = {
    rpc.SERVICES: _SERVICE_USE,
    rpc.OLD_TASKS: Act("tasks_opened", Severity.MEDIUM, "T1053.005"),
    rpc.TASKS: Act("tasks_opened", Severity.MEDIUM, "T1053.005"),
    rpc.WMI: _WMI,
    rpc.WMI_LOGIN: _WMI,
}
"""Interfaces for which the bind says enough; calls may be hidden in encrypted SMB."""

TOOL_PIPE: Final = re.compile(
    r"(?:^|\\)(?:psexe(?:c|svc)|paexec|remcom|winexesvc|csexec|ahexec)|[-_.](?:stdin|stdout|stderr)[-\w]{0,24}$",
    re.IGNORECASE,
)
"""Pipes of programs that run commands elsewhere: by name, and by the three streams that any command line has."""
OUTPUT_FILE: Final = re.compile(r"(?:^|\\)__(?:output|\d{9,11}\.\d{1,7})$", re.IGNORECASE)
"""Where tools that use WMI, DCOM or services leave what a command said."""
ADMIN_SHARE: Final = re.compile(r"\\(?:admin|[a-z])\$$", re.IGNORECASE)
PROGRAM_FILE: Final = re.compile(r"\.(?:exe|dll|scr|com|bat|cmd|ps1|vbs|js|hta|msi|sys|xll|wsf|sct)$", re.IGNORECASE)
WSMAN: Final = re.compile(r"/wsman(?:$|\?)", re.IGNORECASE)
"""Not ``/wsman/SubscriptionManager``, over which computers send their event logs."""
OFFICIAL_OBJECTS: Final = frozenset({"d99e6e70-fc88-11d0-b498-00a0c90312f3", "5422fd3a-d4b8-4cef-a12e-e87d4ca22e90"})
"""MS-WCCE: at sign-in, computers fetch certificates from their own authority through DCOM."""


class LateralMovementSmbRpc(Detector):
    """Weighs calls, pipes and files by what they do on the other side."""

    name: ClassVar[str] = "lateral_movement_smb_rpc"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("lateral_movement_smb_rpc",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Give one finding for each computer that started things elsewhere."""
        sightings = [
            *_judge_calls(traffic.rpc),
            *_judge_files(traffic.smb),
            *(one for exchange in traffic.http for one in _judge_wsman(exchange)),
        ]
        yield from report(self, traffic, self.name, _weigh_together(sightings), techniques=("T1021.002",))


def _weigh_together(sightings: list[Sighting]) -> list[Sighting]:
    """Raise what stands together: a program laid on an administrator's share, and then something started."""
    signs: dict[str, set[str]] = {}
    for one in sightings:
        signs.setdefault(one.host, set()).add(one.sign)
    started = {"service_made", "task_made", "wmi_used", "object_started", "services_opened"}
    return [
        replace(one, severity=Severity.HIGH)
        if one.sign in {"program_laid", "program_opened", "output_file"} and signs[one.host] & started
        else one
        for one in sightings
    ]


def _judge_calls(calls: tuple[RpcCall, ...]) -> Iterator[Sighting]:
    official = {(call.client, call.server) for call in calls if call.interface in OFFICIAL_OBJECTS}
    for call in calls:
        interface = rpc.interface_of(call)
        act = CALLS.get((interface, call.opnum)) if call.kind == "request" else BINDS.get(interface)
        if act is _DCOM and (call.client, call.server) in official:
            continue
        if act and is_inside(call.server) and call.client != call.server:
            example = f"{rpc.short_name(interface)} {call.opnum}" if call.opnum >= 0 else rpc.short_name(interface)
            yield Sighting(
                call.client, call.server, act.sign, call.at_s, call.record, act.severity, 0.85, example, act.technique
            )


def _judge_files(calls: tuple[SmbCall, ...]) -> Iterator[Sighting]:
    """Look at pipes and files, knowing which flows hold an administrator's share."""
    admin_flows: set[int] = set()
    for call in calls:
        if call.command == "tree_connect" and ADMIN_SHARE.search(call.name):
            admin_flows.add(call.flow)
        sign = _sign_of_file(call, is_admin_share=call.flow in admin_flows)
        if sign:
            severity = _GRADES.get(sign, Severity.MEDIUM)
            technique = "T1570" if sign == "program_laid" else "T1021.002"
            yield Sighting(call.client, call.server, sign, call.at_s, call.record, severity, 0.85, call.name, technique)


_GRADES: Final = {"tool_pipe": Severity.HIGH, "program_opened": Severity.LOW}


def _sign_of_file(call: SmbCall, *, is_admin_share: bool) -> str:
    if call.command == "create" and call.name:
        if TOOL_PIPE.search(call.name):
            return "tool_pipe"
        if OUTPUT_FILE.search(call.name):
            return "output_file"
    if is_admin_share and call.command == "write" and (program_kind(call.data_head) or PROGRAM_FILE.search(call.name)):
        return "program_laid"
    if is_admin_share and call.command == "create" and PROGRAM_FILE.search(call.name):
        return "program_opened"
    return ""


def _judge_wsman(exchange: HttpExchange) -> Iterator[Sighting]:
    """Look at remote PowerShell and remote management between computers inside."""
    if exchange.method == "POST" and WSMAN.match(exchange.target) and is_inside(exchange.server):
        yield Sighting(
            exchange.client,
            exchange.server,
            "remote_management",
            exchange.at_s,
            exchange.record,
            Severity.MEDIUM,
            0.8,
            exchange.target,
            "T1021.006",
        )
