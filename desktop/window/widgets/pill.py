"""The small coloured label that names a level: shape, word and colour together."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desktop.window.theme import Theme, current_theme
from desktop.window.widgets.label import one_line
from desktop.window.widgets.painted import Painted
from desktop.window.widgets.shapes import draw_mark, mark_of, tokens_of
from detectors.contract.finding import Level

HEIGHT, SIDE, SHAPE, SPACE = 22, 10, 13, 6


def pill_font(theme: Theme) -> QFont:
    """The type of pills: 13 px, half bold."""
    font = QFont("Inter")
    font.setPixelSize(theme.px(13))
    font.setWeight(QFont.Weight.DemiBold)
    return font


def pill_width(theme: Theme, text: str) -> int:
    """How wide a pill with this text is."""
    words = QFontMetricsF(pill_font(theme)).horizontalAdvance(text)
    return theme.px(2 * SIDE + SHAPE + SPACE) + round(words) + 1


def draw_pill(painter: QPainter, box: QRectF, mark: str, text: str) -> None:
    """Draw a pill; used by the widget and by table rows alike."""
    theme = current_theme()
    word, soft, _fill = (theme.qcolor(token) for token in tokens_of(mark))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(word, 1) if theme.name == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(soft)
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), box.height() / 2, box.height() / 2)
    size = theme.px(SHAPE)
    shape = QRectF(box.left() + theme.px(SIDE), box.center().y() - size / 2, size, size)
    draw_mark(painter, shape, mark, word, soft)
    painter.setFont(pill_font(theme))
    painter.setPen(word)
    room = box.adjusted(theme.px(SIDE + SHAPE + SPACE), 0, 0, 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()


class LevelPill(Painted):
    """Shape, word and colour of a level or a state."""

    def __init__(self, level: Level | str, text: str | None = None, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._mark, self._text = "", ""
        self.set_level(level, text)

    @property
    def text(self) -> str:
        """The word on it."""
        return self._text

    def set_level(self, level: Level | str, text: str | None = None) -> None:
        """Show another level, with its usual word or with ``text``."""
        self._mark = mark_of(level)
        self._text = one_line(text) if text is not None else self.word_for(self._mark)
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def word_for(self, mark: str) -> str:
        """The usual word for a mark."""
        words = {
            "act": self.tr("Act now"),
            "look": self.tr("Check today"),
            "info": self.tr("Good to know"),
            "calm": self.tr("Calm"),
            "done": self.tr("Done"),
            "checking": self.tr("Checking"),
            "paused": self.tr("Paused"),
            "gap": self.tr("Not everything was looked at"),
            "not_yet": self.tr("Not looked at yet"),
            "never": self.tr("No check yet"),
            "none": self.tr("No check"),
        }
        return words[mark]

    def sizeHint(self) -> QSize:
        """As wide as the word."""
        theme = current_theme()
        return QSize(pill_width(theme, self._text), theme.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        del event
        draw_pill(QPainter(self), QRectF(self.rect()), self._mark, self._text)
