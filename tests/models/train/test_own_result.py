from dataclasses import replace

import pytest

from models.train.own_result import Figures, verdict_of

BEFORE = Figures(found=10, harmful=20, false=1, harmless=40, area=0.9)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "same"),
        ({"found": 11}, "better"),
        ({"found": 9}, "worse"),
        ({"found": 9, "area": 0.99}, "worse"),
        ({"area": 0.92}, "better"),
        ({"area": 0.88}, "worse"),
        ({"area": 0.897}, "same"),
        ({"area": None, "found": 0, "harmful": 0}, "unknown"),
    ],
)
def test_a_model_is_compared_with_the_one_in_use(changes, verdict):
    assert verdict_of(replace(BEFORE, **changes), BEFORE) == verdict
