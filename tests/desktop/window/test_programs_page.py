"""The view "Programs": four states, the list, a program's story, looks and recordings, the keyboard, hostile names."""

from contextlib import ExitStack
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.service.programs import ProgramSource, ProgramStory, ProgramsView
from desktop.window.made_up_programs import RECORDING, SHELL, STRANGER, make_program_rows
from desktop.window.pages.program_story import ProgramClickRow
from desktop.window.pages.programs import ProgramsPage
from desktop.window.pictures import wait
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.row import FindingRow
from detectors.contract.activity import ProgramRow
from detectors.contract.errors import WorkerStopped
from detectors.contract.programs import Coverage
from tests.desktop.window.steps import button, buttons, on_stage, rich_labels, sees

HOSTILE = "<img src=x>\u202egpj.exe\n\x07&" + "a" * 300


@pytest.fixture
def visit(application, light):
    """Show the page over a story; closed at the end."""
    with ExitStack() as stages:
        yield lambda story="programs", **changes: stages.enter_context(on_stage(ProgramsPage, story, **changes)).enter()


def names(stage):
    return [one.row.name for one in stage.page.list.table.programs]


def key_of(pid):
    return next(row.key for row in make_program_rows() if row.pid == pid)


def row(number=1, **changes):
    facts = {
        "key": f"|{number}|1.000", "parent": "", "name": f"program {number}", "path": f"/opt/tools/program {number}",
        "command": "", "user": "maria", "pid": number, "started_s": 1_700_000_000.0, "ended_s": None,
    }  # fmt: skip
    return ProgramRow(**facts | changes)


def of_rows(rows, **changes):
    """Let the service know these programs only."""
    facts = {"name": "", "how": "programs", "first_s": 1.0, "last_s": 2.0, "programs": len(rows), "coverage": None}
    source = ProgramSource(**facts | changes)

    def change(service):
        service.programs = lambda *_wish, **_span: ProgramsView(source, (source,), tuple(rows))
        service.program_story = lambda key, _source=None: next(
            (ProgramStory(one, (), (), (), is_running=True) for one in rows if one.key == key), None
        )

    return change


# Four states


def test_before_the_first_look_there_is_one_sentence_and_one_action(visit):
    stage = visit("empty")
    assert stage.page.state == "empty"
    assert sees(stage.page, "No look at the programs yet")
    assert [one.accessibleName() for one in buttons(stage.page, "primary")] == ["Look at the programs now"]
    stage.press("Look at the programs now")
    stage.press("Open a recording")
    assert [one[0] for one in stage.navigator.sent] == ["look_at_programs", "choose_recordings"]


def test_an_error_says_what_to_do_and_a_second_try_helps(visit):
    stage = visit(is_broken=True)
    assert stage.page.state == "error"
    stage.service.is_broken = False
    stage.press("Try again")
    wait(lambda: stage.page.state == "full")
    assert names(stage)


def test_a_look_that_goes_on_is_shown_and_can_be_stopped(visit):
    stage = visit()
    stage.bridge.start(lambda service, control: service.check_programs(control, seconds=15.0), "programs")
    wait(lambda: stage.page.findChildren(FindingRow) and sees(stage.page, "Looking at the programs"))
    assert stage.page.state == "running"
    assert stage.page.heading.full_text == "Look at the programs"
    assert sees(stage.page, "6 of 15 seconds.")
    stage.press("Stop")
    button(stage.page, "Stop").click()
    wait(lambda: sees(stage.page, "13 programs looked at."))
    assert stage.page.state == "full"


def test_a_look_that_fails_offers_to_try_again(visit):
    stage = visit()

    def fail(service, control):
        raise WorkerStopped(deaths=5)
        yield

    stage.bridge.start(fail, "programs")
    wait(lambda: sees(stage.page, "Look at the programs could not go on"))
    stage.press("Try again")
    assert stage.navigator.sent == [("look_at_programs",)]


def test_a_row_names_program_parent_account_time_network_and_load(visit):
    stage = visit()
    assert stage.page.state == "full"
    line = stage.page.list.table.line(names(stage).index("mail.exe"))
    assert (line.title, line.by, line.network) == (
        "mail.exe",
        "started by explorer.exe  ·  maria",
        "mail.office.example:993",
    )
    assert (line.processor, line.memory, line.share) == ("processor 2\u00a0%", "memory 312.0 MB", 0.021)
    assert line.time.startswith("running since ")
    assert line.sentence.startswith("mail.exe, started by explorer.exe, maria, running since ")
    calls = stage.page.list.table.line(names(stage).index("calls.exe"))
    assert calls.network == "meet.example:443 and 2 more  ·  can be called on 50112"
    assert calls.processor == "1.4 cores busy"


