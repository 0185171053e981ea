"""The version of the program, from the one place that names it.

Before this on the path: ``pyproject.toml``. After it: ``--version``, the first line of each JSON output, the doctor.
"""

from __future__ import annotations

import functools
import tomllib
from pathlib import Path


@functools.cache
def version() -> str:
    """Read the version."""
    project = Path(__file__).resolve().parent.parent / "pyproject.toml"
    return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])
