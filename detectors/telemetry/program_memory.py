"""Reads the memory of running programs (Linux): opened with the rights of the account, read when locked in.

Before this on the path: the kernel. After it: ``MemoryPiece``, judged by ``suspicious_memory``.
The kernel asks for the right when ``/proc/PID/mem`` is opened, not when it is read. So everything is opened first; then
the worker gives up opening anything, and only then looks at bytes. What an open file shows ends with its program: no
other program with the same number can slip in.

Left out, to be fast: pages that were never touched, and pages of files that cannot be written to and still lie on the
disk, since the check of files looks there. Seen are heaps, stacks, unnamed and shared memory, whatever a program may
write to, and files that are gone.
"""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from detectors.contract.memory import MemoryPiece

MAX_PROGRAMS = 1_900
"""Looked into in one look; each needs two open files, and a worker has 4,096."""
MAX_REGIONS = 5_000
"""Of one program; a large browser has 2,000."""
MAX_MAP_BYTES = 16_000_000
"""Of the kernel's list of one program's regions."""
PIECE_BYTES = 16_000_000
OVERLAP_BYTES = 4_096
"""Looked at twice, so that no text is cut in two: longer than the longest text of our rules."""
MAX_REGION_BYTES = 256_000_000
"""Of one region: some programs reserve a thousand times what they use."""
MAX_PROGRAM_BYTES = 1_000_000_000

_HEAD = re.compile(
    r"([0-9a-f]{1,16})-([0-9a-f]{1,16}) ([r-])([w-])([x-])([sp]) [0-9a-f]{1,16} \w{1,8}:\w{1,8} (\d{1,20})(?: +(.*))?"
)
_TOUCHED = re.compile(r"(?:Rss|Swap): +(\d{1,15}) kB")
_SKIPPED_NAMES = ("[vvar", "[vsyscall]", "[vdso]", "/dev/", "[uprobes]")
_OPEN = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0)


@dataclass(frozen=True, slots=True)
class Region:
    """One stretch of memory of a program."""

    start: int
    end: int
    is_executable: bool
    kind: str
    """As ``MemoryPiece.kind``."""


@dataclass(slots=True)
class OpenProgram:
    """A program whose memory is open for reading."""

    pid: int
    name: str
    path: str | None
    user: str | None
    started_s: float | None
    memory: int
    """Descriptor of its memory."""
    maps: int
    """Descriptor of the list of its regions."""
    was_cut: bool = False
    """True when a bound ended the look into it."""

    def close(self) -> None:
        """Let go of it."""
        for descriptor in (self.memory, self.maps):
            with contextlib.suppress(OSError):
                os.close(descriptor)


@dataclass(slots=True)
class OpenedPrograms:
    """What could be opened, and what not."""

    programs: list[OpenProgram] = field(default_factory=list)
    denied: int = 0
    """Not ours to look into."""
    vanished: int = 0
    """Ended meanwhile, or never there."""
    too_many: int = 0
    """Left out by ``MAX_PROGRAMS``."""

    @property
    def met(self) -> int:
        """Count the programs there were, our own left out."""
        return len(self.programs) + self.denied + self.vanished + self.too_many


def open_programs(pid: int | None, own: Collection[int] = ()) -> OpenedPrograms:
    """Open the memory of one program, or of all that this account may look into.

    Args:
        pid: One program; None: all.
        own: Left out with all workers of this program: the texts we look for lie in their memory.
    """
    opened = OpenedPrograms()
    numbers = sorted(int(name) for name in os.listdir("/proc") if name.isdecimal()) if pid is None else [pid]  # noqa: PTH208 - names alone
    boot_s = _boot_time()
    for number in numbers:
        if number in own or _is_kernel(number) or _is_worker_of_ours(number):
            opened.denied += pid is not None  # asked for by name, it must not seem to have been looked into
            continue
        if len(opened.programs) >= MAX_PROGRAMS:
            opened.too_many += 1
            continue
        try:
            opened.programs.append(_open(number, boot_s))
        except PermissionError:
            opened.denied += 1
        except OSError:
            opened.vanished += 1
    return opened


def read_memory(program: OpenProgram, source: str) -> Iterator[MemoryPiece]:
    """Yield the memory of a program in pieces; nothing comes from one that has ended."""
    left = MAX_PROGRAM_BYTES
    for region in regions_of(program):
        size = region.end - region.start
        program.was_cut |= size > min(left, MAX_REGION_BYTES)
        end = region.start + min(size, left, MAX_REGION_BYTES)
        at = region.start
        while at < end:
            data = _read(program.memory, at, min(PIECE_BYTES, end - at))
            if not data:
                break
            yield _piece(program, source, region, at - region.start, data)
            at += len(data)
            left -= len(data)
            if at < end and len(data) > OVERLAP_BYTES:
                at -= OVERLAP_BYTES
        if left <= 0:
            return


