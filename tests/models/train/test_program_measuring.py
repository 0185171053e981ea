"""Limits, areas and shares of the program model, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from models.train.program_corpus import Start
from models.train.program_measuring import area, limits_for, measure
from tests.program_factories import program


def start(unit: str, *, is_attack: bool = False, material: str = "recording", system: str = "windows") -> Start:
    one = program("a.exe", system=system)
    return Start(one, unit, unit, "somebody", "somebody/else", material, is_attack=is_attack, is_scored=True)


def test_the_area_counts_pairs_and_halves_ties():
    assert area(np.array([3.0, 1.0]), np.array([1.0, 2.0])) == pytest.approx((2 + 0.5) / 4)


def test_limits_heed_recorded_and_ordinary_starts():
    recorded = [start("quiet")] * 200
    ordinary = [start("day", material="made_up")] * 20
    scores = np.concatenate([np.linspace(0, 1, 200), np.full(18, -5.0), [3.0, 2.0]])
    speak, low = limits_for([*recorded, *ordinary], scores, "windows")
    assert speak == 2.0  # one of twenty ordinary ones may lie above
    assert low == 3.0  # none may
    assert limits_for([replace(one, program=program("a")) for one in recorded + ordinary], scores, "unix") == (2, 3)


def test_a_recording_is_found_by_its_loudest_start_and_weak_labels_are_not_counted():
    starts = [
        start("bad", is_attack=True), start("bad", is_attack=True), start("worse", is_attack=True),
        replace(start("weak", is_attack=True), is_scored=False),
        *[start("quiet")] * 4, *[start("day", material="made_up")] * 4,
        *[start(f"{system} {material}", is_attack=True, material=material, system=system)
          for system, material in (("windows", "rule"), ("linux", "texts"), ("macos", "texts"))],
        start("quiet", system="linux"), start("day", material="made_up", system="linux"),
    ]  # fmt: skip
    scores = np.array([0.1, 0.9, 0.4, 0.9, 0, 0, 0, 0.6, 0, 0, 0, 0, 1, 1, 1, 0, 0], float)
    cuts = {"windows": {"threshold": 0.5}, "unix": {"threshold": 0.5}}
    results = measure(starts, {"leave one source out": scores}, cuts)
    windows = results["at_the_limits"][0]
    assert windows["found"].startswith("1 of 2: 0.500 (")
    assert windows["false_recorded"].startswith("1 of 4: 0.250 (")
    assert windows["false_ordinary"].startswith("0 of 4")
    assert results["held_out"][0]["area_against_recorded"] == pytest.approx(area(np.array([0.9, 0.4]), scores[4:8]))
