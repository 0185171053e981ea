"""A watch tells its log what starts, ends and talks, and says what it saw."""

from __future__ import annotations

import pytest

from detectors.contract.programs import Load, Program, ProgramConnection
from detectors.telemetry.process_source import Changes, ProcessSource, Socket
from detectors.telemetry.processes import Pace, ProgramWatch
from detectors.telemetry.program_log import ProgramLog
from detectors.telemetry.start_events import SeenEnd, SeenStart, StartEvents

NOW = 1_700_000_000.0


def program(pid: int, *, parent: int = 1, **changes) -> Program:
    values = {"name": f"p{pid}", "path": f"/bin/p{pid}", "command": f"p{pid} run", "started_s": NOW - 100 + pid}
    return Program(-1, "linux", pid=pid, parent_pid=parent, **(values | changes))


class Shown(ProcessSource):
    """Shows what a test says."""

    def __init__(self) -> None:
        self.next = Changes()
        self.held: dict[int, Program] = {}
        self.looks: list[bool] = []
        self.found: list[Socket] = []
        self.socket_looks = 0
        self.made = 1_000

    def look(self, now_s, *, is_close):
        self.looks.append(is_close)
        changes, self.next = self.next, Changes()
        for one in changes.began:
            self.held[one.pid] = one
        return changes

    def sockets(self, now_s):
        self.socket_looks += 1
        return self.found

    def find(self, pid):
        return self.held.get(pid)

    def adopt(self, program):
        self.held[program.pid] = program

    def has_ended(self, pid):
        self.held.pop(pid, None)
        return True

    def running(self):
        return iter(self.held.values())

    @property
    def started(self):
        return self.made


class Told(StartEvents):
    way = "connector"

    def __init__(self) -> None:
        self.next: list = []
        self.makers: dict[int, int] = {}
        self.is_closed = False

    def read(self):
        told, self.next = self.next, []
        return told

    def parent_of(self, pid):
        return self.makers.get(pid)

    def close(self):
        self.is_closed = True


@pytest.fixture
def source():
    shown = Shown()
    shown.next.began = [program(1, parent=0), program(2)]
    return shown


@pytest.fixture
def log():
    return ProgramLog("programs", "", "linux", is_recording=False)


def test_two_speeds(source, log):
    watch = ProgramWatch(log, source=source, pace=Pace(0.25, 5.0))
    for tick in range(60):
        watch.look(NOW + tick * 0.1)
    assert len(source.looks) == 20 + 1
    assert [place for place, is_close in enumerate(source.looks) if is_close] == [0, 17]
    assert source.socket_looks == 2


def test_a_clock_that_jumps_back_does_not_stop_the_watch(source, log):
    watch = ProgramWatch(log, source=source)
    watch.look(NOW)
    watch.look(NOW - 86_400)
    watch.look(NOW - 86_400 + 1)
    assert source.looks == [True, True, False]


def test_a_short_look_is_close_several_times():
    assert Pace.for_seconds(None) == Pace()
    assert Pace.for_seconds(3).close_s == 0.75
    assert Pace.for_seconds(0).close_s == Pace().quick_s
    assert Pace.for_seconds(3_600) == Pace()


def test_parents_are_linked_and_ended_ones_remembered(source, log):
    watch = ProgramWatch(log, source=source)
    watch.look(NOW)
    gone = source.held[2]
    source.next = Changes(ended=[gone], began=[program(3, parent=2)])
    watch.look(NOW + 1)
    seen = log.stretch(NOW + 1)
    assert [one.pid for one in seen.starts] == [1, 2, 3]
    assert [one.record for one in seen.starts] == [0, 1, 2]
    assert [one.pid for one in seen.starts[2].parents()] == [2, 1]
    assert (seen.ended, gone.ended_s) == ((gone,), NOW + 1)


def test_loads_and_sockets_reach_their_programs(source, log):
    watch = ProgramWatch(log, source=source)
    two = source.next.began[1]
    source.next.loads = [(two, Load(NOW, cpu_s=2.0))]
    call = ProgramConnection("tcp", "192.0.2.1", 50_000, "192.0.2.2", 443, is_outgoing=True)
    door = ProgramConnection("tcp", "0.0.0.0", 22, None, None, is_listener=True)
    source.found = [Socket(two, call), Socket(None, door)]
    watch.look(NOW)
    assert (two.loads, two.connections) == ([Load(NOW, cpu_s=2.0)], (call,))
    assert log.stretch(NOW).listeners == ((None, door),)


