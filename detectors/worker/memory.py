"""Looks into the memory of programs: opens all there is to open, locks the door, then reads and judges.

Before this on the path: ``watches.py`` in the service, which sent the job. After it: ``judging.py``, and back over
the wall. The one rule: who parses can open nothing. One worker does both, one after the other, as the live watch does.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from detectors.contract.detector import DetectorContext
from detectors.contract.errors import MessageRefused, PlainwatchError, SkipReason
from detectors.contract.finding import Finding, Subject
from detectors.telemetry.program_memory import OpenedPrograms, OpenProgram, open_programs, read_memory
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import JOBS, Channel, inherited_channel
from detectors.worker.judging import Judging
from detectors.worker.limits import apply_limits, lock_in
from detectors.worker.orders import obey
from detectors.worker.registry import MEMORY, Panel, find_detectors

if TYPE_CHECKING:
    from detectors.contract.detector import Detector

MAX_SECONDS = 1_800.0
"""A look that takes longer ends, and says so."""
MAX_BYTES = 64_000_000_000
"""Of all programs together."""
_MEMORY_BYTES = 1024**3
HAS_MEMORY_FILES = sys.platform == "linux"
"""Elsewhere no file shows the memory of a program."""


def look_into_memory(context: DetectorContext, kinds: Sequence[type[Detector]] | None) -> None:
    """Be the worker for memory."""
    isolation = apply_limits(memory_bytes=_MEMORY_BYTES)
    channel = inherited_channel(JOBS)
    job = channel.receive().message
    if not isinstance(job, wire.CheckMemory):
        raise MessageRefused(problem="kind")
    kept = Path(job.cache_folder) if job.cache_folder else None
    context = DetectorContext(context.rules_folder, kept, context.models_folder)
    try:
        panel = Panel.build(context, find_detectors(MEMORY) if kinds is None else kinds)
    except PlainwatchError as error:
        channel.send(wire.JobFailed(error.code, error.values))
        return
    opened = open_programs(job.pid, {os.getpid(), os.getppid()}) if HAS_MEMORY_FILES else None
    isolation += lock_in()
    channel.send(wire.SenseReady(isolation))
    MemoryLook(channel, panel, job, opened).run()


class MemoryLook:
    """One look, program after program."""

    def __init__(self, channel: Channel, panel: Panel, job: wire.CheckMemory, opened: OpenedPrograms | None) -> None:
        """Begin.

        Args:
            channel: Where everything is told, and a person's wishes come from.
            panel: Who judges.
            job: What was asked.
            opened: What could be opened; None where no system file shows memory.
        """
        self._channel = channel
        self._job = job
        self._opened = opened
        self._control = Control()
        subject = Subject("sense", "programs")
        self._judging = _MemoryJudging(
            channel, panel, self._control, subject=subject, source=job.source, done=lambda: self._programs
        )
        self._begun_at = time.monotonic()
        self._programs = self._bytes = self._cut = 0

    def run(self) -> None:
        """Look, and say the last word."""
        threading.Thread(target=obey, args=(self._channel, self._control), daemon=True).start()
        if self._opened is None:
            self._judging.add_gap((SkipReason.MEMORY_NOT_AVAILABLE, {}))
        else:
            self._look_at_all(self._opened)
        units = {"programs": self._programs, "bytes": self._bytes}
        self._judging.end(wire.InputPart(units=units))

    def _look_at_all(self, opened: OpenedPrograms) -> None:
        ended = opened.vanished
        for number, program in enumerate(opened.programs):
            if self._is_over:
                self._cut += len(opened.programs) - number
                break
            looked = self._look_at(program)
            program.close()
            self._programs += looked
            ended += not looked
            self._cut += program.was_cut
        self._say_what_is_missing(opened, ended)

    def _look_at(self, program: OpenProgram) -> bool:
        """Judge all of a program's memory; False when there was none."""
        looked = False
        for piece in read_memory(program, self._job.source):
            looked = True
            self._bytes += len(piece.data)
            self._judging.look(piece)
            self._judging.step()
            if self._is_over:
                program.was_cut = True
                break
        return looked

    def _say_what_is_missing(self, opened: OpenedPrograms, ended: int) -> None:
        """Say in one line each, however many programs there are, what was not looked into."""
        if opened.denied:
            self._judging.add_gap((SkipReason.MEMORY_HIDDEN, {"programs": opened.denied, "of": opened.met}))
        if self._cut or opened.too_many:
            self._judging.add_gap((SkipReason.MEMORY_IN_PART, {"programs": self._cut + opened.too_many}))
        if ended:
            self._judging.add_gap((SkipReason.PROGRAMS_ENDED, {"programs": ended}))

    @property
    def _is_over(self) -> bool:
        watched_s = time.monotonic() - self._begun_at - self._control.paused_s
        return self._control.is_stopped or watched_s > MAX_SECONDS or self._bytes > MAX_BYTES


class _MemoryJudging(Judging):
    """Adds up what several pieces of one program's memory gave."""

    def joined(self, earlier: Finding, finding: Finding) -> Finding:
        """Keep the gravest word; the first piece of equal ones."""
        return finding if (finding.severity, finding.confidence) > (earlier.severity, earlier.confidence) else earlier
