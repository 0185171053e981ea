"""Tells how numbers are spread, from counts in fixed bins, which of two days can be added.

Before this on the path: what ``spread_counting.py`` counted, kept by day. After it:
``desktop/service/learning/baseline.py`` (what is usual here) and ``drift.py`` (whether that has changed).
A column's bins follow from its unit alone: equal steps in the model's own space, where counts, sizes and times are logs
already. The first bin is exactly nothing, the last has no end. Bins of scores are steps of five percent.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Protocol

from detectors.contract.baseline import ModelCounts

BINS = 32
"""Of a column: twice as many as drift needs, so that the middle of a column is told well enough."""
SCORE_BINS = 128
SCORE_LOWEST = 0.05
"""Scores up to this share of the limit are one bin: nobody asks how calm they were."""
SCORE_STEP = 1.05
"""Each bin of scores ends so much above the one before; the last begins at 23 times the limit."""
MAX_MODELS = 8
"""Counted in one look; we ship fewer."""
MAX_COLUMNS = 256
MAX_COUNT = 2**48
"""Rows of one model and hour; more are a lie."""
HALF_LIFE_DAYS = 30.0
"""A day counts half as much after so many days."""
YES_OR_NO = "yes/no"
SHARE = "%"

_LONGEST = {SHARE: 1.0, YES_OR_NO: 1.0, "bits/byte": 8.0, "bits/letter": 8.0, "bits": 8.0, "": 8.0, "s": 15.0}
"""Unit -> where its last bin begins, in the model's space; ``s`` reaches 38 days."""
_LONGEST_SIZE, _LONGEST_COUNT = 24.0, 12.0
"""Bytes reach 26 GB, everything counted reaches 160,000."""
_MEASURED = frozenset({"s", "bytes", "packets/s"})
"""Units with parts: their middle value need not be whole."""


class Column(Protocol):
    """One named column of a model's input."""

    @property
    def name(self) -> str:
        """Key of texts."""

    @property
    def unit(self) -> str:
        """``s``, ``bytes``, ``%`` ..."""

    @property
    def is_log(self) -> bool:
        """It enters as ``log(1 + x)``."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Counts of one model added up, older days less."""

    model: str
    form: str
    rows: float
    inputs: tuple[tuple[float, ...], ...]
    scores: tuple[float, ...]


def form_of(columns: Sequence[Column]) -> str:
    """Name columns and edges: what was counted under another name is never added."""
    text = "|".join(f"{one.name} {one.unit} {int(one.is_log)} {width_of(one):.6f}" for one in columns)
    return f"spread-1-{len(columns)}-{zlib.crc32(text.encode()):08x}"


def is_sound(counts: ModelCounts) -> bool:
    """Tell whether counts can be true: they come from a worker and from a disk, and either may lie."""
    rows = counts.rows
    return (
        0 < rows <= MAX_COUNT
        and 0 < len(counts.model) <= 64  # noqa: PLR2004 - a file name of ours
        and 0 < len(counts.form) <= 64  # noqa: PLR2004 - as ``form_of`` writes it
        and 0 < len(counts.inputs) <= MAX_COLUMNS
        and all(len(one) == BINS and min(one) >= 0 and sum(one) == rows for one in counts.inputs)
        and len(counts.scores) == SCORE_BINS
        and min(counts.scores) >= 0
        and sum(counts.scores) <= rows
    )


def add_counts(one: ModelCounts, other: ModelCounts) -> ModelCounts:
    """Add two counts of the same model and form."""
    if (one.model, one.form) != (other.model, other.form):
        raise ValueError(other.form)
    inputs = tuple(tuple(map(int.__add__, a, b)) for a, b in zip(one.inputs, other.inputs, strict=True))
    scores = tuple(map(int.__add__, one.scores, other.scores))
    return ModelCounts(one.model, one.form, one.rows + other.rows, inputs, scores)


def merge(counts: Iterable[tuple[ModelCounts, float]]) -> Spread | None:
    """Add up counts of one model, each with the age of its day in days: older ones count less.

    Counts of another form than that of the youngest are left out. None where there is nothing.
    """
    known = sorted(counts, key=lambda one: one[1])
    if not known:
        return None
    newest = known[0][0]
    same = [(one, 0.5 ** (max(age, 0.0) / HALF_LIFE_DAYS)) for one, age in known if one.form == newest.form]
    weights = [weight for _, weight in same]
    inputs = tuple(_weighted(weights, columns) for columns in zip(*(one.inputs for one, _ in same), strict=True))
    scores = _weighted(weights, [one.scores for one, _ in same])
    return Spread(newest.model, newest.form, sum(weight * one.rows for one, weight in same), inputs, scores)


def score_quantile(scores: Sequence[float], share: float) -> float | None:
    """Tell below what a share of scores lies: the upper edge of its bin, so rather too high than too low.

    Returns:
        Score divided by the shipped limit; None where nothing was counted.
    """
    place = _place_of(scores, share)
    return None if place is None else SCORE_LOWEST * SCORE_STEP**place


def middle_value(column: Column, counted: Sequence[float]) -> float | None:
    """Tell the middle value of a column, as the model reads it; None where nothing was counted."""
    place = _place_of(counted, 0.5)
    if place is None:
        return None
    before = sum(counted[:place])
    into = (0.5 * sum(counted) - before) / counted[place] if place else 0.0
    value = width_of(column) * (place - 1 + into) if place else 0.0
    if column.unit == YES_OR_NO:
        return float(value >= 0.5)  # noqa: PLR2004 - half way
    if column.is_log and column.unit not in _MEASURED:  # what is counted comes whole
        return math.log1p(round(math.expm1(value)))
    return value


def mean_value(column: Column, counted: Sequence[float]) -> float | None:
    """Tell the mean of a column, as the model reads it: of the middles of its bins; None where nothing was counted."""
    total = sum(counted)
    if total <= 0:
        return None
    width = width_of(column)
    middles = (
        0.0 if not place else width * (place if column.unit == YES_OR_NO else place - 0.5) for place in range(BINS)
    )
    return sum(n * middle for n, middle in zip(counted, middles, strict=True)) / total


def mean_score(scores: Sequence[float]) -> float | None:
    """Tell the usual score, divided by the shipped limit: the geometric mean; None where nothing was counted."""
    total = sum(scores)
    if total <= 0:
        return None
    return float(SCORE_LOWEST * SCORE_STEP ** (sum(n * place for place, n in enumerate(scores)) / total))


def _place_of(counted: Sequence[float], share: float) -> int | None:
    total = sum(counted)
    if total <= 0:
        return None
    so_far = 0.0
    for place, n in enumerate(counted):
        so_far += n
        if n and so_far >= share * total:
            return place
    return max(place for place, n in enumerate(counted) if n)


def _weighted(weights: Sequence[float], counted: Sequence[Sequence[int]]) -> tuple[float, ...]:
    """Add up counts of the same bins, each by its weight."""
    return tuple(sum(map(mul, weights, bins)) for bins in zip(*counted, strict=True))


def width_of(column: Column) -> float:
    """Tell how wide a column's bins are, in the model's space."""
    longest = _LONGEST_SIZE if column.unit == "bytes" else _LONGEST.get(column.unit, _LONGEST_COUNT)
    return longest / (BINS - 2)
