"""Reads program starts from Windows events: security 4688, Sysmon 1 (start) and 5 (end), and WMI's process start trace.

Before this on the path: ``start_events_recorded.py``. After it: the same. One event a line, as XML (``wevtutil``,
``Get-WinEvent``'s ``ToXml``) or JSON (as most shippers write it). Auditing of process creation must be on, with command
lines; Sysmon must be installed. XML from a log is hostile: a document type is refused unread, and nothing is fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

from detectors.contract.programs import Program
from detectors.telemetry.process_source import MAX_COMMAND_BYTES
from detectors.telemetry.start_events import SeenEnd, SeenEvent, SeenStart
from detectors.telemetry.start_events_recorded import LineParser

MAX_FIELDS = 200
MAX_DEPTH = 20
_AUDIT_START, _SYSMON_START, _SYSMON_END = "4688", "1", "5"
_INTEGRITY = {"4096": "Low", "8192": "Medium", "8448": "Medium", "12288": "High", "16384": "System"}
"""Mandatory label of 4688: the last number of the SID S-1-16-..."""
_MOST_PID = 1 << 32
_SYSTEM_FIELDS = ("EventID", "Provider", "TimeCreated", "Computer", "EventRecordID")
_MOST_TIME = 40
_MOST_TICKS = 1 << 60
_TICKS_PER_S, _TICKS_BEGIN_S = 1e7, 11_644_473_600
"""Windows counts tenths of a microsecond since 1601."""


class WindowsEvents(LineParser):
    """Starts and ends out of exported Windows events."""

    way = "windows"

    def __init__(self) -> None:
        self.refused = 0

    def feed(self, line: str) -> Iterator[SeenEvent]:
        """Take one event."""
        text = line.strip().removeprefix("\ufeff")
        if not text:
            return
        fields = _read_xml(text) if text.startswith("<") else _read_json(text)
        if fields is None:
            self.refused += 1
            return
        event = _read_event(fields)
        if event is not None:
            yield event


def _read_event(fields: Mapping[str, str]) -> SeenEvent | None:
    """Choose by number and provider; number 1 alone means many things."""
    number = fields.get("EventID")
    is_sysmon = "sysmon" in fields.get("Provider", "").casefold() or "ProcessGuid" in fields
    if number == _AUDIT_START and "NewProcessName" in fields:
        return _audit_start(fields)
    if number == _SYSMON_START and is_sysmon:
        return _sysmon_start(fields)
    if number == _SYSMON_END and is_sysmon:
        pid, at_s = _whole(fields.get("ProcessId")), _moment(fields.get("UtcTime") or fields.get("TimeCreated"))
        return None if pid is None or at_s is None else SeenEnd(pid, at_s)
    if "ProcessName" in fields and "ParentProcessID" in fields:
        return _trace_start(fields)
    return None


def _audit_start(fields: Mapping[str, str]) -> SeenStart:
    """Read 4688: its ``ProcessId`` is the one who started, ``NewProcessId`` what began."""
    at_s = _moment(fields.get("TimeCreated"))
    program = _program(fields.get("NewProcessName"), fields.get("CommandLine"), fields.get("NewProcessId"), at_s)
    program.parent_pid = _whole(fields.get("ProcessId"))
    target = _account(fields.get("TargetDomainName"), fields.get("TargetUserName"))
    program.user = target or _account(fields.get("SubjectDomainName"), fields.get("SubjectUserName"))
    program.integrity = _INTEGRITY.get((fields.get("MandatoryLabel") or "").rpartition("-")[2])
    parent = _parent(fields.get("ParentProcessName"), None, program)
    return SeenStart(program, parent, at_s)


def _sysmon_start(fields: Mapping[str, str]) -> SeenStart:
    at_s = _moment(fields.get("UtcTime") or fields.get("TimeCreated"))
    program = _program(fields.get("Image"), fields.get("CommandLine"), fields.get("ProcessId"), at_s)
    program.parent_pid = _whole(fields.get("ParentProcessId"))
    program.user = _known(fields.get("User"))
    program.folder = _known(fields.get("CurrentDirectory"))
    program.integrity = _known(fields.get("IntegrityLevel"))
    program.original_name = _known(fields.get("OriginalFileName"))
    return SeenStart(program, _parent(fields.get("ParentImage"), fields.get("ParentCommandLine"), program), at_s)


def _trace_start(fields: Mapping[str, str]) -> SeenStart:
    """Read ``Win32_ProcessStartTrace``: a name and two numbers, no path and no command line."""
    created = _whole(fields.get("TIME_CREATED"), _MOST_TICKS)
    at_s = None if created is None else created / _TICKS_PER_S - _TICKS_BEGIN_S
    program = _program(None, None, fields.get("ProcessID"), at_s)
    program.name = _known(fields.get("ProcessName"))
    program.parent_pid = _whole(fields.get("ParentProcessID"))
    return SeenStart(program, at_s=at_s)


def _program(path: str | None, command: str | None, pid: str | None, at_s: float | None) -> Program:
    path = _known(path)
    program = Program(-1, "windows", pid=_whole(pid), path=path, command=_known(command), started_s=at_s)
    program.name = path.rpartition("\\")[2] if path else None
    return program


def _parent(path: str | None, command: str | None, program: Program) -> Program | None:
    path, command = _known(path), _known(command)
    if path is None and command is None:
        return None
    name = path.rpartition("\\")[2] if path else None
    return Program(-1, "windows", pid=program.parent_pid, path=path, command=command, name=name)


def _read_xml(text: str) -> dict[str, str] | None:
    """Read the fields of one event; None for what is none."""
    if "<!" in text:  # a document type could name files or grow without end; events have none
        return None
    try:
        root = ET.fromstring(text)  # noqa: S314 - no document type, one bounded line
    except (ET.ParseError, ValueError):
        return None
    fields: dict[str, str] = {}
    for element in root.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "Provider":
            fields[tag] = element.get("Name", "")
        elif tag == "TimeCreated":
            fields[tag] = element.get("SystemTime", "")
        elif tag == "Data" and element.get("Name"):
            fields[element.get("Name", "")] = element.text or ""
        elif tag in _SYSTEM_FIELDS:
            fields[tag] = element.text or ""
        if len(fields) >= MAX_FIELDS:
            break
    return fields


def _read_json(text: str) -> dict[str, str] | None:
    """Read the fields of one event, however deep a shipper put them."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    fields: dict[str, str] = {}
    _flatten(value, fields, MAX_DEPTH)
    for ours, theirs in (("Provider", "SourceName"), ("TimeCreated", "@timestamp"), ("TimeCreated", "SystemTime")):
        if ours not in fields and theirs in fields:
            fields[ours] = fields[theirs]
    return fields


