"""Finds one computer that asks around who is there: with ARP, with pings, with odd ICMP or IP protocols.

Before this on the path: a Traffic. After it: the worker's wire.
Quiet on purpose: a router, which asks for whoever is called from outside; a phone that looks for a few neighbours; a
monitor whose pings are answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import Bits, Traffic, network_finding
from detectors.features.flow_groups import Column, Rows, busiest_windows
from detectors.features.hosts import MAX_FINDINGS, name_rows, router_macs, strongest_of_each

WINDOW_S = 60.0
MIN_ARP_TARGETS = 25
"""Addresses one network card asks for in a minute; phones that look for neighbours stay below 20."""
MIN_PING_TARGETS = 8
"""Computers pinged in a minute, where most stay silent or the addresses stand in a row."""
MANY_PING_TARGETS = 30
"""So many are a sweep, answered or not."""
MAX_ANSWERED = 0.5
EMPTY_BYTES = 8
"""Ping carries 32 or 56 bytes; scanners send none or a time stamp."""
MIN_PROTOCOLS = 20
"""IP protocols tried at one computer: two or three are in use."""
MIN_ODD_KINDS = 2
"""Different ICMP questions other than echo to one computer: time stamp, address mask, information."""
ECHO, ECHO_V6 = 8, 128
ODD_KINDS = (13, 15, 17, 37)
"""ICMP questions that ordinary systems no longer ask (RFC 6918)."""
VERSION_6 = 6


class NetworkSweep(Detector):
    """Counts who is asked for, in each protocol that asks."""

    name: ClassVar[str] = "network_sweep"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("network_sweep",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Look at ARP, echo, odd ICMP and IP protocols, in this order."""
        parts = (self._arp_sweeps, self._ping_sweeps, self._fingerprints, self._protocol_scans)
        yield from strongest_of_each(finding for part in parts for finding in part(traffic))

    def _arp_sweeps(self, traffic: Traffic) -> Iterator[Finding]:
        arps = traffic.arps
        asks = (arps.operation == 1) & (arps.sender != arps.target)
        routers = router_macs(traffic) if len(arps) else frozenset()
        sweeps = busiest_windows(
            asks, arps.at_s, [arps.sender_mac], arps.target, window_s=WINDOW_S, at_least=MIN_ARP_TARGETS
        )
        for _, (rows, targets) in zip(range(MAX_FINDINGS), sweeps, strict=False):
            is_router = int(arps.sender_mac[rows[0]]) in routers
            yield self._say(
                traffic,
                host=traffic.addresses.text(int(arps.sender[rows[0]])),
                targets=arps.target[rows],
                counted=Evidence("arp_targets", targets, 5),
                times=arps.at_s[rows],
                records=arps.record[rows],
                severity=Severity.LOW if is_router else Severity.MEDIUM,
            )

    def _ping_sweeps(self, traffic: Traffic) -> Iterator[Finding]:
        icmps = traffic.icmps
        if not len(icmps):
            return
        asks = _is_echo(traffic) | _is_odd(traffic)
        pings = asks & ~traffic.addresses.is_group[icmps.target]
        sweeps = busiest_windows(
            pings, icmps.at_s, [icmps.source], icmps.target, window_s=WINDOW_S, at_least=MIN_PING_TARGETS
        )
        for _, (rows, targets) in zip(range(MAX_FINDINGS), sweeps, strict=False):
            answered = _answered_share(traffic, rows)
            is_empty = bool((icmps.payload_bytes[rows] <= EMPTY_BYTES).mean() > MAX_ANSWERED)
            is_wide = targets >= MANY_PING_TARGETS or _stand_in_a_row(traffic, rows)
            if is_wide or is_empty or answered <= MAX_ANSWERED:
                yield self._say(
                    traffic,
                    host=traffic.addresses.text(int(icmps.source[rows[0]])),
                    targets=icmps.target[rows],
                    counted=Evidence("ping_targets", targets, 2),
                    times=icmps.at_s[rows],
                    records=icmps.record[rows],
                )

    def _fingerprints(self, traffic: Traffic) -> Iterator[Finding]:
        icmps = traffic.icmps
        found = busiest_windows(
            _is_odd(traffic),
            icmps.at_s,
            [icmps.source, icmps.target],
            icmps.kind,
            window_s=WINDOW_S,
            at_least=MIN_ODD_KINDS,
        )
        for _, (rows, kinds) in zip(range(MAX_FINDINGS), found, strict=False):
            yield self._say(
                traffic,
                host=traffic.addresses.text(int(icmps.source[rows[0]])),
                targets=icmps.target[rows],
                counted=Evidence("odd_questions", kinds, 0),
                times=icmps.at_s[rows],
                records=icmps.record[rows],
            )

    def _protocol_scans(self, traffic: Traffic) -> Iterator[Finding]:
        flows = traffic.flows
        if len(np.unique(flows.protocol)) < MIN_PROTOCOLS:
            return
        found = busiest_windows(
            np.ones(len(flows), bool),
            flows.started_s,
            [flows.client, flows.server],
            flows.protocol,
            window_s=WINDOW_S,
            at_least=MIN_PROTOCOLS,
        )
        for _, (rows, protocols) in zip(range(MAX_FINDINGS), found, strict=False):
            yield self._say(
                traffic,
                host=traffic.ends(int(rows[0]))[0],
                targets=flows.server[rows],
                counted=Evidence("protocols", protocols, 3),
                times=flows.started_s[rows],
                records=flows.records[rows, 0],
            )

    def _say(
        self,
        traffic: Traffic,
        *,
        host: str,
        targets: Column,
        counted: Evidence,
        times: Column,
        records: Column,
        severity: Severity = Severity.MEDIUM,
    ) -> Finding:
        seen_s = (float(times.min()), float(times.max()))
        return network_finding(
            self,
            traffic,
            reason="network_sweep",
            host=host,
            severity=severity,
            confidence=0.85,
            evidence=(
                counted,
                Evidence("other_side", name_rows(traffic, targets)),
                Evidence("count", len(times)),
                Evidence("duration_s", round(seen_s[1] - seen_s[0], 1), None, "s"),
            ),
            seen_s=seen_s,
            records=records[:1_000].tolist(),
            techniques=("T1018",),
        )


