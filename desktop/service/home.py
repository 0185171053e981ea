"""The state of this computer in one picture: what the first page shows.

Before this on the path: the store. After it: the home page, and the first line of ``findings list``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from desktop.service.contacts import Helper
from desktop.service.keeping.kept import Arrivals, KeptFinding, OpenCount, RunFacts
from desktop.service.learning.views import DriftView
from detectors.contract.errors import SkipReason
from detectors.contract.finding import Level, level_of

AREAS = ("files", "programs", "network")
NEWEST = 5
"""Findings named on the first page."""
DAYS = 7
CHECK = "check"
"""The command that looks at this computer; looking at one file says nothing about the rest."""

COUNTED = {"network": "flows", "programs": "programs"}
"""What is counted when an area besides files was looked at."""
_REASONS = {
    "network": (SkipReason.PROGRAMS_UNKNOWN, SkipReason.RECORDS_DROPPED, SkipReason.PACKETS_LOST),
    "programs": (SkipReason.PROGRAMS_HIDDEN, SkipReason.OTHERS_HIDDEN),
}
"""Why such an area was not fully looked at."""

_MARK_OF_LEVEL = {Level.ACT_NOW: "act", Level.CHECK_TODAY: "look", Level.GOOD_TO_KNOW: "info"}
_MARKS = ("act", "look", "info")


@dataclass(frozen=True, slots=True)
class AreaState:
    """One of the three areas."""

    mark: str
    """``calm``, ``look``, ``act``, ``info``, ``not_yet`` (not looked at in the last check) or ``never``."""
    figure: int
    """Things looked at in the last check."""
    skipped: int
    """Of those, not or not fully."""


@dataclass(frozen=True, slots=True)
class DayState:
    """One of the last days."""

    date: date
    """In this computer's time zone."""
    mark: str
    """``none`` (no check), ``calm``, ``look`` or ``act``."""


@dataclass(frozen=True, slots=True)
class HomeState:
    """Everything the first page needs."""

    level: str
    """``never``, ``calm``, ``gap`` (calm, but something was not looked at), ``look`` or ``act``."""
    open_by_level: dict[Level, int]
    """Open findings."""
    newest: list[KeptFinding]
    """Newest open findings."""
    last_run: RunFacts | None
    """The last check that ended."""
    areas: dict[str, AreaState]
    """``files``, ``programs``, ``network``."""
    days: list[DayState]
    """The last seven days, today last."""
    helper: Helper | None
    """Whom this office calls."""
    checks_7d: int = 0
    """Checks in the last seven days."""
    findings_7d: int = 0
    """New findings in the last seven days."""
    solved_7d: int = 0
    """Findings of the last seven days that are solved."""
    not_looked_at: dict[str, int] = field(default_factory=dict)
    """Not looked at in the last check, by reason."""
    drift: DriftView | None = None
    """Whether this computer's work is still what was learned; None: nothing was learned yet."""


def home_state(
    counts: Sequence[OpenCount],
    newest: Sequence[KeptFinding],
    arrivals: Sequence[Arrivals],
    runs: Sequence[RunFacts],
    *,
    helper: Helper | None,
    now: datetime,
    drift: DriftView | None = None,
) -> HomeState:
    """Draw the picture from what is kept.

    Args:
        counts: open findings.
        newest: some of them, to be named.
        arrivals: findings of the last eight days at least, open and solved.
        runs: those of the last seven days at least, the newest first.
        helper: whom this office calls.
        now: aware; its time zone decides where a day ends.
        drift: whether this computer's work is still what was learned.
    """
    by_level = {level: sum(one.n for one in counts if level_of(one.severity) == level) for level in Level}
    last_run = next((run for run in runs if run.ended_at is not None and run.command == CHECK), None)
    week_ago = now - timedelta(days=DAYS)
    recent = [one for one in arrivals if one.at > week_ago]
    return HomeState(
        level=_level(by_level, last_run),
        open_by_level=by_level,
        newest=list(newest),
        last_run=last_run,
        areas={area: _area(area, counts, last_run) for area in AREAS},
        days=[_day(now.date() - timedelta(days=back), arrivals, runs, now) for back in range(DAYS - 1, -1, -1)],
        helper=helper,
        checks_7d=sum(run.started_at > week_ago for run in runs),
        findings_7d=sum(one.n for one in recent),
        solved_7d=sum(one.n for one in recent if one.is_solved),
        not_looked_at=dict(last_run.skipped_by_reason) if last_run else {},
        drift=drift,
    )


def _level(by_level: dict[Level, int], last_run: RunFacts | None) -> str:
    """Take the highest open level; calm needs a check of the computer, not of one file, that left nothing out."""
    if by_level[Level.ACT_NOW]:
        return "act"
    if by_level[Level.CHECK_TODAY]:
        return "look"
    if last_run is None:
        return "never"
    return "gap" if last_run.skipped or last_run.stopped else "calm"


def _area(area: str, counts: Sequence[OpenCount], last_run: RunFacts | None) -> AreaState:
    marks = {_MARK_OF_LEVEL[level_of(one.severity)] for one in counts if one.sense == area}
    worst = next((mark for mark in _MARKS if mark in marks), None)
    if last_run is None:
        return AreaState(worst or "never", 0, 0)
    skipped = {
        name: sum(last_run.skipped_by_reason.get(reason, 0) for reason in reasons) for name, reasons in _REASONS.items()
    }
    looked_at = [name for name, unit in COUNTED.items() if unit in last_run.units]
    if area in COUNTED:
        figure = last_run.units.get(COUNTED[area], 0)
        return AreaState(worst or ("calm" if area in looked_at else "not_yet"), figure, skipped[area])
    others = last_run.skipped_by_reason.get(SkipReason.NOT_LOOKED_AT_YET, 0)
    seen_there = last_run.seen - others - len(looked_at)
    return AreaState(worst or "calm", seen_there, last_run.skipped - others - sum(skipped.values()))


def _day(day: date, arrivals: Sequence[Arrivals], runs: Sequence[RunFacts], now: datetime) -> DayState:
    """Mark a day by the most serious thing that came to light on it."""
    zone = now.tzinfo
    levels = {level_of(one.severity) for one in arrivals if one.at.astimezone(zone).date() == day}
    if Level.ACT_NOW in levels:
        return DayState(day, "act")
    if Level.CHECK_TODAY in levels:
        return DayState(day, "look")
    checked = any(run.started_at.astimezone(zone).date() == day for run in runs)
    return DayState(day, "calm" if checked else "none")
