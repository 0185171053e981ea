"""Reads a recording of programs into stretches that detectors judge, one log for each machine in it.

Before this on the path: ``recording_lines.py`` and ``program_rows.py``. After it: the worker, which gives each
``Programs`` to the detectors. Nothing passes from one machine to another, and what was not understood is counted.
"""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Scalar, Subject
from detectors.contract.programs import Coverage, Program, Programs
from detectors.telemetry.program_log import ProgramLog
from detectors.telemetry.program_rows import (
    MAX_PID,
    RowFacts,
    read_connection,
    read_file_change,
    read_load,
    read_place_change,
    read_start,
    system_of,
)
from detectors.telemetry.recording_lines import RecordingTrouble, Row, read_recording

MAX_MACHINES = 512
"""Open at once; of more, the one that was quiet for longest is judged and closed."""
MAX_HELD = 150_000
"""Programs and other records of all machines together,"""
MAX_HELD_TEXT = 64_000_000
"""and characters."""
MAX_GONE = 100_000
"""Names of closed machines, kept to notice one that comes back."""
FOREIGN_LINES = 1_000
"""When none of the first so many is a record, it is no recording."""
NAMED_LINES = 5
"""Told of those that could not be read."""
_LOOK_ROWS = 256


class RecordingReader:
    """Reads one recording. Ask ``read`` for stretches, then ``skipped`` for what they do not hold."""

    def __init__(self, source: str, poll_s: float | None = None) -> None:
        """Prepare to read.

        Args:
            source: The input as it was given.
            poll_s: See it as a poller would that looks every so many seconds: a start counts when one of its looks
                falls into the life of the program (no known end: it does), and what only a log of starts tells
                (version data, integrity, files, a parent that was missed itself) is unknown. What was missed stands
                in ``Coverage``. The looks lie at fixed times that depend on the machine's name alone.
        """
        self._source, self._poll_s = source, poll_s
        self._logs: OrderedDict[str, ProgramLog] = OrderedDict()
        self._polls: dict[str, _Poll] = {}
        self._gone: set[int] = set()
        self._flagged: dict[Program, float] = {}
        self._trouble: RecordingTrouble | None = None
        self._unread, self._in_part = _Lines(), _Lines()
        self._dropped = self._lost = 0
        self.rows = 0
        """Lines that hold something."""
        self.starts = 0
        """Starts that were handed out."""
        self.missed = 0
        """Starts that a poller would not have seen."""
        self.others = 0
        """Records of other kinds."""

    @property
    def unreadable(self) -> int:
        """Lines that are no record."""
        return self._unread.count

    def flag(self, programs: Mapping[Program, float]) -> None:
        """Note who was found at medium or more in the stretch handed out last, and when."""
        self._flagged |= programs

    def read(self, stream: BinaryIO) -> Iterator[Programs]:
        """Read to the end, or as far as it goes.

        Args:
            stream: Open for reading bytes at the beginning of the recording; it need not seek.

        Yields:
            What is to be judged: of most recordings one ``Programs`` a machine.
        """
        for row in read_recording(stream):
            if isinstance(row, RecordingTrouble):
                self._trouble = row
                break
            log = self._take(row)
            if log is not None and log.is_full:
                yield from self._hand_out(log)
                log.cut(self._flagged)
                self._flagged = {}
            if self.rows % _LOOK_ROWS == 0:
                yield from self._make_room()
            if self._is_foreign and self.rows >= FOREIGN_LINES:
                break
        while self._logs:
            yield from self._close_oldest()

    def skipped(self) -> list[SkippedCheck]:
        """List what was not, or not fully, read; to be asked at the end."""
        if not self.rows and self._trouble is None:
            return [self._skip(SkipReason.RECORDING_EMPTY)]
        if self._is_foreign and self._unread.count:
            values = {"line": self._unread.first(1), "problem": self._unread.what()}
            return [self._skip(SkipReason.RECORDING_NOT_SUPPORTED, **values)]
        trouble, told = self._trouble, []
        if self._is_foreign and trouble and trouble.problem == "row_cut":  # one line of text, and nothing else
            return [self._skip(SkipReason.RECORDING_NOT_SUPPORTED, line=str(trouble.line), problem=trouble.problem)]
        if trouble:
            told.append(self._skip(trouble.reason, line=trouble.line, problem=trouble.problem))
        for lines, reason in (
            (self._unread, SkipReason.ROWS_UNREADABLE),
            (self._in_part, SkipReason.ROWS_READ_IN_PART),
        ):
            if lines.count:
                told.append(self._skip(reason, count=lines.count, lines=lines.first(), problem=lines.what()))
        for count, reason in (
            (self._lost, SkipReason.ROWS_WITHOUT_PROGRAM),
            (self._dropped, SkipReason.RECORDS_DROPPED),
        ):
            if count:
                told.append(self._skip(reason, count=count))
        return told

    @property
    def _is_foreign(self) -> bool:
        return not (self.starts or self.others or self.missed)

    def _skip(self, reason: SkipReason, **values: Scalar) -> SkippedCheck:
        return SkippedCheck(Subject.file(self._source), reason, self._source, values)

    def _take(self, row: Row) -> ProgramLog | None:
        """Note one row in the log of its machine."""
        self.rows += 1
        if row.untrusted is None:
            self._unread.add(row.number, row.problem)
            return None
        facts = RowFacts(row.untrusted)
        machine = facts.text("unit") or facts.text("host") or ""
        log = self._log_of(machine, facts)
        problem = self._tell(log, machine, facts, row.number)
        if problem:
            self._unread.add(row.number, problem)
        elif facts.odd:
            self._in_part.add(row.number, *facts.odd)
        return log

    def _log_of(self, machine: str, facts: RowFacts) -> ProgramLog:
        """Find or open the log of a machine; it moves to the end of the row of those that wait to be closed."""
        log = self._logs.get(machine)
        if log is None:
            self._dropped += hash(machine) in self._gone
            way = Coverage("polling", self._poll_s, started=0) if self._poll_s else Coverage("recording")
            log = ProgramLog(self._source, machine, system_of(facts), is_recording=True, coverage=way)
            self._logs[machine] = log
        self._logs.move_to_end(machine)
        return log

    def _tell(self, log: ProgramLog, machine: str, facts: RowFacts, number: int) -> str:
        """Tell a log what a row says; returns what is wrong with the row, or nothing."""
        kind = facts.text("kind") or "start"
        if kind == "start":
            return self._tell_start(log, machine, facts, number)
        if kind not in _KINDS:
            return "unknown_kind"
        problem = _KINDS[kind](log, facts, number)
        self.others += not problem
        return problem

    def _tell_start(self, log: ProgramLog, machine: str, facts: RowFacts, number: int) -> str:
        program, parent = read_start(facts, number, system_of(facts) or log.system)
        if program.pid is None and not (program.name or program.path or program.command):
            return "no_start"
        log.system = log.system or program.system
        if self._poll_s:
            poll = self._polls.setdefault(machine, _Poll(machine, self._poll_s))
            log.count_start()
            if not poll.sees(program):
                self.missed += 1
                return ""
            parent = poll.dim(program, parent)
        log.start(program, parent)
        self.starts += 1
        return ""

    def _hand_out(self, log: ProgramLog) -> Iterator[Programs]:
        """Let one log be judged."""
        if not log.is_empty:
            yield log.stretch()

    def _make_room(self) -> Iterator[Programs]:
        """Close the machines that were quiet for longest, until the others fit."""
        while self._logs and (
            len(self._logs) > MAX_MACHINES
            or sum(log.held for log in self._logs.values()) > MAX_HELD
            or sum(log.held_text for log in self._logs.values()) > MAX_HELD_TEXT
        ):
            yield from self._close_oldest()

    def _close_oldest(self) -> Iterator[Programs]:
        machine, log = next(iter(self._logs.items()))
        yield from self._hand_out(log)
        self._flagged = {}
        del self._logs[machine]
        self._polls.pop(machine, None)
        self._dropped += log.dropped
        self._lost += log.lost
        if len(self._gone) < MAX_GONE:
            self._gone.add(hash(machine))


