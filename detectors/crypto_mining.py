"""Looks for talk with a mining pool: a computer that earns money for somebody.

Before this on the path: the openings of conversations, web requests, names of TLS servers. After it: the worker's wire.
Source of the words: Stratum (https://en.bitcoin.it/wiki/Stratum_mining_protocol) and its descendants.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from detectors.contract.detector import Detector
from detectors.contract.finding import Finding, Severity
from detectors.contract.traffic import Traffic
from detectors.features.sightings import Sighting, report
from detectors.features.spoken import openings_of

ORDERS: Final = re.compile(
    rb'"method"\s*:\s*"(?:mining\.[a-z]\w{1,30}(?:\.subscribe)?|eth_(?:submitLogin|submitWork|getWork|submitHashrate)|'
    rb'getblocktemplate|getwork|job|keepalived)"|"method"\s*:\s*"submit"[^}]{0,200}"job_id"'
)
"""Orders that only mining knows."""
LOGIN: Final = re.compile(rb'"method"\s*:\s*"login"')
LOGIN_DETAILS: Final = re.compile(rb'"(?:agent|rigid|algo)"\s*:|"pass"\s*:\s*"x?"')
"""What makes a login one of a miner: its program, its rig, a password that is none."""
JOB: Final = re.compile(
    rb'"job"\s*:\s*\{\s*"(?:blob|algo|job_id|height|seed_hash|target)"|"blob"\s*:\s*"[0-9a-f]{120,}'
)
POOL_NAME: Final = re.compile(
    r"(?:^|[.-])(?:stratum|xmr|monero|minexmr|minergate|nanopool|ethermine|nicehash|moneroocean|cryptonight|randomx|"
    r"[a-z0-9]{0,12}(?:mining|miners?)pools?|pool\.(?:xmr|btc|eth|rvn|ltc))\b"
)
"""Names of machines that mining programs ask for."""
SEARCHED_BYTES: Final = 2_048


class CryptoMining(Detector):
    """Finds orders of the mining protocols, and names of pools behind TLS."""

    name: ClassVar[str] = "crypto_mining"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("crypto_mining",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Give one finding for each computer that mines."""
        sightings = [*_in_openings(traffic), *_in_requests(traffic), *_in_names(traffic)]
        yield from report(self, traffic, "crypto_mining", sightings, techniques=("T1496",))


def _sign_of(data: bytes) -> str:
    """Name what a text says about mining, or nothing."""
    text = data[:SEARCHED_BYTES]
    if text.lstrip()[:1] not in {b"{", b"["}:  # JSON, one order a line
        return ""
    if ORDERS.search(text):
        return "pool_order"
    if LOGIN.search(text) and LOGIN_DETAILS.search(text):
        return "pool_login"
    return "pool_job" if JOB.search(text) else ""


def _in_openings(traffic: Traffic) -> Iterator[Sighting]:
    for opening in openings_of(traffic):
        sign = _sign_of(opening.client) or _sign_of(opening.server)
        if sign:
            client, server = traffic.ends(opening.flow)
            at_s = float(traffic.flows.started_s[opening.flow])
            yield Sighting(client, server, sign, at_s, opening.client_record or opening.server_record, confidence=0.97)


def _in_requests(traffic: Traffic) -> Iterator[Sighting]:
    for exchange in traffic.http:
        sign = _sign_of(exchange.body_head) if b'"method"' in exchange.body_head else ""
        if sign:
            yield Sighting(exchange.client, exchange.server, sign, exchange.at_s, exchange.record, confidence=0.9)


def _in_names(traffic: Traffic) -> Iterator[Sighting]:
    """Tell names quietly where a browser may have asked: reading about mining is not mining."""
    for session in traffic.tls:
        if session.sni and POOL_NAME.search(session.sni):
            severity = Severity.LOW if session.alpn else Severity.MEDIUM
            yield Sighting(
                session.client, session.server, "pool_name", session.at_s, session.record, severity, 0.6, session.sni
            )
