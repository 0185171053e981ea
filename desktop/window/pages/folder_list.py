"""The folders a person chose: the same list in Welcome and in Settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.window.icons import pixmap
from desktop.window.theme import current_theme
from desktop.window.widgets.button import IconButton, OutlineButton
from desktop.window.widgets.label import ElidedLabel, one_line


class FolderList(QWidget):
    """Folders with a button to leave each out again, and one to add. ``changed`` carries the new list."""

    changed = Signal(list)

    def __init__(self, folders: Sequence[str] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.folders: list[str] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(current_theme().px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().px(8))
        column.addLayout(self._rows)
        self.add_button = OutlineButton(self.tr("Add a folder"), "folder-plus")
        self.add_button.clicked.connect(self._ask)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_folders(folders)

    def show_folders(self, folders: Sequence[str]) -> None:
        """Show these folders without telling anybody."""
        self.folders = list(folders)
        while (row := self._rows.takeAt(0)) is not None:
            if widget := row.widget():
                widget.deleteLater()
        for folder in self.folders:
            self._rows.addWidget(self._row(folder))

    def _row(self, folder: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        picture = QLabel()
        picture.setPixmap(pixmap("folder", "text2", 18))
        row.addWidget(picture)
        row.addWidget(ElidedLabel(folder), 1)
        leave_out = IconButton("x", self.tr("Do not look at {folder} any more").format(folder=one_line(folder)))
        leave_out.clicked.connect(lambda: self._use([one for one in self.folders if one != folder]))
        row.addWidget(leave_out)
        return holder

    def _ask(self) -> None:
        dialog = QFileDialog(self, self.tr("Choose a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda folder: self._use(list(dict.fromkeys([*self.folders, folder]))))
        dialog.open()

    def _use(self, folders: list[str]) -> None:
        self.show_folders(folders)
        self.changed.emit(folders)
