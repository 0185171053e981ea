import string

import pytest

from models.train.name_makers import NOT_TAUGHT, PEOPLE, PROGRAMS, draw, plain, words_of

LABEL = set(string.ascii_lowercase + string.digits + "-")


@pytest.mark.parametrize(("name", "make"), [*PROGRAMS.items(), *PEOPLE.items()], ids=lambda one: str(one)[:20])
def test_every_class_makes_different_names_of_the_form_a_domain_has(name, make):
    labels = draw(make, 50, name)
    assert len(set(labels)) == len(labels) >= 30
    for label in labels:
        assert set(label) <= LABEL, label
        assert 4 <= len(label) <= 63
        assert label.strip("-") == label


def test_the_same_seed_makes_the_same_names():
    assert draw(PROGRAMS["letters"], 20, "a") == draw(PROGRAMS["letters"], 20, "a")
    assert draw(PROGRAMS["letters"], 20, "a") != draw(PROGRAMS["letters"], 20, "b")


def test_there_are_enough_classes_to_hold_some_out():
    assert len(set(PROGRAMS) - NOT_TAUGHT) >= 15
    assert set(PROGRAMS) >= NOT_TAUGHT
    assert len(words_of()) >= 8
    assert set(words_of()) <= set(PEOPLE)


def test_each_language_has_words_of_its_own():
    assert all(len(set(words)) >= 60 for words in words_of().values())


def test_words_are_written_with_plain_letters_where_a_name_needs_them():
    assert plain("bäckerei") == "baeckerei"
    assert plain("château") == "chateau"
