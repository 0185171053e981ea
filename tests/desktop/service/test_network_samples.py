"""The recordings of the self-test: one for each reason, the same each time, inert, and found by the real worker."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from desktop.service.network_samples import KNOWN_CARDS, LEARNED, network_samples
from detectors.contract.finding import Finding
from detectors.worker.control import Control
from detectors.worker.parent import run_job
from detectors.worker.registry import TRAFFIC, find_detectors
from detectors.worker.wire import CheckCaptures, Known, SourcePart

SAMPLES = network_samples()
QUIET = "quiet"


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> dict[str, list[Finding]]:
    """Findings by the recording's name, all from one worker; nothing may be left out."""
    place: Path = tmp_path_factory.mktemp("samples")
    for sample in SAMPLES:
        (place / (sample.reason or QUIET)).write_bytes(sample.pcap)
    job = CheckCaptures(tuple(str(path) for path in sorted(place.iterdir())), Known(KNOWN_CARDS, is_learned=True))
    found: dict[str, list[Finding]] = defaultdict(list)
    for report in run_job(job, Control()):
        if isinstance(report, SourcePart):
            assert not report.skipped
            found[Path(report.source).name] += report.findings
    return found


def test_every_reason_of_every_detector_has_its_recording():
    reasons = {reason for kind in find_detectors(TRAFFIC) for reason in kind.reasons}
    assert {sample.reason for sample in SAMPLES if sample.reason} == reasons - {LEARNED}


def test_the_same_recipe_makes_the_same_bytes():
    assert network_samples() == SAMPLES


@pytest.mark.parametrize("reason", [sample.reason for sample in SAMPLES if sample.reason])
def test_a_recording_gives_its_reason_with_packets_and_times_from_the_recording(found, reason):
    [finding] = [one for one in found[reason] if one.reason == reason]
    assert finding.records
    assert all(number >= 1 for number in finding.records)
    assert 1_767_600_000 <= finding.first_seen_at.timestamp() <= finding.last_seen_at.timestamp() <= 1_767_610_000


def test_ordinary_traffic_gives_nothing(found):
    assert [one.reason for one in found[QUIET] if one.reason != LEARNED] == []
