"""A check on the command line: what is shown, what is counted, how it ends."""

from __future__ import annotations

import json

import pytest

from detectors.contract.errors import SkippedCheck, SkipReason
from detectors.contract.finding import Severity, Subject
from detectors.contract.places import Place
from detectors.worker.wire import SourcePart, WorkerRestarted
from tests.factories import make_finding, network_finding

LETTER = make_finding("/home/maria/Downloads/invoice_0423.docm")
HOSTILE = "/home/maria/[red]a\n\x1b[31m\u202egnp.\udcff.docm"


def pipe(name: str) -> SkippedCheck:
    return SkippedCheck(Subject.file(name), SkipReason.FIFO, "/home/maria")


# --- exit codes ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("findings", "skipped", "code", "verdict"),
    [
        ((), (), 0, "clean"),
        ((LETTER,), (), 1, "found"),
        ((), (pipe("/p"),), 3, "not_fully_checked"),
        ((LETTER,), (pipe("/p"),), 1, "found"),
    ],
)
def test_the_exit_code_says_what_came_of_it(worker, command, findings, skipped, code, verdict):  # noqa: PLR0917 - two fixtures, four values
    worker.findings, worker.skipped = findings, skipped
    told = command("scan", "files", worker.folder, "--format", "jsonl")
    assert told.code == code
    assert told.lines[-1]["verdict"] == verdict


def test_a_missing_path_alone_is_wrong_use(worker, command):
    told = command("scan", "files", worker.folder + "/nothing")
    assert (told.code, told.out) == (2, "")
    assert "is not there" in told.err
    assert worker.asked == []


def test_a_stopped_check_ends_with_130_and_keeps_what_it_found(worker, command):
    worker.findings, worker.stops = (LETTER,), True
    told = command("scan", "files", worker.folder)
    assert told.code == 130
    assert "What was found so far is kept" in told.out
    assert LETTER.id[:8] in command("findings", "list").out


# --- JSON lines ---------------------------------------------------------------------------------------------------
def test_json_lines_have_the_public_form_with_type_first(worker, command):
    worker.findings, worker.skipped = (LETTER,), (pipe("/home/maria/p"),)
    told = command("scan", "files", worker.folder, "--format", "jsonl")
    assert [next(iter(line)) for line in told.lines] == ["type"] * 5
    assert [line["type"] for line in told.lines] == ["started", "finding", "skipped", "checked", "summary"]
    started, finding, skipped, checked, summary = told.lines
    assert list(started) == ["type", "at", "command", "version", "isolation"]
    assert (started["command"], started["isolation"]) == ("scan files", "limits+landlock+seccomp")
    assert finding["id"] == LETTER.id
    assert finding["explanation"]["level"] == "Check today"
    assert skipped["reason"] == "fifo"
    assert skipped["source"] == "/home/maria"
    assert checked == {"type": "checked", "source": worker.folder, "units": {"files": 10, "members": 0, "bytes": 5000}}
    del summary["duration_s"]
    assert summary == {
        "type": "summary",
        "verdict": "found",
        "seen": 10,
        "checked": 9,
        "skipped": 1,
        "findings": 1,
        "units": {"files": 10, "members": 0, "bytes": 5000},
    }


def test_progress_goes_to_stderr_as_json_lines_and_not_at_all_when_quiet(worker, command):
    progress = [
        json.loads(line) for line in command("scan", "files", worker.folder, "--format", "jsonl").err.splitlines()
    ]
    assert {line["type"] for line in progress} == {"progress"}
    assert list(progress[-1]) == ["type", "done", "total", "unit", "total_is_estimate"]
    assert (progress[-1]["done"], progress[-1]["total"], progress[-1]["unit"]) == (10, 10, "files")
    assert command("scan", "files", worker.folder, "--format", "jsonl", "--quiet").err == ""


