from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from desktop.service.home import AreaState, HomeState, home_state
from desktop.service.keeping.kept import Arrivals, OpenCount, RunFacts
from detectors.contract.finding import Level, Severity

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Thing:
    """A finding as the first page counts it."""

    severity: Severity
    days_ago: float = 0
    is_solved: bool = False
    sense: str = "files"
    at: datetime | None = None


def draw(things: list[Thing], runs: list[RunFacts], now: datetime = NOW) -> HomeState:
    counts = [OpenCount(thing.sense, thing.severity, 1) for thing in things if not thing.is_solved]
    arrivals = [
        Arrivals(thing.at or NOW - timedelta(days=thing.days_ago), thing.severity, thing.is_solved, 1)
        for thing in things
    ]
    return home_state(counts, [], arrivals, runs, helper=None, now=now)


def run(
    *, days_ago: float = 0, skipped: int = 0, not_yet: int = 0, stopped: bool = False, ended: bool = True,
    command: str = "check",
) -> RunFacts:  # fmt: skip
    at = NOW - timedelta(days=days_ago)
    reasons = {"not_looked_at_yet": not_yet} if not_yet else {}
    left_out = skipped + not_yet
    return RunFacts(1, command, "quick", at, at if ended else None, "clean", 100 + left_out, 100, left_out, 0, 1.0,
                    stopped, {}, reasons)  # fmt: skip


@pytest.mark.parametrize(
    ("findings", "runs", "level"),
    [
        ([], [], "never"),
        ([], [run()], "calm"),
        ([], [run(skipped=1)], "gap"),
        ([], [run(not_yet=2)], "gap"),
        ([], [run(stopped=True)], "gap"),
        ([], [run(ended=False)], "never"),
        ([], [run(command="scan files")], "never"),
        ([], [run(command="scan files", skipped=1), run()], "calm"),
        ([Thing(Severity.LOW), Thing(Severity.INFORMATIONAL)], [run()], "calm"),
        ([Thing(Severity.LOW)], [run(skipped=1)], "gap"),
        ([Thing(Severity.LOW), Thing(Severity.MEDIUM)], [run(skipped=1)], "look"),
        ([Thing(Severity.MEDIUM), Thing(Severity.CRITICAL)], [run()], "act"),
        ([Thing(Severity.HIGH, is_solved=True)], [run()], "calm"),
        ([Thing(Severity.HIGH)], [], "act"),
    ],
)
def test_the_level_is_the_highest_open_one_and_calm_only_when_nothing_was_left_out(findings, runs, level: str):
    assert draw(findings, runs).level == level


def test_areas_without_a_detector_are_never_called_calm():
    state = draw([], [run(skipped=3, not_yet=2)])
    assert state.areas == {
        "files": AreaState("calm", 103, 3), "programs": AreaState("not_yet", 0, 0), "network": AreaState("not_yet", 0, 0)
    }  # fmt: skip
    assert draw([], []).areas["files"] == AreaState("never", 0, 0)


def test_an_area_shows_its_most_serious_open_finding():
    host = Thing(Severity.HIGH, sense="network")
    state = draw([Thing(Severity.LOW), Thing(Severity.MEDIUM), host], [run()])
    assert (state.areas["files"].mark, state.areas["network"].mark, state.areas["programs"].mark) == (
        "look",
        "act",
        "not_yet",
    )
    assert draw([Thing(Severity.LOW)], [run()]).areas["files"].mark == "info"


def test_counts_of_the_week():
    things = [Thing(Severity.LOW, days_ago=day) for day in range(10)]
    things.append(Thing(Severity.HIGH, days_ago=1, is_solved=True))
    state = draw(things, [run(), run(days_ago=2), run(days_ago=9)])
    assert state.open_by_level == {Level.ACT_NOW: 0, Level.CHECK_TODAY: 0, Level.GOOD_TO_KNOW: 10}
    assert (state.checks_7d, state.findings_7d, state.solved_7d) == (2, 8, 1)


def test_seven_days_end_today_and_follow_the_local_clock():
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # already the 23rd in Luxembourg
    here = NOW.astimezone(timezone(timedelta(hours=1)))
    things = [Thing(Severity.HIGH, at=late), Thing(Severity.MEDIUM, days_ago=3), Thing(Severity.LOW, days_ago=1)]
    days = draw(things, [run(days_ago=1), run(days_ago=3), run(days_ago=30)], here).days
    assert [day.date for day in days] == [date(2026, 11, 17) + timedelta(days=n) for n in range(7)]
    assert [day.mark for day in days] == ["none", "none", "none", "look", "none", "calm", "act"]


def test_the_last_run_is_the_last_that_ended():
    cut_off, ended = run(ended=False), run(days_ago=1, skipped=2)
    state = draw([], [cut_off, ended])
    assert state.last_run is ended


def test_programs_are_an_area_like_the_others():
    ended = run()
    looked = replace(ended, units={"files": 99, "flows": 5, "programs": 407, "starts": 3},
                     skipped_by_reason={"programs_hidden": 1}, skipped=1, checked=101, seen=102)  # fmt: skip
    areas = draw([], [looked]).areas
    assert areas["programs"] == AreaState("calm", 407, 1)
    assert areas["files"] == AreaState("calm", 100, 0)
    assert draw([Thing(Severity.HIGH, sense="programs")], [looked]).areas["programs"].mark == "act"
    assert draw([], []).areas["programs"] == AreaState("never", 0, 0)
