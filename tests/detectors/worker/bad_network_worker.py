"""A network worker whose only detector does what the capture's name says: run as a program by the tests of the wall."""

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
from detectors.contract.traffic import Traffic, network_finding  # noqa: E402
from detectors.worker import child  # noqa: E402
from tests.detectors.worker.bad_worker import attempt  # noqa: E402


class ObeysNames(Detector):
    """Does what the words in the name of the capture ask for: ``find.segv.pcap``."""

    name: ClassVar[str] = "obeys_names"
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Traffic
    reasons: ClassVar[tuple[str, ...]] = ("port_scan_vertical",)

    @classmethod
    def build(cls, context):  # noqa: ARG003 - nothing of it is needed
        if os.environ.get("BAD_WORKER_BUILD") == "dies":
            os._exit(1)
        return cls()

    def detect(self, traffic: Traffic) -> Iterator[Finding]:
        for word in Path(traffic.source).name.split("."):
            yield from self.obey(word, traffic)

    def obey(self, word: str, traffic: Traffic) -> Iterator[Finding]:  # noqa: C901 - a list of deeds
        match word:
            case "find":
                yield self.say(traffic, "192.0.2.7")
            case "lie":
                yield self.say(traffic, "192.0.2.7", source="/etc/passwd")
            case "many":
                yield from (self.say(traffic, f"192.0.2.{n}", host=f"10.{n // 250}.{n % 250}.1") for n in range(6_000))
            case "nan":
                yield self.say(traffic, float("nan"))
            case "segv":
                ctypes.string_at(0)
            case "once":  # dies the first time only
                flag = Path(traffic.source).with_suffix(".died")
                if not flag.exists():
                    os._exit(3)
            case "sleep":
                time.sleep(3600)
            case "memory":
                hoard = [bytes(50_000_000) for _ in range(1000)]
                raise AssertionError(len(hoard))
            case "fail":
                raise ZeroDivisionError
            case "write" | "connect" | "run" | "read" | "kill" | "fork":
                yield self.say(traffic, attempt(word))
            case "heavy":
                yield self.say(traffic, ", ".join(sorted({"yara", "scapy", "py7zr"} & set(sys.modules))) or "none")

    def say(self, traffic: Traffic, other: object, *, host: str = "192.0.2.1", source: str = "") -> Finding:
        finding = network_finding(
            self,
            traffic,
            reason="port_scan_vertical",
            host=host,
            severity=Severity.MEDIUM,
            confidence=0.9,
            evidence=[Evidence("other_side", other)],
            seen_s=(0.0, 1.0),
            records=[1],
        )
        if source:
            object.__setattr__(finding, "source", source)
            object.__setattr__(finding, "subject", Subject("host", "192.0.2.1"))
        return finding


if __name__ == "__main__":
    sys.exit(child.main(sys.argv[1], kinds=[ObeysNames]))
