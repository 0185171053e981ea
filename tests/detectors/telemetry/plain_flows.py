"""Measures flows packet by packet with dicts: slow and simple, to compare ``flows.py`` with."""

import math
from collections import Counter
from dataclasses import dataclass, field
from types import SimpleNamespace

import numpy as np

from detectors.contract.traffic import ACK, CLOSED_BY, FIN, ICMP, ICMP6, RST, SYN, TCP, UDP
from detectors.telemetry.flow_ends import _SERVICES

ASKING = {0: 8, 14: 13, 16: 15, 18: 17, 129: 128}
ANSWERS = {ICMP: (0, 14, 16, 18), ICMP6: (129,)}


@dataclass
class Side:
    packets: int = 0
    ip_bytes: int = 0
    payload_bytes: int = 0
    payload_packets: int = 0
    flags: int = 0
    syns: int = 0
    resets: int = 0
    sizes: list = field(default_factory=list)
    ttl: int = 0
    window: int = 0
    head: bytes = b""
    spoke: float = -math.inf
    following: int | None = None
    turns: list = field(default_factory=list)


class PlainMeter:
    def __init__(self):
        self.flows = []
        self.current = {}
        self.rows = []
        self.clock = 0.0

    def take(self, raw, columns):
        return np.array([self._one(packet(raw, columns, row)) for row in range(len(raw))], np.int32).reshape(-1)

    def _one(self, one):
        if not one.family or one.is_later_fragment or (one.is_malformed and not (one.source_port or one.target_port)):
            return -1
        self.clock = one.at
        key = key_of(one)
        flow = self.current.get(key)
        mark = why_new(flow, one) if flow else "end"
        if mark:
            flow = self._begin(key, one, flow, mark)
        add(flow, one)
        return flow.row

    def _begin(self, key, one, before, mark):
        flow = SimpleNamespace(
            row=len(self.flows), started=one.at, ended=one.at, last=one.at, gaps=[], opening=None, first=one,
            records=[], repeats=0, closed="open", sides={end: Side() for end in (one.a, one.b)}, sure=False,
            client=one.a if sender_calls(one) else one.b, protocol=one.protocol, packets=0,
        )  # fmt: skip
        if before:
            before.closed = mark
            if mark != "end" and not one.flags & SYN:
                flow.client, flow.sure = before.client, before.sure
        self.flows.append(flow)
        self.current[key] = flow
        return flow


def packet(raw, columns, row):
    one = SimpleNamespace(
        **{
            name: getattr(columns, name)[row]
            for name in columns.__dataclass_fields__
            if name not in ("source", "target")
        }
    )
    for name, value in vars(one).items():
        setattr(one, name, value.item())
    one.at, one.number = float(raw.at_s[row]), int(raw.number[row])
    ports = () if one.protocol in (ICMP, ICMP6) else ((one.source_port,), (one.target_port,))
    one.a = (columns.source[row].tobytes(), *(ports[0] if ports else ()))
    one.b = (columns.target[row].tobytes(), *(ports[1] if ports else ()))
    one.head = raw.data[one.payload : one.payload + min(64, one.payload_there)].tobytes()
    return one


def key_of(one):
    ends = frozenset((one.a, one.b))
    if one.protocol not in (ICMP, ICMP6):
        return one.family, one.protocol, ends
    kind = ASKING.get(one.source_port, one.source_port)
    return one.family, one.protocol, ends, kind, one.sequence >> 16 if kind in (8, 128) else 0


def opening_of(one):
    if not one.flags & SYN:
        return None
    return (one.acknowledged - 1) % 2**32 if one.flags & ACK else one.sequence


def why_new(flow, one):
    if abs(one.at - flow.last) > (600 if flow.protocol == TCP else 120):
        return "idle"
    closed = any(side.flags & (FIN | RST) for side in flow.sides.values())
    if one.flags & SYN:
        other = opening_of(one) != flow.opening
        if (closed and other) if one.flags & ACK else (closed or other):
            return "end"
    return "active" if one.at - flow.started > 3600 else ""


def sender_calls(one):
    if one.flags & SYN:
        return not one.flags & ACK
    group = one.b[0][0] == 255 if one.family == 6 else one.b[0][0] >= 224 or one.b[0][3] == 255
    if group:
        return True
    if one.protocol in ANSWERS:
        return one.source_port not in ANSWERS[one.protocol]
    known = _SERVICES[one.source_port], _SERVICES[one.target_port]
    if known[0] != known[1]:
        return bool(known[1])
    return (one.protocol == UDP and not known[0]) or one.source_port >= one.target_port


