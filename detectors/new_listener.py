"""Finds programs that began to answer others over the network without belonging here.

Before this on the path: Programs with the listening sockets. After it: the worker's wire.
Quiet on purpose: doors that only this computer can reach; installed programs, until this computer is learned and one
is new; what a build or a test run opens for a while.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.programs import Program, ProgramConnection, Programs
from detectors.features.program_cases import Case, say_cases
from detectors.features.program_habits import FIRST_PASSING_PORT, is_loopback, is_usual, listener_key
from detectors.features.program_oddness import (
    ODD_PLACES,
    OWN_PLACES,
    is_building,
    is_file_gone,
    is_interpreter,
    place_of,
    script_of,
)
from detectors.features.program_paths import PathClass, program_name

REASON = "new_listener"
_RELAYS = frozenset(
    {"nc", "ncat", "netcat", "nc.traditional", "nc.openbsd", "socat", "nc.exe", "ncat.exe", "socat.exe"}
)
"""They answer for whatever is put behind them."""
MAX_DOORS = 20
"""Named in one finding."""


class NewListener(Detector):
    """Looks at each program that others can call."""

    name: ClassVar[str] = REASON
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Programs
    reasons: ClassVar[tuple[str, ...]] = (REASON,)

    def detect(self, programs: Programs) -> Iterator[Finding]:
        """Judge every door once, by whose it is."""
        doors: dict[Program, list[ProgramConnection]] = {}
        for program, connection in programs.listeners:
            if program is not None and _is_open_to_others(connection):
                doors.setdefault(program, []).append(connection)
        cases = [case for one, open_ones in doors.items() if (case := _case(one, open_ones, programs)) is not None]
        yield from say_cases(self, programs, cases, reason=REASON, techniques=("T1571",))


def _case(program: Program, doors: list[ProgramConnection], programs: Programs) -> Case | None:
    place = place_of(program)
    if is_building(program):
        return None
    if place in ODD_PLACES or (is_file_gone(program) and place not in OWN_PLACES):
        return _say(program, doors, Severity.MEDIUM, 0.6)
    if program_name(program) in _RELAYS or (is_interpreter(program) and _runs_loose_code(program)):
        return _say(program, doors, Severity.LOW, 0.5)
    new = [one for one in doors if _is_new(program, one, programs)]
    if not new:
        return None
    is_usual_place = place in OWN_PLACES or place is PathClass.UNKNOWN
    return _say(program, new, Severity.INFORMATIONAL if is_usual_place else Severity.LOW, 0.6, is_new=True)


def _is_open_to_others(connection: ProgramConnection) -> bool:
    """Tell whether others can call; passing doors of UDP are mere questions that wait for an answer."""
    if is_loopback(connection.near) or connection.near_port is None:
        return False
    return connection.transport == "tcp" or connection.near_port < FIRST_PASSING_PORT


def _runs_loose_code(program: Program) -> bool:
    """Tell whether an interpreter runs code from its command line, or nobody knows what."""
    return program.command is not None and script_of(program) is None and len(program.command.split(None, 2)) > 1


def _is_new(program: Program, connection: ProgramConnection, programs: Programs) -> bool:
    if not programs.known.is_learned or connection.transport != "tcp":
        return False
    key = listener_key(program, connection)
    return key is not None and not is_usual(programs.known.listeners, key, program)


def _say(
    program: Program, doors: list[ProgramConnection], severity: Severity, confidence: float, *, is_new: bool = False
) -> Case:
    named = sorted({f"{one.transport} {one.near_port}" for one in doors})[:MAX_DOORS]
    evidence = (
        Evidence("doors", named),
        Evidence("new_here", observed=is_new, usual=False),
        Evidence("path", script_of(program) or program.path or program.name or ""),
    )
    return Case(program, severity, confidence, evidence)
