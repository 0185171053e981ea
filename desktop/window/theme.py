"""Colours, sizes and the style sheet, all from one table of tokens.

Before this on the path: the settings (theme, text size). After it: every widget, through ``current_theme()``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
THEMES = ("light", "dark", "contrast")
TEXT_SIZES = (100, 125, 150, 200)
THIN_PX = 2  # lines up to this width do not grow with the text

# One row a token: light, dark, high contrast. tests/desktop/window/test_theme.py holds every pair against WCAG AA.
TOKENS: dict[str, tuple[str, str, str]] = {
    "bg": ("#F4F6FA", "#0F141B", "#000000"),
    "surface": ("#FFFFFF", "#171E28", "#000000"),
    "sunken": ("#EDF1F6", "#1F2834", "#1C1C1C"),
    "line": ("#DCE2EA", "#2B3644", "#FFFFFF"),
    "control": ("#76849A", "#8391A5", "#FFFFFF"),
    "text": ("#141B26", "#EAEFF6", "#FFFFFF"),
    "text2": ("#4B586B", "#A9B6C7", "#FFFFFF"),
    "primary": ("#2F54D0", "#8FAAFF", "#FFE14D"),
    "primaryHover": ("#2545B4", "#A8BDFF", "#FFF09A"),
    "primaryPressed": ("#1C3894", "#7C99F2", "#E0C22E"),
    "onPrimary": ("#FFFFFF", "#0C1738", "#000000"),
    "primarySoft": ("#E8EDFC", "#1F2B4D", "#000000"),
    "info": ("#2F54D0", "#8FAAFF", "#FFE14D"),
    "infoSoft": ("#E8EDFC", "#1F2B4D", "#000000"),
    "infoFill": ("#2F54D0", "#8FAAFF", "#FFE14D"),
    "ok": ("#17714A", "#62D39A", "#7CFFB0"),
    "okSoft": ("#E2F4EA", "#143026", "#000000"),
    "okFill": ("#1C8A5A", "#4CC98B", "#7CFFB0"),
    "look": ("#8A5300", "#F3C063", "#FFD24D"),
    "lookSoft": ("#FDF0D7", "#352A12", "#000000"),
    "lookFill": ("#C26D00", "#F0B84A", "#FFD24D"),
    "act": ("#B3261E", "#FF9A90", "#FF9E94"),
    "actSoft": ("#FCE9E7", "#3D1D1B", "#000000"),
    "actFill": ("#C9352B", "#FF8A7E", "#FF9E94"),
    "okEdge": ("#E2F4EA", "#143026", "#7CFFB0"),  # as the soft ground, but a line of its own in high contrast
    "actEdge": ("#FCE9E7", "#3D1D1B", "#FF9E94"),
    "primaryEdge": ("#E8EDFC", "#1F2B4D", "#FFE14D"),
    "focus": ("#2F54D0", "#A8BDFF", "#00E5FF"),
    "neutral": ("#4B586B", "#A9B6C7", "#FFFFFF"),
    "neutralSoft": ("#EDF1F6", "#1F2834", "#000000"),
    "neutralFill": ("#76849A", "#8391A5", "#FFFFFF"),
}


@dataclass(frozen=True, slots=True)
class Theme:
    """One look: which column of the table, and how large the text is."""

    name: str = "light"
    """``light``, ``dark`` or ``contrast``."""
    text_percent: int = 100
    """100, 125, 150 or 200; every length follows it."""

    def color(self, token: str) -> str:
        """Look up a token; raises KeyError for a name that is not in the table."""
        return TOKENS[token][THEMES.index(self.name)]

    def qcolor(self, token: str) -> QColor:
        """Look up a token for painting."""
        return QColor(self.color(token))

    def px(self, length: float) -> int:
        """Scale a length in pixels with the text size."""
        return round(length * self.text_percent / 100)

    @property
    def line_px(self) -> int:
        """Width of card lines: strong in high contrast."""
        return 2 if self.name == "contrast" else 1


class Appearance(QObject):
    """The look in use; one object for the program, kept on the application."""

    about_to_change = Signal()
    changed = Signal()

    def __init__(self, theme: Theme | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme or Theme()
        self.apply()

    @property
    def theme(self) -> Theme:
        """The look in use."""
        return self._theme

    def set_theme(self, name: str) -> None:
        """Change colours; ``system`` follows the system's wish."""
        self._use(replace(self._theme, name=system_theme() if name == "system" else name))

    def set_text_percent(self, percent: int) -> None:
        """Change the size of everything."""
        nearest = min(TEXT_SIZES, key=lambda size: abs(size - percent))
        self._use(replace(self._theme, text_percent=nearest))

    def step_text(self, steps: int) -> int:
        """Go to the next larger (1) or smaller (-1) text size, 0 for the usual one; returns the size now in use."""
        place = TEXT_SIZES.index(self._theme.text_percent) + steps if steps else 0
        self.set_text_percent(TEXT_SIZES[max(0, min(place, len(TEXT_SIZES) - 1))])
        return self._theme.text_percent

    def _use(self, theme: Theme) -> None:
        if theme != self._theme:
            self._theme = theme
            self.about_to_change.emit()
            self.apply()
            self.changed.emit()

    def apply(self) -> None:
        """Give the application palette, font size and style sheet of the look."""
        app = QApplication.instance()
        if not isinstance(app, QApplication):
            return
        app.setProperty("look", f"{self._theme.name} {self._theme.text_percent}")
        app.setPalette(make_palette(self._theme))
        app.setFont(usual_font(self._theme))
        app.setStyleSheet(style_sheet(self._theme))


def usual_font(theme: Theme) -> QFont:
    """The typeface at the size of plain text."""
    font = QFont("Inter")
    font.setPixelSize(theme.px(14))
    return font


def current_theme() -> Theme:
    """Read the look in use from the application, which is the one place every widget can reach."""
    app = QApplication.instance()
    return _theme_named(str(app.property("look") or "light 100") if app else "light 100")


@cache
def _theme_named(look: str) -> Theme:
    name, percent = look.split()
    return Theme(name, int(percent))


def system_theme() -> str:
    """Ask the system which look it wants: high contrast first, then dark or light."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return "light"
    hints = app.styleHints()  # kept in a name: the object Python gets here is gone with its last reference
    accessibility = getattr(hints, "accessibility", lambda: None)()
    if accessibility is not None and accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def make_palette(theme: Theme) -> QPalette:
    """Fill the palette, for what Fusion paints itself: tool tips, selections, menus."""
    palette = QPalette()
    role = QPalette.ColorRole
    for slot, token in (
        (role.Window, "bg"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "sunken"),
        (role.Text, "text"),
        (role.PlaceholderText, "text2"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "text"),
        (role.Highlight, "primary"),
        (role.HighlightedText, "onPrimary"),
        (role.Link, "primary"),
        (role.Accent, "primary"),
    ):
        palette.setColor(slot, theme.qcolor(token))
    return palette


@cache
def _sheet_source() -> str:
    return (RESOURCES / "style" / "plainwatch.qss").read_text(encoding="utf-8")


@cache
def style_sheet(theme: Theme) -> str:
    """Fill the tokens into the style sheet: ``@name`` is a colour, lengths in px follow the text size."""

    def length(found: re.Match[str]) -> str:
        number = float(found[1])
        return f"{theme.px(number) if number > THIN_PX else round(number)}px"

    sheet = re.sub(r"\b(\d+(?:\.\d+)?)px", length, _sheet_source())
    sheet = sheet.replace("@lineWidth", f"{theme.line_px}px")
    return re.sub(r"@(\w+)", lambda found: theme.color(found[1]), sheet)
