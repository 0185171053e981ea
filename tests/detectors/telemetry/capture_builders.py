"""Makes recordings for tests, and reads them one record after the other as a measure for the fast way."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from detectors.telemetry.capture_file import read_capture
from detectors.telemetry.raw_packets import CaptureTrouble, RawPackets

MICRO, NANO, MODIFIED = 0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34


@dataclass(frozen=True)
class Seen:
    """One packet as it was read."""

    data: bytes
    at_s: float = 0.0
    wire: int = -1
    link: int = 1


def make_pcap(
    packets: Sequence[Seen], order: str = "<", magic: int = MICRO, link: int = 1, extra: bytes = b""
) -> bytes:
    """Write pcap; ``extra`` stands behind each record header."""
    ticks = 10**9 if magic == NANO else 10**6
    parts = [struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, 262_144, link)]
    for one in packets:
        second = int(one.at_s)
        tick = round((one.at_s - second) * ticks)
        wire = len(one.data) if one.wire < 0 else one.wire
        parts += [struct.pack(order + "IIII", second, tick, len(one.data), wire), extra, one.data]
    return b"".join(parts)


def block(kind: int, body: bytes, order: str = "<") -> bytes:
    """Write one pcapng block."""
    length = 12 + len(body) + -len(body) % 4
    edge = struct.pack(order + "I", length)
    return struct.pack(order + "I", kind) + edge + body + bytes(-len(body) % 4) + edge


def section(order: str = "<") -> bytes:
    return block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1), order)


def option(code: int, value: bytes, order: str = "<") -> bytes:
    return struct.pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)


def interface(link: int = 1, limit: int = 0, options: bytes = b"", order: str = "<") -> bytes:
    return block(1, struct.pack(order + "HHI", link, 0, limit) + options, order)


def enhanced(data: bytes, ticks: int = 0, index: int = 0, wire: int = -1, order: str = "<") -> bytes:
    wire = len(data) if wire < 0 else wire
    head = struct.pack(order + "IIIII", index, ticks >> 32, ticks & 0xFFFFFFFF, len(data), wire)
    return block(6, head + data + bytes(-len(data) % 4), order)


def simple(data: bytes, wire: int = -1, order: str = "<") -> bytes:
    return block(3, struct.pack(order + "I", len(data) if wire < 0 else wire) + data, order)


def old_packet(data: bytes, ticks: int = 0, index: int = 0, order: str = "<") -> bytes:
    head = struct.pack(order + "HHIIII", index, 7, ticks >> 32, ticks & 0xFFFFFFFF, len(data), len(data))
    return block(2, head + data + bytes(-len(data) % 4), order)


def unpack_window(raw: RawPackets) -> list[Seen]:
    """Copy the packets of one window, and look whether it keeps its promises."""
    assert (raw.start >= 0).all()
    assert (raw.captured >= 0).all()
    assert (raw.start + raw.captured <= len(raw.data)).all()
    assert (raw.captured <= raw.wire).all()
    rows = zip(
        raw.start.tolist(), raw.captured.tolist(), raw.wire.tolist(), raw.at_s.tolist(), raw.link.tolist(), strict=True
    )
    return [Seen(raw.data[start : start + size].tobytes(), at_s, wire, link) for start, size, wire, at_s, link in rows]


def read_all(items: Any) -> tuple[list[Seen], CaptureTrouble | None]:
    """Read to the end; packets are numbered without a gap, trouble comes last and counts what came before."""
    seen: list[Seen] = []
    trouble = None
    for item in items:
        assert trouble is None
        if isinstance(item, CaptureTrouble):
            trouble = item
            assert trouble.packets_read == len(seen)
        else:
            assert item.number.tolist() == list(range(len(seen) + 1, len(seen) + 1 + len(item)))
            seen += unpack_window(item)
    return seen, trouble


def read(stream: Any) -> tuple[list[Seen], CaptureTrouble | None]:
    return read_all(read_capture(stream))
