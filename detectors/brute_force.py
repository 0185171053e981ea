"""Finds guessing of passwords: many failed sign-ins, many names tried, or many short sessions that look the same.

Before this on the path: a Traffic. After it: the worker's wire.
Quiet on purpose: a phone with an old saved password, which tries one name now and then; Windows, which repeats a
refused share a few times; sign-in with NTLM over HTTP, which is refused twice by design.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import TCP, Bits, Traffic, network_finding
from detectors.features.flow_groups import Rows, busiest_windows
from detectors.features.hosts import MAX_FINDINGS, name_some, span_s, strongest_of_each
from detectors.features.rhythm import busiest_stretch

WINDOW_S = 60.0
MIN_FAILED = 10
"""Failed sign-ins of one client at one server within the window. Windows stops after 3 to 5."""
MIN_FAILED_NAMES = 5
"""The same, where at least ``MIN_NAMES`` names were tried."""
MIN_NAMES = 3
SPRAY_WINDOW_S = 300.0
MIN_SPRAYED = 5
"""Different names (or servers) of one client within that time: one password tried on many."""
MIN_REFUSED_PAGES = 10
MIN_FORMS = 12
"""Sign-in forms sent to one page in the window."""

SESSION_WINDOW_S = 120.0
MIN_SESSIONS = 8
"""Short sessions of equal size with one service. https://docs.zeek.org/en/master/scripts/policy/protocols/ssh/ (30)."""
MAX_SESSION_S = 30.0
MAX_SESSION_BYTES = 12_000
"""Sent by the client: the handshake and a few passwords, and no work."""
MAX_ANSWER_BYTES = 6_000
"""Sent by the server: a copy or a fetch over ssh brings more."""
MIN_ALIKE = 0.7
MAX_SIZE_STEP = 0.25
"""Share of the sessions whose size lies this close to the middle one."""
GUESSABLE = {"ssh": 22, "rdp": 3389, "vnc": 5900, "telnet": 23}
"""Services, and the port that stands for one where the content told nothing."""

LOGON_FAILURE, ACCOUNT_LOCKED, WRONG_PASSWORD = 0xC000006D, 0xC0000234, 0xC000006A
NO_SUCH_USER = 0xC0000064
REFUSED_STATUS = frozenset({LOGON_FAILURE, ACCOUNT_LOCKED, WRONG_PASSWORD, NO_SUCH_USER})
"""NT status values ([MS-ERREF] 2.3.1)."""
REFUSED_TICKET = frozenset({6, 18, 24})
"""Kerberos: unknown client, revoked, wrong password (RFC 4120, 7.5.9)."""
NO_ACCESS = frozenset({401, 403})


@dataclass(frozen=True, slots=True)
class _Try:
    """One sign-in that failed."""

    client: str
    server: str
    service: str
    user: str
    at_s: float
    record: int


