"""What runs on this Linux machine is seen by what changed."""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
import sys
import time

import psutil
import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux")
if sys.platform == "linux":
    from detectors.telemetry import processes_linux
    from detectors.telemetry.process_details import ProcessReader, parse_stat
    from detectors.telemetry.process_refresh import ask_packages
    from detectors.telemetry.processes_linux import LinuxProcesses

SLEEP = shutil.which("sleep") or "/bin/sleep"


@pytest.fixture
def source():
    opened = LinuxProcesses()
    opened.look(time.time(), is_close=True)
    yield opened
    opened.close()


@pytest.fixture
def start():
    """Start a program, and end it with the test."""
    started: list[subprocess.Popen] = []

    def run(*command, **options) -> subprocess.Popen:
        started.append(subprocess.Popen(command, **options))
        return started[-1]

    yield run
    for one in started:
        one.kill()
        one.wait()
        if one.stdin is not None:
            one.stdin.close()


def wait_for(question, source, *, is_close=False):
    for _ in range(100):
        changes = source.look(time.time(), is_close=is_close)
        if (found := question(changes)) is not None:
            return found
        time.sleep(0.02)
    raise AssertionError("it did not happen within two seconds")


def began(pid: int):
    return lambda changes: next((one for one in changes.began if one.pid == pid), None)


def ended(pid: int):
    return lambda changes: next((one for one in changes.ended if one.pid == pid), None)


def settled(source, running: subprocess.Popen, name: str):
    """Wait until the new process has become its program."""
    wait_for(began(running.pid), source)
    for _ in range(100):
        program = source.find(running.pid)
        if program.name == name and program.command:
            return program
        assert began(running.pid)(source.look(time.time(), is_close=True)) is None  # one start, not two
        time.sleep(0.02)
    raise AssertionError(program)


def test_a_new_program_is_read_whole(source, start):
    program = settled(source, start(SLEEP, "61"), "sleep")
    theirs = psutil.Process(program.pid)
    assert (program.command, program.arguments) == (f"{SLEEP} 61", (SLEEP, "61"))
    assert (program.path, program.folder) == (os.path.realpath(SLEEP), os.getcwd())
    assert (program.parent_pid, program.user) == (os.getpid(), theirs.username())
    assert program.started_s == pytest.approx(theirs.create_time(), abs=0.011)
    assert (program.is_deleted, program.is_memory_file, program.is_kernel) == (False, False, False)
    assert program.denied == frozenset()


def test_all_that_psutil_sees_is_seen(source):
    source.look(time.time(), is_close=True)
    ours = {one.pid for one in source.running()}
    assert len(set(psutil.pids()) ^ ours) <= 5  # others start and stop programs meanwhile


def test_an_end_is_seen_and_its_number_forgotten(source, start):
    running = start(SLEEP, "61")
    settled(source, running, "sleep")
    running.kill()
    running.wait()
    assert wait_for(ended(running.pid), source, is_close=True).name == "sleep"
    assert source.find(running.pid) is None
    assert source.has_ended(running.pid)


def test_a_dead_child_that_nobody_fetched_has_ended(source, start):
    running = start(SLEEP, "61")
    settled(source, running, "sleep")
    running.kill()
    assert wait_for(ended(running.pid), source, is_close=True).pid == running.pid


def test_nothing_is_listed_while_nothing_starts(source, monkeypatch):
    listed = []
    monkeypatch.setattr(source, "_has_moved", lambda: False)
    monkeypatch.setattr(source, "_compare_numbers", lambda *_: listed.append(1))
    source.look(time.time(), is_close=False)
    assert listed == []
    source.look(time.time(), is_close=True)
    assert listed == [1]


def test_a_process_that_becomes_another_program_ends_and_begins(source, start, monkeypatch):
    monkeypatch.setattr(processes_linux, "YOUNG_S", 0.0)
    running = start("sh", "-c", f"read wait; exec {SLEEP} 62", stdin=subprocess.PIPE)
    settled(source, running, "sh")
    source.look(time.time(), is_close=True)
    running.stdin.write(b"\n")
    running.stdin.close()
    after = wait_for(began(running.pid), source, is_close=True)
    assert after.command == f"{SLEEP} 62"
    assert source.find(running.pid) is after


