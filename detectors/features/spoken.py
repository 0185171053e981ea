"""Gives the first words and the telling signs of conversations whose flow is in the table.

Before this on the path: ``Traffic``. After it: detectors, which ask for ends, ports and service of the flow.
"""

from __future__ import annotations

from collections.abc import Iterator

from detectors.contract.conversations import Opening, StreamSign
from detectors.contract.traffic import Traffic


def openings_of(traffic: Traffic) -> Iterator[Opening]:
    """Give the openings; one without a flow says nothing about anybody."""
    count = len(traffic.flows)
    return (one for one in traffic.openings if 0 <= one.flow < count)


def signs_of(traffic: Traffic, *kinds: str) -> Iterator[StreamSign]:
    """Give the signs of some kinds, or of all."""
    count = len(traffic.flows)
    return (one for one in traffic.signs if 0 <= one.flow < count and (not kinds or one.kind in kinds))
