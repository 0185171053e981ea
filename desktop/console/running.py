"""A check on the command line: listen to its events, tell them, and turn the end into an exit code.

Before this on the path: the service, which keeps before it tells. After it: a teller (text or JSON lines).
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Callable, Iterator
from typing import Protocol

from desktop.console.face import CLEAN, FOUND, NOT_FULLY_CHECKED, STOPPED, WRONG_USE, Face
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
from detectors.contract.errors import PlainwatchError, SkippedCheck, SkipReason
from detectors.contract.paths import whole_path

UNREADABLE = frozenset(
    {
        SkipReason.CAPTURE_NOT_SUPPORTED,
        SkipReason.RECORDING_NOT_SUPPORTED,
        SkipReason.FOLDER_WITHOUT_RECORDINGS,
        SkipReason.NOT_FOUND,
        SkipReason.NO_PERMISSION,
        SkipReason.READ_ERROR,
        SkipReason.FIFO,
        SkipReason.SOCKET,
        SkipReason.DEVICE,
        SkipReason.OTHER_KIND,
    }
)
"""Nothing of it could be read at all; where it was the only input, the command was wrong."""
_ENDS_EARLY = frozenset({SkipReason.RECORDING_CUT, SkipReason.RECORDING_DAMAGED})
"""So it is where not even a first line could be read."""


class Teller(Protocol):
    """Somebody who tells events as they come."""

    def started(self, event: Started) -> None:
        """The run began."""

    def progress(self, event: Progress) -> None:
        """How far it is."""

    def restarted(self, event: PartRestarted) -> None:
        """A part fell over and goes on."""

    def finding(self, event: FindingSeen) -> None:
        """Something was found."""

    def skipped(self, event: Skipped) -> None:
        """Something was left out."""

    def checked(self, event: SourceChecked) -> None:
        """One input is done."""

    def summary(self, event: Summary, not_shown: int) -> None:
        """The end."""

    def close(self) -> None:
        """Leave nothing behind on the terminal."""


def choose_teller(face: Face) -> Teller:
    """Choose how to tell, and load only that."""
    if face.is_jsonl:
        from desktop.console.lines import LineTeller  # noqa: PLC0415 - only one of the two is needed

        return LineTeller(face)
    from desktop.console.plain import PlainTeller  # noqa: PLC0415 - only one of the two is needed

    return PlainTeller(face)


def run_check(face: Face, events_of: Callable[[Control], Iterator[Event]]) -> int:
    """Run a check to its end, or until a person stops it, and give the exit code."""
    control = Control()
    teller = choose_teller(face)
    listener = Listener(face, teller)
    try:
        with stopped_by_hand(control), contextlib.closing(events_of(control)) as events:  # type: ignore[type-var] # generators can be closed
            for event in events:
                listener.hear(event)
    except PlainwatchError as error:
        teller.close()
        code = face.refuse(error)
        return FOUND if listener.shown else code
    finally:
        teller.close()
    return listener.exit_code()


class Listener:
    """Hands events on, holds back what is below ``--min-severity`` or known, and counts."""

    def __init__(self, face: Face, teller: Teller) -> None:
        self._face = face
        self._teller = teller
        self.shown = 0
        self._not_shown = 0
        self._summary: Summary | None = None
        self._is_unreadable = False

    def hear(self, event: Event) -> None:
        """Take in one event."""
        match event:
            case FindingSeen():
                self._hear_finding(event)
            case Summary():
                self._summary = event
                self._teller.summary(event, self._not_shown)
            case Started():
                self._teller.started(event)
            case Progress():
                self._teller.progress(event)
            case PartRestarted():
                self._teller.restarted(event)
            case Skipped():
                self._is_unreadable = _is_unreadable_input(event.skipped)
                self._teller.skipped(event)
            case SourceChecked():
                self._teller.checked(event)

    def _hear_finding(self, event: FindingSeen) -> None:
        if event.is_known:  # a person said it is fine; the summary counts it
            return
        if event.finding.severity < self._face.min_severity:
            self._not_shown += 1
            return
        self.shown += 1
        self._teller.finding(event)

    def exit_code(self) -> int:
        """Say how it ended: stopped, found, not fully checked or clean."""
        summary = self._summary
        if summary is None or summary.stopped:
            return STOPPED
        if self.shown:
            return FOUND
        if self._is_unreadable and summary.seen == 1:  # the only input, and nothing of it could be read
            return WRONG_USE
        return NOT_FULLY_CHECKED if summary.skipped else CLEAN


def _is_unreadable_input(line: SkippedCheck) -> bool:
    ends_at_once = line.reason in _ENDS_EARLY and line.values.get("line") == 0
    return (line.reason in UNREADABLE or ends_at_once) and line.subject.name == whole_path(line.source)


@contextlib.contextmanager
def stopped_by_hand(control: Control) -> Iterator[None]:
    """Let the first Ctrl+C end the check in order, and a second one at once."""

    def stop(*_: object) -> None:
        if control.is_stopped:
            raise KeyboardInterrupt
        control.stop()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
