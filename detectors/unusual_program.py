"""Says which starts of programs look more like attacks than like daily work, by a learned model alone.

Before this on the path: Programs and ``models/program_rank.onnx``. After it: the worker's wire.
The model's word alone: never above *low*, informational where only barely. One finding for a machine, tree and hour.
Reasons by occlusion: leave a word of the command out, or put a number back to its usual value, and see how far the
score falls. The model knows shells from its labels, so the limits were set on ordinary work in shells too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Self

import numpy as np

from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import ModelRefused, SkippedCheck, SkipReason
from detectors.contract.finding import Evidence, Finding, FoundBy, Severity, Subject
from detectors.contract.programs import HOUR_S, Program, Programs, program_finding
from detectors.engines.onnx_engine import OnnxModel
from detectors.features.program_evidence import describe_start
from detectors.features.program_features import (
    FORM,
    NUMBERS,
    YES_NO,
    number_columns,
    plain_number,
    program_row,
    score_programs,
    split_words,
)
from detectors.features.program_tree import tree_key
from detectors.features.secrets import mask_secrets

RANK = "program_rank"
MAX_FINDINGS = 50
"""Of one stretch; the strongest are kept: beyond that the model's word is worth nothing."""
MAX_WORDS = 30
"""Words of a command that are left out in turn."""
MAX_COMMAND = 5_000
"""Letters of a command that are taken apart; the model looks at no more."""
WORDS_NAMED = 3
NUMBERS_NAMED = 2
SMALLEST_FALL = 0.02
"""Of the score, which lies between 0 and 1: less is no reason."""
LONGEST_WORD = 60
"""Letters of a word that is named."""
SYSTEMS = frozenset({"windows", "linux", "macos"})


@dataclass(frozen=True, slots=True)
class _Said:
    """One start that the model finds unlike others."""

    program: Program
    score: float


class UnusualProgram(Detector):
    """Asks the model about every start, and speaks of families of programs."""

    name: ClassVar[str] = "unusual_program"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Programs
    reasons: ClassVar[tuple[str, ...]] = ("unusual_program",)

    def __init__(self, model: OnnxModel | None, *, is_missing: bool = False) -> None:
        self._model = model
        self._is_missing = is_missing

    @classmethod
    def build(cls, context: DetectorContext) -> Self:
        """Load the model; one that cannot be used is a gap."""
        if context.models_folder is None:
            return cls(None)
        try:
            return cls(OnnxModel.load(context.models_folder, RANK, form=FORM))
        except ModelRefused:
            return cls(None, is_missing=True)

    def gaps(self) -> tuple[SkippedCheck, ...]:
        """Name the model if it could not be used."""
        if not self._is_missing:
            return ()
        return (SkippedCheck(Subject("model", RANK), SkipReason.MODEL_REFUSED, RANK, {"model": RANK}),)

    def detect(self, programs: Programs) -> Iterator[Finding]:
        """Give one finding for each family and hour in which a start stands out, the strongest first."""
        starts = [one for one in programs.starts if one.system in SYSTEMS and one.command]
        if self._model is None or not starts:
            return
        scores = score_programs(self._model.score, starts).tolist()
        limit = self._model.card.threshold
        families: defaultdict[tuple[str, int | None], list[_Said]] = defaultdict(list)
        for program, score in zip(starts, scores, strict=True):
            if score > limit:
                hour = None if program.started_s is None else int(program.started_s // HOUR_S)
                families[tree_key(program), hour].append(_Said(program, score))
        ranked = sorted(families.items(), key=lambda one: -max(said.score for said in one[1]))
        for (tree, _), said in ranked[:MAX_FINDINGS]:
            yield self._say(self._model, programs, tree, said)

    def _say(self, model: OnnxModel, programs: Programs, tree: str, said: list[_Said]) -> Finding:
        strongest = max(said, key=lambda one: one.score)
        low = float(model.card.facts["low"])
        is_low = strongest.score > low
        reaching = [one.program for one in said if one.score > low or not is_low]
        return program_finding(
            self,
            programs,
            reason="unusual_program",
            about=strongest.program,
            severity=Severity.LOW if is_low else Severity.INFORMATIONAL,
            confidence=0.4 if is_low else 0.25,
            evidence=(
                *name_reasons(model, strongest.program),
                *describe_start(strongest.program),
                Evidence("unusual_starts", len(said)),
                Evidence("models", [RANK]),
            ),
            tree=tree,
            starts=reaching,
            found_by=FoundBy.MODEL,
        )


def name_reasons(model: OnnxModel, program: Program) -> tuple[Evidence, ...]:
    """Name what lifts a start's score most: words of its command, its parent, numbers beside their usual values.

    Occlusion (Zeiler and Fergus 2014, put to text): each in turn is left out or set to its usual value, and scored.
    """
    masked = replace(program, command=mask_secrets((program.command or "")[:MAX_COMMAND]))
    words = _falling_words(model, masked)
    orphan = score_programs(model.score, [masked, replace(masked, parent=None)]).tolist()
    found = [Evidence("unusual_words", words)] if words else []
    if program.parent and program.parent.name and orphan[0] - orphan[1] > SMALLEST_FALL:
        found.append(Evidence("unusual_parent", f"{program.parent.name} > {program.name or '?'}"))
    return (*found, *_falling_numbers(model, masked))


def _falling_words(model: OnnxModel, program: Program) -> list[str]:
    command = program.command or ""
    words = list(dict.fromkeys(split_words(command)))[:MAX_WORDS]
    trials = [replace(program, command=command.replace(word, " ")) for word in words]
    scores = score_programs(model.score, [program, *trials])
    falls = scores[0] - scores[1:]
    order = np.argsort(-falls, kind="stable")[:WORDS_NAMED]
    return [_cut(words[place]) for place in order if falls[place] > SMALLEST_FALL]


def _cut(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + "\u2026"


def _falling_numbers(model: OnnxModel, program: Program) -> list[Evidence]:
    family = "windows" if program.system == "windows" else "unix"
    usual = np.asarray(model.card.facts[f"usual_{family}"], np.float32)
    row = program_row(program)
    columns = number_columns()
    trials = np.repeat(row[None, :], len(NUMBERS) + 1, axis=0)
    trials[np.arange(len(NUMBERS)), columns] = usual
    scores = model.score(trials)
    falls = scores[-1] - scores[:-1]
    chosen = [
        place for place in np.argsort(-falls, kind="stable") if falls[place] > SMALLEST_FALL and place not in SILENT
    ]
    return [
        Evidence(
            NUMBERS[place].name,
            plain_number(NUMBERS[place], float(row[columns[place]])),
            plain_number(NUMBERS[place], float(usual[place])),
            "" if NUMBERS[place].unit == YES_NO else NUMBERS[place].unit,
        )
        for place in chosen[:NUMBERS_NAMED]
    ]


SILENT = frozenset(place for place, one in enumerate(NUMBERS) if one.name.startswith("program_on_"))
"""Which system it is is no reason."""