def test_what_share_was_seen_is_said(visit):
    stage = visit()
    words = (
        "We looked every half second; programs that lived shorter are missed. "
        "Starts seen: 41 of about 60. Of 3 of them we do not know what they were told."
    )
    assert sees(stage.page, words)
    told = visit(change=of_rows([row()], coverage=Coverage("events", None, 60, 60)))
    assert sees(told.page, "The system told us of every start. Starts seen: 60 of 60.")
    slow = visit(change=of_rows([row()], coverage=Coverage("polling", 2.0)))
    assert sees(slow.page, "We looked every 2 seconds; programs that lived shorter are missed.")


def test_a_program_with_a_finding_is_marked_by_word_and_shape(visit):
    stage = visit()
    line = stage.page.list.table.line(names(stage).index("powershell.exe"))
    assert (line.mark, line.mark_word) == ("look", "Check today")
    assert line.sentence.startswith("Check today, powershell.exe")
    stage.press("Only with findings")
    stage.settle()
    assert sorted(names(stage)) == ["calendar & <b>sync.exe", "powershell.exe"]
    assert sees(stage.page, "2 programs shown of 15.")


# Choosing


def test_the_order_can_be_chosen(visit):
    stage = visit()
    assert names(stage)[:2] == ["calls.exe", "calendar & <b>sync.exe"]
    stage.page.list.order_menu._choose("name")
    assert names(stage) == sorted(names(stage), key=str.casefold)
    stage.page.list.order_menu._choose("start")
    assert names(stage)[0] == "calendar & <b>sync.exe"


def test_ended_programs_come_on_request_and_say_so(visit):
    stage = visit()
    assert "backup.exe" not in names(stage)
    stage.press("Ended programs too")
    stage.settle()
    line = stage.page.list.table.line(names(stage).index("backup.exe"))
    assert line.is_ended
    assert line.time.startswith("ended ")


def test_the_search_looks_at_names_places_accounts_and_other_ends(visit):
    stage = visit()
    for needle, expected in (("MAIL.OFFICE", ["mail.exe"]), ("appdata", ["calendar & <b>sync.exe"]), ("zzz", [])):
        stage.page.list.search.setText(needle)
        wait(lambda expected=expected: names(stage) == expected)
        assert names(stage) == expected
    assert sees(stage.page, "No program here fits.")


def test_a_recording_is_shown_whole(visit):
    stage = visit()
    stage.page.toolbar.source_menu._choose(RECORDING)
    wait(lambda: sees(stage.page, "reception.jsonl.gz"))
    stage.settle()
    assert "backup.exe" in names(stage)
    assert "reception.jsonl.gz" in stage.page.subline.full_text
    line = stage.page.list.table.line(names(stage).index("mail.exe"))
    assert line.time.startswith("started ")


def test_the_other_view_is_one_press_away(visit):
    stage = visit()
    stage.press("View: Network")
    assert stage.navigator.sent == [("open_page", "activity")]
    assert stage.page.views.buttons["programs"].isChecked()


@pytest.mark.parametrize(
    ("name", "act"), [("a <b>.jsonl", "check_recordings"), ("a.pcap", "check_captures"), ("a.txt", "check_recordings")]
)
def test_a_file_dropped_here_is_read_as_a_recording(visit, name, act):
    stage = visit()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(f"/home/maria/{name}")])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    stage.page.dropEvent(drop)
    assert stage.navigator.sent == [(act, [f"/home/maria/{name}"])]


# A story


def open_story(stage, pid):
    view = stage.page.list.view
    view.choose(key_of(pid))
    QTest.keyClick(view, Qt.Key.Key_Return)
    wait(lambda: stage.page.state == "story")
    stage.settle()


def test_enter_opens_the_story_with_parents_load_network_and_findings(visit):
    stage = visit()
    open_story(stage, STRANGER)
    page = stage.page
    assert page.heading.full_text == "calendar & <b>sync.exe"
    above = [one.accessibleName().partition(":")[0] for one in page.story.above.rows]
    assert above == ["powershell.exe", "letters.exe", "mail.exe", "explorer.exe", "Start of the system"]
    assert sees(page, "Its file lies in C:\\Users\\maria\\AppData\\Local\\Temp")
    assert sees(page, "processor 91\u00a0%")
    assert sees(page, "198.51.100.9:8080")
    assert sees(page, "Nothing, as far as we saw.")
    rows = page.story.findChildren(FindingRow)
    assert {one.finding_id for one in rows} == {one.finding.id for one in stage.service.kept[:2]}
    rows[0].opened.emit()
    assert stage.navigator.sent == [("open_finding", rows[0].finding_id)]


def test_a_parents_story_opens_and_the_way_back_is_the_same(visit):
    stage = visit()
    open_story(stage, STRANGER)
    QTest.keyClick(stage.page.story.above.rows[0], Qt.Key.Key_Return)
    wait(lambda: stage.page.heading.full_text == "powershell.exe")
    stage.settle()
    below = [one.accessibleName().partition(":")[0] for one in stage.page.story.below.rows]
    assert below == ["calendar & <b>sync.exe"]
    assert stage.page.go_back_inside()
    wait(lambda: stage.page.heading.full_text == "calendar & <b>sync.exe")
    assert stage.page.go_back_inside()
    wait(lambda: stage.page.state == "full")
    stage.settle()
    assert not stage.page.go_back_inside()


