"""Does every detector still fire? Harmless samples, put together at run time, go the real way through the worker.

Before this on the path: ``samples.py`` for files, ``network_samples.py`` for traffic, ``program_samples.py`` for
programs. After it: one line for each sample. Nothing of it is kept.
"""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.service.checking import RunJob
from desktop.service.events import Control
from desktop.service.network_samples import KNOWN_CARDS, LEARNED, network_samples
from desktop.service.program_samples import LEARNED as LEARNED_OF_PROGRAMS
from desktop.service.program_samples import program_samples
from desktop.service.rule_samples import RuleSample, load_rule_samples
from desktop.service.samples import Sample, load_samples
from desktop.service.texts import Texts
from detectors.contract.finding import Finding, Subject
from detectors.worker.wire import (
    BatchDone,
    CheckCaptures,
    CheckFiles,
    CheckRecordings,
    Job,
    Known,
    Report,
    SourcePart,
)

_TOO_DEEP = 20
"""Zips inside one another: more than any check opens."""
QUIET = "quiet"
"""What the recording of an ordinary day is called."""
RULES = "rules"
"""What the recording of all process rules is called."""


@dataclass(frozen=True, slots=True)
class SelftestLine:
    """One sample and what came of it."""

    name: str
    """``pack.RuleName``, the name of a detector of files, or a reason of the other senses."""
    fired: bool
    """True when the sample was found and its harmless twin was not."""
    detail: str
    """What was wrong, in words; empty when nothing was."""
    is_tried: bool = True
    """False where no sample can show whether it works; ``detail`` says why."""


