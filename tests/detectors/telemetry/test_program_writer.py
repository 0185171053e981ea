"""What is written is read back the same, so that judging it again says the same."""

from __future__ import annotations

import stat
import sys
from dataclasses import fields, replace
from io import BytesIO

import pytest

from detectors.contract.programs import FileChange, Load, PlaceChange, Program, Programs
from detectors.telemetry.program_log import ProgramLog
from detectors.telemetry.program_recording import RecordingReader
from detectors.telemetry.program_writer import ProgramWriter, open_recording
from tests.detectors.telemetry.recording_builders import NOON_S, lines, start
from tests.program_factories import connection, listener, stranger

NOT_WRITTEN = {"record", "parent"}


def facts_of(program: Program | None) -> dict[str, object]:
    return (
        {} if program is None else {one.name: getattr(program, one.name) for one in fields(Program)} | {"parent": None}
    )


def written(*stretches: Programs) -> bytes:
    stream = BytesIO()
    writer = ProgramWriter(stream)
    for one in stretches:
        writer.write(one)
    assert stream.getvalue().count(b"\n") == writer.rows
    return stream.getvalue()


def back(data: bytes) -> Programs:
    reader = RecordingReader("b.jsonl")
    (programs,) = reader.read(BytesIO(data))
    assert reader.skipped() == []
    return programs


def busy_log() -> ProgramLog:
    log = ProgramLog("programs", "", "linux", is_recording=False)
    full = Program(
        0, "linux", 10, 4, NOON_S, None, "sh", "/bin/sh", "sh -c 'a \udcff'", ("sh", "-c", "a \udcff"), "maria", "/home", "High", times=2,
        connections=(connection(at_s=NOON_S),), connection_count=5, files=("/a",), file_count=7, original_name="b", is_deleted=True,
        is_memory_file=False, streams=("socket", "local", "closed"), is_packaged=False, denied=frozenset({"folder"}),
    )  # fmt: skip
    log.start(full, stranger("cron", pid=4, system="linux", command="cron -f"))
    log.start(Program(1, "linux", 20, 10, NOON_S + 1, name="ls"))
    log.start(Program(2, "linux", 2, 0, NOON_S, name="kthread", is_kernel=True))
    log.connect(20, connection("198.51.100.1", 80, at_s=NOON_S + 2))
    for place in range(4):
        log.load(10, Load(NOON_S + 10 * place, 1.5 * place, 10, 20, 30, 4, 60.0))
    log.listen(10, listener(22, at_s=NOON_S))
    log.listen(None, listener(23))
    log.change_file(FileChange(NOON_S, "/a", "renamed", "/b", 7.5, 3.0, 10, True))
    log.change_place(PlaceChange(NOON_S, "cron", "/etc/crontab", "modified", "a b", "root", False))
    return log


def test_everything_that_is_written_is_read_back():
    told = busy_log().stretch(NOON_S + 60)
    again = back(written(told))
    assert len(again.starts) == len(told.starts) == 3
    for one, other in zip(told.starts, again.starts, strict=True):
        ours, theirs = facts_of(one), facts_of(other)
        assert {key: ours[key] for key in ours if key not in NOT_WRITTEN} == {
            key: theirs[key] for key in theirs if key not in NOT_WRITTEN
        }
        above, again_above = one.parent, other.parent
        assert (above is None) == (again_above is None)
        if above and again_above:
            assert (above.name, above.path, above.command) == (again_above.name, again_above.path, again_above.command)
    assert again.starts[1].parent is again.starts[0]
    assert [replace(one, record=-1) for one in again.file_changes] == list(told.file_changes)
    assert [replace(one, record=-1) for one in again.place_changes] == list(told.place_changes)
    assert [(owner and owner.pid, one) for owner, one in again.listeners] == [
        (owner and owner.pid, one) for owner, one in told.listeners
    ]


def test_only_what_is_new_is_written_of_a_program_that_runs_on():
    log = busy_log()
    first = log.stretch(NOON_S + 60)
    stream = BytesIO()
    writer = ProgramWriter(stream)
    writer.write(first)
    rows = writer.rows
    log.cut(now_s=NOON_S + 60)
    writer.write(log.stretch(NOON_S + 61))
    assert writer.rows == rows
    log.load(10, Load(NOON_S + 70, 9.0))
    log.connect(20, connection("198.51.100.9", 81))
    log.end(20, NOON_S + 80)
    writer.write(log.stretch(NOON_S + 81))
    assert writer.rows == rows + 3
    again = back(stream.getvalue())
    assert [one.cpu_s for one in again.starts[0].loads] == [0, 1.5, 3.0, 4.5, 9.0]
    assert [one.far for one in again.starts[1].connections] == ["198.51.100.1", "198.51.100.9"]
    assert again.starts[1].ended_s == NOON_S + 80
    assert again.ended == (again.starts[1],)


def test_a_recording_that_is_written_again_stays_the_same():
    child = start(20, ppid=10, pname="notes.exe", pexe="C:\\notes.exe")
    once = written(back(lines(start(10, end=NOON_S + 5), child, start(None, t=None))))
    assert written(back(once)) == once
    assert once.count(b"\n") == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_a_written_file_is_for_its_owner_alone_and_never_replaces_another(tmp_path):
    with open_recording(tmp_path / "a.jsonl") as stream:
        ProgramWriter(stream).write(busy_log().stretch(NOON_S))
    assert stat.S_IMODE((tmp_path / "a.jsonl").stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        open_recording(tmp_path / "a.jsonl")
