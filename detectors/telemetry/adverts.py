"""Reads IPv6 router advertisements.

Before this on the path: ``lan.py``. After it: ``contract.conversations.RouterAdvert``.
Source: RFC 4861, 4191, 8106.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator

from detectors.contract.conversations import RouterAdvert
from detectors.telemetry.dhcp import MAX_OPTIONS, MAX_SERVERS, addresses

_FIXED = 16
_PREFIX, _RESOLVERS = 3, 25
_PREFIX_BYTES = 32
_MAX_BITS = 128


def read_advert(data: bytes, record: int, at_s: float, sender: str, sender_mac: str) -> RouterAdvert | None:
    """Read an advertisement; None when it is too short.

    Args:
        data: ICMPv6 message from its type on.
        record: Packet number.
        at_s: Seconds since 1970.
        sender: Address it came from.
        sender_mac: Hardware address it came from.
    """
    if len(data) < _FIXED:
        return None
    options = list(_options(data[_FIXED:]))
    prefixes = [_prefix(body) for kind, body in options if kind == _PREFIX and len(body) >= _PREFIX_BYTES]
    resolvers = [one for kind, body in options if kind == _RESOLVERS for one in addresses(body[8:], 16)]
    return RouterAdvert(
        record=record,
        at_s=at_s,
        sender=sender,
        sender_mac=sender_mac,
        lifetime_s=int.from_bytes(data[6:8]),
        prefixes=tuple(prefixes[:MAX_SERVERS]),
        resolvers=tuple(resolvers[:MAX_SERVERS]),
        preference=data[5] >> 3 & 3,
    )


def _options(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Walk along the options; each body begins with its own kind and size."""
    at = 0
    for _ in range(MAX_OPTIONS):
        size = data[at + 1] * 8 if at + 2 <= len(data) else 0
        if size == 0:
            return
        yield data[at], data[at : at + size]
        at += size


def _prefix(body: bytes) -> str:
    bits = min(body[2], _MAX_BITS)
    return str(ipaddress.ip_network((body[16:32], bits), strict=False))
