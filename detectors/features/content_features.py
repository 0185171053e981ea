"""What was said in a flow, in numbers: requests, refusals, programs handed over, calls to other computers.

Before this on the path: the records of a ``Traffic``. After it: ``flow_features.py``, which puts these columns beside
the others. Only counts and shapes that mean the same in every network; never a name or an address.
"""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from detectors.contract.conversations import HttpExchange, TlsSession
from detectors.contract.traffic import Traffic
from detectors.features.inside import is_numeric_host, is_outside
from detectors.features.names import entropy_bits, prefix_of
from detectors.features.program_bytes import program_kind
from detectors.features.rpc_interfaces import (
    ACTIVATOR,
    BACKUP_KEYS,
    DISPATCH,
    OLD_TASKS,
    REGISTRY,
    REPLICATION,
    SERVICES,
    TASKS,
    WMI,
    WMI_LOGIN,
    interface_of,
    interface_of_pipe,
)

Column = NDArray[np.float64]
Sums = dict[str, defaultdict[int, float]]

CONTENT_NAMES = (
    "content_requests", "content_refused_share", "content_longest_request", "content_odd_signs",
    "content_posts_unprompted", "content_numeric_server", "content_no_client_name", "content_program_received",
    "content_program_from_outside", "content_no_server_name", "content_own_certificate", "content_certificate_days",
    "content_old_encryption", "content_remote_calls", "content_remote_call_kinds", "content_control_calls",
    "content_pipes", "content_hidden_shares", "content_files_written", "content_weak_tickets",
    "content_ticket_refusals", "content_sign_ins_refused", "content_open_password", "content_directory_searches",
    "content_name_disorder", "content_name_long_part",
)  # fmt: skip
"""The columns, in order."""
CONTROL = frozenset(
    {SERVICES, TASKS, OLD_TASKS, REGISTRY, ACTIVATOR, DISPATCH, WMI, WMI_LOGIN, REPLICATION, BACKUP_KEYS}
)
"""Interfaces that run something on another computer or copy its secrets."""
ODD_SIGNS = re.compile(r"[<>;|`'\"\\{}$()]|\.\./|%(?:00|2e|27|3c|7c|5c)", re.IGNORECASE)
"""Signs that mean something to a program behind a web page."""
RC4 = 23
"""Kerberos encryption type (RFC 4757)."""
TLS_1_2 = 0x0303
BAD_REQUEST = 400
DAY_S = 86_400


def compute_content_columns(traffic: Traffic) -> dict[str, Column]:
    """Compute each column of ``CONTENT_NAMES`` for every flow; flows without such content have zeros."""
    sums: Sums = {name: defaultdict(float) for name in CONTENT_NAMES}
    for add in (_add_web, _add_encryption, _add_remote_calls, _add_shares, _add_sign_ins, _add_names, _add_programs):
        add(traffic, sums)
    requests = sums["content_requests"]
    for flow, refused in sums["content_refused_share"].items():
        sums["content_refused_share"][flow] = refused / max(requests[flow], 1)
    return {name: _column(values, len(traffic.flows)) for name, values in sums.items()}


def _column(values: defaultdict[int, float], rows: int) -> Column:
    column = np.zeros(rows)
    for flow, value in values.items():
        if 0 <= flow < rows:
            column[flow] = value
    return column


def _raise_to(values: defaultdict[int, float], flow: int, value: float) -> None:
    values[flow] = max(values[flow], value)


def _add_web(traffic: Traffic, sums: Sums) -> None:
    for one in traffic.http:
        flow = one.flow
        sums["content_requests"][flow] += 1
        sums["content_refused_share"][flow] += one.status >= BAD_REQUEST
        _raise_to(sums["content_longest_request"], flow, len(one.target) + len(one.body_head))
        _raise_to(sums["content_odd_signs"], flow, len(ODD_SIGNS.findall(one.target)))
        _raise_to(sums["content_no_client_name"], flow, bool(one.method) and not one.user_agent)
        _raise_to(sums["content_numeric_server"], flow, is_numeric_host(one.host or one.server))
        sums["content_posts_unprompted"][flow] += one.method == "POST" and "referer" not in one.headers
        _add_download(one, sums)


