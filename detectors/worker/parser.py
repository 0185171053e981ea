"""The parser: the only process that looks at hostile bytes as structure. It gets open files, never a path.

Before this on the path: ``parse_queue.py`` in the opener. After it: telemetry makes records, the detectors judge them,
and what they say goes back to the opener.
Two threads share one set of rules; matching lets go of the interpreter, so two processors are busy.
"""

from __future__ import annotations

import os
import queue
import threading
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Finding, Subject
from detectors.contract.records import ArchiveTrouble, FileRecord
from detectors.telemetry.archives import ArchiveBudget, open_members
from detectors.telemetry.reading import make_record, read_opened
from detectors.worker import wire
from detectors.worker.framing import Channel, Frame
from detectors.worker.registry import Gap, Panel

THREADS = 2
_TELL_S = 0.05
"""Answers wait no longer than this, and are sent at once when there is nothing left to do."""
_THINGS_A_PART = 64
"""Findings and skipped lines in one part: with names as long as they may be, far below the message limit."""
MAX_NAME = 4096
"""Longer names of archive members are cut, and said to be too long; no system could store them."""
_MAX_TOLD_BYTES = 6_000_000
"""What one file may give in names of findings and skipped lines; the whole must fit one message of the opener."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A task with its bytes: a descriptor, or a piece of the blob."""

    task: wire.FileTask
    descriptor: int | None
    data: bytes

    def read(self) -> tuple[FileRecord | None, SkippedCheck | None]:
        """Make a record of it; the second value says what was not, or not fully, read."""
        task = self.task
        if self.descriptor is not None:
            try:
                return read_opened(task.name, task.source, self.descriptor)
            finally:
                os.close(self.descriptor)
        if task.trouble is not None and not self.data:
            return None, task.trouble
        is_whole = task.trouble is None
        record = make_record(task.name, task.source, self.data, task.size_bytes, task.modified_ns, is_whole=is_whole)
        return record, task.trouble


