"""A recording becomes stretches, one machine apart from the other; whatever was not understood is said."""

from __future__ import annotations

import random
from io import BytesIO

import pytest

from detectors.contract.errors import SkipReason
from detectors.contract.programs import Coverage, FileChange, PlaceChange
from detectors.telemetry import program_log, program_recording
from detectors.telemetry.program_recording import RecordingReader
from tests.detectors.telemetry.recording_builders import NOON_S, lines, packed, read, start, starts, told
from tests.detectors.telemetry.recording_fuzz import fuzz


def test_records_are_line_numbers_and_the_order_is_that_of_the_file():
    found = starts(start(2, t=NOON_S + 9, i=55), b"", start(1, i=7), b"nonsense", start(3))
    assert [(one.record, one.pid) for one in found] == [(0, 2), (2, 1), (4, 3)]


def test_packed_and_plain_say_the_same():
    rows = [start(pid) for pid in range(1, 30)]
    plain, whole = read(lines(*rows)), read(packed(*rows))
    assert [len(one.starts) for one in plain[0]] == [len(one.starts) for one in whole[0]] == [29]
    assert told(whole[1]) == {}


def test_machines_are_apart():
    rows = [
        start(10, unit="a"),
        start(20, unit="b", ppid=10),
        start(30, unit=None, host="c", ppid=10),
        start(40, unit=None, ppid=10),
    ]
    stretches, reader = read(lines(*rows))
    assert [(one.machine, len(one.starts)) for one in stretches] == [("a", 1), ("b", 1), ("c", 1), ("", 1)]
    assert all(one.starts[0].parent is None for one in stretches)
    assert told(reader) == {}


def test_every_kind_of_row_reaches_the_stretch():
    (programs,), reader = read(
        lines(
            start(10),
            {"unit": "pc", "kind": "sample", "t": NOON_S + 5, "pid": 10, "cpu_s": 3},
            {"unit": "pc", "kind": "connection", "t": NOON_S + 6, "pid": 10, "proto": "tcp", "raddr": "203.0.113.7", "rport": 443},
            {"unit": "pc", "kind": "connection", "pid": 10, "proto": "tcp", "laddr": "::", "lport": 22, "state": "LISTEN"},
            {"unit": "pc", "kind": "file", "t": NOON_S + 7, "path": "/a", "change": "modified"},
            {"unit": "pc", "kind": "place", "place": "cron", "item": "/etc/crontab", "change": "modified"},
            {"unit": "pc", "kind": "end", "t": NOON_S + 8, "pid": 10},
        )
    )  # fmt: skip
    one = programs.starts[0]
    assert [load.cpu_s for load in one.loads] == [3]
    assert [connection.far for connection in one.connections] == ["203.0.113.7"]
    assert [(owner, socket.near_port) for owner, socket in programs.listeners] == [(one, 22)]
    assert programs.file_changes == (FileChange(NOON_S + 7, "/a", "modified", record=4),)
    assert programs.place_changes == (PlaceChange(None, "cron", "/etc/crontab", "modified", record=5),)
    assert (programs.ended, programs.running, programs.now_s) == ((one,), (), NOON_S + 8)
    assert (reader.starts, reader.others, reader.rows) == (1, 6, 7)
    assert told(reader) == {}


def test_rows_that_are_no_records_are_counted_and_the_first_ones_named():
    bad = [
        b"{",
        b"[]",
        {"unit": "pc"},
        {"kind": "dance"},
        {"kind": "end"},
        {"kind": "sample", "pid": 1},
        {"kind": "file", "t": 1},
    ]
    _, reader = read(lines(start(1), *bad, start(2)))
    assert told(reader) == {
        SkipReason.ROWS_UNREADABLE: {
            "count": 7, "lines": "1, 2, 3, 4, 5", "problem": "no_json, no_object, no_start, unknown_kind, no_pid",
        }
    }  # fmt: skip
    assert (reader.unreadable, reader.starts) == (7, 2)


def test_rows_read_in_part_are_named_with_their_fields():
    _, reader = read(lines(start(1), start("x", cwd=5), start(3)))
    assert told(reader) == {SkipReason.ROWS_READ_IN_PART: {"count": 1, "lines": "1", "problem": "pid, cwd"}}


def test_rows_of_programs_nobody_saw_are_counted():
    _, reader = read(lines(start(1), {"unit": "pc", "kind": "sample", "t": 5, "pid": 77}))
    assert told(reader) == {SkipReason.ROWS_WITHOUT_PROGRAM: {"count": 1}}


def test_an_empty_recording_is_not_called_whole():
    assert set(told(read(b"")[1])) == {SkipReason.RECORDING_EMPTY}
    assert set(told(read(b"\n \n")[1])) == {SkipReason.RECORDING_EMPTY}


@pytest.mark.parametrize(
    "data",
    [
        b"name,pid\nls,5\n",
        b"\x89PNG" + bytes(range(256)) * 40,
        lines({"a": 1}, {"b": 2}),
        b"[1, 2]",
        b'{"a":\n 1\n}\n',
        lines(*[b"#"] * 5_000),
    ],
)
def test_what_is_no_recording_is_told_so(data):
    stretches, reader = read(data)
    assert stretches == []
    assert set(told(reader)) <= {SkipReason.RECORDING_NOT_SUPPORTED, SkipReason.RECORDING_CUT}
    assert told(reader)
    assert reader.rows <= program_recording.FOREIGN_LINES


