"""Places for live tests: a network of their own, so that nobody else's packets are seen and none leave."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
IN_A_NEW_NETWORK = ["unshare", "--user", "--map-root-user", "--net", "--"]
PREPARE = """
import fcntl, socket, struct, sys
sys.path.insert(0, {root!r})
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
    fcntl.ioctl(asked, 0x8914, struct.pack("16sH14x", b"lo", 0x49))  # loopback up
"""


def run_in_new_network(program: str) -> str:
    """Run Python code in a network namespace with nothing but loopback; skips where that is not allowed."""
    if sys.platform != "linux":
        pytest.skip("packet rings are a thing of Linux")
    probe = subprocess.run([*IN_A_NEW_NETWORK, "true"], capture_output=True, check=False)
    if probe.returncode != 0:
        pytest.skip("this computer does not let us make a network namespace: the live test was not run")
    code = PREPARE.format(root=str(ROOT)) + program
    told = subprocess.run(
        [*IN_A_NEW_NETWORK, sys.executable, "-W", "error", "-c", code],
        capture_output=True, text=True, check=False, timeout=60, env={**os.environ, "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return told.stdout
