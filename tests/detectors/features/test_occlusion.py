"""Reasons are found by putting parts back to usual; here with score functions whose reasons are known."""

from __future__ import annotations

import numpy as np
import pytest

from detectors.contract.baseline import LocalPicture
from detectors.features.occlusion import (
    SMALLEST_SHARE,
    Judge,
    Reasons,
    ask,
    find_reasons,
    judge_row,
    part_back,
    put_back,
    usual_of,
)

PARTS = 6


def exactly(values, columns):
    """Tell values as they are."""
    del columns
    return values


def judge_of(score, seen=1.0, parts=PARTS) -> Judge:
    """A row of ones (or of what was seen) against a usual row of noughts."""
    row = np.broadcast_to(np.float32(seen), (parts,)).astype(np.float32)
    return judge_row(lambda rows: np.asarray(score(rows), np.float32), row, np.zeros(parts, np.float32), exactly)


def reasons_of(score, distances=None, **options) -> Reasons:
    return find_reasons(judge_of(score), np.ones(PARTS) if distances is None else distances, **options)


def named(reasons: Reasons) -> list[int]:
    return [one.part for one in reasons.strongest]


def test_the_parts_that_lift_a_score_most_come_first_with_their_share():
    found = reasons_of(lambda rows: rows @ np.array([1, 0, 6, 0, 3, 0], np.float32))
    assert named(found) == [2, 4, 0]
    assert [one.share for one in found.strongest] == pytest.approx([0.6, 0.3, 0.1])
    assert not found.only_together


def test_three_are_named_at_most_and_what_hardly_counts_is_not():
    assert len(named(reasons_of(lambda rows: rows.sum(axis=1)))) == 3
    small = SMALLEST_SHARE / 2
    assert named(reasons_of(lambda rows: rows @ np.array([1, small, 0, 0, 0, 0], np.float32))) == [0]


def test_what_is_usual_is_no_reason_however_much_it_counts():
    found = reasons_of(lambda rows: rows.sum(axis=1), distances=[0, 0, 0, 0, 0, 2])
    assert named(found) == [5]
    assert found.parts == (5,)


def test_a_row_at_its_usual_values_and_a_score_that_does_not_fall_have_no_reasons():
    assert reasons_of(lambda rows: rows.sum(axis=1), distances=np.zeros(PARTS)) == Reasons((), ())
    assert reasons_of(lambda rows: -rows.sum(axis=1)) == Reasons((), ())


def test_parts_that_say_the_same_do_not_hide_each_other():
    found = reasons_of(lambda rows: np.maximum(rows[:, 1], rows[:, 4]))  # neither alone lets the score fall
    assert named(found)[:2] == [1, 4]
    assert not found.only_together  # each would be odd on its own


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (lambda rows: rows[:, 1] * rows[:, 4], {1, 4}),
        (lambda rows: rows[:, 0] * rows[:, 2] * rows[:, 5], {0, 2, 5}),
        (lambda rows: (rows[:, [0, 3, 5]].sum(axis=1) >= 2).astype(np.float32), {0, 3}),
    ],
    ids=["both", "all three", "two of three"],
)
def test_what_is_odd_only_together_is_said_so(score, expected: set[int]):
    found = reasons_of(score)
    assert found.only_together
    assert set(named(found)) == expected
    assert set(found.parts[: len(expected)]) == expected


def test_many_small_parts_are_not_called_a_combination():
    found = find_reasons(judge_of(lambda rows: rows.sum(axis=1), parts=20), np.ones(20))
    assert not found.only_together
    assert len(found.strongest) == 3


def test_ties_go_to_the_part_farther_from_usual_then_to_the_first():
    found = reasons_of(lambda rows: rows.sum(axis=1), distances=[1, 1, 5, 1, -9, 1])
    assert found.parts == (4, 2, 0, 1, 3, 5)


def test_the_same_row_gives_the_same_reasons():
    dice = np.random.default_rng(4)
    weights, seen = dice.normal(0, 1, PARTS).astype(np.float32), dice.normal(0, 3, PARTS).astype(np.float32)

    def score(rows):
        return np.tanh(rows @ weights) + 1

    first, second = (find_reasons(judge_of(score, seen), seen) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_no_number_is_refused(bad: float):
    with pytest.raises(ValueError, match="no number"):
        reasons_of(lambda rows: np.where(rows[:, 0] == 0, bad, 1))
    with pytest.raises(ValueError, match="no number"):
        reasons_of(lambda rows: rows.sum(axis=1), distances=[1, bad, 1, 1, 1, 1])


def test_a_judge_that_forgets_a_trial_is_refused():
    with pytest.raises(ValueError, match="no number"):
        ask(lambda fractions: np.zeros(len(fractions) - 1, np.float32), np.zeros((3, PARTS), np.float32))


@pytest.mark.parametrize("seen", [3e38, -3e38, 1e-45, 0.0], ids=str)
def test_values_at_the_end_of_all_numbers_give_an_answer(seen: float):
    found = find_reasons(judge_of(lambda rows: (rows > 1).sum(axis=1), seen), np.full(PARTS, min(abs(seen), 1e6)))
    assert all(0 <= one.share <= 1 for one in found.order)
    assert bool(found.strongest) == (seen > 1)


def test_one_batch_is_enough_where_a_part_is_odd_alone():
    calls: list[int] = []

    def score(rows):
        calls.append(len(rows))
        return rows[:, 0]

    reasons_of(score)
    assert calls == [2 + 2 * PARTS]
    calls.clear()
    reasons_of(score, adds_up=True)
    assert calls == [2 + PARTS]


def test_trials_hold_what_was_seen_what_is_usual_and_between_them_what_is_told():
    row, usual = np.array([10, 10, 10], np.float32), np.array([0, 0, 0], np.float32)
    fractions = np.array([[0, 0.36, 1]], np.float32)
    trials = part_back(fractions, row, usual, lambda values, columns: np.round(values) + columns)
    assert trials.tolist() == [[10, 7, 0]]  # 6.4 is told as 6, and column 1 adds one
    assert put_back(3, [(), (0, 2)]).tolist() == [[0, 0, 0], [1, 0, 1]]


def test_what_is_usual_here_comes_before_the_card_where_it_fits():
    here = LocalPicture(usual={"m": (1.0, 2.0), "short": (1.0,), "wrong": (1.0, float("nan"))})
    assert usual_of("m", [7, 8], here).tolist() == [1, 2]
    for name in ("short", "wrong", "unknown"):
        assert usual_of(name, [7, 8], here).tolist() == [7, 8]
