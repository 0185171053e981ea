"""A running check as JSON lines: results on stdout, progress on stderr.

Before this on the path: events of the service. After it: other programs. The form is public (docs/command-line.md).
"""

from __future__ import annotations

import sys
from typing import Any

from desktop.console.face import Face
from desktop.console.writing import write_line
from desktop.service.events import FindingSeen, PartRestarted, Progress, Skipped, SourceChecked, Started, Summary
from desktop.service.export import finding_line, skipped_line, utc_text
from desktop.version import version


class LineTeller:
    """Writes each event as one line."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def started(self, event: Started) -> None:
        """Say that the run began."""
        write_line(
            {
                "type": "started",
                "at": utc_text(event.at),
                "command": event.command,
                "version": version(),
                "isolation": event.isolation,
            }
        )

    def progress(self, event: Progress) -> None:
        """Say how far it is, on stderr."""
        if self._face.is_quiet:
            return
        line = {"type": "progress", "done": event.done, "total": event.total, "unit": event.unit}
        write_line(line | {"total_is_estimate": event.total_is_estimate}, sys.stderr)

    def restarted(self, event: PartRestarted) -> None:
        """Say that a part fell over and goes on, on stderr."""
        line = {"type": "restarted", "cause": event.cause, "signal": event.signal, "left_out": event.left_out}
        write_line(line, sys.stderr)

    def finding(self, event: FindingSeen) -> None:
        """Tell one finding."""
        write_line(finding_line(event.finding, self._face.service.explain(event.finding, self._face.language)))

    def skipped(self, event: Skipped) -> None:
        """Tell what was left out."""
        write_line(skipped_line(event.skipped, self._face.service.skip_text(event.skipped, self._face.language)))

    def checked(self, event: SourceChecked) -> None:
        """Tell that one input is done."""
        write_line({"type": "checked", "source": event.source, "units": event.units})

    def summary(self, event: Summary, not_shown: int) -> None:
        """Sum it up; the last line."""
        line: dict[str, Any] = {
            "type": "summary",
            "verdict": event.verdict,
            "seen": event.seen,
            "checked": event.checked,
            "skipped": event.skipped,
            "findings": event.findings,
            "duration_s": round(event.duration_s, 3),
            "units": event.units,
        }
        if not_shown:
            line["not_shown"] = not_shown
        if event.stopped:
            line["stopped"] = True
        write_line(line)

    def close(self) -> None:
        """Leave nothing behind."""
