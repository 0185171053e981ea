"""Finds programs that rewrite many files fast, so that nobody can open them any more.

Before this on the path: Programs with the changes in watched folders. After it: the worker's wire.
No system names the writer of a file: who wrote most at that time is told as "most likely".
Quiet on purpose: many changes alone, and much reading and writing alone: backup, sync, photo import, builds, upgrades
and new environments all do that. It takes lost contents, unknown endings, or a file that nobody has a reason to touch.
"""

from __future__ import annotations

import os.path
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import ClassVar

from detectors.contract.detector import Detector
from detectors.contract.finding import Evidence, Finding, Severity, Subject
from detectors.contract.programs import HOUR_S, Program, Programs, program_finding
from detectors.features.file_changes import (
    MIN_SAME_ENDING,
    MIN_SPREAD,
    ChangedMinute,
    changed_minutes,
    folder_of_change,
    locked_name,
)
from detectors.features.program_cases import Case, everyone, say_cases
from detectors.features.program_evidence import describe_start
from detectors.features.program_load import grown, ordered
from detectors.features.program_oddness import ODD_PLACES, is_building, is_command_shell, is_file_gone, place_of
from detectors.features.program_tree import tree_key
from detectors.features.program_writers import Writer, top_writers

REASON = "mass_file_change"
TECHNIQUES = ("T1486", "T1485")
USUAL_CHANGES = 5
"""A minute; what a person at work changes (advice for explanations)."""
MIN_RATE_BYTES_S = 2_000_000
"""Read and written a second by one program; rewriting stand-ins did 9 to 15 MB/s."""
MIN_REWRITING_S = 10.0
SAME_AMOUNT = (0.8, 1.25)
"""Bytes read to bytes written of a program that rewrites what it reads (advice, section 7)."""
_NOTES = (".txt", ".html", ".htm", ".hta", ".rtf")
MAX_NAMED = 5


class MassFileChange(Detector):
    """Weighs each minute of changes in watched folders, and what single programs were seen to write."""

    name: ClassVar[str] = REASON
    version: ClassVar[str] = "1"
    reads: ClassVar[type] = Programs
    reasons: ClassVar[tuple[str, ...]] = (REASON,)

    def detect(self, programs: Programs) -> Iterator[Finding]:
        """Tell of the worst minute of each hour, and of each program whose own files or counters tell."""
        blamed: set[Program] = set()
        for severity, minute in _worst_of_each_hour(programs):
            was_watched = not all(change.is_earlier for change in minute.changes)
            writers = top_writers(programs, minute.began_s, minute.ended_s) if was_watched else ()
            blamed.update(one.program for one in writers)
            yield self._say(programs, severity, minute, writers)
        cases = [case for one in everyone(programs) if one not in blamed and (case := _by_itself(one)) is not None]
        yield from say_cases(self, programs, cases, reason=REASON, techniques=TECHNIQUES)

    def _say(self, programs: Programs, severity: Severity, minute: ChangedMinute, writers: Sequence[Writer]) -> Finding:
        about = writers[0].program if writers and writers[0].is_clear else None
        folder = _common_folder(minute)
        described = describe_start(about) if about else ()
        return program_finding(
            self,
            programs,
            reason=REASON,
            about=about,
            subject=None if about else Subject("place", folder),
            severity=severity,
            confidence=0.9 if minute.canaries or (minute.is_many and minute.is_noise) else 0.6,
            evidence=(
                *(() if about else (Evidence("place", "folder"),)),
                *_evidence(minute, folder, writers),
                *described,
            ),
            tree=tree_key(about) if about else f"folder {folder}",
            records=[one.record for one in minute.changes],
            seen_s=(minute.began_s, minute.ended_s),
            techniques=TECHNIQUES,
        )


