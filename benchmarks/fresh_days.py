"""Makes whole ordinary days of laptops from harmless trees, and counts the alarms of each day.

Before this on the path: ``fresh_trees.py``. After it: ``fresh_programs.py``, which prints the table. One machine, one
person, three days: the person works from eight to six, the system all day. What alarms is counted once per finding, as
the person would see it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fresh_trees import FIRST_S, NAMES, Tree, is_unseen, read_trees, start_rows
from quality_programs import judge_file

from detectors.contract.finding import Finding, Severity
from detectors.worker.registry import Panel

DAYS = 3
DAY_S = 86_400.0
WORK_S = (8 * 3600.0, 18 * 3600.0)
BRANCHES_A_DAY = 260
"""About a thousand starts a day, as an office laptop with auditing shows."""
SYSTEM_SHARE = 0.4
PEOPLE = {
    "windows office": ("browsers with helpers", "edge webview teams", "office work", "printing by user", "onedrive",
                       "office add-ins and help that look odd", "home use", "sign-in"),
    "windows developer": ("browsers with helpers", "edge webview teams", "office work", "onedrive",
                          "developer with git and node", "developer python and tools", "winget and msi installs"),
    "linux office": ("desktop session", "developer shell"),
    "linux developer": ("desktop session", "developer shell", "ide"),
    "macos office": ("user session",),
    "macos developer": ("user session", "developer mac"),
}  # fmt: skip
"""What the person does."""
MACHINES = {
    "windows": ("browser updaters", "adobe and vendor updaters", "printing and scanning", "windows services and tasks",
                "windows session", "antivirus agents", "intune and sccm"),
    "linux": ("packages", "timers and cron"),
    "macos": ("launchd work",),
}  # fmt: skip
"""What the system does by itself."""


ROOT_DEPTH = 2
"""Blanks before what a root started itself."""
RARE = {"winget and msi installs": 0.03, "intune and sccm": 0.1, "sign-in": 0.05, "packages": 0.3}
"""What happens once a day or less, unlike pages and letters."""


def print_days(panel: Panel, seed: int, folder: Path, *, is_listed: bool) -> None:
    """Judge three days of each kind of person, and print how often each would be alarmed."""
    print(f"{'three days':20} {'starts':>7} {'high a day':>11} {'medium a day':>13} {'low a day':>10}")
    for who in PEOPLE:
        path = folder / f"days_{who.replace(' ', '_')}.jsonl"
        days = day_rows(who, seed)
        rows = [row for row, _ in days]
        _write(rows, path)
        found = list(judge_file(panel, path))
        counts = [_alarms(found, floor) / DAYS for floor in (Severity.HIGH, Severity.MEDIUM, Severity.LOW)]
        print(f"{who:20} {len(rows):>7} {counts[0]:>11.1f} {counts[1]:>13.1f} {counts[2]:>10.1f}")
        for one in found if is_listed else ():
            if one.severity >= Severity.MEDIUM and not is_unseen(days[one.records[0]][1]):
                print(f"    {one.severity.word} {one.reason}: {ascii(rows[one.records[0]]['cmdline'])[:160]}")
    print()


def _write(rows: list[dict[str, Any]], path: Path) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(one) + "\n" for one in rows)


def _alarms(found: list[Finding], floor: int) -> int:
    return len({one.id for one in found if one.severity >= floor})


def day_rows(who: str, seed: int) -> list[tuple[dict[str, Any], str]]:
    """Make the rows of three days of one person, in order of time, each with the line that it comes from."""
    system = who.split(maxsplit=1)[0]
    dice = random.Random(f"{seed} {who}")
    user = dice.choice(NAMES)
    branches = {one.title: list(_branches(one)) for one in read_trees(system, harmful=False)}
    mine = [branch for title in PEOPLE[who] for branch in branches[title]]
    its = [branch for title in MACHINES[system] for branch in branches[title]]
    made: list[tuple[dict[str, Any], str]] = []
    for number in range(DAYS * BRANCHES_A_DAY):
        begun_s = FIRST_S // DAY_S * DAY_S + number // BRANCHES_A_DAY * DAY_S
        is_its = dice.random() < SYSTEM_SHARE
        begun_s += dice.uniform(0.0, DAY_S) if is_its else dice.uniform(*WORK_S)
        choice = its if is_its else mine
        (tree,) = dice.choices(choice, [RARE.get(one.title, 1.0) for one in choice])
        for row, line in start_rows(tree, who, f"{seed} {number}", begun_s, user):
            row |= {"pid": row["pid"] + number * 400, "ppid": (row["ppid"] or 0) + number * 400}
            made.append((row, line.strip()))
    return sorted(made, key=lambda one: one[0]["t"])


def _branches(tree: Tree) -> Iterator[Tree]:
    """Cut a tree into what hangs directly on its roots."""
    root, branch = "", []
    for line in [*tree.lines, "^"]:
        depth = len(line) - len(line.lstrip())
        if branch and depth <= ROOT_DEPTH:
            yield Tree(tree.title, tree.system, (root, *branch), tree.is_harmful, tree.aliases)
            branch = []
        if depth == 0:
            root = line
        else:
            branch.append(line)
