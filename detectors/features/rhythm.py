"""Reads time series: the fullest stretch of time, and how regular the steps are.

Before this on the path: times of messages, connections or turns. After it: ``beaconing``, and whatever counts bursts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from detectors.contract.traffic import Times


class Timed(Protocol):
    """Anything that happened at a time."""

    @property
    def at_s(self) -> float:
        """Seconds since 1970."""


T = TypeVar("T", bound=Timed)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How regular a series of times is."""

    beats: int
    """Times left after those within a burst were joined."""
    period_s: float
    """Middle gap."""
    jitter: float
    """Median distance of the gaps from the middle gap, as a share of it: 0 is a clock."""
    span_s: float
    """From first to last."""
    steady: float
    """Share of the gaps within a quarter of the middle gap."""


def busiest_stretch(events: Sequence[T], window_s: float) -> Sequence[T]:
    """Choose the events of the fullest stretch of time.

    Args:
        events: In time order.
        window_s: Longest time from the first to the last.
    """
    best: Sequence[T] = events[:1]
    start = 0
    for end in range(len(events)):
        while events[end].at_s - events[start].at_s > window_s:
            start += 1
        if end + 1 - start > len(best):
            best = events[start : end + 1]
    return best


def join_bursts(times_s: Times, gap_s: float) -> Times:
    """Keep the first time of each burst: later ones within ``gap_s`` of the one before belong to it."""
    ordered = np.sort(times_s)
    starts = np.ones(len(ordered), bool)
    starts[1:] = np.diff(ordered) > gap_s
    return ordered[starts]


def rhythm_of(times_s: Times) -> Rhythm | None:
    """Measure the gaps of times in order; None for fewer than three times."""
    if len(times_s) < 3:  # noqa: PLR2004 - two gaps are the least that can differ
        return None
    gaps = np.diff(times_s)
    period_s = float(np.median(gaps))
    if not period_s > 0:
        return None
    away = np.abs(gaps - period_s) / period_s
    return Rhythm(
        beats=len(times_s),
        period_s=period_s,
        jitter=float(np.median(away)),
        span_s=float(times_s[-1] - times_s[0]),
        steady=float((away <= 0.25).mean()),  # noqa: PLR2004 - as the field says
    )
