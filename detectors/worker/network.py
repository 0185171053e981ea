"""The network worker: the only process that looks at packets. It gets open captures, never a path, and is locked in.

Before this on the path: ``captures.py`` in the service, which opened them. After it: ``capture_file.py`` reads packets,
``traffic_reader.py`` makes a Traffic of them, the detectors judge it, and what they say goes back over the wall.
Long captures are judged in stretches: whenever the reader holds as much as it may, it is judged and cut.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from detectors.contract.activity import ActivityRow
from detectors.contract.errors import MessageRefused, SkippedCheck, SkipReason
from detectors.contract.finding import Finding, Scalar, Subject
from detectors.contract.traffic import Traffic, TrafficCounts
from detectors.telemetry.capture_file import read_capture
from detectors.telemetry.raw_packets import CaptureTrouble, TroubleReason
from detectors.telemetry.traffic_reader import TrafficReader
from detectors.worker import wire
from detectors.worker.activity_sums import sum_up
from detectors.worker.control import Control
from detectors.worker.framing import Channel
from detectors.worker.registry import Gap, Panel

MAX_FINDINGS = 5_000
"""Of one capture; only an attack on us gives more."""
CUT_SHARE = 0.1
"""From this share of packets that were captured shorter than sent, contents were not seen as they should be."""
_FINDINGS_A_PART = 100
_ROWS_A_PART = 2_000
_TELL_S = 0.1
_LOOK_S = 0.05


class NetworkWorker:
    """Takes captures until the service goes away."""

    def __init__(self, channel: Channel, panel: Panel) -> None:
        self._channel = channel
        self._panel = panel
        self._control = Control()
        self._captures: queue.SimpleQueue[tuple[wire.ReadCapture, int]] = queue.SimpleQueue()

    def run(self) -> None:
        """Look at one capture after the other; ends with the process."""
        threading.Thread(target=self._listen, daemon=True).start()
        while True:
            task, descriptor = self._captures.get()
            with os.fdopen(descriptor, "rb") as stream:
                stream.seek(0)  # a first try may have moved it
                CaptureCheck(self._channel, self._panel, self._control, task).run(stream)

    def _listen(self) -> None:
        orders = {"pause": self._control.pause, "resume": self._control.resume, "stop": self._control.stop}
        try:
            while True:
                frame = self._channel.receive()
                match frame.message:
                    case wire.ReadCapture():
                        self._captures.put((frame.message, frame.descriptors[0]))
                    case wire.Order():
                        orders[frame.message.what]()
        except (EOFError, MessageRefused):
            os._exit(0)  # the service is gone: no thread may hold us


class CaptureCheck:
    """One capture from its first packet to its last word."""

    def __init__(self, channel: Channel, panel: Panel, control: Control, task: wire.ReadCapture) -> None:
        self._channel = channel
        self._panel = panel
        self._control = control
        self._task = task
        self._reader = TrafficReader(task.source)
        self._gaps: dict[SkipReason, Gap] = {}
        self._told: dict[str, Finding] = {}
        self._steps = 0
        self._told_at = 0.0

    def run(self, stream: BinaryIO) -> None:
        """Read, judge and tell it."""
        for piece in read_capture(stream):
            if isinstance(piece, CaptureTrouble):
                self._add_gap(_gap_of(piece))
                break
            self._reader.take(piece)
            self._step(stream)
            if self._reader.is_full:
                self._judge(self._reader.traffic(), stream)
                self._reader.cut()
        traffic = self._reader.traffic()
        self._judge(traffic, stream, is_end=True)
        for gap in _gaps_of(traffic.counts):
            self._add_gap(gap)
        units = {"packets": traffic.counts.packets, "flows": traffic.counts.flows, "bytes": traffic.counts.bytes}
        self._channel.send(wire.CapturePart(units=units, skipped=self._skipped_line(), is_last=True))

    def _judge(self, traffic: Traffic, stream: BinaryIO, *, is_end: bool = False) -> None:
        """Let the detectors judge a stretch and tell what is new."""
        findings, gap = self._panel.judge(traffic, lambda: self._step(stream))
        if gap is not None:
            self._add_gap(gap)
        self._tell(self._new(findings))
        rows = sum_up(traffic, with_open=is_end)
        for start in range(0, len(rows), _ROWS_A_PART):
            self._send_rows(rows[start : start + _ROWS_A_PART])
            self._step(stream)

    def _new(self, findings: Sequence[Finding]) -> Iterator[Finding]:
        """Choose what was not told yet, or is known better now; there is an end to it."""
        for finding in findings:
            if self._told.get(finding.id) == finding:
                continue
            if finding.id not in self._told and len(self._told) >= MAX_FINDINGS:
                self._add_gap((SkipReason.FINDINGS_DROPPED, {"limit": MAX_FINDINGS}))
                return
            self._told[finding.id] = finding
            yield finding

    def _tell(self, findings: Iterator[Finding]) -> None:
        told = list(findings)
        for start in range(0, len(told), _FINDINGS_A_PART):
            self._send_findings(told[start : start + _FINDINGS_A_PART])

    def _send_findings(self, findings: Sequence[Finding]) -> None:
        """Send some findings; what cannot be said, for its length or a number that is none, costs one at most."""
        try:
            self._channel.send(wire.CapturePart(findings=tuple(findings)))
        except MessageRefused:
            half = len(findings) // 2
            if half:
                self._send_findings(findings[:half])
                self._send_findings(findings[half:])
            else:
                self._add_gap((SkipReason.DETECTOR_FAILED, {"detector": findings[0].detector}))

    def _send_rows(self, rows: Sequence[ActivityRow]) -> None:
        self._channel.send(wire.CapturePart(activity=tuple(rows)))

    def _step(self, stream: BinaryIO) -> None:
        """Say how far it is, often enough to show and to prove life; wait here while a person wants that."""
        self._steps += 1
        if time.monotonic() - self._told_at > _TELL_S:
            self._told_at = time.monotonic()
            read_bytes = os.lseek(stream.fileno(), 0, os.SEEK_CUR)
            self._channel.send(wire.CaptureRead(read_bytes, self._steps))
        while self._control.is_paused and not self._control.is_stopped:
            time.sleep(_LOOK_S)

    def _add_gap(self, gap: Gap) -> None:
        self._gaps.setdefault(gap[0], gap)

    def _skipped_line(self) -> SkippedCheck | None:
        """Put all gaps into the one line that a capture gets: the first is the gravest, ``also`` names the others."""
        if not self._gaps:
            return None
        (reason, values), *others = self._gaps.values()
        if others:
            values = values | {"also": [other.value for other, _ in others]}
        return SkippedCheck(Subject.file(self._task.name), reason, self._task.source, values)


def _gap_of(trouble: CaptureTrouble) -> Gap:
    if trouble.reason is TroubleReason.NOT_A_CAPTURE:
        return SkipReason.CAPTURE_NOT_SUPPORTED, {}
    values: dict[str, Scalar] = {"offset": trouble.offset, "packets": trouble.packets_read}
    return SkipReason.CAPTURE_DAMAGED, values | {"trouble": trouble.reason.value}


def _gaps_of(counts: TrafficCounts) -> Iterator[Gap]:
    """Say what was read but could not be looked at as it should."""
    if counts.unknown_links:
        kinds = ", ".join(map(str, sorted(counts.unknown_links)))
        yield SkipReason.CAPTURE_LINK_UNKNOWN, {"packets": sum(counts.unknown_links.values()), "links": kinds}
    if counts.packets and counts.cut / counts.packets >= CUT_SHARE:
        yield SkipReason.CAPTURE_CUT, {"packets": counts.cut, "of": counts.packets}
    if counts.flows_evicted:
        yield SkipReason.FLOWS_EVICTED, {"flows": counts.flows_evicted}
    if counts.records_dropped:
        yield SkipReason.RECORDS_DROPPED, {"records": counts.records_dropped}
    if counts.lost:
        yield SkipReason.PACKETS_LOST, {"packets": counts.lost}
