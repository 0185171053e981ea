from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.service.events import Control
from desktop.service.network_samples import LEARNED, network_samples
from desktop.service.program_samples import LEARNED as LEARNED_OF_PROGRAMS
from desktop.service.program_samples import program_samples
from desktop.service.rule_samples import load_rule_samples
from desktop.service.samples import load_samples
from desktop.service.selftest import QUIET, RULES, SelftestLine, selftest_lines, structure_samples
from desktop.service.service import PROGRAM_FOLDER
from desktop.service.texts import Texts
from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Evidence, Finding, Subject
from detectors.worker.wire import (
    BatchDone,
    CheckCaptures,
    CheckFiles,
    CheckRecordings,
    Job,
    JobDone,
    Report,
    SourcePart,
)
from tests.factories import make_finding

SAMPLES = PROGRAM_FOLDER / "resources" / "selftest"
TEXTS = Texts(PROGRAM_FOLDER / "resources" / "texts")


REASONS = [sample.reason for sample in network_samples() if sample.reason]
PROCESS_RULES = [sample.rule for sample in load_rule_samples(SAMPLES)]
PROGRAM_REASONS = [sample.reason for sample in program_samples() if sample.reason]


class PerfectWorker:
    """Finds every sample and lets every twin be, except where a test wants otherwise."""

    def __init__(self, *, misses: str = "", too_eager: str = "", skips: str = "") -> None:
        self.rules = [sample.rule for sample in (*load_samples(SAMPLES), *structure_samples())]
        self.misses, self.too_eager, self.skips = misses, too_eager, skips
        self.place = Path()

    def __call__(self, job: Job, control: Control) -> Iterator[Report]:
        yield from self.files(job) if isinstance(job, CheckFiles) else self.captures(job)
        yield JobDone()

    def captures(self, job: Job) -> Iterator[Report]:
        assert isinstance(job, CheckCaptures | CheckRecordings)
        assert not isinstance(job, CheckCaptures) or job.known.is_learned
        for path in map(Path, job.paths):
            if path.name == RULES:
                yield SourcePart(str(path), findings=tuple(self.starts(path)))
                continue
            reasons = ({self.too_eager} if path.name == QUIET else {path.name}) - {self.misses, self.skips, ""}
            gap = SkippedCheck(Subject.file(str(path)), SkipReason.VANISHED, str(path))
            findings = tuple(make_finding(reason=reason, source=str(path)) for reason in reasons)
            yield SourcePart(str(path), findings=findings, skipped=(gap,) if path.name == self.skips else ())

    def starts(self, path: Path) -> Iterator[Finding]:
        """Find the start of each process rule; each row of the recording is a computer of its own."""
        hosts = [json.loads(line)["host"] for line in path.read_bytes().splitlines()]
        assert len(set(hosts)) == len(hosts) == 2 * len(PROCESS_RULES)
        for host in hosts:
            rule, is_twin = PROCESS_RULES[int(host[:3])], host.endswith("twin")
            if rule == self.too_eager if is_twin else rule != self.misses:
                yield replace(found("start", rule), identity=(str(path), host))

    def files(self, job: CheckFiles) -> Iterator[Report]:
        self.place = Path(job.paths[0])
        findings, skipped = [], []
        for path in sorted(path for path in self.place.rglob("*") if path.is_file()):
            rule = self.rules[int(path.parent.name[:3])]
            is_twin = path.parent.name.endswith("twin")
            if rule == self.skips and not is_twin:
                skipped.append(SkippedCheck(Subject.file(str(path)), SkipReason.VANISHED, job.paths[0]))
            elif rule == self.too_eager if is_twin else rule != self.misses:
                findings.append(found(f"{path}!member", rule))
        yield BatchDone(job.paths[0], "0", "", 9, 0, 9, 0, tuple(findings), tuple(skipped), source_done=True)


def found(name: str, rule: str) -> Finding:
    by_rule = "." in rule
    evidence = (Evidence("rules", [rule, "other.Rule"]),) if by_rule else ()
    return make_finding(name, detector="suspicious_file" if by_rule else rule, evidence=evidence)


def lines(worker: PerfectWorker) -> list[SelftestLine]:
    return list(selftest_lines(SAMPLES, worker, Control(), TEXTS, "en"))


def test_everything_fires_and_nothing_is_left_on_the_disk():
    worker = PerfectWorker()
    told = lines(worker)
    names = [*worker.rules, *REASONS, LEARNED, *PROGRAM_REASONS, LEARNED_OF_PROGRAMS, *PROCESS_RULES]
    assert [line.name for line in told] == names
    assert {"test.StandardTestFile", "disguised_file", "archive_not_opened"} <= set(worker.rules)
    silent = [line for line in told if line.detail or not line.fired]
    why = TEXTS.get("selftest.learned_silent", "en")
    assert silent == [SelftestLine(name, False, why, is_tried=False) for name in (LEARNED, LEARNED_OF_PROGRAMS)]
    assert not worker.place.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"misses": "test.PracticeFile"}, TEXTS.get("selftest.missed", "en")),
        ({"too_eager": "test.PracticeFile"}, TEXTS.get("selftest.too_eager", "en")),
        ({"skips": "test.PracticeFile"}, TEXTS.get("skip.vanished", "en")),
        ({"misses": "disguised_file"}, TEXTS.get("selftest.missed", "en")),
        ({"misses": "beaconing"}, TEXTS.get("selftest.recording_missed", "en")),
        ({"too_eager": "dga"}, TEXTS.get("selftest.recording_too_eager", "en")),
        ({"misses": "office_starts_command"}, TEXTS.get("selftest.recording_missed", "en")),
        ({"too_eager": "mass_file_change"}, TEXTS.get("selftest.recording_too_eager", "en")),
        ({"misses": PROCESS_RULES[0]}, TEXTS.get("selftest.missed", "en")),
        ({"too_eager": PROCESS_RULES[-1]}, TEXTS.get("selftest.too_eager", "en")),
        ({"skips": "tor"}, TEXTS.get("skip.vanished", "en")),
    ],
)
def test_what_is_wrong_is_said(wrong: dict[str, str], words: str):
    told = [line for line in lines(PerfectWorker(**wrong)) if line.is_tried and not line.fired]
    assert told == [SelftestLine(next(iter(wrong.values())), fired=False, detail=words)]
