"""Finds why a learned model speaks: parts of what was seen are put back to usual, and scored.

Before this on the path: what is under judgement, what is usual, and a model's score. After it: ``calming`` (what would
have made it normal), ``unusual_traffic`` and ``unusual_program``, which name the reasons.
A *part* is what can be put back on its own: a column, a word of a command. A judge is asked with one number a part: how
far it is put back, 0 for as it was seen, 1 for as usual. So one way serves every model, and all trials go in batches.
Occlusion (Zeiler and Fergus 2014, put to tables) goes both ways here: the seen row with one part as usual (it falls),
and the usual row with one part as seen (it rises). Parts that say the same hide each other from the first way alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from detectors.contract.baseline import LocalPicture

Floats = NDArray[np.float32]
Judge = Callable[[Floats], Floats]
"""[n, parts], how far each part is put back to usual -> [n] scores."""
Score = Callable[[Floats], Floats]
"""[n, F] rows -> [n] scores."""
Told = Callable[[Floats, NDArray[np.intp]], Floats]
"""[k] values and their [k] columns -> the values as a person is told them."""

REASONS = 3
"""Parts that are named."""
WEIGHT_OF_FALL = 0.25
"""Beside the rise. Planted changes in ``flow_usual``, one half of the sources: 0.92 first reasons right, 0.86 by falls
alone, 0.65 by distance from usual (``benchmarks/reasons.py``)."""
SMALLEST_SHARE = 0.02
"""Of the score: less is no reason."""
NOTABLE = 0.2
"""Share of the score from which one part alone, in a usual row, is odd."""
TOGETHER = 0.5
"""Share of the score from which two or three parts explain it together."""
PAIRED, TRIPLED = 16, 8
"""Parts that are tried in pairs (120), and in threes (56)."""
TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Reason:
    """One part that lifts the score."""

    part: int
    share: float
    """Of what lies between the score and that of a usual row; 0 to 1, the middle of both ways."""


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a model speaks."""

    strongest: tuple[Reason, ...]
    """At most three, strongest first."""
    order: tuple[Reason, ...]
    """Of all parts that differ from usual, strongest first."""
    only_together: bool = False
    """Each alone would be ordinary; only their combination is odd."""

    @property
    def parts(self) -> tuple[int, ...]:
        """List all parts that differ from usual, strongest first."""
        return tuple(one.part for one in self.order)


def usual_of(name: str, shipped: Sequence[float], picture: LocalPicture) -> Floats:
    """Give what is usual to a model: on this computer where that was learned, else as its card says."""
    card = np.asarray(shipped, np.float32)
    here = np.asarray(picture.usual.get(name, ()), np.float32)
    return here if here.shape == card.shape and np.isfinite(here).all() else card


def judge_row(score: Score, row: Floats, usual: Floats, told: Told) -> Judge:
    """Make the judge of a row of numbers: each column is a part.

    Args:
        score: Asked with [n, F].
        row: [F], as it was seen.
        usual: [F].
        told: Rounds to what a person is told, so that exactly that is scored.
    """

    def judge(fractions: Floats) -> Floats:
        return score(part_back(fractions, row, usual, told))

    return judge


def part_back(fractions: Floats, row: Floats, usual: Floats, told: Told) -> Floats:
    """Write trials [n, F]: seen where a fraction is 0, usual where it is 1, rounded where it lies between."""
    trials = np.where(fractions >= 1, usual, row).astype(np.float32)
    places, columns = np.nonzero((fractions > 0) & (fractions < 1))
    between = row[columns] + fractions[places, columns] * (usual[columns] - row[columns])
    trials[places, columns] = told(between, columns)
    return trials


def ask(judge: Judge, fractions: Floats) -> Floats:
    """Score trials.

    Raises:
        ValueError: a score is no number.
    """
    scores = np.asarray(judge(fractions), np.float32)
    if scores.shape != (len(fractions),) or not np.isfinite(scores).all():
        raise ValueError("a score is no number")
    return scores


def put_back(parts: int, sets: Iterable[Sequence[int]]) -> Floats:
    """Write trials, [sets, parts]: in each, the parts of one set are as usual."""
    chosen = list(sets)
    fractions = np.zeros((len(chosen), parts), np.float32)
    for place, one in enumerate(chosen):
        fractions[place, list(one)] = 1
    return fractions


def find_reasons(judge: Judge, distances: Sequence[float] | Floats, *, adds_up: bool = False) -> Reasons:
    """Find the parts that lift a score most: one batch, and a second where none is odd alone.

    Args:
        judge: Scores trials.
        distances: [parts], how far each is from usual in steps that compare; where 0, it is no reason.
        adds_up: The score is a sum over parts: both ways tell the same, and only the first is asked.

    Raises:
        ValueError: a distance or a score is no number.
    """
    far = np.abs(np.asarray(distances, np.float32))
    if not np.isfinite(far).all():
        raise ValueError("a distance is no number")
    parts = np.flatnonzero(far)
    if not len(parts):
        return Reasons((), ())
    ways = _Ways(judge, len(far), parts, adds_up=adds_up)
    falls, rises = ways.ask([(int(part),) for part in parts])
    if ways.whole <= TINY:
        return Reasons((), ())
    weights = (rises + WEIGHT_OF_FALL * falls) / (1 + WEIGHT_OF_FALL)
    shares = dict(zip(parts.tolist(), np.clip((falls + rises) / 2 / ways.whole, 0, 1).tolist(), strict=True))
    order = [Reason(part, shares[part]) for part in parts[np.lexsort((parts, -far[parts], -weights))].tolist()]
    joint: tuple[int, ...] = ()
    if not adds_up and rises.max() < NOTABLE * ways.whole:
        joint = _odd_together(ways, parts[np.lexsort((parts, -far[parts], -falls))].tolist())
    if joint:
        order.sort(key=lambda one: one.part not in joint)
        return Reasons(tuple(order[: len(joint)]), tuple(order), only_together=True)
    return Reasons(tuple(one for one in order[:REASONS] if one.share >= SMALLEST_SHARE), tuple(order))


class _Ways:
    """Asks what is seen with some parts as usual, and what is usual with those parts as seen."""

    def __init__(self, judge: Judge, parts: int, differing: NDArray[np.intp], *, adds_up: bool) -> None:
        self._judge = judge
        self._all = put_back(parts, [differing.tolist()])
        self._adds_up = adds_up
        self.whole = 0.0
        """Score as seen, less the score of what is usual, or the deepest fall; known once something was asked."""

    def ask(self, sets: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
        """Tell for each set how far the score falls, and how far it rises."""
        back = put_back(self._all.shape[1], sets)
        others = [] if self._adds_up else [self._all - back]
        scores = ask(self._judge, np.concatenate([0 * self._all, self._all, back, *others]))
        falls = scores[0] - scores[2 : 2 + len(back)]
        self.whole = max(float(scores[0] - scores[1]), float(falls.max()))
        return falls, falls if self._adds_up else scores[2 + len(back) :] - scores[1]


def _odd_together(ways: _Ways, by_fall: Sequence[int]) -> tuple[int, ...]:
    """Find the two or three parts that are odd together, or nothing."""
    for many, size in ((PAIRED, 2), (TRIPLED, 3)):
        sets = list(combinations(by_fall[:many], size))
        if not sets:
            return ()
        falls, rises = ways.ask(sets)
        joint = np.minimum(falls, rises)
        best = int(np.argmax(joint))
        if joint[best] >= TOGETHER * ways.whole:
            return sets[best]
    return ()
