"""What every detector owes. A new one is found by itself and held to all of it; nothing here has to be edited."""

from __future__ import annotations

import ast
import inspect
import re
from dataclasses import replace
from pathlib import Path

import pytest

from detectors.contract.detector import Detector, DetectorContext
from detectors.contract.errors import SkipReason
from detectors.contract.records import ArchiveTrouble, FileRecord
from detectors.worker.registry import find_detectors
from tests.factories import A_MORNING, make_file

ROOT = Path(__file__).parents[1]
KINDS = sorted(find_detectors(), key=lambda kind: kind.name)
ALLOWED = ("detectors.contract", "detectors.features", "detectors.engines")
TROUBLE = ArchiveTrouble(
    "a.zip", "a.zip", 0, SkipReason.ARCHIVE_HEADER_LIES, is_bomb=True, size_bytes=100, sha256="0" * 64
)
PATTERN_OF_TESTS = b"*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X"[
    ::-1
]  # backwards, so that no scanner takes this file for it
RECORDS = {
    FileRecord: [
        make_file(),
        make_file("/d/eicar.com", PATTERN_OF_TESTS),
        make_file("/d/letter.pdf.exe", b"MZ" + bytes(200)),
        make_file("/d/photo.jpg", b"MZ\x90\x00" + bytes(60) + b"PE\0\0"),
        make_file("/d/\udcff\x1b[1m<b>.html", b"<html><?php echo 1; ?>\xff\xfe"),
        make_file("/d/half.zip", b"PK\x03\x04" + bytes(26), is_whole=False, modified_at=None),
        make_file("a.zip!b.zip!c.txt", bytes(range(256)) * 40, depth=2),
    ],
    ArchiveTrouble: [TROUBLE, replace(TROUBLE, is_bomb=False, reason=SkipReason.ARCHIVE_TOO_LARGE)],
}  # fmt: skip
EMPTY = {FileRecord: [make_file(data=b""), make_file("", b""), make_file("/d/x.exe", b"")]}

pytestmark = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@pytest.fixture(scope="module")
def built():
    """Detectors, each built once."""
    context = DetectorContext(ROOT / "rules", None)
    return {kind: kind.build(context) for kind in KINDS}


def judge(detector: Detector) -> list[list[object]]:
    """Let it judge everything it reads; the time of the check is no part of the answer."""
    return [
        [replace(one, first_seen_at=A_MORNING, last_seen_at=A_MORNING) for one in detector.detect(record)]
        for record in RECORDS[detector.reads]
    ]


def test_its_name_is_its_files_name_and_the_file_holds_one(kind):
    assert kind.name == Path(inspect.getfile(kind)).stem
    assert [other.name for other in KINDS].count(kind.name) == 1
    assert kind.__doc__
    assert kind.version


def test_it_names_its_reasons(kind):
    assert kind.reasons
    assert len(set(kind.reasons)) == len(kind.reasons)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", reason) for reason in kind.reasons)


def test_it_reads_a_record_that_telemetry_makes(kind):
    assert kind.reads in RECORDS


def test_it_imports_only_the_shared_words_features_and_engines(kind):
    tree = ast.parse(Path(inspect.getfile(kind)).read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    ours = {name for name in modules if name.split(".")[0] in {"detectors", "desktop"}}
    assert {name for name in ours if not name.startswith(ALLOWED)} == set()


def test_empty_input_gives_nothing(kind, built):
    for record in EMPTY.get(kind.reads, []):
        assert list(built[kind].detect(record)) == []


def test_the_same_input_gives_the_same_findings(kind, built):
    once = judge(built[kind])
    assert judge(built[kind]) == once
    assert judge(kind.build(DetectorContext(ROOT / "rules", None))) == once


def test_a_finding_says_who_what_and_how_sure(kind, built):
    for record, findings in zip(RECORDS[kind.reads], judge(built[kind]), strict=True):
        assert len({finding.reason for finding in findings}) == len(findings), "one finding a reason and file"
        for finding in findings:
            assert finding.detector == kind.name
            assert finding.judged_by == built[kind].judged_by
            assert finding.reason in kind.reasons
            assert (finding.subject.name, finding.source) == (record.name, record.source)
            assert 0 <= finding.confidence <= 1
            assert finding.evidence
            assert all(re.fullmatch(r"T\d{4}(\.\d{3})?", technique) for technique in finding.techniques)


def test_findings_carry_the_time_of_the_check_in_utc(kind, built):
    for record in RECORDS[kind.reads]:
        for finding in built[kind].detect(record):
            assert finding.first_seen_at.utcoffset() is not None
            assert finding.first_seen_at.utcoffset().total_seconds() == 0
            assert finding.last_seen_at >= finding.first_seen_at