def test_of_a_damaged_recording_the_beginning_is_judged_and_the_line_is_told():
    dice = random.Random(1)
    whole = packed(*[start(pid, cmdline=dice.randbytes(40).hex()) for pid in range(1, 500)])
    (programs,), reader = read(whole[: len(whole) // 2])
    assert 150 < len(programs.starts) < 300
    assert told(reader) == {SkipReason.RECORDING_CUT: {"line": len(programs.starts), "problem": "gzip_cut"}}


def test_a_long_recording_comes_in_stretches_and_flags_are_passed_on(monkeypatch):
    monkeypatch.setattr(program_log, "MAX_STARTS", 10)
    reader = RecordingReader("a.jsonl")
    sizes, flagged = [], []
    for programs in reader.read(BytesIO(lines(*[start(pid, ppid=pid - 1, t=NOON_S + pid) for pid in range(1, 35)]))):
        sizes.append(len(programs.starts))
        flagged.append(dict(programs.flagged))
        reader.flag({programs.starts[0]: programs.starts[0].started_s or 0})
        chain = programs.starts[-1].record
        assert len(list(programs.starts[-1].parents())) == chain
    assert sizes == [10, 10, 10, 4]
    assert [len(one) for one in flagged] == [0, 1, 2, 3]
    assert told(reader) == {}


def test_flags_do_not_pass_to_another_machine():
    reader = RecordingReader("a.jsonl")
    seen = []
    for programs in reader.read(BytesIO(lines(start(1, unit="a"), start(1, unit="b")))):
        seen.append(programs.flagged)
        reader.flag({programs.starts[0]: NOON_S})
    assert seen == [{}, {}]


def test_of_many_machines_the_quiet_ones_are_closed_and_one_that_comes_back_is_counted(monkeypatch):
    monkeypatch.setattr(program_recording, "MAX_MACHINES", 4)
    monkeypatch.setattr(program_recording, "_LOOK_ROWS", 1)
    stretches, reader = read(lines(*[start(1, unit=f"pc{place}") for place in range(50)]))
    assert len(stretches) == 50
    assert told(reader) == {}
    stretches, reader = read(lines(*[start(1, unit=f"pc{place % 10}") for place in range(50)]))
    assert sum(len(one.starts) for one in stretches) == 50
    assert told(reader) == {SkipReason.RECORDS_DROPPED: {"count": 40}}


def test_all_machines_together_hold_only_so_much(monkeypatch):
    monkeypatch.setattr(program_recording, "MAX_HELD", 100)
    monkeypatch.setattr(program_recording, "_LOOK_ROWS", 10)
    reader = RecordingReader("a.jsonl")
    for _ in reader.read(BytesIO(lines(*[start(place, unit=f"pc{place % 20}") for place in range(1, 1_000)]))):
        assert sum(log.held for log in reader._logs.values()) <= 120
    assert reader.starts == 999


def test_times_that_jump_and_parents_in_circles_are_taken():
    found = starts(
        start(1, ppid=3), start(1, ppid=1), start(2, t=9e9, ppid=1), start(3, t=1, ppid=2), start(1, t=None, ppid=3)
    )
    assert [[above.record for above in one.parents()] for one in found] == [[], [0], [1, 0], [], [3]]


def test_a_recording_is_counted_as_it_is():
    (programs,), _ = read(lines(start(1), start(2, cmdline=None)))
    assert programs.coverage == Coverage("recording", seen=2, without_command=1)


def life(pid, begin_s, long_s, **fields):
    return start(pid, t=NOON_S + begin_s, end=None if long_s is None else NOON_S + begin_s + long_s, **fields)


def test_a_poller_misses_short_programs_and_counts_them():
    rows = [life(pid, pid * 7.3, 0.1) for pid in range(1, 1_001)]
    (programs,), reader = read(lines(*rows), poll_s=1.0)
    assert 60 < len(programs.starts) < 140
    assert programs.coverage == Coverage("polling", 1.0, 1_000, len(programs.starts), 0)
    assert reader.missed == 1_000 - len(programs.starts)


def test_a_poller_sees_what_lives_longer_than_its_period_and_what_has_no_end():
    rows = [life(1, 0, 1.0), life(2, 0.5, None), start(3, t=None), life(4, 3, 60)]
    (programs,), _ = read(lines(*rows), poll_s=1.0)
    assert [one.pid for one in programs.starts] == [1, 2, 3, 4]


def test_programs_that_start_at_whole_seconds_are_not_luckier():
    seen = 0
    for place in range(400):
        stretches, _ = read(lines(life(1, 0, 0.25, unit=f"pc{place}")), poll_s=1.0)
        seen += sum(len(one.starts) for one in stretches)
    assert 60 < seen < 140


def test_a_poller_knows_nothing_of_a_parent_it_missed_nor_what_only_logs_tell():
    missed = life(10, 0, 0.0)
    child = life(
        20, 0, 100, ppid=10, pname="a.exe", integrity="High", x={"OriginalFileName": "b.exe"}, files=[{"path": "c"}]
    )
    (programs,), _ = read(lines(missed, child), poll_s=1.0)
    (one,) = programs.starts
    assert (one.parent, one.integrity, one.original_name, one.files) == (None, None, None, ())
    (programs,), _ = read(lines(child), poll_s=1.0)
    assert programs.starts[0].parent is not None


def test_the_same_recording_is_polled_the_same_way_each_time():
    data = lines(*[life(pid, pid * 1.37, 0.4) for pid in range(1, 200)])
    first, second = ([one.record for one in read(data, 1.0)[0][0].starts] for _ in range(2))
    assert first == second


def test_damaged_recordings_never_raise_and_are_never_called_whole():
    ends = fuzz(300)
    assert sum(ends.values()) == 300
    assert len(ends) >= 4
