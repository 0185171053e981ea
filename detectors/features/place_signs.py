"""Says what is odd about a change of something that starts programs or lets people in, and what explains it.

Before this on the path: changes of known places, live or recorded. After it: ``autostart_change`` and
``new_account_or_key``.
Commands are hostile text; they are taken apart, never run, and only looked at to a fixed length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from detectors.contract.finding import Evidence
from detectors.contract.programs import HOUR_S, PlaceChange, Program, Programs
from detectors.features.program_evidence import show_text
from detectors.features.program_oddness import ODD_PLACES, is_package_tool
from detectors.features.program_paths import path_class
from detectors.features.shell_words import Command, commands_of

MAX_COMMAND = 4_000
"""Characters of a command that are looked at."""
NEAR_S = 60.0
"""A package tool that ran so shortly before a change made it: its scripts end a little after it, looks come later."""
MAX_NEAR = 5
"""Programs named that started shortly before a change."""
_SCHEDULE = re.compile(
    r"^\s*(?:@[a-z]{3,10}|(?:[\d*,/a-z?L#-]{1,40}\s+){4}[\d*,/a-z?L#-]{1,40})\s+(?=\S)", re.IGNORECASE
)
"""When a line of cron starts its command: five fields or a word."""
_FETCHERS = frozenset({"curl", "wget", "fetch", "aria2c", "lwp-download", "http", "ftp", "tftp", "nc", "ncat", "socat"})
_RUNNERS = frozenset({"sh", "bash", "dash", "zsh", "ksh", "ash", "python", "python3", "perl", "ruby", "php", "node"})
_RUNNING_WORDS = frozenset({"eval", "source", ".", "$()", "<()"}) | _RUNNERS
_RELAYS = frozenset({"nc", "ncat", "netcat", "socat"})
_NETWORK_FILE = re.compile(r"/dev/(?:tcp|udp)/")
_LIBRARY = re.compile(r"(?:LD_PRELOAD|LD_AUDIT|LD_LIBRARY_PATH|DYLD_INSERT_LIBRARIES)=(\S{1,400})")
_WINDOWS_PATH = re.compile(r"(?:[a-z]:|%[a-z]{3,20}%)\\[^\"'<>|*?\t\r\n;,]{1,260}", re.IGNORECASE)
_WINDOWS_FETCH = re.compile(
    r"https?:|\\\\\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\\|download(?:string|file|data)|invoke-webrequest|start-bitstransfer",
    re.IGNORECASE,
)
_WINDOWS_HOSTS = re.compile(
    r"\b(?:powershell|pwsh|cmd|mshta|wscript|cscript|rundll32|regsvr32|certutil|bitsadmin|curl|msiexec)\b",
    re.IGNORECASE,
)
_WINDOWS_HIDDEN = re.compile(
    r"\s[-/]e(?:nc?|ncodedcommand)?\s+[a-z0-9+/=]{20}|frombase64string|\s[-/]w(?:indowstyle|in)?\s+hid", re.IGNORECASE
)


def command_signs(starts: str | None, system: str) -> list[str]:
    """Name what is odd about a command that a place starts; empty for an ordinary or unknown one."""
    if not starts:
        return []
    text = starts[:MAX_COMMAND]
    return sorted(set(_windows_signs(text) if system == "windows" else _unix_signs(text, system)))


def changed_by_packages(change: PlaceChange, programs: Programs) -> bool:
    """Tell whether the system's own package tools made a change, by their lists or because they were at work."""
    if change.is_packaged:
        return True
    return change.at_s is not None and any(
        is_package_tool(one) and _ran_at(one, change.at_s) for one in _everyone(programs)
    )


def flagged_then(change: PlaceChange, programs: Programs) -> Program | None:
    """Find a program with a finding of its own that was there, or ended within the hour, when a change was made."""
    if change.at_s is None:
        return None
    for program, flagged_s in programs.flagged.items():
        began_s = flagged_s if program.started_s is None else program.started_s
        last_s = flagged_s if program.ended_s is None else program.ended_s
        if began_s <= change.at_s <= max(flagged_s, last_s) + HOUR_S:
            return program
    return None


def started_near(change: PlaceChange, programs: Programs) -> list[str]:
    """Name programs that started shortly before a change, the latest first."""
    at_s = change.at_s
    if at_s is None:
        return []
    near = [
        one
        for one in _everyone(programs)
        if one.started_s is not None and one.name and at_s - NEAR_S <= one.started_s <= at_s
    ]
    near.sort(key=lambda one: -(one.started_s or 0.0))
    return list(dict.fromkeys(one.name or "" for one in near))[:MAX_NEAR]


def describe_change(change: PlaceChange, signs: Sequence[str], programs: Programs) -> Iterator[Evidence]:
    """Give what every finding about a place shows; its kind comes first, because texts choose their words by it."""
    yield Evidence("place", change.place)
    yield Evidence("change", change.change)
    for sign in signs:
        yield Evidence(f"sign_{sign}", observed=True, usual=False)
    if change.starts:
        yield Evidence("starts", show_text(change.starts))
    yield Evidence("item", change.item)
    if change.user:
        yield Evidence("user", change.user)
    near = started_near(change, programs)
    if near:
        yield Evidence("started_shortly_before", near)


def _everyone(programs: Programs) -> dict[Program, None]:
    return dict.fromkeys((*programs.starts, *programs.running, *programs.ended))


def _ran_at(program: Program, at_s: float) -> bool:
    if program.started_s is None or program.started_s > at_s:
        return False
    return program.ended_s is None or at_s <= program.ended_s + NEAR_S


def _unix_signs(text: str, system: str) -> Iterator[str]:
    line = commands_of(None, ("sh", "-c", _SCHEDULE.sub("", text)))
    run = [*line.programs, *(word for one in line.commands if one[0] in _RUNNING_WORDS for word in one[1:4])]
    run += _LIBRARY.findall(text)
    if any(path_class(word, system or "linux") in ODD_PLACES for word in run if not _NETWORK_FILE.match(word)):
        yield "runs_from_temporary_place"
    if any(_fetches_and_runs(pipe) for pipe in line.pipes) or _runs_what_it_fetched(line.commands, line.programs):
        yield "download_and_run"
    if any(_NETWORK_FILE.match(word) for one in line.commands for word in one):
        yield "shell_to_network"
    if any(one[0] in _RELAYS and {"-e", "-c"} & set(one) for one in line.commands):
        yield "shell_to_network"
    if any(pipe[-1][0] in _RUNNERS and any(one[0] in ("base64", "xxd") for one in pipe) for pipe in line.pipes):
        yield "hidden_command"


def _fetches_and_runs(pipe: Sequence[Command]) -> bool:
    return pipe[0][0] in _FETCHERS and any(one[0] in _RUNNING_WORDS for one in pipe[1:])


def _runs_what_it_fetched(commands: Sequence[Command], run: Sequence[str]) -> bool:
    """Tell whether a later command runs a file that an earlier one fetched."""
    fetched = {word for one in commands if one[0] in _FETCHERS for word in one[1:] if word.startswith(("/", "./", "~"))}
    return bool(fetched & set(run))


def _windows_signs(text: str) -> Iterator[str]:
    paths = _WINDOWS_PATH.findall(text)
    if any(path_class(path, "windows") in ODD_PLACES for path in paths):
        yield "runs_from_temporary_place"
    if _WINDOWS_HOSTS.search(text) and _WINDOWS_FETCH.search(text):
        yield "download_and_run"
    if _WINDOWS_HIDDEN.search(text):
        yield "hidden_command"
