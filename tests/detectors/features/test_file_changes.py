"""Minutes of changes, counted by hand."""

from __future__ import annotations

import pytest

from detectors.contract.programs import FileChange
from detectors.features.file_changes import changed_minutes, ending_of, locked_name, noise_limit

START_S = 1_700_000_010.0


def change(number: int, kind: str = "modified", path: str = "", **facts):
    return FileChange(START_S + number / 10, path or f"/d/{number % 4}/letter{number}.txt", kind, **facts)


def only(changes):
    (minute,) = changed_minutes(changes)
    return minute


def test_a_file_counts_once_however_often_it_is_saved():
    minute = only([change(number, path="/d/letter.txt") for number in range(50)])
    assert (minute.rewritten, minute.folders, minute.kinds) == (1, 1, 1)
    assert not minute.is_many


def test_many_files_in_many_folders_are_many():
    assert only([change(number) for number in range(40)]).is_many
    assert not only([change(number, "created") for number in range(40)]).is_many


def test_a_new_ending_by_renaming_and_by_writing_anew_is_the_same():
    renamed = [change(n, "renamed", to=f"/d/{n % 4}/letter{n}.txt.qqq") for n in range(12)]
    written = [change(n, "created", path=f"/d/letter{n}.txt.qqq") for n in range(12)]
    removed = [change(n + 20, "deleted", path=f"/d/letter{n}.txt") for n in range(12)]
    for minute in (only(renamed), only([*written, *removed])):
        assert (minute.new_ending, minute.with_new_ending, minute.rewritten) == ("qqq", 12, 12)
        assert minute.has_new_ending


@pytest.mark.parametrize("after", ["letter.bak", "letter.txt.gz", "letter.jpeg", "letter", "letter.txt"])
def test_usual_endings_are_no_new_ones(after):
    assert only([change(n, "renamed", path=f"/{n}/letter.txt", to=f"/{n}/{after}") for n in range(20)]).new_ending == ""


def test_saving_through_a_passing_name_gives_no_new_ending():
    assert only([change(n, "renamed", path=f"/{n}.tmp", to=f"/{n}.odd") for n in range(20)]).new_ending == ""


def test_contents_that_lose_their_form_turn_to_noise():
    minute = only([change(n, entropy_before_bits=4.4, entropy_bits=7.96, size_bytes=9_000) for n in range(6)])
    assert (minute.noise, minute.sampled) == (6, 6)
    assert minute.is_noise


@pytest.mark.parametrize(
    "facts",
    [
        {"entropy_before_bits": 4.4, "entropy_bits": 4.5},
        {"entropy_before_bits": 7.8, "entropy_bits": 7.96},
        {"entropy_before_bits": 4.4, "entropy_bits": 7.96, "path": "/d/photo.jpg"},
        {"entropy_before_bits": 4.4, "entropy_bits": 7.96, "size_bytes": 100},
        {"entropy_before_bits": None, "entropy_bits": 7.96, "path": "/d/data.unknown"},
        {"entropy_before_bits": 4.4, "entropy_bits": 99.0},
        {"entropy_before_bits": 0.0, "entropy_bits": 0.0},
    ],
)
def test_other_contents_do_not(facts):
    assert only([change(n, **facts) for n in range(6)]).noise == 0


def test_wiped_files_count_as_lost():
    assert only([change(n, entropy_before_bits=4.4, entropy_bits=0.0, size_bytes=9_000) for n in range(6)]).noise == 6


def test_small_files_reach_less():
    assert noise_limit(None) == pytest.approx(7.9)
    assert noise_limit(1_000) == pytest.approx(8 - 1.5 * 183.94 / 1_000, abs=1e-3)


def test_canaries_count_when_written_moved_or_removed():
    kinds = ("created", "modified", "renamed", "deleted")
    minute = only([change(n, kind, is_canary=True) for n, kind in enumerate(kinds)])
    assert minute.canaries == 3


def test_half_minutes_are_weighed_with_their_neighbours():
    slow = [FileChange(START_S + 25 * n, f"/{n}/a.txt", "modified") for n in range(4)]
    assert [minute.rewritten for minute in changed_minutes(slow)] == [3, 2]


def test_names_of_locked_files():
    assert locked_name("C:\\a\\letter.docx.qqq") == "qqq"
    assert [locked_name(name) for name in ("letter.docx", "letter.docx.bak", "x.qqq", ".qqq", "")] == [""] * 5
    assert ending_of("/a.b/.profile") == ""


def test_hostile_changes_raise_nothing():
    odd = [
        FileChange(float("nan"), "", ""),
        FileChange(-1e300, "\udcff\x1b", "renamed", to=""),
        FileChange(1e300, "." * 10_000, "deleted", entropy_bits=float("nan")),
    ]
    assert len(list(changed_minutes(odd))) == 2
