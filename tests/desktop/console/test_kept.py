"""Kept findings, the journal, settings, rules and deletion, as typed."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sqlite3

import pytest

from detectors.contract.errors import WorkerStopped
from detectors.contract.finding import Severity
from detectors.worker.wire import RuleFacts, RulesChecked
from tests.factories import make_finding

LETTER = make_finding("/home/maria/Downloads/invoice_0423.docm")
FORMULA = make_finding("/home/maria/=HYPERLINK(x).docm", severity=Severity.HIGH)


@pytest.fixture
def kept(worker, command):
    """Two findings from an earlier check."""
    worker.findings = (LETTER, FORMULA)
    command("scan", "files", worker.folder)


def test_the_list_names_each_finding_with_its_number(kept, command):
    told = command("findings", "list")
    assert told.code == 0
    assert told.out.index(FORMULA.id[:8]) < told.out.index(LETTER.id[:8])
    assert "▲ Check today" in told.out
    assert "⬢ Act now" in told.out


def test_the_list_can_be_filtered_and_says_what_it_leaves_out(kept, command):
    told = command("findings", "list", "--min-severity", "high")
    assert LETTER.id[:8] not in told.out
    assert told.out.count("not shown") == 1
    assert LETTER.id[:8] in command("findings", "list", "--search", "invoice").out
    assert FORMULA.id[:8] not in command("findings", "list", "--search", "invoice").out
    assert "and 1 more" in command("findings", "list", "--limit", "1").out


def test_the_list_for_programs_has_the_same_form_as_the_check(kept, command):
    lines = command("findings", "list", "--format", "jsonl").lines
    assert {line["id"] for line in lines} == {LETTER.id, FORMULA.id}
    assert {(line["type"], line["state"], line["judgement"]) for line in lines} == {("finding", "open", None)}


def test_an_empty_list_says_so(worker, command):
    assert command("findings", "list").out == "There is nothing here.\n"


def test_one_finding_is_shown_in_its_fixed_order(kept, command):
    out = command("findings", "show", LETTER.id[:8]).out
    headings = [
        "What we saw",
        "Why it matters",
        "How sure are we?",
        "What to do now",
        "Who to call",
        "What we looked for",
        "Learn more",
        "Technical details",
    ]
    places = [out.index(f"\n{heading}\n") for heading in headings]
    assert places == sorted(places)
    assert "  1. " in out


def test_an_unknown_number_is_a_sentence(kept, command):
    told = command("findings", "show", "zzzz")
    assert told.code == 2
    assert "zzzz" in told.err


def test_a_judgement_can_be_taken_back(kept, command):
    command("findings", "judge", LETTER.id, "known", "--days", "7")
    assert LETTER.id[:8] not in command("findings", "list").out
    assert "Said to be fine" in command("journal", "list").out
    assert command("journal", "undo", "1").code == 0
    assert LETTER.id[:8] in command("findings", "list").out
    assert "(undone)" in command("journal", "list").out
    assert command("journal", "undo", "99").code == 2
    far_away = command("journal", "undo", "9" * 30)
    assert (far_away.code, "inside Plainwatch" in far_away.err) == (2, False)


def test_a_worry_gives_a_text_for_the_helper(kept, command):
    out = command("findings", "judge", LETTER.id[:8], "worried").out
    assert "/home/maria/Downloads/invoice_0423.docm" in out
    assert "main.py journal undo 1" in out


def test_an_export_is_safe_in_tables_and_exact_for_programs(kept, command, tmp_path):
    table = list(csv.DictReader(io.StringIO(command("findings", "export", "--format", "csv").out, newline="")))
    assert {row["id"] for row in table} == {LETTER.id, FORMULA.id}
    lines = command("findings", "export").lines
    assert {line["subject"]["name"] for line in lines} == {LETTER.subject.name, FORMULA.subject.name}
    told = command("findings", "export", "--output", str(tmp_path / "f.jsonl"))
    assert (told.out, "Wrote 2 findings" in told.err) == ("", True)
    assert len((tmp_path / "f.jsonl").read_text("utf-8").splitlines()) == 2


def test_what_is_not_shown_to_programs_is_counted_beside_the_results(kept, command):
    for asked in (("list", "--format", "jsonl"), ("export",)):
        told = command("findings", *asked, "--min-severity", "high")
        assert [line["id"] for line in told.lines] == [FORMULA.id]
        note = json.loads(told.err)
        assert (note["type"], note["text"].startswith("1 finding below")) == ("note", True)


@pytest.mark.parametrize("output", ["missing/f.csv", "folder.csv"])
def test_a_file_that_cannot_be_written_is_a_sentence(kept, command, tmp_path, output):
    (tmp_path / "folder.csv").mkdir()
    told = command("findings", "export", "--format", "csv", "--output", str(tmp_path / output))
    assert told.code == 2
    assert output in told.err
    assert "inside Plainwatch" not in told.err


def test_settings_are_listed_kept_and_refused_with_what_is_possible(worker, command):
    assert "theme = system" in command("settings", "list").out
    assert command("settings", "set", "theme", "dark").code == 0
    assert command("settings", "get", "theme").out == "dark\n"
    refused = command("settings", "set", "theme", "blue")
    assert refused.code == 2
    assert "system, light, dark, contrast" in refused.err
    assert "true, false" in command("settings", "set", "welcome_done", "maybe").err
    assert "keep_journal_days" in command("settings", "get", "nothing").err
    command("settings", "set", "folders", "/a", "/b")
    assert command("settings", "get", "folders", "--format", "jsonl").lines == [
        {"type": "setting", "name": "folders", "value": ["/a", "/b"]}
    ]


def test_the_language_of_the_settings_is_spoken(worker, command):
    command("settings", "set", "language", "de")
    assert "durchgesehen" in command("scan", "files", worker.folder).out


def test_deleting_asks_first(kept, command, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert command("erase").code == 2
    assert LETTER.id[:8] in command("findings", "list").out
    assert command("erase", "--yes").code == 0
    assert command("findings", "list", "--state", "all").out == "There is nothing here.\n"


@pytest.mark.parametrize("spoil", [b"", b"no database at all", None])
def test_everything_is_deleted_even_what_cannot_be_read(kept, command, tmp_path, spoil):
    database = tmp_path / "data/plainwatch.db"
    if spoil is None:
        with contextlib.closing(sqlite3.connect(database)) as newer:
            newer.execute("PRAGMA user_version = 999")
    else:
        database.write_bytes(spoil)
    assert command("erase", "--yes").code == 0
    assert [path.name for path in (tmp_path / "data").iterdir()] == []


def test_deleting_is_confirmed_in_the_language_that_was_set(worker, command, tmp_path):
    command("settings", "set", "language", "de")
    assert "gelöscht" in command("erase", "--yes").out
    assert [path.name for path in (tmp_path / "data").iterdir()] == []


def test_rules_are_told_by_pack_and_problems_by_line(worker, command, tmp_path):
    facts = RuleFacts("mine", "Hello", {"description": "A greeting."})
    worker.rules = RulesChecked((facts,), ({"path": "b.yar", "line": 3, "problem": "syntax error"},))
    told = command("rules", "check", str(tmp_path))
    assert told.code == 2
    assert "Hello  A greeting." in told.out
    assert "b.yar, line 3: syntax error" in told.out
    assert command("rules", "list").code == 3
    worker.rules = RulesChecked((facts,))
    assert command("rules", "check", str(tmp_path), "--format", "jsonl").lines == [
        {"type": "rule", "pack": "mine", "name": "Hello", "meta": {"description": "A greeting."}}
    ]


def test_our_own_errors_are_json_for_programs(worker, command, monkeypatch):
    def fail(*_):
        raise WorkerStopped(deaths=5)
        yield

    monkeypatch.setattr(worker, "run_job", fail)
    monkeypatch.setattr("desktop.service.service.Service.check_rules", lambda *_: fail().__next__())
    told = command("rules", "list", "--format", "jsonl")
    assert told.code == 2
    assert json.loads(told.err)["code"] == "worker_stopped"


def test_what_nobody_foresaw_is_a_sentence_without_a_traceback(worker, command, monkeypatch):
    monkeypatch.setattr("desktop.service.service.Service.findings", lambda *_, **__: 1 / 0)
    told = command("findings", "list")
    assert told.code == 2
    assert "ZeroDivisionError" in told.err
    assert "Traceback" not in told.err
    assert told.err.count("\n") == 1
