from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import pytest

from desktop.service.events import Control, Event, Skipped, Summary
from desktop.service.keeping.database import FILE_NAME
from desktop.service.scopes import SCOPES, inputs_reachable, scope_places
from desktop.service.service import Service
from detectors.contract.errors import (
    FindingUnknown,
    InputUnreadable,
    PlainwatchError,
    SettingRefused,
    SkippedCheck,
    SkipReason,
    StoreDamaged,
)
from detectors.contract.finding import Finding, Subject
from detectors.contract.places import Place
from detectors.worker.wire import (
    BatchDone,
    CheckConnections,
    CheckFiles,
    CheckPrograms,
    CheckRules,
    JobDone,
    RuleFacts,
    RulesChecked,
    WorkerReady,
)
from tests.factories import make_finding


def found(*findings: Finding, source: str = "/x") -> list:
    return [
        WorkerReady("limits"),
        BatchDone(source, "0", source, 2, 0, 2, 9, findings, (), source_done=True),
        JobDone(),
    ]


def check(service: Service, stand_in, tmp_path: Path, *findings: Finding, **wishes) -> list[Event]:
    stand_in.reports = found(*findings, source=str(tmp_path))
    return list(service.check_files([str(tmp_path)], Control(), **wishes))


def test_from_a_check_to_words_and_back(service: Service, stand_in, tmp_path: Path):
    finding = make_finding(f"{tmp_path}/invoice.docm")
    events = check(service, stand_in, tmp_path, finding)
    assert isinstance(events[-1], Summary)
    assert service.findings()[0].finding == finding
    assert service.explain(finding).language == "en"
    assert service.explain(finding, "lb").language == "lb"
    assert "invoice.docm" in service.explain(finding).what_we_saw
    assert service.last_run().verdict == "found"
    assert service.home().level == "look"


def test_a_check_says_which_job_it_wants(service: Service, stand_in, tmp_path: Path):
    check(service, stand_in, tmp_path, exclude=["*.iso"], zip_password="word", command="scan files")
    job = stand_in.jobs[0]
    assert (job.paths, job.exclude, job.zip_password) == ((str(tmp_path),), ("*.iso",), "word")
    assert job.cache_folder == str(service.data_folder / "compiled-rules")


def test_a_password_is_never_kept(service: Service, stand_in, tmp_path: Path):
    check(service, stand_in, tmp_path, zip_password="very-secret-word")
    service.close()
    assert not any(
        b"very-secret-word" in path.read_bytes() for path in service.data_folder.rglob("*") if path.is_file()
    )


@pytest.mark.parametrize("paths", [[], ["/no/such/place"], ["\0"], ["/no/such", "/place"]])
def test_nothing_to_read_is_an_error_before_anything_starts(service: Service, stand_in, paths: list[str]):
    with pytest.raises(InputUnreadable):
        service.check_files(paths, Control())
    assert stand_in.jobs == []
    assert service.runs() == []


def test_a_file_this_person_may_not_read_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    assert inputs_reachable([str(tmp_path)])
    monkeypatch.setattr(os, "access", lambda *_: False)  # as it is for everybody but root
    assert not inputs_reachable([str(tmp_path)])


def test_one_readable_input_is_enough_and_doubles_are_dropped(service: Service, stand_in, tmp_path: Path):
    stand_in.reports = found(source=str(tmp_path))
    list(service.check_files(["/no/such", str(tmp_path), str(tmp_path)], Control()))
    assert stand_in.jobs[0].paths == ("/no/such", str(tmp_path))


def test_check_now_looks_at_files_first_then_at_network_and_programs(service: Service, stand_in, tmp_path: Path):
    stand_in.reports = found(source=str(tmp_path))
    events = list(service.check_now("folders", Control(), folders=[str(tmp_path)]))
    assert [type(job) for job in stand_in.jobs] == [CheckFiles, CheckConnections, CheckPrograms]
    assert [job.seconds for job in stand_in.jobs[1:]] == [3.0, 3.0]
    assert [event for event in events if isinstance(event, Skipped)] == []
    assert service.last_run().scope == "folders"
    with pytest.raises(InputUnreadable):
        service.check_now("everything", Control())


