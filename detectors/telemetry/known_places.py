"""Lists what starts programs by itself and what lets people in, as it is now, and tells what changed since a last look.

Before this on the path: the files of the system (on Windows the registry too), read here with bounds. After it:
``program_log.change_place``, and so ``autostart_change`` and ``new_account_or_key``.
A place that may not be read is counted and named, never taken as empty. Contents are hostile: whoever changed them is
who we look for. One line of a file is one item, so that a new line shows what it starts.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from detectors.contract.programs import PlaceChange, PlaceItem

MAX_ITEMS = 20_000
"""Of one look."""
MAX_FILE_BYTES = 512 * 1024
"""Read of one file; of longer ones the length counts too, so that a change behind is seen."""
MAX_LINES = 2_000
"""Of one file, each an item; the rest of it is one item."""
MAX_FILES = 2_000
"""Looked at in one folder."""
MAX_FOLDERS = 500
"""Walked below one place."""
MAX_HOMES = 200
"""Of people, those with the latest names left out."""
MAX_STARTS = 1_000
"""Characters kept of a command."""
MAX_CHANGES_OF_ITEM = 20
"""New lines told of one file at one look."""
_SYSTEM_FILES = ("/usr/lib/", "/usr/share/", "/lib/")
"""Here an upgrade writes, and nobody else without being root."""


@dataclass(slots=True)
class PlaceReader:
    """Reads files and folders below a root, and notes what it could not read."""

    root: Path = field(default_factory=lambda: Path("/"))
    """The system's root; a test gives a scratch folder."""
    items: list[PlaceItem] = field(default_factory=list)
    """What was found so far."""
    unread: int = 0
    """Files and folders that are there but may not be read, lead out of the root, or are no plain files."""
    is_full: bool = False
    """True when there were more items than are kept."""

    def at(self, path: str) -> Path:
        """Give a path of the system below the root."""
        return self.root / path.lstrip("/\\")

    def shown(self, path: Path) -> str:
        """Write a path as the system calls it."""
        if self.root == Path(self.root.anchor):
            return str(path)
        return "/" + str(path.relative_to(self.root)).replace(os.sep, "/")

    def add(self, place: str, item: str, content: bytes, *, starts: str | None = None, user: str | None = None) -> None:
        """Note one item, unless there are too many already."""
        if len(self.items) >= MAX_ITEMS:
            self.is_full = True
            return
        digest = hashlib.blake2b(content, digest_size=16).hexdigest()
        command = starts[:MAX_STARTS] if starts else None
        self.items.append(PlaceItem(place, item, digest, command, user))

    def read(self, path: Path) -> bytes | None:
        """Read a plain file inside the root, following links that stay inside; None (and counted) where it cannot be.

        Returns:
            At most ``MAX_FILE_BYTES``, with the length behind it when there is more.
        """
        try:
            whole = os.path.realpath(path)
            if not self._is_inside(whole):
                self._refuse()
                return None
            flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
            handle = os.open(whole, flags | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            self._refuse()
            return None
        try:
            facts = os.fstat(handle)
            if not stat.S_ISREG(facts.st_mode):
                self._refuse()
                return None
            content = os.read(handle, MAX_FILE_BYTES)
            return content if facts.st_size <= len(content) else content + str(facts.st_size).encode()
        except OSError:
            self._refuse()
            return None
        finally:
            os.close(handle)

    def files(self, folder: Path, ending: str = "", *, depth: int = 0) -> Iterator[Path]:
        """Yield files and links of a folder, and of those below it, in order of names; a link to a folder is a file."""
        waiting = [(folder, 0)]
        for _ in range(MAX_FOLDERS):
            if not waiting:
                return
            place, level = waiting.pop()
            for entry in self._entries(place):
                if entry.is_dir(follow_symlinks=False):
                    if level < depth:
                        waiting.append((place / entry.name, level + 1))
                elif entry.name.endswith(ending):
                    yield place / entry.name

    def folders(self, folder: Path) -> Iterator[Path]:
        """Yield the folders in a folder, no links, in order of names."""
        for entry in self._entries(folder):
            if entry.is_dir(follow_symlinks=False):
                yield folder / entry.name

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        try:
            whole = os.path.realpath(folder)
            if not self._is_inside(whole):
                self._refuse()
                return []
            with os.scandir(whole) as found:
                entries = [entry for entry, _ in zip(found, range(MAX_FILES), strict=False)]
        except (FileNotFoundError, NotADirectoryError):
            return []
        except (OSError, ValueError):
            self._refuse()
            return []
        return sorted(entries, key=lambda entry: entry.name)

    def _is_inside(self, whole: str) -> bool:
        root = os.path.realpath(self.root)
        return whole == root or whole.startswith(root.rstrip(os.sep) + os.sep)

    def _refuse(self) -> None:
        self.unread += 1


def add_lines(
    reader: PlaceReader, place: str, path: Path, *, user: str | None = None, comment: str = "#", item: str = ""
) -> None:
    """Note each line of a file that says something, as what it starts; the order of lines does not matter."""
    content = reader.read(path)
    if content is None:
        return
    name = item or reader.shown(path)
    lines = content.split(b"\n")
    for raw in lines[:MAX_LINES]:
        line = raw.strip()
        if line and not line.startswith(comment.encode()):
            reader.add(place, name, line, starts=text_of(line), user=user)
    if len(lines) > MAX_LINES:
        reader.add(place, name, b"\n".join(lines[MAX_LINES:]), user=user)


def text_of(content: bytes) -> str:
    """Write bytes of a file as text that can be written back."""
    return content[: 4 * MAX_STARTS].decode("utf-8", "surrogateescape")


def look_at_places(root: str = "/", system: str | None = None) -> tuple[PlaceItem, ...]:
    """List everything that starts programs or lets people in; bounded, and never raises for what it finds.

    Args:
        root: Where the system lies; a test gives a scratch folder.
        system: ``linux``, ``macos`` or ``windows``; by default this one.
    """
    return tuple(read_places(root, system).items)


def read_places(root: str = "/", system: str | None = None) -> PlaceReader:
    """Look at all places, and keep count of what could not be read."""
    known = system or {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")
    if sys.platform == "win32" and root == "/":
        root = os.environ.get("SYSTEMDRIVE", "C:") + "\\"
    reader = PlaceReader(Path(root))
    # each system's list lies in a file of its own, loaded where it is needed
    if known == "windows":
        from detectors.telemetry.places_windows import add_windows_places  # noqa: PLC0415

        add_windows_places(reader)
    elif known == "macos":
        from detectors.telemetry.places_macos import add_macos_places  # noqa: PLC0415

        add_macos_places(reader)
    else:
        from detectors.telemetry.places_linux import add_linux_places  # noqa: PLC0415

        add_linux_places(reader)
    return reader


def compare_places(
    before: Iterable[PlaceItem], after: Iterable[PlaceItem], at_s: float | None, root: str = "/"
) -> list[PlaceChange]:
    """Tell what changed between two looks; of ``before`` only place, item and digest matter.

    An item whose place was not there before at all is new; one that has new lines, or lost some, was modified.
    The very first look has nothing before it, so there is nothing to compare: everything would be new.
    """
    old, new = list(before), list(after)
    known = {(one.place, one.item, one.digest) for one in old}
    there, still = {(one.place, one.item) for one in old}, {(one.place, one.item) for one in new}
    packages = _Packages(root)
    told: dict[tuple[str, str], int] = {}
    changes = []
    for one in new:
        key = (one.place, one.item)
        if (*key, one.digest) in known or told.get(key, 0) >= MAX_CHANGES_OF_ITEM:
            continue
        told[key] = told.get(key, 0) + 1
        change = "modified" if key in there else "created"
        is_file_of_system = one.item.startswith(_SYSTEM_FILES)  # others a person may change, whoever brought them
        owned = packages.brought(one.item) if change == "created" or is_file_of_system else None
        changes.append(PlaceChange(at_s, *key, change, one.starts, one.user, owned))
    now = {(one.place, one.item, one.digest) for one in new}
    for place, item, _ in sorted(known - now):
        if (place, item) not in told:
            told[place, item] = 1
            is_left = (place, item) in still
            changes.append(PlaceChange(at_s, place, item, "modified" if is_left else "deleted"))
    return changes


class _Packages:
    """Asks the package manager's lists, which are read when the first new file makes it worth the time."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._lists: object | None = None

    def brought(self, item: str) -> bool | None:
        """Tell whether a package brought a file; None for what is no file, or where nobody keeps lists."""
        if not item.startswith("/"):
            return None
        from detectors.telemetry.packages import PackageFiles  # noqa: PLC0415 - loads numpy, mostly not needed

        if not isinstance(self._lists, PackageFiles):
            self._lists = PackageFiles(self._root)
        try:
            return self._lists.holds(item)
        except (OSError, ValueError):
            return None
