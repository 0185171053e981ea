"""Finds what would have made it normal: the smallest change of at most three parts that calms a model's score.

Before this on the path: the judge and the reasons of ``occlusion``. After it: ``unusual_traffic``, ``unusual_program``.
First whole parts are put back to usual, the strongest ones in every combination; then each of those is let go as far as
the score stays below the limit. The change that is told is scored once more (Wachter and others 2017: counterfactuals).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from detectors.features.occlusion import Floats, Judge, ask, put_back

MOST_PARTS = 3
"""Parts that a change may touch: more, nobody would follow."""
TRIED = 8
"""Strongest parts of which every combination is tried: 92 trials."""
SHRUNK = 3
"""Changes that calm, of which the smallest is told."""
STEPS = 16
"""Ways of letting a part go that are tried at once; twice, so that a step is 1/256 of the way."""


@dataclass(frozen=True, slots=True)
class Change:
    """What would have made a model silent."""

    parts: tuple[int, ...]
    """At most three, strongest reason first."""
    fractions: tuple[float, ...]
    """How far each is put back: above 0; 1 is as usual."""
    score: float
    """What the model says then: below the limit."""


def find_calm(
    judge: Judge, order: Sequence[int], distances: Sequence[float] | Floats, limit: float, tried: int = TRIED
) -> Change | None:
    """Find the smallest change that brings a score below its limit: fewest parts, then the shortest way.

    Args:
        judge: Scores trials.
        order: Parts that may change, strongest first.
        distances: [parts], how far each is from usual in steps that compare.
        limit: The model speaks above it.
        tried: Strongest parts of which every combination is tried.

    Returns:
        None where no change of at most three parts was found.

    Raises:
        ValueError: a score is no number.
    """
    far = np.abs(np.asarray(distances, np.float32))
    found = [
        change
        for chosen in _calming_sets(judge, order, far, limit, tried)
        if (change := _let_go(judge, chosen, far, limit)) is not None
    ]
    return min(found, key=lambda one: (len(one.parts), _way(one, far)), default=None)


def _way(change: Change, far: Floats) -> float:
    return sum(float(far[part]) * fraction for part, fraction in zip(change.parts, change.fractions, strict=True))


def _calming_sets(judge: Judge, order: Sequence[int], far: Floats, limit: float, tried: int) -> list[tuple[int, ...]]:
    """List sets of parts that calm when they are as usual: the smallest sets, nearest to usual first."""
    strongest = list(order[:tried])
    sets = [one for size in range(1, MOST_PARTS + 1) for one in combinations(strongest, size)]
    if not sets:
        return []
    scores = ask(judge, put_back(len(far), sets))
    calm = [one for one, score in zip(sets, scores.tolist(), strict=True) if score < limit]
    if not calm:
        return _grown(judge, order, far, limit)
    size = len(calm[0])
    return sorted((one for one in calm if len(one) == size), key=lambda one: float(far[list(one)].sum()))[:SHRUNK]


def _grown(judge: Judge, order: Sequence[int], far: Floats, limit: float) -> list[tuple[int, ...]]:
    """Add the part that calms most, whatever its strength alone, until it is enough or there are three."""
    chosen: tuple[int, ...] = ()
    while len(chosen) < min(MOST_PARTS, len(order)):
        sets = [(*chosen, part) for part in order if part not in chosen]
        scores = ask(judge, put_back(len(far), sets))
        chosen = sets[int(np.argmin(scores))]
        if scores.min() < limit:
            return [chosen]
    return []


def _let_go(judge: Judge, chosen: Sequence[int], far: Floats, limit: float) -> Change | None:
    """Let each part go back towards what was seen, the weakest reason first, as far as it stays calm."""
    fractions = put_back(len(far), [chosen])[0]
    for part in reversed(chosen):
        for step in (1 / STEPS, 1 / STEPS**2):
            trials = np.repeat(fractions[None, :], STEPS + 1, axis=0)
            trials[:, part] = np.maximum(fractions[part] - step * np.arange(STEPS + 1), 0)
            is_calm = ask(judge, trials) < limit
            last = len(is_calm) if is_calm.all() else int(np.argmin(is_calm))  # as far as it stays calm all the way
            fractions[part] = trials[max(last - 1, 0), part]
    parts = tuple(part for part in chosen if fractions[part] > 0)
    fractions[list(parts)] = np.maximum(fractions[list(parts)], 1 / STEPS)  # less, nobody could tell from what was seen
    score = float(ask(judge, fractions[None, :])[0])
    if not parts or score >= limit:
        return None
    return Change(parts, tuple(float(fractions[part]) for part in parts), score)
