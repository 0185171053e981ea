"""What every watch over this computer has: a clock, a person's hand, and an end.

Before this on the path: ``watches.py`` in the service, which sent the job. After it: ``watching.py`` for the network,
``program_watching.py`` for programs.
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod

from detectors.worker.control import Control
from detectors.worker.framing import Channel
from detectors.worker.orders import obey


class Watch(ABC):
    """One job of watching."""

    def __init__(self, channel: Channel, seconds: float) -> None:
        """Begin the clock.

        Args:
            channel: Where a person's wishes come from.
            seconds: How long it is to last.
        """
        self._channel = channel
        self._seconds = seconds
        self._control = Control()
        self._begun_at = time.monotonic()

    def run(self) -> None:
        """Watch until the time is over or a person stops it, and say the last word."""
        threading.Thread(target=obey, args=(self._channel, self._control), daemon=True).start()
        self._watch()

    @abstractmethod
    def _watch(self) -> None:
        """Watch and judge."""

    @property
    def _is_over(self) -> bool:
        return self._control.is_stopped or self._watched_s() >= self._seconds

    def _watched_s(self) -> float:
        return time.monotonic() - self._begun_at - self._control.paused_s
