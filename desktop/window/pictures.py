"""Takes a picture of every page in its four states, with made-up data and without a screen.

Before this on the path: ``main.py pictures``. After it: PNG files to look at, or to compare with earlier ones.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, qInstallMessageHandler

from desktop.window import present
from desktop.window.app import make_application
from desktop.window.bridge import Bridge
from desktop.window.languages import Languages
from desktop.window.made_up import MadeUpService
from desktop.window.made_up_network import RECORDING
from desktop.window.made_up_programs import STRANGER, make_program_rows
from desktop.window.main_window import PAGES, MainWindow
from desktop.window.page import STATES
from desktop.window.pages.models import ModelsPage
from desktop.window.pages.models_facts import USUAL
from desktop.window.theme import RESOURCES, TEXT_SIZES, Appearance, Theme

WAIT_AT_MOST_S = 5.0
QUIET_TURNS = 4  # turns of the event loop in which nothing was left to do
HOUR = 15
"""Of the pictures: a morning and most of an afternoon of the made-up office are there to see."""
SIZE = (1280, 800)
MODELS = ("card", "usual", "preview")
"""Further pictures of the models: a card, what is usual here, what learning again would change."""

# What each state of a page is made of: the story the made-up service tells, whether it is broken, whether it checks.
_MADE_OF = {
    "empty": ("empty", False, False),
    "running": ("look", False, True),
    "error": ("look", True, False),
    "full": ("look", False, False),
}


def render(
    folder: Path, theme: str = "light", scale: int = 100, size: tuple[int, int] = SIZE, language: str = "en"
) -> list[Path]:
    """Take all pictures.

    Args:
        folder: Where they go; made when missing.
        theme: ``light``, ``dark`` or ``contrast``.
        scale: Text size in percent.
        size: Width and height of the window.
        language: ``en``, ``fr``, ``de`` or ``lb``.

    Returns:
        One path for each picture: ``<page>-<state>-<theme>.png``, and more: Home calm and act, a program's story, a
        finding about one, a model's card and what is usual here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    qInstallMessageHandler(_say_all_but_size_hints)
    wanted = [(page, state, *_made_of(page, state)) for page in PAGES for state in STATES]
    wanted += [("home", "calm", "calm", False, False), ("home", "act", "act", False, False)]
    more = [("programs", "story", "programs", False, False), ("finding", "program", "programs", False, False)]
    more += [("models", state, "look", False, False) for state in MODELS]
    more += [("models", "learning", "calm", False, False)]
    wanted += [one for one in more if one[0] in PAGES]
    paths = []
    for page, state, story, is_broken, is_running in wanted:
        path = folder / f"{page}-{state}-{theme}.png"
        with (
            present.held_at(HOUR),
            open_window(
                page,
                Theme(theme, scale),
                story,
                is_broken=is_broken,
                is_running=is_running,
                size=size,
                language=language,
            ) as window,
        ):
            if state == "story":
                open_story(window)
            elif page == "models":
                open_model(window, state)
            window.grab().save(str(path))
        paths.append(path)
    return paths


def _made_of(page: str, state: str) -> tuple[str, bool, bool]:
    """Choose the story; the views of activity need one in which the network or the programs were looked at."""
    story, is_broken, is_running = _MADE_OF[state]
    told = {"activity": "network", "programs": "programs"}.get(page, story) if story == "look" else story
    return told, is_broken, is_running


def _say_all_but_size_hints(_kind: object, _context: object, message: str) -> None:
    # Without a screen Qt says this of every window; a reader would look for a fault that is none.
    if "propagateSizeHints" not in message:
        print(message, file=sys.stderr)  # noqa: T201 - what Qt does with its own messages


@contextmanager
def open_window(
    page: str,
    look: Theme | None = None,
    story: str = "look",
    *,
    is_broken: bool = False,
    is_running: bool = False,
    size: tuple[int, int] = SIZE,
    language: str = "en",
) -> Iterator[MainWindow]:
    """Open the window on a page with made-up data, and close it afterwards."""
    make_application()
    look = look or Theme()
    languages = Languages(RESOURCES / "translations")
    with tempfile.TemporaryDirectory() as data_folder:
        service = MadeUpService(Path(data_folder), story, stays_running=True)
        nearest = min(TEXT_SIZES, key=lambda size: abs(size - look.text_percent))
        for name, value in (("language", language), ("theme", look.name), ("text_size", nearest)):
            service.settings.set(name, value)
        settings = service.settings.all() | {"welcome_done": True}
        service.is_broken = is_broken
        bridge = Bridge(service)
        window = MainWindow(bridge, Appearance(look), settings, use_language=languages.use)
        window.resize(*size)
        window.show()
        try:
            if page == "activity" and is_running:
                chosen = (RECORDING,)
                bridge.start(lambda service, control: service.check_captures(chosen, control), "captures", chosen)
                wait(lambda: bridge.run.found_count > 1)
            elif page == "programs" and is_running:
                bridge.start(lambda service, control: service.check_programs(control, seconds=15.0), "programs")
                wait(lambda: bridge.run.found_count > 1)
            elif is_running or (page == "check" and is_broken):
                bridge.start(lambda service, control: service.check_now("quick", control), scope="quick")
                wait(lambda: bridge.run.found_count > 1 or not bridge.is_running)
            _open(window, service, page)
            settle(window)
            yield window
        finally:
            service.may_end.set()
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no loop runs that would do it
            service.close()


def _open(window: MainWindow, service: MadeUpService, page: str) -> None:
    if page != "finding":
        window.open_page(page)
    elif service.kept:
        window.open_finding(service.kept[0].finding.id)
    else:
        window.open_finding("0" * 32)


def open_story(window: MainWindow) -> None:
    """Open the story of the program that lies where no program should."""
    window.open_program("", next(row.key for row in make_program_rows() if row.pid == STRANGER))
    settle(window)


def open_model(window: MainWindow, state: str) -> None:
    """Open a model's card, what is usual here, or what learning again would change; a state of the list stays."""
    if state in MODELS or state == "learning":
        window.open_model("flow_rank" if state == "card" else USUAL)
        settle(window)
    if state == "preview" and isinstance(window.page, ModelsPage):
        window.page.ask_preview()
        settle(window)


def settle(window: MainWindow) -> None:
    """Wait until all questions are answered and everything is laid out."""
    quiet = 0
    end = time.monotonic() + WAIT_AT_MOST_S
    while quiet < QUIET_TURNS and time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, 0)
        quiet = quiet + 1 if window.is_quiet else 0
        time.sleep(0.005)


def wait(is_done: Callable[[], bool]) -> None:
    """Let the program go on until something is the case, at most five seconds."""
    end = time.monotonic() + WAIT_AT_MOST_S
    while time.monotonic() < end:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if is_done():
            return
