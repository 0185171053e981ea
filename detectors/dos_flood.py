"""Finds floods: half-open connections, answers nobody asked for (reflection), made-up senders, and bare packet storms.

Before this on the path: a Traffic. After it: the worker's wire.
Quiet on purpose: large downloads, which are large packets that somebody asked for; multicast video; name look-ups whose
questions were not captured.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import (
    ACK,
    ICMP,
    ICMP6,
    RST,
    SYN,
    TCP,
    UDP,
    Bits,
    FlowTable,
    Traffic,
    network_finding,
)
from detectors.features.flow_groups import Column, Rows, busiest_windows, group_rows
from detectors.features.hosts import MAX_FINDINGS, name_rows, span_s, strongest_of_each

WINDOW_S = 10.0
MIN_HALF_OPEN = 100
"""Connections to one door that were opened and left, within the window; a browser leaves a handful."""
MIN_SENDERS = 20
"""From so many senders, refused tries count too."""
MIN_SPOOFED = 50
"""Senders within a second that each open one connection to a target of its own: no network looks like this."""
MIN_REFLECTORS = 30
"""Servers that answer one computer on a port known for reflection, without being asked, within the window."""
MIN_SAME_PORT = 100
"""The same for any other port: peer-to-peer programs have different ones."""
MIN_UNASKED_ACKS = 100
"""Packets that agree to connections nobody opened."""
MIN_SWARM = 500
"""Senders of one or two packets each that one computer leaves unanswered, within the window."""
MIN_SPRAY = 3_000
"""Datagrams of one sender to different doors of one computer within the window; a scan waits for answers."""
MIN_LOOK_UP_BYTES = 400
"""Mean size of answers to look-ups that somebody provoked: amplification picks large ones."""
MAX_LEFT_BYTES = 1_000
"""Sent into a connection that is kept hanging without an answer."""
MIN_STORM_PACKETS = 2_000
MIN_STORM_RATE = 1_000.0
"""Packets a second, one way (pings are answered), small: voice sends 50, a film sends large ones."""
MAX_STORM_BYTES = 200

LOOK_UP_PORT = 53
REFLECTION_PORTS = (
    17, 19, 69, 111, 123, 137, 161, 177, 389, 427, 500, 520, 623, 1434, 1900, 3283, 3478, 3702, 5093, 5353, 5683,
    10001, 11211, 20800, 27015, 30120, 37810,
)  # fmt: skip
"""Services that answer more than they are asked (https://www.cisa.gov/news-events/alerts/2014/01/17). Not 53."""


@dataclass(frozen=True, slots=True)
class _Flood:
    """Flows that belong together."""

    rows: Rows
    middle: Column
    """Column of the computer it is about."""
    others: Column
    """Column of the other ends."""
    kind: str
    """What was counted."""
    count: int
    confidence: float


class DosFlood(Detector):
    """Counts what is typical of each kind of flood."""

    name: ClassVar[str] = "dos_flood"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("dos_flood",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Look for each kind; one finding for each computer in the middle of it."""
        if len(traffic.flows) and traffic.has_packets:
            many = (self._reflections, self._swarms, self._half_open, self._unasked_acks, self._spoofed)
            parts = (*many, self._sprays, self._storms)
            yield from strongest_of_each(finding for part in parts for finding in part(traffic))

    def _half_open(self, traffic: Traffic) -> Iterator[Finding]:
        flows = traffic.flows
        left = _is_left_open(traffic)
        door = (flows.server, flows.server_port)
        bursts = busiest_windows(
            left, flows.started_s, door, np.arange(len(flows)), window_s=WINDOW_S, at_least=MIN_HALF_OPEN
        )
        for _, (rows, count) in zip(range(MAX_FINDINGS), bursts, strict=False):
            senders = len(np.unique(flows.client[rows]))
            silent = int((flows.in_resets[rows] == 0).sum())
            if silent >= MIN_HALF_OPEN or senders >= MIN_SENDERS:
                yield self._say(traffic, _Flood(rows, flows.server, flows.client, "half_open", count, 0.85))

    def _spoofed(self, traffic: Traffic) -> Iterator[Finding]:
        flows = traffic.flows
        nobody = np.zeros(len(flows), np.int8)
        bursts = busiest_windows(
            _is_left_open(traffic), flows.started_s, [nobody], flows.client, window_s=1.0, at_least=MIN_SPOOFED
        )
        for rows, senders in bursts:
            if len(np.unique(flows.server[rows])) >= MIN_SPOOFED and senders >= 0.9 * len(rows):
                yield self._say(traffic, _Flood(rows, flows.client, flows.server, "made_up_senders", senders, 0.75))

    def _reflections(self, traffic: Traffic) -> Iterator[Finding]:
        """Find one-way UDP from many servers to one computer, whichever end the meter took for the client."""
        flows = traffic.flows
        for one_way, target, sender, port in _one_way(traffic):
            answers = (flows.protocol == UDP) & one_way
            bursts = busiest_windows(
                answers, flows.started_s, [target, port], sender, window_s=WINDOW_S, at_least=MIN_REFLECTORS
            )
            for _, (rows, senders) in zip(range(MAX_FINDINGS), bursts, strict=False):
                is_known = port[rows[0]] in REFLECTION_PORTS
                if is_known or (senders >= MIN_SAME_PORT and _may_be_provoked(traffic, rows, int(port[rows[0]]))):
                    yield self._say(traffic, _Flood(rows, target, sender, "unasked_answers", senders, 0.9))

    def _swarms(self, traffic: Traffic) -> Iterator[Finding]:
        """Find one or two packets each from a great many senders, whatever the protocol and the ports."""
        flows = traffic.flows
        for one_way, target, sender, _port in _one_way(traffic):
            tiny = one_way & (flows.out_packets + flows.in_packets <= 2)  # noqa: PLR2004 - packets
            bursts = busiest_windows(tiny, flows.started_s, [target], sender, window_s=WINDOW_S, at_least=MIN_SWARM)
            for _, (rows, senders) in zip(range(MAX_FINDINGS), bursts, strict=False):
                yield self._say(traffic, _Flood(rows, target, sender, "unanswered_senders", senders, 0.8))

    def _sprays(self, traffic: Traffic) -> Iterator[Finding]:
        """Find datagrams of one sender to thousands of doors at once."""
        flows = traffic.flows
        unanswered = (flows.protocol == UDP) & (flows.in_packets == 0)
        pair = (flows.client, flows.server)
        bursts = busiest_windows(
            unanswered, flows.started_s, pair, flows.server_port, window_s=WINDOW_S, at_least=MIN_SPRAY
        )
        for _, (rows, count) in zip(range(MAX_FINDINGS), bursts, strict=False):
            yield self._say(traffic, _Flood(rows, flows.client, flows.server, "packets_one_way", count, 0.7))

    def _unasked_acks(self, traffic: Traffic) -> Iterator[Finding]:
        """Find agreements to connections that were never opened: somebody forged this computer's address."""
        flows = traffic.flows
        only_agreed = (flows.in_flags & (SYN | ACK)) == (SYN | ACK)
        no_more = (flows.out_packets == 0) & (flows.in_payload_bytes == 0) & (flows.in_size_max <= MAX_STORM_BYTES)
        targets = group_rows((flows.protocol == TCP) & only_agreed & no_more, flows.client)
        packets = targets.total(flows.in_packets)
        for place in np.flatnonzero(packets >= MIN_UNASKED_ACKS)[:MAX_FINDINGS].tolist():
            count = int(packets[place])
            yield self._say(
                traffic, _Flood(targets.rows(place), flows.client, flows.server, "unasked_answers", count, 0.7)
            )

    def _storms(self, traffic: Traffic) -> Iterator[Finding]:
        """Find small packets, one way, to one door, faster than any voice or film: in one flow or from many ports."""
        flows = traffic.flows
        windows = np.floor(flows.started_s / WINDOW_S)
        chosen = _may_storm(flows) & ~traffic.addresses.is_group[flows.server]
        storms = group_rows(chosen, flows.client, flows.server, flows.server_port, flows.protocol, windows)
        sent, got = storms.total(flows.out_packets), storms.total(flows.in_packets)
        rate = sent / np.maximum(storms.highest(flows.ended_s) - storms.lowest(flows.started_s), 1.0)
        is_small = storms.total(flows.out_bytes) <= MAX_STORM_BYTES * sent
        is_one_way = (got * 10 <= sent) | np.isin(flows.protocol[storms.firsts], (ICMP, ICMP6))
        found = np.flatnonzero((sent >= MIN_STORM_PACKETS) & (rate >= MIN_STORM_RATE) & is_small & is_one_way)
        for place in found[np.argsort(-sent[found], kind="stable")][:MAX_FINDINGS].tolist():
            rows, count = storms.rows(place), int(sent[place])
            yield self._say(traffic, _Flood(rows, flows.client, flows.server, "packets_one_way", count, 0.7))

    def _say(self, traffic: Traffic, flood: _Flood) -> Finding:
        flows, rows = traffic.flows, flood.rows
        seen_s = span_s(flows, rows)
        packets = int((flows.out_packets[rows] + flows.in_packets[rows]).sum())
        return network_finding(
            self,
            traffic,
            reason="dos_flood",
            host=traffic.addresses.text(int(flood.middle[rows[0]])),
            severity=Severity.MEDIUM,
            confidence=flood.confidence,
            evidence=(
                Evidence(flood.kind, flood.count, 0),
                Evidence("packets_per_s", round(packets / max(seen_s[1] - seen_s[0], 1.0)), None, "1/s"),
                Evidence("other_sides", len(np.unique(flood.others[rows]))),
                Evidence("other_side", name_rows(traffic, flood.others[rows])),
                Evidence("port", int(flows.server_port[rows[0]])),
                Evidence("count", packets),
            ),
            seen_s=seen_s,
            records=traffic.records_of(rows[:1_000]),
            techniques=("T1498.002",) if flood.kind == "unasked_answers" else ("T1498.001",),
        )


def _may_storm(flows: FlowTable) -> Bits:
    """Choose datagrams, pings, and bare TCP packets of no connection; opening ones are counted as half open."""
    is_bare = (flows.out_payload_bytes == 0) & flows.is_midstream
    chosen: Bits = (flows.protocol != TCP) | is_bare
    return chosen


def _one_way(traffic: Traffic) -> Iterator[tuple[Bits, Column, Column, Column]]:
    """Give what only came or only went: the flows, and the columns of target, sender and the sender's port."""
    flows, book = traffic.flows, traffic.addresses
    is_back = (flows.out_packets == 0) & (flows.in_packets > 0) & ~book.is_group[flows.client]
    is_forth = (flows.in_packets == 0) & (flows.out_packets > 0) & ~book.is_group[flows.server]
    yield is_back, flows.client, flows.server, flows.server_port
    yield is_forth, flows.server, flows.client, flows.client_port


def _may_be_provoked(traffic: Traffic, rows: Rows, port: int) -> bool:
    """Tell whether answers are large enough; look-ups whose questions were not captured are small."""
    flows = traffic.flows
    size = float((flows.out_bytes[rows] + flows.in_bytes[rows]).sum())
    packets = max(int((flows.out_packets[rows] + flows.in_packets[rows]).sum()), 1)
    return port != LOOK_UP_PORT or size / packets >= MIN_LOOK_UP_BYTES


def _is_left_open(traffic: Traffic) -> Bits:
    """Tell which TCP flows only open: nothing came, or it was agreed and then left hanging."""
    flows = traffic.flows
    opens = (flows.first_flags & (SYN | ACK | RST)) == SYN
    hardly_said = (flows.out_payload_bytes <= MAX_LEFT_BYTES) & (flows.in_payload_bytes == 0)
    saw_both = (flows.in_packets > 0) | ((flows.out_flags & ACK) == 0)
    left: Bits = (flows.protocol == TCP) & opens & hardly_said & saw_both
    return left
