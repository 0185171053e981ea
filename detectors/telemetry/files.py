"""Walks folders and opens files: bounded, following no links, touching no device. What is left out is said.

Before this on the path: paths a person named. After it: ``worker/opener.py``, which hands the open descriptors to the
parser, where ``reading.py`` makes a FileRecord of each.
Names are sorted by their bytes, so that the same tree gives the same order and a walk can go on where it was.
Folders are opened below their parent's descriptor where the system can: a folder swapped for a link leads nowhere.
"""

from __future__ import annotations

import errno
import fnmatch
import os
import re
import stat
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Scalar, Subject
from detectors.contract.paths import whole_path

MAX_FOLDER_DEPTH = 256
"""Folders below an input; each costs a descriptor. No ordinary tree comes near."""
MAX_PATH_LENGTH = 8192
"""Characters; twice what Linux lets anybody open by name. Keeps messages over the wall short."""
_BY_DESCRIPTOR = os.scandir in os.supports_fd and os.open in os.supports_dir_fd
_OPEN_FILE = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_BINARY", "O_NOINHERIT"):
    _OPEN_FILE |= getattr(os, _flag, 0)
_OPEN_FOLDER = _OPEN_FILE | getattr(os, "O_DIRECTORY", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)

_VIRTUAL_KINDS = frozenset(
    {"autofs", "binder", "binfmt_misc", "bpf", "cgroup", "cgroup2", "configfs", "cpuset", "debugfs", "devpts"}
    | {"efivarfs", "fusectl", "mqueue", "nfsd", "nsfs", "proc", "pstore", "resctrl", "rpc_pipefs", "securityfs"}
    | {"selinuxfs", "smackfs", "sysfs", "tracefs"}
)
_REASON_OF_ERRNO = {
    errno.EACCES: SkipReason.NO_PERMISSION,
    errno.EPERM: SkipReason.NO_PERMISSION,
    errno.ENOENT: SkipReason.VANISHED,
    errno.ENOTDIR: SkipReason.VANISHED,
    errno.ESTALE: SkipReason.VANISHED,
    errno.ELOOP: SkipReason.SYMLINK,
    errno.EMLINK: SkipReason.SYMLINK,  # what FreeBSD says for O_NOFOLLOW
    errno.ENXIO: SkipReason.SOCKET,
    errno.ENAMETOOLONG: SkipReason.NAME_TOO_LONG,
    errno.EBUSY: SkipReason.IN_USE,
    errno.ETXTBSY: SkipReason.IN_USE,
}
_SHARING_VIOLATION = 32  # winerror


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A regular file, open for reading; whoever takes it closes it."""

    name: str
    """Whole path: the same file has the same name wherever the command was given."""
    source: str
    """The input as given."""
    position: str
    """A later walk may go on behind this."""
    descriptor: int
    """Open, read-only."""
    size_bytes: int
    """When it was opened."""
    modified_ns: int
    """When it was opened."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something on disk that is not looked at."""

    skipped: SkippedCheck
    """What and why."""
    position: str
    """A later walk may go on behind this."""


@dataclass(frozen=True, slots=True)
class SourceEnd:
    """One input is walked to its end."""

    source: str
    """The input as given."""
    position: str
    """A later walk may go on behind this."""


