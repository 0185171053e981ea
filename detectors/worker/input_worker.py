"""A worker that is handed one open recorded input after the other, never a path, and is locked in.

Before this on the path: ``recorded_inputs.py`` in the service, which opened them. After it: ``network.py`` for
captures, ``recordings_worker.py`` for recordings of programs.
"""

from __future__ import annotations

import gc
import os
import queue
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Generic, TypeVar

from detectors.contract.errors import MessageRefused
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import Channel
from detectors.worker.orders import follow
from detectors.worker.registry import Panel

TaskT = TypeVar("TaskT", wire.ReadCapture, wire.ReadRecording)


class InputWorker(ABC, Generic[TaskT]):
    """Takes inputs until the service goes away."""

    def __init__(self, channel: Channel, panel: Panel) -> None:
        self._channel = channel
        self._panel = panel
        self._control = Control()
        self._tasks: queue.SimpleQueue[tuple[TaskT, int | None]] = queue.SimpleQueue()

    def run(self) -> None:
        """Look at one input after the other; ends with the process."""
        threading.Thread(target=self._listen, daemon=True).start()
        gc.freeze()  # what is loaded now stays: the collector need not go over it again (saves 5 % of a capture)
        while True:
            task, descriptor = self._tasks.get()
            with _open(task) if descriptor is None else os.fdopen(descriptor, "rb") as stream:
                stream.seek(0)  # a first try may have moved it
                self._check(task, stream)

    @abstractmethod
    def _check(self, task: TaskT, stream: BinaryIO) -> None:
        """Read, judge and tell one input."""

    def _listen(self) -> None:
        try:
            while True:
                frame = self._channel.receive()
                message = frame.message
                if isinstance(message, wire.Order):
                    follow(self._control, message)
                else:  # the channel accepts nothing but orders and tasks of this kind
                    self._tasks.put((message, next(iter(frame.descriptors), None)))  # type: ignore[arg-type]
        except (EOFError, MessageRefused):
            os._exit(0)  # the service is gone: no thread may hold us


def place_in(stream: BinaryIO) -> Callable[[], int]:
    """Tell how much of the file, as it lies on the disk, has been read."""
    return lambda: os.lseek(stream.fileno(), 0, os.SEEK_CUR)


def _open(task: wire.ReadCapture | wire.ReadRecording) -> BinaryIO:
    """Open an input ourselves, where the service could not hand it over open.

    Raises:
        MessageRefused: it should have been handed over.
    """
    if not task.by_name:
        raise MessageRefused(problem="descriptor")
    return Path(task.name).open("rb")
