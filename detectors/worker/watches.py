"""Has this computer watched, its traffic or its programs: starts the worker, passes on what it says or that it died.

Before this on the path: ``parent.py``, which was asked for it. After it: ``watching.py`` or ``program_watching.py``
behind its wall, and back to the service. What a dead watcher had seen cannot be looked at once more: the gap is said.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from detectors.contract.errors import SkippedCheck, SkipReason, StoreFull
from detectors.contract.finding import Scalar, Subject
from detectors.telemetry.capture_socket import has_capture_right, has_portable_right, open_capture_socket
from detectors.telemetry.start_events import open_start_events
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import SENSE_ANSWERS
from detectors.worker.orders import Hand
from detectors.worker.wall import Timing, Worker, WorkerDied, error_of

MEMORY_LIMIT_BYTES = 1024**3
HAS_RING = sys.platform == "linux"
"""Elsewhere packets are taken in the slower way, through scapy's sockets."""
PASSES_DESCRIPTORS = sys.platform != "win32"
"""Windows, where nothing locks the worker in, lets it open the file itself."""
ROLES: dict[type[wire.Watched], str] = {
    wire.CheckConnections: "connections",
    wire.CheckLive: "live",
    wire.CheckPrograms: "programs",
    wire.CheckMemory: "memory",
}
_LOOK_S = 0.05


class WatchRun:
    """One job of watching."""

    def __init__(self, job: wire.Watched, control: Control, command: Sequence[str], timing: Timing) -> None:
        self._job = job
        self._control = control
        self._command = command
        self._timing = timing

    def reports(self) -> Iterator[wire.Report]:
        """Watch; the last report is ``JobDone``.

        Raises:
            NoCaptureRight: Live traffic was asked for, and nobody here may capture.
            InputUnreadable: There is no such network card.
            StoreFull: What passes cannot be kept.
        """
        with contextlib.ExitStack() as opened:
            descriptors: list[int] = []
            if isinstance(self._job, wire.CheckLive):
                descriptors = _opened_for(self._job, opened) if HAS_RING else []
                self._job = replace(self._job, is_portable=not HAS_RING)
            elif isinstance(self._job, wire.CheckPrograms) and self._job.save and PASSES_DESCRIPTORS:
                descriptors = [_opened_to_save(self._job.save, opened)]
            try:
                role = ROLES[type(self._job)]
                worker = Worker(self._command, role, SENSE_ANSWERS, memory_limit_bytes=MEMORY_LIMIT_BYTES)
                opened.callback(worker.close)
                worker.send(self._job, descriptors)
                yield from self._listen(worker)
            except WorkerDied as death:
                yield self._gap(death)
        yield wire.JobDone(stopped=self._control.is_stopped)

    def _listen(self, worker: Worker) -> Iterator[wire.Report]:
        heard_at, hand = time.monotonic(), Hand(self._control, worker, self._timing)
        while not hand.gives_up():
            frame = worker.receive(_LOOK_S)
            if frame is None:
                if time.monotonic() - heard_at > self._timing.file_s:
                    worker.kill("time_limit")
                continue
            heard_at = time.monotonic()
            match frame.message:
                case wire.SenseReady(isolation):
                    yield wire.WorkerReady(isolation)
                case wire.InputRead(done):
                    yield wire.SourceRead(self._job.source, done, int(self._job.seconds))
                case wire.InputPart() as part if self._is_true(part):
                    yield self._report_of(part)
                    if part.is_last:
                        return
                case wire.JobFailed() as failed:
                    raise error_of(failed)
                case _:
                    worker.kill("refused_message")

    def _is_true(self, part: wire.InputPart) -> bool:
        sources = {finding.source for finding in part.findings} | ({part.skipped.source} if part.skipped else set())
        kinds = {finding.subject.kind for finding in part.findings}
        return sources <= {self._job.source} and kinds <= self._subjects

    @property
    def _is_network(self) -> bool:
        return isinstance(self._job, wire.CheckConnections | wire.CheckLive)

    @property
    def _subjects(self) -> frozenset[str]:
        """Name what findings of this watch may speak of."""
        return frozenset({"host"} if self._is_network else {"process", "place"})

    def _report_of(self, part: wire.InputPart) -> wire.SourcePart:
        return wire.SourcePart(
            self._job.source,
            checked=int(part.is_last and part.skipped is None),
            units=part.units,
            findings=part.findings,
            skipped=(part.skipped,) if part.skipped else (),
            activity=part.activity,
            devices=part.devices,
            programs=part.programs,
            counts=part.counts,
            source_done=part.is_last,
        )

    def _gap(self, death: WorkerDied) -> wire.SourcePart:
        reason = SkipReason.TIME_LIMIT if death.cause == "time_limit" else SkipReason.WORKER_DIED
        values: dict[str, Scalar] = {"signal": death.signal, "cause": death.cause}
        subject = Subject("sense", "network" if self._is_network else "programs")
        line = SkippedCheck(subject, reason, self._job.source, values)
        return wire.SourcePart(self._job.source, skipped=(line,), source_done=True)


def can_capture() -> bool:
    """Tell whether live traffic can be watched here without asking anybody."""
    return has_capture_right() if HAS_RING else has_portable_right()


def hears_starts() -> bool:
    """Tell whether the system tells this account of each start of a program; else it has to be looked for."""
    events, _ = open_start_events()
    if events is not None:
        events.close()
    return events is not None


def is_slower_way() -> bool:
    """Tell whether live packets are taken in a way that may lose some unseen on a busy network."""
    return not HAS_RING


def _opened_for(job: wire.CheckLive, opened: contextlib.ExitStack) -> list[int]:
    """Open what a live watch needs: the packet socket, and the file to keep everything in."""
    taker = opened.enter_context(open_capture_socket(job.interface))
    if not job.save:
        return [taker.fileno()]
    return [taker.fileno(), _opened_to_save(job.save, opened)]


def _opened_to_save(path: str, opened: contextlib.ExitStack) -> int:
    """Open the file to keep everything in."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreFull(path=path) from error
    opened.callback(os.close, file)
    return file
