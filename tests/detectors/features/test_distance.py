"""How far two samples lie apart."""

from __future__ import annotations

import math

import numpy as np
import pytest

from detectors.features.distance import groups_of, ks, ks_excess, psi, psi_excess, regroup, share_distance


def test_the_same_spread_has_no_distance() -> None:
    assert psi([50, 50], [500, 500]) == pytest.approx(0)
    assert ks([50, 50], [500, 500]) == pytest.approx(0)


def test_the_population_stability_index_is_what_hand_and_paper_give() -> None:
    # Shares 0.5 and 0.5 against 0.8 and 0.2, half a row in a hundred added to each bin, divided by 1.01 again.
    first, second = 0.805 / 1.01, 0.205 / 1.01
    by_hand = (first - 0.5) * math.log(first / 0.5) + (second - 0.5) * math.log(second / 0.5)
    assert psi([50, 50], [80, 20]) == pytest.approx(by_hand)
    assert by_hand == pytest.approx(0.406, abs=0.001)


def test_a_bin_that_was_empty_is_far_but_not_infinitely() -> None:
    assert 0.5 < float(psi([100, 0], [50, 50])) < 5


def test_the_largest_gap_between_two_cumulative_spreads() -> None:
    assert ks([10, 0, 10], [0, 10, 10]) == pytest.approx(0.5)


def test_without_rows_nothing_is_known() -> None:
    assert np.isnan(psi([0, 0], [5, 5]))
    assert np.isnan(ks([5, 5], [0, 0]))


def test_bins_are_put_together_into_tenths_with_an_outside_on_either_end() -> None:
    shares = np.zeros((1, 8))
    shares[0, 2:6] = 0.25
    groups = groups_of(shares)[0].tolist()
    assert groups[:2] == [0, 0]
    assert groups[6:] == [11, 11]
    assert groups[2:6] == [2, 4, 7, 9]
    assert regroup(np.ones((1, 8)), groups_of(shares)).sum() == 8


def test_what_was_always_nothing_leaves_everything_else_outside() -> None:
    shares = np.zeros((1, 4))
    shares[0, 0] = 1
    assert groups_of(shares)[0].tolist() == [6, 11, 11, 11]


def test_samples_of_one_source_stay_within_chance_in_99_of_100_cases() -> None:
    rng = np.random.default_rng(5)
    spread = rng.dirichlet(np.full(10, 2.0))
    usual, now = rng.multinomial(2000, spread, 1000).astype(float), rng.multinomial(400, spread, 1000).astype(float)
    assert (psi_excess(now, usual) > 1).mean() < 0.02
    assert (ks_excess(now, usual) > 1).mean() < 0.02


def test_another_source_is_beyond_chance() -> None:
    usual, now = np.array([900.0, 90, 10]), np.array([300.0, 90, 10])
    assert psi_excess(now, usual) > 3
    assert ks_excess(now, usual) > 1.5


def test_shares_of_few_judgements_are_not_compared() -> None:
    assert share_distance((1, 19), (30, 30)) is None
    assert share_distance((0, 30), (0, 30)) == 0


def test_a_share_that_jumped_is_beyond_chance_and_a_small_step_is_not() -> None:
    jumped, stepped = share_distance((3, 30), (24, 30)), share_distance((12, 30), (15, 30))
    assert (jumped or 0) > 1
    assert 0 < (stepped or 0) < 1
