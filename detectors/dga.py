"""Finds bursts of unknown names that a program made up to find its master.

Before this on the path: a Traffic and ``models/dga_names.onnx``. After it: the worker's wire.
Whether names look computed says the model, for three and more unknown names of one computer together; where it cannot
be used, a rule about letter pairs. It is asked about names that do not exist, never about those that do.
Quiet on purpose: a browser's start-up probes, which have no dot; names of the office asked outside (split DNS), which
share one domain; reputation lists, whose domain exists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

from detectors.contract.conversations import DnsMessage
from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import ModelRefused, SkippedCheck, SkipReason
from detectors.contract.finding import Evidence, Finding, Scalar, Severity, Subject
from detectors.contract.traffic import Traffic, network_finding
from detectors.engines.onnx_engine import OnnxModel
from detectors.features.hosts import name_some, strongest_of_each
from detectors.features.inside import host_of
from detectors.features.name_features import NAMES
from detectors.features.name_reasons import judge_names
from detectors.features.names import looks_machine_made, looks_random, prefix_of, registered_name
from detectors.features.rhythm import busiest_stretch

MODEL = "dga_names"
WINDOW_S = 600.0
MIN_UNKNOWN = 6
"""Different unknown domains within the window; measured in benchmarks/quality.py."""
MIN_SHARE = 0.5
"""Of all domains asked for in that time: somebody who surfs behind a blocking resolver mostly meets known ones."""
MANY_UNKNOWN = 30
"""So many count whatever else was asked."""
MIN_MADE = 3
"""The same, where the names look made by a machine; for the rule, where no model can be asked."""
MIN_ENDINGS = 3
"""One label tried under so many endings (.com, .net, .top)."""
NO_SUCH_NAME, SERVER_FAILED = 3, 2
ADDRESS_TYPES = frozenset({1, 28, 255})
"""A, AAAA, ANY."""
MIN_VISITS = 3
"""Web requests that nobody clicked, to a domain whose name was drawn by lot."""
MAX_EXAMPLES = 5
MIN_LABEL = 5


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A domain that does not exist (or should not), at the time it was asked for."""

    at_s: float
    domain: str
    record: int
    server: str

    @property
    def label(self) -> str:
        return self.domain.partition(".")[0]


class Dga(Detector):
    """Counts domains that do not exist, for each client, and looks at how they are made."""

    name: ClassVar[str] = "dga"
    version: ClassVar[str] = "2"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("dga",)

    def __init__(self, model: OnnxModel | None = None, problem: str = "") -> None:
        self._model = model
        self._problem = problem

    @classmethod
    def build(cls, context: DetectorContext) -> Self:
        """Load the model; where it cannot be used, the rule goes on and the gap is said."""
        if context.models_folder is None:
            return cls()
        try:
            return cls(_load(context))
        except ModelRefused as error:
            return cls(problem=str(error.values.get("problem", "missing")))

    def gaps(self) -> tuple[SkippedCheck, ...]:
        """Say that the model could not be used."""
        if not self._problem:
            return ()
        detail: dict[str, Scalar] = {"model": MODEL, "problem": self._problem}
        return (SkippedCheck(Subject("model", MODEL), SkipReason.MODEL_REFUSED, MODEL, detail),)

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Look at each client's busiest stretch of unknown domains."""
        findings = []
        unknown_of, known_of = _sort_domains(traffic)
        for client, unknown in unknown_of.items():
            burst = busiest_stretch(unknown, WINDOW_S)
            is_made, made, reasons = self._judge(burst)
            is_burst = len(burst) >= MIN_UNKNOWN and _prevails(burst, known_of[client])
            if is_burst or is_made or _tries_endings(burst):
                findings.append(self._say(traffic, client, burst, made, reasons))
        findings += self._visits(traffic)
        yield from strongest_of_each(findings)

    def _judge(self, burst: Sequence[_Unknown]) -> tuple[bool, list[_Unknown], tuple[Evidence, ...]]:
        """Tell whether names look made by a machine, which ones do by themselves, and what makes them look so."""
        if self._model is None:
            made = [one for one in burst if looks_machine_made(one.label)]
            return len(made) >= MIN_MADE, made, ()
        labels = list(dict.fromkeys(one.label for one in burst))
        verdict = judge_names(self._model.score, self._model.card.facts, labels)
        made = [one for one in burst if one.label in verdict.computed]
        reasons = (*verdict.reasons, Evidence("models", [MODEL])) if verdict.is_computed else ()
        return verdict.is_computed, made, reasons

    def _visits(self, traffic: Traffic) -> Iterator[Finding]:
        """Find the one made-up name that exists and is used: what a burst of unknown ones leads to."""
        visits: dict[tuple[str, str], list[_Unknown]] = defaultdict(list)
        for one in traffic.http:
            domain = registered_name(host_of(one.host))
            if looks_random(domain.partition(".")[0]) and "referer" not in one.headers:
                visits[one.client, domain].append(_Unknown(one.at_s, domain, one.record, one.server))
        for (client, _), found in visits.items():
            if len(found) >= MIN_VISITS:
                yield self._say(traffic, client, found, found)

    def _say(
        self,
        traffic: Traffic,
        client: str,
        burst: Sequence[_Unknown],
        made: Sequence[_Unknown],
        reasons: Sequence[Evidence] = (),
    ) -> Finding:
        is_sure = len({one.domain for one in made}) >= 2 * MIN_MADE
        return network_finding(
            self,
            traffic,
            reason="dga",
            host=client,
            severity=Severity.MEDIUM,
            confidence=0.85 if is_sure else 0.7,
            evidence=(
                Evidence("unknown_names", len({one.domain for one in burst}), 1),
                Evidence("machine_made", len({one.domain for one in made}), 0),
                Evidence("examples", list(dict.fromkeys(one.domain for one in made or burst))[:MAX_EXAMPLES]),
                Evidence("other_side", name_some(one.server for one in burst)),
                *reasons,
            ),
            seen_s=(burst[0].at_s, burst[-1].at_s),
            records=[one.record for one in burst],
            techniques=("T1568.002",),
        )


