"""Turns packets into flows: who talked to whom, how long, how much, in what rhythm. Pure numpy, a window at a time.

Before this on the path: ``packets.py``. After it: ``conversations.py`` reads contents by flow, ``traffic_reader.py``
hands the table to detectors. Memory depends on the number of flows, never on the number of packets.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import ACK, FIN, RST, SYN, FlowTable, TurnTable
from detectors.telemetry.addresses import AddressBook
from detectors.telemetry.flow_ends import sender_calls
from detectors.telemetry.flow_keys import Heads, Keys, group, key_names, make_keys
from detectors.telemetry.flow_rows import BY_ACTIVE, BY_EVICTION, BY_IDLE, OPEN, FlowRows
from detectors.telemetry.flow_splits import IDLE_S, Carried, Ordered, opening_of, split
from detectors.telemetry.flow_sums import Pieces, add_payloads, add_sizes, add_times, by_side
from detectors.telemetry.raw_packets import PacketColumns, RawPackets
from detectors.telemetry.refusals import refused_heads
from detectors.telemetry.turns import TurnLog

MAX_LIVE = 100_000
"""Flows that may go on at the same time; beyond, the longest idle ones are closed and counted. About 60 MB."""
_AT_ONCE = 1 << 16
"""Packets taken together: what is in work stays in the processor's cache."""
_SPARE = 8
"""When the table is full, an eighth is freed at once, so that eviction is rare."""
_LINGER_S = 30.0
"""A closed flow waits this long for packets that come late."""


