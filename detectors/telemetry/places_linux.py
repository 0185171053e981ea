"""Names the places of Linux that start programs or let people in.

Before this on the path: ``known_places.PlaceReader``. After it: its items.
Files that may hold many commands give one item a line; a unit, an entry of a menu or an executable script is one item.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from detectors.telemetry.known_places import MAX_HOMES, PlaceReader, add_lines, text_of

CRON_TABLES = ("/etc/crontab", "/etc/anacrontab")
CRON_TABLE_FOLDERS = ("/etc/cron.d",)
CRON_SCRIPT_FOLDERS = ("/etc/cron.hourly", "/etc/cron.daily", "/etc/cron.weekly", "/etc/cron.monthly")
CRON_SPOOLS = ("/var/spool/cron/crontabs", "/var/spool/cron/tabs", "/var/spool/cron")
AT_SPOOLS = ("/var/spool/at", "/var/spool/cron/atjobs")
SYSTEM_UNITS = (
    "/etc/systemd/system",
    "/run/systemd/system",
    "/usr/local/lib/systemd/system",
    "/usr/lib/systemd/system",
    "/lib/systemd/system",
)
USER_UNITS = ("/etc/systemd/user", "/usr/local/lib/systemd/user", "/usr/lib/systemd/user")
UNIT_ENDINGS = (".service", ".timer", ".path", ".socket", ".conf")
PROFILES = ("/etc/profile", "/etc/bash.bashrc", "/etc/bashrc", "/etc/environment", "/etc/zsh/zshrc", "/etc/zsh/zshenv")
PROFILE_FOLDERS = ("/etc/profile.d",)
HOME_PROFILES = (
    ".profile", ".bashrc", ".bash_profile", ".bash_login", ".bash_logout", ".zshrc", ".zshenv", ".zprofile", ".zlogin",
    ".xprofile", ".xsessionrc", ".xinitrc", ".config/fish/config.fish", ".pam_environment", ".ssh/rc",
)  # fmt: skip
AUTOSTART_FOLDERS = ("/etc/xdg/autostart",)
START_SCRIPTS = ("/etc/rc.local", "/etc/rc.d/rc.local")
START_SCRIPT_FOLDERS = ("/etc/init.d", "/etc/update-motd.d", "/etc/network/if-up.d", "/etc/NetworkManager/dispatcher.d")
RULE_FOLDERS = ("/etc/udev/rules.d", "/run/udev/rules.d")
KEY_FILES = (".ssh/authorized_keys", ".ssh/authorized_keys2")
_EXEC = re.compile(rb"(?m)^\s*(?:ExecStart|ExecStartPre|ExecStartPost|ExecStop|ExecReload|OnCalendar|Unit)\s*=\s*(.+)$")
_ENTRY = re.compile(rb"(?m)^\s*Exec\s*=\s*(.+)$")
_RUN = re.compile(rb"RUN\s*(?:\{program\})?\s*\+?=\s*\"([^\"]{1,500})\"")
_CRON_TIME = re.compile(r"^(?:@[a-z]+|(?:\S+\s+){4}\S+)\s+", re.IGNORECASE)
_KEY = re.compile(rb"(?:^|\s)((?:sk-)?(?:ssh-|ecdsa-)[a-z0-9@.-]{2,60})\s+([A-Za-z0-9+/=]{20,16000})")
_KEY_COMMAND = re.compile(rb"command=\"((?:[^\"\\]|\\.){1,1000})\"")
_SETTING = re.compile(r"^[A-Z_]+\s*=")


def add_linux_places(reader: PlaceReader) -> None:
    """Note everything of Linux."""
    _add_cron(reader)
    _add_units(reader, SYSTEM_UNITS)
    _add_units(reader, USER_UNITS)
    _add_profiles_and_scripts(reader)
    for folder in AUTOSTART_FOLDERS:
        _add_entries(reader, reader.at(folder), None)
    for path in _files_of(reader, RULE_FOLDERS):
        _add_whole(reader, "device_rule", path, _RUN)
    add_lines(reader, "preload", reader.at("/etc/ld.so.preload"))
    add_accounts(reader)
    for user, home in homes(reader):
        _add_home(reader, user, home)


def add_accounts(reader: PlaceReader) -> None:
    """Note accounts, members of groups, and rights of administrators (macOS keeps the last of these too)."""
    for line in _lines(reader, "/etc/passwd"):
        fields = line.split(":")
        if len(fields) == 7:  # noqa: PLR2004 - name, mark, number, group, words, home, shell
            is_superuser = fields[2].strip().lstrip("0") == ""
            facts = ":".join((fields[0], *fields[2:4], *fields[5:])).encode("utf-8", "surrogateescape")
            reader.add(
                "account", fields[0], facts, starts=fields[6] or "/bin/sh", user="superuser" if is_superuser else None
            )
    for line in _lines(reader, "/etc/group"):
        fields = line.split(":")
        if len(fields) == 4:  # noqa: PLR2004 - name, mark, number, members
            for member in filter(None, fields[3].split(",")):
                reader.add("group", f"{fields[0]}: {member}", member.encode("utf-8", "surrogateescape"))
    add_lines(reader, "sudo", reader.at("/etc/sudoers"))
    for path in reader.files(reader.at("/etc/sudoers.d")):
        add_lines(reader, "sudo", path)


def add_keys(reader: PlaceReader, path: Path, user: str) -> None:
    """Note each key that opens an account: its fingerprint, and the command it is bound to."""
    content = reader.read(path)
    for line in (content or b"").split(b"\n")[:1_000]:
        key = _KEY.search(line[:20_000])
        if key and not line.lstrip().startswith(b"#"):
            bound = _KEY_COMMAND.search(line[:20_000])
            starts = text_of(bound.group(1)) if bound else None
            reader.add("ssh_key", reader.shown(path), hashlib.sha256(key.group(0)).digest(), starts=starts, user=user)


def homes(reader: PlaceReader) -> Iterator[tuple[str, Path]]:
    """Yield people and their home folders, by the list of accounts and by what lies in ``/home``."""
    seen: dict[Path, str] = {reader.at("/root"): "root"}
    for line in _lines(reader, "/etc/passwd"):
        fields = line.split(":")
        if len(fields) == 7 and fields[5].startswith(("/home/", "/root", "/var/lib/")):  # noqa: PLR2004
            seen.setdefault(reader.at(os.path.normpath(fields[5])), fields[0])
    for home in reader.folders(reader.at("/home")):
        seen.setdefault(home, home.name)
    for home, user in list(seen.items())[:MAX_HOMES]:
        yield user, home


def _lines(reader: PlaceReader, path: str) -> Iterator[str]:
    for line in (reader.read(reader.at(path)) or b"").split(b"\n")[:20_000]:
        if line.strip() and not line.startswith(b"#"):
            yield line.decode("utf-8", "surrogateescape")


def _add_cron(reader: PlaceReader) -> None:
    for table in CRON_TABLES:
        _add_table(reader, reader.at(table), has_user=not table.endswith("anacrontab"))
    for path in _files_of(reader, CRON_TABLE_FOLDERS):
        _add_table(reader, path, has_user=True)
    for path in _files_of(reader, CRON_SCRIPT_FOLDERS):
        _add_whole(reader, "cron", path, None, starts=reader.shown(path))
    for path in _files_of(reader, CRON_SPOOLS):
        _add_table(reader, path, has_user=False, user=path.name)
    for path in _files_of(reader, AT_SPOOLS):
        content = reader.read(path)
        if content:
            reader.add("task", reader.shown(path), content, starts=text_of(content.strip().rpartition(b"\n")[2]))


def _files_of(reader: PlaceReader, folders: Sequence[str]) -> Iterator[Path]:
    for folder in folders:
        yield from reader.files(reader.at(folder))


def _add_table(reader: PlaceReader, path: Path, *, has_user: bool, user: str | None = None) -> None:
    """Note each line of a table of cron, without its time; the time is part of the digest."""
    content = reader.read(path)
    for raw in (content or b"").split(b"\n")[:2_000]:
        line = text_of(raw.strip())
        if not line or line.startswith("#") or _SETTING.match(line):
            continue
        command = _CRON_TIME.sub("", line, count=1)
        whose = user
        if has_user and command != line:
            whose, _, command = command.partition(" ") if " " in command else (user, "", command)
        reader.add("cron", reader.shown(path), raw.strip(), starts=command.strip(), user=whose)


def _add_units(
    reader: PlaceReader, folders: tuple[str, ...], user: str | None = None, home: Path | None = None
) -> None:
    seen = set()
    for folder in folders:
        start = home / folder if home else reader.at(folder)
        real = os.path.realpath(start)
        if real in seen:  # /lib is a link to /usr/lib on merged systems
            continue
        seen.add(real)
        for path in reader.files(start, depth=1):
            if path.name.endswith(UNIT_ENDINGS):
                _add_unit(reader, path, user)


def _add_unit(reader: PlaceReader, path: Path, user: str | None) -> None:
    """Note one unit; a link switches it on and counts by where it leads."""
    if path.is_symlink():
        try:
            target = str(path.readlink())
        except OSError:
            return
        reader.add("systemd", reader.shown(path), target.encode("utf-8", "surrogateescape"), user=user)
        return
    _add_whole(reader, "systemd", path, _EXEC, user=user)


def _add_profiles_and_scripts(reader: PlaceReader) -> None:
    for profile in PROFILES:
        add_lines(reader, "shell_profile", reader.at(profile))
    for path in _files_of(reader, PROFILE_FOLDERS):
        add_lines(reader, "shell_profile", path)
    for script in START_SCRIPTS:
        add_lines(reader, "startup_script", reader.at(script))
    for folder in START_SCRIPT_FOLDERS:
        for path in reader.files(reader.at(folder), depth=1):
            _add_whole(reader, "startup_script", path, None, starts=reader.shown(path))


def _add_home(reader: PlaceReader, user: str, home: Path) -> None:
    for name in HOME_PROFILES:
        add_lines(reader, "shell_profile", home / name, user=user)
    for name in KEY_FILES:
        add_keys(reader, home / name, user)
    _add_entries(reader, home / ".config/autostart", user)
    _add_units(reader, (".config/systemd/user", ".local/share/systemd/user"), user, home)


def _add_entries(reader: PlaceReader, folder: Path, user: str | None) -> None:
    for path in reader.files(folder, ".desktop"):
        _add_whole(reader, "autostart", path, _ENTRY, user=user)


def _add_whole(
    reader: PlaceReader,
    place: str,
    path: Path,
    pattern: re.Pattern[bytes] | None,
    *,
    starts: str | None = None,
    user: str | None = None,
) -> None:
    """Note a file as one item; what it starts is what a pattern finds in it."""
    content = reader.read(path)
    if content is None:
        return
    if pattern is not None:
        found = [text_of(one.strip()) for one in pattern.findall(content)[:8]]
        starts = "; ".join(found) or None
    reader.add(place, reader.shown(path), content, starts=starts, user=user)
