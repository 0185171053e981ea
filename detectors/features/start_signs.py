"""Weighs the signs of one start: what is strong alone, what only counts together, what its family adds.

Before this on the path: rules that matched (``engines/sigma_engine.py``) and what is known of the program's family.
After it: ``suspicious_start``, which says one thing for a tree, a reason and an hour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detectors.contract.finding import Severity
from detectors.contract.programs import HOUR_S, Program

INHERIT_S = HOUR_S
"""How long a family stays under suspicion: an hour covers an intruder's session (advice of the recordings' makers)."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was seen of one start."""

    reason: str
    """Id of the explanation."""
    name: str
    """What was seen, in one key."""
    severity: Severity
    """Low is weak, medium is for a person to look at, high and above is strong alone."""
    rule: str = ""
    """Which rule saw it."""
    techniques: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known of a start beside its own signs."""

    from_flagged: bool = False
    """An ancestor was flagged within the hour."""
    from_alarm: bool = False
    """An ancestor was flagged as strong within the hour."""
    is_unusual: bool = False
    """The model ranks it high, or this computer never saw this pair."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one start comes to for one reason."""

    program: Program
    reason: str
    severity: Severity
    signs: tuple[Sign, ...]
    """Strongest first; those of other reasons that helped are among them."""
    circumstances: Circumstances


def weigh(program: Program, signs: Sequence[Sign], around: Circumstances, order: Mapping[str, int]) -> list[Verdict]:
    """Turn the signs of one start into at most one verdict a reason.

    Args:
        program: The start.
        signs: Those of it that count (low and above).
        around: What else is known.
        order: Place of each reason; the first wins where signs are equal.

    Weak signs alone stay low. They become medium when two of different kinds meet on one start, when an ancestor is
    under suspicion, or when the start is unusual besides. Two reasons of medium on one start are strong together.
    """
    if not signs:
        return []
    ranked = sorted(signs, key=lambda sign: (-sign.severity, order.get(sign.reason, len(order)), sign.name))
    best: dict[str, Severity] = {}
    for sign in ranked:
        best.setdefault(sign.reason, sign.severity)
    main = ranked[0].reason
    best[main] = max(best[main], _together(ranked, around))
    said = [reason for reason, severity in best.items() if severity >= Severity.MEDIUM] or [main]
    return [Verdict(program, reason, best[reason], _signs_for(reason, main, said, ranked), around) for reason in said]


def _together(ranked: Sequence[Sign], around: Circumstances) -> Severity:
    """Say what the signs of one start are worth together."""
    strongest = ranked[0].severity
    medium = {sign.reason for sign in ranked if sign.severity == Severity.MEDIUM}
    if strongest == Severity.MEDIUM and (len(medium) > 1 or around.from_alarm):
        return Severity.HIGH
    kinds = {sign.name for sign in ranked}
    if strongest == Severity.LOW and (len(kinds) > 1 or around.from_flagged or around.is_unusual):
        return Severity.MEDIUM
    return strongest


def _signs_for(reason: str, main: str, said: Sequence[str], ranked: Sequence[Sign]) -> tuple[Sign, ...]:
    """Choose what stands under a reason: its own signs; under the main one also those of reasons that are not said."""
    return tuple(sign for sign in ranked if sign.reason == reason or (reason == main and sign.reason not in said))


def circumstances_of(
    program: Program, flagged: Mapping[Program, tuple[float | None, Severity]], *, is_unusual: bool
) -> Circumstances:
    """Look upwards for an ancestor under suspicion; time must be known on both sides."""
    from_flagged = from_alarm = False
    for parent in program.parents():
        when, severity = flagged.get(parent, (None, Severity.INFORMATIONAL))
        if when is None or program.started_s is None or not 0 <= program.started_s - when <= INHERIT_S:
            continue
        from_flagged = True
        from_alarm = from_alarm or severity >= Severity.HIGH
    return Circumstances(from_flagged, from_alarm, is_unusual)
