"""What a page says when something went wrong: what happened, what still works, what to do.

Before this on the path: an exception from the bridge. After it: a panel on the page.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from desktop.window.bridge import details_of
from desktop.window.page import Page
from desktop.window.widgets.label import visible
from desktop.window.widgets.state import StatePanel
from detectors.contract.errors import PlainwatchError


def error_panel(page: Page, error: Exception, again: Callable[[], None], title: str = "", act: str = "") -> StatePanel:
    """Build the panel; the exact sentence of our own errors follows once the service has said it."""
    panel = StatePanel(
        "error",
        title or QCoreApplication.translate("errors", "This page could not be shown"),
        QCoreApplication.translate(
            "errors",
            "What we found earlier is still kept. Please try again. If it stays so, copy the details for help.",
        ),
        act or QCoreApplication.translate("errors", "Try again"),
        visible(details_of(error)),
    )
    panel.acted.connect(again)
    if isinstance(error, PlainwatchError):
        language = page.context.language
        page.context.service_call.call(lambda service: service.error_text(error, language), panel.text.set_text)
    return panel
