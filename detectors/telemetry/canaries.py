"""Makes, lists and removes canary files: ordinary-looking documents that nobody has a reason to touch.

Before this on the path: a person who wants them; without that nothing is made. After it: ``watched_folders.py``, which
tells when one is written, renamed or removed. Reading one is no sign of anything.
What was made stands in a list, written before the files are, so that removing finds all of them. A file that somebody
changed is no longer ours alone: it is left, and said, unless it is asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import secrets
import stat
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

NAMES = ("00 Budget.csv", "01 Archive.rtf", "zy Contacts.csv", "zz Report.rtf")
"""Sorted first and last: programs that lock files go through a folder from one end or the other."""
MAX_LISTED = 1_000
"""Canaries in the list; a longer list is not ours."""
_MAX_LIST_BYTES = 1_000_000
_MAX_CANARY_BYTES = 100_000
"""Several times what we ever make; whatever is longer is not as we made it."""
_ROWS = (180, 420)
"""Lines of a document, fewest and most: some ten kilobytes, as such documents have."""
SYNC_NAMES = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "nextcloud", "owncloud", "icloud", "pcloud",
    "megasync", "syncthing", "seafile", "box sync", "sync.com", "tresorit", "mobile documents", "cloudstorage",
    "backup", "sicherung", "sauvegarde", "time machine", "timemachine",
)  # fmt: skip
"""Parts of names of folders that are copied elsewhere or are such a copy: a canary there would alarm
every computer of its owner."""
SYNC_MARKS = (
    ".dropbox",
    ".dropbox.cache",
    ".stfolder",
    ".owncloudsync.log",
    ".sync",
    ".seafile-data",
    ".tmp.drivedownload",
)
"""Files that such a service leaves in its folder."""


class ConsentMissing(Exception):
    """Canaries are made for people who want them, and for nobody else."""


class CanaryState(StrEnum):
    """What became of a canary."""

    THERE = "there"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Canary:
    """One file that we made."""

    path: str
    sha256: str
    """Of its contents as we made it."""

    @property
    def state(self) -> CanaryState:
        """Say whether it is as we made it."""
        try:
            content = _content_of(self.path)
        except (FileNotFoundError, NotADirectoryError):
            return CanaryState.GONE
        except (OSError, ValueError):
            return CanaryState.CHANGED
        return CanaryState.THERE if hashlib.sha256(content).hexdigest() == self.sha256 else CanaryState.CHANGED


@dataclass(frozen=True, slots=True)
class CanaryReport:
    """What making or removing came to."""

    done: tuple[str, ...] = ()
    """Paths that were made, or are removed now."""
    left: tuple[str, ...] = ()
    """Folders where none was made, or canaries that are still there."""


def is_synced(folder: Path) -> bool:
    """Tell whether a folder is copied to other computers by a service, by its names and marks."""
    whole = folder.resolve()
    for place in (whole, *whole.parents):
        if any(word in place.name.lower() for word in SYNC_NAMES):
            return True
        if any((place / mark).exists() for mark in SYNC_MARKS):
            return True
    return False


def make_canaries(folders: Sequence[Path], listed: Path, note: str, *, is_wanted: bool) -> CanaryReport:
    """Put canaries into folders, never over a file that is there.

    Args:
        folders: Where documents lie; those that a service copies elsewhere get none.
        listed: The list of canaries; it grows.
        note: A sentence for a person who opens one, in that person's language.
        is_wanted: That a person agreed, after being told what this does.

    Raises:
        ConsentMissing: Nobody agreed.
        OSError: The list cannot be written; nothing is made then.
    """
    if not is_wanted:
        raise ConsentMissing
    planned: list[tuple[Canary, bytes]] = []
    left = []
    for folder in folders:
        if not folder.is_dir() or is_synced(folder):
            left.append(str(folder))
            continue
        for name in NAMES:
            path = folder.resolve() / name
            if not path.exists() and not path.is_symlink():
                content = _document(name, note)
                planned.append((Canary(str(path), hashlib.sha256(content).hexdigest()), content))
    again = {canary.path for canary, _ in planned}
    known = [one for one in list_canaries(listed) if one.path not in again]
    _write_list(listed, [*known, *(canary for canary, _ in planned)][:MAX_LISTED])
    made = [canary for canary, content in planned[: MAX_LISTED - len(known)] if _make(Path(canary.path), content)]
    _write_list(listed, [*known, *made])
    left += [canary.path for canary, _ in planned if canary not in made]
    return CanaryReport(tuple(canary.path for canary in made), tuple(left))


def list_canaries(listed: Path) -> list[Canary]:
    """List what we made; empty where there is no list, or where it is none of ours."""
    try:
        with listed.open("rb") as stream:
            rows = json.loads(stream.read(_MAX_LIST_BYTES))
    except (OSError, ValueError, RecursionError):
        return []
    if not isinstance(rows, list):
        return []
    return [
        Canary(row["path"], row["sha256"])
        for row in rows[:MAX_LISTED]
        if isinstance(row, dict) and isinstance(row.get("path"), str) and isinstance(row.get("sha256"), str)
    ]


def forget_canaries(listed: Path, paths: Collection[str]) -> None:
    """Take files from the list that are no canaries any more; the files themselves are not touched."""
    if paths:
        _write_or_drop(listed, [one for one in list_canaries(listed) if one.path not in paths])


def remove_canaries(listed: Path, *, outside: Collection[str] = (), even_changed: bool = False) -> CanaryReport:
    """Remove canaries that are as we made them, and the list when none is left.

    Args:
        listed: The list of canaries.
        outside: Folders whose canaries are to stay; by default all are removed.
        even_changed: Also those that somebody changed; they may hold what is needed to understand who did.
    """
    removed, left, staying = [], [], []
    kept_folders = {os.path.realpath(folder) for folder in outside}
    for canary in list_canaries(listed):
        if os.path.dirname(canary.path) in kept_folders:  # noqa: PTH120 - text as it was listed
            staying.append(canary)
            continue
        state = canary.state
        if state is CanaryState.CHANGED and not even_changed:
            left.append(canary)
        elif state is CanaryState.GONE or _remove(Path(canary.path)):
            removed.append(canary)
        else:
            left.append(canary)
    _write_or_drop(listed, [*staying, *left])
    return CanaryReport(tuple(one.path for one in removed), tuple(one.path for one in left))


def _write_or_drop(listed: Path, canaries: Sequence[Canary]) -> None:
    if canaries:
        _write_list(listed, canaries)
    else:
        listed.unlink(missing_ok=True)


def _content_of(path: str) -> bytes:
    """Read a canary, or whatever stands in its place, without waiting for anybody.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no plain file, or too long to be ours.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as stream:  # noqa: PTH123 - Path.open takes no descriptor
        facts = os.fstat(stream.fileno())
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > _MAX_CANARY_BYTES:
            raise ValueError(path)
        return stream.read(_MAX_CANARY_BYTES)


