"""Looks for a channel over which a stranger commands a computer: odd web requests, odd encryption, odd ports.

Before this on the path: ``Traffic.http`` and ``tls``. After it: the worker's wire.
No single oddity says enough; each has a weight, and what stands together on one server decides.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from detectors.contract.conversations import HttpExchange, TlsSession
from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import Traffic
from detectors.features.channel_tls import odd_session
from detectors.features.channel_web import (
    ADDRESS_SERVICES,
    OLD_NAME,
    odd_client,
    odd_place,
    odd_post,
    odd_target,
    odd_together,
    pages_in_turn,
)
from detectors.features.inside import host_of, is_outside
from detectors.features.makers import is_of_maker
from detectors.features.names import looks_machine_made
from detectors.features.program_bytes import program_kind
from detectors.features.sightings import Sighting, report
from detectors.features.spoken import signs_of

WEIGHTS: Final[dict[str, int]] = {
    "numeric_host": 2,
    "made_up_host": 2,
    "cheap_ending": 1,
    "odd_web_port": 2,
    "open_on_tls_port": 2,
    "form_is_noise": 2,
    "raw_body": 1,
    "no_referrer": 1,
    "not_as_browsers": 1,
    "old_library_name": 1,
    "no_client_name": 1,
    "impossible_browser": 3,
    "gate_page": 1,
    "repeated": 1,
    "refused_and_repeated": 1,
    "computer_described": 2,
    "open_form": -1,
    "after_program": 1,
    "asked_own_address": 1,
    "pages_in_turn": 2,
    "tells_of_computer": 3,
    "machine_chat_name": 4,
    "chat_on_odd_port": 2,
    "chat_name_made_up": 1,
    "no_server_name": 1,
    "odd_tls_port": 1,
    "own_certificate": 1,
    "senseless_certificate": 2,
    "blank_certificate": 2,
    "same_port_elsewhere": 1,
}
"""Points of each oddity; five together are a channel. Measured in benchmarks/quality_network.py."""
ENOUGH: Final = 5
MAKERS_BONUS: Final = 3
"""More points are needed against a server with the name of a large maker, whose programs call home by habit."""

MAX_TOLD: Final = 500
"""Further requests of one channel that a finding rests on."""
CHAT_PORTS: Final = frozenset({194, *range(6_660, 6_670), 6_697, 7_000})
CHAT_NAME: Final = re.compile(r"\A(?=.*\d{3})(?=.*[\[\]{}|])|\A[A-Z]{2,4}[-_|][A-Z0-9]{2,8}[-_|]\d{3,}")
"""Country, system and a number between bars or brackets, as machines name themselves in rows."""
MADE_NAMES: Final = frozenset({"senseless_certificate", "blank_certificate"})
"""Certificates of harmless devices and programs are home-made, too, but they name something."""


class C2Channel(Detector):
    """Adds up oddities for each pair of computers."""

    name: ClassVar[str] = "c2_channel"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("c2_channel",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Give one finding for each computer with a channel."""
        sightings = [*_judge_web(traffic.http), *_judge_tls(traffic.tls), *_judge_chat(traffic)]
        yield from report(self, traffic, self.name, sightings, techniques=("T1071",), facts=_describe)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A request that hands something over, and what is odd about it."""

    exchange: HttpExchange
    signs: tuple[str, ...]


def _judge_web(exchanges: tuple[HttpExchange, ...]) -> Iterator[Sighting]:
    """Add up what each computer told each server outside."""
    pairs: dict[tuple[str, str], list[HttpExchange]] = {}
    loaded: dict[str, float] = {}
    for one in exchanges:
        if program_kind(one.answer_head).endswith("_program"):
            loaded[one.client] = min(one.at_s, loaded.get(one.client, math.inf))
    services = {host for host in {one.host for one in exchanges} if ADDRESS_SERVICES.search(host_of(host))}
    curious = {one.client for one in exchanges if one.host in services}
    for one in exchanges:
        if one.method and is_outside(one.server) and not _is_check(one):
            pairs.setdefault((one.client, one.host or one.server), []).append(one)
    for group in pairs.values():
        turns = pages_in_turn(group)
        judged = [_Judged(one, odd) for one in group if (odd := _odd_about(one, is_turn=bool(turns)))]
        if not judged:
            continue
        best = max(judged, key=lambda one: sum(WEIGHTS[sign] for sign in one.signs))
        signs = [*best.signs, *odd_together([one.exchange for one in judged]), *turns]
        if loaded.get(best.exchange.client, math.inf) < best.exchange.at_s:
            signs.append("after_program")
        if best.exchange.client in curious:
            signs.append("asked_own_address")
        others = [one.exchange for one in judged if one is not best][:MAX_TOLD]
        yield from _sight_web(best.exchange, signs, others)


def _is_check(exchange: HttpExchange) -> bool:
    """Tell whether a certificate is asked about (OCSP), which goes unencrypted to anywhere by design."""
    return exchange.headers.get("content-type", "").startswith(("application/ocsp", "application/timestamp"))


def _sight_web(exchange: HttpExchange, signs: Sequence[str], others: Sequence[HttpExchange]) -> Iterator[Sighting]:
    """Tell the oddest request with all its signs, and the others of the same channel once each."""
    points = sum(WEIGHTS[sign] for sign in dict.fromkeys(signs))
    if points < ENOUGH + MAKERS_BONUS * is_of_maker(host_of(exchange.host)):
        return
    confidence = min(0.95, 0.5 + 0.07 * points)
    example = exchange.host or exchange.server  # of web addresses only the host is kept
    told = [*((exchange, sign) for sign in dict.fromkeys(signs)), *((other, signs[0]) for other in others)]
    for one, sign in told:
        yield Sighting(
            one.client,
            one.server,
            sign,
            one.at_s,
            one.record,
            confidence=confidence,
            example=example,
            technique="T1071.001",
        )


def _odd_about(exchange: HttpExchange, *, is_turn: bool) -> tuple[str, ...]:
    """Name the oddities of one request, if it can carry news: a body, a question, or an asker that is odd by itself."""
    plain = (*odd_place(exchange.host or exchange.server, exchange.server_port), *odd_client(exchange))
    if exchange.method == "POST":
        return (*plain, *odd_post(exchange), *odd_target(exchange.target))
    if not plain or not (is_turn or "?" in exchange.target or OLD_NAME in plain):
        return ()
    return (*plain, *odd_target(exchange.target))


def _judge_tls(sessions: tuple[TlsSession, ...]) -> Iterator[Sighting]:
    """Add up what is odd about encrypted sessions with servers outside."""
    bare: dict[tuple[str, int], set[str]] = {}
    for one in sessions:
        if not one.sni and is_outside(one.server):
            bare.setdefault((one.client, one.server_port), set()).add(one.server)
    seen: set[tuple[str, str]] = set()
    for one in sessions:
        if (one.client, one.server) in seen or not is_outside(one.server):
            continue
        signs = list(odd_session(one))
        if signs and len(bare.get((one.client, one.server_port), ())) > 1 and "odd_tls_port" in signs:
            signs.append("same_port_elsewhere")
        points = sum(WEIGHTS[sign] for sign in signs)
        if points < ENOUGH - 1:
            continue
        severity = Severity.MEDIUM if MADE_NAMES & set(signs) else Severity.LOW
        seen.add((one.client, one.server))
        example = one.certificates[0].subject if one.certificates else one.sni
        confidence = min(0.95, 0.5 + 0.07 * points)
        for sign in signs:
            yield Sighting(
                one.client, one.server, sign, one.at_s, one.record, severity, confidence, example, "T1573.002"
            )


def _judge_chat(traffic: Traffic) -> Iterator[Sighting]:
    """Look at chats in which a machine waits for orders."""
    for one in signs_of(traffic, "chat_name"):
        client, server = traffic.ends(one.flow)
        name = one.head.decode("latin-1")
        signs = ["machine_chat_name"] if CHAT_NAME.search(name) else []
        if int(traffic.flows.server_port[one.flow]) not in CHAT_PORTS:
            signs.append("chat_on_odd_port")
        if looks_machine_made(name.lower()):
            signs.append("chat_name_made_up")
        if not is_outside(server) or sum(WEIGHTS[sign] for sign in signs) < ENOUGH - 1:
            continue
        for sign in signs:
            yield Sighting(client, server, sign, one.at_s, one.record, Severity.MEDIUM, 0.75, name, "T1071")


def _describe(group: Sequence[Sighting]) -> tuple[Evidence, ...]:
    return (Evidence("points", sum(WEIGHTS[sign] for sign in {one.sign for one in group}), ENOUGH - 1),)