def test_hostile_names_are_exact_in_json_and_harmless_in_text(worker, command):
    worker.findings = (make_finding(HOSTILE),)
    told = command("scan", "files", worker.folder, "--format", "jsonl")
    assert told.lines[1]["subject"]["name"] == HOSTILE
    assert "\\udcff" in told.out
    text = command("scan", "files", worker.folder).out
    assert "/home/maria/[red]a␊␛[31m⇄gnp.�.docm" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_the_words_are_in_the_language_asked_for(worker, command):
    worker.findings, worker.skipped = (LETTER,), (pipe("/p"),)
    for language, level, end in [
        ("fr", "À voir aujourd'hui", "chose trouvée"),
        ("de", "Heute prüfen", "Sache gefunden"),
        ("lb", "Haut nokucken", "fonnt"),
    ]:
        explained = command("scan", "files", worker.folder, "--format", "jsonl", "--language", language).lines[1]
        assert explained["explanation"]["language"] == language
        text = command("scan", "files", worker.folder, "--language", language).out
        assert explained["explanation"]["level"] in text
        assert end in text
        assert level


# --- what is held back is counted ---------------------------------------------------------------------------------
def test_what_is_below_the_level_asked_for_is_counted_and_does_not_count_as_found(worker, command):
    worker.findings = (LETTER, make_finding("/b", severity=Severity.INFORMATIONAL))
    told = command("scan", "files", worker.folder, "--min-severity", "medium", "--format", "jsonl")
    assert [line["subject"]["name"] for line in told.lines if line["type"] == "finding"] == [LETTER.subject.name]
    assert told.lines[-1]["findings"] == 2
    assert told.lines[-1]["not_shown"] == 1
    assert told.code == 1
    told = command("scan", "files", worker.folder, "--min-severity", "high")
    assert '2 findings below "high" are not shown.' in told.out.replace("“", '"').replace("”", '"')
    assert told.code == 0


def test_what_a_person_said_is_fine_is_counted_and_not_shown_again(worker, command):
    worker.findings = (LETTER,)
    assert command("scan", "files", worker.folder).code == 1
    assert command("findings", "judge", LETTER.id[:8], "known").code == 0
    told = command("scan", "files", worker.folder)
    assert told.code == 0
    assert "1 finding that you said is fine is not shown." in told.out
    assert LETTER.subject.name not in told.out


# --- text ---------------------------------------------------------------------------------------------------------
def test_text_says_level_what_where_and_what_to_do_first(worker, command):
    worker.findings = (LETTER,)
    explained = command("scan", "files", worker.folder, "--format", "jsonl").lines[1]["explanation"]
    first_lines = command("scan", "files", worker.folder).out.splitlines()
    assert first_lines[0] == f"▲ Check today  {explained['headline']}"
    assert first_lines[1].strip() == "/home/maria/Downloads/invoice_0423.docm"
    assert first_lines[2].strip() == f"First: {explained['what_to_do'][0]}"
    assert first_lines[3].strip() == f"Everything about it: main.py findings show {LETTER.id[:8]}"


def test_a_step_is_never_shortened(worker, command):
    worker.findings = (make_finding("/r/" + "note" * 40 + ".txt", reason="ransom_note", severity=Severity.HIGH),)
    for language in ("en", "fr", "de", "lb"):
        explained = command("scan", "files", worker.folder, "--format", "jsonl", "--language", language).lines[1]
        text = command("scan", "files", worker.folder, "--language", language).out
        assert explained["explanation"]["what_to_do"][0] in text
        assert "note" * 40 in text


def test_what_was_not_looked_at_is_grouped_by_reason_and_long_lists_are_counted(worker, command):
    worker.skipped = (
        *(pipe(f"/p{number}") for number in range(5)),
        SkippedCheck(Subject.file("/gone"), SkipReason.VANISHED, "/"),
    )
    out = command("scan", "files", worker.folder).out
    assert "looked at: 6" in out
    assert "  5  It is a channel between programs" in out
    assert "      /p2\n      and 2 more\n" in out
    assert "/p3" not in out
    assert "Calm, but 6 places were not, or not fully, looked at." in out


def test_a_part_that_fell_over_is_told(worker, command):
    worker.between = (WorkerRestarted("signal", 9, 1),)
    assert "started again. 1 file was left out." in command("scan", "files", worker.folder).err
    assert (
        '{"type":"restarted","cause":"signal","signal":9,"left_out":1}'
        in command("scan", "files", worker.folder, "--format", "jsonl").err
    )


