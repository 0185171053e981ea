"""Says why the learned models find a computer's traffic unusual, and what would have made it usual, in plain numbers.

Before this on the path: a computer's flows, and both models. After it: ``unusual_traffic``, which tells it.
Trials are put to the very decision that was made: both models with their limits, the highest values of all flows for
the one, the loudest flows for the other. A trial that takes a number back takes it back in every flow that exceeds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from detectors.contract.finding import Evidence, Scalar
from detectors.features.calming import Change, find_calm
from detectors.features.flow_features import FEATURES, YES_OR_NO, plain_value
from detectors.features.occlusion import Floats, Judge, Reasons, Score, ask, find_reasons, judge_row, part_back

MEASURES = ("s", "bytes", "%")
"""Units written the same in every language; of the others the plain name tells what is counted."""
MOST_CHECKED = 2_000
"""A computer's loudest flows in which a change is checked once more."""
DIGITS = 3
"""Figures of a number that is told."""
_IS_LOG = np.array([one.is_log for one in FEATURES])
_IS_SHARE = np.array([one.unit == "%" for one in FEATURES])
_IS_YES_NO = np.array([one.unit == YES_OR_NO for one in FEATURES])
STEPS = np.where(_IS_SHARE, 0.25, 1.0).astype(np.float32)
"""What compares between columns: a factor of e, a quarter of the whole, yes instead of no, one bit."""


def as_told(values: Floats, columns: NDArray[np.intp]) -> Floats:
    """Round [k] values of [k] columns to what a person is told: yes or no, whole percents, three figures."""
    is_log, is_share = _IS_LOG[columns], _IS_SHARE[columns]
    plain = values.astype(np.float64)
    plain[is_log] = np.maximum(np.expm1(plain[is_log]), 0)
    size = np.floor(np.log10(np.maximum(np.abs(plain), 1e-3)))
    scale = np.where(is_share, 100.0, 10.0 ** (DIGITS - 1 - size))
    told = np.where(_IS_YES_NO[columns], plain >= 0.5, np.round(plain * scale) / scale)  # noqa: PLR2004 - half way
    told[is_log] = np.log1p(told[is_log])
    return np.asarray(told, np.float32)


@dataclass(frozen=True, slots=True)
class Asked:
    """One model, and what it is asked about a computer."""

    score: Score
    limit: float
    weight: float
    """Beside the other model."""
    rows: Floats
    """[k, F]: the highest values of all flows, or the loudest flows, loudest first."""
    top: int
    """The mean of so many highest scores counts."""

    def loudness(self, trials: Floats, seen: Floats) -> Floats:
        """Score [n, F] trials, each a changed form of [F] what was seen: [n], in units of the limit."""
        lower = np.where(trials < seen, trials, np.inf)[:, None, :]
        upper = np.where(trials > seen, trials, -np.inf)[:, None, :]
        changed = np.maximum(np.minimum(self.rows[None], lower), upper).astype(np.float32)
        scores = self.score(changed.reshape(-1, trials.shape[1])).reshape(len(trials), -1)
        if scores.shape[1] > self.top:
            scores = np.sort(scores, axis=1)[:, -self.top :]
        return np.asarray(self.weight * scores.mean(axis=1) / self.limit, np.float32)


@dataclass(frozen=True, slots=True)
class Case:
    """What is said of one computer, so that it can be asked again with other numbers."""

    seen: Floats
    """[F]: the highest values of its flows, or its loudest flow; of this row people are told."""
    usual: Floats
    asked: Sequence[Asked]
    """The same models, each with all that it judges of this computer."""
    limit: float
    """Above it they speak: of the sum where they are heard together, else of the loudest."""
    is_sum: bool
    distances: Floats = field(init=False)
    """[F]: how far each number is from usual."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "distances", np.abs(self.seen - self.usual) / STEPS)

    def score(self, trials: Floats) -> Floats:
        """Put [n, F] trials to the decision."""
        heard = np.stack([one.loudness(trials, self.seen) for one in self.asked])
        return np.asarray(heard.sum(axis=0) if self.is_sum else heard.max(axis=0), np.float32)

    @property
    def judge(self) -> Judge:
        """Score how far each column is put back."""
        return judge_row(self.score, self.seen, self.usual, as_told)


def explain_case(case: Case, whole: Case) -> tuple[Evidence, ...]:
    """Name what lifts the score most beside its usual value, then what would have made it usual.

    Args:
        case: Of the loudest flows: it answers fast.
        whole: The same with all flows: a change counts only if it calms this one, too.
    """
    reasons = find_reasons(case.judge, case.distances)
    named = tuple(_compare(one.part, case.seen, case.usual) for one in reasons.strongest)
    together = (Evidence("sign_only_together", observed=True),) if reasons.only_together else ()
    return (*named, *together, *_tell_change(find_change(case, whole, reasons), case))


def find_change(case: Case, whole: Case, reasons: Reasons) -> Change | None:
    """Find the smallest change that calms, and check it on all flows."""
    change = find_calm(case.judge, reasons.parts, case.distances, case.limit)
    if change is None or ask(whole.score, changed_row(change, case)[None, :])[0] >= case.limit:
        return None
    return change


def changed_row(change: Change, case: Case) -> Floats:
    """Write the row as it would have been: rounded where it is changed, so that what is told is what was scored."""
    fractions = np.zeros((1, len(case.seen)), np.float32)
    fractions[0, list(change.parts)] = change.fractions
    (row,) = part_back(fractions, case.seen, case.usual, as_told)
    return np.asarray(row, np.float32)


def _tell_change(change: Change | None, case: Case) -> tuple[Evidence, ...]:
    if change is None:
        return (Evidence("would_be_usual", observed=False),)
    row = changed_row(change, case)
    return tuple(_compare(part, case.seen, row, "would_be_") for part in change.parts)


def _compare(place: int, seen: Floats, usual: Floats, prefix: str = "") -> Evidence:
    feature = FEATURES[place]
    observed, otherwise = (told_value(plain_value(feature, float(row[place]))) for row in (seen, usual))
    return Evidence(prefix + feature.name, observed, otherwise, feature.unit if feature.unit in MEASURES else "")


def told_value(value: float) -> Scalar:
    """Round to what a person can use: yes or no as it is, else three figures at most."""
    if isinstance(value, bool):
        return value
    return round(value) if abs(value) >= 10 else round(value, 2)  # noqa: PLR2004 - two digits before the point
