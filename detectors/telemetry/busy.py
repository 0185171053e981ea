"""Finds the seconds in which one address received many packets.

Before this on the path: ``lan.py``, which passes windows on. After it: ``contract.traffic.BusyTable``.
A second may lie in several windows, so the sums of the last seconds stay open until the time has gone on.
"""

from __future__ import annotations

import os
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
_ODD = np.frombuffer(os.urandom(24), np.uint64) | np.uint64(1)
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


def _sum_up(raw: RawPackets, columns: PacketColumns, before: int) -> _Sums:
    """Sum up one window; what is neither busy nor near the last seconds, here or ``before``, is left out at once."""
    rows = np.flatnonzero(columns.family)
    if not len(rows):
        return _NONE
    second = np.floor(np.clip(np.nan_to_num(raw.at_s[rows]), -_LAST_S, _LAST_S)).astype(np.int64)
    halves = columns.target.view(np.uint64)
    key = halves[:, 0][rows] * _ODD[0] + halves[:, 1][rows] * _ODD[1] + second.view(np.uint64) * _ODD[2]
    order = np.argsort(key)
    key = key[order]
    first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    packets = np.diff(first, append=len(key))
    told = second[order[first]]
    is_wanted = (packets >= MIN_PACKETS) | _is_near(told, int(told.max())) | _is_near(told, before)
    of_packet = rows[order]
    flags, protocol = columns.flags[of_packet], columns.protocol[of_packet]
    syns = np.add.reduceat((flags & (SYN | ACK | RST) == SYN) & (protocol == TCP), first, dtype=np.int64)
    size_bytes = np.add.reduceat(columns.ip_bytes[of_packet], first)
    some = of_packet[first[is_wanted]]
    sums = packets[is_wanted], size_bytes[is_wanted], syns[is_wanted]
    return _Sums(key[first[is_wanted]], told[is_wanted], columns.target[some], columns.family[some], *sums)


def _is_near(seconds: NDArray[np.int64], newest: int) -> NDArray[np.bool_]:
    return np.abs(seconds - newest) < _OPEN_S


_NONE = _Sums(
    np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros((0, 16), np.uint8), np.zeros(0, np.uint8),
    np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64),
)  # fmt: skip


class BusySeconds:
    """Counts packets a second and target over all windows."""

    def __init__(self) -> None:
        self._open = _NONE
        self._busy = _NONE
        self._newest = 0
        self.dropped = 0
        """Busy seconds that found no room."""

    def take(self, raw: RawPackets, columns: PacketColumns) -> None:
        """Count the packets of one window."""
        here = _sum_up(raw, columns, self._newest)
        if not len(here):
            return
        newest = self._newest = int(here.second.max())
        sums = _join(self._open, here).merge()
        is_open = _is_near(sums.second, newest)
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
