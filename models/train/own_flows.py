"""Trains a model of traffic on a person's own captures, and compares it with the installed one on the same sources.

Before this on the path: ``own_sources.py``. After it: ``own.py``, which tells and writes. The way is that of
``flow_rank.py`` and ``flow_usual.py``: every figure is of sources that the model did not see.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detectors.engines.onnx_engine import OnnxModel
from models.train import cards, flow_rank, flow_usual
from models.train.measuring import area, by_computers, by_flows, limit_for, loudest, measure, score_unseen
from models.train.own_result import CLOSE_ENOUGH, Figures, Made, TrainingStopped
from models.train.recordings import NAMES, Recording, examples, usual_values

Rows = NDArray[np.float32]

KINDS = {"flow_rank": (flow_rank, by_computers), "flow_usual": (flow_usual, by_flows)}


def train_flows(name: str, recordings: Sequence[Recording], installed: OnnxModel) -> Made:
    """Train, measure beside the installed model, and write both files as bytes.

    Raises:
        TrainingStopped: the graph says something else than the training library.
    """
    way, join = KINDS[name]
    own = loudest(score_unseen(recordings, lambda known: way.train(known).score, join))
    theirs = loudest({one.name: join(installed.score, one) for one in recordings})
    net = way.train(recordings)
    graph = way.to_onnx(net)
    difference = cards.largest_difference(graph, net.score, recordings)
    if not difference <= CLOSE_ENOUGH:
        raise TrainingStopped("differs")
    limit = limit_for(recordings, own)
    card = _card(name, installed, recordings, own, limit)
    card |= {"sha256": hashlib.sha256(graph).hexdigest(), "graph_differs_from_library_by_at_most": difference}
    return Made(graph, cards.card_text(cards.complete(card)), _figures(recordings, own), _figures(recordings, theirs))


def _card(
    name: str, installed: OnnxModel, recordings: Sequence[Recording], scores: Mapping[str, float], limit: float
) -> dict[str, Any]:
    """Write the card: what it is for is what the installed one is for; the figures are of these sources."""
    facts = installed.card.facts
    kept = {key: str(facts.get(key, "")) for key in ("purpose", "not_for", "method", "known_misses")}
    return {
        "name": name,
        **kept,
        "measured_on": datetime.now(UTC).date().isoformat(),
        "threshold": round(limit, 6),
        "threshold_is": "one false alarm for each hour of harmless active traffic, on own sources not trained on",
        "judges": str(facts.get("judges", "flows")),
        "features": list(NAMES),
        "usual": _rounded(usual_values(recordings, of_hosts=name == flow_rank.NAME)),
        "results": _results(recordings, scores, limit),
        "training": cards.list_sources(recordings),
        "examples": [{"service": one, "values": _rounded(row)} for one, row in examples(recordings)],
    }


def _rounded(values: Sequence[float] | Rows) -> list[float]:
    return [round(float(value), 4) for value in values]


def _results(recordings: Sequence[Recording], scores: Mapping[str, float], limit: float) -> dict[str, Any]:
    if any(one.is_malicious for one in recordings):
        return measure(recordings, scores)
    harmless = [scores[one.name] for one in recordings]
    return {
        "method": "leave one source out",
        "malicious": 0,
        "harmless": len(harmless),
        "harmless_active_hours": round(sum(one.active_s for one in recordings) / 3_600, 2),
        "false_alarms": sum(one > limit for one in harmless),
        "found_at_one_false_alarm_an_hour": 0,
    }


def _figures(recordings: Sequence[Recording], scores: Mapping[str, float]) -> Figures:
    """Count what is found at one false alarm for each harmless hour: the same allowance for both models."""
    limit = limit_for(recordings, scores)
    harmful = np.array([scores[one.name] for one in recordings if one.is_malicious])
    harmless = np.array([scores[one.name] for one in recordings if not one.is_malicious])
    return Figures(
        found=int((harmful > limit).sum()),
        harmful=len(harmful),
        false=int((harmless > limit).sum()),
        harmless=len(harmless),
        area=round(area(harmful, harmless), 3) if len(harmful) else None,
    )
