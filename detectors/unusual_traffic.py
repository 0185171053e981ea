"""Says which computer's traffic is unlike the usual, by two learned models, and which numbers made it so.

Before this on the path: a Traffic and ``models/flow_rank.onnx``, ``flow_usual.onnx``. After it: the worker's wire.
The models' word alone: never above *low*. One knows what computers in labelled attacks do (rank: it judges the highest
values of a computer's flows), the other what harmless flows have in common (usual: it judges each flow); where both
speak, it is low; where they are only loud enough together, informational.
Reasons by occlusion: put one number back to its usual value and see how far the score falls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import ModelRefused, SkippedCheck, SkipReason
from detectors.contract.finding import Evidence, Finding, FoundBy, Severity, Subject
from detectors.contract.traffic import Traffic, network_finding
from detectors.engines.onnx_engine import OnnxModel
from detectors.features.flow_features import FEATURES, NAMES, compute_flow_features, highest_of_hosts, plain_value
from detectors.features.hosts import MAX_FINDINGS

RANK, USUAL = "flow_rank", "flow_usual"
TOP_FLOWS = 10
"""A computer's score by the model of flows is the mean of its ten highest: the way the limit on its card was set."""
REASONS = 3
"""Numbers that are named."""
MEASURES = ("s", "bytes", "%")
"""Units written the same in every language; of the others the plain name tells what is counted."""

Scores = NDArray[np.float32]
Features = NDArray[np.float32]
Rows = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Voice:
    """What one model says of one computer."""

    score: float
    limit: float

    @property
    def speaks(self) -> bool:
        return self.score > self.limit


class UnusualTraffic(Detector):
    """Asks both models about every flow, and speaks of computers."""

    name: ClassVar[str] = "unusual_traffic"
    version: ClassVar[str] = "2"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("unusual_traffic",)

    def __init__(self, rank: OnnxModel | None, usual: OnnxModel | None, missing: Sequence[str] = ()) -> None:
        self._rank = rank
        self._usual = usual
        self._missing = tuple(missing)

    @classmethod
    def build(cls, context: DetectorContext) -> Self:
        """Load both models; one that cannot be used is a gap, and the other still speaks."""
        folder = context.models_folder
        models: dict[str, OnnxModel] = {}
        missing = []
        if folder is None:
            return cls(None, None)
        for name in (RANK, USUAL):
            try:
                models[name] = _load(folder, name)
            except ModelRefused:
                missing.append(name)
        return cls(models.get(RANK), models.get(USUAL), missing)

    def gaps(self) -> tuple[SkippedCheck, ...]:
        """Name the models that could not be used."""
        return tuple(
            SkippedCheck(Subject("model", name), SkipReason.MODEL_REFUSED, name, {"model": name})
            for name in self._missing
        )

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        """Give one finding for each computer whose flows stand out, the strongest first."""
        models = [model for model in (self._rank, self._usual) if model is not None]
        if not models or not len(traffic.flows) or not traffic.has_packets:
            return
        features = compute_flow_features(traffic)
        scores = [model.score(features) for model in models]
        said = list(self._hosts(traffic, features, models, scores))
        said.sort(key=lambda one: -max(voice.score / voice.limit for voice in one[1]))
        for rows, voices in said[:MAX_FINDINGS]:
            yield self._say(traffic, features, rows, list(zip(models, scores, voices, strict=True)))

    def _hosts(
        self, traffic: Traffic, features: Features, models: Sequence[OnnxModel], scores: Sequence[Scores]
    ) -> Iterator[tuple[Rows, list[_Voice]]]:
        """Join flows by their client, and keep the computers of which a model has something to say."""
        order = np.argsort(traffic.flows.client, kind="stable")
        edges = np.flatnonzero(np.diff(traffic.flows.client[order])) + 1
        hosts = highest_of_hosts(features, traffic.flows.client)
        of_hosts = [model.score(hosts) if model.card.name == RANK else None for model in models]
        for place, rows in enumerate(np.split(order, edges)):
            voices = [
                _Voice(_top_mean(score[rows]) if whole is None else float(whole[place]), model.card.threshold)
                for model, score, whole in zip(models, scores, of_hosts, strict=True)
            ]
            if _speak(models, voices):
                yield rows, voices

    def _say(
        self,
        traffic: Traffic,
        features: Features,
        rows: Rows,
        heard: Sequence[tuple[OnnxModel, Scores, _Voice]],
    ) -> Finding:
        flows = traffic.flows
        model, score, _ = max(heard, key=lambda one: one[2].score / one[2].limit)
        ranked = rows[np.argsort(-score[rows], kind="stable")]
        top = int(ranked[0])
        host, other = traffic.ends(top)
        judged = features[rows].max(axis=0) if model.card.name == RANK else features[top]
        is_agreed = len(heard) > 1 and all(voice.speaks for _, _, voice in heard)
        return network_finding(
            self,
            traffic,
            reason="unusual_traffic",
            host=host,
            severity=Severity.LOW if is_agreed else Severity.INFORMATIONAL,
            confidence=0.5 if is_agreed else 0.3,
            evidence=(
                *name_reasons(model, judged),
                Evidence("other_side", other),
                Evidence("port", int(flows.server_port[top])),
                Evidence("nearest_usual", nearest_usual(model, features[top])),
                Evidence("models", [one.card.name for one, _, voice in heard if voice.speaks] or [RANK, USUAL]),
            ),
            seen_s=(float(flows.started_s[ranked[:TOP_FLOWS]].min()), float(flows.ended_s[ranked[:TOP_FLOWS]].max())),
            records=traffic.records_of(ranked[:TOP_FLOWS]),
            found_by=FoundBy.MODEL,
        )


