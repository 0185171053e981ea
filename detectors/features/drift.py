"""Tell whether a computer's days still look like those that were learned, or only differ as weeks do by chance.

Before this on the path: counters of days (``contract/baseline.py``). After it: the light on Home and Models.

``learn_drift`` draws pseudo-weeks from the learned days and keeps how far they lie from the other days: that is what
chance does here. ``compare`` holds the last days against it. A difference must be seen on more than one day: each week
is also looked at without each of its days, and the smallest difference counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detectors.contract.baseline import ModelCounts
from detectors.features.distance import Numbers, groups_of, ks_excess, psi_excess, regroup, shares_of
from detectors.features.spread import score_quantile

Excess = Callable[[Numbers, Numbers], Numbers]
"""Tells how far counts of now lie from usual ones, divided by what independent rows would reach."""

WEEK_DAYS = 5
"""Days of a pseudo-week: an office week. So many of the last days are compared with what was learned."""
FEWEST_DAYS = 3
"""Fewer days say nothing: the light is "not known yet"."""
REFERENCE_DAYS = 20
"""What was learned longest ago is not what is usual now: the newest so many learned days are the measure."""
FEWEST_ROWS = 30
"""Flows or starts in a week below which nothing is said of a model's inputs and scores."""
MOST_ROWS_A_DAY = 200
"""One busy day must not speak for a week: rows of a day are weighed down to so many."""
DRAWS = 400
"""Pseudo-weeks: four lie above the 99th percentile."""
SEED = 20260701
"""The same days give the same limits on every computer."""
CHANCE = 99
"""Percentile of the pseudo-weeks that is the limit (issue: limits from a bootstrap of normal weeks)."""
MARGIN = 1.5
"""What few learned days do not show of chance. Source: benchmarks/drift.py; at 1.2 only 202 of 216 normal weeks stayed
without a light, at 1.5, on other offices, 94 of 96."""
VERY = 3.0
"""So many times the limit is called very different."""
LARGEST_FACTOR = 1.5
"""A figure of a day that moved by less, up or down, is never called changed, even where it stood still before."""
LEAST_ALARMS = 1.0
"""The same for alarms a day, after Anscombe's root: none before and one a day now."""
LARGEST_SCORE_FACTOR = 1.25
"""The same for high scores: five of their bins."""
HIGH_SHARE = 0.95
"""A day's high score: so many of its scores lie below it. Higher, and it is a handful of rows that say it."""
FEWEST_SCORES = 20
"""Scores of a day below which its high score is unknown: one row in twenty lies above it."""


@dataclass(frozen=True, slots=True)
class DayCounts:
    """One day of this computer, suspicious hours left out."""

    models: Mapping[str, ModelCounts] = field(default_factory=dict)
    alarms: Mapping[str, float] = field(default_factory=dict)
    """Model -> its findings that day."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """Figure of a day -> its value; one that is not known is left out."""


@dataclass(frozen=True, slots=True)
class ModelReference:
    """What was learned of one model's days."""

    model: str
    form: str
    rows: float
    """Rows behind it, weighed."""
    inputs: tuple[tuple[float, ...], ...]
    """[F][bins] shares."""
    scores: tuple[float, ...]
    """[bins] shares."""
    score_rows: float
    """Scores behind them, weighed."""
    input_limits: tuple[float, ...]
    """[F] how far pseudo-weeks lie from the rest, as a multiple of what independent rows would do."""
    score_limit: float
    worst_limit: float
    """The same for the worst of all columns, divided by their limits."""
    breadth_limit: float
    """Share of columns above their limits."""


@dataclass(frozen=True, slots=True)
class FigureReference:
    """What was learned of one figure of a day, or of one model's alarms a day."""

    kind: str
    """``figure``, ``alarms`` or ``high_score``."""
    name: str
    form: str
    """Of the counts behind a high score; else empty."""
    usual: float
    """Mean over days, after the log or root."""
    limit: float


