"""Does every detector still fire? Harmless samples, made at run time, go the real way through the worker.

Before this on the path: ``selftest``. After it: one line for each sample.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop.service.checking import RunJob
from desktop.service.events import Control


@dataclass(frozen=True, slots=True)
class SelftestLine:
    """One sample and what came of it."""

    name: str
    """What was tried, e.g. ``suspicious_file: documents.MacroStartsByItself``."""
    fired: bool
    """True when it was found."""
    detail: str
    """Where to look when it was not; empty otherwise."""


def selftest_lines(folder: Path, run_job: RunJob, control: Control) -> Iterator[SelftestLine]:
    """Try every sample of ``folder``."""
    raise NotImplementedError
