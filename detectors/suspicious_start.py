"""Says which starts of programs are suspicious, by rules over each start and by what its family has done.

Before this on the path: Programs and ``rules/processes``. After it: the worker's wire.
A rule names a reason and a sign. Strong signs speak alone; weak ones only together, under a flagged ancestor, or where
the model or this computer's memory finds the start unusual. A medium sign becomes high beside another one, below an
alarm, or where the model finds the start very much like an attack. One finding for a machine, a tree, a reason and an
hour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Self

from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import ModelRefused, SkippedCheck, SkipReason
from detectors.contract.finding import Evidence, Finding, Severity, Subject
from detectors.contract.programs import HOUR_S, Program, Programs, program_finding
from detectors.engines.onnx_engine import OnnxModel
from detectors.engines.sigma_engine import SigmaEngine, SigmaMatch
from detectors.features.program_evidence import describe_start, show_text
from detectors.features.program_features import FORM, score_programs
from detectors.features.program_fields import sigma_fields
from detectors.features.program_habits import is_usual, pair_key
from detectors.features.program_signs import program_signs
from detectors.features.program_tree import tree_key
from detectors.features.rule_reasons import reason_of_tags
from detectors.features.start_signs import FamilyMemory, Sign, Verdict, weigh

MAX_FINDINGS = 1_000
"""Of one stretch; the strongest are kept."""
MAX_RULES_NAMED = 10
FOLDER = "processes"
MODEL = "program_rank"
SUPPORT = "support"
"""On the model's card: scores above lift a weak sign to medium."""
STRONG = "low"
"""On the model's card: scores above lift one medium sign to high (measured in benchmarks/unseen_programs.py)."""

STRANGE = "sign_strange_rule"
"""What is said of a rule that somebody added: it has no sign of ours."""

_OWN_FOLDERS = frozenset({"writable_place", "started_by_script"})
"""Signs that the model may not lift: developers run what they build from folders of their own all day."""
_MANAGED = frozenset({"remote_session"})
"""Signs that it may not lift to high: management wraps every command alike, in code that tells a model nothing."""
_OWN_QUESTION = "own_program_asks"
"""The sign of a question that a person's own program asks: chat, games and drivers all ask what they run on."""
_CONFIDENCE = {Severity.LOW: 0.35, Severity.MEDIUM: 0.6, Severity.HIGH: 0.85, Severity.CRITICAL: 0.95}
_MORE_SIGNS = 0.05
"""Each further kind of sign makes it surer, up to 0.98."""
_MOST_SURE = 0.98


