"""Reads IPv4 and IPv6 headers with all that may follow them before a transport: options, extensions, fragments.

Before this on the path: ``frames.py``, which found where they begin. After it: ``transports.py`` and ``tunnels.py``.
Source: RFC 791, 4302, 8200.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detectors.telemetry.frames import IP4, IP6
from detectors.telemetry.pieces import Bits, Offsets, Piece, Window, join, layout

MAX_EXTENSIONS = 10
"""Extension headers in a row; RFC 8200 describes at most eight."""
_HOPS, _ROUTING, _FRAGMENT, _AH, _OPTIONS, _MOBILITY, _HIP, _SHIM6 = 0, 43, 44, 51, 60, 135, 139, 140
_STEP4 = np.isin(np.arange(256), (_AH,))
_STEP6 = np.isin(np.arange(256), (_HOPS, _ROUTING, _FRAGMENT, _AH, _OPTIONS, _MOBILITY, _HIP, _SHIM6))
_OFFSET4, _MORE4 = 0x1FFF, 0x2000
_OFFSET6, _MORE6 = 0xFFF8, 1

_HEADER4 = layout(
    20, version=(0, "u1"), tos=(1, "u1"), size=(2, ">u2"), fragment=(6, ">u2"), ttl=(8, "u1"), protocol=(9, "u1"),
    source=(12, "u4"), target=(16, "u4"),
)  # fmt: skip
_HEADER6 = layout(
    40, version=(0, ">u2"), size=(4, ">u2"), protocol=(6, "u1"), ttl=(7, "u1"), source=(8, "V16"), target=(24, "V16")
)
_EXTENSION = layout(4, next=(0, "u1"), size=(1, "u1"), fragment=(2, ">u2"))


def read_internet(window: Window, piece: Piece, depth: int) -> Piece:
    """Fill the columns of everything that is an internet packet.

    Args:
        window: Where the bytes are.
        piece: Packets at the begin of a header; ``kind`` as in ``frames.py``.
        depth: Tunnels around it. What an outer packet wrote is replaced.

    Returns:
        The packets whose header could be believed, behind it; ``kind`` is the IP protocol number.
    """
    old, new = piece.pick(piece.kind == IP4), piece.pick(piece.kind == IP6)
    found = [read(window, one, depth) for one, read in ((old, _read4), (new, _read6)) if len(one)]
    return _step_over_extensions(window, join(found)) if found else old


def _read4(window: Window, piece: Piece, depth: int) -> Piece:
    piece = window.need(piece, _HEADER4.itemsize)
    head = window.read(piece.at, _HEADER4)
    size, own = head["size"].astype(np.int64), (head["version"] & 15).astype(np.int64) * 4
    is_sound = (head["version"] >> 4 == 4) & (own >= _HEADER4.itemsize) & ((size >= own) | (size == 0))  # noqa: PLR2004
    if not is_sound.all():
        piece = window.believe(piece, is_sound)
        head, size, own = head[is_sound], size[is_sound], own[is_sound]
    piece = _begin(window, piece, np.where(size == 0, piece.sent, piece.at + size), depth)
    columns, rows = window.columns, piece.rows
    for column, name in ((columns.source, "source"), (columns.target, "target")):
        if depth:
            column[rows] = 0
        column.view(np.uint32)[:, 0][rows] = head[name]
    columns.family[rows] = 4
    columns.protocol[rows] = head["protocol"]
    columns.ttl[rows] = head["ttl"]
    columns.tos[rows] = head["tos"]
    fragment = head["fragment"].astype(np.uint16)
    _note_fragments(window, rows, (fragment & _OFFSET4) > 0, (fragment & _MORE4) > 0)
    return piece.move(own, head["protocol"])


def _read6(window: Window, piece: Piece, depth: int) -> Piece:
    piece = window.need(piece, _HEADER6.itemsize)
    head = window.read(piece.at, _HEADER6)
    is_sound = head["version"] >> 12 == 6  # noqa: PLR2004 - the version itself
    if not is_sound.all():
        piece, head = window.believe(piece, is_sound), head[is_sound]
    size = head["size"].astype(np.int64)
    piece = _begin(window, piece, np.where(size == 0, piece.sent, piece.at + _HEADER6.itemsize + size), depth)
    columns, rows = window.columns, piece.rows
    columns.source.view("V16")[:, 0][rows] = head["source"]
    columns.target.view("V16")[:, 0][rows] = head["target"]
    columns.family[rows] = 6
    columns.protocol[rows] = head["protocol"]
    columns.ttl[rows] = head["ttl"]
    columns.tos[rows] = head["version"] >> 4 & 0xFF
    return piece.move(_HEADER6.itemsize, head["protocol"])


def _begin(window: Window, piece: Piece, sent: Offsets, depth: int) -> Piece:
    """Cut padding, note the length, and clear what an outer packet left behind.

    A length beyond what the frame holds is a lie (or a recording that lost the true one): the frame is believed.
    """
    columns, rows = window.columns, piece.rows
    is_lie = sent > piece.sent
    if is_lie.any():
        columns.is_malformed[rows[is_lie]] = True
    piece = piece.cut(sent)
    columns.ip_bytes[rows] = piece.sent - piece.at
    if depth:
        columns.depth[rows] = depth
        for column in (columns.source_port, columns.target_port, columns.flags, columns.sequence, columns.acknowledged,
                       columns.window, columns.is_fragment, columns.is_later_fragment):  # fmt: skip
            column[rows] = 0
    return piece


def _note_fragments(window: Window, rows: Offsets, is_later: Bits, has_more: Bits) -> None:
    is_any = is_later | has_more
    if is_any.any():
        window.columns.is_fragment[rows] = is_any
        window.columns.is_later_fragment[rows] = is_later


def _step_over_extensions(window: Window, piece: Piece) -> Piece:
    """Walk along the extension headers of all packets side by side."""
    settled: list[Piece] = []
    columns = window.columns
    for _ in range(MAX_EXTENSIONS):
        kind = piece.kind
        is_step = np.where(columns.family[piece.rows] == 6, _STEP6[kind], _STEP4[kind])  # noqa: PLR2004
        is_step &= ~columns.is_later_fragment[piece.rows]
        if not is_step.any():
            return join([*settled, piece])
        settled.append(piece.pick(~is_step))
        piece = _step(window, piece.pick(is_step))
    columns.is_malformed[piece.rows] = True
    return join(settled)


def _step(window: Window, piece: Piece) -> Piece:
    """Step over one extension header of each packet."""
    piece = window.need(piece, _EXTENSION.itemsize)
    head = window.read(piece.at, _EXTENSION)
    size = (head["size"].astype(np.int64) + 1) * 8
    size = np.where(piece.kind == _AH, (head["size"].astype(np.int64) + 2) * 4, size)
    size = np.where(piece.kind == _FRAGMENT, 8, size)
    is_there = piece.at + size <= piece.end
    if not is_there.all():
        piece, head, size = window.believe(piece, is_there), head[is_there], size[is_there]
    is_fragment = piece.kind == _FRAGMENT
    offsets: NDArray[np.uint16] = head["fragment"][is_fragment].astype(np.uint16)
    _note_fragments(window, piece.rows[is_fragment], (offsets & _OFFSET6) > 0, (offsets & _MORE6) > 0)
    window.columns.protocol[piece.rows] = head["next"]
    return piece.move(size, head["next"])
