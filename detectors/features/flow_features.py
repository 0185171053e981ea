"""Numbers that the flow model judges: one row a flow, each column with a unit and a plain name.

Before this on the path: the flows and DNS records of a ``Traffic``. After it: ``unusual_traffic`` (and training, which
uses this very file). Four groups: the flow itself, its caller's minute, its caller's habit with this server, what was
said. Plain names in four languages: ``resources/texts/features.toml``.
Counts, sizes and times enter as ``log(1 + x)``, so that ten against twenty weighs as much as a thousand against two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import ICMP, ICMP6, TCP, UDP, FlowTable, Traffic
from detectors.features.content_features import CONTENT_NAMES, compute_content_columns

Column = NDArray[np.float64]

MINUTE_S = 60
"""Length of a caller's window."""
FEWEST_CALLS = 4
"""Fewer calls to one server have no rhythm; three gaps are the least that can agree."""
REMOTE_CONTROL_PORTS = (22, 23, 135, 139, 445, 593, 3389, 5900, 5985, 5986)
"""Ports over which one computer is run from another (IANA)."""
USUAL_PORTS = {
    "http": (80, 8000, 8008, 8080, 8081, 8888, 3128, 5985), "tls": (443, 465, 636, 853, 989, 990, 993, 995, 5061, 8443),
    "ssh": (22,), "dns": (53, 5353, 5355), "smb": (139, 445), "rdp": (3389,), "ftp": (21,), "smtp": (25, 465, 587),
    "pop3": (110,), "imap": (143,), "telnet": (23,), "ldap": (389, 3268), "kerberos": (88, 464),
}  # fmt: skip
"""Service by content -> ports it is expected on (IANA, and custom for web)."""
ENCRYPTED = ("tls", "ssh", "quic", "dtls")
NO_SUCH_NAME = 3
"""Answer code of DNS (RFC 1035)."""


YES_OR_NO = "yes/no"
"""Unit of a feature that is 1 or 0."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One column of the model's input."""

    name: str
    """Key of ``resources/texts/features.toml`` and of evidence."""
    unit: str
    """``s``, ``bytes``, ``packets`` ..., ``%`` for shares (0 to 1 in the table), ``yes/no``, or empty."""
    is_log: bool = False
    """It enters as ``log(1 + x)``."""


_CONTENT_UNITS = {
    name: (unit, True)
    for unit, names in {
        "requests": ("content_requests", "content_posts_unprompted"),
        "letters": ("content_longest_request", "content_odd_signs", "content_name_long_part"),
        "days": ("content_certificate_days",),
        "calls": ("content_remote_calls", "content_remote_call_kinds", "content_control_calls"),
        "files": ("content_pipes", "content_hidden_shares", "content_files_written"),
        "tickets": ("content_weak_tickets", "content_ticket_refusals"),
        "sign-ins": ("content_sign_ins_refused",),
        "searches": ("content_directory_searches",),
    }.items()
    for name in names
} | {"content_name_disorder": ("bits/letter", False), "content_refused_share": ("%", False)}
"""Content column -> unit, and whether it enters as a log; the others are yes or no."""

