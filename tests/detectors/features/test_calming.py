"""The smallest change that calms: few parts, a short way, and scored once more."""

from __future__ import annotations

import numpy as np
import pytest

from detectors.features.calming import MOST_PARTS, STEPS, Change, find_calm
from detectors.features.occlusion import find_reasons, judge_row

PARTS = 10


def exactly(values, columns):
    """Tell values as they are."""
    del columns
    return values


def calm(score, limit: float, seen=None, told=exactly, parts: int = PARTS):
    row = np.ones(parts, np.float32) if seen is None else np.asarray(seen, np.float32)
    judge = judge_row(lambda rows: np.asarray(score(rows), np.float32), row, np.zeros(parts, np.float32), told)
    return find_calm(judge, find_reasons(judge, np.abs(row)).parts, np.abs(row), limit), judge


def fractions_of(change: Change, parts: int = PARTS):
    fractions = np.zeros((1, parts), np.float32)
    fractions[0, list(change.parts)] = change.fractions
    return fractions


def test_one_part_is_put_back_only_as_far_as_it_must():
    change, _ = calm(lambda rows: 10 * rows[:, 3] + rows[:, 5], limit=6.0)
    assert change.parts == (3,)
    assert change.fractions[0] == pytest.approx(0.5, abs=1.5 / STEPS**2)
    assert change.score < 6


def test_the_model_is_silent_with_the_change_that_is_told():
    dice, found = np.random.default_rng(8), 0
    for _ in range(40):
        weights, seen = dice.normal(0, 1, (4, PARTS)), dice.normal(0, 2, PARTS).astype(np.float32)

        def score(rows, weights=weights):
            return (np.tanh(rows @ weights.T) ** 2).sum(axis=1)

        limit = 0.7 * float(score(seen[None, :])[0])
        change, judge = calm(score, limit, seen)
        if change is None:
            continue
        found += 1
        assert 1 <= len(change.parts) <= MOST_PARTS
        assert float(judge(fractions_of(change))[0]) == pytest.approx(change.score)
        assert change.score < limit
    assert found >= 30


def test_what_is_told_is_what_was_scored():
    def whole(values, columns):
        del columns
        return np.round(values)

    change, judge = calm(lambda rows: rows[:, 0], limit=4.4, seen=[9] + [0] * (PARTS - 1), told=whole)
    assert change.score == 4  # 4.3 would be told as 4, and 4.6 as 5, which is not calm
    assert judge(fractions_of(change)).tolist() == [4]


def test_two_parts_are_taken_where_one_is_not_enough_and_three_where_two_are_not():
    score = lambda rows: rows.sum(axis=1)  # noqa: E731 - each of ten parts counts one
    assert len(calm(score, limit=8.5)[0].parts) == 2
    assert len(calm(score, limit=7.5)[0].parts) == 3


def test_none_is_found_where_three_parts_are_not_enough():
    assert calm(lambda rows: rows.sum(axis=1), limit=6.5)[0] is None
    assert calm(lambda rows: np.full(len(rows), 5.0), limit=1.0)[0] is None


def test_of_two_parts_that_calm_the_one_with_the_shorter_way_is_told():
    seen = [8, 1, *([0] * (PARTS - 2))]
    change, _ = calm(lambda rows: 1.0 * (rows[:, 0] > 0) * (rows[:, 1] > 0), limit=0.5, seen=seen)
    assert change.parts == (1,)


def test_a_part_that_is_weak_alone_is_found_where_the_strong_ones_do_not_help():
    weights = np.array([9, 8, 7, 6, 5, 4, 3, 2, 1, 1], np.float32)

    def score(rows):  # the two weakest open a lock that the strong ones only rattle at
        return 100 * ((rows[:, 8] > 0) | (rows[:, 9] > 0)) + rows @ weights

    change, judge = calm(score, limit=60.0)
    assert set(change.parts) == {8, 9}
    assert float(judge(fractions_of(change))[0]) < 60


def test_a_score_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="no number"):
        calm(lambda rows: np.where(rows[:, 0] < 1, np.nan, rows.sum(axis=1)), limit=9.5)


def test_nothing_to_change_is_no_change():
    assert find_calm(lambda fractions: np.ones(len(fractions), np.float32), (), np.zeros(3), 0.5) is None


def test_the_work_is_bounded():
    rows_asked: list[int] = []

    def score(rows):
        rows_asked.append(len(rows))
        return rows.sum(axis=1)

    calm(score, limit=37.5, parts=40)
    assert sum(rows_asked) < 1_000