class _Lines:
    """Counts lines with something wrong; knows the first few."""

    def __init__(self) -> None:
        self.count = 0
        self._numbers: list[int] = []
        self._words: dict[str, None] = {}

    def add(self, number: int, *words: str) -> None:
        self.count += 1
        if len(self._numbers) < NAMED_LINES:
            self._numbers.append(number)
            self._words |= dict.fromkeys(words)

    def first(self, most: int = NAMED_LINES) -> str:
        """Name the first lines."""
        return ", ".join(map(str, self._numbers[:most]))

    def what(self) -> str:
        """Name what was wrong with them: problems or fields, from a fixed list."""
        return ", ".join(self._words)


class _Poll:
    """Looks at one machine every so many seconds."""

    def __init__(self, machine: str, period_s: float) -> None:
        self._period_s = period_s
        self._first_s = zlib.crc32(machine.encode("utf-8", "surrogatepass")) / 2**32 * period_s
        self._missed: OrderedDict[int, None] = OrderedDict()

    def sees(self, program: Program) -> bool:
        """Tell whether a look falls into a program's life. Starts at whole seconds must not be luckier than others."""
        start_s, end_s = program.started_s, program.ended_s
        is_seen = start_s is None or end_s is None
        if start_s is not None and end_s is not None:
            looks = (max(end_s, start_s) - self._first_s) // self._period_s
            is_seen = self._first_s + looks * self._period_s >= start_s
        if program.pid is not None:
            self._missed.pop(program.pid, None)
            if not is_seen:
                self._missed[program.pid] = None
            if len(self._missed) > _Poll.MAX_MISSED:
                self._missed.popitem(last=False)
        return is_seen

    MAX_MISSED = 10_000

    def dim(self, program: Program, parent: Program | None) -> Program | None:
        """Take away what a poller cannot know; returns what it knows of the parent."""
        program.original_name = program.integrity = None
        program.files, program.file_count = (), None
        return None if program.parent_pid in self._missed else parent


