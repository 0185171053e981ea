r"""Brings the path of a program to one form, and says what kind of place it is.

Before this on the path: a path as a log or the system gave it, hostile text. After it: derived fields for the rules
(``program_signs``), the tree (``program_tree``), detectors and the model's features.
Windows knows one file by many spellings (short names, ``\\??\\``, device paths, Sysnative, letter case); a rule that
compares paths must see one.
"""

from __future__ import annotations

import enum
import re
from functools import lru_cache

from detectors.contract.programs import Program

MAX_PATH = 4_096
"""Longer paths are cut: no system starts a program from one (Linux PATH_MAX; Windows 32,767, but not in practice)."""
MAX_STEPS = 256
"""Folders looked at in one path."""
_CACHE = 4_096
"""A machine starts the same few hundred programs again and again."""


class PathClass(enum.StrEnum):
    """Where a file lies, by who may write there and what usually lies there."""

    SYSTEM = "system"
    """The system's own folders: writable by administrators and updates alone."""
    PROGRAMS = "programs"
    """Installed for everybody."""
    STORE = "store"
    """Installed by the package store or as a bundle (Snap, Flatpak, WindowsApps)."""
    USER_PROGRAMS = "user_programs"
    """Where programs install themselves for one person."""
    TEMPORARY = "temporary"
    """Emptied sooner or later; everybody may write."""
    DOWNLOADS = "downloads"
    """What a browser or mail program saved."""
    HOME = "home"
    """Elsewhere under a person's folder."""
    SHARED = "shared"
    """Writable by all: Public, ProgramData, /var/www, /srv, /Users/Shared."""
    HIDDEN = "hidden"
    """Where no program belongs: recycle bin, /dev/shm, folders of system data that everybody may write."""
    NETWORK = "network"
    """On another computer."""
    OTHER_DRIVE = "other_drive"
    """A drive letter other than C:, a mounted volume: often removable."""
    DRIVE_ROOT = "drive_root"
    """Directly below a drive, or in a home-made folder there."""
    UNKNOWN = "unknown"
    """No path is known, or it is not a whole one."""


WRITABLE = frozenset(
    {
        PathClass.TEMPORARY,
        PathClass.DOWNLOADS,
        PathClass.HOME,
        PathClass.SHARED,
        PathClass.HIDDEN,
        PathClass.NETWORK,
        PathClass.OTHER_DRIVE,
    }
)
"""Places where an ordinary person, and so whatever that person opens, may put a program."""

_SHORT_NAMES = {
    "progra~1": "program files",
    "progra~2": "program files (x86)",
    "progra~3": "programdata",
    "docume~1": "documents and settings",
    "appdat~1": "appdata",
    "locals~1": "local settings",
}
"""The usual short names; others cannot be known without asking the disk."""
_WINDOWS_STARTS = (
    ("\\\\?\\unc\\", "\\\\"),
    ("\\\\?\\", ""),
    ("\\\\.\\", ""),
    ("\\??\\", ""),
    ("\\systemroot\\", "c:\\windows\\"),
    ("%systemroot%\\", "c:\\windows\\"),
    ("%windir%\\", "c:\\windows\\"),
    ("system32\\", "c:\\windows\\system32\\"),
    ("\\windows\\", "c:\\windows\\"),
    ("%programfiles%\\", "c:\\program files\\"),
    ("%programdata%\\", "c:\\programdata\\"),
    ("%public%\\", "c:\\users\\public\\"),
    ("%temp%\\", "c:\\users\\%username%\\appdata\\local\\temp\\"),
    ("%tmp%\\", "c:\\users\\%username%\\appdata\\local\\temp\\"),
    ("%appdata%\\", "c:\\users\\%username%\\appdata\\roaming\\"),
    ("%localappdata%\\", "c:\\users\\%username%\\appdata\\local\\"),
    ("%userprofile%\\", "c:\\users\\%username%\\"),
)
_DEVICE = re.compile(r"^\\device\\(?:harddiskvolume\d{1,4}|vmsmb[^\\]{0,80})(?=\\)")
_REDIRECTOR = re.compile(r"^\\device\\(?:mup|lanmanredirector)(?:\\;[^\\]{0,80})*(?=\\)")


def normal_path(path: str | None, system: str) -> str:
    r"""Write a path in its one form; empty when it is unknown.

    On Windows: lower case, backslashes, a drive letter or ``\\\\server\\share`` in front, usual short names spelt out.
    Elsewhere: one slash, no ``.`` and ``..``, and without the kernel's word for a deleted file.
    """
    return _normal_path(path[:MAX_PATH], system) if path else ""


@lru_cache(maxsize=_CACHE)
def _normal_path(path: str, system: str) -> str:
    return _windows_path(path) if system == "windows" else _unix_path(path)


