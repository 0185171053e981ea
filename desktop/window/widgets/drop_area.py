"""Drop a file here and it is checked. Before this: the file manager. After it: ``navigator.check_paths``."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.window.icons import pixmap
from desktop.window.theme import current_theme
from desktop.window.widgets.button import LinkButton
from desktop.window.widgets.label import PlainLabel


class DropArea(QWidget):
    """A dashed well that takes files. ``files_dropped`` carries a list of paths."""

    files_dropped = Signal(list)
    choose = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._is_over = False
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 24)
        column.setSpacing(4)
        column.addStretch(1)
        column.addWidget(self._picture)
        for text, role in (
            (self.tr("Not sure about a file?"), "strong"),
            (self.tr("Drop it here and we will check it."), "small"),
        ):
            label = PlainLabel(text, role)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        self.button = LinkButton(self.tr("Choose a file"))
        self.button.clicked.connect(self.choose)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._draw_picture()

    def _draw_picture(self) -> None:
        self._picture.setPixmap(pixmap("upload", "primary", 28))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the picture again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw_picture()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if event.mimeData().hasUrls():
            self._is_over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go back to the quiet look."""
        del event
        self._is_over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on the local paths."""
        self._is_over = False
        self.update()
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the well."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = "primary" if self._is_over else "control"
        painter.setPen(QPen(theme.qcolor(color), 2 if self._is_over else 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.qcolor("primarySoft" if self._is_over else "sunken"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 16, 16)
