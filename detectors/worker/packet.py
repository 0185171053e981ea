"""Finds single packets in a capture again: shows the layers of one, or writes some into a file of their own.

Before this on the path: ``packets.py`` in the service, which opened both files. After it: ``capture_file.py`` reads,
scapy takes the one packet apart, ``capture_writer.py`` writes. Locked in like every worker that sees packets.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scapy.config import conf
from scapy.layers import (  # noqa: F401 - loading a layer is what makes scapy know it
    dhcp,
    dhcp6,
    dns,
    dot11,
    inet,
    inet6,
    l2,
    llmnr,
    netbios,
    ntp,
    snmp,
    tftp,
    vxlan,
)
from scapy.packet import Packet, Raw

from detectors.telemetry.capture_file import read_capture
from detectors.telemetry.capture_writer import CaptureWriter
from detectors.telemetry.raw_packets import CaptureTrouble, RawPackets
from detectors.worker import wire

MAX_LAYERS = 32
MAX_FIELDS = 64
"""Of one layer."""
MAX_VALUE = 300
"""Letters of one value."""


def show_packet(descriptor: int, number: int) -> wire.PacketShown | None:
    """Take one packet apart; None when the capture has none of this number."""
    for raw, rows in _found(descriptor, (number,)):
        row = int(rows[0])
        data = raw.data[raw.start[row] : raw.start[row] + raw.captured[row]].tobytes()
        layers = tuple(_layers(data, int(raw.link[row])))
        return wire.PacketShown(number, float(raw.at_s[row]), len(data), int(raw.wire[row]), layers)
    return None


def write_packets(descriptor: int, numbers: tuple[int, ...], target: int) -> int:
    """Write some packets as pcapng; return how many were there."""
    with os.fdopen(target, "wb", buffering=0) as stream:
        writer = CaptureWriter(stream)
        for raw, rows in _found(descriptor, numbers):
            writer.write(raw, rows)
        return writer.packets


def _found(descriptor: int, numbers: tuple[int, ...]) -> Iterator[tuple[RawPackets, NDArray[np.intp]]]:
    """Read until the last of some packets is met."""
    wanted = np.array(numbers, np.int64)
    with os.fdopen(descriptor, "rb") as stream:
        for raw in read_capture(stream):
            if isinstance(raw, CaptureTrouble):
                return
            rows = np.flatnonzero(np.isin(raw.number, wanted))
            if len(rows):
                yield raw, rows
            if not len(wanted) or (len(raw) and raw.number[-1] >= wanted.max()):
                return


def _layers(data: bytes, link: int) -> Iterator[wire.LayerShown]:
    """Let scapy take a packet apart; what it cannot read is one layer of bytes."""
    conf.debug_dissector = False  # then a layer that fails becomes bytes, and nothing is raised
    packet: Packet | None = conf.l2types.num2layer.get(link, Raw)(data)
    for _ in range(MAX_LAYERS):
        if packet is None or not packet.fields_desc:
            return
        fields = tuple(
            (field.name, str(field.i2repr(packet, packet.getfieldval(field.name)))[:MAX_VALUE])
            for field in packet.fields_desc[:MAX_FIELDS]
        )
        yield wire.LayerShown(str(packet.name)[:MAX_VALUE], fields)
        packet = packet.payload
