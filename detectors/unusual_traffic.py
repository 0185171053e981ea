"""Says which computer's traffic is unlike the usual, by two learned models, and which numbers made it so.

Before this on the path: a Traffic and ``models/flow_rank.onnx``, ``flow_usual.onnx``. After it: the worker's wire.
The models' word alone: never above *low*. One knows what computers in labelled attacks do (rank: it judges the highest
values of a computer's flows), the other what harmless flows have in common (usual: it judges each flow); where both
speak, it is low; where they are only loud enough together, informational.
Reasons by occlusion, and what would have made it usual: ``flow_reasons``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from detectors.contract.baseline import LocalPicture
from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import ModelRefused, SkippedCheck, SkipReason
from detectors.contract.finding import Evidence, Finding, FoundBy, Severity, Subject
from detectors.contract.traffic import Traffic, network_finding
from detectors.engines.onnx_engine import OnnxModel
from detectors.features.flow_features import FEATURES, NAMES, compute_flow_features, highest_of_hosts
from detectors.features.flow_reasons import MOST_CHECKED, Asked, Case, explain_case
from detectors.features.hosts import MAX_FINDINGS
from detectors.features.occlusion import usual_of

RANK, USUAL = "flow_rank", "flow_usual"
TOP_FLOWS = 10
"""A computer's score by the model of flows is the mean of its ten highest: the way the limit on its card was set."""
Scores = NDArray[np.float32]
Features = NDArray[np.float32]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Voice:
    """What one model says of one computer."""

    model: OnnxModel
    score: float
    limit: float

    @property
    def loudness(self) -> float:
        return self.score / self.limit

    @property
    def speaks(self) -> bool:
        return self.score > self.limit


@dataclass(frozen=True, slots=True)
class Heard:
    """What all models say of one computer."""

    rows: Rows
    """Its flows."""
    voices: Sequence[_Voice]
    scores: Sequence[Scores]
    """Of every flow, in the order of the voices."""

    @property
    def loudest(self) -> int:
        """Give the place of the voice that is farthest above its limit."""
        return int(np.argmax([voice.loudness for voice in self.voices]))

    @property
    def speaks(self) -> bool:
        """Tell whether the models have something to say of it: together where their card has a limit for that."""
        weights, limit, is_sum = _rule(self.voices)
        heard = [voice.loudness * weight for voice, weight in zip(self.voices, weights, strict=True)]
        return (sum(heard) if is_sum else max(heard)) > limit


