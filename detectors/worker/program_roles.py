"""The roles of the program sense: recordings, this computer's programs, and their memory.

Before this on the path: ``child.py``, which is a worker in one role. After it: ``recordings_worker.py``,
``program_watching.py``, ``memory.py``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from detectors.contract.detector import DetectorContext
from detectors.contract.errors import MessageRefused, PlainwatchError, StoreFull
from detectors.worker import wire
from detectors.worker.framing import JOBS, RECORDING_TASKS, Channel, inherited_channel
from detectors.worker.limits import apply_limits, lock_in
from detectors.worker.registry import PROGRAMS, Panel, find_detectors
from detectors.worker.seccomp import refuse_dangerous_calls

if TYPE_CHECKING:
    from detectors.contract.detector import Detector

_MEMORY_BYTES = 1024**3
O_BINARY = getattr(os, "O_BINARY", 0)
"""Windows needs it."""

Kinds = Sequence["type[Detector]"] | None


def check_recordings(context: DetectorContext, kinds: Kinds) -> None:
    """Look at recordings, locked in whole."""
    from detectors.worker.recordings_worker import RecordingsWorker  # noqa: PLC0415 - each role loads its own part

    isolation = apply_limits(memory_bytes=_MEMORY_BYTES)
    channel = inherited_channel(RECORDING_TASKS, from_opener=True)
    panel = _panel(context, kinds, channel)
    if panel is not None:
        isolation += lock_in()
        channel.send(wire.SenseReady(isolation))
        RecordingsWorker(channel, panel).run()


def watch_programs(context: DetectorContext, kinds: Kinds) -> None:
    """Watch what runs here; files can be read but not changed, because that is where the system answers."""
    from detectors.worker.program_watching import ProgramsWatch, open_watch  # noqa: PLC0415 - as above

    isolation = apply_limits(memory_bytes=_MEMORY_BYTES)
    channel = inherited_channel(JOBS, from_opener=True)
    frame = channel.receive()
    job = frame.message
    if not isinstance(job, wire.CheckPrograms):
        raise MessageRefused(problem="kind")
    cache_folder = Path(job.cache_folder) if job.cache_folder else None
    panel = _panel(replace(context, cache_folder=cache_folder), kinds, channel)
    if panel is None:
        return
    try:
        save = _open_save(job.save, frame.descriptors)
    except OSError:
        failed = StoreFull(path=job.save)
        channel.send(wire.JobFailed(failed.code, failed.values))
        return
    log, watch = open_watch(job)  # asks for start events, which needs a right that is then given up
    # no Landlock: whoever is under it may not see the paths, sockets and counters of programs outside
    if refuse_dangerous_calls():
        isolation += "+seccomp"
    channel.send(wire.SenseReady(isolation))
    ProgramsWatch(channel, panel, job, watch=watch, log=log, save=save).run()


def check_memory(context: DetectorContext, kinds: Kinds) -> None:
    """Look into the memory of programs: opened first, read when locked in whole."""
    from detectors.worker.memory import look_into_memory  # noqa: PLC0415 - as above

    look_into_memory(context, kinds)


ROLES: dict[str, Callable[[DetectorContext, Kinds], None]] = {
    "recordings": check_recordings,
    "programs": watch_programs,
    "memory": check_memory,
}


def _open_save(path: str, descriptors: Sequence[int]) -> BinaryIO | None:
    """Take the file to keep everything in, or open it before the door is locked."""
    if not path:
        return None
    file = descriptors[0] if descriptors else os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | O_BINARY, 0o600)
    return os.fdopen(file, "wb", buffering=0)


def _panel(context: DetectorContext, kinds: Kinds, channel: Channel) -> Panel | None:
    """Build the detectors of programs; None when one cannot be built, which is told."""
    try:
        return Panel.build(context, find_detectors(PROGRAMS) if kinds is None else kinds)
    except PlainwatchError as error:
        channel.send(wire.JobFailed(error.code, error.values))
        return None