def regions_of(program: OpenProgram) -> list[Region]:
    """List what is worth looking at, executable memory first."""
    text = _read_all(program.maps).decode("utf-8", "surrogateescape")
    found: list[Region] = []
    head: re.Match[str] | None = None
    touched = False
    for line in [*text.split("\n"), "0-0 ---p 0 0:0 0"]:
        if line[:1].isupper():
            measured = _TOUCHED.match(line)
            touched |= measured is not None and int(measured[1]) > 0
            continue
        region = _region(head) if head and touched else None
        if region:
            found.append(region)
        head, touched = _HEAD.fullmatch(line), False
    program.was_cut |= len(found) > MAX_REGIONS
    return sorted(found, key=lambda one: (not one.is_executable, one.start))[:MAX_REGIONS]


def _region(head: re.Match[str]) -> Region | None:
    """Judge one line of the list: None when there is nothing to look at."""
    start, end, readable, writable, executable, shared, inode, name = head.groups()
    name = name or ""
    is_file = inode != "0"
    lies_on_disk = is_file and not name.endswith(" (deleted)") and not name.startswith("/memfd:")
    if readable != "r" or name.startswith(_SKIPPED_NAMES) or (lies_on_disk and writable != "w"):
        return None
    named = {"[heap]": "heap", "[stack]": "stack"}
    kind = named.get(name) or ("file" if is_file else "shared" if shared == "s" else "unnamed")
    return Region(int(start, 16), int(end, 16), executable == "x", kind)


def _piece(program: OpenProgram, source: str, region: Region, offset: int, data: bytes) -> MemoryPiece:
    return MemoryPiece(
        source=source,
        pid=program.pid,
        name=program.name,
        path=program.path,
        user=program.user,
        started_s=program.started_s,
        kind=region.kind,
        is_executable=region.is_executable,
        address=region.start,
        offset=offset,
        data=data,
    )


def _open(pid: int, boot_s: float | None) -> OpenProgram:
    """Open one program.

    Raises:
        OSError: It is not there, or not ours to look into.
    """
    place = Path(f"/proc/{pid}")
    memory = os.open(place / "mem", _OPEN)
    try:
        maps = os.open(place / "smaps", _OPEN)
    except OSError:
        os.close(memory)
        raise
    name = _text_of(place / "comm").strip()
    return OpenProgram(pid, name, _path_of(place), _user_of(place), _started(place, boot_s), memory, maps)


def _is_worker_of_ours(pid: int) -> bool:
    """Tell whether a program is a worker like this one: the same program file and the same words, but for the role."""
    ours, theirs = (_bytes_of(Path(f"/proc/{who}/cmdline")).split(b"\0")[:-2] for who in ("self", pid))
    return bool(ours) and ours == theirs and _path_of(Path(f"/proc/{pid}")) == _path_of(Path("/proc/self"))


def _is_kernel(pid: int) -> bool:
    """Tell whether it is a part of the kernel, which has no memory of its own."""
    fields = _text_of(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()
    return len(fields) > 6 and fields[6].isdecimal() and bool(int(fields[6]) & 0x00200000)  # noqa: PLR2004 - PF_KTHREAD


def _path_of(place: Path) -> str | None:
    try:
        return os.readlink(place / "exe")  # noqa: PTH115 - the text as it is
    except OSError:
        return None


def _user_of(place: Path) -> str | None:
    import pwd  # noqa: PLC0415 - Windows has none

    try:
        return pwd.getpwuid(place.stat().st_uid).pw_name
    except (OSError, KeyError):
        return None


def _started(place: Path, boot_s: float | None) -> float | None:
    """Read when a program began, in seconds since 1970."""
    fields = _text_of(place / "stat").rpartition(")")[2].split()
    try:
        return round(boot_s + int(fields[19]) / os.sysconf("SC_CLK_TCK"), 2) if boot_s is not None else None
    except (IndexError, ValueError):
        return None


def _boot_time() -> float | None:
    found = re.search(r"^btime (\d{1,15})$", _text_of(Path("/proc/stat")), re.MULTILINE)
    return float(found[1]) if found else None


def _text_of(file: Path) -> str:
    return _bytes_of(file).decode("utf-8", "surrogateescape")


def _bytes_of(file: Path) -> bytes:
    """Read the beginning of a small file of the kernel; nothing where it is gone or not ours."""
    try:
        with file.open("rb") as opened:
            return opened.read(1_000_000)
    except OSError:
        return b""


def _read(descriptor: int, at: int, size: int) -> bytes:
    """Read some memory; nothing where it is gone meanwhile."""
    try:
        return os.pread(descriptor, size, at)
    except (OSError, OverflowError):
        return b""


def _read_all(descriptor: int) -> bytes:
    """Read a list of the kernel to its end, within a bound."""
    parts: list[bytes] = []
    with contextlib.suppress(OSError):
        while (part := os.read(descriptor, 1_000_000)) and sum(map(len, parts)) < MAX_MAP_BYTES:
            parts.append(part)
    return b"".join(parts)
