"""Finds contact like clockwork: a program that reports to somebody outside at a steady pace.

Before this on the path: a Traffic. After it: the worker's wire.
Three kinds of beat: web requests, new connections, and turns inside one connection that stays open.
Quiet on purpose: time, updates, chat keep-alive, voice signalling, multicast. A steady pace alone is no alarm: it takes
a server without a name, an unknown protocol, or requests that look like reports (``check_ins.py``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from detectors.contract.conversations import HttpExchange, TlsSession
from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import TCP, Bits, Traffic, network_finding
from detectors.features.check_ins import CheckIns, shape_of
from detectors.features.flow_groups import Rows, group_rows
from detectors.features.hosts import is_server_outside, looked_up, span_s, strongest_of_each
from detectors.features.inside import host_of, is_inside, is_numeric_host
from detectors.features.rhythm import Rhythm, join_bursts, rhythm_of

MIN_BEATS = 6
"""Web requests that look like reports; five gaps are the least that show a pace. Measured in benchmarks/quality.py."""
MIN_BARE_BEATS = 7
"""Connections whose content is unknown."""
MIN_TURNS = 8
"""Turns inside one connection; chat programs are quieter than this in a short recording."""
MANY_BEATS = 30
"""Connections of equal size to a server with a name: so many in one recording are worth a look."""
MIN_PERIOD_S = 1.5
MIN_SPAN_S = 30.0
BURST_S = 1.0
"""Requests this close together are one beat."""
MAX_JITTER = 0.15
"""Median distance from the middle gap. https://github.com/activecm/rita uses the same measure (MAD)."""
MAX_REPORT_JITTER = 0.25
"""The same for requests that look like reports: pauses drawn from half to the whole of a period stay below 0.2."""
MAX_TURN_JITTER = 0.05
MIN_STEADY = 0.6
"""Share of the gaps close to the middle one."""
SWAYING_BEATS = 12
"""With so many beats the pauses may sway, as programs let them on purpose."""
MAX_SWAY, MIN_SWAYING_STEADY = 0.33, 0.35
"""Pauses drawn evenly from half to one and a half of a period have 0.25 and 0.5."""
MAX_TURN_SWAY = 0.2
"""Turns inside one connection come from people, too, who sway more."""
MIN_ALIKE = 0.6
SIZE_STEP = 0.15
"""Share of connections whose sent bytes lie this close to the middle one."""
MAX_LOOKED_AT = 2_000
"""Series of one kind that are measured, longest first."""
ENCRYPTED = ("tls", "quic")
WEB_PORTS = (80, 443, 8000, 8080, 8443)
OTHER_PORTS = (25, 53, 110, 119, 123, 143, 465, 587, 993, 995, 1883, 5222, 5223, 5228, 8883)
"""Mail checks, time, push messages and chat keep a steady pace by design."""


@dataclass(frozen=True, slots=True)
class _Beacon:
    """One series that is worth telling."""

    host: str
    server: str
    port: int
    service: str
    name: str
    rhythm: Rhythm
    severity: Severity
    confidence: float
    seen_s: tuple[float, float]
    records: tuple[int, ...]
    facts: tuple[Evidence, ...]
    technique: str


