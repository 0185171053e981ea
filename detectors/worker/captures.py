"""Checks captures one after the other: what counts as one, and what the network worker is told about it.

Before this on the path: ``parent.py``, which was asked for it. After it: ``recorded_inputs.py``, which does it.
"""

from __future__ import annotations

from collections.abc import Sequence

from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.recorded_inputs import Kind, RecordedRun
from detectors.worker.wall import Timing

ENDINGS = (".pcap", ".pcapng", ".cap", ".dmp", ".pcap.gz", ".pcapng.gz", ".cap.gz")
BEGINNINGS = tuple(map(bytes.fromhex, ("d4c3b2a1", "a1b2c3d4", "4d3cb2a1", "a1b23c4d", "0a0d0d0a")))
"""Pcap in both byte orders and both units of time, pcapng."""


def capture_run(job: wire.CheckCaptures, control: Control, command: Sequence[str], timing: Timing) -> RecordedRun:
    """Say how captures are checked."""

    def task(source: str, name: str, size_bytes: int) -> wire.ReadCapture:
        return wire.ReadCapture(source, name, size_bytes, job.known)

    kind = Kind("network", frozenset({"host"}), ENDINGS, BEGINNINGS, task)
    return RecordedRun(kind, job.paths, control, command, timing)