Step: TypeAlias = OpenFile | LeftOut | SourceEnd


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A regular file that was met and not opened yet."""

    folder: _Folder | None
    name: str
    whole_name: str
    source: str
    position: str


@dataclass(slots=True)
class _Folder:
    """A folder in work: its descriptor (None where the system cannot) and the names still to come."""

    path: str
    inside: str
    """Path below the input, with a separator at its end unless it is the input itself."""
    descriptor: int | None
    device: int
    identity: tuple[int, int]
    entries: Iterator[os.DirEntry[str]] = field(default_factory=lambda: iter(()))
    resume: tuple[str, ...] = ()
    """Parts of the position to go on behind, below this folder."""

    def locate(self, name: str) -> tuple[str, int | None]:
        """Return what to hand to ``os.open`` and ``os.stat``: name and ``dir_fd``."""
        return (os.path.join(self.path, name), None) if self.descriptor is None else (name, self.descriptor)

    def close(self) -> None:
        if self.descriptor is not None:
            os.close(self.descriptor)


def walk(
    paths: Sequence[str], exclude: Sequence[str] = (), resume_after: str | None = None
) -> Generator[Step, None, None]:
    """Open every regular file below the inputs, in a fixed order; say what is left out, and where an input ends.

    Args:
        paths: Files and folders as given. An input that is itself a link is followed, once, as a person named it.
        exclude: fnmatch patterns, on the whole path or on one name.
        resume_after: A ``position`` of an earlier walk over the same inputs.
    """
    for met in _Walk(exclude).steps(paths, resume_after):
        yield _open_leaf(met) if isinstance(met, _Leaf) else met


def count_files(
    paths: Sequence[str],
    exclude: Sequence[str] = (),
    resume_after: str | None = None,
    tell: Callable[[int], bool] = lambda _: True,
) -> int:
    """Count the steps that ``walk`` will make, without opening files.

    Args:
        paths: As for ``walk``.
        exclude: As for ``walk``.
        resume_after: As for ``walk``.
        tell: Called with the count so far, now and then; False ends the counting.
    """
    total = 0
    for met in _Walk(exclude).steps(paths, resume_after):
        if isinstance(met, SourceEnd):
            continue
        total += 1
        if total % 256 == 0 and not tell(total):
            break
    return total


class _Walk:
    """The order of things on disk."""

    def __init__(self, exclude: Sequence[str]) -> None:
        self._is_excluded = _matcher(exclude)
        self._virtual_devices = _virtual_devices()
        self._stack: list[_Folder] = []
        self._source = self._whole_source = ""
        self._index = 0

    def steps(self, paths: Sequence[str], resume_after: str | None) -> Iterator[_Leaf | LeftOut | SourceEnd]:
        start, resume = _read_position(resume_after)
        try:
            for index, path in enumerate(paths):
                self._source, self._whole_source, self._index = path, whole_path(path), index
                if index < start:
                    continue
                yield from self._walk_input(path, resume if index == start else None)
                yield SourceEnd(path, str(index))
        finally:
            for folder in self._stack:
                folder.close()

    def _walk_input(self, path: str, resume: tuple[str, ...] | None) -> Iterator[_Leaf | LeftOut]:
        if resume == ():  # the input itself was the last thing done
            return
        first = self._look_at_input(path, resume or ())
        if first is not None:
            yield first
        while self._stack:
            folder = self._stack[-1]
            entry = next(folder.entries, None)
            if entry is None:
                self._stack.pop().close()
                continue
            step = self._look_at(folder, entry)
            if step is not None:
                yield step

    def _look_at_input(self, path: str, resume: tuple[str, ...]) -> _Leaf | LeftOut | None:
        """Judge an input; None when it is a folder, which is then on the stack."""
        try:
            facts = os.stat(path)
        except (OSError, ValueError) as error:  # ValueError: a zero byte in the name
            reason = _reason_of(error)
            missing = {SkipReason.VANISHED: SkipReason.NOT_FOUND, SkipReason.SYMLINK: SkipReason.LINK_LOOP}
            return self._leave_out("", missing.get(reason, reason))
        if self._is_excluded(path, os.path.basename(path)):
            return self._leave_out("", SkipReason.EXCLUDED)
        if stat.S_ISDIR(facts.st_mode):
            return self._enter(None, path, path, "", resume)
        if facts.st_dev in self._virtual_devices:
            return self._leave_out("", SkipReason.VIRTUAL_FILESYSTEM)
        if stat.S_ISREG(facts.st_mode):
            return _Leaf(None, path, self._whole_source, self._source, self._position(""))
        return self._leave_out("", _kind_of(facts.st_mode))

    def _look_at(self, folder: _Folder, entry: os.DirEntry[str]) -> _Leaf | LeftOut | None:
        """Judge one name in a folder; None when it is a folder, which is then on the stack."""
        name, path, inside = entry.name, os.path.join(folder.path, entry.name), folder.inside + entry.name
        resume = folder.resume[1:] if folder.resume[:1] == (name,) else ()
        if self._is_excluded(path, name) or len(path) > MAX_PATH_LENGTH:
            is_long = len(path) > MAX_PATH_LENGTH
            return self._leave_out(inside, SkipReason.NAME_TOO_LONG if is_long else SkipReason.EXCLUDED)
        try:
            if _is_link(entry):
                return self._leave_out(inside, self._kind_of_link(folder, name))
            if entry.is_dir(follow_symlinks=False):
                return self._enter(folder, name, path, inside, resume)
            if entry.is_file(follow_symlinks=False):
                return _Leaf(folder, name, self._whole_name(inside), self._source, self._position(inside))
            return self._leave_out(inside, _kind_of(entry.stat(follow_symlinks=False).st_mode))
        except OSError as error:
            return self._leave_out(inside, _reason_of(error), error.errno)

    def _enter(
        self, parent: _Folder | None, name: str, path: str, inside: str, resume: tuple[str, ...]
    ) -> LeftOut | None:
        """Put a folder on the stack, or say why not."""
        if len(self._stack) >= MAX_FOLDER_DEPTH:
            return self._leave_out(inside, SkipReason.FOLDER_TOO_DEEP, limit=MAX_FOLDER_DEPTH)
        try:
            folder = _open_folder(parent, name, path, inside, resume)
        except OSError as error:
            return self._leave_out(inside, _reason_of(error), error.errno)
        reason = self._reason_against(folder)
        if reason is None:
            try:
                folder.entries = iter(_list(folder))
            except OSError as error:
                folder.close()
                return self._leave_out(inside, _reason_of(error), error.errno)
            self._stack.append(folder)
            return None
        folder.close()
        return self._leave_out(inside, reason)

    def _reason_against(self, folder: _Folder) -> SkipReason | None:
        if folder.device in self._virtual_devices:
            return SkipReason.VIRTUAL_FILESYSTEM
        if folder.identity[1] and any(folder.identity == above.identity for above in self._stack):
            return SkipReason.LINK_LOOP
        return None

    def _kind_of_link(self, folder: _Folder, name: str) -> SkipReason:
        """Tell a link that leads back to where we came from."""
        place, within = folder.locate(name)
        try:
            target = os.stat(place, dir_fd=within)
        except OSError as error:
            return SkipReason.LINK_LOOP if error.errno == errno.ELOOP else SkipReason.SYMLINK
        is_above = any((target.st_dev, target.st_ino) == above.identity for above in self._stack)
        return SkipReason.LINK_LOOP if is_above else SkipReason.SYMLINK

    def _leave_out(self, inside: str, reason: SkipReason, code: int | None = None, **values: Scalar) -> LeftOut:
        if reason is SkipReason.READ_ERROR:
            values["errno"] = code
        skipped = SkippedCheck(Subject.file(self._whole_name(inside)), reason, self._source, values)
        return LeftOut(skipped, self._position(inside))

    def _whole_name(self, inside: str) -> str:
        return os.path.join(self._whole_source, inside) if inside else self._whole_source

    def _position(self, inside: str) -> str:
        return f"{self._index}:{inside}"


def _read_position(position: str | None) -> tuple[int, tuple[str, ...] | None]:
    """Turn a position into the input's number and the parts of the path below it; () means the input itself."""
    if not position:
        return 0, None
    number, colon, inside = position.partition(":")
    if not colon:  # that input is done
        return int(number) + 1, None
    return int(number), tuple(inside.split(os.sep)) if inside else ()


