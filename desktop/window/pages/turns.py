"""Builds a page part by part, so that clicks and keys have their turn in between.

Before this on the path: a page that knows its parts. After it: the event loop, which shows them one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget


def add_in_turns(column: QBoxLayout, makers: Sequence[Callable[[], QWidget]]) -> None:
    """Make and add the first part now, and each other one in a turn of its own; stops when the page is gone."""
    column.addWidget(makers[0]())
    owner = column.parentWidget()
    if makers[1:] and owner is not None:
        QTimer.singleShot(0, owner, lambda: add_in_turns(column, makers[1:]))
