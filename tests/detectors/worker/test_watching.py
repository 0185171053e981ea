from __future__ import annotations

import threading
import time

import pytest

from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import SkipReason
from detectors.contract.finding import Severity
from detectors.contract.traffic import Traffic, network_finding
from detectors.worker import watching, wire
from detectors.worker.registry import Panel
from detectors.worker.watching import LiveWatch


class Wall:
    """Keeps what is told, and never orders anything."""

    def __init__(self) -> None:
        self.told: list[wire.InputPart] = []
        self.told_s: list[float] = []

    def send(self, message: object) -> None:
        if isinstance(message, wire.InputPart):
            self.told.append(message)
            self.told_s.append(time.monotonic())

    def receive(self) -> None:
        threading.Event().wait()


class SilentRing:
    """A network card on which nothing passes."""

    dropped = 0

    def __init__(self, *, is_down: bool) -> None:
        self.is_down = is_down

    def read(self, timeout_s: float) -> None:
        threading.Event().wait(timeout_s)


class Counter(Detector):
    """Says how often it was asked."""

    name = "counter"
    version = "1"
    reads = Traffic
    reasons = ("beaconing",)

    def __init__(self) -> None:
        self.asked = 0

    def detect(self, traffic):
        self.asked += 1
        yield network_finding(
            self, traffic, reason="beaconing", host="192.0.2.7", severity=Severity.LOW, confidence=0.5,
            evidence=(), seen_s=(0.0, 0.0),
        )  # fmt: skip


def test_what_is_found_is_told_while_the_watch_goes_on_and_once(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "JUDGE_EVERY_S", 0.1)
    wall, counter = Wall(), Counter()
    began = time.monotonic()
    panel = Panel([counter])
    LiveWatch(wall, panel, wire.CheckLive("eth0", 1.2), SilentRing(is_down=False), None).run()
    [place] = [place for place, part in enumerate(wall.told) if part.findings]
    assert counter.asked >= 2
    assert wall.told_s[place] - began < 1.0
    assert sum(part.is_last for part in wall.told) == 1


@pytest.mark.parametrize("is_down", [True, False])
def test_a_card_that_was_switched_off_leaves_a_gap(tmp_path, is_down):
    wall = Wall()
    panel = Panel.build(DetectorContext(tmp_path, None), [])
    LiveWatch(wall, panel, wire.CheckLive("eth0", 0.3), SilentRing(is_down=is_down), None).run()
    line = wall.told[-1].skipped
    assert wall.told[-1].is_last
    assert (line.reason if line else None) == (SkipReason.CARD_WAS_OFF if is_down else None)
