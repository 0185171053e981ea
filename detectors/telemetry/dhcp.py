"""Reads DHCP and DHCPv6 messages.

Before this on the path: ``lan.py``. After it: ``contract.conversations.DhcpMessage``.
Source: RFC 2131, 2132, 8415, 3646, 4704.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from detectors.contract.conversations import DhcpMessage
from detectors.telemetry.readers.texts import from_bytes

Options: TypeAlias = dict[int, bytes]
MAX_OPTIONS = 128
MAX_SERVERS = 16
"""Routers or name servers kept of one message."""
_COOKIE = bytes((99, 130, 83, 99))
_FIXED4 = 240
_KINDS4 = ("", "discover", "offer", "request", "decline", "ack", "nak", "release", "inform")
_KINDS6 = ("", "solicit", "advertise", "request", "confirm", "renew", "rebind", "reply", "release", "decline",
           "reconfigure", "inform", "relay", "relay_reply")  # fmt: skip
_ROUTERS, _RESOLVERS, _HOST_NAME, _WANTED, _KIND, _SERVER = 3, 6, 12, 50, 53, 54
_CLIENT6, _SERVER6, _LEASE6, _ADDRESS6, _RESOLVERS6, _NAME6 = 1, 2, 3, 5, 23, 39
_RELAYED = 12
_LEASE_HEAD = 12
_PAD, _END = 0, 255


def read_dhcp(data: bytes, record: int, at_s: float, sender: str) -> DhcpMessage | None:
    """Read a DHCP message; None when it is none.

    Args:
        data: UDP payload.
        record: Packet number.
        at_s: Seconds since 1970.
        sender: Address it came from.
    """
    if len(data) < _FIXED4 or data[236:240] != _COOKIE:
        return None
    options = _first_of_each(_options4(data[_FIXED4:]))
    kind = options.get(_KIND, b"\0")[:1]
    if not kind or not 0 < kind[0] < len(_KINDS4):
        return None
    offered = data[16:20] if any(data[16:20]) else options.get(_WANTED, b"")
    return DhcpMessage(
        record=record,
        at_s=at_s,
        kind=_KINDS4[kind[0]],
        client_mac=mac_text(data[28:34]),
        sender=sender,
        server_id=_first(addresses(options.get(_SERVER, b""), 4)),
        offered=_first(addresses(offered, 4)),
        routers=addresses(options.get(_ROUTERS, b""), 4),
        resolvers=addresses(options.get(_RESOLVERS, b""), 4),
        host_name=from_bytes(options.get(_HOST_NAME, b"").rstrip(b"\0")),
    )


def read_dhcp6(data: bytes, record: int, at_s: float, sender: str) -> DhcpMessage | None:
    """Read a DHCPv6 message; None when it is none. What a relay wraps is not unwrapped."""
    if len(data) < 4 or not 0 < data[0] < len(_KINDS6):  # noqa: PLR2004 - type and transaction
        return None
    options = dict(_options6(data[4:])) if data[0] < _RELAYED else {}
    lease = dict(_options6(options.get(_LEASE6, b"")[_LEASE_HEAD:]))
    return DhcpMessage(
        record=record,
        at_s=at_s,
        kind=_KINDS6[data[0]],
        client_mac=_mac_in_id(options.get(_CLIENT6, b"")),
        sender=sender,
        server_id=options.get(_SERVER6, b"")[:64].hex(),
        offered=_first(addresses(lease.get(_ADDRESS6, b"")[:16], 16)),
        resolvers=addresses(options.get(_RESOLVERS6, b""), 16),
        host_name=from_bytes(options.get(_NAME6, b"")[2:].rstrip(b"\0")),
    )


def _options4(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(MAX_OPTIONS):
        while at < len(data) and data[at] == _PAD:
            at += 1
        if at + 2 > len(data) or data[at] == _END:
            return
        size = data[at + 1]
        yield data[at], data[at + 2 : at + 2 + size]
        at += 2 + size


def _first_of_each(options: Iterable[tuple[int, bytes]]) -> dict[int, bytes]:
    """Let the first of several equal options count, as a client does; a later one may not hide it."""
    first: dict[int, bytes] = {}
    for kind, value in options:
        first.setdefault(kind, value)
    return first


def _options6(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    for _ in range(MAX_OPTIONS):
        if at + 4 > len(data):
            return
        size = int.from_bytes(data[at + 2 : at + 4])
        yield int.from_bytes(data[at : at + 2]), data[at + 4 : at + 4 + size]
        at += 4 + size


def addresses(data: bytes, size: int) -> tuple[str, ...]:
    """Write the whole addresses of ``size`` bytes that stand one after the other, the first few of them."""
    whole = range(0, min(len(data), size * MAX_SERVERS) - size + 1, size)
    return tuple(str(ipaddress.ip_address(data[at : at + size])) for at in whole)


def mac_text(data: bytes) -> str:
    """Write a hardware address as people do; "" for none."""
    return data.hex(":") if any(data) else ""


def _first(texts: tuple[str, ...]) -> str:
    return texts[0] if texts else ""


def _mac_in_id(data: bytes) -> str:
    """Take the hardware address out of an identity that is made of one."""
    begin = {b"\0\1\0\1": 8, b"\0\3\0\1": 4}.get(data[:4])
    return mac_text(data[begin : begin + 6]) if begin and len(data) >= begin + 6 else ""
