"""The watch over the GUI thread: it catches what it should, and our own steps are short."""

import time

import pytest
from PySide6.QtCore import QTimer

from desktop.window.main_window import IN_RAIL
from desktop.window.pictures import settle

pytestmark = pytest.mark.alone

TRIES = 4  # the best of a few: other programs on the machine slow single tries down


def spin(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_a_long_step_is_seen(heartbeat, qtbot):
    QTimer.singleShot(0, lambda: spin(0.08))
    qtbot.wait(150)
    assert heartbeat.longest_s >= 0.08
    heartbeat.longest_s = 0.0


def test_waiting_is_no_step(heartbeat, qtbot):
    qtbot.wait(150)
    assert heartbeat.longest_s < 0.05


def test_a_file_opened_in_the_gui_thread_is_seen(heartbeat, qtbot, open_made_up):
    heartbeat.allowed_s = 10.0
    window = open_made_up("settings")
    assert heartbeat.blocking == []
    # The call has to come from the window's own code to count, so it is put where a page would make it.
    code = compile("open(__file__).close()", window.page.__class__.__module__, "exec")
    namespace = {"__file__": __file__}
    code = code.replace(co_filename=str(settle.__code__.co_filename))
    QTimer.singleShot(0, lambda: exec(code, namespace))
    qtbot.wait(60)
    assert len(heartbeat.blocking) == 1
    heartbeat.blocking.clear()


@pytest.mark.parametrize("name", IN_RAIL)
def test_showing_a_page_again_is_a_short_step(heartbeat, open_made_up, name):
    heartbeat.allowed_s = 10.0
    window = open_made_up(name, story="act")
    other = "settings" if name != "settings" else "home"
    longest = []
    for _ in range(TRIES):
        window.open_page(other)
        settle(window)
        heartbeat.longest_s = 0.0
        window.open_page(name)
        settle(window)
        longest.append(heartbeat.longest_s)
    assert min(longest) <= 0.05
    heartbeat.longest_s = 0.0


def test_progress_of_a_check_is_a_short_step(heartbeat, open_made_up, qtbot):
    heartbeat.allowed_s = 10.0
    window = open_made_up("check", is_running=True)
    heartbeat.longest_s = 0.0
    for _ in range(5):
        window._bridge.progressed.emit(window._bridge.run.progress)
        qtbot.wait(40)
    assert heartbeat.longest_s <= 0.05