FEATURES: tuple[Feature, ...] = (
    # the flow itself
    Feature("flow_duration_s", "s", is_log=True),
    Feature("flow_out_packets", "packets", is_log=True),
    Feature("flow_in_packets", "packets", is_log=True),
    Feature("flow_out_bytes", "bytes", is_log=True),
    Feature("flow_in_bytes", "bytes", is_log=True),
    Feature("flow_out_share", "%"),
    Feature("flow_out_payload_per_packet", "bytes", is_log=True),
    Feature("flow_in_payload_per_packet", "bytes", is_log=True),
    Feature("flow_out_size_spread", "bytes", is_log=True),
    Feature("flow_in_size_spread", "bytes", is_log=True),
    Feature("flow_out_largest", "bytes", is_log=True),
    Feature("flow_in_largest", "bytes", is_log=True),
    Feature("flow_packets_per_s", "packets/s", is_log=True),
    Feature("flow_gap_longest_s", "s", is_log=True),
    Feature("flow_gap_spread", ""),
    Feature("flow_answered", YES_OR_NO),
    Feature("flow_refused", YES_OR_NO),
    Feature("flow_midstream", YES_OR_NO),
    Feature("flow_repeated_share", "%"),
    Feature("flow_out_head_entropy", "bits/byte"),
    Feature("flow_in_head_entropy", "bits/byte"),
    Feature("flow_out_head_text_share", "%"),
    Feature("flow_in_head_text_share", "%"),
    Feature("flow_tcp", YES_OR_NO),
    Feature("flow_udp", YES_OR_NO),
    Feature("flow_icmp", YES_OR_NO),
    Feature("flow_to_outside", YES_OR_NO),
    Feature("flow_to_group", YES_OR_NO),
    Feature("flow_port_well_known", YES_OR_NO),
    Feature("flow_port_remote_control", YES_OR_NO),
    Feature("flow_service_known", YES_OR_NO),
    Feature("flow_service_on_odd_port", YES_OR_NO),
    Feature("flow_encrypted", YES_OR_NO),
    # the caller's minute
    Feature("minute_flows", "connections", is_log=True),
    Feature("minute_servers", "addresses", is_log=True),
    Feature("minute_ports", "ports", is_log=True),
    Feature("minute_servers_on_one_port", "addresses", is_log=True),
    Feature("minute_ports_on_one_server", "ports", is_log=True),
    Feature("minute_failed_share", "%"),
    Feature("minute_single_packet_share", "%"),
    Feature("minute_out_bytes", "bytes", is_log=True),
    Feature("minute_in_bytes", "bytes", is_log=True),
    Feature("minute_out_share", "%"),
    Feature("minute_packets", "packets", is_log=True),
    Feature("minute_names_asked", "names", is_log=True),
    Feature("minute_names_unknown_share", "%"),
    Feature("minute_name_length", "letters", is_log=True),
    # the caller's habit with this server
    Feature("habit_calls", "connections", is_log=True),
    Feature("habit_gap_s", "s", is_log=True),
    Feature("habit_unevenness", ""),
    Feature("habit_same_size_share", "%"),
    # what was said
    *(Feature(name, *_CONTENT_UNITS.get(name, (YES_OR_NO, False))) for name in CONTENT_NAMES),
)
"""The columns, in the order of the model's input."""
NAMES = tuple(one.name for one in FEATURES)


def compute_flow_features(traffic: Traffic) -> NDArray[np.float32]:
    """Compute every feature of every flow.

    Returns:
        float32 [len(traffic.flows), len(FEATURES)], finite; logs already taken (see ``Feature.is_log``).
    """
    flows = traffic.flows
    if not len(flows):
        return np.zeros((0, len(FEATURES)), np.float32)
    columns = _of_flow(traffic) | _of_minute(traffic) | _of_habit(flows) | compute_content_columns(traffic)
    table = np.column_stack([columns[name] for name in NAMES])
    is_log = np.array([one.is_log for one in FEATURES])
    table[:, is_log] = np.log1p(np.maximum(table[:, is_log], 0))
    return np.nan_to_num(table, posinf=0, neginf=0).astype(np.float32)


def plain_value(feature: Feature, value: float) -> float:
    """Turn a model input back into what a person reads: the log undone, shares in percent, yes or no."""
    if feature.unit == YES_OR_NO:
        return bool(value >= 0.5)  # noqa: PLR2004 - half way
    if feature.unit == "%":
        return 100 * float(value)
    return float(np.expm1(value)) if feature.is_log else float(value)


def _share(part: Any, whole: Any, otherwise: float = 0.0) -> Column:
    """Divide where there is something to divide by."""
    whole = np.asarray(whole, np.float64)
    share = np.full(whole.shape, otherwise, np.float64)
    np.divide(part, whole, out=share, where=whole > 0)
    return share


def _spread(squares: Column, total: Any, count: Any) -> Column:
    """Standard deviation from running sums."""
    mean = _share(total, count)
    return np.sqrt(np.maximum(_share(squares, count) - mean**2, 0))


