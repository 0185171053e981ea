"""Labelled starts of programs as training data: recordings beside the project, and ordinary starts made up for it.

Before this on the path: recordings of programs and their labels, never in the project; ``ordinary_starts.txt``, which
is. After it: ``program_rank.py``. Recordings go through the program's own reader (``telemetry.program_recording``), so
that training sees what a scan sees.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from detectors.contract.programs import Program
from detectors.features.program_paths import name_set
from detectors.telemetry.program_recording import RecordingReader

FOLDER = ROOT.parent / "shared" / "data" / "process"
ORDINARY = Path(__file__).with_name("ordinary_starts.txt")
MADE_UP = "made up for this project"
OWN_LICENCE = "GPL-2.0-or-later"


@dataclass(frozen=True, slots=True)
class Start:
    """One labelled start."""

    program: Program
    unit: str
    """The recording it belongs to: what weighs as one."""
    group: str
    """Recordings of one make: never on both sides of a split."""
    source: str
    """Short name of who published it: what is held out together."""
    publisher: str
    """The same as on the card."""
    material: str
    """``recording``, ``texts`` (commands with an invented context), ``rule`` (made for rules), ``made_up``."""
    is_attack: bool
    is_scored: bool
    """False where labels are too weak to measure with."""
    techniques: tuple[str, ...] = ()
    """ATT&CK techniques of its recording, without the part behind the point."""


def start_key(program: Program) -> list[str | None]:
    """Name a start by what the model sees of it, so that its unseen score can be found again."""
    parent = program.parent.name if program.parent else None
    return [program.system, program.name, program.path, program.command, parent]


_MATERIAL = {"atomic": "texts", "sigma": "rule"}


def read_starts(folder: Path = FOLDER) -> list[Start]:
    """Read every labelled start, and the ordinary ones.

    Raises:
        SystemExit: the recordings are not there.
    """
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        raise SystemExit(f"no recordings in {folder.name}: nothing to train on")
    units = {one["id"]: one for one in json.loads(manifest.read_text(encoding="utf-8"))["units"]}
    with gzip.open(folder / "labels.jsonl.gz", "rt", encoding="utf-8") as lines:
        labels = {(row["unit"], row["i"]): row["label"] for row in map(json.loads, lines)}
    found: list[Start] = []
    for file in sorted((folder / "logs").glob("*.gz")):
        found += _read_file(file, units, labels)
    return found + list(make_ordinary())


def _read_file(file: Path, units: dict[str, Any], labels: dict[Any, str]) -> Iterator[Start]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        keys = [(row["unit"], row["i"]) for row in map(json.loads, lines)]
    with file.open("rb") as stream:
        for stretch in RecordingReader(file.name).read(stream):
            for program in stretch.starts:
                unit, label = keys[program.record][0], labels.get(keys[program.record])
                if label in ("attack", "benign"):
                    yield _start(program, units[unit], is_attack=label == "attack")


def _start(program: Program, entry: dict[str, Any], *, is_attack: bool) -> Start:
    return Start(
        program=program,
        unit=entry["id"],
        group=entry["group"],
        source=entry["source"],
        publisher=entry.get("repo") or "own recording",
        material=_MATERIAL.get(entry["source"], "recording"),
        is_attack=is_attack,
        is_scored="do not score" not in entry.get("note", ""),
        techniques=tuple(sorted({one.partition(".")[0] for one in entry.get("techniques", ())})),
    )


def make_ordinary(file: Path = ORDINARY) -> Iterator[Start]:
    """Build the ordinary starts: each group of the file is one recording of a computer of its own."""
    system = unit = ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines()):
        if line.startswith("["):
            unit = line.strip("[]")
            system = unit.split()[0]
        elif line and not line.startswith("#"):
            chain, _, command = line.partition(" | ")
            program = _build_chain(chain, command, system, number)
            yield Start(program, unit, unit, MADE_UP, MADE_UP, "made_up", is_attack=False, is_scored=True)


def _build_chain(text: str, command: str, system: str, number: int) -> Program:
    is_system = text.startswith("*")
    user = {"windows": ("NT AUTHORITY\\SYSTEM", "OFFICE\\anna")}.get(system, ("root", "anna"))[0 if is_system else 1]
    integrity = ("System" if is_system else "Medium") if system == "windows" else None
    names = [name.strip() for name in text.removeprefix("*").split(" > ")]
    one: Program | None = None
    for place, name in enumerate(names):
        path = path_of(name, system)
        one = Program(
            record=number if place == len(names) - 1 else -1,
            system=system,
            name=path.replace("\\", "/").rpartition("/")[2],
            path=path,
            command=command if place == len(names) - 1 else None,
            user=user,
            integrity=integrity,
            parent=one,
        )
    if one is None:
        raise SystemExit(f"line {number + 1} names no program")
    return one


_PROGRAMS = {
    "windows": {
        "explorer": "C:\\Windows\\explorer.exe",
        "powershell": "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
        "pwsh": "C:\\Program Files\\PowerShell\\7\\pwsh.exe",
        "wmic": "C:\\Windows\\System32\\wbem\\WMIC.exe",
        "wmiprvse": "C:\\Windows\\System32\\wbem\\WmiPrvSE.exe",
        "code": "C:\\Users\\anna\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe",
        "zoom": "C:\\Users\\anna\\AppData\\Roaming\\Zoom\\bin\\Zoom.exe",
        "slack": "C:\\Users\\anna\\AppData\\Local\\slack\\app-4.36.140\\slack.exe",
    },
    "macos": {"terminal": "/System/Applications/Utilities/Terminal.app/Contents/MacOS/Terminal"},
}
_INSTALLED = name_set("""
    winword, excel, outlook, acrord32, chrome, firefox, teams, onedrive, 7zfm, vlc, javaw, java,
    windowsterminal, git, node, dotnet, idea64, devenv, msbuild, csc, cl, docker, putty, ssms, ccmexec,
    zabbix_agentd, sqlservr, vmtoolsd, mpcmdrun, msedgewebview2, bash, git-bash, sh, ls, winget, choco, python,
    calc""")
"""Windows: programs that lie below Program Files; the others are the system's."""


def path_of(name: str, system: str) -> str:
    """Give the usual path of a program; a whole path stays."""
    if "\\" in name or name.startswith("/"):
        return name
    known = _PROGRAMS.get(system, {}).get(name)
    if known:
        return known
    if system == "windows":
        return f"C:\\Program Files\\{name}\\{name}.exe" if name in _INSTALLED else f"C:\\Windows\\System32\\{name}.exe"
    return f"/bin/{name}" if name in ("sh", "bash", "zsh", "ls", "cat", "ps", "rm", "cp", "mv") else f"/usr/bin/{name}"
