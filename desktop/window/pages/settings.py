"""How it looks, which language, whom to call, which folders. Saved at once, with Undo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.window.page import Page, PageContext
from desktop.window.pages.folder_list import FolderList
from desktop.window.pages.helper_form import HelperForm
from desktop.window.pages.look_form import LookForm, language_menu
from desktop.window.pages.watch_form import TrapWords, WatchForm
from desktop.window.theme import current_theme
from desktop.window.widgets.button import OutlineButton
from desktop.window.widgets.card import Card, Columns
from desktop.window.widgets.field import Field
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.state import StatePanel

if TYPE_CHECKING:
    from desktop.service.service import Service


class SettingsPage(Page):
    """A card a topic."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.set_heading(self.tr("Settings"), self.tr("Each change is kept at once."))
        self._forms: tuple[HelperForm, LookForm, WatchForm] | None = None

    def enter(self) -> None:
        """Read the settings."""
        self.context.service_call.call(lambda service: service.settings.all(), self._fill, self._fail)

    def _fill(self, settings: dict[str, Any]) -> None:
        if self._forms is None:
            self.set_state_widget("full", self._cards(settings))
        else:
            for form in self._forms:
                form.fill(settings)
            self.folders.show_folders(settings["folders"])
        self.show_state("full")

    def _fail(self, error: Exception) -> None:
        panel = StatePanel(
            "error",
            self.tr("The settings cannot be read or kept"),
            self.tr("Everything else goes on. The disk may be full, or the folder of Plainwatch may be locked."),
            self.tr("Try again"),
            f"{type(error).__name__}: {error}",
        )
        panel.acted.connect(self.enter)
        self.set_state_widget("error", panel)
        self.show_state("error")

    def _cards(self, settings: dict[str, Any]) -> QWidget:
        theme, holder = current_theme(), QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(16))
        helper, look, watch = HelperForm(settings), LookForm(settings), WatchForm(settings)
        self._forms = (helper, look, watch)
        helper.changed.connect(self._save)
        look.changed.connect(self._save)
        watch.changed.connect(self._save_watched)
        top = Columns(760)
        top.add(_card(self.tr("Colours and text"), "", look), 3)
        top.add(self._language_card(settings), 2)
        column.addWidget(top)
        note = self.tr("We show this name when help is needed. Nobody is called by itself.")
        column.addWidget(_card(self.tr("Who helps you?"), note, helper))
        column.addWidget(self._folder_card(settings))
        note = self.tr("While Plainwatch watches, it notices when one program changes many files in these folders.")
        column.addWidget(_card(self.tr("Folders to keep an eye on"), note, watch))
        column.addWidget(self._models_card())
        return holder

    def _language_card(self, settings: dict[str, Any]) -> Card:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        language = language_menu(self.tr("Language"), self.context.language)
        language.chosen.connect(lambda code: self._save("language", code))
        column.addWidget(language, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(current_theme().px(12))
        name = Field(self.tr("Name of this computer"), str(settings["computer_name"]), self.tr("Reception PC"))
        name.changed.connect(lambda text: self._save("computer_name", text))
        column.addWidget(name)
        column.addStretch(1)
        return _card(self.tr("Language and name"), "", inside)

    def _folder_card(self, settings: dict[str, Any]) -> Card:
        self.folders = FolderList(settings["folders"])
        self.folders.changed.connect(lambda folders: self._save("folders", folders))
        return _card(
            self.tr("Your own folders"),
            self.tr("A check of chosen folders looks here. Quick and full checks know their places by themselves."),
            self.folders,
        )

    def _models_card(self) -> Card:
        self.models_button = OutlineButton(self.tr("Show the models"), "cpu")
        self.models_button.clicked.connect(lambda: self.context.navigator.open_page("models"))
        note = self.tr("What they look at, how often they are wrong, whether your office has changed, how to go back.")
        return _card(self.tr("Learned models"), note, self.models_button)

    def _save(self, name: str, value: object) -> None:
        self.context.service_call.call(lambda service: service.settings.set(name, value), self._kept, self._refused)

    def _save_watched(self, name: str, value: object) -> None:
        def save(service: Service) -> tuple[int, str]:
            undo_id, news = service.settings.set(name, value), service.canaries.take_news()
            wanted, watched = (bool(service.settings.get(one)) for one in ("canaries", "watched_folders"))
            return undo_id, TrapWords().say(news, are_wanted=wanted, is_anything_watched=watched)

        self.context.service_call.call(save, lambda told: self._kept(*told), self._refused)

    def _kept(self, undo_id: int, words: str = "") -> None:
        self.context.navigator.say(words or self.tr("Kept."), undo_id)
        self.context.navigator.reload_settings()

    def _refused(self, error: Exception) -> None:
        """Say that a value cannot be kept; anything worse takes the page."""
        if getattr(error, "code", "") == "setting_refused":
            self.context.navigator.say(self.tr("This cannot be kept. Please write it in fewer, plain letters."))
        else:
            self._fail(error)


def _card(title: str, note: str, inside: QWidget) -> Card:
    card = Card(padding=24, gap=8)
    card.body.addWidget(PlainLabel(title, "h3"))
    if note:
        card.body.addWidget(PlainLabel(note, "small"))
    card.body.addSpacing(current_theme().px(6))
    card.body.addWidget(inside)
    card.body.addStretch(1)
    return card
