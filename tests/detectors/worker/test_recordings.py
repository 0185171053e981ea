"""The wall around recordings of programs holds: whatever one does to its worker, the next is checked, and all is said."""

from __future__ import annotations

import gzip
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from detectors.contract.errors import SkipReason
from detectors.telemetry import program_log
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.parent import run_job
from detectors.worker.wall import Timing

COMMAND = [sys.executable, str(Path(__file__).with_name("bad_program_worker.py"))]
QUICK = Timing(file_s=1.5, backoff_s=(0.01,))
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="uses Linux means")
START_S = 1_700_000_000


def row(number: int, command: str = "", **facts: Any) -> dict[str, Any]:
    """One start a second."""
    made = {"t": START_S + number, "end": None, "host": "pc", "os": "linux", "pid": 100 + number, "ppid": 1}
    return made | {"name": "tool", "exe": "/usr/bin/tool", "cmdline": f"tool {command}".strip()} | facts


def lines(*rows: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in rows)


def start(*paths: str | Path, control: Control | None = None, poll_s: float | None = None) -> Iterator[wire.Report]:
    job = wire.CheckRecordings(tuple(map(str, paths)), poll_s)
    return run_job(job, control or Control(), command=COMMAND, timing=QUICK)


def fill(folder: Path, **recordings: str) -> list[str]:
    """Write recordings of one start each, by name and command."""
    for name, command in recordings.items():
        (folder / f"{name}.jsonl").write_bytes(lines(row(0, command)))
    return [str(folder / f"{name}.jsonl") for name in recordings]


def done(reports: list[wire.Report]) -> list[wire.SourcePart]:
    return [report for report in reports if isinstance(report, wire.SourcePart)]


def skipped(reports: list[wire.Report]) -> dict[str, SkipReason]:
    return {os.path.basename(line.source): line.reason for part in done(reports) for line in part.skipped}


def said(reports: list[wire.Report]) -> list[object]:
    return [one.evidence[0].observed for part in done(reports) for one in part.findings]


def checked(reports: list[wire.Report]) -> list[str]:
    return [os.path.basename(part.source) for part in done(reports) if part.checked]


def test_recordings_are_told_one_after_the_other(tmp_path):
    reports = list(start(*fill(tmp_path, b="find", a="")))
    assert isinstance(reports[0], wire.WorkerReady)
    assert reports[-1] == wire.JobDone(stopped=False)
    assert (checked(reports), said(reports)) == (["b.jsonl", "a.jsonl"], ["found"])
    assert [part.units for part in done(reports) if part.source_done] == [{"starts": 1, "records": 1}] * 2


def test_programs_are_told_for_the_activity_page_and_secrets_are_not(tmp_path):
    word = "hunter2secret"
    (tmp_path / "a.jsonl").write_bytes(
        lines(row(0), row(1, f"--password={word}", ppid=100), row(2, host="other", ppid=101))
    )
    reports = list(start(tmp_path / "a.jsonl"))
    rows = {one.pid: one for part in done(reports) if part.programs for one in part.programs.rows}
    assert rows[101].key == f"pc|101|{START_S + 1}.000"
    assert rows[101].parent == rows[100].key
    assert rows[102].parent != rows[101].key  # another machine
    assert rows[101].command.startswith("tool --password=")
    assert word not in repr(reports)


@LINUX
def test_the_worker_is_locked_in_and_loads_nothing_it_does_not_need(tmp_path):
    deeds = ["write", "connect", "run", "read", "kill", "fork"]
    reports = list(start(*fill(tmp_path, a_heavy="heavy", **{f"b_{deed}": deed for deed in deeds})))
    assert isinstance(reports[0], wire.WorkerReady)
    assert reports[0].isolation == "limits+seccomp+landlock"
    assert said(reports) == ["none", *(f"refused_{13 if deed == 'read' else 1}" for deed in deeds)]


@pytest.mark.parametrize(("deed", "reason"), [("segv", SkipReason.WORKER_DIED), ("sleep", SkipReason.TIME_LIMIT)])
def test_a_recording_that_kills_the_worker_is_left_out_alone(tmp_path, deed, reason):
    reports = list(start(*fill(tmp_path, a="find", b=f"find {deed}", c="find")))
    assert skipped(reports) == {"b.jsonl": reason}
    assert checked(reports) == ["a.jsonl", "c.jsonl"]
    restarts = [report for report in reports if isinstance(report, wire.WorkerRestarted)]
    assert len(restarts) == (2 if deed == "segv" else 1)
    [line] = [line for part in done(reports) for line in part.skipped]
    assert line.values == ({"signal": signal.SIGSEGV, "cause": "signal"} if deed == "segv" else {"limit_s": 1.5})


def test_a_worker_that_speaks_of_another_sense_is_not_believed(tmp_path):
    reports = list(start(*fill(tmp_path, a="lie")))
    assert (said(reports), skipped(reports)) == ([], {"a.jsonl": SkipReason.WORKER_DIED})


def test_a_broken_detector_is_said(tmp_path):
    reports = list(start(*fill(tmp_path, a="fail")))
    assert (checked(reports), skipped(reports)) == ([], {"a.jsonl": SkipReason.DETECTOR_FAILED})


