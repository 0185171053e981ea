"""Numbers on cards come from counts: whoever has the counts can compute them again."""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from detectors.features import flow_features, program_features
from detectors.features.name_features import NAMES as LABEL_NAMES
from models.train import cards
from models.train.cards import Facts, card_text, complete, read_card, share_of, update_card, wilson, write_card

ROOT = Path(__file__).parents[3]
NAMES = sorted(path.stem for path in (ROOT / "models").glob("*.onnx"))
COLUMNS = {
    "flow_rank": flow_features.NAMES,
    "flow_usual": flow_features.NAMES,
    "program_rank": program_features.NAMES,
    "dga_names": LABEL_NAMES,
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    monkeypatch.setattr(cards, "MODELS", tmp_path)
    for part in ("TABLES", "REASONS"):
        monkeypatch.setattr(cards, part, tmp_path / f"{part.lower()}.toml")
    return tmp_path


def small_card(data: bytes = b"model") -> cards.Card:
    return {
        "name": "one",
        "sha256": hashlib.sha256(data).hexdigest(),
        "measured_on": "2026-11-23",
        "threshold": 2.5,
        "features": ["flow_duration_s", "flow_answered"],
        "results": {
            "malicious": 10,
            "false_alarms": 1,
            "found_at_one_false_alarm_an_hour": 4,
            "reasons": [{"reason": "tor", "found": 1, "of": 6}, {"reason": "dga", "found": 3, "of": 4}],
        },
    }


@pytest.mark.parametrize("name", NAMES)
def test_what_follows_from_the_counts_of_a_card_stands_on_it(name: str):
    card = read_card(name)
    assert complete(card) == card
    assert card["card_format"] == 2


@pytest.mark.parametrize("name", NAMES)
def test_a_card_is_of_its_model_and_of_the_columns_of_the_code(name: str):
    card = read_card(name)
    assert hashlib.sha256((ROOT / "models" / f"{name}.onnx").read_bytes()).hexdigest() == card["sha256"]
    assert tuple(card["features"]) == COLUMNS[name]
    for key in (one for one in card if one.startswith("usual")):
        assert len(card[key]) == len(card["features"])
        assert all(math.isfinite(one) and abs(one) < 100 for one in card[key])


@pytest.mark.parametrize("name", NAMES)
def test_sums_of_a_card_agree(name: str):
    card = read_card(name)
    results = card["results"]
    assert card["alarms"]["of"] >= card["alarms"]["harmless"]
    for one in results.get("reasons", ()):
        assert 0 <= one["found"] <= one["of"]
        assert one["lowest"] <= one["share"] <= one["highest"]
    if "sources" in results:
        assert sum(one["malicious"] for one in results["sources"]) == results["malicious"]
        trained = sum(one["recordings"] for one in card["training"] if one["kind"] == "malicious")
        assert trained == results["malicious"]
        assert results["recall_at_one_false_alarm_an_hour"] == round(
            results["found_at_one_false_alarm_an_hour"] / results["malicious"], 3
        )
        assert sum(one["area"] for one in results["sources"]) / len(results["sources"]) == pytest.approx(
            results["area_mean_over_sources"], abs=0.001
        )


def test_wilson_ranges_are_those_of_the_books():
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(50, 100) == pytest.approx((0.4038, 0.5962), abs=1e-4)
    assert wilson(10, 10) == pytest.approx((0.7225, 1.0), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
    assert share_of(1, 4) == {"of": 4, "share": 0.25, "lowest": 0.0456, "highest": 0.6994}


def test_a_card_is_completed_from_its_counts():
    whole = complete(small_card())
    assert whole["units"] == ["s", "yes/no"]
    assert (whole["alarms"]["harmless"], whole["alarms"]["of"], whole["alarms"]["share"]) == (1, 5, 0.2)
    assert (whole["missed"]["missed"], whole["missed"]["of"], whole["missed"]["share"]) == (6, 10, 0.6)
    assert whole["weakest"] == ["tor: 1 of 6"]
    assert whole["review_by"] == "2027-11-23"
    assert complete(whole) == whole


def test_a_card_is_read_as_it_was_written():
    card = complete(small_card()) | {"examples": [{"service": "dns", "values": [0.5, 1.0]}], "odd": 'a "b"\n\\ é'}
    assert tomllib.loads(card_text(card)) == card


def test_a_number_that_is_none_is_never_written():
    with pytest.raises(ValueError, match="not JSON compliant"):
        card_text({"threshold": float("nan")})


def test_measured_numbers_reach_the_card_and_what_code_reads_stays(folder: Path):
    (folder / "one.onnx").write_bytes(b"model")
    write_card("one", small_card() | {"usual": [0.0, 1.0]})
    measured = {"threshold": 2.50001, "results": small_card()["results"] | {"false_alarms": 2}}
    update_card("one", measured, Facts("one", "p", "n", "m", "k"))
    card = read_card("one")
    assert (card["threshold"], card["usual"], card["alarms"]["harmless"]) == (2.5, [0.0, 1.0], 2)
    assert (card["purpose"], card["known_misses"]) == ("p", "k")
    assert card["measured_on"] >= "2026-11-23"


def test_numbers_of_another_model_or_another_limit_are_not_written(folder: Path):
    (folder / "one.onnx").write_bytes(b"model")
    write_card("one", small_card())
    before = (folder / "one.toml").read_bytes()
    with pytest.raises(SystemExit, match="train it"):
        update_card("one", {"threshold": 3.0})
    (folder / "one.onnx").write_bytes(b"another")
    with pytest.raises(SystemExit, match="not the one that its card names"):
        update_card("one", {"threshold": 2.5})
    assert (folder / "one.toml").read_bytes() == before


def test_what_benchmarks_measured_is_taken_over(folder: Path):
    (folder / "tables.toml").write_text(
        "[one]\nworst_group_because = 'x'\n[one.reliability]\nbrier = 0.1\n[two]\ny = 1\n"
    )
    (folder / "reasons.toml").write_text("[one]\ncases = 400\n")
    card = write_card("one", small_card())
    assert (card["worst_group_because"], card["reliability"], card["reasons"]) == ("x", {"brier": 0.1}, {"cases": 400})
    assert "y" not in card


def test_periods_are_years_that_can_be():
    seconds = [date(year, 6, 1).toordinal() for year in (2019, 2024)]
    times = [(day - date(1970, 1, 1).toordinal()) * 86_400.0 for day in seconds]
    assert cards.period_of([*times, 0.0, 5.0, float("nan"), 1e300]) == "2019 to 2024"
    assert cards.period_of([0.0]) == "no times of its own"


@pytest.mark.parametrize("name", NAMES)
def test_a_card_says_what_benchmarks_measured_last(name: str):
    card, measured = read_card(name), cards.measured_elsewhere(name)
    assert {key: card.get(key) for key in measured} == measured, "models/train/evaluate.py --take-over, then sign.py"


@pytest.mark.parametrize("name", ["flow_rank", "flow_usual"])
def test_the_sources_of_a_card_are_those_of_the_recordings(name: str):
    manifest = ROOT.parent / "shared" / "data" / "network" / "manifest.json"
    if not manifest.is_file():
        pytest.skip("the labelled recordings are not here")
    entries = json.loads(manifest.read_text(encoding="utf-8"))["entries"]
    kinds = {"malicious": "malicious", "benign": "harmless"}
    told = Counter((one["repo"], one["licence"], kinds[one["category"]]) for one in entries if one["category"] in kinds)
    trained = {(one["source"], one["licence"], one["kind"]): one["recordings"] for one in read_card(name)["training"]}
    from_outside = {key: count for key, count in trained.items() if key[0] != "made up for this project"}
    assert from_outside.keys() == told.keys()
    without_flows = sum(told.values()) - sum(from_outside.values())
    assert 0 <= without_flows <= 10
    assert all(from_outside[key] <= told[key] for key in told)


def test_the_starts_of_a_card_are_those_of_the_recordings():
    manifest = ROOT.parent / "shared" / "data" / "process" / "manifest.json"
    if not manifest.is_file():
        pytest.skip("the labelled recordings are not here")
    units = json.loads(manifest.read_text(encoding="utf-8"))["units"]
    told = Counter(
        (one.get("repo") or "own recording", one["os"]) for one in units for _ in range(one["counts"]["attack"])
    )
    card = read_card("program_rank")
    trained = {(one["source"], one["system"]): one["attack_starts"] for one in card["training"] if one["attack_starts"]}
    assert trained == told
