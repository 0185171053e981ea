"""Sums up flows: who talked to whom, minute by minute. Sums and names, never contents.

Before this on the path: a Traffic. After it: the wall, the store, and the Activity page. Everything is done in columns;
only the finished rows become objects.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from detectors.contract.activity import ActivityRow
from detectors.contract.traffic import ICMP, ICMP6, TCP, UDP, FlowTable, Traffic

MAX_ROWS = 20_000
"""Rows of one stretch; beyond, the busiest are kept."""
MANY_PORTS = 50
"""Somebody who calls more ports of one other is one row a minute with port 0: nobody reads a port scan line by line."""
MAX_MINUTES = 60
"""A longer conversation is spread over this many of its minutes."""
MAX_NAME = 253
"""Letters of a DNS name (RFC 1035)."""
_MINUTE_S = 60
_MAX_CODE = 1 << 62
_A, _AAAA = 1, 28
_OPEN = 0
_MADE_UP = 0x02
"""Bit of a hardware address that its maker did not give."""
_TRANSPORTS = {TCP: "tcp", UDP: "udp", ICMP: "icmp", ICMP6: "icmp", 132: "sctp"}

Ints = NDArray[np.int64]


def sum_up(traffic: Traffic, *, with_open: bool) -> list[ActivityRow]:
    """Sum up the flows of one stretch.

    Args:
        traffic: What was seen.
        with_open: True for the last stretch. Flows that go on are told once, when they end.
    """
    flows = traffic.flows
    rows = np.arange(len(flows)) if with_open else np.flatnonzero(flows.closed_by != _OPEN)
    if not len(rows):
        return []
    names, name_of_flow = _names(traffic)
    ends = _ends(traffic, flows.take(rows))
    flow, minute, share = _spread(flows.started_s[rows], flows.ended_s[rows])
    keys = [
        one.astype(np.int64)
        for one in (minute, flows.program[rows][flow], ends.near[flow], ends.far[flow], ends.port[flow],
                    flows.protocol[rows][flow], flows.service[rows][flow], name_of_flow[rows][flow],
                    ends.is_listener[flow], ends.card[flow])
    ]  # fmt: skip
    firsts, group_of = _group(keys)
    groups = np.column_stack([one[firsts] for one in keys])
    sums = [_sum(group_of, one, len(groups)) for one in (ends.out_bytes[flow] // share, ends.in_bytes[flow] // share)]
    is_first = np.r_[True, flow[1:] != flow[:-1]]
    contacts = _sum(group_of, is_first, len(groups))
    kept = np.sort(np.argsort(-(sums[0] + sums[1]), kind="stable")[:MAX_ROWS])
    told = np.column_stack([groups, *sums, contacts])[kept]
    return [_row(traffic, names, row) for row in told.tolist()]


def _group(keys: Sequence[Ints]) -> tuple[Ints, Ints]:
    """Group rows that are alike in all keys, in their order; one number a row sorts ten times faster than ten.

    Returns:
        For each group its first row, and for each row its group.
    """
    code, kinds = np.zeros(len(keys[0]), np.int64), 1
    for key in keys:
        place, size = key - key.min(), int(key.max()) - int(key.min()) + 1
        if size > _MAX_CODE:
            values, place = np.unique(key, return_inverse=True)
            size = len(values)
        if kinds * size > _MAX_CODE:
            values, code = np.unique(code, return_inverse=True)
            kinds = len(values)
        code, kinds = code * size + place, kinds * size
    _, firsts, group_of = np.unique(code, return_index=True, return_inverse=True)
    return firsts, group_of


@dataclass(frozen=True, slots=True)
class _Ends:
    """Each flow, seen from the near end."""

    near: Ints
    far: Ints
    port: Ints
    is_listener: NDArray[np.bool_]
    card: Ints
    """First half of the near end's hardware address; 0 unknown, behind a router, or made up by the device itself."""
    out_bytes: Ints
    in_bytes: Ints


