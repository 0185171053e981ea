"""Open the door that was asked for: the window, the checks of the code, or the command line.

Before this on the path: ``main.py``. After it: ``first_start.py`` where something is missing, then one of the houses.
Standard library only; each door loads its own house.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from desktop import surroundings
from desktop.first_start import SetUpFailed, prepare, provide_qt_libraries, say

COMPLETE_WITH = "_PLAINWATCH_COMPLETE"
"""A shell that completes a command asks through this variable, without arguments."""
WINDOW_OPTIONS = {"--as-root": 1, "--data-folder": 2, "--language": 2}
"""Options of the window, and how many words each takes."""


def open_door(arguments: list[str]) -> int:
    """Set up what is missing, then run what ``arguments`` ask for and return its exit code."""
    try:
        if not getattr(sys, "frozen", False):
            prepare("test" if arguments[:1] == ["test"] else "run", arguments)
        return enter(arguments)
    except SetUpFailed as failure:
        say(failure.key, **failure.values)
        if failure.line:
            print("    " + failure.line, file=sys.stderr)
        return 2


def enter(arguments: list[str]) -> int:
    """Open one of the three doors; each loads only its own house."""
    if is_for_window(arguments) and COMPLETE_WITH not in os.environ:
        return open_window(arguments)
    if arguments[0] == "test":
        provide_qt_libraries()
        from desktop.console.checks import run_checks

        return run_checks(arguments[1:])
    from desktop.console.cli import main

    return main(arguments, draw_pictures)


def is_for_window(arguments: list[str]) -> bool:
    """Tell whether nothing but options of the window stands there."""
    rest = list(arguments)
    while rest and rest[0] in WINDOW_OPTIONS:
        del rest[: WINDOW_OPTIONS[rest[0]]]
    return not rest


def open_window(arguments: list[str]) -> int:
    """Open the window, where there is a screen and the person is not root by mistake."""
    if not surroundings.is_screen_there():
        raise SetUpFailed("no_screen")
    if surroundings.is_root() and "--as-root" not in arguments:
        raise SetUpFailed("not_as_root")
    if missing := surroundings.missing_qt_packages():
        provide_qt_libraries()
        if surroundings.missing_qt_packages():
            raise SetUpFailed("qt_missing", surroundings.apt_line(missing))
    from desktop.window.app import main

    return main(arguments)


def draw_pictures(**look: Any) -> list[Path]:
    """Draw every page without a screen, for the command that asks for it."""
    provide_qt_libraries()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.window.pictures import render

    return render(**look)