def test_scopes_take_places_that_exist_and_no_place_twice(tmp_path: Path):
    for name in ("Downloads", "Downloads/mail", "tmp"):
        (tmp_path / name).mkdir()
    known = [Place("downloads", f"{tmp_path}/Downloads"), Place("mail", f"{tmp_path}/Downloads/mail"),
             Place("temporary", f"{tmp_path}/tmp"), Place("desktop", f"{tmp_path}/none"),
             Place("documents", f"{tmp_path}"), Place("whole", "/")]  # fmt: skip
    assert scope_places("quick", known, "linux") == [known[0], known[2]]
    assert scope_places("full", known, "linux") == [known[5]]
    assert set(SCOPES) == {"quick", "full"}


def test_chosen_folders_are_a_scope_too(service: Service):
    service.settings.set("folders", ["/a", "/b"])
    assert service.scope_paths("folders") == [Place("folder", "/a"), Place("folder", "/b")]
    assert "/tmp" in [place.path for place in service.scope_paths("quick")] or sys.platform != "linux"


def test_judging_and_taking_it_back(service: Service, stand_in, tmp_path: Path):
    finding = make_finding(f"{tmp_path}/a")
    check(service, stand_in, tmp_path, finding)
    journal_id = service.judge(finding.id[:10], "known")
    kept = service.finding(finding.id)
    assert (kept.state, kept.judgement) == ("solved", "known")
    assert (kept.until - kept.judged_at).days in {29, 30}
    assert service.findings() == []
    assert [line.act for line in service.journal()] == ["judged_known"]
    service.undo(journal_id)
    assert service.finding(finding.id).state == "open"
    assert not service.journal()[0].can_be_undone
    service.judge(finding.id, "known", days=None)
    assert service.finding(finding.id).until is None
    service.judge(finding.id, "worried")
    assert (service.finding(finding.id).judgement, service.finding(finding.id).until) == ("worried", None)


def test_wrong_judgements_are_refused(service: Service, stand_in, tmp_path: Path):
    finding = make_finding(f"{tmp_path}/a")
    check(service, stand_in, tmp_path, finding)
    with pytest.raises(SettingRefused):
        service.judge(finding.id, "perhaps")
    with pytest.raises(SettingRefused):
        service.judge(finding.id, "known", scope="everything")
    with pytest.raises(FindingUnknown):
        service.judge("nothing", "known")
    with pytest.raises(FindingUnknown):
        service.undo(99)
    assert service.journal() == []


def test_the_helper_gets_a_plain_text(service: Service, stand_in, tmp_path: Path):
    first = make_finding(f"{tmp_path}/\x1b[1m\u202einvoice.docm")
    second = make_finding(f"{tmp_path}/b", reason="lure_file")
    check(service, stand_in, tmp_path, first, second)
    service.judge(second.id, "worried")
    service.settings.set("computer_name", "Reception 2")
    text = service.summary_for_helper([first.id, second.id], "en")
    assert "Computer: Reception 2." in text
    assert "2 findings:" in text
    assert "0" * 64 in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.count("Judged: ") == 2
    assert "still worried" in text
    texts = {language: service.summary_for_helper([first.id], language) for language in ("en", "fr", "de", "lb")}
    assert len(set(texts.values())) == 4
    assert all("[" not in text.replace("␛[1m", "") for text in texts.values())


def test_export_writes_every_finding(service: Service, stand_in, tmp_path: Path):
    finding = make_finding(f"{tmp_path}/a")
    check(service, stand_in, tmp_path, finding, make_finding(f"{tmp_path}/b"))
    service.judge(finding.id, "known")
    stream = io.StringIO()
    assert service.export("jsonl", stream, "fr") == 2
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert {line["id"]: line["judgement"] for line in lines}[finding.id] == "known"
    assert lines[0]["explanation"]["language"] == "fr"
    assert service.export("csv", io.StringIO()) == 2
    with pytest.raises(SettingRefused):
        service.export("xml", io.StringIO())


