"""Finds programs that run although their file is gone, or never lay on a disk.

Before this on the path: Programs. After it: the worker's wire.
Quiet on purpose: a program whose file an upgrade has replaced (it lies where installed programs lie); what a build or a
test run makes, starts and throws away; containers, whose starter copies itself into memory to protect itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.programs import Program, Programs
from detectors.features.program_cases import Case, everyone, say_cases
from detectors.features.program_habits import is_loopback
from detectors.features.program_oddness import is_building
from detectors.features.program_paths import WRITABLE, PathClass, path_class, program_name, stem

REASON = "deleted_program_running"
_CONTAINER_STARTERS = frozenset(
    {"runc", "crun", "youki", "containerd-shim", "containerd-shim-runc-v2", "dockerd", "podman", "conmon", "buildkitd"}
)
"""They run a copy of themselves from memory while a container starts (the answer to CVE-2019-5736)."""
_FIRST_PROGRAMS = frozenset({"systemd", "init", "launchd", "upstart", "runit", "openrc-init", "s6-svscan", "busybox"})
"""What an ordinary system begins with; a container begins with anything."""
_INSTALLED = frozenset({PathClass.SYSTEM, PathClass.PROGRAMS, PathClass.STORE})


class DeletedProgramRunning(Detector):
    """Looks at programs without a file, by where that file lay."""

    name: ClassVar[str] = REASON
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Programs
    reasons: ClassVar[tuple[str, ...]] = (REASON,)

    def detect(self, programs: Programs) -> Iterator[Finding]:
        """Judge every program that started or runs."""
        cases = [case for one in everyone(programs) if (case := _case(one)) is not None]
        yield from say_cases(self, programs, cases, reason=REASON, techniques=("T1620", "T1070.004"))


def _case(program: Program) -> Case | None:
    if _is_in_memory(program):
        return _judge_memory_file(program)
    place = path_class(program.path, program.system)
    if not program.is_deleted or place not in WRITABLE or is_building(program):
        return None
    calls_out = any(not is_loopback(one.far) and one.far for one in program.connections)
    if place is PathClass.HIDDEN or (place is PathClass.TEMPORARY and calls_out):
        return _say(program, Severity.HIGH, 0.8)
    if place in (PathClass.TEMPORARY, PathClass.DOWNLOADS) or calls_out:
        return _say(program, Severity.MEDIUM, 0.7)
    return _say(program, Severity.LOW, 0.5)  # most often somebody's own program, made anew while it runs


def _is_in_memory(program: Program) -> bool:
    """Tell whether a program never was on a disk; recordings may know it from the path alone."""
    return bool(program.is_memory_file) or (program.path or "").startswith("/memfd:")


def _judge_memory_file(program: Program) -> Case | None:
    if _is_container_starter(program):
        return None
    # whoever keeps a container may bring a helper in this way; a service of an ordinary system does not come so
    first = program.parent
    is_keepers = first is not None and first.pid == 1 and stem(program_name(first)) not in _FIRST_PROGRAMS
    return _say(program, Severity.LOW, 0.4) if is_keepers else _say(program, Severity.HIGH, 0.85)


def _is_container_starter(program: Program) -> bool:
    """Tell whether a container's starter copied itself; the starter that did so must be an installed program."""
    above = [one for one in program.parents() if stem(program_name(one)) in _CONTAINER_STARTERS]
    return any(path_class(one.path, one.system) in _INSTALLED and not _is_in_memory(one) for one in above)


def _say(program: Program, severity: Severity, confidence: float) -> Case:
    path = program.path or program.name or ""
    return Case(
        program,
        severity,
        confidence,
        (
            Evidence("only_in_memory", _is_in_memory(program), usual=False),
            Evidence("file_gone", observed=True, usual=False),
            Evidence("path", path),
            *_other_ends(program),
        ),
    )


def _other_ends(program: Program) -> Iterator[Evidence]:
    ends = dict.fromkeys(f"{one.far}:{one.far_port}" for one in program.connections if one.far)
    if ends:
        yield Evidence("other_side", list(ends)[:5])
