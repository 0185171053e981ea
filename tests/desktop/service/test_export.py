from __future__ import annotations

import csv
import io
import json
from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.service import export
from desktop.service.explain import Explanation, Step
from desktop.service.keeping.kept import KeptFinding
from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Finding, Subject
from tests.factories import A_MORNING, make_finding

EXPLANATION = Explanation(
    "en", "Check today", "A headline.", "=SUM(A1) was seen.", "It matters.", "Sure.",
    (Step("Call.", "Now."), Step("Wait.")), "Anna.", "A card", (), (("Label", "value"),),
)  # fmt: skip


def explain(_: Finding) -> Explanation:
    return EXPLANATION


def kept(name: str) -> KeptFinding:
    return KeptFinding(make_finding(name), "open", None, None, None, A_MORNING, A_MORNING, 1, False)


def test_the_public_form_of_a_finding():
    finding = make_finding(records=tuple(range(1500)), last_seen_at=A_MORNING.astimezone(timezone(timedelta(hours=1))))
    line = export.finding_line(finding, EXPLANATION)
    assert next(iter(line)) == "type"
    assert line["type"] == "finding"
    assert line["id"] == finding.id
    assert line["subject"] == {"kind": "file", "name": finding.subject.name, "details": {}}
    assert (line["severity"], line["confidence"], line["found_by"]) == ("medium", 0.8, "pattern")
    assert (line["technique"], line["techniques"]) == ("T1566.001", ["T1566.001"])
    assert line["technique_version"] == "ATT&CK 19"
    assert (line["first_seen_at"], line["last_seen_at"]) == ("2026-11-23T09:10:00Z", "2026-11-23T09:10:00Z")
    assert line["records"] == list(range(1000))
    assert line["evidence"][3] == {"name": "size_bytes", "observed": 48_212, "usual": None, "unit": "bytes"}
    assert line["explanation"] == {
        "language": "en", "level": "Check today", "headline": "A headline.", "what_we_saw": "=SUM(A1) was seen.",
        "why_it_matters": "It matters.", "how_sure": "Sure.", "what_to_do": ["Call. Now.", "Wait."],
        "who_can_help": "Anna.", "learn_more": "A card",
    }  # fmt: skip
    assert export.finding_line(make_finding(techniques=()), EXPLANATION)["technique"] is None


def test_names_are_exact_in_json():
    name = "/x/\udce9\x1b<b>\u202e.docm"
    text = export.json_text(export.finding_line(make_finding(name), EXPLANATION))
    assert text.isascii()
    assert "\\udce9" in text
    assert "\n" not in text
    assert json.loads(text)["subject"]["name"] == name
    skipped = SkippedCheck(Subject.file(name), SkipReason.FIFO, name)
    assert json.loads(export.json_text(export.skipped_line(skipped, "Why."))) == {
        "type": "skipped", "subject": {"kind": "file", "name": name}, "reason": "fifo", "text": "Why.", "source": name
    }  # fmt: skip


def test_no_name_ends_a_line_for_any_reader_or_steers_a_terminal():
    name = "/x/a\x85b\u2028c\u2029d\x9b31m\u202e.txt"
    text = export.json_text(export.finding_line(make_finding(name), EXPLANATION))
    assert text.splitlines() == [text]
    assert text.isprintable()
    assert json.loads(text)["subject"]["name"] == name


def test_one_json_line_for_each_finding():
    stream = io.StringIO()
    assert export.export_jsonl([kept("/x/a\nb"), kept("/x/\udce9")], explain, stream) == 2
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line["subject"]["name"] for line in lines] == ["/x/a\nb", "/x/\udce9"]
    assert [(line["state"], line["judgement"]) for line in lines] == [("open", None)] * 2
    assert export.export_jsonl([], explain, io.StringIO()) == 0


def test_a_table_holds_every_finding_and_calculates_nothing():
    stream = io.StringIO(newline="")
    names = ['=HYPERLINK("x")', "+1", "-1", "@x", "\t=1", "  =1", "|x", "%x", '/x/a,b;"c"\nd', "/x/\udce9"]
    assert export.export_csv([kept(name) for name in names], explain, stream) == len(names)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))
    assert list(rows[0]) == list(export.CSV_COLUMNS)
    assert [row["subject"] for row in rows] == [
        "'=HYPERLINK(\"x\")", "'+1", "'-1", "'@x", "␉=1", "'  =1", "'|x", "'%x", '/x/a,b;"c"␊d', "/x/\\udce9"
    ]  # fmt: skip
    assert {row["what_we_saw"] for row in rows} == {"'=SUM(A1) was seen."}
    assert {row["technique"] for row in rows} == {"T1566.001"}


@given(st.text(st.characters(), max_size=40))
def test_no_cell_is_ever_a_formula(untrusted: str):
    cell = export.inert_cell(untrusted)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert not cell.lstrip(" ").startswith("=")
    cell.encode("utf-8")
    assert not {"\x1b", "\x9b", "\u202e", "\u2066", "\u2028", "\n", "\r"} & set(cell)


def test_a_cell_steers_no_terminal_and_turns_no_reading_direction():
    assert export.inert_cell("a\x1b[31m\u202eb\nc\x85d") == "a␛[31m⇄b␊c\ufffdd"
    assert len(export.inert_cell("x" * 100_000)) == export.LONGEST_CELL


@pytest.mark.parametrize(("value", "cell"), [(None, ""), (0.8, "0.8"), (3, "3"), ("a", "a"), ("", "")])
def test_plain_cells_stay_as_they_are(value: object, cell: str):
    assert export.inert_cell(value) == cell
