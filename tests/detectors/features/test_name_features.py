import random
import string
import time

import numpy as np
import pytest

from detectors.features.name_features import NAMES, UNITS, name_rows


def value(label, column):
    return float(name_rows([label])[0, NAMES.index(column)])


def test_numbers_of_a_name_are_those_counted_by_hand():
    assert value("Garden24", "name_length") == 8
    assert value("garden24", "name_digit_share") == pytest.approx(2 / 8)
    assert value("strength", "name_longest_consonants") == 4
    assert value("aabb", "name_entropy") == pytest.approx(1.0)
    assert value("xyz1", "name_rare_letters") == 1.0
    assert value("garden24", "name_word_share") == pytest.approx(6 / 8)
    assert value("gardenriver", "name_word_share") == 1.0
    assert value("gar", "name_known_triples") == 1.0
    assert value("qxz", "name_known_triples") == 0.0
    assert value("3f9a", "name_only_hex") == 1.0
    assert value("face", "name_only_hex") == 0.0


def test_a_name_with_other_letters_is_judged_by_its_plain_form():
    assert value("xn--garden", "name_word_share") == 1.0


@pytest.mark.parametrize("label", ["", "-", "é" * 10, "\0\udcff\n", "١٢٣", "a" * 10_000_000, "-" * 5_000])
def test_whatever_a_stranger_sends_becomes_finite_numbers(label):
    rows = name_rows([label, label])
    assert rows.shape == (2, len(NAMES))
    assert np.isfinite(rows).all()


def test_no_names_are_no_rows():
    assert name_rows([]).shape == (0, len(NAMES))


def test_each_column_has_a_unit():
    assert set(UNITS) == set(NAMES)


def test_ten_thousand_names_take_no_longer_than_a_moment():
    dice = random.Random(4)
    labels = ["".join(dice.choices(string.ascii_lowercase, k=63)) for _ in range(10_000)]
    began = time.process_time()
    name_rows(labels)
    assert time.process_time() - began < 20
