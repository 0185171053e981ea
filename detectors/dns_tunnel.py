"""Finds data that travels inside look-ups: many different long names below one domain, or odd kinds of question.

Before this on the path: a Traffic. After it: the worker's wire.
Quiet on purpose: content networks, whose names are few and short; antivirus and mail reputation lists, whose answers
are addresses of the computer itself (127.x) or whose names hold an address backwards.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from detectors.contract.conversations import DnsMessage
from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.traffic import MAX_RECORDS, Traffic, network_finding
from detectors.features.hosts import name_some, strongest_of_each
from detectors.features.names import entropy_bits, prefix_of, registered_name

MIN_NAMES = 15
"""Different names below one domain. https://www.sans.org/white-papers/34152 and measured in benchmarks/quality.py."""
MIN_LABEL = 18
"""Mean length of their longest label: content networks stay below 16."""
MIN_FRESH_LETTERS = 32
"""Or mean letters of a name's labels that come only once, where a tunnel cuts its data into short ones."""
MIN_FRESH = 0.7
"""Share of the questions that ask for a name not asked before: a tunnel must not be answered from memory."""
MIN_ENTROPY = 3.0
"""Bits per letter over the names; words have about 3, hex digits 3.7, base32 4.5."""
MIN_ODD = 8
MIN_ODD_SHARE = 0.6
"""Questions of kinds that carry data back, and their share of all questions below the domain."""
MIN_ODD_NAMES = 6
MIN_RAW = 5
"""Questions of kinds that only tunnels ask."""
MAX_LOCAL_ANSWERS = 0.3
"""Share of answers that are 127.x: a list that was asked."""
CARRIERS = frozenset({5, 10, 15, 16, 25})
"""CNAME, NULL, MX, TXT, KEY."""
RAW_TYPES = frozenset({10, 65_399, 65_400})
"""NULL and private kinds."""
LISTS = frozenset(
    ["e5.sk", "mailshell.net", "mcafee.com", "senderbase.org", "sophosxl.net", "sophosxl.com", "spamhaus.org",
     "spamhaus.net", "surbl.org", "trendmicro.com", "uribl.com"]
)  # fmt: skip
"""Virus scanners and mail lists ask below these domains about files and mail; nobody else can answer there."""
MAX_KEPT = 5_000
"""Names remembered for one domain."""


@dataclass(slots=True)
class _Domain:
    """What one client asked below one domain."""

    client: str
    name: str
    questions: int = 0
    carriers: int = 0
    raw: int = 0
    names: set[str] = field(default_factory=set)
    answers: int = 0
    local_answers: int = 0
    servers: set[str] = field(default_factory=set)
    records: list[int] = field(default_factory=list)
    first_s: float = 0.0
    last_s: float = 0.0

    def ask(self, message: DnsMessage, prefix: str) -> None:
        """Count one question."""
        self.first_s = message.at_s if not self.questions else self.first_s
        self.last_s = message.at_s
        self.questions += 1
        self.carriers += message.qtype in CARRIERS
        self.raw += message.qtype in RAW_TYPES
        if len(self.names) < MAX_KEPT:
            self.names.add(prefix)
            self.servers.add(message.server)
        if len(self.records) < MAX_RECORDS:
            self.records.append(message.record)

    def answer(self, message: DnsMessage) -> None:
        """Count one answer."""
        self.answers += 1
        self.local_answers += any(data.startswith("127.") for *_, data in message.answers)


class DnsTunnel(Detector):
    """Weighs every domain that one client asked about."""

    name: ClassVar[str] = "dns_tunnel"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("dns_tunnel",)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Count first, then weigh."""
        domains = [domain for domain in _count(traffic) if _is_tunnel(domain)]
        domains.sort(key=lambda domain: -domain.questions)
        yield from strongest_of_each(self._say(traffic, domain) for domain in domains)

    def _say(self, traffic: Traffic, domain: _Domain) -> Finding:
        is_list = domain.name in LISTS or domain.local_answers > MAX_LOCAL_ANSWERS * domain.answers
        return network_finding(
            self,
            traffic,
            reason="dns_tunnel",
            host=domain.client,
            severity=Severity.LOW if is_list else Severity.MEDIUM,
            confidence=0.85 if domain.questions >= 2 * MIN_NAMES else 0.75,
            evidence=(
                Evidence("names", len(domain.names), 5),
                Evidence("mean_name_letters", round(_mean_letters(domain)), 10),
                Evidence("domain", domain.name),
                Evidence("data_questions", domain.carriers, 0),
                Evidence("count", domain.questions),
                Evidence("other_side", name_some(sorted(domain.servers))),
            ),
            seen_s=(domain.first_s, domain.last_s),
            records=domain.records,
            techniques=("T1071.004", "T1048.003"),
        )


def _count(traffic: Traffic) -> list[_Domain]:
    """Sum up questions and answers; where only answers were captured, they stand for their questions."""
    has_questions = {message.client for message in traffic.dns if not message.is_response}
    domains: dict[tuple[str, str], _Domain] = {}
    for message in traffic.dns:
        name = message.name
        if message.transport not in ("udp", "tcp") or not _may_carry(name):
            continue
        key = (message.client, registered_name(name))
        domain = domains.get(key)
        if domain is None:
            domain = domains[key] = _Domain(*key)
        if message.is_response:
            domain.answer(message)
        if not message.is_response or message.client not in has_questions:
            domain.ask(message, prefix_of(name))
    return list(domains.values())


def _may_carry(name: str) -> bool:
    """Leave out names with a fixed meaning: addresses written backwards, services, names without a dot."""
    if "." not in name or name.endswith(".arpa") or name.startswith("_") or "._" in name:
        return False
    return not all(label.isdigit() for label in name.split(".", 4)[:4])


def _is_tunnel(domain: _Domain) -> bool:
    if domain.raw >= MIN_RAW:
        return True
    is_carrying = domain.carriers >= MIN_ODD and domain.carriers >= MIN_ODD_SHARE * domain.questions
    if is_carrying and len(domain.names) >= MIN_ODD_NAMES:
        return True
    if len(domain.names) < max(MIN_NAMES, MIN_FRESH * min(domain.questions, MAX_KEPT)):
        return False
    entropy = entropy_bits("".join(sorted(domain.names)[:100]).replace(".", ""))
    is_long = _mean_longest(domain) >= MIN_LABEL or _mean_fresh_letters(domain) >= MIN_FRESH_LETTERS
    return is_long and entropy >= MIN_ENTROPY


def _mean_letters(domain: _Domain) -> float:
    return sum(map(len, domain.names)) / len(domain.names)


def _mean_fresh_letters(domain: _Domain) -> float:
    labels = Counter(label for name in domain.names for label in name.split("."))
    return sum(len(label) for label, times in labels.items() if times == 1) / len(domain.names)


def _mean_longest(domain: _Domain) -> float:
    return sum(max(map(len, name.split("."))) for name in domain.names) / len(domain.names)
