import ipaddress
import random

import numpy as np

from detectors.contract.traffic import Addresses

SPECIAL = [
    "0.0.0.0", "10.1.1.1", "100.64.1.1", "127.0.0.1", "169.254.3.3", "172.16.0.1", "172.31.255.255", "172.32.0.1",
    "192.0.2.3", "192.168.4.255", "198.18.0.1", "198.20.0.0", "203.0.113.4", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255", "8.8.8.8", "1.2.3.255", "::", "::1", "fe80::1", "fc00::1", "ff02::1", "2a00:1450::1",
]  # fmt: skip


def book_of(ones):
    packed = b"".join(one.packed.ljust(16, b"\0") for one in ones)
    return Addresses(np.frombuffer(packed, np.uint8).reshape(-1, 16), np.array([one.version for one in ones], np.uint8))


def test_addresses_are_sorted_as_the_standard_library_does():
    dice = random.Random(3)
    ones = [ipaddress.ip_address(text) for text in SPECIAL]
    ones += [ipaddress.IPv4Address(dice.getrandbits(32)) for _ in range(2_000)]
    ones += [ipaddress.IPv6Address(dice.getrandbits(128)) for _ in range(500)]
    book = book_of(ones)
    near = [(one.is_private or one.is_link_local or one.is_loopback) and not one.is_multicast for one in ones]
    group = [one.is_multicast or one.is_unspecified or (one.version == 4 and one.packed[-1] == 255) for one in ones]
    assert book.is_private.tolist() == near
    assert book.is_group.tolist() == group


def test_an_empty_book_answers_with_nothing():
    assert book_of([]).is_private.tolist() == []
    assert book_of([]).is_group.tolist() == []