def test_a_process_met_before_it_became_its_program_is_one_start(source):
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(writing)
        os.read(reading, 1)
        os.execv(SLEEP, [SLEEP, "63"])
    try:
        copy = wait_for(began(pid), source)
        assert "python" in copy.command or "pytest" in copy.command
        os.write(writing, b"x")
        for _ in range(100):
            assert began(pid)(source.look(time.time(), is_close=False)) is None
            if copy.name == "sleep" and copy.command:
                break
            time.sleep(0.01)
        assert (copy.command, source.find(pid)) == (f"{SLEEP} 63", copy)
    finally:
        os.close(reading)
        os.close(writing)
        os.kill(pid, 9)
        os.waitpid(pid, 0)


def test_a_name_made_of_marks_is_kept_as_it_is_and_is_no_new_start(source):
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.read(reading, 1)
        ctypes.CDLL(None).prctl(15, b"<b>x\n\x1b[1m) \xff", 0, 0, 0)
        os.read(reading, 1)
        os._exit(0)
    try:
        program = wait_for(began(pid), source)
        os.write(writing, b"x")
        for _ in range(100):
            changes = source.look(time.time(), is_close=True)
            assert began(pid)(changes) is None
            if program.name.startswith("<b>"):
                break
            time.sleep(0.01)
        assert program.name == "<b>x\n\x1b[1m) \udcff"
        assert source.find(pid) is program
    finally:
        os.close(reading)
        os.close(writing)
        os.kill(pid, 9)
        os.waitpid(pid, 0)


def test_a_line_of_stat_survives_any_name():
    numbers = b" S 7 9 9 0 -1 4194560 1 0 0 0 5 6 70 80 20 0 3 0 12345 1000 250 99 111 112 113 0 0"
    stat = parse_stat(b"42 (a) R (1)" + numbers)
    assert (stat.name, stat.state, stat.parent_pid, stat.is_kernel) == ("a) R (1", "S", 7, False)
    assert (stat.cpu_ticks, stat.threads, stat.start_ticks, stat.rss_pages) == (11, 3, 12345, 250)
    assert stat.image == (b"111", b"113")
    for broken in (
        b"",
        b"42",
        b"42 (a",
        b"42 (a) S 1",
        b"42 (a)" + numbers.replace(b"12345", b"x"),
        b") 42 (" + numbers,
    ):
        assert parse_stat(broken) is None


def test_a_deleted_program_is_told_from_a_name_that_ends_so(source, start, tmp_path):
    odd = tmp_path / "tool (deleted)"
    shutil.copy(SLEEP, odd)
    shutil.copy(SLEEP, tmp_path / "gone")
    kept = settled(source, start(odd, "61"), "tool (deleted)")
    gone = settled(source, start(tmp_path / "gone", "61"), "gone")
    assert (kept.path, kept.is_deleted) == (str(odd), False)
    assert (gone.path, gone.is_deleted) == (str(tmp_path / "gone"), False)
    (tmp_path / "gone").unlink()
    source.look(time.time(), is_close=True)
    assert (gone.path, gone.is_deleted, gone.is_memory_file) == (str(tmp_path / "gone"), True, False)
    assert kept.is_deleted is False


def test_a_program_from_memory_is_no_packages(source, start):
    memory = os.memfd_create("plain")
    with open(SLEEP, "rb") as tool:
        os.write(memory, tool.read())
    path = f"/proc/{os.getpid()}/fd/{memory}"
    running = start(path, "61", pass_fds=(memory,))
    wait_for(began(running.pid), source)
    for _ in range(100):
        source.look(time.time(), is_close=True)
        if source.find(running.pid).is_memory_file:
            break
        time.sleep(0.02)
    program = source.find(running.pid)
    os.close(memory)
    assert (program.path, program.is_deleted, program.is_memory_file) == ("/memfd:plain", True, True)
    assert program.is_packaged is False


class Lists:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def holds(self, path):
        self.asked.append(path)
        return True


def test_packages_are_asked_once(source, start):
    program = settled(source, start(SLEEP, "61"), "sleep")
    lists = Lists()
    ask_packages(program, lists)
    ask_packages(program, lists)
    assert (program.is_packaged, lists.asked) == (True, [os.path.realpath(SLEEP)])


def test_streams_of_a_shell_tell_networks_from_talk_inside(source, start):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as call:
        near, far = socket.socketpair()
        with near, far:
            running = start("sh", "-c", "read wait", stdin=call, stdout=near, stderr=subprocess.DEVNULL)
            program = settled(source, running, "sh")
            assert program.streams == ("socket", "local", "null")
            joined = [one.connection for one in source.sockets(1.0) if one.owner is program]
            assert [(one.transport, one.far, one.far_port, one.is_outgoing) for one in joined] == [
                ("tcp", "127.0.0.1", server.getsockname()[1], True)
            ]
    other = settled(source, start(SLEEP, "61"), "sleep")
    assert other.streams is None