def _windows_path(path: str) -> str:
    text = path.strip().strip('"').strip().lower().replace("/", "\\")
    if text.startswith("\\device\\"):
        text = _DEVICE.sub("c:", _REDIRECTOR.sub(r"\\", text))
    for start, instead in _WINDOWS_STARTS:
        if text.startswith(start):
            text = instead + text[len(start) :]
    is_network = text.startswith("\\\\")
    parts = [_SHORT_NAMES.get(part, part) for part in _walk(text.split("\\"))]
    if len(parts) > 2 and parts[1] == "windows" and parts[2] == "sysnative":  # noqa: PLR2004 - drive, folder, folder
        parts[2] = "system32"
    # Windows itself drops dots and blanks at the end of a name; programs hide behind that
    return ("\\\\" if is_network else "") + "\\".join(part.rstrip(" .") or part for part in parts)


def _unix_path(path: str) -> str:
    text = path.strip().removesuffix(" (deleted)")
    parts = _walk(text.split("/"))
    return ("/" if text.startswith("/") else "") + "/".join(parts)


def _walk(parts: list[str]) -> list[str]:
    """Go the way that a path describes, so that ``..`` cannot lead a comparison astray."""
    gone: list[str] = []
    for part in parts[:MAX_STEPS] + parts[MAX_STEPS:][-1:]:
        if part == ".." and gone:
            gone.pop()
        elif part not in ("", ".", ".."):
            gone.append(part)
    return gone


def base_name(path: str | None, system: str) -> str:
    """Give the last part of a path, in lower case; empty when it is unknown."""
    text = normal_path(path, system)
    return text.rpartition("\\" if system == "windows" else "/")[2].lower()


def folder_of(path: str | None, system: str) -> str:
    """Give everything before the last part, without the separator at its end."""
    return normal_path(path, system).rpartition("\\" if system == "windows" else "/")[0]


def program_name(program: Program) -> str:
    """Say what a program is called, in lower case: by its path, else by the name that the system gives it.

    A path that stands for many commands (busybox) says less than the name does.
    """
    return _program_name(program.path, program.name, program.system)


@lru_cache(maxsize=_CACHE)
def _program_name(path: str | None, name: str | None, system: str) -> str:
    """Keep the answer: each start asks for the names of up to 64 ancestors, several times."""
    from_path, own_name = base_name(path, system), base_name(name, system)
    if from_path in _MANY_IN_ONE and own_name:
        return own_name
    return from_path or own_name


_MANY_IN_ONE = frozenset({"busybox", "toybox", "coreutils", "memfd:"})


def stem(name: str) -> str:
    """Take the ending of a Windows program off."""
    for ending in (".exe", ".com", ".scr"):
        if name.endswith(ending):
            return name[: -len(ending)]
    return name


def name_set(text: str) -> frozenset[str]:
    """Read a list of names, separated by commas."""
    return frozenset(one.strip() for one in text.split(","))


def path_class(path: str | None, system: str) -> PathClass:
    """Say what kind of place a file lies in."""
    text = normal_path(path, system)
    if not text:
        return PathClass.UNKNOWN
    return _class_of(text, system)


@lru_cache(maxsize=_CACHE)
def _class_of(text: str, system: str) -> PathClass:
    if system == "windows":
        return _windows_class(text)
    if not text.startswith("/"):
        return PathClass.UNKNOWN
    table = _MACOS if system == "macos" else _LINUX
    lower = text.lower() if system == "macos" else text
    for kind, pattern in table:
        if pattern.match(lower):
            return kind
    return PathClass.DRIVE_ROOT


def _windows_class(text: str) -> PathClass:
    if text.startswith("\\\\"):
        return PathClass.PROGRAMS if _DOMAIN_FOLDER.match(text) else PathClass.NETWORK
    if len(text) < 3 or text[1:3] != ":\\":  # noqa: PLR2004 - "c:\"
        return PathClass.UNKNOWN
    inside = text[2:]
    for kind, pattern in _WINDOWS:
        if pattern.match(inside):
            return kind
    return PathClass.DRIVE_ROOT if text[0] == "c" else PathClass.OTHER_DRIVE


def _table(*rows: tuple[PathClass, *tuple[str, ...]]) -> tuple[tuple[PathClass, re.Pattern[str]], ...]:
    """Join the spellings of each kind; the first kind that fits counts."""
    return tuple((kind, re.compile("|".join(spellings))) for kind, *spellings in rows)


