from dataclasses import replace
from pathlib import Path

import pytest

from detectors.contract.detector import DetectorContext
from detectors.contract.finding import Severity
from detectors.contract.memory import MemoryPiece
from detectors.suspicious_memory import SuspiciousMemory
from tests.rules.memory_samples import SAMPLES

ROOT = Path(__file__).parents[2]
PIECE = MemoryPiece("memory", 7, "tool", "/opt/tool", "anna", 5.0, "heap", False, 0x7F0000, 4_096, b"")


@pytest.fixture(scope="module")
def detector():
    return SuspiciousMemory.build(DetectorContext(ROOT / "rules", None))


def test_a_program_that_holds_the_agreed_line_is_told_with_the_place(detector):
    data = bytes(100) + SAMPLES["test.AgreedTestLine"][0] + bytes(50)
    (finding,) = detector.detect(replace(PIECE, data=data))
    assert (finding.reason, finding.severity) == ("test_file", Severity.INFORMATIONAL)
    assert (finding.subject.kind, finding.subject.name) == ("process", "/opt/tool")
    assert finding.subject.details == {"name": "tool", "pid": 7, "user": "anna", "started_s": 5.0}
    said = {one.name: one.observed for one in finding.evidence}
    assert said == {
        "sign_agreed_test_line": True,
        "rules": ["test.AgreedTestLine"],
        "region": "heap 0x7f0000",
        "runs_there": False,
        "offset": 4_196,
        "user": "anna",
    }


def test_the_gravest_of_several_rules_is_said_once(detector):
    data = b"\0".join(SAMPLES[name][0] for name in ("test.AgreedTestLine", "tools.MinerAtWork"))
    (finding,) = detector.detect(replace(PIECE, data=data))
    assert (finding.reason, finding.severity) == ("miner_file", Severity.MEDIUM)
    assert finding.techniques == ("T1496",)


def test_a_program_of_which_little_is_known_is_named_all_the_same(detector):
    bare = replace(PIECE, path=None, user=None, started_s=None, data=SAMPLES["test.PracticeMark"][0])
    (finding,) = detector.detect(bare)
    assert (finding.subject.name, finding.subject.details) == ("tool", {"name": "tool", "pid": 7})


def test_two_programs_with_one_number_are_two_findings(detector):
    data = SAMPLES["test.AgreedTestLine"][0]
    ids = {next(detector.detect(replace(PIECE, data=data, started_s=at))).id for at in (5.0, 6.0)}
    assert len(ids) == 2


@pytest.mark.parametrize("data", [b"", bytes(5_000), b"an ordinary letter about tools " * 200])
def test_ordinary_memory_stays_quiet(detector, data):
    assert list(detector.detect(replace(PIECE, data=data))) == []
