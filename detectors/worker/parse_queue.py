"""The opener's side of the parser: hands it files, watches its clock, and survives its death.

Before this on the path: ``opener.py`` with open files. After it: ``parser.py`` behind its own wall, and back to
``opener.py`` with what each file gave.
When the parser dies, every file it had not answered is tried once more, alone, so that only the guilty one is left out.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Finding, Scalar, Subject
from detectors.telemetry.files import OpenFile
from detectors.telemetry.reading import read_opened
from detectors.worker import wire
from detectors.worker.framing import ANSWERS
from detectors.worker.wall import Deaths, Timing, Worker, WorkerDied, error_of

MEMORY_LIMIT_BYTES = 1024**3
_BELIEVED_S = 1.0
"""How long the parser's last word counts; it speaks every 50 ms unless a file holds all of it."""
_MAX_THINGS_A_FILE = 25_000
"""Findings and skipped lines of one file; the archive limits allow 10,000 members."""


@dataclass(slots=True)
class Task:
    """One open file on its way through the parser, and what it gave."""

    file: OpenFile
    """The file; its descriptor is kept until the file is done, for a second try."""
    number: int
    """Names it in messages."""
    is_done: bool = False
    """True when nothing more will come."""
    is_second_try: bool = False
    """True after the parser died while it had this file."""
    members: int = 0
    """Archive members met."""
    read_bytes: int = 0
    """Bytes given to the engines."""
    findings: list[Finding] = field(default_factory=list)
    """What was found."""
    skipped: list[SkippedCheck] = field(default_factory=list)
    """What was left out, at most one line a name."""

    def add(self, part: wire.FilePart) -> bool:
        """Take over one part of the answer; False when it cannot be true, or is about anything but this file."""
        subjects = [thing.subject.name for things in (part.findings, part.skipped) for thing in things]
        if not all(name == self.file.name or name.startswith(self.file.name + "!") for name in subjects):
            return False
        self.members, self.read_bytes = part.members, part.read_bytes
        self.findings += part.findings
        self.skipped += part.skipped
        return len(self.skipped) <= 1 + self.members and len(self.findings) + len(self.skipped) <= _MAX_THINGS_A_FILE

    def begin_again(self) -> None:
        """Forget what a parser said that died before it had finished."""
        self.members = self.read_bytes = 0
        self.findings.clear()
        self.skipped.clear()

    def leave_out(self, reason: SkipReason, **values: Scalar) -> None:
        """End it; what was found so far is kept."""
        if all(line.subject.name != self.file.name for line in self.skipped):
            self.skipped.append(SkippedCheck(Subject.file(self.file.name), reason, self.file.source, values))
        self.finish()

    def finish(self) -> None:
        """Mark it as done and close the file."""
        if not self.is_done:
            self.is_done = True
            os.close(self.file.descriptor)


@dataclass(slots=True)
class _Clock:
    """How long one file has been in work, by the opener's own clock: the parser's word is not enough."""

    started_at: float
    steps: int
    step_at: float


