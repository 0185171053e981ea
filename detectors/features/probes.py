"""Tells knocks at a door from visits: flows that ask whether something is there and say nothing more.

Before this on the path: ``FlowTable``. After it: ``port_scan_vertical``, ``port_scan_horizontal``.
The kinds of scan: https://nmap.org/book/man-port-scanning-techniques.html.
"""

from __future__ import annotations

import numpy as np

from detectors.contract.traffic import ACK, FIN, PSH, RST, SYN, TCP, UDP, URG, Bits, FlowTable

FIRST_FREE_PORT = 1_024
"""Ports below belong to services (RFC 6335)."""
SHORTEST_LIFE = 32
"""Smallest time to live that a packet of an ordinary system still has on arrival; traceroute begins with 1."""

LONGEST_TORN = 16
"""Bytes in the first piece of a TCP header of 20 that was torn on purpose; the smallest piece has 8."""

_ODD_FLAGS = np.array([0, FIN, FIN | PSH | URG, FIN | URG, SYN | FIN, SYN | FIN | PSH | URG, SYN | RST])
"""First flags that no system sends by itself: NULL, FIN, Xmas and their mixtures."""


def has_odd_flags(flows: FlowTable) -> Bits:
    """Tell which TCP flows begin with flags that only a scanner sets, and carry nothing."""
    odd: Bits = (flows.protocol == TCP) & np.isin(flows.first_flags, _ODD_FLAGS) & (flows.out_payload_bytes == 0)
    return odd


def is_probe(flows: FlowTable) -> Bits:
    """Tell which flows are knocks: refused, unanswered, or opened and closed without a word."""
    return _is_tcp_probe(flows) | _is_udp_probe(flows)


def is_silent_ack(flows: FlowTable) -> Bits:
    """Tell which flows are a bare ACK into silence; the middle of a conversation looks the same, so many must meet."""
    is_bare = (flows.protocol == TCP) & (flows.first_flags == ACK) & (flows.out_payload_bytes == 0)
    silent: Bits = is_bare & (flows.out_packets <= 2) & (flows.out_packets > 0) & (flows.in_packets == 0)  # noqa: PLR2004
    return silent


def _is_tcp_probe(flows: FlowTable) -> Bits:
    """Take SYN, connect, and odd flags; bare ACKs, also with FIN, only where refused: they are normal in the middle."""
    nothing_said = (flows.out_payload_bytes == 0) & (flows.in_payload_bytes == 0)
    starts = (flows.first_flags & (SYN | ACK | RST)) == SYN
    is_refused_ack = np.isin(flows.first_flags, (ACK, FIN | ACK)) & (flows.in_resets > 0) & (flows.out_packets <= 2)  # noqa: PLR2004
    is_torn = (flows.first_flags == 0) & (flows.out_payload_bytes <= LONGEST_TORN) & (flows.in_payload_bytes == 0)
    is_ours = (flows.protocol == TCP) & (flows.out_packets > 0)
    is_knock = nothing_said & (starts | is_refused_ack | has_odd_flags(flows))
    probe: Bits = is_ours & (is_knock | is_torn)
    return probe


def _is_udp_probe(flows: FlowTable) -> Bits:
    """Take datagrams without an answer; not answers to questions we did not see, and not traceroute."""
    no_answer = (flows.in_packets == 0) | (flows.unreachables > 0) & (flows.in_payload_bytes == 0)
    is_answer = (flows.client_port < FIRST_FREE_PORT) & (flows.server_port >= FIRST_FREE_PORT)
    is_traceroute = (flows.out_ttl > 0) & (flows.out_ttl < SHORTEST_LIFE)
    probe: Bits = (flows.protocol == UDP) & no_answer & ~is_answer & ~is_traceroute
    return probe