def _matcher(patterns: Iterable[str]) -> Callable[[str, str], bool]:
    joined = "|".join(fnmatch.translate(os.path.normcase(pattern)) for pattern in patterns)
    if not joined:
        return lambda _path, _name: False
    matches = re.compile(joined).match
    return lambda path, name: bool(matches(os.path.normcase(path)) or matches(os.path.normcase(name)))


def _virtual_devices() -> frozenset[int]:
    """Find the devices behind which no files lie, only the system's own figures (Linux; empty elsewhere)."""
    try:
        with open("/proc/self/mountinfo", "rb") as table:
            lines = table.read().splitlines()
    except OSError:
        return frozenset()
    devices = set()
    for line in lines:  # https://www.kernel.org/doc/html/latest/filesystems/proc.html, 3.5
        head, _, tail = line.partition(b" - ")
        if tail.split(b" ")[0].decode("ascii", "replace") in _VIRTUAL_KINDS:
            major, _, minor = head.split(b" ")[2].partition(b":")
            devices.add(os.makedev(int(major), int(minor)))
    return frozenset(devices)


def _is_link(entry: os.DirEntry[str]) -> bool:
    if entry.is_symlink():
        return True
    if sys.platform != "win32":
        return False
    tag = entry.stat(follow_symlinks=False).st_reparse_tag  # a junction is a link too, and poses as a folder
    return tag in {stat.IO_REPARSE_TAG_SYMLINK, stat.IO_REPARSE_TAG_MOUNT_POINT}


