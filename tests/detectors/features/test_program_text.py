"""Commands of two computers become one text: numbers, identities, people and data are taken out."""

from __future__ import annotations

import math
import time

import pytest

from detectors.features.program_text import MAX_TEXT, entropy_bits, longest_run, normal_text

DATA = "QWxhZGRpbjpv" + "cGVuIHNlc2FtZQ1x9Zk3"


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (r"C:\Users\ann\a.exe 1234", r"c:\users\bob\a.exe  99"),
        ("run {1A2B3C4D-0000-1111-2222-123456789ABC}", "run 00000000-aaaa-bbbb-cccc-ddddeeeeffff"),
        ("cat /home/ann/x", "cat /home/bob/x"),
        ("tool \u2013enc now", "tool -enc now"),
        ("tool 0x1a2b3c4d5e", "tool deadbeef99"),
    ],
)
def test_what_differs_between_computers_does_not_count(here: str, there: str):
    assert normal_text(here) == normal_text(there)


def test_data_becomes_a_word_and_long_names_stay():
    assert normal_text(f"tool {DATA}") == "tool encoded"
    assert "long_but_ordinary_program_name" in normal_text("/opt/long_but_ordinary_program_name")
    assert "/usr/lib/python0/site/packages/tool" in normal_text("/usr/lib/python3/site/packages/tool")


def test_the_longest_stretch_of_data_is_measured():
    assert longest_run(f"tool {DATA} {DATA}x1Y") == len(DATA) + 3
    assert longest_run("copy /usr/share/very/long/path/without/breaks there") == 0


def test_nothing_is_known_of_no_command():
    assert normal_text(None) == normal_text("") == ""


def test_entropy_by_hand():
    assert entropy_bits("aabb") == 1
    assert entropy_bits("abcdefgh") == pytest.approx(math.log2(8))
    assert entropy_bits("") == 0


@pytest.mark.parametrize("text", ["a" * 1_000_000, "\\users\\" * 100_000, "-" * 500_000, "\ud800\x00\u202e" * 1_000])
def test_long_and_broken_commands_cost_little(text: str):
    began = time.process_time()
    assert len(normal_text(text)) <= 2 * MAX_TEXT
    assert time.process_time() - began < 0.2
