"""Measure how differently two samples are spread, and how far chance alone would put them apart.

Before this on the path: counts by bin (``spread.py``). After it: ``drift.py``, which knows about days.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

SMALLEST_SHARE = 0.005
"""Added to the share of each bin, so that an empty one is no infinite difference: half a row in a hundred."""
KS_99 = 1.628
"""99 % point of Kolmogorov's distribution: by chance n and m rows differ by ``1.628 sqrt(1/n + 1/m)``."""
NORMAL_99 = 2.326
"""99 % point of the normal distribution, one-sided; for Wilson and Hilferty's form of the chi-squared one."""
PARTS = 10
"""Bins are put together into tenths of what was learned, the usual form of the PSI: fewer rows then say more."""
GROUPS = PARTS + 2
"""Besides: below and above all that was learned."""
FEWEST_JUDGEMENTS = 20
"""From so many judgements on, their share is worth comparing, as it is worth telling in an explanation."""
Z_99 = 2.576
"""99 % point of the normal distribution, two-sided."""


def psi(usual: Any, now: Any) -> Any:
    """Measure how differently rows are spread over bins: the population stability index.

    Args:
        usual: [..., bins] counts or shares.
        now: the same.

    Returns:
        [...], 0 for the same spread; ``sum((p - q) ln(p / q))``. Nan where one side has no row.
    """
    first, second = _smooth(usual), _smooth(now)
    return np.sum((second - first) * np.log(second / first), axis=-1)


def ks(usual: Any, now: Any) -> Any:
    """Measure the largest gap between two cumulative spreads (Kolmogorov and Smirnov), 0 to 1; nan without rows."""
    gap = np.cumsum(shares_of(usual), axis=-1) - np.cumsum(shares_of(now), axis=-1)
    return np.max(np.abs(gap), axis=-1)


def shares_of(counts: Any) -> Numbers:
    """Divide counts by their sum along the last axis; nan where there is nothing."""
    table = np.maximum(np.asarray(counts, np.float64), 0)
    total = table.sum(axis=-1, keepdims=True)
    shares: Numbers = np.divide(table, total, out=np.full(table.shape, np.nan), where=total > 0)
    return shares


def groups_of(shares: Any) -> NDArray[np.intp]:
    """Put neighbouring bins together so that each group holds about a tenth of what was learned.

    Args:
        shares: [F, bins] as learned.

    Returns:
        [F, bins] group of each bin, rising, 0 to 11: 0 and 11 lie outside of all that was learned.
    """
    table = np.nan_to_num(np.asarray(shares, np.float64))
    after = np.cumsum(table, axis=-1)
    total = np.maximum(after[..., -1:], np.finfo(np.float64).tiny)
    middle = (after - table / 2) / total
    group = 1 + np.clip(np.floor(middle * PARTS), 0, PARTS - 1)
    group = np.where(after <= 0, 0, np.where(after - table >= total * (1 - 1e-9), PARTS + 1, group))
    return group.astype(np.intp)


def regroup(counts: Any, groups: NDArray[np.intp]) -> Numbers:
    """Add up the bins of each group: [..., F, bins] to [..., F, groups]."""
    member = (groups[:, :, None] == np.arange(GROUPS)).astype(np.float64)
    grouped: Numbers = np.einsum("...fb,fbg->...fg", np.asarray(counts, np.float64), member)
    return grouped


def psi_excess(now: Numbers, usual: Numbers) -> Numbers:
    """Divide the PSI of columns by what independent rows would reach in one of a hundred cases; 0 without rows."""
    freedom = np.maximum(((now > 0) | (usual > 0)).sum(axis=-1) - 1, 1)
    part = 2 / (9 * freedom)
    chance = freedom * (1 - part + NORMAL_99 * np.sqrt(part)) ** 3 * _sampling(now, usual)
    return _told(psi(usual, now), chance)


def ks_excess(now: Numbers, usual: Numbers) -> Numbers:
    """Divide the gap between two spreads by what independent rows would reach; 0 without rows."""
    return _told(ks(usual, now), KS_99 * np.sqrt(_sampling(now, usual)))


def share_distance(usual: tuple[int, int], now: tuple[int, int]) -> float | None:
    """Compare two shares, each (of them, all): difference divided by what chance does; None below 20 cases each."""
    if min(usual[1], now[1]) < FEWEST_JUDGEMENTS:
        return None
    pooled = (usual[0] + now[0]) / (usual[1] + now[1])
    chance = Z_99 * np.sqrt(pooled * (1 - pooled) * (1 / usual[1] + 1 / now[1]))
    return float(abs(usual[0] / usual[1] - now[0] / now[1]) / chance) if chance > 0 else 0.0


def _smooth(counts: Any) -> Numbers:
    shares = shares_of(counts)
    smooth: Numbers = (shares + SMALLEST_SHARE) / (1 + SMALLEST_SHARE * shares.shape[-1])
    return smooth


def _sampling(now: Numbers, usual: Numbers) -> Numbers:
    """Give ``1/n + 1/m`` of two samples."""
    sampling: Numbers = 1 / np.maximum(now.sum(axis=-1), 1) + 1 / np.maximum(usual.sum(axis=-1), 1)
    return sampling


def _told(distance: Any, chance: Numbers) -> Numbers:
    told: Numbers = np.nan_to_num(distance / chance, nan=0.0)
    return told
