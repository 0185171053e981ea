"""What programs used in the course of time: few points, honest about what nobody measured."""

from __future__ import annotations

import math

from detectors.contract.activity import LoadPoint
from detectors.contract.programs import Load
from detectors.worker.program_sums import MAX_POINTS, load_points
from tests.program_factories import program

T = 1_700_000_000.0


def test_each_point_tells_of_the_time_since_the_one_before():
    loads = [
        Load(T, cpu_s=1.0, memory_bytes=10, read_bytes=100, written_bytes=0),
        Load(T + 2, cpu_s=2.0, memory_bytes=20, read_bytes=150, written_bytes=50),
        Load(T + 4, cpu_s=2.0, memory_bytes=30, read_bytes=150, written_bytes=50),
    ]
    assert load_points(program(loads=loads)) == (LoadPoint(T + 2, 0.5, 20, 100), LoadPoint(T + 4, 0.0, 30, 0))


def test_a_program_that_used_nothing_has_no_points():
    assert load_points(program(loads=[Load(T + n, 5.0, 10, 7, 7) for n in range(9)])) == ()
    assert load_points(program(loads=[Load(T, 5.0)])) == ()


def test_what_nobody_measured_is_unknown():
    [point] = load_points(program(loads=[Load(T, cpu_s=1.0), Load(T + 1, cpu_s=1.5)]))
    assert point == LoadPoint(T + 1, 0.5, None, None)


def test_counters_that_lie_break_nothing():
    loads = [Load(T, 9.0), Load(T + 1, 3.0, read_bytes=5), Load(math.nan, 4.0), Load(T + 1, 5.0), Load(T + 2, 6.0)]
    assert load_points(program(loads=loads)) == (LoadPoint(T + 1, None, None, None), LoadPoint(T + 2, 1.0, None, None))


def test_a_long_life_is_told_in_few_points_to_its_end():
    points = load_points(program(loads=[Load(T + n, cpu_s=n / 4) for n in range(5_000)]))
    assert len(points) == MAX_POINTS
    assert points[-1].at_s == T + 4_999
    assert {round(one.cpu_share or 0, 9) for one in points} == {0.25}