def _flatten(value: dict[str, Any], fields: dict[str, str], depth: int) -> None:
    for name, inner in value.items():
        if len(fields) >= MAX_FIELDS or depth == 0:
            return
        if isinstance(inner, dict):
            if name == "Provider" and isinstance(inner.get("Name"), str):
                fields[name] = inner["Name"]
            _flatten(inner, fields, depth - 1)
        elif isinstance(inner, (str, int)) and not isinstance(inner, bool):
            fields.setdefault("EventID" if name in ("EventCode", "event_id", "#text") else name, str(inner))


def _known(text: str | None) -> str | None:
    """Keep a text; a dash is how Windows says that it does not know."""
    return text[:MAX_COMMAND_BYTES] if text and text != "-" else None


def _account(domain: str | None, name: str | None) -> str | None:
    known = _known(name)
    return f"{domain}\\{known}" if known and _known(domain) else known


def _whole(text: str | None, most: int = _MOST_PID) -> int | None:
    """Read a number, decimal or as ``0x1a4``."""
    try:
        value = int(text or "", 16 if (text or "")[:2].lower() == "0x" else 10)
    except ValueError:
        return None
    return value if 0 <= value < most else None


def _moment(text: str | None) -> float | None:
    """Read ``2024-05-01T10:20:30.1234567Z`` or ``2024-05-01 10:20:30.123``, both in world time."""
    if not text or len(text) > _MOST_TIME:
        return None
    day, dot, fraction = text.strip().removesuffix("Z").partition(".")
    try:
        return datetime.fromisoformat(f"{day}{dot}{fraction[:6].ljust(6, '0') if dot else ''}+00:00").timestamp()
    except (ValueError, OverflowError):
        return None
