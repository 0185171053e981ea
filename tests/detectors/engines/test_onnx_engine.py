"""Our own models run, everything else is refused before the library sees it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from detectors.contract.detector import DetectorContext
from detectors.contract.errors import ModelRefused
from detectors.engines import onnx_engine
from detectors.engines.onnx_engine import OnnxModel
from detectors.engines.signed_manifest import MAX_CARD_BYTES, NAME, Trust
from models.train.sign import Key, sign_folder, sign_own

MODELS = Path(__file__).parents[3] / "models"
NAMES = ("flow_rank", "flow_usual")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        for ending in ("onnx", "toml"):
            shutil.copy(MODELS / f"{name}.{ending}", tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def key() -> Key:
    return Key.make()


@pytest.fixture
def trust(key: Key) -> Trust:
    return Trust({key.identity: key.public}, NAME, 0)


def problem_of(folder: Path, trust: Trust) -> str:
    with pytest.raises(ModelRefused) as caught:
        OnnxModel.load(folder, "flow_rank", trust=trust)
    return str(caught.value.values["problem"])


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


def test_a_model_that_is_not_there_is_refused(tmp_path: Path, key: Key, trust: Trust):
    assert problem_of(tmp_path, trust) == "manifest_missing"
    sign_folder(tmp_path, key, NAME)
    assert problem_of(tmp_path, trust) == "missing"


def test_a_file_that_the_manifest_does_not_name_never_reaches_the_library(
    folder: Path, key: Key, trust: Trust, monkeypatch
):
    sign_folder(folder, key, NAME)
    shutil.copy(MODELS / "flow_usual.onnx", folder / "flow_rank.onnx")
    monkeypatch.setattr(onnx_engine.onnxruntime, "InferenceSession", lambda *_: pytest.fail("it was loaded"))
    assert problem_of(folder, trust) == "fingerprint"


def test_a_file_that_the_card_does_not_name_never_reaches_the_library(
    folder: Path, key: Key, trust: Trust, monkeypatch
):
    shutil.copy(MODELS / "flow_usual.onnx", folder / "flow_rank.onnx")
    sign_folder(folder, key, NAME)
    monkeypatch.setattr(onnx_engine.onnxruntime, "InferenceSession", lambda *_: pytest.fail("it was loaded"))
    assert problem_of(folder, trust) == "fingerprint"


def test_a_model_beside_the_named_ones_never_reaches_the_library(folder: Path, key: Key, trust: Trust, monkeypatch):
    for ending in ("onnx", "toml"):
        (folder / f"flow_rank.{ending}").rename(folder.parent / f"kept.{ending}")
    sign_folder(folder, key, NAME)
    for ending in ("onnx", "toml"):
        (folder.parent / f"kept.{ending}").rename(folder / f"flow_rank.{ending}")
    monkeypatch.setattr(onnx_engine.onnxruntime, "InferenceSession", lambda *_: pytest.fail("it was loaded"))
    assert problem_of(folder, trust) == "not_named"


@pytest.mark.parametrize("way", ["changed", "gone", "huge"])
def test_a_card_that_is_not_the_named_one_is_refused(folder: Path, key: Key, trust: Trust, way: str):
    sign_folder(folder, key, NAME)
    card = folder / "flow_rank.toml"
    if way == "changed":
        card.write_text(card.read_text(encoding="utf-8").replace("threshold = ", "threshold = 9"), encoding="utf-8")
    elif way == "gone":
        card.unlink()
    else:
        card.write_bytes(b"#" * (MAX_CARD_BYTES + 1))
    assert problem_of(folder, trust) == {"changed": "card_changed", "gone": "missing", "huge": "too_large"}[way]


def test_a_huge_model_is_not_read(folder: Path, key: Key, trust: Trust):
    sign_folder(folder, key, NAME)
    with (folder / "flow_rank.onnx").open("r+b") as stream:
        stream.truncate(2**40)
    assert problem_of(folder, trust) == "too_large"


def test_a_card_that_lacks_what_is_needed_is_refused(folder: Path, key: Key, trust: Trust):
    card = folder / "flow_rank.toml"
    kept = [line for line in card.read_text(encoding="utf-8").splitlines() if not line.startswith("threshold =")]
    card.write_text("\n".join(kept), encoding="utf-8")
    sign_folder(folder, key, NAME)
    assert problem_of(folder, trust) == "card"


def test_models_of_strangers_are_refused_by_the_program(folder: Path):
    sign_folder(folder, Key.make(), NAME)
    with pytest.raises(ModelRefused) as caught:
        OnnxModel.load(folder, "flow_rank")
    assert caught.value.values["problem"] == "manifest_key"


def test_a_model_trained_here_takes_the_place_of_the_shipped_one(folder: Path, tmp_path_factory):
    (folder / "flow_usual.onnx").unlink()
    (folder / "flow_usual.toml").unlink()
    card = folder / "flow_rank.toml"
    card.write_text(card.read_text(encoding="utf-8").replace("threshold = ", "threshold = 1"), encoding="utf-8")
    sign_own(folder, tmp_path_factory.mktemp("kept") / "models.key")
    context = DetectorContext(MODELS, None, MODELS, folder)
    shipped = OnnxModel.load(MODELS, "flow_rank").card.threshold
    assert OnnxModel.load_for(context, "flow_rank").card.threshold == float(f"1{shipped}")
    assert OnnxModel.load_for(context, "flow_usual").card.name == "flow_usual"
    assert OnnxModel.load_for(DetectorContext(MODELS, None, MODELS), "flow_rank").card.threshold == shipped


def test_an_own_model_that_was_exchanged_is_not_replaced_in_silence(folder: Path, tmp_path_factory):
    sign_own(folder, tmp_path_factory.mktemp("kept") / "models.key")
    shutil.copy(MODELS / "flow_usual.onnx", folder / "flow_rank.onnx")
    with pytest.raises(ModelRefused) as caught:
        OnnxModel.load_for(DetectorContext(MODELS, None, MODELS, folder), "flow_rank")
    assert caught.value.values["problem"] == "fingerprint"


def test_models_signed_here_are_not_those_of_the_program(folder: Path, tmp_path_factory):
    kept = tmp_path_factory.mktemp("kept") / "models.key"
    sign_own(folder, kept)
    own = Key.read(kept)
    assert problem_of(folder, Trust({own.identity: own.public}, NAME, 0)) == "manifest_unreadable"