def test_a_story_bears_the_mark_of_its_own_findings_alone(visit):
    stage = visit()
    without = next(one.pid for one in make_program_rows() if one.name == "letters.exe")
    stage.service.kept = stage.service.kept[1:2]  # about the stranger, whose story begins with others
    open_story(stage, STRANGER)
    marks = [one.text for one in stage.page.story.findChildren(LevelPill)]
    assert marks == ["Check today", "Check today"]
    stage.page.go_back_inside()
    wait(lambda: stage.page.state == "full")
    stage.settle()
    open_story(stage, without)
    wait(lambda: stage.page.heading.full_text == "letters.exe")
    assert stage.page.story.findChildren(LevelPill) == []


def test_the_command_line_is_folded(visit):
    stage = visit()
    open_story(stage, SHELL)
    assert not sees(stage.page, "-q")
    stage.page.toggle_details()
    assert sees(stage.page, 'powershell.exe" -q')


def test_a_story_that_was_come_for_leads_back_to_where_one_came_from(visit):
    stage = visit()
    stage.page.show_program(
        RECORDING, next(one.key for one in make_program_rows("reception", 86_400) if one.pid == SHELL)
    )
    stage.enter()
    wait(lambda: stage.page.state == "story")
    assert stage.page.heading.full_text == "powershell.exe"
    assert not stage.page.go_back_inside()


def test_a_program_that_is_gone_says_so(visit):
    stage = visit()
    stage.page.show_program("", "|1|gone")
    stage.enter()
    assert sees(stage.page, "This program is not kept any more")
    stage.press("Back")
    assert stage.navigator.sent == [("go_back",)]


def test_what_is_not_known_is_not_invented(visit):
    stage = visit(change=of_rows([row(path="", started_s=None, pid=None, key="|line 3|")]))
    line = stage.page.list.table.line(0)
    assert (line.processor, line.memory, line.network, line.by) == ("", "", "", "maria")
    stage.page.open_story("|line 3|")
    stage.settle()
    for words in ("We did not see who started it.", "We could not see that.", "We do not know where its file lies."):
        assert sees(stage.page, words)


# Keyboard, names, hostile text, many rows


@pytest.mark.parametrize("is_story", [False, True])
def test_everything_one_can_stand_on_has_a_name(visit, is_story):
    stage = visit()
    if is_story:
        open_story(stage, SHELL)
    stops = [
        one
        for one in stage.page.findChildren(QWidget)
        if one.isVisibleTo(stage.page) and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops
    assert all(one.accessibleName() for one in stops)


def test_a_letter_goes_to_the_next_name_that_begins_so(visit):
    stage = visit()
    stage.page.list.view.keyboardSearch("mai")
    assert names(stage)[stage.page.list.view.currentIndex().row()] == "mail.exe"


def test_hostile_names_stay_plain_text(visit):
    bad = row(name=HOSTILE, path=f"/tmp/{HOSTILE}/x", command=HOSTILE, user=HOSTILE, far=(HOSTILE,), connections=1)
    stage = visit(change=of_rows([bad]))
    line = stage.page.list.table.line(0)
    for text in (line.title, line.by, line.network, line.sentence):
        assert "\u202e" not in text
        assert "\n" not in text
        assert "<img src=x>[U+202E]" in text
    assert not stage.page.grab().isNull()
    stage.page.open_story(bad.key)
    wait(lambda: stage.page.state == "story")
    stage.settle()
    stage.page.toggle_details()
    assert rich_labels(stage.page) == []
    assert sees(stage.page, "<img src=x>[U+202E]gpj.exe")


@pytest.mark.alone
def test_five_thousand_programs_keep_the_window_quick(visit, heartbeat):
    rows = make_program_rows()
    many = [replace(rows[n % len(rows)], key=f"|{n}|1.000", name=f"program {n}") for n in range(5_000)]
    stage = visit(change=of_rows(many))
    stage.page.list.view.scrollToBottom()
    stage.page.list.order_menu._choose("name")
    stage.press("Ended programs too")
    stage.page.list.search.setText("program 49")
    wait(lambda: len(names(stage)) < 200)
    stage.page.list.view.keyboardSearch("program 4999")
    stage.settle()
    assert names(stage)[0] == "program 49"
    assert stage.page.list.view.height() < 20 * 90
    assert heartbeat.longest_s <= heartbeat.fair(0.050)


def test_a_long_family_is_counted_beyond_eight(visit):
    children = tuple(row(n) for n in range(2, 42))

    def change(service):
        of_rows([row(1)])(service)
        service.program_story = lambda _key, _source=None: ProgramStory(row(1), (), children, (), is_running=True)

    stage = visit(change=change)
    stage.page.open_story("|1|1.000")
    stage.settle()
    assert len(stage.page.findChildren(ProgramClickRow)) == 8
    assert sees(stage.page.story, "and 32 more")
