"""Guesses who called whom from the first packet of a flow, where no SYN says it.

Before this on the path: ``flow_keys.py``. After it: ``flows.py``, which mends a guess when a SYN-ACK says more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from detectors.contract.traffic import ACK, ICMP, ICMP6, SYN, UDP
from detectors.telemetry.flow_keys import Heads

_SERVICES = np.zeros(65536, np.bool_)
_SERVICES[1:1024] = True
_SERVICES[
    [
        1080, 1194, 1433, 1434, 1521, 1701, 1723, 1812, 1813, 1883, 1900, 2049, 2181, 2375, 3128, 3268, 3306, 3389,
        3478, 3702, 4500, 5060, 5061, 5222, 5353, 5355, 5432, 5555, 5671, 5672, 5683, 5900, 5901, 5938, 5985, 5986,
        6379, 6443, 6667, 6697, 8000, 8008, 8009, 8080, 8081, 8088, 8333, 8443, 8883, 8888, 9000, 9001, 9030, 9090,
        9100, 9200, 9389, 11211, 25565, 27017, 47808, 51820,
    ]
] = True  # fmt: skip
"""Ports below 1024 (RFC 6335, system ports) and registered ones that servers really use."""
_ICMP_ANSWERS = {ICMP: (0, 14, 16, 18), ICMP6: (129,)}


def sender_calls(heads: Heads, flags: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Guess for each first packet whether its sender is the client.

    In this order: a SYN comes from the client and a SYN-ACK from the server; who listens for many is a server; an ICMP
    answer comes from a server; the end with a known port is the server, of two the lower one. With two unknown ports
    the lower one is the server in TCP, whose beginning we have missed; elsewhere whoever spoke first is the client.
    """
    source_known, target_known = _SERVICES[heads.source_port], _SERVICES[heads.target_port]
    is_udp = heads.protocol == UDP
    goes_down = heads.source_port >= heads.target_port
    calls = np.where(source_known == target_known, goes_down | (is_udp & ~source_known), target_known)
    for protocol, kinds in _ICMP_ANSWERS.items():
        calls = np.where(heads.protocol == protocol, ~np.isin(heads.source_port, kinds), calls)
    first = heads.target[:, 0]
    is_group = np.where(heads.family == 4, (first >= 224) | (heads.target[:, 3] == 255), first == 255)  # noqa: PLR2004 - as addresses are written
    calls |= is_group
    return np.asarray(np.where(flags & SYN > 0, flags & ACK == 0, calls))
