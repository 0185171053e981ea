"""Turns one row of a recording into typed facts; whatever has the wrong form becomes unknown, and is named.

Before this on the path: ``program_recording.py``, which reads lines. After it: the same, which tells a ``ProgramLog``.
Rows come from strangers: a number may be a text, a list a dictionary, a time in another unit.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from detectors.contract.programs import FileChange, Load, PlaceChange, Program, ProgramConnection

MAX_TEXT = 131_072
"""Characters kept of a command: Linux allows one argument 128 KiB, Windows a whole command line 32 KiB."""
MAX_NAME = 32_768
"""Characters kept of any other text: the longest path of Windows."""
MAX_PID = 2**32 - 1
MAX_TIME_S = 253_402_300_799.0
"""The last second of the year 9999; times in milliseconds lie beyond it."""
MAX_COUNT = 2**63 - 1
MAX_ARGUMENTS = 1_000
MAX_DENIED = 32
MAX_TIMES = 10**9
MAX_CONNECTIONS, MAX_FILES = 64, 64
"""Kept of those that stand in one start row; the format says 20 and 30."""
UNKNOWN = frozenset({"", "-", "?"})
"""How logs write that they do not know."""
_SYSTEM_WORDS = {"windows": ("win",), "linux": ("linux",), "macos": ("macos", "darwin", "os x", "mac os")}
_MACOS_FOLDERS = ("/Applications/", "/Library/", "/System/", "/Users/")
STREAMS = frozenset({"socket", "pipe", "terminal", "file", "null", "local", "closed", "other"})


class RowFacts:
    """Takes fields out of one row, and remembers which had a form that cannot be."""

    def __init__(self, untrusted_row: Mapping[str, Any], odd: list[str] | None = None) -> None:
        self._row = untrusted_row
        self.odd: list[str] = [] if odd is None else odd
        """Names of fields that were not, or not wholly, taken over."""

    def text(self, field: str, limit: int = MAX_NAME) -> str | None:
        """Take a text; what logs write for "unknown" is unknown."""
        value = self.raw_text(field, limit)
        return None if value in UNKNOWN else value

    def raw_text(self, field: str, limit: int = MAX_TEXT) -> str | None:
        """Take a text as it stands, the empty one included."""
        value = self._row.get(field)
        if not isinstance(value, str):
            self._refuse(field, value)
            return None
        if len(value) > limit:
            self.odd.append(field)
        return value[:limit]

    def number(self, field: str, highest: float = MAX_COUNT) -> float | None:
        """Take a number that is none below zero."""
        value = self._row.get(field)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= highest:
            return value
        self._refuse(field, value)
        return None

    def whole(self, field: str, highest: int = MAX_COUNT) -> int | None:
        """Take a whole number."""
        value = self.number(field, highest)
        return None if value is None else int(value)

    def time(self, field: str) -> float | None:
        """Take seconds since 1970; 0 stands for unknown in many a log."""
        value = self.number(field, MAX_TIME_S)
        return float(value) if value else None

    def truth(self, field: str) -> bool | None:
        """Take yes or no."""
        value = self._row.get(field)
        if isinstance(value, bool):
            return value
        self._refuse(field, value)
        return None

    def texts(self, field: str, most: int) -> tuple[str, ...] | None:
        """Take a list of texts."""
        value = self._row.get(field)
        if not isinstance(value, list):
            self._refuse(field, value)
            return None
        if len(value) > most or not all(isinstance(one, str) for one in value):
            self.odd.append(field)
        return tuple(one[:MAX_TEXT] for one in value[:most] if isinstance(one, str))

    def rows(self, field: str, most: int) -> list[RowFacts]:
        """Take a list of rows within the row."""
        value = self._row.get(field)
        if not isinstance(value, list):
            self._refuse(field, value)
            return []
        if not all(isinstance(one, dict) for one in value):
            self.odd.append(field)
        return [RowFacts(one, self.odd) for one in value[:most] if isinstance(one, dict)]

    def pid(self, field: str) -> int | None:
        """Take the number of a program."""
        return self.whole(field, MAX_PID)

    def take(self, fields: Mapping[str, tuple[str, _Take]]) -> dict[str, Any]:
        """Take what the row knows of a table: one pass, since a recording has a million rows."""
        taken: dict[str, Any] = {}
        for field, value in self._row.items():
            if value is None or field not in fields:
                continue
            name, take = fields[field]
            is_plain = take is RowFacts.text and type(value) is str and len(value) <= MAX_NAME and value not in UNKNOWN
            taken[name] = value if is_plain else take(self, field)
        return taken

    def inner(self, field: str) -> RowFacts:
        """Take a row within the row; an empty one when there is none."""
        value = self._row.get(field)
        if isinstance(value, dict):
            return RowFacts(value, self.odd)
        self._refuse(field, value)
        return RowFacts({}, self.odd)

    def _refuse(self, field: str, value: object) -> None:
        """Only what was there in another form is worth a word."""
        if value is not None:
            self.odd.append(field)


def system_of(facts: RowFacts) -> str:
    """Tell the system of a row: as it says, else by the form of the executable's path."""
    told = (facts.text("os") or "").casefold()
    for system, words in _SYSTEM_WORDS.items():
        if told.startswith(words):
            return system
    path = "" if told else facts.text("exe") or ""
    if path[1:3] == ":\\" or path.startswith("\\"):
        return "windows"
    if path.startswith("/"):
        return "macos" if path.startswith(_MACOS_FOLDERS) else "linux"
    return ""


