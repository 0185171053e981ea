"""Words, parent and numbers of a start are reasons, and what would have made it usual; here with known scores."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from detectors.contract.baseline import LocalPicture
from detectors.engines.onnx_engine import OnnxModel
from detectors.features.occlusion import ask, find_reasons
from detectors.features.program_features import FORM, NAMES, number_columns, plain_number, program_row
from detectors.features.program_reasons import (
    LONGEST_WORD,
    MAX_WORDS,
    NUMBERS,
    WORDS_NAMED,
    StartCase,
    as_told,
    explain_start,
    find_change,
    logit,
)
from detectors.unusual_program import make_case
from tests.program_factories import chain, program

MODELS = Path(__file__).parents[3] / "models"
WEB, SHELL, LENGTH = (
    number_columns()[NAMES.index(name)]
    for name in ("command_has_web_address", "program_parent_is_shell", "command_length")
)
SEEN = chain("explorer.exe", "cmd.exe", "fetch.exe", command="fetch.exe /q http://files.example/x")


def share(sums: np.ndarray) -> np.ndarray:
    return (1 / (1 + np.exp(-sums))).astype(np.float32)


def case_of(score, one=SEEN) -> StartCase:
    return StartCase.of(score, one, np.zeros(len(NUMBERS), np.float32))


def told(evidence) -> dict:
    return {one.name: one for one in evidence}


def mind_web(rows: np.ndarray) -> np.ndarray:
    return share(4 * rows[:, WEB] - 2)


def test_the_word_that_counts_is_named_and_would_have_been_left_out():
    facts = told(explain_start(case_of(mind_web), 0.5))
    assert facts["unusual_words"].observed == ["http://files.example/x"]
    assert (facts["command_has_web_address"].observed, facts["command_has_web_address"].usual) == (True, False)
    changes = {name for name in facts if name.startswith("would_be_")}
    assert changes in ({"would_be_without_words"}, {"would_be_command_has_web_address"})


def test_the_parent_that_counts_is_named_first_and_another_would_have_been_usual():
    facts = explain_start(case_of(lambda rows: share(5 * rows[:, SHELL] - 2 + rows[:, WEB])), 0.5)
    assert facts[0].name == "unusual_parent"
    assert facts[0].observed == "cmd.exe > fetch.exe"
    change = [one for one in facts if one.name.startswith("would_be_")]
    assert [one.observed for one in change] in (["cmd.exe"], [True])


def test_a_number_is_put_back_as_far_as_it_must():
    command = "tool " + "x" * 995
    case = case_of(lambda rows: share(3 * (rows[:, LENGTH] - np.log1p(200))), program("tool", command=command))
    words = np.zeros((1, len(case.distances)), np.float32)
    words[0, case.parent_part + 1 + NAMES.index("command_length")] = 1
    assert case.judge(words)[0] < 0 < case.judge(0 * words)[0]
    reasons = find_reasons(case.judge, case.distances, adds_up=True)
    change = find_change(case, reasons, 0.5)
    assert change is not None
    assert change.score < 0


def test_where_nothing_calms_it_is_said():
    facts = told(explain_start(case_of(lambda rows: np.full(len(rows), 0.9, np.float32)), 0.5))
    assert set(facts) == {"would_be_usual"}
    assert facts["would_be_usual"].observed is False


def test_three_reasons_at_most_and_no_word_of_a_secret():
    secret = "hunter" + "2isMine"
    one = chain("explorer.exe", "cmd.exe", "fetch.exe", command=f"fetch.exe http://a.example password={secret} x y z")
    evidence = explain_start(case_of(lambda rows: share(rows[:, :4096].sum(axis=1) - 3), one), 0.5)
    assert len([one for one in evidence if not one.name.startswith("would_be_")]) <= 3
    assert secret not in repr(evidence)
    words = told(evidence)["unusual_words"].observed
    assert len(words) <= WORDS_NAMED
    assert all(len(word) <= LONGEST_WORD for word in words)


def test_hostile_commands_are_bounded():
    one = program("x\x00y", command="\x1b[1m <b> \u202e \ud800 " + " ".join(f"{number}w" for number in range(50_000)))
    rows: list[int] = []

    def score(trials):
        rows.append(len(trials))
        return mind_web(trials)

    case = case_of(score, one)
    began = time.process_time()
    explain_start(case, 0.5)
    assert time.process_time() - began < 1
    assert len(case.words) == MAX_WORDS
    assert sum(rows) < 600


def test_a_score_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="no number"):
        explain_start(case_of(lambda rows: np.full(len(rows), np.nan, np.float32)), 0.5)


def test_sums_are_compared_and_certainty_has_an_end():
    assert logit(np.array([0.5, 0.75], np.float32)).tolist() == pytest.approx([0, np.log(3)])
    assert np.isfinite(logit(np.array([0.0, 1.0], np.float32))).all()


def test_numbers_are_rounded_as_they_are_told():
    row = program_row(SEEN)[number_columns()]
    rounded = as_told(row, np.arange(len(NUMBERS)))
    assert [plain_number(one, float(value)) for one, value in zip(NUMBERS, rounded, strict=True)] == [
        plain_number(one, float(value)) for one, value in zip(NUMBERS, row, strict=True)
    ]


def test_our_own_model_is_silent_with_the_change_that_is_told_and_answers_fast():
    model = OnnxModel.load(MODELS, "program_rank", form=FORM)
    shell = r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"
    hidden = "powershell.exe -w hidden -e" + "nc " + "VwByAGkAdABlAC0A" * 9
    one = chain("winword.exe", "cmd.exe", "powershell.exe", path=shell, command=hidden)
    limit, spent = model.card.threshold, []
    for _ in range(5):
        began = time.process_time()
        case = make_case(model, one, LocalPicture())
        evidence = explain_start(case, limit)
        spent.append(time.process_time() - began)
    assert min(spent) < 0.020
    change = find_change(case, find_reasons(case.judge, case.distances, adds_up=True), limit)
    assert (change is None) == ("would_be_usual" in told(evidence))
    if change is not None:
        fractions = np.zeros((1, len(case.distances)), np.float32)
        fractions[0, list(change.parts)] = change.fractions
        fresh = make_case(model, one, LocalPicture())
        assert float(ask(fresh.judge, fractions)[0]) < 0 < float(ask(fresh.judge, 0 * fractions)[0])
