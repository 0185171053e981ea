"""Joins many sightings of one thing into one finding for each computer.

Before this on the path: a network detector, which saw single requests, calls or packets. After it: ``network_finding``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, FoundBy, Severity
from detectors.contract.traffic import Traffic, network_finding

MAX_FINDINGS = 50
"""For one detector and capture; the strongest stay, the number of the others is told."""
MAX_EXAMPLES = 5
EXAMPLE_LETTERS = 200
MAX_SIGNS = 12


@dataclass(frozen=True, slots=True)
class Sighting:
    """One thing, seen once."""

    host: str
    """Who did it."""
    other: str
    """The other side."""
    sign: str
    """What was seen: a stable key."""
    at_s: float
    record: int
    severity: Severity = Severity.MEDIUM
    confidence: float = 0.8
    example: str = ""
    """What it looked like: hostile text, shown as it came, without secrets."""
    technique: str = ""


Facts = Callable[[Sequence[Sighting]], Sequence[Evidence]]
"""Makes more evidence from all sightings of one computer."""


def report(
    detector: Detector,
    traffic: Traffic,
    reason: str,
    sightings: Iterable[Sighting],
    *,
    techniques: Sequence[str],
    facts: Facts | None = None,
    found_by: FoundBy = FoundBy.RULE,
) -> Iterator[Finding]:
    """Give one finding for each computer that did it, the strongest first.

    Args:
        detector: Who says it.
        traffic: Where it was seen.
        reason: Id of the explanation.
        sightings: In any order.
        techniques: ATT&CK ids of the reason; those of the sightings come first.
        facts: Makes evidence that goes before the common one.
        found_by: Rule, model or pattern.
    """
    groups: dict[str, list[Sighting]] = {}
    for one in sightings:
        groups.setdefault(one.host, []).append(one)
    ranked = sorted(groups.items(), key=lambda item: (-max(one.severity for one in item[1]), -len(item[1]), item[0]))
    left_out = len(ranked) - MAX_FINDINGS
    for place, (host, group) in enumerate(ranked[:MAX_FINDINGS]):
        group.sort(key=lambda one: (-one.severity, -one.confidence, one.at_s, one.record))
        more = [Evidence("computers_not_shown", left_out)] if place == 0 and left_out > 0 else []
        yield network_finding(
            detector,
            traffic,
            reason=reason,
            host=host,
            severity=group[0].severity,
            confidence=max(one.confidence for one in group),
            evidence=(*(facts(group) if facts else ()), *_weigh(group), *more),
            seen_s=(min(one.at_s for one in group), max(one.at_s for one in group)),
            records=[one.record for one in group],
            techniques=tuple(dict.fromkeys([*(one.technique for one in group if one.technique), *techniques])),
            found_by=found_by,
        )


def name_others(others: Iterable[str]) -> str:
    """Name the end that was met most, and say with dots that there were more."""
    counts = Counter(others)
    if not counts:
        return ""
    main = min(counts, key=lambda name: (-counts[name], name))
    return main if len(counts) == 1 else f"{main}, ..."


def _weigh(group: Sequence[Sighting]) -> list[Evidence]:
    """List what speaks for it, how often it was seen and with whom."""
    signs = list(dict.fromkeys(one.sign for one in group))
    examples = list(dict.fromkeys(one.example[:EXAMPLE_LETTERS] for one in group if one.example))
    return [
        *(Evidence(f"sign_{sign}", observed=True, usual=False) for sign in signs[:MAX_SIGNS]),
        Evidence("times", len({(one.record, one.other) for one in group})),
        Evidence("other_side", name_others(one.other for one in group)),
        Evidence("other_sides", len({one.other for one in group})),
        *([Evidence("examples", examples[:MAX_EXAMPLES])] if examples else []),
    ]
