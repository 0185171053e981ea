r"""Makes recordings of program starts from trees that were written down as indented text.

Before this on the path: ``fresh_programs/*.txt``. After it: ``fresh_programs.py`` and ``fresh_days.py``. A tree says
who started whom; names, numbers, addresses and codes are filled in from a seed, so that no two recordings hold the same
text. Harmful lines are broken by the mark ``BREAK`` in the files and put together here: nothing in the tree looks like
an attack.

    @edge = C:\\...\\msedge.exe    a short name for a path
    ## browsers                   a title; a tree follows
    ^explorer.exe                 known as a parent, its own start is before the recording
      @edge --option              started by it; the path in quotes stands on its command line
      =svchost.exe -k print       the whole path stands on its command line
      ipconfig /all ~~admin       typed; runs with all rights from here on
      !tool.exe                   an attack, all others of a harmful tree are neither
"""

from __future__ import annotations

import base64
import itertools
import random
import re
import shlex
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("fresh_programs")
BREAK = "¬"
FIRST_S = 1_730_000_000.0
"""A day in autumn: any day would do."""
BRANCH_DEPTH = 2
"""Starts that hang on one line of this depth belong to the same half."""
SYSTEM_FOLDER = "C:\\Windows\\System32\\"
ELSEWHERE = {
    "explorer.exe": "C:\\Windows\\explorer.exe",
    "notepad.exe": "C:\\Windows\\System32\\notepad.exe",
    "powershell.exe": SYSTEM_FOLDER + "WindowsPowerShell\\v1.0\\powershell.exe",
    "powershell_ise.exe": SYSTEM_FOLDER + "WindowsPowerShell\\v1.0\\powershell_ise.exe",
    "wmic.exe": SYSTEM_FOLDER + "wbem\\WMIC.exe",
    "wmiprvse.exe": SYSTEM_FOLDER + "wbem\\WmiPrvSE.exe",
    "scrcons.exe": SYSTEM_FOLDER + "wbem\\scrcons.exe",
    "mofcomp.exe": SYSTEM_FOLDER + "wbem\\mofcomp.exe",
    "msbuild.exe": "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\MSBuild.exe",
    "installutil.exe": "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\InstallUtil.exe",
    "regasm.exe": "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\RegAsm.exe",
    "hh.exe": "C:\\Windows\\hh.exe",
    "regedit.exe": "C:\\Windows\\regedit.exe",
    "ssh.exe": SYSTEM_FOLDER + "OpenSSH\\ssh.exe",
    "scp.exe": SYSTEM_FOLDER + "OpenSSH\\scp.exe",
    "w3wp.exe": SYSTEM_FOLDER + "inetsrv\\w3wp.exe",
    "docker.exe": "C:\\Program Files\\Docker\\Docker\\resources\\bin\\docker.exe",
    "kubectl.exe": "C:\\Program Files\\Docker\\Docker\\resources\\bin\\kubectl.exe",
    "choco.exe": "C:\\ProgramData\\chocolatey\\bin\\choco.exe",
    "sqlcmd.exe": "C:\\Program Files\\Microsoft SQL Server\\Client SDK\\ODBC\\170\\Tools\\Binn\\SQLCMD.EXE",
}
ORIGINAL_NAMES = {
    "cmd.exe": "Cmd.Exe",
    "powershell.exe": "PowerShell.EXE",
    "wmic.exe": "wmic.exe",
    "net.exe": "net.exe",
}
PLACES = {"linux": ("/usr/bin/", "/usr/sbin/"), "macos": ("/usr/bin/", "/usr/sbin/")}
IN_BIN = frozenset(
    [
        "sh",
        "bash",
        "zsh",
        "ls",
        "cp",
        "mv",
        "rm",
        "cat",
        "ps",
        "chmod",
        "launchctl",
        "dd",
        "df",
        "echo",
        "date",
        "ln",
        "mkdir",
        "hostname",
        "sleep",
    ]
)
RIGHTS = {
    "system": ("NT AUTHORITY\\SYSTEM", "System"), "user": ("CONTOSO\\{user}", "Medium"),
    "admin": ("CONTOSO\\{user}", "High"), "root": ("root", None), "www": ("www-data", None), "plain": ("{user}", None),
}  # fmt: skip
FAR = (45, 91, 185, 193)
"""First numbers of addresses on the internet."""
NAMES = [
    "anna",
    "ben",
    "carla",
    "dirk",
    "emma",
    "felix",
    "gina",
    "hugo",
    "irma",
    "jan",
    "kim",
    "leo",
    "mia",
    "nils",
    "olga",
    "paul",
    "rita",
    "sven",
    "tina",
    "udo",
]
WORDS = [
    "harbor",
    "maple",
    "copper",
    "meadow",
    "falcon",
    "cedar",
    "pixel",
    "river",
    "amber",
    "walnut",
    "comet",
    "lagoon",
    "saddle",
    "timber",
    "violet",
]
ENDS = ["example.com", "example.net", "example.org", "invalid-site.example", "files.example"]