def add(flow, one):
    side = flow.sides[one.a]
    if flow.packets:
        flow.gaps.append(max(0.0, one.at - flow.ended))
    flow.packets += 1
    flow.ended, flow.last = max(flow.ended, one.at), one.at
    flow.records.append(one.number)
    if one.flags & SYN:
        if not flow.sure:
            flow.client, flow.sure = (one.b if one.flags & ACK else one.a), True
        flow.opening = opening_of(one) if flow.opening is None else flow.opening
    if not side.packets:
        side.ttl, side.window = one.ttl, one.window
    side.packets += 1
    side.ip_bytes += one.ip_bytes
    side.sizes.append(one.ip_bytes)
    side.flags |= one.flags
    side.syns += one.flags & (SYN | ACK) == SYN
    side.resets += bool(one.flags & RST)
    if one.payload_bytes:
        add_payload(flow, side, one)


def add_payload(flow, side, one):
    side.payload_bytes += one.payload_bytes
    side.payload_packets += 1
    side.head = side.head or one.head
    if one.at - side.spoke >= 1.0 and len(side.turns) < 500:
        side.turns.append((one.at, one.number, one.payload_bytes))
    side.spoke = one.at
    if flow.protocol == TCP:
        end = (one.sequence + one.payload_bytes) % 2**32
        if side.following is None or 0 < (end - side.following) % 2**32 < 2**31:
            side.following = end
        else:
            flow.repeats += 1


def shape(head):
    if not head:
        return -1.0, -1.0
    entropy = -sum(n / len(head) * math.log2(n / len(head)) for n in Counter(head).values())
    return entropy, sum(32 <= byte < 127 or byte in (9, 10, 13) for byte in head) / len(head)


def closed_by(flow, clock):
    flags = [side.flags for side in flow.sides.values()]
    if len(flags) == 2 and flags[0] & flags[1] & FIN:
        return "fin"
    if any(one & RST for one in flags):
        return "rst"
    if any(one & FIN for one in flags):
        return "fin"
    idle = abs(clock - flow.last) > (600 if flow.protocol == TCP else 120)
    return "idle" if flow.closed == "open" and idle else flow.closed


def columns_of(meter):
    """Write each flow as a dict with the names of ``FlowTable``."""
    return [row_of(flow, meter.clock) for flow in meter.flows]


def row_of(flow, clock):
    first = flow.first
    server = next((end for end in flow.sides if end != flow.client), flow.client)
    sent_by_client = first.a == flow.client
    icmp = flow.protocol in (ICMP, ICMP6)
    macs = (first.frame_source, first.frame_target) if sent_by_client else (first.frame_target, first.frame_source)
    row = {
        "client": flow.client[0], "server": server[0],
        "client_port": first.source_port if icmp else flow.client[1], "server_port": first.target_port if icmp else server[1],
        "protocol": flow.protocol, "client_mac": macs[0], "server_mac": macs[1],
        "started_s": flow.started, "ended_s": flow.ended, "first_flags": first.flags,
        "out_syns": flow.sides[flow.client].syns, "unreachables": 0, "repeats": flow.repeats,
        "gap_min_s": min(flow.gaps, default=0.0), "gap_max_s": max(flow.gaps, default=0.0),
        "gap_squares": sum(gap * gap for gap in flow.gaps), "out_window": flow.sides[flow.client].window,
        "is_midstream": flow.protocol == TCP and not first.flags & SYN,
        "closed_by": CLOSED_BY.index(closed_by(flow, clock)), "service": 0, "program": 0,
        "records": (flow.records + [0] * 8)[:8], "last_record": flow.records[-1],
    }  # fmt: skip
    for name, side in (
        ("out", flow.sides[flow.client]),
        ("in", flow.sides[server] if server != flow.client else Side()),
    ):
        entropy, printable = shape(side.head)
        row |= {
            f"{name}_packets": side.packets, f"{name}_bytes": side.ip_bytes, f"{name}_payload_bytes": side.payload_bytes,
            f"{name}_payload_packets": side.payload_packets, f"{name}_flags": side.flags,
            f"{name}_resets": side.resets, f"{name}_size_min": min(side.sizes, default=0),
            f"{name}_size_max": max(side.sizes, default=0), f"{name}_size_squares": sum(one * one for one in side.sizes),
            f"{name}_ttl": side.ttl, f"{name}_head_entropy": entropy, f"{name}_head_printable": printable,
        }  # fmt: skip
    row["turns"] = flow.sides[flow.client].turns
    return row
