"""Counted days of a computer in few words: rows of made-up program starts, the real meter, the real book.

``CountedComputer(database).live(10)`` is ten days; a test says what is different: rows that ``moved``, scores that ``rise``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from desktop.service.keeping.baseline_book import LookSeen, save_look
from desktop.service.keeping.database import Database
from desktop.service.keeping.journal import Journal
from desktop.service.learning.again import LearningAgain
from desktop.service.learning.baseline import COLUMNS, Baseline
from desktop.service.learning.drift import Drift
from detectors.features.program_features import NUMBERS
from detectors.features.spread import YES_OR_NO
from detectors.features.spread_counting import LookMeter

MODEL = "program_rank"


def count_look(
    database: Database,
    at: datetime,
    *,
    rows: int = 150,
    moved: bool = False,
    rise: float = 1.0,
    found: Sequence[str] = (),
) -> None:
    """Count one look: rows hang together within a day, as real ones do.

    Args:
        database: where it is kept.
        at: when it was.
        rows: program starts.
        moved: every third column is about something else.
        rise: scores are so many times as high.
        found: ids of kept findings of this look.
    """
    dice = np.random.default_rng(at.toordinal())
    table = dice.gamma(2.0, 0.5, (rows, len(NUMBERS))) * dice.lognormal(0, 0.1, len(NUMBERS))
    table[:, ::3] += 2.0 if moved else 0.0
    yes_or_no = np.array([one.unit == YES_OR_NO for one in NUMBERS])
    table[:, yes_or_no] = table[:, yes_or_no] > 1.5
    meter = LookMeter()
    meter.count(MODEL, NUMBERS, table, dice.beta(2, 8, rows) * rise)
    with database.writing() as connection:
        save_look(connection, LookSeen(meter.counts(), found, is_done=True), at)


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


class CountedComputer:
    """A computer of counted days; ``live`` goes on from the day before."""

    def __init__(self, database: Database, first_day: date = date(2026, 3, 2)) -> None:
        self.database = database
        self.usual = Baseline(database, Journal(database))
        self.drift = Drift(self.usual.book, COLUMNS)
        self.again = LearningAgain(self.usual, self.drift)
        self.today = first_day - timedelta(days=1)

    def live(self, days: int, *, moved: bool = False, rise: float = 1.0, rows: int = 150) -> None:
        for _ in range(days):
            self.today += timedelta(days=1)
            count_look(self.database, at_noon(self.today), rows=rows, moved=moved, rise=rise)

    def learn_first(self) -> None:
        """Live the learning period and make the first picture, as its end does."""
        self.live(10)
        self.usual.learn("learning_period", self.usual.book.days(until=self.today))
