"""Draws the bundled line icons in a token's colour. Before this: resources/icons. After it: buttons, rows, the rail.

Pictures are kept by Qt's own cache, so a second use costs nothing.
"""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from desktop.window.theme import RESOURCES, current_theme


@cache
def _svg(name: str) -> str:
    folder = RESOURCES if name == "icon" else RESOURCES / "icons"
    return (folder / f"{name}.svg").read_text(encoding="utf-8")


def read_all() -> int:
    """Read every drawing once, at the start, so that no page has to open a file later; returns how many."""
    names = [path.stem for path in (RESOURCES / "icons").glob("*.svg")]
    return sum(bool(_svg(name)) for name in ["icon", *names])


def _ratio() -> float:
    screen = QGuiApplication.primaryScreen()
    return screen.devicePixelRatio() if screen else 1.0


def pixmap(name: str, tint: str = "text2", size: float = 20) -> QPixmap:
    """Draw an icon at ``size`` px (times the text size), sharp on the screen it is for.

    ``icon`` is the program's mark.
    """
    theme = current_theme()
    length, ratio = theme.px(size), _ratio()
    key = f"{name}/{theme.color(tint)}/{length}/{ratio}"
    picture = QPixmap()
    if QPixmapCache.find(key, picture):
        return picture
    picture = QPixmap(QSize(length, length) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    source = _svg(name).replace("currentColor", theme.color(tint))
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, length, length))
    painter.end()
    QPixmapCache.insert(key, picture)
    return picture


def icon(name: str, tint: str = "text2", size: float = 20) -> QIcon:
    """Draw an icon for a button or a menu."""
    return QIcon(pixmap(name, tint, size))
