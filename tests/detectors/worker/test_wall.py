"""One worker behind its wall, and how deaths are counted."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from detectors.worker import wire
from detectors.worker.framing import REPORTS
from detectors.worker.wall import Deaths, Timing, Worker, WorkerDied, default_command


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


def test_waits_grow_to_four_seconds(clock):
    deaths = Deaths(Timing(), clock)
    assert [deaths.note() for _ in range(4)] == [1.0, 2.0, 4.0, 4.0]


def test_five_deaths_within_a_minute_are_enough(clock):
    deaths = Deaths(Timing(), clock)
    for number in range(5):
        assert not deaths.are_enough
        clock.now = number * 14.0
        deaths.note()
        deaths.note_progress()
    assert deaths.are_enough
    assert deaths.count == 5


def test_deaths_with_progress_between_them_are_forgotten_after_a_minute(clock):
    deaths = Deaths(Timing(), clock)
    for number in range(20):
        clock.now = number * 31.0
        assert deaths.note() <= 2.0
        deaths.note_progress()
        assert not deaths.are_enough


def test_five_deaths_without_any_progress_are_enough_however_slow(clock):
    deaths = Deaths(Timing(), clock)
    for number in range(5):
        clock.now = number * 100.0
        deaths.note()
    assert deaths.are_enough


def test_the_program_starts_itself_as_a_worker(monkeypatch):
    root = Path(__file__).parents[3]
    assert default_command() == [sys.executable, str(root / "main.py"), "worker"]
    assert default_command(root) == [sys.executable, str(root / "main.py"), "worker", str(root)]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert default_command() == [sys.executable, "worker"]


def start(code: str, **options) -> Worker:
    return Worker([sys.executable, "-c", code], "role", REPORTS, **options)


def wait_for_death(worker: Worker) -> WorkerDied:
    with pytest.raises(WorkerDied) as death:
        worker.receive(10)
    worker.close()
    return death.value


def test_last_words_are_kept_short_and_harmless():
    noise = "import sys; sys.stderr.write('x' * 100_000 + '\\nlast \\x1b[31m' + 'word' * 100); sys.exit(3)"
    death = wait_for_death(start(noise))
    assert (death.cause, death.signal) == ("exit", 0)
    assert death.last_words.startswith("last \\x1b[31mword")
    assert len(death.last_words) == 200


def test_a_worker_that_prints_or_chatters_is_not_heard():
    worker = start("import sys, time; print('hello'); sys.stderr.write('x' * 1_000_000); time.sleep(60)")
    assert worker.receive(0.5) is None
    worker.close()


def test_a_worker_that_hangs_up_but_lives_on_is_ended():
    death = wait_for_death(start("import os, time; os.close(0); time.sleep(60)"))
    assert death.cause == "exit"


def test_a_killed_worker_says_why():
    worker = start("import time; time.sleep(60)")
    worker.kill("time_limit")
    worker.kill("refused_message")
    assert wait_for_death(worker).cause == "time_limit"


def test_sending_to_a_worker_that_is_gone_is_no_error():
    worker = start("pass")
    wait_for_death(worker)
    worker.send(wire.Order("stop"))


def test_where_the_system_sets_no_limit_its_memory_is_watched(monkeypatch):
    monkeypatch.setattr("detectors.worker.wall._MEMORY_LOOK_S", 0.0)
    monkeypatch.setattr("detectors.worker.wall.sys.platform", "darwin")
    worker = start("import time; hoard = bytearray(200_000_000); time.sleep(60)", memory_limit_bytes=150_000_000)
    monkeypatch.undo()
    monkeypatch.setattr("detectors.worker.wall._MEMORY_LOOK_S", 0.0)
    with pytest.raises(WorkerDied, match="memory_limit"):
        list(iter(lambda: worker.receive(0.05), "never"))
    worker.close()


def test_closing_twice_and_at_any_time_is_fine():
    for code in ("pass", "import time; time.sleep(60)"):
        worker = start(code)
        worker.close()
        worker.close()
