import numpy as np
import pytest

from detectors.features.flow_groups import busiest_windows, group_rows

CLIENTS = np.array([3, 1, 3, 1, 3], np.int32)
PORTS = np.array([80, 80, 443, 80, 80], np.uint16)
BYTES = np.array([1, 10, 100, 1000, 10_000], np.int64)
ALL = np.arange(5)


def test_rows_with_equal_keys_stand_together_in_their_order():
    groups = group_rows(ALL, CLIENTS, PORTS)
    assert [groups.rows(place).tolist() for place in range(len(groups))] == [[1, 3], [0, 4], [2]]
    assert groups.sizes.tolist() == [2, 2, 1]
    assert groups.firsts.tolist() == [1, 0, 2]


def test_values_are_summed_up_inside_each_group():
    groups = group_rows(ALL, CLIENTS)
    assert groups.total(BYTES).tolist() == [1010, 10_101]
    assert groups.total(BYTES > 5).tolist() == [2, 2]
    assert groups.lowest(BYTES).tolist() == [10, 1]
    assert groups.highest(BYTES).tolist() == [1000, 10_000]
    assert groups.median(BYTES).tolist() == [1000, 100]
    assert groups.distinct(PORTS).tolist() == [1, 2]


def test_a_mask_chooses_rows():
    assert group_rows(BYTES >= 100, CLIENTS).order.tolist() == [3, 2, 4]


def test_no_rows_make_no_groups():
    groups = group_rows(np.zeros(5, bool), CLIENTS, PORTS)
    assert len(groups) == 0
    for answer in (groups.total(BYTES), groups.lowest(BYTES), groups.distinct(PORTS), groups.median(BYTES)):
        assert answer.tolist() == []


def test_keys_too_large_to_multiply_stay_apart():
    large = np.array([2**64 - 1, 0, 2**64 - 1, 5, 2**63], np.uint64)
    odd = np.array([np.nan, 1e300, np.nan, -1e300, 0.0])
    groups = group_rows(ALL, large, odd, large, odd, CLIENTS, PORTS)
    assert sorted(groups.sizes.tolist()) == [1, 1, 1, 1, 1]
    assert sorted(group_rows(ALL, large, odd, large, odd).sizes.tolist()) == [1, 1, 1, 2]


def test_many_wide_columns_do_not_overflow():
    values = np.arange(3000)
    keys = [np.roll(values, shift).astype(np.int64) for shift in range(8)]
    assert len(group_rows(values, *keys)) == 3000


@pytest.mark.parametrize("start_s", [0.0, 140.0, 299.0, 1.7e9 + 299])
def test_a_burst_is_never_cut_by_the_edge_of_a_window(start_s):
    at_s = start_s + np.arange(20) * 5.0
    found = list(busiest_windows(np.arange(20), at_s, [np.zeros(20)], np.arange(20), window_s=300, at_least=15))
    assert [(len(rows), count) for rows, count in found] == [(20, 20)]


def test_what_is_spread_over_time_or_repeats_itself_is_no_burst():
    spread_s = np.arange(20) * 60.0
    assert not list(busiest_windows(np.arange(20), spread_s, [np.zeros(20)], np.arange(20), window_s=300, at_least=15))
    same = np.arange(20) % 3
    assert not list(busiest_windows(np.arange(20), np.zeros(20), [np.zeros(20)], same, window_s=300, at_least=15))