def test_errors_have_words(service: Service):
    told = service.error_text(InputUnreadable(path="/x/\x1b[1m"), "en")
    assert "/x/␛[1m" in told
    assert service.error_text(PlainwatchError(), "en") == service.texts.get("error.unexpected", "en")

    class FromTomorrow(PlainwatchError):
        code = "from_tomorrow"

    assert service.error_text(FromTomorrow(), "en") == service.texts.get("error.unexpected", "en")


def test_looking_only_keeps_nothing_but_knows_what_was_decided(service: Service, stand_in, tmp_path: Path):
    finding = make_finding(f"{tmp_path}/a")
    check(service, stand_in, tmp_path, finding)
    service.judge(finding.id, "known")
    service.settings.set("language", "de")
    service.close()
    before = (service.data_folder / FILE_NAME).read_bytes()
    looking = Service(service.data_folder, keep=False, run_job=stand_in)
    events = check(looking, stand_in, tmp_path, finding)
    assert (events[-1].verdict, looking.language) == ("clean", "de")
    assert events[0].run_id is None
    assert stand_in.jobs[-1].cache_folder is None
    looking.close()
    assert (service.data_folder / FILE_NAME).read_bytes() == before
    nowhere = Service(tmp_path / "nowhere", keep=False, run_job=stand_in)
    assert nowhere.home().level == "never"
    nowhere.close()
    assert not (tmp_path / "nowhere").exists()


def test_erasing_leaves_nothing(service: Service, stand_in, tmp_path: Path):
    check(service, stand_in, tmp_path, make_finding(f"{tmp_path}/very-own-name"))
    service.settings.set("helper_name", "Anna Weber")
    cache = service.data_folder / "compiled-rules"
    cache.mkdir()
    (cache / "rules.bin").write_bytes(b"x")
    service.erase()
    assert list(service.data_folder.iterdir()) == []
    assert service.findings(state="all") == []
    assert service.settings.get("helper_name") == ""
    assert service.runs() == []


def test_after_damage_a_fresh_start_is_possible(service: Service, stand_in, tmp_path: Path):
    service.close()
    (service.data_folder / FILE_NAME).write_bytes(b"x" * 9000)
    with pytest.raises(StoreDamaged):
        Service(service.data_folder, run_job=stand_in)
    aside = Service.start_fresh(service.data_folder)
    assert aside.read_bytes() == b"x" * 9000
    fresh = Service(service.data_folder, run_job=stand_in)
    assert fresh.findings(state="all") == []
    fresh.close()


def test_a_visit_makes_things_old(service: Service, stand_in, tmp_path: Path):
    check(service, stand_in, tmp_path, make_finding(f"{tmp_path}/a"))
    assert service.findings()[0].is_new_since_last_visit
    service.note_visit()
    assert not service.findings()[0].is_new_since_last_visit


def test_rules_are_told_by_the_worker(service: Service, stand_in, tmp_path: Path):
    facts = RulesChecked((RuleFacts("pack", "Rule"),), ({"path": "p", "line": 1, "problem": "x"},))
    stand_in.reports = [WorkerReady(""), facts, JobDone()]
    assert service.check_rules(tmp_path) == facts
    assert stand_in.jobs == [CheckRules(str(tmp_path))]
    assert service.rules() == facts
    with pytest.raises(InputUnreadable):
        service.check_rules(tmp_path / "nothing")


def test_whom_to_call_follows_the_settings(service: Service):
    assert service.helper() is None
    service.settings.set("helper_kind", "nobody")
    assert service.helper().kind == "nobody"
    service.settings.set("helper_name", "Anna")
    service.settings.set("helper_kind", "firm")
    assert (service.helper().name, service.helper().kind) == ("Anna", "firm")
    assert service.contacts()[0].id == "circl"
    service.settings.set("country", "DE")
    assert {one.country for one in service.contacts()} == {"DE"}


def test_the_same_thing_said_about_a_skipped_file_in_four_languages(service: Service):
    line = SkippedCheck(Subject.file("/x"), SkipReason.ARCHIVE_ENCRYPTED, "/x")
    assert len({service.skip_text(line, language) for language in ("en", "fr", "de", "lb")}) == 4
