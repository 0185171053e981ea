"""How a file is named: by its whole path, so that it is one and the same wherever a command was given.

Before this on the path: inputs as a person wrote them. After it: subjects of findings and of what was left out.
"""

from __future__ import annotations

from pathlib import Path


def whole_path(path: str) -> str:
    """Put this folder in front of a path that does not begin at the top; links and ``..`` stay as they are written."""
    try:
        return str(Path(path).absolute()) if path else path
    except OSError:  # the folder we stand in is gone
        return path