def test_without_store_nothing_is_kept_and_no_finding_is_offered(worker, command, tmp_path):
    worker.findings = (LETTER,)
    told = command("scan", "files", worker.folder, "--no-store")
    assert told.code == 1
    assert "findings show" not in told.out
    assert not (tmp_path / "data").exists()


def test_options_reach_the_worker(worker, command):
    command("scan", "files", worker.folder, "--zip-password", "spring", "--exclude", "*.iso", "--exclude", "tmp")
    job = worker.asked[0]
    assert (job.paths, job.zip_password, job.exclude) == ((worker.folder,), "spring", ("*.iso", "tmp"))


def test_a_check_of_everything_leaves_no_sense_out(worker, command, monkeypatch):
    monkeypatch.setattr("desktop.service.service.Service.scope_paths", lambda *_: [Place("downloads", worker.folder)])
    told = command("check", "--format", "jsonl")
    assert told.code == 0
    assert [line for line in told.lines if line["type"] == "skipped"] == []
    assert {type(job).__name__ for job in worker.asked} == {"CheckFiles", "CheckConnections", "CheckPrograms"}


# --- traffic ------------------------------------------------------------------------------------------------------
def test_a_check_of_everything_counts_conversations_and_programs_too(worker, command, monkeypatch):
    monkeypatch.setattr("desktop.service.service.Service.scope_paths", lambda *_: [Place("downloads", worker.folder)])
    told = command("check", "--format", "jsonl")
    sources = [line["source"] for line in told.lines if line["type"] == "checked"]
    assert sources == [worker.folder, "network", "programs"]
    units = {"files": 10, "members": 0, "bytes": 5000, "flows": 3, "programs": 7, "starts": 2}
    assert told.lines[-1]["units"] == units | {"interval_ms": 250, "missed": 1}
    assert told.lines[-1]["seen"] == told.lines[-1]["checked"] + told.lines[-1]["skipped"] == 12
    out = command("check").out
    assert "10 files, 3 conversations, 7 running programs and 2 starts of programs" in out
    assert "We looked every 0.2" in out
    assert "did not see: 1 of 3" in out


SCAN = network_finding(source="office.pcap")


@pytest.mark.parametrize(
    ("facts", "code", "verdict"),
    [
        ({"checked": 1}, 0, "clean"),
        ({"checked": 1, "findings": (SCAN,)}, 1, "found"),
        ({"skipped": (SkippedCheck(Subject.file("/a"), SkipReason.CAPTURE_DAMAGED, "a"),)}, 3, "not_fully_checked"),
        (
            {"skipped": (SkippedCheck(Subject.file("/a"), SkipReason.CAPTURE_NOT_SUPPORTED, "/a"),)},
            2,
            "not_fully_checked",
        ),
    ],
)
def test_recorded_traffic_ends_with_the_same_codes(worker, command, facts, code, verdict):
    units = {"packets": 12, "flows": 2, "bytes": 900}
    worker.traffic = (SourcePart("a", source_done=True, units=units, **facts),)
    told = command("scan", "network", worker.folder, "--format", "jsonl")
    assert (told.code, told.lines[-1]["verdict"]) == (code, verdict)
    assert told.lines[-1]["units"] == units
    assert told.lines[-1]["seen"] == 1
    assert [line["type"] for line in told.lines if line.get("source") in {"a", "/a"}] == (
        ["skipped"] if facts.get("skipped") else ["checked"]
    )


def test_a_capture_that_is_not_there_is_wrong_use(command):
    assert command("scan", "network", "/nothing.pcap").code == 2


def test_recordings_and_connections_are_not_asked_for_at_once(command, worker):
    assert command("scan", "network").code == 2
    told = command("scan", "network", worker.folder, "--connections")
    assert (told.code, worker.asked) == (2, [])
    assert "--connections" in told.err


def test_connections_are_watched_for_as_long_as_asked(worker, command):
    told = command("scan", "network", "--connections", "--seconds", "2")
    assert (told.code, worker.asked[0].seconds) == (0, 2.0)
    assert "Went through 3 conversations" in told.out
