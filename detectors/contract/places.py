"""The places of a computer that matter: downloads, mail, what starts by itself, and so on.

Before this on the path: the system's own settings. After it: the service (what Quick and Full look at, friendly
names of folders) and detectors that ask where a file lies.
Pure functions over ``ComputerFacts``, so that every system can be tested on any other; only ``facts_of_this_computer``
asks the machine.
"""

from __future__ import annotations

import os
import string
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

KINDS = ("downloads", "desktop", "documents", "mail", "temporary", "startup", "home", "whole")
"""Every kind of place, in the order in which a quick look is worth most."""
LONGEST_SETTINGS_FILE = 64 * 1024
"""Bytes of ``user-dirs.dirs`` that are read."""


@dataclass(frozen=True, slots=True)
class Place:
    """One folder or file that matters."""

    kind: str
    """One of ``KINDS``."""
    path: str
    """Where; not every place exists."""


@dataclass(frozen=True, slots=True)
class ComputerFacts:
    """What has to be known to name the places."""

    system: str
    """``linux``, ``win32`` or ``darwin``, as ``sys.platform`` says."""
    home: str
    """This person's own folder."""
    environ: Mapping[str, str] = field(default_factory=dict)
    """Environment variables."""
    user_dirs: str = ""
    """Content of ``user-dirs.dirs`` (freedesktop.org xdg-user-dirs)."""
    drives: tuple[str, ...] = ()
    """Local drives on Windows, e.g. ``C:\\``."""


def facts_of_this_computer() -> ComputerFacts:
    """Ask the machine this runs on."""
    environ = dict(os.environ)
    home = str(Path("~").expanduser())
    system = "linux" if sys.platform.startswith("linux") else sys.platform
    config = Path(environ.get("XDG_CONFIG_HOME") or Path(home, ".config"))
    drives = tuple(f"{letter}:\\" for letter in string.ascii_uppercase if Path(f"{letter}:\\").exists())
    return ComputerFacts(
        system=system,
        home=home,
        environ=environ,
        user_dirs=_read_settings(config / "user-dirs.dirs") if system == "linux" else "",
        drives=drives if system == "win32" else (),
    )


def known_places(facts: ComputerFacts) -> list[Place]:
    """Name the places of a computer, by kind, each path once."""
    named = {"win32": _windows_places, "darwin": _mac_places}.get(facts.system, _linux_places)
    first: dict[str, Place] = {}
    for place in named(facts):
        if place.path:
            first.setdefault(place.path, place)
    return sorted(first.values(), key=lambda place: KINDS.index(place.kind))


def is_inside(path: str, folder: str, system: str) -> bool:
    """Tell whether ``path`` is ``folder`` or lies in it, as that system compares names; the disk is not asked."""
    return pure_path(path, system).is_relative_to(pure_path(folder, system))


@lru_cache(maxsize=1024)
def pure_path(path: str, system: str) -> PurePath:
    """Read a path the way a system does; kept, because the same places are asked about with every finding."""
    return PureWindowsPath(path) if system == "win32" else PurePosixPath(path)


def _linux_places(facts: ComputerFacts) -> Iterator[Place]:
    home = facts.home
    config = facts.environ.get("XDG_CONFIG_HOME") or f"{home}/.config"
    named = _user_dirs(facts.user_dirs, home)
    for kind, word in (("downloads", "Downloads"), ("desktop", "Desktop"), ("documents", "Documents")):
        yield Place(kind, named.get(kind) or f"{home}/{word}")
    for tail in (".thunderbird", ".mozilla-thunderbird", "snap/thunderbird/common/.thunderbird"):
        yield Place("mail", f"{home}/{tail}")
    yield Place("mail", f"{home}/.var/app/org.mozilla.Thunderbird/.thunderbird")
    yield Place("mail", f"{home}/.local/share/evolution/mail")
    for path in (facts.environ.get("TMPDIR", ""), "/tmp", "/var/tmp", "/dev/shm"):  # noqa: S108 - looked at, not used
        yield Place("temporary", path.rstrip("/"))
    yield from _linux_startup(home, config)
    yield Place("home", home)
    yield Place("whole", "/")


