"""Says which starts of programs look more like attacks than like daily work, by a learned model alone.

Before this on the path: Programs and ``models/program_rank.onnx``. After it: the worker's wire.
The model's word alone: never above *low*, informational where only barely. One finding for a machine, tree and hour.
Reasons by occlusion, and what would have made it usual: ``program_reasons``. The model knows shells from its labels, so
the limits were set on ordinary work in shells too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np

from detectors.contract.baseline import LocalPicture
from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import ModelRefused, SkippedCheck, SkipReason
from detectors.contract.finding import Evidence, Finding, FoundBy, Scalar, Severity, Subject
from detectors.contract.programs import HOUR_S, Program, Programs, program_finding
from detectors.engines.onnx_engine import OnnxModel
from detectors.features.occlusion import usual_of
from detectors.features.program_evidence import describe_start
from detectors.features.program_features import FORM, NUMBERS, Row, number_columns, score_programs
from detectors.features.program_reasons import StartCase, explain_start
from detectors.features.program_tree import tree_key

RANK = "program_rank"
MAX_FINDINGS = 50
"""Of one stretch; the strongest are kept: beyond that the model's word is worth nothing."""
SYSTEMS = frozenset({"windows", "linux", "macos"})


@dataclass(frozen=True, slots=True)
class _Said:
    """One start that the model finds unlike others."""

    program: Program
    score: float


class UnusualProgram(Detector):
    """Asks the model about every start, and speaks of families of programs."""

    name: ClassVar[str] = "unusual_program"
    version: ClassVar[str] = "2"
    reads: ClassVar[type] = Programs
    reasons: ClassVar[tuple[str, ...]] = ("unusual_program",)

    def __init__(self, model: OnnxModel | None, problem: str = "") -> None:
        self._model = model
        self._problem = problem

    @classmethod
    def build(cls, context: DetectorContext) -> Self:
        """Load the model; one that cannot be used is a gap."""
        if context.models_folder is None:
            return cls(None)
        try:
            return cls(OnnxModel.load_for(context, RANK, form=FORM))
        except ModelRefused as error:
            return cls(None, str(error.values["problem"]))

    def gaps(self) -> tuple[SkippedCheck, ...]:
        """Name the model if it could not be used."""
        if not self._problem:
            return ()
        detail: dict[str, Scalar] = {"model": RANK, "problem": self._problem}
        return (SkippedCheck(Subject("model", RANK), SkipReason.MODEL_REFUSED, RANK, detail),)

    def detect(self, programs: Programs) -> Iterator[Finding]:
        """Give one finding for each family and hour in which a start stands out, the strongest first."""
        starts = [one for one in programs.starts if one.system in SYSTEMS and one.command]
        if self._model is None or not starts:
            return
        scores = _score(self._model, programs, starts)
        limit = self._model.card.threshold * programs.picture.factor(RANK)
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
        factor = programs.picture.factor(RANK)
        low = float(model.card.facts["low"]) * factor
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
                *explain_start(make_case(model, strongest.program, programs.picture), model.card.threshold * factor),
                *describe_start(strongest.program),
                Evidence("unusual_starts", len(said)),
                Evidence("models", [RANK]),
            ),
            tree=tree,
            starts=reaching,
            found_by=FoundBy.MODEL,
        )


def _score(model: OnnxModel, programs: Programs, starts: Sequence[Program]) -> list[float]:
    """Score starts, and count what the model read and said where this look is to be counted."""
    if programs.meter is None:
        return [float(one) for one in score_programs(model.score, starts)]
    numbers: list[Row] = []

    def score(rows: Row) -> Row:
        numbers.append(rows[:, number_columns()])
        return model.score(rows)

    scores = score_programs(score, starts)
    programs.meter.count(RANK, NUMBERS, np.concatenate(numbers), scores / model.card.threshold)
    return [float(one) for one in scores]


def make_case(model: OnnxModel, program: Program, picture: LocalPicture) -> StartCase:
    """Put together what explains a start: the model, and what is usual on such a system."""
    family = "windows" if program.system == "windows" else "unix"
    return StartCase.of(model.score, program, usual_of(RANK, model.card.facts[f"usual_{family}"], picture))
