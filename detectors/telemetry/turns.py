"""Keeps when an end of a flow spoke again after a second of its own silence.

Before this on the path: ``flow_sums.py``. After it: ``contract.traffic.TurnTable``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import TurnTable

QUIET_S = 1.0
MAX_TURNS_A_FLOW = 500
MAX_TURNS = 1_000_000
"""Of all flows together, both sides; 25 MB. More are dropped and counted."""


class TurnLog:
    """Grows with every turn. Both sides are kept, since who the client is may turn out later."""

    def __init__(self) -> None:
        self.dropped = 0
        self._kept = 0
        self._parts: list[tuple[NDArray[np.int64], ...]] = []
        self._times: list[NDArray[np.float64]] = []

    def __len__(self) -> int:
        return self._kept

    def add(
        self,
        side: NDArray[np.int64],
        at_s: NDArray[np.float64],
        record: NDArray[np.int64],
        payload_bytes: NDArray[np.int64],
    ) -> None:
        """Take some turns.

        Args:
            side: Row of the flow * 2, plus 1 for the high end.
            at_s: Times.
            record: Packet numbers.
            payload_bytes: Sizes.
        """
        taken = min(len(side), MAX_TURNS - self._kept)
        self.dropped += len(side) - taken
        if taken:
            self._kept += taken
            self._parts.append((side[:taken], record[:taken], payload_bytes[:taken]))
            self._times.append(at_s[:taken])

    def table(self, client_is_low: NDArray[np.bool_]) -> TurnTable:
        """Choose the clients' turns, by flow and packet number."""
        if not self._parts:
            return TurnTable.blank()
        side, record, payload_bytes = self._join()
        at_s = np.concatenate(self._times)
        flow = side >> 1
        chosen = np.flatnonzero((side & 1 == 0) == client_is_low[flow])
        chosen = chosen[np.lexsort((record[chosen], flow[chosen]))]
        return TurnTable(flow[chosen].astype(np.int32), at_s[chosen], record[chosen], payload_bytes[chosen])

    def cut(self, renamed: NDArray[np.int32]) -> None:
        """Keep the turns of flows that stay, under their new rows."""
        if not self._parts:
            return
        side, record, payload_bytes = self._join()
        stays = renamed[side >> 1] >= 0
        moved = renamed[side >> 1].astype(np.int64) * 2 + (side & 1)
        self._parts = [(moved[stays], record[stays], payload_bytes[stays])]
        self._times = [np.concatenate(self._times)[stays]]
        self._kept = int(stays.sum())

    def _join(self) -> tuple[NDArray[np.int64], ...]:
        return tuple(np.concatenate(column) for column in zip(*self._parts, strict=True))
