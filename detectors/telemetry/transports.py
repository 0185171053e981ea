"""Reads TCP, UDP, SCTP and ICMP headers.

Before this on the path: ``internet.py``. After it: ``tunnels.py``, and the columns that ``flows.py`` takes.
Source: RFC 9293, 768, 9260, 792, 4443.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import ICMP, ICMP6, SCTP, TCP, UDP
from detectors.telemetry.pieces import Offsets, Piece, Window, layout

_TCP_HEADER = layout(
    16, source=(0, ">u2"), target=(2, ">u2"), sequence=(4, ">u4"), acknowledged=(8, ">u4"), offset=(12, "u1"),
    flags=(13, "u1"), window=(14, ">u2"),
)  # fmt: skip
_TCP_BYTES, _UDP_BYTES, _SCTP_BYTES, _ICMP_BYTES = 20, 8, 12, 8
_UDP_HEADER = layout(8, source=(0, ">u2"), target=(2, ">u2"), size=(4, ">u2"))
_PORTS = layout(4, source=(0, ">u2"), target=(2, ">u2"))
_ICMP_HEADER = layout(8, kind=(0, "u1"), code=(1, "u1"), echo=(4, ">u4"))
_IS_ECHO4, _IS_ECHO6 = np.isin(np.arange(256), (0, 8)), np.isin(np.arange(256), (128, 129))


def read_transports(window: Window, piece: Piece) -> None:
    """Fill ports and payload of the packets that have them.

    Args:
        window: Where the bytes are.
        piece: Packets behind their internet headers; ``kind`` is the IP protocol number.
    """
    _note_payload(window, piece, piece.at)
    is_later = window.columns.is_later_fragment[piece.rows]
    if is_later.any():
        piece = piece.pick(~is_later)
    for protocol, read in _READERS.items():
        chosen = piece.pick(piece.kind == protocol)
        if len(chosen):
            read(window, chosen)


def _note_payload(window: Window, piece: Piece, at: Offsets) -> None:
    columns, rows = window.columns, piece.rows
    columns.payload[rows] = there = np.minimum(at, piece.end)
    columns.payload_bytes[rows] = np.maximum(piece.sent - at, 0)
    columns.payload_there[rows] = piece.end - there


def _note_ports(window: Window, rows: Offsets, head: NDArray[Any]) -> None:
    window.columns.source_port[rows] = head["source"]
    window.columns.target_port[rows] = head["target"]


def _need(window: Window, piece: Piece, size: int) -> Piece:
    """Keep packets with a whole header; of the others the ports are read, if at least they are there."""
    whole = window.need(piece, size)
    if len(whole) < len(piece):
        is_rest = (piece.at + size > piece.end) & (piece.at + _PORTS.itemsize <= piece.end)
        rest = piece.pick(is_rest)
        _note_ports(window, rest.rows, window.read(rest.at, _PORTS))
    return whole


def _read_tcp(window: Window, piece: Piece) -> None:
    piece = _need(window, piece, _TCP_BYTES)
    columns, rows = window.columns, piece.rows
    head = window.read(piece.at, _TCP_HEADER)
    _note_ports(window, rows, head)
    columns.flags[rows] = head["flags"]
    columns.sequence[rows] = head["sequence"]
    columns.acknowledged[rows] = head["acknowledged"]
    columns.window[rows] = head["window"]
    behind = piece.at + (head["offset"] >> 4).astype(np.int64) * 4
    is_sound = (behind >= piece.at + _TCP_BYTES) & (behind <= piece.sent)
    if not is_sound.all():
        piece, behind = window.believe(piece, is_sound), behind[is_sound]
    _note_payload(window, piece, behind)


def _read_udp(window: Window, piece: Piece) -> None:
    """Read UDP; its length is believed as far as the packet reaches.

    Length zero means "the whole packet" (jumbograms, offload); the first of some fragments tells the length of all.
    """
    piece = _need(window, piece, _UDP_BYTES)
    head = window.read(piece.at, _UDP_HEADER)
    _note_ports(window, piece.rows, head)
    size = head["size"].astype(np.int64)
    sent = np.where(size == 0, piece.sent, piece.at + size)
    is_lie = (sent < piece.at + _UDP_BYTES) | (sent > piece.sent) & ~window.columns.is_fragment[piece.rows]
    if is_lie.any():
        window.columns.is_malformed[piece.rows[is_lie]] = True
    _note_payload(window, piece.cut(np.maximum(sent, piece.at + _UDP_BYTES)), piece.at + _UDP_BYTES)


def _read_sctp(window: Window, piece: Piece) -> None:
    piece = _need(window, piece, _SCTP_BYTES)
    _note_ports(window, piece.rows, window.read(piece.at, _PORTS))
    _note_payload(window, piece, piece.at + _SCTP_BYTES)


def _read_icmp(window: Window, piece: Piece) -> None:
    piece = window.need(piece, _ICMP_BYTES)
    columns, rows = window.columns, piece.rows
    head = window.read(piece.at, _ICMP_HEADER)
    columns.source_port[rows] = head["kind"]
    columns.target_port[rows] = head["code"]
    is_echo = np.where(piece.kind == ICMP, _IS_ECHO4[head["kind"]], _IS_ECHO6[head["kind"]])
    columns.sequence[rows] = np.where(is_echo, head["echo"], 0)
    _note_payload(window, piece, piece.at + _ICMP_BYTES)


_READERS: dict[int, Callable[[Window, Piece], None]] = {
    TCP: _read_tcp, UDP: _read_udp, ICMP: _read_icmp, ICMP6: _read_icmp, SCTP: _read_sctp,
}  # fmt: skip
