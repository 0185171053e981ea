"""Real changes in a scratch folder are told, with what became of the contents."""

from __future__ import annotations

import logging
import os
import random
import time

import pytest

from detectors.mass_file_change import MassFileChange
from detectors.telemetry import watched_folders
from detectors.telemetry.watched_folders import WatchedFolders, entropy_bits, sample
from tests.program_factories import programs

NOISE = random.Random(1).randbytes(9_000)


@pytest.fixture
def folder(tmp_path):
    """A folder with documents in three others."""
    for number in range(36):
        (tmp_path / str(number % 3)).mkdir(exist_ok=True)
        (tmp_path / str(number % 3) / f"letter{number}.txt").write_text(f"Dear reader {number}\n" * 500)
    return tmp_path


@pytest.fixture
def watch(folder):
    """The folder, watched."""
    watched = WatchedFolders([str(folder)], [str(folder / "0" / "letter0.txt")])
    assert watched.start() == []
    yield watched
    watched.stop()


def told(watch, wanted, within_s=8.0):
    """Take changes until one is there that is wanted."""
    found, until = [], time.monotonic() + within_s
    while time.monotonic() < until:
        found += watch.take()
        if any(wanted(one) for one in found):
            return found
        time.sleep(0.05)
    raise AssertionError(found)


def test_a_rewritten_file_is_told_with_its_contents_before_and_after(watch, folder):
    path = folder / "1" / "letter1.txt"
    path.write_bytes(NOISE)
    changes = told(watch, lambda one: one.path == str(path) and one.size_bytes == 9_000)
    change = next(one for one in changes if one.path == str(path) and one.size_bytes == 9_000)
    assert change.change == "modified"
    assert change.entropy_bits > 7.9
    assert change.entropy_before_bits < 5
    assert not change.is_canary
    assert abs(change.at_s - time.time()) < 20


def test_new_renamed_and_removed_files_are_told(watch, folder):
    (folder / "new.txt").write_text("Dear reader")
    (folder / "1" / "letter1.txt").rename(folder / "1" / "letter1.txt.qqq")
    (folder / "2" / "letter2.txt").unlink()
    changes = told(watch, lambda one: one.change == "deleted")
    words = {(one.change, os.path.basename(one.path)) for one in changes}
    assert {("created", "new.txt"), ("renamed", "letter1.txt"), ("deleted", "letter2.txt")} <= words
    renamed = next(one for one in changes if one.change == "renamed")
    assert renamed.to == str(folder / "1" / "letter1.txt.qqq")
    assert renamed.entropy_before_bits < 5


def test_reading_is_told_nobody(watch, folder):
    for path in folder.rglob("*.txt"):
        path.read_bytes()
    (folder / "end.txt").touch()
    assert {one.path for one in told(watch, lambda one: one.path.endswith("end.txt"))} == {str(folder / "end.txt")}


def test_a_locking_program_is_found_by_what_is_told(watch, folder):
    for path in sorted(folder.rglob("*.txt")):
        path.write_bytes(random.Random(path.name).randbytes(9_000))
    changes = told(watch, lambda one: one.path.endswith("letter9.txt") and one.size_bytes == 9_000)
    (found,) = MassFileChange().detect(programs(system="linux", file_changes=tuple(changes)))
    evidence = {item.name: item.observed for item in found.evidence}
    assert found.severity.word == "high"
    assert evidence["canaries_changed"] == 1


def test_a_canary_elsewhere_is_watched_and_its_neighbours_are_not(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    canary, neighbour = other / "zz Report.rtf", other / "letter.txt"
    canary.write_text("x" * 1_000)
    watched = WatchedFolders([str(folder)], [str(canary)])
    assert watched.start() == []
    try:
        neighbour.write_text("changed")
        canary.write_text("changed")
        changes = told(watched, lambda one: one.is_canary)
    finally:
        watched.stop()
    assert {one.path for one in changes} == {str(canary)}


def test_a_folder_that_is_not_there_is_said(tmp_path):
    watched = WatchedFolders([str(tmp_path / "nowhere")])
    assert watched.start() == [str(tmp_path / "nowhere")]
    watched.stop()
    watched.stop()


def test_more_changes_than_can_be_kept_are_said(watch, folder, monkeypatch):
    monkeypatch.setattr(watched_folders, "MAX_WAITING", 2)
    for number in range(20):
        (folder / f"{number}.txt").touch()
    changes = told(watch, lambda one: one.change == "overflow")
    assert next(one.path for one in changes if one.change == "overflow") == str(folder)


def test_a_queue_of_the_system_that_ran_over_is_said(watch):
    logging.getLogger("watchdog.observers.inotify_c").warning("Inotify queue overflowed; filesystem events were lost")
    assert [one.change for one in watch.take(5.0)] == ["overflow"]
    assert watch.take() == []


def test_samples(tmp_path):
    (tmp_path / "noise").write_bytes(NOISE)
    (tmp_path / "empty").touch()
    (tmp_path / "link").symlink_to(tmp_path / "noise")
    assert sample(str(tmp_path / "noise"))[1] == 9_000
    assert sample(str(tmp_path / "empty")) is None
    assert sample(str(tmp_path / "link")) is None
    assert sample(str(tmp_path)) is None
    assert sample(str(tmp_path / "no\0where")) is None
    assert entropy_bits(b"") == 0
    assert entropy_bits(b"aaaa") == 0
    assert entropy_bits(bytes(range(256))) == pytest.approx(8)