def test_sockets_are_looked_at_at_once_when_a_shell_begins_on_one(source, log):
    watch = ProgramWatch(log, source=source)
    watch.look(NOW)
    source.next = Changes(began=[program(3, streams=("pipe", "pipe", "local"))])
    watch.look(NOW + 1)
    assert source.socket_looks == 1
    source.next = Changes(began=[program(4, streams=("socket", "socket", "socket"))])
    watch.look(NOW + 2)
    assert source.socket_looks == 2


def test_a_program_too_short_to_be_found_is_told_by_its_event(source, log):
    events = Told()
    watch = ProgramWatch(log, source=source, events=events)
    watch.look(NOW)
    events.next = [SeenStart(program(7, parent=2), at_s=NOW + 0.3), SeenEnd(7, NOW + 0.301)]
    watch.look(NOW + 1)
    short = log.stretch(NOW + 1).starts[-1]
    assert (short.pid, short.command, short.ended_s) == (7, "p7 run", NOW + 0.301)
    assert [one.pid for one in short.parents()] == [2, 1]
    assert (log.coverage.way, log.coverage.started, log.coverage.seen) == ("events", 1, 1)


def test_what_looking_found_first_is_not_told_twice(source, log):
    events = Told()
    watch = ProgramWatch(log, source=source, events=events)
    events.next = [SeenStart(program(2))]
    watch.look(NOW)
    assert [one.pid for one in log.stretch(NOW).starts] == [1, 2]


def test_a_process_that_becomes_another_program_is_a_new_start(source, log):
    events = Told()
    watch = ProgramWatch(log, source=source, events=events)
    watch.look(NOW)
    before = source.held[2]
    events.next = [SeenStart(program(2, command="p2 other"), at_s=NOW + 0.5)]
    watch.look(NOW + 1)
    after = log.stretch(NOW + 1).starts[-1]
    assert (after.command, after.ended_s, before.ended_s) == ("p2 other", None, NOW + 0.5)
    assert source.held[2] is after


def test_copies_that_started_nothing_themselves_do_not_break_a_chain(source, log):
    events = Told()
    events.makers = {30: 31, 31: 2}
    watch = ProgramWatch(log, source=source, events=events)
    watch.look(NOW)
    events.next = [SeenStart(program(40, parent=30))]
    watch.look(NOW + 1)
    assert [one.pid for one in log.stretch(NOW + 1).starts[-1].parents()] == [2, 1]


def test_makers_in_a_circle_end(source, log):
    events = Told()
    events.makers = {30: 31, 31: 30}
    watch = ProgramWatch(log, source=source, events=events)
    watch.look(NOW)
    events.next = [SeenStart(program(40, parent=30))]
    watch.look(NOW + 1)
    assert log.stretch(NOW + 1).starts[-1].parent_pid == 30


def test_a_start_whose_command_was_gone_is_kept_and_counted(source, log):
    events = Told()
    events.lost = 4
    watch = ProgramWatch(log, source=source, events=events)
    watch.look(NOW)
    events.next = [SeenStart(program(9, name=None, path=None, command=None))]
    watch.look(NOW + 1)
    assert log.stretch(NOW + 1).starts[-1].command is None
    assert log.coverage == watch.coverage()
    assert (log.coverage.started, log.coverage.seen, log.coverage.without_command) == (5, 1, 1)


def test_polling_says_what_the_system_counted(source, log):
    watch = ProgramWatch(log, source=source)
    watch.look(NOW)
    assert watch.coverage().way == "snapshot"
    assert watch.coverage().seen == 2
    source.made = 1_012
    source.next = Changes(began=[program(3), program(4, is_kernel=True, command=None)])
    watch.look(NOW + 1)
    coverage = watch.coverage()
    assert (coverage.way, coverage.interval_s, coverage.started) == ("polling", 0.25, 12)
    assert (coverage.seen, coverage.without_command) == (1, 0)


def test_what_may_not_be_read_is_counted_and_the_kernel_is_not(source, log):
    source.next.began += [program(3, path=None, command=None), program(4, path=None, command=None, is_kernel=True)]
    watch = ProgramWatch(log, source=source)
    watch.look(NOW)
    assert watch.hidden == (1, 3)


def test_close_gives_everything_back(source, log):
    events = Told()
    ProgramWatch(log, source=source, events=events).close()
    assert events.is_closed
