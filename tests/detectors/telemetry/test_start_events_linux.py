"""The kernel's process connector tells of programs that live for a thousandth of a second."""

from __future__ import annotations

import errno
import os
import socket
import struct
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the process connector is Linux")
if sys.platform == "linux":
    from detectors.telemetry import start_events_linux
    from detectors.telemetry.start_events import SeenEnd, SeenStart, open_start_events
    from detectors.telemetry.start_events_linux import ConnectorEvents, build_filter

STARTS = 300
FORK, EXEC, COMM, EXIT = 1, 2, 0x200, 0x8000_0000


@pytest.fixture
def events():
    opened, reason = open_start_events()
    if opened is None:
        pytest.skip(f"the kernel does not tell this account of starts: {reason}")
    opened.read()
    yield opened
    opened.close()


class Kernel:
    """Says starts on one socket, and all else on the other."""

    def __init__(self, urgent, rest) -> None:
        self._urgent, self._rest = urgent, rest

    def send(self, event: bytes) -> None:
        is_start = len(event) > 40 and struct.unpack_from("=I", event, 36)[0] == EXEC
        (self._urgent if is_start else self._rest).send(event)


@pytest.fixture
def fed():
    """A connector that hears what a test says."""
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    rest, others = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    opened = ConnectorEvents(near, rest)
    for one in (near, rest, far, others):
        one.setblocking(False)
    with far, others:
        yield opened, Kernel(far, others)
        opened.close()


def message(what: int, *data: int) -> bytes:
    return bytes(36) + struct.pack("=II8x", what, 0) + struct.pack(f"={len(data)}I", *data).ljust(24, b"\0")


def take(events, enough) -> list:
    found = []
    for _ in range(200):
        found += events.read()
        if enough(found):
            return found
        time.sleep(0.01)
    raise AssertionError(f"only {len(found)} events came")


def test_every_one_of_hundreds_of_short_lives_is_told(events):
    for number in range(STARTS):
        subprocess.run(["true", f"life{number}"], check=True)
    mine = take(events, lambda found: sum(isinstance(one, SeenEnd) for one in found) >= STARTS)
    children = [one.program for one in mine if isinstance(one, SeenStart) and one.program.parent_pid == os.getpid()]
    assert len(children) == STARTS
    assert events.lost == 0
    known = {one.arguments[1] for one in children if one.command and len(one.arguments) > 1}
    assert known <= {f"life{number}" for number in range(STARTS)}
    assert len(known) >= STARTS * 0.3  # on a machine that does much else at once; alone it is nearly all
    assert all(one.name in ("true", None) for one in children)


def test_a_program_is_read_at_once_and_its_end_is_told(events):
    with subprocess.Popen(["sleep", "0.2"]) as running:
        running.wait()
    found = take(events, lambda found: any(isinstance(one, SeenEnd) and one.pid == running.pid for one in found))
    (seen,) = [one for one in found if isinstance(one, SeenStart) and one.program.pid == running.pid]
    (end,) = [one for one in found if isinstance(one, SeenEnd) and one.pid == running.pid]
    assert (seen.program.command, seen.program.parent_pid) == ("sleep 0.2", os.getpid())
    assert 0.1 < end.at_s - seen.at_s < 2
    assert abs(seen.at_s - time.time()) < 5


def test_makers_of_copies_are_remembered(events):
    with subprocess.Popen(["sh", "-c", "(sleep 0.1; :) ; :"]) as running:
        running.wait()
    found = take(events, lambda found: any(isinstance(one, SeenEnd) and one.pid == running.pid for one in found))
    (inner,) = [one.program for one in found if isinstance(one, SeenStart) and one.program.command == "sleep 0.1"]
    assert inner.parent_pid != running.pid
    assert events.parent_of(inner.parent_pid) == running.pid


def test_a_program_that_is_gone_is_kept_with_an_unknown_command(fed):
    events, kernel = fed
    kernel.send(message(FORK, 50, 50, 4_000_000_000, 4_000_000_000))
    kernel.send(message(EXEC, 4_000_000_000, 4_000_000_000))
    (seen,) = take(events, lambda found: found)
    assert (seen.program.pid, seen.program.parent_pid, seen.program.command) == (4_000_000_000, 50, None)
    assert seen.program.started_s == pytest.approx(time.time(), abs=3)


