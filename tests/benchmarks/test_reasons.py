"""Planted changes hang together as in real traffic, and figures are written as they were measured."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
sys.path.append(str(ROOT / "benchmarks"))

import planted  # noqa: E402 - beside the benchmarks
import reasons  # noqa: E402

from detectors.features.flow_features import FEATURES, NAMES, compute_flow_features  # noqa: E402
from tests.program_factories import chain, program  # noqa: E402
from tests.traffic_factories import make_flows, make_traffic  # noqa: E402


@pytest.fixture(scope="module")
def flows() -> np.ndarray:
    return compute_flow_features(make_traffic(make_flows(4)))


def plain(row: np.ndarray) -> dict[str, float]:
    return {one.name: float(np.expm1(value)) if one.is_log else value for one, value in zip(FEATURES, row, strict=True)}


@pytest.mark.parametrize("name", planted.FLOW_PLANTS)
def test_every_change_moves_what_it_says_and_nothing_else(flows, name: str):
    changed, columns = planted.plant_in_flows(flows, name, seed=3)
    assert columns == set(np.flatnonzero(np.abs(changed - flows).max(axis=0) > 1e-6).tolist())
    assert 1 <= len(columns) <= 10
    assert np.isfinite(changed).all()
    again, _ = planted.plant_in_flows(flows, name, seed=3)
    assert (again == changed).all()


def test_who_sends_more_in_a_flow_sends_more_in_that_minute(flows):
    changed, columns = planted.plant_in_flows(flows, "sends very much", seed=3)
    after, before = plain(changed[0]), plain(flows[0])
    assert NAMES.index("minute_out_bytes") in columns
    more = after["flow_out_bytes"] - before["flow_out_bytes"]
    assert after["minute_out_bytes"] - before["minute_out_bytes"] == pytest.approx(more, rel=1e-4)
    assert after["flow_out_share"] > before["flow_out_share"]


def test_noise_leaves_yes_and_nothing_alone(flows):
    noisy = planted.make_noise(flows, 0.01, np.random.default_rng(1))
    is_yes_no = np.array([one.unit == planted.YES_OR_NO for one in FEATURES])
    assert (noisy[:, is_yes_no] == flows[:, is_yes_no]).all()
    assert (noisy[flows == 0] == 0).all()
    assert 0 < np.abs(noisy - flows).max() < 0.5


@pytest.mark.parametrize("name", planted.START_PLANTS)
def test_a_planted_start_knows_what_is_new_about_it(name: str):
    start = chain("explorer.exe", "notes.exe", command="notes.exe /a")
    one = planted.plant_in_start(start, [name], [program("x.exe", command="x.exe -q -z deep")], seed=5)
    assert one.words or one.is_parent or one.numbers
    assert not one.words & {"notes.exe", "/a"}
    assert start.command == "notes.exe /a"


def test_figures_are_written_as_they_were_measured(tmp_path: Path):
    tally = reasons.Tally(first=[True, False], share=[0.5, 1.0], calm=[True, True], found=[True], flips=[True])
    tally.stable, tally.spent_ms = [True], [1.0, 30.0]
    table = tally.table()
    assert (table["first_reason_right"], table["top_three_share"], table["removing_calms"]) == (0.5, 0.75, 1.0)
    assert table["not_reached"] == ["first_reason_right", "milliseconds_95_of_100"]
    reasons.write_tables({"m": table}, tmp_path / "reasons.toml")
    assert tomllib.loads((tmp_path / "reasons.toml").read_text(encoding="utf-8")) == {"m": table}


def test_what_is_written_down_is_what_the_models_card_may_say():
    tables = tomllib.loads(reasons.WRITTEN.read_text(encoding="utf-8"))
    assert {"flow_rank", "flow_usual", "program_rank"} <= set(tables)
    for table in tables.values():
        assert set(table) == set(reasons.Tally().table())
        assert table["change_flips"] >= reasons.WANTED["change_flips"]
        missed = {name for name, least in reasons.WANTED.items() if table[name] < least}
        assert missed == set(table["not_reached"]) - {"milliseconds_95_of_100"}


def test_the_halves_share_no_source():
    names = [f"publisher {number}" for number in range(50)]
    chosen = {name for name in names if reasons.is_in_half(name, "chosen")}
    measured = {name for name in names if reasons.is_in_half(name, "measured")}
    assert chosen
    assert measured
    assert chosen | measured == set(names)
    assert not chosen & measured
