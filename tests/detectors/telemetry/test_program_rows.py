"""What a row says becomes typed facts; what has the wrong form becomes unknown and is named."""

from __future__ import annotations

import math

import pytest

from detectors.contract.programs import FileChange, Load, PlaceChange, ProgramConnection
from detectors.telemetry.program_rows import (
    MAX_TEXT,
    RowFacts,
    read_connection,
    read_file_change,
    read_load,
    read_place_change,
    read_start,
    system_of,
)
from tests.detectors.telemetry.recording_builders import NOON_S, start


def read(**fields):
    facts = RowFacts(start(**fields))
    return *read_start(facts, 7, "windows"), facts.odd


def test_every_field_of_a_start_is_taken():
    program, parent, odd = read(
        end=NOON_S + 2, argv=["a", "b"], username="maria", cwd="C:\\", integrity="High", n=3, nconn=9, nfile=5,
        pname="x.exe", pexe="C:\\x.exe", pcmdline="x -y", files=[{"path": "C:\\f"}], x={"OriginalFileName": "Real.exe"},
        conns=[{"proto": "TCP", "laddr": "10.0.0.1", "lport": 1, "raddr": "10.0.0.2", "rport": 2, "rhost": "h", "out": True, "t": 5}],
        deleted=True, memory_file=False, packaged=True, streams=["socket", "odd", "pipe"], denied=["folder"], kernel=True,
    )  # fmt: skip
    assert odd == []
    assert (program.record, program.system, program.pid, program.parent_pid) == (7, "windows", 100, 4)
    assert (program.started_s, program.ended_s) == (NOON_S, NOON_S + 2)
    assert (program.name, program.path, program.command) == ("notes.exe", "C:\\notes.exe", "notes.exe")
    assert (program.arguments, program.user, program.folder, program.integrity) == (("a", "b"), "maria", "C:\\", "High")
    assert (program.times, program.connection_count, program.file_count) == (3, 9, 5)
    assert (program.files, program.original_name) == (("C:\\f",), "Real.exe")
    assert (program.is_deleted, program.is_memory_file, program.is_packaged) == (True, False, True)
    assert (program.streams, program.denied, program.is_kernel) == (("socket", "pipe"), frozenset({"folder"}), True)
    assert program.connections == (ProgramConnection("tcp", "10.0.0.1", 1, "10.0.0.2", 2, "h", True, False, 5.0),)
    assert parent is not None
    assert (parent.record, parent.pid, parent.name, parent.path, parent.command) == (
        -1,
        4,
        "x.exe",
        "C:\\x.exe",
        "x -y",
    )


def test_absent_and_null_and_a_dash_mean_unknown():
    program, parent, odd = read(name=None, exe="-", username="", cmdline=None, pcmdline="-", pname="", pid=None, t=None)
    assert (program.name, program.path, program.user, program.command, program.pid) == (None,) * 5
    assert parent is None
    assert odd == []


def test_an_empty_command_is_known_to_be_empty():
    assert read(cmdline="")[0].command == ""


def test_a_command_is_put_together_of_arguments_where_it_stands_alone():
    assert read(cmdline=None, argv=["ls", "-l"])[0].command == "ls -l"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pid", "12"), ("pid", -1), ("pid", 2**32), ("pid", True), ("pid", math.nan), ("pid", math.inf), ("pid", [1]),
        ("t", "now"), ("t", -5.0), ("t", math.nan), ("t", math.inf), ("t", 1.7e12), ("t", 10**400), ("end", {}), ("name", 5),
        ("exe", ["a"]), ("cmdline", {"a": 1}), ("argv", "ls"), ("argv", [1, 2]), ("argv", [None]), ("conns", "x"), ("conns", [1]),
        ("files", {"path": "a"}), ("x", []), ("n", "many"), ("n", -1), ("streams", 3), ("deleted", "yes"), ("denied", 1), ("nconn", 1e300),
        ("cwd", "x" * 40_000), ("pname", 3), ("conns", [{"lport": 70_000}]), ("conns", [{"raddr": 1}]), ("files", [{"path": 1}]),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_form_is_unknown_and_named(field, value):
    program, _, odd = read(**{field: value})
    inner = {"lport", "raddr", "path"}
    assert set(odd) & {field, *inner}
    assert program.pid in (100, None)


def test_a_command_of_a_hundred_thousand_letters_is_kept_and_a_longer_one_cut():
    assert len(read(cmdline="x" * 100_000)[0].command) == 100_000
    program, _, odd = read(cmdline="x" * 500_000)
    assert len(program.command) == MAX_TEXT
    assert odd == ["cmdline"]


@pytest.mark.parametrize(
    ("fields", "system"),
    [
        ({"os": "Windows 10"}, "windows"), ({"os": "linux"}, "linux"), ({"os": "Darwin"}, "macos"), ({"os": "macOS 14"}, "macos"),
        ({"os": "plan9"}, ""), ({"os": None}, "windows"), ({"os": None, "exe": "/usr/bin/ls"}, "linux"),
        ({"os": None, "exe": "/Applications/A.app/a"}, "macos"), ({"os": None, "exe": "\\\\pc\\a.exe"}, "windows"), ({"os": 5, "exe": 5}, ""),
    ],
)  # fmt: skip
def test_the_system_is_told_or_guessed_from_the_path(fields, system):
    assert system_of(RowFacts(start(**fields))) == system


def test_other_rows_are_read():
    connection = read_connection(RowFacts({"proto": "tcp", "laddr": "::", "lport": 22, "state": "LISTEN", "rport": 0}))
    assert connection == ProgramConnection("tcp", "::", 22, None, None, is_listener=True)
    load = {"t": 9, "cpu_s": 1.5, "rss_bytes": 10, "read_bytes": 2, "written_bytes": 3, "threads": 4, "idle_user_s": 60}
    assert read_load(RowFacts(load)) == Load(9.0, 1.5, 10, 2, 3, 4, 60)
    change = {
        "t": 9,
        "path": "/a",
        "change": "renamed",
        "to": "/b",
        "entropy": 7.9,
        "entropy_before": 4.0,
        "size": 5,
        "canary": True,
    }
    assert read_file_change(RowFacts(change), 3) == FileChange(9.0, "/a", "renamed", "/b", 7.9, 4.0, 5, True, record=3)
    place = {
        "place": "cron",
        "item": "/etc/crontab",
        "change": "modified",
        "starts": "a",
        "username": "root",
        "packaged": False,
    }
    assert read_place_change(RowFacts(place), 3) == PlaceChange(None, "cron", "/etc/crontab", "modified", "a", "root", False, 3)  # fmt: skip


@pytest.mark.parametrize(
    "row", [{}, {"t": "x"}, {"t": 1, "path": "a", "change": "eaten"}, {"place": "cron", "item": 5}]
)
def test_a_row_that_lacks_what_it_is_about_is_refused(row):
    assert read_file_change(RowFacts(row), 1) is None
    assert read_place_change(RowFacts(row), 1) is None
    assert (read_load(RowFacts(row)) is None) == (row.get("t") != 1)
