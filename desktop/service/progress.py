"""How long a check will still take, told as a range and only after a fair start.

Before this on the path: counts of a running check. After it: "About 3 to 5 minutes left".
"""

from __future__ import annotations

import math

FAIR_START_S = 3.0
"""Active seconds before the first guess."""
FAIR_START_FILES = 50
"""Files before the first guess: the first folder is rarely like the rest."""
SMOOTHING_S = 5.0
"""Time constant of the recent rate: folders differ, so the last seconds tell most about the next ones."""
MARGIN = 1.1
"""The range is at least this much wider than the two rates say, on both sides."""


class Pace:
    """Keeps two rates, the recent one and the one since the start; the truth is mostly between them."""

    def __init__(self, done: int = 0) -> None:
        """Begin at ``done`` files, which an earlier part of the run had finished."""
        self._first = done
        self._last = (0.0, done)
        self._recent: float | None = None

    def note(self, active_s: float, done: int) -> None:
        """Take in how far it is now; pauses are not in ``active_s``."""
        passed_s = active_s - self._last[0]
        if passed_s <= 0:
            return
        rate = (done - self._last[1]) / passed_s
        weight = 1 - math.exp(-passed_s / SMOOTHING_S)
        self._recent = rate if self._recent is None else self._recent + weight * (rate - self._recent)
        self._last = (active_s, done)

    def seconds_left(self, total: int) -> tuple[float, float] | None:
        """Guess from, to; None while there is no fair guess."""
        active_s, done = self._last
        done_here = done - self._first
        if active_s < FAIR_START_S or done_here < FAIR_START_FILES or not self._recent or self._recent <= 0:
            return None
        rates = (done_here / active_s, self._recent)
        left = max(0, total - done)
        return left / max(rates) / MARGIN, left / min(rates) * MARGIN
