"""Adds the packets of one window to the running sums of their flows.

Before this on the path: ``flows.py``, which knows the row of each packet. After it: ``flow_rows.py`` holds the sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import ACK, FIRST_RECORDS, RST, SYN, TCP
from detectors.telemetry.flow_rows import UNKNOWN, FlowRows
from detectors.telemetry.payload_shape import shape_heads
from detectors.telemetry.raw_packets import PacketColumns, RawPackets
from detectors.telemetry.turns import MAX_TURNS_A_FLOW, QUIET_S, TurnLog

_FAR = 1 << 30
"""Jumps of sequence numbers beyond a quarter of their circle are followed one by one."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Runs of packets, each of one flow, in the order of keys."""

    places: NDArray[np.int64]
    """[pieces] where each begins among the ordered packets."""
    of_packet: NDArray[np.int64]
    """[n] piece of each ordered packet."""
    row: NDArray[np.int64]
    """[pieces] row of the flow."""
    is_fresh: NDArray[np.bool_]
    """[pieces] the flow begins with it."""

    @property
    def counts(self) -> NDArray[np.int64]:
        """Number of packets in each."""
        return np.diff(self.places, append=len(self.of_packet))

    @property
    def lasts(self) -> NDArray[np.int64]:
        """Where each ends."""
        return np.append(self.places[1:], len(self.of_packet)) - 1


def add_times(rows: FlowRows, pieces: Pieces, at_s: NDArray[np.float64], number: NDArray[np.int64]) -> None:
    """Add gaps, ends and packet numbers. A packet that comes out of time adds no gap."""
    row, lasts = pieces.row, pieces.lasts
    clock, gaps = _clock(rows, pieces, at_s)
    fresh = pieces.places[pieces.is_fresh]
    rows.started_s[row[pieces.is_fresh]] = at_s[fresh]
    rows.gap_max_s[row] = np.maximum(rows.gap_max_s[row], np.maximum.reduceat(gaps, pieces.places))
    rows.gap_squares[row] += np.add.reduceat(gaps * gaps, pieces.places)
    gaps[fresh] = np.inf
    rows.gap_min_s[row] = np.minimum(rows.gap_min_s[row], np.minimum.reduceat(gaps, pieces.places))
    rows.ended_s[row] = clock[lasts]
    rows.last_s[row] = at_s[lasts]
    rows.last_record[row] = number[lasts]
    turn = np.arange(len(at_s)) + (rows.packets[row] - pieces.places)[pieces.of_packet]
    early = np.flatnonzero(turn < FIRST_RECORDS)
    rows.records[row[pieces.of_packet[early]], turn[early]] = number[early]
    rows.packets[row] += pieces.counts


