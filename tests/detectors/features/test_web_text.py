"""Texts from the web become comparable, whatever strangers coded how often."""

from __future__ import annotations

from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from detectors.features.web_text import MAX_LETTERS, comparable, decode_web, read_body


def test_coding_is_undone_twice_and_not_three_times():
    once, twice = quote("<a b>"), quote(quote("<a b>"))
    assert decode_web(once) == decode_web(twice) == "<a b>"
    assert decode_web(quote(twice)) == once


def test_plus_entities_and_wide_coding_are_undone():
    assert decode_web("a+b&lt;c%u0027") == "a b<c'"


def test_comments_and_blanks_do_not_hide_words():
    assert comparable("UNI/**/ON%09%0aSEL") == "uni on\nsel"
    assert comparable("a%0d%0a%0ab  c") == "a\nb c"


def test_slashes_written_too_long_become_slashes():
    assert decode_web("..%c0%af..%C1%9cx") == "../..\\x"


def test_half_codes_stay_as_they_are():
    assert decode_web("100% of %zz %u12") == "100% of %zz %u12"


def test_bytes_are_read_one_letter_each():
    assert read_body(bytes(range(256))) == "".join(map(chr, range(256)))
    assert len(read_body(bytes(10_000))) == MAX_LETTERS


@given(st.text(max_size=200))
def test_any_text_gives_a_bounded_text(text):
    assert len(comparable(text)) <= MAX_LETTERS


@given(st.text("%uU0dD8fFcCaAxX25+&#;lt&amp \ud800\udc80/\\", max_size=60))
def test_half_characters_and_broken_codes_raise_nothing(text):
    assert len(decode_web(text)) <= MAX_LETTERS


def test_half_of_a_wide_character_is_no_trouble():
    assert len(decode_web("a%ud800b")) > 1
