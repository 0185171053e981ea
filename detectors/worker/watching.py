"""Watches this computer's own traffic for a while and has it judged: the worker's side.

Before this on the path: ``watches.py`` in the service, which sent the job. After it: ``traffic_judging.py``, and back
over the wall. Connections are what the system says about sockets and programs; live packets come from a socket that
somebody else was allowed to open.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from detectors.contract.errors import SkipReason
from detectors.contract.finding import Subject
from detectors.contract.traffic import Traffic
from detectors.features.hosts import write_mac
from detectors.telemetry.capture_writer import CaptureWriter
from detectors.telemetry.connections import ConnectionLog
from detectors.telemetry.traffic_reader import TrafficReader
from detectors.worker import wire
from detectors.worker.framing import Channel
from detectors.worker.registry import Panel
from detectors.worker.traffic_judging import TrafficJudging, known_network
from detectors.worker.watch import Watch

if TYPE_CHECKING:
    from detectors.telemetry.live_portable import LivePortable
    from detectors.telemetry.live_ring import LiveRing

LOOK_EVERY_S = 1.0
"""One look costs 10 to 50 ms; shorter connections than this may be missed, and the page says so."""
JUDGE_EVERY_S = 60.0
"""Nobody should wait for the end of a day to learn what happened in the morning."""
JUDGE_SHARE = 0.05
"""Judging in between takes at most this part of the time: meanwhile packets wait in the ring, which holds seconds."""
MAX_DEVICES = 1_000
"""Learned at once: a made-up flood of addresses teaches nothing."""
_STEP_S = 0.05
_READ_S = 0.2


class NetworkWatch(Watch):
    """One watch over traffic."""

    def __init__(self, channel: Channel, panel: Panel, job: wire.CheckConnections | wire.CheckLive) -> None:
        super().__init__(channel, job.seconds)
        self._job = job
        self._known = known_network(job.known)
        self._judging = TrafficJudging(
            channel,
            panel,
            self._control,
            subject=Subject("sense", "network"),
            source=job.source,
            done=lambda: int(self._watched_s()),
        )


class ConnectionsWatch(NetworkWatch):
    """Looks at open sockets once a second."""

    def _watch(self) -> None:
        log = ConnectionLog(self._job.source)
        looked_at = -LOOK_EVERY_S
        while looked_at < 0 or not self._is_over:
            if self._watched_s() - looked_at >= LOOK_EVERY_S:
                looked_at = self._watched_s()
                log.look(time.time())
            self._judging.step()
            time.sleep(_STEP_S)
        traffic = replace(log.traffic(self._known), picture=self._job.picture)
        if unknown := log.without_program:
            self._judging.add_gap((SkipReason.PROGRAMS_UNKNOWN, {"connections": unknown}))
        self._judging.judge(traffic, is_end=True, rows=list(log.listeners()))
        self._judging.finish(traffic)


class LiveWatch(NetworkWatch):
    """Reads packets as they pass."""

    def __init__(
        self, channel: Channel, panel: Panel, job: wire.CheckLive, ring: LiveRing | LivePortable, save: BinaryIO | None
    ) -> None:
        super().__init__(channel, panel, job)
        self._ring = ring
        self._writer = CaptureWriter(save) if save else None

    def _watch(self) -> None:
        reader = TrafficReader(self._job.source, known=self._known, is_recording=False, picture=self._job.picture)
        judge_at_s = JUDGE_EVERY_S
        while not self._is_over:
            raw = self._ring.read(_READ_S)
            if self._ring.is_down:
                self._judging.add_gap((SkipReason.CARD_WAS_OFF, {}))
            if raw is not None:
                if self._writer is not None:
                    self._writer.write(raw)
                reader.take(raw)
            reader.lost = self._ring.dropped
            self._judging.step()
            if reader.is_full:
                self._judging.judge(reader.stretch(), is_end=False)
                reader.cut()
            elif self._watched_s() >= judge_at_s:
                begun_s = self._watched_s()
                self._judging.look(reader.traffic(is_over=False))
                judge_at_s = self._watched_s() + max(JUDGE_EVERY_S, (self._watched_s() - begun_s) / JUDGE_SHARE)
        traffic = reader.traffic()
        self._judging.judge(traffic, is_end=True)
        self._judging.finish(traffic, _devices(traffic))


def _devices(traffic: Traffic) -> list[str]:
    """List the network cards behind addresses of this network; none when there are absurdly many."""
    flows, is_inside = traffic.flows, traffic.addresses.is_private
    macs = np.unique(np.r_[flows.client_mac[is_inside[flows.client]], flows.server_mac[is_inside[flows.server]]])
    return [write_mac(mac) for mac in macs.tolist() if mac] if len(macs) <= MAX_DEVICES else []
