"""Has single packets of a capture shown or written by a worker of their own.

Before this on the path: ``parent.py``, which was asked for it. After it: ``packet.py`` behind its wall.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from detectors.contract.errors import InputUnreadable, StoreFull
from detectors.telemetry.files import OpenFile, walk
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import PACKET_ANSWERS
from detectors.worker.wall import Timing, Worker, WorkerDied

MEMORY_LIMIT_BYTES = 1024**3
_LOOK_S = 0.05


class PacketRun:
    """One ``TakePackets`` job."""

    def __init__(self, job: wire.TakePackets, control: Control, command: Sequence[str], timing: Timing) -> None:
        self._job = job
        self._control = control
        self._command = command
        self._timing = timing

    def reports(self) -> Iterator[wire.Report]:
        """Do it; the last report is ``JobDone``.

        Raises:
            InputUnreadable: The capture is not there, has no such packet, or cannot be read.
            StoreFull: The target cannot be written.
        """
        capture = _opened(self._job.path)
        try:
            if self._job.target:
                yield from self._write(capture, Path(self._job.target))
            else:
                yield self._ask([capture])
        except WorkerDied:
            raise InputUnreadable(path=self._job.path) from None
        finally:
            os.close(capture)
        yield wire.JobDone(stopped=self._control.is_stopped)

    def _write(self, capture: int, target: Path) -> Iterator[wire.Report]:
        """Write beside the target first: the target may be the capture itself."""
        beside = target.with_name(f"{target.name}.part")
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
            try:
                report = self._fill(capture, descriptor)
                beside.replace(target)
            finally:
                beside.unlink(missing_ok=True)  # still there only when something failed
        except OSError as error:
            raise StoreFull(path=str(target)) from error
        yield report

    def _fill(self, capture: int, descriptor: int) -> wire.PacketShown | wire.PacketsWritten:
        try:
            return self._ask([capture, descriptor])
        finally:
            os.close(descriptor)

    def _ask(self, descriptors: Sequence[int]) -> wire.PacketShown | wire.PacketsWritten:
        worker = Worker(self._command, "packet", PACKET_ANSWERS, memory_limit_bytes=MEMORY_LIMIT_BYTES)
        with closing(worker):
            worker.send(self._job, descriptors)
            begun_at = time.monotonic()
            while not self._control.is_stopped:
                frame = worker.receive(_LOOK_S)
                match frame.message if frame else None:
                    case wire.PacketShown() | wire.PacketsWritten() as answer:
                        return answer
                    case None:
                        if time.monotonic() - begun_at > self._timing.packets_s:
                            worker.kill("time_limit")
                    case _:
                        break
        raise InputUnreadable(path=self._job.path)


def _opened(path: str) -> int:
    """Open a capture as every other one: a regular file, nothing is waited for."""
    with closing(walk((path,))) as steps:
        for step in steps:
            if isinstance(step, OpenFile):
                return step.descriptor
            break
    raise InputUnreadable(path=path)
