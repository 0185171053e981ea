"""Judges the unknown names of one computer together, and says which of their numbers make them look computed.

Before this on the path: labels, the model ``dga_names`` and its card. After it: ``dga``, which tells it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from detectors.contract.finding import Evidence
from detectors.features.name_features import NAMES, UNITS, name_rows
from detectors.features.occlusion import Floats, Score, find_reasons, judge_row

MOST_NAMES = 2_000
"""Of one computer: more tell nothing new."""
_STEPS = {"letters": 5.0, "%": 0.25, "bits": 1.0, "yes or no": 1.0}
"""What compares between columns."""
SPREAD_OF = np.array([_STEPS[UNITS[name]] for name in NAMES])


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """What the model says of several names together."""

    is_computed: bool
    computed: frozenset[str]
    """Labels that look computed by themselves."""
    reasons: tuple[Evidence, ...]


def judge_names(score: Score, facts: Mapping[str, Any], labels: Sequence[str]) -> NameVerdict:
    """Judge labels together: their mean score counts, against the limit for so many names.

    Args:
        score: Asked with [n, F].
        facts: The model's card.
        labels: Different ones, of one computer.
    """
    labels = labels[:MOST_NAMES]
    limits = [(int(size), float(limit)) for size, limit in facts["limits"] if size <= len(labels)]
    if not limits:
        return NameVerdict(is_computed=False, computed=frozenset(), reasons=())
    rows = name_rows(labels)
    scores = score(rows)
    limit = max(limits)[1]
    computed = frozenset(label for label, own in zip(labels, scores.tolist(), strict=True) if own > limit)
    if not scores.mean() > limit:
        return NameVerdict(is_computed=False, computed=computed, reasons=())
    return NameVerdict(is_computed=True, computed=computed, reasons=_reasons(score, facts, rows))


def _reasons(score: Score, facts: Mapping[str, Any], rows: Floats) -> tuple[Evidence, ...]:
    """Name the numbers of the middle of these names that lift the score most, each beside its usual value."""
    usual = np.asarray(facts["usual"], np.float32)
    seen = rows.mean(axis=0)
    judge = judge_row(score, seen, usual, lambda values, _columns: values)
    found = find_reasons(judge, (seen - usual) / SPREAD_OF)
    return tuple(_told(NAMES[one.part], float(seen[one.part]), float(usual[one.part])) for one in found.strongest)


def _told(name: str, seen: float, usual: float) -> Evidence:
    if UNITS[name] == "yes or no":
        return Evidence(name, seen >= 0.5, usual >= 0.5)  # noqa: PLR2004 - half way
    if UNITS[name] == "%":
        return Evidence(name, round(100 * seen), round(100 * usual), "%")
    return Evidence(name, round(seen, 1), round(usual, 1))
