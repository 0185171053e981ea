"""Says where one pair of ends begins a new flow: after silence, after an hour, with a new SYN.

Before this on the path: ``flow_keys.py`` brings packets together. After it: ``flows.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import ACK, FIN, RST, SYN, TCP
from detectors.telemetry.flow_rows import BY_ACTIVE, BY_END, BY_IDLE, OPEN, UNKNOWN

TCP_IDLE_S = 600.0
"""Programs hold quiet connections open with a sign of life every few minutes (HTTP, SSH, chat: 30 to 300 s); after ten
minutes routers may forget them (RFC 5382 asks for hours, home routers keep fewer), and so do we."""
OTHER_IDLE_S = 120.0
"""RFC 4787, REQ-5: a mapping of UDP must live two minutes at least."""
ACTIVE_S = 3600.0
"""A long flow is cut each hour, so that its sums stay near the time they tell of."""
IDLE_S = np.full(256, OTHER_IDLE_S)
IDLE_S[TCP] = TCP_IDLE_S


@dataclass(frozen=True, slots=True)
class Carried:
    """What is known of the flow that a key had before this window, [groups]."""

    row: NDArray[np.int64]
    """-1 for none."""
    started_s: NDArray[np.float64]
    last_s: NDArray[np.float64]
    opening: NDArray[np.int64]
    is_closed: NDArray[np.bool_]
    """FIN or RST seen."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Packets by key and time, [n]."""

    at_s: NDArray[np.float64]
    flags: NDArray[np.uint8]
    """0 where it is not TCP."""
    opening: NDArray[np.int64]
    """Sequence number of the client's SYN as a SYN or SYN-ACK tells it; -1 otherwise."""
    idle_s: NDArray[np.float64]
    """Of its protocol; [groups]."""


def opening_of(
    flags: NDArray[np.uint8], sequence: NDArray[np.uint32], acknowledged: NDArray[np.uint32]
) -> NDArray[np.int64]:
    """Tell which number opened a connection: a SYN says its own, a SYN-ACK answers one more."""
    opening = np.full(len(flags), UNKNOWN, np.int64)
    some = np.flatnonzero(flags & SYN)
    answered = (acknowledged[some].astype(np.int64) - 1) & 0xFFFFFFFF
    opening[some] = np.where(flags[some] & ACK, answered, sequence[some])
    return opening


def split(packets: Ordered, starts: NDArray[np.int64], carried: Carried) -> NDArray[np.uint8]:
    """Mark the packets that begin a new flow.

    Returns:
        uint8 [n]: 0 goes on; otherwise why the flow before it ended, as a place in ``CLOSED_BY``. The first packet of a
        key that had no flow before is marked ``BY_END``.
    """
    marks = _after_silence(packets, starts, carried)
    begins = np.zeros(len(marks), np.bool_)
    begins[starts] = True
    begins |= marks != OPEN
    places = np.flatnonzero(begins)
    piece = np.cumsum(begins) - 1
    is_fresh = marks[places] != OPEN
    owner = np.searchsorted(starts, places, side="right") - 1
    started = np.where(is_fresh, packets.at_s[places], carried.started_s[owner])
    opening = np.where(is_fresh, packets.opening[places], carried.opening[owner])
    is_closed = ~is_fresh & carried.is_closed[owner]
    is_odd = _too_long(packets, piece, started) | _opened_again(
        packets, piece, places, is_fresh=is_fresh, opening=opening, is_closed=is_closed
    )
    ends = np.append(places[1:], len(marks))
    for one in np.flatnonzero(is_odd).tolist():
        part = slice(int(places[one]), int(ends[one]))
        state = (float(started[one]), int(opening[one]), bool(is_closed[one]))
        marks[part] = _walk(packets, part, marks[part], state)
    return marks


def _after_silence(packets: Ordered, starts: NDArray[np.int64], carried: Carried) -> NDArray[np.uint8]:
    before = np.empty_like(packets.at_s)
    before[1:] = packets.at_s[:-1]
    is_known = carried.row >= 0
    before[starts] = np.where(is_known, carried.last_s, packets.at_s[starts])
    silence = np.abs(packets.at_s - before)
    marks = np.zeros(len(silence), np.uint8)
    long = np.flatnonzero(silence > OTHER_IDLE_S)
    owner = np.searchsorted(starts, long, side="right") - 1
    marks[long[silence[long] > packets.idle_s[owner]]] = BY_IDLE
    marks[starts[~is_known]] = BY_END
    return marks


def _too_long(packets: Ordered, piece: NDArray[np.int64], started: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Find pieces with a packet more than an hour after the first."""
    is_long = np.zeros(len(started), np.bool_)
    if len(started) and packets.at_s.max() - started.min() > ACTIVE_S:
        is_long[piece[packets.at_s - started[piece] > ACTIVE_S]] = True
    return is_long


def _opened_again(
    packets: Ordered,
    piece: NDArray[np.int64],
    places: NDArray[np.int64],
    *,
    is_fresh: NDArray[np.bool_],
    opening: NDArray[np.int64],
    is_closed: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Find pieces with a SYN that is neither their first packet nor a mere repetition or answer of it."""
    is_odd = np.zeros(len(places), np.bool_)
    ends = np.flatnonzero(packets.flags & (FIN | RST))
    closed_at = np.where(is_closed, -1, len(packets.at_s))
    np.minimum.at(closed_at, piece[ends], ends)
    syns = np.flatnonzero(packets.flags & SYN)
    owner = piece[syns]
    is_first = is_fresh[owner] & (syns == places[owner])
    is_odd[owner[~is_first & ((packets.opening[syns] != opening[owner]) | (syns > closed_at[owner]))]] = True
    return is_odd


def _walk(packets: Ordered, part: slice, marks: NDArray[np.uint8], state: tuple[float, int, bool]) -> NDArray[np.uint8]:
    """Go through one piece packet by packet: for the few in which something begins again."""
    started, opening, is_closed = state
    is_first = marks[0] != OPEN
    marks = marks.copy()
    columns = (packets.at_s[part].tolist(), packets.flags[part].tolist(), packets.opening[part].tolist())
    for place, (at, flags, own) in enumerate(zip(*columns, strict=True)):
        if place or not is_first:
            mark = BY_ACTIVE if at - started > ACTIVE_S else OPEN
            mark = BY_END if begins_again(flags, own, opening, is_closed=is_closed) else mark
            if mark != OPEN:
                marks[place], started, opening, is_closed = mark, at, UNKNOWN, False
        if opening == UNKNOWN:
            opening = own
        is_closed = is_closed or bool(flags & (FIN | RST))
    return marks


def begins_again(flags: int, own: int, opening: int, *, is_closed: bool) -> bool:
    """Decide whether a packet opens a new connection on ports that are in use.

    A SYN does after FIN or RST, or with another number. A SYN-ACK only does both closed and with another number: it may
    acknowledge data that came with the SYN (RFC 7413).
    """
    if not flags & SYN:
        return False
    if flags & ACK:
        return is_closed and own != opening
    return is_closed or own != opening
