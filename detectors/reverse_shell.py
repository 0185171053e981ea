"""Finds command lines that are worked from the network: a shell whose input and output are a connection.

Before this on the path: Programs, joined with their sockets. After it: the worker's wire.
Quiet on purpose: sessions over ssh and the services that a socket starts (inetd, systemd), which answer callers;
programs that talk to a child through a local socket (node, journal); a tool with a connection that runs one command.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity
from detectors.contract.programs import Program, ProgramConnection, Programs
from detectors.features.program_cases import Case, everyone, say_cases
from detectors.features.program_habits import is_loopback
from detectors.features.program_oddness import is_command_shell, is_interpreter
from detectors.features.program_paths import PathClass, path_class, program_name, stem

REASON = "reverse_shell"
_SOCKET = "socket"
FIRST_OPEN_PORT = 1_024
"""Below, only administrators may answer: a near door from there was not opened for a call outwards."""
_ANSWERING = frozenset({
    "sshd", "sshd-session", "sshd-auth", "dropbear", "inetd", "xinetd", "systemd", "init", "launchd",
    "tcpserver", "in.telnetd", "telnetd", "rlogind", "rshd", "mosh-server", "tailscaled", "wsl", "wslrelay",
})  # fmt: skip
"""They start a program for whoever calls, after asking who it is, or because the owner set them up so."""
_RELAYS = re.compile(r"(?:nc|ncat|netcat|nc\.traditional|nc\.openbsd|socat|telnet|cryptcat|openssl)(?:\.exe)?")
"""They join a connection with a program."""
_BARE = re.compile(
    r"(?:\S*[/\\])?[\w.]+(?:\s+(?:-[il]+|--login|--norc|--noprofile|/q|/k|-nologo|-noexit))*\s*", re.IGNORECASE
)
"""A shell without a command: it waits for somebody to type."""


class ReverseShell(Detector):
    """Looks at shells and interpreters together with their streams, their sockets and their parents."""

    name: ClassVar[str] = REASON
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Programs
    reasons: ClassVar[tuple[str, ...]] = (REASON,)

    def detect(self, programs: Programs) -> Iterator[Finding]:
        """Judge every program that started or runs."""
        doors = {connection.near_port for _, connection in programs.listeners}
        cases = [case for one in everyone(programs) if (case := _case(one, doors)) is not None]
        yield from say_cases(self, programs, cases, reason=REASON, techniques=("T1059.004", "T1095"))


def _case(program: Program, doors: set[int | None]) -> Case | None:
    if not (is_command_shell(program) or is_interpreter(program)):
        return None
    line = _line_of(program)
    if line is not None:
        if _is_answering(program, line, doors):
            return None
        return _say(program, line, "streams_on_socket", 0.9 if _is_elsewhere(line) else 0.75)
    return _behind_a_relay(program, doors) if is_command_shell(program) else None


def _line_of(program: Program) -> ProgramConnection | None:
    """Find the connection that a program is worked through, by its streams; by itself where no streams are known."""
    lines = [one for one in program.connections if not one.is_listener and one.far]
    if not lines:
        return None
    if program.streams is None:
        return lines[0] if is_command_shell(program) and _is_unix(program) and _waits(program) else None
    return lines[0] if program.streams[:2].count(_SOCKET) == len(program.streams[:2]) > 0 else None


def _behind_a_relay(shell: Program, doors: set[int | None]) -> Case | None:
    """Judge a waiting shell below a program that joins it with a connection."""
    parent = shell.parent
    if parent is None or not _waits(shell) or not _is_fed(shell):
        return None
    is_relay = _RELAYS.fullmatch(program_name(parent)) is not None
    lines = [one for one in parent.connections if not one.is_listener and one.far]
    called = [one for one in lines if is_relay or not _is_incoming(one, doors)]
    if not called or not (is_relay or is_interpreter(parent)) or is_command_shell(parent):
        return None
    line = next((one for one in called if _is_elsewhere(one)), called[0])
    is_sure = is_relay or (shell.streams is not None and _is_elsewhere(line))
    return _say(shell, line, "shell_below_connection", 0.85 if is_sure else 0.6)


def _say(program: Program, line: ProgramConnection, what: str, confidence: float) -> Case:
    is_high = _is_elsewhere(line) and confidence >= 0.8  # noqa: PLR2004 - harm is likely
    evidence = [
        Evidence(f"sign_{what}", observed=True, usual=False),
        Evidence("other_side", f"{line.name or line.far}:{line.far_port}"),
    ]
    if program.streams:
        evidence.append(Evidence("streams", list(program.streams[:3]), ["terminal", "terminal", "terminal"]))
    if line.is_outgoing is not None:
        evidence.append(Evidence("called_out", line.is_outgoing))
    return Case(program, Severity.HIGH if is_high else Severity.MEDIUM, confidence, tuple(evidence))


def _is_answering(program: Program, line: ProgramConnection, doors: set[int | None]) -> bool:
    """Tell whether a program serves a caller for one that is there to answer.

    A shell whose starter ended is handed to the first program of the system: then only who called whom tells.
    """
    parent = program.parent
    if parent is None or stem(program_name(parent)) not in _ANSWERING:
        return False
    if path_class(parent.path, parent.system) not in (PathClass.SYSTEM, PathClass.PROGRAMS, PathClass.UNKNOWN):
        return False
    return _is_incoming(line, doors)


def _is_incoming(line: ProgramConnection, doors: set[int | None]) -> bool:
    if line.is_outgoing is not None:
        return not line.is_outgoing
    return line.near_port in doors or 0 < (line.near_port or 0) < FIRST_OPEN_PORT


def _is_elsewhere(line: ProgramConnection) -> bool:
    return not is_loopback(line.far)


def _is_unix(program: Program) -> bool:
    """Windows' own shells fetch and administer over the network as a matter of course."""
    return program.system != "windows"


def _is_fed(shell: Program) -> bool:
    """Tell whether another program may type into a shell; a terminal means that a person does."""
    return shell.streams is None or (bool(shell.streams) and shell.streams[0] in (_SOCKET, "local", "pipe"))


def _waits(shell: Program) -> bool:
    """Tell whether a shell was started without a command."""
    if shell.arguments is not None:
        return len(shell.arguments) <= 1 or all(word[:1] in "-/" and word != "-c" for word in shell.arguments[1:8])
    return shell.command is not None and _BARE.fullmatch(shell.command[:200].replace('"', "")) is not None
