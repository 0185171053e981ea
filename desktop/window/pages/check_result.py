"""What came of a check: one sentence, what was found, what was not looked at.

Before this on the path: ``RunFacts`` of the last check. After it: the list of findings, or the next check.
"""

from __future__ import annotations

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.service.keeping.kept import RunFacts
from desktop.window import say
from desktop.window.bridge import RunSoFar
from desktop.window.page import GAP
from desktop.window.pages.check_cards import LiveFoundCard, SkippedCard
from desktop.window.pages.check_running import RestartCard
from desktop.window.pages.home_parts import Hero
from desktop.window.pages.run_words import NETWORK_COMMAND, PROGRAM_COMMAND, name_run
from desktop.window.theme import current_theme
from desktop.window.widgets.button import PrimaryButton
from desktop.window.widgets.shapes import mark_of
from detectors.contract.errors import SkipReason
from detectors.contract.finding import level_of


class ResultView(QWidget):
    """The last check, in words."""

    findings_asked = Signal()
    """The person wants the list of findings."""

    def __init__(self, run: RunFacts, session_run: RunSoFar | None, locale: QLocale) -> None:
        super().__init__()
        self.is_of_this_session = session_run is not None
        self._run, self._locale = run, locale
        self.found = LiveFoundCard(self.tr("What this check found"), "", locale)
        self.skipped = SkippedCard(locale)
        self.skipped.show_counts(run.skipped_by_reason)
        self.restarted = RestartCard()
        buttons = []
        if run.findings:
            show = PrimaryButton(self.tr("Show me what we found"))
            show.clicked.connect(self.findings_asked)
            buttons.append(show)
        self.hero = Hero(
            self._mark(session_run), self._say_verdict(), self._say_counts(), *buttons, note=self._say_run()
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(GAP))
        for widget in (self.hero, self.restarted, self.found):
            column.addWidget(widget)
        self.found.setVisible(self.is_of_this_session and run.findings > 0)
        if session_run is not None:
            self.restarted.show_run(session_run)

    def _mark(self, session_run: RunSoFar | None) -> str:
        if self._run.findings:
            severities = [seen.finding.severity for seen in session_run.found] if session_run else []
            return mark_of(level_of(max(severities))) if severities else "look"
        return "gap" if self._run.skipped or self._run.stopped else "calm"

    def _say_verdict(self) -> str:
        if self._run.findings:
            return self.tr("%Ln thing(s) found", "", self._run.findings)
        if self._run.stopped:
            return self.tr("Stopped. Nothing found so far")
        if self._run.skipped:
            return self.tr("Nothing found, but not everything was looked at")
        return self.tr("Nothing found")

    def _say_counts(self) -> str:
        run = self._run
        not_yet = run.skipped_by_reason.get(SkipReason.NOT_LOOKED_AT_YET, 0)
        left_out = run.skipped - not_yet
        flows, packets, programs = (run.units.get(unit) for unit in ("flows", "packets", "programs"))
        # The network and the programs are two of the things that were checked.
        files = run.checked - (flows is not None) - (programs is not None)
        starts = run.units.get("starts")
        has_files = run.command not in {NETWORK_COMMAND, PROGRAM_COMMAND}
        parts = (
            self.tr("The check was stopped before its end.") if run.stopped else "",
            self.tr("We checked %Ln file(s) in full.", "", files) if has_files else "",
            self.tr("%Ln packet(s) looked at.", "", packets) if packets else "",
            self.tr("%Ln connection(s) looked at.", "", flows) if flows and not packets else "",
            self.tr("%Ln running program(s) looked at.", "", programs) if programs else "",
            self.tr("%Ln start(s) of programs looked at.", "", starts) if starts and not programs else "",
            self.tr("%Ln could not be looked at in full.", "", left_out) if left_out > 0 else "",
            self.tr("Running programs were not looked at yet.") if not_yet else "",
        )
        return " ".join(part for part in parts if part)

    def _say_run(self) -> str:
        when = say.when(self._locale, self._run.started_at)
        words = self.tr("{check}, {when}, in {duration}.")
        for name, value in (
            ("{check}", name_run(self._run)),
            ("{when}", when),
            ("{duration}", say.duration(self._run.duration_s)),
        ):
            words = words.replace(name, value)
        return words
