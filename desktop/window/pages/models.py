"""The Models page: what each model looks at, how often it is wrong, whether this office has changed, how to go back.

Before this on the path: Settings, Home's line on what is usual, "How sure are we?" of a finding. After it: a card on
disk, a picture of what is usual here that a person learned again or brought back. All in the background.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.service.learning.views import LearningPreview, ModelView
from desktop.window import say
from desktop.window.page import GAP, Page, PageContext
from desktop.window.pages.errors import error_panel
from desktop.window.pages.models_cards import (
    GroupsCard,
    ListCard,
    LooksCard,
    ModelRow,
    PapersCard,
    ResultsCard,
    TopCard,
    WrongCard,
    icon_of_model,
)
from desktop.window.pages.models_facts import LOCAL, USUAL, ModelsFacts, ModelWords, read_models, save_card
from desktop.window.pages.models_usual import DriftCard, PreviewPanel, UsualCard, UsualRow, VersionsCard
from desktop.window.pages.turns import add_in_turns
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton
from desktop.window.widgets.card import Columns
from desktop.window.widgets.state import StatePanel
from detectors.contract.errors import PlainwatchError

if TYPE_CHECKING:
    from desktop.service.service import Service

MAIN_SHARE, SIDE_SHARE = 16, 9
Makers: TypeAlias = "list[Callable[[], QWidget]]"
ACTS = frozenset({"baseline_learned", "baseline_restored"})


class ModelsPage(Page):
    """A list of all models, a card for each, and what is usual here."""

    top_px = 10  # a link stands there, which has air of its own

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._about, self._asks = "", False
        self._facts: ModelsFacts | None = None
        self._shown: tuple[str, ModelsFacts] | None = None
        self.drift: DriftCard | None = None
        self.versions: VersionsCard | None = None
        self.panel: PreviewPanel | None = None
        self.back_button = LinkButton("", "arrow-left")
        self.back_button.clicked.connect(self._go_up)
        self.save_button = LinkButton(self.tr("Save this card"))
        self.save_button.clicked.connect(self.choose_file)
        self.head_row.insertWidget(0, self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.head_row.addWidget(self.save_button)
        self._name_page("")
        self.set_state_widget("running", StatePanel("running", self.tr("One moment"), self.tr("We look it up.")))
        self.show_state("running")

    # Where

    def show_model(self, name: str) -> None:
        """Be about this model, about what is usual here (``USUAL``), or, without a name, about all of them."""
        self._about = name

    def start_over(self) -> None:
        """Show the list again."""
        self._about = ""

    def go_back_inside(self) -> bool:
        """Go from the preview back to what it is about."""
        if self.state != "preview":
            return False
        self.show_state(self._state_here())
        return True

    def _go_up(self) -> None:
        navigator = self.context.navigator
        if not self.go_back_inside():
            navigator.open_page("models" if self._about else "settings")

    def _state_here(self) -> str:
        return "card" if self._about else "full"

    # Reading

    def enter(self) -> None:
        """Read all cards and what is usual here."""
        self.context.service_call.call(read_models, self._show_facts, self._show_error)

    def _show_error(self, error: Exception) -> None:
        self._shown = None
        self.set_state_widget("error", error_panel(self, error, self.enter, self.tr("The models could not be read")))
        self.show_state("error")

    def _show_facts(self, facts: ModelsFacts) -> None:
        self._facts = facts
        if self._shown == (self._about, facts) and self.state == self._state_here():
            return
        self._shown = (self._about, facts)
        card = next((one for one in facts.models if one.name == self._about), None)
        words = ModelWords(facts.texts, self.context.locale, self.context.language)
        self.drift = self.versions = None
        if self._about == USUAL:
            self._name_page(words.say("usual_here"))
            self.set_state_widget("card", self._usual(facts, words))
        elif card is not None:
            self._name_page(words.name(card.name), has_card=True)
            self.set_state_widget("card", self._card(card, facts, words))
        else:
            self._about = ""
            self._name_page("")
            self._show_list(facts, words)
            return
        self.show_state("card")

    def _show_list(self, facts: ModelsFacts, words: ModelWords) -> None:
        if not facts.models:
            text = self.tr(
                "The fixed rules still work. Put Plainwatch on this computer again to bring the models back."
            )
            self.set_state_widget("empty", StatePanel("empty", self.tr("There are no models here"), text))
            self.show_state("empty")
            return
        rows = [(USUAL, UsualRow(facts.baseline, facts.drift, words))]
        self.list = ListCard([*rows, *((one.name, ModelRow(one, words)) for one in facts.models)])
        self.list.opened.connect(self.context.navigator.open_model)
        self.set_state_widget("full", self.list)
        self.show_state("full")

    def _name_page(self, name: str, *, has_card: bool = False) -> None:
        """Name the page for the window and the screen reader; a card's own name stands in its first part."""
        title = name or self.tr("Models")
        subline = self.tr("What each one looks at, how often it is wrong, and how to go back.")
        self.set_heading(title, "" if name else subline)
        self.setAccessibleName(title)
        self.heading.setVisible(not name)
        self.back_button.set_text(self.tr("All models") if name else self.tr("Settings"))
        self.save_button.setVisible(has_card)

    # Building

    def _card(self, card: ModelView, facts: ModelsFacts, words: ModelWords) -> QWidget:
        pill = ("cpu", words.say("learned_here" if card.is_own else "learned_elsewhere"))
        note = "" if card.is_trusted else words.problem(card)
        top = TopCard(icon_of_model(card.name), pill, words.since(card), words.name(card.name), note)
        follows = card.name in LOCAL
        main: Makers = [lambda: WrongCard(card, words), lambda: LooksCard(card, words)]
        main += [lambda: UsualCard(facts.baseline, words)] if follows else []
        main += [lambda: ResultsCard(card, words)] if card.reasons else []
        main += [lambda: GroupsCard(card, words)] if card.groups else []
        papers: Makers = [lambda: PapersCard(card, words)]
        if follows:
            return self._holder(top, [*main, *papers], self._local(facts, words))
        return self._holder(top, main, papers)

    def _usual(self, facts: ModelsFacts, words: ModelWords) -> QWidget:
        in_use = next((one for one in facts.baseline.versions if one.is_in_use), None)
        since = words.version_days(in_use) if in_use else words.learning(facts.baseline)
        top = TopCard("house", ("cpu", words.say("learned_here")), since, words.say("usual_here"))
        light, versions = self._local(facts, words)
        return self._holder(top, [lambda: UsualCard(facts.baseline, words), versions], [light])

    def _local(self, facts: ModelsFacts, words: ModelWords) -> Makers:
        """Give the makers of the light and of the way back."""

        def light() -> DriftCard:
            self.drift = DriftCard(facts.baseline, facts.drift, words)
            self.drift.preview_asked.connect(self.ask_preview)
            return self.drift

        def versions() -> VersionsCard:
            self.versions = VersionsCard(facts.baseline, words)
            self.versions.restore_asked.connect(self.restore)
            return self.versions

        return [light, versions]

    def _holder(
        self, top: QWidget, main: Sequence[Callable[[], QWidget]], side: Sequence[Callable[[], QWidget]]
    ) -> QWidget:
        columns = Columns(760)
        for makers, share in ((main, MAIN_SHARE), (side, SIDE_SHARE)):
            part = QWidget()
            add_in_turns(_column(part), (*makers, _Rest))
            columns.add(part, share)
        holder = QWidget()
        column = _column(holder)
        column.addWidget(top)
        column.addWidget(columns)
        return holder

    # Learning again, and going back

    def ask_preview(self) -> None:
        """Ask what learning again would change."""
        self.context.service_call.call(lambda service: service.learning.preview(), self._show_preview, self._show_error)

    def _show_preview(self, preview: LearningPreview | None) -> None:
        if preview is None or self._facts is None or self.state != "card":
            return
        words = ModelWords(self._facts.texts, self.context.locale, self.context.language)
        self.panel = PreviewPanel(preview, words)
        self.panel.learn_asked.connect(self.learn)
        self.panel.left.connect(self.go_back_inside)
        self.set_state_widget("preview", self.panel)
        self.show_state("preview")
        first = self.panel.learn_button or self.panel.leave_button
        QTimer.singleShot(0, first, first.setFocus)

    def learn(self) -> None:
        """Learn again what is usual here."""
        self._act(lambda service: service.learning.learn(), "learned_said")

    def restore(self, number: int) -> None:
        """Put an earlier picture back in use."""
        self._act(lambda service: service.learning.restore(number), "restored_said")

    def _act(self, act: Callable[[Service], object], key: str) -> None:
        if self._asks:
            return  # a second click on the same button
        self._asks = True

        def work(service: Service) -> tuple[str, int | None]:
            act(service)
            newest = next((one for one in service.journal(limit=5) if one.act in ACTS), None)
            return key, newest.id if newest else None

        self.context.service_call.call(work, self._tell, self._tell_refused)

    def _tell(self, done: tuple[str, int | None]) -> None:
        self._asks = False
        key, undo_id = done
        if self._facts is not None:
            text = self._facts.texts.get(f"models_page.{key}", self.context.language)
            self.context.navigator.say(text, *([undo_id] if undo_id is not None else []))
        self.go_back_inside()
        self.enter()

    def _tell_refused(self, error: Exception) -> None:
        """Say why not, in words; the page stays."""
        self._asks = False
        if not isinstance(error, PlainwatchError):
            self._show_error(error)
            return
        language, navigator = self.context.language, self.context.navigator
        self.context.service_call.call(lambda service: service.error_text(error, language), navigator.say)
        self.enter()

    # The card on disk

    def choose_file(self) -> None:
        """Ask where the card goes, then write it."""
        dialog = QFileDialog(self, self.tr("Save this card"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile("model-card.json")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def save(self, path: str) -> None:
        """Write the card on show into a file."""
        cards = self._facts.models if self._facts else ()
        card = next((one for one in cards if one.name == self._about), None)
        if card is not None:
            work = partial(_save, card, path)
            self.context.service_call.call(work, self._say_saved, self._show_error)

    def _say_saved(self, name: str) -> None:
        if self._facts is not None:
            text = self._facts.texts.get("models_page.saved_said", self.context.language, name=name)
            self.context.navigator.say(text)


def _save(card: ModelView, path: str, _service: Service) -> str:
    save_card(card, Path(path))
    return say.file_name(path)


class _Rest(QWidget):
    """Takes the room below the cards of a column."""

    def __init__(self) -> None:
        super().__init__()
        policy = self.sizePolicy()
        policy.setVerticalStretch(1)
        self.setSizePolicy(policy)


def _column(holder: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current_theme().px(GAP))
    return column
