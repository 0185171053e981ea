"""Colours, text size and language: the same choices in Welcome and in Settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.window.languages import LANGUAGES
from desktop.window.theme import TEXT_SIZES, current_theme
from desktop.window.widgets.button import MenuButton
from desktop.window.widgets.field import Segments
from desktop.window.widgets.label import PlainLabel

OWN_NAMES = {"en": "English", "fr": "Français", "de": "Deutsch", "lb": "Lëtzebuergesch"}


def language_menu(name: str, current: str) -> MenuButton:
    """Let choose a language, each under its own name."""
    menu = MenuButton("", [(code, OWN_NAMES[code]) for code in LANGUAGES], current)
    menu.setAccessibleName(f"{name}: {OWN_NAMES[current]}")
    return menu


class LookForm(QWidget):
    """Colours and text size. ``changed`` carries setting and value."""

    changed = Signal(str, object)

    def __init__(self, settings: Mapping[str, Any], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(6))
        colours = self.tr("Colours")
        self.theme = Segments(
            colours,
            [
                ("system", self.tr("As the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
                ("contrast", self.tr("High contrast")),
            ],
            str(settings.get("theme", "system")),
        )
        text_size = self.tr("Text size")
        sizes = [(str(size), f"{size} %") for size in TEXT_SIZES]
        self.text_size = Segments(text_size, sizes, str(settings.get("text_size", 100)))
        self.theme.chosen.connect(lambda theme: self.changed.emit("theme", theme))
        self.text_size.chosen.connect(lambda size: self.changed.emit("text_size", int(size)))
        for name, choice in ((colours, self.theme), (text_size, self.text_size)):
            column.addWidget(PlainLabel(name, "strong"))
            column.addWidget(choice)
            column.addSpacing(current_theme().px(8))

    def fill(self, settings: Mapping[str, Any]) -> None:
        """Show these settings."""
        self.theme.set_current(str(settings.get("theme", "system")))
        self.text_size.set_current(str(settings.get("text_size", 100)))
