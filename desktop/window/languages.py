"""Puts the window's own words into a language while it runs.

Before this on the path: the setting ``language``. After it: every ``tr`` in the window.
Finding texts come from the service.

New or changed strings: ``pyside6-lupdate -locations none -no-obsolete`` over all files of the window into each
``resources/translations/plainwatch_*.ts``, translate, then ``pyside6-lrelease``. A test says when that was forgotten.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

LANGUAGES = ("en", "fr", "de", "lb")


class Languages:
    """Holds the translators; Qt forgets those that nobody keeps."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._installed: list[QTranslator] = []

    def use(self, wanted: str) -> str:
        """Install a language and return its code; an empty text means the system's, English when we lack it."""
        language = wanted or QLocale.system().name().partition("_")[0]
        language = language if language in LANGUAGES else "en"
        for old in self._installed:
            QCoreApplication.removeTranslator(old)
        # English needs a file as well: it holds the plurals.
        files = (
            (Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)), f"qtbase_{language}"),
            (self._folder, f"plainwatch_{language}"),
        )
        self._installed = []
        for folder, name in files:
            translator = QTranslator()
            if translator.load(name, str(folder)):
                QCoreApplication.installTranslator(translator)
                self._installed.append(translator)
        QLocale.setDefault(QLocale(language))
        return language
