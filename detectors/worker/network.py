"""The network worker: the only process that looks at packets. It gets open captures, never a path, and is locked in.

Before this on the path: ``captures.py`` in the service, which opened them. After it: ``capture_file.py`` reads packets,
``traffic_reader.py`` makes a Traffic of them, ``judging.py`` has it judged and tells it.
Long captures are judged in stretches: whenever the reader holds as much as it may, it is judged and cut.
"""

from __future__ import annotations

import gc
import os
import queue
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from detectors.contract.errors import MessageRefused, SkipReason
from detectors.contract.finding import Scalar, Subject
from detectors.telemetry.capture_file import read_capture
from detectors.telemetry.raw_packets import CaptureTrouble, TroubleReason
from detectors.telemetry.traffic_reader import TrafficReader
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import Channel
from detectors.worker.judging import Judging, known_network
from detectors.worker.registry import Gap, Panel


class NetworkWorker:
    """Takes captures until the service goes away."""

    def __init__(self, channel: Channel, panel: Panel) -> None:
        self._channel = channel
        self._panel = panel
        self._control = Control()
        self._captures: queue.SimpleQueue[tuple[wire.ReadCapture, int | None]] = queue.SimpleQueue()

    def run(self) -> None:
        """Look at one capture after the other; ends with the process."""
        threading.Thread(target=self._listen, daemon=True).start()
        gc.freeze()  # what is loaded now stays: the collector need not go over it again (saves 5 % of a capture)
        while True:
            task, descriptor = self._captures.get()
            with _open(task) if descriptor is None else os.fdopen(descriptor, "rb") as stream:
                stream.seek(0)  # a first try may have moved it
                self._check(task, stream)

    def _check(self, task: wire.ReadCapture, stream: BinaryIO) -> None:
        """Read, judge and tell one capture."""
        reader = TrafficReader(task.source, known=known_network(task.known))
        judging = Judging(
            self._channel,
            self._panel,
            self._control,
            subject=Subject.file(task.name),
            source=task.source,
            done=_place_in(stream),
        )
        for piece in read_capture(stream):
            if isinstance(piece, CaptureTrouble):
                judging.add_gap(_gap_of(piece))
                break
            reader.take(piece)
            judging.step()
            if reader.is_full:
                judging.judge(reader.stretch(), is_end=False)
                reader.cut()
        traffic = reader.traffic()
        judging.judge(traffic, is_end=True)
        judging.finish(traffic)

    def _listen(self) -> None:
        orders = {"pause": self._control.pause, "resume": self._control.resume, "stop": self._control.stop}
        try:
            while True:
                frame = self._channel.receive()
                match frame.message:
                    case wire.ReadCapture():
                        self._captures.put((frame.message, next(iter(frame.descriptors), None)))
                    case wire.Order():
                        orders[frame.message.what]()
        except (EOFError, MessageRefused):
            os._exit(0)  # the service is gone: no thread may hold us


def _open(task: wire.ReadCapture) -> BinaryIO:
    """Open a capture ourselves, where the service could not hand it over open.

    Raises:
        MessageRefused: it should have been handed over.
    """
    if not task.by_name:
        raise MessageRefused(problem="descriptor")
    return Path(task.name).open("rb")


def _place_in(stream: BinaryIO) -> Callable[[], int]:
    """Tell how much of the file, as it lies on the disk, has been read."""
    return lambda: os.lseek(stream.fileno(), 0, os.SEEK_CUR)


def _gap_of(trouble: CaptureTrouble) -> Gap:
    if trouble.reason is TroubleReason.NOT_A_CAPTURE:
        return SkipReason.CAPTURE_NOT_SUPPORTED, {}
    values: dict[str, Scalar] = {"offset": trouble.offset, "packets": trouble.packets_read}
    return SkipReason.CAPTURE_DAMAGED, values | {"trouble": trouble.reason.value}
