"""Limits a worker from inside: memory, processor time, no core dumps, and an end when its parent ends.

Before this on the path: ``child.py`` at its start. After it: ``landlock.py`` and ``seccomp.py``, which lock the door
where the system can. Nothing here ever fails for want of support: the level reached is said, and shown.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from detectors.worker.landlock import keep_only_python_readable
from detectors.worker.seccomp import refuse_dangerous_calls

_PR_SET_PDEATHSIG = 1
_WANTED_DESCRIPTORS = 4096


def apply_limits(*, memory_bytes: int, cpu_s: int | None = None) -> str:
    """Limit this process for good; return the level reached.

    Args:
        memory_bytes: Address space; macOS and Windows are watched by the parent instead.
        cpu_s: Processor time over the whole life; None for workers that live long, whose clock the parent holds.
    """
    if sys.platform == "win32":
        return "watched"
    import resource  # noqa: PLC0415 - Windows has none

    def limit(what: int, figure: int) -> None:
        _, hard = resource.getrlimit(what)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (figure, figure if hard == resource.RLIM_INFINITY else min(figure, hard)))

    limit(resource.RLIMIT_CORE, 0)
    if cpu_s is not None:
        limit(resource.RLIMIT_CPU, cpu_s)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    figure = _WANTED_DESCRIPTORS if most == resource.RLIM_INFINITY else min(_WANTED_DESCRIPTORS, most)
    limit(resource.RLIMIT_NOFILE, figure)
    if sys.platform != "linux":
        return "limits" if sys.platform == "darwin" else "watched"
    limit(resource.RLIMIT_AS, memory_bytes)
    return "limits"


def lock_in(readable: Iterable[Path] = ()) -> str:
    """Lock the door behind a worker; return what held, to be put behind the level, e.g. ``+seccomp+landlock``.

    Args:
        readable: What it may read besides libraries and our own code.

    Call it when everything needed is loaded and before any thread is started.
    """
    if sys.platform != "linux":
        return ""
    has_landlock = keep_only_python_readable(readable)
    has_seccomp = refuse_dangerous_calls()
    return "+seccomp" * has_seccomp + "+landlock" * has_landlock


def die_with_parent() -> None:
    """Ask Linux to end this process when the thread that started it ends. Elsewhere the closed channel says so."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(0)
