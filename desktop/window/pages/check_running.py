"""A check that is going on: how far it is, what it found so far, what it left out.

Before this on the path: what the bridge knows of the run (``RunSoFar``). After it: the Check page.
"""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.window import say
from desktop.window.bridge import RunSoFar
from desktop.window.page import GAP
from desktop.window.pages.check_cards import LiveFoundCard, PlacesCard, SkippedCard
from desktop.window.pages.home_parts import Areas
from desktop.window.pages.run_words import LOOK_SCOPES, say_doing, say_progress, say_share_of, say_start, share_of
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton, OutlineButton
from desktop.window.widgets.card import Card, Columns
from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.label import ElidedLabel, PlainLabel
from desktop.window.widgets.ring import Ring

MAIN_SHARE, SIDE_SHARE = 13, 5
ARROW = "  \u203a  "


class ProgressCard(Card):
    """Ring, sentence, Pause and Stop. Stop asks once, in place."""

    pause_asked = Signal(bool)
    """True: pause; False: go on."""
    stop_asked = Signal()
    """The person wants it to end."""

    def __init__(self, locale: QLocale) -> None:
        super().__init__(padding=28)
        theme, self._locale = current_theme(), locale
        row = QHBoxLayout()
        row.setSpacing(theme.px(28))
        self.ring = Ring()
        row.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        words.addStretch(1)
        self.title = PlainLabel("", "h1")
        self.text = PlainLabel("", "lead")
        self.folder = ElidedLabel("", "small")
        for label in (self.title, self.text):
            words.addWidget(label)
        words.addSpacing(theme.px(10))
        words.addWidget(self._build_buttons())
        words.addWidget(self.folder)
        words.addStretch(1)
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self._is_paused = False
        self._ask_stop(is_open=False)

    def _build_buttons(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=current_theme().px(10))
        self.pause_button = OutlineButton(self.tr("Pause"), "pause")
        self.stop_button = OutlineButton(self.tr("Stop"), "square")
        self.question = PlainLabel(self.tr("Stop the check? What we found so far stays."), "strong")
        self.really_button = OutlineButton(self.tr("Stop"), "square")
        self.go_on_button = OutlineButton(self.tr("Go on"))
        for widget in (self.pause_button, self.stop_button, self.question, self.really_button, self.go_on_button):
            flow.addWidget(widget)
        self.pause_button.clicked.connect(lambda: self.pause_asked.emit(not self._is_paused))
        self.stop_button.clicked.connect(lambda: self._ask_stop(is_open=True))
        self.really_button.clicked.connect(self._stop)
        self.go_on_button.clicked.connect(lambda: self._ask_stop(is_open=False))
        return holder

    def _ask_stop(self, *, is_open: bool) -> None:
        for button in (self.pause_button, self.stop_button):
            button.setVisible(not is_open)
        for widget in (self.question, self.really_button, self.go_on_button):
            widget.setVisible(is_open)
        if is_open:
            self.go_on_button.setFocus(Qt.FocusReason.TabFocusReason)

    def _stop(self) -> None:
        self._ask_stop(is_open=False)
        for button in (self.pause_button, self.stop_button):
            button.setEnabled(False)
        self.title.set_text(self.tr("Stopping"))
        self.stop_asked.emit()

    def show_run(self, run: RunSoFar) -> None:
        """Show how far the run is."""
        if not self.stop_button.isEnabled():
            return
        self._is_paused = run.is_paused
        self.pause_button.set_text(self.tr("Go on") if run.is_paused else self.tr("Pause"))
        self.pause_button.set_icon("play" if run.is_paused else "pause")
        self.title.set_text(self.tr("Paused") if run.is_paused else say_doing(run))
        progress = run.progress
        if progress is None or (not progress.total and run.scope in LOOK_SCOPES):
            self.ring.set_share(None, "", "" if run.scope in LOOK_SCOPES else self.tr("counting"))
            self.text.set_text(say_start(run.scope))
            return
        share = share_of(progress)
        self.ring.set_share(share, f"{share:.0%}".replace("%", "\u00a0%"), say_share_of(progress))
        paused = self.tr("We will go on where we stopped.")
        self.text.set_text(paused if run.is_paused else say_progress(self._locale, progress))
        if run.scope in LOOK_SCOPES:
            return  # the title names what is read
        folders = ARROW.join(say.folder_parts(progress.folder))
        self.folder.set_text(self.tr("Now in {folder}").replace("{folder}", folders) if folders else "")


