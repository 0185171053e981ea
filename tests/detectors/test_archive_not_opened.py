"""A bomb or a false header becomes a finding."""

import pytest

from detectors.archive_not_opened import ArchiveNotOpened
from detectors.contract.errors import SkipReason
from detectors.contract.finding import FoundBy, Severity
from detectors.contract.records import ArchiveTrouble


@pytest.mark.parametrize(("is_bomb", "severity"), [(True, Severity.MEDIUM), (False, Severity.LOW)])
def test_a_trouble_becomes_a_finding(is_bomb, severity):
    trouble = ArchiveTrouble(
        name="/d/a.zip",
        source="/d",
        depth=0,
        reason=SkipReason.ARCHIVE_RATIO_TOO_HIGH,
        is_bomb=is_bomb,
        size_bytes=1000,
        sha256="0" * 64,
        values={"limit_ratio": 2000},
    )
    (finding,) = ArchiveNotOpened().detect(trouble)
    assert (finding.reason, finding.subject.name, finding.source) == ("archive_not_opened", "/d/a.zip", "/d")
    assert (finding.severity, finding.found_by, finding.techniques) == (severity, FoundBy.RULE, ("T1027",))
    assert [(one.name, one.observed) for one in finding.evidence] == [
        ("trouble", "archive_ratio_too_high"),
        ("limit_ratio", 2000),
        ("size_bytes", 1000),
        ("sha256", "0" * 64),
    ]
