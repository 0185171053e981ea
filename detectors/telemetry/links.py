"""Reads the headers of the links that packets were captured on, one reader a link type.

Before this on the path: ``packets.py``. After it: ``frames.py``, which is told what comes next.
Source: https://www.tcpdump.org/linktypes.html; RFC 1662, 2427; CISCO HDLC as tcpdump reads it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detectors.telemetry.frames import BY_VERSION, ETHERNET_HEADER, IP4, IP6, LLC, NOTHING, PPP, PPPOE, typed
from detectors.telemetry.pieces import Kinds, Offsets, Piece, Window, join, layout
from detectors.telemetry.wireless import read_avs, read_prism, read_radiotap, read_wireless

Reader: TypeAlias = Callable[[Window, Piece], Piece]

_UNIX_FAMILIES = {2: IP4, 10: IP6, 24: IP6, 28: IP6, 30: IP6}
"""What the systems that write NULL headers call IPv4 and IPv6."""
_NULL_HEADER = layout(4, big=(0, ">u4"), little=(0, "<u4"))
_COOKED = layout(16, address_bytes=(4, ">u2"), address=(6, ">u8"), kind=(14, ">u2"))
_COOKED2 = layout(20, kind=(0, ">u2"), address_bytes=(11, "u1"), address=(12, ">u8"))
_PREAMBLE_BYTES = 8
_FDDI_HEADER = layout(13, target=(1, ">u8"), source=(5, ">u8"))
"""The target fills the upper six of its eight bytes, the source the lower six."""
_NLPID = {0xCC: IP4, 0x8E: IP6}
_MAX_RELAY_ADDRESS = 4
_NFLOG_FAMILIES = {2: IP4, 10: IP6}
_NFLOG_PART = layout(4, size=(0, "<u2"), kind=(2, "<u2"))
_NFLOG_PAYLOAD, _MAX_NFLOG_PARTS = 9, 32
_PPI_HEADER = layout(8, size=(2, "<u2"), link=(4, "<u4"))
_MAC_BYTES = 6


def _note_hardware(window: Window, rows: Offsets, source: NDArray[Any], target: NDArray[Any] | int) -> None:
    window.columns.frame_source[rows] = source
    window.columns.frame_target[rows] = target


def _read_ethernet(window: Window, piece: Piece) -> Piece:
    piece = window.need(piece, ETHERNET_HEADER.itemsize)
    head = window.read(piece.at, ETHERNET_HEADER)
    _note_hardware(window, piece.rows, head["source"] >> 16, head["target"] >> 16)
    return typed(piece, ETHERNET_HEADER.itemsize, head["kind"].astype(np.uint16))


def _read_preamble(window: Window, piece: Piece) -> Piece:
    """Read Ethernet with the eight bytes that announce a frame on the wire."""
    piece = window.need(piece, _PREAMBLE_BYTES)
    return _read_ethernet(window, piece.move(_PREAMBLE_BYTES, NOTHING))


def _read_null(window: Window, piece: Piece) -> Piece:
    """Read BSD loopback: a number of an address family, in the byte order of the machine that captured."""
    piece = window.need(piece, 4)
    head = window.read(piece.at, _NULL_HEADER)
    number = np.minimum(head["big"].astype(np.int64), head["little"].astype(np.int64))
    return piece.move(4, _look_up(_UNIX_FAMILIES, number))


def _look_up(table: dict[int, int], numbers: NDArray[np.int64]) -> Kinds:
    kinds = np.full(len(numbers), NOTHING, np.uint16)
    for number, kind in table.items():
        kinds[numbers == number] = kind
    return kinds


def _begin_with(kind: int) -> Reader:
    """Make the reader of a link without a header of its own."""
    return lambda _, piece: piece.move(0, kind)


def _read_cooked(window: Window, piece: Piece) -> Piece:
    piece = window.need(piece, _COOKED.itemsize)
    head = window.read(piece.at, _COOKED)
    _note_hardware(window, piece.rows, np.where(head["address_bytes"] == _MAC_BYTES, head["address"] >> 16, 0), 0)
    return piece.move(_COOKED.itemsize, head["kind"])


def _read_cooked2(window: Window, piece: Piece) -> Piece:
    piece = window.need(piece, _COOKED2.itemsize)
    head = window.read(piece.at, _COOKED2)
    _note_hardware(window, piece.rows, np.where(head["address_bytes"] == _MAC_BYTES, head["address"] >> 16, 0), 0)
    return piece.move(_COOKED2.itemsize, head["kind"])


def _read_hdlc(window: Window, piece: Piece) -> Piece:
    """Read Cisco HDLC; frames that begin as PPP does are PPP."""
    piece = window.need(piece, 4)
    is_ppp = window.byte(piece.at) == 0xFF  # noqa: PLR2004 - PPP's address byte
    hdlc = piece.pick(~is_ppp)
    return join([piece.pick(is_ppp).move(0, PPP), hdlc.move(4, window.word(hdlc.at + 2))])


def _read_serial_ppp(window: Window, piece: Piece) -> Piece:
    """Read PPP as HDLC frames it; where the first byte is Cisco's, it is Cisco HDLC."""
    piece = window.need(piece, 1)
    is_cisco = np.isin(window.byte(piece.at), (0x0F, 0x8F))
    return join([piece.pick(~is_cisco).move(0, PPP), _read_hdlc(window, piece.pick(is_cisco))])


