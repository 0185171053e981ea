"""Runs the window without a screen, and watches every turn of its event loop."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractEventDispatcher

from desktop.window.app import make_application
from desktop.window.pictures import open_window
from desktop.window.theme import Appearance, Theme

LONGEST_STEP_S = 0.050
WINDOW_FOLDER = str(Path(__file__).resolve().parents[3] / "desktop" / "window")
BLOCKING = {"open", "sqlite3.connect", "socket.connect", "socket.getaddrinfo", "time.sleep", "os.listdir", "os.scandir"}


class Heartbeat:
    """Measures the CPU time of the GUI thread between two waits, and notes calls that may block it."""

    def __init__(self) -> None:
        self.begun_s = None
        self.longest_s = 0.0
        self.blocking = []
        self.allowed_s = LONGEST_STEP_S

    def awake(self) -> None:
        self.begun_s = time.thread_time()

    def about_to_block(self) -> None:
        if self.begun_s is not None:
            self.longest_s = max(self.longest_s, time.thread_time() - self.begun_s)
        self.begun_s = None

    def note(self, event: str, args: tuple) -> None:
        """Note a blocking call of ours, inside a turn of the loop; imports of a page's first visit are not meant."""
        if self.begun_s is None or event not in BLOCKING or threading.current_thread() is not threading.main_thread():
            return
        frame, ours = sys._getframe(1), False
        while frame is not None:
            name = frame.f_code.co_filename
            if "importlib" in name or name.startswith("<frozen"):
                return
            ours = ours or (name.startswith(WINDOW_FOLDER) and not name.endswith("pictures.py"))
            frame = frame.f_back
        if ours:
            self.blocking.append(f"{event} {args[:1]}")


_watching: list[Heartbeat] = []


def _audit(event: str, args: tuple) -> None:
    if _watching:
        _watching[-1].note(event, args)


sys.addaudithook(_audit)  # stays for the whole process, and does nothing while nobody watches


@pytest.fixture(scope="session")
def application(qapp):
    """Our style and typeface on the one application."""
    return make_application()


@pytest.fixture(autouse=True)
def heartbeat(application):
    """Fail any test in which one turn of the GUI thread took more than 50 ms of CPU, or opened something."""
    watch = Heartbeat()
    dispatcher = QAbstractEventDispatcher.instance()
    dispatcher.awake.connect(watch.awake)
    dispatcher.aboutToBlock.connect(watch.about_to_block)
    _watching.append(watch)
    yield watch
    _watching.remove(watch)
    dispatcher.awake.disconnect(watch.awake)
    dispatcher.aboutToBlock.disconnect(watch.about_to_block)
    assert watch.blocking == []
    assert watch.longest_s <= watch.allowed_s, f"one step took {watch.longest_s * 1000:.0f} ms of CPU"


@pytest.fixture
def light(application):
    """The light look at 100 %."""
    appearance = Appearance(Theme())
    yield appearance
    appearance.set_text_percent(100)


@pytest.fixture
def open_made_up(application):
    """Open the window on a page with made-up data; closed at the end of the test.

    Takes what ``desktop.window.pictures.open_window`` takes.
    """
    with ExitStack() as stack:
        yield lambda *args, **changes: stack.enter_context(open_window(*args, **changes))
