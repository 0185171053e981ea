"""The keys one can press, in one list: the window binds them, ``Ctrl+/`` shows them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.button import OutlineButton
from desktop.window.widgets.label import PlainLabel


def key_list() -> list[tuple[str, str, str]]:
    """Return name of the act, keys, and what it does."""
    translate = QCoreApplication.translate
    return [
        ("page_1", "Ctrl+1", translate("Keys", "Home")),
        ("page_2", "Ctrl+2", translate("Keys", "Findings")),
        ("page_3", "Ctrl+3", translate("Keys", "Check")),
        ("page_4", "Ctrl+4", translate("Keys", "Activity")),
        ("page_5", "Ctrl+5", translate("Keys", "Settings")),
        ("check_again", "Ctrl+R", translate("Keys", "Check again")),
        ("choose_files", "Ctrl+O", translate("Keys", "Check a file")),
        ("focus_search", "Ctrl+F", translate("Keys", "Search in findings")),
        ("pause", "Ctrl+P", translate("Keys", "Pause the check, or go on")),
        ("toggle_details", "Ctrl+D", translate("Keys", "Open or fold the technical details")),
        ("copy_summary", "Ctrl+Shift+C", translate("Keys", "Copy a summary for the helper")),
        ("larger", "Ctrl++", translate("Keys", "Larger text")),
        ("smaller", "Ctrl+-", translate("Keys", "Smaller text")),
        ("usual", "Ctrl+0", translate("Keys", "Usual text size")),
        ("back", "Esc", translate("Keys", "Go back")),
        ("show_keys", "Ctrl+/", translate("Keys", "Show this list")),
    ]


def show_keys(parent: QWidget) -> QDialog:
    """Show the list of keys beside the window; Esc closes it."""
    theme, dialog = current_theme(), QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(QCoreApplication.translate("Keys", "Keys"))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(*(theme.px(24),) * 4)
    column.setSpacing(theme.px(16))
    column.addWidget(PlainLabel(QCoreApplication.translate("Keys", "Keys"), "h2"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.px(24))
    for line, (_name, keys, text) in enumerate(key_list()):
        grid.addWidget(
            PlainLabel(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText), "strong"), line, 0
        )
        grid.addWidget(PlainLabel(text, wrap=False), line, 1)
    column.addLayout(grid)
    close = OutlineButton(QCoreApplication.translate("Keys", "Close"))
    close.clicked.connect(dialog.close)
    column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
    dialog.open()
    return dialog
