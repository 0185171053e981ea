"""Counts false alarms by groups of computers: who is alarmed for nothing more often than others?

Before this on the path: made-up ordinary days (``fresh_days.py``) and harmless captures. After it: the tables
``groups`` of the cards and of ``resources/measured/rates.toml``. Days differ in system, role and language of the
system, and within a day in the hour; captures in the number of computers. Only branches of the half that nothing was
mended by count.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from fresh_days import DAY_S, DAYS, PEOPLE, WORK_S, day_rows
from fresh_trees import is_unseen
from quality_programs import judge_file

from detectors.contract.finding import Finding, Severity
from detectors.worker.registry import Panel

WEEK_S = 7 * 86_400.0
WORST = 2.0
"""trust.md: the worst group at most so many times the middle, or the card says why."""
MODEL_REASON = "unusual_program"
RULES, MODEL = "program_rules", "program_rank"
NETWORK_SIZES = ((1, "one computer"), (5, "2 to 5 computers"), (20, "6 to 20 computers"), (10**9, "more computers"))

LANGUAGES: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "English": {},
    "German": {
        "windows": (("NT AUTHORITY\\SYSTEM", "NT-AUTORITÄT\\SYSTEM"), ("Administrators", "Administratoren")),
        "linux": (("/Documents", "/Dokumente"), ("/Desktop", "/Schreibtisch"), ("/Pictures", "/Bilder")),
    },
    "French": {
        "windows": (("NT AUTHORITY\\SYSTEM", "AUTORITE NT\\Système"), ("Administrators", "Administrateurs")),
        "linux": (("/Downloads", "/Téléchargements"), ("/Desktop", "/Bureau"), ("/Pictures", "/Images")),
    },
}
"""What a system calls differently in other languages; macOS shows other names and keeps the English ones on disk."""
NAMES = {"English": None, "German": "jörg", "French": "chloé"}
"""Of people: names with letters beyond ASCII stand in every path of theirs."""


@dataclass(frozen=True, slots=True)
class Group:
    """False alarms of one group of computers, as one judge gave them."""

    judge: str
    """``program_rules``, ``network_rules`` or a model's name."""
    kind: str
    """``system``, ``shift``, ``network_size``, ``role`` or ``language``."""
    group: str
    alarms: int
    weeks: float
    """Computer-weeks that were measured."""

    @property
    def alarms_a_week(self) -> float:
        """False alarms per computer and week."""
        return self.alarms / self.weeks if self.weeks else 0.0


def count_days(panel: Panel, seed: int, folder: Path) -> tuple[list[Group], list[tuple[str, Finding]]]:
    """Judge three days of each kind of person in each language, and count alarms by group.

    Returns:
        The groups, and the alarms of the days in English: each with who was alarmed, on which day and by which line.
    """
    told: list[tuple[str, Finding]] = []
    alarms: Counter[tuple[str, str, str]] = Counter()
    weeks: Counter[tuple[str, str]] = Counter()
    for who, language in itertools.product(PEOPLE, LANGUAGES):
        system, role = who.split(maxsplit=1)
        made = day_rows(who, seed)
        unseen = [is_unseen(line) for _, line in made]
        path = folder / f"{who}_{language}.jsonl".replace(" ", "_")
        lines = (json.dumps(in_language(row, system, language), ensure_ascii=False) for row, _ in made)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        spent = DAYS * DAY_S / WEEK_S * sum(unseen) / len(unseen)
        own = (("system", system), ("role", role), ("language", language), ("shift", "day"), ("shift", "night"))
        weeks.update(dict.fromkeys(own, spent))
        said = {one.id: one for one in judge_file(panel, path)}.values()
        for one in (one for one in said if unseen[one.records[0]]):
            alarms.update((judge, kind, group) for judge in judges_of(one) for kind, group in (*own[:3], _shift(one)))
            if language == "English" and any(judges_of(one)):
                row, line = made[one.records[0]]
                told.append((f"{who} day {row['t'] // DAY_S:.0f} {line}", one))
    groups = [
        Group(judge, kind, group, alarms[judge, kind, group], round(spent, 4))
        for judge in (RULES, MODEL)
        for (kind, group), spent in sorted(weeks.items())
    ]
    return groups, told


def judges_of(one: Finding) -> Iterator[str]:
    """Say whose alarm a finding is: rules from medium on, as people are interrupted; of the model every word."""
    if one.reason == MODEL_REASON:
        yield MODEL
    elif one.severity >= Severity.MEDIUM:
        yield RULES


def _shift(one: Finding) -> tuple[str, str]:
    at_s = one.first_seen_at.timestamp() % DAY_S
    return "shift", "day" if WORK_S[0] <= at_s < WORK_S[1] else "night"


def in_language(row: dict[str, Any], system: str, language: str) -> dict[str, Any]:
    """Write one start as a system of another language would show it."""
    pairs = list(LANGUAGES[language].get(system, ()))
    person, name = _person_of(row), NAMES[language]
    if name and person:
        mark = "\\" if system == "windows" else "/"
        pairs += [(f"Users{mark}{person}", f"Users{mark}{name}"), (f"/home/{person}", f"/home/{name}")]
        row = row | {"username": str(row.get("username") or "").replace(person, name)}
    return {key: _put(value, pairs) for key, value in row.items()}


def _person_of(row: dict[str, Any]) -> str:
    person = str(row.get("username") or "").rpartition("\\")[2]
    return "" if person in ("SYSTEM", "root", "www-data") else person


def _put(value: Any, pairs: Sequence[tuple[str, str]]) -> Any:
    if isinstance(value, list):
        return [_put(one, pairs) for one in value]
    if isinstance(value, str):
        for old, new in pairs:
            value = value.replace(old, new)
    return value


def count_captures(
    judge: str, computers: dict[str, int], active_s: dict[str, float], alarms: Counter[str]
) -> list[Group]:
    """Count false alarms of harmless captures by how many computers call in them.

    Args:
        judge: whose alarms they are.
        computers: capture -> how many computers call in it.
        active_s: capture -> how long it was recorded, without pauses.
        alarms: capture -> false alarms.
    """
    counts: Counter[str] = Counter()
    weeks: Counter[str] = Counter()
    for name, count in computers.items():
        group = next(word for most, word in NETWORK_SIZES if count <= most)
        counts[group] += alarms[name]
        weeks[group] += count * active_s[name] / WEEK_S  # type: ignore[assignment]
    return [Group(judge, "network_size", word, counts[word], round(weeks[word], 4)) for _, word in NETWORK_SIZES]


def worst_of(groups: Sequence[Group]) -> set[Group]:
    """Find the groups that are alarmed more than twice as often as the middle of their kind."""
    found = set()
    for key in {(one.judge, one.kind) for one in groups}:
        own = [one for one in groups if (one.judge, one.kind) == key and one.weeks]
        middle = median(one.alarms_a_week for one in own) if own else 0.0
        found |= {one for one in own if one.alarms_a_week > WORST * middle}
    return found


def tables(groups: Sequence[Group]) -> list[dict[str, Any]]:
    """Write groups as rows of a card."""
    worst = worst_of(groups)
    return [
        {
            "kind": one.kind,
            "group": one.group,
            "alarms": one.alarms,
            "weeks": one.weeks,
            "alarms_a_week": round(one.alarms_a_week, 2),
            "is_worst": one in worst,
        }
        for one in groups
    ]