def _load(context: DetectorContext) -> OnnxModel:
    """Load a model that takes exactly our columns, and knows its limits."""
    model = OnnxModel.load_for(context, MODEL)
    if model.card.features != NAMES or not _are_limits(model.card.facts.get("limits")):
        raise ModelRefused(name=MODEL, problem="does_not_fit")
    return model


def _are_limits(untrusted_limits: object) -> bool:
    """Tell whether a card holds pairs of a number of names and a score."""
    rows = untrusted_limits if isinstance(untrusted_limits, list) else []
    return bool(rows) and all(
        isinstance(row, list) and len(row) == 2 and all(isinstance(one, int | float) for one in row)  # noqa: PLR2004
        for row in rows
    )


def _sort_domains(traffic: Traffic) -> tuple[dict[str, list[_Unknown]], dict[str, list[float]]]:
    """List for each client the domains that nobody owns, each once, and when it first asked for the others."""
    exists: dict[tuple[str, str], float] = {}
    first: dict[tuple[str, str], _Unknown] = {}
    for message in traffic.dns:
        if not message.is_response or message.transport not in ("udp", "tcp"):
            continue
        key = (message.client, registered_name(message.name))
        if message.rcode == 0:
            exists.setdefault(key, message.at_s)
        elif _counts(message, key[1]):
            first.setdefault(key, _Unknown(message.at_s, key[1], message.record, message.server))
    found: dict[str, list[_Unknown]] = defaultdict(list)
    for key, unknown in sorted(first.items(), key=lambda item: item[1].at_s):
        if key not in exists:
            found[key[0]].append(unknown)
    known: dict[str, list[float]] = defaultdict(list)
    for (client, _), at_s in exists.items():
        known[client].append(at_s)
    return found, known


def _prevails(burst: Sequence[_Unknown], known_s: Sequence[float]) -> bool:
    """Tell whether unknown domains are most of what was asked for in that stretch."""
    others = sum(burst[0].at_s - WINDOW_S / 2 <= at_s <= burst[-1].at_s + WINDOW_S / 2 for at_s in known_s)
    return len(burst) >= MANY_UNKNOWN or len(burst) >= MIN_SHARE * (len(burst) + others)


def _counts(message: DnsMessage, domain: str) -> bool:
    """Take answers "no such name" about a domain itself; a failed server only when the name looks made up."""
    name = message.name
    if message.qtype not in ADDRESS_TYPES or "." not in name or name.endswith((".arpa", ".local", ".lan", ".home")):
        return False
    if prefix_of(name) not in ("", "www"):
        return False
    label = domain.partition(".")[0]
    return message.rcode == NO_SUCH_NAME or (message.rcode == SERVER_FAILED and looks_machine_made(label))


def _tries_endings(burst: Sequence[_Unknown]) -> bool:
    """Tell whether one label was tried under several endings."""
    endings: dict[str, set[str]] = defaultdict(set)
    for one in burst:
        if len(one.label) >= MIN_LABEL:
            endings[one.label].add(one.domain.partition(".")[2])
    return any(len(found) >= MIN_ENDINGS for found in endings.values())
