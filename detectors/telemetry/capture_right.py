"""The helper that holds the right to capture for a moment: opens one socket, gives up every right, passes it on, ends.

Before this on the path: ``capture_socket.py`` starts this file as a program of its own, where needed through ``sudo``
or ``pkexec``. After it: the socket, in a process without that right. Nothing is read from the network here.
It runs with rights that others want, so it stands alone: standard library only, isolated from the user's Python
settings, one argument that is checked, and no answer but one byte, the socket, or the number of an error.

    python -I capture_right.py INTERFACE [promiscuous]       with a unix socket as standard input
"""

from __future__ import annotations

import ctypes
import errno
import os
import re
import socket
import struct
import sys

_ALL_PROTOCOLS = 0x0003
_PACKET, _ADD_MEMBERSHIP, _PROMISCUOUS = 263, 1, 1
_CAPABILITY_VERSION = 0x20080522
_SET_NO_NEW_PRIVILEGES, _DROP_BOUNDING = 38, 24
_MOST_CAPABILITIES = 64
_INTERFACE = re.compile(r"[A-Za-z0-9_.:@-]{1,15}")
ALL_INTERFACES = "any"
OPENED, FAILED = b"+", b"-"


def is_interface_name(name: str) -> bool:
    """Tell whether this may be the name of an interface at all."""
    return _INTERFACE.fullmatch(name) is not None


def open_packet_socket(interface: str, *, is_promiscuous: bool) -> socket.socket:
    """Open a socket that sees every packet of one interface, or of all; raises OSError."""
    if not is_interface_name(interface):
        raise OSError(errno.EINVAL, "no name of an interface")
    if interface == ALL_INTERFACES:
        return socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(_ALL_PROTOCOLS))
    taker = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)  # protocol 0: nothing arrives before it is bound
    taker.bind((interface, _ALL_PROTOCOLS))
    if is_promiscuous:
        index = socket.if_nametoindex(interface)
        taker.setsockopt(_PACKET, _ADD_MEMBERSHIP, struct.pack("iHH8x", index, _PROMISCUOUS, 0))
    return taker


def drop_every_right() -> None:
    """Give up all capabilities for good; raises OSError when that fails."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in range(_MOST_CAPABILITIES):
        libc.prctl(_DROP_BOUNDING, capability, 0, 0, 0)  # fails for unknown numbers, and where the right is missing
    head = struct.pack("Ii", _CAPABILITY_VERSION, 0)
    if libc.prctl(_SET_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0 or libc.capset(head, bytes(24)) != 0:
        raise OSError(ctypes.get_errno(), "the rights could not be given up")


def main(arguments: list[str]) -> int:
    """Do the one thing this program is for."""
    interface, *rest = arguments or [""]
    with socket.socket(fileno=os.dup(0)) as asker:
        try:
            taker = open_packet_socket(interface, is_promiscuous=rest == ["promiscuous"])
            drop_every_right()
        except OSError as error:
            asker.sendall(FAILED + struct.pack("<I", error.errno or 0))
            return 1
        socket.send_fds(asker, [OPENED], [taker.fileno()])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
