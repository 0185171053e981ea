"""Tells of devices that this network has not seen before, once there is something to compare with.

Before this on the path: a Traffic with ``known``. After it: the worker's wire.
Quiet on purpose: everything while the network is still being learned; guests are good to know, never an alarm.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import Traffic, network_finding
from detectors.features.flow_groups import Column, group_rows
from detectors.features.hosts import MAX_FINDINGS, router_macs, strongest_of_each, write_mac

LOCAL_BIT = 1 << 41
"""Set in hardware addresses that were made up, as phones do for privacy (IEEE 802)."""


class NewDevice(Detector):
    """Compares hardware addresses with the ones this network knows."""

    name: ClassVar[str] = "new_device"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("new_device",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Say nothing before the network is learned; then one line a device."""
        if traffic.known.is_learned:
            yield from strongest_of_each(self._new_ones(traffic))

    def _new_ones(self, traffic: Traffic) -> Iterator[Finding]:
        macs, ends, at_s, records = _sightings(traffic)
        routers = router_macs(traffic)
        groups = group_rows(np.ones(len(macs), bool), macs)
        new = 0
        for place, row in enumerate(groups.firsts.tolist()):
            mac = int(macs[row])
            if mac in routers or traffic.known.has_device(write_mac(mac)):
                continue
            new += 1
            if new > MAX_FINDINGS:
                return
            rows = groups.rows(place)
            yield network_finding(
                self,
                traffic,
                reason="new_device",
                host=write_mac(mac),
                severity=Severity.INFORMATIONAL if mac & LOCAL_BIT else Severity.LOW,
                confidence=0.9,
                evidence=(
                    Evidence("other_side", traffic.addresses.text(int(ends[row]))),
                    Evidence("made_up_address", bool(mac & LOCAL_BIT)),
                    Evidence("count", len(rows)),
                ),
                seen_s=(float(at_s[rows].min()), float(at_s[rows].max())),
                records=records[rows[:1_000]].tolist(),
                techniques=("T1200",),
            )


def _sightings(traffic: Traffic) -> tuple[Column, Column, Column, Column]:
    """List hardware addresses with the internet address they used here, from ARP and from conversations."""
    flows, arps, book = traffic.flows, traffic.arps, traffic.addresses
    macs = np.concatenate([arps.sender_mac, flows.client_mac])
    ends = np.concatenate([arps.sender, flows.client])
    at_s = np.concatenate([arps.at_s, flows.started_s])
    records = np.concatenate([arps.record, flows.records[:, 0]])
    if not len(macs):
        return macs, ends, at_s, records
    is_near = (macs != 0) & book.is_private[ends] & ~book.is_group[ends]
    return macs[is_near], ends[is_near], at_s[is_near], records[is_near]
