"""The window over the real service and worker: a file is found, explained and shown, and nothing stays behind."""

import os
import time
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from desktop.service.service import Service
from desktop.window.bridge import Bridge
from desktop.window.main_window import MainWindow
from desktop.window.pages.models_cards import ModelRow
from desktop.window.pictures import settle
from desktop.window.widgets.label import SentenceLabel
from tests.desktop.window.steps import buttons, sees
from tests.learned_factories import CountedComputer

# Put together here, so that no file of ours holds the well-known test text (https://www.eicar.org/download-anti-malware-testfile/).
HARMLESS_TEST = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!" + "$H+H*"
PATIENCE_MS = 60_000


def workers():
    return [child for child in psutil.Process().children(recursive=True) if child.is_running()]


@pytest.fixture
def window(application, light, tmp_path, heartbeat, qtbot):
    heartbeat.allowed_s = 10.0  # the window is built here
    service = Service(tmp_path / "data")
    service.settings.set("welcome_done", True)
    bridge = Bridge(service)
    made = MainWindow(bridge, light, service.settings.all(), use_language=lambda _wanted: "en")
    made.show()
    settle(made)
    yield made
    made.close()
    made.deleteLater()
    service.close()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_test_file_is_found_explained_and_shown(window, tmp_path, qtbot):
    box = tmp_path / "box"
    box.mkdir()
    (box / "<b>test.com").write_text(HARMLESS_TEST)
    (box / "letter.txt").write_text("Dear Sam,\n")
    with qtbot.waitSignal(window._bridge.finished, timeout=PATIENCE_MS) as told:
        window.check_paths([str(box)])
    assert told.args[0].checked == 2
    assert told.args[0].findings == 1
    finding_id = window._bridge.run.found[0].finding.id
    window.open_finding(finding_id)
    settle(window)
    assert window.page.state == "full"
    sentences = [label.accessibleName() for label in window.page.findChildren(SentenceLabel)]
    assert any("<b>test.com" in sentence for sentence in sentences)
    qtbot.waitUntil(lambda: window.rail.items[1]._count == 1)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_look_at_the_programs_shows_this_one_and_opens_its_story(window, qtbot):
    with qtbot.waitSignal(window._bridge.finished, timeout=PATIENCE_MS) as told:
        window._bridge.start(lambda service, control: service.check_programs(control, seconds=1.0), scope="programs")
        window.open_page("programs")
    assert told.args[0].units["programs"] > 0
    settle(window)
    assert window.page.state == "full"
    me = next(one for one in window.page.list.table.programs if one.row.pid == os.getpid())
    assert me.is_running
    assert me.row.memory_bytes > 0
    window.page.open_story(me.row.key)
    qtbot.waitUntil(lambda: window.page.state == "story" and window.page.story is not None)
    settle(window)
    assert window.page.heading.full_text == me.row.name
    assert len(window.page.story.above.rows) > 0


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_closing_the_window_ends_a_running_check_and_its_workers(window, tmp_path, qtbot):
    box = tmp_path / "box"
    box.mkdir()
    for number in range(3_000):
        (box / f"{number}.txt").write_text("Dear Sam,\n" * 50)
    window.check_paths([str(box)])
    qtbot.waitUntil(lambda: window._bridge.run.progress is not None, timeout=PATIENCE_MS)
    begun = time.monotonic()
    window.close()
    assert time.monotonic() - begun < 1.5
    qtbot.waitUntil(lambda: not workers(), timeout=3_000)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_volunteer_learns_all_of_a_model_from_the_window_alone(window, qtbot):
    """What it looks at, how often it is wrong, whether the office has changed, how to go back: on days really counted."""
    service = window._bridge._service
    card = service.learning.card("program_rank")
    office = CountedComputer(service._database, datetime.now(UTC).date() - timedelta(days=22))
    office.learn_first()
    office.live(12, moved=True)
    window.open_page("settings")
    qtbot.waitUntil(lambda: window.page.state == "full")
    window.page.models_button.click()
    qtbot.waitUntil(lambda: window.page_name == "models" and window.page.state == "full", timeout=PATIENCE_MS)
    settle(window)
    row = next(
        one for one in window.page.findChildren(ModelRow) if "The model of program starts" in one.accessibleName()
    )
    row.opened.emit()
    qtbot.waitUntil(lambda: window.page.drift is not None and window.page.versions is not None, timeout=PATIENCE_MS)
    settle(window)
    assert sees(window.page, "Which program starts, from which kind of folder, and what started it")
    assert sees(window.page, f"in our tests, about {round(card.wrong.share * 100)} turned out harmless")
    assert sees(window.page, f"in our tests, it missed about {round(card.missed.share * 100)} (")
    light = service.learning.drift().light.value
    assert light in ("changed", "very_different")
    assert sees(window.page, {"changed": "Your office has changed"}.get(light, "Your office is very different"))
    click(window, qtbot, "See what learning again would change")
    click(window, qtbot, "Learn again")
    qtbot.waitUntil(lambda: number_in_use(service) == 2, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.undo_bar.isVisible() and sees(window.page, "Has your office changed?"))
    window.undo_bar.button.click()
    qtbot.waitUntil(lambda: number_in_use(service) == 1)
    click(window, qtbot, "Go back")
    qtbot.waitUntil(lambda: number_in_use(service) == 2)
    qtbot.waitUntil(lambda: "The earlier picture is in use again" in window.undo_bar.label.full_text)
    assert window.page.state == "card"


def number_in_use(service):
    return next(one.number for one in service.learning.baseline().versions if one.is_in_use)


def click(window, qtbot, text):
    """Press a button by its words, as soon as it is there."""

    def found():
        return next((one for one in buttons(window.page) if one.text() == text and one.isVisible()), None)

    qtbot.waitUntil(lambda: found() is not None, timeout=PATIENCE_MS)
    settle(window)
    found().click()
    settle(window)
