"""Finds packets inside packets: GRE, ERSPAN, IP in IP, MPLS in IP, Teredo, VXLAN, GENEVE, GTP.

Before this on the path: ``transports.py``. After it: ``frames.py`` and ``internet.py`` again, one layer further in.
Tunnels over UDP are known by port, so each must also look like one in every bit that its standard fixes.
Source: RFC 2784, 2890, 2637, 4380, 7348, 8926; draft-foschiano-erspan, draft-ietf-nvo3-vxlan-gpe; 3GPP TS 29.281.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from detectors.contract.traffic import UDP
from detectors.telemetry.frames import BY_VERSION, ETHERNET, IP4, IP6, MPLS
from detectors.telemetry.pieces import Bits, Offsets, Piece, Window, join, layout

_IPIP, _IP6_IN_IP, _GRE, _MPLS_IN_IP = 4, 41, 47, 137
_TEREDO, _VXLAN, _GENEVE, _GTP = 3544, 4789, 6081, 2152
_PLAIN = {_IPIP: IP4, _IP6_IN_IP: IP6, _MPLS_IN_IP: MPLS[0]}
_IS_TUNNEL = np.isin(np.arange(256), (*_PLAIN, _GRE))
_IS_PORT = np.isin(np.arange(1 << 16), (_TEREDO, _VXLAN, _GENEVE, _GTP))

_CHECKSUM, _ROUTING, _KEY, _SEQUENCE, _ACKNOWLEDGE = 0x8000, 0x4000, 0x2000, 0x1000, 0x0080
_ERSPAN, _ERSPAN3 = 0x88BE, 0x22EB
_GRE_HEADER = layout(4, flags=(0, ">u2"), kind=(2, ">u2"))
_VXLAN_HEADER = layout(8, flags=(0, ">u4"), last=(7, "u1"))
_VXLAN_KINDS = {0x0800_0000: ETHERNET, 0x0C00_0001: IP4, 0x0C00_0002: IP6, 0x0C00_0003: ETHERNET}
"""One bit says that there is a network number, another one that the kind of packet follows; the rest is zero."""
_GENEVE_HEADER = layout(8, options=(0, "u1"), flags=(1, "u1"), kind=(2, ">u2"))
_GTP_HEADER = layout(12, flags=(0, "u1"), message=(1, "u1"), size=(2, ">u2"), more=(11, "u1"))
_GTP_DATA, _MAX_GTP_EXTENSIONS = 255, 4
_TEREDO_LOGIN = layout(4, mark=(0, ">u2"), name=(2, "u1"), proof=(3, "u1"))
_HEADER6_BYTES = 40


def enter_tunnels(window: Window, piece: Piece) -> Piece:
    """Step into the tunnels among some packets.

    Args:
        window: Where the bytes are; ports are already read.
        piece: Packets behind their internet headers; ``kind`` is the IP protocol number.

    Returns:
        What travels inside, ``kind`` as in ``frames.py``; empty when there are no tunnels. Pieces of fragmented
        packets are left closed: what is inside cannot be read from one of them.
    """
    columns = window.columns
    is_tunnel = _IS_TUNNEL[piece.kind]
    is_udp = piece.kind == UDP
    ports = _IS_PORT[columns.target_port[piece.rows]] | _IS_PORT[columns.source_port[piece.rows]]
    is_tunnel |= is_udp & ports
    if not is_tunnel.any():
        return piece.pick(is_tunnel)
    piece = piece.pick(is_tunnel)
    piece = piece.pick(~columns.is_fragment[piece.rows])
    plain = [piece.pick(piece.kind == protocol).move(0, kind) for protocol, kind in _PLAIN.items()]
    udp = piece.pick(piece.kind == UDP)
    return join([*plain, _enter_gre(window, piece.pick(piece.kind == _GRE)), _enter_udp(window, udp)])


def _enter_gre(window: Window, piece: Piece) -> Piece:
    """Read GRE of version 0, and version 1 which carries PPP; source routes, long given up, are left closed."""
    piece = window.need(piece, _GRE_HEADER.itemsize)
    head = window.read(piece.at, _GRE_HEADER)
    flags, kinds = head["flags"].astype(np.int64), head["kind"].astype(np.uint16)
    version = flags & 7
    fields = [(flags & bit > 0).astype(np.int64) * 4 for bit in (_CHECKSUM, _KEY, _SEQUENCE)]
    size = 4 + fields[0] + fields[1] + fields[2]
    size = size + np.where(version == 1, (flags & _ACKNOWLEDGE > 0) * 4, 0)
    is_mirror = kinds == _ERSPAN
    size = size + np.where(is_mirror & (flags & _SEQUENCE > 0), 8, 0)
    is_third = kinds == _ERSPAN3
    has_more = (window.byte(piece.at + size + 11) & 1) > 0
    size = size + np.where(is_third, 12 + has_more * 8, 0)
    piece = piece.move(0, np.where(is_mirror | is_third, ETHERNET, kinds))
    piece = piece.pick((version <= 1) & (flags & _ROUTING == 0))
    size = size[(version <= 1) & (flags & _ROUTING == 0)]
    is_there = piece.at + size <= piece.end
    return window.believe(piece, is_there).move(size[is_there], piece.kind[is_there])


def _enter_udp(window: Window, piece: Piece) -> Piece:
    """Read tunnels over UDP; ``sent`` is where the datagram ends, not the packet."""
    if not len(piece):
        return piece
    columns = window.columns
    source, target = columns.source_port[piece.rows], columns.target_port[piece.rows]
    piece = piece.move(8, piece.kind)
    piece = piece.cut(piece.at + columns.payload_bytes[piece.rows])
    is_sound = piece.at <= piece.end
    chosen = (
        (_enter_teredo, (source == _TEREDO) | (target == _TEREDO)),
        (_enter_vxlan, target == _VXLAN),
        (_enter_geneve, target == _GENEVE),
        (_enter_gtp, (source == _GTP) | (target == _GTP)),
    )
    return join([_enter(enter, window, piece.pick(is_sound & is_meant)) for enter, is_meant in chosen])


def _enter(enter: Callable[[Window, Piece], Piece], window: Window, piece: Piece) -> Piece:
    return enter(window, piece) if len(piece) else piece


def _having(piece: Piece, size: Offsets | int) -> Bits:
    return piece.at + size <= piece.end


def _enter_teredo(window: Window, piece: Piece) -> Piece:
    """Step over the two headers that may stand before the IPv6 packet, which fills the datagram exactly."""
    piece = piece.pick(_having(piece, _HEADER6_BYTES))
    login = window.read(piece.at, _TEREDO_LOGIN)
    size = 13 + login["name"].astype(np.int64) + login["proof"]
    piece = piece.move(np.where(login["mark"] == 1, size, 0), IP6)
    piece = piece.pick(_having(piece, _HEADER6_BYTES))
    piece = piece.move(np.where(window.word(piece.at) == 0, 8, 0), IP6)
    piece = piece.pick(_having(piece, _HEADER6_BYTES))
    is_new = window.byte(piece.at) >> 4 == 6  # noqa: PLR2004 - the version of IP
    is_exact = piece.at + _HEADER6_BYTES + window.word(piece.at + 4) == piece.sent
    return piece.pick(is_new & is_exact)


def _enter_vxlan(window: Window, piece: Piece) -> Piece:
    piece = piece.pick(_having(piece, _VXLAN_HEADER.itemsize))
    head = window.read(piece.at, _VXLAN_HEADER)
    kinds = np.zeros(len(piece), np.uint16)
    for flags, kind in _VXLAN_KINDS.items():
        kinds[head["flags"] == flags] = kind
    return piece.move(_VXLAN_HEADER.itemsize, kinds).pick((kinds > 0) & (head["last"] == 0))


def _enter_geneve(window: Window, piece: Piece) -> Piece:
    piece = piece.pick(_having(piece, _GENEVE_HEADER.itemsize))
    head = window.read(piece.at, _GENEVE_HEADER)
    size = _GENEVE_HEADER.itemsize + (head["options"] & 63).astype(np.int64) * 4
    is_sound = (head["options"] >> 6 == 0) & (head["flags"] & 63 == 0) & _having(piece, size)
    is_sound &= np.isin(head["kind"], (ETHERNET, IP4, IP6, *MPLS))
    return piece.pick(is_sound).move(size[is_sound], head["kind"][is_sound])


def _enter_gtp(window: Window, piece: Piece) -> Piece:
    """Read GTP version 1; only one of its messages carries packets."""
    piece = piece.pick(_having(piece, 8))
    head = window.read(piece.at, _GTP_HEADER)
    sent = piece.at + 8 + head["size"].astype(np.int64)
    is_sound = (head["flags"] >> 4 == 3) & (head["message"] == _GTP_DATA) & (sent <= piece.sent)  # noqa: PLR2004
    is_long = head["flags"] & 7 > 0
    is_sound &= ~is_long | _having(piece, _GTP_HEADER.itemsize)
    more = np.where(head["flags"] & 4 > 0, head["more"], 0)[is_sound]
    piece = piece.cut(sent).pick(is_sound).move(np.where(is_long, 12, 8)[is_sound], BY_VERSION)
    for _ in range(_MAX_GTP_EXTENSIONS):
        if not more.any():
            break
        size = np.where(more > 0, window.byte(piece.at).astype(np.int64) * 4, 0)
        is_there = _having(piece, size) & ((size > 0) | (more == 0))
        piece, size, more = piece.pick(is_there), size[is_there], more[is_there]
        piece = piece.move(size, BY_VERSION)
        more = np.where(more > 0, window.byte(piece.at - 1), 0)
    piece = piece.pick(more == 0)
    version = window.byte(piece.at) >> 4
    is_ip = ((version == 4) | (version == 6)) & _having(piece, 1)  # noqa: PLR2004 - versions of IP
    return piece.pick(is_ip)
