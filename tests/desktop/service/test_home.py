from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from desktop.service.home import AreaState, home_state
from desktop.service.keeping.kept import KeptFinding, RunFacts
from detectors.contract.finding import Level, Severity, Subject
from tests.factories import make_finding

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def kept(severity: Severity, *, days_ago: float = 0, state: str = "open", name: str = "/x/a") -> KeptFinding:
    at = NOW - timedelta(days=days_ago)
    return KeptFinding(make_finding(name, severity=severity), state, None, None, None, at, at, 1, False)


def run(
    *, days_ago: float = 0, skipped: int = 0, not_yet: int = 0, stopped: bool = False, ended: bool = True
) -> RunFacts:
    at = NOW - timedelta(days=days_ago)
    reasons = {"not_looked_at_yet": not_yet} if not_yet else {}
    left_out = skipped + not_yet
    return RunFacts(1, "check", "quick", at, at if ended else None, "clean", 100 + left_out, 100, left_out, 0, 1.0,
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
        ([kept(Severity.LOW), kept(Severity.INFORMATIONAL)], [run()], "calm"),
        ([kept(Severity.LOW)], [run(skipped=1)], "gap"),
        ([kept(Severity.LOW), kept(Severity.MEDIUM)], [run(skipped=1)], "look"),
        ([kept(Severity.MEDIUM), kept(Severity.CRITICAL)], [run()], "act"),
        ([kept(Severity.HIGH, state="solved")], [run()], "calm"),
        ([kept(Severity.HIGH)], [], "act"),
    ],
)
def test_the_level_is_the_highest_open_one_and_calm_only_when_nothing_was_left_out(findings, runs, level: str):
    assert home_state(findings, runs, None, NOW).level == level


def test_areas_without_a_detector_are_never_called_calm():
    state = home_state([], [run(skipped=3, not_yet=2)], None, NOW)
    assert state.areas == {
        "files": AreaState("calm", 103, 3), "programs": AreaState("not_yet", 0, 0), "network": AreaState("not_yet", 0, 0)
    }  # fmt: skip
    assert home_state([], [], None, NOW).areas["files"] == AreaState("never", 0, 0)


def test_an_area_shows_its_most_serious_open_finding():
    host = replace(
        kept(Severity.HIGH), finding=make_finding(subject=Subject("host", "192.0.2.7"), severity=Severity.HIGH)
    )
    state = home_state([kept(Severity.LOW), kept(Severity.MEDIUM), host], [run()], None, NOW)
    assert (state.areas["files"].mark, state.areas["network"].mark, state.areas["programs"].mark) == (
        "look",
        "act",
        "not_yet",
    )
    assert home_state([kept(Severity.LOW)], [run()], None, NOW).areas["files"].mark == "info"


def test_counts_and_newest():
    findings = [kept(Severity.LOW, days_ago=day, name=f"/x/{day}") for day in range(10)]
    findings.append(kept(Severity.HIGH, days_ago=1, state="solved"))
    state = home_state(findings, [run(), run(days_ago=2), run(days_ago=9)], None, NOW)
    assert state.open_by_level == {Level.ACT_NOW: 0, Level.CHECK_TODAY: 0, Level.GOOD_TO_KNOW: 10}
    assert [one.finding.subject.name for one in state.newest] == [f"/x/{day}" for day in range(5)]
    assert (state.checks_7d, state.findings_7d, state.solved_7d) == (2, 8, 1)


def test_seven_days_end_today_and_follow_the_local_clock():
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # already the 23rd in Luxembourg
    finding = replace(kept(Severity.HIGH), first_kept_at=late)
    here = NOW.astimezone(timezone(timedelta(hours=1)))
    runs = [run(days_ago=1), run(days_ago=3), run(days_ago=30)]
    days = home_state(
        [finding, kept(Severity.MEDIUM, days_ago=3), kept(Severity.LOW, days_ago=1)], runs, None, here
    ).days
    assert [day.date for day in days] == [date(2026, 11, 17) + timedelta(days=n) for n in range(7)]
    assert [day.mark for day in days] == ["none", "none", "none", "look", "none", "calm", "act"]


def test_the_last_run_is_the_last_that_ended():
    cut_off, ended = run(ended=False), run(days_ago=1, skipped=2)
    state = home_state([], [cut_off, ended], None, NOW)
    assert state.last_run is ended
