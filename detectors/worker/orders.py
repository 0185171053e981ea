"""Carries a person's wishes over the wall: pause, resume, stop.

Before this on the path: ``Control`` in the service. After it: ``Control`` in a worker.
"""

from __future__ import annotations

import os
import time

from detectors.contract.errors import MessageRefused
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import Channel
from detectors.worker.wall import Timing, Worker


class Hand:
    """Passes a person's wishes on to a worker."""

    def __init__(self, control: Control, worker: Worker, timing: Timing) -> None:
        self._control = control
        self._worker = worker
        self._timing = timing
        self._was_paused = False
        self._stop_at: float | None = None

    def gives_up(self) -> bool:
        """Pass on what is new; True when a stop was asked for and the worker does not follow."""
        if self._control.is_stopped:
            if self._stop_at is None:
                self._stop_at = time.monotonic()
                self._worker.send(wire.Order("stop"))
            return time.monotonic() - self._stop_at > self._timing.stop_s
        if self._control.is_paused != self._was_paused:
            self._was_paused = not self._was_paused
            self._worker.send(wire.Order("pause" if self._was_paused else "resume"))
        return False


def follow(control: Control, order: wire.Order) -> None:
    """Do in a worker what a person wishes."""
    {"pause": control.pause, "resume": control.resume, "stop": control.stop}[order.what]()


def obey(channel: Channel, control: Control) -> None:
    """Follow orders while a job runs; end at once when the parent is gone, whatever else goes on."""
    try:
        while True:
            order = channel.receive().message
            if isinstance(order, wire.Order):
                follow(control, order)
    except (EOFError, MessageRefused):
        os._exit(0)
