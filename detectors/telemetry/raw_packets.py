"""The seam between a source of packets (capture file, live ring) and the parsers: one window of raw packets.

Before this on the path: ``capture_file.py`` or ``live_ring.py``. After it: ``packets.py`` makes ``PacketColumns``,
which ``flows.py`` and ``conversations.py`` take beside it.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


class TroubleReason(enum.StrEnum):
    """Why a capture was not, or not fully, read."""

    NOT_A_CAPTURE = "not_a_capture"
    CUT_SHORT = "cut_short"
    """It ends in the middle of a packet or header: often a recording that was stopped or is still being written."""
    DAMAGED = "damaged"
    """A length or a reference in it cannot be true, or its compression is broken."""
    RATIO_TOO_HIGH = "ratio_too_high"
    """It unpacks to far more than any recording does."""
    READ_ERROR = "read_error"
    """The system could not read on."""


@dataclass(frozen=True, slots=True)
class CaptureTrouble:
    """Where reading ended too early; what came before it stands."""

    offset: int
    """Byte offset of the record that could not be read, in the unpacked capture."""
    reason: TroubleReason
    packets_read: int
    """Packets handed out before."""


@dataclass(frozen=True, slots=True)
class RawPackets:
    """n packets that lie in one buffer. Nothing here was looked into yet."""

    data: NDArray[np.uint8]
    """The window; valid until the next one is asked for, so copy what must stay."""
    start: NDArray[np.int64]
    """[n] offset of each frame in ``data``."""
    captured: NDArray[np.int64]
    """[n] bytes that are there; ``start + captured <= len(data)``, always."""
    wire: NDArray[np.int64]
    """[n] bytes that were sent; at least ``captured``."""
    at_s: NDArray[np.float64]
    """[n] seconds since 1970; packets without a time carry the one before."""
    number: NDArray[np.int64]
    """[n] packet number in the source, from 1."""
    link: NDArray[np.int32]
    """[n] link type (LINKTYPE_..., https://www.tcpdump.org/linktypes.html)."""

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True)
class PacketColumns:
    """What the headers of one window say: n rows, in the order of ``RawPackets``.

    Rows that are no internet packet have ``family`` 0. All offsets point into ``RawPackets.data`` and are proven to lie
    inside the captured bytes of their packet.
    """

    family: NDArray[np.uint8]
    """4, 6, or 0."""
    source: NDArray[np.uint8]
    """[n, 16] innermost source address, as in ``Addresses.packed``."""
    target: NDArray[np.uint8]
    """[n, 16]"""
    protocol: NDArray[np.uint8]
    """Of the innermost packet, behind IPv6 extension headers."""
    source_port: NDArray[np.uint16]
    """TCP, UDP, SCTP; ICMP: type; 0 otherwise and in later fragments."""
    target_port: NDArray[np.uint16]
    """ICMP: code."""
    flags: NDArray[np.uint8]
    """TCP."""
    sequence: NDArray[np.uint32]
    """TCP; ICMP echo: identifier << 16 | sequence."""
    acknowledged: NDArray[np.uint32]
    """TCP."""
    window: NDArray[np.uint16]
    """TCP."""
    ttl: NDArray[np.uint8]
    tos: NDArray[np.uint8]
    ip_bytes: NDArray[np.int64]
    """Length of the innermost IP packet as sent; TSO's zero length is replaced by what the frame holds."""
    payload: NDArray[np.int64]
    """Offset of the payload behind TCP, UDP or ICMP headers."""
    payload_bytes: NDArray[np.int64]
    """Length as sent: frame padding is cut, snaplen cuts are not."""
    payload_there: NDArray[np.int64]
    """Length that was captured."""
    is_fragment: NDArray[np.bool_]
    """Any piece of a fragmented packet."""
    is_later_fragment: NDArray[np.bool_]
    """A piece without ports."""
    depth: NDArray[np.uint8]
    """Tunnels peeled, 0 to 4."""
    frame_source: NDArray[np.uint64]
    """Hardware address, 0 where the link has none."""
    frame_target: NDArray[np.uint64]
    ethertype: NDArray[np.uint16]
    """Of the outermost frame behind VLAN tags; 0x0806 is ARP."""
    body: NDArray[np.int64]
    """Offset behind the link header (of the ARP packet, for instance)."""
    is_malformed: NDArray[np.bool_]
    """A header lies or ends too early."""
    is_unknown_link: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.family)