def _ends(traffic: Traffic, flows: FlowTable) -> _Ends:
    """Tell which end is near: the one inside; of two alike, the one who called."""
    is_inside = traffic.addresses.is_private
    is_listener = is_inside[flows.server] & ~is_inside[flows.client]

    def pick(near: NDArray[Any], far: NDArray[Any]) -> Ints:
        return np.where(is_listener, far, near).astype(np.int64)

    near, far = pick(flows.client, flows.server), pick(flows.server, flows.client)
    is_icmp = (flows.protocol == ICMP) | (flows.protocol == ICMP6)
    port = np.where(is_icmp | _is_one_of_many(near, far, flows.server_port), 0, flows.server_port).astype(np.int64)
    card = pick(flows.client_mac, flows.server_mac) >> 24
    card = np.where(is_inside[near] & ((card >> 16 & _MADE_UP) == 0), card, 0)
    out_bytes, in_bytes = pick(flows.out_bytes, flows.in_bytes), pick(flows.in_bytes, flows.out_bytes)
    return _Ends(near, far, port, is_listener, card, out_bytes, in_bytes)


def _is_one_of_many(near: Ints, far: Ints, port: NDArray[Any]) -> NDArray[np.bool_]:
    """Mark flows between two who used very many ports."""
    pairs, pair = np.unique(near << 32 | far, return_inverse=True)
    pair = pair.reshape(-1).astype(np.int64)
    ports = np.bincount(np.unique(pair << 16 | port.astype(np.int64)) >> 16, minlength=len(pairs))
    return ports[pair] > MANY_PORTS


def _spread(started_s: NDArray[np.float64], ended_s: NDArray[np.float64]) -> tuple[Ints, Ints, Ints]:
    """Spread each flow evenly over its minutes; returns flow, minute and number of shares for each piece."""
    first = (started_s // _MINUTE_S).astype(np.int64)
    span = np.maximum((ended_s // _MINUTE_S).astype(np.int64) - first, 0)
    shares = np.minimum(span + 1, MAX_MINUTES)
    flow = np.repeat(np.arange(len(first)), shares)
    place = np.arange(len(flow)) - np.repeat(np.cumsum(shares) - shares, shares)
    step = np.maximum(span // MAX_MINUTES, 1)
    return flow, (first[flow] + place * step[flow]) * _MINUTE_S, shares[flow]


def _sum(group_of: Ints, values: NDArray[Any], groups: int) -> Ints:
    total = np.zeros(groups, np.int64)
    np.add.at(total, group_of, values.astype(np.int64))
    return total


def _names(traffic: Traffic) -> tuple[Sequence[str], Ints]:
    """Say what the far end of each flow was called: by TLS and HTTP, else by an earlier DNS answer."""
    said = {session.flow: session.sni for session in traffic.tls if session.sni}
    said |= {one.flow: one.host.partition(":")[0].lower() for one in traffic.http if one.host}
    answered = {
        data: message.name for message in traffic.dns for _, kind, _, data in message.answers if kind in {_A, _AAAA}
    }
    places: dict[str, int] = {"": 0}

    def place_of(name: str) -> int:
        return places.setdefault(name[:MAX_NAME], len(places))

    of_address = np.zeros(len(traffic.addresses), np.int64)
    for row in np.unique(traffic.flows.server).tolist() if answered else ():
        of_address[row] = place_of(answered.get(traffic.addresses.text(row), ""))
    of_flow = of_address[traffic.flows.server]
    for flow, name in said.items():
        if 0 <= flow < len(of_flow):
            of_flow[flow] = place_of(name)
    return tuple(places), of_flow


def _row(traffic: Traffic, names: Sequence[str], numbers: list[int]) -> ActivityRow:
    minute, program, near, far, port, protocol, service, name, is_listener, card, *sums = numbers
    return ActivityRow(
        minute=minute,
        program=traffic.programs[program],
        host=traffic.addresses.text(near),
        address=traffic.addresses.text(far),
        port=port,
        transport=_TRANSPORTS.get(protocol, "ip"),
        service=traffic.services[service],
        name=names[name],
        country="",
        owner="",
        maker=card.to_bytes(3, "big").hex(":") if card else "",
        out_bytes=sums[0],
        in_bytes=sums[1],
        contacts=sums[2],
        is_listener=bool(is_listener),
    )
