"""Tells of changes in the folders that a person wants watched, and in canary files, with what became of the contents.

Before this on the path: the system's own messages about files, through the watchdog library; nothing is watched unless
it was asked for. After it: ``program_log.change_file``, and so ``mass_file_change``.
What a system cannot tell of any more (its queue ran over, or ours) is a change of its own kind: ``overflow``.
Network drives tell of the changes of others not reliably; Linux watches a limited number of folders for each person.
"""

from __future__ import annotations

import logging
import math
import os
import stat
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from detectors.contract.programs import FileChange

SAMPLE_BYTES = 4_096
"""Of which the bits a byte are worked out: half from the beginning, half from the middle."""
MAX_WAITING = 20_000
"""Different changes between two looks; of more it is said that there were more."""
MAX_SAMPLED = 400
"""Files looked into at one look."""
MAX_KNOWN = 50_000
"""Files whose contents before a change are remembered, by one number."""
MAX_FIRST = 3_000
"""Files looked into when watching begins,"""
MAX_FIRST_S = 3.0
"""and the time that this may take."""
_EVENTS: list[type[FileSystemEvent]] = [FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
_WORDS = {"created": "created", "deleted": "deleted", "modified": "modified", "moved": "renamed"}
_Change = tuple[str, str, str | None]
"""Word, path, new path."""


class WatchedFolders:
    """Watches folders from ``start`` to ``stop``; ``take`` gives what happened since the last time."""

    def __init__(self, folders: Sequence[str], canaries: Iterable[str] = ()) -> None:
        """Prepare to watch.

        Args:
            folders: Asked for by a person; everything below them is watched.
            canaries: Files that nobody has a reason to touch, by their whole paths.
        """
        self._folders = [os.path.realpath(folder) for folder in folders]
        self._canaries = {os.path.realpath(path) for path in canaries}
        self._waiting: dict[_Change, float] = {}
        self._known: dict[str, float] = {}
        self._lock = threading.Lock()
        self._is_overflowed = False
        self._observer: object | None = None
        self._listener = _OverflowListener(self._note_overflow)

    def start(self) -> list[str]:
        """Begin, and give the folders that cannot be watched: not there, not readable, or too many of them."""
        logging.getLogger("watchdog").addHandler(self._listener)
        observer, handler = Observer(), _Handler(self._note)
        observer.daemon = True
        failed = []
        for folder in dict.fromkeys((*self._folders, *map(os.path.dirname, sorted(self._canaries)))):
            is_wanted = folder in self._folders
            if not is_wanted and any(_is_below(folder, one) for one in self._folders):
                continue
            try:
                if not Path(folder).is_dir():
                    raise FileNotFoundError(folder)
                observer.schedule(handler, folder, recursive=is_wanted, event_filter=_EVENTS)
            except OSError:
                failed.append(folder)
        try:
            observer.start()
        except OSError:  # no watches left for this person
            return [*dict.fromkeys((*failed, *self._folders))]
        self._observer = observer
        self._remember_first()
        return failed

    def stop(self) -> None:
        """End; may be called twice."""
        logging.getLogger("watchdog").removeHandler(self._listener)
        observer, self._observer = self._observer, None
        if isinstance(observer, threading.Thread):
            observer.stop()  # type: ignore[attr-defined]  # the library names its class by system
            observer.join(5.0)

    def take(self, now_s: float | None = None) -> list[FileChange]:
        """Give the changes since the last time, in order, each kind of change of a file once.

        Args:
            now_s: When an overflow is noted, seconds since 1970; by default now.
        """
        with self._lock:
            waiting, self._waiting = self._waiting, {}
            is_overflowed, self._is_overflowed = self._is_overflowed, False
        changes = []
        samples = MAX_SAMPLED
        for (word, path, to), at_s in sorted(waiting.items(), key=lambda item: item[1]):
            is_canary = path in self._canaries
            if not (is_canary or self._is_watched(path)):
                continue
            target = to or path
            facts = None
            if word != "deleted" and samples > 0:
                samples -= 1
                facts = sample(target)
            changes.append(self._change(at_s, word, path, to, facts, is_canary=is_canary))
        if is_overflowed:
            at_s = time.time() if now_s is None else now_s
            changes.append(FileChange(at_s, self._folders[0] if self._folders else "", "overflow"))
        return changes

    def _change(
        self, at_s: float, word: str, path: str, to: str | None, facts: tuple[float, int] | None, *, is_canary: bool
    ) -> FileChange:
        before = self._known.pop(path, None) if word in ("renamed", "deleted") else self._known.get(path)
        if facts and (len(self._known) < MAX_KNOWN or (to or path) in self._known):
            self._known[to or path] = facts[0]
        return FileChange(
            at_s=at_s,
            path=path,
            change=word,
            to=to,
            entropy_bits=facts[0] if facts else None,
            entropy_before_bits=before,
            size_bytes=facts[1] if facts else None,
            is_canary=is_canary,
        )

    def _is_watched(self, path: str) -> bool:
        return any(_is_below(path, folder) for folder in self._folders)

    def _note(self, event: FileSystemEvent) -> None:
        """Take one message; called from the library's thread."""
        word = _WORDS.get(event.event_type)
        if word is None or event.is_directory:
            return
        path, to = os.fsdecode(event.src_path), os.fsdecode(event.dest_path) or None
        with self._lock:
            if len(self._waiting) >= MAX_WAITING:
                self._is_overflowed = True
                return
            self._waiting[word, path, to if word == "renamed" else None] = time.time()

    def _note_overflow(self) -> None:
        with self._lock:
            self._is_overflowed = True

    def _remember_first(self) -> None:
        """Look into the files that are there, so that a later change shows what was lost."""
        until = time.monotonic() + MAX_FIRST_S
        for count, path in enumerate(_files_below(self._folders)):
            if count >= MAX_FIRST or time.monotonic() > until:
                return
            facts = sample(path)
            if facts:
                self._known[path] = facts[0]


def sample(path: str) -> tuple[float, int] | None:
    """Work out the bits a byte of a sample of a file, and its size; None where it cannot be read or is empty.

    Returns:
        Shannon's entropy of at most ``SAMPLE_BYTES``, 0 to 8, and the size in bytes.
    """
    try:
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    except (OSError, ValueError):
        return None
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode) or not facts.st_size:
            return None
        content = os.read(handle, SAMPLE_BYTES // 2 if facts.st_size > SAMPLE_BYTES else SAMPLE_BYTES)
        if facts.st_size > SAMPLE_BYTES:
            os.lseek(handle, facts.st_size // 2, os.SEEK_SET)
            content += os.read(handle, SAMPLE_BYTES // 2)
        return (entropy_bits(content), facts.st_size) if content else None
    except OSError:
        return None
    finally:
        os.close(handle)


def entropy_bits(content: bytes) -> float:
    """Work out Shannon's entropy in bits a byte, 0 to 8."""
    total = len(content)
    return -sum(count / total * math.log2(count / total) for count in Counter(content).values()) if total else 0.0


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _files_below(folders: Sequence[str]) -> Iterator[str]:
    for folder in folders:
        for place, _, names in os.walk(folder):  # follows no links
            for name in names:
                yield f"{place.rstrip(os.sep)}{os.sep}{name}"


class _Handler(FileSystemEventHandler):
    """Passes each message on."""

    def __init__(self, note: Callable[[FileSystemEvent], None]) -> None:
        super().__init__()
        self._note = note

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take one message."""
        self._note(event)


class _OverflowListener(logging.Handler):
    """Hears from the library's log that the system's queue ran over: it tells so nowhere else."""

    def __init__(self, note: Callable[[], None]) -> None:
        super().__init__(logging.WARNING)
        self._note = note

    def emit(self, record: logging.LogRecord) -> None:
        """Look for the word."""
        if "overflow" in record.getMessage().lower():
            self._note()
