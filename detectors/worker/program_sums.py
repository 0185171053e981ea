"""Tells of each program what the Activity page shows: who started it, what it used, whom it talked to.

Before this on the path: a Programs. After it: the wall, the store, and the page. Command lines leave here masked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

from detectors.contract.activity import LoadPoint, ProgramRow
from detectors.contract.programs import Load, Program, Programs
from detectors.features.program_paths import program_name
from detectors.features.secrets import mask_secrets

MAX_COMMAND = 1_000
"""Letters of a command line that are shown."""
MAX_NAME = 4_096
"""Letters of any other text; no system has longer paths."""
MAX_FAR = 8
"""Other ends that are named."""
MAX_LISTENS = 16
"""Ports that are named."""
MAX_POINTS = 60
"""Of the load of one program in one look; of more moments, some in equal steps."""


def program_rows(programs: Programs) -> Iterator[ProgramRow]:
    """Tell of every program of a stretch, and of the parents that lead to them."""
    listens: dict[Program, set[int]] = {}
    for owner, socket in programs.listeners:
        if owner is not None and socket.near_port is not None:
            listens.setdefault(owner, set()).add(socket.near_port)
    for program in _of_interest(programs):
        if program.is_kernel:  # part of the system, no program anybody started
            continue
        yield _row(programs.machine, program, sorted(listens.get(program, ())))


def program_key(machine: str, program: Program) -> str:
    """Name a program within its source: ``machine|pid|start``; by its line where the number is unknown."""
    pid = f"line {program.record}" if program.pid is None else str(program.pid)
    start = "" if program.started_s is None else f"{program.started_s:.3f}"
    return f"{machine}|{pid}|{start}"


def _of_interest(programs: Programs) -> Iterable[Program]:
    """List starts, in a live look all that runs, and whoever stands above them; each once."""
    told: dict[Program, None] = dict.fromkeys(programs.starts)
    if not programs.is_recording:
        told |= dict.fromkeys(programs.running) | dict.fromkeys(programs.ended)
    for program in tuple(told):
        for parent in program.parents():
            if parent in told:
                break
            told[parent] = None
    return told


def _row(machine: str, program: Program, listens: list[int]) -> ProgramRow:
    last = program.loads[-1] if program.loads else None
    far = dict.fromkeys(
        f"{one.name or one.far}:{one.far_port}" for one in program.connections if one.far and not one.is_listener
    )
    return ProgramRow(
        key=program_key(machine, program),
        parent=program_key(machine, program.parent) if program.parent else "",
        name=(program.name or program_name(program))[:MAX_NAME],
        path=(program.path or "")[:MAX_NAME],
        command=mask_secrets(program.command or "")[:MAX_COMMAND],
        user=(program.user or "")[:MAX_NAME],
        pid=program.pid,
        started_s=program.started_s,
        ended_s=program.ended_s,
        cpu_s=last.cpu_s if last else None,
        cpu_share=_cpu_share(program),
        memory_bytes=last.memory_bytes if last else None,
        read_bytes=last.read_bytes if last else None,
        written_bytes=last.written_bytes if last else None,
        connections=program.connection_count or len(program.connections),
        far=tuple(far)[:MAX_FAR],
        listens=tuple(listens[:MAX_LISTENS]),
        loads=load_points(program),
    )


def _cpu_share(program: Program) -> float | None:
    """Tell what share of one core it took while it was watched, else since it began; None when that is unknown."""
    known = [(one.at_s, one.cpu_s) for one in program.loads if one.cpu_s is not None]
    if not known:
        return None
    first = known[0] if len(known) > 1 else (program.started_s, 0.0)
    last_s, last_cpu_s = known[-1]
    if first[0] is None or last_s <= first[0]:
        return None
    return max(0.0, (last_cpu_s - first[1]) / (last_s - first[0]))


def load_points(program: Program) -> tuple[LoadPoint, ...]:
    """Tell what a program used in the course of time; nothing of one that used nothing."""
    moments = _spread([one for one in program.loads if math.isfinite(one.at_s)])
    points = tuple(_point(before, after) for before, after in pairwise(moments) if after.at_s > before.at_s)
    return points if any(one.cpu_share or one.moved_bytes for one in points) else ()


def _spread(loads: list[Load]) -> list[Load]:
    """Choose moments in equal steps, the first and the last among them."""
    if len(loads) <= MAX_POINTS + 1:
        return loads
    return [loads[number * (len(loads) - 1) // MAX_POINTS] for number in range(MAX_POINTS + 1)]


def _point(before: Load, after: Load) -> LoadPoint:
    cpu_s = _grown(before.cpu_s, after.cpu_s)
    moved = (_grown(before.read_bytes, after.read_bytes), _grown(before.written_bytes, after.written_bytes))
    known = [int(one) for one in moved if one is not None]
    share = None if cpu_s is None else cpu_s / (after.at_s - before.at_s)
    return LoadPoint(after.at_s, share, after.memory_bytes, sum(known) if known else None)


def _grown(before: float | None, after: float | None) -> float | None:
    """Tell how far a counter grew; one that fell lies, and counts as unknown."""
    return None if before is None or after is None or after < before else after - before