class UnusualTraffic(Detector):
    """Asks both models about every flow, and speaks of computers."""

    name: ClassVar[str] = "unusual_traffic"
    version: ClassVar[str] = "3"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("unusual_traffic",)

    def __init__(
        self, rank: OnnxModel | None, usual: OnnxModel | None, problems: Mapping[str, str] | None = None
    ) -> None:
        self._rank = rank
        self._usual = usual
        self._problems = dict(problems or {})

    @classmethod
    def build(cls, context: DetectorContext) -> Self:
        """Load both models; one that cannot be used is a gap, and the other still speaks."""
        models: dict[str, OnnxModel] = {}
        problems: dict[str, str] = {}
        if context.models_folder is None:
            return cls(None, None)
        for name in (RANK, USUAL):
            try:
                models[name] = _load(context, name)
            except ModelRefused as error:
                problems[name] = str(error.values["problem"])
        return cls(models.get(RANK), models.get(USUAL), problems)

    def gaps(self) -> tuple[SkippedCheck, ...]:
        """Name the models that could not be used."""
        return tuple(
            SkippedCheck(Subject("model", name), SkipReason.MODEL_REFUSED, name, {"model": name, "problem": problem})
            for name, problem in self._problems.items()
        )

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Give one finding for each computer whose flows stand out, the strongest first."""
        models = [model for model in (self._rank, self._usual) if model is not None]
        if not models or not len(traffic.flows) or not traffic.has_packets:
            return
        features = compute_flow_features(traffic)
        everyone = hear_hosts(features, traffic.flows.client, models, traffic.picture)
        _count(traffic, features, everyone)
        said = sorted((one for one in everyone if one.speaks), key=lambda one: -one.voices[one.loudest].loudness)
        for heard in said[:MAX_FINDINGS]:
            yield self._say(traffic, features, heard)

    def _say(self, traffic: Traffic, features: Features, heard: Heard) -> Finding:
        flows, voice, score = traffic.flows, heard.voices[heard.loudest], heard.scores[heard.loudest]
        ranked = heard.rows[np.argsort(-score[heard.rows], kind="stable")]
        top = int(ranked[0])
        host, other = traffic.ends(top)
        is_agreed = len(heard.voices) > 1 and all(one.speaks for one in heard.voices)
        case, whole = make_cases(heard, features, traffic.picture)
        return network_finding(
            self,
            traffic,
            reason="unusual_traffic",
            host=host,
            severity=Severity.LOW if is_agreed else Severity.INFORMATIONAL,
            confidence=0.5 if is_agreed else 0.3,
            evidence=(
                *explain_case(case, whole),
                Evidence("other_side", other),
                Evidence("port", int(flows.server_port[top])),
                Evidence("nearest_usual", nearest_usual(voice.model, features[top])),
                Evidence("models", [one.model.card.name for one in heard.voices if one.speaks] or [RANK, USUAL]),
            ),
            seen_s=(float(flows.started_s[ranked[:TOP_FLOWS]].min()), float(flows.ended_s[ranked[:TOP_FLOWS]].max())),
            records=traffic.records_of(ranked[:TOP_FLOWS]),
            found_by=FoundBy.MODEL,
        )


def hear_hosts(
    features: Features, clients: NDArray[Any], models: Sequence[OnnxModel], picture: LocalPicture
) -> list[Heard]:
    """Ask models about every computer: [flows, F] joined by their client."""
    order = np.argsort(clients, kind="stable")
    edges = np.flatnonzero(np.diff(clients[order])) + 1
    hosts = highest_of_hosts(features, clients)
    scores = [model.score(features) for model in models]
    of_hosts = [model.score(hosts) if model.card.name == RANK else None for model in models]
    limits = [model.card.threshold * picture.factor(model.card.name) for model in models]
    everyone = []
    for place, rows in enumerate(np.split(order, edges)):
        voices = [
            _Voice(model, _top_mean(score[rows]) if whole is None else float(whole[place]), limit)
            for model, score, whole, limit in zip(models, scores, of_hosts, limits, strict=True)
        ]
        everyone.append(Heard(rows, voices, scores))
    return everyone


def _count(traffic: Traffic, features: Features, everyone: Sequence[Heard]) -> None:
    """Let the meter count what each model read, and what it said of each computer."""
    if traffic.meter is None:
        return
    for said in zip(*(one.voices for one in everyone), strict=True):
        card = said[0].model.card
        read = highest_of_hosts(features, traffic.flows.client) if card.name == RANK else features
        traffic.meter.count(card.name, FEATURES, read, np.array([one.score for one in said]) / card.threshold)


def _rule(voices: Sequence[_Voice]) -> tuple[list[float], float, bool]:
    """Give weights and limit, in units of each model's own: of the sum where the first card has a limit for that."""
    together = voices[0].model.card.facts.get("together")
    if together is None or len(voices) == 1:
        return [1.0] * len(voices), 1.0, False
    return [1.0, float(together["weight"])], float(together["limit"]), True


def make_cases(heard: Heard, features: Features, picture: LocalPicture) -> tuple[Case, Case]:
    """Put together what explains a decision: of a computer's loudest flows, and of all of them."""
    few, many = (_make_case(heard, features, picture, most) for most in (TOP_FLOWS, MOST_CHECKED))
    return few, many


def _make_case(heard: Heard, features: Features, picture: LocalPicture, most: int) -> Case:
    weights, limit, is_sum = _rule(heard.voices)
    rows, asked = heard.rows, []
    for voice, score, weight in zip(heard.voices, heard.scores, weights, strict=True):
        ranked = rows[np.argsort(-score[rows], kind="stable")][:most]
        is_rank = voice.model.card.name == RANK
        judged = features[rows].max(axis=0, keepdims=True) if is_rank else features[ranked]
        asked.append(Asked(voice.model.score, voice.limit, weight, judged, TOP_FLOWS))
    model = heard.voices[heard.loudest].model
    usual = usual_of(model.card.name, model.card.facts["usual"], picture)
    return Case(asked[heard.loudest].rows[0], usual, asked, limit, is_sum)


def _top_mean(scores: Scores) -> float:
    return float(np.sort(scores)[::-1][:TOP_FLOWS].mean())


def nearest_usual(model: OnnxModel, row: NDArray[np.float32]) -> str:
    """Name the kind of harmless flow that is nearest, or an empty text."""
    examples = model.card.facts.get("examples", ())
    if not examples:
        return ""
    values = np.array([one["values"] for one in examples], np.float32)
    spread = np.maximum(values.std(axis=0), 0.1)
    return str(examples[int((((values - row) / spread) ** 2).sum(axis=1).argmin())]["service"])


def _load(context: DetectorContext, name: str) -> OnnxModel:
    """Load a model that takes exactly our columns."""
    model = OnnxModel.load_for(context, name)
    if model.card.features != NAMES:
        raise ModelRefused(name=name, problem="does_not_fit")
    return model