def _worst_of_each_hour(programs: Programs) -> Iterator[tuple[Severity, ChangedMinute]]:
    """Choose the most serious minute of an hour, and of equal ones the fullest."""
    worst: dict[int, tuple[Severity, ChangedMinute]] = {}
    for minute in changed_minutes(programs.file_changes):
        severity = _severity_of(minute)
        if severity is None:
            continue
        hour = int(minute.began_s // HOUR_S)
        held = worst.get(hour)
        if held is None or (severity, minute.rewritten) > (held[0], held[1].rewritten):
            worst[hour] = (severity, minute)
    yield from worst.values()


def _severity_of(minute: ChangedMinute) -> Severity | None:
    """Combine what was seen; no single sign but a canary is serious."""
    if minute.canaries or (minute.is_noise and (minute.is_many or minute.has_new_ending)):
        return Severity.HIGH
    if minute.is_many and minute.has_new_ending:
        # contents that were looked at and are whole: somebody renames; not looked at: nobody knows
        return Severity.MEDIUM if minute.sampled else Severity.HIGH
    if minute.is_noise:
        return Severity.MEDIUM
    if minute.has_new_ending:
        return Severity.LOW if minute.sampled else Severity.MEDIUM
    return None


def _evidence(minute: ChangedMinute, folder: str, writers: Sequence[Writer]) -> Iterator[Evidence]:
    if minute.canaries:
        yield Evidence("canaries_changed", minute.canaries, 0)
    yield Evidence("files_changed", minute.rewritten, USUAL_CHANGES)
    yield Evidence("window_s", max(1, round(minute.ended_s - minute.began_s)), None, "s")
    if minute.noise:
        yield Evidence("turned_to_noise", minute.noise, 0)
    if minute.with_new_ending:
        yield Evidence("new_ending", minute.new_ending)
        yield Evidence("with_new_ending", minute.with_new_ending, 0)
    yield Evidence("folders", minute.folders)
    yield Evidence("folder", folder)
    if minute.is_overflowed:
        yield Evidence("more_than_could_be_told", observed=True, usual=False)
    if writers:
        yield Evidence("most_likely", [one.program.name or one.program.path or "?" for one in writers])
        yield Evidence("written_bytes", writers[0].written_bytes, None, "bytes")


def _common_folder(minute: ChangedMinute) -> str:
    """Name the folder that all changes lie below; the first one's where they share none."""
    folders = [folder_of_change(one.path) for one in minute.changes if one.path]
    try:
        return os.path.commonpath(folders) or folders[0]
    except (ValueError, IndexError):
        return folders[0] if folders else ""


def _by_itself(program: Program) -> Case | None:
    """Judge one program by the files it was seen to write, else by what it reads and writes and where it lies."""
    return _by_names(program) or _by_counters(program)


def _by_names(program: Program) -> Case | None:
    """Look at the names of written files: an unknown ending behind usual ones, and the same note in every folder."""
    endings = Counter(filter(None, map(locked_name, program.files)))
    ending, count = max(endings.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    if count < MIN_SAME_ENDING:
        return None
    notes = Counter(name for path in program.files if (name := _note_name(path)))
    has_notes = max(notes.values(), default=0) >= MIN_SPREAD
    evidence = (
        Evidence("new_ending", ending),
        Evidence("with_new_ending", count, 0),
        Evidence("files_changed", max(program.file_count or 0, len(program.files)), USUAL_CHANGES),
        Evidence("sign_same_note_in_folders", has_notes),
    )
    return Case(program, Severity.HIGH if has_notes else Severity.MEDIUM, 0.8 if has_notes else 0.6, evidence)


def _note_name(path: str) -> str:
    name = path.replace("\\", "/").rpartition("/")[2].lower()
    return name if name.endswith(_NOTES) else ""


def _by_counters(program: Program) -> Case | None:
    """Look for as much written as read, fast, by a program that lies where none belongs; no more than good to know.

    Counters never tell alone. Those of a shell hold its children's (Linux), so shells are left out.
    """
    is_odd = place_of(program) in ODD_PLACES or is_file_gone(program)
    if not program.loads or not is_odd or is_command_shell(program) or is_building(program):
        return None
    loads = ordered(program)
    read = grown(loads[0].read_bytes, loads[-1].read_bytes) if loads else None
    written = grown(loads[0].written_bytes, loads[-1].written_bytes) if loads else None
    length_s = loads[-1].at_s - loads[0].at_s if loads else 0.0
    if not read or not written or length_s < MIN_REWRITING_S or written < MIN_RATE_BYTES_S * length_s:
        return None
    if not SAME_AMOUNT[0] <= read / written <= SAME_AMOUNT[1]:
        return None
    evidence = (
        Evidence("read_bytes", read, None, "bytes"),
        Evidence("written_bytes", written, None, "bytes"),
        Evidence("window_s", round(length_s), None, "s"),
    )
    return Case(program, Severity.LOW, 0.4, evidence, (loads[0].at_s, loads[-1].at_s))
