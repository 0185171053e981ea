"""Reads a recording of network traffic as a stream of windows: pcap or pcapng, packed with gzip or not.

Before this on the path: the opener, which hands over an open file. After it: ``packets.py``, which reads the headers.
The format is known by the first bytes, never by the name. Memory is one window and its columns, however long the
recording is. What cannot be read ends in a ``CaptureTrouble`` with its place; what came before stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from detectors.telemetry.capture_window import open_window
from detectors.telemetry.pcap import is_pcap, read_pcap
from detectors.telemetry.pcapng import is_pcapng, read_pcapng
from detectors.telemetry.raw_packets import CaptureTrouble, RawPackets, TroubleReason

WINDOW_BYTES = 16 << 20
MIN_WINDOW_BYTES = 1 << 20
"""Room for several of the largest records."""
_MAGIC_BYTES = 12


def read_capture(stream: BinaryIO, window_bytes: int = WINDOW_BYTES) -> Iterator[RawPackets | CaptureTrouble]:
    """Read a recording.

    Args:
        stream: Open for reading bytes at the beginning of the recording; it need not seek.
        window_bytes: How much is held in memory.

    Yields:
        Packets in the order of the recording, each valid until the next is asked for; and as the last item
        a CaptureTrouble when the recording could not be read to its end.
    """
    window = open_window(stream, max(window_bytes, MIN_WINDOW_BYTES))
    first = window.peek(_MAGIC_BYTES)
    if is_pcap(first):
        yield from read_pcap(window)
    elif is_pcapng(first):
        yield from read_pcapng(window)
    else:
        yield CaptureTrouble(0, window.trouble or TroubleReason.NOT_A_CAPTURE, 0)
