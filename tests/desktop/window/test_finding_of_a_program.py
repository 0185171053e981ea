"""A finding about a program, or about what starts by itself, on its page, and the way to the program's story."""

from contextlib import ExitStack
from dataclasses import replace

import pytest

from desktop.service.programs import finding_key
from desktop.window.made_up_programs import RECORDING, SHELL, make_kept_program, make_program_rows
from desktop.window.pages.finding import FindingPage
from desktop.window.pages.found import area_of, is_recorded, place_of
from desktop.window.pages.run_words import are_captures, are_recordings, page_of
from desktop.window.pictures import settle
from desktop.window.widgets.row import icon_of
from detectors.contract.finding import Severity, Subject
from tests.desktop.window.steps import buttons, on_stage, rich_labels, sees

SHELL_FILE, PLACE, RECORDED = 0, 3, 2
HOSTILE = "/tmp/<img src=x>\u202egpj\n\x07&" + "a" * 300


@pytest.fixture
def visit(application, light):
    """Show one finding of the programs' story; closed at the end."""
    with ExitStack() as stages:

        def show(number, change=None):
            stage = stages.enter_context(on_stage(FindingPage, "programs", change=change))
            stage.page.show_finding(stage.service.kept[number].finding.id)
            return stage.enter()

        yield show


def test_name_place_on_disk_and_parents_are_said(visit):
    page = visit(SHELL_FILE).page
    for words in ("What runs", "powershell.exe", "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe"):
        assert sees(page, words)
    assert sees(page, "explorer.exe  \u203a  mail.exe  \u203a  letters.exe  \u203a  powershell.exe")


def test_the_command_line_stands_in_the_technical_part_alone(visit):
    stage = visit(SHELL_FILE)
    assert sees(stage.page, "Rule names, command line, who started whom, exact times")
    assert not sees(stage.page, "-password")
    stage.page.toggle_details()
    stage.settle()
    assert sees(stage.page, "-password ***")


def test_the_story_is_one_press_away(visit):
    stage = visit(SHELL_FILE)
    stage.press("Show its story")
    key = next(row.key for row in make_program_rows() if row.pid == SHELL)
    assert stage.navigator.sent == [("open_program", "", key)]


def test_the_story_of_a_recording_opens_there(visit):
    stage = visit(RECORDED)
    assert sees(stage.page, "in reception.jsonl.gz")
    stage.press("Show its story")
    name, source, key = stage.navigator.sent[-1]
    assert (name, source) == ("open_program", RECORDING)
    assert key.startswith("reception|")


def test_a_place_has_no_story(visit):
    page = visit(PLACE).page
    assert sees(page, "What starts by itself")
    assert sees(page, "CurrentVersion\\Run\\Calendar & <b>sync")
    assert "Show its story" not in [one.accessibleName() for one in buttons(page)]


def test_hostile_names_stay_plain_text(visit):
    def change(service):
        kept = service.kept[SHELL_FILE]
        evidence = tuple(
            replace(one, observed=[HOSTILE]) if one.name == "chain" else one for one in kept.finding.evidence
        )
        subject = Subject("process", HOSTILE, dict(kept.finding.subject.details) | {"user": HOSTILE})
        service.kept[SHELL_FILE] = replace(kept, finding=replace(kept.finding, subject=subject, evidence=evidence))

    stage = visit(SHELL_FILE, change)
    stage.page.toggle_details()
    stage.settle()
    assert rich_labels(stage.page) == []
    assert sees(stage.page, "<img src=x>[U+202E]gpj")


def test_programs_and_places_belong_to_their_area_and_recording():
    recorded, here = (
        make_kept_program("false_name", Severity.LOW, SHELL, is_recorded=one).finding for one in (True, False)
    )
    assert (is_recorded(recorded), is_recorded(here)) == (True, False)
    assert (place_of(recorded), place_of(here)) == ("reception.jsonl.gz", "")
    assert {area_of(Subject(kind, "x")) for kind in ("process", "place")} == {"programs"}
    assert finding_key(here) in {row.key for row in make_program_rows()}
    assert icon_of("office_starts_command") == "terminal"


@pytest.mark.parametrize(
    ("names", "is_capture", "is_recording"),
    [
        (["a.PCAP"], True, False),
        (["a.jsonl.gz", "B.NDJSON"], False, True),
        (["a.pcap", "a.jsonl"], False, False),
        (["a.docm"], False, False),
        ([], False, False),
    ],
)
def test_recordings_are_known_by_their_names(names, is_capture, is_recording):
    assert (are_captures(names), are_recordings(names)) == (is_capture, is_recording)


def test_each_look_has_its_page():
    assert [page_of(scope) for scope in ("quick", "live", "programs", "recordings")] == [
        "check", "activity", "programs", "programs",
    ]  # fmt: skip


def test_the_window_goes_from_a_finding_to_the_story_and_back(open_made_up):
    window = open_made_up("finding", story="programs")
    finding = window.page
    key = next(row.key for row in make_program_rows() if row.pid == SHELL)
    window.open_program("", key)
    settle(window)
    assert window.page.heading.full_text == "powershell.exe"
    assert [one.place.name for one in window.rail.items if one.isChecked()] == ["activity"]
    window.go_back()
    settle(window)
    assert window.page is finding


def test_the_place_activity_remembers_its_view(open_made_up):
    window = open_made_up("activity", story="programs")
    window.open_page("programs")
    window.open_page("home")
    window.open_place("activity")
    settle(window)
    assert window.page_name == "programs"
    assert window.page.state == "full"


def test_a_dropped_recording_of_programs_is_checked_as_one(open_made_up):
    window = open_made_up("home", story="programs")
    window.check_paths(["/home/maria/a.jsonl"])
    assert window._bridge.run.scope == "recordings"
    assert window.page_name == "programs"


def test_a_new_look_keeps_story_and_search(open_made_up, heartbeat):
    heartbeat.allowed_s = 10.0  # the whole window is built anew
    window = open_made_up("programs", story="programs")
    window.page.list.search.setText("shell")
    window.page.open_story(next(row.key for row in make_program_rows() if row.pid == SHELL))
    settle(window)
    window.rebuild()
    settle(window)
    assert window.page.heading.full_text == "powershell.exe"
    window.go_back()
    settle(window)
    assert window.page.list.search.text() == "shell"
    assert [one.row.name for one in window.page.list.table.programs] == ["powershell.exe"]