class SuspiciousStart(Detector):
    """Matches rules on each start, weighs the signs, and groups starts by family."""

    name: ClassVar[str] = "suspicious_start"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Programs
    reasons: ClassVar[tuple[str, ...]] = (
        "credential_theft",
        "recovery_removed",
        "protection_stopped",
        "office_starts_command",
        "reverse_shell",
        "privilege_gain",
        "hidden_command_line",
        "download_and_run",
        "false_name",
        "built_in_tool_misuse",
        "new_account_or_key",
        "autostart_change",
        "lateral_tool",
        "remote_tunnel",
        "staging_and_copying_out",
        "busy_stranger",
        "runs_from_temporary_place",
        "discovery_burst",
    )
    """In the order in which they win where signs are equal: what hurts most first."""

    def __init__(self, engine: SigmaEngine, model: OnnxModel | None = None) -> None:
        self._engine = engine
        self._model = model
        self._order = {reason: place for place, reason in enumerate(self.reasons)}

    @classmethod
    def build(cls, context: DetectorContext) -> Self:
        """Read our rules, or take them understood from the private folder."""
        return cls(SigmaEngine.from_folder(context.rules_folder / FOLDER, context.cache_folder), _load_model(context))

    def gaps(self) -> tuple[SkippedCheck, ...]:
        """Name the rules that cannot be read: what they look for is not looked for."""
        return tuple(
            SkippedCheck(
                Subject("file", problem.path),
                SkipReason.RULES_BROKEN,
                problem.path,
                {"line": problem.line, "problem": problem.problem},
            )
            for problem in self._engine.problems
        )

    def detect(self, record: Programs) -> Iterator[Finding]:
        """Judge every start in its order, so that a family's past counts; then say each thing once."""
        family = FamilyMemory(record.flagged)
        groups: dict[tuple[str, str, int | None], list[Verdict]] = {}
        signs = [self._signs(program) for program in record.starts]
        unusual = self._find_unusual(record, signs)
        alike = self._find_attack_like(record, signs)
        for program, seen in zip(record.starts, signs, strict=True):
            around = family.around(program, is_unusual=program in unusual, is_attack_like=program in alike)
            verdicts = weigh(program, seen, around, self._order)
            family.remember(verdicts)
            for verdict in verdicts:
                hour = None if program.started_s is None else int(program.started_s // HOUR_S)
                groups.setdefault((tree_key(program), verdict.reason, hour), []).append(verdict)
        ranked = sorted(groups.items(), key=lambda group: -max(one.severity for one in group[1]))
        for (tree, reason, _), verdicts in ranked[:MAX_FINDINGS]:
            yield self._say(record, tree, reason, verdicts)

    def _find_unusual(self, record: Programs, signs: Sequence[Sequence[Sign]]) -> set[Program]:
        """Find the starts with weak signs that are odd besides: for the model, or on a computer that knows its own.

        What this computer has seen on three days is not unusual here, whatever the model says of it elsewhere.
        """
        seen_signs = dict(zip(record.starts, signs, strict=True))
        weak = [start for start, seen in seen_signs.items() if seen and _is_weak(seen)]
        if not record.known.is_learned:
            return self._ask_model(weak)
        strange = [start for start in weak if not is_usual(record.known.pairs, pair_key(start), start)]
        return self._ask_model(strange) | {
            start for start in strange if pair_key(start) and not _is_question(seen_signs[start])
        }

    def _find_attack_like(self, record: Programs, signs: Sequence[Sequence[Sign]]) -> set[Program]:
        """Find the starts worth a look by themselves that are very much like attacks; what is usual here is not."""
        medium = [
            start
            for start, seen in zip(record.starts, signs, strict=True)
            if max((sign.severity for sign in seen), default=Severity.INFORMATIONAL) == Severity.MEDIUM
            and not {sign.name for sign in seen if sign.severity == Severity.MEDIUM} <= _MANAGED
            and not is_usual(record.known.pairs, pair_key(start), start)
        ]
        return self._ask_model(medium, STRONG)

    def _ask_model(self, starts: Sequence[Program], limit_name: str = SUPPORT) -> set[Program]:
        """Ask the model, which may lift a weak sign and never raises a voice of its own here."""
        if self._model is None or not starts:
            return set()
        try:
            scores = score_programs(self._model.score, starts)
        except ModelRefused:
            return set()
        limit = float(self._model.card.facts[limit_name])
        return {start for start, score in zip(starts, scores, strict=True) if score > limit}

    def _signs(self, program: Program) -> list[Sign]:
        matches = self._engine.match(program.system, sigma_fields(program))
        signs = [_sign_of(match) for match in matches]
        return [sign for sign in signs if sign.reason in self._order and sign.severity >= Severity.LOW]

    def _say(self, programs: Programs, tree: str, reason: str, verdicts: Sequence[Verdict]) -> Finding:
        """Make one finding of the starts that reach the severity of the worst."""
        severity = max(verdict.severity for verdict in verdicts)
        reaching = [verdict for verdict in verdicts if verdict.severity == severity]
        about = reaching[0].program
        signs = list(dict.fromkeys(sign for verdict in reaching for sign in verdict.signs))
        names = list(dict.fromkeys(sign.name for sign in signs))
        sure = _CONFIDENCE.get(severity, 0.3) + _MORE_SIGNS * (len(names) - 1)
        return program_finding(
            self,
            programs,
            reason=reason,
            about=about,
            severity=severity,
            confidence=min(_MOST_SURE, sure),
            evidence=(
                *(Evidence(f"sign_{name}", observed=True, usual=False) for name in names),
                *_describe_family(reaching),
                *describe_start(about),
                *_describe_hidden(about),
                Evidence("rules", list(dict.fromkeys(sign.rule for sign in signs))[:MAX_RULES_NAMED]),
                *([Evidence("starts", len(reaching))] if len(reaching) > 1 else []),
            ),
            tree=tree,
            starts=[verdict.program for verdict in reaching],
            techniques=list(dict.fromkeys(name for sign in signs if sign.reason == reason for name in sign.techniques)),
        )


def _load_model(context: DetectorContext) -> OnnxModel | None:
    """Load the model that supports weak signs; ``unusual_program`` tells when it cannot be used."""
    if context.models_folder is None:
        return None
    try:
        model = OnnxModel.load_for(context, MODEL, form=FORM)
    except ModelRefused:
        return None
    return model if all(isinstance(model.card.facts.get(one), float) for one in (SUPPORT, STRONG)) else None


def _is_weak(signs: Sequence[Sign]) -> bool:
    """Tell whether a start needs support and may have it."""
    names = {sign.name for sign in signs}
    if max(sign.severity for sign in signs) != Severity.LOW or names <= _OWN_FOLDERS:
        return False
    return not (_OWN_QUESTION in names and _is_question(signs))


def _is_question(signs: Sequence[Sign]) -> bool:
    """Tell whether a start only asks something: people do that for the first time, too."""
    return {sign.reason for sign in signs} == {"discovery_burst"}


def _sign_of(match: SigmaMatch) -> Sign:
    rule = match.rule
    return Sign(
        reason=str(rule.facts.get("reason") or reason_of_tags(rule.tags)),
        name=str(rule.facts.get("sign") or STRANGE.removeprefix("sign_")),
        severity=_severity_of(rule.level),
        rule=rule.label,
        techniques=tuple(rule.techniques),
    )


def _severity_of(level: str) -> Severity:
    """Read a rule's level; an unknown one counts as medium, so that a slip in a rule neither hides nor shouts."""
    try:
        return Severity.from_word(level)
    except KeyError:
        return Severity.MEDIUM


def _describe_family(verdicts: Sequence[Verdict]) -> list[Evidence]:
    """Say what the family and the model added, where they lifted the verdict."""
    around = [one.circumstances for one in verdicts if one.severity > max(sign.severity for sign in one.signs)]
    facts = {
        "sign_started_by_suspect": any(one.from_flagged for one in around),
        "sign_unusual_start": any(one.is_unusual or one.is_attack_like for one in around),
    }
    return [Evidence(name, observed=True, usual=False) for name, holds in facts.items() if holds]


def _describe_hidden(program: Program) -> list[Evidence]:
    """Show what was hidden in code inside the command."""
    hidden = program_signs(program).get("DecodedCommand")
    return [Evidence("hidden_command", show_text(str(hidden).strip()))] if hidden else []
