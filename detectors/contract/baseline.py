"""What is usual on this computer: counters of a day, and the picture that a learning period makes of them.

Before this on the path: a look at this computer, which counts how the inputs and scores of learned models were spread.
After it: the store, which adds days up; and ``LocalPicture``, with which detectors judge by what is usual here.
Counters, never histories: nobody's day can be read from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ModelCounts:
    """How one model's inputs and scores were spread over one look."""

    model: str
    """Name of the model."""
    form: str
    """Names columns and edges: counts of different forms are never added."""
    rows: int
    """Flows, computers or starts that were scored."""
    inputs: tuple[tuple[int, ...], ...]
    """[F][bins]: rows in each bin, in the order of the card's named columns (hashed ones are left out)."""
    scores: tuple[int, ...]
    """[bins]: rows by score divided by the shipped limit."""


@dataclass(frozen=True, slots=True)
class LocalPicture:
    """What detectors know of what is usual on this computer; empty for recordings and while learning."""

    limits: Mapping[str, float] = field(default_factory=dict)
    """Model -> factor of its shipped limit, 1.0 to 1.5."""
    usual: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    """Model -> [F] middle value of each named column here, as the model reads it."""
    version: int | None = None
    """Number of the baseline that this is from."""
