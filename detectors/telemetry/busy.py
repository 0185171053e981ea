"""Finds the seconds in which one address received many packets.

Before this on the path: ``lan.py``, which passes windows on. After it: ``contract.traffic.BusyTable``.
A second may lie in several windows, so the sums of the last seconds stay open until the time has gone on.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import ACK, RST, SYN, TCP, BusyTable
from detectors.telemetry.addresses import AddressBook
from detectors.telemetry.raw_packets import PacketColumns, RawPackets

MIN_PACKETS = 100
"""Packets in one second that make it busy (``contract.traffic.BusyTable``)."""
MAX_OPEN = 65_536
"""Sums that wait for more; the smallest are given up first."""
MAX_ROWS = 200_000
_OPEN_S = 2
"""Packets may come out of order by as much as a second."""
_LAST_S = 1 << 40
"""No time is later, whatever a recording says."""
_ODD = np.frombuffer(np.random.default_rng().bytes(24), np.uint64) | np.uint64(1)
"""Factors of the hash, new in every process: addresses cannot be chosen to collide."""


@dataclass(frozen=True, slots=True)
class _Sums:
    """Groups of packets: same second, same target."""

    key: NDArray[np.uint64]
    second: NDArray[np.int64]
    target: NDArray[np.uint8]
    family: NDArray[np.uint8]
    packets: NDArray[np.int64]
    size_bytes: NDArray[np.int64]
    syns: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.key)

    def pick(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> _Sums:
        return _Sums(**{one.name: getattr(self, one.name)[chosen] for one in fields(self)})

    def merge(self) -> _Sums:
        """Add up rows of the same group."""
        if len(self) < 2:  # noqa: PLR2004 - nothing to add
            return self
        order = np.argsort(self.key)
        key = self.key[order]
        first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
        some = self.pick(order[first])
        packets, size_bytes, syns = (
            np.add.reduceat(one[order], first) for one in (self.packets, self.size_bytes, self.syns)
        )
        return _Sums(some.key, some.second, some.target, some.family, packets, size_bytes, syns)


def _join(left: _Sums, right: _Sums) -> _Sums:
    pairs = {one.name: (getattr(left, one.name), getattr(right, one.name)) for one in fields(_Sums)}
    return _Sums(**{name: np.concatenate(pair) for name, pair in pairs.items()})


def _sum_up(raw: RawPackets, columns: PacketColumns) -> _Sums:
    rows = np.flatnonzero(columns.family)
    second = np.floor(np.clip(np.nan_to_num(raw.at_s[rows]), -_LAST_S, _LAST_S)).astype(np.int64)
    halves = np.ascontiguousarray(columns.target).view(np.uint64)
    key = halves[rows, 0] * _ODD[0] + halves[rows, 1] * _ODD[1] + second.view(np.uint64) * _ODD[2]
    is_syn = (columns.flags & (SYN | ACK | RST) == SYN) & (columns.protocol == TCP)
    ones = np.ones(len(rows), np.int64)
    sizes, syns = columns.ip_bytes[rows], is_syn[rows].astype(np.int64)
    return _Sums(key, second, columns.target[rows], columns.family[rows], ones, sizes, syns).merge()


_NONE = _Sums(
    np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros((0, 16), np.uint8), np.zeros(0, np.uint8),
    np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64),
)  # fmt: skip


class BusySeconds:
    """Counts packets a second and target over all windows."""

    def __init__(self) -> None:
        self._open = _NONE
        self._busy = _NONE
        self.dropped = 0
        """Busy seconds that found no room."""

    def take(self, raw: RawPackets, columns: PacketColumns) -> None:
        """Count the packets of one window."""
        here = _sum_up(raw, columns)
        if not len(here):
            return
        newest = int(here.second.max())
        sums = _join(self._open, here).merge()
        is_open = np.abs(sums.second - newest) < _OPEN_S
        self._keep(sums.pick(~is_open))
        still = sums.pick(is_open)
        if len(still) > MAX_OPEN:
            order = np.argsort(-still.packets, kind="stable")
            self._keep(still.pick(order[MAX_OPEN:]))
            still = still.pick(order[:MAX_OPEN])
        self._open = still

    def table(self, addresses: AddressBook) -> BusyTable:
        """Give what was busy so far, by time."""
        busy = _join(self._busy, self._open.pick(self._open.packets >= MIN_PACKETS)).merge()
        busy = busy.pick(np.argsort(busy.second, kind="stable"))
        target = addresses.rows_of(busy.target, busy.family)
        return BusyTable(busy.second, target, busy.packets, busy.size_bytes, busy.syns)

    def _keep(self, done: _Sums) -> None:
        done = done.pick(done.packets >= MIN_PACKETS)
        room = max(MAX_ROWS - len(self._busy), 0)
        self.dropped += max(len(done) - room, 0)
        if len(done) and room:
            self._busy = _join(self._busy, done.pick(np.arange(min(len(done), room))))