def _make(path: Path, content: bytes) -> bool:
    """Write a new file; one that appeared meanwhile is never touched."""
    try:
        with path.open("xb") as stream:
            stream.write(content)
    except OSError:
        return False
    return True


def _remove(path: Path) -> bool:
    try:
        if path.is_symlink() or not path.is_file():
            return False
        path.unlink()
    except OSError:
        return False
    return True


def _write_list(listed: Path, canaries: Sequence[Canary]) -> None:
    """Write the list so that it is whole at any time, and readable by its owner alone."""
    rows = [{"path": one.path, "sha256": one.sha256} for one in canaries]
    part = listed.with_name(f"{listed.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(rows, stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(listed)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _document(name: str, note: str) -> bytes:
    """Make an ordinary document: a table of sums, or some pages of them."""
    dice = random.Random(secrets.randbits(64))  # noqa: S311 - made-up sums, no secret
    rows = [
        f"{dice.randint(2019, 2025)}-{dice.randint(1, 12):02};{dice.choice('ABCDEFGH')}{dice.randint(100, 999)};"
        f"{dice.randint(1, 90_000) / 100:.2f};{dice.choice(('EUR', 'EUR', 'USD'))}"
        for _ in range(dice.randint(*_ROWS))
    ]
    if name.endswith(".rtf"):
        words = note.encode("ascii", "xmlcharrefreplace").decode("ascii")
        plain = words.replace("\\", " ").replace("{", " ").replace("}", " ")
        return ("{\\rtf1\\ansi\\deff0\n" + plain + "\\par\n" + "\\par\n".join(rows) + "\\par\n}\n").encode("ascii")
    return (note.replace(";", ",") + "\n" + "\n".join(rows) + "\n").encode("utf-8", "replace")
