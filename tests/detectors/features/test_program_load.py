"""How long a program was at work, worked out by hand."""

from __future__ import annotations

import pytest

from detectors.contract.programs import Load
from detectors.features.program_load import grown, longest_busy, ordered
from tests.program_factories import NOW_S, program


def worker(*points, **facts):
    """Counters as (seconds after the start, processor seconds)."""
    return program("x", started_s=NOW_S, loads=[Load(NOW_S + at_s, cpu_s) for at_s, cpu_s in points], **facts)


def test_one_look_knows_a_programs_whole_life():
    span = longest_busy(worker((1_000.0, 900.0)))
    assert (span.began_s, span.length_s, span.share) == (NOW_S, 1_000.0, 0.9)


def test_a_burst_on_all_cores_is_no_long_work():
    span = longest_busy(worker((10.0, 400.0), (1_000.0, 400.0)))
    assert span.length_s == 10.0


def test_the_longest_time_at_work_is_found_between_pauses():
    points = [(0, 0), (100, 5), (200, 100), (300, 190), (400, 195), (1_100, 200)]
    span = longest_busy(worker(*points))
    assert (span.began_s - NOW_S, span.ended_s - NOW_S) == (100.0, 400.0)
    assert span.share == pytest.approx(190 / 300)


def test_a_night_asleep_is_not_counted_as_work():
    span = longest_busy(worker((0, 0), (600, 600), (30_600, 610), (30_700, 700)))
    assert span.length_s == 600.0


def test_counters_that_lie_are_left_out():
    odd = worker((100, 90), (50, 80), (200, 20), (float("nan"), 5), (300, float("inf")), (100, 95))
    assert [(one.at_s - NOW_S, one.cpu_s) for one in ordered(odd)] == [(0.0, 0.0), (50.0, 80.0), (100.0, 90.0)]
    assert longest_busy(worker()) is None
    assert longest_busy(program("x", loads=[Load(NOW_S, None)])) is None


def test_reading_writing_and_the_idle_user_belong_to_the_time_at_work():
    loads = [
        Load(NOW_S, 0.0, read_bytes=1_000, written_bytes=0, idle_user_s=900.0),
        Load(NOW_S + 100, 90.0, read_bytes=2_000, written_bytes=4_000, idle_user_s=1_000.0),
    ]
    span = longest_busy(program("x", started_s=None, loads=loads))
    assert span.moved_bytes_s == 50.0
    assert span.is_user_idle is True


def test_what_nobody_counted_is_unknown():
    span = longest_busy(program("x", started_s=None, loads=[Load(NOW_S, 0.0), Load(NOW_S + 100, 90.0)]))
    assert span.moved_bytes is None
    assert span.is_user_idle is None
    assert grown(None, 5) is None
    assert grown(9, 5) is None
    assert grown(5, 9) == 4


def test_many_counters_take_no_time():
    assert longest_busy(worker(*((second, second * 0.7) for second in range(20_000)))).length_s > 4_000
