"""Looks for Tor, which hides who talks to whom. A question of policy: is this wanted here?

Before this on the path: ``Traffic.tls`` and ``dns``. After it: the worker's wire.
Relays show a made-up server name that nobody ever looked up, and a certificate whose two names are both made up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Final

from detectors.contract.conversations import TlsSession
from detectors.contract.detector import Detector
from detectors.contract.finding import Finding
from detectors.contract.traffic import Traffic
from detectors.features.inside import is_outside
from detectors.features.names import looks_machine_made
from detectors.features.sightings import Sighting, report

MADE_UP: Final = re.compile(r"\Awww\.([a-z2-7]{8,25})\.(?:com|net|org)\Z")
"""Both names that Tor makes (tor source, ``tor_tls_context_init_certificates``): base32 letters, com or net."""
RELAY_PORTS: Final = frozenset({9001, 9002, 9003, 9030, 9040, 9050, 9051, 9150})
DIRECTORY: Final = re.compile(r"\A/tor/(?:status-vote|server|micro|keys|extra|rendezvous)")
"""Requests to Tor's directory over HTTP."""


class Tor(Detector):
    """Compares names of servers with what Tor makes up."""

    name: ClassVar[str] = "tor"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("tor",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Give one finding for each computer that uses it."""
        asked = {one.name for one in traffic.dns}
        sightings = [one for session in traffic.tls for one in _judge(session, asked)]
        sightings += [
            Sighting(one.client, one.server, "directory_asked", one.at_s, one.record, confidence=0.95, example=one.host)
            for one in traffic.http
            if DIRECTORY.match(one.target) and is_outside(one.server)
        ]
        yield from report(self, traffic, self.name, sightings, techniques=("T1090.003",))


def _judge(session: TlsSession, asked: set[str]) -> Iterator[Sighting]:
    if not is_outside(session.server):
        return
    sign = ""
    if _is_made_up_pair(session):
        sign = "made_up_certificate"
    elif session.sni not in asked and not session.alpn and _is_made_up(session.sni):
        sign = "made_up_name"
    if sign:
        is_relay = session.server_port in RELAY_PORTS
        confidence = 0.9 if is_relay or sign == "made_up_certificate" else 0.7
        example = session.sni or session.certificates[0].subject
        yield Sighting(
            session.client, session.server, sign, session.at_s, session.record, confidence=confidence, example=example
        )


def _is_made_up(name: str) -> bool:
    found = MADE_UP.match(name)
    return found is not None and looks_machine_made(found[1])


def _is_made_up_pair(session: TlsSession) -> bool:
    """Ask whether holder and issuer are two different made-up names and nothing else."""
    if len(session.certificates) != 1:
        return False
    leaf = session.certificates[0]
    holder, issuer = (text.removeprefix("CN=") for text in (leaf.subject, leaf.issuer))
    return holder != issuer and bool(MADE_UP.match(holder)) and bool(MADE_UP.match(issuer))
