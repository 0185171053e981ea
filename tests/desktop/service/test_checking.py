from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.service.checking import Check, Order, verdict_of
from desktop.service.events import (
    Control,
    Event,
    FindingSeen,
    PartRestarted,
    Progress,
    Skipped,
    SourceChecked,
    Started,
    Summary,
)
from desktop.service.keeping.database import Database
from desktop.service.keeping.findings import Findings
from desktop.service.keeping.journal import Journal
from desktop.service.keeping.store import Store
from detectors.contract.errors import RulesBroken, SkippedCheck, SkipReason, StoreFull, WorkerStopped
from detectors.contract.finding import Finding, Subject
from detectors.worker.wire import BatchDone, CheckFiles, FilesCounted, JobDone, WorkerReady, WorkerRestarted
from tests.factories import make_finding

ORDER = Order("scan files", "paths", ("/x", "/y"), exclude=("*.iso",), zip_password="word", cache_folder="/cache")
NOT_YET = SkippedCheck(Subject("sense", "network"), SkipReason.NOT_LOOKED_AT_YET, "network")


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s

    def wait(self, seconds: float) -> None:
        self.now_s += seconds


def batch(
    position: str, *, source: str = "/x", files: int = 2, members: int = 1, findings: tuple[Finding, ...] = (),
    skipped: tuple[SkippedCheck, ...] = (), done: bool = False,
) -> BatchDone:  # fmt: skip
    checked = files + members - len(skipped)
    return BatchDone(source, position, f"{source}/a", files, members, checked, 1000, findings, skipped, done)


def denied(name: str) -> SkippedCheck:
    return SkippedCheck(Subject.file(name), SkipReason.NO_PERMISSION, "/x")


def run(store: Store, stand_in, order: Order = ORDER, control: Control | None = None, **wishes) -> list[Event]:
    clock = wishes.pop("clock", Clock())
    return list(
        Check(store, Findings(store.database), stand_in, order, control=control or Control(), clock=clock).events(
            **wishes
        )
    )


def of(kind: type, events: list[Event]) -> list:
    return [event for event in events if isinstance(event, kind)]


def test_a_whole_check_is_told_in_order_and_adds_up(store: Store, stand_in):
    stand_in.reports = [
        WorkerReady("limits+seccomp"),
        FilesCounted(5, is_estimate=False),
        batch("0:b", findings=(make_finding("/x/b"),), skipped=(denied("/x/c"),)),
        batch("0", files=1, members=0, done=True),
        WorkerRestarted("signal", 11, 1),
        batch("1", source="/y", done=True),
        JobDone(),
    ]
    events = run(store, stand_in)
    assert stand_in.jobs == [CheckFiles(("/x", "/y"), ("*.iso",), "word", None, "/cache")]
    assert isinstance(events[0], Started)
    assert (events[0].command, events[0].run_id, events[0].isolation) == ("scan files", 1, "limits+seccomp")
    assert [seen.finding.subject.name for seen in of(FindingSeen, events)] == ["/x/b"]
    assert of(Skipped, events) == [Skipped(denied("/x/c"))]
    assert of(SourceChecked, events) == [
        SourceChecked("/x", {"files": 3, "members": 1, "bytes": 2000}),
        SourceChecked("/y", {"files": 2, "members": 1, "bytes": 1000}),
    ]
    assert of(PartRestarted, events) == [PartRestarted("signal", 11, 1)]
    assert of(Progress, events)[-1] == Progress(5, 5, False, "/y/a", None)
    assert events[-1] == Summary("found", 7, 6, 1, 1, 0.0, {"files": 5, "members": 2, "bytes": 3000})
    facts = store.runs(1)[0]
    assert (facts.verdict, facts.seen, facts.checked, facts.skipped, facts.findings) == ("found", 7, 6, 1, 1)
    assert store.skipped_of(1) == [denied("/x/c")]


def test_an_event_comes_only_after_it_is_kept(tmp_path: Path, store: Store, stand_in):
    finding = make_finding("/x/b")
    stand_in.reports = [WorkerReady(""), batch("0:b", findings=(finding,), skipped=(denied("/x/c"),)), JobDone()]
    other = Database(tmp_path / "kept")  # somebody else, who sees only what is on the disk
    for event in Check(store, Findings(store.database), stand_in, ORDER, control=Control()).events():
        if isinstance(event, FindingSeen):
            assert Findings(other).get(finding.id).finding == finding
        if isinstance(event, Skipped):
            assert Store(other).skipped_of(1) == [denied("/x/c")]
    other.close()


@pytest.mark.parametrize(
    ("findings", "skipped", "stopped", "verdict"),
    [
        (0, 0, False, "clean"),
        (1, 0, False, "found"),
        (1, 5, True, "found"),
        (0, 1, False, "not_fully_checked"),
        (0, 0, True, "not_fully_checked"),
    ],
)
def test_verdicts(findings: int, skipped: int, stopped: bool, verdict: str):
    assert verdict_of(findings, skipped, stopped=stopped) == verdict