def test_closed_streams_and_files_have_their_words(source, start, tmp_path):
    with open(tmp_path / "out", "wb") as out:
        running = start("sh", "-c", "exec 2>&-; sleep 61", stdin=subprocess.PIPE, stdout=out)
    wait_for(began(running.pid), source)
    for _ in range(100):
        source.look(time.time(), is_close=True)
        if source.find(running.pid).streams == ("pipe", "file", "closed"):
            break
        time.sleep(0.02)
    assert source.find(running.pid).streams == ("pipe", "file", "closed")
    for child in psutil.Process(running.pid).children():
        child.kill()


def test_listeners_and_calls_belong_to_their_programs(source):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as call:
        port = server.getsockname()[1]
        seen, _ = server.accept()
        with seen:
            source.look(time.time(), is_close=True)
            ours = [one for one in source.sockets(1.0) if one.owner is not None and one.owner.pid == os.getpid()]
            of_here = [one.connection for one in ours if port in (one.connection.near_port, one.connection.far_port)]
            told = {(one.is_listener, one.is_outgoing) for one in of_here}
            assert told == {(True, None), (False, True), (False, False)}
            again = [one for one in source.sockets(2.0) if one.owner is not None and one.owner.pid == os.getpid()]
            assert {one.connection.is_listener for one in again if one.connection.near_port == port} == {True}
            assert call.getpeername()[1] == port


def test_counters_grow_with_work_and_rest_is_not_repeated(source, start):
    busy = start("sh", "-c", "while :; do :; done")
    settled(source, busy, "sh")
    idle = settled(source, start(SLEEP, "61"), "sleep")
    time.sleep(0.2)
    source.look(time.time(), is_close=True)
    loads = {busy.pid: [], idle.pid: []}
    for _ in range(2):
        time.sleep(0.4)
        for program, load in source.look(time.time(), is_close=True).loads:
            if program.pid in loads:
                loads[program.pid].append(load)
    first, second = loads[busy.pid]
    assert second.cpu_s - first.cpu_s > 0.05
    assert second.memory_bytes > 100_000
    assert second.read_bytes > 0
    assert second.threads == 1
    assert loads[idle.pid] == []


def test_without_room_for_descriptors_all_is_still_seen(monkeypatch, start):
    monkeypatch.setattr(processes_linux, "_descriptors_to_hold", lambda: 3)
    poor = LinuxProcesses()
    try:
        poor.look(time.time(), is_close=True)
        assert sum(held.descriptor >= 0 for held in poor._held.values()) == 3
        running = start(SLEEP, "61")
        program = settled(poor, running, "sleep")
        running.kill()
        running.wait()
        assert wait_for(ended(running.pid), poor, is_close=True) is program
    finally:
        poor.close()


def test_beyond_the_bound_programs_are_counted(monkeypatch):
    monkeypatch.setattr(processes_linux, "MAX_PROGRAMS", 5)
    small = LinuxProcesses()
    small.look(time.time(), is_close=True)
    assert len(list(small.running())) == 5
    assert small.dropped > 0
    small.close()


def test_fresh_copies_wait_for_their_event(start):
    patient = LinuxProcesses(has_events=True)
    try:
        patient.look(time.time(), is_close=True)
        running = start(SLEEP, "61")
        assert patient.look(time.time(), is_close=False).began == []
        program = wait_for(began(running.pid), patient)
        assert patient._reader.clock.now() - program.started_s >= 0.99
    finally:
        patient.close()


def test_a_process_that_is_gone_is_no_program(start):
    running = start(SLEEP, "61")
    running.kill()
    running.wait()
    assert ProcessReader().read(running.pid) is None


def test_a_command_line_of_a_megabyte_is_cut(source, start):
    running = start("sh", "-c", "read wait", *(["x" * 100_000] * 12), stdin=subprocess.PIPE)
    program = settled(source, running, "sh")
    assert program.arguments[:3] == ("sh", "-c", "read wait")
    assert 65_000 < len(program.command) <= 65_536


def test_close_gives_every_descriptor_back():
    before = len(os.listdir("/proc/self/fd"))
    opened = LinuxProcesses()
    opened.look(time.time(), is_close=True)
    list(opened.sockets(1.0))
    assert len(os.listdir("/proc/self/fd")) > before
    opened.close()
    assert len(os.listdir("/proc/self/fd")) == before
