"""The self-test plays every process rule: silence is no success, and a twin that fires is told."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.service.events import Control
from desktop.service.rule_samples import load_rule_samples
from desktop.service.selftest import _rule_lines
from desktop.service.texts import Texts
from detectors.contract.finding import Evidence, Finding, FoundBy, Severity, Subject
from detectors.worker.wire import SourcePart

RESOURCES = Path(__file__).parents[3] / "resources"
SAMPLES = load_rule_samples(RESOURCES / "selftest")
AT = datetime(2026, 1, 5, tzinfo=UTC)


def found_on(computer: str, rule: str) -> Finding:
    return Finding(
        detector="suspicious_start", reason="false_name", subject=Subject("process", "x"), severity=Severity.HIGH,
        confidence=0.9, evidence=(Evidence("rules", [rule]),), first_seen_at=AT, last_seen_at=AT, judged_by="x@1",
        found_by=FoundBy.RULE, source="s", identity=("s", computer, "2026-01-05", "t", "1"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("computers", "fired"), [((), False), (("000-sample",), True), (("000-sample", "000-twin"), False)]
)
def test_a_rule_passes_when_its_start_alone_is_found(computers, fired):
    findings = tuple(found_on(one, SAMPLES[0].rule) for one in computers)
    lines = list(
        _rule_lines(
            RESOURCES / "selftest",
            lambda _job, _control: iter([SourcePart("s", findings=findings)]),
            Control(),
            Texts(RESOURCES / "texts"),
            "en",
        )
    )
    assert [line.name for line in lines] == [one.rule for one in SAMPLES]
    assert lines[0].fired is fired
    assert not any(line.fired or not line.detail for line in lines[1:])