def _of_flow(traffic: Traffic) -> dict[str, Column]:
    flows, addresses = traffic.flows, traffic.addresses
    packets = flows.out_packets + flows.in_packets
    sent = flows.out_bytes + flows.in_bytes
    gaps = np.maximum(packets - 1, 0)
    port = flows.server_port
    has_ports = (flows.protocol == TCP) | (flows.protocol == UDP)
    outside = ~(addresses.is_private | addresses.is_group)
    is_odd, is_known, is_encrypted = _services(traffic)
    columns = {
        "flow_duration_s": flows.duration_s,
        "flow_out_packets": flows.out_packets,
        "flow_in_packets": flows.in_packets,
        "flow_out_bytes": flows.out_bytes,
        "flow_in_bytes": flows.in_bytes,
        "flow_out_share": _share(flows.out_bytes, sent, 1),
        "flow_out_payload_per_packet": _share(flows.out_payload_bytes, flows.out_packets),
        "flow_in_payload_per_packet": _share(flows.in_payload_bytes, flows.in_packets),
        "flow_out_size_spread": _spread(flows.out_size_squares, flows.out_bytes, flows.out_packets),
        "flow_in_size_spread": _spread(flows.in_size_squares, flows.in_bytes, flows.in_packets),
        "flow_out_largest": flows.out_size_max,
        "flow_in_largest": flows.in_size_max,
        # One second at least: a rate over a millisecond says more about the clock than about the sender.
        "flow_packets_per_s": packets / np.maximum(flows.duration_s, 1),
        "flow_gap_longest_s": flows.gap_max_s,
        "flow_gap_spread": _share(_spread(flows.gap_squares, flows.duration_s, gaps), _share(flows.duration_s, gaps)),
        "flow_answered": flows.is_answered,
        "flow_refused": (flows.in_resets > 0) | (flows.unreachables > 0),
        "flow_midstream": flows.is_midstream,
        "flow_repeated_share": _share(flows.repeats, packets),
        "flow_out_head_entropy": flows.out_head_entropy,
        "flow_in_head_entropy": flows.in_head_entropy,
        "flow_out_head_text_share": flows.out_head_printable,
        "flow_in_head_text_share": flows.in_head_printable,
        "flow_tcp": flows.protocol == TCP,
        "flow_udp": flows.protocol == UDP,
        "flow_icmp": (flows.protocol == ICMP) | (flows.protocol == ICMP6),
        "flow_to_outside": outside[flows.server],
        "flow_to_group": addresses.is_group[flows.server],
        "flow_port_well_known": has_ports & (port < 1024),  # noqa: PLR2004 - IANA's system ports
        "flow_port_remote_control": has_ports & np.isin(port, REMOTE_CONTROL_PORTS),
        "flow_service_known": is_known,
        "flow_service_on_odd_port": is_odd,
        "flow_encrypted": is_encrypted,
    }
    return {name: np.asarray(column, np.float64) for name, column in columns.items()}


def _services(traffic: Traffic) -> tuple[Column, Column, Column]:
    """Tell for each flow: content on a port that is not its own; content known; content encrypted."""
    flows = traffic.flows
    is_odd = np.zeros(len(flows), bool)
    is_encrypted = np.zeros(len(flows), bool)
    for place, service in enumerate(traffic.services):
        mine = flows.service == place
        if service in USUAL_PORTS:
            is_odd |= mine & ~np.isin(flows.server_port, USUAL_PORTS[service])
        if service in ENCRYPTED:
            is_encrypted |= mine
    return is_odd.astype(np.float64), (flows.service > 0).astype(np.float64), is_encrypted.astype(np.float64)


def _of_minute(traffic: Traffic) -> dict[str, Column]:
    """Sum up what each caller did in the same minute."""
    flows = traffic.flows
    minute = np.floor(flows.started_s / MINUTE_S).astype(np.int64)
    window = _groups(flows.client, minute)
    count = np.bincount(window)

    def total(column: Any) -> Column:
        sums: Column = np.bincount(window, weights=np.asarray(column, np.float64)).astype(np.float64)
        return sums[window]

    out_bytes, in_bytes = total(flows.out_bytes), total(flows.in_bytes)
    packets = flows.out_packets + flows.in_packets
    asked, unknown, length = _names_asked(traffic, minute, window)
    return {
        "minute_flows": count[window].astype(np.float64),
        "minute_servers": _distinct(window, flows.server),
        "minute_ports": _distinct(window, flows.server_port),
        "minute_servers_on_one_port": _most(window, _groups(window, flows.server_port), flows.server),
        "minute_ports_on_one_server": _most(window, _groups(window, flows.server), flows.server_port),
        "minute_failed_share": total(~flows.is_answered) / count[window],
        "minute_single_packet_share": total(packets == 1) / count[window],
        "minute_out_bytes": out_bytes,
        "minute_in_bytes": in_bytes,
        "minute_out_share": _share(out_bytes, out_bytes + in_bytes, 1),
        "minute_packets": total(packets),
        "minute_names_asked": asked,
        "minute_names_unknown_share": unknown,
        "minute_name_length": length,
    }


