"""The look into memory, through the wall: found while it is there, gone when it is gone, never ourselves."""

import os
import queue
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from detectors.contract.errors import SkipReason
from detectors.contract.finding import Severity
from detectors.worker import memory, wire
from detectors.worker.control import Control
from detectors.worker.framing import Frame
from detectors.worker.memory import MemoryLook
from detectors.worker.parent import run_job
from detectors.worker.registry import MEMORY, Panel, find_detectors
from tests.rules.memory_samples import SAMPLES

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows memory as a file")
HOLD = """
import sys, time
held = bytearray.fromhex(sys.stdin.readline().strip())
held = bytes(9_000) + held
print("up", flush=True)
time.sleep(60)
"""


@contextmanager
def stand_in(held):
    with subprocess.Popen([sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        try:
            running.stdin.write(held.hex().encode() + b"\n")
            running.stdin.flush()
            assert running.stdout.readline() == b"up\n"
            yield running.pid
        finally:
            running.kill()


def look(pid, folder=None):
    reports = list(run_job(wire.CheckMemory(pid, str(folder) if folder else None), Control()))
    assert isinstance(reports[0], wire.WorkerReady)
    assert reports[-1] == wire.JobDone(stopped=False)
    parts = [report for report in reports if isinstance(report, wire.SourcePart)]
    assert parts[-1].source_done
    return reports[0].isolation, [one for part in parts for one in part.findings], parts[-1]


@ON_LINUX
def test_a_harmless_stand_in_is_found_while_it_runs_and_not_afterwards(tmp_path):
    with stand_in(SAMPLES["test.AgreedTestLine"][0]) as pid:
        for _ in range(2):  # the second time with the rules that were kept
            isolation, (finding,), last = look(pid, tmp_path / "kept")
            assert (finding.reason, finding.severity) == ("test_file", Severity.INFORMATIONAL)
            assert (finding.subject.kind, finding.subject.details["pid"]) == ("process", pid)
            assert (last.units["programs"], last.skipped) == (1, ())
            assert last.units["bytes"] > 100_000
            assert isolation.startswith("limits")
    _, findings, last = look(pid)
    assert findings == []
    assert [line.reason for line in last.skipped] == [SkipReason.PROGRAMS_ENDED]


@ON_LINUX
def test_all_programs_are_looked_into_and_nothing_of_ours_is_found():
    with stand_in(SAMPLES["tools.MinerAtWork"][0]) as pid:
        _, findings, last = look(None)
    of_it = [one for one in findings if one.subject.details["pid"] == pid]
    assert [one.severity for one in of_it] == [Severity.MEDIUM]
    assert {str(one.evidence[0].name) for one in of_it} == {"sign_earns_coins"}
    another_run = os.path.realpath(sys.executable)  # of these very tests holds the same samples
    others = [one for one in findings if one not in of_it and one.subject.name != another_run]
    assert [one.subject.name for one in others if one.severity >= Severity.MEDIUM] == []
    assert last.units["programs"] >= 1
    assert len(last.skipped) <= 1


class Said:
    """A channel that keeps what is said and brings nothing."""

    def __init__(self):
        self._frames: queue.SimpleQueue[Frame] = queue.SimpleQueue()
        self.said = []

    def receive(self):
        return self._frames.get()

    def send(self, message, descriptors=(), blob=b""):
        self.said.append(message)


def last_word(opened):
    channel = Said()
    thread = threading.Thread(target=MemoryLook(channel, Panel([]), wire.CheckMemory(), opened).run)
    thread.start()
    thread.join(30)
    return channel.said[-1]


def test_where_no_file_shows_memory_that_is_said():
    last = last_word(None)
    assert last.is_last
    assert last.skipped.reason is SkipReason.MEMORY_NOT_AVAILABLE


def test_what_was_left_out_is_summed_up_in_one_line():
    opened = memory.OpenedPrograms(denied=30, vanished=2, too_many=5)
    last = last_word(opened)
    assert (last.skipped.reason, last.skipped.values["programs"], last.skipped.values["of"]) == (
        SkipReason.MEMORY_HIDDEN,
        30,
        37,
    )
    assert len(last.skipped.values["also"]) == 2


@ON_LINUX
def test_a_look_that_takes_too_long_ends_and_says_so(monkeypatch):
    monkeypatch.setattr(memory, "MAX_SECONDS", -1.0)
    with stand_in(b"x") as pid:
        last = last_word(memory.open_programs(pid))
    assert (last.skipped.reason, last.skipped.values) == (SkipReason.MEMORY_IN_PART, {"programs": 1})
    assert last.units == {"programs": 0, "bytes": 0}


def test_this_look_alone_loads_the_detector_for_memory():
    assert [kind.name for kind in find_detectors(MEMORY)] == ["suspicious_memory"]
