"""What came of training on own recordings: the files, and honest figures beside those of the installed model.

Before this on the path: ``own_flows.py``, ``own_programs.py``. After it: ``own.py``. Knows no training library.
"""

from __future__ import annotations

from dataclasses import dataclass

CLOSE_ENOUGH = 1e-4
"""Between the graph and the training library; more means that the graph is another model."""
SMALL_AREA = 0.005
"""Two areas closer than that are the same."""


class TrainingStopped(Exception):
    """Nothing was made, for a reason that has a sentence (``problem``)."""

    def __init__(self, problem: str, **values: str | int) -> None:
        super().__init__(problem)
        self.problem = problem
        self.values = values


@dataclass(frozen=True, slots=True)
class Figures:
    """What one model is worth on sources that it did not see."""

    found: int
    """Harmful recordings above the limit."""
    harmful: int
    false: int
    """Harmless ones above it."""
    harmless: int
    area: float | None
    """Share of pairs in which the harmful one scores higher; None without harmful ones."""


@dataclass(frozen=True, slots=True)
class Made:
    """A trained model."""

    graph: bytes
    card: str
    own: Figures
    installed: Figures
    """The same sources, judged by the model that is installed."""


def verdict_of(own: Figures, installed: Figures) -> str:
    """Compare at the same allowance of false alarms: ``better``, ``same``, ``worse``, or ``unknown``.

    Without harmful recordings nobody can tell what a model would miss.
    """
    if own.area is None or installed.area is None:
        return "unknown"
    if own.found != installed.found:
        return "better" if own.found > installed.found else "worse"
    if abs(own.area - installed.area) <= SMALL_AREA:
        return "same"
    return "better" if own.area > installed.area else "worse"
