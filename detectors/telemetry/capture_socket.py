"""Gets a socket for live capture without ever holding the capture right itself.

Before this on the path: the wish to watch an interface. After it: ``live_ring.py``, in a process without that right.
The right is with a helper, ``capture_right.py``, which ends as soon as it has passed the socket on. It is started
directly where this user may capture, otherwise through ``sudo`` without a password, otherwise through ``pkexec``, which
asks the person at the desk.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import socket
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from detectors.contract.errors import InputUnreadable, NoCaptureRight
from detectors.telemetry.capture_right import FAILED, OPENED, is_interface_name

HELPER = Path(__file__).with_name("capture_right.py")
ANSWER_S = 5.0
ASKING_S = 120.0
"""A person types a password."""
_CAN_CAPTURE = 1 << 13
"""CAP_NET_RAW."""
_ROOM_BYTES = 8


def open_capture_socket(interface: str, *, is_promiscuous: bool = False) -> socket.socket:
    """Get a packet socket that is bound to an interface.

    Args:
        interface: Its name, or ``any``.
        is_promiscuous: Also what is meant for other computers.

    Raises:
        NoCaptureRight: Nobody here may capture.
        InputUnreadable: There is no such interface.
    """
    if not is_interface_name(interface):
        raise InputUnreadable(path=interface)
    for way, patience_s in _ways():
        command = [*way, sys.executable, "-I", str(HELPER), interface, *(["promiscuous"] if is_promiscuous else [])]
        taker = _ask(command, patience_s, interface)
        if taker is not None:
            return taker
    raise NoCaptureRight(interface=interface)


def has_capture_right() -> bool:
    """Tell whether this process may open packet sockets."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return bool(int(status.split("CapEff:")[1].split()[0], 16) & _CAN_CAPTURE)
    return False


def has_portable_right() -> bool:
    """Tell whether scapy's sockets may open a card: on macOS through a device of BPF, on Windows through Npcap."""
    if sys.platform == "win32":
        return Path(os.environ.get("SYSTEMROOT", "C:\\Windows"), "System32", "Npcap").is_dir()
    return any(os.access(device, os.R_OK) for device in Path("/dev").glob("bpf*"))


def _ways() -> Iterator[tuple[list[str], float]]:
    """Name the ways to start the helper, and how long each may take."""
    if has_capture_right():
        yield [], ANSWER_S
        return
    for way, patience_s in ((["sudo", "-n", "--"], ANSWER_S), (["pkexec"], ASKING_S)):
        found = shutil.which(way[0], path="/usr/bin:/bin:/usr/sbin:/sbin")  # never one from the user's own folders
        if found:
            yield [found, *way[1:]], patience_s


def _ask(command: list[str], patience_s: float, interface: str) -> socket.socket | None:
    """Start the helper and take what it passes on; None when this way is closed."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            nothing = subprocess.DEVNULL
            helper = subprocess.Popen(command, stdin=theirs.fileno(), stdout=nothing, stderr=nothing)
        ours.settimeout(patience_s)
        try:
            answer, descriptors, _, _ = socket.recv_fds(ours, _ROOM_BYTES, 1)
        except TimeoutError:
            answer, descriptors = b"", []
        finally:
            _end(helper)
    if answer == OPENED and len(descriptors) == 1:
        return socket.socket(fileno=descriptors[0])
    for descriptor in descriptors:
        os.close(descriptor)
    if answer[:1] == FAILED and len(answer) == 1 + 4:
        (number,) = struct.unpack("<I", answer[1:])
        if number in (errno.ENODEV, errno.ENXIO, errno.EINVAL):
            raise InputUnreadable(path=interface)
    return None


def _end(helper: subprocess.Popen[bytes]) -> None:
    """See the helper off; one that still asks for a password is no longer waited for."""
    try:
        helper.wait(1.0)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(PermissionError):  # it runs as another user
            helper.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            helper.wait(1.0)
