"""Runs the window without a screen, and watches every turn of its event loop."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import gc
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from desktop.window.app import make_application
from desktop.window.pictures import open_window
from desktop.window.theme import Appearance, Theme

LONGEST_STEP_S = 0.050
QUIET_LOOP_S = 0.004  # CPU time of the loop in ``slowness`` on a quiet core
WINDOW_FOLDER = str(Path(__file__).resolve().parents[3] / "desktop" / "window")
BLOCKING = {"open", "sqlite3.connect", "socket.connect", "socket.getaddrinfo", "time.sleep", "os.listdir", "os.scandir"}


class Heartbeat:
    """Measures the CPU time of each step of the GUI thread, and notes calls in it that may block."""

    def __init__(self) -> None:
        self.longest_s = 0.0
        self.what = ""
        self.blocking = []
        self.allowed_s = LONGEST_STEP_S

    def fair(self, limit_s: float) -> float:
        """Give a limit for a quiet office computer as much longer as this machine is slower just now."""
        return limit_s * slowness()

    def step(self, took_s: float, receiver: QObject, event: QEvent) -> None:
        if took_s > self.longest_s:
            self.longest_s, self.what = took_s, f"{type(receiver).__name__} got {event.type()}"

    def note(self, event: str, args: tuple) -> None:
        """Note a blocking call of ours inside a step; imports on a page's first visit are not meant."""
        if event not in BLOCKING or threading.current_thread() is not threading.main_thread():
            return
        frame, ours = sys._getframe(1), False
        while frame is not None:
            name = frame.f_code.co_filename
            if name.startswith("<frozen importlib"):
                return
            ours = ours or name.startswith(WINDOW_FOLDER)
            frame = frame.f_back
        if ours:
            self.blocking.append(f"{event} {args[:1]}")


def slowness() -> float:
    """Compare this machine, as busy as it is now, with a quiet office computer; 1.0 or more, at most 3.0.

    The measuring of coverage slows our code, but not this loop: about twice, and that counts as well.
    """
    begun_s, total = time.thread_time(), 0
    for number in range(100_000):
        total += number % 7
    busy = min(max((time.thread_time() - begun_s) / QUIET_LOOP_S, 1.0), 3.0)
    return busy * (2.0 if sys.gettrace() else 1.0)


class WatchedApplication(QApplication):
    """Every event of the GUI thread comes through here: a key, a click, a timer, a paint."""

    is_in_step = False

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        if self.is_in_step or not _watching:
            return super().notify(receiver, event)
        self.is_in_step, begun_s = True, time.thread_time()
        try:
            return super().notify(receiver, event)
        finally:
            self.is_in_step = False
            _watching[-1].step(time.thread_time() - begun_s, receiver, event)


_watching: list[Heartbeat] = []


def _audit(event: str, args: tuple) -> None:
    if _watching and isinstance(app := QCoreApplication.instance(), WatchedApplication) and app.is_in_step:
        _watching[-1].note(event, args)


sys.addaudithook(_audit)  # stays for the whole process, and does nothing while nobody watches


@pytest.fixture(scope="session")
def qapp_cls():
    """Let pytest-qt make our application."""
    return WatchedApplication


@pytest.fixture(scope="session")
def application(qapp):
    """Our style and typeface on the one application."""
    return make_application()


@pytest.fixture(autouse=True)
def heartbeat(application):
    """Fail any test in which one step of the GUI thread took more than 50 ms of CPU, or opened something.

    Collecting garbage counts. What other tests made is put out of the collector's sight first: a window on its own has
    none of it, and walking through the objects of thousands of tests takes 0.16 s (measured).
    """
    gc.collect()
    gc.freeze()
    watch, slow = Heartbeat(), slowness()
    _watching.append(watch)
    yield watch
    _watching.remove(watch)
    assert watch.blocking == []
    if watch.longest_s > watch.allowed_s:
        watch.allowed_s *= max(slow, slowness())
    assert watch.longest_s <= watch.allowed_s, f"{watch.what} and took {watch.longest_s * 1000:.0f} ms of CPU"


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
