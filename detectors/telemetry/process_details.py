"""Reads what Linux tells of one process: its command line first, because that goes away first.

Before this on the path: ``processes_linux.py`` and ``start_events_linux.py``, which know a number. After it: the same,
with a ``Program``. All reading goes through one open folder of ``/proc``, so that every line is about the same process,
also when its number is given away meanwhile. What may not be read is unknown and named in ``denied``.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field

from detectors.contract.programs import Program
from detectors.telemetry.process_source import MAX_COMMAND_BYTES

PROC = "/proc"
STAT_BYTES = 1_024
"""A line of ``stat`` has 52 numbers of at most 20 digits, but real ones stay below 400 bytes."""
TICKS_PER_S = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_KERNEL_THREAD = 0x0020_0000
_STATUS_BYTES = 4_096
_UNIX_BYTES = 4_000_000
_MAX_USERS = 10_000
_PASSWD_BYTES = 4_000_000
DELETED, _MEMORY = b" (deleted)", b"/memfd:"
_ENDING_NUMBER = "0123456789.-"

SHELLS = frozenset(("sh", "bash", "dash", "zsh", "ksh", "mksh", "ash", "fish", "csh", "tcsh", "busybox"))
INTERPRETERS = frozenset(
    ("python", "perl", "ruby", "php", "node", "nodejs", "lua", "awk", "gawk", "mawk", "tclsh", "expect", "pwsh", "java")
)
RELAYS = frozenset(("nc", "ncat", "netcat", "socat", "openssl", "script", "telnet"))
_WITH_STREAMS = SHELLS | INTERPRETERS | RELAYS


@dataclass(frozen=True, slots=True)
class Stat:
    """The fields of ``/proc/PID/stat`` that are used here; proc_pid_stat(5) describes them."""

    name: str
    state: str
    parent_pid: int
    is_kernel: bool
    cpu_ticks: int
    """User and system, without those of children it waited for."""
    threads: int
    start_ticks: int
    """Since the system began."""
    rss_pages: int
    image: tuple[bytes, bytes]
    """Where its code and its stack begin: another pair means another program. Same for all where it may not be read."""

    @property
    def is_over(self) -> bool:
        """True for a process that ended and waits for its parent to notice."""
        return self.state in "ZX" and self.threads <= 1


def parse_stat(line: bytes) -> Stat | None:
    """Take one line apart; None when it is not whole. A name may hold anything, brackets and line ends included."""
    opens, closes = line.find(b"("), line.rfind(b")")
    numbers = line[closes + 2 :].split()
    if opens < 0 or closes < opens or len(numbers) < 26:  # noqa: PLR2004 - the last one used is the 28th field
        return None
    try:
        return Stat(
            name=line[opens + 1 : closes].decode("utf-8", "surrogateescape"),
            state=numbers[0].decode("ascii"),
            parent_pid=int(numbers[1]),
            is_kernel=bool(int(numbers[6]) & _KERNEL_THREAD),
            cpu_ticks=int(numbers[11]) + int(numbers[12]),
            threads=int(numbers[17]),
            start_ticks=int(numbers[19]),
            rss_pages=int(numbers[21]),
            image=(numbers[23], numbers[25]),
        )
    except ValueError:
        return None


def _read_boot_time() -> float:
    for line in read_bytes(f"{PROC}/stat", 1_000_000).splitlines():
        if line.startswith(b"btime "):
            return float(line[6:])
    return time.time() - time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(slots=True)
class Clock:
    """Turns the kernel's time since boot into seconds since 1970, always with the same moment of boot.

    The moment is that of ``/proc/stat``, a whole second, so that ``started_s`` is what psutil calls ``create_time``:
    at most one second early, but the same for all who look.
    """

    booted_s: float = field(default_factory=_read_boot_time)

    def at(self, ticks: int) -> float:
        """Turn a start time of ``stat`` into seconds since 1970."""
        return self.booted_s + ticks / TICKS_PER_S

    def now(self) -> float:
        """Tell the time on this very scale; it does not jump when somebody sets the clock."""
        return self.booted_s + time.clock_gettime(time.CLOCK_BOOTTIME)


class Users:
    """Names of accounts, read from one file: asking the system could mean asking the network."""

    def __init__(self, path: str = "/etc/passwd") -> None:
        self._path = path
        self._names: dict[int, str] | None = None

    def name(self, user_id: int) -> str:
        """Name an account; its number where it has no name here."""
        if self._names is None:
            self._names = dict(self._read())
        return self._names.get(user_id) or str(user_id)

    def _read(self) -> list[tuple[int, str]]:
        lines = read_bytes(self._path, _PASSWD_BYTES).decode("utf-8", "surrogateescape").split("\n", _MAX_USERS)
        rows = [line.split(":", 3) for line in lines[:_MAX_USERS]]
        return [(int(row[2]), row[0]) for row in reversed(rows) if len(row) > 3 and row[2].isdecimal()]  # noqa: PLR2004


class ProcessReader:
    """Reads single processes; holds what is the same for all of them."""

    def __init__(self, clock: Clock | None = None, users: Users | None = None) -> None:
        self.clock = clock or Clock()
        self._users = users or Users()

    def read(self, pid: int) -> tuple[Program, bytes] | None:
        """Read a process and its line of ``stat``; None when it is gone, the line empty when that is not ours."""
        try:
            folder = os.open(f"{PROC}/{pid}", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except PermissionError:
            return self._unreadable(pid), b""
        except OSError:
            return None
        try:
            return self._read(pid, folder)
        finally:
            os.close(folder)

    def _unreadable(self, pid: int) -> Program:
        """Tell of a process of which only the number is shown (``hidepid=1``)."""
        return Program(-1, "linux", pid=pid, denied=frozenset(("name", "path", "command", "user", "folder")))

    def _read(self, pid: int, folder: int) -> tuple[Program, bytes] | None:
        denied: set[str] = set()
        raw = _read_field(folder, "cmdline", MAX_COMMAND_BYTES, "command", denied)
        link = _read_link(folder, "exe", "path", denied)
        line = _read_field(folder, "stat", STAT_BYTES, "name", denied)
        if line is None:
            return (self._unreadable(pid), b"") if "name" in denied else None
        stat = parse_stat(line)
        if stat is None:
            return None
        program = Program(-1, "linux", pid=pid, name=stat.name, parent_pid=stat.parent_pid)
        program.started_s = self.clock.at(stat.start_ticks)
        program.is_kernel = stat.is_kernel
        program.user = self._user(folder)
        if not stat.is_kernel:
            set_command(program, raw, is_over=stat.is_over)
            set_path(program, link, folder)
            where = _read_link(folder, "cwd", "folder", denied)
            program.folder = None if where is None else where.decode("utf-8", "surrogateescape")
            program.denied = frozenset(denied)
            if wants_streams(program):
                set_streams(program, folder)
        return program, line

    def _user(self, folder: int) -> str | None:
        """Read who started it; the right it runs with may be another's."""
        status = _read_field(folder, "status", _STATUS_BYTES, "user", set()) or b""
        _, _, rest = status.partition(b"\nUid:\t")
        number = rest[:20].split(b"\t", 1)[0]
        return self._users.name(int(number)) if number.isdigit() else None


