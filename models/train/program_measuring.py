"""What a score is worth on starts of programs that training never saw.

Before this on the path: logits of starts, each given by a judge that did not know its source. After it: the card.
A recording is found when one of its attack starts lies above the limit. Every share comes with its counts and with the
range in which the true one lies with 95 % (Wilson 1927).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.train.program_corpus import Start

Vector = NDArray[np.float64]

RECORDED_SHARE, ORDINARY_SHARE = (0.01, 0.005), (0.05, 0.02)
"""Of harmless recorded starts and of ordinary made-up ones: where the model speaks, and where it speaks up."""
SHARES = (0.005, 0.01)
Z_95 = 1.96


def is_of(start: Start, family: str) -> bool:
    """Tell whether a start belongs to a family of systems."""
    return (start.program.system == "windows") == (family == "windows")


def limits_for(starts: Sequence[Start], scores: Vector, family: str) -> tuple[float, float]:
    """Find both limits of a family."""
    recorded = _harmless(starts, scores, family, is_made_up=False)
    ordinary = _harmless(starts, scores, family, is_made_up=True)
    speak, low = (
        max(_limit(recorded, one), _limit(ordinary, other))
        for one, other in zip(RECORDED_SHARE, ORDINARY_SHARE, strict=True)
    )
    return speak, low


def _harmless(starts: Sequence[Start], scores: Vector, family: str, *, is_made_up: bool) -> Vector:
    return scores[
        [
            place
            for place, one in enumerate(starts)
            if not one.is_attack and is_of(one, family) and (one.material == "made_up") == is_made_up
        ]
    ]


def _limit(harmless: Vector, share: float) -> float:
    """Find the score that at most ``share`` of harmless starts lie above."""
    return float(np.sort(harmless)[::-1][int(share * len(harmless))])


def area(bad: Vector, good: Vector) -> float:
    """Share of pairs in which the malicious one scores higher; ties count half (Mann-Whitney, ROC AUC)."""
    ordered = np.sort(good)
    below = np.searchsorted(ordered, bad, "left") + np.searchsorted(ordered, bad, "right")
    return float(below.sum() / (2 * len(bad) * len(good)))


_PARTS = (("windows", "recording"), ("windows", "rule"), ("linux", "texts"), ("macos", "texts"))


def measure(
    starts: Sequence[Start], scores: Mapping[str, Vector], limits: Mapping[str, Mapping[str, float]]
) -> dict[str, list[dict[str, Any]]]:
    """Compute every figure of the card's results."""
    unseen = scores["leave one source out"]
    return {
        "held_out": [row for way, one in scores.items() for row in _held_out(starts, one, way)],
        "at_the_limits": list(_at_the_limits(starts, unseen, limits)),
        "false_by_source": list(_false_by_source(starts, unseen, limits)),
        "reasons": list(_found_by_technique(starts, unseen, limits)),
    }


def _held_out(starts: Sequence[Start], scores: Vector, way: str) -> Iterator[dict[str, Any]]:
    """Compare attacks with harmless recorded starts, and with ordinary ones; recall where few of them lie above."""
    for system, material in _PARTS:
        family = "windows" if system == "windows" else "unix"
        best = _best_of_recordings(starts, scores, system, material)
        recorded = _harmless(starts, scores, family, is_made_up=False)
        ordinary = _harmless(starts, scores, family, is_made_up=True)
        row: dict[str, Any] = {"way": way, "system": system, "material": material}
        row["area_against_recorded"] = round(area(best, recorded), 3)
        row["area_against_ordinary"] = round(area(best, ordinary), 3)
        for share in SHARES:
            row[f"at_{share:.1%}_of_recorded".replace(".", "_").replace("%", "_percent")] = _told(
                best > _limit(recorded, share)
            )
        yield row | {"harmless_recorded": len(recorded), "ordinary": len(ordinary)}


def _best_of_recordings(starts: Sequence[Start], scores: Vector, system: str, material: str) -> Vector:
    best: defaultdict[str, float] = defaultdict(lambda: -math.inf)
    for one, score in zip(starts, scores, strict=True):
        if one.is_attack and one.is_scored and (one.program.system, one.material) == (system, material):
            best[one.unit] = max(best[one.unit], float(score))
    return np.array(list(best.values()))


def _at_the_limits(
    starts: Sequence[Start], scores: Vector, limits: Mapping[str, Mapping[str, float]]
) -> Iterator[dict[str, Any]]:
    for system, material in _PARTS:
        family = "windows" if system == "windows" else "unix"
        best = _best_of_recordings(starts, scores, system, material)
        for word, limit in limits[family].items():
            yield {
                "limit": word,
                "system": system,
                "material": material,
                "found": _told(best > limit),
                "false_recorded": _told(_harmless(starts, scores, family, is_made_up=False) > limit),
                "false_ordinary": _told(_harmless(starts, scores, family, is_made_up=True) > limit),
            }


def _false_by_source(
    starts: Sequence[Start], scores: Vector, limits: Mapping[str, Mapping[str, float]]
) -> Iterator[dict[str, Any]]:
    groups: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for one, score in zip(starts, scores, strict=True):
        if not one.is_attack:
            family = "windows" if one.program.system == "windows" else "unix"
            groups[one.publisher, one.program.system].append(bool(score > limits[family]["threshold"]))
    for (source, system), said in sorted(groups.items()):
        yield {"source": source, "system": system, "false": _told(np.array(said))}


def _found_by_technique(
    starts: Sequence[Start], scores: Vector, limits: Mapping[str, Mapping[str, float]]
) -> Iterator[dict[str, Any]]:
    """Count for each ATT&CK technique how many recordings with it are found; a recording may hold several."""
    best: dict[str, tuple[tuple[str, ...], bool]] = {}
    for one, score in zip(starts, scores, strict=True):
        if one.is_attack and one.is_scored and one.material != "rule":
            family = "windows" if one.program.system == "windows" else "unix"
            before = best.get(one.unit, ((), False))[1]
            best[one.unit] = (one.techniques, before or bool(score > limits[family]["threshold"]))
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for techniques, is_found in best.values():
        for technique in techniques:
            groups[technique].append(is_found)
    for technique, found in sorted(groups.items()):
        yield {"reason": technique, "found": sum(found), "of": len(found)}


def _told(said: NDArray[np.bool_]) -> str:
    """Write a share with its counts and its range."""
    found, count = int(said.sum()), len(said)
    if not count:
        return "0 of 0"
    share, square = found / count, Z_95**2
    middle = share + square / (2 * count)
    half = Z_95 * math.sqrt(share * (1 - share) / count + square / (4 * count**2))
    low, high = ((middle + sign * half) / (1 + square / count) for sign in (-1, 1))
    return f"{found} of {count}: {share:.3f} ({max(low, 0):.3f} to {min(high, 1):.3f})"
