"""Watches the programs of this computer for a while and has them judged: the worker's side.

Before this on the path: ``watches.py`` in the service, which sent the job. After it: ``program_judging.py``, and back
over the wall. What runs is looked at every half second; where the system tells of starts by itself, none is missed.
"""

from __future__ import annotations

import contextlib
import sys
import time
from typing import BinaryIO

from detectors.contract.finding import Subject
from detectors.contract.programs import PlaceItem, Program, Programs
from detectors.telemetry.known_places import compare_places, look_at_places
from detectors.telemetry.processes import ProgramWatch
from detectors.telemetry.program_log import ProgramLog
from detectors.telemetry.program_writer import ProgramWriter
from detectors.worker import wire
from detectors.worker.framing import Channel
from detectors.worker.program_judging import ProgramJudging, hidden_gap
from detectors.worker.registry import Panel
from detectors.worker.watch import Watch

SYSTEMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}
LOOK_EVERY_S = 0.5
"""One look at 400 programs costs about 5 ms where the system lets us ask for what changed."""
JUDGE_EVERY_S = 60.0
"""Nobody should wait for the end of a day to learn what happened in the morning."""
FIRST_JUDGED_S = 10.0
"""A short watch is judged once, at its end."""
_STEP_S = 0.05


class ProgramsWatch(Watch):
    """Looks at what runs, and at what starts programs."""

    def __init__(
        self,
        channel: Channel,
        panel: Panel,
        job: wire.CheckPrograms,
        *,
        watch: ProgramWatch,
        log: ProgramLog,
        save: BinaryIO | None,
    ) -> None:
        super().__init__(channel, job.seconds)
        self._job = job
        self._log, self._programs = log, watch
        self._judging = ProgramJudging(
            channel,
            panel,
            self._control,
            subject=Subject("sense", "programs"),
            source=job.source,
            done=lambda: int(self._watched_s()),
        )
        self._flagged: dict[Program, float] = {}
        self._writer = ProgramWriter(save) if save else None

    def _watch(self) -> None:
        with contextlib.closing(self._programs):
            self._programs.look(time.time())
            places = self._look_at_places()
            self._go_on()
            self._programs.look(time.time())
            programs = self._judge_stretch()
        hidden, of = self._programs.hidden()
        if hidden:
            self._judging.add_gap(hidden_gap(hidden, of))
        self._judging.finish(
            {"programs": len(programs.running)}, habits=self._judging.habits_of(programs), places=places
        )

    def _go_on(self) -> None:
        """Look and judge, again and again, until it is over."""
        look_at_s, judge_at_s = LOOK_EVERY_S, FIRST_JUDGED_S
        while not self._is_over:
            if self._watched_s() >= look_at_s:
                self._programs.look(time.time())
                look_at_s = self._watched_s() + LOOK_EVERY_S
            self._judging.step()
            if self._log.is_full:
                self._judge_stretch()
                self._log.cut(self._flagged, time.time())
            elif self._watched_s() >= judge_at_s:
                self._judging.look(self._stretch())
                judge_at_s = self._watched_s() + JUDGE_EVERY_S
            time.sleep(_STEP_S)

    def _look_at_places(self) -> tuple[PlaceItem, ...]:
        """See what starts programs and lets people in, and note what is not as it was at the last look."""
        places = look_at_places()
        if self._job.places is not None:
            for change in compare_places(self._job.places, places, time.time()):
                self._log.change_place(change)
        return places

    def _stretch(self) -> Programs:
        self._log.coverage = self._programs.coverage()
        return self._log.stretch(time.time())

    def _judge_stretch(self) -> Programs:
        """Judge what was seen since the last cut, and keep it where somebody asked for that."""
        programs = self._stretch()
        self._flagged = self._judging.judge(programs)
        if self._writer is not None:
            self._writer.write(programs)
        return programs


def open_watch(job: wire.CheckPrograms) -> tuple[ProgramLog, ProgramWatch]:
    """Begin to see what runs here, with the rights that are there now."""
    system = SYSTEMS.get(sys.platform, "linux")
    log = ProgramLog(job.source, "", system, is_recording=False, known=job.known)
    return log, ProgramWatch(log)
