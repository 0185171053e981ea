"""Joins all that reads packets, and hands out what was seen as one ``Traffic``.

Before this on the path: ``capture_file.py`` or a live source gives windows of raw packets. After it: detectors judge.
Memory is bounded: when ``is_full`` says so, have the traffic judged, then ``cut`` it; live flows go on.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np

from detectors.contract.baseline import LocalPicture
from detectors.contract.traffic import KnownNetwork, Traffic, TrafficCounts
from detectors.telemetry.conversations import Conversations
from detectors.telemetry.flows import FlowMeter
from detectors.telemetry.frames import ARP
from detectors.telemetry.lan import LanReader
from detectors.telemetry.packets import read_packets
from detectors.telemetry.raw_packets import PacketColumns, RawPackets

MAX_FLOWS = 200_000
"""Flows held until they are judged, about 80 MB; twice what may be live, so that a cut always makes room."""
MAX_ADDRESSES = 2 * MAX_FLOWS
"""Addresses held, about 60 MB."""


class TrafficReader:
    """Takes windows of one source."""

    def __init__(
        self,
        source: str,
        *,
        known: KnownNetwork | None = None,
        is_recording: bool = True,
        picture: LocalPicture | None = None,
    ) -> None:
        """Begin.

        Args:
            source: The input as it was given.
            known: What this computer has learned to know.
            is_recording: False for live traffic.
            picture: What is usual on this computer.
        """
        self.lost = 0
        """Packets the system dropped before we saw them; a live source sets it."""
        self._source = source
        self._known = known or KnownNetwork()
        self._picture = picture or LocalPicture()
        self._is_recording = is_recording
        self._meter = FlowMeter()
        self._lan = LanReader(self._meter.addresses)
        self._conversations = Conversations()
        self._counts: Counter[str] = Counter()
        self._unknown_links: Counter[int] = Counter()

    @property
    def is_full(self) -> bool:
        """Tell whether it is time to judge and to cut."""
        if len(self._meter) >= MAX_FLOWS or len(self._meter.addresses) >= MAX_ADDRESSES:
            return True
        return self._conversations.notes.is_nearly_full

    @property
    def counts(self) -> TrafficCounts:
        """Count everything since the beginning, over all cuts."""
        return self._count_all(self._lan.tables().dropped)

    def take(self, raw: RawPackets) -> None:
        """Read one window; nothing of it is needed afterwards."""
        columns = read_packets(raw)
        self._count(raw, columns)
        rows, is_out = self._meter.take(raw, columns)
        self._lan.take(raw, columns)
        self._conversations.take(raw, columns, rows, is_out)

    def traffic(self, *, is_over: bool = True) -> Traffic:
        """Hand out what was seen since the last cut.

        Args:
            is_over: What is half known is told, too, since nothing more will come before a cut or the end.
        """
        flows = self._meter.table()
        records: dict[str, Any] = {**self._conversations.collect(is_over=is_over)}
        services, service = self._conversations.services(len(flows))
        lan = self._lan.tables()
        return Traffic(
            source=self._source,
            flows=replace(flows, service=service),
            turns=self._meter.turns(),
            arps=lan.arps,
            icmps=lan.icmps,
            busy=lan.busy,
            addresses=self._meter.addresses.addresses(),
            services=services,
            dhcp=lan.dhcp,
            adverts=lan.adverts,
            counts=self._count_all(lan.dropped),
            known=self._known,
            picture=self._picture,
            is_recording=self._is_recording,
            **records,
        )

    def stretch(self) -> Traffic:
        """Hand out what was seen before a cut: talks of flows that have ended are told whole, the others go on."""
        self._conversations.end_all_but(self._meter.live_rows())
        return self.traffic(is_over=False)

    def cut(self) -> None:
        """Begin a new stretch: only live flows and their conversations go on."""
        self._counts["dropped_before"] += self._lan.tables().dropped
        renamed = self._meter.cut()
        self._counts["flows_gone"] += int((renamed < 0).sum())
        self._conversations.cut(np.flatnonzero(renamed >= 0).astype(np.int32))
        self._lan = LanReader(self._meter.addresses)

    def _count(self, raw: RawPackets, columns: PacketColumns) -> None:
        is_other = (columns.family == 0) & ~columns.is_malformed & ~columns.is_unknown_link
        self._counts["packets"] += len(raw)
        self._counts["bytes"] += int(raw.wire.sum())
        self._counts["not_ip"] += int((is_other & (columns.ethertype != ARP)).sum())
        self._counts["malformed"] += int(columns.is_malformed.sum())
        self._counts["cut"] += int((raw.captured < raw.wire).sum())
        self._counts["fragments"] += int(columns.is_later_fragment.sum())
        links, packets = np.unique(raw.link[columns.is_unknown_link], return_counts=True)
        self._unknown_links.update(dict(zip(links.tolist(), packets.tolist(), strict=True)))

    def _count_all(self, lan_dropped: int) -> TrafficCounts:
        dropped = self._meter.turns_dropped + self._conversations.dropped + lan_dropped
        return TrafficCounts(
            packets=self._counts["packets"],
            bytes=self._counts["bytes"],
            flows=self._counts["flows_gone"] + len(self._meter),
            not_ip=self._counts["not_ip"],
            malformed=self._counts["malformed"] + self._conversations.malformed,
            cut=self._counts["cut"],
            fragments=self._counts["fragments"],
            unknown_links=dict(self._unknown_links),
            flows_evicted=self._meter.evicted,
            records_dropped=self._counts["dropped_before"] + dropped,
            lost=self.lost,
        )
