"""Takes live packets on Linux from a ring that kernel and program share: no call and no copy for each packet.

Before this on the path: ``capture_socket.py``, which gets an open socket from a helper with the capture right.
After it: ``packets.py``. Layout of the ring (TPACKET_V3): https://docs.kernel.org/networking/packet_mmap.html.
The kernel fills one block after the other; a block is ours from the moment it is full, or a fifth of a second old,
until the next ``read``.
"""

from __future__ import annotations

import contextlib
import mmap
import select
import socket
import struct
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from detectors.telemetry.live_filter import attach_filter, build_filter
from detectors.telemetry.raw_packets import RawPackets

BLOCK_BYTES = 4 << 20
BLOCKS = 16
"""With 100,000 small packets a second two seconds' worth: 0 lost in benchmarks/live.py."""
RETIRE_MS = 200
"""A block is handed over after this time even when it is not full."""

_PACKET, _RING, _STATISTICS, _VERSION, _IGNORE_OUTGOING = 263, 5, 6, 10, 23
_V3 = 2
_STATUS, _COUNT = 8, 12  # behind the count stands where the first packet is
_OF_KERNEL, _OF_USER = 0, 1
_HEADER_BYTES = 60
_SECOND, _NANOSECOND, _CAPTURED, _WIRE = 4, 8, 12, 16
_FRAME, _HARDWARE, _PACKET_TYPE = 24, 56, 58
_LOOPBACK, _OUTGOING = 772, 4
UNKNOWN_LINK = -1
_LINKS = {1: 1, _LOOPBACK: 1, 65534: 101, 512: 101, 768: 101, 769: 101, 776: 101, 778: 101, 801: 105, 803: 127}
"""Kind of interface (ARPHRD_...) -> link type: Ethernet, bare internet packets of tunnels, wireless."""
_LINK_OF = np.full(1 << 16, UNKNOWN_LINK, np.int32)
_LINK_OF[list(_LINKS)] = list(_LINKS.values())


class LiveRing:
    """Packets as they pass, a block at a time."""

    def __init__(
        self, taker: socket.socket, program: bytes | None = None, blocks: int = BLOCKS, block_bytes: int = BLOCK_BYTES
    ) -> None:
        """Set the ring up.

        Args:
            taker: A packet socket, bound to an interface or to all; from now on it belongs to the ring.
            program: What the kernel keeps, from ``build_filter``; everything when left out.
            blocks: Of the ring.
            block_bytes: Size of each, a power of two.
        """
        self._taker = taker
        self._block_bytes = block_bytes
        attach_filter(taker, program or build_filter())
        _ignore_own_echo(taker)
        taker.setsockopt(_PACKET, _VERSION, _V3)
        frame_bytes = 1 << 11
        sizes = (block_bytes, blocks, frame_bytes, blocks * block_bytes // frame_bytes, RETIRE_MS, 0, 0)
        taker.setsockopt(_PACKET, _RING, struct.pack("7I", *sizes))
        self._ring = mmap.mmap(taker.fileno(), blocks * block_bytes)
        self._data: NDArray[np.uint8] | None = np.frombuffer(self._ring, np.uint8)
        self._blocks = blocks
        self._turn = 0
        self._is_held = False
        self._poll = select.poll()
        self._poll.register(taker, select.POLLIN | select.POLLERR)
        self._read = self._dropped = 0
        self.is_down = False
        """True from the moment the interface is switched off until packets come again."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def dropped(self) -> int:
        """Packets that the kernel had no room for, since the beginning."""
        if self._data is not None:
            _, since_asked, _ = struct.unpack("3I", self._taker.getsockopt(_PACKET, _STATISTICS, 12))
            self._dropped += since_asked
        return self._dropped

    def read(self, timeout_s: float) -> RawPackets | None:
        """Wait for packets; None when none came in time. They are valid until the next call."""
        self._release()
        was_down = self.is_down
        if self._data is None:
            return None
        if not self._is_ready():
            self._wait(timeout_s)
            if not self._is_ready():
                return None
        self._is_held = True
        self.is_down = self.is_down and not was_down  # what came up in this very call is told first
        begin = self._turn * self._block_bytes
        return self._columns(self._data[begin : begin + self._block_bytes])

    def _wait(self, timeout_s: float) -> None:
        """Wait for a block; an interface that goes down is told once, and may come up again."""
        for _, event in self._poll.poll(max(0, round(timeout_s * 1000))):
            if event & select.POLLERR:
                self.is_down = self._taker.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0 or self.is_down

    def close(self) -> None:
        """Give everything back."""
        self._data = None
        with contextlib.suppress(BufferError):  # packets of the last block are still held; the ring goes with them
            self._ring.close()
        self._taker.close()

    def _is_ready(self) -> bool:
        (status,) = struct.unpack_from("I", self._ring, self._turn * self._block_bytes + _STATUS)
        return bool(status & _OF_USER)

    def _release(self) -> None:
        if self._is_held and self._data is not None:
            struct.pack_into("I", self._ring, self._turn * self._block_bytes + _STATUS, _OF_KERNEL)
            self._turn = (self._turn + 1) % self._blocks
        self._is_held = False

    def _columns(self, block: NDArray[np.uint8]) -> RawPackets:
        at = _walk(block.data)
        words = block[: len(block) & -4].view("u4")
        halves = block[: len(block) & -2].view("u2")

        def word(offset: int) -> NDArray[np.int64]:
            return words.take(at + offset >> 2).astype(np.int64)

        hardware = halves[at + _HARDWARE >> 1]
        is_kept = (hardware != _LOOPBACK) | (block[at + _PACKET_TYPE] != _OUTGOING)  # loopback shows each packet twice
        start = at + halves[at + _FRAME >> 1]
        captured = np.minimum(word(_CAPTURED), len(block) - start)
        count = int(is_kept.sum())
        number = np.arange(self._read + 1, self._read + 1 + count)
        self._read += count
        return RawPackets(
            data=block,
            start=start[is_kept],
            captured=captured[is_kept],
            wire=np.maximum(word(_WIRE), captured)[is_kept],
            at_s=(word(_SECOND) + word(_NANOSECOND) / 1e9)[is_kept],
            number=number,
            link=_LINK_OF[hardware][is_kept],
        )


def _ignore_own_echo(taker: socket.socket) -> None:
    """Ask the kernel not to show what leaves through loopback, where all of it comes in again."""
    *_, hardware, _ = taker.getsockname()
    if hardware == _LOOPBACK:
        with contextlib.suppress(OSError):  # before Linux 4.20; then ``_columns`` leaves it out
            taker.setsockopt(_PACKET, _IGNORE_OUTGOING, 1)


def _walk(block: memoryview) -> NDArray[np.int64]:
    """Follow the kernel's chain through one block."""
    count, at = struct.unpack_from("II", block, _COUNT)
    read = struct.Struct("I").unpack_from
    found = []
    for _ in range(count):
        if at + _HEADER_BYTES > len(block):
            break
        found.append(at)
        (step,) = read(block, at)
        at += step
    return np.array(found, np.int64)
