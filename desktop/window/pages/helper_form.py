"""Whom to call: the same form in Welcome and in Settings."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.card import Columns
from desktop.window.widgets.field import ChoiceCards, Field

NAMES = ("helper_name", "helper_phone", "helper_hours")


class HelperForm(QWidget):
    """Three answers; the first two ask for name, phone and hours. ``changed`` carries setting and value."""

    changed = Signal(str, object)

    def __init__(self, settings: Mapping[str, Any], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.choice = ChoiceCards(
            [
                (
                    "colleague",
                    "user",
                    self.tr("A colleague or volunteer"),
                    self.tr("Someone who looks after this office's computers"),
                ),
                ("firm", "building-2", self.tr("A firm we pay"), self.tr("A computer shop or service")),
                (
                    "nobody",
                    "life-buoy",
                    self.tr("Nobody yet"),
                    self.tr("We then show the national contact, which helps for free"),
                ),
            ],
            str(settings.get("helper_kind", "")),
        )
        self.fields: dict[str, list[Field]] = {name: [] for name in NAMES}
        for kind in ("colleague", "firm"):
            self.choice.cards[kind].set_inner(self._fields(settings))
        self.choice.chosen.connect(lambda kind: self.changed.emit("helper_kind", kind))
        column.addWidget(self.choice)
        self._order_for_tab()

    def _order_for_tab(self) -> None:
        """Let Tab go from an answer to its own fields, then to the next answer, as one reads."""
        order: list[QWidget] = []
        for place, card in enumerate(self.choice.cards.values()):
            order += [card, *(fields[place].edit for fields in self.fields.values() if place < len(fields))]
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)

    def _fields(self, settings: Mapping[str, Any]) -> Columns:
        row = Columns(520, gap=10)
        row.row.setContentsMargins(current_theme().px(38), 0, 0, current_theme().px(4))
        for name, title, example, share in (
            ("helper_name", self.tr("Name"), "", 3),
            ("helper_phone", self.tr("Phone"), "", 3),
            ("helper_hours", self.tr("Can be called"), self.tr("until 18:00"), 2),
        ):
            field = Field(title, str(settings.get(name, "")), example)
            field.changed.connect(lambda text, name=name: self._tell(name, text))
            self.fields[name].append(field)
            row.add(field, share)
        return row

    def _tell(self, name: str, text: str) -> None:
        for field in self.fields[name]:
            field.show_text(text)
        self.changed.emit(name, text)

    def fill(self, settings: Mapping[str, Any]) -> None:
        """Show these settings; a field with words that were not kept yet stays as it is."""
        self.choice.set_current(str(settings.get("helper_kind", "")))
        for name, fields in self.fields.items():
            for field in fields:
                if not field.is_being_typed:
                    field.show_text(str(settings.get(name, "")))

    def values(self) -> dict[str, str]:
        """Return what stands in the form now, by setting."""
        kind = self.choice.current
        number = 1 if kind == "firm" else 0
        typed = {name: fields[number].text for name, fields in self.fields.items()}
        return {"helper_kind": kind, **typed}
