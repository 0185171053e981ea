"""Weighs the signs of one start: what is strong alone, what only counts together, what its family adds.

Before this on the path: rules that matched (``engines/sigma_engine.py``) and what is known of the program's family.
After it: ``suspicious_start``, which says one thing for a tree, a reason and an hour.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from detectors.contract.finding import Severity
from detectors.contract.programs import HOUR_S, Program
from detectors.features.program_paths import program_name, stem
from detectors.features.program_tree import is_furniture, tree_root

INHERIT_S = HOUR_S
"""How long a family stays under suspicion: an hour covers an intruder's session (advice of the recordings' makers)."""

_DESKS = frozenset({
    "explorer", "windowsterminal", "terminal", "iterm2", "gnome-shell", "gnome-terminal-server", "plasmashell",
    "konsole", "xfce4-terminal", "finder", "dock", "kitty", "alacritty", "wezterm-gui",
})  # fmt: skip
"""Parts of a session that start what a person asks them to."""
QUESTION = "discovery_burst"
"""The reason of those who only ask."""


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
    family_reasons: frozenset[str] = frozenset()
    """Reasons that others of the same tree gave within the hour, each worth a look by itself."""
    is_at_desk: bool = False
    """The family began at the desktop, or in a terminal window, of this computer."""
    is_unusual: bool = False
    """The model ranks it high, or this computer never saw this pair."""
    is_attack_like: bool = False
    """The model ranks it very high: counts only beside a rule that is worth a look by itself."""


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

    Weak signs alone stay low. They become medium when two of different reasons meet on one start, when an ancestor is
    under suspicion, or when the start is unusual besides. Two reasons of medium on one start, or in one tree within
    the hour, are strong together; so is one below an alarm, or one that the model finds very much like an attack.
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
    """Say what the signs of one start are worth together.

    Signs of one reason speak of the same thing (a place and who started it from there), so only reasons add up. At a
    desk a question and an act of the same family do not: whoever looks after computers asks, then does.
    """
    strongest = ranked[0].severity
    if strongest == Severity.MEDIUM:
        reasons = {sign.reason for sign in ranked if sign.severity == Severity.MEDIUM}
        if not (around.is_at_desk and reasons == {QUESTION}):
            reasons |= around.family_reasons - ({QUESTION} if around.is_at_desk else set())
        is_backed = len(reasons) > 1 or around.from_alarm or around.is_attack_like
        return Severity.HIGH if is_backed else Severity.MEDIUM
    is_backed = around.from_flagged or around.is_unusual or len({sign.reason for sign in ranked}) > 1
    return Severity.MEDIUM if strongest == Severity.LOW and is_backed else strongest


def _signs_for(reason: str, main: str, said: Sequence[str], ranked: Sequence[Sign]) -> tuple[Sign, ...]:
    """Choose what stands under a reason: its own signs; under the main one also those of reasons that are not said."""
    return tuple(sign for sign in ranked if sign.reason == reason or (reason == main and sign.reason not in said))


class FamilyMemory:
    """Remembers which starts were flagged, and for what, so that their families are judged by it for an hour."""

    def __init__(self, flagged: Mapping[Program, float]) -> None:
        """Begin with what earlier stretches flagged (at medium or more, when)."""
        self._flagged: dict[Program, tuple[float | None, Severity]] = {
            program: (when, Severity.MEDIUM) for program, when in flagged.items()
        }
        self._reasons: dict[Program, dict[str, float]] = {}

    def remember(self, verdicts: Sequence[Verdict]) -> None:
        """Keep what a start came to, if that is worth a look; for its tree only what needed nobody's help."""
        worst = max((verdict.severity for verdict in verdicts), default=Severity.INFORMATIONAL)
        if worst < Severity.MEDIUM:
            return
        program = verdicts[0].program
        self._flagged[program] = (program.started_s, worst)
        if program.started_s is None:
            return
        reasons = self._reasons.setdefault(tree_root(program), {})
        for sign in verdicts[0].signs:
            if sign.severity >= Severity.MEDIUM:
                reasons[sign.reason] = program.started_s

    def around(self, program: Program, *, is_unusual: bool = False, is_attack_like: bool = False) -> Circumstances:
        """Look upwards and around; time must be known on both sides."""
        severities = [
            severity
            for parent in program.parents()
            for when, severity in [self._look(parent)]
            if _recent(program, when)
        ]
        reasons = self._reasons.get(tree_root(program), {})
        return Circumstances(
            from_flagged=bool(severities),
            from_alarm=max(severities, default=Severity.LOW) >= Severity.HIGH,
            family_reasons=frozenset(reason for reason, when in reasons.items() if _recent(program, when)),
            is_at_desk=_is_at_desk(program),
            is_unusual=is_unusual,
            is_attack_like=is_attack_like,
        )

    def _look(self, program: Program) -> tuple[float | None, Severity]:
        return self._flagged.get(program, (None, Severity.INFORMATIONAL))


def _is_at_desk(program: Program) -> bool:
    """Tell whether a person opened the family's first program from a window of the session."""
    opener = tree_root(program).parent
    return opener is not None and is_furniture(opener) and stem(program_name(opener)) in _DESKS


def _recent(program: Program, when: float | None) -> bool:
    return when is not None and program.started_s is not None and 0 <= program.started_s - when <= INHERIT_S
