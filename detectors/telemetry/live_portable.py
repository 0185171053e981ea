"""Takes live packets through scapy's sockets, where there is no ring: on macOS, and on Windows with Npcap.

Before this on the path: the wish to watch an interface. After it: ``packets.py``, as from ``live_ring.py``.
It is slower: some hundred times the processor time of the ring for each packet, so that a busy network loses packets
unseen. Whoever starts it says so. Loaded only where there is no ring, because scapy takes its time to load.
"""

from __future__ import annotations

import importlib
import time
from typing import Any

import numpy as np

from detectors.contract.errors import InputUnreadable, NoCaptureRight
from detectors.telemetry.raw_packets import RawPackets

MAX_PACKETS = 4_096
"""Handed out at once."""
GATHERING_S = 0.2
"""Packets are gathered for so long, because each window costs work of its own."""
_UNKNOWN_LINK = -1


class LivePortable:
    """Packets as they pass, in the form of ``LiveRing``."""

    def __init__(self, interface: str, taker: Any = None) -> None:
        """Open an interface.

        Args:
            interface: Its name as scapy knows it.
            taker: A scapy socket that is open already.

        Raises:
            NoCaptureRight: This user may not capture, or Npcap is missing.
            InputUnreadable: There is no such interface.
        """
        self._taker = _open(interface) if taker is None else taker
        self._read = 0
        self.dropped = 0
        """Always 0: these sockets do not tell. Nothing follows from it."""
        self.is_down = False
        """Always False: a card that goes away ends the watch with an error."""

    def read(self, timeout_s: float) -> RawPackets | None:
        """Wait for packets; None when none came in time."""
        frames: list[bytes] = []
        links: list[int] = []
        times: list[float] = []
        ends = time.monotonic() + timeout_s
        while len(frames) < MAX_PACKETS and (left_s := ends - time.monotonic()) > 0:
            if not self._taker.select([self._taker], left_s):
                break
            layer, frame, at_s = self._taker.recv_raw(1 << 16)
            if frame is None:
                continue
            if not frames:
                ends = min(ends, time.monotonic() + GATHERING_S)
            frames.append(bytes(frame))
            links.append(_link_of(layer))
            times.append(float(at_s) if at_s else time.time())
        return self._columns(frames, links, times) if frames else None

    def close(self) -> None:
        """Give the interface back."""
        self._taker.close()

    def _columns(self, frames: list[bytes], links: list[int], times: list[float]) -> RawPackets:
        sizes = np.array([len(frame) for frame in frames], np.int64)
        before = self._read
        self._read += len(frames)
        return RawPackets(
            data=np.frombuffer(b"".join(frames), np.uint8),
            start=np.cumsum(sizes) - sizes,
            captured=sizes,
            wire=sizes,
            at_s=np.array(times),
            number=np.arange(before + 1, self._read + 1),
            link=np.array(links, np.int32),
        )


def _open(interface: str) -> Any:
    for needed in ("scapy.arch", "scapy.layers.l2"):  # the system's sockets, the kinds of links: half a second
        importlib.import_module(needed)
    from scapy.config import conf  # noqa: PLC0415 - only where it is needed

    if interface not in {str(known) for known in conf.ifaces} | {known.name for known in conf.ifaces.values()}:
        raise InputUnreadable(path=interface)
    try:
        return conf.L2listen(iface=interface)
    except (OSError, RuntimeError) as error:
        raise NoCaptureRight(interface=interface) from error


def _link_of(layer: Any) -> int:
    from scapy.config import conf  # noqa: PLC0415 - loaded before the first packet

    number = conf.l2types.layer2num.get(layer)
    return _UNKNOWN_LINK if number is None else int(number)