@dataclass(frozen=True, slots=True)
class Tree:
    """One written tree."""

    title: str
    system: str
    lines: tuple[str, ...]
    is_harmful: bool
    aliases: dict[str, str]


def read_trees(system: str, *, harmful: bool) -> list[Tree]:
    """Read the trees of one file; in a harmful file each title is a recording, in a harmless one each block."""
    path = FOLDER / f"{'harmful' if harmful else 'harmless'}_{system}.txt"
    aliases: dict[str, str] = {}
    trees: list[Tree] = []
    title, lines = "", []
    for line in [*path.read_text(encoding="utf-8").replace(BREAK, "").splitlines(), "## "]:
        if line.startswith("## "):
            if lines:
                trees.append(Tree(title, system, tuple(lines), harmful, aliases))
            title, lines = line[3:], []
        elif line.startswith("@") and " = " in line and not title:
            name, _, value = line.partition(" = ")
            aliases[name] = value
        elif line.strip():
            lines.append(line)
    return trees


class Filler:
    """Fills in what differs from recording to recording."""

    def __init__(self, seed: str) -> None:
        self.dice = random.Random(seed)
        self.user = self.dice.choice(NAMES)

    def fill(self, text: str) -> str:
        """Fill places in braces, innermost first."""
        return re.sub(r"\{(\w+)(?::([^{}]*(?:\{[^{}]*\}[^{}]*)*))?\}", self._value, text)

    def _value(self, match: re.Match[str]) -> str:
        kind, rest = match.group(1), match.group(2)
        dice = self.dice
        if rest is not None and kind == "enc":
            return base64.b64encode(rest.encode("utf-16-le")).decode()
        if rest is not None and kind == "b64of":
            return base64.b64encode(rest.encode()).decode()
        if rest is not None and kind == "pick":
            return dice.choice(rest.split("|"))
        if rest is not None:
            return match.group(0)
        known = {
            "hex": lambda: f"{dice.getrandbits(32):08x}",
            "n": lambda: str(dice.randint(1000, 64000)),
            "b64": lambda: base64.b64encode(dice.randbytes(60)).decode(),
            "blob": lambda: base64.b64encode(dice.randbytes(600)).decode(),
            "user": lambda: self.user,
            "name": lambda: "".join(dice.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=8)),
            "word": lambda: dice.choice(WORDS),
            "ext": lambda: ".".join(map(str, (dice.choice(FAR), *(dice.randint(1, 250) for _ in range(3))))),
            "ip": lambda: ".".join(map(str, (10, *(dice.randint(1, 250) for _ in range(3))))),
            "site": lambda: f"{dice.choice(WORDS)}.{dice.choice(ENDS)}",
            "guid": lambda: "-".join(f"{dice.getrandbits(4 * k):0{k}x}" for k in (8, 4, 4, 4, 12)),
        }
        return known[kind]() if kind in known else match.group(0)


