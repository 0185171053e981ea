"""Counts how numbers are spread, in fixed bins, so that the counts of two days can be added.

Before this on the path: the rows that a learned model reads, and its scores. After it: the store, by day; then
``desktop/service/learning/baseline.py`` (what is usual here) and ``drift.py`` (whether that has changed).
A column's bins follow from its unit alone: equal steps in the model's own space, where counts, sizes and times are logs
already. The first bin is exactly nothing, the last has no end. Bins of scores are steps of five percent.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

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
_PIECE = 1_024
"""Rows counted at once: they stay in the processor's memory (0.9 ms for 4,096 rows of 77 columns)."""
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
    text = "|".join(f"{one.name} {one.unit} {int(one.is_log)} {_width(one):.6f}" for one in columns)
    return f"spread-1-{len(columns)}-{zlib.crc32(text.encode()):08x}"


class LookMeter:
    """Counts what models read and say in one look."""

    def __init__(self) -> None:
        self._counted: dict[str, tuple[str, int, NDArray[np.int64], NDArray[np.int64]]] = {}

    def count(self, model: str, columns: tuple[Any, ...], rows: NDArray[Any], shares: NDArray[Any]) -> None:
        """Add rows and scores; see ``contract.baseline.Meter``."""
        form, widths = _form(columns)
        before = self._counted.get(model)
        if before is None and len(self._counted) >= MAX_MODELS:
            return
        inputs, scores = count_rows(rows, widths), count_scores(shares)
        n = len(rows)
        if before is not None and before[0] == form:
            n, inputs, scores = n + before[1], inputs + before[2], scores + before[3]
        self._counted[model] = (form, n, inputs, scores)

    def counts(self) -> tuple[ModelCounts, ...]:
        """Give what was counted."""
        return tuple(
            ModelCounts(model, form, rows, tuple(map(tuple, inputs.tolist())), tuple(scores.tolist()))
            for model, (form, rows, inputs, scores) in self._counted.items()
            if rows
        )


def count_rows(rows: NDArray[Any], widths: NDArray[np.float32]) -> NDArray[np.int64]:
    """Count rows by column and bin.

    Args:
        rows: [n, F], finite.
        widths: [F], of each column's bins.

    Returns:
        [F, BINS]; each row of it sums up to n.
    """
    columns = rows.shape[1]
    # Edges are floats: a value right on one must not fall into the next bin for the last digit of its float.
    per_bin, up = np.float32(1) / widths, np.float32(1 - 1e-4)
    first = np.arange(columns, dtype=np.float32) * BINS
    counted = np.zeros(columns * BINS, np.int64)
    for at in range(0, len(rows), _PIECE):
        place = np.asarray(rows[at : at + _PIECE], np.float32) * per_bin
        place += up
        np.clip(place, 0, BINS - 1, out=place)
        np.floor(place, out=place)
        place += first
        counted += np.bincount(place.ravel().astype(np.intp), minlength=columns * BINS)
    return counted.reshape(columns, BINS)


def count_scores(shares: NDArray[Any]) -> NDArray[np.int64]:
    """Count scores, each divided by its limit, by bin."""
    above = np.maximum(np.asarray(shares, np.float64), SCORE_LOWEST) / SCORE_LOWEST
    place = np.clip(np.ceil(np.log(above) / math.log(SCORE_STEP) - 1e-9), 0, SCORE_BINS - 1)
    counted: NDArray[np.int64] = np.bincount(place.astype(np.intp), minlength=SCORE_BINS)
    return counted


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
    inputs, scores = np.zeros((len(newest.inputs), BINS)), np.zeros(SCORE_BINS)
    for one, weight in same:
        inputs += weight * np.array(one.inputs, np.float64)
        scores += weight * np.array(one.scores, np.float64)
    rows = sum(weight * one.rows for one, weight in same)
    return Spread(newest.model, newest.form, rows, tuple(map(tuple, inputs.tolist())), tuple(scores.tolist()))


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
    value = _width(column) * (place - 1 + into) if place else 0.0
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
    width = _width(column)
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


def _width(column: Column) -> float:
    """Tell how wide a column's bins are, in the model's space."""
    longest = _LONGEST_SIZE if column.unit == "bytes" else _LONGEST.get(column.unit, _LONGEST_COUNT)
    return longest / (BINS - 2)


@lru_cache(maxsize=MAX_MODELS)
def _form(columns: tuple[Column, ...]) -> tuple[str, NDArray[np.float32]]:
    return form_of(columns), np.array([_width(one) for one in columns], np.float32)
