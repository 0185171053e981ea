"""Looks again at what may change while a Linux program runs: its file may go away, its streams may become a socket.

Before this on the path: ``processes_linux.py``, at each close look. After it: the same ``Program``, with fresh facts.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from detectors.contract.programs import Program
from detectors.telemetry.packages import PackageFiles
from detectors.telemetry.process_details import DELETED, PROC, set_path, set_streams


def refresh_path(program: Program) -> None:
    """Note that the executable went away, or came back."""
    try:
        link = os.readlink(f"{PROC}/{program.pid}/exe".encode())  # noqa: PTH115 - bytes
    except OSError:
        return
    if link.endswith(DELETED) != bool(program.is_deleted):
        _with_folder(program, lambda folder: set_path(program, link, folder))


def refresh_streams(program: Program) -> None:
    """Look what standard input, output and error are now."""
    _with_folder(program, lambda folder: set_streams(program, folder))


def ask_packages(program: Program, packages: PackageFiles) -> None:
    """Ask once whether a package brought the executable, where its path means the same as it does here."""
    if program.is_memory_file:
        program.is_packaged = False
    elif program.is_packaged is None and program.path and _sees_our_files(program):
        program.is_packaged = packages.holds(program.path)


def _sees_our_files(program: Program) -> bool:
    """Tell whether a program sees the same files as we do: a container's ``/usr/bin`` is another one."""
    try:
        theirs, ours = os.stat(f"{PROC}/{program.pid}/root"), Path("/").stat()  # noqa: PTH116 - a link that is followed
    except OSError:
        return False
    return (theirs.st_dev, theirs.st_ino) == (ours.st_dev, ours.st_ino)


def _with_folder(program: Program, do: Callable[[int], None]) -> None:
    try:
        folder = os.open(f"{PROC}/{program.pid}", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        return
    try:
        do(folder)
    finally:
        os.close(folder)