def _add_download(one: HttpExchange, sums: Sums) -> None:
    if program_kind(one.answer_head):
        _raise_to(sums["content_program_received"], one.flow, 1)
        _raise_to(sums["content_program_from_outside"], one.flow, is_outside(one.server))


def _add_programs(traffic: Traffic, sums: Sums) -> None:
    for sign in traffic.signs:
        if sign.kind.endswith("_program"):
            _raise_to(sums["content_program_received"], sign.flow, 1)
    for opening in traffic.openings:
        if program_kind(opening.client) or program_kind(opening.server):
            _raise_to(sums["content_program_received"], opening.flow, 1)


def _add_encryption(traffic: Traffic, sums: Sums) -> None:
    for one in traffic.tls:
        _raise_to(sums["content_no_server_name"], one.flow, bool(one.ja3) and not one.sni)
        _raise_to(sums["content_old_encryption"], one.flow, one.has_server_hello and one.version < TLS_1_2)
        _add_certificate(one, sums)


def _add_certificate(one: TlsSession, sums: Sums) -> None:
    if one.certificates:
        leaf = one.certificates[0]
        _raise_to(sums["content_own_certificate"], one.flow, leaf.is_self_signed)
        _raise_to(sums["content_certificate_days"], one.flow, max(0, leaf.not_after_s - leaf.not_before_s) / DAY_S)


def _add_remote_calls(traffic: Traffic, sums: Sums) -> None:
    kinds: defaultdict[int, set[tuple[str, int]]] = defaultdict(set)
    for one in traffic.rpc:
        interface = interface_of(one)
        if one.kind == "request":
            sums["content_remote_calls"][one.flow] += 1
            kinds[one.flow].add((interface, one.opnum))
        sums["content_control_calls"][one.flow] += interface in CONTROL
    for flow, different in kinds.items():
        sums["content_remote_call_kinds"][flow] = len(different)


def _add_shares(traffic: Traffic, sums: Sums) -> None:
    for one in traffic.smb:
        if one.command == "tree_connect":
            share = one.name.rstrip("\0").upper()
            sums["content_hidden_shares"][one.flow] += share.endswith("$") and not share.endswith("IPC$")
        elif one.command == "create":
            name = one.name.lower()
            sums["content_pipes"][one.flow] += bool(interface_of_pipe(name.rpartition("\\")[2]))
        elif one.command == "write":
            sums["content_files_written"][one.flow] += 1
            if program_kind(one.data_head):
                _raise_to(sums["content_program_received"], one.flow, 1)


def _add_sign_ins(traffic: Traffic, sums: Sums) -> None:
    for ticket in traffic.kerberos:
        is_weak = ticket.kind.endswith("_req") and ticket.etypes[:1] == (RC4,)
        sums["content_weak_tickets"][ticket.flow] += is_weak or (ticket.kind == "tgs_rep" and RC4 in ticket.etypes)
        sums["content_ticket_refusals"][ticket.flow] += ticket.kind == "error"
    for login in traffic.logins:
        sums["content_sign_ins_refused"][login.flow] += login.outcome == "failed"
        _raise_to(sums["content_open_password"], login.flow, login.is_cleartext)
    for search in traffic.ldap:
        sums["content_directory_searches"][search.flow] += search.operation == "search"


def _add_names(traffic: Traffic, sums: Sums) -> None:
    for one in traffic.dns:
        if one.transport in {"udp", "tcp"} and not one.name.endswith(".arpa"):
            part = max(prefix_of(one.name).split("."), key=len, default="")
            _raise_to(sums["content_name_disorder"], one.flow, entropy_bits(part))
            _raise_to(sums["content_name_long_part"], one.flow, len(part))
