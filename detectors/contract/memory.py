"""Pieces of the memory of running programs: the record of the look with file patterns into memory.

Before this on the path: ``telemetry/program_memory.py``, which reads them. After it: ``suspicious_memory``.
Apart from ``programs``, because only this look loads YARA.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MemoryPiece:
    """Some bytes of one program's memory, at one moment."""

    source: str
    """The input as it was given."""
    pid: int
    name: str
    """As the system calls the program."""
    path: str | None
    """Its executable; None: not ours to read."""
    user: str | None
    started_s: float | None
    """Seconds since 1970."""
    kind: str
    """``heap``, ``stack``, ``unnamed``, ``shared`` or ``file``."""
    is_executable: bool
    """True when the processor may run what stands here."""
    address: int
    """Of the region."""
    offset: int
    """Of the piece in its region, in bytes."""
    data: bytes = field(repr=False)
    """As read; the program goes on meanwhile."""
