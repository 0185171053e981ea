"""Steps over what stands between a link and the internet: VLAN tags, LLC, SNAP, MPLS, PPPoE, PPP, inner Ethernet.

Before this on the path: ``links.py`` or ``tunnels.py``, which say what comes next. After it: ``internet.py``.
The *kind* of a frame is its Ethernet protocol number; numbers below 1536, which are lengths there, serve for the rest.
Source: IEEE 802.3, 802.1Q; RFC 1042, 1661, 2516, 3032.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detectors.telemetry.pieces import Bits, Kinds, Piece, Window, join, layout

NOTHING, BY_VERSION, LLC = 0, 1, 4
IP4, IP6, ARP = 0x0800, 0x86DD, 0x0806
ETHERNET, PPP, PPPOE = 0x6558, 0x880B, 0x8864
VLANS = (0x8100, 0x88A8, 0x9100, 0x9200)
MPLS = (0x8847, 0x8848)
_PORT_TAG, _FABRIC = 0x8926, 0x8903
"""What switches of data centres add: a tag of their port, or a tag and a second Ethernet header."""
MAX_SHIMS = 16
"""Tags, labels and frames in one another, as sensible networks never have them; what is deeper is not looked into."""
_FIRST_TYPE = 0x600
"""Smaller numbers in the place of a type are lengths (IEEE 802.3)."""

ETHERNET_HEADER = layout(14, target=(0, ">u8"), source=(6, ">u8"), kind=(12, ">u2"))
"""Hardware addresses are the upper six bytes of eight."""
_TAG = layout(4, kind=(2, ">u2"))
_LLC_HEADER = layout(8, target=(0, "u1"), source=(1, "u1"), control=(2, "u1"), maker=(2, ">u4"), kind=(6, ">u2"))
_PPPOE_HEADER = layout(6, version=(0, "u1"), code=(1, "u1"), size=(4, ">u2"))
_SNAP, _LLC_IP = 0xAA, 0x06
_MAKERS = 0xFFFFFF
_PPP_KINDS = {0x21: IP4, 0x57: IP6, 0x281: MPLS[0], 0x283: MPLS[1]}


def typed(piece: Piece, size: int, kinds: Kinds) -> Piece:
    """Step over a header that ends in a type, or in the length of an LLC frame."""
    is_length = kinds < _FIRST_TYPE
    moved = piece.move(size, np.where(is_length, LLC, kinds))
    if not is_length.any():
        return moved
    return moved.cut(np.where(is_length, moved.at + kinds, moved.sent))


def unwrap(window: Window, piece: Piece, *, is_outermost: bool) -> Piece:
    """Step over everything below the internet.

    Args:
        window: Where the bytes are.
        piece: Packets whose ``kind`` says what comes next.
        is_outermost: Fill ``ethertype`` and ``body`` too.
    """
    settled = []
    for _ in range(MAX_SHIMS):
        if is_outermost:
            _note_type(window, piece)
        is_shim = _IS_SHIM[piece.kind]
        if not is_shim.any():
            break
        settled.append(piece.pick(~is_shim))
        shims = piece.pick(is_shim)
        steps = [_STEPS[kind](window, shims.pick(shims.kind == kind)) for kind in np.unique(shims.kind).tolist()]
        piece = join(steps)
    return join([*settled, piece.pick(~_IS_SHIM[piece.kind])])


def _note_type(window: Window, piece: Piece) -> None:
    """Keep the first type behind tags; what lies deeper, behind MPLS for instance, does not replace it."""
    columns = window.columns
    known = columns.ethertype[piece.rows]
    is_open = (known == 0) | _IS_VLAN[known]
    if not is_open.all():
        piece = piece.pick(is_open)
    columns.ethertype[piece.rows] = np.where(piece.kind < _FIRST_TYPE, 0, piece.kind)
    columns.body[piece.rows] = np.minimum(piece.at, piece.end)


def _ethernet(window: Window, piece: Piece) -> Piece:
    piece = window.need(piece, ETHERNET_HEADER.itemsize)
    return typed(piece, ETHERNET_HEADER.itemsize, window.read(piece.at, ETHERNET_HEADER)["kind"].astype(np.uint16))


def _vlan(window: Window, piece: Piece) -> Piece:
    piece = window.need(piece, _TAG.itemsize)
    return typed(piece, _TAG.itemsize, window.read(piece.at, _TAG)["kind"].astype(np.uint16))


def _port_tag(window: Window, piece: Piece) -> Piece:
    piece = window.need(piece, 6)
    return typed(piece, 6, window.word(piece.at + 4))


def _fabric(window: Window, piece: Piece) -> Piece:
    return window.need(piece, 2).move(2, ETHERNET)


def _llc(window: Window, piece: Piece) -> Piece:
    """Read LLC; SNAP names a type, and one old number stands for IP itself."""
    piece = window.need(piece, 3)
    head = window.read(piece.at, _LLC_HEADER)
    is_snap = (head["target"] == _SNAP) & (head["source"] == _SNAP) & (head["control"] == 3)  # noqa: PLR2004 - UI
    is_ip = (head["target"] == _LLC_IP) & (head["source"] == _LLC_IP)
    plain = piece.pick(is_ip).move(3, IP4)
    snap = window.need(piece.pick(is_snap), _LLC_HEADER.itemsize)
    head = window.read(snap.at, _LLC_HEADER)
    is_type = np.isin(head["maker"] & _MAKERS, (0x000000, 0x0000F8)) & (head["kind"] >= _FIRST_TYPE)
    return join([plain, snap.move(_LLC_HEADER.itemsize, np.where(is_type, head["kind"], NOTHING))])


def _mpls(window: Window, piece: Piece) -> Piece:
    """Read one label; behind the last one stands a packet, or a control word and a whole Ethernet frame."""
    piece = window.need(piece, 4)
    is_last = (window.byte(piece.at + 2) & 1).astype(bool)
    more, last = piece.pick(~is_last), piece.pick(is_last)
    last = last.move(4, BY_VERSION)
    is_word = (window.byte(last.at) >> 4 == 0) & (last.at < last.end)
    return join([more.move(4, more.kind), last.pick(~is_word), last.pick(is_word).move(4, ETHERNET)])


def _pppoe(window: Window, piece: Piece) -> Piece:
    piece = window.need(piece, _PPPOE_HEADER.itemsize)
    head = window.read(piece.at, _PPPOE_HEADER)
    sent = piece.at + _PPPOE_HEADER.itemsize + head["size"]
    is_session = (head["version"] == 0x11) & (head["code"] == 0)  # noqa: PLR2004 - version 1, type 1
    window.columns.is_malformed[piece.rows[is_session & (sent > piece.sent)]] = True
    return piece.cut(sent).move(_PPPOE_HEADER.itemsize, PPP).pick(is_session)


def _ppp(window: Window, piece: Piece) -> Piece:
    """Read PPP with or without its two constant bytes, with a protocol of one byte or two."""
    is_framed = (window.word(piece.at) == 0xFF03) & (piece.at + 2 <= piece.end)  # noqa: PLR2004 - address and control
    piece = piece.move(np.where(is_framed, 2, 0), piece.kind)
    piece = window.need(piece, 1)
    first = window.byte(piece.at)
    is_short = (first & 1).astype(bool)
    piece = window.need(piece, np.where(is_short, 1, 2))
    first = window.byte(piece.at)
    is_short = (first & 1).astype(bool)
    number = np.where(is_short, first, window.word(piece.at))
    kinds = np.zeros(len(piece), np.uint16)
    for known, kind in _PPP_KINDS.items():
        kinds[number == known] = kind
    return piece.move(np.where(is_short, 1, 2), kinds)


def _by_version(window: Window, piece: Piece) -> Piece:
    piece = window.need(piece, 1)
    version = window.byte(piece.at) >> 4
    return piece.move(0, np.select([version == 4, version == 6], [IP4, IP6], NOTHING))  # noqa: PLR2004 - IP versions


_STEPS: dict[int, Callable[[Window, Piece], Piece]] = {
    ETHERNET: _ethernet, **dict.fromkeys(VLANS, _vlan), LLC: _llc, **dict.fromkeys(MPLS, _mpls), PPPOE: _pppoe,
    PPP: _ppp, BY_VERSION: _by_version, _PORT_TAG: _port_tag, _FABRIC: _fabric,
}  # fmt: skip


def _table(kinds: tuple[int, ...]) -> Bits:
    table = np.zeros(1 << 16, np.bool_)
    table[list(kinds)] = True
    return table


_IS_SHIM, _IS_VLAN = _table(tuple(_STEPS)), _table((*VLANS, _PORT_TAG, _FABRIC, ETHERNET))
