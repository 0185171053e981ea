"""Counting the days until the light of a moved office."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.service.learning.views import DriftView, Light

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))

import drift  # noqa: E402 - the path above comes first


def moved_office(lights: str) -> SimpleNamespace:
    """A computer whose light is on (x) or off after the move."""
    views = [DriftView(Light.CHANGED if one == "x" else Light.AS_LEARNED, None, 5, ()) for one in lights]
    return SimpleNamespace(office=SimpleNamespace(move=lambda: None), live=lambda days: views[:days])


@pytest.mark.parametrize(("lights", "day"), [("..xxxx", 3), ("x.xxxx", 3), ("......", 0), ("xxxxx.", 0), (".....x", 6)])
def test_the_light_counts_from_the_day_on_which_it_stays_on(lights: str, day: int):
    assert drift.days_until(moved_office(lights)) == day
