"""What the learned models are, from the command line: a list, a card, and an honest word where nothing was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.service.learning import learning as learning_module
from desktop.service.learning.evaluating import Evaluated
from desktop.service.texts import LANGUAGES, Texts
from detectors.worker.wire import ModelsChecked

ROOT = Path(__file__).parents[3]
NAMES = sorted(path.stem for path in (ROOT / "models").glob("*.onnx"))
GENUINE = ModelsChecked(dict.fromkeys(NAMES, ""), {})


def test_every_model_is_listed_with_its_plain_name(command, worker):
    worker.models = GENUINE
    told = command("models", "list")
    assert told.code == 0
    lines = told.out.splitlines()
    assert [line.split()[1] for line in lines] == NAMES
    assert all(line.startswith("✓") and line.endswith("genuine") for line in lines)
    assert [line["name"] for line in command("models", "list", "--format", "jsonl").lines] == NAMES


def test_a_model_that_is_not_used_is_told_with_its_reason(command, worker):
    worker.models = ModelsChecked(dict.fromkeys(NAMES, "") | {"flow_usual": "card_changed"}, {})
    told = command("models", "list")
    assert told.code == 3
    assert told.out.count("It is not used. The fixed rules still work.") == 1
    assert "    It was changed after its makers signed it.\n" in told.out
    refused = [line for line in command("models", "list", "--format", "jsonl").lines if not line["is_trusted"]]
    assert [(line["name"], line["problem"]) for line in refused] == [("flow_usual", "card_changed")]


def test_a_worker_that_cannot_look_leaves_no_model_trusted(command, worker):
    told = command("models", "list")
    assert told.code == 3
    assert told.out.count("Nobody could look at its signature now.") == len(NAMES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_card_tells_all_its_parts_in_every_language(command, worker, name, language):
    worker.models = GENUINE
    told = command("models", "card", name, "--language", language)
    assert told.code == 0
    texts = Texts(ROOT / "resources" / "texts")
    for part in ("purpose", "not_for", "wrong", "limit", "misses", "reasons", "looks_at", "sources", "papers"):
        if part != "reasons" or name != "dga_names":
            assert f"\n{texts.get(f'models.head_{part}', language)}\n" in told.out, part
    assert texts.get("models.not_measured", language) not in told.out
    assert "2026" in told.out


def test_a_card_is_one_line_for_other_programs(command, worker):
    worker.models = GENUINE
    (line,) = command("models", "card", "flow_rank", "--format", "jsonl").lines
    assert (line["type"], line["name"], line["is_trusted"]) == ("model", "flow_rank", True)
    assert line["missed"]["cases"] == 190
    assert line["review_by"] > line["measured_on"]
    assert len(line["looks_at"]) == len(line["units"]) == 77


@pytest.mark.parametrize("name", ["nothing", "../flow_rank", "flow_rank.toml", "\x1b[1m"])
@pytest.mark.parametrize("what", ["card", "evaluate"])
def test_an_unknown_name_is_a_sentence(command, worker, what, name):
    worker.models = GENUINE
    told = command("models", what, name)
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("There is no model called ")
    assert "\x1b" not in told.err


@pytest.mark.parametrize(
    "case",
    [
        ("measured", 0, "written onto the card"),
        ("missing_extras", 3, "the training library is missing"),
        ("missing_recordings", 3, "the labelled recordings are not here"),
        ("refused", 3, "another model or another limit"),
        ("failed", 3, "ended early"),
        ("something new", 3, "ended early"),
    ],
)
def test_measuring_says_what_became_of_it(command, worker, monkeypatch, case):
    outcome, code, said = case
    worker.models = GENUINE
    monkeypatch.setattr(learning_module, "evaluate", lambda _, names: iter([Evaluated(names[0], outcome, "\x1b[1m")]))
    told = command("models", "evaluate", "flow_rank")
    assert told.code == code
    assert said in told.out
    assert "\x1b" not in told.out
    assert ("signed again" in told.out) == (outcome == "measured")
    (line,) = command("models", "evaluate", "flow_rank", "--format", "jsonl").lines
    assert (line["type"], line["outcome"]) == ("evaluated", outcome)


def test_the_public_form_of_a_card_holds_no_days_as_objects(command, worker):
    worker.models = GENUINE
    (line,) = command("models", "card", NAMES[0], "--format", "jsonl").lines
    assert isinstance(line["measured_on"], str)


@pytest.mark.parametrize("arguments", [("list",), ("evaluate",)])
def test_where_no_models_are_that_is_said(command, worker, monkeypatch, arguments):
    monkeypatch.setattr(learning_module, "read_cards", lambda *_, **__: ())
    told = command("models", *arguments)
    assert (told.code, told.out) == (3, "")
    assert told.err == "No learned models are here. The fixed rules still work.\n"
