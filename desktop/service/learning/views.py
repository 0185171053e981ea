"""What people are told of the learned models and of what is usual here: the shapes that window and console read.

Before this on the path: cards, measured rates, the baseline and its days. After it: the Models page and ``models``
on the console. ``Service.learning`` gives them:

    models() -> tuple[ModelView, ...]            card(name) -> ModelView | None
    baseline() -> BaselineView                   drift() -> DriftView
    preview() -> LearningPreview | None          learn() -> BaselineVersion
    restore(number) -> BaselineVersion
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Share:
    """A measured share with its Wilson range, 0 to 1."""

    cases: int
    share: float
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class ReliabilityPoint:
    """Of all cases about which a model said about the same, how many were as it said; 0 to 1."""

    said: float
    right: Share


@dataclass(frozen=True, slots=True)
class ReasonResult:
    """How much of one kind of attack was found, on sources that were not trained on."""

    reason: str
    found: Share


@dataclass(frozen=True, slots=True)
class GroupResult:
    """False alarms of one group of computers."""

    kind: str
    """``system``, ``shift``, ``network_size``, ``role`` or ``language``."""
    group: str
    alarms_a_week: float
    """False alarms per computer and week."""
    weeks: float
    """Computer-weeks that were measured."""
    is_worst: bool = False
    """More than twice the middle of its kind: the card says why."""


@dataclass(frozen=True, slots=True)
class TrainingSource:
    """Where a model learned from."""

    name: str
    licence: str
    kind: str
    """``harmful`` or ``harmless``."""
    cases: int
    period: str = ""
    """From which years it is."""


@dataclass(frozen=True, slots=True)
class ModelView:
    """One model's card. Texts of the card are English; titles and what it looks at have keys in ``resources/texts``."""

    name: str
    """File name without ending; ``drift_words.model_name`` names it in every language."""
    purpose: str
    not_for: str
    method: str
    known_misses: str
    looks_at: tuple[str, ...]
    """Names of columns, most telling first; their plain names are the texts of features."""
    sources: tuple[TrainingSource, ...]
    period: str
    """When the training material was recorded."""
    limit_was_set: str
    wrong: Share | None
    """Of its alarms in tests, how many were harmless; None: never measured."""
    missed: Share | None
    """Of planted or labelled attacks, how many it missed."""
    reliability: tuple[ReliabilityPoint, ...]
    brier: float | None
    calibration_error: float | None
    """Expected calibration error."""
    reasons: tuple[ReasonResult, ...]
    groups: tuple[GroupResult, ...]
    worst_group_because: str
    sha256: str
    measured_on: date | None
    review_by: date | None
    is_trusted: bool
    """Named in a manifest whose signature is good, and unchanged."""
    is_own: bool = False
    """Trained on this computer."""
    problem: str = ""
    """Why it is not loaded (``card_words.problem_words``); empty: it is. ``not_known`` when nobody could look."""
    units: tuple[str, ...] = ()
    """Of each column of ``looks_at``."""
    weakest: tuple[str, ...] = ()
    """Kinds of attack that are found least, each with its counts."""
    explains: tuple[tuple[str, float], ...] = ()
    """How good its reasons are: names and figures of ``benchmarks/reasons.py``."""


@dataclass(frozen=True, slots=True)
class UsualFigure:
    """One figure of a day: what is usual here, and today."""

    name: str
    """``models.figure.<name>``."""
    unit: str
    low: float
    high: float
    today: float | None


@dataclass(frozen=True, slots=True)
class BaselineVersion:
    """One picture of what is usual here."""

    number: int
    made_at: datetime
    first_day: date
    last_day: date
    days: int
    left_out_days: int
    """Days, or parts of days, that were not learned from because of an open finding."""
    made_by: str
    """``learning_period`` or ``person``."""
    is_in_use: bool
    fingerprint: str
    """SHA-256 over its content."""


@dataclass(frozen=True, slots=True)
class BaselineView:
    """What this computer has learned to call usual."""

    is_learning: bool
    days_done: int
    days_needed: int
    versions: tuple[BaselineVersion, ...]
    """Newest first."""
    figures: tuple[UsualFigure, ...]


class Light(enum.StrEnum):
    """Whether this computer's work is still what was learned."""

    AS_LEARNED = "as_learned"
    CHANGED = "changed"
    VERY_DIFFERENT = "very_different"
    NOT_KNOWN_YET = "not_known_yet"


@dataclass(frozen=True, slots=True)
class DriftCause:
    """One thing that has changed, strongest first."""

    kind: str
    """``input``, ``score``, ``alarms``, ``judgements`` or ``figure``."""
    name: str
    """Column, model or figure."""
    usual: float
    today: float
    unit: str
    distance: float
    """Divided by its limit: above 1 it is more than chance."""


@dataclass(frozen=True, slots=True)
class DriftView:
    """The light, and what it rests on."""

    light: Light
    since: date | None
    days: int
    """Days that were compared with what was learned."""
    causes: tuple[DriftCause, ...]


@dataclass(frozen=True, slots=True)
class LearningPreview:
    """What learning again would change, computed on stored records; nothing is changed yet."""

    first_day: date
    last_day: date
    days: int
    left_out_days: int
    alarms_before: float
    """Model alarms a day over these days with the picture in use."""
    alarms_after: float
    newly_usual: int
    """Habits that would become usual."""
    forgotten: int
    """Habits that would no longer be."""
    limits: tuple[tuple[str, float, float], ...]
    """Model, factor before, factor after."""
    refused_because: str = ""
    """``open_findings``, ``too_few_days`` or empty: why learning again is refused now."""
