"""A worker whose only detector does what the file says: run as a program by the tests of the wall."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT))

from detectors.contract.detector import Detector  # noqa: E402 - the path comes first
from detectors.contract.errors import CheckUnfinished, RulesBroken, SkippedCheck, SkipReason  # noqa: E402
from detectors.contract.finding import Finding, Subject  # noqa: E402
from detectors.contract.records import FileRecord  # noqa: E402
from detectors.worker import child  # noqa: E402
from detectors.worker.wall import Timing  # noqa: E402
from tests.factories import make_finding  # noqa: E402

QUICK = Timing(file_s=1.5, whole_file_s=3.0, silence_s=10.0, rules_s=10.0, backoff_s=(0.01,))


class Obedient(Detector):
    """Does what the file asks for."""

    name: ClassVar[str] = "obedient"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = FileRecord
    reasons: ClassVar[tuple[str, ...]] = ("test_file",)

    @classmethod
    def build(cls, context):  # noqa: ARG003 - nothing of it is needed
        match os.environ.get("BAD_WORKER_BUILD"):
            case "broken":
                raise RulesBroken(path="x.yar", line=3, problem="no")
            case "dies":
                os._exit(1)
            case "fails":
                raise ZeroDivisionError
        return cls()

    def gaps(self):
        pack = os.environ.get("BAD_WORKER_GAP")
        return (SkippedCheck(Subject.file(pack), SkipReason.RULES_BROKEN, pack),) if pack else ()

    def detect(self, record: FileRecord) -> Iterator[Finding]:
        words = record.data[:200].decode("ascii", "replace").split()
        if words[:1] != ["please"]:
            return
        for word in words[1:]:
            yield from self.obey(word, record)

    def obey(self, word: str, record: FileRecord) -> Iterator[Finding]:  # noqa: C901, PLR0912 - a list of deeds
        match word:
            case "find":
                yield make_finding(record.name, detector=self.name, source=record.source)
            case "segv":
                ctypes.string_at(0)
            case "exit":
                os._exit(3)
            case "sleep":
                time.sleep(3600)
            case "nap":
                time.sleep(0.2)
            case "grip":  # sleeps without letting go of the interpreter: not even a sign of life is left
                ctypes.PyDLL(None).sleep(3600)
            case "spin":
                while True:
                    pass
            case "memory":
                hoard = [bytes(50_000_000) for _ in range(1000)]
                raise AssertionError(len(hoard))
            case "fail":
                raise ZeroDivisionError
            case "unfinished":
                raise CheckUnfinished(SkipReason.TIME_LIMIT, limit_s=1)
            case "nan":
                yield make_finding(record.name, confidence=float("nan"))
            case "write" | "connect" | "run" | "read" | "chmod" | "kill" | "fork":
                yield make_finding(record.name, reason=attempt(word))


def attempt(word: str) -> str:
    """Try what a parser must not be able to do; say what came of it."""
    try:
        match word:
            case "write":
                os.close(os.open("/tmp/plainwatch-must-not-exist", os.O_WRONLY | os.O_CREAT))
            case "connect":
                socket.socket().close()
            case "run":
                subprocess.run(["/bin/true"], check=False)
            case "read":
                os.close(os.open("/etc/passwd", os.O_RDONLY))
            case "chmod":
                os.chmod(0, 0o600)
            case "kill":
                os.kill(os.getppid(), 0)
            case "fork":
                os.fork()
    except OSError as error:
        return f"refused_{error.errno}"
    return "was_possible"


if __name__ == "__main__":
    sys.exit(child.main(sys.argv[1], command=[sys.executable, __file__], timing=QUICK, kinds=[Obedient]))
