"""Findings in the words of rows: names, folders, times."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from desktop.service.events import Progress
from desktop.service.keeping.kept import RunFacts
from desktop.window.pages.findings import FindingsPage
from desktop.window.pages.found import (
    area_of,
    as_title,
    how_long_ago,
    is_recorded,
    join_facts,
    place_of,
    tell_headlines,
)
from desktop.window.pages.run_words import run_mark, say_progress, share_of
from detectors.contract.finding import Subject
from tests.desktop.window.steps import on_stage, rename
from tests.factories import make_finding

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ENGLISH = QLocale("en")


@pytest.mark.parametrize(
    ("age_s", "words"),
    [(0, "just now"), (59, "just now"), (60, "1 minute"), (3_599, "59 minute"), (3_600, "today at ")],
)
def test_what_is_fresh_is_told_in_minutes(application, age_s, words):
    now = datetime.now().astimezone().replace(hour=12, minute=0)
    assert how_long_ago(ENGLISH, now - timedelta(seconds=age_s), now).startswith(words)


def test_a_clock_that_was_set_back_gives_a_time_not_a_negative_age(application):
    assert how_long_ago(ENGLISH, NOW + timedelta(minutes=5), NOW).endswith(
        (NOW + timedelta(minutes=5)).astimezone().strftime("%H:%M")
    )


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("/home/maria/Downloads/a.docm", "Downloads"),
        ("C:\\Users\\Maria\\Desktop\\a.docm", "Desktop"),
        ("/home/maria/photos.zip!holiday/a.php", "holiday"),
        ("a.docm", ""),
    ],
)
def test_the_folder_of_a_file_is_its_last_one(name, place):
    assert place_of(make_finding(name)) == place


def test_a_computer_is_in_its_recording_and_a_program_nowhere():
    host = Subject("host", "192.0.2.7")
    seen = make_finding(
        subject=host, source="/home/maria/<b>office.pcap", identity=("/home/maria/<b>office.pcap", "day")
    )
    assert place_of(seen) == "<b>office.pcap"
    assert is_recorded(seen)
    assert place_of(make_finding(subject=host, source="live", identity=("2026-11-23",))) == ""
    assert place_of(make_finding(subject=Subject("process", "/usr/bin/thing"))) == ""
    assert area_of(Subject("process", "x")) == "programs"
    assert area_of(Subject("host", "x")) == "network"


def test_empty_facts_leave_no_gap():
    assert join_facts("a", "", "b") == "a  ·  b"
    assert as_title("A sentence.") == "A sentence"


def test_a_headline_is_worded_once_for_each_reason(application, light):
    with on_stage(FindingsPage) as stage:
        service = stage.service
        kept = [rename(service.kept[0], f"/home/maria/{n}.docm") for n in range(50)]
        asked = []
        explain = service.explain
        service.explain = lambda *args: asked.append(args) or explain(*args)
        told = list(tell_headlines(service, kept, "en"))
    assert len(told) == 50
    assert len({headline for _kept, headline in told}) == 1
    assert len(asked) == 1


def test_progress_says_about_until_counting_is_done(application):
    guess = Progress(12_400, 48_000, True, "/", (170.0, 310.0))
    sure = Progress(12_400, 48_000, False, "/", None)
    assert say_progress(ENGLISH, guess).startswith("12,400 of about 48,000 files. About 3 to 5 minutes left.")
    assert say_progress(ENGLISH, sure) == "12,400 of 48,000 files. You can keep working."
    assert share_of(sure) == pytest.approx(0.2583, abs=1e-4)
    assert share_of(Progress(0, 0, True, "", None)) == 0.0
    assert share_of(Progress(9, 3, True, "", None)) == 1.0


@pytest.mark.parametrize(
    ("verdict", "stopped", "mark"),
    [("clean", False, "calm"), ("clean", True, "gap"), ("not_fully_checked", False, "gap"), ("found", False, "info")],
)
def test_a_run_is_calm_only_when_it_was_clean_and_went_to_its_end(verdict, stopped, mark):
    run = RunFacts(1, "check", "quick", NOW, NOW, verdict, 1, 1, 0, 0, 1.0, stopped)
    assert run_mark(run) == mark