def test_what_is_no_recording_and_what_is_damaged_are_said(tmp_path):
    (tmp_path / "letter.jsonl").write_text("Dear Sam,\n" * 3)
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "half.jsonl").write_bytes(lines(row(0, "find"), row(1)) + b'{"t": 17')
    (tmp_path / "torn.jsonl.gz").write_bytes(gzip.compress(lines(*(row(n, "find") for n in range(4_000))))[:-2_000])
    (tmp_path / "odd.jsonl").write_bytes(lines(row(0, "find"), row(1, pid="many")) + b"[1, 2]\nnonsense\n")
    os.mkfifo(tmp_path / "pipe.jsonl")
    names = ["letter", "empty", "half", "torn", "odd", "pipe", "none"]
    reports = list(start(*(tmp_path / (f"{name}.jsonl.gz" if name == "torn" else f"{name}.jsonl") for name in names)))
    reasons = skipped(reports)
    assert reasons == {
        "letter.jsonl": SkipReason.RECORDING_NOT_SUPPORTED,
        "empty.jsonl": SkipReason.RECORDING_EMPTY,
        "half.jsonl": SkipReason.RECORDING_CUT,
        "torn.jsonl.gz": SkipReason.RECORDING_CUT,
        "odd.jsonl": SkipReason.ROWS_UNREADABLE,
        "pipe.jsonl": SkipReason.FIFO,
        "none.jsonl": SkipReason.NOT_FOUND,
    }
    found = {os.path.basename(one.source) for part in done(reports) for one in part.findings}
    assert found == {"half.jsonl", "torn.jsonl.gz", "odd.jsonl"}  # what could be read was judged
    assert checked(reports) == []


def test_in_a_folder_recordings_count_by_name(tmp_path):
    folder = tmp_path / "recordings"
    folder.mkdir()
    fill(folder, a="find")
    (folder / "b.ndjson").write_bytes(lines(row(0)))
    (folder / "c.jsonl.gz").write_bytes(gzip.compress(lines(row(0))))
    (folder / "README").write_text("About these recordings")
    reports = list(start(folder))
    assert checked(reports) == ["a.jsonl", "b.ndjson", "c.jsonl.gz"]
    assert skipped(reports) == {}
    assert {one.source for part in done(reports) for one in part.findings} == {str(folder / "a.jsonl")}
    assert done(reports)[-1] == wire.SourcePart(str(folder), source_done=True, folder=str(folder))


@pytest.mark.parametrize("name", ["README", "report.docx", ""])
def test_a_folder_without_any_recording_is_told(tmp_path, name):
    folder = tmp_path / "recordings"
    folder.mkdir()
    if name:
        (folder / name).write_text("About these recordings")
    assert skipped(list(start(folder, *fill(tmp_path, a="")))) == {"recordings": SkipReason.FOLDER_WITHOUT_RECORDINGS}


def test_a_folder_whose_only_recording_cannot_be_opened_is_told_of_once(tmp_path):
    folder = tmp_path / "recordings"
    folder.mkdir()
    os.mkfifo(folder / "a.jsonl")
    [line] = [line for part in done(list(start(folder))) for line in part.skipped]
    assert line.reason is SkipReason.FIFO


def test_suspicion_is_inherited_over_stretches_and_one_finding_is_added_up(tmp_path):
    """A long recording is judged in several stretches; a child much later still knows who its parent was."""
    many = program_log.MAX_STARTS
    rows = [
        row(0, "find"),
        *(row(1, pid=5) for _ in range(many)),
        row(2, "inherit", ppid=100),
        row(3, "find", ppid=100),
    ]
    (tmp_path / "long.jsonl").write_bytes(lines(*rows))
    reports = list(start(tmp_path / "long.jsonl"))
    assert skipped(reports) == {}
    last = {one.id: one for part in done(reports) for one in part.findings}
    assert "inherited" in {one.evidence[0].observed for part in done(reports) for one in part.findings}
    assert [one.records for one in last.values()] == [(0, many + 1, many + 2)]  # one family, reason and hour


def test_polling_is_counted_and_no_reason_to_call_it_unfinished(tmp_path):
    short = [row(n, t=START_S + n + 0.5, end=START_S + n + 0.501) for n in range(50)]
    (tmp_path / "a.jsonl").write_bytes(lines(row(0), *short))
    reports = list(start(tmp_path / "a.jsonl", poll_s=10.0))
    [last] = [part for part in done(reports) if part.source_done]
    assert last.checked == 1
    assert last.units["missed"] + last.units["starts"] == 51
    assert last.units["missed"] > 40
    assert last.units["interval_ms"] == 10_000


def test_a_stop_ends_the_job_within_a_second(tmp_path):
    control = Control()
    reports = start(*fill(tmp_path, a="sleep", b=""), control=control)
    assert isinstance(next(reports), wire.WorkerReady)
    threading.Timer(0.3, control.stop).start()
    begun = time.monotonic()
    assert list(reports)[-1] == wire.JobDone(stopped=True)
    assert time.monotonic() - begun < 1.3


def test_a_folder_that_could_not_be_gone_through_is_said_for_it_may_hold_recordings(tmp_path):
    fill(tmp_path, calm="")
    (tmp_path / "/".join("d" * 258)).mkdir(parents=True)
    told = [
        (Path(line.subject.name).name, line.reason) for part in done(list(start(tmp_path))) for line in part.skipped
    ]
    assert told == [("d", SkipReason.FOLDER_TOO_DEEP)]
