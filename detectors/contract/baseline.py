"""What is usual on this computer: counters of a look, and the picture that a learning period makes of them.

Before this on the path: a look at this computer, which counts how the inputs and scores of learned models were spread.
After it: the store, which adds days up; and ``LocalPicture``, with which detectors judge by what is usual here.
Counters, never histories: nobody's day can be read from them.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class ModelCounts:
    """How one model's inputs and scores were spread over one look."""

    model: str
    """Name of the model."""
    form: str
    """Names columns and edges: counts of different forms are never added."""
    rows: int
    """Flows, computers or starts that the model read."""
    inputs: tuple[tuple[int, ...], ...]
    """[F][bins]: rows in each bin, in the order of the card's named columns (hashed ones are left out)."""
    scores: tuple[int, ...]
    """[bins]: what the limit was held against, divided by the shipped limit. Of flows whose computer is judged as a
    whole there are fewer of these than rows."""


class Meter(Protocol):
    """Counts what models read and say; telemetry hangs one on what is to be counted, and none on recordings."""

    def count(self, model: str, columns: tuple[Any, ...], rows: Any, shares: Any) -> None:
        """Add what one model read.

        Args:
            model: Its name.
            columns: Its named columns, each with a name, a unit and ``is_log``.
            rows: Array [n, F], as the model reads them.
            shares: Array [m], what the limit was held against, divided by the shipped limit.
        """


@dataclass(frozen=True, slots=True)
class LocalPicture:
    """What detectors know of what is usual on this computer; empty for recordings and while learning."""

    limits: dict[str, float] = field(default_factory=dict)
    """Model -> factor of its shipped limit, 1.0 to 1.5."""
    usual: dict[str, tuple[float, ...]] = field(default_factory=dict)
    """Model -> [F] middle value of each named column here, as the model reads it."""
    version: int | None = None
    """Number of the baseline that this is from."""

    def factor(self, model: str) -> float:
        """Tell by how much the shipped limit of a model is lifted here."""
        return self.limits.get(model, 1.0)


_KEY = b"plainwatch usual 1"


def hidden(name: str) -> str:
    """Hash a name, so that what is kept of what is usual does not read like a list of where somebody was.

    Returns:
        32 hex digits.
    """
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass"), key=_KEY, digest_size=16).hexdigest()
