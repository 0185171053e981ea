"""Numbered steps: what to do now. A button sits under the step it performs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.service.explain import Step
from desktop.window.theme import current_theme
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.painted import Painted
from desktop.window.widgets.pill import pill_font


class Number(Painted):
    """A number in a soft circle."""

    def __init__(self, number: int, tint: str = "primary", *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._number, self._tint = number, tint

    def wanted_size(self) -> tuple[float, float]:
        """Square."""
        return 28, 28

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.qcolor(self._tint), 1) if theme.name == "contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(theme.qcolor("primarySoft" if self._tint == "primary" else "surface"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(pill_font(theme))
        painter.setPen(theme.qcolor(self._tint))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class StepList(QWidget):
    """The steps in order; ``buttons`` maps a step's place (0 first) to the button that performs it."""

    def __init__(
        self,
        steps: Sequence[Step] = (),
        buttons: Mapping[int, QPushButton] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = current_theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(14))
        for place, step in enumerate(steps):
            row = QHBoxLayout()
            row.setSpacing(theme.px(12))
            row.addWidget(Number(place + 1), 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setContentsMargins(0, theme.px(4), 0, 0)  # the first line stands level with the number
            words.setSpacing(theme.px(3))
            words.addWidget(PlainLabel(step.do, "strong"))
            if step.note:
                words.addWidget(PlainLabel(step.note, "sub"))
            if button := (buttons or {}).get(place):
                words.addSpacing(theme.px(8))
                words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            words.addStretch(1)
            row.addLayout(words, 1)
            column.addLayout(row)
        self.setAccessibleName(" ".join(f"{place + 1}. {step.do}" for place, step in enumerate(steps)))