_DOMAIN_FOLDER = re.compile(r"\\\\[^\\]{0,253}[a-z][^\\]{0,253}\\(?:sysvol|netlogon)\\")
"""Sign-in scripts of a company: its administrators alone may write there. A bare address is nobody's domain."""
_WINDOWS = _table(
    (PathClass.HIDDEN, r"\\(?:\$recycle\.bin|recycler|recycled|perflogs|system volume information)\\"),
    (
        PathClass.HIDDEN,
        r"\\windows\\(?:fonts|help|debug|media|tracing|tasks|addins|web|cursors|security|schemas)\\",
        r"\\windows\\(?:system32\\(?:tasks|spool\\drivers\\color|microsoft\\crypto)|registration\\crmlog)\\",
    ),
    (PathClass.TEMPORARY, r"\\(?:windows\\)?(?:temp|tmp)\\"),
    (PathClass.PROGRAMS, r"\\windows\\(?:ccm|ccmcache|ccmsetup|imecache)\\"),
    (PathClass.SYSTEM, r"\\windows\\"),
    (PathClass.STORE, r"\\program files\\windowsapps\\"),
    (
        PathClass.PROGRAMS,
        r"\\program files(?: \(x86\)| \(arm\))?\\",
        r"\\(?:windowsazure|packages\\plugins)\\",
        r"\\programdata\\(?:package cache|chocolatey|microsoft\\(?:windows defender|edgeupdate|visualstudio))\\",
    ),
    (PathClass.TEMPORARY, r"\\programdata\\(?:[^\\]+\\)?(?:temp|tmp)\\"),
    (PathClass.SHARED, r"\\(?:programdata|users\\public|users\\all users|documents and settings\\all users|inetpub)\\"),
    (PathClass.STORE, r"\\users\\[^\\]+\\appdata\\local\\microsoft\\windowsapps\\"),
    (
        PathClass.TEMPORARY,
        r"\\users\\[^\\]+\\appdata\\local(?:low)?\\temp\\",
        r"\\users\\[^\\]+\\appdata\\local\\microsoft\\windows\\(?:inetcache|temporary internet files)\\",
        r"\\documents and settings\\[^\\]+\\local settings\\temp\\",
    ),
    (PathClass.DOWNLOADS, r"\\users\\[^\\]+\\downloads\\"),
    (
        PathClass.USER_PROGRAMS,
        r"\\users\\[^\\]+\\appdata\\local\\(?:programs|microsoft|google|packages|jetbrains|squirreltemp)\\",
        r"\\users\\[^\\]+\\appdata\\local\\[^\\]+\\(?:app-\d[^\\]*|current|application|bin)\\",
        r"\\users\\[^\\]+\\(?:appdata\\roaming\\(?:npm|zoom|python)|\.\w+|scoop|miniconda3|anaconda3)\\",
    ),
    (PathClass.HOME, r"\\(?:users|documents and settings)\\"),
)
_LINUX = _table(
    (PathClass.HIDDEN, r"/dev/", r"/memfd:", r"/run/(?:shm|lock)/", r"/(?:proc|sys)/", r"/lost\+found/"),
    (PathClass.STORE, r"/snap/", r"/var/lib/(?:snapd|flatpak|docker|containerd)/", r"/nix/", r"/gnu/", r"/app/"),
    (PathClass.TEMPORARY, r"/(?:var/)?tmp/", r"/run/user/", r"/var/(?:cache|spool)/"),
    (PathClass.PROGRAMS, r"/usr/local/", r"/opt/"),
    (PathClass.SYSTEM, r"/(?:usr|bin|sbin|lib|lib32|lib64|libx32|etc|boot)/", r"/var/lib/dpkg/"),
    (PathClass.SHARED, r"/(?:srv|var)/"),
    (PathClass.DOWNLOADS, r"/home/[^/]+/Downloads/", r"/root/Downloads/"),
    (
        PathClass.USER_PROGRAMS,
        r"/(?:home/[^/]+|root)/(?:bin|snap|go|miniconda3|anaconda3|\.local/(?:bin|share|lib|pipx|opt))/",
        r"/(?:home/[^/]+|root)/\.(?:cargo|nvm|pyenv|rbenv|npm|vscode|rustup|asdf|sdkman|deno|bun|virtualenvs|dotnet)/",
    ),
    (PathClass.HOME, r"/(?:home|root)/"),
    (PathClass.OTHER_DRIVE, r"/(?:media|mnt)/", r"/run/media/"),
    (PathClass.NETWORK, r"/net/"),
    (PathClass.SYSTEM, r"/run/"),
)
_MACOS = _table(
    (PathClass.HIDDEN, r"/\.", r"/(?:private/)?var/root/\.", r"/users/shared/\.", r"/users/[^/]+/\.trash/"),
    (PathClass.TEMPORARY, r"/(?:private/)?(?:tmp|var/tmp|var/folders)/"),
    (PathClass.PROGRAMS, r"/(?:usr/local|opt|applications|library)/"),
    (PathClass.SYSTEM, r"/(?:system|usr|bin|sbin|private/etc|etc)/"),
    (PathClass.SHARED, r"/users/shared/", r"/(?:private/)?var/"),
    (PathClass.DOWNLOADS, r"/users/[^/]+/downloads/"),
    (
        PathClass.USER_PROGRAMS,
        r"/users/[^/]+/(?:applications|bin|go|\.local)/",
        r"/users/[^/]+/\.(?:cargo|nvm|pyenv|rbenv|npm|vscode|rustup|asdf|bun|deno)/",
        r"/users/[^/]+/library/(?:application support|android|containers|group containers)/",
    ),
    (PathClass.HOME, r"/users/"),
    (PathClass.OTHER_DRIVE, r"/volumes/"),
    (PathClass.NETWORK, r"/(?:net|network)/"),
)