def _linux_startup(home: str, config: str) -> Iterator[Place]:
    """Name what starts by itself: sign-in, systemd, cron, shell profiles (ATT&CK T1547.013, T1543.002, T1053.003)."""
    for path in (
        f"{config}/autostart",
        f"{config}/systemd/user",
        f"{home}/.local/share/systemd/user",
        "/etc/xdg/autostart",
        "/etc/systemd/system",
        "/etc/crontab",
        "/etc/cron.d",
        "/etc/cron.hourly",
        "/etc/cron.daily",
        "/etc/cron.weekly",
        "/etc/cron.monthly",
        "/var/spool/cron",
        "/etc/rc.local",
        "/etc/init.d",
        "/etc/profile",
        "/etc/profile.d",
        f"{home}/.profile",
        f"{home}/.bash_profile",
        f"{home}/.bash_login",
        f"{home}/.bashrc",
        f"{home}/.zshenv",
        f"{home}/.zprofile",
        f"{home}/.zshrc",
        f"{home}/.xprofile",
        f"{home}/.xinitrc",
    ):
        yield Place("startup", path)


def _windows_places(facts: ComputerFacts) -> Iterator[Place]:
    home, environ = facts.home, facts.environ
    local = environ.get("LOCALAPPDATA") or f"{home}\\AppData\\Local"
    roaming = environ.get("APPDATA") or f"{home}\\AppData\\Roaming"
    everybody = environ.get("PROGRAMDATA") or "C:\\ProgramData"
    windows = environ.get("SYSTEMROOT") or "C:\\Windows"
    yield Place("downloads", f"{home}\\Downloads")
    yield Place("desktop", f"{home}\\Desktop")
    yield Place("documents", f"{home}\\Documents")
    cloud = environ.get("OneDrive") or environ.get("ONEDRIVE")
    if cloud:  # OneDrive moves these two folders when asked to look after them
        yield Place("desktop", f"{cloud}\\Desktop")
        yield Place("documents", f"{cloud}\\Documents")
    yield Place("mail", f"{local}\\Microsoft\\Outlook")
    yield Place("mail", f"{local}\\Microsoft\\Windows\\INetCache\\Content.Outlook")
    yield Place("mail", f"{roaming}\\Thunderbird\\Profiles")
    yield Place("temporary", environ.get("TEMP") or f"{local}\\Temp")
    yield Place("temporary", f"{windows}\\Temp")
    start = "Microsoft\\Windows\\Start Menu\\Programs\\Startup"
    yield Place("startup", f"{roaming}\\{start}")
    yield Place("startup", f"{everybody}\\{start}")
    yield Place("startup", f"{windows}\\System32\\Tasks")
    yield Place("home", home)
    for drive in facts.drives or (f"{environ.get('SYSTEMDRIVE') or 'C:'}\\",):
        yield Place("whole", drive)


def _mac_places(facts: ComputerFacts) -> Iterator[Place]:
    home = facts.home
    yield Place("downloads", f"{home}/Downloads")
    yield Place("desktop", f"{home}/Desktop")
    yield Place("documents", f"{home}/Documents")
    yield Place("mail", f"{home}/Library/Mail Downloads")
    yield Place("mail", f"{home}/Library/Containers/com.apple.mail/Data/Library/Mail Downloads")
    yield Place("mail", f"{home}/Library/Mail")
    yield Place("mail", f"{home}/Library/Thunderbird/Profiles")
    for path in (facts.environ.get("TMPDIR", ""), "/private/tmp", "/private/var/tmp"):
        yield Place("temporary", path.rstrip("/"))
    for path in (
        f"{home}/Library/LaunchAgents",
        "/Library/LaunchAgents",
        "/Library/LaunchDaemons",
        "/Library/StartupItems",
        "/usr/lib/cron/tabs",
        "/etc/periodic",
        f"{home}/.profile",
        f"{home}/.bash_profile",
        f"{home}/.zshenv",
        f"{home}/.zprofile",
        f"{home}/.zshrc",
    ):
        yield Place("startup", path)
    yield Place("home", home)
    yield Place("whole", "/")


def _user_dirs(untrusted_lines: str, home: str) -> dict[str, str]:
    """Read ``XDG_DOWNLOAD_DIR="$HOME/Téléchargements"`` lines; what is odd is left out.

    Source: user-dirs.dirs(5): a value is either ``"$HOME/..."`` or an absolute path.
    """
    names = {"XDG_DOWNLOAD_DIR": "downloads", "XDG_DESKTOP_DIR": "desktop", "XDG_DOCUMENTS_DIR": "documents"}
    found: dict[str, str] = {}
    for line in untrusted_lines.splitlines():
        name, equals, value = line.strip().partition("=")
        path = value.strip().strip('"')
        if path.startswith("$HOME"):
            path = home + path.removeprefix("$HOME")
        path = path.rstrip("/")
        # A folder "switched off" points at home itself; looking at all of home is another kind.
        if equals and name in names and path.startswith("/") and path != home:
            found[names[name]] = path
    return found


def _read_settings(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(LONGEST_SETTINGS_FILE).decode("utf-8", "surrogateescape")
    except OSError:
        return ""
