"""A service with a real store and a stand-in for the worker that says what a test wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.service.events import Control
from desktop.service.keeping.database import Database
from desktop.service.keeping.findings import Findings
from desktop.service.keeping.journal import Journal
from desktop.service.keeping.store import Store
from desktop.service.service import Service
from detectors.worker.wire import Job, Report


class StandIn:
    """Takes the place of ``run_job``: notes the jobs and plays reports; an exception in the list is raised."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self.reports: list[Report | Exception | Callable[[], None]] = []

    def __call__(self, job: Job, control: Control) -> Iterator[Report]:
        self.jobs.append(job)
        for report in self.reports:
            if isinstance(report, Exception):
                raise report
            if callable(report):
                report()
            else:
                yield report


@pytest.fixture
def stand_in() -> StandIn:
    return StandIn()


@pytest.fixture
def service(tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)
    made = Service(tmp_path / "kept", run_job=stand_in)
    yield made
    made.close()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(tmp_path / "kept")
    yield made
    made.close()


@pytest.fixture
def store(database: Database) -> Store:
    return Store(database)


@pytest.fixture
def findings(database: Database) -> Findings:
    return Findings(database)


@pytest.fixture
def journal(database: Database) -> Journal:
    return Journal(database)
