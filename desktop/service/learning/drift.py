"""Tells whether this computer's work is still what was learned, and what has changed, in plain figures.

Before this on the path: counted days (``keeping/baseline_book.py``) and the baseline in use. After it: the light on
Home and Models, and ``models drift``. What is compared, and what chance does: ``detectors/features/drift.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec

from desktop.service.keeping.baseline_book import BaselineBook
from desktop.service.keeping.learned import DayRow, Learned, Version
from desktop.service.learning.views import DriftCause, DriftView, Light
from detectors.features.distance import share_distance
from detectors.features.drift import (
    FEWEST_DAYS,
    VERY,
    WEEK_DAYS,
    Change,
    DayCounts,
    DriftPicture,
    ModelReference,
    compare,
    learn_drift,
)
from detectors.features.spread import BINS, SCORE_BINS, SHARE, YES_OR_NO, Column, mean_score, mean_value

MOST_CAUSES = 8
"""Things that have changed, that are told."""
FRESH_DAYS = 9
"""A working week and what may lie between: so far back is read first."""
LOOK_BACK_DAYS = 45
"""How far back the beginning of a change is looked for."""
STALE_DAYS = 21
"""Days older than this do not speak for now: the computer stood still, and the light is "not known yet"."""
HOURS = "hours_looked"
"""How much was looked at is no work of this computer; where it has changed, figures of days cannot be compared."""

NOT_KNOWN = DriftView(Light.NOT_KNOWN_YET, None, 0, ())


def day_counts(row: DayRow) -> DayCounts:
    """Give what drift compares of a day; where a model looked and said nothing, that is a day without its alarms."""
    alarms = {model: float(row.alarms.get(model, 0)) for model in {*row.models, *row.alarms}}
    return DayCounts(row.models, alarms, row.figures)


def drift_of(days: Sequence[DayRow], since: date | None = None) -> dict[str, Any] | None:
    """Make what later days are compared with; None where there are too few.

    Args:
        days: What was counted, oldest first.
        since: When the light went on: where enough days have passed since, they alone are the measure of what is new.
    """
    quiet = [day for day in days if day.is_quiet]
    newer = [day for day in quiet if since is not None and day.day >= since]
    picture = learn_drift(list(map(day_counts, newer))) or learn_drift(list(map(day_counts, quiet)))
    return None if picture is None else msgspec.to_builtins(picture)


class Drift:
    """Holds the last days against the baseline in use, and remembers the answer for as long as it cannot change."""

    def __init__(self, book: BaselineBook, columns: Mapping[str, Sequence[Column]]) -> None:
        """Name where days are kept.

        Args:
            book: days and baselines.
            columns: model -> its named columns.
        """
        self._book = book
        self._columns = columns
        self._known: tuple[object, DriftView] | None = None

    def view(self, today: date | None = None) -> DriftView:
        """Tell whether this computer's work is still what was learned; reads days only when there were new looks."""
        moment = today or datetime.now(UTC).date()
        number = self._book.number_in_use()
        if number is None:
            return NOT_KNOWN
        key = (number, moment, self._book.looks())
        if self._known is None or self._known[0] != key:
            self._known = (key, self._look(moment))
        return self._known[1]

    def _look(self, today: date) -> DriftView:
        version = self._book.in_use()
        picture = picture_in(version)
        if version is None or version.learned is None or picture is None:
            return NOT_KNOWN
        learned = self._book.days(version.learned.first_day, version.learned.last_day, has_counts=False)
        days = self._days(version.learned, today, FRESH_DAYS)
        if len(days) < WEEK_DAYS:
            days = self._days(version.learned, today, STALE_DAYS)
        view = view_of(picture, days, learned, today, self._columns)
        if view.light in (Light.CHANGED, Light.VERY_DIFFERENT):  # only then it matters how it began
            earlier = self._days(version.learned, today, LOOK_BACK_DAYS)
            view = replace(view, since=_since(picture, earlier, learned))
        return view

    def _days(self, learned: Learned, today: date, back: int) -> list[DayRow]:
        """Read the quiet days after those that were learned from; counts are long, so no more than are needed."""
        first = max(learned.last_day + timedelta(days=1), today - timedelta(days=back))
        return [day for day in self._book.days(first, today) if day.is_quiet]


def picture_in(version: Version | None) -> DriftPicture | None:
    """Read what chance does from a baseline; None where it holds none, or none that can be true."""
    if version is None or version.learned is None or version.learned.drift is None:
        return None
    try:
        picture = msgspec.convert(version.learned.drift, DriftPicture)
    except msgspec.ValidationError:
        return None
    return picture if _is_sound(picture) else None


def _is_sound(picture: DriftPicture) -> bool:
    """Tell whether a picture can be true: limits are numbers above nothing, and tables are as wide as they say."""
    limits = [picture.joint_limit, *(one.limit for one in picture.figures)]
    limits += [limit for one in picture.models for limit in (one.worst_limit, one.breadth_limit, one.score_limit)]
    limits += [limit for one in picture.models for limit in one.input_limits]
    values = [one.usual for one in picture.figures] + [rows for one in picture.models for rows in _numbers(one)]
    return (
        all(math.isfinite(limit) and limit > 0 for limit in limits)
        and all(map(math.isfinite, values))
        and all({len(row) for row in one.inputs} == {BINS} for one in picture.models)
        and all(len(one.inputs) == len(one.input_limits) for one in picture.models)
        and all(len(one.scores) == SCORE_BINS for one in picture.models)
    )