@dataclass(frozen=True, slots=True)
class DriftPicture:
    """What chance does to weeks of this computer; part of each version of the baseline."""

    days: int
    models: tuple[ModelReference, ...]
    figures: tuple[FigureReference, ...]
    joint_limit: float
    """How far the strongest of all these differences goes in pseudo-weeks."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs, with what a person needs to see it."""

    kind: str
    """``input``, ``inputs`` (how many of them), ``score``, ``high_score``, ``alarms`` or ``figure``."""
    name: str
    """Model, or figure."""
    column: int | None
    """Which input."""
    usual: tuple[float, ...]
    """Shares by bin; of a figure one value."""
    now: tuple[float, ...]
    distance: float
    """Divided by its limit: above 1 it is more than chance."""


def learn_drift(days: Sequence[DayCounts]) -> DriftPicture | None:
    """Learn from days what their weeks differ by from each other; None where there are too few.

    Args:
        days: in the order of time.
    """
    newest = days[-REFERENCE_DAYS:]
    if len(newest) < WEEK_DAYS + FEWEST_DAYS:
        return None
    weeks = np.random.default_rng(SEED).integers(0, len(newest), (DRAWS, WEEK_DAYS))
    learned = [_learn_model(newest, name, weeks) for name in sorted({name for day in newest for name in day.models})]
    models = [one for one in learned if one is not None]
    figures = [_learn_figure(newest, named, weeks) for named in _figures_of(newest)]
    furthest = [draws for _, draws in (*models, *figures)]
    joint = float(np.percentile(np.max(furthest, axis=0), CHANCE)) if furthest else 1.0
    return DriftPicture(len(newest), tuple(one for one, _ in models), tuple(one for one, _ in figures), max(joint, 1.0))


def compare(picture: DriftPicture, days: Sequence[DayCounts]) -> tuple[Change, ...] | None:
    """Hold the last days against what was learned.

    Args:
        picture: of the baseline in use.
        days: after it was learned, in the order of time; the last five count.

    Returns:
        All that could be compared, strongest first; None where days or rows are too few to say anything.
    """
    last = days[-WEEK_DAYS:]
    if len(last) < FEWEST_DAYS:
        return None
    changes = [change for one in picture.models for change in _model_changes(one, last)]
    changes += [change for one in picture.figures for change in _figure_changes(one, last)]
    scale = picture.joint_limit * MARGIN
    told = [replace(change, distance=change.distance / scale) for change in changes]
    return tuple(sorted(told, key=lambda change: -change.distance)) or None


# --- models: inputs and scores ----------------------------------------------------------------------------------------
def _tables(days: Sequence[DayCounts], model: str, form: str) -> tuple[Numbers, Numbers] | None:
    """Stack the counts of days, busy ones weighed down: [D, F, bins] and [D, bins]; None where shapes contradict."""
    found = [day.models.get(model) for day in days]
    fitting = {place: one for place, one in enumerate(found) if one is not None and one.form == form}
    tables = {place: (np.array(one.inputs, np.float64), np.array([one.scores])) for place, one in fitting.items()}
    shapes = {(inputs.shape, scores.shape) for inputs, scores in tables.values()}
    if len(shapes) != 1:
        return None
    ((of_inputs, of_scores),) = shapes
    inputs, scores = np.zeros((len(days), *of_inputs)), np.zeros((len(days), *of_scores))
    for place, (some_inputs, some_scores) in tables.items():
        inputs[place], scores[place] = some_inputs, some_scores
    return _weigh(inputs), _weigh(scores)


def _weigh(counts: Numbers) -> Numbers:
    """Let no day count for more than so many rows."""
    rows = counts.sum(axis=-1, keepdims=True)
    weighed: Numbers = np.maximum(counts, 0) * np.minimum(1, MOST_ROWS_A_DAY / np.maximum(rows, 1))
    return weighed