def _speak(models: Sequence[OnnxModel], voices: Sequence[_Voice]) -> bool:
    """Tell whether models have something to say of a computer: together where their card has a limit for that."""
    together = models[0].card.facts.get("together")
    if together is None or len(voices) == 1:
        return any(voice.speaks for voice in voices)
    first, second = (voice.score / voice.limit for voice in voices)
    return first + float(together["weight"]) * second > float(together["limit"])


def _top_mean(scores: Scores) -> float:
    return float(np.sort(scores)[::-1][:TOP_FLOWS].mean())


def name_reasons(model: OnnxModel, row: NDArray[np.float32]) -> tuple[Evidence, ...]:
    """Name the numbers that lift a score most, each beside its usual value.

    Args:
        model: Whose score it is.
        row: [F], one flow, or the highest values of a computer's flows.

    Occlusion (Zeiler and Fergus 2014, put to tables): each number in turn is set to its usual value, all in one batch.
    """
    usual = np.asarray(model.card.facts["usual"], np.float32)
    trials = np.repeat(row[None, :], len(row) + 1, axis=0)
    places = np.arange(len(row))
    trials[places, places] = usual
    scores = model.score(trials)
    falls = scores[-1] - scores[:-1]
    chosen = [place for place in np.argsort(-falls, kind="stable")[:REASONS] if falls[place] > 0]
    return tuple(
        Evidence(
            FEATURES[place].name,
            _told(plain_value(FEATURES[place], row[place])),
            _told(plain_value(FEATURES[place], usual[place])),
            FEATURES[place].unit if FEATURES[place].unit in MEASURES else "",
        )
        for place in chosen
    )


def nearest_usual(model: OnnxModel, row: NDArray[np.float32]) -> str:
    """Name the kind of harmless flow that is nearest, or an empty text."""
    examples = model.card.facts.get("examples", ())
    if not examples:
        return ""
    values = np.array([one["values"] for one in examples], np.float32)
    spread = np.maximum(values.std(axis=0), 0.1)
    return str(examples[int((((values - row) / spread) ** 2).sum(axis=1).argmin())]["service"])


def _told(value: float) -> float:
    """Round to what a person can use: yes or no as it is, else three figures at most."""
    if isinstance(value, bool):
        return value
    return round(value) if abs(value) >= 10 else round(value, 2)  # noqa: PLR2004 - two digits before the point


def _load(folder: Path, name: str) -> OnnxModel:
    """Load a model that takes exactly our columns."""
    model = OnnxModel.load(folder, name)
    if model.card.features != NAMES:
        raise ModelRefused(name=name, problem="does_not_fit")
    return model