def _numbers(one: ModelReference) -> list[float]:
    return [one.rows, one.score_rows, *one.scores, *(share for row in one.inputs for share in row)]


def view_of(
    picture: DriftPicture,
    days: Sequence[DayRow],
    learned: Sequence[DayRow],
    today: date,
    columns: Mapping[str, Sequence[Column]],
) -> DriftView:
    """Compare days with what was learned.

    Args:
        picture: of the baseline in use.
        days: quiet ones after those that were learned from, oldest first.
        learned: those that were learned from, for what people judged of their alarms.
        today: days long before it say nothing.
        columns: model -> its named columns.

    Returns:
        All but since when, which needs earlier days.
    """
    fresh = [day for day in days if (today - day.day).days <= STALE_DAYS]
    changes = changes_of(picture, fresh, learned)
    if changes is None:
        return DriftView(Light.NOT_KNOWN_YET, None, len(fresh[-WEEK_DAYS:]), ())
    light = light_of(changes)
    causes = {(one.kind, one.name): one for one in reversed([_cause(c, columns) for c in changes if c.distance > 1])}
    # Two models look at the same column: it is told once.
    strongest = tuple(sorted(causes.values(), key=lambda one: -one.distance))[:MOST_CAUSES]
    return DriftView(light, None, len(fresh[-WEEK_DAYS:]), strongest)


def changes_of(picture: DriftPicture, days: Sequence[DayRow], learned: Sequence[DayRow]) -> tuple[Change, ...] | None:
    """Tell all that could be compared, strongest first; None where days are too few to say anything."""
    changes = compare(picture, list(map(day_counts, days)))
    if changes is None:
        return None
    other_hours = any(one.name == HOURS and one.distance > 1 for one in changes)
    told = [one for one in changes if one.name != HOURS and not (other_hours and one.kind in ("figure", "alarms"))]
    return tuple(sorted((*told, *_judgements(days, learned)), key=lambda one: -one.distance))


def light_of(changes: Sequence[Change]) -> Light:
    """Turn the strongest change into words."""
    strongest = max((one.distance for one in changes), default=0.0)
    if strongest > VERY:
        return Light.VERY_DIFFERENT
    return Light.CHANGED if strongest > 1 else Light.AS_LEARNED


def _since(picture: DriftPicture, days: Sequence[DayRow], learned: Sequence[DayRow]) -> date | None:
    """Find the first of the days on which the light has been on without a break."""
    first = None
    for end in range(len(days), FEWEST_DAYS - 1, -1):
        changes = changes_of(picture, days[:end], learned)
        if changes is None or light_of(changes) is Light.AS_LEARNED:
            return first
        first = days[end - 1].day
    return first


def _judgements(days: Sequence[DayRow], learned: Sequence[DayRow]) -> list[Change]:
    """Compare what share of a model's alarms people have judged as fine, then and now."""
    changes = []
    for model in sorted({model for day in days for model in day.judged}):
        before, now = ((_sum(rows, model, "harmless"), _sum(rows, model, "judged")) for rows in (learned, days))
        distance = share_distance(before, now)
        if distance is not None:
            shares = (100 * before[0] / before[1],), (100 * now[0] / now[1],)
            changes.append(Change("judgements", model, None, *shares, distance))
    return changes


def _sum(days: Sequence[DayRow], model: str, what: str) -> int:
    return sum(getattr(day, what).get(model, 0) for day in days)


def _cause(change: Change, columns: Mapping[str, Sequence[Column]]) -> DriftCause:
    """Put a change in plain figures: logs undone, shares in percent, scores in percent of our limit."""
    named = columns.get(change.name, ())
    if change.kind == "input" and change.column is not None and change.column < len(named):
        column = named[change.column]
        unit = SHARE if column.unit == YES_OR_NO else column.unit
        usual, now = (_plain(column, mean_value(column, shares)) for shares in (change.usual, change.now))
        return DriftCause("input", column.name, usual, now, unit, change.distance)
    if change.kind == "score":
        usual, now = (100 * (mean_score(shares) or 0.0) for shares in (change.usual, change.now))
        return DriftCause("score", change.name, usual, now, SHARE, change.distance)
    if change.kind == "high_score":
        return DriftCause("score", change.name, 100 * change.usual[0], 100 * change.now[0], SHARE, change.distance)
    scale, unit = {"inputs": (100.0, SHARE), "judgements": (1.0, SHARE)}.get(change.kind, (1.0, _unit(change)))
    return DriftCause(change.kind, change.name, scale * change.usual[0], scale * change.now[0], unit, change.distance)


def _unit(change: Change) -> str:
    return "bytes" if change.kind == "figure" and change.name.endswith("_bytes") else ""


def _plain(column: Column, value: float | None) -> float:
    if value is None:
        return 0.0
    if column.unit in (YES_OR_NO, SHARE):
        return 100 * value
    return math.expm1(value) if column.is_log else value
