"""Tells the near end from the far end by the address alone, and names of computers from bare numbers.

Before this on the path: addresses and names as text. After it: detectors that ask "is this one of ours?".
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache


@lru_cache(maxsize=65_536)
def is_inside(address: str) -> bool:
    """Tell whether an address belongs to a home or office network, or to this computer itself."""
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return False
    return (one.is_private or one.is_link_local or one.is_loopback) and not one.is_multicast


@lru_cache(maxsize=65_536)
def is_outside(address: str) -> bool:
    """Tell whether an address stands for one computer on the internet."""
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return False
    return not (is_inside(address) or one.is_multicast or one.is_unspecified or one.is_reserved)


@lru_cache(maxsize=65_536)
def host_of(header: str) -> str:
    """Take the port off a ``Host`` header: ``[2001:db8::1]:8080`` -> ``2001:db8::1``."""
    text = header.strip().lower()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text if text.count(":") > 1 else text.partition(":")[0]


@lru_cache(maxsize=65_536)
def is_numeric_host(header: str) -> bool:
    """Tell whether a ``Host`` header holds a bare address and no name."""
    try:
        ipaddress.ip_address(host_of(header))
    except ValueError:
        return False
    return True
