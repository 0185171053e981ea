"""Misbehaves on request, so that tests can see the wall hold. Only ``child.py`` loads it, and only when tests ask.

Before this on the path: ``child.py`` with a ``Hang`` job. After it: ``wall.py``, which has to cope.
"""

from __future__ import annotations

import os
import signal
import time

from detectors.worker import wire
from detectors.worker.framing import Channel


def hang(how: str, channel: Channel) -> None:
    """Do one harmful thing, for ever where it can be."""
    match how:
        case "sleep":
            time.sleep(3600)
        case "spin":
            while True:
                pass
        case "memory":
            hoard = [b""]
            while True:
                hoard.append(bytes(16_000_000))
        case "segv":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "garbage":
            os.write(0, b"\x00\x00\x00\x08\x00\x00\x00\x00no JSON!")
            time.sleep(3600)
        case "flood":
            while True:
                channel.send(wire.StillHere())
