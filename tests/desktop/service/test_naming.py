from __future__ import annotations

import pytest

from desktop.service.naming import folder_words, take_apart
from desktop.service.service import PROGRAM_FOLDER
from desktop.service.texts import LANGUAGES, Texts
from detectors.contract.places import ComputerFacts, known_places

TEXTS = Texts(PROGRAM_FOLDER / "resources" / "texts")
LINUX = known_places(ComputerFacts("linux", "/home/maria"))
WINDOWS = known_places(ComputerFacts("win32", "C:\\Users\\Maria"))


@pytest.mark.parametrize(
    ("name", "base", "archive"),
    [
        ("/x/letter.docm", "letter.docm", ""),
        ("/x/parcel.zip!in/letter.docm", "letter.docm", "parcel.zip"),
        ("/x/parcel.zip!inner.zip!in\\letter.docm", "letter.docm", "parcel.zip"),
        ("/x/Wow!/letter.docm", "letter.docm", ""),
        ("/x/Wow!", "Wow!", ""),
        ("/x/Stop!now.txt", "Stop!now.txt", ""),
        ("/x/parcel.zip!", "parcel.zip!", ""),
        ("/x/.hidden", ".hidden", ""),
        ("/", "/", ""),
        ("", "", ""),
        ("parcel.zip!a!", "a!", "parcel.zip"),
    ],
)
def test_names_are_taken_apart(name: str, base: str, archive: str):
    taken = take_apart(name, "linux")
    assert (taken.base, taken.archive) == (base, archive)


def where(name: str, language: str = "en") -> str:
    return folder_words(take_apart(name, "linux"), LINUX, TEXTS, language, "linux")


def test_places_have_friendly_names():
    assert where("/home/maria/Downloads/2026/a.txt") == "your downloads"
    assert where("/home/maria/a.txt") == "your own folder"
    assert where("/home/maria/Invoices/a.txt") == "the folder Invoices"
    assert where("/srv/a.txt", "de") == "dem Ordner „srv“"
    assert where("/a.txt") == "the folder /"
    assert where("/home/maria/Downloads/parcel.zip!a.txt") == "the packed file parcel.zip"
    assert where("/home/maria/.config/autostart/a.desktop") == "the folder of things that start by themselves"


def test_windows_places_are_known_whatever_the_case():
    name = take_apart("c:\\users\\maria\\downloads\\a.txt", "win32")
    assert name.base == "a.txt"
    assert folder_words(name, WINDOWS, TEXTS, "en", "win32") == "your downloads"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_folder_name_is_made_harmless(language: str):
    words = where("/srv/\x1b[1m\u202e" + "x" * 300 + "/a.txt", language)
    assert "\x1b" not in words
    assert "\u202e" not in words
    assert len(words) < 100
