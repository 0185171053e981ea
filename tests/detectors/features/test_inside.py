"""Near and far ends are told apart by the address."""

from __future__ import annotations

import pytest

from detectors.features.inside import host_of, is_inside, is_numeric_host, is_outside


@pytest.mark.parametrize(
    ("address", "inside", "outside"),
    [
        ("192.168.1.1", True, False),
        ("127.0.0.1", True, False),
        ("fe80::1", True, False),
        ("93.184.216.34", False, True),
        ("2606:2800:220:1::1", False, True),
        ("224.0.0.251", False, False),
        ("255.255.255.255", True, False),
        ("no address", False, False),
    ],
)
def test_ends(address, inside, outside):
    assert (is_inside(address), is_outside(address)) == (inside, outside)


@pytest.mark.parametrize(
    ("header", "host", "numeric"),
    [
        ("Example.com:8080", "example.com", False),
        ("192.0.2.1:80", "192.0.2.1", True),
        ("[2001:db8::1]:80", "2001:db8::1", True),
        ("2001:db8::1", "2001:db8::1", True),
        ("", "", False),
    ],
)
def test_hosts(header, host, numeric):
    assert (host_of(header), is_numeric_host(header)) == (host, numeric)