class ParseQueue:
    """Files in, answers out; a parser is started when needed."""

    def __init__(
        self,
        command: Sequence[str],
        get_ready: wire.GetReady,
        timing: Timing,
        tell: Callable[[wire.ParserReady | wire.WorkerRestarted], None],
    ) -> None:
        self._command = command
        self._get_ready = get_ready
        self._timing = timing
        self._tell = tell
        self._worker: Worker | None = None
        self._is_ready = False
        self._start_at = 0.0
        self._deaths = Deaths(timing)
        self._left_out = 0
        self._next_number = 0
        self._waiting: deque[list[Task]] = deque()
        self._at_work: dict[int, Task] = {}
        self._sent: list[list[Task]] = []
        self._clocks: dict[int, _Clock] = {}
        self._overdue: set[int] = set()
        self._heard_at = 0.0
        self.is_given_up = False
        """True when the parser died too often: whatever comes is left out, and said."""

    @property
    def is_up(self) -> bool:
        """True once the parser is ready, or never will be."""
        return self._is_ready or self.is_given_up

    @property
    def has_room(self) -> bool:
        """True while another batch can be handed in."""
        return not self._waiting

    @property
    def is_idle(self) -> bool:
        """True when every file handed in is done."""
        return not self._waiting and not self._at_work

    def add(self, files: Sequence[OpenFile]) -> list[Task]:
        """Take open files over; their tasks fill while ``work`` is called."""
        tasks = [Task(file, self._next_number + index) for index, file in enumerate(files)]
        self._next_number += len(tasks)
        if self.is_given_up:
            self._refuse(tasks)
        elif tasks:
            self._waiting.append(tasks)
        return tasks

    def work(self, timeout_s: float) -> None:
        """Do what can be done now; wait at most ``timeout_s`` for an answer.

        Raises:
            PlainwatchError: The parser cannot begin, e.g. its rules are broken.
        """
        try:
            worker = self._started(timeout_s)
            if worker is None:
                return
            self._hand_over(worker)
            frame = worker.receive(timeout_s)
            if frame is not None:
                self._heard_at = time.monotonic()
                self._take(frame.message, worker)
                self._hand_over(worker)
            self._watch(worker)
        except WorkerDied as death:
            self._bury(death)

    def close(self) -> None:
        """End the parser; files under way are closed."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None
        for task in [*self._at_work.values(), *(task for batch in self._waiting for task in batch)]:
            task.finish()

    def _started(self, timeout_s: float) -> Worker | None:
        """Return the running parser; None while its time to start again has not come."""
        if self._worker is None and not self.is_given_up:
            wait_s = self._start_at - time.monotonic()
            if wait_s > 0:
                time.sleep(min(wait_s, timeout_s))
                return None
            self._is_ready = False
            self._worker = Worker(self._command, "parse", ANSWERS, memory_limit_bytes=MEMORY_LIMIT_BYTES)
            self._heard_at = time.monotonic()
            self._worker.send(self._get_ready)
        return self._worker

    def _hand_over(self, worker: Worker) -> None:
        """Keep two batches at the parser, so that its threads never wait; a second try goes alone."""
        self._sent = [batch for batch in self._sent if not all(task.is_done for task in batch)]
        while self._is_ready and self._waiting:
            is_alone = any(batch[0].is_second_try for batch in [*self._sent, self._waiting[0]])
            if len(self._sent) >= (1 if is_alone else 2):
                return
            batch = self._waiting.popleft()
            self._sent.append(batch)
            self._at_work |= {task.number: task for task in batch}
            _send(worker, batch)

    def _take(self, message: wire.Message, worker: Worker) -> None:
        match message:
            case wire.ParserReady():
                self._is_ready = True
                self._tell(message)
            case wire.JobFailed() if not self._is_ready:
                raise error_of(message)
            case wire.FilesDone() if all(self._take_part(part) for part in message.parts):
                self._read_clocks(message.running)
            case _:
                worker.kill("refused_message")

    def _take_part(self, part: wire.FilePart) -> bool:
        task = self._at_work.get(part.number)
        if task is None or not task.add(part):
            return False
        if part.is_last:
            del self._at_work[part.number]
            self._deaths.note_progress()
            task.finish()
        return True

    def _read_clocks(self, running: Sequence[wire.Running]) -> None:
        now = time.monotonic()
        clocks = {}
        for one in running:
            clock = self._clocks.get(one.number) or _Clock(now, one.steps, now)
            if clock.steps != one.steps:
                clock.steps, clock.step_at = one.steps, now
            clocks[one.number] = clock
        self._clocks = clocks

    def _watch(self, worker: Worker) -> None:
        """End a parser that takes too long over one file, or says nothing at all."""
        if self._is_ready and not self._at_work:
            return
        now, timing = time.monotonic(), self._timing
        quiet_s = now - self._heard_at
        late = {
            number
            for number, clock in self._clocks.items()
            if now - clock.step_at > timing.file_s or now - clock.started_at > timing.whole_file_s
        }
        if quiet_s > _BELIEVED_S:  # what it said it was doing is long ago: accuse nobody but the only one it has
            late = set()
        if late or quiet_s > (timing.file_s if self._is_ready else timing.start_s):
            self._overdue = late or (set(self._at_work) if len(self._at_work) == 1 else set())
            worker.kill("time_limit")

    def _bury(self, death: WorkerDied) -> None:
        """Sort what the dead parser had not answered: leave out the guilty, try the others once more."""
        if self._worker is not None:
            self._worker.close()
            self._worker = None
        self._start_at = time.monotonic() + self._deaths.note()
        again: list[list[Task]] = []
        for task in self._at_work.values():
            if task.is_second_try or task.number in self._overdue:
                self._leave_out(task, death)
            else:
                task.begin_again()
                task.is_second_try = True
                again.append([task])
        self._waiting.extendleft(reversed(again))
        self._at_work, self._sent, self._clocks, self._overdue = {}, [], {}, set()
        if self._deaths.are_enough:
            self.is_given_up = True
            while self._waiting:
                self._refuse(self._waiting.popleft())
        else:
            self._tell(wire.WorkerRestarted(death.cause, death.signal, self._left_out))

    def _leave_out(self, task: Task, death: WorkerDied) -> None:
        self._left_out += 1
        if death.cause == "time_limit":
            task.leave_out(SkipReason.TIME_LIMIT, limit_s=self._timing.file_s)
        elif death.cause == "memory_limit":
            task.leave_out(SkipReason.MEMORY_LIMIT, limit_bytes=MEMORY_LIMIT_BYTES)
        else:
            task.leave_out(SkipReason.WORKER_DIED, signal=death.signal, cause=death.cause)

    def _refuse(self, tasks: Sequence[Task]) -> None:
        for task in tasks:
            task.leave_out(SkipReason.ENGINE_STOPPED, engine="files", deaths=self._deaths.count)


def _send(worker: Worker, batch: Sequence[Task]) -> None:
    """Hand files over: open where the system can pass that on, read where it cannot."""
    if worker.passes_descriptors:
        files = tuple(_describe(task) for task in batch)
        worker.send(wire.ParseFiles(files), [task.file.descriptor for task in batch])
        return
    described, blob = [], bytearray()
    for task in batch:
        record, trouble = read_opened(task.file.name, task.file.source, task.file.descriptor)
        data = record.data if record else b""
        described.append(replace(_describe(task), blob_bytes=len(data), trouble=trouble))
        blob += data
    worker.send(wire.ParseFiles(tuple(described)), blob=bytes(blob))


def _describe(task: Task) -> wire.FileTask:
    file = task.file
    return wire.FileTask(task.number, file.name, file.source, file.size_bytes, file.modified_ns)
