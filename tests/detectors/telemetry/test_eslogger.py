"""JSON lines of macOS' eslogger become program starts and ends."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from detectors.telemetry.eslogger import EsLogger
from detectors.telemetry.start_events import SeenEnd, SeenStart

TIME = "2023-11-14T22:13:20.500000123Z"


def start(**changes) -> dict:
    target = {
        "executable": {"path": "/usr/bin/open"},
        "audit_token": {"pid": 501, "ruid": 0, "euid": 0},
        "ppid": 400,
        "start_time": TIME,
    }
    target |= changes
    return {
        "time": TIME,
        "event_type": 9,
        "process": {"executable": {"path": "/bin/zsh"}, "audit_token": {"pid": 501}},
        "event": {"exec": {"target": target, "args": ["open", "-a", "Mail"], "cwd": {"path": "/Users/anna"}}},
    }


def feed(*messages) -> list:
    log = EsLogger()
    return [event for one in messages for event in log.feed(json.dumps(one))]


def test_a_start_becomes_a_program_with_its_parents_program():
    (seen,) = feed(start())
    program = seen.program
    assert (program.pid, program.parent_pid, program.name, program.path) == (501, 400, "open", "/usr/bin/open")
    assert (program.command, program.arguments) == ("open -a Mail", ("open", "-a", "Mail"))
    assert (program.user, program.folder, program.started_s) == ("root", "/Users/anna", 1700000000.5)
    assert (seen.parent.pid, seen.parent.path, seen.parent.name) == (400, "/bin/zsh", "zsh")


def test_an_exit_becomes_an_end():
    assert feed({"time": TIME, "process": {"audit_token": {"pid": 501}}, "event": {"exit": {"stat": 0}}}) == [
        SeenEnd(501, 1700000000.5)
    ]


def test_what_is_missing_is_unknown():
    message = start()
    del message["event"]["exec"]["args"]
    (seen,) = feed(message)
    assert seen.program.command is None
    assert seen.program.arguments is None


def test_a_start_without_a_number_and_a_broken_line_are_counted():
    log = EsLogger()
    assert list(log.feed(json.dumps(start(audit_token={"pid": "x"})))) == []
    assert list(log.feed("{" * 100_000)) == []
    assert list(log.feed("[" * 100_000)) == []
    assert log.refused == 3


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "event",
                    "exec",
                    "exit",
                    "target",
                    "audit_token",
                    "pid",
                    "process",
                    "args",
                    "time",
                    "executable",
                    "path",
                    "tv_sec",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
)


@given(_JSON)
def test_no_message_ever_raises(message):
    for one in (
        message,
        {"time": TIME, "event": {"exec": message}},
        {"time": message, "event": {"exit": {}}, "process": message},
    ):
        for event in EsLogger().feed(json.dumps(one)):
            assert isinstance(event, SeenStart | SeenEnd)
