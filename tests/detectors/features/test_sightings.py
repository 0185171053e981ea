"""Many sightings become one finding a computer, the strongest first, never more than fifty."""

from __future__ import annotations

from detectors.contract.finding import Evidence, Severity
from detectors.features.sightings import MAX_FINDINGS, Sighting, name_others, report
from detectors.web_attack import WebAttack
from tests.traffic_factories import facts_of, make_traffic


def findings_of(*sightings, **changes):
    return list(report(WebAttack(), make_traffic(), "web_attack", sightings, techniques=("T1190",), **changes))


def seen(host="192.0.2.1", other="192.0.2.9", sign="a", at_s=10.0, record=1, **changes):
    return Sighting(host, other, sign, at_s, record, **changes)


def test_times_records_and_signs_are_joined():
    one, two = seen(record=5, at_s=20.0), seen(sign="b", record=3, severity=Severity.HIGH, technique="T1505")
    (finding,) = findings_of(one, two)
    assert (finding.severity, finding.records, finding.techniques) == (Severity.HIGH, (3, 5), ("T1505", "T1190"))
    assert [item.name for item in finding.evidence][:2] == ["sign_b", "sign_a"]
    assert (finding.first_seen_at.timestamp(), finding.last_seen_at.timestamp()) == (10.0, 20.0)
    assert facts_of(finding)["times"] == 2


def test_two_signs_of_one_request_are_one_time():
    (finding,) = findings_of(seen(), seen(sign="b"), seen(sign="c", record=2))
    assert (facts_of(finding)["times"], facts_of(finding)["sign_b"]) == (2, True)


def test_each_computer_has_its_own_and_the_worst_comes_first():
    findings = findings_of(seen("192.0.2.1"), seen("192.0.2.2", severity=Severity.HIGH), seen("192.0.2.1"))
    assert [one.subject.name for one in findings] == ["192.0.2.2", "192.0.2.1"]


def test_more_than_fifty_are_counted():
    findings = findings_of(*(seen(f"10.0.{number}.1") for number in range(60)))
    assert len(findings) == MAX_FINDINGS
    assert facts_of(findings[0])["computers_not_shown"] == 10
    assert "computers_not_shown" not in facts_of(findings[1])


def test_examples_are_few_and_short():
    (finding,) = findings_of(*(seen(example=f"{number}" * 300) for number in range(9)))
    assert [len(text) for text in facts_of(finding)["examples"]] == [200] * 5


def test_own_facts_come_first():
    (finding,) = findings_of(seen(), facts=lambda group: [Evidence("steps", len(group))])
    assert finding.evidence[0] == Evidence("steps", 1)


def test_the_main_other_end_is_named():
    assert name_others(["b", "a", "b"]) == "b, ..."
    assert name_others(["a"]) == "a"
    assert name_others([]) == ""
