"""Counts rows and scores of learned models by bin, in the worker that has them.

Before this on the path: the rows that a model reads, and its scores. After it: the store, by day; ``spread.py`` tells
what the counts mean.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detectors.contract.baseline import ModelCounts
from detectors.features.spread import (
    BINS,
    MAX_MODELS,
    SCORE_BINS,
    SCORE_LOWEST,
    SCORE_STEP,
    Column,
    form_of,
    width_of,
)

_PIECE = 1_024
"""Rows counted at once: they stay in the processor's memory (0.9 ms for 4,096 rows of 77 columns)."""


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


@lru_cache(maxsize=MAX_MODELS)
def _form(columns: tuple[Column, ...]) -> tuple[str, NDArray[np.float32]]:
    return form_of(columns), np.array([width_of(one) for one in columns], np.float32)
