"""What the kernel keeps from us: small filters for live capture, in the kernel's own classic BPF.

Before this on the path: a wish, such as "not what the helper sends me over port 22". After it: ``live_ring.py``.
Instruction set: https://docs.kernel.org/networking/filter.html. Loads count from the internet header on, so that one
program serves every kind of link.
"""

from __future__ import annotations

import ctypes
import ipaddress
import socket
import struct
from collections.abc import Sequence

SNAP_BYTES = 65_535
MAX_PORTS = 50
"""Jumps reach 255 instructions far."""

_ATTACH = 26
_LOAD_WORD, _LOAD_HALF, _LOAD_BYTE, _LOAD_HALF_AT_X = 0x20, 0x28, 0x30, 0x48
_X_HEAD_LENGTH, _X_NUMBER, _IF_EQUAL, _IF_ANY_BIT, _RETURN = 0xB1, 0x01, 0x15, 0x45, 0x06
_NET = 0xFFF00000
"""The internet header begins here."""
_ETHERTYPE = 0xFFFFF000
_V4, _V6, _TCP, _UDP = 0x0800, 0x86DD, 6, 17
_NEXT = "next"

Step = tuple[str, int, int, str, str]
"""Label ("" for none), instruction, number, where to go when true, when false."""


def build_filter(without_ports: Sequence[int] = (), only_host: str = "", snap_bytes: int = SNAP_BYTES) -> bytes:
    """Write a filter.

    Args:
        without_ports: TCP and UDP ports whose packets are left out, at most MAX_PORTS.
        only_host: An address; only packets from and to it are kept.
        snap_bytes: How much of each packet is kept.
    """
    steps: list[Step] = []
    if only_host:
        steps += _keep_host(only_host)
    if without_ports:
        steps += _leave_out_ports(sorted(set(without_ports))[:MAX_PORTS])
    return _assemble([*steps, ("keep", _RETURN, snap_bytes, _NEXT, _NEXT), ("drop", _RETURN, 0, _NEXT, _NEXT)])


def attach_filter(taker: socket.socket, program: bytes) -> None:
    """Give a filter to the kernel."""
    body = ctypes.create_string_buffer(program, len(program))
    taker.setsockopt(socket.SOL_SOCKET, _ATTACH, struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(body)))


def _keep_host(host: str) -> list[Step]:
    address = ipaddress.ip_address(host)
    words = struct.unpack(f">{len(address.packed) // 4}I", address.packed)
    is_v4 = address.version == 4  # noqa: PLR2004
    steps: list[Step] = [
        ("", _LOAD_HALF, _ETHERTYPE, _NEXT, _NEXT),
        ("", _IF_EQUAL, _V4 if is_v4 else _V6, _NEXT, "drop"),
    ]
    first = 12 if is_v4 else 8
    for start, otherwise in ((first, "target"), (first + len(address.packed), "drop")):
        for place, word in enumerate(words):
            label = "target" if start > first and place == 0 else ""
            is_last = place == len(words) - 1
            steps.append((label, _LOAD_WORD, _NET + start + 4 * place, _NEXT, _NEXT))
            steps.append(("", _IF_EQUAL, word, "host kept" if is_last else _NEXT, otherwise))
    return [*steps, ("host kept", _LOAD_HALF, _ETHERTYPE, _NEXT, _NEXT)]


def _leave_out_ports(ports: Sequence[int]) -> list[Step]:
    steps: list[Step] = [
        ("", _LOAD_HALF, _ETHERTYPE, _NEXT, _NEXT),
        ("", _IF_EQUAL, _V4, _NEXT, "version 6"),
        ("", _LOAD_HALF, _NET + 6, _NEXT, _NEXT),
        ("", _IF_ANY_BIT, 0x1FFF, "keep", _NEXT),  # a later fragment has no ports
        ("", _X_HEAD_LENGTH, _NET, _NEXT, _NEXT),
        ("", _LOAD_BYTE, _NET + 9, _NEXT, _NEXT),
        ("", _IF_EQUAL, _TCP, "ports", _NEXT),
        ("", _IF_EQUAL, _UDP, "ports", "keep"),
        ("version 6", _IF_EQUAL, _V6, _NEXT, "keep"),
        ("", _X_NUMBER, 40, _NEXT, _NEXT),
        ("", _LOAD_BYTE, _NET + 6, _NEXT, _NEXT),
        ("", _IF_EQUAL, _TCP, "ports", _NEXT),
        ("", _IF_EQUAL, _UDP, "ports", "keep"),
        ("ports", _LOAD_HALF_AT_X, _NET, _NEXT, _NEXT),
    ]
    steps += [("", _IF_EQUAL, port, "drop", _NEXT) for port in ports]
    steps.append(("", _LOAD_HALF_AT_X, _NET + 2, _NEXT, _NEXT))
    return steps + [("", _IF_EQUAL, port, "drop", _NEXT) for port in ports]


def _assemble(steps: Sequence[Step]) -> bytes:
    """Turn labels into distances."""
    places = {label: place for place, (label, *_) in enumerate(steps) if label}
    code = b""
    for here, (_, instruction, number, when_true, when_false) in enumerate(steps):
        far = [0 if label == _NEXT else places[label] - here - 1 for label in (when_true, when_false)]
        code += struct.pack("HBBI", instruction, *far, number & 0xFFFFFFFF)
    return code
