"""The worker for recordings of programs. It gets open recordings, never a path.

Before this on the path: ``input_worker.py``, which takes them in. After it: ``program_recording.py`` makes a Programs
of each machine and stretch, ``program_judging.py`` has it judged and tells it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO

from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Subject
from detectors.telemetry.program_recording import RecordingReader
from detectors.worker import wire
from detectors.worker.input_worker import InputWorker, place_in
from detectors.worker.program_judging import ProgramJudging
from detectors.worker.registry import Gap


class RecordingsWorker(InputWorker[wire.ReadRecording]):
    """Looks at recordings."""

    def _check(self, task: wire.ReadRecording, stream: BinaryIO) -> None:
        """Read, judge and tell one recording."""
        reader = RecordingReader(task.source, task.poll_s)
        judging = ProgramJudging(
            self._channel,
            self._panel,
            self._control,
            subject=Subject.file(task.name),
            source=task.source,
            done=place_in(stream),
        )
        with io.BufferedReader(_Stepping(stream, judging.step)) as steps:
            for programs in reader.read(steps):
                reader.flag(judging.judge(programs))
        for line in reader.skipped():
            if line.reason is not SkipReason.STARTS_MISSED:  # asked for; the units say how many
                judging.add_gap(_gap_of(line))
        units = {"records": reader.rows}
        if task.poll_s:  # a machine of which nothing was seen has nothing to judge, and is counted all the same
            units |= {"missed": reader.missed, "interval_ms": round(task.poll_s * 1000)}
        judging.finish(units)


def _gap_of(line: SkippedCheck) -> Gap:
    if line.reason is SkipReason.RECORDS_DROPPED:  # its sentence calls the number so
        return line.reason, {"records": line.values.get("count")}
    return line.reason, line.values


class _Stepping(io.RawIOBase):
    """Passes bytes on and says each time that the worker lives: a long stretch takes a while to read."""

    def __init__(self, stream: BinaryIO, step: Callable[[], None]) -> None:
        self._stream, self._step = stream, step

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # any buffer that can be written
        self._step()
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
