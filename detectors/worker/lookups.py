"""Has addresses looked up offline by a worker of its own, which ends and gives its memory back.

Before this on the path: ``parent.py``, which was asked for it. After it: ``engines/address_book.py`` behind the wall.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing

from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import LOOKUP_ANSWERS
from detectors.worker.wall import Timing, Worker, WorkerDied

MEMORY_LIMIT_BYTES = 1024**3
_LOOK_S = 0.05


class LookupRun:
    """One ``LookUp`` job."""

    def __init__(self, job: wire.LookUp, control: Control, command: Sequence[str], timing: Timing) -> None:
        self._job = job
        self._control = control
        self._command = command
        self._timing = timing

    def reports(self) -> Iterator[wire.Report]:
        """Look up; a worker that dies leaves everything unknown. The last report is ``JobDone``."""
        try:
            with closing(
                Worker(self._command, "places", LOOKUP_ANSWERS, memory_limit_bytes=MEMORY_LIMIT_BYTES)
            ) as worker:
                worker.send(self._job)
                begun_at = time.monotonic()
                while not self._control.is_stopped and time.monotonic() - begun_at < self._timing.start_s:
                    frame = worker.receive(_LOOK_S)
                    if frame is not None and isinstance(frame.message, wire.LookedUp):
                        yield frame.message
                        break
        except WorkerDied:
            pass
        yield wire.JobDone(stopped=self._control.is_stopped)
