"""Loads the bundled typeface.

Before this on the path: the files in resources/fonts. After it: the style sheet, which names Inter.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase

CUTS = ("Regular", "Medium", "SemiBold", "Bold")


def load_fonts(folder: Path) -> int:
    """Register the four static cuts; the variable file gives no real weights in Qt.

    Returns:
        How many were loaded. Fewer than four only make the text look different, so nothing is raised.
    """
    loaded = (QFontDatabase.addApplicationFont(str(folder / f"Inter-{cut}.ttf")) for cut in CUTS)
    return sum(number >= 0 for number in loaded)
