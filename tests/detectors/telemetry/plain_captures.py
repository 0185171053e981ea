"""Reads recordings the plain way, one record after the other: slow, short, and the measure for the fast reader."""

from __future__ import annotations

import struct

from detectors.telemetry.raw_packets import TroubleReason
from tests.detectors.telemetry.capture_builders import Seen

CUT, DAMAGED = TroubleReason.CUT_SHORT, TroubleReason.DAMAGED
Told = tuple[list[Seen], tuple[int, TroubleReason] | None]


def read_pcap_plainly(data: bytes, head: int = 16, room: int = 1 << 20) -> Told:
    """Read pcap with a known length of its record headers; a record larger than ``room`` is never whole."""
    little = struct.unpack_from("<I", data)[0] in (0xA1B2C3D4, 0xA1B23C4D, 0xA1B2CD34)
    order = "<" if little else ">"
    if len(data) < 24:
        return [], (0, CUT)
    magic, *_, link = struct.unpack_from(order + "IHHIIII", data)
    ticks = 1e9 if magic == 0xA1B23C4D else 1e6
    seen = []
    at = 24
    while at < len(data):
        if at + head > len(data):
            return seen, (at, CUT)
        second, tick, captured, wire = struct.unpack_from(order + "IIII", data, at)
        if captured > 262_144:
            return seen, (at, DAMAGED)
        if at + head + captured > len(data) or head + captured > room:
            return seen, (at, CUT)
        body = data[at + head : at + head + captured]
        seen.append(Seen(body, second + tick / ticks, max(wire, captured), link & 0xFFFF))
        at += head + captured
    return seen, None


def read_pcapng_plainly(data: bytes, room: int = 1 << 20) -> Told:  # noqa: C901, PLR0911, PLR0912 - one format, read straight on
    """Read pcapng; interface options are not this reader's business: microseconds always. What must fit into ``room`` and does not is damage."""
    seen: list[Seen] = []
    at, order, last_s = 0, "<", 0.0
    interfaces: list[tuple[int, int]] = []
    while at < len(data):
        if at + 12 > len(data):
            return seen, (at, CUT)
        if data[at : at + 4] == b"\x0a\x0d\x0d\x0a":
            mark = data[at + 8 : at + 12]
            if mark not in (b"\x4d\x3c\x2b\x1a", b"\x1a\x2b\x3c\x4d"):
                return seen, (at, DAMAGED)
            order = "<" if mark == b"\x4d\x3c\x2b\x1a" else ">"
            (length,) = struct.unpack_from(order + "I", data, at + 4)
            if not 28 <= length <= 128 << 20:
                return seen, (at, DAMAGED)
            if length > room and len(data) - at >= room:
                return seen, (at, DAMAGED)
            if at + length + -length % 4 > len(data):
                return seen, (at, CUT)
            interfaces = []
            at += length + -length % 4
            continue
        kind, length = struct.unpack_from(order + "II", data, at)
        if not 12 <= length <= 128 << 20:
            return seen, (at, DAMAGED)
        if length > room and len(data) - at >= room and kind in (1, 2, 3, 6):
            return seen, (at, DAMAGED)
        if at + length + -length % 4 > len(data):
            return seen, (at, CUT)
        (again,) = struct.unpack_from(order + "I", data, at + length - 4)
        if length % 4 == 0 and again != length and length <= room:  # larger ones are passed over unseen
            return seen, (at, DAMAGED)
        if kind == 1:
            if length < 20:
                return seen, (at, DAMAGED)
            link, _, limit = struct.unpack_from(order + "HHI", data, at + 8)
            interfaces.append((link, limit))
        if kind in (2, 3, 6):
            if length < (16 if kind == 3 else 32) or not interfaces:
                return seen, (at, DAMAGED)
            if kind == 3:
                (wire,) = struct.unpack_from(order + "I", data, at + 8)
                captured = min(wire, length - 16, interfaces[0][1] or 262_144, 262_144)
                index, start = 0, at + 12
            else:
                index, high, low, captured, wire = struct.unpack_from(order + "IIIII", data, at + 8)
                index = struct.unpack_from(order + "H", data, at + 8)[0] if kind == 2 else index
                start = at + 28
                if index >= len(interfaces) or captured > min(length - 32, 262_144):
                    return seen, (at, DAMAGED)
                last_s = ((high << 32) + low) / 1e6
            seen.append(Seen(data[start : start + captured], last_s, max(wire, captured), interfaces[index][0]))
        at += length + -length % 4
    return seen, None
