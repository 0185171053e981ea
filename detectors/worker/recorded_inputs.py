"""Checks recorded inputs one after the other: opens each safely, hands it to a worker, survives that one's death.

Before this on the path: ``captures.py`` or ``recordings.py``, which say what is looked at. After it:
``input_worker.py`` behind its wall, and back to the service with what each input gave. An input on which the worker
dies is tried once more, with a fresh worker, then left out; the next one goes on.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from detectors.contract.errors import SkippedCheck, SkipReason, WorkerStopped
from detectors.contract.finding import Scalar, Subject
from detectors.contract.paths import whole_path
from detectors.telemetry.files import LeftOut, OpenFile, SourceEnd, walk
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import SENSE_ANSWERS
from detectors.worker.wall import Deaths, Timing, Worker, WorkerDied, error_of

MEMORY_LIMIT_BYTES = 1024**3
_LOOK_S = 0.05
_MAX_FINDINGS = 20_000
"""Told by one worker about one input, repetitions included; more is no honest answer."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What one kind of recorded input asks for."""

    role: str
    """Of the worker that looks at it."""
    subjects: frozenset[str]
    """What findings about it may speak of."""
    endings: tuple[str, ...]
    """In a folder a file is taken by its name, in small letters,"""
    beginnings: tuple[bytes, ...]
    """or by its first four bytes."""
    task: Callable[[str, str, int], wire.ReadCapture | wire.ReadRecording]
    """Words the order for the worker: source, whole path, size in bytes."""

    def is_named_so(self, name: str) -> bool:
        """Tell whether a file is named as such inputs are."""
        return name.lower().endswith(self.endings)

    def begins_so(self, descriptor: int) -> bool:
        """Tell whether a file begins as such inputs do; the worker reads from the start in any case."""
        if not self.beginnings:
            return False
        try:
            first = os.read(descriptor, 4)
        except OSError:
            return False
        return first in self.beginnings


@dataclass(slots=True)
class _Input:
    """One open recording on its way through the worker."""

    file: OpenFile
    source: str
    """As given, or the whole name of one that lies in a folder."""
    subjects: frozenset[str]
    """What findings about it may speak of."""
    steps: int = -1
    moved_at: float = field(default_factory=time.monotonic)
    findings: int = 0

    def begin(self) -> None:
        self.steps, self.findings = -1, 0
        self.move()

    def move(self) -> None:
        """Start its clock anew."""
        self.moved_at = time.monotonic()

    def is_told_truly(self, part: wire.InputPart) -> bool:
        """Tell whether an answer is about this input alone, and within reason."""
        self.findings += len(part.findings)
        lines = [part.skipped] if part.skipped else []
        sources = {thing.source for things in (part.findings, lines) for thing in things}
        names = {line.subject.name for line in lines}
        kinds = {finding.subject.kind for finding in part.findings}
        return (
            self.findings <= _MAX_FINDINGS
            and kinds <= self.subjects
            and sources <= {self.source}
            and names <= {self.file.name}
            and all(number >= 0 for number in part.units.values())
        )

    def left_out(self, reason: SkipReason, **values: Scalar) -> wire.SourcePart:
        """Say that it was not looked at to its end."""
        line = SkippedCheck(Subject.file(self.file.name), reason, self.source, values)
        return wire.SourcePart(self.source, skipped=(line,), source_done=True, folder=self.source)


_MAY_HIDE_SOME = frozenset(
    {SkipReason.NO_PERMISSION, SkipReason.READ_ERROR, SkipReason.IN_USE, SkipReason.FOLDER_TOO_DEEP}
)
"""Reasons that leave it open whether a thing, or the folder that it is, held a recording: that is said."""


