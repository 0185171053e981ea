"""psutil shows the same programs through the same interface."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from types import SimpleNamespace

import psutil
import pytest

from detectors.telemetry import processes_portable
from detectors.telemetry.processes_portable import PortableProcesses, read_program


@pytest.fixture
def source():
    opened = PortableProcesses()
    opened.look(time.time(), is_close=True)
    yield opened
    opened.close()


def look_until(source, pid: int):
    for _ in range(100):
        for one in source.look(time.time(), is_close=False).began:
            if one.pid == pid:
                return one
        time.sleep(0.02)
    raise AssertionError("it was not seen within two seconds")


def test_a_program_begins_works_and_ends(source):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as running:
        program = look_until(source, running.pid)
        assert (program.parent_pid, program.user) == (os.getpid(), psutil.Process().username())
        assert program.started_s == pytest.approx(psutil.Process(running.pid).create_time(), abs=0.02)
        loads = {one.pid: load for one, load in source.look(time.time(), is_close=True).loads}
        assert loads[running.pid].memory_bytes > 0
        assert loads[running.pid].threads >= 1
        assert source.find(running.pid) is program
        running.communicate(b"\n")
    assert program in source.look(time.time(), is_close=True).ended
    assert source.find(running.pid) is None
    assert source.has_ended(running.pid)


def test_parents_come_before_their_children():
    began = PortableProcesses().look(time.time(), is_close=True).began
    times = [one.started_s or 0.0 for one in began]
    assert len(times) > 1
    assert times == sorted(times)


def test_listeners_and_calls_belong_to_their_programs(source):
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as call:
        port = server.getsockname()[1]
        found = [one for one in source.sockets(1.0) if port in (one.connection.near_port, one.connection.far_port)]
        ours = {(one.connection.is_listener, one.connection.is_outgoing) for one in found if one.owner is not None}
        assert ours >= {(True, None), (False, True)}
        again = [one for one in source.sockets(2.0) if port in (one.connection.near_port, one.connection.far_port)]
        assert {one.connection.is_listener for one in again} == {True}
        assert call.getpeername()[1] == port


class Guarded:
    """A process of another account."""

    pid = 7

    def __getattr__(self, name):
        def refuse():
            raise psutil.AccessDenied(self.pid)

        return refuse

    def name(self):
        return "guarded"

    def ppid(self):
        raise psutil.NoSuchProcess(self.pid)


def test_what_is_denied_is_unknown_and_named():
    program = read_program(Guarded(), "macos")
    assert (program.name, program.path, program.command, program.user) == ("guarded", None, None, None)
    assert program.denied == {"command", "path", "started_s", "user", "folder"}
    assert program.parent_pid is None


def test_a_windows_command_gets_its_quotes_back():
    told = SimpleNamespace(
        pid=7,
        cmdline=lambda: ["C:\\Program Files\\a.exe", "/c", "two words"],
        exe=lambda: "C:\\Program Files\\a.exe",
        name=lambda: "a.exe",
        create_time=lambda: 5.0,
        ppid=lambda: 4,
        username=lambda: "PC\\anna",
        cwd=lambda: "",
    )
    program = read_program(told, "windows")
    assert program.command == '"C:\\Program Files\\a.exe" /c "two words"'
    assert (program.arguments, program.folder) == (None, None)


def test_a_number_given_away_is_another_program(source, monkeypatch):
    me = os.getpid()
    before = source.find(me)
    process, _ = source._held[me]
    monkeypatch.setattr(process, "is_running", lambda: False)
    changes = source.look(time.time(), is_close=True)
    assert before in changes.ended
    assert [one.pid for one in changes.began if one.pid == me] == [me]
    assert source.find(me) is not before


def test_where_the_list_of_sockets_is_refused_programs_are_asked(source, monkeypatch):
    def refuse(_):
        raise psutil.AccessDenied

    monkeypatch.setattr(processes_portable.psutil, "net_connections", refuse)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        found = [one for one in source.sockets(1.0) if one.connection.near_port == port]
    assert [one.owner.pid for one in found] == [os.getpid()]


def test_beyond_the_bound_programs_are_counted(monkeypatch):
    monkeypatch.setattr(processes_portable, "MAX_PROGRAMS", 2)
    small = PortableProcesses()
    small.look(time.time(), is_close=True)
    assert len(list(small.running())) == 2
    assert small.dropped > 0
