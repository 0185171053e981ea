"""The network worker where the system cannot pass descriptors on: it opens what it is told to, and nothing else."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from detectors.contract.errors import MessageRefused
from detectors.worker import wire
from detectors.worker.framing import Frame
from detectors.worker.input_worker import _open
from detectors.worker.network import NetworkWorker
from detectors.worker.registry import Panel
from tests.detectors.worker.test_captures import pcap


class OneTask:
    """A channel over which one task comes, and then nothing more."""

    def __init__(self, task: wire.ReadCapture) -> None:
        self._frames: queue.SimpleQueue[Frame] = queue.SimpleQueue()
        self._frames.put(Frame(task, (), b""))
        self.said: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def receive(self) -> Frame:
        return self._frames.get()  # waits for ever after the first, as for a service that has nothing to say

    def send(self, message: Any, descriptors: Sequence[int] = (), blob: bytes = b"") -> None:
        self.said.put(message)


def test_a_capture_that_comes_by_name_is_read(tmp_path: Path):
    path = tmp_path / "office.pcap"
    path.write_bytes(pcap())
    channel = OneTask(wire.ReadCapture(str(path), str(path), path.stat().st_size, by_name=True))

    threading.Thread(target=NetworkWorker(channel, Panel([])).run, daemon=True).start()
    last = next(one for one in iter(lambda: channel.said.get(timeout=20), None) if getattr(one, "is_last", False))

    assert last.units["packets"] == 3


def test_a_capture_that_should_have_come_open_is_not_opened(tmp_path: Path):
    with pytest.raises(MessageRefused):
        _open(wire.ReadCapture("x", str(tmp_path / "x"), 0))
