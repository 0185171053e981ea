"""Reads IEEE 802.11 data frames and the notes that radio drivers put before them.

Before this on the path: ``links.py``. After it: ``frames.py``, which finds LLC behind them.
Beacons, acknowledgements and encrypted frames are no internet packets to us. Of several packets that share one frame
(A-MSDU) the first is read.
Source: IEEE 802.11-2020, 9.2 and 9.3.2; https://www.radiotap.org.
"""

from __future__ import annotations

import numpy as np

from detectors.telemetry.frames import LLC, NOTHING
from detectors.telemetry.pieces import Piece, Window, join, layout

_FRAME = layout(
    24, control=(0, "u1"), flags=(1, "u1"), first=(4, ">u8"), second=(10, ">u8"), third=(16, ">u8"), order=(22, "<u2")
)
_TO_NET, _FROM_NET, _PROTECTED, _ORDER = 0x01, 0x02, 0x40, 0x80
_DATA, _QOS, _NO_DATA, _SHARED = 2, 0x80, 0x40, 0x80
_SHARED_HEADER_BYTES = 14
_RADIOTAP = layout(4, size=(2, "<u2"))
_PRISM_BYTES = 144
_AVS = layout(8, mark=(0, ">u4"), size=(4, ">u4"))
_IS_AVS = 0x8021_1000


def read_wireless(window: Window, piece: Piece) -> Piece:
    """Read 802.11; what is no readable data frame is left out, which is no fault of the frame."""
    piece = window.need(piece, 2)
    control, flags = window.byte(piece.at), window.byte(piece.at + 1)
    is_data = (control >> 2 & 3 == _DATA) & (control & _NO_DATA == 0) & (flags & _PROTECTED == 0)
    piece = window.need(piece.pick(is_data), _FRAME.itemsize)
    head = window.read(piece.at, _FRAME)
    _note_hardware(window, piece)
    is_first = head["order"] & 15 == 0
    is_relayed = head["flags"] & (_TO_NET | _FROM_NET) == _TO_NET | _FROM_NET
    is_qos = head["control"] & _QOS > 0
    has_more = is_qos & (head["flags"] & _ORDER > 0)
    size = _FRAME.itemsize + is_relayed * 6
    is_shared = is_qos & (window.byte(piece.at + size) & _SHARED > 0)
    size = size + is_qos * 2 + has_more * 4 + is_shared * _SHARED_HEADER_BYTES
    return window.need(piece.move(size, LLC).pick(is_first), 3)


def _note_hardware(window: Window, piece: Piece) -> None:
    """Tell who sent and who shall receive; the places of the addresses depend on the direction."""
    head = window.read(piece.at, _FRAME)
    first, second, third = head["first"] >> 16, head["second"] >> 16, head["third"] >> 16
    is_to, is_from = head["flags"] & _TO_NET > 0, head["flags"] & _FROM_NET > 0
    window.columns.frame_source[piece.rows] = np.where(is_from & ~is_to, third, second)
    window.columns.frame_target[piece.rows] = np.where(is_to, third, first)


def read_radiotap(window: Window, piece: Piece) -> Piece:
    """Step over a radiotap header."""
    piece = window.need(piece, _RADIOTAP.itemsize)
    size = window.read(piece.at, _RADIOTAP)["size"].astype(np.int64)
    is_sound = (size >= 8) & (piece.at + size <= piece.end)  # noqa: PLR2004 - its fixed part
    return read_wireless(window, window.believe(piece, is_sound).move(size[is_sound], NOTHING))


def read_avs(window: Window, piece: Piece) -> Piece:
    """Step over an AVS header."""
    piece = window.need(piece, _AVS.itemsize)
    size = window.read(piece.at, _AVS)["size"].astype(np.int64)
    is_sound = (size >= _AVS.itemsize) & (piece.at + size <= piece.end)
    return read_wireless(window, window.believe(piece, is_sound).move(size[is_sound], NOTHING))


def read_prism(window: Window, piece: Piece) -> Piece:
    """Step over a Prism header; some drivers write AVS under its name."""
    piece = window.need(piece, _AVS.itemsize)
    is_avs = window.read(piece.at, _AVS)["mark"] & 0xFFFF_F000 == _IS_AVS
    prism = window.need(piece.pick(~is_avs), _PRISM_BYTES)
    return join([read_avs(window, piece.pick(is_avs)), read_wireless(window, prism.move(_PRISM_BYTES, NOTHING))])
