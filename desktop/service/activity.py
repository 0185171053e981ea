"""Who talked to whom over time, as the Activity page and ``activity`` questions want it.

Before this on the path: the store, which keeps ``ActivityRow`` sums. After it: a page, which draws them.
"""

from __future__ import annotations

from dataclasses import dataclass

from detectors.contract.activity import ActivityRow
from detectors.worker.wire import PacketShown


@dataclass(frozen=True, slots=True)
class ActivitySource:
    """Where activity came from: one recording, or this computer."""

    name: str
    """As given for a recording; empty for this computer."""
    how: str
    """``recording``, ``live`` or ``connections``."""
    first: int
    """Minute of the first row, seconds since 1970."""
    last: int
    """Minute of the last row."""


@dataclass(frozen=True, slots=True)
class ActivityView:
    """The rows of one source in one span of time."""

    source: ActivitySource | None
    """None: nothing was ever seen."""
    sources: tuple[ActivitySource, ...]
    """Everything one could look at, the newest first."""
    rows: tuple[ActivityRow, ...]
    """Sorted by minute; at most 20,000, the busiest first choice."""
    left_out: int = 0
    """Rows beyond that."""
    usual_out_bytes: dict[int, int] | None = None
    """Minute of the day -> bytes usually sent in it; None while this computer is not known long enough (three days)."""
    places_from: str = ""
    """Date of the data behind countries and owners (``2024-06-20``), or empty."""
    makers_from: str = ""
    """Date of the data behind makers of network cards, or empty."""


@dataclass(frozen=True, slots=True)
class PacketLayer:
    """One layer of a packet that a person opened."""

    name: str
    """``Ethernet``, ``IP``, ``TCP`` ..."""
    fields: tuple[tuple[str, str], ...]
    """Name and value; values are hostile text."""


@dataclass(frozen=True, slots=True)
class PacketView:
    """One packet, taken apart."""

    number: int
    """From 1, as in the source."""
    at_s: float
    """Seconds since 1970."""
    captured_bytes: int
    wire_bytes: int
    layers: tuple[PacketLayer, ...]


def packet_view(shown: PacketShown) -> PacketView:
    """Turn the worker's answer into what a face shows."""
    layers = tuple(PacketLayer(layer.name, layer.fields) for layer in shown.layers)
    return PacketView(shown.number, shown.at_s, shown.captured_bytes, shown.wire_bytes, layers)