class RecordedRun:
    """One job over recorded inputs, over as many workers as it takes."""

    def __init__(
        self, kind: Kind, paths: Sequence[str], control: Control, command: Sequence[str], timing: Timing
    ) -> None:
        self._kind, self._paths = kind, paths
        self._control = control
        self._command = command
        self._timing = timing
        self._deaths = Deaths(timing)
        self._worker: Worker | None = None
        self._has_told_ready = self._was_paused = False
        self._left_out = 0
        self._seen_there = 0
        """What was told of the input or folder that is gone through, looked at or not."""
        self._sizes = _sizes_of(paths)
        self._all_bytes = sum(self._sizes.values())
        self._done_bytes = 0

    def reports(self) -> Iterator[wire.Report]:
        """Check every input; the last report is ``JobDone``.

        Raises:
            WorkerStopped: The worker died too often.
            PlainwatchError: It cannot begin.
        """
        try:
            yield from self._ready_worker()
            with closing(walk(self._paths)) as steps:
                for step in steps:
                    if self._control.is_stopped:
                        break
                    yield from self._take(step)
            yield wire.JobDone(stopped=self._control.is_stopped)
        finally:
            self._close_worker()

    def _take(self, step: OpenFile | LeftOut | SourceEnd) -> Iterator[wire.Report]:
        """Do what one step of the walk asks for. In a folder only inputs of this kind count."""
        match step:
            case LeftOut(line) if _is_input(line.subject.name, line.source):
                self._seen_there += 1
                yield wire.SourcePart(line.source, skipped=(line,), source_done=True, folder=line.source)
            case LeftOut(line) if self._kind.is_named_so(line.subject.name) or line.reason in _MAY_HIDE_SOME:
                self._seen_there += 1
                yield wire.SourcePart(line.source, skipped=(line,), folder=line.source)
            case OpenFile(name=name, source=source, descriptor=descriptor):
                with closing(_Descriptor(descriptor)):
                    if _is_input(name, source):
                        yield from self._check(_Input(step, source, self._kind.subjects))
                    elif self._kind.is_named_so(name) or self._kind.begins_so(descriptor):
                        self._seen_there += 1
                        yield from self._check(_Input(step, name, self._kind.subjects))
            case SourceEnd(source):
                yield from self._end_source(source)

    def _end_source(self, source: str) -> Iterator[wire.SourcePart]:
        """Close a folder, and say so where it held nothing of this kind: a slip of the hand must not look calm."""
        seen_there, self._seen_there = self._seen_there, 0
        if os.path.isdir(source):  # noqa: PTH112 - to Path an empty name is this folder
            line = SkippedCheck(Subject.file(whole_path(source)), SkipReason.FOLDER_WITHOUT_RECORDINGS, source)
            yield wire.SourcePart(source, skipped=() if seen_there else (line,), source_done=True, folder=source)

    def _check(self, one: _Input) -> Iterator[wire.Report]:
        """Let a worker look at one input; try twice unless it was too slow."""
        self._all_bytes += one.file.size_bytes - self._sizes.get(one.source, 0)
        self._sizes[one.source] = one.file.size_bytes
        death: WorkerDied | None = None
        for _ in range(2):
            yield from self._ready_worker()
            if self._control.is_stopped:
                return
            try:
                yield from self._listen(one)
            except WorkerDied as died:
                death = died
                yield from self._bury(died)
            else:
                self._deaths.note_progress()
                self._done_bytes += one.file.size_bytes
                return
            if death.cause == "time_limit":
                break
        if death is not None:
            self._left_out += 1
            self._done_bytes += one.file.size_bytes
            yield self._leave_out(one, death)

    def _listen(self, one: _Input) -> Iterator[wire.Report]:
        """Hand the input over and pass on what comes, until it is done or a person stops it."""
        worker = self._worker
        if worker is None:  # pragma: no cover - made ready before
            return
        file = one.file
        task = self._kind.task(one.source, file.name, file.size_bytes)
        if worker.passes_descriptors:
            worker.send(task, [file.descriptor])
        else:
            worker.send(replace(task, by_name=True))
        one.begin()
        while not self._control.is_stopped:
            self._pass_on_pause(worker, one)
            frame = worker.receive(_LOOK_S)
            match frame.message if frame else None:
                case wire.InputRead(read_bytes, steps):
                    if steps != one.steps:
                        one.steps = steps
                        one.move()
                    yield self._progress(one, read_bytes)
                case wire.InputPart() as part if one.is_told_truly(part):
                    one.move()
                    yield _report_of(one, part)
                    if part.is_last:
                        return
                case None:
                    if time.monotonic() - one.moved_at > self._timing.file_s:
                        worker.kill("time_limit")
                case _:
                    worker.kill("refused_message")
        self._close_worker()  # what it has read so far is judged by nobody: the rest was not looked at either

    def _ready_worker(self) -> Iterator[wire.Report]:
        """See to it that a worker is up; say so the first time."""
        while self._worker is None and not self._control.is_stopped:
            try:
                isolation = self._start_worker()
            except WorkerDied as death:
                yield from self._bury(death)
            else:
                if not self._has_told_ready:
                    self._has_told_ready = True
                    yield wire.WorkerReady(isolation)

    def _start_worker(self) -> str:
        worker = self._worker = Worker(
            self._command, self._kind.role, SENSE_ANSWERS, memory_limit_bytes=MEMORY_LIMIT_BYTES
        )
        self._was_paused = False
        begun_at = time.monotonic()
        while not self._control.is_stopped:
            frame = worker.receive(_LOOK_S)
            match frame.message if frame else None:
                case wire.SenseReady(isolation):
                    return isolation
                case wire.JobFailed() as failed:
                    raise error_of(failed)
                case None:
                    if time.monotonic() - begun_at > self._timing.start_s:
                        worker.kill("time_limit")
                case _:
                    worker.kill("refused_message")
        return ""

    def _bury(self, death: WorkerDied) -> Iterator[wire.Report]:
        self._close_worker()
        end = time.monotonic() + self._deaths.note()
        if self._deaths.are_enough:
            raise WorkerStopped(
                deaths=self._deaths.count, cause=death.cause, signal=death.signal, detail=death.last_words
            )
        yield wire.WorkerRestarted(death.cause, death.signal, self._left_out)
        while (left_s := end - time.monotonic()) > 0 and not self._control.is_stopped:
            time.sleep(min(_LOOK_S, left_s))

    def _close_worker(self) -> None:
        if self._worker is not None:
            self._worker.close()
            self._worker = None

    def _pass_on_pause(self, worker: Worker, one: _Input) -> None:
        if self._control.is_paused != self._was_paused:
            self._was_paused = not self._was_paused
            worker.send(wire.Order("pause" if self._was_paused else "resume"))
        if self._was_paused:
            one.move()

    def _progress(self, one: _Input, read_bytes: int) -> wire.SourceRead:
        done = self._done_bytes + min(max(read_bytes, 0), one.file.size_bytes)
        return wire.SourceRead(one.source, done, max(done, self._all_bytes))

    def _leave_out(self, one: _Input, death: WorkerDied) -> wire.SourcePart:
        match death.cause:
            case "time_limit":
                return one.left_out(SkipReason.TIME_LIMIT, limit_s=self._timing.file_s)
            case "memory_limit":
                return one.left_out(SkipReason.MEMORY_LIMIT, limit_bytes=MEMORY_LIMIT_BYTES)
        return one.left_out(SkipReason.WORKER_DIED, signal=death.signal, cause=death.cause)


class _Descriptor:
    """An open file that is closed whatever happens."""

    def __init__(self, number: int) -> None:
        self._number = number

    def close(self) -> None:
        os.close(self._number)


def _report_of(one: _Input, part: wire.InputPart) -> wire.SourcePart:
    return wire.SourcePart(
        one.source,
        checked=int(part.is_last and part.skipped is None),
        units=part.units,
        findings=part.findings,
        skipped=(part.skipped,) if part.skipped else (),
        activity=part.activity,
        programs=part.programs,
        source_done=part.is_last,
        folder=one.source,
    )


def _is_input(name: str, source: str) -> bool:
    """Tell whether a file was named by itself, not found in a folder."""
    return name == whole_path(source)


def _sizes_of(paths: Sequence[str]) -> dict[str, int]:
    """Tell how large the inputs are that are files; those in folders come later."""
    sizes = {}
    for path in paths:
        with suppress(OSError, ValueError):
            if not Path(path).is_dir():
                sizes[path] = Path(path).stat().st_size
    return sizes
