"""The model's word alone stays quiet; here with a stand-in whose word is known, and with the real one."""

from __future__ import annotations

import base64
import shutil
import time
import tomllib
from pathlib import Path

import numpy as np
import pytest

from detectors.contract.baseline import LocalPicture
from detectors.contract.detector import DetectorContext
from detectors.contract.errors import ModelRefused, SkipReason
from detectors.contract.finding import FoundBy, Severity
from detectors.engines.onnx_engine import ModelCard, OnnxModel
from detectors.features.program_features import FORM, NAMES, WIDTH, number_columns, score_programs
from detectors.features.program_reasons import explain_start
from detectors.unusual_program import MAX_FINDINGS, UnusualProgram, make_case
from tests.program_factories import NOW_S, chain, program, programs

ROOT = Path(__file__).parents[2]
MODELS = ROOT / "models"
WEB, SHELL = (number_columns()[NAMES.index(name)] for name in ("command_has_web_address", "program_parent_is_shell"))


class StandIn:
    """A model that minds web addresses, and a little who started a program."""

    def __init__(self) -> None:
        usual = [0.0] * len(NAMES)
        facts = {"low": 0.75, "usual_windows": usual, "usual_unix": usual}
        self.card = ModelCard("program_rank", NAMES, 0.5, facts)

    def score(self, rows: np.ndarray) -> np.ndarray:
        return (0.1 + 0.6 * rows[:, WEB] + 0.2 * rows[:, SHELL]).astype(np.float32)


def odd(**facts):
    return chain("explorer.exe", "cmd.exe", "fetch.exe", command="fetch.exe /q http://files.example/x", **facts)


def named(finding) -> dict:
    return {one.name: one.observed for one in finding.evidence}


def test_a_start_far_above_is_low_and_never_more():
    (finding,) = UnusualProgram(StandIn()).detect(programs(odd(), program("notes.exe")))
    assert finding.severity is Severity.LOW
    assert finding.found_by is FoundBy.MODEL
    assert finding.subject.details["name"] == "fetch.exe"
    assert len(finding.records) == 1


def test_a_start_barely_above_is_informational():
    one = program("fetch.exe", command="fetch.exe http://files.example/x", parent=program("explorer.exe"))
    (finding,) = UnusualProgram(StandIn()).detect(programs(one))
    assert finding.severity is Severity.INFORMATIONAL


def test_starts_below_the_limit_stay_quiet():
    assert not list(UnusualProgram(StandIn()).detect(programs(chain("explorer.exe", "cmd.exe", "ping.exe"))))


def test_reasons_are_words_parent_and_numbers_beside_the_usual():
    (finding,) = UnusualProgram(StandIn()).detect(programs(odd()))
    told = named(finding)
    assert any("http:" in word for word in told["unusual_words"])
    assert told["unusual_parent"] == "cmd.exe > fetch.exe"
    web = next(one for one in finding.evidence if one.name == "command_has_web_address")
    assert (web.observed, web.usual) == (True, False)
    assert told["chain"] == ["explorer.exe", "cmd.exe", "fetch.exe"]


def test_secrets_are_masked_in_command_and_words():
    secret = "hunter" + "2isMine"
    one = odd()
    one.command = f"fetch.exe http://files.example/x --password={secret} password={secret} -p {secret}"
    (finding,) = UnusualProgram(StandIn()).detect(programs(one))
    assert f"password={secret}" not in repr(finding.evidence)


def test_one_family_in_one_hour_is_told_once():
    shell = chain("explorer.exe", "cmd.exe")
    starts = [
        program("fetch.exe", parent=shell, command=f"fetch.exe http://files.example/{number}", started_s=NOW_S + number)
        for number in (1, 2, 3, 4_000)
    ]
    findings = list(UnusualProgram(StandIn()).detect(programs(*starts)))
    assert sorted(named(one)["unusual_starts"] for one in findings) == [1, 3]
    assert len({one.id for one in findings}) == 2


