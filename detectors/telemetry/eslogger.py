"""Reads program starts and ends from the JSON lines of macOS' ``eslogger exec exit``.

Before this on the path: ``start_events_recorded.py``. After it: the same. ``eslogger`` needs root and full disk access;
a person runs it. Layout: Apple's EndpointSecurity framework (``es_message_t``, ``es_event_exec_t``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from detectors.contract.programs import Program
from detectors.telemetry.process_source import MAX_COMMAND_BYTES
from detectors.telemetry.start_events import SeenEnd, SeenEvent, SeenStart
from detectors.telemetry.start_events_recorded import LineParser

MAX_ARGUMENTS = 4_096
_MOST_PID = 1 << 31


class EsLogger(LineParser):
    """Starts and ends out of ``eslogger``."""

    way = "macos"

    def __init__(self) -> None:
        self.refused = 0

    def feed(self, line: str) -> Iterator[SeenEvent]:
        """Take one line."""
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            self.refused += 1
            return
        at_s = _moment(_get(message, "time"))
        event = _get(message, "event")
        if _get(event, "exec") is not None:
            program = _read_program(_get(event, "exec"), at_s)
            if program is None:
                self.refused += 1
            else:
                yield SeenStart(program, _read_parent(_get(message, "process"), program), at_s)
        elif _get(event, "exit") is not None:
            pid = _whole(_get(message, "process", "audit_token", "pid"))
            if pid is not None and at_s is not None:
                yield SeenEnd(pid, at_s)


def _read_program(event: Any, at_s: float | None) -> Program | None:
    target = _get(event, "target")
    pid = _whole(_get(target, "audit_token", "pid"))
    if pid is None:
        return None
    program = Program(-1, "macos", pid=pid, parent_pid=_whole(_get(target, "ppid")))
    program.started_s = _moment(_get(target, "start_time")) or at_s
    program.path = _text(_get(target, "executable", "path"))
    program.name = program.path.rpartition("/")[2] if program.path else None
    program.folder = _text(_get(event, "cwd", "path"))
    user_id = _whole(_get(target, "audit_token", "ruid"))
    program.user = None if user_id is None else "root" if user_id == 0 else str(user_id)
    words = _get(event, "args")
    if isinstance(words, list) and all(isinstance(word, str) for word in words[:MAX_ARGUMENTS]):
        program.arguments = tuple(words[:MAX_ARGUMENTS])
        program.command = " ".join(program.arguments)[:MAX_COMMAND_BYTES]
    return program


def _read_parent(process: Any, program: Program) -> Program | None:
    """Read who became this program: before the start its process was a copy of the parent's program."""
    path = _text(_get(process, "executable", "path"))
    if path is None or program.parent_pid is None:
        return None
    return Program(-1, "macos", pid=program.parent_pid, path=path, name=path.rpartition("/")[2])


def _get(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _text(value: Any) -> str | None:
    return value[:MAX_COMMAND_BYTES] if isinstance(value, str) and value else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST_PID else None


def _moment(value: Any) -> float | None:
    """Read ``2024-05-01T10:20:30.123456789Z``, or seconds and their fraction."""
    if isinstance(value, dict):
        seconds, fraction = _whole(_get(value, "tv_sec")), _get(value, "tv_usec") or 0
        return None if seconds is None or not isinstance(fraction, int) else seconds + min(abs(fraction), 10**6) / 1e6
    if not isinstance(value, str) or len(value) > 40:  # noqa: PLR2004 - longer than any such time
        return None
    day, dot, fraction = value.rstrip("Z").partition(".")
    try:
        return datetime.fromisoformat(
            f"{day}{dot and '.'}{fraction[:6].ljust(6, '0') if dot else ''}+00:00"
        ).timestamp()
    except (ValueError, OverflowError):
        return None
