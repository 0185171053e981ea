"""Counts of two days can be added, and tell enough: a high quantile for limits, a middle value for reasons."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest

from detectors.contract.baseline import ModelCounts
from detectors.features.flow_features import FEATURES, Feature
from detectors.features.program_features import NUMBERS
from detectors.features.spread import (
    BINS,
    HALF_LIFE_DAYS,
    MAX_MODELS,
    SCORE_BINS,
    SCORE_LOWEST,
    SCORE_STEP,
    add_counts,
    form_of,
    is_sound,
    mean_score,
    mean_value,
    merge,
    middle_value,
    score_quantile,
)
from detectors.features.spread_counting import LookMeter

COUNT, SIZE, SHARE, ASKED, TIME = (
    Feature("calls", "connections", is_log=True),
    Feature("sent", "bytes", is_log=True),
    Feature("share", "%"),
    Feature("asked", "yes/no"),
    Feature("lasted", "s", is_log=True),
)
COLUMNS = (COUNT, SIZE, SHARE, ASKED, TIME)


def counted(*rows: tuple[float, ...], shares: tuple[float, ...] = (), columns=COLUMNS) -> ModelCounts:
    meter = LookMeter()
    meter.count("flow_usual", columns, np.array(rows, np.float32), np.array(shares or (0.5,) * len(rows)))
    (counts,) = meter.counts()
    return counts


def plain(calls: int, sent: int, share: float, asked: bool, lasted_s: float) -> tuple[float, ...]:
    return math.log1p(calls), math.log1p(sent), share, float(asked), math.log1p(lasted_s)


# --- counting ----------------------------------------------------------------------------------------------------
def test_every_row_is_counted_once_in_every_column():
    counts = counted(plain(1, 900, 0.5, True, 3), plain(4, 0, 1.0, False, 0), plain(0, 10**12, 0.0, True, 10**9))
    assert is_sound(counts)
    assert counts.rows == 3
    assert [sum(one) for one in counts.inputs] == [3] * len(COLUMNS)


def test_nothing_is_a_bin_of_its_own_and_the_last_has_no_end():
    counts = counted(plain(0, 0, 0.0, False, 0), plain(10**6, 10**13, 1.0, True, 10**8))
    assert [one[0] for one in counts.inputs] == [1] * len(COLUMNS)
    assert [max(place for place, n in enumerate(one) if n) for one in counts.inputs] == [31, 31, 30, 30, 31]


@pytest.mark.parametrize("columns", [FEATURES, NUMBERS])
def test_what_no_column_should_hold_stays_in_the_first_or_last_bin(columns):
    rows = np.array([[-1e30] * len(columns), [1e30] * len(columns)], np.float32)
    meter = LookMeter()
    meter.count("m", columns, rows, np.array([-5.0, 1e30]))
    (counts,) = meter.counts()
    assert {(one[0], one[-1]) for one in counts.inputs} == {(1, 1)}
    assert (counts.scores[0], counts.scores[-1]) == (1, 1)


def test_scores_are_counted_in_steps_of_five_percent_of_the_limit():
    counts = counted(*[plain(1, 1, 0, False, 1)] * 4, shares=(0.0, SCORE_LOWEST, 1.0, 1.06))
    filled = [place for place, n in enumerate(counts.scores) if n]
    assert counts.scores[0] == 2
    assert filled[2] - filled[1] in {1, 2}
    assert SCORE_LOWEST * SCORE_STEP ** (SCORE_BINS - 2) > 20


def test_the_same_model_twice_in_a_look_is_added_and_too_many_models_are_not_counted():
    meter = LookMeter()
    for number in range(MAX_MODELS + 3):
        meter.count(f"m{number % (MAX_MODELS + 2)}", COLUMNS, np.zeros((2, 5), np.float32), np.zeros(2))
    counts = {one.model: one.rows for one in meter.counts()}
    assert len(counts) == MAX_MODELS
    assert counts["m0"] == 4


def test_a_model_that_read_nothing_has_no_counts():
    meter = LookMeter()
    meter.count("m", COLUMNS, np.zeros((0, 5), np.float32), np.zeros(0))
    assert meter.counts() == ()


def test_another_column_or_unit_gives_another_form():
    forms = {form_of(COLUMNS), form_of(COLUMNS[:-1]), form_of((replace(COUNT, unit="bytes"), *COLUMNS[1:]))}
    assert len(forms | {form_of(COLUMNS[::-1])}) == 4
    assert form_of(FEATURES) == form_of(tuple(FEATURES))


# --- adding ------------------------------------------------------------------------------------------------------
def test_two_days_added_are_what_one_day_would_have_counted():
    one, other = plain(1, 900, 0.5, True, 3), plain(70, 5, 0.1, False, 60)
    assert add_counts(counted(one, shares=(0.3,)), counted(other, shares=(2.0,))) == counted(
        one, other, shares=(0.3, 2.0)
    )
    with pytest.raises(ValueError, match="spread"):
        add_counts(counted(one), counted((1.0,), columns=(COUNT,)))


def test_a_day_counts_half_after_the_half_life_and_another_form_not_at_all():
    young, old = counted(plain(1, 1, 0, False, 1)), counted(plain(9, 1, 0, False, 1))
    foreign = counted((1.0,), columns=(COUNT,))
    spread = merge([(old, HALF_LIFE_DAYS), (foreign, 5.0), (young, 0.0)])
    assert spread is not None
    assert (spread.form, spread.rows) == (young.form, 1.5)
    assert sorted(n for n in spread.inputs[0] if n) == [0.5, 1.0]
    assert merge([]) is None


# --- telling -----------------------------------------------------------------------------------------------------
def test_a_quantile_is_rather_too_high_than_too_low():
    shares = tuple(0.1 + 0.0009 * place for place in range(1_000))
    counts = counted(*[plain(1, 1, 0, False, 1)] * 1_000, shares=shares)
    for share in (0.5, 0.9, 0.999):
        told = score_quantile(counts.scores, share)
        assert told is not None
        true = sorted(shares)[math.ceil(share * 1_000) - 1]
        assert true <= told <= true * SCORE_STEP
    assert score_quantile((0,) * SCORE_BINS, 0.5) is None


@pytest.mark.parametrize(
    ("column", "values", "middle"),
    [
        (COUNT, (3, 3, 3, 3, 90), 3),
        (COUNT, (0, 0, 0, 5), 0),
        (ASKED, (1, 1, 0), 1),
        (ASKED, (0, 0, 1), 0),
        (SHARE, (0.0, 1.0, 1.0), 1.0),
    ],
)
def test_the_middle_of_what_comes_whole_is_whole(column: Feature, values: tuple[float, ...], middle: float):
    rows = np.array([[math.log1p(value) if column.is_log else value] for value in values], np.float32)
    meter = LookMeter()
    meter.count("m", (column,), rows, np.zeros(len(rows)))
    told = middle_value(column, meter.counts()[0].inputs[0])
    assert told is not None
    assert (math.expm1(told) if column.is_log else told) == pytest.approx(middle, abs=0.04)


def test_the_middle_of_a_measure_is_near_the_true_one():
    values = np.random.default_rng(3).lognormal(8, 1.5, 5_000)
    meter = LookMeter()
    meter.count("m", (SIZE,), np.log1p(values)[:, None], np.zeros(5_000))
    told = middle_value(SIZE, meter.counts()[0].inputs[0])
    assert told is not None
    assert math.expm1(told) == pytest.approx(float(np.median(values)), rel=0.15)
    assert middle_value(SIZE, (0,) * BINS) is None


# --- hostile -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "lie",
    [
        {"rows": 0},
        {"rows": -1},
        {"rows": 3},
        {"rows": 2**60},
        {"model": ""},
        {"model": "m" * 65},
        {"form": "f" * 65},
        {"inputs": ()},
        {"inputs": ((2,),) * 5},
        {"inputs": ((3, -1, *(0,) * (BINS - 2)),) * 5},
        {"inputs": ((2, *(0,) * (BINS - 1)),) * 300},
        {"scores": (2,)},
        {"scores": (3, -1, *(0,) * (SCORE_BINS - 2))},
        {"scores": (3, *(0,) * (SCORE_BINS - 1))},
    ],
)
def test_counts_that_cannot_be_true_are_not_sound(lie: dict):
    honest = counted(plain(1, 1, 0, False, 1), plain(1, 1, 0, False, 1))
    assert is_sound(honest)
    assert not is_sound(replace(honest, **lie))


def test_counting_is_fast():
    rows = np.random.default_rng(1).exponential(2, (4_096, len(FEATURES))).astype(np.float32)
    shares, meter = np.full(4_096, 0.3), LookMeter()
    best = min(_seconds(lambda: meter.count("flow_usual", FEATURES, rows, shares)) for _ in range(40))
    assert best < 0.003  # 0.9 ms on a quiet machine; the tests share theirs


def _seconds(act) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def test_the_mean_of_a_column_is_told_as_the_model_reads_it():
    meter = LookMeter()
    rows = np.array([[math.log1p(8), math.log1p(5_000), 0.25, 1, math.log1p(60)]] * 3 + [[0, 0, 0.75, 0, 0]])
    meter.count("made", COLUMNS, rows.astype(np.float32), np.zeros(4))
    counts = meter.counts()[0]
    means = [mean_value(column, counted) for column, counted in zip(COLUMNS, counts.inputs, strict=True)]
    assert means == pytest.approx(rows.mean(axis=0).tolist(), abs=0.35)  # half a bin of the widest
    assert means[3] == pytest.approx(0.75)
    assert mean_value(COUNT, [0] * BINS) is None


def test_the_usual_score_is_told_between_its_bins():
    scores = [0] * SCORE_BINS
    scores[10] = scores[20] = 4
    assert mean_score(scores) == pytest.approx(SCORE_LOWEST * SCORE_STEP**15)
    assert mean_score([0] * SCORE_BINS) is None
