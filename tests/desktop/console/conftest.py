"""A command line whose worker tells what a test wants."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.console import cli, face
from desktop.service.service import Service
from detectors.contract.errors import SkippedCheck, SkipReason, WorkerStopped
from detectors.contract.finding import Subject
from detectors.worker.wire import (
    BatchDone,
    CheckCaptures,
    CheckConnections,
    CheckLive,
    CheckMemory,
    CheckModels,
    CheckPrograms,
    CheckRecordings,
    CheckRules,
    FilesCounted,
    JobDone,
    LookedUp,
    LookUp,
    ModelsChecked,
    RulesChecked,
    SourcePart,
    WorkerReady,
)


@dataclass
class Worker:
    """Stands in for the worker: what it will report, and what it was asked."""

    folder: str
    findings: tuple = ()
    skipped: tuple = ()
    rules: RulesChecked = field(default_factory=lambda: RulesChecked(()))
    between: tuple = ()
    traffic: tuple = ()
    programs: tuple = ()
    models: ModelsChecked | None = None
    places: LookedUp = field(default_factory=lambda: LookedUp({}, {}, "2026-06-18", "2026-05-28"))
    asked: list = field(default_factory=list)
    stops: bool = False

    def run_job(self, job, control):
        self.asked.append(job)
        if isinstance(job, CheckRules):
            yield self.rules
            return
        if isinstance(job, CheckModels):
            if self.models is None:
                raise WorkerStopped(deaths=5)
            yield self.models
            yield JobDone()
            return
        if isinstance(job, LookUp):
            yield self.places
            yield JobDone()
            return
        yield WorkerReady("limits+landlock+seccomp")
        if isinstance(job, CheckCaptures):
            yield from self.traffic
            yield JobDone()
            return
        if isinstance(job, CheckRecordings | CheckPrograms | CheckMemory):
            units = {"programs": 7, "starts": 2, "interval_ms": 250, "missed": 1}
            yield from self.programs or (SourcePart("programs", checked=1, units=units, source_done=True),)
            if self.stops:
                control.stop()
            yield JobDone(stopped=control.is_stopped)
            return
        if isinstance(job, CheckConnections | CheckLive):
            yield SourcePart(job.source, checked=1, units={"flows": 3}, source_done=True)
            yield JobDone()
            return
        yield FilesCounted(10, is_estimate=False)
        yield from self.between
        checked = 10 - len(self.skipped)
        yield BatchDone(
            job.paths[0], "10", self.folder, 10, 0, checked, 5000, self.findings, self.skipped, source_done=True
        )
        if self.stops:
            control.stop()
        yield JobDone(stopped=control.is_stopped)


@dataclass
class Told:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def worker(tmp_path, monkeypatch):
    """The stand-in, in front of a real service with a data folder of its own."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    folder = tmp_path / "inputs"
    folder.mkdir()
    worker = Worker(str(folder))
    monkeypatch.setattr(face, "Service", functools.partial(Service, run_job=worker.run_job))
    monkeypatch.setattr(face, "default_data_folder", lambda: tmp_path / "data")
    return worker


@pytest.fixture
def command(worker, capfdbinary, monkeypatch):
    """Run one command and read what it said."""

    def run(*arguments: str) -> Told:
        monkeypatch.setattr("sys.argv", ["main.py", *arguments])
        capfdbinary.readouterr()
        code = cli.main(list(arguments))
        out, err = capfdbinary.readouterr()
        return Told(code, out.decode("utf-8"), err.decode("utf-8"))

    return run


def left_out(name: str, reason: SkipReason = SkipReason.FIFO, source: str = "/home/maria") -> SkippedCheck:
    return SkippedCheck(Subject.file(name), reason, source)


def inputs_of(worker: Worker) -> Path:
    return Path(worker.folder)
