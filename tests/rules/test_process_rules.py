"""Every process rule says what it is, fires on its own start, and leaves the start's harmless twin alone."""

import io
import json
import re
from functools import cache
from pathlib import Path

import pytest

from desktop.service.rule_samples import RuleSample, load_rule_samples, pieces_of
from detectors.contract.programs import Program
from detectors.engines.sigma_engine import SigmaEngine
from detectors.features.program_fields import sigma_fields
from detectors.suspicious_start import SuspiciousStart
from detectors.telemetry.program_recording import RecordingReader

ROOT = Path(__file__).parents[2]
SAMPLES = load_rule_samples(ROOT / "resources" / "selftest")
SYSTEMS_WITH_SAMPLES = {"windows", "linux", "macos"}
LEVELS = {"low", "medium", "high", "critical"}
MAX_PIECE = 12
"""Letters of a piece that is no code of ours: no whole command fits in."""


@cache
def engine() -> SigmaEngine:
    return SigmaEngine.from_folder(ROOT / "rules" / "processes")


def rules():
    return [rule for rule in engine().rules if set(rule.systems) <= SYSTEMS_WITH_SAMPLES]


def start_of(row: dict) -> Program:
    stream = io.BytesIO(json.dumps(row).encode())
    return next(iter(RecordingReader("trial").read(stream))).starts[0]


def labels_on(row: dict) -> set[str]:
    start = start_of(row)
    return {match.rule.label for match in engine().match(start.system, sigma_fields(start))}


def test_every_rule_can_be_read():
    assert engine().problems == ()
    assert engine().not_for_us == ()


def test_rules_ask_only_for_fields_that_exist():
    known = set()
    for sample in SAMPLES:
        known |= set(sigma_fields(start_of(sample.row)))
    assert engine().fields & {"PlainCommand", "Kind"}
    assert {one for one in engine().fields if one[0].isupper()} <= known | UNIX_FIELDS


UNIX_FIELDS = {"PlainCommands", "PlainPipes", "PlainPrograms"}


@pytest.mark.parametrize("rule", engine().rules, ids=lambda rule: rule.label)
def test_rule_says_what_it_is(rule):
    assert rule.facts["reason"] in SuspiciousStart.reasons
    assert re.fullmatch(r"[a-z_]{4,40}", rule.facts["sign"])
    assert rule.level in LEVELS
    assert rule.techniques
    assert re.fullmatch(r"[0-9a-f-]{36}", rule.id)
    assert rule.pack.rpartition("_")[0] == rule.facts["reason"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.rule)
def test_rule_fires_on_its_start(sample: RuleSample):
    assert sample.rule in labels_on(sample.row)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.rule)
def test_rule_leaves_the_twin_alone(sample: RuleSample):
    assert sample.rule not in labels_on(sample.twin)


def test_every_rule_has_a_start():
    assert {rule.label for rule in rules()} <= {sample.rule for sample in SAMPLES}


def test_no_piece_is_a_command():
    kinds = ("code:", "times:", "mark:")
    assert all(
        len(piece) <= MAX_PIECE or piece.startswith(kinds) for piece in pieces_of(ROOT / "resources" / "selftest")
    )


def test_what_a_renamed_tool_needs_is_said():
    text = (ROOT / "rules" / "processes" / "false_name_windows.yml").read_text(encoding="utf-8")
    about = next(part for part in text.split("---\n") if "Renamed:" in part)
    assert "looking at intervals cannot give" in " ".join(about.split())
