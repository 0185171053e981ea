"""Finds a workstation that delivers mail by itself to many mail servers.

Before this on the path: a Traffic. After it: the worker's wire.
Quiet on purpose: a mail server, which is called by others too; a mail program, which hands everything to one server.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import TCP, Bits, Traffic, network_finding
from detectors.features.flow_groups import Rows, busiest_windows
from detectors.features.hosts import MAX_FINDINGS, goes_outside, name_rows, span_s, strongest_of_each

SMTP_PORT = 25
"""Between mail servers; mail programs use 465 and 587 (RFC 8314)."""
MAIL_PORTS = (25, 110, 143, 465, 587, 993, 995)
MIN_SERVERS = 8
"""Different mail servers within the window; a mail program knows one or two."""
WINDOW_S = 600.0


class SpamBot(Detector):
    """Counts the mail servers that one computer inside calls directly."""

    name: ClassVar[str] = "spam_bot"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("spam_bot",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Look at each computer's busiest ten minutes."""
        flows = traffic.flows
        mail = (flows.protocol == TCP) & (flows.server_port == SMTP_PORT) & goes_outside(traffic)
        bursts = busiest_windows(
            mail & ~_is_mail_server(traffic),
            flows.started_s,
            [flows.client],
            flows.server,
            window_s=WINDOW_S,
            at_least=MIN_SERVERS,
        )
        found = (self._say(traffic, rows, count) for _, (rows, count) in zip(range(MAX_FINDINGS), bursts, strict=False))
        yield from strongest_of_each(found)

    def _say(self, traffic: Traffic, rows: Rows, servers: int) -> Finding:
        flows = traffic.flows
        answered = flows.is_answered[rows]
        return network_finding(
            self,
            traffic,
            reason="spam_bot",
            host=traffic.ends(int(rows[0]))[0],
            severity=Severity.MEDIUM,
            confidence=0.85 if servers >= 2 * MIN_SERVERS else 0.7,
            evidence=(
                Evidence("mail_servers", servers, 1),
                Evidence("answered", int(answered.sum())),
                Evidence("sent_bytes", int(flows.out_payload_bytes[rows].sum()), None, "bytes"),
                Evidence("other_side", name_rows(traffic, flows.server[rows])),
                Evidence("count", len(rows)),
            ),
            seen_s=span_s(flows, rows),
            records=traffic.records_of(rows),
            techniques=("T1071.003",),
        )


def _is_mail_server(traffic: Traffic) -> Bits:
    """Tell for each flow whether its client is called for mail by others."""
    flows = traffic.flows
    called = (flows.protocol == TCP) & np.isin(flows.server_port, MAIL_PORTS) & flows.is_answered
    serving: Bits = np.isin(flows.client, flows.server[called])
    return serving
