r"""Names the places of Windows that start programs or let people in.

Before this on the path: ``known_places.PlaceReader`` for files, the registry through ``Registry``. After it: its items.
Proven with a made-up registry and scratch roots only. Plain reading sees what this account may read: tasks and other
people's keys need administrator rights, and subscriptions of WMI are not seen at all.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from detectors.telemetry.known_places import MAX_HOMES, PlaceReader

RUN_KEYS = (
    r"Software\Microsoft\Windows\CurrentVersion\Run",
    r"Software\Microsoft\Windows\CurrentVersion\RunOnce",
    r"Software\Microsoft\Windows\CurrentVersion\RunServices",
    r"Software\Microsoft\Windows\CurrentVersion\Policies\Explorer\Run",
    r"Software\WOW6432Node\Microsoft\Windows\CurrentVersion\Run",
    r"Software\WOW6432Node\Microsoft\Windows\CurrentVersion\RunOnce",
    r"Software\Microsoft\Windows NT\CurrentVersion\Windows",
)
WINLOGON = r"Software\Microsoft\Windows NT\CurrentVersion\Winlogon"
WINLOGON_VALUES = frozenset({"shell", "userinit", "vmapplet", "taskman", "gpextensions"})
WINDOWS_VALUES = frozenset({"load", "run", "appinit_dlls"})
SWAPPED = r"Software\Microsoft\Windows NT\CurrentVersion\Image File Execution Options"
SERVICES = r"SYSTEM\CurrentControlSet\Services"
PEOPLE = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList"
TASK_FOLDER = "Windows/System32/Tasks"
ALL_STARTUP = "ProgramData/Microsoft/Windows/Start Menu/Programs/StartUp"
OWN_STARTUP = "AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup"
PROFILES = ("Documents/WindowsPowerShell", "Documents/PowerShell")
MAX_KEYS = 5_000
MAX_VALUES = 1_000
MAX_TEXT = 4_000
_SERVICE_OF_KIND = re.compile(r"0x(?:10|20|110|120|50|60)$", re.IGNORECASE)
_TASK_COMMAND = re.compile(
    r"<Command>([^<]{1,1000})</Command>(?:\s*<Arguments>([^<]{0,3000})</Arguments>)?", re.IGNORECASE
)


class Registry(Protocol):
    """What is read of the registry."""

    def values(self, hive: str, key: str) -> Iterator[tuple[str, str]]:
        """Yield names and texts of a key's values; nothing where there is no such key."""

    def keys(self, hive: str, key: str) -> Iterator[str]:
        """Yield the names of the keys in a key."""


def add_windows_places(reader: PlaceReader, registry: Registry | None = None) -> None:
    """Note everything of Windows that can be read plainly."""
    known = registry or (SystemRegistry(reader) if sys.platform == "win32" else None)
    if known is not None:
        _add_registry(reader, known)
    _add_startup(reader, ALL_STARTUP, None)
    for home in itertools.islice(reader.folders(reader.at("Users")), MAX_HOMES):
        _add_startup(reader, f"Users/{home.name}/{OWN_STARTUP}", home.name)
        for folder in PROFILES:
            for path in reader.files(home / folder, ".ps1"):
                _add_file(reader, "shell_profile", path, home.name)
        _add_file(reader, "ssh_key", home / ".ssh/authorized_keys", home.name)
    _add_file(reader, "ssh_key", reader.at("ProgramData/ssh/administrators_authorized_keys"), None)
    _add_tasks(reader)


def _add_registry(reader: PlaceReader, registry: Registry) -> None:
    for hive, key in itertools.product(("HKLM", "HKCU"), RUN_KEYS):
        wanted = WINDOWS_VALUES if key.endswith("\\Windows") else None
        _add_values(reader, registry, hive, key, wanted)
    for hive in ("HKLM", "HKCU"):
        _add_values(reader, registry, hive, WINLOGON, WINLOGON_VALUES)
    for name in itertools.islice(registry.keys("HKLM", SWAPPED), MAX_KEYS):
        _add_values(reader, registry, "HKLM", f"{SWAPPED}\\{name}", frozenset({"debugger", "verifierdlls"}))
    for name in itertools.islice(registry.keys("HKLM", SERVICES), MAX_KEYS):
        _add_service(reader, registry, name)
    for name in itertools.islice(registry.keys("HKLM", PEOPLE), MAX_KEYS):
        _add_person(reader, registry, name)


