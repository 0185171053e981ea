"""Reads the packets that ICMP errors quote, so that a flow can be told that it does not get through.

Before this on the path: ``packets.py``. After it: ``flows.py``, which counts ``unreachables``.
Source: RFC 792, 1812, 4443: an error repeats the begin of the packet that met it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import ICMP, ICMP6
from detectors.telemetry.frames import BY_VERSION, unwrap
from detectors.telemetry.internet import read_internet
from detectors.telemetry.packets import blank_columns
from detectors.telemetry.pieces import Piece, Window
from detectors.telemetry.raw_packets import PacketColumns, RawPackets
from detectors.telemetry.transports import read_transports

_UNREACHABLE4, _UNREACHABLE6 = 3, 1


@dataclass(frozen=True, slots=True)
class QuotedFlows:
    """One row for each error that quotes a readable packet; the quoted packet went from ``source`` to ``target``."""

    row: NDArray[np.int64]
    """Row of the error in ``PacketColumns``."""
    family: NDArray[np.uint8]
    source: NDArray[np.uint8]
    """[m, 16]"""
    target: NDArray[np.uint8]
    protocol: NDArray[np.uint8]
    source_port: NDArray[np.uint16]
    target_port: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.row)


def quoted_flows(raw: RawPackets, columns: PacketColumns) -> QuotedFlows:
    """Read what "destination unreachable" messages quote. Their lengths reach behind the quote, which is no lie."""
    is_error = (columns.protocol == ICMP) & (columns.family == 4) & (columns.source_port == _UNREACHABLE4)  # noqa: PLR2004
    is_error |= (columns.protocol == ICMP6) & (columns.family == 6) & (columns.source_port == _UNREACHABLE6)  # noqa: PLR2004
    rows = np.flatnonzero(is_error & (columns.payload_there > 0))
    start = columns.payload[rows]
    end = start + columns.payload_there[rows]
    quoted = blank_columns(len(rows))
    window = Window(raw.data, quoted)
    piece = Piece(np.arange(len(rows)), start, end, end, np.full(len(rows), BY_VERSION, np.uint16))
    if len(rows):
        read_transports(window, read_internet(window, unwrap(window, piece, is_outermost=True), depth=0))
    known = np.flatnonzero(quoted.family)
    return QuotedFlows(
        rows[known], quoted.family[known], quoted.source[known], quoted.target[known], quoted.protocol[known],
        quoted.source_port[known], quoted.target_port[known],
    )  # fmt: skip