def _learn_model(days: Sequence[DayCounts], model: str, weeks: NDArray[Any]) -> tuple[ModelReference, Numbers] | None:
    """Learn one model's limits; beside it how far each pseudo-week went."""
    form = next(day.models[model].form for day in reversed(days) if model in day.models)
    tables = _tables(days, model, form)
    if tables is None or _rows(tables[0]) < FEWEST_ROWS:
        return None
    inputs, scores = tables
    usual = _rounded(shares_of(inputs.sum(axis=0)))
    of_inputs = _over_draws(regroup(inputs, groups_of(usual)), weeks, psi_excess)
    of_scores = _over_draws(scores, weeks, ks_excess)[:, 0]
    own = np.maximum(np.percentile(of_inputs, CHANCE, axis=0), 1.0)
    # A column that stood still for ten days by chance is held to what columns of this model do, not to nothing.
    limits = np.maximum(own, np.median(own))
    score_limit = max(float(np.percentile(of_scores, CHANCE)), 1.0)
    worst, breadth = (of_inputs / limits).max(axis=-1), _breadth(of_inputs / limits)
    worst_limit = max(float(np.percentile(worst, CHANCE)), 1.0)
    breadth_limit = max(float(np.percentile(breadth, CHANCE)), 1.0 / limits.size)
    reference = ModelReference(
        model,
        form,
        _rows(inputs),
        usual,
        _rounded(shares_of(scores.sum(axis=0)))[0],
        _rows(scores),
        tuple(np.round(limits, 4).tolist()),
        score_limit,
        worst_limit,
        breadth_limit,
    )
    return reference, np.max([worst / worst_limit, breadth / breadth_limit, of_scores / score_limit], axis=0)


def _rows(table: Numbers) -> float:
    """Count the weighed rows of all days: every column holds as many."""
    return float(table[:, 0].sum())


def _model_changes(learned: ModelReference, days: Sequence[DayCounts]) -> list[Change]:
    """Compare the inputs and scores of one model; nothing is said of too few rows or of another form."""
    tables = _tables(days, learned.model, learned.form)
    usual, scores = np.array(learned.inputs), np.array([learned.scores])
    if tables is None or tables[0].shape[1:] != usual.shape or tables[1].shape[1:] != scores.shape:
        return []
    changes = []
    if _rows(tables[0]) >= FEWEST_ROWS:
        changes += _input_changes(learned, tables[0], usual * learned.rows)
    if min(_rows(tables[1]), learned.score_rows) >= FEWEST_ROWS:
        ratio = _without_each(tables[1], scores * learned.score_rows, ks_excess)[0] / learned.score_limit
        now = _rounded(shares_of(tables[1].sum(axis=0)))[0]
        changes.append(Change("score", learned.model, None, learned.scores, now, float(ratio)))
    return changes


def _input_changes(learned: ModelReference, inputs: Numbers, usual: Numbers) -> list[Change]:
    """Compare each column, and how many of them are above their own limits."""
    groups = groups_of(learned.inputs)
    ratios = _without_each(regroup(inputs, groups), regroup(usual, groups), psi_excess) / learned.input_limits
    now = _rounded(shares_of(inputs.sum(axis=0)))
    breadth = float(_breadth(ratios))
    changes = [
        Change("input", learned.model, place, learned.inputs[place], now[place], float(ratio) / learned.worst_limit)
        for place, ratio in enumerate(ratios)
    ]
    return [*changes, Change("inputs", learned.model, None, (0.0,), (breadth,), breadth / learned.breadth_limit)]


def _over_draws(counts: Numbers, weeks: NDArray[Any], excess: Excess) -> Numbers:
    """Hold each pseudo-week against the days that are not in it; [draws, columns]."""
    drawn = np.stack([np.bincount(week, minlength=len(counts)) for week in weeks]).astype(np.float64)
    rest = np.tensordot((drawn == 0).astype(np.float64), counts, 1)
    least: Numbers | None = None
    for place in range(weeks.shape[1]):
        shorter = drawn - np.eye(len(counts))[weeks[:, place]]
        one = excess(np.tensordot(shorter, counts, 1), rest)
        least = one if least is None else np.minimum(least, one)
    return np.zeros((len(weeks), 0)) if least is None else least


