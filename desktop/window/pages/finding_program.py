"""What a finding about a program or about what starts programs is about: names, place on disk, who started whom.

Before this on the path: a finding. After it: the Finding page; the way to the program's story.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.service.programs import finding_key
from desktop.window import say
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton
from desktop.window.widgets.card import Card
from desktop.window.widgets.label import PlainLabel, one_line
from detectors.contract.finding import Finding

ARROW = "  \u203a  "
CHAIN_TOLD = 8


class ProgramCard(Card):
    """What runs, where its file lies, who started it. The command line stands in the technical part alone."""

    story_asked = Signal(str)
    """Key of the program."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(padding=26, gap=4)
        subject, evidence = finding.subject, {one.name: one.observed for one in finding.evidence}
        is_program = subject.kind == "process"
        self.body.addWidget(PlainLabel(self.tr("What runs") if is_program else self.tr("What starts by itself"), "h3"))
        name = say.file_name(subject.name) if is_program else subject.name
        self._add(self.tr("Program") if is_program else self.tr("Place"), name)
        if is_program and name != subject.name:
            self._add(self.tr("Its file"), subject.name)
        self._add(self.tr("Account"), str(evidence.get("user") or subject.details.get("user") or ""))
        self._add(self.tr("Who started whom"), self._chain(finding))
        key = finding_key(finding)
        self.story_button = LinkButton(self.tr("Show its story"), "activity")
        self.story_button.clicked.connect(lambda: self.story_asked.emit(key))
        self.body.addWidget(self.story_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.story_button.setVisible(bool(key))

    def _add(self, label: str, untrusted_value: str) -> None:
        if not untrusted_value:
            return
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, current_theme().px(6), 0, 0)
        column.setSpacing(0)
        column.addWidget(PlainLabel(label, "small"))
        value = PlainLabel(one_line(untrusted_value))
        value.setAccessibleName(f"{label}: {value.full_text}")
        column.addWidget(value)
        self.body.addWidget(holder)

    def _chain(self, finding: Finding) -> str:
        """Name those above it, from the root down."""
        told = next((one.observed for one in finding.evidence if one.name == "chain"), None)
        if isinstance(told, list) and told:
            return ARROW.join(one_line(say.file_name(str(name))) for name in told[-CHAIN_TOLD:])
        parent = str(finding.subject.details.get("parent") or "")
        return ARROW.join(one_line(say.file_name(name)) for name in (parent, finding.subject.name)) if parent else ""