def set_command(program: Program, raw: bytes | None, *, is_over: bool) -> None:
    """Fill in the command line; one that is gone is unknown, not empty."""
    if raw is None or (not raw and is_over):
        return
    text = raw.rstrip(b"\0").decode("utf-8", "surrogateescape")
    program.arguments = tuple(text.split("\0")) if raw else ()
    program.command = " ".join(program.arguments)


def set_path(program: Program, link: bytes | None, folder: int) -> None:
    """Fill in the executable, and whether it still lies where it was started from."""
    if not link:
        return
    is_marked = link.endswith(DELETED) and not _is_really_named_so(link, folder)
    program.is_memory_file = is_marked and link.startswith(_MEMORY)
    program.is_deleted = is_marked
    program.path = (link[: -len(DELETED)] if is_marked else link).decode("utf-8", "surrogateescape")


def _is_really_named_so(link: bytes, folder: int) -> bool:
    """Tell a file whose name ends in the kernel's mark from one that is gone."""
    try:
        there, running = os.stat(link), os.stat("exe", dir_fd=folder)  # noqa: PTH116 - bytes, and a folder that is held
    except (OSError, ValueError):
        return False
    return (there.st_dev, there.st_ino) == (running.st_dev, running.st_ino)


def wants_streams(program: Program) -> bool:
    """Tell whether what a program reads from and writes to is worth knowing: shells, interpreters, relays."""
    base = (program.path or program.name or "").rpartition("/")[2]
    return base.rstrip(_ENDING_NUMBER) in _WITH_STREAMS


def set_streams(program: Program, folder: int) -> None:
    """Look what standard input, output and error are."""
    try:
        program.streams = tuple(_stream(folder, number) for number in (b"0", b"1", b"2"))
    except PermissionError:
        program.denied |= {"streams"}
    except OSError:  # gone meanwhile
        return


def _stream(folder: int, number: bytes) -> str:
    try:
        link = os.readlink(b"fd/" + number, dir_fd=folder)
    except FileNotFoundError:
        return "closed"
    if link.startswith(b"socket:["):
        return "local" if _is_local(folder, link[8:-1]) else "socket"
    if link.startswith(b"pipe:["):
        return "pipe"
    if link.startswith((b"/dev/pts/", b"/dev/tty", b"/dev/console")):
        return "terminal"
    return "null" if link == b"/dev/null" else "file"


def _is_local(folder: int, inode: bytes) -> bool:
    """Tell whether a socket is in the list of those that stay inside, as that process' own network shows it."""
    listed = _read_field(folder, "net/unix", _UNIX_BYTES, "", set()) or b""
    return any(line.split(None, 7)[6:7] == [inode] for line in listed.splitlines() if inode in line)


def read_bytes(path: str, most: int) -> bytes:
    """Read the first bytes of a file; nothing when it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return b""
    try:
        return _read_all(descriptor, most)
    except OSError:
        return b""
    finally:
        os.close(descriptor)


def _read_field(folder: int, name: str, most: int, field_name: str, denied: set[str]) -> bytes | None:
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=folder)
    except PermissionError:
        denied.add(field_name)
        return None
    except OSError:
        return None
    try:
        return _read_all(descriptor, most)
    except PermissionError:
        denied.add(field_name)
        return None
    except OSError:
        return None
    finally:
        os.close(descriptor)


def _read_all(descriptor: int, most: int) -> bytes:
    """Read on to the end: ``/proc`` hands out long things a page at a time."""
    found = os.read(descriptor, most)
    if len(found) < STAT_BYTES:
        return found
    parts, size = [found], len(found)
    while size < most and (part := os.read(descriptor, most - size)):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _read_link(folder: int, name: str, field_name: str, denied: set[str]) -> bytes | None:
    try:
        return os.readlink(os.fsencode(name), dir_fd=folder)
    except PermissionError:
        denied.add(field_name)
    except OSError:
        pass
    return None
