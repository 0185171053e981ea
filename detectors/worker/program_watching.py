"""Watches the programs of this computer for a while and has them judged: the worker's side.

Before this on the path: ``watches.py`` in the service, which sent the job. After it: ``program_judging.py``, and back
over the wall. What runs is looked at several times a second; where the system tells of starts itself, none is missed.
"""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING, BinaryIO

from detectors.contract.errors import SkipReason
from detectors.contract.finding import Subject
from detectors.contract.programs import Program, Programs
from detectors.telemetry.known_places import compare_places, read_places
from detectors.telemetry.processes import Pace, ProgramWatch
from detectors.telemetry.program_log import ProgramLog
from detectors.worker import wire
from detectors.worker.framing import Channel
from detectors.worker.program_judging import ProgramJudging
from detectors.worker.registry import Panel
from detectors.worker.watch import Watch

if TYPE_CHECKING:
    from detectors.telemetry.program_writer import ProgramWriter
    from detectors.telemetry.watched_folders import WatchedFolders

SYSTEMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}
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
        self._places, self._unread_places = job.places, 0
        self._folders: WatchedFolders | None = None
        self._flagged: dict[Program, float] = {}
        self._writer = _writer_into(save) if save else None

    def _watch(self) -> None:
        with contextlib.closing(self._programs):
            self._programs.look(time.time())
            self._look_at_places()
            self._watch_folders()
            for change in self._job.touched:
                self._log.change_file(change)
            self._go_on()
            self._look()
            if self._job.seconds > FIRST_JUDGED_S:
                self._look_at_places()
            programs = self._judge_stretch()
            self._say_what_is_hidden()
            units = {"programs": self._programs.hidden[1], "starts": programs.coverage.seen}
            units |= {"places_unread": self._unread_places} if self._unread_places else {}
        if self._folders is not None:
            self._folders.stop()
        self._judging.finish(units, habits=self._judging.habits_of(programs), places=self._places)

    def _go_on(self) -> None:
        """Look and judge, again and again, until it is over."""
        judge_at_s = FIRST_JUDGED_S
        while not self._is_over:
            self._look()
            self._judging.step()
            if self._log.is_full:
                self._judge_stretch()
                self._log.cut(self._flagged, time.time())
            elif self._watched_s() >= judge_at_s:
                self._look_at_places()
                self._judging.look(self._log.stretch(time.time()))
                judge_at_s = self._watched_s() + JUDGE_EVERY_S
            time.sleep(_STEP_S)

    def _look(self) -> None:
        """Look at programs, which know themselves when a look is due, and at watched folders."""
        self._programs.look(time.time())
        if self._folders is not None:
            for change in self._folders.take(time.time()):
                self._log.change_file(change)

    def _look_at_places(self) -> None:
        """See what starts programs and lets people in, and note what is not as it was at the last look."""
        reader = read_places()
        self._unread_places = reader.unread
        places = tuple(reader.items)
        if self._places is not None:
            for change in compare_places(self._places, places, time.time()):
                self._log.change_place(change)
        self._places = places

    def _watch_folders(self) -> None:
        """Begin to watch the folders that somebody asked for; one that cannot be watched is said."""
        if not (self._job.folders or self._job.canaries):
            return
        from detectors.telemetry.watched_folders import WatchedFolders  # noqa: PLC0415 - few people ask for it

        self._folders = WatchedFolders(self._job.folders, self._job.canaries)
        failed = self._folders.start()
        if failed:
            self._judging.add_gap((SkipReason.FOLDERS_NOT_WATCHED, {"folders": failed}))

    def _say_what_is_hidden(self) -> None:
        """Say which programs this account may not see, or not look at."""
        hidden, of = self._programs.hidden
        if self._programs.hides_others:
            self._judging.add_gap((SkipReason.OTHERS_HIDDEN, {"of": of}))
        if hidden:
            self._judging.add_gap((SkipReason.PROGRAMS_HIDDEN, {"programs": hidden, "of": of}))

    def _judge_stretch(self) -> Programs:
        """Judge what was seen since the last cut, and keep it where somebody asked for that."""
        programs = self._log.stretch(time.time())
        self._flagged = self._judging.judge(programs)
        if self._writer is not None:
            self._writer.write(programs)
        return programs


def _writer_into(save: BinaryIO) -> ProgramWriter:
    from detectors.telemetry.program_writer import ProgramWriter  # noqa: PLC0415 - few people ask for it

    return ProgramWriter(save)


def open_watch(job: wire.CheckPrograms) -> tuple[ProgramLog, ProgramWatch]:
    """Begin to see what runs here, with the rights that are there now."""
    system = SYSTEMS.get(sys.platform, "linux")
    log = ProgramLog(job.source, "", system, is_recording=False, known=job.known, picture=job.picture)
    return log, ProgramWatch(log, pace=Pace.for_seconds(job.seconds))