@dataclass(slots=True)
class Outcome:
    """What a check of all samples gave, by the folder or the name of each."""

    fired: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Rules and detectors, or reasons."""
    left_out: dict[str, str] = field(default_factory=dict)
    """Key of the sentence that says why."""

    def problem_of(self, sample: Sample, number: int) -> str:
        """Tell what is wrong, as a text key; empty when the sample was found and its twin was let be."""
        if sample.rule not in self.fired[f"{number:03}-sample"]:
            return self.left_out.get(f"{number:03}-sample", "selftest.missed")
        return "selftest.too_eager" if sample.rule in self.fired[f"{number:03}-twin"] else ""


def selftest_lines(
    folder: Path, run_job: RunJob, control: Control, texts: Texts, language: str
) -> Iterator[SelftestLine]:
    """Try every sample of ``folder``, one for each detector that goes by structure, and one for each network reason."""
    yield from _file_lines(folder, run_job, control, texts, language)
    if not control.is_stopped:
        yield from _network_lines(run_job, control, texts, language)
    if not control.is_stopped:
        yield from _program_lines(run_job, control, texts, language)
    if not control.is_stopped:
        yield from _rule_lines(folder, run_job, control, texts, language)


def _file_lines(folder: Path, run_job: RunJob, control: Control, texts: Texts, language: str) -> Iterator[SelftestLine]:
    samples = [*load_samples(folder), *structure_samples()]
    with tempfile.TemporaryDirectory(prefix="plainwatch-selftest-") as place:
        outcome = _check(Path(place), samples, run_job, control)
        for number, sample in enumerate(samples):
            problem = outcome.problem_of(sample, number)
            yield SelftestLine(sample.rule, not problem, texts.get(problem, language) if problem else "")


def _network_lines(run_job: RunJob, control: Control, texts: Texts, language: str) -> Iterator[SelftestLine]:
    """Play one recording for each reason, and ordinary traffic, which must give none of them."""
    recordings = {sample.reason or QUIET: sample.pcap for sample in network_samples()}
    known = Known(KNOWN_CARDS, is_learned=True)
    outcome = _check_recordings(recordings, lambda paths: CheckCaptures(paths, known), run_job, control)
    yield from _lines_of(recordings, outcome, LEARNED, texts, language)


def _program_lines(run_job: RunJob, control: Control, texts: Texts, language: str) -> Iterator[SelftestLine]:
    """Play one recording for each reason, and an ordinary day, which must give none of them."""
    recordings = {sample.reason or QUIET: sample.recording for sample in program_samples()}
    outcome = _check_recordings(recordings, CheckRecordings, run_job, control)
    yield from _lines_of(recordings, outcome, LEARNED_OF_PROGRAMS, texts, language)


def _rule_lines(folder: Path, run_job: RunJob, control: Control, texts: Texts, language: str) -> Iterator[SelftestLine]:
    """Play the start of each process rule and its harmless twin, each on a computer of its own."""
    samples = load_rule_samples(folder)
    rows = [one for number, sample in enumerate(samples) for one in _rows_of(number, sample)]
    recording = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    outcome = _check_recordings({RULES: recording}, CheckRecordings, run_job, control, _computer_of)
    for number, sample in enumerate(samples):
        problem = outcome.problem_of(Sample(sample.rule, "", b"", b""), number)
        yield SelftestLine(sample.rule, not problem, texts.get(problem, language) if problem else "")


def _rows_of(number: int, sample: RuleSample) -> Iterator[dict[str, object]]:
    for kind, row in (("sample", sample.row), ("twin", sample.twin)):
        yield row | {"host": f"{number:03}-{kind}"}


def _computer_of(finding: Finding) -> str:
    """Tell on which computer of a recording something was found (``program_finding``)."""
    return finding.identity[1] if len(finding.identity) > 1 else ""


def _lines_of(
    recordings: Iterable[str], outcome: Outcome, learned: str, texts: Texts, language: str
) -> Iterator[SelftestLine]:
    for reason in recordings:
        problem = ""
        if reason == QUIET:
            continue
        if reason not in outcome.fired[reason]:
            problem = outcome.left_out.get(reason, "selftest.recording_missed")
        elif reason in outcome.fired[QUIET]:
            problem = "selftest.recording_too_eager"
        yield SelftestLine(reason, not problem, texts.get(problem, language) if problem else "")
    fired = any(learned in reasons for reasons in outcome.fired.values())
    yield SelftestLine(learned, fired, "" if fired else texts.get("selftest.learned_silent", language), is_tried=fired)


def _check_recordings(
    recordings: Mapping[str, bytes],
    job_of: Callable[[tuple[str, ...]], Job],
    run_job: RunJob,
    control: Control,
    place_of: Callable[[Finding], str] | None = None,
) -> Outcome:
    """Write recordings into a private folder and check them; their names are their reasons."""
    with tempfile.TemporaryDirectory(prefix="plainwatch-selftest-") as place:
        for name, recording in recordings.items():
            Path(place, name).write_bytes(recording)
        return _outcome_of(run_job(job_of(tuple(str(Path(place, name)) for name in recordings)), control), place_of)


def _outcome_of(reports: Iterable[Report], place_of: Callable[[Finding], str] | None = None) -> Outcome:
    """Gather what fired, by recording; with ``place_of`` the names of rules besides, by the computer of each."""
    outcome = Outcome()
    for report in reports:
        if isinstance(report, SourcePart):
            name = Path(report.source).name
            outcome.fired[name] |= {finding.reason for finding in report.findings}
            if place_of is not None:
                for finding in report.findings:
                    outcome.fired[place_of(finding)] |= _names_of(finding)
            for line in report.skipped:
                outcome.left_out.setdefault(name, f"skip.{line.reason.value}")
    return outcome


def structure_samples() -> list[Sample]:
    """Make trial files for the detectors that need no rules."""
    program = b"MZ" + bytes(58) + (64).to_bytes(4, "little") + b"PE\0\0" + bytes(400)
    return [
        Sample("disguised_file", "letter.pdf", program, b"%PDF-1.4\nA letter.\n%%EOF\n"),
        Sample("archive_not_opened", "parcel.zip", _nested_zip(_TOO_DEEP), _nested_zip(1)),
    ]


def _nested_zip(depth: int) -> bytes:
    content = b"A letter.\n"
    for level in range(depth):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("letter.txt" if level == 0 else "parcel.zip", content)
        content = stream.getvalue()
    return content


def _check(place: Path, samples: Sequence[Sample], run_job: RunJob, control: Control) -> Outcome:
    """Write samples and twins into a private folder and check it."""
    for number, sample in enumerate(samples):
        for name, content in ((f"{number:03}-sample", sample.data), (f"{number:03}-twin", sample.twin)):
            (place / name).mkdir()
            (place / name / sample.name).write_bytes(content)
    outcome = Outcome()
    for report in run_job(CheckFiles((str(place),)), control):
        if isinstance(report, BatchDone):
            for finding in report.findings:
                outcome.fired[_folder_of(finding.subject, place)] |= _names_of(finding)
            for line in report.skipped:
                outcome.left_out.setdefault(_folder_of(line.subject, place), f"skip.{line.reason.value}")
    return outcome


def _folder_of(subject: Subject, place: Path) -> str:
    inside = subject.name.removeprefix(str(place)).lstrip("/\\").replace("\\", "/")
    return inside.partition("/")[0]


def _names_of(finding: Finding) -> set[str]:
    """Tell which rules fired, or which detector where it goes by structure."""
    rules = next((one.observed for one in finding.evidence if one.name == "rules"), None)
    return {finding.detector, *(rules if isinstance(rules, list) else ())}
