"""Finds one computer that answers whatever name is called out in the neighbourhood (LLMNR, NetBIOS names), or "wpad".

Before this on the path: a Traffic. After it: the worker's wire.
Quiet on purpose: a computer that answers for itself; a printer with a few service names over mDNS; a WINS server, which
is asked directly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import ClassVar

from detectors.contract.conversations import DnsMessage
from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import MAX_RECORDS, Traffic, network_finding
from detectors.features.hosts import name_some, strongest_of_each

MIN_NAMES = 3
"""Different names that one computer claims: it has one of its own, sometimes an alias."""
BAIT = frozenset({"wpad", "isatap"})
"""Names that Windows calls out to find a proxy or a gateway; nobody has a computer of that name."""
NODE_STATUS = 33
"""A NetBIOS answer that lists a computer's own names."""
CALLED_OUT = frozenset({"llmnr", "nbns"})


class NamePoisoning(Detector):
    """Counts the names that one computer claims."""

    name: ClassVar[str] = "name_poisoning"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("name_poisoning",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Look at each computer that answered."""
        yield from strongest_of_each(self._claims(traffic))

    def _claims(self, traffic: Traffic) -> Iterator[Finding]:
        asked_directly = {
            (one.client, one.server, one.name) for one in traffic.dns if not one.is_response and one.transport == "nbns"
        }
        by_host: dict[str, list[DnsMessage]] = defaultdict(list)
        for one in traffic.dns:
            if _claims_a_name(one) and (one.client, one.server, one.name) not in asked_directly:
                by_host[one.server].append(one)
        for host, said in by_host.items():
            names = sorted({_host_part(one.name or one.answers[0][0]) for one in said})
            bait = [name for name in names if name in BAIT]
            if len(names) >= MIN_NAMES or bait:
                yield self._say(traffic, host, said, names, bait)

    def _say(self, traffic: Traffic, host: str, said: list[DnsMessage], names: list[str], bait: list[str]) -> Finding:
        return network_finding(
            self,
            traffic,
            reason="name_poisoning",
            host=host,
            severity=Severity.MEDIUM,
            confidence=0.9 if len(names) >= MIN_NAMES else 0.75,
            evidence=(
                Evidence("claimed_names", len(names), 1),
                Evidence("examples", list(dict.fromkeys(bait + names))[:5]),
                Evidence("sign_bait_name", bool(bait), usual=False),
                Evidence("other_side", name_some(one.client for one in said)),
                Evidence("count", len(said)),
            ),
            seen_s=(min(one.at_s for one in said), max(one.at_s for one in said)),
            records=[one.record for one in said[:MAX_RECORDS]],
            techniques=("T1557.001",),
        )


def _claims_a_name(message: DnsMessage) -> bool:
    """Tell whether somebody says "that is me"; over mDNS, where services have many names, only for a bait."""
    is_told = message.is_response and message.rcode == 0 and message.answers
    if not is_told or message.answers[0][1] == NODE_STATUS or "__msbrowse__" in message.name:
        return False
    is_bait = message.transport == "mdns" and _host_part(message.name or message.answers[0][0]) in BAIT
    return message.transport in CALLED_OUT or is_bait


def _host_part(name: str) -> str:
    """Take the host's own name: NetBIOS adds a kind (``wpad<00>``), LLMNR sometimes a domain."""
    return name.lower().partition("<")[0].partition(".")[0].strip()
