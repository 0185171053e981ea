"""Times and numbers as people say them."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from desktop.service.events import Progress
from desktop.window import say
from desktop.window.languages import Languages
from desktop.window.theme import RESOURCES
from desktop.window.widgets.strip import Strip

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


@pytest.mark.parametrize(
    ("days", "words"), [(0, "today"), (1, "yesterday"), (7, "on Monday 16 November"), (400, "on 19 Oct 2025")]
)
def test_a_day_fits_behind_a_time(days, words):
    now = datetime(2026, 11, 23, 12, 0).astimezone()
    assert say.on_day(ENGLISH, now - timedelta(days=days), now) == words


@pytest.mark.parametrize("seconds", [-1.0, 0.0, 2.0**40, 2.0**63, float("inf")])
def test_times_of_recordings_are_held_in_bounds(seconds):
    assert 1969 <= say.moment(seconds).year <= 9999


@pytest.mark.parametrize(("iso", "words"), [("2024-06-20", "June 2024"), ("", ""), ("<b>", ""), ("2024-13-01", "")])
def test_the_month_of_data_is_said_or_nothing(iso, words):
    assert say.month(ENGLISH, iso) == words


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (Progress(48_000_000, 120_000_000, False, "", None, "bytes"), "48.0 MB of 120.0 MB read."),
        (Progress(12, 30, False, "", None, "seconds"), "12 of 30 seconds."),
        (Progress(12_400, 48_000, True, "", None), "12,400 of about 48,000 files."),
    ],
)
def test_progress_is_counted_in_its_own_unit(progress, words):
    assert say.counted(ENGLISH, progress).replace("\xa0", " ") == words


def test_the_strip_says_what_is_read(light):
    strip = Strip()
    strip.set_progress(Progress(3, 30, False, "", None, "seconds"))
    assert strip.label.full_text == "Looking at the network. 3 of 30 seconds."
    strip.set_progress(Progress(1, 4, False, "", (60.0, 60.0), "bytes"), "Reading <b>a.pcap")
    assert strip.label.full_text == "Reading <b>a.pcap. 1 bytes of 4 bytes read. About 1 minute left."
    strip.set_progress(None, "Listening on eth0")
    assert strip.label.full_text == "Listening on eth0."
    strip.deleteLater()
