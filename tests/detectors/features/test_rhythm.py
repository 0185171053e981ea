import numpy as np
import pytest

from detectors.features.rhythm import busiest_stretch, join_bursts, rhythm_of
from tests.traffic_factories import make_dns


def test_the_fullest_stretch_of_time():
    events = [make_dns(at_s=at_s) for at_s in (0.0, 50.0, 100.0, 101.0, 102.0, 200.0)]
    assert [one.at_s for one in busiest_stretch(events, 60.0)] == [50.0, 100.0, 101.0, 102.0]
    assert [one.at_s for one in busiest_stretch(events, 10.0)] == [100.0, 101.0, 102.0]
    assert list(busiest_stretch([], 60.0)) == []


def test_a_burst_counts_once():
    assert join_bursts(np.array([5.0, 0.0, 0.5, 1.2, 5.1]), 1.0).tolist() == [0.0, 5.0]


def test_a_clock_has_no_jitter():
    rhythm = rhythm_of(np.arange(11) * 60.0)
    assert (rhythm.beats, rhythm.period_s, rhythm.jitter, rhythm.span_s, rhythm.steady) == (11, 60.0, 0.0, 600.0, 1.0)


def test_one_missed_beat_leaves_the_rhythm():
    rhythm = rhythm_of(np.array([0.0, 10, 20, 40, 50, 60, 70]))
    assert (rhythm.period_s, rhythm.jitter) == (10.0, 0.0)
    assert rhythm.steady == pytest.approx(5 / 6)


def test_people_have_no_rhythm():
    assert rhythm_of(np.cumsum([1.0, 30, 4, 80, 2, 15, 200, 7])).jitter > 0.5


def test_too_few_or_equal_times_tell_nothing():
    assert rhythm_of(np.array([1.0, 2.0])) is None
    assert rhythm_of(np.array([3.0, 3.0, 3.0, 3.0])) is None
