"""The last seven days, a mark and a word each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.label import PlainLabel
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.shapes import MarkDot


class WeekStrip(QWidget):
    """``set_days([("Tue", "calm"), ...])``; marks: none, calm, look, act, info."""

    def __init__(self, days: Sequence[tuple[str, str]] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.set_days(days)

    def set_days(self, days: Sequence[tuple[str, str]]) -> None:
        """Show these days, oldest first."""
        while (old := self._row.takeAt(0)) is not None:
            if widget := old.widget():
                widget.deleteLater()
        theme = current_theme()
        self._row.setSpacing(theme.px(6))
        words = LevelPill("none")
        for name, mark in days:
            self._row.addWidget(MarkDot(mark))
            self._row.addWidget(PlainLabel(name, "small", wrap=False))
            self._row.addSpacing(theme.px(12))
        self.setAccessibleName(", ".join(f"{name}: {words.word_for(mark)}" for name, mark in days))
        words.deleteLater()
