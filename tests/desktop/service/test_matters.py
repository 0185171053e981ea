from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.service.keeping.matters import command_template, matter_of
from detectors.contract.finding import Evidence, Finding, Subject
from tests.desktop.service.test_program_book import finding
from tests.factories import make_finding


def said(**evidence: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(name, value) for name, value in evidence.items())


def at(one: Finding, day: str) -> Finding:
    """The same on another day, in another family, at another hour."""
    return replace(one, identity=(*one.identity[:-3], day, "9@9", "11"))


def test_a_file_is_judged_by_itself():
    assert matter_of(make_finding("/x/a")) == make_finding("/x/a").id


def test_what_a_person_calls_fine_about_a_program_is_fine_tomorrow():
    one = finding(evidence=said(command="backup.sh --day 23 -o /tmp/7f3a9c21", parent="cron"))
    tomorrow = at(
        replace(one, evidence=said(command="backup.sh --day 24 -o /tmp/8e11aa07", parent="cron")), "2026-11-24"
    )
    assert tomorrow.id != one.id
    assert matter_of(tomorrow) == matter_of(one)


@pytest.mark.parametrize(
    "other",
    [
        finding(evidence=said(command="backup.sh --all", parent="cron")),
        finding(evidence=said(command="backup.sh --day 23", parent="word")),
        finding(2, evidence=said(command="backup.sh --day 23", parent="cron")),
        finding(evidence=said(command="backup.sh --day 23", parent="cron"), reason="download_and_run"),
        finding(evidence=said(command="backup.sh --day 23", parent="cron"), source="a.jsonl", machine="pc"),
    ],
    ids=["command", "parent", "program", "reason", "recording"],
)
def test_and_nothing_else_is(other: Finding):
    assert matter_of(other) != matter_of(finding(evidence=said(command="backup.sh --day 23", parent="cron")))


def test_another_encoded_payload_is_another_matter():
    assert command_template("tool -e SQBFAFgAIAA1") != command_template("tool -e SQBFAFgAIAB3")


def test_numbers_and_identifiers_pass():
    assert command_template("Tool  /id {3F2504E0-4F89-11D3-9A0C-0305E82C3301} 17 deadbeef01") == "tool /id 0 0 0"


def test_a_changed_entry_is_the_same_matter_only_while_it_starts_the_same():
    entry = Subject("place", "/etc/cron.d/x")
    one = finding(subject=entry, evidence=said(place="cron", change="modified", starts="/opt/a"))
    assert matter_of(at(one, "2026-11-30")) == matter_of(one)
    other = replace(one, evidence=said(place="cron", change="modified", starts="/tmp/a"))
    assert matter_of(other) != matter_of(one)