def test_a_known_finding_is_told_as_known_and_does_not_count(store: Store, stand_in, journal: Journal):
    stand_in.reports = [WorkerReady(""), batch("0", findings=(make_finding("/x/b"),), done=True), JobDone()]
    run(store, stand_in)
    journal.judge(make_finding("/x/b"), "known", scope="file", until=None)
    events = run(store, stand_in)
    assert [(seen.is_new, seen.is_known) for seen in of(FindingSeen, events)] == [(False, True)]
    assert (events[-1].verdict, events[-1].findings) == ("clean", 0)
    assert events[-1].units["known_findings"] == 1


def test_inputs_that_overlap_tell_a_finding_once(store: Store, stand_in):
    found = (make_finding("/x/b"),)
    stand_in.reports = [WorkerReady(""), batch("0", findings=found * 2, done=True),
                        batch("1", source="/x/b", findings=found, done=True), JobDone()]  # fmt: skip
    events = run(store, stand_in, Order("scan files", "paths", ("/x", "/x/b")))
    assert len(of(FindingSeen, events)) == 1
    assert events[-1].findings == 1
    assert [told.source for told in of(SourceChecked, events)] == ["/x", "/x/b"]


def test_what_nobody_can_look_at_yet_is_said_and_counted(store: Store, stand_in):
    stand_in.reports = [WorkerReady(""), batch("0", done=True), JobDone()]
    events = run(store, stand_in, Order("check", "quick", ("/x",), not_yet=(NOT_YET,)))
    assert events[1] == Skipped(NOT_YET)
    assert (events[-1].verdict, events[-1].seen, events[-1].checked, events[-1].skipped) == (
        "not_fully_checked", 4, 3, 1,
    )  # fmt: skip


def test_a_stop_is_said_for_every_input_that_is_not_done(store: Store, stand_in):
    stand_in.reports = [WorkerReady(""), batch("0", done=True), batch("1:a", source="/y"), JobDone(stopped=True)]
    events = run(store, stand_in)
    assert of(Skipped, events) == [Skipped(SkippedCheck(Subject.file("/y"), SkipReason.STOPPED, "/y"))]
    assert (events[-1].verdict, events[-1].stopped) == ("not_fully_checked", True)
    assert events[-1].seen == events[-1].checked + events[-1].skipped == 7


def test_a_worker_that_was_given_up_leaves_a_line_for_every_input_that_is_not_done(store: Store, stand_in):
    stand_in.reports = [WorkerReady(""), batch("0", done=True), WorkerStopped(deaths=5)]
    events = run(store, stand_in)
    assert [(line.skipped.reason, line.skipped.source) for line in of(Skipped, events)] == [("engine_stopped", "/y")]
    assert (events[-1].verdict, events[-1].stopped) == ("not_fully_checked", False)
    assert events[-1].seen == events[-1].checked + events[-1].skipped


def test_a_check_that_breaks_closes_its_run_and_says_why(store: Store, stand_in):
    stand_in.reports = [WorkerReady(""), batch("0:b", findings=(make_finding("/x/b"),)), RulesBroken(path="p", line=3)]
    with pytest.raises(RulesBroken):
        run(store, stand_in)
    facts = store.runs(1)[0]
    assert (facts.verdict, facts.stopped, facts.findings) == ("found", True, 1)
    assert facts.ended_at is not None


def test_nobody_listening_any_more_closes_the_run(store: Store, stand_in):
    stand_in.reports = [WorkerReady(""), batch("0:b"), batch("0:c")]
    events = Check(store, Findings(store.database), stand_in, ORDER, control=Control()).events()
    assert isinstance(next(events), Started)
    events.close()
    assert store.runs(1)[0].ended_at is not None
    assert store.runs(1)[0].verdict == "not_fully_checked"


def test_a_full_disk_ends_the_check_with_that_error(database: Database, store: Store, stand_in):
    def fill_up() -> None:
        with database.reading() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")

    many = tuple(make_finding(f"/x/{i}") for i in range(300))
    stand_in.reports = [WorkerReady(""), batch("0:a", findings=(make_finding("/x/a"),)), fill_up,
                        batch("0:b", findings=many)]  # fmt: skip
    told: list[Event] = []
    with pytest.raises(StoreFull):
        told.extend(Check(store, Findings(store.database), stand_in, ORDER, control=Control()).events())
    kept = Findings(store.database).select()
    assert [one.finding.subject.name for one in kept] == ["/x/a"]


