"""The last seven days, a mark and a word each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.flow import FlowLayout
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.shapes import MarkDot

DAY_GAP_PX = 18


class WeekStrip(QWidget):
    """``set_days([("Tue", "calm"), ...])``; marks: none, calm, look, act, info."""

    def __init__(self, days: Sequence[tuple[str, str]] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=current_theme().px(DAY_GAP_PX))
        self.set_days(days)

    def set_days(self, days: Sequence[tuple[str, str]]) -> None:
        """Show these days, oldest first; large text goes on in the next line."""
        while (old := self._flow.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        words = LevelPill("none")
        for name, mark in days:
            self._flow.addWidget(_day(name, mark))
        self.setAccessibleName(", ".join(f"{name}: {words.word_for(mark)}" for name, mark in days))
        words.deleteLater()


def _day(name: str, mark: str) -> QWidget:
    day, theme = QWidget(), current_theme()
    row = QHBoxLayout(day)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(6))
    row.addWidget(MarkDot(mark))
    row.addWidget(PlainLabel(name, "small", wrap=False))
    return day
