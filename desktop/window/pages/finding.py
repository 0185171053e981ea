"""One finding: what was seen, why it matters, how sure we are, what to do, whom to call, what the person thinks.

Before this on the path: a row that was opened. After it: the helper's summary on the clipboard, or a judgement.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop.service.activity import PacketView
from desktop.service.contacts import Helper
from desktop.service.keeping.kept import KeptFinding
from desktop.window import say
from desktop.window.page import GAP, Page, PageContext
from desktop.window.pages.errors import error_panel
from desktop.window.pages.finding_packets import EvidenceCard, PacketPanel, PacketsCard
from desktop.window.pages.finding_parts import (
    HeadlineCard,
    HelperCard,
    JudgementCard,
    ReadingCard,
    SignsCard,
    StepsCard,
    TechnicalCard,
)
from desktop.window.pages.finding_program import ProgramCard
from desktop.window.pages.found import Found, is_recorded
from desktop.window.pages.models_facts import model_behind
from desktop.window.pages.turns import add_in_turns
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton
from desktop.window.widgets.card import Columns
from desktop.window.widgets.shapes import mark_of
from desktop.window.widgets.state import StatePanel
from detectors.contract.finding import Finding

if TYPE_CHECKING:
    from desktop.service.service import Service

MAIN_SHARE, SIDE_SHARE = 13, 5


@dataclass(frozen=True, slots=True)
class _Facts:
    """Everything one look at a finding needs."""

    kept: KeptFinding
    found: Found
    helper: Helper | None
    computer: str


@dataclass(frozen=True, slots=True)
class _Judged:
    """What came of an answer."""

    journal_id: int
    days: int
    summary: str


@dataclass(frozen=True, slots=True)
class _Shown:
    """One packet, and which of them it is."""

    finding_id: str
    place: int
    count: int
    packet: PacketView


class FindingPage(Page):
    """The explanation of one finding."""

    top_px = 10  # only a link stands there, which has air of its own

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._finding_id = ""
        self._facts: _Facts | None = None
        self.technical: TechnicalCard | None = None
        self.judgement: JudgementCard | None = None
        self.helper_card: HelperCard | None = None
        self.packets: PacketsCard | None = None
        self.packet_panel: PacketPanel | None = None
        back = LinkButton(self.tr("All findings"), "arrow-left")
        back.clicked.connect(lambda: context.navigator.open_page("findings"))
        self.back_button = back
        self.head_row.insertWidget(0, back, 0, Qt.AlignmentFlag.AlignLeft)
        self._set_title(self.tr("Finding"))
        self.set_state_widget("running", StatePanel("running", self.tr("One moment"), self.tr("We look it up.")))
        gone = StatePanel(
            "empty",
            self.tr("This finding is not kept any more"),
            self.tr("It may have been deleted. The list shows what is there."),
            self.tr("Show all findings"),
        )
        gone.acted.connect(lambda: context.navigator.open_page("findings"))
        self.set_state_widget("empty", gone)
        self.show_state("running")

    def show_finding(self, finding_id: str) -> None:
        """Choose which one; ``enter`` then reads it."""
        if finding_id != self._finding_id:
            self._finding_id, self._facts = finding_id, None
            self.show_state("running")

    def enter(self) -> None:
        """Read the finding again: a judgement or a check may have changed it."""
        finding_id, language = self._finding_id, self.context.language
        if not finding_id:
            self.show_state("empty")
            return

        def work(service: Service) -> _Facts:
            kept = service.finding(finding_id)
            found = Found(kept, service.explain(kept.finding, language))
            return _Facts(kept, found, service.helper(), service.settings.text("computer_name"))

        self.context.service_call.call(work, self._show_facts, self._show_error)

    def _set_title(self, text: str) -> None:
        """Name the page for the window and the screen reader; the headline itself stands in the first card."""
        self.set_heading(text)
        self.setAccessibleName(text)
        self.heading.hide()

    def _show_facts(self, facts: _Facts) -> None:
        if facts.kept.finding.id != self._finding_id or facts == self._facts:
            return
        is_first_look = self._facts is None
        was_open = not is_first_look and self.technical is not None and self.technical.is_open
        self._facts = facts
        self._set_title(facts.found.headline)
        memory = self.memory()
        self.set_state_widget("full", self._build(facts))
        if was_open and self.technical is not None:
            self.technical.toggle()
        self.show_state("full")
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not is_first_look:  # an answer changes the page under the person's eyes, and must not move it
            self.remember(memory)

    def _show_error(self, error: Exception) -> None:
        if getattr(error, "code", "") == "finding_unknown":
            self.show_state("empty")
            return
        self.set_state_widget("error", error_panel(self, error, self.enter))
        self.show_state("error")

    def _build(self, facts: _Facts) -> QWidget:
        explanation, locale = facts.found.explanation, self.context.locale
        finding = facts.kept.finding
        kind = finding.subject.kind
        self.technical = TechnicalCard(explanation.technical, about=kind)
        self.judgement = JudgementCard(facts.kept, locale)
        self.judgement.fine_chosen.connect(self._say_fine)
        self.judgement.worried_chosen.connect(self._say_worried)
        self.judgement.question_opened.connect(self._make_room)
        self.helper_card = HelperCard(facts.helper, explanation.who_can_help)
        self.helper_card.copy_asked.connect(self.copy_summary)
        self.helper_card.settings_asked.connect(lambda: self.context.navigator.open_page("settings"))
        mark, would_be = mark_of(finding.level), explanation.would_be_normal
        signs = [SignsCard(explanation.signs, mark, would_be)] if explanation.signs or would_be else []
        evidence = [EvidenceCard(explanation.compared)] if explanation.compared else []
        packets = [self._packets_card(finding)] if kind == "host" and finding.records else []
        runs = [self._program_card(finding)] if kind in {"process", "place"} else []
        main = _column(self._reading_card(facts), StepsCard(explanation), *runs, *evidence, *packets, self.technical)
        side = _column(self.helper_card, *signs, self.judgement)
        columns = Columns()
        columns.add(main, MAIN_SHARE)
        columns.add(side, SIDE_SHARE)
        headline = HeadlineCard(facts.found, locale, facts.computer)
        holder, column = QWidget(), QVBoxLayout()
        holder.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(GAP))
        add_in_turns(column, (lambda: headline, lambda: columns))
        return holder

    def _reading_card(self, facts: _Facts) -> ReadingCard:
        model = model_behind(facts.kept.finding)
        card = ReadingCard(facts.found.explanation, is_of_a_model=bool(model))
        card.model_asked.connect(lambda: self.context.navigator.open_model(model))
        return card

    def _program_card(self, finding: Finding) -> ProgramCard:
        card = ProgramCard(finding)
        source = finding.source if is_recorded(finding) else ""
        card.story_asked.connect(lambda key: self.context.navigator.open_program(source, key))
        return card

    # The packets it rests on

    def _packets_card(self, finding: Finding) -> PacketsCard:
        card = PacketsCard(len(finding.records), finding.source if is_recorded(finding) else "", self.context.locale)
        card.show_asked.connect(lambda: self.show_packet(0))
        card.save_asked.connect(self.choose_packet_file)
        self.packets = card
        return card

    def show_packet(self, place: int) -> None:
        """Show one of the packets, counted from 0; the recording is opened once more for it."""
        if self._facts is None:
            return
        finding = self._facts.kept.finding
        number, count = finding.records[place], len(finding.records)

        def work(service: Service) -> _Shown:
            return _Shown(finding.id, place, count, service.packet(finding.id, number))

        self.context.service_call.call(work, self._show_packet, self._say_no_packet)

    def _show_packet(self, shown: _Shown) -> None:
        if shown.finding_id != self._finding_id:
            return
        panel = PacketPanel(shown.packet, shown.place, shown.count, self.context.locale)
        panel.closed.connect(self.go_back_inside)
        panel.asked.connect(self.show_packet)
        self.packet_panel = panel
        self.set_state_widget("packet", panel)
        self.show_state("packet")
        go_on = panel.next_one if panel.next_one.isEnabled() else panel.back_button
        QTimer.singleShot(0, go_on, go_on.setFocus)

    def _say_no_packet(self, error: Exception) -> None:
        source = say.file_name(self._facts.kept.finding.source) if self._facts else ""
        if getattr(error, "code", "") != "input_unreadable":
            self._show_error(error)
            return
        text = self.tr(
            "We looked for {recording}. It was moved, deleted or changed. What we found in it is still kept."
        )
        gone = StatePanel(
            "empty",
            self.tr("The recording is not there any more"),
            text.replace("{recording}", source),
            self.tr("Back to the finding"),
            icon="file-question-mark",
        )
        gone.acted.connect(self.go_back_inside)
        self.set_state_widget("packet", gone)
        self.show_state("packet")

    def go_back_inside(self) -> bool:
        """Go from a packet back to the finding; False when no packet is on show."""
        if self.state != "packet":
            return False
        self.show_state("full")
        return True

    def choose_packet_file(self) -> None:
        """Ask where the packets go, then write them."""
        dialog = QFileDialog(self, self.tr("Save these packets"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Recordings of network traffic (*.pcapng)")])
        dialog.setDefaultSuffix("pcapng")
        dialog.selectFile("packets.pcapng")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_packets)
        dialog.open()

    def save_packets(self, path: str) -> None:
        """Write the packets into a file of their own."""
        finding_id = self._finding_id
        name = say.file_name(path)

        def work(service: Service) -> tuple[int, str]:
            return service.export_packets(finding_id, Path(path)), name

        self.context.service_call.call(work, self._say_saved, self._say_no_packet)

    def _say_saved(self, saved: tuple[int, str]) -> None:
        text = self.tr("%Ln packet(s) saved in {name}.", "", saved[0]).replace("{name}", saved[1])
        self.context.navigator.say(text)

    def toggle_details(self) -> None:
        """Unfold or fold the technical details (Ctrl+D)."""
        if self.technical is not None and self.state == "full":
            self.technical.toggle()

    def copy_summary(self) -> None:
        """Put a summary for the helper on the clipboard (Ctrl+Shift+C)."""
        finding_id, language = self._finding_id, self.context.language
        if self._facts is not None:
            self.context.service_call.call(
                lambda service: service.summary_for_helper([finding_id], language), self._take_summary, self._show_error
            )

    def _take_summary(self, summary: str) -> None:
        QGuiApplication.clipboard().setText(summary)
        self.context.navigator.say(self.tr("The summary is copied. Paste it into a mail to your helper."))

    def _say_fine(self, days: int) -> None:
        finding_id = self._finding_id

        def work(service: Service) -> _Judged:
            return _Judged(service.judge(finding_id, "known", days=days or None), days, "")

        self.context.service_call.call(work, self._thank, self._show_error)

    def _thank(self, judged: _Judged) -> None:
        is_file = self._facts is None or self._facts.kept.finding.subject.kind == "file"
        if judged.days and not is_file:
            text = self.tr("Thank you. We will stay quiet about this for %n day(s).", "", judged.days)
        elif not is_file:
            text = self.tr("Thank you. We will stay quiet about this.")
        elif judged.days:
            text = self.tr("Thank you. We will stay quiet about this file for %n day(s).", "", judged.days)
        else:
            text = self.tr("Thank you. We will stay quiet about this file until it changes.")
        self._tell(text, judged)

    def _make_room(self) -> None:
        """Scroll until the whole question is in sight, once it is laid out."""
        if self.judgement is not None:
            QTimer.singleShot(0, self, partial(self.scroll_to, self.judgement))

    def _say_worried(self) -> None:
        finding_id, language = self._finding_id, self.context.language

        def work(service: Service) -> _Judged:
            journal_id = service.judge(finding_id, "worried")
            return _Judged(journal_id, 0, service.summary_for_helper([finding_id], language))

        self.context.service_call.call(work, self._answer_worry, self._show_error)

    def _answer_worry(self, judged: _Judged) -> None:
        QGuiApplication.clipboard().setText(judged.summary)
        self._tell(self.tr("A summary is copied. Send it to your helper. This finding stays on top."), judged)

    def _tell(self, text: str, judged: _Judged) -> None:
        self.context.navigator.say(text, judged.journal_id)
        self.context.navigator.refresh()
        self.enter()


def _column(*widgets: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(current_theme().px(GAP))
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return holder