class RestartCard(Card):
    """Says that one part of the check fell over and was started again."""

    list_asked = Signal()
    """The person wants to see what was left out."""

    def __init__(self) -> None:
        super().__init__("bar", padding=12)
        row = QHBoxLayout()
        self.text = PlainLabel("", "body")
        row.addWidget(self.text, 1)
        self.link = LinkButton(self.tr("Show it"))
        self.link.clicked.connect(self.list_asked)
        row.addWidget(self.link)
        self.body.addLayout(row)
        self.hide()

    def show_run(self, run: RunSoFar) -> None:
        """Show the latest restart, if there was one."""
        restarted = run.restarted
        self.setVisible(restarted is not None)
        if restarted is not None:
            left_out = self.tr("%n file(s) left out.", "", restarted.left_out)
            start = self.tr("One part of the check stopped and was started again.")
            self.text.set_text(f"{start} {left_out}")
            self.link.setVisible(restarted.left_out > 0)


class RunningView(QWidget):
    """Everything about the check that is going on."""

    def __init__(self, locale: QLocale) -> None:
        super().__init__()
        self._locale = locale
        self.progress = ProgressCard(locale)
        self.restarted = RestartCard()
        self.areas = Areas()
        self.found = LiveFoundCard(self.tr("Found so far"), self.tr("The check goes on while you read."), locale)
        self.skipped = SkippedCard(locale)
        self.places = PlacesCard(self.tr("This check looks at"))
        self.restarted.list_asked.connect(self.skipped.list_asked)
        columns = Columns()
        columns.add(self.found, MAIN_SHARE)
        columns.add(self.skipped, SIDE_SHARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(GAP))
        for widget in (self.progress, self.restarted, self.areas, columns, self.places):
            column.addWidget(widget)

    def show_run(self, run: RunSoFar) -> None:
        """Show what the run has told so far; findings come apart, once they have their words."""
        self.progress.show_run(run)
        self.restarted.show_run(run)
        self.skipped.show_counts(run.skipped_by_reason)
        self._show_areas(run)

    def _show_areas(self, run: RunSoFar) -> None:
        mark, files = "paused" if run.is_paused else "checking", self.areas.cards["files"]
        done = run.progress.done if run.progress else 0
        total = say.number(self._locale, run.progress.total) if run.progress else ""
        of_total = (
            self.tr("of {total}")
            if run.progress and not run.progress.total_is_estimate
            else self.tr("of about {total}")
        )
        found = self.tr("%Ln found", "", run.found_count) if run.found_count else self.tr("nothing found so far")
        note = f"{of_total.replace('{total}', total)}, {found}" if total else self.tr("counting")
        files.show_words(mark, say.number(self._locale, done), note)
        files.show_share(share_of(run.progress) if run.progress else 0.0, "primary", note)
        self._show_watched(run)

    def _show_watched(self, run: RunSoFar) -> None:
        """Programs and connections are watched last; until then they wait."""
        programs, network = self.areas.cards["programs"], self.areas.cards["network"]
        if run.progress is not None and run.progress.unit == "seconds":
            mark = "paused" if run.is_paused else "checking"
            programs.show_words(mark, "", self.tr("What runs on this computer is watched now."))
            network.show_words(mark, "", self.tr("The connections of this computer are watched now."))
        else:
            for card in (programs, network):
                card.show_words("not_yet", "", self.tr("Watched for a few seconds after the files."))