class FlowMeter:
    """Measures flows. Windows may arrive in any order of time."""

    def __init__(self, limit: int = MAX_LIVE) -> None:
        self.addresses = AddressBook()
        self.evicted = 0
        self._limit = limit
        self._rows = FlowRows()
        self._turns = TurnLog()
        self._current: dict[bytes, int] = {}
        self._clock_s = 0.0

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def turns_dropped(self) -> int:
        """Count what did not fit into the turns."""
        return self._turns.dropped

    def take(self, raw: RawPackets, columns: PacketColumns) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """Add a window.

        Returns:
            For each packet the row of its flow, -1 for none (no internet packet, headers damaged before the ports,
            or a later fragment, which has no ports), and whether it goes from client to server as far as is known.
        """
        rows, is_out = np.full(len(raw), -1, np.int32), np.zeros(len(raw), np.bool_)
        is_named = ~columns.is_malformed | (columns.source_port > 0) | (columns.target_port > 0)
        usable = np.flatnonzero((columns.family > 0) & is_named & ~columns.is_later_fragment)
        for begin in range(0, len(usable), _AT_ONCE):
            place = usable[begin : begin + _AT_ONCE]
            rows[place], is_out[place] = self._take(raw, columns, place)
            self._make_room()
        return rows, is_out

    def table(self) -> FlowTable:
        """Write all flows, in the order of their rows."""
        return self._rows.table(self._clock_s, IDLE_S)

    def turns(self) -> TurnTable:
        """Write when clients spoke again."""
        return self._turns.table(self._rows.client_is_low)

    def ends(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Tell rows in ``addresses`` of client and server of some flows."""
        client = np.where(self._rows.client_is_low[rows], 0, 1)
        return self._rows.address[rows, client], self._rows.address[rows, 1 - client]

    def live_rows(self) -> NDArray[np.intp]:
        """List the flows that a cut would let go on."""
        rows, size = self._rows, len(self._rows)
        quiet = np.abs(self._clock_s - rows.last_s[:size])
        patience_s = np.where(rows.is_over(), _LINGER_S, IDLE_S[rows.protocol(np.arange(size))])
        return np.flatnonzero(rows.is_current[:size] & (quiet <= patience_s))

    def cut(self) -> NDArray[np.int32]:
        """Forget finished flows and begin a new address book.

        Returns:
            [rows before] new row of each flow, -1 for those that are gone.
        """
        rows = self._rows
        kept = self.live_rows()
        renamed = np.full(len(rows), -1, np.int32)
        renamed[kept] = np.arange(len(kept))
        rows.keep(kept)
        self._turns.cut(renamed)
        self._current = dict(zip(key_names(rows.words[: len(kept)]), range(len(kept)), strict=True))
        self.addresses = AddressBook()
        self._name_ends(np.arange(len(kept)))
        return renamed

    def _take(
        self, raw: RawPackets, columns: PacketColumns, place: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        keys = make_keys(_heads_in_order(columns, place))
        order, starts = group(keys)
        names = keys.names(order[starts])
        ordered = place[order]
        at_s, flags, from_low = raw.at_s[ordered], columns.flags[ordered], keys.from_low[order]
        opening = opening_of(flags, columns.sequence[ordered], columns.acknowledged[ordered])
        carried = self._carried(names)
        protocol = (keys.words[-1][order[starts]] >> np.uint64(8)).astype(np.uint8)
        marks = split(Ordered(at_s, flags, opening, IDLE_S[protocol]), starts, carried)
        pieces, before = self._rows_of_pieces(starts, marks, ordered, carried)
        self._begin(columns, keys, order, ordered, pieces)
        self._settle(pieces, before, marks, opening=opening, flags=flags, from_low=from_low)
        self._point(names, starts, pieces, before, marks)
        sided = by_side(pieces, ordered, from_low)
        add_times(self._rows, pieces, at_s, raw.number[ordered])
        add_sizes(self._rows, columns, sided)
        add_payloads(self._rows, self._turns, raw, columns, sided)
        self._add_refusals(raw, columns, place)
        self._clock_s = float(raw.at_s[place[-1]])
        rows, is_out = np.empty(len(order), np.int64), np.empty(len(order), np.bool_)
        rows[order] = pieces.row[pieces.of_packet]
        is_out[order] = (self._rows.client_is_low[pieces.row])[pieces.of_packet] == from_low
        return rows, is_out

    def _carried(self, names: list[bytes]) -> Carried:
        find = self._current.get
        row = np.fromiter((find(name, -1) for name in names), np.int64, len(names))
        rows = self._rows
        flags = rows.side_flags[row]
        is_closed = (row >= 0) & (((flags[:, 0] | flags[:, 1]) & (FIN | RST)) > 0)
        return Carried(row, rows.started_s[row], rows.last_s[row], rows.opening[row], is_closed)

    def _rows_of_pieces(
        self, starts: NDArray[np.int64], marks: NDArray[np.uint8], ordered: NDArray[np.int64], carried: Carried
    ) -> tuple[Pieces, NDArray[np.int64]]:
        """Give each piece its row, new ones in the order of their first packets.

        Returns:
            The pieces, and for each the row of the flow that the same ends had before it, or -1.
        """
        begins = marks != OPEN
        begins[starts] = True
        places = np.flatnonzero(begins)
        is_fresh = marks[places] != OPEN
        owner = np.searchsorted(starts, places, side="right") - 1
        row = carried.row[owner]
        fresh = np.flatnonzero(is_fresh)
        row[fresh[np.argsort(ordered[places[fresh]])]] = self._rows.add(len(fresh))
        before = np.empty_like(row)
        before[1:] = row[:-1]
        is_head = places == starts[owner]
        before[is_head] = np.where(is_fresh[is_head], carried.row, -1)
        before[~is_fresh] = -1
        return Pieces(places, np.cumsum(begins) - 1, row, is_fresh), before

    def _begin(
        self,
        columns: PacketColumns,
        keys: Keys,
        order: NDArray[np.int64],
        ordered: NDArray[np.int64],
        pieces: Pieces,
    ) -> None:
        """Fill what the first packet of a flow says."""
        fresh = pieces.places[pieces.is_fresh]
        if not len(fresh):
            return
        rows, new, first, key = self._rows, pieces.row[pieces.is_fresh], ordered[fresh], order[fresh]
        rows.words[new] = np.stack([word[key] for word in keys.words], axis=1)
        rows.first_flags[new] = columns.flags[first]
        rows.first_ports[new] = np.stack((columns.source_port[first], columns.target_port[first]), axis=1)
        macs = np.stack((columns.frame_source[first], columns.frame_target[first]), axis=1)
        from_low = keys.from_low[key]
        rows.mac[new] = np.where(from_low[:, None], macs, macs[:, ::-1])
        rows.client_is_low[new] = from_low == sender_calls(_heads(columns, first), columns.flags[first])
        rows.is_current[new] = True
        self._name_ends(np.sort(new))

    def _name_ends(self, new: NDArray[np.int64]) -> None:
        """Enter the ends of flows into the address book."""
        words = self._rows.words[new]
        families = (words[:, -1] & np.uint64(0xFF)).astype(np.uint8)
        packed = np.ascontiguousarray(words[:, :4]).view(np.uint8).reshape(-1, 16)
        self._rows.address[new] = self.addresses.rows_of(packed, np.repeat(families, 2)).reshape(-1, 2)

    def _settle(
        self,
        pieces: Pieces,
        before: NDArray[np.int64],
        marks: NDArray[np.uint8],
        *,
        opening: NDArray[np.int64],
        flags: NDArray[np.uint8],
        from_low: NDArray[np.bool_],
    ) -> None:
        """Learn from SYN and SYN-ACK who the client is; what goes on after a silence keeps the client it had."""
        rows = self._rows
        syns = np.flatnonzero(flags & SYN)
        with_syn, first = np.unique(pieces.of_packet[syns], return_index=True)
        first = syns[first]
        low = from_low[first] == (flags[first] & ACK == 0)
        row = pieces.row[with_syn]
        rows.opening[row] = np.where(rows.opening[row] < 0, opening[first], rows.opening[row])
        mark = marks[pieces.places]
        is_heir = ((mark == BY_IDLE) | (mark == BY_ACTIVE)) & (before >= 0) & (flags[pieces.places] & SYN == 0)
        told = ~rows.is_sure[row] & ~is_heir[with_syn]
        rows.client_is_low[row[told]] = low[told]
        rows.is_sure[row[told]] = True
        heirs = np.flatnonzero(is_heir).tolist()
        own = dict(zip(with_syn.tolist(), low.tolist(), strict=True)) if heirs else {}
        for piece in heirs:
            here, there = int(pieces.row[piece]), int(before[piece])
            rows.is_sure[here] = rows.is_sure[there] or piece in own
            inherited = rows.client_is_low[there]
            rows.client_is_low[here] = inherited if rows.is_sure[there] else own.get(piece, inherited)

    def _point(
        self,
        names: list[bytes],
        starts: NDArray[np.int64],
        pieces: Pieces,
        before: NDArray[np.int64],
        marks: NDArray[np.uint8],
    ) -> None:
        """Close the flows that were followed by another, and let keys point to the newest."""
        ended = before >= 0
        self._rows.closed_by[before[ended]] = marks[pieces.places[ended]]
        self._rows.is_current[before[ended]] = False
        owner = np.searchsorted(starts, pieces.places[pieces.is_fresh], side="right") - 1
        for key, row in zip(owner.tolist(), pieces.row[pieces.is_fresh].tolist(), strict=True):
            self._current[names[key]] = row

    def _add_refusals(self, raw: RawPackets, columns: PacketColumns, place: NDArray[np.int64]) -> None:
        for heads in refused_heads(raw, columns, place):
            keys = make_keys(heads)
            found = [self._current.get(name, -1) for name in keys.names(np.arange(len(keys.from_low)))]
            np.add.at(self._rows.unreachables, [row for row in found if row >= 0], 1)

    def _make_room(self) -> None:
        """Close flows when too many are live: the idle ones first, then those that were quiet for longest."""
        if len(self._current) <= self._limit:
            return
        rows = self._rows
        live = np.flatnonzero(rows.is_current[: len(rows)])
        quiet = np.abs(self._clock_s - rows.last_s[live])
        surplus = len(live) - (self._limit - self._limit // _SPARE)
        chosen = np.argsort(-quiet, kind="stable")[:surplus]
        is_idle = quiet > np.where(rows.is_over()[live], 0, IDLE_S[rows.protocol(live)])
        leaving = np.union1d(chosen, np.flatnonzero(is_idle))
        gone = live[leaving]
        self.evicted += int((~is_idle[leaving]).sum())
        rows.closed_by[gone] = np.where(is_idle[leaving], BY_IDLE, BY_EVICTION)
        rows.is_current[gone] = False
        for name in key_names(rows.words[gone]):
            del self._current[name]


def _heads(columns: PacketColumns, place: NDArray[np.int64]) -> Heads:
    return Heads(*(getattr(columns, name)[place] for name in Heads.__dataclass_fields__))


def _heads_in_order(columns: PacketColumns, place: NDArray[np.int64]) -> Heads:
    """Do the same for ascending places; when none is left out, nothing is copied."""
    first, last = int(place[0]), int(place[-1])
    if last - first + 1 > len(place):
        return _heads(columns, place)
    return Heads(*(getattr(columns, name)[first : last + 1] for name in Heads.__dataclass_fields__))
