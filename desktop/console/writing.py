"""One JSON object as one line on a stream.

Before this on the path: a command or a running check. After it: other programs (docs/command-line.md).
"""

from __future__ import annotations

import sys
from typing import Any, TextIO

from desktop.service.export import json_text


def write_line(line: dict[str, Any], stream: TextIO | None = None) -> None:
    """Write one object as one line, at once."""
    out = stream or sys.stdout
    out.flush()
    out.buffer.write(json_text(line).encode("ascii") + b"\n")
    out.buffer.flush()
