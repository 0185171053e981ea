"""A start becomes a row: the same everywhere, finite, and its numbers are what a person would count."""

from __future__ import annotations

import math
import time
import tomllib
from pathlib import Path

import numpy as np
import pytest

from detectors.features.program_features import (
    GRAMS,
    NAMES,
    NUMBERS,
    WIDTH,
    WORDS,
    number_columns,
    plain_number,
    program_row,
    program_rows,
    runs_system_script,
    score_programs,
    split_words,
)
from tests.program_factories import chain, program

ROOT = Path(__file__).parents[3]


def value(row: np.ndarray, name: str) -> float:
    return float(row[number_columns()[NAMES.index(name)]])


def test_a_row_is_the_same_on_every_computer():
    row = program_row(chain("explorer.exe", "cmd.exe", "net.exe", command="net use H: \\\\server\\home"))
    places = np.flatnonzero(row[: GRAMS + WORDS])
    assert (len(places), int(places[:40].sum()), int(places[-10:].sum())) == FIXED


FIXED = (92, 37_536, 47_394)
"""Counted once: a change means that every model trained before is void, and FORM must change."""


def test_people_and_numbers_do_not_change_the_words():
    one = program_row(program("a.exe", command=r"C:\Users\ann\a.exe /n 12"))
    other = program_row(program("a.exe", command=r"C:\Users\bob\a.exe /n 99"))
    np.testing.assert_array_equal(one[: GRAMS + WORDS], other[: GRAMS + WORDS])


def test_systems_do_not_share_letters():
    one, other = (program_row(program("sh", system=name, command="sh -c date")) for name in ("windows", "linux"))
    shared = (one[:GRAMS] > 0) & (other[:GRAMS] > 0)
    assert shared.sum() < 0.1 * (one[:GRAMS] > 0).sum() + 3


def test_numbers_are_what_a_person_counts():
    told = program_row(
        chain("winword.exe", "cmd.exe", "tool.exe", path=r"C:\Users\ann\Downloads\tool.exe", user="NT AUTHORITY\\SYSTEM",
              command="tool.exe -a -b http://192.0.2.7/x && del C:\\Temp\\y ^")
    )  # fmt: skip
    yes = [
        "program_on_windows", "program_in_downloads", "program_parent_in_system", "program_behind_it_office",
        "program_as_system", "program_parent_is_shell", "command_has_web_address", "command_has_number_address",
        "command_names_writable_place", "command_joins_commands", "program_other_user_than_parent",
    ]  # fmt: skip
    assert [name for name in yes if value(told, name) != 1] == []
    no = ["program_on_linux", "program_is_shell", "command_has_network_path", "program_parent_unknown"]
    assert [name for name in no if value(told, name) != 0] == []
    assert value(told, "command_options") == pytest.approx(math.log1p(2))
    assert value(told, "program_shells_above") == pytest.approx(math.log1p(1))
    assert value(told, "command_odd_marks") == pytest.approx(1 / 57, abs=2e-3)


def test_numbers_are_told_in_units_of_people():
    by_name = {one.name: one for one in NUMBERS}
    assert plain_number(by_name["command_length"], math.log1p(600)) == 600
    assert plain_number(by_name["program_is_shell"], 1.0) is True
    assert plain_number(by_name["command_capitals"], 0.253) == 25


def test_what_is_unknown_is_said_and_never_raises():
    row = program_row(program(None, path=None, command=None, user=None))
    assert value(row, "program_command_unknown") == value(row, "program_parent_unknown") == 1
    assert np.isfinite(row).all()


@pytest.mark.parametrize("text", ["\x00" * 5_000, "\ud800\udfff" * 900, "\u202e<b>" * 999, "\U0001f600" * 4_000, '"'])
def test_hostile_text_gives_a_finite_row(text: str):
    row = program_row(program(text, path=text, command=text, user=text, parent=program(text, path=text, command=text)))
    assert row.shape == (WIDTH,)
    assert np.isfinite(row).all()


def test_a_script_of_the_system_is_told_from_one_of_a_person():
    ours = r'"C:\Windows\System32\cscript.exe" //nologo C:\Windows\System32\check.vbs'
    theirs = r'"C:\Windows\System32\cscript.exe" //nologo C:\Users\ann\check.vbs'
    assert runs_system_script(program("cscript.exe", command=ours))
    assert not runs_system_script(program("cscript.exe", command=theirs))
    assert not runs_system_script(program("notes.exe", command=ours))
    assert runs_system_script(program("sh", command="/bin/sh /etc/cron.daily/logrotate"))
    assert not runs_system_script(program("sh", command="sh -c reboot"))


def test_many_rows_are_scored_in_order_in_small_parts():
    starts = [program("a.exe", command="x" * number) for number in range(1, 600)]
    column = number_columns()[NAMES.index("command_length")]
    sizes = []

    def score(rows: np.ndarray) -> np.ndarray:
        sizes.append(len(rows))
        return rows[:, column]

    scores = score_programs(score, starts)
    np.testing.assert_allclose(scores, np.log1p(np.arange(1, 600)), rtol=1e-6)
    assert max(sizes) <= 256
    assert score_programs(score, []).shape == (0,)
    np.testing.assert_array_equal(program_rows(starts[:2])[1], program_row(starts[1]))


def test_words_are_split_at_blanks_and_joining_signs():
    assert split_words('a "b c"|d&&e>f') == ["a", "b", "c", "d", "e", "f"]


def test_a_row_costs_little_even_for_endless_commands():
    starts = [program("a.exe", command=f"{number} " + "a-b/c " * 20_000) for number in range(20)]
    began = time.process_time()
    program_rows(starts)
    assert time.process_time() - began < 2


def test_each_number_has_a_plain_name_in_four_languages():
    names = tomllib.loads((ROOT / "resources" / "texts" / "program_features.toml").read_text(encoding="utf-8"))
    assert len(set(NAMES)) == len(NAMES) >= 30
    assert set(names) == set(NAMES)
    assert all(set(words) == {"en", "fr", "de", "lb"} and all(words.values()) for words in names.values())
