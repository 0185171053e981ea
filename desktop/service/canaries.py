"""Canary files of a person who wants them: put into the watched folders, or taken away again.

Before this on the path: the settings ``canaries`` and ``watched_folders``. After it: ``worker/canary_files.py``, which
writes; the journal, which names every file; and a face, which says it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.service.keeping.journal import Journal
from desktop.service.keeping.kept import JournalLine
from desktop.service.settings import Settings
from detectors.contract.errors import StoreFull
from detectors.worker.canary_files import canary_paths, put_canaries, take_canaries_away

LIST_NAME = "canaries.json"
"""Beside the database: every file that was made."""
FOLLOWED = frozenset({"canaries", "watched_folders"})
"""Settings that decide where canaries are."""
MADE, REMOVED = "canaries_made", "canaries_removed"
"""Acts in the journal."""


@dataclass(frozen=True, slots=True)
class CanaryNews:
    """What became of canary files."""

    made: tuple[str, ...] = ()
    """Paths."""
    removed: tuple[str, ...] = ()
    """Paths."""
    refused: tuple[str, ...] = ()
    """Folders that get none: they are copied elsewhere, or are not there; or files that could not be made."""
    left: tuple[str, ...] = ()
    """Files that somebody changed, and that therefore stay."""


class CanaryKeeper:
    """Brings the canary files into line with the settings."""

    def __init__(
        self, data_folder: Path, settings: Settings, journal: Journal, note: Callable[[], str], *, can_write: bool
    ) -> None:
        """Prepare.

        Args:
            data_folder: Where the list of them lies.
            settings: What a person wants.
            journal: Where it is written down.
            note: The sentence in each file, in the person's language.
            can_write: False where nothing is to be kept; then no file is made or removed either.
        """
        self.listed = data_folder / LIST_NAME
        self._settings, self._journal, self._note = settings, journal, note
        self._can_write = can_write
        self._news = CanaryNews()
        settings.changed = self.follow_setting

    def follow_setting(self, name: str) -> None:
        """Put canary files where a person wants them now, when such a setting was changed."""
        if name in FOLLOWED and self._can_write:
            self.follow()

    def follow_undo(self, line: JournalLine) -> None:
        """Do the same when an act was taken back; whoever takes back that files were made does not want them."""
        if line.can_be_undone and line.act == MADE:
            self._settings.set("canaries", value=False)
        elif line.can_be_undone and line.act == "setting_changed":
            self.follow_setting(line.subject)

    def follow(self) -> None:
        """Make what is wanted, remove what is not wanted any more, and write both down.

        Raises:
            StoreFull: The list of canaries cannot be written; none is made then.
        """
        chosen = self._settings.get("watched_folders")
        folders = chosen if isinstance(chosen, list) else []
        try:
            if self._settings.get("canaries"):
                made, removed = put_canaries(folders, self.listed, self._note())
                news = CanaryNews(made.done, removed.done, made.left, removed.left)
            elif canary_paths(self.listed):
                removed = take_canaries_away(self.listed)
                news = CanaryNews((), removed.done, (), removed.left)
            else:
                news = CanaryNews()
        except OSError as error:
            raise StoreFull(path=str(self.listed)) from error
        for act, paths in ((MADE, news.made), (REMOVED, news.removed)):
            if paths:
                self._journal.note(act, ", ".join(paths), {"files": len(paths)})
        self._news = news

    def take_news(self) -> CanaryNews:
        """Tell what happened since somebody asked last."""
        news, self._news = self._news, CanaryNews()
        return news


def erase_canaries(data_folder: Path) -> tuple[str, ...]:
    """Remove all canaries and their list; returns those that somebody changed, which stay."""
    listed = data_folder / LIST_NAME
    try:
        left = take_canaries_away(listed).left
        listed.unlink(missing_ok=True)
    except OSError as error:
        raise StoreFull(path=str(listed)) from error
    return left