def _read_relay(window: Window, piece: Piece) -> Piece:
    """Read frame relay: an address of two to four bytes, then RFC 2427 or Cisco's plain type."""
    size = np.full(len(piece), 2, np.int64)
    for place in range(1, _MAX_RELAY_ADDRESS - 1):
        size += (size == place + 1) & ((window.byte(piece.at + place) & 1) == 0)
    piece = window.need(piece.move(size, NOTHING), 2)
    is_plain = window.byte(piece.at) != 3  # noqa: PLR2004 - unnumbered information
    cisco, piece = piece.pick(is_plain), piece.pick(~is_plain)
    cisco = cisco.move(2, window.word(cisco.at))
    is_padded = window.byte(piece.at + 1) == 0
    piece = window.need(piece.move(np.where(is_padded, 2, 1), NOTHING), 1)
    number = window.byte(piece.at).astype(np.int64)
    is_snap = number == 0x80  # noqa: PLR2004 - NLPID of SNAP
    snap = window.need(piece.pick(is_snap), 6)
    plain = piece.move(1, _look_up(_NLPID, number)).pick(~is_snap)
    return join([cisco, plain, snap.move(6, window.word(snap.at + 4))])


def _read_nflog(window: Window, piece: Piece) -> Piece:
    """Walk along the parts of a Linux log record to the packet in it."""
    piece = window.need(piece, 4)
    kinds = _look_up(_NFLOG_FAMILIES, window.byte(piece.at).astype(np.int64))
    piece = piece.move(4, np.where(kinds == NOTHING, BY_VERSION, kinds))
    found = []
    for _ in range(_MAX_NFLOG_PARTS):
        piece = piece.pick(piece.at < piece.end)
        piece = window.need(piece, _NFLOG_PART.itemsize)
        head = window.read(piece.at, _NFLOG_PART)
        size = head["size"].astype(np.int64)
        is_sound = size >= _NFLOG_PART.itemsize
        piece, head, size = window.believe(piece, is_sound), head[is_sound], size[is_sound]
        is_payload = head["kind"] == _NFLOG_PAYLOAD
        cut = piece.cut(piece.at + size).move(_NFLOG_PART.itemsize, piece.kind)
        found.append(cut.pick(is_payload))
        piece = piece.move((size + 3) // 4 * 4, piece.kind).pick(~is_payload)
        if not len(piece):
            break
    return join(found)


def _read_fddi(window: Window, piece: Piece) -> Piece:
    piece = window.need(piece, _FDDI_HEADER.itemsize)
    head = window.read(piece.at, _FDDI_HEADER)
    _note_hardware(window, piece.rows, head["source"] & 0xFFFF_FFFF_FFFF, head["target"] >> 16)
    is_llc = (window.byte(piece.at) & 0xF8) == 0x50  # noqa: PLR2004 - frame control of LLC, any priority
    return piece.move(_FDDI_HEADER.itemsize, LLC).pick(is_llc)


def _read_ppi(window: Window, piece: Piece) -> Piece:
    """Step over per-packet information to a link of another type."""
    piece = window.need(piece, _PPI_HEADER.itemsize)
    head = window.read(piece.at, _PPI_HEADER)
    piece = window.need(piece.move(0, np.minimum(head["link"], 0xFFFF)), head["size"].astype(np.int64))
    size = window.read(piece.at, _PPI_HEADER)["size"].astype(np.int64)
    is_sound = size >= _PPI_HEADER.itemsize
    piece = window.believe(piece, is_sound).move(size[is_sound], piece.kind[is_sound])
    return read_links(window, piece, piece.kind.astype(np.int64), _PLAIN_LINKS)


_PLAIN_LINKS: dict[int, Reader] = {
    1: _read_ethernet, 274: _read_preamble, 0: _read_null, 108: _read_null,
    101: _begin_with(BY_VERSION), 12: _begin_with(BY_VERSION), 14: _begin_with(BY_VERSION),
    228: _begin_with(IP4), 229: _begin_with(IP6), 113: _read_cooked, 276: _read_cooked2,
    9: _begin_with(PPP), 50: _read_serial_ppp, 51: _begin_with(PPPOE), 104: _read_hdlc, 107: _read_relay,
    105: read_wireless, 119: read_prism, 127: read_radiotap, 163: read_avs, 239: _read_nflog, 10: _read_fddi,
}  # fmt: skip
LINKS: dict[int, Reader] = {**_PLAIN_LINKS, 192: _read_ppi}
"""Link type -> reader of its header."""


def read_links(
    window: Window, piece: Piece, links: NDArray[np.int64] | NDArray[np.int32], readers: dict[int, Reader] = LINKS
) -> Piece:
    """Step over the link header of each packet.

    Args:
        window: Where the bytes are.
        piece: Whole frames.
        links: Link type of each.
        readers: Link types that are known here; the others are marked.
    """
    found = [piece.pick(np.zeros(len(piece), np.bool_))]
    kinds = links[:1] if (links == links[:1]).all() else np.unique(links)
    for link in kinds.tolist():
        chosen = piece.pick(links == link)
        if link in readers:
            found.append(readers[link](window, chosen))
        else:
            window.columns.is_unknown_link[chosen.rows] = True
    return join(found)
