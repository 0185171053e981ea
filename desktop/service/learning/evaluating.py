"""Has a model measured anew, in a process of its own that has the training extras.

Before this on the path: ``models evaluate`` on the console. After it: ``models/train/evaluate.py``, which writes the
numbers onto the card. Nothing of the training library is loaded here.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path("models/train/evaluate.py")
LONGEST_LINE = 10_000
"""Letters of one line that the process may say."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What became of one model."""

    name: str
    outcome: str
    """``measured``, ``missing_extras``, ``missing_recordings``, ``refused`` or ``failed``."""
    text: str = ""
    """Of ``refused``: why the numbers would be of something else, in English."""


def evaluate(program_folder: Path, names: tuple[str, ...]) -> Iterator[Evaluated]:
    """Measure models one after the other; each is told when it is done, and one without a word has failed."""
    command = [sys.executable, str(program_folder / SCRIPT), *names]
    left = list(names)
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        cwd=program_folder,
    ) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            while line := process.stdout.readline(LONGEST_LINE):
                told = _read_line(line)
                if told is not None and told.name in left:
                    left.remove(told.name)
                    yield told
        finally:
            process.kill()
    yield from (Evaluated(name, "failed") for name in left)


def _read_line(line: str) -> Evaluated | None:
    """Read one line of the process; a line of another kind says nothing."""
    try:
        told = json.loads(line)
    except ValueError:
        return None
    if not isinstance(told, dict) or told.get("type") not in ("measured", "missing", "refused"):
        return None
    outcome = f"missing_{told.get('what')}" if told["type"] == "missing" else told["type"]
    return Evaluated(str(told.get("name")), outcome, str(told.get("text", "")))
