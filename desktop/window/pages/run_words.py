"""A finished check in words: its name, its outcome, its mark.

Before this on the path: ``RunFacts`` from the service. After it: the first page and the Check page.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.service.events import Progress
from desktop.service.keeping.kept import RunFacts
from desktop.service.texts import shorten
from desktop.window import say
from desktop.window.bridge import RunSoFar
from desktop.window.widgets.label import one_line

NETWORK_SCOPES = ("captures", "connections", "live")
"""Scopes of checks that belong to the Activity page, view "Network","""
PROGRAM_SCOPES = ("recordings", "programs")
"""and view "Programs"."""
LOOK_SCOPES = (*NETWORK_SCOPES, *PROGRAM_SCOPES)
NETWORK_COMMAND, PROGRAM_COMMAND = "scan network", "scan processes"
CAPTURE_ENDINGS = (".pcap", ".pcapng", ".cap", ".pcap.gz", ".pcapng.gz", ".cap.gz")
RECORDING_ENDINGS = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
_MARKS = {"clean": "calm", "found": "info", "not_fully_checked": "gap"}


def name_scope(scope: str) -> str:
    """Name a check by what it looks at."""
    names = {
        "quick": QCoreApplication.translate("run", "Quick check"),
        "full": QCoreApplication.translate("run", "Full check"),
        "folders": QCoreApplication.translate("run", "Check of chosen folders"),
        "paths": QCoreApplication.translate("run", "Check of single files"),
        "captures": QCoreApplication.translate("run", "Check of a recording"),
        "connections": QCoreApplication.translate("run", "Look at the network"),
        "live": QCoreApplication.translate("run", "Listening to the network"),
        "recordings": QCoreApplication.translate("run", "Check of a recording of programs"),
        "programs": QCoreApplication.translate("run", "Look at the programs"),
    }
    return names.get(scope, QCoreApplication.translate("run", "Check"))


def name_run(run: RunFacts) -> str:
    """Name a kept check; what it looked at is known by its command or its scope."""
    if run.command == NETWORK_COMMAND and run.scope not in NETWORK_SCOPES:
        return QCoreApplication.translate("run", "Check of the network")
    if run.command == PROGRAM_COMMAND and run.scope not in PROGRAM_SCOPES:
        return QCoreApplication.translate("run", "Check of programs")
    return name_scope(run.scope)


def say_doing(run: RunSoFar) -> str:
    """Say what is being done: "Checking your files", "Reading office.pcap"."""
    if run.scope in {"captures", "recordings"}:
        now = run.progress.folder if run.progress else ""
        reading = QCoreApplication.translate("run", "Reading {name}")
        return reading.replace("{name}", one_line(shorten(say.file_name(now or next(iter(run.folders), "")), 40)))
    if run.scope == "programs":
        return QCoreApplication.translate("run", "Looking at the programs")
    is_watching = run.progress is not None and run.progress.unit == "seconds"
    if run.scope == "connections":
        return QCoreApplication.translate("run", "Looking at the network")
    if is_watching and run.scope != "live":
        return QCoreApplication.translate("run", "Looking at the network and the programs")
    if run.scope == "live":
        listening = QCoreApplication.translate("run", "Listening on {card}")
        return listening.replace("{card}", one_line(next(iter(run.folders), "")))
    return QCoreApplication.translate("run", "Checking your files")


def say_start(scope: str) -> str:
    """Say what comes first, while nothing can be counted yet."""
    if scope in {"captures", "recordings"}:
        return QCoreApplication.translate("run", "Opening the recording. You can keep working.")
    if scope == "programs":
        return QCoreApplication.translate("run", "We look at what runs, and watch what starts. You can keep working.")
    if scope in NETWORK_SCOPES:
        return QCoreApplication.translate("run", "We begin to listen. You can keep working.")
    return QCoreApplication.translate("run", "Counting the files first. You can keep working.")


def say_share_of(progress: Progress) -> str:
    """Say what the ring is a share of."""
    if progress.unit == "bytes":
        return QCoreApplication.translate("run", "of the data")
    if progress.unit == "seconds":
        return QCoreApplication.translate("run", "of the time")
    return QCoreApplication.translate("run", "of the files")


def run_mark(run: RunFacts) -> str:
    """Give the mark of a verdict; a stopped check is never calm."""
    mark = _MARKS.get(run.verdict, "gap")
    return "gap" if mark == "calm" and run.stopped else mark


def say_outcome(run: RunFacts) -> str:
    """Say in a few words what came of a check."""
    if run.findings:
        return say.Counted().found(run.findings)
    if run.stopped:
        return QCoreApplication.translate("run", "stopped, nothing found so far")
    return QCoreApplication.translate("run", "nothing found")


def say_progress(locale: QLocale, progress: Progress) -> str:
    """Say how far a check is: "12,400 of about 48,000. About 3 to 5 minutes left. You can keep working."."""
    keep_working = QCoreApplication.translate("run", "You can keep working.")
    counted = say.counted(locale, progress)
    return " ".join(part for part in (counted, say.time_left(progress.seconds_left), keep_working) if part)


def share_of(progress: Progress) -> float:
    """Give the share that is done, 0 to 1."""
    return min(progress.done / progress.total, 1.0) if progress.total else 0.0


def are_captures(untrusted_paths: Sequence[str]) -> bool:
    """Tell whether all names look like recordings of network traffic."""
    return bool(untrusted_paths) and all(path.casefold().endswith(CAPTURE_ENDINGS) for path in untrusted_paths)


def are_recordings(untrusted_paths: Sequence[str]) -> bool:
    """Tell whether all names look like recordings of programs."""
    return bool(untrusted_paths) and all(path.casefold().endswith(RECORDING_ENDINGS) for path in untrusted_paths)


def page_of(scope: str) -> str:
    """Name the page on which a check is shown in large."""
    if scope in PROGRAM_SCOPES:
        return "programs"
    return "activity" if scope in NETWORK_SCOPES else "check"
