"""Painted ranges: rows of shares with what they may be, a figure's usual range with today in it, the three-part light.

Before this on the path: measured shares and figures. After it: the screen; each has its words as accessible name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.window.theme import current_theme
from desktop.window.widgets.label import one_line
from desktop.window.widgets.painted import Painted
from desktop.window.widgets.shapes import draw_mark
from desktop.window.widgets.timeline_paint import small_font

ROW_PX, BAR_PX, DOT_PX = 26, 8, 12
LABEL_SHARE = 0.36
"""Of the width, at most, for what a row is called."""


@dataclass(frozen=True, slots=True)
class Range:
    """One row."""

    label: str
    """What was measured: may be a stranger's words."""
    words: str
    """The figure."""
    share: float
    """The best guess, 0 to 1."""
    lowest: float
    """Lower end of what it may be."""
    highest: float
    """Upper end."""
    is_marked: bool = False
    """Stands out, and the words say why."""


class RangeRows(Painted):
    """Label, bar with a line at the best guess, figure; a row each."""

    width_policy = QSizePolicy.Policy.Expanding

    def __init__(self, rows: Sequence[Range], *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._rows: Sequence[Range] = ()
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[Range]) -> None:
        """Show these rows."""
        self._rows = rows
        self.setAccessibleName(", ".join(f"{one_line(row.label)} {row.words}" for row in rows))
        self.updateGeometry()
        self.update()

    def wanted_size(self) -> tuple[float, float]:
        """One line for each row."""
        return 220, ROW_PX * max(len(self._rows), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw all rows on one scale."""
        if not self._rows:
            return
        theme, painter, metrics = current_theme(), QPainter(self), QFontMetricsF(small_font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(small_font())
        labels = [one_line(row.label) for row in self._rows]
        widest = max(metrics.horizontalAdvance(label) for label in labels)
        left = min(widest, self.width() * LABEL_SHARE) + theme.px(12)
        right = max(metrics.horizontalAdvance(row.words) for row in self._rows) + theme.px(12)
        bar = QRectF(left, 0, max(self.width() - left - right, theme.px(20)), theme.px(BAR_PX))
        high, side = theme.px(ROW_PX), Qt.AlignmentFlag.AlignVCenter
        for place, (row, label) in enumerate(zip(self._rows, labels, strict=True)):
            line = QRectF(0, place * high, self.width(), high)
            if not event.rect().intersects(line.toAlignedRect()):
                continue
            painter.setPen(theme.qcolor("text"))
            shown = metrics.elidedText(label, Qt.TextElideMode.ElideMiddle, left - theme.px(12))
            painter.drawText(line, side | Qt.AlignmentFlag.AlignLeft, shown)
            painter.setPen(theme.qcolor("look" if row.is_marked else "text2"))
            painter.drawText(line, side | Qt.AlignmentFlag.AlignRight, row.words)
            bar.moveTop(line.center().y() - bar.height() / 2)
            _draw_range(painter, bar, row)


def _draw_range(painter: QPainter, bar: QRectF, row: Range) -> None:
    """Draw the track, what the share may be, and a line at the best guess."""
    theme, round_px = current_theme(), bar.height() / 2
    _draw_track(painter, bar)
    painter.setPen(Qt.PenStyle.NoPen)
    colour = theme.qcolor("lookFill" if row.is_marked else "primary")
    colour.setAlpha(110 if theme.name != "contrast" else 255)
    painter.setBrush(colour)
    start, end = bar.left() + row.lowest * bar.width(), bar.left() + row.highest * bar.width()
    painter.drawRoundedRect(QRectF(start, bar.top(), max(end - start, bar.height()), bar.height()), round_px, round_px)
    x = bar.left() + row.share * bar.width()
    painter.setPen(QPen(theme.qcolor("text"), theme.px(2.5), c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(x, bar.top() - theme.px(2)), QPointF(x, bar.bottom() + theme.px(2)))


def _draw_track(painter: QPainter, bar: QRectF) -> None:
    theme = current_theme()
    painter.setPen(QPen(theme.qcolor("control"), 1) if theme.name == "contrast" else Qt.PenStyle.NoPen)
    painter.setBrush(theme.qcolor("sunken"))
    painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)


class UsualBand(Painted):
    """What is usual as a band, today as a dot in it or a triangle outside."""

    width_policy = QSizePolicy.Policy.Expanding

    def __init__(
        self, low: float, high: float, today: float | None, words: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self._low, self._high, self._today = low, high, today
        self.setAccessibleName(words)

    def wanted_size(self) -> tuple[float, float]:
        """One thin line with a dot."""
        return 120, 18

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, band and today."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.px(DOT_PX)
        bar = QRectF(size / 2, (self.height() - theme.px(6)) / 2, self.width() - size, theme.px(6))
        _draw_track(painter, bar)
        top = max(self._high, self._today or 0.0, 1e-9) * 1.2
        start, end = (bar.left() + value / top * bar.width() for value in (max(self._low, 0.0), self._high))
        band = theme.qcolor("okFill")
        band.setAlpha(255 if theme.name == "contrast" else 140)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(band)
        painter.drawRoundedRect(QRectF(start, bar.top(), max(end - start, bar.height()), bar.height()), 3, 3)
        if self._today is not None:
            x = bar.left() + max(self._today, 0.0) / top * bar.width()
            self._draw_today(painter, QPointF(x, bar.center().y()), size)

    def _draw_today(self, painter: QPainter, at: QPointF, size: float) -> None:
        theme, today = current_theme(), self._today or 0.0
        painter.setPen(QPen(theme.qcolor("surface"), theme.px(2)))
        if self._low <= today <= self._high:
            painter.setBrush(theme.qcolor("okFill"))
            painter.drawEllipse(at, size / 2, size / 2)
            return
        box = QRectF(at.x() - size * 0.7, at.y() - size * 0.7, size * 1.4, size * 1.4)
        draw_mark(painter, box, "look", theme.qcolor("lookFill"), theme.qcolor("surface"))


class LightBar(Painted):
    """Three places side by side; the one that holds is filled and carries a mark, all have their word below."""

    width_policy = QSizePolicy.Policy.Expanding
    marks = ("calm", "look", "look")

    def __init__(
        self, names: tuple[str, str, str], place: int | None, words: str, *, parent: QWidget | None = None
    ) -> None:
        """Build it.

        Args:
            names: Of the three places.
            place: Which one holds; None: not known yet.
            words: All of it in words.
            parent: As in Qt.
        """
        super().__init__(parent=parent)
        self._names, self._place = [one_line(name) for name in names], place
        self.setAccessibleName(words)

    def wanted_size(self) -> tuple[float, float]:
        """A bar and a line of words."""
        return 180, 42

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw bars, mark and words."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap, part = theme.px(6), (self.width() - 2 * theme.px(6)) / 3
        for place, name in enumerate(self._names):
            box = QRectF(place * (part + gap), theme.px(6), part, theme.px(8))
            _draw_track(painter, box)
            is_here = place == self._place
            tint = "ok" if place == 0 else "look"
            if is_here:
                self._draw_here(painter, box, place, f"{tint}Fill")
            font = small_font(strong=is_here)
            painter.setFont(font)
            painter.setPen(theme.qcolor(tint if is_here else "text2"))
            words = QRectF(box.left(), theme.px(20), part, theme.px(20))
            shown = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideRight, part)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, shown)

    def _draw_here(self, painter: QPainter, box: QRectF, place: int, fill: str) -> None:
        theme, size = current_theme(), current_theme().px(18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.qcolor(fill))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        middle = QRectF(box.center().x() - size / 2, box.center().y() - size / 2, size, size)
        painter.setBrush(theme.qcolor("surface"))
        painter.drawEllipse(middle.adjusted(-2, -2, 2, 2))
        draw_mark(painter, middle, self.marks[place], theme.qcolor(fill), theme.qcolor("surface"))
