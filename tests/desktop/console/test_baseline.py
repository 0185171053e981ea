"""What is usual here, as typed: the light, learning again, going back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop.console import face
from desktop.service.keeping.database import Database
from tests.learned_factories import CountedComputer

LEARNED, SINCE = 10, 8
CHANGED = (
    "This computer's work has changed since we learned what is normal, so our alarms are less reliable. Learn again?"
)


@pytest.fixture
def lived(worker):
    """A computer that learned for ten days; eight more may follow, up to yesterday."""
    first = datetime.now(UTC).date() - timedelta(days=LEARNED + SINCE)
    computer = CountedComputer(Database(face.default_data_folder()), first)
    yield computer
    computer.database.close()


def test_while_learning_the_end_is_in_sight(lived, command):
    lived.live(4)
    told = command("models", "drift")
    assert told.code == 0
    assert told.out == "We are still learning what is normal here: day 4 of 10.\n"
    assert command("models", "learn").code == 0
    refused = command("models", "learn", "--yes")
    assert refused.code == 2
    assert "so far 4" in refused.err


def test_ordinary_days_are_as_learned(lived, command):
    lived.learn_first()
    lived.live(SINCE)
    told = command("models", "drift")
    assert told.code == 0
    assert told.out.splitlines() == [
        "This computer's work is still what we learned to be normal.",
        "5 days were compared with what was learned.",
    ]


def test_a_change_is_told_in_words_and_plain_figures(lived, command):
    lived.learn_first()
    lived.live(5)
    lived.live(3, moved=True)
    lines = command("models", "drift").out.splitlines()
    assert lines[0].endswith("Learn again?")
    assert lines[1].startswith("Seen first on ")
    assert any(": usually " in line and ", now " in line for line in lines)
    line = command("models", "drift", "--format", "jsonl").lines[0]
    assert (line["type"], line["days"], line["learning"]["is_over"]) == ("drift", 5, True)
    assert line["light"] in ("changed", "very_different")
    assert line["causes"][0]["distance"] > 1


def test_the_sentence_of_a_change_is_the_agreed_one(lived):
    from desktop.console.face import read_texts

    assert read_texts().get("drift.light_changed", "en") == CHANGED


@pytest.mark.parametrize("language", ["en", "fr", "de", "lb"])
def test_every_language_tells_the_light_the_preview_and_the_pictures(lived, command, language):
    lived.learn_first()
    lived.live(SINCE, moved=True)
    for words in (("drift",), ("learn",), ("restore",)):
        told = command("models", *words, "--language", language)
        assert told.code == 0
        assert told.out
        assert not any(mark in told.out for mark in ("[drift.", "{", "?}"))


def test_a_preview_changes_nothing_and_yes_learns_and_restore_goes_back(lived, command):
    lived.learn_first()
    lived.live(SINCE, moved=True)
    shown = command("models", "learn")
    assert shown.code == 0
    assert "Learning again would use 18 days" in shown.out
    assert shown.out.splitlines()[-1] == "Nothing was changed. To learn this: main.py models learn --yes"
    assert len(command("models", "restore", "--format", "jsonl").lines) == 1
    learned = command("models", "learn", "--yes")
    assert learned.code == 0
    assert "picture 2 of what is normal here is in use now" in learned.out
    assert "main.py models restore 1" in learned.out
    back = command("models", "restore", "1", "--format", "jsonl")
    assert (back.lines[0]["number"], back.lines[0]["in_use"]) == (1, True)
    listed = command("models", "restore").out.splitlines()
    assert [line.startswith("Picture ") for line in listed] == [True, True]
    assert "in use" in listed[1]
    assert "in use" not in listed[0]


def test_learning_can_be_taken_back_in_the_journal(lived, command):
    lived.learn_first()
    lived.live(SINCE)
    command("models", "learn", "--yes")
    lines = command("journal", "list", "--format", "jsonl").lines
    act = next(line for line in lines if line["act"] == "baseline_learned" and line["subject"] == "2")
    assert command("journal", "undo", str(act["id"])).code == 0
    in_use = [line["number"] for line in command("models", "restore", "--format", "jsonl").lines if line["in_use"]]
    assert in_use == [1]


def test_too_few_new_days_are_a_reason_and_wrong_use_only_with_yes(lived, command):
    lived.learn_first()
    lived.live(2)
    shown = command("models", "learn")
    assert shown.code == 0
    assert shown.out.splitlines()[-1].startswith("Not now: too few days")
    assert command("models", "learn", "--yes").code == 2
    assert command("models", "learn", "--format", "jsonl").lines[0]["refused_because"] == "too_few_days"


def test_a_picture_that_is_not_there_is_said(lived, command):
    lived.learn_first()
    told = command("models", "restore", "7")
    assert told.code == 2
    assert "picture number 7" in told.err
