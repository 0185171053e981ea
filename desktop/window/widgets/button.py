"""Buttons. One primary a page, everything else outlined or a link. Buttons say what happens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import (
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from desktop.window.icons import icon as draw_icon
from desktop.window.icons import pixmap as draw_pixmap
from desktop.window.theme import current_theme
from desktop.window.widgets.label import for_button, one_line

ICON = 18
ICON_GAP = "\u2004"  # Fusion sets icon and text too close, and style sheets know no such distance


class _Button(QPushButton):
    """What all our buttons share: escaped text, an icon that follows the theme, Enter presses."""

    kind = "outline"
    tint = "text"

    def __init__(self, text: str = "", icon: str | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon
        self.setProperty("kind", self.kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_text(text)
        self._paint_icon()

    def set_text(self, text: str) -> None:
        """Show this text, with ``&`` as itself, and read it aloud."""
        self.setText(f"{ICON_GAP if self._icon_name and text else ''}{for_button(text)}")
        self.setAccessibleName(one_line(text))

    def set_icon(self, name: str | None) -> None:
        """Change the icon."""
        self._icon_name = name
        self._paint_icon()

    def _paint_icon(self) -> None:
        length = current_theme().px(ICON)
        self.setIconSize(QSize(length, length))
        if self._icon_name:
            tint = "primary" if self.isChecked() else self.tint
            self.setIcon(draw_icon(self._icon_name, tint, ICON))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again in the new colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._paint_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button, as it does on a web page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class PrimaryButton(_Button):
    """The one obvious next step."""

    kind = "primary"
    tint = "onPrimary"


class OutlineButton(_Button):
    """Another thing one can do."""


class ChipButton(_Button):
    """A small round choice, for filters. Checkable."""

    kind = "chip"

    def __init__(self, text: str = "", icon: str | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(text, icon, parent=parent)
        self.setCheckable(True)


class LinkButton(_Button):
    """Goes somewhere, changes nothing."""

    kind = "link"
    tint = "primary"


class IconButton(_Button):
    """An icon alone; ``name`` is read aloud and shown as tool tip."""

    kind = "icon"

    def __init__(self, icon: str, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__("", icon, parent=parent)
        self.setAccessibleName(one_line(name))
        self.setToolTip(name)


class MenuButton(_Button):
    """One choice of a few, as a button with a menu: ``State  Open``."""

    kind = "menu"
    chosen = Signal(str)

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, str]],
        current: str = "",
        *,
        parent: QWidget | None = None,
    ) -> None:
        """Build it.

        Args:
            label: What is chosen, shown before the value; may be empty.
            options: Key and text of each choice.
            current: Key of the choice now in use; the first one when empty.
            parent: As in Qt.
        """
        super().__init__(parent=parent)
        self._label, self._options = label, dict(options)
        self._current = current if current in self._options else next(iter(self._options))
        menu, group = QMenu(self), QActionGroup(self)
        for key, text in options:
            action = QAction(for_button(text), menu, checkable=True, checked=key == self._current)
            action.triggered.connect(lambda _checked=False, key=key: self._choose(key))
            group.addAction(action)
            menu.addAction(action)
        self.setMenu(menu)
        self.set_current(self._current)

    @property
    def current(self) -> str:
        """Key of the choice in use."""
        return self._current

    def set_current(self, key: str) -> None:
        """Show another choice without telling anybody."""
        self._current = key
        text = self._options[key]
        self._shown = f"{self._label}  {text}" if self._label else text
        self.set_text(self._shown)
        self.setAccessibleName(f"{self._label}: {text}" if self._label else text)

    def _choose(self, key: str) -> None:
        if key != self._current:
            self.set_current(key)
            self.chosen.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu with Enter or Down."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.showMenu()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text at the left and the arrow at the right; Qt would centre the text over both."""
        del event
        theme, painter, option = current_theme(), QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setPen(theme.qcolor("text"))
        room = self.rect().adjusted(theme.px(14), 0, -theme.px(30), 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, one_line(self._shown))
        size = theme.px(16)
        arrow = draw_pixmap("chevron-down", "text2", 16)
        painter.drawPixmap(self.width() - size - theme.px(12), (self.height() - size) // 2, arrow)
