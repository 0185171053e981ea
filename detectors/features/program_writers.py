"""Says who most likely wrote files in a stretch of time: those programs whose counters of written bytes grew most.

Before this on the path: programs with their counters. After it: ``mass_file_change``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from detectors.contract.programs import Load, Program, Programs
from detectors.features.program_load import grown
from detectors.features.program_oddness import is_command_shell

MAX_WRITERS = 3
SLACK_S = 5.0
"""Files are told of at once, counters are looked at every few seconds."""
CLEAR_FACTOR = 2
"""One who wrote twice as much as the next is named as the subject."""
MIN_WRITTEN = 64 * 1024
"""Less than this any program writes in passing."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A program that wrote meanwhile."""

    program: Program
    written_bytes: int
    is_clear: bool = False
    """True when nobody else wrote nearly as much."""


def top_writers(programs: Programs, began_s: float, ended_s: float) -> list[Writer]:
    """List at most ``MAX_WRITERS`` programs by what they wrote, most first.

    Shells are left out where others wrote too: Linux adds their children's counters to theirs.
    """
    found = []
    for program in dict.fromkeys((*programs.running, *programs.starts, *programs.ended)):
        written = _written(program.loads, began_s - SLACK_S, ended_s + SLACK_S)
        if written >= MIN_WRITTEN:
            found.append(Writer(program, written))
    found.sort(key=lambda one: (is_command_shell(one.program), -one.written_bytes))
    chosen = found[:MAX_WRITERS]
    if not chosen:
        return []
    others = max((one.written_bytes for one in chosen[1:] if not is_command_shell(one.program)), default=0)
    is_clear = chosen[0].written_bytes >= CLEAR_FACTOR * others
    return [Writer(chosen[0].program, chosen[0].written_bytes, is_clear), *chosen[1:]]


def _written(loads: Sequence[Load], began_s: float, ended_s: float) -> int:
    """Say what was written between the last counter before a time and the first one after it."""
    known = sorted((one for one in loads if one.written_bytes is not None and math.isfinite(one.at_s)), key=_at)
    if not known:
        return 0
    before = [one for one in known if one.at_s <= began_s]
    after = [one for one in known if one.at_s >= ended_s]
    first, last = (before or known[:1])[-1], (after or known[-1:])[0]
    if last.at_s < began_s or first.at_s > ended_s:
        return 0
    return grown(first.written_bytes, last.written_bytes) or 0


def _at(load: Load) -> float:
    return load.at_s
