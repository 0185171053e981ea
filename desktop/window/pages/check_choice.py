"""What to check: Quick, Full or chosen folders, each with what it looks at.

Before this on the path: the places of this computer. After it: ``navigator.start_check``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from desktop.window.pages.check_cards import name_places
from desktop.window.pages.folder_list import FolderList
from desktop.window.widgets.button import OutlineButton, PrimaryButton
from desktop.window.widgets.card import Card
from desktop.window.widgets.field import ChoiceCards
from desktop.window.widgets.label import PlainLabel
from detectors.contract.places import Place

SCOPES = ("quick", "full", "folders")


class ChoiceCard(Card):
    """Three answers and the button that starts."""

    start_asked = Signal(str, list)
    """Scope and chosen folders."""
    folders_changed = Signal(list)
    """The chosen folders, to be kept."""

    def __init__(self, places: Mapping[str, Sequence[Place]], scope: str, *, is_primary: bool) -> None:
        super().__init__(padding=24, gap=12)
        self.body.addWidget(PlainLabel(self.tr("What should we look at?"), "h3"))
        quick, full = (", ".join(name for _kind, name in name_places(places[scope])) for scope in ("quick", "full"))
        options = (
            (
                "quick",
                "scan-search",
                self.tr("Quick check"),
                self.tr("Takes a few minutes. Looks at: {places}").replace("{places}", quick),
            ),
            (
                "full",
                "hard-drive",
                self.tr("Full check"),
                self.tr("Can take hours. Looks at: {places}").replace("{places}", full),
            ),
            (
                "folders",
                "folder-search",
                self.tr("Choose folders"),
                self.tr("Looks at the folders you name, and all inside them."),
            ),
        )
        self.choices = ChoiceCards(options, scope)
        self.folders = FolderList([place.path for place in places["folders"]])
        self.choices.cards["folders"].set_inner(self.folders)
        self.body.addWidget(self.choices)
        note = self.tr("The programs and connections of this computer are watched for a few seconds, too.")
        self.note = PlainLabel(note, "small")
        self.body.addWidget(self.note)
        kind = PrimaryButton if is_primary else OutlineButton
        self.start_button: QPushButton = kind("", "scan-search")
        self.start_button.clicked.connect(self._start)
        self.body.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.choices.chosen.connect(lambda _scope: self._show_button())
        self.folders.changed.connect(self._take_folders)
        self._show_button()

    @property
    def scope(self) -> str:
        """The answer that is chosen."""
        return self.choices.current

    def _take_folders(self, folders: list[str]) -> None:
        self._show_button()
        self.folders_changed.emit(folders)

    def _show_button(self) -> None:
        words = {
            "quick": self.tr("Start quick check"),
            "full": self.tr("Start full check"),
            "folders": self.tr("Check these folders"),
        }
        self.start_button.set_text(words[self.scope])  # type: ignore[attr-defined] # both kinds have it
        self.start_button.setEnabled(self.scope != "folders" or bool(self.folders.folders))

    def _start(self) -> None:
        self.start_asked.emit(self.scope, list(self.folders.folders) if self.scope == "folders" else [])
