"""Load alone is nobody's fault; load of a program that does not belong here is."""

from __future__ import annotations

import pytest

from detectors.busy_stranger import BusyStranger
from detectors.contract.finding import Severity
from detectors.contract.programs import KnownPrograms, Load
from detectors.features.program_habits import pair_key
from tests.program_factories import NOW_S, chain, connection, programs

MINUTE = 60.0


def at_work(*names: str, minutes: float, share: float = 0.9, idle_s: float | None = None, bytes_s: int = 0, **facts):
    """Let the last of a chain of programs work for so long, looked at ten times."""
    steps = [minutes * MINUTE * step / 10 for step in range(11)]
    loads = [
        Load(NOW_S + at_s, at_s * share, read_bytes=int(at_s * bytes_s), written_bytes=0, idle_user_s=idle_s)
        for at_s in steps
    ]
    return chain("systemd", *names, loads=loads, started_s=NOW_S, **facts)


def findings(*starts, **facts):
    return list(BusyStranger().detect(programs(*starts, now_s=NOW_S + 7_200, **facts)))


def severities(*starts, **facts):
    return [one.severity for one in findings(*starts, **facts)]


def test_a_hidden_worker_is_found_after_minutes():
    worker = at_work("bash", "kauditd0", minutes=5, path="/tmp/.cache-x/kauditd0")
    (found,) = findings(worker)
    assert found.severity == Severity.MEDIUM
    evidence = {item.name: item.observed for item in found.evidence}
    assert evidence["cpu_share"] == 0.9
    assert evidence["busy_s"] == 300
    assert evidence["sign_odd_place"] is True
    assert found.techniques == ("T1496",)


def test_one_that_hides_calls_out_and_works_on_is_serious():
    worker = at_work(
        "x", minutes=20, path="/dev/shm/.x", command="[kworker/1:0]", connections=(connection(far_port=3_333),)
    )
    assert severities(worker) == [Severity.HIGH]


def test_in_its_first_seconds_it_is_merely_good_to_know():
    assert severities(at_work("x", minutes=0.5, share=1.0, path="/tmp/x")) == [Severity.LOW]
    assert severities(at_work("x", minutes=0.2, share=1.0, path="/tmp/x")) == []


def test_one_look_at_a_program_that_has_worked_for_long_is_enough():
    worker = chain(
        "systemd", "x", path="/tmp/x", started_s=NOW_S, loads=[Load(NOW_S + 600, 580.0, read_bytes=0, written_bytes=0)]
    )
    assert severities(worker) == [Severity.MEDIUM]


def test_a_new_program_at_work_while_nobody_is_there_is_found_once_the_computer_is_learned():
    worker = at_work(
        "bash", "optimizer", minutes=30, idle_s=3_000.0, path="/usr/bin/optimizer", connections=(connection(),)
    )
    assert severities(worker) == []
    assert severities(worker, known=KnownPrograms(is_learned=True)) == [Severity.MEDIUM]
    usual = KnownPrograms(pairs=frozenset({pair_key(worker)}), is_learned=True)
    assert severities(worker, known=usual) == []


@pytest.mark.parametrize(
    "path",
    [
        "/usr/bin/ffmpeg",
        "/usr/libexec/tracker-miner-fs-3",
        "/usr/lib/gcc/x86_64-linux-gnu/12/cc1plus",
        "/opt/browser/chrome",
    ],
)
def test_installed_programs_may_be_busy(path):
    worker = at_work(
        "bash", path.rpartition("/")[2], minutes=120, idle_s=3_000.0, path=path, connections=(connection(),)
    )
    assert severities(worker) == []


def test_a_backup_in_an_unusual_place_moves_too_much_to_be_a_miner():
    assert severities(at_work("bash", "save", minutes=60, bytes_s=20_000_000, path="/home/maria/tools/save")) == []
    assert severities(at_work("bash", "save", minutes=60, bytes_s=20_000_000, path="/tmp/save")) == []


def test_a_test_run_may_be_busy_in_a_temporary_folder():
    assert severities(at_work("bash", "go", "main.test", minutes=30, path="/tmp/go-build1/b001/main.test")) == []


def test_ones_own_long_computation_while_one_works_is_let_be():
    assert severities(at_work("bash", "solve", minutes=60, idle_s=2.0, path="/home/maria/work/solve")) == []


def test_a_quiet_program_in_a_temporary_folder_is_let_be():
    assert severities(at_work("x", minutes=60, share=0.05, path="/tmp/x")) == []


def test_nobody_knows_how_busy_a_program_without_counters_is():
    assert severities(chain("systemd", "x", path="/tmp/x")) == []


def test_it_is_not_told_of_when_it_has_ended():
    worker = at_work("x", minutes=20, path="/tmp/x")
    assert severities(ended=(worker,), system="linux") == []
