"""Reads equal headers of many packets at once, without ever looking past the bytes that were captured.

Before this on the path: ``packets.py``, which cuts a window. After it: ``links.py``, ``frames.py``, ``internet.py``,
``transports.py`` and ``tunnels.py``, each of which moves the packets one header further.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from detectors.telemetry.raw_packets import PacketColumns

Offsets: TypeAlias = NDArray[np.int64]
Bits: TypeAlias = NDArray[np.bool_]
Kinds: TypeAlias = NDArray[np.uint16]
MAX_LAYOUT = 64
"""No layout of a header is longer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some packets of a window, and where the next header of each begins: ``start of frame <= at <= sent``."""

    rows: Offsets
    """Rows in ``PacketColumns``."""
    at: Offsets
    """Offset of the next header; behind ``end`` when that header was not captured."""
    end: Offsets
    """Offset behind the last captured byte that belongs to this layer."""
    sent: Offsets
    """The same for bytes that were sent: at least ``end``."""
    kind: Kinds
    """What the next header is: a kind of ``frames.py`` below the internet, an IP protocol number above it."""

    def __len__(self) -> int:
        return len(self.rows)

    def pick(self, chosen: Bits) -> Piece:
        """Keep only some packets."""
        if chosen.all():
            return self
        places = np.flatnonzero(chosen)
        return Piece(self.rows[places], self.at[places], self.end[places], self.sent[places], self.kind[places])

    def move(self, by: Offsets | int, kind: NDArray[Any] | int) -> Piece:
        """Step over a header that was there."""
        kinds = np.full(len(self), kind, np.uint16) if isinstance(kind, int) else kind.astype(np.uint16)
        return Piece(self.rows, self.at + by, self.end, self.sent, kinds)

    def cut(self, sent: Offsets) -> Piece:
        """Forget what lies behind the end that a header tells, padding for instance."""
        return Piece(self.rows, self.at, np.minimum(self.end, sent), np.minimum(self.sent, sent), self.kind)


def join(pieces: Sequence[Piece]) -> Piece:
    """Put packets together that reached the same layer on different ways."""
    full = [one for one in pieces if len(one)] or list(pieces[:1])
    if len(full) == 1:
        return full[0]
    return Piece(
        np.concatenate([one.rows for one in full]),
        np.concatenate([one.at for one in full]),
        np.concatenate([one.end for one in full]),
        np.concatenate([one.sent for one in full]),
        np.concatenate([one.kind for one in full]),
    )


def layout(size: int, /, **parts: tuple[int, str]) -> np.dtype[Any]:
    """Describe a header of ``size`` bytes: each part has an offset and a numpy type; parts may overlap."""
    offsets, formats = [one[0] for one in parts.values()], [one[1] for one in parts.values()]
    return np.dtype({"names": list(parts), "formats": formats, "offsets": offsets, "itemsize": size})


BYTE = layout(1, value=(0, "u1"))
WORD = layout(2, value=(0, ">u2"))
LONG = layout(4, value=(0, ">u4"))


def _everywhere(data: NDArray[np.uint8], form: np.dtype[Any]) -> NDArray[Any]:
    """See a header at every single offset, without a copy."""
    return np.ndarray((len(data) - form.itemsize + 1,), f"V{form.itemsize}", buffer=data, strides=(1,))


class Window:
    """The bytes of some packets and the columns that are being filled from them."""

    def __init__(self, data: NDArray[np.uint8], columns: PacketColumns) -> None:
        """Take the bytes, and the columns of the same packets."""
        data = np.ascontiguousarray(data)
        room = np.zeros(MAX_LAYOUT, np.uint8)
        self.data = data if len(data) >= MAX_LAYOUT else np.concatenate((data, room))
        self.columns = columns
        self._tail = np.concatenate((self.data[-MAX_LAYOUT:], room))

    def read(self, at: Offsets, form: np.dtype[Any]) -> NDArray[Any]:
        """Copy one header of each packet; what lies behind the window is zero.

        Where a header is longer than what was captured, the bytes of others follow: only what ``need`` has let
        through, or what a mask made of ``Piece.end`` chooses, may be believed.
        """
        last = len(self.data) - form.itemsize
        found = _everywhere(self.data, form)[np.minimum(at, last)]
        if len(at) and at.max() > last:
            is_late = at > last
            begin = len(self.data) - MAX_LAYOUT
            found[is_late] = _everywhere(self._tail, form)[np.minimum(at[is_late] - begin, MAX_LAYOUT)]
        return found.view(form)

    def byte(self, at: Offsets) -> NDArray[np.uint8]:
        """Read one byte of each packet, under the same warning."""
        value: NDArray[np.uint8] = self.read(at, BYTE)["value"]
        return value

    def word(self, at: Offsets) -> NDArray[np.uint16]:
        """Read two bytes of each packet, under the same warning."""
        return self.read(at, WORD)["value"].astype(np.uint16)

    def need(self, piece: Piece, size: Offsets | int) -> Piece:
        """Keep the packets whose next header was captured; the others end too early."""
        return self.believe(piece, piece.at + size <= piece.end)

    def believe(self, piece: Piece, is_sound: Bits) -> Piece:
        """Keep the packets that do not lie, and mark the others."""
        if is_sound.all():
            return piece
        self.columns.is_malformed[piece.rows[~is_sound]] = True
        return piece.pick(is_sound)
