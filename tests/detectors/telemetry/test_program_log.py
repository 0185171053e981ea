"""A log links children to parents, keeps what chains need, and stays within bounds."""

from __future__ import annotations

import pytest

from detectors.contract.programs import MAX_CHAIN, FileChange, Load, PlaceChange, Program
from detectors.telemetry import program_kin, program_log
from detectors.telemetry.program_kin import REMEMBERED_S
from detectors.telemetry.program_log import MAX_CONNECTIONS, MAX_LOADS, ProgramLog
from detectors.worker.wall import Timing
from tests.program_factories import NOW_S, connection, listener, stranger

HOUR_S = 3600.0


def make_log(**facts):
    return ProgramLog("a.jsonl", "pc", "windows", **{"is_recording": True} | facts)


def make(pid=None, parent_pid=None, at_s=NOW_S, **facts):
    return Program(0, "windows", pid=pid, parent_pid=parent_pid, started_s=at_s, **facts)


def test_a_child_finds_its_parent_by_number():
    log = make_log()
    parent = log.start(make(10))
    assert log.start(make(20, 10, NOW_S + 1)).parent is parent


def test_of_two_programs_with_a_number_the_nearest_before_the_child_is_the_parent():
    log = make_log()
    first, second, later = (log.start(make(10, at_s=NOW_S + after)) for after in (0, 100, 200))
    assert log.start(make(20, 10, NOW_S + 150)).parent is second
    assert log.start(make(21, 10, NOW_S + 50)).parent is first
    assert log.start(make(22, 10, NOW_S + 250)).parent is later


def test_without_times_the_order_of_the_file_decides():
    log = make_log()
    log.start(make(10, at_s=None))
    second = log.start(make(10, at_s=None))
    assert log.start(make(20, 10, None)).parent is second


def test_a_parent_that_began_later_or_ended_before_is_none():
    log = make_log()
    log.start(make(10, at_s=NOW_S + 10))
    log.start(make(11, at_s=NOW_S - 100, ended_s=NOW_S - 50))
    assert log.start(make(20, 10)).parent is None
    assert log.start(make(21, 11)).parent is None


def test_a_program_that_says_it_is_its_own_parent_has_none_and_circles_do_not_close():
    log = make_log()
    own = log.start(make(10, 10))
    assert own.parent is None
    log.start(make(1, 2))
    second = log.start(make(2, 1))
    assert [one.pid for one in second.parents()] == [1]


def test_a_reused_number_is_noticed_by_the_name_and_the_record_of_the_child_counts():
    log = make_log()
    log.start(make(10, name="old.exe", path="C:\\old.exe"))
    child = log.start(make(20, 10, NOW_S + 9), stranger("new.exe", pid=10, path="C:\\new.exe", command="new -x"))
    assert child.parent is not None
    assert (child.parent.record, child.parent.name, child.parent.command) == (-1, "new.exe", "new -x")


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"name": "CMD.EXE"}, {"name": "cmd.exe", "path": None}),
        ({"name": "a-very-long-nam"}, {"name": "a-very-long-name", "path": None}),
        ({"path": "\\??\\C:\\x\\a.exe", "name": "other"}, {"name": None, "path": "C:\\X\\A.exe"}),
        ({}, {"name": "a.exe"}),
    ],
)
def test_names_that_mean_the_same_do_not_part_child_and_parent(known, told):
    log = make_log()
    parent = log.start(make(10, **known))
    assert log.start(make(20, 10, NOW_S + 1), stranger(told.pop("name"), **told)).parent is parent


def test_siblings_share_a_parent_that_was_not_seen():
    log = make_log()
    facts = {"pid": 7, "path": "C:\\word.exe", "command": "word"}
    first, second = (log.start(make(pid, 7), stranger("word.exe", **facts)) for pid in (20, 21))
    other = log.start(make(22, 8), stranger("word.exe", **facts | {"pid": 8}))
    assert first.parent is second.parent is not None
    assert other.parent is not first.parent


def test_without_numbers_the_command_of_the_parent_names_it():
    log = make_log()
    parent = log.start(make(name="cmd.exe", command="cmd /c a"))
    child = log.start(make(), stranger("CMD.EXE", pid=None, path=None, command="cmd /c a"))
    stray = log.start(make(), stranger("cmd.exe", pid=None, path=None, command="cmd /c b"))
    assert child.parent is parent
    assert stray.parent is not None
    assert stray.parent.record == -1


def test_ends_loads_and_connections_reach_their_program():
    log = make_log()
    old, new = (log.start(make(10, at_s=NOW_S + after)) for after in (0, 100))
    log.load(10, Load(NOW_S + 5, cpu_s=1.0), started_s=NOW_S)
    log.load(10, Load(NOW_S + 105, cpu_s=2.0))
    log.connect(10, connection())
    log.connect(10, connection(at_s=NOW_S))
    log.end(10, NOW_S + 50, started_s=NOW_S)
    assert [one.cpu_s for one in old.loads] == [1.0]
    assert [one.cpu_s for one in new.loads] == [2.0]
    assert (len(new.connections), new.connection_count) == (1, 1)
    programs = log.stretch()
    assert programs.ended == (old,)
    assert programs.running == (new,)
    assert programs.now_s == NOW_S + 105


def test_what_is_told_of_unknown_programs_is_counted():
    log = make_log()
    assert log.load(1, Load(NOW_S)) is None
    assert log.connect(1, connection()) is None
    log.listen(None, listener(22))
    assert log.lost == 2
    assert log.stretch().listeners == ((None, listener(22)),)


