"""A person's hand on running work: pause, resume, stop. Held by a face, read by ``parent.py``."""

from __future__ import annotations

import threading
import time


class Control:
    """Pause, resume or stop a running check, from any thread."""

    def __init__(self) -> None:
        self._paused = threading.Event()
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._paused_at: float | None = None
        self._earlier_pauses_s = 0.0

    def pause(self) -> None:
        """Ask the run to wait; what is in work is finished first."""
        with self._lock:
            if self._paused_at is None:
                self._paused_at = time.monotonic()
            self._paused.set()

    def resume(self) -> None:
        """Let it go on."""
        with self._lock:
            if self._paused_at is not None:
                self._earlier_pauses_s += time.monotonic() - self._paused_at
                self._paused_at = None
            self._paused.clear()

    def stop(self) -> None:
        """Ask the run to end; within one second it has."""
        self._stopped.set()

    @property
    def is_paused(self) -> bool:
        """True while it should wait."""
        return self._paused.is_set()

    @property
    def paused_s(self) -> float:
        """Tell how long it has been paused in all, the present pause included."""
        with self._lock:
            now_s = 0.0 if self._paused_at is None else time.monotonic() - self._paused_at
            return self._earlier_pauses_s + now_s

    @property
    def is_stopped(self) -> bool:
        """True once it should end."""
        return self._stopped.is_set()
