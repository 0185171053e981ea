"""Interfaces have the names that administrators know."""

from __future__ import annotations

import re

from detectors.features import rpc_interfaces as rpc
from tests.traffic_factories import make_rpc


def test_a_pipe_tells_its_interface_however_it_is_written():
    assert rpc.interface_of_pipe("svcctl") == rpc.interface_of_pipe(r"\PIPE\SVCCTL") == rpc.SERVICES
    assert rpc.interface_of_pipe("printer of maria") == ""


def test_what_was_bound_goes_before_what_the_pipe_lets_guess():
    assert rpc.interface_of(make_rpc(rpc.WMI, pipe="svcctl")) == rpc.WMI
    assert rpc.interface_of(make_rpc("", pipe="svcctl")) == rpc.SERVICES
    assert rpc.interface_of(make_rpc("", pipe="")) == ""


def test_every_interface_is_a_number_with_a_short_name():
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one) for one in rpc.NAMES)
    assert rpc.short_name(rpc.WMI) == "wmi"
    assert rpc.short_name("unknown") == "unknown"
