"""Programs on their way through the service: looked at, kept, told in words, and shown with their family."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.service.checking import in_turns
from desktop.service.events import Control, FindingSeen, Progress, SourceChecked
from desktop.service.naming import place_words, program_words
from desktop.service.service import RULES_CACHE, Service
from desktop.service.texts import LANGUAGES
from detectors.contract.errors import InputUnreadable
from detectors.contract.finding import Evidence, Subject
from detectors.contract.programs import Coverage, KnownPrograms, PlaceItem
from detectors.worker.wire import (
    CheckMemory,
    CheckPrograms,
    CheckRecordings,
    Habit,
    Job,
    JobDone,
    ProgramsGiven,
    Report,
    SourcePart,
    SourceRead,
    WorkerReady,
)
from tests.desktop.service.test_program_book import finding, row

COVERAGE = Coverage("polling", 0.25, 10, 8, 1)
ENTRY = PlaceItem("cron", "/etc/cron.d/x", "d1")
UNITS = {"programs": 3, "starts": 8, "missed": 2, "interval_ms": 250}


class Looker:
    """Answers every look at programs the same."""

    def __init__(self, *findings) -> None:
        self.jobs: list[Job] = []
        self.findings = findings

    def __call__(self, job: Job, control: Control) -> Iterator[Report]:
        self.jobs.append(job)
        source = job.paths[0] if isinstance(job, CheckRecordings) else job.source
        yield WorkerReady("limits+seccomp")
        yield SourceRead(source, 1, 3)
        rows = ProgramsGiven((row(1), row(2, parent=1), row(3, parent=2)))
        yield SourcePart(source, findings=self.findings, programs=rows)
        last = ProgramsGiven(habits=(Habit("pair", "aa"),), places=(ENTRY,), coverage=COVERAGE)
        yield SourcePart(source, checked=1, units=UNITS, programs=last, source_done=True)
        yield JobDone()


@pytest.fixture
def looker() -> Looker:
    return Looker(finding(2))


@pytest.fixture
def service(tmp_path: Path, looker: Looker) -> Service:
    return Service(tmp_path / "data", run_job=looker)


def test_a_look_is_kept_told_and_counted(service: Service, looker: Looker):
    events = list(service.check_programs(Control(), seconds=2.0))
    rules = str(service.data_folder / RULES_CACHE)
    assert looker.jobs == [CheckPrograms(2.0, KnownPrograms(), None, cache_folder=rules)]
    assert [one.finding for one in events if isinstance(one, FindingSeen)] == [finding(2)]
    assert [one for one in events if isinstance(one, SourceChecked)] == [SourceChecked("programs", UNITS)]
    assert {one.unit for one in events if isinstance(one, Progress)} == {"seconds"}
    assert (events[-1].verdict, events[-1].seen, events[-1].units) == ("found", 1, UNITS)
    view = service.programs()
    assert ([one.pid for one in view.rows], view.coverage) == ([1, 2, 3], COVERAGE)


def test_the_next_look_knows_what_the_last_one_saw(service: Service, looker: Looker, tmp_path: Path):
    service.settings.set("watched_folders", [str(tmp_path)])
    for _ in range(2):
        list(service.check_programs(Control(), save=tmp_path / "a.jsonl"))
    first, second = looker.jobs
    assert (first.places, second.places) == (None, (ENTRY,))
    assert (second.save, second.folders) == (str(tmp_path / "a.jsonl"), (str(tmp_path),))


def test_the_story_of_a_program_has_its_family_and_its_findings(service: Service):
    list(service.check_programs(Control()))
    story = service.program_story(row(2).key)
    assert (story.row.pid, [one.pid for one in story.chain], [one.pid for one in story.children]) == (2, [1], [3])
    assert [one.finding.id for one in story.findings] == [finding(2).id]
    assert story.is_running
    child = service.program_story(row(3).key)
    assert [one.finding.id for one in child.findings] == [finding(2).id]  # of its chain
    assert service.program_story(row(1).key).findings == ()
    assert service.program_story("|99|") is None


def test_recordings_are_kept_by_name_and_teach_nothing(service: Service, looker: Looker, tmp_path: Path):
    (tmp_path / "a.jsonl").touch()
    list(service.check_recordings([str(tmp_path / "a.jsonl")], Control(), poll_s=2.0))
    assert looker.jobs == [CheckRecordings((str(tmp_path / "a.jsonl"),), 2.0)]
    assert service.programs().source.name == str(tmp_path / "a.jsonl")
    assert service.programs("").source is None
    list(service.check_programs(Control()))
    assert looker.jobs[-1].places is None
    with pytest.raises(InputUnreadable):
        service.check_recordings([str(tmp_path / "none.jsonl")], Control())


def test_memory_is_looked_into_by_number(service: Service, looker: Looker):
    list(service.check_memory(Control(), pid=7))
    [job] = looker.jobs
    assert isinstance(job, CheckMemory)
    assert (job.pid, Path(job.cache_folder).name) == (7, "compiled-rules")


def test_what_only_waits_waits_together():
    def job(name: str, steps: int) -> Iterator[str]:
        try:
            yield from (f"{name}{n}" for n in range(steps))
        finally:
            closed.append(name)

    closed: list[str] = []
    assert list(in_turns([job("a", 3), job("b", 1)])) == ["a0", "b0", "a1", "a2"]
    assert closed == ["b", "a"]
    broken = in_turns([job("c", 3), job("d", 3)])
    assert [next(broken), next(broken)] == ["c0", "d0"]
    broken.close()
    assert closed == ["b", "a", "c", "d"]


# --- words --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_program_is_named_by_its_short_name_and_marked(service: Service, language: str):
    name = "C:\\Users\\maria\\Downloads\\<b>a\u202e.exe"
    one = finding(subject=Subject("process", name), reason="runs_from_temporary_place")
    told = service.explain(one, language)
    shown = program_words(name, service.texts, language)
    assert shown == "<b>a⇄.exe"
    assert shown in f"{told.headline} {told.what_we_saw}"
    assert told.headline_values == (shown,)
    assert "{" not in told.headline + told.what_we_saw


def test_parents_and_places_are_named_or_said_to_be_unseen(service: Service):
    one = finding(
        subject=Subject("process", "/bin/dash"), reason="office_starts_command",
        evidence=(Evidence("parent", "/usr/lib/libreoffice/program/soffice.bin"),),
    )  # fmt: skip
    assert "soffice.bin" in service.explain(one, "en").headline
    assert program_words("", service.texts, "en") == "a program that we could not see"
    place = finding(
        subject=Subject("place", "/etc/cron.d/x"), reason="autostart_change",
        evidence=(Evidence("place", "cron"), Evidence("starts", "/tmp/tool --now")),
    )  # fmt: skip
    told = service.explain(place, "en")
    assert "a timed task" in told.what_we_saw
    assert told.headline_values == ("/etc/cron.d/x",)
    assert place_words("<odd>", service.texts, "en") == "<odd>"


def test_a_reason_without_words_of_its_own_is_told_in_general_ones(service: Service):
    told = service.explain(finding(reason="never_heard_of"), "en")
    assert "tool1" in told.what_we_saw
    assert ("Lines of the recording", "4, 5") in service.explain(finding(records=(4, 5)), "en").technical