def _names_asked(traffic: Traffic, minute: NDArray[np.int64], window: NDArray[np.int64]) -> tuple[Column, ...]:
    """Count the names a caller asked for in its minute, the share that does not exist, and their mean length."""
    texts = {traffic.addresses.text(int(row)): int(row) for row in np.unique(traffic.flows.client)}
    asked: dict[tuple[int, int], set[str]] = {}
    unknown: dict[tuple[int, int], set[str]] = {}
    for message in traffic.dns:
        key = (texts.get(message.client, -1), int(message.at_s // MINUTE_S))
        asked.setdefault(key, set()).add(message.name)
        if message.is_response and message.rcode == NO_SUCH_NAME:
            unknown.setdefault(key, set()).add(message.name)
    first = np.unique(window, return_index=True)[1]
    keys = [(int(traffic.flows.client[row]), int(minute[row])) for row in first]
    counts = np.array([len(asked.get(key, ())) for key in keys], np.float64)
    missing = np.array([len(unknown.get(key, ())) for key in keys], np.float64)
    letters = np.array([sum(map(len, asked.get(key, ()))) for key in keys], np.float64)
    return counts[window], _share(missing, counts)[window], _share(letters, counts)[window]


def _of_habit(flows: FlowTable) -> dict[str, Column]:
    """Look at how evenly a caller calls one service of one server: times between calls, and their sizes."""
    pair = _groups(flows.client, flows.server, flows.server_port, flows.protocol)
    order = np.lexsort((flows.started_s, pair))
    is_same = np.diff(pair[order]) == 0
    gaps, owner = np.diff(flows.started_s[order])[is_same], pair[order][1:][is_same]
    calls = np.bincount(pair)
    middle = _middle(gaps, owner, len(calls))
    deviation = _middle(np.abs(gaps - middle[owner]), owner, len(calls))
    has_rhythm = calls >= FEWEST_CALLS
    unevenness = np.where(has_rhythm, np.minimum(_share(deviation, middle, 1), 1), 1)
    return {
        "habit_calls": calls[pair].astype(np.float64),
        "habit_gap_s": np.where(has_rhythm, middle, 0)[pair],
        "habit_unevenness": unevenness[pair],
        "habit_same_size_share": _most_common(pair, flows.out_payload_bytes)[pair] / calls[pair],
    }


def _groups(*columns: Any) -> NDArray[np.int64]:
    """Number the different combinations of some columns, from 0."""
    order = np.lexsort(columns)
    is_new = np.zeros(len(order), bool)
    for column in columns:
        sorted_column = np.asarray(column)[order]
        is_new[1:] |= sorted_column[1:] != sorted_column[:-1]
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(is_new)
    return numbers


def _first_of(*columns: Any) -> NDArray[np.int64]:
    """Choose one row of each combination."""
    return np.unique(_groups(*columns), return_index=True)[1]


def _distinct(window: NDArray[np.int64], values: Any) -> Column:
    """Count different values in each row's window."""
    rows = _first_of(window, values)
    return np.bincount(window[rows], minlength=int(window.max()) + 1)[window].astype(np.float64)


def _most(window: NDArray[np.int64], parts: NDArray[np.int64], values: Any) -> Column:
    """Count different values in each part of a window; give each row the largest count of its window."""
    rows = _first_of(parts, values)
    counts = np.bincount(parts[rows], minlength=int(parts.max()) + 1)
    most = np.zeros(int(window.max()) + 1)
    np.maximum.at(most, window, counts[parts])
    return most[window]


def _middle(values: Column, owner: NDArray[np.int64], owners: int) -> Column:
    """Median of each owner's values; 0 for owners without any."""
    order = np.lexsort((values, owner))
    counts = np.bincount(owner, minlength=owners)
    starts = np.cumsum(counts) - counts
    middle = np.zeros(owners)
    some = counts > 0
    low, high = starts[some] + (counts[some] - 1) // 2, starts[some] + counts[some] // 2
    ordered = values[order]
    middle[some] = (ordered[low] + ordered[high]) / 2
    return middle


def _most_common(owner: NDArray[np.int64], values: Any) -> Column:
    """Count how often each owner's most frequent value occurs."""
    parts = _groups(owner, values)
    most = np.zeros(int(owner.max()) + 1)
    np.maximum.at(most, owner, np.bincount(parts)[parts])
    return most


def highest_of_hosts(features: NDArray[np.float32], clients: NDArray[Any]) -> NDArray[np.float32]:
    """Take the highest value of each column over each computer's flows.

    Args:
        features: [flows, F].
        clients: [flows], who called.

    Returns:
        [computers, F], in the order of their numbers.
    """
    if not len(features):
        return features
    order = np.argsort(clients, kind="stable")
    edges = np.flatnonzero(np.diff(clients[order])) + 1
    highest: NDArray[np.float32] = np.maximum.reduceat(features[order], np.concatenate([[0], edges]), axis=0)
    return highest
