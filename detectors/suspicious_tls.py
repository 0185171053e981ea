"""Tells of encryption that protects less than it should: run-out, self-made, weak or odd certificates and ciphers.

Before this on the path: ``Traffic.tls``. After it: the worker's wire.
Nearly all of it is harmless on devices in the house, so inside it is told as good to know. One finding for each server.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar, Final

from detectors.contract.conversations import Certificate, TlsSession
from detectors.contract.detector import Detector
from detectors.contract.finding import Finding, Severity
from detectors.contract.traffic import Traffic
from detectors.features.inside import is_outside
from detectors.features.sightings import Sighting, report

DAY_S: Final = 86_400
BROKEN_CIPHERS: Final = frozenset(
    {
        0x0000, 0x0001, 0x0002, 0x0003, 0x0004, 0x0006, 0x0008, 0x0009, 0x000B, 0x000C, 0x000E, 0x000F, 0x0011,
        0x0012, 0x0014, 0x0015, 0x0017, 0x0018, 0x0019, 0x001A, 0x001B, 0x0034, 0x003A, 0x003B, 0x0060, 0x0062,
        0x0064, 0x006C, 0x006D, 0xC001, 0xC006, 0xC00B, 0xC010, 0xC015, 0xC016, 0xC017, 0xC018, 0xC019,
    }
)  # fmt: skip
"""Without encryption, without proof of who it is, export-grade, single DES, RC4 with MD5 (RFC 7465, RFC 9325)."""
SSL3: Final = 0x0300
MIN_RSA_BITS: Final = 1_024
BROKEN_HASHES: Final = frozenset({"md5", "md2", "md4"})
LONG_LIFE_S: Final = 30 * 365 * DAY_S
FILL_INS: Final = re.compile(
    r"Internet Widgits|Default Company|Some-State|O=Example Corp|L=Default City|CN=example\.com|O=Acme Co\b",
    re.IGNORECASE,
)
"""What programs put in where nobody filled in anything."""

WEB_PORTS: Final = frozenset({443, 4443, 8443, 9443})
WEB_PROTOCOLS: Final = frozenset({"h2", "http/1.1", "http/1.0", "spdy/3.1", "h3"})

MAX_NAMES: Final = 32
"""As many names of a certificate are kept (contract); where there are so many, the right one may be behind them."""

SEVERITIES: Final[dict[str, Severity]] = {
    "run_out": Severity.MEDIUM,
    "not_yet_valid": Severity.LOW,
    "broken_cipher": Severity.MEDIUM,
    "old_cipher": Severity.LOW,
    "old_version": Severity.MEDIUM,
    "weak_key": Severity.MEDIUM,
    "broken_signature": Severity.LOW,
    "self_made": Severity.INFORMATIONAL,
    "self_made_website": Severity.MEDIUM,
    "filled_in_by_nobody": Severity.MEDIUM,
    "other_name": Severity.INFORMATIONAL,
    "endless": Severity.INFORMATIONAL,
}
"""For servers on the internet; inside, all of it is informational."""


class SuspiciousTls(Detector):
    """Looks at the server's certificate and the chosen cipher."""

    name: ClassVar[str] = "suspicious_tls"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("suspicious_tls",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Give one finding for each server."""
        sightings = [one for session in traffic.tls for one in _judge(session)]
        yield from report(self, traffic, self.name, sightings, techniques=("T1573", "T1587.003"))


def _judge(session: TlsSession) -> Iterator[Sighting]:
    signs = [*_odd_hello(session), *_odd_certificate(session)]
    if not signs:
        return
    base = Sighting(
        session.server, session.client, "", session.at_s, session.record, confidence=0.8, example=_name(session)
    )
    for sign in signs:
        severity = SEVERITIES[sign] if is_outside(session.server) else Severity.INFORMATIONAL
        yield replace(base, sign=sign, severity=severity)


def _name(session: TlsSession) -> str:
    return session.sni or (session.certificates[0].subject if session.certificates else "")


def _odd_hello(session: TlsSession) -> Iterator[str]:
    if not session.has_server_hello:
        return
    if 0 < session.version <= SSL3:
        yield "old_version"
    if session.cipher in BROKEN_CIPHERS:
        yield "broken_cipher" if not session.sni else "old_cipher"


def _odd_certificate(session: TlsSession) -> Iterator[str]:
    if not session.certificates:
        return
    leaf = session.certificates[0]
    if leaf.not_after_s + DAY_S < session.at_s:
        yield "run_out"
    if leaf.not_before_s - DAY_S > session.at_s:
        yield "not_yet_valid"
    if leaf.not_after_s - leaf.not_before_s > LONG_LIFE_S:
        yield "endless"
    if leaf.key_kind == "rsa" and 0 < leaf.key_bits < MIN_RSA_BITS:
        yield "weak_key"
    if leaf.signature_hash in BROKEN_HASHES and not leaf.is_self_signed:
        yield "broken_signature"
    if leaf.is_self_signed:
        yield _sign_of_self_made(session, leaf)
    elif session.sni and 0 < len(leaf.names) < MAX_NAMES and not _covers(leaf, session.sni):
        yield "other_name"


def _sign_of_self_made(session: TlsSession, leaf: Certificate) -> str:
    """Tell a website that vouches for itself from services with a protocol of their own, where that is usual."""
    if FILL_INS.search(leaf.subject):
        return "filled_in_by_nobody"
    is_website = session.server_port in WEB_PORTS and WEB_PROTOCOLS.issuperset(session.alpn)
    return "self_made_website" if is_website else "self_made"


def _covers(leaf: Certificate, sni: str) -> bool:
    """Compare as RFC 6125 does: a star stands for one label on the left."""
    wild = "*." + sni.partition(".")[2]
    return any(name.lower() in {sni, wild} for name in leaf.names)
