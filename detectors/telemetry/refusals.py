"""Finds out which flow an ICMP error speaks of: the error carries the beginning of the packet that did not get through.

Before this on the path: ``packets.py``. After it: ``flows.py`` counts them as ``unreachables``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import ICMP, ICMP6
from detectors.telemetry.flow_keys import Heads
from detectors.telemetry.raw_packets import PacketColumns, RawPackets

_UNREACHABLE, _UNREACHABLE6 = 3, 1
"""Types of RFC 792 and RFC 4443."""
_HEAD4, _HEAD6 = 20, 40
_PORTS = 8
"""Bytes behind the header that an error carries at least."""


def refused_heads(raw: RawPackets, columns: PacketColumns, place: NDArray[np.int64]) -> list[Heads]:
    """Read the ends of refused packets.

    Args:
        raw: The window.
        columns: Its headers.
        place: Packets to look at; others than ICMP errors are passed over.

    Returns:
        One for each version of IP that there is.
    """
    protocol, kind = columns.protocol[place], columns.source_port[place]
    there = columns.payload_there[place]
    errors4 = (protocol == ICMP) & (kind == _UNREACHABLE) & (there >= _HEAD4 + _PORTS)
    errors6 = (protocol == ICMP6) & (kind == _UNREACHABLE6) & (there >= _HEAD6 + _PORTS)
    found = []
    if errors4.any():
        found.append(_read(raw.data, columns.payload[place[errors4]], there[errors4], version=4))
    if errors6.any():
        found.append(_read(raw.data, columns.payload[place[errors6]], there[errors6], version=6))
    return found


def _read(data: NDArray[np.uint8], start: NDArray[np.int64], there: NDArray[np.int64], *, version: int) -> Heads:
    head = (data[start] & 0x0F).astype(np.int64) * 4 if version == 4 else np.full(len(start), _HEAD6)  # noqa: PLR2004
    smallest = _HEAD4 if version == 4 else _HEAD6  # noqa: PLR2004
    fits = (data[start] >> 4 == version) & (head >= smallest) & (head + _PORTS <= there)
    start, head = start[fits], head[fits]
    ends = np.zeros((2, len(start), 16), np.uint8)
    size, first = (4, 12) if version == 4 else (16, 8)  # noqa: PLR2004
    for side in (0, 1):
        ends[side, :, :size] = data[start[:, None] + first + side * size + np.arange(size)]
    protocol = data[start + (9 if version == 4 else 6)]  # noqa: PLR2004
    ports = data[(start + head)[:, None] + np.arange(_PORTS)].astype(np.uint16)
    words = (ports[:, ::2] << 8) | ports[:, 1::2]
    is_icmp = (protocol == ICMP) | (protocol == ICMP6)
    return Heads(
        ends[0],
        ends[1],
        np.full(len(start), version, np.uint8),
        protocol,
        np.where(is_icmp, ports[:, 0], words[:, 0]),
        np.where(is_icmp, ports[:, 1], words[:, 1]),
        (words[:, 2].astype(np.uint32) << np.uint32(16)) | words[:, 3],
    )
