"""The worker tells which models are genuine, and loads those of this computer where there are any."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from detectors.contract.errors import SkipReason
from detectors.worker.control import Control
from detectors.worker.parent import run_job
from detectors.worker.wire import CheckModels, CheckRecordings, ModelsChecked
from models.train.sign import sign_own

ROOT = Path(__file__).parents[3]
NAMES = sorted(path.stem for path in (ROOT / "models").glob("*.onnx"))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "models"
    folder.mkdir(parents=True)
    for ending in ("onnx", "toml"):
        shutil.copy(ROOT / "models" / f"program_rank.{ending}", folder)
    sign_own(folder, tmp_path / "data" / "keys" / "models.key")
    return folder


def checked(folder: Path, own: Path) -> ModelsChecked:
    return next(one for one in run_job(CheckModels(str(folder), str(own)), Control()) if isinstance(one, ModelsChecked))


def test_signatures_are_looked_at_behind_the_wall(own: Path, tmp_path: Path):
    told = checked(ROOT / "models", own)
    assert told.shipped == dict.fromkeys(NAMES, "")
    assert told.own == {"program_rank": ""}
    (own / "program_rank.toml").write_bytes(b"name = 'another'\n")
    assert checked(tmp_path / "nowhere", own) == ModelsChecked({}, {"program_rank": "card_changed"})
    (own / "own.pub").unlink()
    assert checked(tmp_path / "nowhere", own) == ModelsChecked({}, {"program_rank": "key_unreadable"})


def test_a_changed_own_model_is_said_and_the_check_goes_on(own: Path, tmp_path: Path):
    recording = tmp_path / "day.jsonl"
    recording.write_text('{"t": 1780000000, "pid": 7, "name": "sh", "path": "/bin/sh", "command": "sh -c id"}\n')

    def gaps() -> list[dict[str, object]]:
        reports = run_job(CheckRecordings((str(recording),)), Control(), own_models=own)
        lines = [line for report in reports for line in getattr(report, "skipped", ())]
        return [line.values for line in lines if line.reason is SkipReason.MODEL_REFUSED]

    assert gaps() == []
    (own / "program_rank.onnx").write_bytes(b"another")
    assert {"model": "program_rank", "problem": "fingerprint"} in gaps()
