"""Names the places of macOS that start programs or let people in.

Before this on the path: ``known_places.PlaceReader``. After it: its items.
Proven with scratch roots only. Login items since macOS 13 lie in a database of Apple's own: it counts as a whole.
"""

from __future__ import annotations

import plistlib
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from detectors.telemetry.known_places import MAX_HOMES, PlaceReader, add_lines
from detectors.telemetry.places_linux import add_keys

AGENT_FOLDERS = ("/Library/LaunchAgents", "/Library/LaunchDaemons")
LOGIN_DATABASES = ("/private/var/db/com.apple.backgroundtaskmanagement", "/var/db/com.apple.backgroundtaskmanagement")
HOME_LOGIN_ITEMS = "Library/Preferences/com.apple.loginitems.plist"
CRON_SPOOLS = ("/private/var/at/tabs", "/usr/lib/cron/tabs")
SCRIPT_FOLDERS = ("/etc/periodic/daily", "/etc/periodic/weekly", "/etc/periodic/monthly", "/etc/emond.d/rules")
PROFILES = ("/etc/profile", "/etc/bashrc", "/etc/zshrc", "/etc/zshenv", "/etc/zprofile")
HOME_PROFILES = (".profile", ".bashrc", ".bash_profile", ".zshrc", ".zshenv", ".zprofile", ".zlogin", ".ssh/rc")
USERS = "/private/var/db/dslocal/nodes/Default/users"
GROUPS = "/private/var/db/dslocal/nodes/Default/groups"
MAX_WORDS = 40
_BAD_LIST = (plistlib.InvalidFileException, ExpatError, ValueError, TypeError, OverflowError, RecursionError, KeyError,
             IndexError, AttributeError, MemoryError, UnicodeError)  # fmt: skip
"""What hostile property lists make the standard library raise."""


def add_macos_places(reader: PlaceReader) -> None:
    """Note everything of macOS."""
    for folder in AGENT_FOLDERS:
        _add_agents(reader, reader.at(folder), None)
    for folder in LOGIN_DATABASES:
        for path in reader.files(reader.at(folder), ".btm"):
            _add_whole(reader, "login_item", path, None)
    _add_scripts(reader)
    _add_people(reader)
    for number, home in enumerate(reader.folders(reader.at("/Users"))):
        if number < MAX_HOMES:
            _add_home(reader, home)


def _add_scripts(reader: PlaceReader) -> None:
    """Note what cron and shells run, and the rights of administrators."""
    for folder in CRON_SPOOLS:
        for path in reader.files(reader.at(folder)):
            add_lines(reader, "cron", path, user=path.name)
    for folder in SCRIPT_FOLDERS:
        for path in reader.files(reader.at(folder)):
            _add_whole(reader, "cron", path, None)
    for place, name in (("cron", "/etc/crontab"), ("startup_script", "/etc/rc.common"), ("sudo", "/etc/sudoers")):
        add_lines(reader, place, reader.at(name))
    for profile in PROFILES:
        add_lines(reader, "shell_profile", reader.at(profile))
    for path in reader.files(reader.at("/etc/sudoers.d")):
        add_lines(reader, "sudo", path)


def _add_home(reader: PlaceReader, home: Path) -> None:
    user = home.name
    _add_agents(reader, home / "Library/LaunchAgents", user)
    _add_whole(reader, "login_item", home / HOME_LOGIN_ITEMS, user)
    add_keys(reader, home / ".ssh/authorized_keys", user)
    for name in HOME_PROFILES:
        add_lines(reader, "shell_profile", home / name, user=user)


def _add_agents(reader: PlaceReader, folder: Path, user: str | None) -> None:
    """Note each agent and daemon with the command it starts."""
    for path in reader.files(folder, ".plist"):
        content = reader.read(path)
        if content is not None:
            reader.add("launch_agent", reader.shown(path), content, starts=_command_of(content), user=user)


def _command_of(content: bytes) -> str | None:
    facts = _property_list(content)
    words = facts.get("ProgramArguments")
    if isinstance(words, list) and words:
        return " ".join(str(word) for word in words[:MAX_WORDS] if isinstance(word, str)) or None
    program = facts.get("Program")
    return program if isinstance(program, str) else None


def _add_people(reader: PlaceReader) -> None:
    """Note accounts with their shells, and members of groups; readable for administrators alone."""
    for path in reader.files(reader.at(USERS), ".plist"):
        facts = _property_list(reader.read(path) or b"")
        shell, number = _first(facts.get("shell")), _first(facts.get("uid"))
        content = f"{path.stem}:{number}:{shell}".encode("utf-8", "surrogateescape")
        reader.add("account", path.stem, content, starts=shell, user="superuser" if number == "0" else None)
    for path in reader.files(reader.at(GROUPS), ".plist"):
        members = _property_list(reader.read(path) or b"").get("users")
        for member in members[:1_000] if isinstance(members, list) else ():
            if isinstance(member, str):
                reader.add("group", f"{path.stem}: {member}", member.encode("utf-8", "surrogatepass"))


def _first(value: Any) -> str | None:
    return value[0] if isinstance(value, list) and value and isinstance(value[0], str) else None


def _property_list(content: bytes) -> dict[str, Any]:
    """Read a property list; empty when it is none."""
    try:
        facts = plistlib.loads(content)
    except _BAD_LIST:
        return {}
    return facts if isinstance(facts, dict) else {}


def _add_whole(reader: PlaceReader, place: str, path: Path, user: str | None) -> None:
    content = reader.read(path)
    if content is not None:
        reader.add(place, reader.shown(path), content, user=user)
