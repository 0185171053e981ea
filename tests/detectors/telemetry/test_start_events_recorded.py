"""A log that somebody else writes is read like live events."""

from __future__ import annotations

import os

import pytest

from detectors.contract.programs import Program
from detectors.telemetry import start_events_recorded
from detectors.telemetry.start_events import SeenStart
from detectors.telemetry.start_events_recorded import LineParser, RecordedEvents


class Words(LineParser):
    way = "words"

    def feed(self, line):
        yield SeenStart(Program(-1, "linux", name=line))


@pytest.fixture
def log():
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    with os.fdopen(reading, "rb") as stream, os.fdopen(writing, "wb", buffering=0) as pen:
        yield RecordedEvents(stream, Words()), pen


def names(events: RecordedEvents) -> list[str | None]:
    return [one.program.name for one in events.read()]


def test_lines_are_told_when_they_are_whole(log):
    events, pen = log
    assert names(events) == []
    pen.write(b"one\ntw")
    assert names(events) == ["one"]
    pen.write(b"o\n\nthree\n")
    assert names(events) == ["two", "three"]


def test_bytes_that_are_no_text_are_kept(log):
    events, pen = log
    pen.write(b"a\xff\n")
    assert names(events) == ["a\udcff"]


def test_a_line_that_is_too_long_is_left_out_and_counted(log, monkeypatch):
    monkeypatch.setattr(start_events_recorded, "MAX_LINE_BYTES", 100)
    events, pen = log
    pen.write(b"x" * 500)
    assert names(events) == []
    pen.write(b"x" * 500 + b"\nshort\n")
    assert names(events) == ["short"]
    assert events.lost == 1