def test_threads_and_broken_messages_are_no_programs(fed):
    events, kernel = fed
    kernel.send(message(FORK, 50, 50, 61, 60))
    kernel.send(message(EXIT, 61, 60, 0, 0))
    kernel.send(b"short")
    kernel.send(message(COMM, 60, 60))
    kernel.send(message(EXIT, 60, 60, 0, 0))
    (end,) = take(events, lambda found: found)
    assert end.pid == 60
    assert events.parent_of(61) is None


def test_a_flood_is_told_by_numbers_alone(fed, monkeypatch):
    monkeypatch.setattr(start_events_linux, "MAX_READS_PER_S", 0)
    events, kernel = fed
    kernel.send(message(EXEC, os.getpid(), os.getpid()))
    (seen,) = take(events, lambda found: found)
    assert (seen.program.pid, seen.program.command, seen.program.name) == (os.getpid(), None, None)


def test_what_nobody_takes_is_counted_as_lost(fed, monkeypatch):
    monkeypatch.setattr(start_events_linux, "MAX_WAITING", 3)
    events, kernel = fed
    for number in range(10):
        kernel.send(message(EXIT, number + 1, number + 1, 0, 0))
    events._take()
    assert [one.pid for one in events.read()] == [1, 2, 3]
    assert events.lost == 7


def test_an_overrun_is_counted(fed, monkeypatch):
    events, _ = fed

    class Overrun:
        def recv(self, _):
            raise OSError(errno.ENOBUFS, "no room")

    assert list(events._messages(Overrun(), None)) == []
    assert events.lost == 1


def test_memory_of_copies_is_bounded(fed, monkeypatch):
    monkeypatch.setattr(start_events_linux, "MAX_COPIES", 2)
    events, _ = fed
    for number in range(5):
        events._remember(number, 1)
    assert [events.parent_of(number) for number in range(5)] == [None, None, None, 1, 1]


def run_filter(event: bytes, *wanted: int) -> bool:
    """Run the kernel's little language, as far as the filter speaks it."""
    program = build_filter(wanted)
    steps = [struct.unpack_from("HBBI", program, at) for at in range(0, len(program), 8)]
    at = value = kept = 0
    while True:
        code, yes, no, operand = steps[at]
        at += 1
        if code == 0x20:
            (value,) = struct.unpack_from(">I", event, operand)
        elif code == 0x07:
            kept = value
        elif code == 0x15:
            at += yes if value == operand else no
        elif code == 0x1D:
            at += yes if value == kept else no
        else:
            return operand > 0


@pytest.mark.parametrize(
    ("event", "is_told"),
    [
        (message(EXEC, 7, 7), True),
        (message(FORK, 1, 1, 8, 8), True),
        (message(FORK, 1, 1, 9, 8), False),
        (message(EXIT, 8, 8, 0, 0), True),
        (message(EXIT, 9, 8, 0, 0), False),
        (message(COMM, 8, 8), False),
        (message(0), False),
    ],
)
def test_the_kernel_leaves_out_threads_and_names(event, is_told):
    assert run_filter(event, FORK, EXEC, EXIT) is is_told
    (kind,) = struct.unpack_from("=I", event, 36)
    assert run_filter(event, EXEC) is (is_told and kind == EXEC)
    assert run_filter(event, FORK, EXIT) is (is_told and kind != EXEC)


def test_close_ends_the_thread_and_gives_the_interpreter_back(fed):
    events, _ = fed
    usual = sys.getswitchinterval()
    events.read()
    assert sys.getswitchinterval() < usual
    thread = events._thread
    events.close()
    assert not thread.is_alive()
    assert sys.getswitchinterval() == pytest.approx(usual)


def test_where_the_kernel_does_not_tell_a_reason_is_given(monkeypatch):
    class Refusing(socket.socket):
        def bind(self, address):
            raise PermissionError(errno.EPERM, "not allowed")

    monkeypatch.setattr(start_events_linux.socket, "socket", Refusing)
    assert start_events_linux.open_connector() == (None, "no_right")
    monkeypatch.setattr(sys, "platform", "win32")
    assert open_start_events() == (None, "needs_log")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert open_start_events() == (None, "needs_eslogger")
