"""Our own models run, everything else is refused before the library sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from detectors.contract.errors import ModelRefused
from detectors.engines import onnx_engine
from detectors.engines.onnx_engine import OnnxModel

MODELS = Path(__file__).parents[3] / "models"
NAMES = ("flow_rank", "flow_usual")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        for ending in ("onnx", "toml"):
            shutil.copy(MODELS / f"{name}.{ending}", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_rows_become_scores_the_same_alone_and_in_any_batch(name: str):
    model = OnnxModel.load(MODELS, name)
    dice = np.random.default_rng(3)
    rows = dice.uniform(0, 8, (onnx_engine.BATCH_ROWS + 5, len(model.card.features))).astype(np.float32)
    scores = model.score(rows)
    assert scores.shape == (len(rows),)
    assert scores.dtype == np.float32
    assert len(np.unique(scores)) > 100
    np.testing.assert_allclose(scores[-3:], [model.score(row[None])[0] for row in rows[-3:]], atol=1e-5)


def test_no_rows_give_no_scores():
    model = OnnxModel.load(MODELS, "flow_rank")
    assert model.score(np.zeros((0, len(model.card.features)), np.float32)).shape == (0,)


def test_rows_of_another_width_are_refused():
    with pytest.raises(ModelRefused) as caught:
        OnnxModel.load(MODELS, "flow_rank").score(np.zeros((1, 3), np.float32))
    assert caught.value.values["problem"] == "does_not_fit"


def test_a_score_that_is_no_number_is_refused():
    model = OnnxModel.load(MODELS, "flow_usual")
    with pytest.raises(ModelRefused) as caught:
        model.score(np.full((1, len(model.card.features)), np.nan, np.float32))
    assert caught.value.values["problem"] == "not_a_number"


def test_a_model_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(ModelRefused):
        OnnxModel.load(tmp_path, "flow_rank")


def test_a_file_that_the_card_does_not_name_never_reaches_the_library(folder: Path, monkeypatch):
    shutil.copy(MODELS / "flow_usual.onnx", folder / "flow_rank.onnx")
    monkeypatch.setattr(onnx_engine.onnxruntime, "InferenceSession", lambda *_: pytest.fail("it was loaded"))
    with pytest.raises(ModelRefused) as caught:
        OnnxModel.load(folder, "flow_rank")
    assert caught.value.values["problem"] == "fingerprint"


def test_a_card_that_lacks_what_is_needed_is_refused(folder: Path):
    card = folder / "flow_rank.toml"
    kept = [line for line in card.read_text(encoding="utf-8").splitlines() if not line.startswith("threshold =")]
    card.write_text("\n".join(kept), encoding="utf-8")
    with pytest.raises(ModelRefused):
        OnnxModel.load(folder, "flow_rank")
