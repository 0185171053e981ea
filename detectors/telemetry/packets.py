"""Reads the headers of many packets at once: raw bytes become columns.

Before this on the path: ``capture_file.py`` or ``live_ring.py``, which give a window of raw packets. After it:
``flows.py``, ``lan.py`` and ``conversations.py``, which take the columns beside the window.
Layer by layer, never packet by packet: all packets take one step, then those that need another one take it. The steps
are bounded, so that packets in packets in packets cost no more than four of them.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detectors.telemetry.frames import unwrap
from detectors.telemetry.internet import read_internet
from detectors.telemetry.links import read_links
from detectors.telemetry.pieces import Piece, Window
from detectors.telemetry.raw_packets import PacketColumns, RawPackets
from detectors.telemetry.transports import read_transports
from detectors.telemetry.tunnels import enter_tunnels

MAX_TUNNELS = 4
"""Deeper ones are left closed; real networks have been seen with three."""
_STEP_PACKETS = 3 << 13
"""Read together: few enough for the cache, many enough to pay for numpy."""
_WIDE = ("source", "target")
_DTYPES = {
    "family": np.uint8, "protocol": np.uint8, "flags": np.uint8, "ttl": np.uint8, "tos": np.uint8, "depth": np.uint8,
    "source": np.uint8, "target": np.uint8, "source_port": np.uint16, "target_port": np.uint16, "window": np.uint16,
    "ethertype": np.uint16, "sequence": np.uint32, "acknowledged": np.uint32, "frame_source": np.uint64,
    "frame_target": np.uint64, "ip_bytes": np.int64, "payload": np.int64, "payload_bytes": np.int64,
    "payload_there": np.int64, "body": np.int64, "is_fragment": np.bool_, "is_later_fragment": np.bool_,
    "is_malformed": np.bool_, "is_unknown_link": np.bool_,
}  # fmt: skip


def read_packets(raw: RawPackets) -> PacketColumns:
    """Read the headers of one window.

    A packet may be malformed and still have addresses: what was sound before the lie is kept, and its payload is what
    the captured bytes hold.
    """
    columns = blank_columns(len(raw))
    for first in range(0, len(raw), _STEP_PACKETS):
        _read(raw, columns, slice(first, first + _STEP_PACKETS))
    return columns


def blank_columns(rows: int) -> PacketColumns:
    """Make columns in which no packet says anything."""
    made: dict[str, NDArray[Any]] = {
        name: np.zeros((rows, 16) if name in _WIDE else rows, dtype) for name, dtype in _DTYPES.items()
    }
    return PacketColumns(**made)


def _read(raw: RawPackets, columns: PacketColumns, chosen: slice) -> None:
    start = raw.start[chosen]
    step = PacketColumns(**{one.name: getattr(columns, one.name)[chosen] for one in fields(PacketColumns)})
    step.body[:] = step.payload[:] = start
    window = Window(raw.data, step)
    end, sent = start + raw.captured[chosen], start + np.maximum(raw.wire[chosen], raw.captured[chosen])
    whole = Piece(np.arange(len(start)), start, end, sent, np.zeros(len(start), np.uint16))
    piece = read_links(window, whole, raw.link[chosen])
    for depth in range(MAX_TUNNELS + 1):
        piece = unwrap(window, piece, is_outermost=depth == 0)
        piece = read_internet(window, piece, depth)
        read_transports(window, piece)
        if depth < MAX_TUNNELS:
            piece = enter_tunnels(window, piece)
        if not len(piece):
            return