def _without_each(counts: Numbers, usual: Numbers, excess: Excess) -> Numbers:
    """Hold days against what was learned, each day left out once; the smallest difference of each column."""
    every = counts.sum(axis=0)
    least: Numbers = np.min([excess(every - day, usual) for day in counts], axis=0)
    return least


def _breadth(ratios: Numbers) -> Any:
    """Tell what share of columns is above its limit."""
    return (ratios > 1).mean(axis=-1)


def _rounded(table: Numbers) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in np.round(np.nan_to_num(table), 6).tolist())


# --- figures of a day, and alarms a day -------------------------------------------------------------------------------
def _figures_of(days: Sequence[DayCounts]) -> list[tuple[str, str, str]]:
    """Name what is known of enough days: kind, name, and the form of the counts behind it."""
    named = [("figure", name, "") for day in days for name in day.figures]
    named += [("alarms", name, "") for day in days for name in day.alarms]
    named += [("high_score", name, one.form) for day in days for name, one in day.models.items() if _has_high(one)]
    return sorted(one for one in set(named) if named.count(one) > WEEK_DAYS)


def _has_high(counts: ModelCounts) -> bool:
    return sum(counts.scores) >= FEWEST_SCORES


def _value(day: DayCounts, kind: str, name: str, form: str) -> float | None:
    """Find a figure of a day; None where it is not known."""
    if kind != "high_score":
        return (day.figures if kind == "figure" else day.alarms).get(name)
    counts = day.models.get(name)
    if counts is None or counts.form != form or not _has_high(counts):
        return None
    return score_quantile(counts.scores, HIGH_SHARE)


def _values(days: Sequence[DayCounts], kind: str, name: str, form: str) -> Numbers:
    """Give the value of each day where it is known, so that a doubling counts the same at every size."""
    found = [_value(day, kind, name, form) for day in days]
    known: Numbers = np.maximum([value for value in found if value is not None], 0).astype(np.float64)
    if kind == "alarms":
        return _root(known)
    values: Numbers = np.log1p(known) if kind == "figure" else np.log(known)
    return values


def _root(counts: Numbers) -> Numbers:
    """Take Anscombe's root: small counts then scatter as much as large ones."""
    root: Numbers = 2 * np.sqrt(counts + 3 / 8)
    return root


def _least(kind: str) -> float:
    """Give the smallest difference that is ever called a change."""
    factors = {"figure": LARGEST_FACTOR, "high_score": LARGEST_SCORE_FACTOR}
    return float(np.log(factors[kind])) if kind in factors else LEAST_ALARMS


def _learn_figure(
    days: Sequence[DayCounts], named: tuple[str, str, str], weeks: NDArray[Any]
) -> tuple[FigureReference, Numbers]:
    values = _values(days, *named)
    drawn = weeks % len(values)
    gaps = np.array([_gap(values[week], float(np.delete(values, week).mean())) for week in drawn])
    limit = max(float(np.percentile(gaps, CHANCE)), _least(named[0]))
    return FigureReference(*named, float(values.mean()), limit), gaps / limit


def _gap(values: Numbers, usual: float) -> float:
    """Tell how far a week's mean lies from the usual, each day left out once; the smallest, 0 where they disagree."""
    means = (values.sum() - values) / (len(values) - 1) - usual
    return float(np.abs(means).min()) if np.all(means > 0) or np.all(means < 0) else 0.0


def _figure_changes(learned: FigureReference, days: Sequence[DayCounts]) -> list[Change]:
    values = _values(days, learned.kind, learned.name, learned.form)
    if len(values) < FEWEST_DAYS:
        return []
    usual, now = _plain(learned.kind, learned.usual), _plain(learned.kind, float(values.mean()))
    distance = _gap(values, learned.usual) / learned.limit
    return [Change(learned.kind, learned.name, None, (usual,), (now,), distance)]


def _plain(kind: str, value: float) -> float:
    if kind == "alarms":
        return max(0.0, (value / 2) ** 2 - 3 / 8)
    return float(np.expm1(value) if kind == "figure" else np.exp(value))
