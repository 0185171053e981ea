"""Gives every internet address met a row, once; other tables then hold four bytes instead of sixteen.

Before this on the path: ``flows.py`` and ``lan.py``, which meet addresses. After it: ``contract.traffic.Addresses``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import Addresses

_FIRST_ROOM = 1024


class AddressBook:
    """Grows with every address that is new; a row never changes.

    The rows live in a dict of Python, whose hash is secret in every process: chosen addresses cannot make it slow.
    """

    def __init__(self) -> None:
        self._packed = np.zeros((_FIRST_ROOM, 16), np.uint8)
        self._families = np.zeros(_FIRST_ROOM, np.uint8)
        self._rows: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def rows_of(self, packed: NDArray[np.uint8], families: NDArray[np.uint8]) -> NDArray[np.int32]:
        """Find the row of each address, making new ones where needed.

        Args:
            packed: uint8 [n, 16], as in ``Addresses.packed``.
            families: uint8 [n]; 4 or 6.
        """
        if not len(families):
            return np.zeros(0, np.int32)
        keys = np.empty((len(families), 17), np.uint8)
        keys[:, :16], keys[:, 16] = packed, families
        rows = self._rows
        known = len(rows)
        found = np.fromiter((rows.setdefault(key, len(rows)) for key in keys.view("V17")[:, 0].tolist()), np.int32)
        if len(rows) > known:
            self._grow(len(rows))
            is_new = found >= known
            self._packed[found[is_new]] = packed[is_new]
            self._families[found[is_new]] = families[is_new]
        return found

    def addresses(self) -> Addresses:
        """Hand out what was met so far; later ones do not appear in it."""
        size = len(self)
        return Addresses(self._packed[:size].copy(), self._families[:size].copy())

    def _grow(self, size: int) -> None:
        room = len(self._families)
        if size > room:
            more = max(size, room * 2) - room
            self._packed = np.concatenate((self._packed, np.zeros((more, 16), np.uint8)))
            self._families = np.concatenate((self._families, np.zeros(more, np.uint8)))
