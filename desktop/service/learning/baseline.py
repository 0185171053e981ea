"""Learns what is usual on this computer from its counted days, and brings an earlier picture back.

Before this on the path: ``keeping/baseline_book.py`` with days and habits. After it: orders, which take the picture to
the detectors; and the Models page. The first picture is made at the end of the learning period; every later one only
when a person asks for it. What one learning may change is bounded: see ``MOST_FACTOR`` and ``MOST_STEP``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from desktop.service.keeping.baseline_book import COUNTS_DAYS, BaselineBook
from desktop.service.keeping.database import Database
from desktop.service.keeping.journal import Journal
from desktop.service.keeping.learned import DayRow, Habits, Learned, Version
from desktop.service.learning.drift import drift_of
from desktop.service.learning.views import BaselineVersion, BaselineView, UsualFigure
from detectors.contract.baseline import LocalPicture, ModelCounts
from detectors.contract.programs import KnownPrograms
from detectors.features.flow_features import FEATURES
from detectors.features.program_features import NUMBERS
from detectors.features.spread import Column, Spread, form_of, merge, middle_value, score_quantile
from detectors.worker.wire import Known

LEARNING_DAYS = 10
"""Quiet days that a learning period needs: two working weeks, so that each weekday is seen twice."""
MOST_FACTOR = 1.5
"""No limit is ever lifted further than this, however loud a computer is."""
MOST_STEP = 0.1
"""One learning moves a limit by at most this part of the shipped one: what somebody could gain who makes a computer
look louder day by day. From 1.0 to 1.5 it takes five learnings, each asked for by a person who saw a preview."""
MOST_FACTOR_OF = {"program_rank": 1.25}
"""Its scores end at 1: higher than this, no start could ever reach its limit for *low*."""
QUIET_SHARE = 0.999
"""Of scores on quiet days that shall lie below the limit."""
MARGIN = 1.05
"""Above them: one bin."""
FEWEST_SCORES = 1_000
"""Below this, one score in a thousand is no score at all: the limit stays."""
FEWEST_ROWS = 100
"""Below this, a middle value says nothing about this computer."""
FEWEST_FIGURES = 3
"""Days with a figure, before it is called usual."""
USUAL_SHARES = (0.1, 0.9)
"""A figure's usual range holds eight of ten days."""
COLUMNS: dict[str, Sequence[Column]] = {"flow_rank": FEATURES, "flow_usual": FEATURES, "program_rank": NUMBERS}
"""Model -> its named columns."""
UNITS = {"sent_bytes": "bytes", "received_bytes": "bytes"}
"""Figure -> unit; the others are counts."""


def picture_of(
    days: Sequence[DayRow], habits: Habits, before: Learned | None, drift: dict[str, Any] | None = None
) -> Learned:
    """Make a picture of what is usual from counted days; nothing is kept or changed by this.

    Args:
        days: What was counted, oldest first; at least one of them quiet. Only as long as counts are kept.
        habits: What was seen often enough, as hashes.
        before: The picture in use, which limits move away from step by step.
        drift: What later days shall be compared with.
    """
    newest = max(day.day for day in days if day.is_quiet)
    days = [day for day in days if (newest - day.day).days < COUNTS_DAYS]
    quiet = [day for day in days if day.is_quiet]
    whole = [day for day in quiet if not day.left_out_hours]
    spreads = _spreads(quiet)
    figures = {name for day in whole for name in day.figures}
    return Learned(
        first_day=min(day.day for day in quiet),
        last_day=max(day.day for day in quiet),
        days=len(quiet),
        left_out_days=sum(day.left_out_hours > 0 for day in days),
        limits={model: _limit(model, spreads.get(model), before) for model in sorted(COLUMNS)},
        usual={model: usual for model, spread in sorted(spreads.items()) if (usual := _usual(spread))},
        forms={model: spread.form for model, spread in sorted(spreads.items())},
        habits=habits,
        figures={name: span for name in sorted(figures) if (span := usual_figure(whole, name))},
        drift=drift,
    )


def usual_figure(days: Sequence[DayRow], name: str) -> tuple[float, float] | None:
    """Tell between what a figure lies on eight of ten days; None where too few days have it."""
    values = sorted(day.figures[name] for day in days if name in day.figures)
    if len(values) < FEWEST_FIGURES:
        return None
    low, high = (values[round(share * (len(values) - 1))] for share in USUAL_SHARES)
    return low, high


def local_picture(version: Version | None) -> LocalPicture:
    """Give what detectors are told of a baseline; nothing while learning."""
    if version is None or version.learned is None:
        return LocalPicture()
    return LocalPicture(version.learned.limits, version.learned.usual, version.number)


def _spreads(days: Sequence[DayRow]) -> dict[str, Spread]:
    """Add up each model's counts; older days count less, and forms that are no longer ours not at all."""
    last = max(day.day for day in days)
    spreads: dict[str, Spread] = {}
    for model, columns in COLUMNS.items():
        form = form_of(columns)
        counts: list[tuple[ModelCounts, float]] = [
            (day.models[model], float((last - day.day).days))
            for day in days
            if model in day.models and day.models[model].form == form and len(day.models[model].inputs) == len(columns)
        ]
        spread = merge(counts)
        if spread is not None:
            spreads[model] = spread
    return spreads


