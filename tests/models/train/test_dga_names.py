"""The shipped judge of names on names that are drawn anew: what can be recomputed of its card without a training library."""

from pathlib import Path

import numpy as np
import pytest

from detectors.engines.onnx_engine import OnnxModel
from detectors.features.name_features import NAMES, UNITS, name_rows
from detectors.features.names import looks_machine_made
from models.train.name_makers import NOT_TAUGHT, PEOPLE, PROGRAMS, draw

ROOT = Path(__file__).parents[3]
MODEL = OnnxModel.load(ROOT / "models", "dga_names")
FACTS = MODEL.card.facts
TAUGHT = sorted(set(PROGRAMS) - NOT_TAUGHT)


def sets_of(make, seed, size):
    labels = draw(make, 150, f"fresh {seed}")
    count = len(labels) // size * size
    scores = MODEL.score(name_rows(labels[:count])).reshape(-1, size)
    made = np.array([looks_machine_made(one) for one in labels[:count]]).reshape(-1, size)
    return scores.mean(axis=1), made.sum(axis=1) >= 3


@pytest.mark.parametrize(("size", "limit"), FACTS["limits"])
def test_fresh_names_of_people_are_rarely_taken_for_computed(size, limit):
    false = {name: float((sets_of(make, name, size)[0] > limit).mean()) for name, make in PEOPLE.items()}
    assert np.mean(list(false.values())) <= 0.03, false


def test_fresh_computed_names_are_found_more_often_than_by_the_rule():
    (size, limit), *_ = FACTS["limits"]
    found, by_rule = zip(
        *((float((scores > limit).mean()), float(rule.mean())) for scores, rule in
          (sets_of(PROGRAMS[name], name, size) for name in TAUGHT)),
        strict=True,
    )  # fmt: skip
    assert np.mean(found) > np.mean(by_rule) + 0.03


def test_the_card_says_what_the_model_reads_and_what_it_misses():
    assert tuple(FACTS["features"]) == NAMES
    assert FACTS["units"] == [UNITS[name] for name in NAMES]
    rows = {row["class"]: row for row in FACTS["results"]["classes"]}
    assert set(rows) == {*PROGRAMS, *PEOPLE}
    for name in NOT_TAUGHT:
        assert rows[name]["model"] <= 0.05, "words joined by a program are a known miss"


def test_the_card_keeps_the_comparison_with_the_rule():
    for row in FACTS["results"]["unseen_classes"]:
        assert row["found_by_model_at_equal_false"] >= row["found_by_rule"]
        assert row["false_by_model"] <= row["false_by_rule"] + 0.001
    for row in FACTS["results"]["real_names"]:
        assert row["false_by_model"] <= row["false_by_rule"]
