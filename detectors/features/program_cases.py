"""Gathers what a detector saw of single programs into one finding for a family of programs and an hour.

Before this on the path: the detectors of behaviour. After it: findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.programs import HOUR_S, Program, Programs, program_finding
from detectors.features.program_evidence import describe_start
from detectors.features.program_tree import tree_key

MAX_FINDINGS = 100
"""Of one detector and stretch, the most serious ones: nobody reads more."""


@dataclass(frozen=True, slots=True)
class Case:
    """One program that a detector has something to say about."""

    program: Program
    severity: Severity
    confidence: float
    evidence: tuple[Evidence, ...]
    """Strongest first, without what every finding about a program carries."""
    seen_s: tuple[float, float] | None = None
    """First and last time; by default the program's start."""


def everyone(programs: Programs) -> list[Program]:
    """List the programs that started or run, each once."""
    return list(dict.fromkeys((*programs.starts, *programs.running)))


def say_cases(
    detector: Detector, programs: Programs, cases: Iterable[Case], *, reason: str, techniques: Sequence[str]
) -> Iterator[Finding]:
    """Say one thing for each family and hour: its most serious case, and how many programs of it are concerned."""
    families: dict[tuple[str, int], list[Case]] = {}
    for case in cases:
        families.setdefault((tree_key(case.program), _hour(case, programs)), []).append(case)
    ranked = sorted(families.items(), key=lambda family: -max(case.severity for case in family[1]))
    for (tree, _), members in ranked[:MAX_FINDINGS]:
        worst = max(case.severity for case in members)
        serious = [case for case in members if case.severity == worst]
        chosen = serious[0]
        count = (Evidence("count", len(serious), None),) if len(serious) > 1 else ()
        yield program_finding(
            detector,
            programs,
            reason=reason,
            about=chosen.program,
            severity=worst,
            confidence=chosen.confidence,
            evidence=(*chosen.evidence, *count, *describe_start(chosen.program)),
            tree=tree,
            starts=[case.program for case in serious],
            seen_s=_span(serious),
            techniques=techniques,
        )


def _span(cases: Sequence[Case]) -> tuple[float, float] | None:
    known = [case.seen_s for case in cases if case.seen_s]
    return (min(one[0] for one in known), max(one[1] for one in known)) if known else None


def _hour(case: Case, programs: Programs) -> int:
    at_s = case.seen_s[0] if case.seen_s else case.program.started_s
    at_s = programs.now_s if at_s is None else at_s
    return int((at_s or 0.0) // HOUR_S)
