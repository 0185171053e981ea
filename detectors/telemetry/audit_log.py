"""Reads program starts from lines of the Linux audit log (``execve`` and ``execveat``; rules: ``-S execve``).

Before this on the path: ``start_events_recorded.py``. After it: the same. One start is several lines with one number:
SYSCALL (numbers, account, executable), EXECVE (arguments, in pieces where they are long), CWD, and EOE at the end.
Layout: the audit project's record and field dictionaries.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from detectors.contract.programs import Program
from detectors.telemetry.process_details import Users
from detectors.telemetry.process_source import MAX_COMMAND_BYTES
from detectors.telemetry.start_events import SeenEvent, SeenStart
from detectors.telemetry.start_events_recorded import LineParser

MAX_OPEN = 1_000
"""Starts that wait for their other lines; lines of two starts may be mixed."""
MAX_ARGUMENTS = 4_096
_WANTED = frozenset(("SYSCALL", "EXECVE", "CWD", "EOE", "PROCTITLE"))
_EXEC_CALLS = frozenset(("59", "322", "221", "281", "11", "execve", "execveat"))
"""On x86_64, aarch64, and by name."""
_ARCH_OF_11 = "40000003"
_ENDING = "\x1d"
"""Between the kernel's own fields and those that the daemon made readable."""


class AuditLog(LineParser):
    """Starts out of an audit log."""

    way = "audit"

    def __init__(self, users: Users | None = None) -> None:
        """Read names of accounts from this computer unless told otherwise."""
        self._users = users or Users()
        self._open: OrderedDict[str, dict[str, dict[str, str]]] = OrderedDict()
        self.refused = 0

    def feed(self, line: str) -> Iterator[SeenEvent]:
        """Take one line."""
        kind, stamp, rest = _split_head(line)
        if kind not in _WANTED or not stamp:
            return
        if kind == "EOE":
            yield from self._complete(stamp)
            return
        self._open.setdefault(stamp, {}).setdefault(kind, {}).update(read_fields(rest))
        if len(self._open) > MAX_OPEN:
            yield from self._complete(next(iter(self._open)))

    def finish(self) -> Iterator[SeenEvent]:
        """Hand out starts whose end was not written."""
        for stamp in [*self._open]:
            yield from self._complete(stamp)

    def _complete(self, stamp: str) -> Iterator[SeenEvent]:
        records = self._open.pop(stamp, {})
        call = records.get("SYSCALL", {})
        is_old = call.get("syscall") == "11" and call.get("arch") != _ARCH_OF_11
        if call.get("syscall") not in _EXEC_CALLS or is_old or call.get("success", "yes") != "yes":
            return
        at_s = _number(stamp.partition(":")[0])
        program = Program(-1, "linux", pid=_whole(call.get("pid")), parent_pid=_whole(call.get("ppid")))
        if program.pid is None:
            self.refused += 1
            return
        program.started_s = at_s
        program.name = _text(call.get("comm"))
        program.path = _text(call.get("exe"))
        program.folder = _text(records.get("CWD", {}).get("cwd"))
        user_id = _whole(call.get("uid"))
        program.user = None if user_id is None else self._users.name(user_id)
        program.arguments = read_arguments(records["EXECVE"]) if "EXECVE" in records else None
        if program.arguments is not None:
            program.command = " ".join(program.arguments)
        yield SeenStart(program, at_s=at_s)


def _split_head(line: str) -> tuple[str, str, str]:
    """Split ``type=SYSCALL msg=audit(1700000000.123:45): fields``, also behind ``node=name``."""
    head, found, rest = line.partition("msg=audit(")
    stamp, closed, fields = rest.partition("):")
    if not found or not closed or len(stamp) > 64:  # noqa: PLR2004 - three numbers
        return "", "", ""
    return head.rpartition("type=")[2].strip(), stamp, fields


def read_fields(text: str) -> dict[str, str]:
    """Read ``name=value`` pairs; quoted values keep their quotes, which tell text from hexadecimal."""
    fields: dict[str, str] = {}
    at, text = 0, text.partition(_ENDING)[0]
    while (equals := text.find("=", at)) >= 0:
        name = text[at:equals].rpartition(" ")[2]
        begins = equals + 1
        quote = text[begins : begins + 1]
        if quote in ('"', "'"):
            ends = text.find(quote, begins + 1)
            ends = len(text) if ends < 0 else ends + 1
        else:
            ends = text.find(" ", begins)
            ends = len(text) if ends < 0 else ends
        fields[name] = text[begins:ends]
        at = ends
    return fields


def read_arguments(fields: dict[str, str]) -> tuple[str, ...] | None:
    """Put arguments together; long ones come as ``a1[0]``, ``a1[1]`` ... of one hexadecimal text."""
    total = _whole(fields.get("argc"))
    if total is None:
        return None
    found: list[str] = []
    left = MAX_COMMAND_BYTES
    for number in range(min(total, MAX_ARGUMENTS)):
        raw = fields.get(f"a{number}")
        if raw is None:
            pieces: list[str] = []
            while (piece := fields.get(f"a{number}[{len(pieces)}]")) is not None:
                pieces.append(piece)
            raw = "".join(pieces) if pieces else None
        if raw is None or left <= 0:  # its line was lost, or there are too many
            break
        found.append((_text(raw) or "")[:left])
        left -= len(found[-1]) + 1
    return tuple(found) or None


def _text(raw: str | None) -> str | None:
    """Read a value: in quotes as it is, else hexadecimal, as the kernel writes what is not plain."""
    if raw is None or raw in ("(null)", "?"):
        return None
    if raw[:1] == '"':
        return raw.strip('"')
    try:
        return bytes.fromhex(raw).decode("utf-8", "surrogateescape")
    except ValueError:
        return raw


def _whole(raw: str | None) -> int | None:
    return int(raw) if raw is not None and raw.isascii() and raw.isdecimal() and len(raw) < 12 else None  # noqa: PLR2004


def _number(raw: str) -> float | None:
    try:
        value = float(raw)
    except ValueError:
        return None
    return value if 0 < value < 1e11 else None  # noqa: PLR2004 - far beyond any year; NaN is neither
