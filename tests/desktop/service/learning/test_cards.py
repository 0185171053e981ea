"""A card may be a stranger's: what has another form is left out, and nothing on it can do harm."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.service.learning import cards
from desktop.service.learning.cards import read_card, read_cards, view_of
from desktop.service.learning.views import Share

ROOT = Path(__file__).parents[4]
FIELDS = (
    "name", "purpose", "not_for", "method", "known_misses", "features", "units", "training", "threshold_is", "alarms",
    "missed", "reliability", "brier", "results", "groups", "worst_group_because", "sha256", "measured_on", "review_by",
    "reasons", "weakest",
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates() | st.datetimes(),
    lambda one: st.lists(one, max_size=3) | st.dictionaries(st.sampled_from([*FIELDS, "of", "share", "said"]), one),
    max_leaves=15,
)


def one_model(folder: Path, card: str | bytes) -> None:
    (folder / "one.onnx").write_bytes(b"")
    (folder / "one.toml").write_bytes(card if isinstance(card, bytes) else card.encode())


@pytest.mark.parametrize("path", sorted((ROOT / "models").glob("*.onnx")), ids=lambda path: path.stem)
def test_our_own_cards_are_whole(path: Path):
    view = read_card(path.parent, path.stem, "", is_own=False)
    card = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
    assert view.is_trusted
    assert all((view.purpose, view.not_for, view.method, view.known_misses, view.limit_was_set, view.sha256))
    assert view.looks_at == tuple(card["features"])
    assert len(view.units) == len(view.looks_at)
    assert view.wrong is not None
    assert view.missed is not None
    assert {one.kind for one in view.sources} == {"harmful", "harmless"}
    assert all(one.licence and one.period and one.cases for one in view.sources)
    assert len(view.reasons) == len(card["results"].get("reasons", ()))
    assert view.measured_on is not None
    assert view.review_by is not None
    assert view.measured_on < view.review_by


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_whatever_stands_on_a_card_it_is_read(card):
    view = view_of(card, "one", "", is_own=True)
    for share in (
        view.wrong,
        view.missed,
        *(one.found for one in view.reasons),
        *(one.right for one in view.reliability),
    ):
        assert share is None or 0 <= share.lowest <= share.share <= share.highest <= 1
    assert view.brier is None or 0 <= view.brier <= 1


def test_numbers_that_are_none_are_not_shown():
    share = {"of": 10, "share": 0.5, "lowest": 0.2, "highest": 0.8}
    assert view_of({"alarms": share}, "one", "", is_own=True).wrong == Share(10, 0.5, 0.2, 0.8)
    for wrong in (
        {"of": 0}, {"of": True}, {"of": 1.5}, {"of": 2**80}, {"share": float("nan")}, {"share": 0.9}, {"lowest": -1.0},
        {"highest": float("inf")}, {"share": "0.5"}, {"share": None}, {"share": True},
    ):  # fmt: skip
        assert view_of({"alarms": share | wrong}, "one", "", is_own=True).wrong is None, wrong


def test_text_is_harmless_and_short():
    view = view_of(
        {"purpose": "<b>x\x1b[1m\u202e" + "y" * 9_999, "features": ["z" * 999] * 9_999}, "one", "", is_own=True
    )
    assert "\x1b" not in view.purpose
    assert "\u202e" not in view.purpose
    assert len(view.purpose) == cards.LONGEST_TEXT
    assert len(view.looks_at) == cards.MOST_ROWS
    assert len(view.looks_at[0]) == cards.LONGEST_WORD


@pytest.mark.parametrize(
    "card",
    ["", "name = ", b"\xff\xfe", "a = " + "[" * 9_000, "#" * (cards.MAX_CARD_BYTES + 1), "a = {" * 5_000],
    ids=["empty", "cut", "bytes", "deep", "huge", "deep tables"],
)
def test_a_card_that_cannot_be_read_says_nothing_good(tmp_path: Path, card: str | bytes):
    one_model(tmp_path, card)
    began = time.monotonic()
    (view,) = read_cards(tmp_path, {"one": ""}, is_own=True)
    assert time.monotonic() - began < 5
    assert (view.is_trusted, view.problem, view.wrong, view.purpose) == (False, "card", None, "")


def test_a_card_without_a_file_and_a_folder_that_is_not_there(tmp_path: Path):
    (tmp_path / "one.onnx").write_bytes(b"")
    (view,) = read_cards(tmp_path, {"one": "missing"}, is_own=False)
    assert (view.problem, view.is_trusted) == ("missing", False)
    assert read_cards(tmp_path / "nowhere", {}, is_own=True) == ()


def test_a_card_whose_model_is_gone_is_told_and_a_manifest_is_no_card(tmp_path: Path):
    one_model(tmp_path, "name = 'one'\n")
    (tmp_path / "one.onnx").unlink()
    (tmp_path / "manifest.toml").write_text("[models]\n")
    for problems in ({}, None):
        (view,) = read_cards(tmp_path, problems, is_own=False)
        assert (view.name, view.problem, view.is_trusted) == ("one", "missing", False)


def test_nobody_looked_is_not_the_same_as_genuine(tmp_path: Path):
    one_model(tmp_path, "name = 'one'\nmeasured_on = 2026-11-23\nreview_by = '2027-13-01'\n")
    (view,) = read_cards(tmp_path, None, is_own=False)
    assert (view.problem, view.is_trusted) == ("not_known", False)
    assert (view.measured_on, view.review_by) == (date(2026, 11, 23), None)


def test_a_source_with_both_kinds_of_starts_is_two():
    row = {"source": "somebody", "licence": "MIT", "attack_starts": 3, "harmless_starts": 4, "period": "2018 to 2020"}
    view = view_of({"training": [row, {**row, "attack_starts": 0, "period": "none"}]}, "one", "", is_own=False)
    assert [(one.kind, one.cases) for one in view.sources] == [("harmful", 3), ("harmless", 4), ("harmless", 4)]
    assert view.period == "2018 to 2020"
