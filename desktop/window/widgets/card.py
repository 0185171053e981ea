"""The white box with one line around it that everything stands in, and the row that becomes a column."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.window.theme import current_theme

GAP = 16


class Card(QFrame):
    """Surface, one line, round corners. ``kind``: plain, act, sunken, choice, selected, ok, actsoft, bar."""

    def __init__(self, kind: str = "plain", *, padding: int = 20, gap: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._padding, self._gap = padding, gap
        self.setProperty("card", kind)
        self.body = QVBoxLayout(self)
        self._measure()

    def set_kind(self, kind: str) -> None:
        """Change the frame, for instance to ``act``."""
        if self.property("card") != kind:
            self.setProperty("card", kind)
            self.style().unpolish(self)
            self.style().polish(self)

    def _measure(self) -> None:
        theme = current_theme()
        self.body.setContentsMargins(*(theme.px(self._padding),) * 4)
        self.body.setSpacing(theme.px(self._gap))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()


class Columns(QWidget):
    """Widgets side by side that stand below each other when there is too little room."""

    def __init__(self, narrow_below: int = 640, *, gap: int = GAP, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow_below, self._gap = narrow_below, gap
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(current_theme().px(gap))

    def add(self, widget: QWidget, stretch: int = 1) -> None:
        """Append a widget; ``stretch`` is its share of the width."""
        self.row.addWidget(widget, stretch)

    @property
    def is_narrow(self) -> bool:
        """True while the widgets stand below each other."""
        return self.row.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """Need no more width than the widest widget alone: in a row, the sum would keep the row from folding."""
        items = [self.row.itemAt(place) for place in range(self.row.count())]
        widest = max((item.minimumSize().width() for item in items if item and not item.isEmpty()), default=0)
        return QSize(widest, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        self.row.setSpacing(current_theme().px(self._gap))
        narrow = self.width() < current_theme().px(self._narrow_below)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if wanted != self.row.direction():
            self.row.setDirection(wanted)
            # Qt has just laid this out in the old direction and may not ask again by itself.
            self._settle()
            QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        self.row.invalidate()
        self.row.setGeometry(self.contentsRect())
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose row or column."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Choose again when the text size changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()


def line(parent: QWidget | None = None) -> QFrame:
    """Draw a thin line between rows."""
    frame = QFrame(parent)
    frame.setObjectName("line")
    return frame