def test_a_flood_is_cut_to_the_strongest():
    starts = [
        program("fetch.exe", command="fetch.exe http://files.example/x", pid=number, started_s=NOW_S + number)
        for number in range(MAX_FINDINGS + 30)
    ]
    assert len(list(UnusualProgram(StandIn()).detect(programs(*starts)))) == MAX_FINDINGS


def test_endless_and_hostile_commands_cost_little():
    words = "\x1b[1m<b>\u202e \ud800 http://files.example/x " * 20_000
    starts = [program("x\x00y", command=f"{number} {words}", started_s=NOW_S + number) for number in range(5)]
    began = time.process_time()
    findings = list(UnusualProgram(StandIn()).detect(programs(*starts)))
    assert time.process_time() - began < 3
    assert len(findings) == 5
    assert all(len(word) <= 60 for one in findings for word in named(one)["unusual_words"])


def test_unknown_systems_and_unknown_commands_are_not_judged():
    starts = [program("x", command="fetch http://files.example/x"), program("a.exe", command=None)]
    starts[0].system = ""
    assert not [one for start in starts for one in UnusualProgram(StandIn()).detect(programs(start))]


def test_a_missing_or_changed_model_is_said(tmp_path: Path):
    shutil.copy(MODELS / "program_rank.toml", tmp_path)
    (tmp_path / "program_rank.onnx").write_bytes(b"something else")
    detector = UnusualProgram.build(DetectorContext(ROOT / "rules", None, tmp_path))
    assert [gap.reason for gap in detector.gaps()] == [SkipReason.MODEL_REFUSED]
    assert [gap.values for gap in detector.gaps()] == [{"model": "program_rank", "problem": "manifest_missing"}]
    assert not list(detector.detect(programs(odd())))
    assert not UnusualProgram.build(DetectorContext(ROOT / "rules", None)).gaps()


@pytest.fixture(scope="module")
def real() -> OnnxModel:
    return OnnxModel.load(MODELS, "program_rank", form=FORM)


def hidden_command() -> str:
    """Build at run time what no file should hold: an encoded command."""
    text = "Write-" + "Output 'just a test of many letters, Nr 7'"
    return "powershell.exe -w hidden -e" + "nc " + base64.b64encode(text.encode("utf-16-le")).decode()


def test_the_real_model_ranks_an_encoded_command_above_daily_work(real: OnnxModel):
    shell = r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"
    encoded = chain("explorer.exe", "cmd.exe", "powershell.exe", path=shell, command=hidden_command())
    daily = [
        chain("explorer.exe", "cmd.exe", "ping.exe", command="ping printer"),
        chain("services.exe", "svchost.exe", command=r"C:\Windows\System32\svchost.exe -k netsvcs -p -s Schedule"),
        chain("systemd", "cron", "sh", command="/bin/sh -c run-parts /etc/cron.hourly"),
        chain("systemd", "sshd", "bash", "ls", command="ls -l"),
    ]
    scores = score_programs(real.score, [encoded, *daily])
    assert scores[0] > real.card.threshold > scores[1:].max()
    assert explain_start(make_case(real, encoded, LocalPicture()), real.card.threshold)


def test_the_real_model_takes_the_rows_of_this_program_only(real: OnnxModel):
    assert len(real.card.features) == WIDTH
    with pytest.raises(ModelRefused):
        OnnxModel.load(MODELS, "program_rank", form="another")


def test_the_card_tells_sources_limits_results_and_what_to_doubt():
    card = tomllib.loads((MODELS / "program_rank.toml").read_text(encoding="utf-8"))
    assert card["graph_differs_from_library_by_at_most"] <= 1e-4
    assert {"threshold_is", "low_is", "support_is", "support", "warning", "known_misses", "not_for"} <= set(card)
    assert {"source", "licence", "period"} <= set(card["training"][0])
    assert {row["way"] for row in card["results"]["held_out"]} == {"leave one source out", "by group"}
    assert {row["system"] for row in card["results"]["at_the_limits"]} == {"windows", "linux", "macos"}
