"""BER and DER, one level at a time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detectors.telemetry.readers import der


def test_an_element_is_read_back_as_it_was_made():
    for size in (0, 1, 127, 128, 70_000):
        made = der.element(0x30, b"x" * size)
        assert list(der.items(made)) == [(0x30, b"x" * size)]
        assert der.whole_size(made) == len(made)


def test_members_of_a_level_are_found_by_tag_the_first_of_each():
    level = der.element(2, b"\1") + der.element(4, b"name") + der.element(4, b"other")
    assert der.fields(level) == {2: b"\1", 4: b"name"}
    assert der.first(level, 4) == b"name"
    assert der.first(level, 5) == b""


def test_numbers_carry_their_sign_and_long_ones_are_none():
    assert [der.number(one) for one in (b"\5", b"\xff\x7b", b"\0\xff", b"", b"1" * 9)] == [5, -133, 255, 0, 0]


def test_a_head_that_is_not_all_there_is_waited_for_and_a_strange_one_refused():
    assert (der.whole_size(b"\x30"), der.whole_size(b"\x30\x82\x01")) == (0, 0)
    assert (der.whole_size(b"\x30\x80"), der.whole_size(b"\x1f\x05"), der.whole_size(b"\x30\x85abcde")) == (-1, -1, -1)


def test_content_that_ends_early_is_given_as_far_as_it_is_there():
    assert list(der.items(b"\x04\x05ab")) == [(4, b"ab")]


def test_a_level_of_many_members_is_bounded():
    assert len(list(der.items(b"\x05\0" * 10_000))) == der.MAX_ITEMS


@given(st.binary(max_size=300))
def test_any_bytes_are_borne(data):
    assert sum(len(content) for _, content in der.items(data)) <= len(data)
    assert der.whole_size(data) >= -1
