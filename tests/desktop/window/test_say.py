"""Times and numbers as people say them."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from desktop.window import say
from desktop.window.languages import Languages
from desktop.window.theme import RESOURCES

ENGLISH = QLocale("en")
NOON = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
def english(application):
    languages = Languages(RESOURCES / "translations")
    languages.use("en")
    return languages


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOON.replace(hour=9, minute=10), "today at 09:10"),
        (NOON.replace(hour=23, minute=40) - timedelta(days=1), "yesterday at 23:40"),
    ],
)
def test_a_moment_is_said_as_a_person_would(at, words):
    assert say.when(ENGLISH, at.astimezone(UTC), NOON) == words


def test_older_moments_name_their_day():
    at = datetime(2026, 11, 16, 8, 0).astimezone()
    assert say.when(ENGLISH, at, at + timedelta(days=9)) == "Monday 16 November at 08:00"


def test_days_follow_the_language(english):
    english.use("de")
    at = datetime(2026, 11, 16, 8, 0).astimezone()
    assert say.day(QLocale("de"), at) == "Montag, 16. November"
    english.use("en")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (40, "40 seconds"), (243, "4 minutes"), (60, "1 minute"), (7_300, "2 hours")],
)
def test_durations_are_rounded_as_people_round(seconds, words):
    assert say.duration(seconds) == words


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (None, ""),
        ((5.0, 20.0), "Less than a minute left."),
        ((50.0, 70.0), "About 1 minute left."),
        ((180.0, 300.0), "About 3 to 5 minutes left."),
        ((240.0, 250.0), "About 4 minutes left."),
    ],
)
def test_what_is_left_is_a_range(left, words):
    assert say.time_left(left) == words


def test_numbers_and_sizes_follow_the_language():
    assert say.number(ENGLISH, 48_212) == "48,212"
    assert say.number(QLocale("de"), 48_212) == "48.212"
    assert say.size(ENGLISH, 2_100_000_000) == "2.1 GB"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/home/maria/Downloads/a.docm", "a.docm"),
        ("C:\\Users\\Maria\\a.docm", "a.docm"),
        ("/home/maria/all.zip!inner/a.docm", "a.docm"),
        ("/", "/"),
    ],
)
def test_the_last_part_of_a_path_is_its_name(path, name):
    assert say.file_name(path) == name
