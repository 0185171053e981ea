"""A person's hand on running work: pause, resume, stop. Held by a face, read by ``parent.py``."""

from __future__ import annotations

import threading


class Control:
    """Pause, resume or stop a running check, from any thread."""

    def __init__(self) -> None:
        self._paused = threading.Event()
        self._stopped = threading.Event()

    def pause(self) -> None:
        """Ask the run to wait; what is in work is finished first."""
        self._paused.set()

    def resume(self) -> None:
        """Let it go on."""
        self._paused.clear()

    def stop(self) -> None:
        """Ask the run to end; within one second it has."""
        self._stopped.set()

    @property
    def is_paused(self) -> bool:
        """True while it should wait."""
        return self._paused.is_set()

    @property
    def is_stopped(self) -> bool:
        """True once it should end."""
        return self._stopped.is_set()
