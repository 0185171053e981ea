"""Finds one computer that tries many doors (ports) of another.

Before this on the path: a Traffic. After it: the worker's wire.
Quiet on purpose: printer and monitoring tools, which try a few known doors; data connections of FTP, which are used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import Traffic, network_finding
from detectors.features.flow_groups import Rows, busiest_windows, group_rows
from detectors.features.hosts import MAX_FINDINGS, span_s, strongest_of_each
from detectors.features.probes import has_odd_flags, is_probe, is_silent_ack

MIN_PORTS = 12
"""Different ports of one computer within the window; monitoring tools ask for 3 to 8."""
WINDOW_S = 300.0
MIN_SILENT = 50
"""Doors that a bare ACK was sent to without an answer; where one direction was captured, few doors are met."""
MIN_ODD = 5
"""Flows that begin with flags no system sends by itself."""
MIN_MIXED_ODD = 3
"""The same, where several kinds of odd flags are tried."""
USUAL_PORTS = 3


class PortScanVertical(Detector):
    """Counts different ports that were knocked at, for each pair of computers."""

    name: ClassVar[str] = "port_scan_vertical"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("port_scan_vertical",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Look for many ports first, then for fewer with odd flags."""
        if traffic.has_packets:
            yield from strongest_of_each(self._scans(traffic))

    def _scans(self, traffic: Traffic) -> Iterator[Finding]:
        flows = traffic.flows
        doors = flows.protocol.astype(np.int64) << 16 | flows.server_port
        pair = (flows.client, flows.server)
        scans = busiest_windows(is_probe(flows), flows.started_s, pair, doors, window_s=WINDOW_S, at_least=MIN_PORTS)
        for _, (rows, ports) in zip(range(MAX_FINDINGS), scans, strict=False):
            yield self._say(traffic, rows, ports)
        quiet = is_silent_ack(flows)
        acks = busiest_windows(quiet, flows.started_s, pair, doors, window_s=WINDOW_S, at_least=MIN_SILENT)
        for _, (rows, ports) in zip(range(MAX_FINDINGS), acks, strict=False):
            yield self._say(traffic, rows, ports)
        groups = group_rows(has_odd_flags(flows), *pair)
        is_mixed = (groups.sizes >= MIN_MIXED_ODD) & (groups.distinct(flows.first_flags) > 1)
        for place in np.flatnonzero(is_mixed | (groups.sizes >= MIN_ODD))[:MAX_FINDINGS].tolist():
            rows = groups.rows(place)
            yield self._say(traffic, rows, len(np.unique(doors[rows])))

    def _say(self, traffic: Traffic, rows: Rows, ports: int) -> Finding:
        flows = traffic.flows
        host, target = traffic.ends(int(rows[0]))
        seen_s = span_s(flows, rows)
        return network_finding(
            self,
            traffic,
            reason="port_scan_vertical",
            host=host,
            severity=Severity.MEDIUM,
            confidence=0.95 if ports >= 4 * MIN_PORTS else 0.85,
            evidence=(
                Evidence("ports", ports, USUAL_PORTS),
                Evidence("other_side", target),
                Evidence("open_ports", len(np.unique(flows.server_port[rows[flows.is_answered[rows]]]))),
                Evidence("odd_flags", int(has_odd_flags(flows)[rows].sum()), 0),
                Evidence("duration_s", round(seen_s[1] - seen_s[0], 1), None, "s"),
            ),
            seen_s=seen_s,
            records=traffic.records_of(rows[:1_000]),
            techniques=("T1046",),
        )