def test_a_check_goes_on_where_it_was_and_ends_like_an_unbroken_one(store: Store, stand_in):
    first, second = make_finding("/x/b"), make_finding("/y/d")
    parts = [
        batch("0:b", findings=(first,), skipped=(denied("/x/c"),)),
        batch("0", files=1, members=0, done=True),
        batch("1", source="/y", findings=(second,), done=True),
    ]
    clock = Clock()
    stand_in.reports = [WorkerReady(""), lambda: clock.wait(2), *parts[:2], JobDone(stopped=True)]
    run(store, stand_in, clock=clock)
    stand_in.reports = [WorkerReady(""), FilesCounted(2, is_estimate=False), lambda: clock.wait(3), parts[2], JobDone()]
    events = run(store, stand_in, resume=True, clock=clock)
    assert stand_in.jobs[-1].resume_after == "0"
    assert [seen.finding for seen in of(FindingSeen, events)] == [first, second]
    assert of(Skipped, events) == [Skipped(denied("/x/c"))]
    assert of(SourceChecked, events) == [
        SourceChecked("/x", {"files": 3, "members": 1, "bytes": 2000}),
        SourceChecked("/y", {"files": 2, "members": 1, "bytes": 1000}),
    ]
    assert of(Progress, events)[-1].done == of(Progress, events)[-1].total == 5
    units = {"files": 5, "members": 2, "bytes": 3000}
    assert events[-1] == Summary("found", 7, 6, 1, 2, 5.0, units)
    assert len(store.runs(10)) == 1
    assert store.runs(1)[0].findings == 2


def test_without_a_run_to_go_on_with_a_new_one_begins(store: Store, stand_in):
    stand_in.reports = [WorkerReady(""), batch("0", done=True), batch("1", source="/y", done=True), JobDone()]
    run(store, stand_in, resume=True)
    run(store, stand_in, resume=True)
    assert [job.resume_after for job in stand_in.jobs] == [None, None]
    assert len(store.runs(10)) == 2


def test_progress_comes_at_most_every_tenth_of_a_second(store: Store, stand_in):
    clock = Clock()
    steps: list[object] = [WorkerReady(""), FilesCounted(2000, is_estimate=False)]
    for n in range(100):  # a second, in steps of 10 ms
        steps += [lambda: clock.wait(0.01), batch(f"0:{n}", files=1, members=0)]
    stand_in.reports = [*steps, JobDone()]
    events = run(store, stand_in, clock=clock)
    told = of(Progress, events)
    assert 9 <= len(told) <= 12
    assert [one.done for one in told] == sorted(one.done for one in told)


def test_pauses_are_no_working_time(store: Store, stand_in, monkeypatch: pytest.MonkeyPatch):
    clock = Clock()
    monkeypatch.setattr("detectors.worker.control.time.monotonic", clock)
    control = Control()

    def pause_for_a_minute() -> None:
        control.pause()
        clock.wait(60)
        control.resume()

    stand_in.reports = [WorkerReady(""), lambda: clock.wait(2), batch("0:a"), pause_for_a_minute,
                        lambda: clock.wait(1), batch("0", done=True), JobDone()]  # fmt: skip
    assert run(store, stand_in, control=control, clock=clock)[-1].duration_s == pytest.approx(3.0)


def test_a_finding_that_a_whole_check_no_longer_sees_is_closed_but_not_by_a_stopped_one(store: Store, stand_in):
    found = batch("0", findings=(make_finding("/x/b"),), done=True)
    nothing = batch("0", done=True)

    def states() -> Iterator[str]:
        return (one.state for one in Findings(store.database).select())

    only_x = Order("scan files", "paths", ("/x",))
    stand_in.reports = [WorkerReady(""), found, JobDone()]
    run(store, stand_in, only_x)
    stand_in.reports = [WorkerReady(""), batch("0:a"), JobDone(stopped=True)]
    run(store, stand_in, only_x)
    assert list(states()) == ["open"]
    stand_in.reports = [WorkerReady(""), nothing, JobDone()]
    run(store, stand_in, only_x)
    assert list(states()) == ["solved"]


def test_what_an_earlier_part_had_done_is_not_called_stopped(store: Store, stand_in):
    stand_in.reports = [WorkerReady(""), batch("0", done=True), batch("1:a", source="/y"), JobDone(stopped=True)]
    run(store, stand_in)
    stand_in.reports = [WorkerReady(""), batch("1:b", source="/y"), JobDone(stopped=True)]
    events = run(store, stand_in, resume=True)
    assert [line.skipped.source for line in of(Skipped, events)] == ["/y"]
    stand_in.reports = [WorkerReady(""), batch("1", source="/y", done=True), JobDone()]
    events = run(store, stand_in, resume=True)
    assert of(Skipped, events) == []
    assert of(SourceChecked, events)[-1] == SourceChecked("/y", {"files": 6, "members": 3, "bytes": 3000})
    assert events[-1] == Summary("clean", 12, 12, 0, 0, 0.0, {"files": 8, "members": 4, "bytes": 4000})
