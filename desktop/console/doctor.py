"""Is this installation healthy? Each part is tried for real, and what does not work yet comes with the exact next step.

Before this on the path: the command line. After it: a person or a program that looks after many computers.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from desktop import first_start, surroundings
from desktop.console.face import CLEAN, NOT_FULLY_CHECKED, Face
from desktop.console.writing import write_line
from desktop.service.events import Control, Started, Summary
from desktop.service.service import Service
from desktop.version import version
from detectors.contract.errors import PlainwatchError, StoreDamaged
from detectors.contract.finding import Scalar

GOOD, NOTE, GAP = "good", "note", "gap"
"""Works; worth knowing; does not work yet."""
MARKS = {GOOD: "✓", NOTE: "·", GAP: "▲"}
WHOLE_LOCK = "limits+landlock+seccomp"
"""What a worker reaches on a Linux that supports all three."""
DAYS_A_MONTH = 30
OLD_MONTHS = 12
"""From here on it is worth a word."""
_TRY_QT = "from PySide6.QtWidgets import QApplication; QApplication([])"


@dataclass(frozen=True, slots=True)
class Point:
    """One part of the installation."""

    name: str
    """Stable id; its sentences are ``doctor.<name>_<key>``."""
    state: str
    """``good``, ``note`` or ``gap``."""
    key: str
    """Which sentence."""
    values: dict[str, Scalar] = field(default_factory=dict)
    """What it needs."""
    line: str = ""
    """What a person types next, if there is something."""


def examine(face: Face) -> int:
    """Try every part, tell each as soon as it is known, and say whether anything is missing."""
    states = []
    for point in points(face):
        states.append(point.state)
        tell(face, point)
    is_whole = GAP not in states
    if not face.is_jsonl:
        print()
        print(face.text(f"doctor.{'whole' if is_whole else 'not_whole'}"))
    return CLEAN if is_whole else NOT_FULLY_CHECKED


def tell(face: Face, point: Point) -> None:
    """Print one part."""
    text = face.text(f"doctor.{point.name}_{point.key}", **point.values)
    if face.is_jsonl:
        write_line({"type": "doctor", "name": point.name, "state": point.state, "text": text, "next": point.line})
        return
    print(f"{MARKS[point.state]} {text}", flush=True)
    if point.line:
        print(f"    {point.line}", flush=True)


def points(face: Face) -> Iterator[Point]:
    """Go through all parts."""
    yield Point("program", GOOD, "version", {"version": version(), "python": sys.version.split()[0]})
    yield packages()
    yield from window_parts()
    yield data_folder(face.data_folder)
    yield from store(face.data_folder)
    yield from engine_parts(face)
    yield rights()
    yield capture(face.service)
    yield place_data(face.service)
    yield programs(face.service)


def packages() -> Point:
    """Do the packages match the lock?"""
    if getattr(sys, "frozen", False):
        return Point("packages", GOOD, "packaged")
    if first_start.is_inside() and first_start.is_set_up("run"):
        return Point("packages", GOOD, "match")
    return Point("packages", GAP, "differ", line="python3 main.py doctor")


def window_parts() -> Iterator[Point]:
    """Could the window open: libraries, then a screen?"""
    settings = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    qt = subprocess.run([sys.executable, "-c", _TRY_QT], env=settings, capture_output=True, check=False)
    missing = surroundings.missing_qt_packages() if surroundings.is_debian() else []
    if qt.returncode != 0 or missing:
        line = surroundings.apt_line(missing) if missing else ""
        yield Point("qt", GAP, "missing" if missing else "broken", line=line)
    else:
        yield Point("qt", GOOD, "works")
    if surroundings.is_screen_there():
        yield Point("screen", GOOD, "there", line="")
    else:
        yield Point("screen", NOTE, "none")


def data_folder(folder: Path) -> Point:
    """Can things be kept, and by this person alone?"""
    shown: dict[str, Scalar] = {"folder": str(folder)}
    try:
        is_there = folder.exists()
    except PermissionError:  # the way there is closed to this account
        return Point("data", GAP, "read_only", shown, f"ls -ld '{folder}'")
    if not is_there:
        return Point("data", NOTE, "fresh", shown)
    if not os.access(folder, os.W_OK):
        return Point("data", GAP, "read_only", shown, f"ls -ld '{folder}'")
    if os.name == "posix" and folder.stat().st_mode & 0o077:
        return Point("data", GAP, "open_to_others", shown, f"chmod 700 '{folder}'")
    return Point("data", GOOD, "private", shown)


def store(folder: Path) -> Iterator[Point]:
    """Can what was kept before be read? Says nothing when nothing was kept."""
    if not os.path.exists(folder):  # noqa: PTH110 - False, too, where the way there is closed
        return
    try:
        Service(folder).close()
    except PlainwatchError as error:
        line = "main.py doctor --start-fresh" if isinstance(error, StoreDamaged) else ""
        yield Point("store", GAP, "unreadable", {"code": error.code}, line)


def engine_parts(face: Face) -> Iterator[Point]:
    """Do the worker and the rules really work? A harmless file goes the whole way; nothing of it is kept."""
    service = face.opened = Service(face.data_folder, keep=False)
    yield rules(service)
    with tempfile.TemporaryDirectory() as folder:
        letter = Path(folder, "letter.txt")
        letter.write_text("Dear Sam,\n", "utf-8")
        yield from worker(service, letter)


def rules(service: Service) -> Point:
    """Do all our rules compile?"""
    try:
        told = service.rules()
    except PlainwatchError as error:
        return Point("rules", GAP, "none", {"code": error.code})
    if told.problems or not told.rules:
        return Point("rules", GAP, "problems", {"problems": len(told.problems)}, "main.py rules list")
    return Point("rules", GOOD, "compile", {"rules": len(told.rules)})


def worker(service: Service, letter: Path) -> Iterator[Point]:
    """Is a harmless file read, found clean, and read behind the wall?"""
    isolation, is_clean = "", False
    try:
        for event in service.check_files([str(letter)], Control()):
            if isinstance(event, Started):
                isolation = event.isolation
            if isinstance(event, Summary):
                is_clean = event.verdict == "clean"
    except PlainwatchError as error:
        yield Point("worker", GAP, "fails", {"code": error.code})
        return
    yield Point("worker", GOOD, "works") if is_clean else Point("worker", GAP, "fails", {"code": "letter"})
    is_whole = set(WHOLE_LOCK.split("+")) <= set(isolation.split("+"))
    yield Point("wall", GOOD if is_whole else NOTE, "whole" if is_whole else "part", {"level": isolation or "-"})


def capture(service: Service) -> Point:
    """Can live traffic be watched?"""
    cards: dict[str, Scalar] = {"cards": ", ".join(service.interfaces()) or "-"}
    if service.can_capture():
        return Point("capture", GOOD, "slower" if service.captures_slowly() else "works", cards)
    return Point("capture", NOTE, "asks" if sys.platform == "linux" else "not_here", cards)


def programs(service: Service) -> Point:
    """Is every start of a program told, or has it to be looked for?"""
    is_told = service.hears_starts()
    return Point("programs", GOOD if is_told else NOTE, "told" if is_told else "looked_for")


def place_data(service: Service) -> Point:
    """How old is what we know of countries, owners and makers?"""
    places, makers = service.place_days()
    if not places:
        return Point("places", GAP, "missing")
    months = (datetime.now(UTC).date() - date.fromisoformat(places)).days // DAYS_A_MONTH
    return Point(
        "places",
        NOTE if months > OLD_MONTHS else GOOD,
        "from",
        {"places": places, "makers": makers or "-", "months": months},
    )


def rights() -> Point:
    """Whose rights do we have?"""
    return Point("rights", NOTE, "root") if surroundings.is_root() else Point("rights", GOOD, "own")
