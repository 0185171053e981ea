import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.train.own import check_sources
from models.train.own_result import TrainingStopped

ROOT = Path(__file__).parents[3]
has_extra = all(importlib.util.find_spec(name) for name in ("sklearn", "onnx", "scipy"))
needs_extra = pytest.mark.skipif(not has_extra, reason="scikit-learn and onnx are not installed: training is not tried")


def ask(tmp_path, **request):
    (tmp_path / "made").mkdir(exist_ok=True)
    places = {"made": str(tmp_path / "made"), "folder": str(tmp_path / "models"), "key": str(tmp_path / "keys" / "k")}
    done = subprocess.run(
        [sys.executable, str(ROOT / "models/train/own.py")],
        input=json.dumps(places | request) + "\n",
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("name", "harmless", "harmful", "problem"),
    [
        ("flow_usual", 2, 0, "few_harmless"),
        ("flow_usual", 2, 9, "few_harmless"),
        ("flow_rank", 3, 2, "few_harmful"),
        ("program_rank", 3, 0, "few_harmful"),
    ],
)
def test_too_few_sources_are_refused(name, harmless, harmful, problem):
    with pytest.raises(TrainingStopped) as stopped:
        check_sources(name, [False] * harmless + [True] * harmful)
    assert stopped.value.problem == problem
    assert stopped.value.values["least"] == 3


def test_enough_sources_are_not_refused():
    check_sources("flow_usual", [False] * 3)
    check_sources("flow_rank", [False] * 3 + [True] * 3)


@pytest.mark.skipif(has_extra, reason="scikit-learn is installed: nothing is missing")
def test_without_the_extra_packages_it_says_so_and_writes_nothing(tmp_path):
    code, lines = ask(tmp_path, act="train", name="flow_usual", harmless=[], harmful=[])
    assert code == 1
    assert lines == [{"type": "stopped", "problem": "needs_extra", "values": {}}]
    assert not list((tmp_path / "made").iterdir())


def make_office(folder, days):
    folder.mkdir()
    for seed in range(days):
        command = [sys.executable, str(ROOT / "benchmarks/make_capture.py"), str(folder / f"day{seed}.pcap")]
        subprocess.run([*command, "--packets", "400", "--seed", str(seed)], check=True, capture_output=True)


@needs_extra
def test_three_own_days_make_a_model_that_is_put_in_use_and_taken_back(tmp_path):
    make_office(tmp_path / "office", 3)
    code, lines = ask(tmp_path, act="train", name="flow_usual", harmless=[str(tmp_path / "office")], harmful=[])
    assert code == 0
    assert lines[-1]["type"] == "made"
    assert lines[-1]["verdict"] == "unknown"
    assert ask(tmp_path, act="install", name="flow_usual") == (0, [{"type": "installed", "kept": 0}])
    from detectors.contract.detector import DetectorContext
    from detectors.engines.onnx_engine import OnnxModel

    context = DetectorContext(ROOT / "rules", None, ROOT / "models", tmp_path / "models")
    card = OnnxModel.load_for(context, "flow_usual").card.facts
    assert {row["licence"] for row in card["training"]} == {"own"}
    assert card["graph_differs_from_library_by_at_most"] <= 1e-4
    assert ask(tmp_path, act="take_back", name="flow_usual")[1] == [{"type": "taken_back", "to": "shipped"}]


@needs_extra
def test_two_days_are_too_few(tmp_path):
    make_office(tmp_path / "office", 2)
    code, lines = ask(tmp_path, act="train", name="flow_usual", harmless=[str(tmp_path / "office")], harmful=[])
    assert (code, lines[-1]["problem"]) == (1, "few_harmless")
