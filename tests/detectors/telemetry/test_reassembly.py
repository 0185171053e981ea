from hypothesis import given
from hypothesis import strategies as st

from detectors.telemetry.reassembly import FOREVER, MAX_HELD_PACKETS, Lane

STREAM = bytes(range(256)) * 8


def joined(pieces):
    return b"".join(piece.data for piece in pieces)


def take(lane, start, size, origin=0):
    return lane.take((origin + start) & 0xFFFFFFFF, STREAM[start : start + size], size, start, 0.0)


def test_bytes_in_order_are_given_at_once_also_over_the_wrap():
    lane = Lane(True, 0xFFFFFFF0)
    pieces = [piece for start in range(0, 64, 16) for piece in take(lane, start, 16, 0xFFFFFFF0)]
    assert joined(pieces) == STREAM[:64]
    assert not any(piece.is_after_gap for piece in pieces)


def test_repetitions_are_dropped_and_overlaps_trimmed():
    lane = Lane(True, 0)
    pieces = take(lane, 0, 100) + take(lane, 0, 100) + take(lane, 50, 100)
    assert joined(pieces) == STREAM[:150]
    assert [len(piece.data) for piece in pieces] == [100, 50]


@given(st.permutations(range(8)))
def test_any_order_of_a_few_packets_gives_the_same_bytes(order):
    lane = Lane(False, 7)
    pieces = [piece for number in order for piece in take(lane, number * 100, 100, 7)]
    assert joined(pieces) == STREAM[:800]
    assert lane.held_bytes == 0


def test_a_lost_packet_is_told_with_its_size():
    lane = Lane(True, 0)
    take(lane, 0, 10)
    held = [piece for start in range(30, 30 + 10 * (MAX_HELD_PACKETS + 1), 10) for piece in take(lane, start, 10)]
    assert (held[0].is_after_gap, held[0].lost_bytes) == (True, 20)
    assert [piece.is_after_gap for piece in held[1:]] == [False] * MAX_HELD_PACKETS


def test_what_the_other_side_has_got_is_not_waited_for():
    lane = Lane(True, 0)
    assert take(lane, 40, 10) == []
    assert lane.accept_loss_before(40 - 1) == []
    (piece,) = lane.accept_loss_before(50)
    assert (piece.data, piece.lost_bytes) == (STREAM[40:50], 40)


def test_a_lane_entered_in_the_middle_says_so():
    (piece,) = Lane(True, None).take(1_000, b"middle", 6, 1, 0.0)
    assert (piece.is_after_gap, piece.lost_bytes) == (True, 0)


def test_bytes_cut_off_by_the_capture_are_lost():
    lane = Lane(True, 0)
    lane.take(0, b"head", 100, 1, 0.0)
    (piece,) = lane.take(100, b"next", 4, 2, 0.0)
    assert (piece.is_after_gap, piece.lost_bytes) == (True, 96)


def test_skipped_bytes_need_not_come_and_leave_no_gap():
    lane = Lane(True, 0)
    take(lane, 0, 10)
    lane.skip(500)
    assert lane.wake == 510
    (piece,) = take(lane, 500, 20)
    assert (piece.data, piece.is_after_gap) == (STREAM[510:520], False)
    lane.skip(2 * FOREVER)
    assert lane.to_skip == FOREVER


def test_a_new_connection_on_the_same_ports_is_followed():
    lane = Lane(True, 900_000_000)
    lane.take(900_000_000, b"old", 3, 1, 0.0)
    (piece,) = lane.take(5, b"new", 3, 2, 0.0)
    assert (piece.data, piece.is_after_gap) == (b"new", True)
