"""The only place with threads: the service works behind it, its events come out as signals.

Before this on the path: the service (events, kept findings). After it: the pages, in the GUI thread.
One thread runs the check, one answers questions to the store, so that a finding can be read while a check runs.
"""

from __future__ import annotations

import queue
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.service.events import (
    Control,
    Event,
    FindingSeen,
    PartRestarted,
    Progress,
    Skipped,
    Started,
    Summary,
)

if TYPE_CHECKING:
    from desktop.service.service import Service

DRAIN_EVERY_MS = 33
DRAIN_AT_MOST_S = 0.008
QUEUE_LENGTH = 2_000  # a fast check waits here for the window, so memory stays small
KEPT_PER_RUN = 500  # findings and skipped lines held for pages that open in the middle of a run
CLOSE_WITHIN_S = 1.0

EventsOf: TypeAlias = Callable[["Service", Control], Iterator[Event]]
Work: TypeAlias = Callable[["Service"], Any]


@dataclass(slots=True)
class RunSoFar:
    """What the check going on, or the last one since the start, has told so far."""

    scope: str = ""
    """``quick``, ``full``, ``folders``, ``paths``, or of the network ``captures``, ``connections``, ``live``."""
    folders: tuple[str, ...] = ()
    """What was named: folders, files, recordings, or the network card."""
    started: Started | None = None
    """Its first event."""
    progress: Progress | None = None
    """The latest one."""
    found: list[FindingSeen] = field(default_factory=list)
    """The newest findings, newest last."""
    found_count: int = 0
    """All findings."""
    skipped: list[Skipped] = field(default_factory=list)
    """The newest skipped lines, newest last."""
    skipped_by_reason: dict[str, int] = field(default_factory=dict)
    """All of them, counted by reason."""
    restarted: PartRestarted | None = None
    """The latest restart of a part."""
    summary: Summary | None = None
    """Its last event."""
    error: Exception | None = None
    """What ended it, if anything did."""
    is_paused: bool = False
    """True while it waits."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """A finished question on its way back to the GUI thread."""

    then: Callable[[Any], None] | None
    """Who wanted to know."""
    value: Any
    """The answer or the error."""


class Bridge(QObject):
    """Runs the service in threads and speaks in signals. Batches: ``found`` and ``skipped`` carry lists."""

    started = Signal(object)
    progressed = Signal(object)
    found = Signal(list)
    skipped = Signal(list)
    restarted = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    paused = Signal(bool)

    def __init__(self, service: Service, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self.run = RunSoFar()
        self._control = Control()
        self._events: queue.Queue[Event | Exception | None] = queue.Queue(QUEUE_LENGTH)
        self._questions: queue.SimpleQueue[tuple[Work, Any, Any] | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[_Answer] = queue.SimpleQueue()
        self._open_questions = 0
        self._is_closing = False
        self._run_thread: threading.Thread | None = None
        self._answer_thread = threading.Thread(target=self._answer_questions, name="answers", daemon=True)
        self._answer_thread.start()
        self._timer = QTimer(self)
        self._timer.setInterval(DRAIN_EVERY_MS)
        self._timer.timeout.connect(self._drain)

    # The check

    @property
    def is_running(self) -> bool:
        """True from the start of a check until its last event was handed on."""
        return self._run_thread is not None

    def start(self, events_of: EventsOf, scope: str = "", folders: tuple[str, ...] = ()) -> bool:
        """Start a check; False when one is running already.

        Args:
            events_of: Given service and control, returns the run's events.
            scope: Kept in ``run`` for the pages.
            folders: Kept in ``run`` for the pages.
        """
        if self.is_running or self._is_closing:
            return False
        self.run = RunSoFar(scope, folders)
        self._control = Control()
        self._run_thread = threading.Thread(
            target=self._run_events, args=(events_of, self._control), name="check", daemon=True
        )
        self._run_thread.start()
        self._timer.start()
        return True

    @property
    def has_open_questions(self) -> bool:
        """True while an answer is on its way."""
        return self._open_questions > 0

    def pause(self) -> None:
        """Let the check wait."""
        self._set_paused(paused=True)

    def resume(self) -> None:
        """Let it go on where it stopped."""
        self._set_paused(paused=False)

    def _set_paused(self, *, paused: bool) -> None:
        if self.is_running and paused != self.run.is_paused:
            (self._control.pause if paused else self._control.resume)()
            self.run.is_paused = paused
            self.paused.emit(paused)

    def stop(self) -> None:
        """End the check; what was found so far stays."""
        self._control.stop()

    def _run_events(self, events_of: EventsOf, control: Control) -> None:
        try:
            for event in events_of(self._service, control):
                self._put(event)
        except Exception as error:  # noqa: BLE001 - this is one of the three doors that catch everything and say so
            self._put(_with_details(error))
        self._put(None)

    def _put(self, item: Event | Exception | None) -> None:
        while not self._is_closing:
            try:
                self._events.put(item, timeout=0.1)
            except queue.Full:
                continue
            return

    # Questions to the store

    def call(
        self, work: Work, on_done: Callable[[Any], None] | None = None, on_error: Callable[[Any], None] | None = None
    ) -> None:
        """Ask the service something away from the GUI thread.

        Args:
            work: Gets the service, returns the answer. Runs in the answering thread: touches no widget.
            on_done: Gets the answer, in the GUI thread; left out when its owner is gone by then.
            on_error: Gets the exception; without it, ``failed`` is emitted.
        """
        if not self._is_closing:
            self._open_questions += 1
            self._questions.put((work, on_done, on_error))
            self._timer.start()

    def _answer_questions(self) -> None:
        while (question := self._questions.get()) is not None:
            work, on_done, on_error = question
            try:
                answer = _Answer(on_done, work(self._service))
            except Exception as error:  # noqa: BLE001 - this is one of the three doors that catch everything and say so
                answer = _Answer(on_error or self.failed.emit, _with_details(error))
            self._answers.put(answer)

    # Into the GUI thread

    def _drain(self) -> None:
        """Hand on what has come, for at most 8 ms; the rest waits for the next turn."""
        end = time.monotonic() + DRAIN_AT_MOST_S
        while time.monotonic() < end:
            try:
                answer = self._answers.get_nowait()
            except queue.Empty:
                break
            self._open_questions -= 1
            if answer.then is not None and _is_alive(answer.then):
                answer.then(answer.value)
        self._drain_events(end)
        if not self.is_running and self._open_questions == 0:
            self._timer.stop()

    def _drain_events(self, end: float) -> None:
        found: list[FindingSeen] = []
        skipped: list[Skipped] = []
        progress: Progress | None = None
        last: list[Any] = []
        while time.monotonic() < end:
            try:
                event = self._events.get_nowait()
            except queue.Empty:
                break
            match event:
                case FindingSeen():
                    found.append(event)
                case Skipped():
                    skipped.append(event)
                case Progress():
                    progress = event
                case Started():
                    self.run.started = event
                    self.started.emit(event)
                case PartRestarted():
                    self.run.restarted = event
                    self.restarted.emit(event)
                case Summary() | Exception() | None:
                    last.append(event)
        self._hand_on(found, skipped, progress)
        for event in last:
            self._end_with(event)

    def _hand_on(self, found: list[FindingSeen], skipped: list[Skipped], progress: Progress | None) -> None:
        run = self.run
        if progress is not None:
            run.progress = progress
            self.progressed.emit(progress)
        if found:
            run.found_count += len(found)
            run.found = [*run.found, *found][-KEPT_PER_RUN:]
            self.found.emit(found)
        if skipped:
            for line in skipped:
                reason = line.skipped.reason.value
                run.skipped_by_reason[reason] = run.skipped_by_reason.get(reason, 0) + 1
            run.skipped = [*run.skipped, *skipped][-KEPT_PER_RUN:]
            self.skipped.emit(skipped)

    def _end_with(self, event: Summary | Exception | None) -> None:
        """Keep the last words of a run, and tell them once its thread is done."""
        if isinstance(event, Summary):
            self.run.summary = event
        elif isinstance(event, Exception):
            self.run.error = event
        else:
            self._run_thread = None
            self.run.is_paused = False
            if self.run.error is not None:
                self.failed.emit(self.run.error)
            elif self.run.summary is not None:
                self.finished.emit(self.run.summary)

    def close(self) -> bool:
        """Stop everything and wait, at most one second.

        Returns:
            True when both threads have ended.
        """
        self._control.stop()
        self._is_closing = True
        self._timer.stop()
        self._questions.put(None)
        end = time.monotonic() + CLOSE_WITHIN_S
        threads = [thread for thread in (self._run_thread, self._answer_thread) if thread is not None]
        for thread in threads:
            thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in threads)


def _is_alive(then: Callable[..., Any]) -> bool:
    """Say whether the widget behind a bound method still exists."""
    owner = getattr(then, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


def _with_details(error: Exception) -> Exception:
    """Write down where it happened here, in the thread that may read source files."""
    error.details = "".join(traceback.format_exception(error))  # type: ignore[attr-defined] # read by ``details_of``
    return error


def details_of(error: Exception) -> str:
    """Tell where an error from the bridge happened, for "Copy details"."""
    return str(getattr(error, "details", "") or repr(error))
