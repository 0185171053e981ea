"""The wall holds: whatever a worker does, the job goes on, nothing is lost, nothing doubled, and all of it is said."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from detectors.contract.errors import RulesBroken, SkipReason, WorkerStopped
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.parent import run_job
from tests.detectors.worker.bad_worker import QUICK

COMMAND = [sys.executable, str(Path(__file__).with_name("bad_worker.py"))]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="uses Linux means")


def start(job: wire.Job, control: Control | None = None) -> Iterator[wire.Report]:
    return run_job(job, control or Control(), command=COMMAND, timing=QUICK)


def check(*paths: Path | str, **options) -> list[wire.Report]:
    return list(start(wire.CheckFiles(tuple(map(str, paths)), **options)))


def batches(reports) -> list[wire.BatchDone]:
    return [report for report in reports if isinstance(report, wire.BatchDone)]


def skipped(reports) -> dict[str, SkipReason]:
    return {os.path.basename(line.subject.name): line.reason for batch in batches(reports) for line in batch.skipped}


def found(reports) -> list[str]:
    return [os.path.basename(one.subject.name) for batch in batches(reports) for one in batch.findings]


def seen(reports) -> int:
    for batch in batches(reports):
        assert batch.files + batch.members == batch.checked + len(batch.skipped)
    return sum(batch.files for batch in batches(reports))


def fill(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def test_a_check_tells_all_in_walk_order(tmp_path):
    fill(tmp_path, **{f"f{number:03}": "please find" for number in range(200)})
    reports = check(tmp_path, tmp_path / "nothing")
    assert isinstance(reports[0], wire.WorkerReady)
    assert reports[-1] == wire.JobDone(stopped=False)
    assert found(reports) == [f"f{number:03}" for number in range(200)]
    assert seen(reports) == 201
    assert skipped(reports) == {"nothing": SkipReason.NOT_FOUND}
    assert wire.FilesCounted(201, is_estimate=False) in reports
    assert [batch.source for batch in batches(reports) if batch.source_done] == [
        str(tmp_path),
        str(tmp_path / "nothing"),
    ]


def test_an_empty_folder_is_told_too(tmp_path):
    reports = check(tmp_path)
    assert [(batch.files, batch.source_done) for batch in batches(reports)] == [(0, True)]


def test_names_that_are_no_text_arrive_exactly(tmp_path):
    name = os.path.join(os.fsencode(tmp_path), b"\xff\x1b[31m\xe2\x80\xae")
    with open(name, "wb") as file:
        file.write(b"please find")
    [finding] = [one for batch in batches(check(tmp_path)) for one in batch.findings]
    assert os.fsencode(finding.subject.name) == name


@LINUX
def test_the_level_of_isolation_is_told(tmp_path):
    [ready] = [report for report in check(tmp_path) if isinstance(report, wire.WorkerReady)]
    assert ready.isolation.startswith("limits")


@pytest.mark.parametrize(
    ("deed", "cause", "reason"),
    [
        ("segv", "signal", SkipReason.WORKER_DIED),
        ("exit", "exit", SkipReason.WORKER_DIED),
        ("sleep", "time_limit", SkipReason.TIME_LIMIT),
        ("spin", "time_limit", SkipReason.TIME_LIMIT),
        pytest.param("grip", "time_limit", SkipReason.TIME_LIMIT, marks=LINUX),
    ],
)
def test_a_file_that_kills_the_parser_is_left_out_alone(tmp_path, deed, cause, reason):
    files = {f"f{number:02}": "please find" for number in range(20)} | {"f07": f"please find {deed}"}
    reports = check(fill(tmp_path, **files))
    assert skipped(reports) == {"f07": reason}
    assert seen(reports) == 20
    assert [name for name in found(reports) if name != "f07"] == sorted(set(files) - {"f07"})
    restarts = [report for report in reports if isinstance(report, wire.WorkerRestarted)]
    assert {restart.cause for restart in restarts} == {cause}
    assert restarts[-1].left_out == 1
    [line] = [line for batch in batches(reports) for line in batch.skipped]
    assert line.values == (
        {"limit_s": 1.5} if cause == "time_limit" else {"signal": signal.SIGSEGV * (deed == "segv"), "cause": cause}
    )


@LINUX
def test_a_file_that_eats_all_memory_is_left_out(tmp_path):
    reports = check(fill(tmp_path, a="please find", b="please memory", c="please find"))
    assert skipped(reports) == {"b": SkipReason.MEMORY_LIMIT}
    assert found(reports) == ["a", "c"]


def test_a_file_that_was_only_near_a_death_is_checked_after_all(tmp_path):
    reports = check(fill(tmp_path, a="please find", b="please segv", c="please nap find", d="please find"))
    assert found(reports) == ["a", "c", "d"]


def test_a_detector_that_fails_is_said_and_what_it_found_is_kept(tmp_path):
    reports = check(fill(tmp_path, a="please find fail", b="please unfinished", c="please nan", d="please find"))
    assert skipped(reports) == {
        "a": SkipReason.DETECTOR_FAILED,
        "b": SkipReason.TIME_LIMIT,
        "c": SkipReason.DETECTOR_FAILED,
    }
    assert found(reports) == ["a", "d"]
    assert not [report for report in reports if isinstance(report, wire.WorkerRestarted)]


def test_after_five_deaths_the_rest_is_walked_and_said_to_be_unchecked(tmp_path):
    files = {f"f{number:02}": "please segv" for number in range(10)}
    reports = check(fill(tmp_path, **files))
    reasons = list(skipped(reports).values())
    assert seen(reports) == len(reasons) == 10
    assert set(reasons) == {SkipReason.WORKER_DIED, SkipReason.ENGINE_STOPPED}
    assert reports[-1] == wire.JobDone(stopped=False)
    assert len([report for report in reports if isinstance(report, wire.WorkerRestarted)]) == 4


@LINUX
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSEGV])
def test_a_killed_opener_is_survived_and_nothing_is_told_twice(tmp_path, blow):
    fill(
        tmp_path, **{f"f{number:03}": "please find nap" if number % 20 == 0 else "please find" for number in range(120)}
    )
    reports = []
    blows = 0
    for report in start(wire.CheckFiles((str(tmp_path),))):
        reports.append(report)
        if isinstance(report, wire.BatchDone) and not report.source_done and blows < 2:
            blows += 1
            for worker in psutil.Process().children():
                worker.send_signal(blow)
    assert found(reports) == [f"f{number:03}" for number in range(120)]
    assert seen(reports) == 120
    assert blows == 2
    restarts = [report for report in reports if isinstance(report, wire.WorkerRestarted)]
    assert [(restart.cause, restart.signal) for restart in restarts] == [("signal", blow)] * 2
    assert len([report for report in reports if isinstance(report, wire.WorkerReady)]) == 1
    assert [report for report in reports if isinstance(report, wire.FilesCounted)][-1].total == 120


def test_a_later_job_goes_on_where_an_earlier_one_was(tmp_path):
    fill(tmp_path, **{f"f{number:03}": "please find" + " nap" * (number == 100) for number in range(150)})
    whole = check(tmp_path)
    first = batches(whole)[0]
    rest = check(tmp_path, resume_after=first.position)
    assert first.files < 150
    assert [one.subject.name for one in first.findings] + [
        one.subject.name for batch in batches(rest) for one in batch.findings
    ] == [one.subject.name for batch in batches(whole) for one in batch.findings]


@pytest.mark.parametrize("deed", ["sleep", pytest.param("grip", marks=LINUX)])
def test_a_stop_is_followed_within_a_second_even_in_the_middle_of_a_file(tmp_path, deed):
    fill(tmp_path, a="please find", b=f"please {deed}")
    control = Control()
    reports = start(wire.CheckFiles((str(tmp_path),)), control)
    for report in reports:
        if isinstance(report, wire.BatchDone):
            break
    control.stop()
    asked_at = time.monotonic()
    rest = list(reports)
    assert time.monotonic() - asked_at < 1.0
    assert rest[-1] == wire.JobDone(stopped=True)
    assert psutil.Process().children() == []


def test_a_pause_holds_and_a_resume_goes_on(tmp_path):
    fill(tmp_path, **{f"f{number:03}": "please find" + " nap" * (number % 25 == 0) for number in range(400)})
    control = Control()
    done_at_resume = []

    def resume() -> None:
        done_at_resume.append(len(found(reports)))
        control.resume()

    reports: list[wire.Report] = []
    for report in start(wire.CheckFiles((str(tmp_path),)), control):
        if isinstance(report, wire.BatchDone) and not found(reports):
            control.pause()
            threading.Timer(1.5, resume).start()
        reports.append(report)
    assert 0 < done_at_resume[0] < 200
    assert len(found(reports)) == 400


def test_a_listener_that_goes_away_leaves_no_process_behind(tmp_path):
    fill(tmp_path, a="please sleep")
    reports = start(wire.CheckFiles((str(tmp_path),)))
    next(reports)
    workers = psutil.Process().children(recursive=True)
    assert workers
    reports.close()
    _, alive = psutil.wait_procs(workers, timeout=3)
    assert alive == []


@LINUX
def test_workers_end_when_the_program_is_killed(tmp_path):
    fill(tmp_path, a="please spin")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.detectors.worker.test_parent import start, wire\n"
        "for report in start(wire.CheckFiles((sys.argv[2],))): print(report, flush=True)"
    )
    root = str(Path(__file__).parents[3])
    with psutil.Popen([sys.executable, "-c", code, root, str(tmp_path)], stdout=-1) as program:
        program.stdout.readline()
        workers = program.children(recursive=True)
        program.kill()
    assert len(workers) == 2
    _, alive = psutil.wait_procs(workers, timeout=3)
    assert alive == []


def test_gaps_are_told_once(tmp_path, monkeypatch):
    monkeypatch.setenv("BAD_WORKER_GAP", "broken.yar")
    reports = check(fill(tmp_path, a="please find", b="please segv"))
    lines = [line for batch in batches(reports) for line in batch.skipped]
    assert [line.subject.name for line in lines if line.reason is SkipReason.RULES_BROKEN] == ["broken.yar"]
    assert seen(reports) == 2


def test_an_error_of_ours_crosses_the_wall_as_itself(tmp_path, monkeypatch):
    monkeypatch.setenv("BAD_WORKER_BUILD", "broken")
    with pytest.raises(RulesBroken) as error:
        check(tmp_path)
    assert error.value.values == {"path": "x.yar", "line": 3, "problem": "no"}


def test_a_job_runs_in_any_thread(tmp_path):
    fill(tmp_path, a="please find", b="please segv")
    reports: list[wire.Report] = []
    thread = threading.Thread(target=lambda: reports.extend(check(tmp_path)))
    thread.start()
    thread.join(30)
    assert found(reports) == ["a"]
    assert skipped(reports) == {"b": SkipReason.WORKER_DIED}


@pytest.mark.parametrize("how", ["dies", "fails"])
def test_a_parser_that_never_begins_leaves_everything_out_and_says_so(tmp_path, monkeypatch, how):
    monkeypatch.setenv("BAD_WORKER_BUILD", how)
    reports = check(fill(tmp_path, a="please find", b="please find"), tmp_path / "missing")
    assert skipped(reports) == {
        "a": SkipReason.ENGINE_STOPPED,
        "b": SkipReason.ENGINE_STOPPED,
        "missing": SkipReason.NOT_FOUND,
    }
    assert seen(reports) == 3
    assert reports[-1] == wire.JobDone()


def zipped(path: Path, **members: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)


def test_members_of_an_archive_are_counted_and_judged(tmp_path):
    zipped(tmp_path / "a.zip", one="please find", two="please find fail", three="nothing")
    reports = check(tmp_path)
    [batch] = batches(reports)
    assert (batch.files, batch.members, batch.checked) == (1, 3, 3)
    assert found(reports) == ["a.zip!one", "a.zip!two"]
    assert skipped(reports) == {"a.zip!two": SkipReason.DETECTOR_FAILED}


def test_an_archive_that_kills_the_parser_keeps_what_it_gave_before(tmp_path):
    zipped(tmp_path / "a.zip", one="please find", two="please segv", three="please find")
    reports = check(fill(tmp_path, b="please find"))
    assert found(reports) == ["a.zip!one", "b"]
    assert skipped(reports) == {"a.zip": SkipReason.WORKER_DIED}
    assert seen(reports) == 2


def test_each_member_has_its_own_time(tmp_path):
    zipped(tmp_path / "a.zip", **{f"m{number}": "please nap find" for number in range(12)})  # 2.4 s; the limit is 1.5 s
    reports = check(tmp_path)
    assert len(found(reports)) == 12
    assert skipped(reports) == {}


def test_but_not_without_end(tmp_path):
    zipped(tmp_path / "a.zip", **{f"m{number:02}": "please nap find" for number in range(80)})  # 16 s; the limit is 3 s
    reports = check(tmp_path)
    assert skipped(reports) == {"a.zip": SkipReason.TIME_LIMIT}
    assert 5 < len(found(reports)) < 40
    assert seen(reports) == 1


@pytest.mark.parametrize(
    ("how", "cause"),
    [("sleep", "time_limit"), ("spin", "time_limit"), ("segv", "signal"), ("garbage", "refused_message")],
)
def test_a_worker_that_hangs_dies_or_lies_ends_in_an_error(monkeypatch, how, cause):
    monkeypatch.setenv("PLAINWATCH_TEST_JOBS", "1")
    with pytest.raises(WorkerStopped) as error:
        list(run_job(wire.Hang(how), Control(), command=COMMAND, timing=replace(QUICK, rules_s=1.0)))
    assert error.value.values["cause"] == cause


@LINUX
def test_a_worker_that_eats_memory_ends_in_an_error(monkeypatch):
    monkeypatch.setenv("PLAINWATCH_TEST_JOBS", "1")
    with pytest.raises(WorkerStopped) as error:
        list(start(wire.Hang("memory")))
    assert error.value.values["cause"] == "memory_limit"


def test_a_worker_that_floods_can_still_be_stopped(monkeypatch):
    monkeypatch.setenv("PLAINWATCH_TEST_JOBS", "1")
    control = Control()
    threading.Timer(0.5, control.stop).start()
    assert list(start(wire.Hang("flood"), control)) == [wire.JobDone(stopped=True)]


def test_harmful_jobs_are_for_tests_only(monkeypatch):
    monkeypatch.delenv("PLAINWATCH_TEST_JOBS", raising=False)
    with pytest.raises(WorkerStopped) as error:
        list(start(wire.Hang("sleep")))
    assert error.value.values["cause"] == "exit"


def test_a_program_that_cannot_be_started_ends_in_an_error(tmp_path):
    with pytest.raises(WorkerStopped):
        list(run_job(wire.CheckFiles(("/",)), Control(), command=[str(tmp_path / "missing")], timing=QUICK))


def test_rules_are_compiled_behind_the_wall(tmp_path):
    (tmp_path / "good.yar").write_text('rule Good { meta: reason = "test_file" condition: false }')
    (tmp_path / "bad.yar").write_text("rule Bad { condition: nonsense }")
    [checked, done] = start(wire.CheckRules(str(tmp_path)))
    assert [(rule.pack, rule.name, rule.meta) for rule in checked.rules] == [("good", "Good", {"reason": "test_file"})]
    assert [os.path.basename(problem["path"]) for problem in checked.problems] == ["bad.yar"]
    assert done == wire.JobDone()


def test_rules_that_take_too_long_are_a_fault_of_the_rules(tmp_path):
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    timing = replace(QUICK, rules_s=0.3)
    [checked, done] = run_job(wire.CheckRules("slow.yar"), Control(), command=command, timing=timing)
    problem = "it cannot be compiled within our limits of time and memory (time_limit)"
    assert checked == wire.RulesChecked((), ({"path": "slow.yar", "line": 0, "problem": problem},))
    assert done == wire.JobDone()
