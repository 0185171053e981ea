import json
import os
import time
from pathlib import Path

import pytest

from desktop.service.keeping.database import Database
from desktop.service.keeping.journal import Journal
from desktop.service.learning import training as module
from desktop.service.learning.training import Figures, Trained, Training
from detectors.contract.errors import TrainingRefused

FIGURES = {"found": 3, "harmful": 5, "false": 1, "harmless": 20, "area": 0.9}
MADE = {"type": "made", "verdict": "better", "own": FIGURES, "installed": FIGURES | {"found": 2}}
TRAINING = {"type": "training", "sources": 4, "left_out": 1, "names": ["odd.bin"]}
READING = {"type": "reading", "done": 0, "of": 4, "name": "a.pcap"}


class Stage:
    """A program folder whose training process says what a test wants."""

    def __init__(self, folder):
        self.program, self.data, self.office = folder / "program", folder / "data", folder / "office"
        (self.program / "models/train").mkdir(parents=True)
        self.office.mkdir()
        self.data.mkdir()
        self.journal = Journal(Database(self.data / "plainwatch.db"))

    def says(self, *lines, then=""):
        spoken = "".join(f"print({line if isinstance(line, str) else json.dumps(line)!r})\n" for line in lines)
        code = f"import sys, os, json, time\nrequest = json.loads(sys.stdin.readline())\n{spoken}sys.stdout.flush()\n{then}\n"
        (self.program / module.SCRIPT).write_text(code)
        return Training(self.program, self.data, self.journal)

    @property
    def waiting(self):
        return list(self.data.glob(f"{module.WAITING}*"))


@pytest.fixture
def stage(tmp_path):
    return Stage(tmp_path)


def train(training, stage):
    return training.train("flow_usual", [str(stage.office)], [], lambda *_: None)


def test_what_the_process_says_is_told_and_nothing_waits_afterwards(stage):
    heard = []
    with stage.says(READING, TRAINING, MADE) as training:
        trained = training.train("flow_usual", [str(stage.office)], [], lambda *step: heard.append(step))
        assert len(stage.waiting) == 1
    assert [step for step, _ in heard] == ["reading", "training"]
    assert (trained.verdict, trained.own.found, trained.installed.found) == ("better", 3, 2)
    assert (trained.sources, trained.left_out, trained.left_out_count) == (4, ("odd.bin",), 1)
    assert stage.waiting == []


def test_it_is_put_in_use_on_a_word_only_and_the_journal_knows(stage):
    seen = stage.data / "seen"
    with stage.says(TRAINING, MADE, then=f"open({str(seen)!r}, 'a').write(request['act'] + ' ')") as training:
        trained = train(training, stage)
        assert stage.journal.lines(10) == []
        training.install(trained)
    assert "install" in seen.read_text().split()
    (line,) = stage.journal.lines(10)
    assert (line.act, line.subject) == ("model_installed", "flow_usual")


@pytest.mark.parametrize(
    ("lines", "then", "problem"),
    [
        ([{"type": "stopped", "problem": "few_harmless", "values": {"count": 1, "least": 3}}], "", "few_harmless"),
        ([], "sys.exit(0)", "ended"),
        ([READING], "os._exit(9)", "ended"),
        (["'no json'"], "", "ended"),
        (["'[1]'"], "", "ended"),
        ([MADE], "", "ended"),
        ([TRAINING, MADE | {"verdict": "splendid"}], "", "ended"),
        ([TRAINING, MADE | {"own": {"found": 1}}], "", "ended"),
        (["'x' * 1_000_000"], "", "ended"),
    ],
)
def test_a_process_that_ends_or_lies_is_refused_and_leaves_nothing(stage, lines, then, problem):
    with pytest.raises(TrainingRefused) as refused, stage.says(*lines, then=then) as training:
        train(training, stage)
    assert refused.value.values["problem"] == problem
    assert stage.waiting == []


def test_a_person_who_stops_it_ends_the_process_and_leaves_nothing(stage):
    pid = stage.data / "pid"

    def stop(*_):
        raise KeyboardInterrupt

    running = (
        f"open({str(pid)!r}, 'w').write(str(os.getpid()))\nprint(json.dumps({READING!r}), flush=True)\ntime.sleep(100)"
    )
    with pytest.raises(KeyboardInterrupt), stage.says(then=running) as training:
        training.train("flow_usual", [str(stage.office)], [], stop)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)
    assert stage.waiting == []


def test_a_path_that_is_not_there_is_named(stage):
    with pytest.raises(TrainingRefused) as refused, stage.says(MADE) as training:
        training.train("flow_usual", [str(stage.office)], ["/nowhere/at all"], print)
    assert refused.value.values == {"problem": "not_found", "path": "/nowhere/at all"}


def test_what_a_power_cut_left_behind_goes_after_a_day(stage):
    old, fresh = stage.data / f"{module.WAITING}old", stage.data / f"{module.WAITING}fresh"
    old.mkdir()
    fresh.mkdir()
    two_days_ago = time.time() - 2 * 86_400
    os.utime(old, (two_days_ago, two_days_ago))
    with stage.says(TRAINING, MADE) as training:
        train(training, stage)
    assert stage.waiting == [fresh]


def test_without_an_own_model_there_is_nothing_to_take_back_and_no_process_is_started(stage):
    assert stage.says(then="raise SystemExit(1)").take_back("flow_usual") == "none"


def test_taking_back_tells_what_is_in_use_now(stage):
    (stage.data / "models").mkdir()
    (stage.data / "models" / "flow_usual.onnx").write_bytes(b"own")
    assert stage.says({"type": "taken_back", "to": "shipped"}).take_back("flow_usual") == "shipped"


def test_taking_back_without_a_word_is_refused(stage):
    (stage.data / "models").mkdir()
    (stage.data / "models" / "flow_usual.onnx").write_bytes(b"own")
    with pytest.raises(TrainingRefused):
        stage.says().take_back("flow_usual")
    with pytest.raises(TrainingRefused):
        stage.says({"type": "taken_back", "to": "the moon"}).take_back("flow_usual")


def test_an_undo_in_the_journal_takes_the_model_back_only_while_it_is_in_use(stage):
    (stage.data / "models").mkdir()
    model = stage.data / "models" / "flow_usual.onnx"
    seen = stage.data / "seen"
    told = {"type": "taken_back", "to": "shipped"}
    training = stage.says(told, then=f"open({str(seen)!r}, 'a').write(request['act'] + ' ')")
    for text in (b"first", b"second"):
        model.write_bytes(text)
        training.install(Trained("flow_usual", "better", Figures(**FIGURES), Figures(**FIGURES), 3, (), 0))
    second, first = stage.journal.lines(10)
    training.follow_undo(first)
    assert "take_back" not in seen.read_text()
    training.follow_undo(second)
    assert seen.read_text().split().count("take_back") == 1


def test_the_real_process_is_there():
    assert (Path(__file__).parents[4] / module.SCRIPT).is_file()
