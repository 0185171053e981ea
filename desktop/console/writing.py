"""One JSON object as one line: the only place that writes them.

Before this on the path: a command or a running check. After it: other programs (docs/command-line.md).
"""

from __future__ import annotations

import json
import sys
from typing import Any, TextIO


def write_line(line: dict[str, Any], stream: TextIO | None = None) -> None:
    """Write one object as one line of UTF-8, at once; bytes of a name that are not UTF-8 stand as escapes."""
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"
    out = stream or sys.stdout
    out.flush()
    out.buffer.write(text.encode("utf-8", "backslashreplace"))
    out.buffer.flush()