class Outbox:
    """Collects what the threads have to say and sends it in good time."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._lock = threading.Lock()
        self._parts: list[wire.FilePart] = []
        self._things = 0
        self._running: dict[int, int] = {}
        self._sent_at = 0.0

    def begin(self, number: int) -> None:
        """A file is in work."""
        with self._lock:
            self._running[number] = 0

    def step(self, number: int) -> None:
        """The file has got one step further: its clock starts anew."""
        with self._lock:
            self._running[number] += 1

    def put(self, part: wire.FilePart, *, at_once: bool = False) -> None:
        """Take an answer; send what is there when it is time, or at once when nothing else will come soon."""
        with self._lock:
            self._parts.append(part)
            self._things += len(part.findings) + len(part.skipped)
            if part.is_last:
                self._running.pop(part.number, None)
            if at_once or self._things >= _THINGS_A_PART or time.monotonic() - self._sent_at > _TELL_S:
                self._send()

    def tick(self) -> None:
        """Send what is there, and what is in work."""
        with self._lock:
            if self._parts or self._running:
                self._send()

    def _send(self) -> None:
        running = tuple(wire.Running(number, steps) for number, steps in self._running.items())
        self._channel.send(wire.FilesDone(tuple(self._parts), running))
        self._parts = []
        self._things = 0
        self._sent_at = time.monotonic()


class Parser:
    """Takes tasks until the opener goes away."""

    def __init__(self, channel: Channel, panel: Panel, zip_password: bytes | None) -> None:
        self._channel = channel
        self._panel = panel
        self._zip_password = zip_password
        self._outbox = Outbox(channel)
        self._tasks: queue.SimpleQueue[_Given] = queue.SimpleQueue()

    def run(self) -> None:
        """Receive tasks; raises EOFError at the end."""
        for target in [self._work] * THREADS + [self._tick]:
            threading.Thread(target=target, daemon=True).start()
        while True:
            for given in _unpack(self._channel.receive()):
                self._tasks.put(given)

    def _work(self) -> None:
        while True:
            given = self._tasks.get()
            self._outbox.begin(given.task.number)
            last = self._parse(given)
            self._outbox.put(last, at_once=self._tasks.empty())

    def _tick(self) -> None:
        while True:
            time.sleep(_TELL_S)
            self._outbox.tick()

    def _parse(self, given: _Given) -> wire.FilePart:
        """Look at one file and all that is inside; return its last part."""
        told = _Told(given.task, self._outbox)
        try:
            record, trouble = given.read()
            if trouble is not None:
                told.skip(trouble)
            if record is not None:
                self._look_at(record, told)
        except MemoryError:
            told.skip(SkippedCheck(Subject.file(given.task.name), SkipReason.MEMORY_LIMIT, given.task.source))
        return told.part(is_last=True)

    def _look_at(self, record: FileRecord, told: _Told) -> None:
        told.judge(self._panel, record)
        for met in open_members(record, ArchiveBudget(), self._zip_password):
            if isinstance(met, SkippedCheck):
                told.skip(replace(met, subject=replace(met.subject, name=_fit(met.subject.name, record.name))))
            else:
                name = _fit(met.name, record.name)
                told.judge(self._panel, replace(met, name=name))
                if name != met.name:
                    told.skip(SkippedCheck(Subject.file(name), SkipReason.NAME_TOO_LONG, met.source))
            if told.is_full:
                told.skip(SkippedCheck(Subject.file(record.name), SkipReason.ARCHIVE_TOO_MANY_MEMBERS, record.source))
                return


class _Told:
    """What one file has given so far."""

    def __init__(self, task: wire.FileTask, outbox: Outbox) -> None:
        self._task = task
        self._outbox = outbox
        self._members: set[str] = set()
        self._left_out: set[str] = set()
        self._read_bytes = 0
        self._told_bytes = 0
        self._findings: list[Finding] = []
        self._gravest: dict[str, int] = {}
        self._skipped: list[SkippedCheck] = []

    @property
    def is_full(self) -> bool:
        """True when more would not fit a message any more: only an attack names that much."""
        return self._told_bytes > _MAX_TOLD_BYTES

    def judge(self, panel: Panel, record: FileRecord | ArchiveTrouble) -> None:
        """Let the detectors judge a record and keep what they say."""
        if isinstance(record, FileRecord):
            self._read_bytes += len(record.data)
            self._meet(record.name)
        findings, gap = panel.judge(record)
        for finding in findings:
            self._find(finding)
        if gap is not None:
            self.skip(_line_about(record, gap))
        self._step()

    def _find(self, finding: Finding) -> None:
        """Keep a finding; of several about one thing, a document and its parts say, keep the gravest."""
        if finding.severity <= self._gravest.get(finding.id, 0):
            return
        self._gravest[finding.id] = finding.severity
        self._told_bytes += 2000 + 2 * len(ascii(finding.subject.name))
        self._findings = [earlier for earlier in self._findings if earlier.id != finding.id] + [finding]

    def skip(self, line: SkippedCheck) -> None:
        """Keep a skipped line; the first one about a name counts."""
        name = line.subject.name
        if name in self._left_out:
            return
        self._left_out.add(name)
        self._meet(name)
        self._told_bytes += 300 + len(ascii(name)) + len(ascii(line.source))
        self._skipped.append(line)
        self._step()

    def part(self, *, is_last: bool = False) -> wire.FilePart:
        """Hand out what is new."""
        new = wire.FilePart(
            self._task.number,
            len(self._members),
            self._read_bytes,
            tuple(self._findings),
            tuple(self._skipped),
            is_last=is_last,
        )
        self._findings, self._skipped = [], []
        return new

    def _meet(self, name: str) -> None:
        if name != self._task.name:
            self._members.add(name)

    def _step(self) -> None:
        """Start the file's clock anew; in an archive send findings on at once, since the next member may kill us."""
        self._outbox.step(self._task.number)
        is_precious = bool(self._members and self._findings)
        if is_precious or len(self._skipped) >= _THINGS_A_PART:
            self._outbox.put(self.part(), at_once=is_precious)


def _line_about(record: FileRecord | ArchiveTrouble, gap: Gap) -> SkippedCheck:
    reason, values = gap
    return SkippedCheck(Subject.file(record.name), reason, record.source, values)


def _fit(name: str, file: str) -> str:
    """Cut what is too long behind the name of the file on disk; a checksum keeps cut names apart."""
    most = len(file) + MAX_NAME
    return name if len(name) <= most else f"{name[:most]}...{zlib.crc32(ascii(name).encode()):08x}"


def _unpack(frame: Frame) -> Iterator[_Given]:
    """Put each task together with its bytes."""
    if not isinstance(frame.message, wire.ParseFiles):
        return
    start = 0
    for index, task in enumerate(frame.message.files):
        descriptor = frame.descriptors[index] if frame.descriptors else None
        yield _Given(task, descriptor, frame.blob[start : start + task.blob_bytes])
        start += task.blob_bytes