def _is_odd(traffic: Traffic) -> Bits:
    """Tell which packets ask something that ordinary systems no longer ask."""
    icmps = traffic.icmps
    odd: Bits = (icmps.family != VERSION_6) & np.isin(icmps.kind, ODD_KINDS)
    return odd


def _is_echo(traffic: Traffic) -> Bits:
    icmps = traffic.icmps
    asks: Bits = np.where(icmps.family == VERSION_6, icmps.kind == ECHO_V6, icmps.kind == ECHO)
    return asks


def _answered_share(traffic: Traffic, rows: Rows) -> float:
    """Give the share of pinged computers that ping back to this source."""
    icmps = traffic.icmps
    echoes_back = np.where(icmps.family == VERSION_6, icmps.kind == ECHO_V6 + 1, icmps.kind == 0)
    pinged = np.unique(icmps.target[rows])
    answering = np.unique(icmps.source[echoes_back & (icmps.target == icmps.source[rows[0]])])
    return float(np.isin(pinged, answering).mean())


def _stand_in_a_row(traffic: Traffic, rows: Rows) -> bool:
    """Tell whether most targets are direct neighbours of another target, as in 10.0.0.1, 10.0.0.2, 10.0.0.3."""
    packed = traffic.addresses.packed[np.unique(traffic.icmps.target[rows])]
    numbers = np.sort(packed[:, :4].copy().view(">u4").ravel().astype(np.int64))
    return bool(len(numbers) > 1 and (np.diff(numbers) == 1).mean() >= MAX_ANSWERED)
