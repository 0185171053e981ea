"""A worker for recordings whose only detector does what command lines say: run as a program by the tests of the wall."""

from __future__ import annotations

import ctypes
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

from detectors.contract.detector import Detector  # noqa: E402 - the path comes first
from detectors.contract.finding import Evidence, Finding, Severity, Subject  # noqa: E402
from detectors.contract.programs import Program, Programs, program_finding  # noqa: E402
from detectors.features.program_tree import tree_key  # noqa: E402
from detectors.worker import child  # noqa: E402
from tests.detectors.worker.bad_worker import attempt  # noqa: E402


class ObeysCommands(Detector):
    """Does what the commands of a recording ask for."""

    name: ClassVar[str] = "obeys_commands"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Programs
    reasons: ClassVar[tuple[str, ...]] = ("false_name",)

    @classmethod
    def build(cls, context):  # noqa: ARG003 - nothing of it is needed
        if os.environ.get("BAD_WORKER_BUILD") == "dies":
            os._exit(1)
        return cls()

    def detect(self, programs: Programs) -> Iterator[Finding]:
        for start in programs.starts:
            for word in (start.command or "").split():
                yield from self.obey(word, start, programs)

    def obey(self, word: str, start: Program, programs: Programs) -> Iterator[Finding]:
        match word:
            case "find":
                yield self.say(programs, start, "found")
            case "inherit" if any(parent in programs.flagged for parent in start.parents()):
                yield self.say(programs, start, "inherited")
            case "lie":
                finding = self.say(programs, start, "lie")
                object.__setattr__(finding, "subject", Subject("host", "192.0.2.1"))
                yield finding
            case "segv":
                ctypes.string_at(0)
            case "sleep":
                time.sleep(3600)
            case "fail":
                raise ZeroDivisionError
            case "write" | "connect" | "run" | "read" | "kill" | "fork":
                yield self.say(programs, start, attempt(word))
            case "heavy":
                loaded = sorted({"yara", "scapy", "py7zr", "psutil"} & set(sys.modules))
                yield self.say(programs, start, ", ".join(loaded) or "none")

    def say(self, programs: Programs, start: Program, what: str) -> Finding:
        return program_finding(
            self,
            programs,
            reason="false_name",
            about=start,
            severity=Severity.MEDIUM,
            confidence=0.9,
            evidence=[Evidence("said", what)],
            tree=tree_key(start),
            starts=[start],
        )


if __name__ == "__main__":
    sys.exit(child.main(sys.argv[1], kinds=[ObeysCommands]))