def is_unseen(text: str) -> bool:
    """Say whether what a text names belongs to the half that nothing is mended by."""
    return bool(zlib.crc32(text.encode()) & 1)


def start_rows(
    tree: Tree, unit: str, seed: str, first_s: float = FIRST_S, user: str = ""
) -> Iterator[tuple[dict[str, Any], str]]:
    """Make the rows of one tree.

    Yields:
        A row of the recording, and the written line that it, or the branch it hangs on, comes from.
    """
    filler = Filler(f"{seed} {tree.title}")
    filler.user = user or filler.user
    numbers = itertools.count(filler.dice.randint(600, 3000), 4)
    above: list[tuple[int, dict[str, Any], str]] = []
    now_s = first_s + filler.dice.random() * 1000
    for place, line in enumerate(tree.lines):
        depth = len(line) - len(line.lstrip())
        while above and above[-1][0] >= depth:
            above.pop()
        parent = above[-1][1] if above else {}
        made = _row(line.strip(), tree, filler, parent)
        now_s += filler.dice.expovariate(0.7) + (0.0 if above and depth else 120.0)
        made |= {"unit": unit, "i": place, "t": round(now_s, 3), "end": None, "pid": next(numbers), "os": tree.system}
        made |= {"host": f"{unit}-pc", "ppid": parent.get("pid")}
        made |= {f"p{key}": parent.get(key) for key in ("name", "exe", "cmdline")}
        above.append((depth, made, line.strip()))
        if line.lstrip()[0] != "^":
            branch = above[min(len(above) - 1, BRANCH_DEPTH)][2]
            yield {key: value for key, value in made.items() if key != "rights"}, line if tree.is_harmful else branch


def _row(line: str, tree: Tree, filler: Filler, parent: dict[str, Any]) -> dict[str, Any]:
    line, _, asked = line.lstrip("^!").partition(" ~~")
    words = dict(one.partition("=")[::2] for one in asked.split(","))
    rights = next((one for one in words if one in RIGHTS), None) or parent.get("rights")
    rights = rights or ("user" if tree.system == "windows" else "plain")
    is_whole, line = line.startswith("="), line.removeprefix("=")
    exe, rest = _split(line)
    exe, is_whole = (tree.aliases[exe], True) if exe in tree.aliases else (exe, is_whole or exe != line[: len(exe)])
    exe, rest = filler.fill(exe), filler.fill(rest)
    path = words.get("at") or _whole_path(exe, tree.system)
    user, integrity = RIGHTS[rights]
    row: dict[str, Any] = {"name": path.replace("\\", "/").rsplit("/", 1)[-1], "exe": path, "rights": rights}
    row |= {"username": filler.fill(user)}
    if tree.system == "windows":
        shown = (f'"{path}"' if " " in path else path) if is_whole else exe
        row |= {"cmdline": f"{shown} {rest}".strip(), "integrity": integrity}
        original = words.get("orig") or ORIGINAL_NAMES.get(row["name"].lower())
        return row | ({"x": {"OriginalFileName": original}} if original else {})
    row["cmdline"] = f"{exe} {rest}".strip()
    try:
        row["argv"] = shlex.split(row["cmdline"])
    except ValueError:
        row["argv"] = row["cmdline"].split()
    return row


def _split(line: str) -> tuple[str, str]:
    if line.startswith('"'):
        exe, _, rest = line[1:].partition('"')
        return exe, rest.strip()
    exe, _, rest = line.partition(" ")
    return exe, rest.strip()


def _whole_path(exe: str, system: str) -> str:
    if system != "windows":
        return exe if "/" in exe else ("/bin/" if exe in IN_BIN else "/usr/bin/") + exe
    if "\\" in exe:
        return exe.replace("%windir%", "C:\\Windows")
    name = exe if "." in exe else exe + ".exe"
    return ELSEWHERE.get(name.lower(), SYSTEM_FOLDER + name)
