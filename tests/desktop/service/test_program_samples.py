"""The recordings of the self-test: one for each reason, the same each time, inert, and found by the real worker."""

from __future__ import annotations

import inspect
from collections import defaultdict
from pathlib import Path

import pytest

from desktop.service import program_samples as room
from desktop.service.program_samples import LEARNED, program_samples
from detectors.contract.finding import Finding
from detectors.worker.control import Control
from detectors.worker.parent import run_job
from detectors.worker.registry import PROGRAMS, find_detectors
from detectors.worker.wire import CheckRecordings, SourcePart

SAMPLES = program_samples()
QUIET = "quiet"


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict[str, list[Finding]]:
    """Findings by the recording's name, all from one worker; nothing may be left out."""
    place: Path = tmp_path_factory.mktemp("samples")
    for sample in SAMPLES:
        (place / (sample.reason or QUIET)).write_bytes(sample.recording)
    found: dict[str, list[Finding]] = defaultdict(list)
    for report in run_job(CheckRecordings(tuple(str(path) for path in sorted(place.iterdir()))), Control()):
        if isinstance(report, SourcePart):
            assert not report.skipped
            found[Path(report.source).name] += report.findings
    return found


def test_every_reason_of_every_detector_has_its_recording():
    reasons = {reason for kind in find_detectors(PROGRAMS) for reason in kind.reasons}
    assert {sample.reason for sample in SAMPLES if sample.reason} == reasons - {LEARNED}


def test_the_same_recipe_makes_the_same_bytes():
    assert program_samples() == SAMPLES


@pytest.mark.parametrize("reason", [sample.reason for sample in SAMPLES if sample.reason])
def test_a_recording_gives_its_reason_with_lines_and_times_from_the_recording(found, reason):
    told = [one for one in found[reason] if one.reason == reason]
    assert told
    for finding in told:
        assert all(number >= 0 for number in finding.records)
        assert 1_767_600_000 <= finding.first_seen_at.timestamp() <= finding.last_seen_at.timestamp() <= 1_767_610_000


def test_an_ordinary_day_stays_quiet(found):
    assert found[QUIET] == []


def test_no_telling_command_stands_whole_in_the_tree():
    source = inspect.getsource(room)
    whole = [
        line for sample in SAMPLES if sample.reason in room.STARTS for line in sample.recording.decode().splitlines()
    ]
    assert whole
    words = {
        word
        for line in whole
        for word in ("powershell", "mshta", "vssadmin", "xmrig", "psexec")
        if word in line.lower()
    }
    assert len(words) == 5
    assert [word for word in words if word in source.lower()] == []