class Beaconing(Detector):
    """Measures the pace of each series and asks what else is odd about it."""

    name: ClassVar[str] = "beaconing"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("beaconing",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Look at the three kinds of beat; the strongest of each host is told."""
        found = [*_web_beacons(traffic), *_connection_beacons(traffic), *_turn_beacons(traffic)]
        found.sort(key=lambda one: (-one.severity, -one.confidence, -one.rhythm.beats))
        yield from strongest_of_each(self._say(traffic, one) for one in found)

    def _say(self, traffic: Traffic, one: _Beacon) -> Finding:
        is_usual = traffic.known.has_destination(one.name, one.server)
        return network_finding(
            self,
            traffic,
            reason="beaconing",
            host=one.host,
            severity=Severity.LOW if is_usual else one.severity,
            confidence=one.confidence,
            evidence=(
                Evidence("period_s", round(one.rhythm.period_s, 1), None, "s"),
                Evidence("count", one.rhythm.beats),
                Evidence("jitter_percent", round(100 * one.rhythm.jitter, 1), 50, "%"),
                *one.facts,
                Evidence("other_side", one.server),
                Evidence("name", one.name),
                Evidence("port", one.port),
                Evidence("service", one.service),
            ),
            seen_s=one.seen_s,
            records=one.records,
            techniques=(one.technique,),
        )


def _is_steady(rhythm: Rhythm | None, *, beats: int, jitter: float, sway: float = MAX_SWAY) -> bool:
    """Tell whether the pace is steady; with many beats it may sway."""
    if rhythm is None or rhythm.beats < beats or rhythm.period_s < MIN_PERIOD_S or rhythm.span_s < MIN_SPAN_S:
        return False
    is_swaying = rhythm.beats >= SWAYING_BEATS and rhythm.jitter <= sway and rhythm.steady >= MIN_SWAYING_STEADY
    return is_swaying or (rhythm.jitter <= jitter and rhythm.steady >= MIN_STEADY)


def _web_beacons(traffic: Traffic) -> Iterator[_Beacon]:
    """Look at the requests of each client to each server."""
    series: dict[tuple[str, str, int], list[HttpExchange]] = defaultdict(list)
    for one in traffic.http:
        if one.method:
            series[one.client, one.server, one.server_port].append(one)
    longest = sorted(series.values(), key=len, reverse=True)[:MAX_LOOKED_AT]
    for requests in longest:
        if len(requests) < MIN_BEATS:
            return
        requests.sort(key=lambda one: one.at_s)
        rhythm = rhythm_of(join_bursts(np.array([one.at_s for one in requests]), BURST_S))
        if rhythm is None or not _is_steady(rhythm, beats=MIN_BEATS, jitter=MAX_REPORT_JITTER):
            continue
        shape = shape_of(requests)
        severity = _weigh_web(requests[0], rhythm, shape)
        if severity is not None:
            yield _web_beacon(requests, rhythm, shape, severity)


def _weigh_web(first: HttpExchange, rhythm: Rhythm, shape: CheckIns) -> Severity | None:
    """Decide how loud: disguised requests anywhere, reports to the outside; a plain poll is good to know."""
    is_outside = not is_inside(first.server)
    is_clock = rhythm.beats >= MIN_BARE_BEATS and shape.same_answer >= MIN_ALIKE
    if shape.is_disguised or (is_outside and (shape.is_report or (shape.is_poll_in_disguise and is_clock))):
        return Severity.MEDIUM
    if not shape.is_silent or rhythm.jitter > MAX_JITTER:
        return None
    is_nameless = is_outside and is_numeric_host(first.host or first.server)
    return Severity.MEDIUM if is_nameless and is_clock else Severity.LOW


def _web_beacon(requests: Sequence[HttpExchange], rhythm: Rhythm, shape: CheckIns, severity: Severity) -> _Beacon:
    first, last = requests[0], requests[-1]
    return _Beacon(
        host=first.client,
        server=first.server,
        port=first.server_port,
        service="http",
        name=host_of(first.host),
        rhythm=rhythm,
        severity=severity,
        confidence=0.85 if shape.is_disguised or shape.is_report else 0.65,
        seen_s=(first.at_s, last.at_s),
        records=tuple(one.record for one in requests),
        facts=(
            Evidence("same_answer_percent", round(100 * shape.same_answer), 20, "%"),
            Evidence("answer_bytes", shape.answer_bytes, None, "bytes"),
            Evidence("sign_several_pages_one_answer", shape.is_disguised, usual=False),
            Evidence("sign_same_form_again", shape.is_report, usual=False),
            Evidence("sign_poses_as_browser", shape.is_posing, usual=False),
        ),
        technique="T1071.001",
    )


def _connection_beacons(traffic: Traffic) -> Iterator[_Beacon]:
    """Look at connections to the outside whose content is encrypted or unknown."""
    flows = traffic.flows
    series = group_rows(_is_candidate(traffic) & (flows.protocol == TCP), flows.client, flows.server, flows.server_port)
    names, by_name, is_odd = _server_names(traffic), looked_up(traffic), _is_odd_door(traffic)
    self_made = {one.flow for one in traffic.tls if _vouches_for_himself(one)}
    for place in _longest(series.sizes, MIN_BARE_BEATS):
        rows = series.rows(place)
        rhythm = rhythm_of(join_bursts(flows.started_s[rows], BURST_S))
        if rhythm is None or not _is_steady(rhythm, beats=MIN_BARE_BEATS, jitter=MAX_JITTER):
            continue
        if _alike(flows.out_payload_bytes[rows]) < MIN_ALIKE:
            continue
        name = next((names[row] for row in rows.tolist() if row in names), "")
        is_vouched = self_made.isdisjoint(rows.tolist())
        has_name = bool(name) or (is_vouched and traffic.ends(int(rows[0]))[1] in by_name)
        is_excused = has_name and not is_odd[rows[0]] and rhythm.beats < MANY_BEATS
        severity = Severity.LOW if is_excused or not traffic.has_packets else Severity.MEDIUM
        yield _flow_beacon(traffic, rows, rhythm, severity=severity, name=name, records=traffic.records_of(rows))


def _turn_beacons(traffic: Traffic) -> Iterator[_Beacon]:
    """Look at single connections to the outside that stay open, without a name or in an unknown protocol."""
    flows, turns = traffic.flows, traffic.turns
    if not len(turns):
        return
    wanted = _is_candidate(traffic) & (~flows.is_midstream | _is_odd_door(traffic))
    wanted[list(_server_names(traffic))] = False
    series = group_rows(wanted[turns.flow], turns.flow)
    by_name = looked_up(traffic)
    for place in _longest(series.sizes, MIN_TURNS):
        chosen = series.rows(place)
        rhythm = rhythm_of(join_bursts(turns.at_s[chosen], BURST_S))
        if rhythm is not None and _is_steady(rhythm, beats=MIN_TURNS, jitter=MAX_TURN_JITTER, sway=MAX_TURN_SWAY):
            rows = turns.flow[chosen[:1]].astype(np.int64)
            records = tuple(turns.record[chosen].tolist())
            row = int(rows[0])
            is_chat = flows.service[row] == 0 and traffic.ends(row)[1] in by_name  # games and devices have any port
            severity = Severity.LOW if is_chat else Severity.MEDIUM
            yield _flow_beacon(traffic, rows, rhythm, severity=severity, name="", records=records)


def _flow_beacon(
    traffic: Traffic, rows: Rows, rhythm: Rhythm, *, severity: Severity, name: str, records: tuple[int, ...]
) -> _Beacon:
    flows, first = traffic.flows, int(rows[0])
    host, server = traffic.ends(first)
    service = traffic.services[int(flows.service[first])]
    return _Beacon(
        host=host,
        server=server,
        port=int(flows.server_port[first]),
        service=service,
        name=name,
        rhythm=rhythm,
        severity=severity,
        confidence=0.75 if rhythm.beats >= 2 * MIN_BARE_BEATS else 0.65,
        seen_s=span_s(flows, rows),
        records=records,
        facts=(
            Evidence("sent_bytes", int(np.median(flows.out_payload_bytes[rows])), None, "bytes"),
            Evidence("sign_no_server_name", not name, usual=False),
            Evidence("sign_stays_open", len(rows) == 1, usual=False),
        ),
        technique="T1573" if service in ENCRYPTED else "T1095",
    )


def _is_candidate(traffic: Traffic) -> Bits:
    """Choose flows to the outside that are encrypted or unknown: TCP, and QUIC."""
    flows = traffic.flows
    encrypted = [place for place, word in enumerate(traffic.services) if word in ENCRYPTED]
    is_encrypted = np.isin(flows.service, encrypted)
    is_unknown = (flows.service == 0) & (flows.protocol == TCP)
    is_other = np.isin(flows.server_port, OTHER_PORTS)
    wanted: Bits = is_server_outside(traffic) & (is_encrypted | is_unknown) & ~is_other
    return wanted


def _is_odd_door(traffic: Traffic) -> Bits:
    """Tell which flows speak an unknown protocol at a port that no website has."""
    flows = traffic.flows
    odd: Bits = (flows.service == 0) & ~np.isin(flows.server_port, WEB_PORTS)
    return odd


def _server_names(traffic: Traffic) -> dict[int, str]:
    """List what the server was called, for each flow whose hello names one; who vouches for himself has no name."""
    return {one.flow: one.sni for one in traffic.tls if one.sni and one.flow >= 0 and not _vouches_for_himself(one)}


def _vouches_for_himself(session: TlsSession) -> bool:
    return any(one.is_self_signed for one in session.certificates[:1])


def _longest(sizes: Rows, at_least: int) -> list[int]:
    """Choose the series that are long enough, longest first."""
    enough = np.flatnonzero(sizes >= at_least)
    return [int(place) for place in enough[np.argsort(-sizes[enough], kind="stable")][:MAX_LOOKED_AT]]


def _alike(sizes: Rows) -> float:
    """Give the share of sizes close to the middle one."""
    middle = float(np.median(sizes))
    return float((np.abs(sizes - middle) <= SIZE_STEP * max(middle, 1.0)).mean())
