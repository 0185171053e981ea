"""The opener: walks folders, opens files safely, and reports in the order of the walk what the parser makes of them.

Before this on the path: ``parent.py`` in the service, which sent the job. After it: ``parse_queue.py`` and the parser,
and back to the service in batches, each of which says where a later job may go on.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from detectors.contract.errors import MessageRefused, PlainwatchError, SkippedCheck, SkipReason
from detectors.contract.finding import Finding, Subject
from detectors.telemetry.files import LeftOut, OpenFile, SourceEnd, Step, count_files, walk
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import Channel
from detectors.worker.parse_queue import ParseQueue, Task
from detectors.worker.wall import Timing

MAX_BATCH_FILES = 64
MAX_BATCH_BYTES = 16_000_000
_FIRST_BATCH_FILES = 4
"""The first batches are small, so that the first findings come early."""
_TELL_S = 0.1
"""What is done is reported at least this often."""
_LOOK_S = 0.05
_SIGN_OF_LIFE_S = 1.0
_MAX_THINGS_A_REPORT = 500
"""Findings and skipped lines after which a report is sent early."""
_MAX_UNREPORTED = 4 * MAX_BATCH_FILES
"""Steps walked ahead of the parser."""


@dataclass(slots=True)
class _Entry:
    """One thing on disk and, when it is a file, its way through the parser."""

    step: OpenFile | LeftOut
    task: Task | None = None

    @property
    def name(self) -> str:
        return self.step.skipped.subject.name if isinstance(self.step, LeftOut) else self.step.name

    @property
    def source(self) -> str:
        return self.step.skipped.source if isinstance(self.step, LeftOut) else self.step.source

    @property
    def findings(self) -> Sequence[Finding]:
        return self.task.findings if self.task else ()

    @property
    def skipped(self) -> Sequence[SkippedCheck]:
        if isinstance(self.step, LeftOut):
            return (self.step.skipped,)
        return self.task.skipped if self.task else ()


def _is_done(entry: _Entry | SourceEnd) -> bool:
    return isinstance(entry, SourceEnd) or entry.task is None or entry.task.is_done


class Report:
    """Gathers what is done and sends it, one ``BatchDone`` after the other."""

    def __init__(self, channel: Channel, first_source: str) -> None:
        self._channel = channel
        self._source = first_source
        self._sent_at = 0.0  # the first files are reported as soon as they are done
        self._entries: list[_Entry] = []
        self._things = 0

    def add_gaps(self, gaps: Sequence[SkippedCheck]) -> None:
        """Say what the detectors cannot look for at all."""
        if gaps:
            count = len(gaps)
            self._channel.send(wire.BatchDone(self._source, "", "", 0, count, 0, 0, skipped=tuple(gaps)))

    def add(self, entry: _Entry | SourceEnd) -> None:
        """Take one finished step."""
        if isinstance(entry, SourceEnd):
            self.send(end=entry)
            return
        things = len(entry.findings) + len(entry.skipped)
        if self._things + things > _MAX_THINGS_A_REPORT:
            self.send()
        self._entries.append(entry)
        self._things += things

    def tick(self) -> None:
        """Report when it is time and there is something; else give a sign of life now and then."""
        quiet_s = time.monotonic() - self._sent_at
        if quiet_s > _TELL_S and self._entries:
            self.send()
        elif quiet_s > _SIGN_OF_LIFE_S:
            self._channel.send(wire.StillHere())
            self._sent_at = time.monotonic()

    def send(self, end: SourceEnd | None = None) -> None:
        """Report what is there; ``end`` says that nothing more comes of this source."""
        entries, self._entries, self._things = self._entries, [], 0
        if entries or end:
            self._send(entries, end)
            self._sent_at = time.monotonic()

    def _send(self, entries: list[_Entry], end: SourceEnd | None) -> None:
        try:
            self._channel.send(_batch_of(entries, end))
        except MessageRefused:  # names as long as they can be: cut it in two, down to single files
            half = len(entries) // 2
            if half:
                self._send(entries[:half], None)
                self._send(entries[half:], end)
                return
            last = entries[-1]
            line = SkippedCheck(Subject.file(last.name), SkipReason.WORKER_DIED, last.source, {"cause": "too_much"})
            self._send([_Entry(LeftOut(line, last.step.position))], end)


def _batch_of(entries: Sequence[_Entry], end: SourceEnd | None) -> wire.BatchDone:
    """Sum up finished steps of one source."""
    tasks = [entry.task for entry in entries if entry.task is not None]
    skipped = tuple(line for entry in entries for line in entry.skipped)
    files, members = len(entries), sum(task.members for task in tasks)
    return wire.BatchDone(
        source=end.source if end else entries[-1].source,
        position=end.position if end else entries[-1].step.position,
        folder=os.path.dirname(entries[-1].name) if entries else "",  # noqa: PTH120 - exactly as given
        files=files,
        members=members,
        checked=files + members - len(skipped),
        read_bytes=sum(task.read_bytes for task in tasks),
        findings=tuple(finding for task in tasks for finding in task.findings),
        skipped=skipped,
        source_done=end is not None,
    )


class Opener:
    """Runs one ``CheckFiles`` job."""

    def __init__(
        self, channel: Channel, job: wire.CheckFiles, control: Control, command: Sequence[str], timing: Timing
    ) -> None:
        self._channel = channel
        self._job = job
        self._control = control
        self._report = Report(channel, job.paths[0] if job.paths else "")
        self._entries: deque[_Entry | SourceEnd] = deque()
        self._has_told_gaps = False
        get_ready = wire.GetReady(job.cache_folder, job.zip_password)
        self._queue = ParseQueue(command, get_ready, timing, self._tell)

    def run(self) -> None:
        """Do the job and send its last message."""
        try:
            with closing(self._queue):
                self._check()
            self._report.send()
            self._channel.send(wire.JobDone(stopped=self._control.is_stopped))
        except PlainwatchError as error:
            self._channel.send(wire.JobFailed(error.code, error.values))

    def _check(self) -> None:
        """Keep the parser busy and report what is done, in walk order, until both are through."""
        job = self._job
        while not (self._queue.is_up or self._control.is_stopped):
            self._queue.work(_LOOK_S)
            self._report.tick()
        threading.Thread(target=self._count, daemon=True).start()
        with closing(walk(job.paths, job.exclude, job.resume_after)) as steps:
            batches = self._batches(steps)
            is_walking = True
            while not self._control.is_stopped and (is_walking or self._entries):
                if is_walking and self._may_walk:
                    batch = next(batches, None)
                    is_walking = batch is not None
                    self._hand_in(batch or [])
                self._queue.work(0 if is_walking and self._may_walk else _LOOK_S)
                while self._entries and _is_done(self._entries[0]):
                    self._report.add(self._entries.popleft())
                self._report.tick()

    @property
    def _may_walk(self) -> bool:
        return self._queue.has_room and len(self._entries) < _MAX_UNREPORTED and not self._control.is_paused

    def _hand_in(self, batch: list[Step]) -> None:
        tasks = iter(self._queue.add([step for step in batch if isinstance(step, OpenFile)]))
        for step in batch:
            if isinstance(step, SourceEnd):
                self._entries.append(step)
            else:
                self._entries.append(_Entry(step, next(tasks) if isinstance(step, OpenFile) else None))

    def _batches(self, steps: Iterator[Step]) -> Iterator[list[Step]]:
        """Cut the walk into batches of few files and few bytes; a pause or stop ends a batch early."""
        batch: list[Step] = []
        size_bytes, max_files = 0, _FIRST_BATCH_FILES
        for step in steps:
            batch.append(step)
            size_bytes += step.size_bytes if isinstance(step, OpenFile) else 0
            is_held = self._control.is_stopped or self._control.is_paused
            if len(batch) >= max_files or size_bytes >= MAX_BATCH_BYTES or is_held:
                yield batch
                batch, size_bytes, max_files = [], 0, min(2 * max_files, MAX_BATCH_FILES)
        if batch:
            yield batch

    def _count(self) -> None:
        """Count in a thread of its own what the walk will meet."""
        job, told_at = self._job, time.monotonic()

        def tell(total: int) -> bool:
            nonlocal told_at
            if time.monotonic() - told_at > _TELL_S:
                told_at = time.monotonic()
                self._channel.send(wire.FilesCounted(total, is_estimate=True))
            return not self._control.is_stopped

        total = count_files(job.paths, job.exclude, job.resume_after, tell)
        if not self._control.is_stopped:
            self._channel.send(wire.FilesCounted(total, is_estimate=False))

    def _tell(self, news: wire.ParserReady | wire.WorkerRestarted) -> None:
        if isinstance(news, wire.WorkerRestarted):
            self._channel.send(news)
            return
        self._channel.send(wire.WorkerReady(news.isolation))
        if self._job.resume_after is None and not self._has_told_gaps:
            self._has_told_gaps = True
            self._report.add_gaps(news.gaps)
