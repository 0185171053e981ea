"""Finds programs that keep a computer at work for a stranger: long load, and something that does not belong here.

Before this on the path: Programs with their counters. After it: the worker's wire. Mining words in a command line are
a rule's matter (``suspicious_start``).
Quiet on purpose: load alone, however high: video, compilers, browsers, scanners, backups and games all load a computer.
It takes a program that hides, has lost its file, or lies where no program belongs, or that is new here and works on
while nobody sits there; the more of it, the less time is needed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.programs import Program, ProgramConnection, Programs
from detectors.features.program_cases import Case, everyone, say_cases
from detectors.features.program_habits import is_loopback, is_usual, pair_key
from detectors.features.program_load import BUSY_SHARE, BusySpan, longest_busy
from detectors.features.program_oddness import (
    ODD_PLACES,
    OWN_PLACES,
    is_building,
    is_file_gone,
    is_hidden_name,
    place_of,
    poses_as_kernel,
)
from detectors.features.program_paths import PathClass

REASON = "busy_stranger"
LONG_S = 900.0
"""Load of a program that is only a little odd counts from a quarter of an hour on (advice for miners)."""
SOON_S = 180.0
"""The same for one that hides or lies where no program belongs: nothing of that kind works for minutes."""
FIRST_S = 20.0
"""From here on such a program is worth knowing of, no more: one that unpacks or installs is done by then, mostly."""
SHARED_SHARE = 0.3
"""Of one core, for one that hides: it gets that much where others are at work too (stand-ins had 0.3 to 0.64)."""
QUIET_BYTES_S = 256 * 1024
"""Reading and writing less than this a second: mining needs neither. A backup, an index or a video needs megabytes."""
MAX_LINES = 3
"""Connections of a miner: a pool, a second one, a report. Browsers and sharing programs have dozens."""
_STRONG = 2
_ENOUGH = 3


class BusyStranger(Detector):
    """Weighs what is odd about each program that was busy for long."""

    name: ClassVar[str] = REASON
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Programs
    reasons: ClassVar[tuple[str, ...]] = (REASON,)

    def detect(self, programs: Programs) -> Iterator[Finding]:
        """Judge every program that started or runs."""
        cases = [case for one in everyone(programs) if one.loads and (case := _case(one, programs)) is not None]
        yield from say_cases(self, programs, cases, reason=REASON, techniques=("T1496",))


def _case(program: Program, programs: Programs) -> Case | None:
    odd = _odd(program, programs)
    strangeness = sum(odd.values())
    if strangeness == 0 or program.is_kernel:
        return None
    is_strong = strangeness >= _STRONG
    span = longest_busy(program, SHARED_SHARE if is_strong else BUSY_SHARE)
    if span is None or span.length_s < (FIRST_S if is_strong else LONG_S):
        return None
    helps = _helps(program, span)
    if strangeness + sum(helps.values()) < _ENOUGH or _is_explained(program, helps):
        return None
    if span.length_s < SOON_S:
        return _say(program, span, odd, helps, Severity.LOW)
    is_sure = strangeness > _STRONG and bool(helps.get("few_connections_out")) and span.length_s >= LONG_S
    return _say(program, span, odd, helps, Severity.HIGH if is_sure else Severity.MEDIUM)


def _odd(program: Program, programs: Programs) -> dict[str, int]:
    """Weigh what does not belong here; 2 means that it is odd by itself."""
    place = place_of(program)
    key = pair_key(program) if programs.known.is_learned else None
    weights = {
        "file_gone": _STRONG * is_file_gone(program) if place not in OWN_PLACES or program.is_memory_file else 0,
        "poses_as_kernel": _STRONG * poses_as_kernel(program),
        "odd_place": _STRONG * (place in ODD_PLACES - {PathClass.DOWNLOADS}),
        "downloaded": int(place is PathClass.DOWNLOADS),
        "unusual_place": int(place not in OWN_PLACES | ODD_PLACES and place is not PathClass.UNKNOWN),
        "hidden_name": int(is_hidden_name(program)),
        "new_here": int(key is not None and not is_usual(programs.known.pairs, key, program)),
    }
    return {name: weight for name, weight in weights.items() if weight}


def _helps(program: Program, span: BusySpan) -> dict[str, int]:
    """Tell what fits the picture without being odd; 0 where it does not, left out where it is unknown."""
    moved = span.moved_bytes_s
    lines = _lines_out(program)
    helps = {"few_connections_out": int(0 < len(lines) <= MAX_LINES and (program.connection_count or 0) <= MAX_LINES)}
    if span.is_user_idle is not None:
        helps["user_idle"] = int(span.is_user_idle)
    if moved is not None:
        helps["little_reading_and_writing"] = int(moved < QUIET_BYTES_S)
    return helps


def _is_explained(program: Program, helps: dict[str, int]) -> bool:
    """Tell whether ordinary work explains it: a build or test run that calls nobody, or one that moves much data."""
    if helps.get("few_connections_out"):
        return False
    return is_building(program) or helps.get("little_reading_and_writing") == 0


def _lines_out(program: Program) -> list[ProgramConnection]:
    return [
        one
        for one in program.connections
        if one.far and not one.is_listener and one.is_outgoing is not False and not is_loopback(one.far)
    ]


def _say(program: Program, span: BusySpan, odd: dict[str, int], helps: dict[str, int], severity: Severity) -> Case:
    evidence = [
        Evidence("cpu_share", round(span.share, 2), BUSY_SHARE, "cores"),
        Evidence("busy_s", round(span.length_s), None, "s"),
        *(Evidence(f"sign_{name}", observed=True, usual=False) for name in odd),
        *(Evidence(f"sign_{name}", observed=True) for name, weight in helps.items() if weight),
    ]
    if span.moved_bytes_s is not None:
        evidence.append(Evidence("moved_bytes_s", round(span.moved_bytes_s), None, "bytes/s"))
    ends = dict.fromkeys(f"{one.name or one.far}:{one.far_port}" for one in _lines_out(program))
    if ends:
        evidence.append(Evidence("other_side", list(ends)[:MAX_LINES]))
    confidence = {Severity.HIGH: 0.85, Severity.MEDIUM: 0.7}.get(severity, 0.4)
    return Case(program, severity, confidence, tuple(evidence), (span.began_s, span.ended_s))
