"""Watches this computer's own connections for a while and has them judged: the worker's side.

Before this on the path: ``watches.py`` in the service, which sent the job. After it: ``judging.py``, and back over the
wall. It reads what the system says about sockets and programs, so it keeps the right to read, and loses that to write.
"""

from __future__ import annotations

import os
import threading
import time

from detectors.contract.errors import MessageRefused, SkipReason
from detectors.contract.finding import Subject
from detectors.contract.traffic import KnownNetwork
from detectors.telemetry.connections import ConnectionLog
from detectors.worker import wire
from detectors.worker.control import Control
from detectors.worker.framing import Channel
from detectors.worker.judging import Judging
from detectors.worker.registry import Panel

LOOK_EVERY_S = 1.0
"""One look costs 10 to 50 ms; shorter connections than this may be missed, and the page says so."""
_STEP_S = 0.05


class ConnectionsWatch:
    """One ``CheckConnections`` job."""

    def __init__(self, channel: Channel, panel: Panel, job: wire.CheckConnections) -> None:
        self._job = job
        self._control = Control()
        self._begun_at = time.monotonic()
        self._channel = channel
        self._judging = Judging(
            channel,
            panel,
            self._control,
            subject=Subject("sense", "network"),
            source=job.source,
            done=lambda: int(self._watched_s()),
        )

    def run(self) -> None:
        """Look once a second until the time is over or a person stops it; then judge."""
        threading.Thread(target=self._listen, daemon=True).start()
        log = ConnectionLog(self._job.source)
        looked_at = -LOOK_EVERY_S
        while not self._control.is_stopped and (looked_at < 0 or self._watched_s() < self._job.seconds):
            if self._watched_s() - looked_at >= LOOK_EVERY_S and not self._control.is_paused:
                looked_at = self._watched_s()
                log.look(time.time())
            self._judging.step()
            time.sleep(_STEP_S)
        known = self._job.known
        learned = KnownNetwork(frozenset(known.devices), frozenset(known.destinations), is_learned=known.is_learned)
        traffic = log.traffic(learned)
        if unknown := log.without_program:
            self._judging.add_gap((SkipReason.PROGRAMS_UNKNOWN, {"connections": unknown}))
        self._judging.judge(traffic, is_end=True, rows=list(log.listeners()))
        self._judging.finish(traffic)

    def _watched_s(self) -> float:
        return time.monotonic() - self._begun_at - self._control.paused_s

    def _listen(self) -> None:
        orders = {"pause": self._control.pause, "resume": self._control.resume, "stop": self._control.stop}
        try:
            while True:
                order = self._channel.receive().message
                if isinstance(order, wire.Order):
                    orders[order.what]()
        except (EOFError, MessageRefused):
            os._exit(0)
