"""Start events that a system wrote down: lines of text become programs, behind the same interface as live ones.

Before this on the path: an open log (Linux audit, Windows events exported as XML or JSON, macOS ``eslogger``). After
it: ``processes.py``. The parsers are in ``audit_log.py``, ``windows_events.py`` and ``eslogger.py``; none raises.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Protocol

from detectors.telemetry.start_events import MAX_WAITING, SeenEvent, StartEvents

MAX_LINE_BYTES = 1 << 20
MAX_READ_BYTES = 8 << 20
"""Taken in one go."""


class LineParser(ABC):
    """Turns lines into events; a line may complete an event that earlier ones began."""

    way: str
    refused = 0
    """Lines that should have been an event and were none."""

    @abstractmethod
    def feed(self, line: str) -> Iterator[SeenEvent]:
        """Take one line."""

    def finish(self) -> Iterator[SeenEvent]:
        """Hand out what was still incomplete."""
        return iter(())


class _Descriptor(Protocol):
    def fileno(self) -> int:
        """Name the open file."""


class RecordedEvents(StartEvents):
    """Events from an open file or pipe that somebody else writes to."""

    def __init__(self, stream: _Descriptor, parser: LineParser) -> None:
        """Take over reading; the stream stays the caller's."""
        self._stream, self._parser = stream, parser
        self.way = parser.way
        self._rest = b""
        self._is_skipping = False
        self.lost = 0

    def read(self) -> list[SeenEvent]:
        """Take what was written since the last call."""
        found: list[SeenEvent] = []
        for line in self._lines():
            for event in self._parser.feed(line.decode("utf-8", "surrogateescape")):
                if len(found) < MAX_WAITING:
                    found.append(event)
                else:
                    self.lost += 1
        return found

    def _lines(self) -> Iterator[bytes]:
        """Yield whole lines; one that is too long is left out and counted."""
        left = MAX_READ_BYTES
        while left > 0 and (block := self._read_block()):
            left -= len(block)
            *whole, self._rest = (self._rest + block).split(b"\n")
            for line in whole:
                if self._is_skipping:
                    self._is_skipping = False
                elif line:
                    yield line
            if len(self._rest) > MAX_LINE_BYTES:
                self.lost += not self._is_skipping
                self._rest, self._is_skipping = b"", True

    def _read_block(self) -> bytes:
        try:
            return os.read(self._stream.fileno(), 1 << 16)
        except (BlockingIOError, InterruptedError):
            return b""
