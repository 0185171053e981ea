import importlib.util
from dataclasses import replace

import pytest

from desktop.console import training as console
from desktop.service.learning.training import Figures, Trained, Training
from detectors.contract.errors import TrainingRefused

BEFORE = Figures(found=32, harmful=60, false=3, harmless=69, area=0.87)
BETTER = Trained("flow_usual", "better", replace(BEFORE, found=40, area=0.9), BEFORE, 11, (), 0)
WORSE = replace(BETTER, verdict="worse", own=replace(BEFORE, found=25, area=0.839))
UNKNOWN = replace(BETTER, verdict="unknown", own=replace(BEFORE, harmful=0, area=None))


@pytest.fixture
def made(monkeypatch):
    """What training gives, and what was done with it."""
    acts = []

    def use(result):
        def train(self, name, harmless, harmful, tell):
            acts.append(("train", name, harmless, harmful))
            tell("reading", {"done": 0, "of": 1, "name": "a.pcap"})
            tell("training", {"sources": 3})
            if isinstance(result, TrainingRefused):
                raise result
            return result

        monkeypatch.setattr(Training, "train", train)
        monkeypatch.setattr(Training, "install", lambda _self, trained: acts.append(("install", trained.name)) or 7)
        return acts

    return use


def train(command, *more):
    return command("models", "train", "flow_usual", "--harmless", "a", "--harmless", "b", *more)


def test_a_better_model_is_told_and_waits_for_a_word(command, made):
    acts = made(BETTER)
    told = train(command, "--harmful", "c")
    assert told.code == 0
    assert acts == [("train", "flow_usual", ("a", "b"), ("c",))]
    assert "40 of 60" in told.out
    assert "32 of 60" in told.out
    assert "--install" in told.err


def test_with_a_word_it_is_put_in_use(command, made):
    acts = made(BETTER)
    told = train(command, "--install", "--quiet")
    assert (told.code, acts[-1]) == (0, ("install", "flow_usual"))
    assert "--undo" in told.out
    assert "a.pcap" not in told.err


@pytest.mark.parametrize("result", [WORSE, UNKNOWN], ids=["worse", "unknown"])
def test_what_is_not_shown_to_be_as_good_needs_a_spoken_choice(command, made, result):
    acts = made(result)
    told = train(command, "--install")
    assert told.code == 2
    assert "--even-if-worse" in told.err
    assert len(acts) == 1
    assert train(command, "--install", "--even-if-worse").code == 0
    assert acts[-1] == ("install", "flow_usual")


def test_it_says_by_how_much_a_model_is_worse(command, made):
    made(WORSE)
    told = train(command)
    assert "7 fewer" in told.out
    assert "83.9%" in told.out
    assert "87.0%" in told.out


def test_unreadable_files_are_named(command, made):
    made(replace(BETTER, left_out=("odd\x1b[31m.bin",), left_out_count=5))
    told = train(command)
    assert "odd" in told.out
    assert "\x1b[31m" not in told.out
    assert "..." in told.out


@pytest.mark.parametrize("problem", [*console.PROBLEMS, "something new"])
def test_every_refusal_is_a_sentence(command, made, problem):
    made(TrainingRefused(problem=problem, count=1, least=3, path="/x", name="flow_usual"))
    told = train(command)
    assert told.code == 2
    assert told.err.strip().splitlines()[-1]
    assert "{" not in told.err


def test_other_programs_read_lines(command, made):
    made(BETTER)
    told = train(command, "--install", "--format", "jsonl")
    assert [line["type"] for line in told.lines] == ["trained", "model_installed"]
    assert told.lines[0]["own"]["found"] == 40


def test_counts_train_no_model_and_it_says_what_they_allow(command, made):
    acts = made(BETTER)
    told = command("models", "train", "flow_usual", "--from-baseline")
    assert told.code == 2
    assert "models learn" in told.err
    assert acts == []


@pytest.mark.parametrize("more", [(), ("--undo", "--from-baseline"), ("--undo", "--harmless", "a")])
def test_one_thing_at_a_time(command, made, more):
    acts = made(BETTER)
    assert command("models", "train", "flow_usual", *more).code == 2
    assert acts == []


@pytest.mark.parametrize(("to", "code"), [("earlier", 0), ("shipped", 0), ("none", 2)])
def test_going_back_says_what_is_in_use(command, monkeypatch, to, code):
    monkeypatch.setattr(Training, "take_back", lambda *_: to)
    told = command("models", "train", "flow_usual", "--undo")
    assert told.code == code
    assert told.out.strip()


@pytest.mark.skipif(
    importlib.util.find_spec("sklearn") is not None, reason="scikit-learn is installed: nothing is missing"
)
def test_without_extra_packages_the_real_command_says_how_to_get_them(command, tmp_path):
    told = command("models", "train", "flow_usual", "--harmless", str(tmp_path))
    assert told.code == 2
    assert "pip install scikit-learn onnx" in told.err
