"""Finds how long a program kept a computer at work, and what it read and wrote meanwhile.

Before this on the path: the counters of a program (``Load``), live or recorded. After it: ``busy_stranger`` and
``mass_file_change``.
Counters of strangers lie: they may fall, repeat or come out of order. What does not fit together is left out.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from detectors.contract.programs import Load, Program

BUSY_SHARE = 0.5
"""Of one core. A miner that shares its computer was seen at 0.3 to 0.64 of one, above this on average."""
LONG_PAUSE_S = 600.0
"""Two looks further apart than this with little work between them: the computer slept, or the program did."""
MAX_LOADS = 5_000
"""Counters looked at of one program, the latest ones."""
IDLE_USER_S = 300.0
"""Nobody touched keyboard or mouse for five minutes: nobody is waiting for this program."""


@dataclass(frozen=True, slots=True)
class BusySpan:
    """A time in which a program was at work for at least ``BUSY_SHARE`` of it."""

    began_s: float
    ended_s: float
    cpu_s: float
    """Processor time used meanwhile, of all cores."""
    moved_bytes: int | None
    """Read and written meanwhile; None where nobody counted."""
    is_user_idle: bool | None
    """True when nobody used the computer in most of it; None where that is unknown."""

    @property
    def length_s(self) -> float:
        """How long it was busy."""
        return self.ended_s - self.began_s

    @property
    def share(self) -> float:
        """Cores kept busy, on average."""
        return self.cpu_s / self.length_s

    @property
    def moved_bytes_s(self) -> float | None:
        """Bytes read and written a second."""
        return None if self.moved_bytes is None else self.moved_bytes / self.length_s


def longest_busy(program: Program, share: float = BUSY_SHARE) -> BusySpan | None:
    """Find the longest time in which a program used at least ``share`` of one core on average.

    One core counts at most: a short burst on all cores is no long work. Its whole life counts too, from its start to
    the first counter: that is all that a single look knows.
    """
    loads = ordered(program)
    best: tuple[int, int] | None = None
    for first, last in _unbroken(loads, share):
        found = _longest(loads[first : last + 1], share)
        if found and (best is None or _gap_s(loads, first + found[0], first + found[1]) > _gap_s(loads, *best)):
            best = (first + found[0], first + found[1])
    return _span(loads[best[0] : best[1] + 1]) if best else None


def ordered(program: Program) -> list[Load]:
    """Put a program's counters in order of time, from its start on; what goes backwards is left out."""
    known = [one for one in program.loads[-MAX_LOADS:] if one.cpu_s is not None and _is_number(one.at_s, one.cpu_s)]
    known.sort(key=lambda one: one.at_s)
    began_s = program.started_s
    if known and began_s is not None and _is_number(began_s) and began_s < known[0].at_s:
        known.insert(0, Load(began_s, 0.0, read_bytes=0, written_bytes=0))
    kept: list[Load] = []
    for one in known:
        if not kept or (one.at_s > kept[-1].at_s and (one.cpu_s or 0.0) >= (kept[-1].cpu_s or 0.0)):
            kept.append(one)
    return kept


def grown(before: int | None, after: int | None) -> int | None:
    """Say how much a counter grew; None where it is unknown or fell."""
    return after - before if before is not None and after is not None and after >= before else None


def _is_number(*values: float) -> bool:
    return all(math.isfinite(value) and value >= 0 for value in values)


def _unbroken(loads: Sequence[Load], share: float) -> list[tuple[int, int]]:
    """Cut where a long pause with little work lies between two counters."""
    cuts = [0]
    for place in range(1, len(loads)):
        gap_s = _gap_s(loads, place - 1, place)
        if gap_s > LONG_PAUSE_S and _capped(loads[place - 1], loads[place]) < share * gap_s:
            cuts.append(place)
    return [(first, last - 1) for first, last in zip(cuts, [*cuts[1:], len(loads)], strict=True)]


def _longest(loads: Sequence[Load], share: float) -> tuple[int, int] | None:
    """Find the longest stretch whose average reaches ``share``, in one pass: rising sums of work above it."""
    sums = [0.0]
    for before, after in itertools.pairwise(loads):
        sums.append(sums[-1] + _capped(before, after) - share * (after.at_s - before.at_s))
    lowest: list[int] = []
    for place, value in enumerate(sums):
        if not lowest or value < sums[lowest[-1]]:
            lowest.append(place)
    best = (0, 0)
    for last in range(len(sums) - 1, 0, -1):
        while lowest and sums[lowest[-1]] <= sums[last]:
            first = lowest.pop()
            if first < last and _gap_s(loads, first, last) > _gap_s(loads, *best):
                best = (first, last)
    return best if best[1] > best[0] else None


def _capped(before: Load, after: Load) -> float:
    """Work between two counters in seconds of one core, at most the time between them."""
    return min((after.cpu_s or 0.0) - (before.cpu_s or 0.0), after.at_s - before.at_s)


def _gap_s(loads: Sequence[Load], first: int, last: int) -> float:
    return loads[last].at_s - loads[first].at_s


def _span(loads: Sequence[Load]) -> BusySpan:
    first, last = loads[0], loads[-1]
    moved = [
        grown(first.read_bytes, last.read_bytes),
        grown(first.written_bytes, last.written_bytes),
    ]
    idle = [one.idle_user_s >= IDLE_USER_S for one in loads if one.idle_user_s is not None]
    return BusySpan(
        began_s=first.at_s,
        ended_s=last.at_s,
        cpu_s=(last.cpu_s or 0.0) - (first.cpu_s or 0.0),
        moved_bytes=None if None in moved else sum(one or 0 for one in moved),
        is_user_idle=sum(idle) * 2 > len(idle) if idle else None,
    )
