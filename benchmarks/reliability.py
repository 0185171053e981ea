"""How far a model's certainty may be believed: of all cases about which it says "70 of 100", how many were harmful?

Before this on the path: scores of models that never saw the publisher of what they judge. After it: the tables
``reliability`` of the cards. A score becomes a certainty by a logistic curve (Platt 1999), fitted on all publishers but
one and judged on that one, so that no certainty knows what it is measured on. What the curve cannot know is how often
this office is attacked: it is fitted for the share of harmful cases that the tests have, which is told beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.train.cards import wilson

Vector = NDArray[np.float64]

BINS = 10
"""Of equal width, as Guo and others 2017 count the expected calibration error."""
WANTED_ERROR = 0.05
"""Largest expected calibration error that trust.md allows."""
ROUNDS = 50
HELD_BACK = 1e-3
"""Pull towards no slope: keeps the curve finite where scores part the cases wholly."""
FLATTEST = 1e-9


@dataclass(frozen=True, slots=True)
class Curve:
    """A logistic curve from score to certainty."""

    middle: float
    spread: float
    slope: float
    offset: float

    def certainty(self, scores: Vector) -> Vector:
        """Give the share of harmful cases among those of such a score."""
        return _logistic(self.slope * (scores - self.middle) / self.spread + self.offset)


def fit_curve(scores: Vector, is_harmful: NDArray[np.bool_], weights: Vector) -> Curve:
    """Fit slope and offset by Newton's steps. Source: Platt 1999, without its smoothing."""
    middle, spread = float(scores.mean()), max(float(scores.std()), FLATTEST)
    rows = np.stack([(scores - middle) / spread, np.ones(len(scores))], axis=1)
    points = np.zeros(2)
    held = HELD_BACK * weights.sum() * np.array([1.0, 0.0])
    for _ in range(ROUNDS):
        said = _logistic(rows @ points)
        slope = rows.T @ (weights * (said - is_harmful)) + held * points
        bend = (rows * (weights * said * (1 - said))[:, None]).T @ rows + np.diag(held + FLATTEST)
        step = np.linalg.solve(bend, slope)
        points -= np.clip(step, -2, 2)
        if np.abs(step).max() < FLATTEST:
            break
    return Curve(middle, spread, float(points[0]), float(points[1]))


def _logistic(values: Vector) -> Vector:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -40, 40))))


def certainties(scores: Vector, is_harmful: NDArray[np.bool_], sources: Sequence[str]) -> Vector:
    """Give each case the certainty of a curve that saw nothing of its source.

    Harmful and harmless cases are weighed so that every curve sees the same share of harmful ones: publishers give
    mostly one or the other, and leaving one out would otherwise say that the world has become more dangerous.
    """
    names, share = np.asarray(sources), float(is_harmful.mean())
    said = np.zeros(len(scores))
    for name in sorted(set(sources)):
        known = names != name
        own = float(is_harmful[known].mean())
        weights = np.where(is_harmful[known], share / max(own, FLATTEST), (1 - share) / max(1 - own, FLATTEST))
        said[~known] = fit_curve(scores[known], is_harmful[known], weights).certainty(scores[~known])
    return said


def table(
    said: Vector, is_harmful: NDArray[np.bool_], because: str = "", left_out: str = "publishers"
) -> dict[str, Any]:
    """Compare what was said with what was so.

    Args:
        said: certainty of each case, 0 to 1.
        is_harmful: what was so.
        because: why the calibration error is larger than wanted, where it is; written by a person.
        left_out: what was left out one after the other.

    Returns:
        Brier score, expected calibration error and, for each tenth, what was said and how much of it was right.
    """
    places = np.clip((said * BINS).astype(int), 0, BINS - 1)
    points, error = [], 0.0
    for place in range(BINS):
        own = places == place
        if own.any():
            right, cases, mean = int(is_harmful[own].sum()), int(own.sum()), float(said[own].mean())
            lowest, highest = wilson(right, cases)
            error += cases / len(said) * abs(mean - right / cases)
            ends = {"lowest": round(lowest, 4), "highest": round(highest, 4)}
            points.append({"said": round(mean, 4), "right": right, "cases": cases, **ends})
    error = round(error, 4)
    is_reached = error <= WANTED_ERROR
    return {
        "method": f"logistic curve, fitted on all {left_out} but one and judged on that one",
        "cases": len(said),
        "harmful": int(is_harmful.sum()),
        "base_rate": round(float(is_harmful.mean()), 4),
        "base_rate_is": "the share of harmful cases in the tests; in an office it is far smaller, and so is certainty",
        "brier": round(float(((said - is_harmful) ** 2).mean()), 4),
        "calibration_error": error,
        "is_reached": is_reached,
        "because": "" if is_reached else because,
        "points": points,
    }
