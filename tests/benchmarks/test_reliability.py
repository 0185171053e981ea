"""How far certainties may be believed: the curve, and what is measured of it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))

from reliability import certainties, fit_curve, table

DICE = np.random.default_rng(7)


def test_a_curve_finds_the_slope_that_made_the_cases():
    scores = DICE.normal(size=20_000)
    is_harmful = DICE.random(20_000) < 1 / (1 + np.exp(-(2 * scores - 1)))
    curve = fit_curve(scores, is_harmful, np.ones(20_000))
    assert curve.certainty(np.array([0.5]))[0] == pytest.approx(0.5, abs=0.02)
    assert curve.certainty(np.array([1.5]))[0] == pytest.approx(0.88, abs=0.02)


def test_a_curve_stays_finite_where_scores_part_the_cases_wholly():
    scores = np.array([0.0, 1.0, 2.0, 8.0, 9.0, 10.0])
    said = fit_curve(scores, scores > 5, np.ones(6)).certainty(scores)
    assert np.isfinite(said).all()
    assert said[0] < 0.1
    assert said[-1] > 0.9


def test_scores_that_are_all_alike_say_no_more_than_the_share_of_harmful_cases():
    is_harmful = np.arange(10) < 3
    said = fit_curve(np.ones(10), is_harmful, np.ones(10)).certainty(np.ones(10))
    assert said == pytest.approx(np.full(10, 0.3), abs=0.01)


def test_no_certainty_knows_the_source_it_is_about():
    scores = np.array([0.0, 0.2, 0.8, 1.0] * 20 + [0.5, 0.9])
    sources = ["a", "b", "c", "d"] * 20 + ["odd", "odd"]
    labels = np.array([False, False, True, True] * 20 + [False, False])
    first = certainties(scores, labels, sources)
    labels[-2:] = True  # what is so of the odd source changes the share, and nothing else it is told of itself
    second = certainties(scores, labels, sources)
    assert first[-1] > 0.5
    assert second[-1] == pytest.approx(first[-1], abs=0.05)


def test_the_table_counts_by_tenths_and_weighs_by_cases():
    said = np.array([0.05] * 90 + [0.95] * 10)
    is_harmful = np.array([False] * 81 + [True] * 9 + [True] * 10)
    told = table(said, is_harmful, "because of the sources")
    assert [(one["cases"], one["right"]) for one in told["points"]] == [(90, 9), (10, 10)]
    assert told["calibration_error"] == pytest.approx(0.9 * 0.05 + 0.1 * 0.05)
    assert told["brier"] == pytest.approx((81 * 0.05**2 + 9 * 0.95**2 + 10 * 0.05**2) / 100, abs=1e-4)
    assert (told["is_reached"], told["because"]) == (True, "")


def test_an_error_larger_than_wanted_is_said_with_its_reason():
    told = table(np.full(50, 0.9), np.arange(50) < 5, "because of the sources")
    assert (told["is_reached"], told["because"]) == (False, "because of the sources")


def test_certainty_of_nought_and_one_is_counted():
    told = table(np.array([0.0, 1.0]), np.array([False, True]))
    assert [one["cases"] for one in told["points"]] == [1, 1]
    assert told["calibration_error"] == 0
