"""Small questions about hosts that several detectors ask: how to name many, who is a router, who is outside.

Before this on the path: ``Traffic``. After it: detectors. Pure functions.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from detectors.contract.finding import Finding
from detectors.contract.traffic import Bits, FlowTable, Traffic
from detectors.features.flow_groups import group_rows

MAX_NAMED = 3
"""Ends written out where many are meant; the finding's packets lead to the others."""
MAX_FINDINGS = 50
"""One detector says at most so much about one capture; the strongest come first."""
ROUTER_NEIGHBOURS = 3
"""A hardware address in front of so many internet addresses passes on packets of others."""


def name_some(texts: Iterable[str]) -> str:
    """Write the first few of many ends: ``192.0.2.1, 192.0.2.2, 192.0.2.3, ...``."""
    different = list(dict.fromkeys(texts))
    return ", ".join(different[:MAX_NAMED] + (["..."] if len(different) > MAX_NAMED else []))


def name_rows(traffic: Traffic, rows: NDArray[np.int32]) -> str:
    """Write the first few of many ends, given as rows of ``Traffic.addresses``."""
    _, firsts = np.unique(rows[: MAX_NAMED * 1_000], return_index=True)
    different = rows[np.sort(firsts)][: MAX_NAMED + 1]
    return name_some(traffic.addresses.text(row) for row in different.tolist())


def strongest_of_each(findings: Iterable[Finding]) -> list[Finding]:
    """Keep one finding for each host and reason, the first that comes; at most ``MAX_FINDINGS``."""
    kept: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        kept.setdefault((finding.subject.name, finding.reason), finding)
        if len(kept) == MAX_FINDINGS:
            break
    return list(kept.values())


def goes_outside(traffic: Traffic) -> Bits:
    """Tell which flows go from a home or office network to one computer on the internet."""
    flows, book = traffic.flows, traffic.addresses
    if not len(flows):
        return np.zeros(0, bool)
    return book.is_private[flows.client] & is_server_outside(traffic)


def is_server_outside(traffic: Traffic) -> Bits:
    """Tell which flows go to one computer on the internet, wherever they come from."""
    flows, book = traffic.flows, traffic.addresses
    if not len(flows):
        return np.zeros(0, bool)
    outside: Bits = ~book.is_private[flows.server] & ~book.is_group[flows.server]
    return outside


def router_macs(traffic: Traffic) -> frozenset[int]:
    """List hardware addresses that stand for several internet addresses: routers, seen from inside."""
    flows, book = traffic.flows, traffic.addresses
    if not len(flows):
        return frozenset()
    macs = np.concatenate([flows.client_mac, flows.server_mac])
    ends = np.concatenate([flows.client, flows.server])
    is_far = (macs != 0) & ~book.is_private[ends] & ~book.is_group[ends]
    cards = group_rows(is_far, macs)
    is_router = cards.distinct(ends) >= ROUTER_NEIGHBOURS
    return frozenset(macs[cards.firsts[is_router]].tolist())


def looked_up(traffic: Traffic) -> frozenset[str]:
    """List the addresses that answers of DNS have named: people and programs get to them by name."""
    return frozenset(data for message in traffic.dns for *_, data in message.answers)


def span_s(flows: FlowTable, rows: NDArray[np.int64]) -> tuple[float, float]:
    """Give first and last time of some flows."""
    return float(flows.started_s[rows].min()), float(flows.ended_s[rows].max())


def write_mac(mac: int) -> str:
    """Write a hardware address as people do."""
    return ":".join(f"{byte:02x}" for byte in (mac & 0xFFFFFFFFFFFF).to_bytes(6, "big"))
