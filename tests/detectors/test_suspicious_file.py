"""Matching rules become findings: one per reason, with signs, rules and facts about the file."""

import hashlib

import pytest

from detectors.contract.detector import DetectorContext
from detectors.contract.errors import SkipReason
from detectors.contract.finding import FoundBy, Severity
from detectors.suspicious_file import SuspiciousFile
from tests.factories import make_file

RULES = """
rule Starts { meta: reason = "macro_document" severity = "low" sign = "starts_by_itself" technique = "T1566.001"
    confidence = "0.6" strings: $a = "WOOD" condition: $a }
rule Fetches { meta: reason = "macro_document" severity = "high" sign = "fetches_more" technique = "T1105"
    confidence = 90 strings: $a = "STONE" condition: $a }
rule Hides { meta: reason = "macro_document" severity = "medium" sign = "hides" strings: $a = "IRON" condition: $a }
rule Practice { meta: reason = "test_file" severity = "critical" sign = "practice" strings: $a = "PAPER" condition: $a }
rule Stranger { meta: severity = "dreadful" confidence = "much" strings: $a = "CLAY" condition: $a }
rule Named { meta: reason = "lure_file" severity = "low" strings: $a = "GLASS"
    condition: $a and extension == "lnk" and depth == 1 }
"""


@pytest.fixture
def detector(tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "materials.yar").write_text(RULES)
    return SuspiciousFile.build(DetectorContext(rules_folder=tmp_path, cache_folder=None))


def look(detector, data, **changes):
    return list(detector.detect(make_file(data=data, **changes)))


def evidence_of(finding):
    return {one.name: one.observed for one in finding.evidence}


def test_nothing_matches_nothing_comes(detector):
    assert look(detector, b"Dear Sam") == []
    assert look(detector, b"") == []


def test_rules_of_one_reason_make_one_finding(detector):
    (finding,) = look(detector, b"..STONE and WOOD")
    assert (finding.reason, finding.severity, finding.confidence) == ("macro_document", Severity.HIGH, 0.9)
    assert finding.techniques == ("T1566.001", "T1105")
    assert finding.found_by is FoundBy.PATTERN
    assert evidence_of(finding) == {
        "sign_starts_by_itself": True,
        "sign_fetches_more": True,
        "sign_hides": False,
        "rules": ["materials.Starts", "materials.Fetches"],
        "size_bytes": 16,
        "sha256": hashlib.sha256(b"..STONE and WOOD").hexdigest(),
        "file_type": "text",
        "offset": 2,
    }


def test_two_reasons_make_two_findings(detector):
    assert {finding.reason for finding in look(detector, b"WOOD PAPER")} == {"macro_document", "test_file"}


def test_the_test_file_is_informational_whatever_the_rule_says(detector):
    assert [finding.severity for finding in look(detector, b"PAPER")] == [Severity.INFORMATIONAL]


def test_a_rule_without_our_metadata_is_still_heard(detector):
    (finding,) = look(detector, b"CLAY")
    assert (finding.reason, finding.severity, finding.confidence) == ("known_malware_family", Severity.MEDIUM, 0.5)


def test_rules_see_ending_and_depth(detector):
    assert len(look(detector, b"GLASS", name="a.zip!folder/b.LNK", depth=1)) == 1
    assert look(detector, b"GLASS", name="b.LNK") == []


def test_the_same_file_gives_the_same_finding_again(detector):
    assert [finding.id for finding in look(detector, b"WOOD")] == [finding.id for finding in look(detector, b"WOOD")]


def test_the_hash_of_a_part_is_not_passed_off_as_the_hash_of_the_file(detector):
    (finding,) = look(detector, b"WOOD", is_whole=False, size_bytes=10**9)
    assert "sha256" not in evidence_of(finding)
    assert evidence_of(finding)["size_bytes"] == 10**9


RULE_FILE = b'// our rules\n/* one * two */\nimport "pe"\nrule Wood { strings: $a = "WOOD" condition: $a }'


@pytest.mark.parametrize("name", ["/r/wood.yar", "/r/wood.YARA", "/r/wood"])
@pytest.mark.parametrize(
    "source", [RULE_FILE, b"\xef\xbb\xbf" + RULE_FILE, b'private rule W : tag { strings: $a="WOOD"\ncondition : $a }']
)
def test_rule_files_are_quiet(detector, name, source):
    assert look(detector, source, name=name) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("/r/wood.php", RULE_FILE),
        ("/r/wood.js", RULE_FILE),
        ("/r/wood.yar", b"WOOD\n" + RULE_FILE),
        ("/r/wood.yar", b"rule of thumb: take WOOD"),
    ],
)
def test_a_harmful_file_cannot_hide_behind_a_rule(detector, name, data):
    assert [finding.reason for finding in look(detector, data, name=name)] == ["macro_document"]


def test_hostile_comments_cost_little(detector):
    assert len(look(detector, b"WOOD" + b"/*" * 500_000, name="a.yar")) == 1
    assert len(look(detector, b"/*" + b"*" * 2_000_000 + b" WOOD", name="a.yar")) == 1


def test_a_broken_pack_is_a_gap(tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "broken.yar").write_text("rule {")
    detector = SuspiciousFile.build(DetectorContext(rules_folder=tmp_path, cache_folder=None))
    (gap,) = detector.gaps()
    assert gap.reason is SkipReason.RULES_BROKEN
    assert gap.subject.name.endswith("broken.yar")
    assert gap.values["line"] == 1


def test_a_part_of_an_office_document_is_told_as_the_document(tmp_path):
    (tmp_path / "files").mkdir()
    rule = (
        'rule Part { meta: reason = "macro_document" severity = "medium" strings: $a = "hidden words" condition: $a }'
    )
    (tmp_path / "files" / "documents.yar").write_text(rule)
    detector = SuspiciousFile.build(DetectorContext(tmp_path, None))
    document = make_file("/home/maria/bill.docm", b"PK\x03\x04" + b"\0" * 26 + b"[Content_Types].xml")
    part = make_file(f"{document.name}!word/vbaProject.bin", b"some hidden words", depth=1, container=document)
    finding = next(detector.detect(part))
    told = {evidence.name: evidence.observed for evidence in finding.evidence}
    assert finding.subject.name == document.name
    assert told["member"] == "word/vbaProject.bin"
    assert told["size_bytes"] == document.size_bytes
    assert told["file_type"] == "office_xml"


def test_the_text_of_a_macro_is_told_as_the_old_document_it_came_from(tmp_path):
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "macros.yar").write_text('rule Text { strings: $a = "hidden words" condition: $a }')
    detector = SuspiciousFile.build(DetectorContext(tmp_path, None))
    document = make_file("/home/maria/bill.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    text = make_file(f"{document.name}!VBA/text", b"some hidden words", depth=1, container=document)
    finding = next(detector.detect(text))
    told = {evidence.name: evidence.observed for evidence in finding.evidence}
    assert (finding.subject.name, told["member"]) == (document.name, "VBA/text")