def _clock(
    rows: FlowRows, pieces: Pieces, at_s: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give each packet the latest time of its flow so far, and the gap to the packet before."""
    before = np.empty_like(at_s)
    before[1:] = at_s[:-1]
    before[pieces.places] = np.where(pieces.is_fresh, at_s[pieces.places], rows.ended_s[pieces.row])
    gaps = at_s - before
    back = np.flatnonzero(gaps < 0)
    if not len(back):
        return at_s, gaps
    clock, ends = at_s.copy(), pieces.lasts + 1
    for piece in np.unique(pieces.of_packet[back]).tolist():
        begin, end = int(pieces.places[piece]), int(ends[piece])
        clock[begin] = max(clock[begin], before[begin])
        np.maximum.accumulate(clock[begin:end], out=clock[begin:end])
        before[begin + 1 : end] = clock[begin : end - 1]
    return clock, clock - before


@dataclass(frozen=True, slots=True)
class Sided:
    """Packets by flow and side, in their order: n packets, groups of one side each."""

    place: NDArray[np.int64]
    """[n] place in the window."""
    starts: NDArray[np.int64]
    """[groups]"""
    side: NDArray[np.int64]
    """[groups] row of the flow * 2, plus 1 for the high end."""
    group: NDArray[np.int64]
    """[n]"""


def by_side(pieces: Pieces, place: NDArray[np.int64], from_low: NDArray[np.bool_]) -> Sided:
    """Bring the packets of each side of each flow together."""
    size = len(place)
    bits = max(1, size - 1).bit_length()
    ranked = ((pieces.of_packet * 2 + ~from_low) << bits) | np.arange(size)
    ranked.sort()
    order = ranked & ((1 << bits) - 1)
    ranked >>= bits
    is_new = np.concatenate(([True], ranked[1:] != ranked[:-1]))
    starts = np.flatnonzero(is_new)
    code = ranked[starts]
    return Sided(place[order], starts, pieces.row[code >> 1] * 2 + (code & 1), np.cumsum(is_new) - 1)


def add_sizes(rows: FlowRows, columns: PacketColumns, sided: Sided) -> None:
    """Add what each side sent."""
    side, starts, place = sided.side, sided.starts, sided.place
    size = columns.ip_bytes[place]
    flat = _flat(rows)
    unseen = np.flatnonzero(flat["packets"][side] == 0)
    first = place[starts[unseen]]
    flat["ttl"][side[unseen]] = columns.ttl[first]
    flat["window"][side[unseen]] = columns.window[first]
    flat["packets"][side] += np.diff(starts, append=len(place))
    flat["bytes"][side] += np.add.reduceat(size, starts)
    flat["size_min"][side] = np.minimum(flat["size_min"][side], np.minimum.reduceat(size, starts))
    flat["size_max"][side] = np.maximum(flat["size_max"][side], np.maximum.reduceat(size, starts))
    sizes = size.astype(np.float64)
    flat["size_squares"][side] += np.add.reduceat(sizes * sizes, starts)
    flags = columns.flags[place]
    flat["flags"][side] |= np.bitwise_or.reduceat(flags, starts)
    syns = np.flatnonzero(flags & (SYN | ACK) == SYN)
    np.add.at(flat["syns"], side[sided.group[syns]], 1)
    resets = np.flatnonzero(flags & RST)
    np.add.at(flat["resets"], side[sided.group[resets]], 1)


def add_payloads(rows: FlowRows, turns: TurnLog, raw: RawPackets, columns: PacketColumns, sided: Sided) -> None:
    """Add what each side said."""
    sizes = columns.payload_bytes[sided.place]
    filled = np.flatnonzero(sizes > 0)
    if not len(filled):
        return
    sizes = sizes[filled]
    group = sided.group[filled]
    starts = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1])))
    counts = np.diff(starts, append=len(group))
    said = Sided(sided.place[filled], starts, sided.side[group[starts]], np.repeat(np.arange(len(starts)), counts))
    flat = _flat(rows)
    flat["payload_packets"][said.side] += counts
    flat["payload_bytes"][said.side] += np.add.reduceat(sizes, starts)
    _add_heads(flat, raw, columns, said)
    _add_turns(flat, turns, raw, said, sizes)
    is_tcp = rows.protocol(said.side >> 1) == TCP
    if is_tcp.any():
        _add_repeats(rows, columns, _only(said, is_tcp))


def _only(said: Sided, chosen: NDArray[np.bool_]) -> Sided:
    """Leave groups out."""
    if chosen.all():
        return said
    kept = chosen[said.group]
    counts = np.diff(said.starts, append=len(said.place))[chosen]
    starts = np.cumsum(counts) - counts
    return Sided(said.place[kept], starts, said.side[chosen], np.repeat(np.arange(len(counts)), counts))


def _add_heads(flat: dict[str, NDArray[Any]], raw: RawPackets, columns: PacketColumns, said: Sided) -> None:
    """Look at the first payload of each side that has none yet."""
    is_blank = flat["entropy"][said.side] < 0
    if not is_blank.any():
        return
    wanted = np.flatnonzero(is_blank[said.group] & (columns.payload_there[said.place] > 0))
    groups, first = np.unique(said.group[wanted], return_index=True)
    place = said.place[wanted[first]]
    entropy, printable = shape_heads(raw.data, columns.payload[place], columns.payload_there[place])
    flat["entropy"][said.side[groups]] = entropy
    flat["printable"][said.side[groups]] = printable


def _add_turns(
    flat: dict[str, NDArray[Any]], turns: TurnLog, raw: RawPackets, said: Sided, sizes: NDArray[np.int64]
) -> None:
    at_s = raw.at_s[said.place]
    before = np.empty_like(at_s)
    before[1:] = at_s[:-1]
    before[said.starts] = flat["spoke"][said.side]
    flat["spoke"][said.side] = at_s[np.append(said.starts[1:], len(at_s)) - 1]
    new = np.flatnonzero(at_s - before >= QUIET_S)
    group = said.group[new]
    had = flat["turns"][said.side]
    rank = np.arange(len(new)) - np.searchsorted(group, group)
    kept = np.flatnonzero(rank + had[group] < MAX_TURNS_A_FLOW)
    flat["turns"][said.side] = np.minimum(had + np.bincount(group, minlength=len(had)), MAX_TURNS_A_FLOW)
    new = new[kept]
    turns.add(said.side[group[kept]], at_s[new], raw.number[said.place[new]], sizes[new])


def _add_repeats(rows: FlowRows, columns: PacketColumns, said: Sided) -> None:
    """Count TCP payloads that do not reach beyond what the same side had sent.

    Numbers are compared on their circle (RFC 9293, 3.4): seen from where the side stood before this window.
    """
    following = rows.side_next.reshape(-1)
    end = (columns.sequence[said.place] + columns.payload_bytes[said.place].astype(np.uint32)).astype(np.uint32)
    had = following[said.side]
    base = np.where(had == UNKNOWN, end[said.starts], had).astype(np.uint32)
    ahead = (end - base[said.group]).view(np.int32).astype(np.int64)
    lifted = ahead + (said.group << 32)  # groups one above the other: one running maximum serves all
    floor = np.where(had == UNKNOWN, -1, 0) + (np.arange(len(had)) << 32)
    reached = lifted.copy()
    reached[said.starts] = np.maximum(reached[said.starts], floor)
    np.maximum.accumulate(reached, out=reached)
    before = np.empty_like(reached)
    before[1:] = reached[:-1]
    before[said.starts] = floor
    is_repeat = lifted <= before
    lasts = np.append(said.starts[1:], len(end)) - 1
    now = (base.astype(np.int64) + reached[lasts] - (np.arange(len(had)) << 32)) & 0xFFFFFFFF
    far = np.unique(said.group[np.flatnonzero(np.abs(ahead) >= _FAR)])
    for one in far.tolist():
        part = slice(int(said.starts[one]), int(lasts[one]) + 1)
        is_repeat[part], now[one] = _follow(end[part].tolist(), int(had[one]))
    following[said.side] = now
    again = said.group[np.flatnonzero(is_repeat)]
    np.add.at(rows.repeats, said.side[again] >> 1, 1)


def _follow(ends: list[int], had: int) -> tuple[list[bool], int]:
    """Do the same one by one."""
    repeats = []
    for end in ends:
        is_new = had == UNKNOWN or 0 < ((end - had) & 0xFFFFFFFF) < 1 << 31
        repeats.append(not is_new)
        had = end if is_new else had
    return repeats, had


def _flat(rows: FlowRows) -> dict[str, NDArray[Any]]:
    """See the columns of two sides as one, by row * 2 + side."""
    return {
        name.removeprefix("side_").removesuffix("_s"): getattr(rows, name).reshape(-1)
        for name in FlowRows.__annotations__
        if name.startswith("side_")
    }
