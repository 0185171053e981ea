from __future__ import annotations

import io
import json
import threading
from pathlib import Path
from typing import Any

import pytest

from detectors.contract.detector import Detector
from detectors.contract.errors import SkipReason
from detectors.contract.finding import Evidence, Severity, Subject
from detectors.contract.programs import Coverage, PlaceItem, Programs, program_finding
from detectors.telemetry.known_places import PlaceReader
from detectors.telemetry.program_log import ProgramLog
from detectors.worker import program_watching, wire
from detectors.worker.program_watching import ProgramsWatch
from detectors.worker.registry import Panel
from tests.program_factories import program

ENTRY = PlaceItem("cron", "/etc/cron.d/x", "d1", starts="/tmp/tool")


class Wall:
    """Keeps what is told; a person may stop it."""

    def __init__(self) -> None:
        self.told: list[wire.InputPart] = []

    def send(self, message: object) -> None:
        if isinstance(message, wire.InputPart):
            self.told.append(message)

    def receive(self) -> None:
        threading.Event().wait()


class Looks:
    """Programs that somebody made up: one at the first look, one more at each later one."""

    hides_others = False
    hidden = (0, 7)

    def __init__(self, log: ProgramLog) -> None:
        self.log, self.looks, self.is_closed = log, 0, False

    def look(self, now_s: float) -> None:
        if self.looks < 3:
            self.log.start(program("tool", started_s=now_s, parent=None))
        self.looks += 1
        self.log.coverage = Coverage("polling", 0.25, 9, self.looks, 1)

    def close(self) -> None:
        self.is_closed = True


class SaysAll(Detector):
    """Tells of each changed place and each changed file."""

    name, version, reads, reasons = "says_all", "1", Programs, ("autostart_change",)

    def detect(self, record):
        for change in (*record.place_changes, *record.file_changes):
            item = getattr(change, "item", None) or change.path
            yield program_finding(
                self, record, reason="autostart_change", subject=Subject("place", item), severity=Severity.LOW,
                confidence=0.5, evidence=[Evidence("change", change.change)], tree="t", seen_s=(1.0, 1.0),
            )  # fmt: skip


def watch(monkeypatch: pytest.MonkeyPatch, items=(ENTRY,), *, save: Any = None, **job: Any) -> tuple[Wall, Looks]:
    monkeypatch.setattr(program_watching, "read_places", lambda: PlaceReader(items=list(items), unread=2))
    wall, log = Wall(), ProgramLog("programs", "", "linux", is_recording=False)
    looks = Looks(log)
    for name, value in job.pop("facts", {}).items():
        setattr(looks, name, value)
    wished = wire.CheckPrograms(job.pop("seconds", 0.3), **job)
    ProgramsWatch(wall, Panel([SaysAll()]), wished, watch=looks, log=log, save=save).run()
    return wall, looks


def found(wall: Wall) -> list[tuple[str, object]]:
    return [(one.subject.name, one.evidence[0].observed) for part in wall.told for one in part.findings]


def test_a_watch_tells_programs_what_it_saw_and_what_it_may_learn(monkeypatch):
    wall, looks = watch(monkeypatch)
    last = wall.told[-1]
    assert last.is_last
    assert looks.is_closed
    assert last.units == {"starts": looks.looks, "interval_ms": 250, "missed": max(0, 9 - looks.looks),
                          "without_command": 1, "programs": 7, "places_unread": 2}  # fmt: skip
    assert len([row for part in wall.told if part.programs for row in part.programs.rows]) == 3
    assert last.programs.places == (ENTRY,)
    assert last.skipped is None


def test_the_first_look_at_places_finds_no_change_and_the_next_does(monkeypatch):
    assert found(watch(monkeypatch)[0]) == []
    assert found(watch(monkeypatch, places=())[0]) == [("/etc/cron.d/x", "created")]
    assert found(watch(monkeypatch, places=(ENTRY,))[0]) == []
    assert found(watch(monkeypatch, items=(), places=(ENTRY,))[0]) == [("/etc/cron.d/x", "deleted")]


def test_a_long_watch_judges_in_between_and_looks_at_places_again(monkeypatch):
    monkeypatch.setattr(program_watching, "FIRST_JUDGED_S", 0.2)
    monkeypatch.setattr(program_watching, "JUDGE_EVERY_S", 0.1)
    items = [ENTRY]

    def read() -> PlaceReader:
        there, items[:] = list(items), [ENTRY, PlaceItem("ssh_key", "k", "d2")]
        return PlaceReader(items=there)

    wall, log = Wall(), ProgramLog("programs", "", "linux", is_recording=False)
    monkeypatch.setattr(program_watching, "read_places", read)
    job = wire.CheckPrograms(0.8)
    ProgramsWatch(wall, Panel([SaysAll()]), job, watch=Looks(log), log=log, save=None).run()
    assert found(wall) == [("k", "created")]
    assert [bool(part.findings) for part in wall.told].index(True) < len(wall.told) - 1


@pytest.mark.parametrize(
    ("facts", "gap"),
    [
        ({}, None),
        ({"hidden": (3, 7)}, (SkipReason.PROGRAMS_HIDDEN, {"programs": 3, "of": 7})),
        ({"hides_others": True}, (SkipReason.OTHERS_HIDDEN, {"of": 7})),
    ],
)
def test_what_this_account_may_not_see_is_said(monkeypatch, facts, gap):
    line = watch(monkeypatch, facts=facts)[0].told[-1].skipped
    assert (line and (line.reason, line.values)) == gap
    if line:
        assert (line.subject, line.source) == (Subject("sense", "programs"), "programs")


def test_everything_is_kept_where_somebody_asked_for_it(monkeypatch):
    save = io.BytesIO()
    watch(monkeypatch, save=save)
    rows = [json.loads(line) for line in save.getvalue().splitlines()]
    assert [row["name"] for row in rows if row.get("kind", "start") == "start"] == ["tool"] * 3


def test_a_folder_that_cannot_be_watched_is_said(monkeypatch, tmp_path: Path):
    missing = str(tmp_path / "none")
    line = watch(monkeypatch, folders=(missing,))[0].told[-1].skipped
    assert (line.reason, line.values) == (SkipReason.FOLDERS_NOT_WATCHED, {"folders": [missing]})


def test_files_that_change_meanwhile_are_judged(monkeypatch, tmp_path: Path):
    letter = tmp_path / "letter.odt"
    letter.write_text("Dear Sam,")
    threading.Timer(0.5, letter.unlink).start()
    wall, _ = watch(monkeypatch, folders=(str(tmp_path),), seconds=1.5)
    assert (str(letter), "deleted") in found(wall)
