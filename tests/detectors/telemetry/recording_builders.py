"""Rows of recordings in few words, packed or not."""

from __future__ import annotations

import gzip
import json
from io import BytesIO
from typing import Any

from detectors.contract.errors import SkipReason
from detectors.contract.finding import Scalar
from detectors.contract.programs import Program, Programs
from detectors.telemetry.program_recording import RecordingReader

NOON_S = 1_700_000_000.0


def start(pid: int | None = 100, **fields: Any) -> dict[str, Any]:
    """A program that starts."""
    row = {
        "unit": "pc",
        "t": NOON_S,
        "os": "windows",
        "pid": pid,
        "ppid": 4,
        "name": "notes.exe",
        "exe": "C:\\notes.exe",
    }
    return row | {"cmdline": "notes.exe"} | fields


def lines(*rows: Any) -> bytes:
    """A recording; bytes are taken as they are."""
    return b"".join((row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows)


def packed(*rows: Any) -> bytes:
    """The same, packed."""
    return gzip.compress(lines(*rows), mtime=0)


def read(data: bytes, poll_s: float | None = None) -> tuple[list[Programs], RecordingReader]:
    """Read a recording to its end."""
    reader = RecordingReader("a.jsonl", poll_s)
    return list(reader.read(BytesIO(data))), reader


def starts(*rows: Any) -> list[Program]:
    """Read rows and list what started."""
    return [one for programs in read(lines(*rows))[0] for one in programs.starts]


def told(reader: RecordingReader) -> dict[SkipReason, dict[str, Scalar]]:
    """What the reader says it did not read."""
    return {one.reason: one.values for one in reader.skipped()}
