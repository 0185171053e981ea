"""What this machine offers: a screen, the system libraries of the window, the rights of the person who started us.

Before this on the path: nothing. After it: ``first_start.py``, which acts on it, and ``console/doctor.py``, which
tells it. Standard library only, since the set-up needs it before any package is there.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
"""The folder that holds ``main.py``."""


def is_root() -> bool:
    """Tell whether every mistake would reach the whole machine."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def is_debian() -> bool:
    """Tell whether packages come from apt here: Debian, Ubuntu and their relatives."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def is_screen_there() -> bool:
    """Tell whether a window could be shown: Qt ends the whole program when it tries in vain."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return _wayland_answers(os.environ.get("WAYLAND_DISPLAY", "")) or _x_answers(os.environ.get("DISPLAY", ""))


def _wayland_answers(name: str) -> bool:
    """Try the socket of a Wayland screen, e.g. ``wayland-0``."""
    return bool(name) and _answers(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/")) / name))


def _x_answers(name: str) -> bool:
    """Try the socket of an X screen such as ``:0``; one on another machine is believed."""
    here = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", name)
    if here is None:
        return bool(name)
    path = f"/tmp/.X11-unix/X{here[1]}"  # noqa: S108 - the place is fixed by X itself
    return _answers(path) or _answers("\0" + path)


def _answers(address: str) -> bool:
    """Tell whether somebody listens on this local socket."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        line.settimeout(1)
        try:
            line.connect(address)
        except OSError:
            return False
    return True


def missing_qt_packages() -> list[str]:
    """Name the Debian packages that the window lacks; empty on systems that bring everything.

    Source: what ``ldd`` says about QtGui, QtWidgets and the xcb and offscreen plugins, kept in
    ``resources/locks/system.toml``.
    """
    if not sys.platform.startswith("linux"):
        return []
    needed = tomllib.loads((ROOT / "resources/locks/system.toml").read_text("utf-8"))["qt"]
    present = _installed_libraries()
    return sorted({package for library, package in needed.items() if library not in present})


def _installed_libraries() -> set[str]:
    """List the shared libraries the system's loader knows, by file name."""
    program = shutil.which("ldconfig", path=f"{os.environ.get('PATH', '')}:/sbin:/usr/sbin") or "ldconfig"
    try:
        listing = subprocess.run([program, "-p"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return set()
    return {line.split()[0] for line in listing.splitlines()[1:] if line.strip()}


def apt_line(packages: list[str]) -> str:
    """Write the exact line a person types to install ``packages``."""
    return "sudo apt-get install " + " ".join(packages)


def install_packages(packages: list[str]) -> bool:
    """Install Debian packages without asking; needs root. Only what goes wrong is shown, on stderr."""
    settings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", *packages],
    ):
        if subprocess.run(command, env=settings, stdout=subprocess.DEVNULL, check=False).returncode != 0:
            return False
    return True
