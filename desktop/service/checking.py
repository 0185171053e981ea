"""One check: the worker's reports become kept facts, and kept facts become events.

Before this on the path: ``detectors.worker.parent.run_job``. After it: a face. Whatever is told was kept first.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

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
from desktop.service.keeping.activity_book import Activity
from desktop.service.keeping.baseline_book import LookSeen
from desktop.service.keeping.findings import Findings
from desktop.service.keeping.program_book import ProgramsSeen
from desktop.service.keeping.store import Counts, SourceCounts, Store
from desktop.service.orders import Order
from desktop.service.progress import Pace
from detectors.contract.errors import SkippedCheck, SkipReason, StoreBusy, StoreFull, WorkerStopped
from detectors.contract.finding import Finding
from detectors.contract.paths import whole_path
from detectors.contract.programs import PlaceItem
from detectors.worker.wire import (
    BatchDone,
    FilesCounted,
    Job,
    JobDone,
    Report,
    SourcePart,
    SourceRead,
    WorkerReady,
    WorkerRestarted,
)

RunJob = Callable[[Job, Control], Iterator[Report]]
"""``detectors.worker.parent.run_job``, or a stand-in in tests."""

PROGRESS_S = 0.1
"""At most one progress event in this time."""


class Check:
    """One run of one order."""

    def __init__(
        self,
        store: Store,
        findings: Findings,
        run_job: RunJob,
        order: Order,
        *,
        control: Control,
        clock: Callable[[], float] = time.monotonic,
        after_look: Callable[[], object] | None = None,
    ) -> None:
        """Get ready.

        Args:
            store: Where everything is kept before it is told.
            findings: Which of them are not there any more.
            run_job: How a job is done.
            order: What is to be checked.
            control: A person's hand.
            clock: Seconds that only go forward.
            after_look: Called when a look at this computer is over and kept.
        """
        self._store = store
        self._findings = findings
        self._run_job = run_job
        self._order = order
        self._control = control
        self._after_look = after_look
        self._clock = clock
        self._begun_at = clock()
        self._earlier_pauses_s = control.paused_s
        self._counts = Counts(units=dict.fromkeys(order.counts, 0))
        self._earlier_s = 0.0
        self._earlier_files = 0
        self._done = 0
        self._pace = Pace()
        self._total = 0
        self._total_is_estimate = True
        self._folder = ""
        self._told_at: float | None = None
        self._is_started = False
        self._is_stopped = False
        self._is_known: dict[str, bool] = {}
        self._with_activity: set[str] = set()
        self._with_programs: set[str] = set()
        self._began_s = time.time()
        self._places: tuple[PlaceItem, ...] | None = None

    def events(self, *, resume: bool = False) -> Iterator[Event]:
        """Do the check and tell how it goes; the last event is the ``Summary``.

        Raises:
            PlainwatchError: it could not go on; what was found so far is kept, the run is closed as not finished.
        """
        run_id, position, told_before = self._begin(resume=resume)
        summary: Summary | None = None
        try:
            for report in self._reports(position):
                if not self._is_started:
                    self._is_started = True
                    isolation = report.isolation if isinstance(report, WorkerReady) else ""
                    told_id = run_id if self._store.database.path else None
                    yield Started(datetime.now(UTC), self._order.command, told_id, isolation)
                    yield from told_before
                    if position is None:
                        yield from self._keep_skipped(run_id, self._order.not_yet)
                yield from self._tell(run_id, report)
            yield from self._keep_stop(run_id)
            summary = self._end(run_id)
        finally:
            if summary is None:  # it broke, or nobody listens any more: close the run, so that it can go on later
                self._is_stopped = True
                with contextlib.suppress(StoreFull, StoreBusy):
                    self._end(run_id)
        yield self._progress()
        yield summary

    def _begin(self, *, resume: bool) -> tuple[int, str | None, list[Event]]:
        """Open a new run, or the unfinished one over the same inputs with what it had told already."""
        order = self._order
        unfinished = self._store.unfinished_run(order.command, order.scope, order.inputs) if resume else None
        if unfinished is None:
            return self._store.begin_run(order.command, order.scope, order.inputs), None, []
        self._counts = self._store.reopen_run(unfinished)
        self._earlier_s = self._counts.duration_s
        self._earlier_files = self._counts.units[self._order.progress]
        self._pace = Pace(self._earlier_files)
        told: list[Event] = []
        for seen in self._store.sightings_of(unfinished.id):
            self._is_known[seen.finding.id] = seen.is_known
            told.append(FindingSeen(seen.finding, seen.is_new, seen.is_known))
        told += [Skipped(line) for line in self._store.skipped_of(unfinished.id)]
        told += [SourceChecked(name, source.units) for name, source in self._counts.sources.items() if source.is_done]
        return unfinished.id, unfinished.position, told

    def _reports(self, position: str | None) -> Iterator[Report]:
        """Run the job; a worker that was given up leaves a skipped line for every input that is not done."""
        for jobs in self._order.jobs(position):
            yield from in_turns([self._reports_of(job) for job in jobs])
            if self._is_stopped:
                return

    def _reports_of(self, job: Job) -> Generator[Report, None, None]:
        try:
            yield from self._run_job(job, self._control)
        except WorkerStopped as error:
            for source in self._open_sources(of=getattr(job, "paths", ())):
                subject = self._order.subject_of(source)
                left_out = SkippedCheck(subject, SkipReason.ENGINE_STOPPED, source, error.values)
                yield SourcePart(source, skipped=(left_out,))

    def _tell(self, run_id: int, report: Report) -> Iterator[Event]:
        match report:
            case FilesCounted():
                self._total = self._earlier_files + report.total
                self._total_is_estimate = report.is_estimate
            case SourceRead() if self._order.progress != "files":
                self._done, self._folder = report.done, report.source
                self._total, self._total_is_estimate = report.total, report.is_estimate
            case BatchDone() | SourcePart():
                yield from self._keep_batch(run_id, report)
            case WorkerRestarted():
                yield PartRestarted(report.cause, report.signal, report.left_out)
            case JobDone():
                self._is_stopped = self._is_stopped or report.stopped
        now = self._clock()
        if self._told_at is None or now - self._told_at >= PROGRESS_S:
            self._told_at = now
            yield self._progress()

    def _keep_batch(self, run_id: int, batch: BatchDone | SourcePart) -> Iterator[Event]:
        """Keep a batch, then tell it."""
        self._add(batch)
        self._folder = batch.folder or self._folder
        sightings = self._store.save_batch(
            run_id,
            self._counts,
            position=batch.position or None,
            findings=_once(batch.findings),
            skipped=batch.skipped,
            activity=self._activity_of(batch),
            programs=self._programs_of(batch),
            look=self._look_of(batch),
        )
        for seen in sightings:
            if seen.finding.id not in self._is_known:
                self._is_known[seen.finding.id] = seen.is_known
                yield FindingSeen(seen.finding, seen.is_new, seen.is_known)
        yield from map(Skipped, batch.skipped)
        if batch.says_checked:
            yield SourceChecked(batch.source, self._counts.sources[batch.source].units)

    def _activity_of(self, batch: BatchDone | SourcePart) -> Activity | None:
        """Choose what is to be kept of who talked to whom."""
        if not isinstance(batch, SourcePart) or not (batch.activity or batch.devices):
            return None
        is_first = batch.source not in self._with_activity
        self._with_activity.add(batch.source)
        return Activity(batch.source, self._order.how, batch.activity, is_first, batch.devices)

    def _programs_of(self, batch: BatchDone | SourcePart) -> ProgramsSeen | None:
        """Choose what is to be kept of programs."""
        if not isinstance(batch, SourcePart) or batch.programs is None:
            return None
        is_first = batch.source not in self._with_programs
        self._with_programs.add(batch.source)
        self._places = batch.programs.places or self._places
        how = "recording" if self._order.how == "recording" else "programs"
        return ProgramsSeen(batch.source, how, batch.programs, is_first)

    def _look_of(self, batch: BatchDone | SourcePart) -> LookSeen | None:
        """Choose what a look at this computer has to count; recordings teach nothing."""
        if not self._order.looks_here or not isinstance(batch, SourcePart):
            return None
        told = {*self._is_known, *(finding.id for finding in batch.findings)}
        is_end = bool(batch.counts) or batch.source_done
        return LookSeen(batch.counts, tuple(told) if is_end else (), is_done=batch.source_done)

    def _keep_stop(self, run_id: int) -> Iterator[Event]:
        """Say for every input that is not done that it was stopped there."""
        if self._is_stopped:
            lines = [
                SkippedCheck(self._order.subject_of(source), SkipReason.STOPPED, source)
                for source in self._open_sources(of=self._order.sources)
            ]
            yield from self._keep_skipped(run_id, tuple(lines))

    def _keep_skipped(self, run_id: int, lines: tuple[SkippedCheck, ...]) -> Iterator[Event]:
        if lines:
            self._counts = replace(self._counts, skipped=self._counts.skipped + len(lines))
            self._store.save_batch(run_id, self._counts, skipped=lines)
        yield from map(Skipped, lines)

    def _add(self, batch: BatchDone | SourcePart) -> None:
        """Count a batch, in all and for its input."""
        done, counts = batch.units, self._counts
        earlier = counts.sources.get(batch.source, SourceCounts({}, is_done=False))
        source = SourceCounts(earlier.units | _sum(earlier.units, done), is_done=earlier.is_done or batch.source_done)
        self._counts = replace(
            counts,
            checked=counts.checked + batch.checked,
            skipped=counts.skipped + len(batch.skipped),
            units=counts.units | _sum(counts.units, done),
            sources=counts.sources | {batch.source: source},
            duration_s=self._earlier_s + self._active_s(),
        )

    def _open_sources(self, of: Sequence[str]) -> list[str]:
        """List those of some inputs that are not done."""
        done = {name for name, source in self._counts.sources.items() if source.is_done}
        return [source for source in of if source not in done]

    def _active_s(self) -> float:
        """Tell the time spent in this part of the run, pauses left out."""
        return max(0.0, self._clock() - self._begun_at - (self._control.paused_s - self._earlier_pauses_s))

    def _progress(self) -> Progress:
        done = self._counts.units["files"] if self._order.progress == "files" else self._done
        self._pace.note(self._active_s(), done)
        left = None if self._total_is_estimate else self._pace.seconds_left(self._total)
        total = max(self._total, done)
        return Progress(done, total, self._total_is_estimate, self._folder, left, self._order.progress)

    def _end(self, run_id: int) -> Summary:
        """Close the run in the store and sum it up."""
        counts = self._counts = replace(self._counts, duration_s=self._earlier_s + self._active_s())
        findings = sum(not known for known in self._is_known.values())
        verdict = verdict_of(findings, counts.skipped, stopped=self._is_stopped)
        self._store.end_run(run_id, counts, verdict, stopped=self._is_stopped)
        if not self._is_stopped and self._order.looks_at_files:
            sources = counts.sources
            done = [whole_path(name) for name in self._order.paths if name in sources and sources[name].is_done]
            self._findings.mark_gone(run_id, done, self._store.skipped_of(run_id))
        if self._places is not None:
            self._findings.mark_ended(run_id, self._began_s, self._places)
        if self._order.looks_here and self._after_look is not None:
            self._after_look()
        units = dict(counts.units)
        known = len(self._is_known) - findings
        if known:
            units["known_findings"] = known
        return Summary(
            verdict,
            counts.checked + counts.skipped,
            counts.checked,
            counts.skipped,
            findings,
            counts.duration_s,
            units,
            stopped=self._is_stopped,
        )


def in_turns(running: Sequence[Generator[Report, None, None]]) -> Iterator[Report]:
    """Take one report of each in turn until all are done: jobs that only wait can wait together.

    All of it happens in one thread, because a worker dies with the thread that started it.
    """
    left = list(running)
    try:
        while left:
            for one in tuple(left):
                report = next(one, None)
                if report is None:
                    left.remove(one)
                else:
                    yield report
    finally:
        for one in left:
            one.close()


def verdict_of(findings: int, skipped: int, *, stopped: bool) -> str:
    """Tell the verdict: what was found counts most, and clean is only what was looked at to the end."""
    if findings:
        return "found"
    return "not_fully_checked" if skipped or stopped else "clean"


def _once(findings: tuple[Finding, ...]) -> list[Finding]:
    """Leave out what a batch says twice."""
    return list({finding.id: finding for finding in findings}.values())


def _sum(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    """Add up counts; how often somebody looked is no count: the longest time between two looks is told."""
    return {
        unit: max(one.get(unit, 0), n) if unit == "interval_ms" else one.get(unit, 0) + n for unit, n in other.items()
    }