def _add_values(
    reader: PlaceReader, registry: Registry, hive: str, key: str, wanted: frozenset[str] | None = None
) -> None:
    for name, text in itertools.islice(registry.values(hive, key), MAX_VALUES):
        if text and (wanted is None or name.lower() in wanted):
            content = text[:MAX_TEXT].encode("utf-8", "surrogatepass")
            reader.add("run_key", f"{hive}\\{key}\\{name}", content, starts=text)


def _add_service(reader: PlaceReader, registry: Registry, name: str) -> None:
    """Note what a service starts, and its library; drivers of devices are left out."""
    key = f"{SERVICES}\\{name}"
    values = {known.lower(): text for known, text in itertools.islice(registry.values("HKLM", key), MAX_VALUES)}
    kind = values.get("type", "")
    path = values.get("imagepath", "")
    if not path or (kind and not _SERVICE_OF_KIND.search(kind)):
        return
    parts = [
        path,
        *(text for known, text in registry.values("HKLM", f"{key}\\Parameters") if known.lower() == "servicedll"),
    ]
    command = " ".join(part[:MAX_TEXT] for part in parts)
    reader.add("service", name, command.encode("utf-8", "surrogatepass"), starts=command)


def _add_person(reader: PlaceReader, registry: Registry, name: str) -> None:
    """Note an account by its profile: made when somebody signs in for the first time."""
    values = dict(itertools.islice(registry.values("HKLM", f"{PEOPLE}\\{name}"), MAX_VALUES))
    home = values.get("ProfileImagePath", "")
    person = home.replace("/", "\\").rpartition("\\")[2]
    if person and name.startswith("S-1-5-21-"):
        reader.add("account", person, name.encode("utf-8", "surrogatepass"))


def _add_startup(reader: PlaceReader, folder: str, user: str | None) -> None:
    for path in reader.files(reader.at(folder)):
        if path.name.lower() != "desktop.ini":
            _add_file(reader, "startup_folder", path, user, starts=reader.shown(path))


def _add_tasks(reader: PlaceReader) -> None:
    for path in reader.files(reader.at(TASK_FOLDER), depth=6):
        content = reader.read(path)
        if content is None:
            continue
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace")
        found = [" ".join(filter(None, one)) for one in _TASK_COMMAND.findall(text)[:5]]
        reader.add("task", reader.shown(path), content, starts="; ".join(found) or None)


def _add_file(reader: PlaceReader, place: str, path: Path, user: str | None, starts: str | None = None) -> None:
    content = reader.read(path)
    if content is not None:
        reader.add(place, reader.shown(path), content, starts=starts, user=user)


class SystemRegistry:
    """The registry of this computer."""

    def __init__(self, reader: PlaceReader) -> None:
        self._reader = reader

    def values(self, hive: str, key: str) -> Iterator[tuple[str, str]]:
        """Yield names and texts of a key's values."""
        winreg = _winreg()
        for number in range(MAX_VALUES):
            try:
                with winreg.OpenKey(getattr(winreg, _HIVES[hive]), key) as opened:
                    name, value, _ = winreg.EnumValue(opened, number)
            except FileNotFoundError:
                return
            except OSError as error:
                self._count(error)
                return
            yield name, hex(value) if isinstance(value, int) else str(value)[:MAX_TEXT]

    def keys(self, hive: str, key: str) -> Iterator[str]:
        """Yield the names of the keys in a key."""
        winreg = _winreg()
        for number in range(MAX_KEYS):
            try:
                with winreg.OpenKey(getattr(winreg, _HIVES[hive]), key) as opened:
                    name = winreg.EnumKey(opened, number)
            except FileNotFoundError:
                return
            except OSError as error:
                self._count(error)
                return
            yield name

    def _count(self, error: OSError) -> None:
        """Count a refusal; the end of a list is an error too (259), and none."""
        if getattr(error, "winerror", None) != _NO_MORE:
            self._reader.unread += 1


_HIVES = {"HKLM": "HKEY_LOCAL_MACHINE", "HKCU": "HKEY_CURRENT_USER"}
_NO_MORE = 259


def _winreg() -> Any:
    """Give the module that only Windows has."""
    import winreg  # noqa: PLC0415 - only Windows has it

    return winreg
