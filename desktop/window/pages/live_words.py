"""Asks for the words of findings while a check tells them, a few at a time.

Before this on the path: the run the bridge knows. After it: the card that lists what was found so far.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from desktop.window.page import PageContext
from desktop.window.pages.check_cards import ROWS, LiveFoundCard
from desktop.window.pages.found import Found, act_last, explain_each

NEW_ROWS = 4
"""Findings that get a row in one go; the rest follows with the next."""


class LiveWords(QObject):
    """Fills one card after the other: the one of the running check, then the one of its result."""

    def __init__(self, context: PageContext, card: Callable[[], tuple[LiveFoundCard | None, bool]]) -> None:
        """Take the way to the card; with it goes whether the check is still going on."""
        super().__init__()
        self._context, self._card = context, card
        self._is_asking = False

    def ask(self) -> None:
        """Ask for the words of the newest findings that have no row yet."""
        card, _is_fresh = self._card()
        if card is None or self._is_asking:
            return
        bridge, language = self._context.service_call, self._context.language
        new = [seen for seen in act_last(bridge.run.found)[-ROWS:] if seen.finding.id not in card.shown_ids][:NEW_ROWS]
        if new:
            self._is_asking = True
            bridge.call(lambda service: explain_each(service, new, language), self._add, self._forget)

    def _add(self, found: list[Found]) -> None:
        self._is_asking = False
        card, is_fresh = self._card()
        if card is not None:
            card.add(found, self._context.service_call.run.found_count, fresh=is_fresh)
            self.ask()

    def _forget(self, _error: Exception) -> None:
        self._is_asking = False
