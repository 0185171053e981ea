"""The command that looks at programs: at what runs now, at recordings, or into memory.

Before this on the path: the command line. After it: the service.
"""

from __future__ import annotations

from pathlib import Path

import click

from desktop.console.face import Face, ToldOption, help_text, with_face
from desktop.console.options import Seconds
from desktop.console.running import run_check
from desktop.console.tree import ToldCommand

WATCH_S = 3.0
"""How long is watched unless somebody says otherwise."""
ALL = 0
"""Stands for every program behind ``--memory``: no program that can be looked at has this number."""
LARGEST_PID = 2**32 - 1


@click.command(
    "processes",
    cls=ToldCommand,
    key="scan_processes",
    examples=(
        "main.py scan processes",
        "main.py scan processes --seconds 60 --save today.jsonl",
        "main.py scan processes monday.jsonl tuesday.jsonl.gz --min-severity medium",
        "main.py scan processes recordings --poll 1 --format jsonl --no-store",
        "main.py scan processes --memory 4321",
    ),
)
@click.argument("recordings", nargs=-1, metavar="[RECORDING...]")
@click.option(
    "--memory",
    cls=ToldOption,
    type=click.IntRange(ALL, LARGEST_PID),
    is_flag=False,
    flag_value=ALL,
    metavar="[PID]",
)
@click.option("--seconds", cls=ToldOption, type=Seconds())
@click.option("--poll", cls=ToldOption, type=Seconds(0.01), metavar="SECONDS")
@click.option("--save", cls=ToldOption, type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@with_face
def scan_processes(
    face: Face,
    recordings: tuple[str, ...],
    *,
    memory: int | None,
    seconds: float | None,
    poll: float | None,
    save: Path | None,
) -> int:
    """Check what runs now, or what was recorded."""
    is_live = not recordings and memory is None
    wants_live = save is not None or seconds is not None
    if (recordings and memory is not None) or (wants_live and not is_live) or (poll is not None and not recordings):
        raise click.UsageError(help_text("processes_either"))
    service = face.service
    if recordings:
        return run_check(face, lambda control: service.check_recordings(recordings, control, poll_s=poll))
    if memory is not None:
        return run_check(face, lambda control: service.check_memory(control, pid=memory or None))
    return run_check(face, lambda control: service.check_programs(control, seconds=seconds or WATCH_S, save=save))
