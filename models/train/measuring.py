"""What a score is worth on sources that training never saw.

Before this on the path: scores of recordings, each given by a model that did not know its source. After it: the card.
A recording's score is that of its loudest computer. Every figure comes with its count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detectors.features.flow_features import highest_of_hosts
from models.train.recordings import Recording

Score = Callable[[NDArray[np.float32]], NDArray[np.float32]]
Train = Callable[[Sequence[Recording]], Score]
Vector = NDArray[np.float64]
Join = Callable[[Score, Recording], Vector]

TOP_FLOWS = 10
FALSE_ALARMS_AN_HOUR = 1.0
"""Of benign active time: where the limit is set."""


def by_flows(score: Score, recording: Recording) -> Vector:
    """Score each computer of a recording by the mean of its ten highest flows."""
    scores = score(recording.features)
    order = np.argsort(recording.clients, kind="stable")
    edges = np.flatnonzero(np.diff(recording.clients[order])) + 1
    return np.array([np.sort(own)[::-1][:TOP_FLOWS].mean() for own in np.split(scores[order], edges)])


def by_computers(score: Score, recording: Recording) -> Vector:
    """Score each computer of a recording by the highest values of its flows."""
    return np.asarray(score(highest_of_hosts(recording.features, recording.clients)), np.float64)


def score_unseen(recordings: Sequence[Recording], train: Train, join: Join) -> dict[str, Vector]:
    """Leave one source out, train on the rest, score what was left out; once for each source.

    Returns:
        Name of a recording -> one score for each of its computers.
    """
    scores: dict[str, Vector] = {}
    for source in sorted({one.source for one in recordings}):
        score = train([one for one in recordings if one.source != source])
        scores |= {one.name: join(score, one) for one in recordings if one.source == source}
    return scores


def loudest(scores: Mapping[str, Vector]) -> dict[str, float]:
    """Let the loudest computer speak for its recording."""
    return {name: float(own.max()) for name, own in scores.items()}


def area(bad: NDArray[np.float64], good: NDArray[np.float64]) -> float:
    """Share of pairs in which the malicious one scores higher; ties count half (Mann-Whitney, ROC AUC)."""
    higher = (bad[:, None] > good[None, :]).sum() + 0.5 * (bad[:, None] == good[None, :]).sum()
    return float(higher / (len(bad) * len(good)))


def limit_for(recordings: Sequence[Recording], scores: Mapping[str, float]) -> float:
    """Find the limit that gives one false alarm for each hour of harmless active traffic."""
    harmless = [one for one in recordings if not one.is_malicious]
    hours = sum(one.active_s for one in harmless) / 3_600
    allowed = int(hours * FALSE_ALARMS_AN_HOUR)
    ordered = sorted((scores[one.name] for one in harmless), reverse=True)
    return ordered[min(allowed, len(ordered) - 1)]


def measure(recordings: Sequence[Recording], scores: Mapping[str, float]) -> dict[str, Any]:
    """Compute every figure of the card's results."""
    good = np.array([scores[one.name] for one in recordings if not one.is_malicious])
    bad = [one for one in recordings if one.is_malicious]
    limit = limit_for(recordings, scores)
    sources, reasons = _areas_by_source(bad, scores, good), _found_by_reason(bad, scores, limit)
    hours = sum(one.active_s for one in recordings if not one.is_malicious) / 3_600
    found = sum(scores[one.name] > limit for one in bad)
    return {
        "method": "leave one source out",
        "malicious": len(bad),
        "harmless": len(good),
        "harmless_active_hours": round(hours, 2),
        "area_mean_over_sources": round(float(np.mean([one["area"] for one in sources])), 3),
        "area_pooled": round(area(np.array([scores[one.name] for one in bad]), good), 3),
        "false_alarms": int((good > limit).sum()),
        "found_at_one_false_alarm_an_hour": found,
        "recall_at_one_false_alarm_an_hour": round(found / len(bad), 3),
        "sources": sources,
        "reasons": reasons,
    }


def _areas_by_source(
    bad: Sequence[Recording], scores: Mapping[str, float], good: NDArray[np.float64]
) -> list[dict[str, Any]]:
    """Compare each source's malicious recordings with all harmless ones, all scored unseen."""
    groups: defaultdict[str, list[float]] = defaultdict(list)
    for one in bad:
        groups[one.source].append(scores[one.name])
    return [
        {"source": source, "malicious": len(own), "area": round(area(np.array(own), good), 3)}
        for source, own in sorted(groups.items())
    ]


def _found_by_reason(bad: Sequence[Recording], scores: Mapping[str, float], limit: float) -> list[dict[str, Any]]:
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for one in bad:
        for label in one.labels:
            groups[label].append(scores[one.name] > limit)
    return [{"reason": name, "found": sum(own), "of": len(own)} for name, own in sorted(groups.items())]
