"""The slim strip at the foot of every page while a check runs."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.service.events import Progress
from desktop.window.say import counted, number, time_left
from desktop.window.theme import current_theme
from desktop.window.widgets.bar import Bar
from desktop.window.widgets.button import LinkButton, OutlineButton
from desktop.window.widgets.label import PlainLabel


class Strip(QWidget):
    """How far the check is, with Pause and Stop. Stop asks once, in place."""

    pause_asked = Signal(bool)
    stop_asked = Signal()
    opened = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme = current_theme()
        self.bar = Bar()
        self.label = PlainLabel()
        self.show_button = LinkButton(self.tr("Show it"))
        self.pause_button = OutlineButton("", "pause")
        self.stop_button = OutlineButton(self.tr("Stop"), "square")
        self._rows = QStackedWidget()
        self._rows.addWidget(_row(self.label, self.show_button, self.pause_button, self.stop_button))
        self.really_stop = OutlineButton(self.tr("Stop"), "square")
        self.go_on = OutlineButton(self.tr("Go on"), "play")
        question = PlainLabel(self.tr("Stop the check? What we found so far stays."), "strong")
        self._rows.addWidget(_row(question, self.really_stop, self.go_on))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        column.setSpacing(theme.px(6))
        column.addWidget(self._rows)
        column.addWidget(self.bar)
        self._doing = ""
        self._connect()
        self.set_paused(is_paused=False)
        self.set_progress(None)

    def _connect(self) -> None:
        self.show_button.clicked.connect(self.opened)
        self.pause_button.clicked.connect(lambda: self.pause_asked.emit(not self._is_paused))
        self.stop_button.clicked.connect(lambda: self._ask(is_asking=True))
        self.go_on.clicked.connect(lambda: self._ask(is_asking=False))
        self.really_stop.clicked.connect(self._stop)

    def _ask(self, *, is_asking: bool) -> None:
        self._rows.setCurrentIndex(int(is_asking))
        (self.go_on if is_asking else self.stop_button).setFocus()

    def _stop(self) -> None:
        self._rows.setCurrentIndex(0)
        self.stop_asked.emit()

    def set_paused(self, *, is_paused: bool) -> None:
        """Show whether the check waits."""
        self._is_paused = is_paused
        self.pause_button.set_text(self.tr("Go on") if is_paused else self.tr("Pause"))
        self.pause_button.set_icon("play" if is_paused else "pause")
        if is_paused:
            self.label.set_text(self.tr("Paused. We will go on where we stopped."))

    def set_progress(self, progress: Progress | None, doing: str = "") -> None:
        """Show how far it is; ``doing`` says what is done when that is not a check of files."""
        self._doing = doing
        share = progress.done / progress.total if progress and progress.total else 0.0
        text = self.sentence(progress)
        self.bar.set_share(share, name=text)
        if not self._is_paused:
            self.label.set_text(text)

    def sentence(self, progress: Progress | None) -> str:
        """Say it: Checking files. 12,400 of about 48,000. About 3 to 5 minutes left."""
        if self._doing or (progress and progress.unit == "seconds"):
            doing = self._doing or self.tr("Looking at the network")
            counted_words = counted(QLocale(), progress) if progress and progress.total else ""
            left = time_left(progress.seconds_left) if progress else ""
            return " ".join(part for part in (f"{doing}.", counted_words, left) if part)
        if progress is None or not progress.total:
            return self.tr("Checking files. Counting them first.")
        known = self.tr("Checking files. {done} of {total}.")
        guess = self.tr("Checking files. {done} of about {total}.")
        text = (guess if progress.total_is_estimate else known).format(
            done=number(QLocale(), progress.done), total=number(QLocale(), progress.total)
        )
        return f"{text} {time_left(progress.seconds_left)}".strip()


def _row(label: PlainLabel, *buttons: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(current_theme().px(8))
    row.addWidget(label, 1)
    for button in buttons:
        row.addWidget(button)
    return holder
