"""Gives what is known of a program's start the names that Sigma rules use.

Before this on the path: telemetry, which made the ``Program``. After it: ``engines/sigma_engine.py``, asked by
``suspicious_start``.
The names are those of process-creation events as Sysmon writes them, also for Linux and macOS, as Sigma has it. None
is unknown: a rule that asks for it does not hold, and what it excludes by it is not excluded.
"""

from __future__ import annotations

from typing import Any

from detectors.contract.programs import Program
from detectors.features.program_signs import program_signs
from detectors.features.shell_words import shell_fields


def sigma_fields(program: Program) -> dict[str, Any]:
    """Return the fields of a start: standard names first, then ours, which say what several standard ones say together.

    Values are texts, numbers, booleans or, for a field with several elements, tuples of texts.
    """
    fields: dict[str, Any] = {
        "Image": program.path or program.name,
        "OriginalFileName": program.original_name,
        "CommandLine": _command_of(program),
        "CurrentDirectory": program.folder,
        "User": program.user,
        "IntegrityLevel": program.integrity,
        "ProcessId": program.pid,
        "ParentProcessId": program.parent_pid,
    }
    parent = program.parent
    if parent is not None:
        fields |= {
            "ParentImage": parent.path or parent.name,
            "ParentCommandLine": _command_of(parent),
            "ParentUser": parent.user,
            "ParentIntegrityLevel": parent.integrity,
        }
    fields.update(program_signs(program))
    if program.system != "windows":
        fields.update(shell_fields(program.command, program.arguments))
    return {name: value for name, value in fields.items() if value is not None}


def _command_of(program: Program) -> str | None:
    """Return the command line; from its arguments where the system gives only those."""
    return " ".join(program.arguments) if program.command is None and program.arguments else program.command
