"""Checks recordings of programs one after the other: what counts as one, and what the worker is told about it.

Before this on the path: ``parent.py``, which was asked for it. After it: ``recorded_inputs.py``, which does it.
"""

from __future__ import annotations

from collections.abc import Sequence

from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.recorded_inputs import Kind, RecordedRun
from detectors.worker.wall import Timing

ENDINGS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
"""JSON Lines begin like any other text, so in a folder the name alone decides."""


def recording_run(job: wire.CheckRecordings, control: Control, command: Sequence[str], timing: Timing) -> RecordedRun:
    """Say how recordings are checked."""

    def task(source: str, name: str, size_bytes: int) -> wire.ReadRecording:
        return wire.ReadRecording(source, name, size_bytes, job.poll_s)

    kind = Kind("recordings", frozenset({"process", "place"}), ENDINGS, (), task)
    return RecordedRun(kind, job.paths, control, command, timing)
