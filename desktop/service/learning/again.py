"""Learns again what is usual here, when a person asks for it, and shows before what that would change.

Before this on the path: counted days and the baseline in use. After it: the Models page and ``models learn``. The
program never learns again by itself; a finding that is still open, or too few new days, is a reason to refuse.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from desktop.service.keeping.learned import DayRow, Habits, Learned
from desktop.service.learning.baseline import Baseline, picture_of
from desktop.service.learning.drift import Drift, drift_of
from desktop.service.learning.views import BaselineVersion, LearningPreview
from detectors.contract.errors import LearningRefused
from detectors.features.spread import SCORE_LOWEST, SCORE_STEP

NEW_DAYS = 5
"""Quiet days after those of the newest baseline before it may be learned again: an office week. With the bounded step
of one learning this makes five weeks, and five clicks, of the way from no lifted limit to the highest."""


class LearningAgain:
    """The next baseline: what it would be, and making it."""

    def __init__(self, usual: Baseline, drift: Drift) -> None:
        self._usual = usual
        self._drift = drift

    def preview(self) -> LearningPreview | None:
        """Tell what learning again would change, from stored counts; None while nothing was learned yet."""
        if not self._usual.book.versions():
            return None
        used = self._usual.book.in_use()
        before = used.learned if used else None
        days = self._usual.book.days()
        if not any(day.is_quiet for day in days):
            return nothing_to_learn(before, datetime.now(UTC).date())
        after = picture_of(days, self._usual.book.habits(), before)
        return preview_of(days, before, after, self._problem(days))

    def learn(self, today: date | None = None) -> BaselineVersion:
        """Make the next baseline and put it in use; the journal can take that back.

        Args:
            today: Nothing later is learned from; by default today.

        Raises:
            LearningRefused: a finding of medium or more is open, too few days are new, or nothing was learned yet.
        """
        days = self._usual.book.days(until=today)
        problem = self._problem(days)
        if problem:
            raise LearningRefused(problem=problem)
        return self._usual.learn("person", days, drift_of(days, self._drift.view(today).since))

    def _problem(self, days: Sequence[DayRow]) -> str:
        """Name what speaks against learning now; empty: nothing."""
        if self._usual.book.serious_open():
            return "open_findings"
        versions = self._usual.book.versions()
        today = datetime.now(UTC).date()  # a picture from days that have not come yet was made by a wrong clock
        learned = [one.learned.last_day for one in versions if one.learned is not None]
        last = max((day for day in learned if day <= today), default=date.min)
        new = sum(day.is_quiet and day.day > last for day in days)
        return "too_few_days" if not versions or new < NEW_DAYS else ""


def preview_of(days: Sequence[DayRow], before: Learned | None, after: Learned, problem: str) -> LearningPreview:
    """Compare two pictures on the same stored days."""
    quiet = [day for day in days if day.is_quiet]
    known, coming = _all(before.habits) if before else set(), _all(after.habits)
    return LearningPreview(
        first_day=after.first_day,
        last_day=after.last_day,
        days=after.days,
        left_out_days=after.left_out_days,
        alarms_before=alarms_a_day(quiet, before),
        alarms_after=alarms_a_day(quiet, after),
        newly_usual=len(coming - known),
        forgotten=len(known - coming),
        limits=tuple((model, factor_of(before, model), factor) for model, factor in sorted(after.limits.items())),
        refused_because=problem,
    )


def factor_of(learned: Learned | None, model: str) -> float:
    """Tell by how much a picture lifts a model's limit."""
    return learned.limits.get(model, 1.0) if learned else 1.0


def alarms_a_day(days: Sequence[DayRow], learned: Learned | None) -> float:
    """Count stored scores above the limits of a picture, by day; a bin that reaches above a limit counts whole."""
    above = sum(
        sum(counts.scores[_first_above(factor_of(learned, model)) :])
        for day in days
        for model, counts in day.models.items()
    )
    return above / max(len(days), 1)


def _first_above(factor: float) -> int:
    """Find the first bin of scores that reaches above a limit."""
    place = 0
    while SCORE_LOWEST * SCORE_STEP**place <= factor * (1 + 1e-9):
        place += 1
    return place


def _all(habits: Habits) -> set[tuple[str, str]]:
    kinds = ("pairs", "listeners", "devices", "destinations")
    return {(kind, key) for kind in kinds for key in getattr(habits, kind)}


def nothing_to_learn(used: Learned | None, today: date) -> LearningPreview:
    """Tell that nothing is kept that could be learned from."""
    first, last = (used.first_day, used.last_day) if used else (today, today)
    limits = tuple((model, factor, factor) for model, factor in sorted(used.limits.items())) if used else ()
    return LearningPreview(first, last, 0, 0, 0.0, 0.0, 0, 0, limits, "too_few_days")
