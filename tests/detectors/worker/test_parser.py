"""The parser over pipes, as on Windows: no descriptors, the bytes come beside the message."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest

from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Severity, Subject
from detectors.telemetry.files import OpenFile, walk
from detectors.worker import parse_queue, parser, wire
from detectors.worker.framing import ANSWERS, MAX_BLOB_BYTES, TASKS, Channel, PipeChannel
from detectors.worker.parser import Parser
from detectors.worker.registry import Panel
from tests.detectors.worker.bad_worker import Obedient
from tests.factories import make_finding


class PipedWorker:
    """Stands in for ``wall.Worker`` where only pipes exist: the parser runs in a thread of the test."""

    passes_descriptors = False

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.send = channel.send

    def answers(self, count: int) -> dict[int, list[wire.FilePart]]:
        """Wait until ``count`` files are done."""
        parts: dict[int, list[wire.FilePart]] = {}
        while sum(given[-1].is_last for given in parts.values()) < count:
            message = self.channel.receive().message
            assert isinstance(message, wire.FilesDone)
            for part in message.parts:
                parts.setdefault(part.number, []).append(part)
        return parts


@pytest.fixture
def worker():
    ends = [*os.pipe(), *os.pipe()]
    task_end, to_parser, answer_end, to_opener = (
        os.fdopen(end, "rwrw"[place] + "b", buffering=0) for place, end in enumerate(ends)
    )
    theirs = PipeChannel(task_end, to_opener, TASKS, max_blob_bytes=MAX_BLOB_BYTES)
    ours = PipeChannel(answer_end, to_parser, ANSWERS)
    running = threading.Thread(target=run, args=(Parser(theirs, Panel([Obedient()]), None),))
    running.start()
    yield PipedWorker(ours)
    to_parser.close()
    running.join()
    ours.close()
    theirs.close()


def run(one: Parser) -> None:
    with pytest.raises(EOFError):
        one.run()


def opened(folder) -> Sequence[parse_queue.Task]:
    steps = [step for step in walk([str(folder)]) if isinstance(step, OpenFile)]
    return [parse_queue.Task(step, number) for number, step in enumerate(steps)]


def test_files_are_read_by_the_opener_where_descriptors_cannot_be_passed(worker, tmp_path, monkeypatch):
    monkeypatch.setattr("detectors.telemetry.reading.MAX_FILE_BYTES", 20)
    (tmp_path / "a").write_bytes(b"please find")
    (tmp_path / "b").write_bytes(b"")
    (tmp_path / "c").write_bytes(b"please find and much more than is read")
    (tmp_path / "d").write_bytes(b"nothing")
    tasks = opened(tmp_path)
    parse_queue._send(worker, tasks)
    parts = worker.answers(4)
    for task in tasks:
        task.finish()
    assert [[len(part.findings) for part in parts[number]] for number in range(4)] == [[1], [0], [1], [0]]
    assert [line.reason for line in parts[2][0].skipped] == [SkipReason.FILE_TOO_LARGE]
    assert [parts[number][0].read_bytes for number in range(4)] == [11, 0, 20, 7]


def test_a_file_the_opener_could_not_read_is_a_skipped_line(worker):
    line = SkippedCheck(Subject.file("a"), SkipReason.READ_ERROR, "s", {"errno": 5})
    worker.send(wire.ParseFiles((wire.FileTask(7, "a", "s", 3, None, 0, line),)))
    [part] = worker.answers(1)[7]
    assert (part.skipped, part.findings, part.read_bytes) == ((line,), (), 0)


def task(number: int = 1, name: str = "a.zip") -> wire.FileTask:
    return wire.FileTask(number, name, "s", 3, None, 3)


def test_very_long_member_names_are_cut_and_said(worker, monkeypatch):
    long = "a.zip!" + "x" * 10_000
    line = SkippedCheck(Subject.file(long + "y"), SkipReason.ARCHIVE_DAMAGED, "s")

    def members(record, _budget, _password):
        yield replace(record, name=long, data=b"please find")
        yield line

    monkeypatch.setattr(parser, "open_members", members)
    worker.send(wire.ParseFiles((task(),)), blob=b"abc")
    parts = worker.answers(1)[1]
    findings = [one for part in parts for one in part.findings]
    skipped = [one for part in parts for one in part.skipped]
    assert [len(one.subject.name) for one in findings] == [len("a.zip") + parser.MAX_NAME + 11]
    assert [one.reason for one in skipped] == [SkipReason.NAME_TOO_LONG, SkipReason.ARCHIVE_DAMAGED]
    assert len({one.subject.name for one in skipped}) == 2
    assert parts[-1].members == 2


def test_an_archive_that_names_too_much_is_left_at_that(worker, monkeypatch):
    def members(record, _budget, _password):
        for number in range(10_000):
            yield SkippedCheck(Subject.file(f"a.zip!{number}" + "\udcff" * 1000), SkipReason.ARCHIVE_ENCRYPTED, "s")

    monkeypatch.setattr(parser, "open_members", members)
    worker.send(wire.ParseFiles((task(),)), blob=b"abc")
    parts = worker.answers(1)[1]
    skipped = [one for part in parts for one in part.skipped]
    assert 500 < len(skipped) < 2000
    assert skipped[-1] == SkippedCheck(Subject.file("a.zip"), SkipReason.ARCHIVE_TOO_MANY_MEMBERS, "s")
    assert parts[-1].members == len(skipped) - 1


def test_one_name_is_one_skipped_line(worker, monkeypatch):
    line = SkippedCheck(Subject.file("a.zip!b"), SkipReason.ARCHIVE_ENCRYPTED, "s")
    monkeypatch.setattr(
        parser, "open_members", lambda *_: iter([line, replace(line, reason=SkipReason.ARCHIVE_DAMAGED)])
    )
    worker.send(wire.ParseFiles((task(),)), blob=b"abc")
    [part] = worker.answers(1)[1]
    assert (part.skipped, part.members) == ((line,), 1)


def test_running_out_of_memory_inside_is_said(worker, monkeypatch):
    def members(*_):
        raise MemoryError

    monkeypatch.setattr(parser, "open_members", members)
    worker.send(wire.ParseFiles((task(),)), blob=b"abc")
    [part] = worker.answers(1)[1]
    assert [line.reason for line in part.skipped] == [SkipReason.MEMORY_LIMIT]


def test_a_document_and_its_parts_are_told_once_as_the_gravest_of_them(worker, monkeypatch):
    document = make_finding("/office/bill.docm", severity=Severity.MEDIUM)
    worse, milder = replace(document, severity=Severity.HIGH), replace(document, severity=Severity.LOW)
    told = parser._Told(wire.FileTask(0, "/office/bill.docm", "/office", 1, None), parser.Outbox(worker.channel))
    for finding in (document, worse, milder, document):
        told._find(finding)
    assert told.part(is_last=True).findings == (worse,)


def test_a_task_believes_no_more_skipped_lines_than_there_are_names():
    entry = parse_queue.Task(OpenFile("a", "s", "0:a", -1, 1, 0), 1, is_done=True)
    lines = tuple(SkippedCheck(Subject.file(f"a!{number}"), SkipReason.ARCHIVE_DAMAGED, "s") for number in range(3))
    assert entry.add(wire.FilePart(1, 2, 0, skipped=lines))
    assert not entry.add(wire.FilePart(1, 2, 0, skipped=lines[:1]))


def test_a_task_takes_no_endless_findings():
    entry = parse_queue.Task(OpenFile("a", "s", "0:a", -1, 1, 0), 1, is_done=True)
    part = wire.FilePart(1, 0, 0, findings=(make_finding("a"),) * 10_000)
    assert [entry.add(part) for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize("name", ["b", "a.txt", "", "/etc/passwd!a"])
def test_a_task_hears_nothing_about_other_files(name):
    entry = parse_queue.Task(OpenFile("a", "s", "0:a", -1, 1, 0), 1, is_done=True)
    assert not entry.add(wire.FilePart(1, 0, 0, findings=(make_finding(name),)))
    assert not entry.add(wire.FilePart(1, 5, 0, skipped=(SkippedCheck(Subject.file(name), SkipReason.FIFO, "s"),)))
    assert (entry.findings, entry.skipped) == ([], [])