def _limit(model: str, spread: Spread | None, before: Learned | None) -> float:
    """Compute by how much a limit is lifted: bounded as a whole, and in one step."""
    most = MOST_FACTOR_OF.get(model, MOST_FACTOR)
    now = min(max(before.limits.get(model, 1.0), 1.0), most) if before else 1.0
    quiet = None if spread is None else score_quantile(spread.scores, QUIET_SHARE)
    if spread is None or quiet is None or sum(spread.scores) < FEWEST_SCORES:
        return now
    stepped = min(max(quiet * MARGIN, now - MOST_STEP), now + MOST_STEP)
    return round(min(max(stepped, 1.0), most), 4)


def _usual(spread: Spread) -> tuple[float, ...]:
    """Tell the middle value of each column, or nothing where too few rows were seen."""
    if spread.rows < FEWEST_ROWS:
        return ()
    middle = [middle_value(one, counted) for one, counted in zip(COLUMNS[spread.model], spread.inputs, strict=True)]
    return tuple(round(value or 0.0, 6) for value in middle)


class Baseline:
    """What is usual on this computer: while it is learned, and afterwards."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self.book = BaselineBook(database, journal)

    def view(self, today: date | None = None) -> BaselineView:
        """Tell what this computer has learned to call usual."""
        moment = today or datetime.now(UTC).date()
        versions, used = self.book.versions(), self.book.in_use()
        days = self.book.days(until=moment, has_counts=False)
        done = sum(day.is_quiet for day in days)
        return BaselineView(
            is_learning=not versions,
            days_done=LEARNING_DAYS if versions else min(done, LEARNING_DAYS),
            days_needed=LEARNING_DAYS,
            versions=tuple(shown(one, used) for one in versions if one.learned is not None),
            figures=_shown_figures(days, used, moment),
        )

    def known_programs(self, counted: KnownPrograms) -> KnownPrograms:
        """Tell what is nothing new of programs: what the baseline in use holds, else what was counted by now."""
        used = self.book.in_use()
        if used is None or used.learned is None or not used.learned.habits.pairs:
            return counted  # nobody looked at programs while it was learned
        habits = used.learned.habits
        return KnownPrograms(frozenset(habits.pairs), frozenset(habits.listeners), is_learned=True)

    def known_network(self, counted: Known) -> Known:
        """Tell what is nothing new of the network, likewise."""
        used = self.book.in_use()
        if used is None or used.learned is None or not used.learned.habits.destinations:
            return counted  # nobody looked at the network while it was learned
        habits = used.learned.habits
        return Known(habits.devices, habits.destinations, is_learned=True)

    def picture(self) -> LocalPicture:
        """Give what detectors are told of what is usual here."""
        return local_picture(self.book.in_use())

    def note_look(self, now: datetime | None = None) -> None:
        """Close a look: keep the day's figures, and make the first picture where the learning period is over."""
        moment = now or datetime.now(UTC)
        today = moment.date()
        figures = self.book.figures_of(today)
        if figures["hours_looked"]:
            self.book.keep_figures(today, figures)
        if self.book.versions():
            return
        if sum(day.is_quiet for day in self.book.days(until=today, has_counts=False)) >= LEARNING_DAYS:
            self.learn("learning_period", self.book.days(until=today))

    def learn(
        self, made_by: str, days: Sequence[DayRow] | None = None, drift: dict[str, Any] | None = None
    ) -> BaselineVersion:
        """Learn what is usual from all days that are kept, and put it in use."""
        used = self.book.in_use()
        chosen = tuple(self.book.days() if days is None else days)
        before = used.learned if used else None
        learned = picture_of(chosen, self.book.habits(), before, drift or drift_of(chosen))
        number = self.book.add_version(learned, made_by)
        return next(shown(one, one) for one in self.book.versions() if one.number == number)

    def restore(self, number: int) -> BaselineVersion:
        """Put an earlier picture back in use, whole.

        Raises:
            BaselineRefused: There is none of this number, or it is no longer what was learned.
        """
        version = self.book.restore(number)
        return shown(version, version)


def shown(version: Version, used: Version | None) -> BaselineVersion:
    """Tell of a baseline as people see it."""
    learned = version.learned
    if learned is None:
        raise ValueError(version.number)
    return BaselineVersion(
        number=version.number,
        made_at=version.made_at,
        first_day=learned.first_day,
        last_day=learned.last_day,
        days=learned.days,
        left_out_days=learned.left_out_days,
        made_by=version.made_by,
        is_in_use=used is not None and used.number == version.number,
        fingerprint=version.fingerprint,
    )


def _shown_figures(days: Sequence[DayRow], used: Version | None, today: date) -> tuple[UsualFigure, ...]:
    """Put today's figures beside the usual ones: those of the picture in use, else those of the days so far."""
    now = next((day.figures for day in days if day.day == today), {})
    whole = [day for day in days if not day.left_out_hours and day.day != today]
    names = {name for day in whole for name in day.figures}
    so_far = {name: span for name in sorted(names) if (span := usual_figure(whole, name))}
    usual = used.learned.figures if used is not None and used.learned is not None else so_far
    return tuple(
        UsualFigure(name, UNITS.get(name, ""), *usual[name], now.get(name))
        for name in sorted(usual)
        if name != "hours_looked"  # how often somebody asked for a look is no work of this computer
    )
