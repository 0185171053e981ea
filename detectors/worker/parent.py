"""Runs a job behind the wall and yields its reports: what the service knows of workers.

Before this on the path: ``wall.py``, one worker process. After it: the service, which keeps and shows the reports.
A worker that dies is started again behind the last batch that was reported, so nothing is lost and nothing doubled.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from detectors.contract.errors import WorkerStopped
from detectors.worker import wire
from detectors.worker.captures import capture_run
from detectors.worker.control import Control
from detectors.worker.framing import REPORTS
from detectors.worker.lookups import LookupRun
from detectors.worker.orders import Hand
from detectors.worker.packets import PacketRun
from detectors.worker.recordings import recording_run
from detectors.worker.wall import Deaths, Timing, Worker, WorkerDied, default_command, error_of
from detectors.worker.watches import WatchRun

_LOOK_S = 0.05
"""How often a person's hand is looked at while nothing happens."""
_MEMORY_LIMIT_BYTES = 1024**3


def run_job(
    job: wire.Job,
    control: Control,
    *,
    command: Sequence[str] | None = None,
    timing: Timing | None = None,
    own_models: Path | None = None,
) -> Iterator[wire.Report]:
    """Run a job in its own process and yield what it reports, ``JobDone`` last.

    Args:
        job: What to do.
        control: Pauses and stops it, from any thread.
        command: Starts a worker when a role is added; by default this program itself.
        timing: Limits; by default those of ``Timing``.
        own_models: Where models that were trained on this computer lie, if there are any.

    Take all of it in one thread: on Linux a worker dies with the thread that started it.

    Raises:
        WorkerStopped: The worker died five times within a minute, or five times without any progress.
        PlainwatchError: The job failed; the class says why.
    """
    command, timing = command or default_command(own_models), timing or Timing()
    if isinstance(job, wire.CheckCaptures):
        return capture_run(job, control, command, timing).reports()
    if isinstance(job, wire.CheckRecordings):
        return recording_run(job, control, command, timing).reports()
    if isinstance(job, wire.Watched):
        return WatchRun(job, control, command, timing).reports()
    if isinstance(job, wire.LookUp):
        return LookupRun(job, control, command, timing).reports()
    if isinstance(job, wire.TakePackets):
        return PacketRun(job, control, command, timing).reports()
    return _Run(job, control, command, timing).reports()


class _Run:
    """One job from start to end, over as many worker processes as it takes."""

    def __init__(self, job: wire.Job, control: Control, command: Sequence[str], timing: Timing) -> None:
        self._job = job
        self._control = control
        self._command = command
        self._timing = timing
        self._deaths = Deaths(timing)
        self._is_walk = isinstance(job, wire.CheckFiles)
        self._is_ready = False
        self._files_done = 0
        self._files_before_start = 0
        self._left_out = 0

    def reports(self) -> Iterator[wire.Report]:
        while True:
            try:
                yield from self._start_and_listen()
            except WorkerDied as death:
                wait_s, last = self._deaths.note(), death
            else:
                return
            if self._is_walk and not self._deaths.are_enough:
                yield wire.WorkerRestarted(last.cause, last.signal, self._left_out)
            else:
                yield from self._give_up(last)
                return
            self._rest(wait_s)
            if self._control.is_stopped:
                yield wire.JobDone(stopped=True)
                return
            self._files_before_start = self._files_done

    def _start_and_listen(self) -> Iterator[wire.Report]:
        role = "files" if self._is_walk else "rules"
        worker = Worker(self._command, role, REPORTS, memory_limit_bytes=_MEMORY_LIMIT_BYTES)
        try:
            yield from self._listen(worker)
        finally:
            worker.close()

    def _listen(self, worker: Worker) -> Iterator[wire.Report]:
        worker.send(self._job)
        hand = Hand(self._control, worker, self._timing)
        silence_s = self._timing.silence_s if self._is_walk else self._timing.rules_s
        heard_at = time.monotonic()
        while True:
            if hand.gives_up():
                yield wire.JobDone(stopped=True)
                return
            frame = worker.receive(_LOOK_S)
            if frame is None:
                if time.monotonic() - heard_at > silence_s:
                    worker.kill("time_limit")
                continue
            heard_at = time.monotonic()
            report = self._take(frame.message)
            if report is not None:
                yield report
            if isinstance(report, wire.JobDone):
                return

    def _take(self, message: wire.Message) -> wire.Report | None:
        """Remember what a restart needs; return what the service should see."""
        match message:
            case wire.JobFailed():
                raise error_of(message)
            case wire.WorkerReady():
                is_new, self._is_ready = not self._is_ready, True
                return message if is_new else None
            case wire.FilesCounted():
                return replace(message, total=message.total + self._files_before_start)
            case wire.BatchDone() if isinstance(self._job, wire.CheckFiles):
                self._job = replace(self._job, resume_after=message.position)
                self._files_done += message.files
                self._deaths.note_progress()
                return message
            case wire.WorkerRestarted():
                self._left_out = message.left_out
                return message
            case wire.RulesChecked() | wire.ModelsChecked() | wire.JobDone():
                return message
        return None

    def _give_up(self, death: WorkerDied) -> Iterator[wire.Report]:
        """Say what became of the job. Rules that cannot be compiled within limits are a fault of the rules."""
        if isinstance(self._job, wire.CheckRules):
            problem = f"it cannot be compiled within our limits of time and memory ({death.cause})"
            yield wire.RulesChecked((), ({"path": self._job.path, "line": 0, "problem": problem},))
            yield wire.JobDone()
            return
        raise WorkerStopped(deaths=self._deaths.count, cause=death.cause, signal=death.signal, detail=death.last_words)

    def _rest(self, wait_s: float) -> None:
        end = time.monotonic() + wait_s
        while (left_s := end - time.monotonic()) > 0 and not self._control.is_stopped:
            time.sleep(min(_LOOK_S, left_s))
