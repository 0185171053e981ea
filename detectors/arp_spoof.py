"""Finds a computer that poses as another one on the local network, by answers of ARP that nobody asked for.

Before this on the path: a Traffic. After it: the worker's wire.
Quiet on purpose: a router that takes over from another one (a single change, or a virtual hardware address of VRRP or
HSRP), and announcements to everybody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import ArpTable, Bits, Traffic, network_finding
from detectors.features.flow_groups import Rows, group_rows
from detectors.features.hosts import MAX_FINDINGS, name_rows, strongest_of_each, write_mac

MIN_UNASKED = 4
"""Answers to one neighbour that nobody asked for; a system sends one or two when its address changes."""
MIN_CHANGES = 2
"""An address that goes over to a new card and back again has two owners at once."""
ASK_AGE_S = 1.0
"""An answer to a question so old is no answer any more."""
MAX_OWNERS_GAP_S = 600.0
ASK, ANSWER = 1, 2
GROUP_BIT = 1 << 40
"""Set in hardware addresses that stand for many (IEEE 802)."""
VIRTUAL = (0x00005E0001, 0x00005E0002, 0x00000C07AC, 0x0007B400)
"""First bytes of the virtual routers' addresses: VRRP (RFC 5798), HSRP, GLBP."""


class ArpSpoof(Detector):
    """Looks for answers nobody asked for that claim an address which is somebody else's, or several at once."""

    name: ClassVar[str] = "arp_spoof"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("arp_spoof",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Weigh each hardware address by what it claims."""
        arps = traffic.arps
        claims = _is_claim(traffic)
        unasked = claims & _is_unasked(arps)
        disputed = _disputed(arps, claims)
        groups = group_rows(unasked, arps.sender_mac)
        findings = []
        for place in np.flatnonzero(groups.sizes >= MIN_UNASKED)[:MAX_FINDINGS].tolist():
            rows = groups.rows(place)
            taken = np.intersect1d(arps.sender[rows], disputed)
            if len(taken) or len(np.unique(arps.sender[rows])) > 1:
                findings.append(self._say(traffic, rows, taken))
        yield from strongest_of_each(findings)

    def _say(self, traffic: Traffic, rows: Rows, taken: Rows) -> Finding:
        arps = traffic.arps
        claimed = np.unique(arps.sender[rows])
        return network_finding(
            self,
            traffic,
            reason="arp_spoof",
            host=traffic.addresses.text(int(taken[0] if len(taken) else claimed[0])),
            severity=Severity.MEDIUM,
            confidence=0.9 if len(taken) else 0.75,
            evidence=(
                Evidence("unasked_answers", len(rows), 0),
                Evidence("claimed_addresses", len(claimed), 1),
                Evidence("disputed_addresses", len(taken), 0),
                Evidence("hardware_address", write_mac(int(arps.sender_mac[rows[0]]))),
                Evidence("claimed", name_rows(traffic, claimed)),
                Evidence("other_side", name_rows(traffic, arps.target[rows])),
            ),
            seen_s=(float(arps.at_s[rows].min()), float(arps.at_s[rows].max())),
            records=arps.record[rows].tolist(),
            techniques=("T1557.002",),
        )


def _is_claim(traffic: Traffic) -> Bits:
    """Tell which packets say "this address is mine" with a card of their own."""
    arps = traffic.arps
    if not len(arps):
        return np.zeros(0, bool)
    is_one = (arps.sender_mac != 0) & ((arps.sender_mac & np.uint64(GROUP_BIT)) == 0)
    is_virtual = np.isin(arps.sender_mac >> np.uint64(8), VIRTUAL) | np.isin(arps.sender_mac >> np.uint64(16), VIRTUAL)
    claim: Bits = is_one & ~is_virtual & ~traffic.addresses.is_group[arps.sender]
    return claim


def _is_unasked(arps: ArpTable) -> Bits:
    """Tell which answers to one neighbour follow no question of that neighbour."""
    is_ask = arps.operation == ASK
    asked = np.where(is_ask, arps.target, arps.sender)
    asker = np.where(is_ask, arps.sender, arps.target)
    order = np.lexsort((~is_ask, arps.at_s, asker, asked))
    place = np.arange(len(order))
    last_ask = np.maximum.accumulate(np.where(is_ask[order], place, -1)) if len(order) else place
    same = (last_ask >= 0) & (asked[order][last_ask] == asked[order]) & (asker[order][last_ask] == asker[order])
    is_fresh = same & (arps.at_s[order] - arps.at_s[order][last_ask] <= ASK_AGE_S)
    was_asked = np.zeros(len(arps), bool)
    was_asked[order] = is_fresh
    is_direct = (arps.frame_target & np.uint64(GROUP_BIT)) == 0
    unasked: Bits = (arps.operation == ANSWER) & is_direct & (arps.sender != arps.target) & ~was_asked
    return unasked


def _disputed(arps: ArpTable, claims: Bits) -> Rows:
    """List addresses that two cards claimed in turns within ten minutes."""
    by_time = np.flatnonzero(claims)[np.argsort(arps.at_s[claims], kind="stable")]
    owners = group_rows(by_time, arps.sender)
    rows = owners.order
    changes = np.zeros(len(arps), np.int64)
    if len(rows) > 1:
        same_address = np.diff(owners.ids) == 0
        is_near = np.diff(arps.at_s[rows]) <= MAX_OWNERS_GAP_S
        changes[rows[1:]] = (arps.sender_mac[rows[1:]] != arps.sender_mac[rows[:-1]]) & same_address & is_near
    return arps.sender[owners.firsts[owners.total(changes) >= MIN_CHANGES]].astype(np.int64)
