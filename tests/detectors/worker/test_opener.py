"""Reports are cut so that each fits a message, whatever the names are, and the counts stay exact."""

from __future__ import annotations

import pytest

from detectors.contract.errors import MessageRefused, SkippedCheck, SkipReason
from detectors.contract.finding import Subject
from detectors.telemetry.files import LeftOut, OpenFile, SourceEnd
from detectors.worker import wire
from detectors.worker.framing import pack
from detectors.worker.opener import Report, _Entry
from detectors.worker.parse_queue import Task
from tests.factories import make_finding


class Sent:
    """A channel that keeps what would be sent, and refuses what is too long."""

    def __init__(self, limit_bytes: int = 8_000_000) -> None:
        self.messages: list[wire.Message] = []
        self._limit_bytes = limit_bytes

    def send(self, message: wire.Message) -> None:
        if len(pack(message)) > self._limit_bytes:
            raise MessageRefused(problem="too_long")
        self.messages.append(message)

    def counts(self) -> list[tuple[int, int, int, int]]:
        batches = [message for message in self.messages if isinstance(message, wire.BatchDone)]
        assert all(batch.files + batch.members == batch.checked + len(batch.skipped) for batch in batches)
        return [(batch.files, batch.members, batch.checked, len(batch.findings)) for batch in batches]


def left_out(number: int, name: str) -> _Entry:
    return _Entry(LeftOut(SkippedCheck(Subject.file(name), SkipReason.FIFO, "s"), f"0:{number}"))


def checked(number: int, *, members: int = 0, findings: int = 0, skipped: int = 0) -> _Entry:
    file = OpenFile(f"f{number}", "s", f"0:{number}", -1, 10, 0)
    lines = [
        SkippedCheck(Subject.file(f"f{number}!{line}"), SkipReason.ARCHIVE_DAMAGED, "s") for line in range(skipped)
    ]
    task = Task(file, number, is_done=True, members=members, findings=[make_finding()] * findings, skipped=lines)
    return _Entry(file, task)


@pytest.fixture
def sent():
    return Sent()


def test_a_batch_sums_up_what_is_done_and_where_it_is(sent):
    report = Report(sent, "s")
    for entry in (checked(1, members=4, findings=2, skipped=1), left_out(2, "d/f2"), checked(3)):
        report.add(entry)
    report.add(SourceEnd("s", "0"))
    assert sent.counts() == [(3, 4, 5, 2)]
    [batch] = sent.messages
    assert (batch.source, batch.position, batch.folder, batch.source_done) == ("s", "0", "", True)


def test_nothing_is_sent_when_there_is_nothing(sent):
    Report(sent, "s").send()
    assert sent.messages == []


def test_much_to_tell_is_told_in_several_reports(sent):
    report = Report(sent, "s")
    for number in range(10):
        report.add(checked(number, members=200, skipped=200))
    report.send()
    assert sent.counts() == [(2, 400, 2, 0)] * 5


def test_names_of_any_length_are_told_in_reports_that_fit():
    sent = Sent(limit_bytes=3000)
    report = Report(sent, "s")
    for number in range(9):
        report.add(left_out(number, f"{number}" + "\udcff" * 100))
    report.add(SourceEnd("s", "0"))
    assert [message.position for message in sent.messages] == ["0:3", "0:5", "0"]
    assert sum(files for files, *_ in sent.counts()) == 9
    assert [message.source_done for message in sent.messages] == [False, False, True]


def test_one_file_with_too_much_to_tell_becomes_one_line():
    sent = Sent(limit_bytes=5000)
    report = Report(sent, "s")
    report.add(checked(1))
    report.add(checked(2, members=100, skipped=100))
    report.add(checked(3))
    report.send()
    lines = [line for message in sent.messages for line in message.skipped]
    assert [(line.subject.name, line.reason) for line in lines] == [("f2", SkipReason.WORKER_DIED)]
    assert sum(files for files, *_ in sent.counts()) == 3


def test_gaps_are_counted_beside_the_files(sent):
    Report(sent, "s").add_gaps((SkippedCheck(Subject.file("x.yar"), SkipReason.RULES_BROKEN, "x.yar"),))
    assert sent.counts() == [(0, 1, 0, 0)]


def test_a_sign_of_life_is_given_while_nothing_happens(sent, monkeypatch):
    report = Report(sent, "s")
    monkeypatch.setattr("detectors.worker.opener._SIGN_OF_LIFE_S", 0.0)
    report.tick()
    assert sent.messages == [wire.StillHere()]