def _tell_end(log: ProgramLog, facts: RowFacts, number: int) -> str:  # noqa: ARG001 - all kinds alike
    pid = facts.whole("pid", MAX_PID)
    if pid is None:
        return "no_pid"
    log.end(pid, facts.time("t"), facts.time("create_t"))
    return ""


def _tell_load(log: ProgramLog, facts: RowFacts, number: int) -> str:  # noqa: ARG001
    pid, load = facts.whole("pid", MAX_PID), read_load(facts)
    if pid is None or load is None:
        return "no_pid" if pid is None else "no_time"
    log.load(pid, load, facts.time("create_t"))
    return ""


def _tell_connection(log: ProgramLog, facts: RowFacts, number: int) -> str:  # noqa: ARG001
    pid, connection = facts.whole("pid", MAX_PID), read_connection(facts)
    if connection.is_listener:
        log.listen(pid, connection, facts.time("create_t"))
    elif pid is None:
        return "no_pid"
    else:
        log.connect(pid, connection, facts.time("create_t"))
    return ""


def _tell_file(log: ProgramLog, facts: RowFacts, number: int) -> str:
    change = read_file_change(facts, number)
    if change is None:
        return "no_change"
    log.change_file(change)
    return ""


def _tell_place(log: ProgramLog, facts: RowFacts, number: int) -> str:
    change = read_place_change(facts, number)
    if change is None:
        return "no_change"
    log.change_place(change)
    return ""


_KINDS = {
    "end": _tell_end,
    "sample": _tell_load,
    "connection": _tell_connection,
    "file": _tell_file,
    "place": _tell_place,
}
"""What a row says by its ``kind``; a start is the default."""
