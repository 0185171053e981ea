"""Ordinary starts are real programs of real systems, and each group weighs as one recording."""

from __future__ import annotations

from collections import Counter

import pytest

from detectors.features.program_paths import PathClass, path_class
from models.train.program_corpus import make_ordinary, path_of, read_starts, start_key

STARTS = list(make_ordinary())


def test_every_group_belongs_to_one_system_and_holds_enough_to_weigh():
    groups = Counter(one.unit for one in STARTS)
    assert len(groups) >= 10
    assert min(groups.values()) >= 20
    assert {one.program.system for one in STARTS} == {"windows", "linux", "macos"}
    assert all(one.unit.startswith(one.program.system) for one in STARTS)
    assert not any(one.is_attack for one in STARTS)


def test_every_start_has_a_parent_a_place_and_a_command():
    for one in STARTS:
        assert one.program.parent is not None or len(one.program.command or "") > 3, one.program.command
        assert one.program.command
        assert path_class(one.program.path, one.program.system) is not PathClass.UNKNOWN


def test_a_star_means_the_systems_own_account():
    users = {(one.program.system, one.program.user) for one in STARTS}
    assert ("windows", "NT AUTHORITY\\SYSTEM") in users
    assert ("linux", "root") in users
    assert ("macos", "anna") in users


def test_names_get_their_usual_paths_and_whole_paths_stay():
    assert path_of("net", "windows") == "C:\\Windows\\System32\\net.exe"
    assert path_of("git", "windows").startswith("C:\\Program Files\\")
    assert path_of("sh", "linux") == "/bin/sh"
    assert path_of("/snap/x", "linux") == "/snap/x"


def test_a_start_is_named_by_what_the_model_sees():
    first, second = STARTS[0].program, STARTS[1].program
    assert start_key(first) == start_key(first) != start_key(second)


def test_without_recordings_nothing_is_trained(tmp_path):
    with pytest.raises(SystemExit, match="no recordings"):
        read_starts(tmp_path)
