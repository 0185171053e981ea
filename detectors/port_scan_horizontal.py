"""Finds one computer that tries the same door of many others, as worms do.

Before this on the path: a Traffic. After it: the worker's wire.
Quiet on purpose: backup and inventory, which are answered; peer-to-peer, which meets many computers at many different
doors; a browser without a connection, whose servers were looked up by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import UDP, Bits, Traffic, network_finding
from detectors.features.flow_groups import Rows, busiest_windows
from detectors.features.hosts import MAX_FINDINGS, looked_up, name_rows, span_s, strongest_of_each
from detectors.features.probes import is_probe

MIN_HOSTS = 15
"""Different computers at one port within the window."""
WINDOW_S = 300.0
MIN_FAILED = 0.7
"""Share of tries at that port that led to nothing; measured in benchmarks/quality.py."""
MIN_FAILED_WEB = 0.85
"""The same for ports that people's programs try a lot, and for UDP, where silence is common."""
MIN_FOCUS = 0.5
"""Share of the hosts knocked at that were tried at this port: peer-to-peer spreads over ports, a scanner does not."""
MIN_HOSTS_A_PORT = 8
"""Or so many hosts for each port it knocks at: worms that know a few doors."""
BUSY_PORTS = (80, 443)
MAX_LOOKED_UP = 0.3
"""Share of the targets that DNS had named: a scanner has no names."""
LOOK_UP_SAMPLE = 200


class PortScanHorizontal(Detector):
    """Counts different computers that were knocked at, for each source and port."""

    name: ClassVar[str] = "port_scan_horizontal"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("port_scan_horizontal",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Weigh the busiest stretch of each source and port."""
        yield from strongest_of_each(self._scans(traffic))

    def _scans(self, traffic: Traffic) -> Iterator[Finding]:
        flows = traffic.flows
        if not len(flows) or not traffic.has_packets:
            return
        knocks = is_probe(flows) & ~traffic.addresses.is_group[flows.server]
        door = (flows.client, flows.protocol, flows.server_port)
        scans = busiest_windows(knocks, flows.started_s, door, flows.server, window_s=WINDOW_S, at_least=MIN_HOSTS)
        named = looked_up(traffic)
        for _, (rows, hosts) in zip(range(2 * MAX_FINDINGS), scans, strict=False):
            failed, is_focused = _weigh(traffic, knocks, rows, hosts)
            is_scan = is_focused and failed >= _least_failed(traffic, int(rows[0]))
            if is_scan and not _has_names(traffic, rows, named):
                yield self._say(traffic, rows, hosts, failed)

    def _say(self, traffic: Traffic, rows: Rows, hosts: int, failed: float) -> Finding:
        flows = traffic.flows
        seen_s = span_s(flows, rows)
        return network_finding(
            self,
            traffic,
            reason="port_scan_horizontal",
            host=traffic.ends(int(rows[0]))[0],
            severity=Severity.MEDIUM,
            confidence=0.95 if hosts >= 4 * MIN_HOSTS else 0.85,
            evidence=(
                Evidence("hosts", hosts, 3),
                Evidence("port", int(flows.server_port[rows[0]])),
                Evidence("failed_percent", round(100 * failed), 5, "%"),
                Evidence("other_side", name_rows(traffic, flows.server[rows])),
                Evidence("duration_s", round(seen_s[1] - seen_s[0], 1), None, "s"),
            ),
            seen_s=seen_s,
            records=traffic.records_of(rows[:1_000]),
            techniques=("T1046", "T1018"),
        )


def _weigh(traffic: Traffic, knocks: Bits, rows: Rows, hosts: int) -> tuple[float, bool]:
    """Give the share of hosts at this port that did not answer, and whether the knocks keep to few ports."""
    flows, first = traffic.flows, rows[0]
    from_s, to_s = flows.started_s[rows].min() - WINDOW_S / 2, flows.started_s[rows].max() + WINDOW_S / 2
    same = (flows.client == flows.client[first]) & (flows.protocol == flows.protocol[first])
    near = np.flatnonzero(same & (flows.started_s >= from_s) & (flows.started_s <= to_s))
    at_port = near[flows.server_port[near] == flows.server_port[first]]
    failed = np.unique(flows.server[at_port[~flows.is_answered[at_port] | knocks[at_port]]])
    tried = np.unique(flows.server[at_port])
    knocked = np.unique(flows.server[near[knocks[near]]])
    ports = np.unique(flows.server_port[near[knocks[near]]])
    is_focused = hosts >= MIN_FOCUS * len(knocked) or len(knocked) >= MIN_HOSTS_A_PORT * len(ports)
    return len(failed) / max(len(tried), 1), is_focused


def _least_failed(traffic: Traffic, row: int) -> float:
    flows = traffic.flows
    is_busy = int(flows.server_port[row]) in BUSY_PORTS or flows.protocol[row] == UDP
    return MIN_FAILED_WEB if is_busy else MIN_FAILED


def _has_names(traffic: Traffic, rows: Rows, named: frozenset[str]) -> bool:
    """Tell whether DNS named a good part of the targets before."""
    targets = np.unique(traffic.flows.server[rows])[:LOOK_UP_SAMPLE]
    known = sum(traffic.addresses.text(row) in named for row in targets.tolist())
    return known > MAX_LOOKED_UP * len(targets)