def read_start(facts: RowFacts, record: int, system: str) -> tuple[Program, Program | None]:
    """Read a program start, and what it tells of its parent."""
    program = Program(record, system, **facts.take(_START_FIELDS))
    if program.command is None and program.arguments:
        program.command = " ".join(program.arguments)[:MAX_TEXT]
    told = facts.take(_PARENT_FIELDS)
    parent = Program(-1, system, pid=program.parent_pid, **told) if any(told.values()) else None
    return program, parent


def _take_connections(facts: RowFacts, field: str) -> tuple[ProgramConnection, ...]:
    return tuple(read_connection(one) for one in facts.rows(field, MAX_CONNECTIONS))


def _take_files(facts: RowFacts, field: str) -> tuple[str, ...]:
    return tuple(path for one in facts.rows(field, MAX_FILES) if (path := one.text("path")))


def _take_streams(facts: RowFacts, field: str) -> tuple[str, ...] | None:
    told = facts.texts(field, 3)
    return None if told is None else tuple(one for one in told if one in STREAMS)


_Take = Callable[[RowFacts, str], Any]
_START_FIELDS: dict[str, tuple[str, _Take]] = {
    "pid": ("pid", RowFacts.pid),
    "ppid": ("parent_pid", RowFacts.pid),
    "t": ("started_s", RowFacts.time),
    "end": ("ended_s", RowFacts.time),
    "name": ("name", RowFacts.text),
    "exe": ("path", RowFacts.text),
    "cmdline": ("command", RowFacts.raw_text),
    "argv": ("arguments", lambda facts, field: facts.texts(field, MAX_ARGUMENTS)),
    "username": ("user", RowFacts.text),
    "cwd": ("folder", RowFacts.text),
    "integrity": ("integrity", RowFacts.text),
    "n": ("times", lambda facts, field: facts.whole(field, MAX_TIMES) or 1),
    "conns": ("connections", _take_connections),
    "nconn": ("connection_count", RowFacts.whole),
    "files": ("files", _take_files),
    "nfile": ("file_count", RowFacts.whole),
    "x": ("original_name", lambda facts, field: facts.inner(field).text("OriginalFileName")),
    "deleted": ("is_deleted", RowFacts.truth),
    "memory_file": ("is_memory_file", RowFacts.truth),
    "packaged": ("is_packaged", RowFacts.truth),
    "kernel": ("is_kernel", lambda facts, field: bool(facts.truth(field))),
    "streams": ("streams", _take_streams),
    "denied": ("denied", lambda facts, field: frozenset(facts.texts(field, MAX_DENIED) or ())),
}
"""Name in a row: field of ``Program``, and how it is taken."""
_PARENT_FIELDS: dict[str, tuple[str, _Take]] = {
    "pname": ("name", RowFacts.text),
    "pexe": ("path", RowFacts.text),
    "pcmdline": ("command", lambda facts, field: facts.text(field, MAX_TEXT)),
}


def read_connection(facts: RowFacts) -> ProgramConnection:
    """Read a connection or listening socket."""
    state = (facts.text("state") or "").casefold()
    far, far_port = facts.text("raddr"), facts.whole("rport", 65_535)
    return ProgramConnection(
        transport=(facts.text("proto") or "").casefold()[:3],
        near=facts.text("laddr"),
        near_port=facts.whole("lport", 65_535),
        far=far,
        far_port=far_port or None,
        name=facts.text("rhost"),
        is_outgoing=facts.truth("out"),
        is_listener=state in {"listen", "listening"},
        at_s=facts.time("t"),
    )


def read_load(facts: RowFacts) -> Load | None:
    """Read counters of a running program; None without a time, since they say nothing then."""
    at_s = facts.time("t")
    if at_s is None:
        return None
    return Load(
        at_s=at_s,
        cpu_s=facts.number("cpu_s"),
        memory_bytes=facts.whole("rss_bytes"),
        read_bytes=facts.whole("read_bytes"),
        written_bytes=facts.whole("written_bytes"),
        threads=facts.whole("threads"),
        idle_user_s=facts.number("idle_user_s"),
    )


def read_file_change(facts: RowFacts, record: int) -> FileChange | None:
    """Read that a file changed; None when it is not said which, how and when."""
    at_s, path, change = facts.time("t"), facts.text("path"), facts.text("change")
    if at_s is None or path is None or change not in {"created", "modified", "renamed", "deleted", "overflow"}:
        return None
    return FileChange(
        at_s=at_s,
        path=path,
        change=change,
        to=facts.text("to"),
        entropy_bits=facts.number("entropy", 8.0),
        entropy_before_bits=facts.number("entropy_before", 8.0),
        size_bytes=facts.whole("size"),
        is_canary=bool(facts.truth("canary")),
        record=record,
    )


def read_place_change(facts: RowFacts, record: int) -> PlaceChange | None:
    """Read that something which starts programs, or lets people in, changed."""
    place, item, change = facts.text("place", 64), facts.text("item"), facts.text("change")
    if place is None or item is None or change not in {"created", "modified", "deleted"}:
        return None
    return PlaceChange(
        at_s=facts.time("t"),
        place=place,
        item=item,
        change=change,
        starts=facts.text("starts", MAX_TEXT),
        user=facts.text("username"),
        is_packaged=facts.truth("packaged"),
        record=record,
    )
