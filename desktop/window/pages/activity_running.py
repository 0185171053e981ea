"""A look at the network or the programs that is going on, and the line that says what came of it.

Before this on the path: what the bridge knows of the run. After it: the views of activity.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.service.events import Summary
from desktop.window.bridge import RunSoFar
from desktop.window.page import GAP
from desktop.window.pages.check_cards import LiveFoundCard, SkippedCard
from desktop.window.pages.check_running import MAIN_SHARE, SIDE_SHARE, ProgressCard, RestartCard
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton
from desktop.window.widgets.card import Card, Columns
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.shapes import MarkDot


class LookRunView(QWidget):
    """How far it is, what it found so far, what it could not look at."""

    def __init__(self, locale: QLocale) -> None:
        super().__init__()
        self.progress = ProgressCard(locale)
        self.restarted = RestartCard()
        self.found = LiveFoundCard(self.tr("Found so far"), self.tr("The look goes on while you read."), locale)
        self.skipped = SkippedCard(locale)
        self.rights = PlainLabel("", "small")
        columns = Columns()
        columns.add(self.found, MAIN_SHARE)
        columns.add(self.skipped, SIDE_SHARE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(GAP))
        for widget in (self.progress, self.restarted, columns, self.rights):
            column.addWidget(widget)

    def show_run(self, run: RunSoFar) -> None:
        """Show what the run has told so far; findings come apart, once they have their words."""
        self.progress.show_run(run)
        self.restarted.show_run(run)
        self.skipped.show_counts(run.skipped_by_reason)
        self.rights.set_text(say_few_rights() if run.scope == "connections" else "")
        self.rights.setVisible(run.scope == "connections")


class ResultBar(Card):
    """What came of the last look, in one line above the picture."""

    findings_asked = Signal()
    """The person wants to see what was found."""
    skipped_asked = Signal()
    """The person wants to see what was not looked at."""

    def __init__(self) -> None:
        super().__init__("bar", padding=10)
        self._row = QHBoxLayout()
        self._row.setSpacing(current_theme().px(10))
        self.dot = MarkDot("calm")
        self.text = PlainLabel("")
        self.findings_button = LinkButton(self.tr("Show what we found"))
        self.findings_button.clicked.connect(self.findings_asked)
        self.skipped_button = LinkButton(self.tr("Show what was left out"))
        self.skipped_button.clicked.connect(self.skipped_asked)
        self._row.addWidget(self.dot)
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.findings_button)
        self._row.addWidget(self.skipped_button)
        self.body.addLayout(self._row)
        self.hide()

    def show_end(self, run: RunSoFar, mark: str) -> None:
        """Show how a look ended."""
        summary = run.summary
        self.setVisible(summary is not None)
        if summary is None:
            return
        self.dot.set_mark(mark)
        self.text.set_text(self._say(summary))
        self.findings_button.setVisible(summary.findings > 0)
        self.skipped_button.setVisible(bool(run.skipped_by_reason))

    def _say(self, summary: Summary) -> str:
        parts = [self.tr("Stopped before its end.") if summary.stopped else self.tr("Done.")]
        if summary.findings:
            parts.append(self.tr("%Ln thing(s) found.", "", summary.findings))
        else:
            parts.append(self.tr("Nothing found."))
        if packets := summary.units.get("packets"):
            parts.append(self.tr("%Ln packet(s) looked at.", "", packets))
        elif "flows" in summary.units:
            parts.append(self.tr("%Ln connection(s) looked at.", "", summary.units["flows"]))
        elif programs := summary.units.get("programs") or summary.units.get("starts"):
            parts.append(self.tr("%Ln program(s) looked at.", "", programs))
        if summary.skipped:
            parts.append(self.tr("Not everything could be looked at in full."))
        return " ".join(parts)


def say_few_rights() -> str:
    """Say what cannot be seen without more rights, and who can help."""
    return QCoreApplication.translate(
        "activity", "We can see which programs use the network, but not what they send. To see more, ask your helper."
    )
