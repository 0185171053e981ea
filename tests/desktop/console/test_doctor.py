"""The doctor tries each part for real and names the next step for what does not work."""

from __future__ import annotations

import os
import sys

import pytest

from desktop import first_start, surroundings
from desktop.console import doctor, face
from detectors.worker import watches
from detectors.worker.wire import LookedUp, RuleFacts, RulesChecked


@pytest.fixture
def healthy(worker, monkeypatch):
    """A machine on which all is well."""
    worker.rules = RulesChecked((RuleFacts("mine", "Hello"),))
    monkeypatch.setattr(doctor, "Service", face.Service)
    monkeypatch.setattr(first_start, "is_inside", lambda: True)
    monkeypatch.setattr(first_start, "is_set_up", lambda group: group == "run")
    monkeypatch.setattr(surroundings, "missing_qt_packages", list)
    monkeypatch.setattr(surroundings, "is_debian", lambda: True)
    monkeypatch.setattr(surroundings, "is_root", lambda: False)
    return worker


def by_name(told):
    return {line["name"]: line for line in told.lines}


def test_all_is_well_ends_with_zero(healthy, command):
    told = command("doctor", "--format", "jsonl")
    assert told.code == 0
    assert {line["type"] for line in told.lines} == {"doctor"}
    assert [name for name, line in by_name(told).items() if line["state"] == "gap"] == []
    assert by_name(told)["wall"]["text"].endswith("limits+landlock+seccomp.")
    assert "Everything this version can do works here." in command("doctor").out


def test_nothing_is_kept_by_a_doctor(healthy, command, tmp_path):
    command("doctor")
    assert not (tmp_path / "data").exists()


def test_missing_libraries_come_with_the_line_to_type(healthy, command, monkeypatch):
    monkeypatch.setattr(surroundings, "missing_qt_packages", lambda: ["libegl1", "libgl1"])
    told = command("doctor")
    assert told.code == 3
    assert "    sudo apt-get install libegl1 libgl1\n" in told.out
    assert "Some things do not work yet." in told.out


def test_packages_that_differ_are_put_right_by_a_start(healthy, command, monkeypatch):
    monkeypatch.setattr(first_start, "is_set_up", lambda group: group == "test")
    assert by_name(command("doctor", "--format", "jsonl"))["packages"]["state"] == "gap"


def test_rules_with_mistakes_are_a_gap(healthy, command):
    healthy.rules = RulesChecked((), ({"path": "a.yar", "line": 1, "problem": "x"},))
    told = by_name(command("doctor", "--format", "jsonl"))["rules"]
    assert (told["state"], told["next"]) == ("gap", "main.py rules list")


def test_a_worker_that_does_not_come_to_an_end_is_a_gap(healthy, command):
    healthy.stops = True
    assert by_name(command("doctor", "--format", "jsonl"))["worker"]["state"] == "gap"


def test_the_slower_way_of_other_systems_is_told(healthy, command, monkeypatch):
    monkeypatch.setattr(watches, "HAS_RING", False)
    monkeypatch.setattr(watches, "has_portable_right", lambda: True)
    told = by_name(command("doctor", "--format", "jsonl"))["capture"]
    assert (told["state"], "in a slower way" in told["text"]) == ("good", True)
    assert "in a slower way" in command("scan", "network", "--live", "lo").err
    assert "slower" not in command("scan", "network", "--live", "lo", "--quiet").err


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [("2020-01-31", "note", "2020-01-31"), ("2999-01-01", "good", "2999-01-01"), ("", "gap", "cannot be looked up")],
)
def test_the_age_of_what_is_known_of_places_is_told(healthy, command, day, state, words):
    healthy.places = LookedUp({}, {}, day, "2024-05-28")
    told = by_name(command("doctor", "--format", "jsonl"))["places"]
    assert told["state"] == state
    assert words in told["text"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights are another matter there")
@pytest.mark.parametrize(("mode", "state", "line"), [(0o700, "good", ""), (0o755, "gap", "chmod 700 '{folder}'")])
def test_a_folder_that_others_can_read_is_named(healthy, command, tmp_path, mode, state, line):  # noqa: PLR0917 - three fixtures, three values
    folder = tmp_path / "data"
    folder.mkdir()
    os.chmod(folder, mode)
    told = by_name(command("doctor", "--format", "jsonl"))["data"]
    assert (told["state"], told["next"]) == (state, line.format(folder=folder))


def test_the_languages_are_spoken(healthy, command):
    assert "was diese Version kann, geht hier." in command("doctor", "--language", "de").out


def test_a_damaged_database_is_told_and_put_aside_when_asked(healthy, command, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / "plainwatch.db").write_bytes(b"no database at all " * 400)
    told = command("findings", "list")
    assert told.code == 2
    assert "doctor --start-fresh" in told.err
    told = command("doctor", "--format", "jsonl")
    assert (told.code, by_name(told)["store"]["next"]) == (3, "main.py doctor --start-fresh")
    assert by_name(told)["worker"]["state"] == "good"
    assert "lies unchanged in" in command("doctor", "--start-fresh").out
    assert command("findings", "list").code == 0
    assert command("doctor", "--start-fresh", "--format", "jsonl").lines[0]["type"] == "put_aside"
