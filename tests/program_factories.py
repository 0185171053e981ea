"""Programs, their parents and whole machines in few words; a test says only what it is about."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from detectors.contract.programs import Coverage, Program, ProgramConnection, Programs

NOW_S = 1_700_000_000.0
_numbers = itertools.count(1)


def program(
    name: str | None = "notes.exe", *, parent: Program | None = None, system: str | None = None, **facts: Any
) -> Program:
    """Start a program. Path, command, number and time are made up unless they are given (None: unknown).

    Args:
        name: Ends in ``.exe``: Windows; else Linux, unless ``system`` says otherwise.
        parent: Who started it; ``parent_pid`` follows from it.
        facts: Other fields of ``Program``.
    """
    number = next(_numbers)
    known = system or (parent.system if parent else None) or ("windows" if (name or "").endswith(".exe") else "linux")
    made: dict[str, Any] = {
        "record": number,
        "pid": 1000 + 4 * number,
        "parent_pid": parent.pid if parent else None,
        "started_s": NOW_S + number if parent is None or parent.started_s is None else parent.started_s + 1,
        "path": name and (f"C:\\Windows\\System32\\{name}" if known == "windows" else f"/usr/bin/{name}"),
        "command": name,
        "user": "PC\\maria" if known == "windows" else "maria",
    }
    return Program(system=known, name=name, parent=parent, **made | facts)


def stranger(name: str, **facts: Any) -> Program:
    """Make a parent that is known only from its child's record."""
    return program(name, **{"record": -1, "started_s": None} | facts)


def chain(*names: str, **last: Any) -> Program:
    """Start programs one from the other and return the last, which takes the given facts."""
    above: Program | None = None
    for name in names[:-1]:
        above = program(name, parent=above)
    return program(names[-1], parent=above, **last)


def family(one: Program) -> list[Program]:
    """List a program after its parents, the topmost first."""
    return [*reversed(list(one.parents())), one]


def connection(far: str | None = "203.0.113.7", far_port: int | None = 443, **facts: Any) -> ProgramConnection:
    """Call somebody on the internet."""
    made: dict[str, Any] = {"transport": "tcp", "near": "192.168.1.20", "near_port": 50_123, "is_outgoing": True}
    return ProgramConnection(far=far, far_port=far_port, **made | facts)


def listener(port: int, near: str = "0.0.0.0", **facts: Any) -> ProgramConnection:
    """Wait for callers."""
    made: dict[str, Any] = {"transport": "tcp", "near": near, "near_port": port, "is_listener": True}
    return ProgramConnection(far=None, far_port=None, **made | facts)


def programs(*starts: Program, system: str | None = None, with_parents: bool = False, **facts: Any) -> Programs:
    """Put starts on one machine.

    Args:
        starts: To be judged.
        system: By default that of the first.
        with_parents: Parents are starts too, before their children, each once.
        facts: Other fields of ``Programs``.
    """
    judged: Sequence[Program] = starts
    if with_parents:
        judged = list(dict.fromkeys(above for one in starts for above in family(one) if above.record >= 0))
    times = [one.started_s for one in judged if one.started_s is not None]
    made: dict[str, Any] = {
        "source": "programs.jsonl",
        "machine": "pc",
        "running": tuple(judged),
        "coverage": Coverage("recording", seen=len(judged)),
        "now_s": max(times, default=None),
    }
    known = system if system is not None else (starts[0].system if starts else "")
    return Programs(system=known, starts=tuple(judged), **made | facts)
