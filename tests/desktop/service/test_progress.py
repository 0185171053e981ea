from __future__ import annotations

import pytest

from desktop.service.progress import Pace


def test_there_is_no_guess_before_a_fair_start():
    pace = Pace()
    pace.note(2.9, 5000)
    assert pace.seconds_left(10_000) is None  # too early
    pace.note(4.0, 5010)
    assert pace.seconds_left(10_000) is not None
    slow = Pace()
    slow.note(60.0, 49)
    assert slow.seconds_left(10_000) is None  # too few


def test_a_steady_pace_gives_a_narrow_range_around_the_truth():
    pace = Pace()
    for second in range(1, 11):
        pace.note(float(second), second * 100)
    low, high = pace.seconds_left(5_000)
    assert (low, high) == (pytest.approx(40 / 1.1), pytest.approx(40 * 1.1))  # 4,000 files at 100 a second


def test_a_changing_pace_gives_a_wide_range_between_both_rates():
    pace = Pace()
    for second in range(1, 11):
        pace.note(float(second), second * 100)
    for second in range(11, 41):  # then ten times slower
        pace.note(float(second), 1000 + (second - 10) * 10)
    low, high = pace.seconds_left(2_300)
    assert low == pytest.approx(1000 / 32.5 / 1.1)  # 1,300 files in 40 s on the whole
    assert low < 1000 / 10 < high  # the truth, if it stays slow


def test_an_earlier_part_of_the_run_does_not_make_the_pace_faster():
    pace = Pace(done=10_000)
    for second in range(1, 11):
        pace.note(float(second), 10_000 + second * 10)
    low, high = pace.seconds_left(10_200)
    assert low <= 10 <= high  # 100 left at 10 a second


def test_a_standstill_gives_no_division_by_zero():
    pace = Pace()
    pace.note(5.0, 100)
    pace.note(5.0, 100)
    for second in range(6, 2000, 20):
        pace.note(float(second), 100)
    assert pace.seconds_left(50) == (0.0, 0.0)
    low, high = pace.seconds_left(1000)
    assert 0 < low < high
