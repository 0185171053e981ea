from __future__ import annotations

import threading

import pytest

from detectors.contract.detector import DetectorContext
from detectors.contract.errors import SkipReason
from detectors.worker import wire
from detectors.worker.registry import Panel
from detectors.worker.watching import LiveWatch


class Wall:
    """Keeps what is told, and never orders anything."""

    def __init__(self) -> None:
        self.told: list[wire.CapturePart] = []

    def send(self, message: object) -> None:
        if isinstance(message, wire.CapturePart):
            self.told.append(message)

    def receive(self) -> None:
        threading.Event().wait()


class SilentRing:
    """A network card on which nothing passes."""

    dropped = 0

    def __init__(self, *, is_down: bool) -> None:
        self.is_down = is_down

    def read(self, timeout_s: float) -> None:
        threading.Event().wait(timeout_s)


@pytest.mark.parametrize("is_down", [True, False])
def test_a_card_that_was_switched_off_leaves_a_gap(tmp_path, is_down):
    wall = Wall()
    panel = Panel.build(DetectorContext(tmp_path, None), [])
    LiveWatch(wall, panel, wire.CheckLive("eth0", 0.3), SilentRing(is_down=is_down), None).run()
    line = wall.told[-1].skipped
    assert wall.told[-1].is_last
    assert (line.reason if line else None) == (SkipReason.CARD_WAS_OFF if is_down else None)
