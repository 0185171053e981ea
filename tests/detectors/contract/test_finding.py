from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detectors.contract.finding import Evidence, Level, Severity, Subject, level_of
from tests.factories import A_MORNING, make_file, make_finding


def test_a_second_look_has_the_same_id_whatever_else_changed():
    first = make_finding()
    later = replace(
        first, severity=Severity.HIGH, confidence=0.1, last_seen_at=A_MORNING + timedelta(days=3), source="/elsewhere",
        evidence=(Evidence("other", 1),), judged_by="suspicious_file@2", techniques=(), story="s",
    )  # fmt: skip
    assert later.id == first.id
    assert len(first.id) == 32


@pytest.mark.parametrize(
    "change",
    [{"detector": "disguised_file"}, {"reason": "lure_file"}, {"subject": Subject.file("/other")},
     {"subject": Subject("process", make_finding().subject.name)}, {"identity": ("office.pcap", "2026-11-23")}],
)  # fmt: skip
def test_what_makes_a_finding_its_own_changes_the_id(change: dict):
    assert replace(make_finding(), **change).id != make_finding().id


@given(st.text(st.characters(), max_size=20), st.text(st.characters(), max_size=20))
def test_names_that_are_not_utf8_have_ids_of_their_own(one: str, other: str):
    assert (make_finding(one).id == make_finding(other).id) == (one == other)


def test_the_three_levels():
    assert [level_of(severity) for severity in Severity] == [
        Level.GOOD_TO_KNOW, Level.GOOD_TO_KNOW, Level.CHECK_TODAY, Level.ACT_NOW, Level.ACT_NOW,
    ]  # fmt: skip
    assert make_finding(severity=Severity.HIGH).level is Level.ACT_NOW


def test_severity_words_go_there_and_back():
    assert [Severity.from_word(severity.word) for severity in Severity] == list(Severity)
    with pytest.raises(KeyError):
        Severity.from_word("scary")


@pytest.mark.parametrize(
    ("name", "base"),
    [("/x/a.txt", "a.txt"), ("C:\\x\\a.txt", "a.txt"), ("/x/a.zip!b/c.doc", "c.doc"), ("/x/a.zip!b.doc", "b.doc")],
)
def test_the_base_name_of_a_record(name: str, base: str):
    assert make_file(name).base_name == base
