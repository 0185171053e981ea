"""Whether days are still those that were learned."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from detectors.contract.baseline import ModelCounts
from detectors.features import drift
from detectors.features.drift import Change, DayCounts, DriftPicture, compare, learn_drift

SPREADS = np.array([[0.6, 0.3, 0.1, 0.0], [0.1, 0.2, 0.3, 0.4], [0.9, 0.1, 0.0, 0.0]])
"""Of three columns."""
MOVED = np.array([[0.1, 0.2, 0.3, 0.4], [0.1, 0.2, 0.3, 0.4], [0.9, 0.1, 0.0, 0.0]])
"""The first column has moved."""
SCORES = np.array([0.7, 0.2, 0.1, 0.0])


def make_day(
    seed: int,
    spreads: np.ndarray = SPREADS,
    *,
    rows: int = 300,
    scores: np.ndarray = SCORES,
    sent: float = 1e6,
    alarms: int = 0,
    form: str = "a",
) -> DayCounts:
    """Make a day whose rows hang together, as those of real days do."""
    rng = np.random.default_rng(seed)
    of_day = [rng.dirichlet(np.maximum(60 * one, 1e-3)) for one in (*spreads, scores)]
    counted = [tuple(map(int, rng.multinomial(rows, one))) for one in of_day]
    counts = ModelCounts("flow_usual", form, rows, tuple(counted[:-1]), counted[-1])
    figures = {"sent_bytes": sent * rng.lognormal(0, 0.3)}
    return DayCounts({"flow_usual": counts}, {"flow_usual": float(alarms)}, figures)


def learned(days: int = 10) -> DriftPicture:
    picture = learn_drift([make_day(seed) for seed in range(days)])
    assert picture is not None
    return picture


def strongest(picture: DriftPicture, days: list[DayCounts]) -> Change:
    changes = compare(picture, days)
    assert changes is not None
    return changes[0]


def test_too_few_days_teach_nothing_and_tell_nothing() -> None:
    assert learn_drift([make_day(seed) for seed in range(7)]) is None
    assert compare(learned(), [make_day(50), make_day(51)]) is None


def test_the_same_days_always_give_the_same_limits() -> None:
    assert learned() == learned()


def test_ordinary_weeks_stay_within_chance() -> None:
    picture = learned()
    weeks = [[make_day(100 * week + day) for day in range(5)] for week in range(1, 41)]
    assert sum(strongest(picture, week).distance > 1 for week in weeks) <= 2


def test_a_column_that_moved_is_named_with_what_it_was_and_is() -> None:
    change = strongest(learned(), [make_day(60 + day, MOVED) for day in range(3)])
    assert (change.kind, change.name, change.column) == ("input", "flow_usual", 0)
    assert change.distance > 1
    assert change.usual[0] == pytest.approx(0.6, abs=0.1)
    assert change.now[0] == pytest.approx(0.1, abs=0.1)


def test_a_single_odd_day_is_no_changed_computer() -> None:
    days = [make_day(70 + day) for day in range(4)]
    assert strongest(learned(), [*days, make_day(90, MOVED, sent=1e9, alarms=20)]).distance < 1


def test_higher_scores_more_alarms_and_other_figures_are_seen() -> None:
    picture = learned()
    higher = strongest(picture, [make_day(60 + day, scores=SCORES[::-1]) for day in range(5)])
    louder = strongest(picture, [make_day(60 + day, alarms=9) for day in range(5)])
    busier = strongest(picture, [make_day(60 + day, sent=3e7) for day in range(5)])
    assert [(one.kind, one.distance > 1) for one in (higher, louder, busier)] == [
        ("score", True),
        ("alarms", True),
        ("figure", True),
    ]
    assert louder.now == pytest.approx((9.0,), abs=0.1)
    assert busier.usual[0] == pytest.approx(1e6, rel=0.5)


def test_few_rows_are_unknown_and_never_a_change_or_a_calm() -> None:
    changes = compare(learned(), [make_day(60 + day, MOVED, rows=5) for day in range(5)])
    assert changes is not None
    assert {one.kind for one in changes} == {"alarms", "figure"}


def test_counts_of_another_form_are_not_compared() -> None:
    changes = compare(learned(), [make_day(60 + day, MOVED, form="b") for day in range(5)])
    assert changes is not None
    assert {one.kind for one in changes} == {"alarms", "figure"}


def test_where_nothing_can_be_compared_nothing_is_said() -> None:
    assert compare(learned(), [DayCounts() for _ in range(5)]) is None


def test_one_busy_day_does_not_speak_for_the_week() -> None:
    days = [make_day(70 + day) for day in range(3)]
    busy = [make_day(80, rows=100_000), make_day(81, MOVED, rows=100_000)]
    assert strongest(learned(), [*days, *busy]).distance < 1


def test_a_column_that_stood_still_while_learning_is_not_held_to_nothing() -> None:
    still = SPREADS.copy()
    still[2] = (1.0, 0, 0, 0)
    picture = learn_drift([make_day(seed, still) for seed in range(10)])
    assert picture is not None
    assert picture.models[0].input_limits[2] == pytest.approx(np.median(picture.models[0].input_limits), abs=0.1)


def test_only_the_newest_learned_days_are_the_measure() -> None:
    long_ago = [make_day(seed, MOVED) for seed in range(200, 230)]
    picture = learn_drift([*long_ago, *[make_day(seed) for seed in range(drift.REFERENCE_DAYS)]])
    assert picture is not None
    assert picture.days == drift.REFERENCE_DAYS
    assert picture == replace(picture, models=learned(drift.REFERENCE_DAYS).models)