def test_counters_and_connections_of_one_program_are_bounded():
    log = make_log()
    one = log.start(make(10))
    for place in range(5_000):
        log.load(10, Load(NOW_S + place, cpu_s=place))
        log.connect(10, connection(far_port=place + 1))
    assert len(one.loads) <= MAX_LOADS
    assert one.loads[-1].cpu_s == 4_999
    gaps = [after.at_s - before.at_s for before, after in zip(one.loads, one.loads[1:-1], strict=False)]
    assert min(gaps) >= 4
    assert (len(one.connections), one.connection_count) == (MAX_CONNECTIONS, 5_000)


def test_a_full_log_says_so_and_is_empty_after_a_cut(monkeypatch):
    monkeypatch.setattr(program_log, "MAX_STARTS", 3)
    log = make_log()
    for pid in range(3):
        assert not log.is_full
        log.start(make(pid + 1))
    assert log.is_full
    log.cut()
    assert log.is_empty
    assert not log.is_full
    assert log.stretch().starts == ()
    assert len(log.stretch().running) == 3


def test_a_stretch_is_judged_long_before_a_silent_worker_is_ended():
    """Judging a start took 2 ms on a slow machine with two cores that others used, too: leave room for twice that."""
    assert Timing().file_s > program_log.MAX_STARTS * 0.004


def test_changes_fill_a_log_too_and_more_are_refused_when_nobody_cuts(monkeypatch):
    monkeypatch.setattr(program_log, "MAX_OTHERS", 2)
    log = make_log()
    for _ in range(5):
        log.change_file(FileChange(NOW_S, "/a", "modified"))
        log.change_place(PlaceChange(NOW_S, "cron", "a", "created"))
    assert log.is_full
    assert len(log.stretch().file_changes) + len(log.stretch().place_changes) == 4
    assert log.lost == 6


def test_after_a_cut_chains_go_on():
    log = make_log()
    root = log.start(make(1))
    middle = log.start(make(2, 1, NOW_S + 1, ended_s=NOW_S + 2))
    leaf = log.start(make(3, 2, NOW_S + 1.5))
    log.cut()
    log.start(make(9, at_s=NOW_S + 2 * HOUR_S))
    log.cut()
    child = log.start(make(4, 3, NOW_S + 2 * HOUR_S + 1))
    assert list(child.parents()) == [leaf, middle, root]


def test_what_ended_half_an_hour_ago_is_forgotten_and_what_ended_just_now_is_not():
    log = make_log()
    log.start(make(1, ended_s=NOW_S + 1))
    fresh = log.start(make(2, ended_s=NOW_S + REMEMBERED_S))
    log.start(make(3, at_s=NOW_S + REMEMBERED_S + 10))
    log.cut()
    assert log.find(1) is None
    assert log.find(2) is fresh


def test_flags_last_an_hour():
    log = make_log()
    one = log.start(make(1))
    log.cut({one: NOW_S})
    assert log.stretch().flagged == {one: NOW_S}
    log.start(make(2, at_s=NOW_S + HOUR_S + 1))
    log.cut()
    assert log.stretch().flagged == {}


def test_ended_programs_make_room_before_running_ones_and_parents_last(monkeypatch):
    monkeypatch.setattr(program_kin, "MAX_REMEMBERED", 100)
    log = make_log()
    root = log.start(make(1))
    for place in range(1_000):
        log.start(make(place + 2, 1, NOW_S + place, ended_s=NOW_S + place + 1))
    assert log.find(1) is root
    assert len(log.stretch().running) + len(log.stretch().ended) <= 100
    assert log.dropped > 0


def test_what_was_old_anyway_does_not_count_as_dropped(monkeypatch):
    monkeypatch.setattr(program_kin, "MAX_REMEMBERED", 100)
    log = make_log()
    for place in range(300):
        log.start(make(place + 2, 1, NOW_S + 100 * place))
    assert log.dropped == 0


def test_long_texts_are_bounded(monkeypatch):
    monkeypatch.setattr(program_kin, "MAX_TEXT", 100_000)
    log = make_log()
    for place in range(200):
        log.start(make(place + 1, 0, command="x" * 5_000))
        log.start(make(1_000 + place, 9_000 + place), stranger("a", pid=9_000 + place, command="y" * 5_000))
        assert log._kin.text <= 110_000


def test_a_chain_without_end_is_not_held_for_ever(monkeypatch):
    monkeypatch.setattr(program_kin, "MAX_REMEMBERED", 50)
    log = make_log()
    last = log.start(make(1))
    for place in range(2, 2_000):
        last = log.start(make(place, place - 1, NOW_S + place))
        if place % 40 == 0:
            log.cut()
    held = 0
    above = last.parent
    while above is not None:
        held, above = held + 1, above.parent
    assert MAX_CHAIN <= held <= 50 + 3 * MAX_CHAIN


def test_live_coverage_is_taken_as_the_source_gives_it_and_a_recording_is_counted():
    log = make_log()
    log.start(make(1, command="a"))
    log.start(make(2))
    assert (log.stretch().coverage.seen, log.stretch().coverage.without_command) == (2, 1)
    live = make_log(is_recording=False)
    live.start(make(1))
    assert live.stretch(NOW_S + 60).coverage == live.coverage
    assert live.stretch(NOW_S + 60).now_s == NOW_S + 60


def test_after_a_cut_ended_programs_forget_what_they_did_and_others_keep_a_little_of_too_much(monkeypatch):
    monkeypatch.setattr(program_log, "MAX_KEPT_DETAILS", 50)
    log = make_log()
    for pid in (1, 2):
        log.start(make(pid))
        for place in range(40):
            log.load(pid, Load(NOW_S + 10 * place))
    log.end(1, NOW_S + 400)
    before = log.stretch()
    assert [len(one.loads) for one in before.starts] == [40, 40]
    log.cut()
    assert [len(one.loads) for one in before.starts] == [0, program_log.FEW_DETAILS]
