"""Groups rows of columns by what they share, without a loop over rows: the base of everything that counts.

Before this on the path: ``Traffic``, by way of a detector. After it: that detector, which looks at the few groups that
stand out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Column: TypeAlias = NDArray[Any]
Rows: TypeAlias = NDArray[np.int64]

_MAX_PACKED = 1 << 62
"""Largest key that is put together by multiplying; larger ones are numbered anew first."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows of a table, group after group."""

    order: Rows
    """Row numbers; inside a group in the order they were given."""
    starts: Rows
    """[groups + 1] where each group begins in ``order``; the last is its length."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def sizes(self) -> Rows:
        """How many rows each group has."""
        return np.diff(self.starts)

    @property
    def firsts(self) -> Rows:
        """One row of each group, to read the shared values from."""
        return self.order[self.starts[:-1]]

    @property
    def ids(self) -> Rows:
        """The number of the group of each place in ``order``."""
        return np.repeat(np.arange(len(self)), self.sizes)

    def rows(self, place: int) -> Rows:
        """List the rows of one group."""
        return self.order[self.starts[place] : self.starts[place + 1]]

    def total(self, values: Column) -> Column:
        """Add up a column inside each group; truth values are counted."""
        picked = values[self.order]
        if picked.dtype == np.bool_:
            picked = picked.astype(np.int64)
        sums: Column = np.add.reduceat(picked, self.starts[:-1]) if len(self) else picked[:0]
        return sums

    def lowest(self, values: Column) -> Column:
        """Find the smallest value of each group."""
        picked = values[self.order]
        return np.minimum.reduceat(picked, self.starts[:-1]) if len(self) else picked

    def highest(self, values: Column) -> Column:
        """Find the largest value of each group."""
        picked = values[self.order]
        return np.maximum.reduceat(picked, self.starts[:-1]) if len(self) else picked

    def distinct(self, values: Column) -> Rows:
        """Count the different values in each group."""
        if not len(self):
            return np.zeros(0, np.int64)
        codes = _number(values[self.order])
        pairs = np.unique(self.ids * (int(codes.max()) + 1) + codes)
        return np.bincount(pairs // (int(codes.max()) + 1), minlength=len(self))

    def median(self, values: Column) -> Column:
        """Find the middle value of each group (the upper one of two)."""
        picked = values[self.order]
        ranked = picked[np.lexsort((picked, self.ids))]
        middle: Column = ranked[self.starts[:-1] + self.sizes // 2]
        return middle


def group_rows(rows: Column, *keys: Column) -> Groups:
    """Put rows with equal keys together.

    Args:
        rows: Row numbers, or a mask over the table.
        keys: Whole columns of the table; rows are equal when all of them are.
    """
    chosen = np.flatnonzero(rows) if rows.dtype == np.bool_ else rows.astype(np.int64)
    packed = _pack([key[chosen] for key in keys])
    order = np.argsort(packed, kind="stable")
    ranked = packed[order]
    edges = np.flatnonzero(np.diff(ranked)) + 1
    ends = [len(order)] if len(order) else []
    return Groups(chosen[order], np.concatenate([np.zeros(1, np.int64), edges, ends]).astype(np.int64))


def busiest_windows(
    rows: Column, at_s: Column, keys: Sequence[Column], values: Column, *, window_s: float, at_least: int
) -> Iterator[tuple[Rows, int]]:
    """Find for each key the stretch of time with the most different values.

    Windows overlap by half, so that a burst of half a window is never cut.

    Yields:
        The rows in that window and the number of different values, where it is ``at_least`` so many; most first.
    """
    found: list[tuple[Rows, int]] = []
    for shift_s in (0.0, window_s / 2):
        windows = np.floor((at_s + shift_s) / window_s)
        groups = group_rows(rows, *keys, windows)
        counts = groups.distinct(values)
        found += [(groups.rows(place), int(counts[place])) for place in np.flatnonzero(counts >= at_least).tolist()]
    seen: set[tuple[Any, ...]] = set()
    for chosen, count in sorted(found, key=lambda one: -one[1]):
        key = tuple(column[chosen[0]].item() for column in keys)
        if key not in seen:
            seen.add(key)
            yield chosen, count


def _pack(keys: Sequence[Column]) -> Rows:
    """Make one whole number of several keys: equal numbers where all are equal."""
    packed = _number(keys[0])
    for key in keys[1:]:
        codes = _number(key)
        span = int(codes.max(initial=0)) + 1
        if (int(packed.max(initial=0)) + 1) * span >= _MAX_PACKED:
            packed = np.unique(packed, return_inverse=True)[1].astype(np.int64)
            codes = np.unique(codes, return_inverse=True)[1].astype(np.int64)
            span = int(codes.max(initial=0)) + 1
        packed = packed * span + codes
    return packed


def _number(values: Column) -> Rows:
    """Turn any column into whole numbers from 0 on: equal ones where values are equal."""
    is_small = values.dtype.kind in "biu" and values.dtype.itemsize <= 4  # noqa: PLR2004 - 32 bits
    if not len(values):
        return np.zeros(0, np.int64)
    if is_small:
        return values.astype(np.int64) - int(values.min())
    return np.unique(values, return_inverse=True)[1].astype(np.int64)
