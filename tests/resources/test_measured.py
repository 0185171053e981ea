"""The figures that people are told: what can be computed again without the recordings, is."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from statistics import median

import pytest

from desktop.service.learning.rates import Rates, fingerprints_of
from detectors.contract.finding import Severity
from detectors.worker.registry import find_detectors
from models.train.cards import wilson

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "measured"
RATES = tomllib.loads((FOLDER / "rates.toml").read_text(encoding="utf-8"))
CARDS = tomllib.loads((FOLDER / "models.toml").read_text(encoding="utf-8"))
EVERY_GROUP = [(row["judge"], row) for row in RATES["groups"]] + [
    (name, row) for name, card in CARDS.items() for row in card["groups"]
]


def test_every_range_follows_from_its_counts():
    for row in RATES["rates"]:
        ends = wilson(row["harmless"], row["cases"])
        assert (row["lowest"], row["highest"]) == pytest.approx(ends, abs=1e-5), row["reason"]


def test_every_rate_is_of_a_reason_that_a_detector_gives_and_of_a_strength():
    reasons = {reason for kind in find_detectors() for reason in kind.reasons}
    for row in RATES["rates"]:
        assert row["reason"] in reasons
        assert row["band"] in {one.word for one in Severity}
    keys = [(row["reason"], row["band"]) for row in RATES["rates"]]
    assert len(keys) == len(set(keys))


def test_the_program_reads_every_row():
    rates = Rates.read(FOLDER / "rates.toml")
    assert (rates.refused, rates.outdated, len(rates.shares())) == (0, 0, len(RATES["rates"]))


def test_the_models_that_were_measured_are_the_ones_that_are_shipped():
    for one in RATES["models"]:
        data = (ROOT / "models" / f"{one['name']}.onnx").read_bytes()
        assert one["sha256"] == hashlib.sha256(data).hexdigest(), f"{one['name']}: measure again"
    assert not Rates.read(FOLDER / "rates.toml", fingerprints_of(ROOT / "models")).outdated


def test_no_kind_has_more_cases_than_there_was_material():
    harmful, harmless = (
        {sense: sum(one[kind] for one in RATES["corpora"] if one["sense"] == sense) for sense in
         {one["sense"] for one in RATES["corpora"]}}
        for kind in ("harmful", "harmless")
    )  # fmt: skip
    for row in RATES["rates"]:
        assert row["harmless"] <= harmless[row["sense"]]
        assert row["cases"] - row["harmless"] <= harmful[row["sense"]]


def test_a_reliability_table_adds_up():
    for name, card in CARDS.items():
        told = card["reliability"]
        points = told["points"]
        assert sum(one["cases"] for one in points) == told["cases"], name
        assert sum(one["right"] for one in points) == told["harmful"]
        assert told["base_rate"] == pytest.approx(told["harmful"] / told["cases"], abs=1e-4)
        error = sum(one["cases"] * abs(one["said"] - one["right"] / one["cases"]) for one in points) / told["cases"]
        assert told["calibration_error"] == pytest.approx(error, abs=2e-4)
        for one in points:
            assert (one["lowest"], one["highest"]) == pytest.approx(wilson(one["right"], one["cases"]), abs=1e-4)


def test_a_calibration_error_above_the_wanted_one_is_said_with_its_reason():
    for card in CARDS.values():
        told = card["reliability"]
        assert told["is_reached"] == (told["calibration_error"] <= 0.05)
        assert told["is_reached"] != bool(told["because"])


def test_figures_of_groups_follow_from_their_counts_and_the_worst_is_named_with_its_reason():
    explained = {(one["judge"], one["kind"]): one["because"] for one in RATES["worst_groups"]}
    for judge, row in EVERY_GROUP:
        rate = row["alarms"] / row["weeks"] if row["weeks"] else 0
        assert row["alarms_a_week"] == pytest.approx(rate, abs=0.01)
        own = [
            one["alarms"] / one["weeks"] for name, one in EVERY_GROUP
            if (name, one["kind"]) == (judge, row["kind"]) and one["weeks"]
        ]  # fmt: skip
        assert row["is_worst"] == (rate > 2 * median(own))
        if row["is_worst"]:
            assert explained.get((judge, row["kind"])) or CARDS[judge]["worst_group_because"]


def test_ranges_hold_in_nine_of_ten_kinds():
    told = RATES["ranges_that_held"]
    for part in (told["stated_by_a_fifth"], told["stated_by_a_half"]):
        assert len(part["by_kind"]) == told["kinds"]
        assert part["held"] == pytest.approx(sum(part["by_kind"].values()) / told["kinds"], abs=1e-3)
    assert told["stated_by_a_fifth"]["held"] >= 0.9
