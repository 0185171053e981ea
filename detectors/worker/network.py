"""The network worker: the only process that looks at packets of captures. It gets open captures, never a path.

Before this on the path: ``input_worker.py``, which takes them in. After it: ``capture_file.py`` reads packets,
``traffic_reader.py`` makes a Traffic of them, ``traffic_judging.py`` has it judged and tells it.
Long captures are judged in stretches: whenever the reader holds as much as it may, it is judged and cut.
"""

from __future__ import annotations

from typing import BinaryIO

from detectors.contract.errors import SkipReason
from detectors.contract.finding import Scalar, Subject
from detectors.telemetry.capture_file import read_capture
from detectors.telemetry.raw_packets import CaptureTrouble, TroubleReason
from detectors.telemetry.traffic_reader import TrafficReader
from detectors.worker import wire
from detectors.worker.input_worker import InputWorker, place_in
from detectors.worker.registry import Gap
from detectors.worker.traffic_judging import TrafficJudging, known_network


class NetworkWorker(InputWorker[wire.ReadCapture]):
    """Looks at captures."""

    def _check(self, task: wire.ReadCapture, stream: BinaryIO) -> None:
        """Read, judge and tell one capture."""
        reader = TrafficReader(task.source, known=known_network(task.known))
        judging = TrafficJudging(
            self._channel,
            self._panel,
            self._control,
            subject=Subject.file(task.name),
            source=task.source,
            done=place_in(stream),
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


def _gap_of(trouble: CaptureTrouble) -> Gap:
    if trouble.reason is TroubleReason.NOT_A_CAPTURE:
        return SkipReason.CAPTURE_NOT_SUPPORTED, {}
    values: dict[str, Scalar] = {"offset": trouble.offset, "packets": trouble.packets_read}
    return SkipReason.CAPTURE_DAMAGED, values | {"trouble": trouble.reason.value}
