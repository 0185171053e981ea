"""A finished check in words: its name, its outcome, its mark.

Before this on the path: ``RunFacts`` from the service. After it: the first page and the Check page.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from desktop.service.events import Progress
from desktop.service.keeping.kept import RunFacts
from desktop.window import say

_MARKS = {"clean": "calm", "found": "info", "not_fully_checked": "gap"}


def name_scope(scope: str) -> str:
    """Name a check by what it looks at."""
    names = {
        "quick": QCoreApplication.translate("run", "Quick check"),
        "full": QCoreApplication.translate("run", "Full check"),
        "folders": QCoreApplication.translate("run", "Check of chosen folders"),
        "paths": QCoreApplication.translate("run", "Check of single files"),
    }
    return names.get(scope, QCoreApplication.translate("run", "Check"))


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
    if progress.total_is_estimate:
        text = QCoreApplication.translate("run", "{done} of about {total} files.")
    else:
        text = QCoreApplication.translate("run", "{done} of {total} files.")
    counted = text.replace("{done}", say.number(locale, progress.done)).replace(
        "{total}", say.number(locale, progress.total)
    )
    keep_working = QCoreApplication.translate("run", "You can keep working.")
    return " ".join(part for part in (counted, say.time_left(progress.seconds_left), keep_working) if part)


def share_of(progress: Progress) -> float:
    """Give the share that is done, 0 to 1."""
    return min(progress.done / progress.total, 1.0) if progress.total else 0.0
