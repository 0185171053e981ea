import numpy as np

from detectors.features.name_features import NAMES
from detectors.features.name_reasons import judge_names

USUAL = [11.0, 0.0, 2.0, 3.0, 0.0, 0.5, 0.0, 0.0]
FACTS = {"usual": USUAL, "limits": [[3, 1.0], [5, 0.5]]}


def by(column, weight=1.0):
    place = NAMES.index(column)
    return lambda rows: np.asarray(weight * (rows[:, place] - USUAL[place]), np.float32)


def test_two_names_are_too_few():
    assert not judge_names(by("name_longest_consonants"), FACTS, ["bcdfghjk", "zxcvbnm"]).is_computed


def test_the_mean_counts_and_the_limit_follows_the_number_of_names():
    score = by("name_longest_consonants", 0.25)  # "bcdfg" is 0.75, "banana" -0.25
    assert not judge_names(score, FACTS, ["bcdfga", "bcdfgo", "bcdfge"]).is_computed
    assert judge_names(score, FACTS, ["bcdfga", "bcdfge", "bcdfgi", "bcdfgo", "bcdfgu"]).is_computed
    mixed = ["bcdfga", "bcdfge", "bcdfgi", "banana", "salada"]
    assert not judge_names(score, FACTS, mixed).is_computed
    assert judge_names(score, FACTS, mixed).computed == {"bcdfga", "bcdfge", "bcdfgi"}


def test_the_number_that_lifts_the_score_is_named_beside_its_usual_value():
    verdict = judge_names(by("name_digit_share", 5.0), FACTS, ["abc123", "def456", "ghi789"])
    (reason,) = verdict.reasons
    assert (reason.name, reason.observed, reason.usual, reason.unit) == ("name_digit_share", 50, 0, "%")


def test_yes_and_no_are_told_as_such():
    (reason,) = judge_names(by("name_only_hex", 5.0), FACTS, ["0a1b2c", "3d4e5f", "6a7b8c"]).reasons
    assert (reason.observed, reason.usual) == (True, False)
