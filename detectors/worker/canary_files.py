"""Puts canary files into place, removes them, and tells which were touched since the last look.

Before this on the path: ``desktop/service/canaries.py``, when a person has switched them on or off. After it:
``telemetry/canaries.py``, which writes; what was touched goes with the next look at programs.
It runs in the program itself: no worker may write, and it reads nothing but files of our own length.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from detectors.contract.programs import FileChange
from detectors.telemetry.canaries import (
    CanaryReport,
    CanaryState,
    forget_canaries,
    list_canaries,
    make_canaries,
    remove_canaries,
)


def put_canaries(folders: Sequence[str], listed: Path, note: str) -> tuple[CanaryReport, CanaryReport]:
    """Make canaries in these folders, for somebody who wants them, and remove those of all other folders.

    Returns:
        What was made, and what was removed.

    Raises:
        OSError: The list of canaries cannot be written; nothing is made then.
    """
    removed = remove_canaries(listed, outside=folders)
    return make_canaries([Path(one) for one in folders], listed, note, is_wanted=True), removed


def take_canaries_away(listed: Path) -> CanaryReport:
    """Remove all of them but those that somebody changed.

    Raises:
        OSError: The list of canaries cannot be written.
    """
    return remove_canaries(listed)


def canary_paths(listed: Path) -> tuple[str, ...]:
    """List the canaries that are there."""
    return tuple(one.path for one in list_canaries(listed))


def touched_canaries(listed: Path, now_s: float) -> tuple[FileChange, ...]:
    """Tell which canaries are not as we made them; one that is gone is told once and forgotten."""
    states = [(one.path, one.state) for one in list_canaries(listed)]
    gone = {path for path, state in states if state is CanaryState.GONE}
    with contextlib.suppress(OSError):  # then it is told once more
        forget_canaries(listed, gone)
    changes = [FileChange(now_s, path, "deleted", is_canary=True, is_earlier=True) for path in sorted(gone)]
    for path, state in states:
        if state is CanaryState.CHANGED:  # by the time of the change, so that a later look tells the same finding
            changes.append(FileChange(_changed_s(path, now_s), path, "modified", is_canary=True, is_earlier=True))
    return tuple(changes)


def _changed_s(path: str, now_s: float) -> float:
    try:
        return min(os.lstat(path).st_mtime, now_s)
    except OSError:
        return now_s
