"""The shapes of what is learned of this computer: its days, and what a learning made of them.

Before this on the path: ``baseline_book.py``, which keeps them. After it: ``learning/baseline.py`` and ``drift.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from detectors.contract.baseline import ModelCounts


@dataclass(frozen=True, slots=True)
class DayRow:
    """What was counted on one day of looks at this computer."""

    day: date
    looks: int
    hours: int
    """Hours in which somebody looked,"""
    left_out_hours: int
    """and those of them that nothing is learned from, because a serious finding was seen in them."""
    models: Mapping[str, ModelCounts] = field(default_factory=dict)
    """Of the hours that are not left out."""
    alarms: Mapping[str, int] = field(default_factory=dict)
    """Model -> findings that it spoke in on this day; every one, also in hours that are left out."""
    harmless: Mapping[str, int] = field(default_factory=dict)
    """Model -> how many of these a person has judged as fine since."""
    judged: Mapping[str, int] = field(default_factory=dict)
    """Model -> how many of these a person has judged at all since."""
    figures: Mapping[str, float] = field(default_factory=dict)
    """Name -> figure of the day; what could not be seen is missing."""

    @property
    def is_quiet(self) -> bool:
        """Tell whether something can be learned from this day."""
        return self.hours > self.left_out_hours


@dataclass(frozen=True, slots=True)
class Habits:
    """What this computer has got used to; hashes, except names of destinations while they are kept anyway."""

    pairs: tuple[str, ...] = ()
    """Who starts whom, for one person: ``features.program_habits.habit_name``."""
    listeners: tuple[str, ...] = ()
    """Who answers on which door, likewise."""
    devices: tuple[str, ...] = ()
    """Network cards of this network."""
    destinations: tuple[str, ...] = ()
    """Names and addresses on the internet."""


@dataclass(frozen=True, slots=True)
class Learned:
    """The content of one baseline: all that it changes in what is told."""

    first_day: date
    last_day: date
    days: int
    """Days that were learned from."""
    left_out_days: int
    """Days, or parts of days, that were not."""
    limits: dict[str, float]
    """Model -> factor of its shipped limit."""
    usual: dict[str, tuple[float, ...]]
    """Model -> middle value of each named column, as the model reads it."""
    forms: dict[str, str]
    """Model -> form of the counts that limit and usual values are from."""
    habits: Habits
    """Everything as hashes."""
    figures: dict[str, tuple[float, float]]
    """Figure -> what is usual, low and high."""
    drift: dict[str, Any] | None = None
    """What ``drift.py`` compares with later."""


@dataclass(frozen=True, slots=True)
class Version:
    """One kept baseline."""

    number: int
    made_at: datetime
    made_by: str
    """``learning_period`` or ``person``."""
    fingerprint: str
    """SHA-256 over its canonical JSON, as it was made."""
    is_whole: bool
    """False when the content is no longer what it was made as."""
    learned: Learned | None
    """None where it is not whole."""
