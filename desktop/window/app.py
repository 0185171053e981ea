"""Starts the window: the one place in it that makes objects.

Before this on the path: ``main.py`` without a command. After it: the main window, until it is closed.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.data_folder import default_data_folder
from desktop.service.service import Service
from desktop.window.bridge import Bridge
from desktop.window.fonts import load_fonts
from desktop.window.icons import icon, read_all
from desktop.window.languages import LANGUAGES, Languages
from desktop.window.main_window import MainWindow
from desktop.window.theme import RESOURCES, Appearance, Theme, system_theme
from desktop.window.widgets.state import StatePanel
from detectors.contract.errors import PlainwatchError, StoreDamaged

ROOT_REFUSED = 2
WARM_UP_AFTER_MS = 500


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the window's own options and run it; returns the exit code."""
    parser = argparse.ArgumentParser(prog="main.py", add_help=False)
    parser.add_argument("--data-folder", type=Path)
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--as-root", action="store_true")
    chosen = parser.parse_args(arguments)
    return run(chosen.data_folder, as_root=chosen.as_root, language=chosen.language)


def run(data_folder: Path | None = None, *, as_root: bool = False, language: str | None = None) -> int:
    """Open the window and stay until it is closed.

    Args:
        data_folder: Where findings and settings are kept; None means this person's own place.
        as_root: Allows a start with all rights, under a red bar.
        language: For this time only, instead of the one in the settings.
    """
    app = make_application(sys.argv[:1])
    languages = Languages(RESOURCES / "translations")
    languages.use(language or "")
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and not as_root:
        text = app.translate("App", "Please start Plainwatch as yourself, not as root. It needs no special rights.")
        print(text, file=sys.stderr)  # noqa: T201 - a person at a terminal sees this, no window opens
        return ROOT_REFUSED
    service = open_service(app, data_folder or default_data_folder())
    if service is None:
        return 1
    settings = service.settings.all() | ({"language": language} if language else {})
    theme = str(settings["theme"])
    look = Theme(system_theme() if theme == "system" else theme, int(str(settings["text_size"])))
    bridge = Bridge(service)
    window = MainWindow(bridge, Appearance(look), settings, use_language=languages.use, as_root=is_root)
    hints = app.styleHints()
    hints.colorSchemeChanged.connect(window.follow_system)
    window.show()
    QTimer.singleShot(WARM_UP_AFTER_MS, window.warm_up)
    waker = close_on_signals(window)
    try:
        return app.exec()
    finally:
        signal.set_wakeup_fd(-1)
        waker.close()
        bridge.close()
        service.note_visit()
        service.close()


def close_on_signals(window: QWidget) -> socket.socket:
    """Let Ctrl+C in a terminal, and the end of a session, close the window as a person would.

    Qt waits outside Python, so a signal has to wake it through a socket.

    Returns:
        The end that Python writes to; close it when the loop is over.
    """
    reader, writer = socket.socketpair()
    reader.setblocking(False)
    writer.setblocking(False)
    signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)
    notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, window)
    notifier.activated.connect(lambda: (reader.recv(64), window.close()))
    return writer


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """Make Qt's application with our style and typeface; at most one in a process."""
    old = QApplication.instance()
    app = old if isinstance(old, QApplication) else QApplication(list(arguments))
    app.setApplicationName("plainwatch")
    app.setApplicationDisplayName("Plainwatch")
    app.setDesktopFileName("plainwatch")
    app.setStyle("Fusion")
    load_fonts(RESOURCES / "fonts")
    read_all()
    app.setWindowIcon(icon("icon", "text", 64))
    return app


def open_service(app: QApplication, data_folder: Path) -> Service | None:
    """Open what is kept; when that fails, say so in a window of its own, with the way on where there is one."""
    while True:
        try:
            return Service(data_folder)
        except PlainwatchError as error:
            if not ask_after_error(app, data_folder, error):
                return None
            Service.start_fresh(data_folder)


def ask_after_error(app: QApplication, data_folder: Path, error: PlainwatchError) -> bool:
    """Show why the store cannot be opened; True when the person wants a fresh one beside the old."""
    Appearance(Theme(system_theme()))
    is_damaged = isinstance(error, StoreDamaged)
    texts = {
        "store_damaged": app.translate(
            "App",
            "What Plainwatch has kept cannot be read. We can put it aside unchanged and start with an empty list. "
            "Your own files are not touched.",
        ),
        "store_full": app.translate(
            "App", "Plainwatch cannot write to its folder. The disk may be full, or the folder may be locked."
        ),
        "store_too_new": app.translate(
            "App", "A newer Plainwatch has written what is kept here. Please start that newer one."
        ),
    }
    panel = StatePanel(
        "error",
        app.translate("App", "Plainwatch could not start"),
        texts.get(error.code, error.code),
        app.translate("App", "Put it aside and start fresh") if is_damaged else app.translate("App", "Close"),
        f"{error.code} {error.values} {data_folder}",
    )
    holder = QWidget()
    holder.setObjectName("page")
    holder.setWindowTitle("Plainwatch")
    QVBoxLayout(holder).addWidget(panel)
    answers: list[bool] = []
    panel.acted.connect(lambda: answers.append(is_damaged))
    panel.acted.connect(holder.close)
    holder.resize(640, 280)
    QTimer.singleShot(0, holder.show)
    app.exec()
    return bool(answers and answers[0])
