"""Reads the cards of the learned models, ours and those of this computer.

Before this on the path: ``<name>.toml`` beside each model, which may be a stranger's, and what the worker says of
signatures. After it: ``views.ModelView``. A card may hold anything: whatever has another form than it should is left
out, never guessed; text is shortened and made harmless, and a number that is none is not shown.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from desktop.service.learning.views import (
    GroupResult,
    ModelView,
    ReasonResult,
    ReliabilityPoint,
    Share,
    TrainingSource,
)
from desktop.service.texts import harmless

MAX_CARD_BYTES = 262_144
"""The longest of ours has 20,000."""
MOST_ROWS = 500
"""Of any list on a card."""
LONGEST_TEXT, LONGEST_WORD = 1_000, 120
MOST_MODELS = 200
"""In one folder."""
NOT_KNOWN = "not_known"
"""Nobody could look at the signature."""
MISSING = "missing"
"""There is a card, and no model that it speaks of."""
NO_CARDS = ("manifest",)
"""What lies beside the cards and has their ending."""
MOST_CASES = 10**12
"""A larger count is no count."""

Table = Mapping[str, Any]


def read_cards(folder: Path, problems: Mapping[str, str] | None, *, is_own: bool) -> tuple[ModelView, ...]:
    """Read every card in a folder, in the order of their names; one whose model is gone is said, not left out.

    Args:
        folder: Where models lie; it may not be there.
        problems: Name -> why a model is not loaded, empty where it is; None: nobody could look.
        is_own: They were trained on this computer.
    """
    try:
        there = {path.stem for path in folder.glob("*.onnx")}
        cards = {path.stem for path in folder.glob("*.toml")}.difference(NO_CARDS)
    except OSError:
        return ()
    told = dict.fromkeys(cards - there, MISSING) | dict(problems or {})
    names = sorted(there | cards)[:MOST_MODELS]
    return tuple(read_card(folder, name, told.get(name, NOT_KNOWN), is_own=is_own) for name in names)


def read_card(folder: Path, name: str, problem: str, *, is_own: bool) -> ModelView:
    """Read one card; one that cannot be read is empty, and says nothing good of its model."""
    try:
        with (folder / f"{name}.toml").open("rb") as stream:
            untrusted = stream.read(MAX_CARD_BYTES + 1)
        card = tomllib.loads(untrusted.decode("utf-8")) if len(untrusted) <= MAX_CARD_BYTES else {}
    except (OSError, ValueError, RecursionError):
        card = {}
    problem = problem if card else problem or "card"
    return view_of(card, name, problem, is_own=is_own)


def view_of(untrusted: Table, name: str, problem: str, *, is_own: bool) -> ModelView:
    """Take from a card what has the form it should have."""
    results, reliability = _part(untrusted, "results"), _part(untrusted, "reliability")
    sources = tuple(_sources(untrusted))
    return ModelView(
        name=harmless(name, LONGEST_WORD),
        purpose=_text(untrusted, "purpose"),
        not_for=_text(untrusted, "not_for"),
        method=_text(untrusted, "method"),
        known_misses=_text(untrusted, "known_misses"),
        looks_at=_words(untrusted, "features"),
        sources=sources,
        period=_whole_period(sources),
        limit_was_set=_text(untrusted, "threshold_is"),
        wrong=_share(_part(untrusted, "alarms")),
        missed=_share(_part(untrusted, "missed")),
        reliability=tuple(_points(reliability)),
        brier=_number(reliability, "brier", 1.0),
        calibration_error=_number(reliability, "calibration_error", 1.0),
        reasons=tuple(_reasons(results)),
        groups=tuple(_groups(untrusted)),
        worst_group_because=_text(untrusted, "worst_group_because"),
        sha256=_text(untrusted, "sha256", LONGEST_WORD),
        measured_on=_day(untrusted, "measured_on"),
        review_by=_day(untrusted, "review_by"),
        is_trusted=not problem,
        is_own=is_own,
        problem=problem,
        units=_words(untrusted, "units"),
        weakest=_words(untrusted, "weakest"),
        explains=tuple(_figures(_part(untrusted, "reasons"))),
    )


# --- parts of a card ------------------------------------------------------------------------------------------------
def _sources(card: Table) -> Iterator[TrainingSource]:
    """Give where it learned; a source of both kinds is two."""
    for row in _rows(card, "training"):
        name, licence = _text(row, "source", LONGEST_WORD), _text(row, "licence", LONGEST_WORD)
        period = _text(row, "period", LONGEST_WORD)
        if "kind" in row:
            kind = "harmless" if row["kind"] == "harmless" else "harmful"
            yield TrainingSource(name, licence, kind, _count(row, "recordings"), period)
            continue
        for key, kind in (("attack_starts", "harmful"), ("harmless_starts", "harmless")):
            if cases := _count(row, key):
                yield TrainingSource(name, licence, kind, cases, period)


def _whole_period(sources: tuple[TrainingSource, ...]) -> str:
    """Say from which years all of it is."""
    years = sorted({word for one in sources for word in one.period.split() if len(word) == 4 and word.isdecimal()})  # noqa: PLR2004 - a year
    return f"{years[0]} to {years[-1]}" if years else ""


def _points(reliability: Table) -> Iterator[ReliabilityPoint]:
    for row in _rows(reliability, "points"):
        said, right = _number(row, "said", 1.0), _share(_with_share(row, "right", "cases"))
        if said is not None and right is not None:
            yield ReliabilityPoint(said, right)


def _reasons(results: Table) -> Iterator[ReasonResult]:
    for row in _rows(results, "reasons"):
        found = _share(row)
        if found is not None:
            yield ReasonResult(_text(row, "reason", LONGEST_WORD), found)


def _groups(card: Table) -> Iterator[GroupResult]:
    for row in _rows(card, "groups"):
        rate, weeks = _number(row, "alarms_a_week", math.inf), _number(row, "weeks", math.inf)
        if rate is not None and weeks is not None:
            kind, group = _text(row, "kind", LONGEST_WORD), _text(row, "group", LONGEST_WORD)
            yield GroupResult(kind, group, rate, weeks, is_worst=row.get("is_worst") is True)


def _figures(table: Table) -> Iterator[tuple[str, float]]:
    for key in list(table)[:MOST_ROWS]:
        value = _number(table, key, math.inf)
        if value is not None:
            yield harmless(key, LONGEST_WORD), value


# --- values of a card -----------------------------------------------------------------------------------------------
def _part(card: Table, key: str) -> Table:
    value = card.get(key)
    return value if isinstance(value, dict) else {}


def _rows(card: Table, key: str) -> list[Table]:
    value = card.get(key)
    return [row for row in value[:MOST_ROWS] if isinstance(row, dict)] if isinstance(value, list) else []


def _text(card: Table, key: str, longest: int = LONGEST_TEXT) -> str:
    value = card.get(key)
    return harmless(value, longest) if isinstance(value, str) else ""


def _words(card: Table, key: str) -> tuple[str, ...]:
    value = card.get(key)
    rows = value[:MOST_ROWS] if isinstance(value, list) else []
    return tuple(harmless(one, LONGEST_WORD) for one in rows if isinstance(one, str))


def _count(row: Table, key: str) -> int:
    value = row.get(key)
    return value if type(value) is int and 0 <= value <= MOST_CASES else 0


def _number(row: Table, key: str, most: float) -> float | None:
    """Give a number from nought to ``most``; what is none, or is not finite, is not known."""
    value = row.get(key)
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= min(most, MOST_CASES):
        return None
    return float(value)


def _with_share(row: Table, counted: str, of: str) -> Table:
    """Read a row that tells counts as one that tells a share."""
    right, cases = _count(row, counted), _count(row, of)
    return {**row, "of": cases, "share": right / cases} if cases else {}


def _share(row: Table) -> Share | None:
    """Give a share whose range holds it; anything else is not known."""
    cases = _count(row, "of")
    share, lowest, highest = (_number(row, key, 1.0) for key in ("share", "lowest", "highest"))
    if not cases or share is None or lowest is None or highest is None or not lowest <= share <= highest:
        return None
    return Share(cases, share, lowest, highest)


def _day(card: Table, key: str) -> date | None:
    value = card.get(key)
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
