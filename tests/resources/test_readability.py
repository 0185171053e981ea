"""The measures themselves, worked out by hand."""

from __future__ import annotations

import pytest

from tests.resources.readability import english_grade, english_syllables, lix, sentences, words


def test_a_file_name_is_one_word_and_its_dot_ends_no_sentence():
    text = "Open invoice_0423.docm now. It waits."
    assert words(text) == ["Open", "invoice_0423.docm", "now", "It", "waits"]
    assert sentences(text) == ["Open invoice_0423.docm now.", "It waits."]


def test_an_elided_article_is_a_word_of_its_own():
    assert words("Laissez l'ordinateur allumé.") == ["Laissez", "l", "ordinateur", "allumé"]


def test_a_quoted_question_ends_a_sentence():
    assert sentences("Ask: “Is it yours?” Then wait.") == ["Ask: “Is it yours?", "Then wait."]


def test_lix_by_hand():
    # 8 words in 2 sentences = 4; long are "computer" and "network" (7 letters): 2 of 8 = 25 %.
    assert lix("Leave this computer on. Unplug the network now.") == pytest.approx(4 + 25)


def test_lix_counts_seven_letters_as_long_and_six_not():
    assert lix("folder.") == pytest.approx(1)
    assert lix("folders.") == pytest.approx(1 + 100)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("file", 1),
        ("table", 2),
        ("changed", 1),
        ("wanted", 2),
        ("computer", 3),
        ("we", 1),
        ("the", 1),
        ("boxes", 2),
        ("looked", 1),
        ("program", 2),
        ("rules", 1),
        ("0423", 1),
    ],
)
def test_syllables_as_people_speak_them(word: str, syllables: int):
    assert english_syllables(word) == syllables


def test_grade_by_hand():
    # 6 words, 2 sentences, syllables 1+1+1 and 1+1+3 = 8: 0.39 * 3 + 11.8 * 8 / 6 - 15.59
    assert english_grade("The file waits. Leave the computer.") == pytest.approx(0.39 * 3 + 11.8 * 8 / 6 - 15.59)