class BruteForce(Detector):
    """Counts failed sign-ins where they can be read, and equal short sessions where they cannot."""

    name: ClassVar[str] = "brute_force"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("brute_force",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Look for what was refused first, then for sessions."""
        yield from strongest_of_each([*self._refused(traffic), *self._forms(traffic), *self._sessions(traffic)])

    def _refused(self, traffic: Traffic) -> Iterator[Finding]:
        tries = _failed_tries(traffic)
        for group in _split(tries, lambda one: (one.client, one.server, one.service)):
            burst = busiest_stretch(group, WINDOW_S)
            least = MIN_REFUSED_PAGES if burst[0].service == "http" else MIN_FAILED
            names = len({one.user for one in burst})
            if len(burst) >= least or (len(burst) >= MIN_FAILED_NAMES and names >= MIN_NAMES):
                yield self._say(traffic, burst, confidence=0.9)
        for group in _split(tries, lambda one: (one.client, one.service)):
            burst = busiest_stretch(group, SPRAY_WINDOW_S)
            users = {one.user for one in burst if one.user}
            if max(len(users), len({one.server for one in burst})) >= MIN_SPRAYED:
                yield self._say(traffic, burst, confidence=0.85)

    def _forms(self, traffic: Traffic) -> Iterator[Finding]:
        """Count sign-in forms sent to one page; whether they were refused cannot be read."""
        forms = [
            _Try(one.client, one.server, "form", one.target.partition("?")[0], one.at_s, one.record)
            for one in traffic.http
            if one.method == "POST" and _asks_for_password(one.body_head)
        ]
        for group in _split(forms, lambda one: (one.client, one.server, one.user)):
            burst = busiest_stretch(group, WINDOW_S)
            if len(burst) >= MIN_FORMS:
                yield self._say(traffic, burst, confidence=0.75)

    def _say(self, traffic: Traffic, burst: Sequence[_Try], *, confidence: float) -> Finding:
        return network_finding(
            self,
            traffic,
            reason="brute_force",
            host=burst[0].client,
            severity=Severity.MEDIUM,
            confidence=confidence,
            evidence=(
                Evidence("failed", len(burst), 1),
                Evidence("names", len({one.user for one in burst if one.user and one.service != "form"}), 1),
                Evidence("service", burst[0].service),
                Evidence("other_side", name_some(one.server for one in burst)),
                Evidence("duration_s", round(burst[-1].at_s - burst[0].at_s, 1), None, "s"),
            ),
            seen_s=(burst[0].at_s, burst[-1].at_s),
            records=[one.record for one in burst],
            techniques=("T1110.003",) if len({one.server for one in burst}) > 1 else ("T1110.001",),
        )

    def _sessions(self, traffic: Traffic) -> Iterator[Finding]:
        flows = traffic.flows
        door = (flows.client, flows.server, flows.server_port)
        bursts = busiest_windows(
            _is_short_session(traffic),
            flows.started_s,
            door,
            np.arange(len(flows)),
            window_s=SESSION_WINDOW_S,
            at_least=MIN_SESSIONS,
        )
        for _, (rows, _count) in zip(range(MAX_FINDINGS), bursts, strict=False):
            alike = _alike(traffic, rows)
            if len(alike) >= MIN_SESSIONS and len(alike) >= MIN_ALIKE * len(rows):
                yield self._say_sessions(traffic, alike)

    def _say_sessions(self, traffic: Traffic, rows: Rows) -> Finding:
        flows, first = traffic.flows, int(rows[0])
        host, server = traffic.ends(first)
        seen_s = span_s(flows, rows)
        return network_finding(
            self,
            traffic,
            reason="brute_force",
            host=host,
            severity=Severity.MEDIUM,
            confidence=0.8,
            evidence=(
                Evidence("sessions", len(rows), 2),
                Evidence("service", _service_of(traffic, first)),
                Evidence("other_side", server),
                Evidence("port", int(flows.server_port[first])),
                Evidence("duration_s", round(seen_s[1] - seen_s[0], 1), None, "s"),
            ),
            seen_s=seen_s,
            records=traffic.records_of(rows),
            techniques=("T1110.001",),
        )


def _failed_tries(traffic: Traffic) -> list[_Try]:
    """Gather everything that was refused, whichever protocol told it; each packet counts once."""
    tries = [
        _Try(one.client, one.server, one.protocol, one.user, one.at_s, one.record)
        for one in traffic.logins
        if one.outcome == "failed"
    ]
    tries += [
        _Try(one.client, one.server, "smb", one.user, one.at_s, one.record)
        for one in traffic.smb
        if one.command == "session_setup" and one.status & 0xFFFFFFFF in REFUSED_STATUS
    ]
    tries += [
        _Try(one.client, one.server, "kerberos", one.user, one.at_s, one.record)
        for one in traffic.kerberos
        if one.error in REFUSED_TICKET
    ]
    tries += [
        _Try(one.client, one.server, "http", "", one.at_s, one.record)
        for one in traffic.http
        if one.status in NO_ACCESS and one.headers.get("authorization", "").lower().startswith(("basic", "digest"))
    ]
    once = {(one.record, one.client, one.server): one for one in sorted(tries, key=lambda one: bool(one.user))}
    return sorted(once.values(), key=lambda one: one.at_s)


def _split(tries: Iterable[_Try], key: Callable[[_Try], object]) -> list[list[_Try]]:
    groups: dict[object, list[_Try]] = defaultdict(list)
    for one in tries:
        groups[key(one)].append(one)
    return sorted(groups.values(), key=len, reverse=True)


def _asks_for_password(body: bytes) -> bool:
    low = body.lower()
    return any(word in low for word in (b"password=", b"passwd=", b"pass=", b"pwd=", b'"password"'))


def _is_short_session(traffic: Traffic) -> Bits:
    """Tell which flows may be one guess: at a service that asks for a password, short, and without work."""
    flows = traffic.flows
    guessable = [place for place, word in enumerate(traffic.services) if word in GUESSABLE]
    is_guessable = np.isin(flows.service, guessable)
    is_guessable |= (flows.service == 0) & np.isin(flows.server_port, list(GUESSABLE.values()))
    spoken = (flows.out_payload_bytes > 0) & (flows.in_payload_bytes > 0)
    is_small = (flows.out_payload_bytes <= MAX_SESSION_BYTES) & (flows.in_payload_bytes <= MAX_ANSWER_BYTES)
    is_short = (flows.duration_s <= MAX_SESSION_S) & is_small
    short: Bits = (flows.protocol == TCP) & is_guessable & spoken & is_short
    return short


def _alike(traffic: Traffic, rows: Rows) -> Rows:
    """Keep the sessions whose size is close to the middle one, both ways."""
    flows = traffic.flows
    close = np.ones(len(rows), bool)
    for sizes in (flows.out_payload_bytes[rows], flows.in_payload_bytes[rows]):
        middle = float(np.median(sizes))
        close &= np.abs(sizes - middle) <= MAX_SIZE_STEP * middle
    return rows[close]


def _service_of(traffic: Traffic, row: int) -> str:
    known = traffic.services[int(traffic.flows.service[row])]
    by_port = {port: word for word, port in GUESSABLE.items()}
    return known or by_port.get(int(traffic.flows.server_port[row]), "")
