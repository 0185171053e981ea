"""The folders that a watch keeps an eye on, and whether trap files lie in them; opt-in, on the Settings page.

Before this on the path: the settings ``watched_folders`` and ``canaries``. After it: ``service/canaries.py``, which
makes and removes the files, and whose news are said here in one sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.service.canaries import CanaryNews
from desktop.window.pages.folder_list import FolderList
from desktop.window.theme import current_theme
from desktop.window.widgets.field import Segments
from desktop.window.widgets.label import PlainLabel, one_line

NO, YES = "no", "yes"


class WatchForm(QWidget):
    """Folders and trap files. ``changed`` carries setting and value."""

    changed = Signal(str, object)

    def __init__(self, settings: Mapping[str, Any], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(6))
        self.folders = FolderList()
        traps = self.tr("Trap files")
        self.traps = Segments(traps, [(NO, self.tr("None")), (YES, self.tr("A few in each folder"))], NO)
        self.folders.changed.connect(lambda folders: self.changed.emit("watched_folders", folders))
        self.traps.chosen.connect(lambda choice: self.changed.emit("canaries", choice == YES))
        column.addWidget(self.folders)
        column.addSpacing(current_theme().px(8))
        column.addWidget(PlainLabel(traps, "strong"))
        column.addWidget(
            PlainLabel(
                self.tr("Nobody has a reason to touch them. A program that locks files does, and is noticed at once."),
                "small",
            )
        )
        column.addWidget(self.traps)
        self.fill(settings)

    def fill(self, settings: Mapping[str, Any]) -> None:
        """Show these settings."""
        self.folders.show_folders(settings.get("watched_folders") or [])
        self.traps.set_current(YES if settings.get("canaries") else NO)


class TrapWords(QObject):
    """Says what became of trap files. In a class, because lupdate sees numbers only in ``tr``."""

    def say(self, news: CanaryNews, *, are_wanted: bool, is_anything_watched: bool) -> str:
        """Say what a person must know first, in one sentence; empty when nothing was done."""
        if news.left:
            return self.tr("Somebody changed this trap file, so it was not deleted: {path}").format(
                path=one_line(news.left[0])
            )
        if news.refused:
            return self.tr("No trap files here, the folder is missing or is copied elsewhere: {path}").format(
                path=one_line(news.refused[0])
            )
        if news.made:
            return self.tr("%n trap file(s) made. Leave them as they are.", "", len(news.made))
        if news.removed:
            return self.tr("%n trap file(s) removed.", "", len(news.removed))
        if are_wanted and not is_anything_watched:
            return self.tr("Kept. Trap files are made as soon as a folder is chosen.")
        return ""
