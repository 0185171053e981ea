"""Places for live tests: two network name spaces with a cable between them, and a person without rights.

Needs root and the tools of Linux; whoever asks without them gets a skipped test with the reason.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

NEAR, FAR = "192.168.77.1", "93.184.216.34"
"""The far end has an address of the internet, because what is reported to there is judged otherwise."""
NOBODY = 65_534


def need(*tools: str) -> None:
    """Skip where this is no Linux, not root, or a tool is missing."""
    if sys.platform != "linux":
        pytest.skip("live packets are taken on Linux")
    if os.geteuid() != 0:
        pytest.skip("name spaces and other accounts need root")
    for tool in tools:
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")


def start_on_its_own(*command: str | Path) -> psutil.Process:
    """Start a program that nobody here is the parent of: whoever adopts orphans does so with this one.

    Else it is of the family of these tests, which may run from a temporary place themselves, and one finding tells of
    both.
    """
    quietly = 'exec </dev/null 2>/dev/null; "$@" >/dev/null & echo $!'
    told = subprocess.run(["sh", "-c", quietly, "sh", *command], stdout=subprocess.PIPE, timeout=60, check=True)
    return psutil.Process(int(told.stdout))


class Cable:
    """Two ends: ``near`` is where Plainwatch listens, ``far`` is where servers run."""

    def __init__(self, mark: str) -> None:
        self.spaces = {"near": f"pwn{mark}", "far": f"pwf{mark}"}
        self.card = f"pw{mark}"

    def inside(self, end: str) -> tuple[str, ...]:
        """Give the words that make a command run at one end."""
        return ("ip", "netns", "exec", self.spaces[end])

    def run(self, end: str, *words: str) -> subprocess.CompletedProcess[bytes]:
        """Run a command at one end."""
        return subprocess.run([*self.inside(end), *words], capture_output=True, timeout=60, check=False)


@contextmanager
def cable() -> Iterator[Cable]:
    """Lay a cable, and take it away whatever happens."""
    need("ip")
    one = Cable(str(os.getpid()))
    try:
        for space in one.spaces.values():
            made = subprocess.run(["ip", "netns", "add", space], capture_output=True, check=False)
            if made.returncode != 0:
                pytest.skip("this machine lets nobody make network name spaces")
        _lay(one)
        yield one
    finally:
        for space in one.spaces.values():
            subprocess.run(["ip", "netns", "del", space], capture_output=True, check=False)


def _lay(one: Cable) -> None:
    near, far, other = one.spaces["near"], one.spaces["far"], f"{one.card}f"
    for line in (
        f"ip link add {one.card} netns {near} type veth peer name {other} netns {far}",
        f"ip -n {near} addr add {NEAR}/24 dev {one.card}",
        f"ip -n {far} addr add {FAR}/24 dev {other}",
        f"ip -n {near} link set {one.card} up",
        f"ip -n {far} link set {other} up",
        f"ip -n {near} link set lo up",
        f"ip -n {far} link set lo up",
        f"ip -n {near} route add default dev {one.card}",
        f"ip -n {far} route add default dev {other}",
    ):
        subprocess.run(line.split(), check=True, capture_output=True)


@contextmanager
def nobody() -> Iterator[tuple[str, ...]]:
    """Give the words that run a command as an account without any right, which may start this Python.

    Python may lie in a home that others may not enter: within a view of its own, everything above it is open.
    """
    need("setpriv", "unshare", "mount")
    python = Path(sys.executable).resolve()
    closed = next((above for above in reversed(python.parents) if not above.stat().st_mode & 0o001), None)
    with tempfile.TemporaryDirectory() as keep:
        opening = ":"
        if closed is not None:
            room = closed / python.relative_to(closed).parts[0]
            opening = (
                f"mount --bind '{room}' '{keep}' && mount -t tmpfs -o mode=755 none '{closed}' && mkdir '{room}'"
                f" && mount --bind '{keep}' '{room}'"
            )
        drop = f"exec setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups --inh-caps=-all"
        words = ("unshare", "-m", "sh", "-c", f'{opening} && {drop} "$@"', "sh")
        if subprocess.run([*words, sys.executable, "-c", ""], capture_output=True, check=False).returncode != 0:
            pytest.skip("another account cannot start this Python")
        yield words
