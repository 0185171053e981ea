"""Answers whether the system's package manager put a file there, from its own lists; nothing is started for it.

Before this on the path: ``processes_linux.py`` and others who wonder about a path. After it: yes, no, or None where
there is no list we can read. The lists are read when the first question comes, and again after an upgrade.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MAX_FILES = 4_000_000
"""A desktop's packages bring some hundred thousand."""
MAX_LIST_BYTES = 64_000_000
"""Of one package."""
_SHORT_PLACES = ("/bin/", "/sbin/", "/lib/", "/lib64/")


class PackageFiles:
    """Files that packages brought: dpkg's lists (Debian, Ubuntu, Mint) or pacman's (Arch)."""

    def __init__(self, root: str = "/") -> None:
        self._debian = Path(root, "var/lib/dpkg/info")
        self._arch = Path(root, "var/lib/pacman/local")
        self._hashes: NDArray[np.int64] | None = None
        self._read_at: tuple[int, int] | None = None

    def holds(self, path: str) -> bool | None:
        """Tell whether a package brought this file; None when nobody keeps lists here."""
        stamp = (_changed(self._debian), _changed(self._arch))
        if stamp == (0, 0):
            return None
        if stamp != self._read_at:
            found = np.fromiter(self._all_hashes(), np.int64)
            found.sort()
            self._hashes, self._read_at = found, stamp
        return any(self._has(one) for one in _spellings(path))

    def _has(self, path: bytes) -> bool:
        if self._hashes is None or not len(self._hashes):
            return False
        value = hash(path)
        place = int(np.searchsorted(self._hashes, value))
        return place < len(self._hashes) and int(self._hashes[place]) == value

    def _all_hashes(self) -> Iterator[int]:
        for count, path in enumerate(self._paths()):
            if count >= MAX_FILES:
                return
            yield hash(path)

    def _paths(self) -> Iterator[bytes]:
        for entry in _entries(self._debian):
            if entry.name.endswith(".list"):
                yield from _read(entry.path).split(b"\n")
        for entry in _entries(self._arch):
            listed = _read(entry.path + "/files").partition(b"%FILES%\n")[2].partition(b"\n\n")[0]
            yield from (b"/" + line for line in listed.split(b"\n"))


def _spellings(path: str) -> Iterator[bytes]:
    """List the ways one file may be written: ``/bin`` leads to ``/usr/bin`` on most systems."""
    raw = path.encode("utf-8", "surrogateescape")
    yield raw
    if path.startswith("/usr/") and path[4:].startswith(_SHORT_PLACES):
        yield raw[4:]
    elif path.startswith(_SHORT_PLACES):
        yield b"/usr" + raw


def _changed(folder: Path) -> int:
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as opened:  # noqa: PTH123 - thousands of them
            return opened.read(MAX_LIST_BYTES)
    except OSError:
        return b""
