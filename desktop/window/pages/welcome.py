"""The first start: three short questions, three promises, then the first check. Every question can be skipped."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.window.icons import pixmap
from desktop.window.page import Page, PageContext
from desktop.window.pages.folder_list import FolderList
from desktop.window.pages.helper_form import HelperForm
from desktop.window.pages.look_form import LookForm, language_menu
from desktop.window.theme import current_theme
from desktop.window.widgets.bar import Bar
from desktop.window.widgets.button import LinkButton, PrimaryButton
from desktop.window.widgets.card import Card, Columns
from desktop.window.widgets.field import ChoiceCards
from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.row import Tile
from desktop.window.widgets.state import StatePanel

QUESTIONS = 3


class WelcomePage(Page):
    """One question at a time, saved as one goes on."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.step = 0
        self.heading.hide()
        self._settings: dict[str, Any] = {}
        self._is_loaded = False
        self.show_loaded({})

    def enter(self) -> None:
        """Read what was answered before."""
        self.context.service_call.call(lambda service: service.settings.all(), self._fill, self._fail)

    def _fill(self, settings: dict[str, Any]) -> None:
        # Once only: afterwards the answers on this page are newer than what is kept.
        if not self._is_loaded:
            self.show_loaded(settings)
            self._is_loaded = True

    def _fail(self, error: Exception) -> None:
        panel = StatePanel(
            "error",
            self.tr("Your answers cannot be kept"),
            self.tr("You can still check this computer. The questions come back at the next start."),
            self.tr("Check now"),
            str(error),
        )
        panel.acted.connect(lambda: self.context.navigator.start_check("quick"))
        self.set_state_widget("error", panel)
        self.show_state("error")

    def show_loaded(self, settings: dict[str, Any]) -> None:
        """Build promises and questions with these answers."""
        self._settings = settings
        columns = Columns(860, gap=48)
        columns.add(self._promises(), 4)
        columns.add(self._questions(), 9)
        self.set_state_widget("full", columns)
        self.show_state("full")

    # The left side

    def _promises(self) -> QWidget:
        theme, holder = current_theme(), QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(theme.px(16), theme.px(28), 0, theme.px(16))
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.setSpacing(theme.px(12))
        mark = QLabel()
        mark.setPixmap(pixmap("icon", "text", 40))
        head.addWidget(mark)
        head.addWidget(PlainLabel("Plainwatch", "h2"), 1)
        column.addLayout(head)
        column.addSpacing(theme.px(28))
        column.addWidget(PlainLabel(self.tr("Welcome"), "h1"))
        column.addWidget(PlainLabel(self.tr("Three short questions, then the first check."), "lead"))
        column.addSpacing(theme.px(24))
        column.addWidget(PlainLabel(self.tr("Our promise"), "smallstrong"))
        for title, text in (
            (self.tr("We never send anything away"), self.tr("Everything stays on this computer.")),
            (self.tr("We never delete or block by ourselves"), self.tr("You decide, and you can undo it.")),
            (self.tr("We never judge people"), self.tr("We look at computers, not at who uses them.")),
        ):
            column.addLayout(_promise(title, text))
        column.addSpacing(theme.px(16))
        self.language = language_menu(self.tr("Language"), self.context.language)
        self.language.chosen.connect(lambda code: self._save({"language": code}))
        column.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return holder

    # The right side

    def _questions(self) -> QWidget:
        theme, card = current_theme(), Card(padding=36, gap=16)
        self.bars = self._steps(card)
        self.questions = QStackedWidget()
        for question in (self._who(), self._folders(), self._look()):
            self.questions.addWidget(question)
        card.body.addWidget(self.questions, 1)
        foot_holder = QWidget()
        foot = FlowLayout(foot_holder, gap=theme.px(12))
        self.next = PrimaryButton()
        self.next.clicked.connect(self._answer)
        self.skip = LinkButton(self.tr("Skip this question"))
        self.skip.clicked.connect(self._go_on)
        self.back = LinkButton(self.tr("Back"), "arrow-left")
        self.back.clicked.connect(lambda: self._go(self.step - 1))
        foot.addWidget(self.next)
        foot.addWidget(self.skip)
        foot.addWidget(self.back)
        foot.addWidget(PlainLabel(self.tr("You can change this later in Settings."), "small"))
        card.body.addWidget(foot_holder)
        self._go(0)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, theme.px(40), theme.px(32), theme.px(16))
        column.addWidget(card)
        return holder

    def _steps(self, card: Card) -> list[tuple[Bar, PlainLabel]]:
        theme, row, steps = current_theme(), QHBoxLayout(), []
        row.setSpacing(theme.px(10))
        titles = (self.tr("Who helps you?"), self.tr("Which folders?"), self.tr("Easy to read?"))
        for number, title in enumerate(titles):
            column = QVBoxLayout()
            bar, label = Bar(name=title), PlainLabel(f"{number + 1}  {title}", "small")
            column.addWidget(bar)
            column.addWidget(label)
            row.addLayout(column, 1)
            steps.append((bar, label))
        card.body.addLayout(row)
        return steps

    def _who(self) -> QWidget:
        self.helper = HelperForm(self._settings)
        return _question(
            self.tr("Who helps you when something looks wrong?"),
            self.tr("We show this name when help is needed. Nobody is called by itself."),
            self.helper,
        )

    def _folders(self) -> QWidget:
        folders = list(self._settings.get("folders", []))
        self.where = ChoiceCards(
            [
                (
                    "quick",
                    "download",
                    self.tr("The usual places"),
                    self.tr("Downloads, desktop, documents, mail and what starts by itself"),
                ),
                (
                    "full",
                    "hard-drive",
                    self.tr("The whole computer"),
                    self.tr("Takes much longer; you can keep working"),
                ),
                ("folders", "folder-search", self.tr("Only some folders"), self.tr("You choose which")),
            ],
            "folders" if folders else "quick",
        )
        self.folders = FolderList(folders)
        self.where.cards["folders"].set_inner(self.folders)
        return _question(
            self.tr("Where shall we look first?"),
            self.tr("This version looks at files, running programs and connections. It says what it did not look at."),
            self.where,
        )

    def _look(self) -> QWidget:
        self.look = LookForm(self._settings)
        self.look.changed.connect(lambda name, value: self._save({name: value}))
        return _question(
            self.tr("Is this easy to read?"),
            self.tr("Choose what is kind to your eyes. It changes at once."),
            self.look,
        )

    # Going on

    def _go(self, step: int) -> None:
        self.step = step
        self.questions.setCurrentIndex(step)
        for number, (bar, label) in enumerate(self.bars):
            bar.set_share(1.0 if number <= step else 0.0, name=label.full_text)
            label.set_role("info" if number == step else "small")
        texts = (self.tr("Go on to folders"), self.tr("Go on to the look"), self.tr("Start the first check"))
        self.next.set_text(texts[step])
        self.back.setVisible(step > 0)
        self.heading.set_text(self.tr("Welcome"))

    def _answer(self) -> None:
        """Keep the answer to this question, then go on."""
        if self.step == 0:
            self._save({name: value for name, value in self.helper.values().items() if value})
        elif self.step == 1:
            self._save({"folders": self.folders.folders if self.where.current == "folders" else []})
        self._go_on()

    def _go_on(self) -> None:
        if self.step + 1 < QUESTIONS:
            self._go(self.step + 1)
            self.next.setFocus()
            return
        self._save({"welcome_done": True})
        folders = self.folders.folders if self.where.current == "folders" else []
        scope = self.where.current if self.where.current != "folders" or folders else "quick"
        self.context.navigator.start_check(scope, folders)

    def _save(self, values: dict[str, Any]) -> None:
        def keep(service: Any) -> None:
            for name, value in values.items():
                service.settings.set(name, value)

        self._settings = {**self._settings, **values}
        navigator = self.context.navigator
        self.context.service_call.call(keep, lambda _none: navigator.reload_settings(), self._fail)

    def memory(self) -> dict[str, Any]:
        """Keep the question, and what stands in the form."""
        answers = {**self._settings, **self.helper.values()}
        return {**super().memory(), "step": self.step, "answers": answers, "where": self.where.current}

    def remember(self, memory: dict[str, Any]) -> None:
        """Come back to the same question."""
        super().remember(memory)
        self.show_loaded(memory.get("answers", {}))
        self._is_loaded = True
        self.where.set_current(memory.get("where", "quick"))
        self._go(memory.get("step", 0))


def _question(title: str, note: str, answers: QWidget) -> QWidget:
    theme, holder = current_theme(), QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, theme.px(8), 0, 0)
    column.setSpacing(theme.px(6))
    column.addWidget(PlainLabel(title, "h1"))
    column.addWidget(PlainLabel(note, "lead"))
    column.addSpacing(theme.px(14))
    column.addWidget(answers)
    column.addStretch(1)
    return holder


def _promise(title: str, text: str) -> QHBoxLayout:
    theme, row, words = current_theme(), QHBoxLayout(), QVBoxLayout()
    row.setSpacing(theme.px(12))
    row.addWidget(Tile("circle-check", "calm", 34), 0, Qt.AlignmentFlag.AlignTop)
    words.setSpacing(theme.px(2))
    words.addWidget(PlainLabel(title, "strong"))
    words.addWidget(PlainLabel(text, "small"))
    row.addLayout(words, 1)
    return row