def _kind_of(mode: int) -> SkipReason:
    if stat.S_ISFIFO(mode):
        return SkipReason.FIFO
    if stat.S_ISSOCK(mode):
        return SkipReason.SOCKET
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        return SkipReason.DEVICE
    return SkipReason.SYMLINK if stat.S_ISLNK(mode) else SkipReason.OTHER_KIND


def _reason_of(error: OSError | ValueError) -> SkipReason:
    if not isinstance(error, OSError):
        return SkipReason.VANISHED
    if getattr(error, "winerror", None) == _SHARING_VIOLATION:
        return SkipReason.IN_USE
    return _REASON_OF_ERRNO.get(error.errno or 0, SkipReason.READ_ERROR)


def _open_folder(parent: _Folder | None, name: str, path: str, inside: str, resume: tuple[str, ...]) -> _Folder:
    below = inside + os.sep if inside else ""
    if not _BY_DESCRIPTOR:
        facts = os.stat(path) if parent is None else os.lstat(path)
        if not stat.S_ISDIR(facts.st_mode):  # swapped since it was listed
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        return _Folder(path, below, None, facts.st_dev, (facts.st_dev, facts.st_ino), resume=resume)
    if parent is None:  # an input may be a link: a person named it
        descriptor = os.open(path, _OPEN_FOLDER & ~_NOFOLLOW)
    else:
        descriptor = os.open(name, _OPEN_FOLDER, dir_fd=parent.descriptor)
    facts = os.fstat(descriptor)
    return _Folder(path, below, descriptor, facts.st_dev, (facts.st_dev, facts.st_ino), resume=resume)


def _list(folder: _Folder) -> list[os.DirEntry[str]]:
    """List a folder in the order of its names' bytes, behind the position to go on from."""
    with os.scandir(folder.path if folder.descriptor is None else folder.descriptor) as listing:
        entries = sorted(listing, key=lambda entry: os.fsencode(entry.name))
    if not folder.resume:
        return entries
    last_done = os.fsencode(folder.resume[0])
    is_inside = len(folder.resume) > 1  # then that folder is entered again
    return [
        entry for entry in entries if (key := os.fsencode(entry.name)) > last_done or (is_inside and key == last_done)
    ]


def _open_leaf(leaf: _Leaf) -> OpenFile | LeftOut:
    """Open a file without waiting for anything, then make sure of what was opened."""
    place, within = (leaf.name, None) if leaf.folder is None else leaf.folder.locate(leaf.name)
    flags = _OPEN_FILE if leaf.folder else _OPEN_FILE & ~_NOFOLLOW
    try:
        descriptor = os.open(place, flags, dir_fd=within)
    except OSError as error:
        reason = _reason_of(error)
        values: dict[str, Scalar] = {"errno": error.errno} if reason is SkipReason.READ_ERROR else {}
        return LeftOut(SkippedCheck(Subject.file(leaf.whole_name), reason, leaf.source, values), leaf.position)
    facts = os.fstat(descriptor)
    if not stat.S_ISREG(facts.st_mode):  # swapped since it was listed
        os.close(descriptor)
        return LeftOut(SkippedCheck(Subject.file(leaf.whole_name), _kind_of(facts.st_mode), leaf.source), leaf.position)
    return OpenFile(leaf.whole_name, leaf.source, leaf.position, descriptor, facts.st_size, facts.st_mtime_ns)
