"""Strong signs speak alone; weak ones only together, in a suspicious family, or where the start is unusual."""

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from detectors.contract.detector import DetectorContext
from detectors.contract.finding import FoundBy, Severity
from detectors.contract.programs import HOUR_S, KnownPrograms
from detectors.engines.sigma_engine import SigmaEngine
from detectors.features.program_habits import habit_name, pair_key, person_key
from detectors.features.start_signs import FamilyMemory, Sign, weigh
from detectors.suspicious_start import SuspiciousStart
from tests.program_factories import NOW_S, chain, program, programs

ROOT = Path(__file__).parents[2]
ORDER = {"credential_theft": 0, "discovery_burst": 1, "false_name": 2}

RULE = """
title: {title}
id: {number:08d}-0000-4000-8000-000000000000
status: test
logsource: {{category: process_creation, product: windows}}
detection:
  it: {{PlainCommand|contains: ' {word} '}}
  condition: it
level: {level}
tags: [attack.t1059.001]
plainwatch: {{reason: {reason}, sign: {sign}}}
"""
RULES = [
    ("strongword", "high", "credential_theft", "strong_one"),
    ("mediumword", "medium", "discovery_burst", "medium_one"),
    ("othermedium", "medium", "false_name", "medium_two"),
    ("weakword", "low", "discovery_burst", "weak_one"),
    ("sameweak", "low", "discovery_burst", "weak_same"),
    ("otherweak", "low", "false_name", "weak_two"),
    ("contextword", "informational", "false_name", "context_one"),
]

STRANGERS_RULE = """
title: A rule as others write it
id: 99999999-0000-4000-8000-000000000000
status: test
logsource: {category: process_creation, product: windows}
detection:
  selection: {CommandLine|contains: strangeword}
  condition: selection
level: high
tags: [attack.credential-access, attack.t1003.001]
"""


@pytest.fixture(scope="module")
def detector():
    texts = {
        f"{word}.yml": RULE.format(title=f"Has {word}", number=number, word=word, level=level, reason=reason, sign=sign)
        for number, (word, level, reason, sign) in enumerate(RULES)
    }
    engine = SigmaEngine.from_texts(texts)
    assert engine.problems == ()
    return SuspiciousStart(engine)


@pytest.fixture(scope="module")
def shipped():
    return SuspiciousStart.build(DetectorContext(ROOT / "rules", None, ROOT / "models"))


def found(detector, *starts, **facts):
    return list(detector.detect(programs(*starts, **facts)))


def start(words="", **facts):
    return program("tool.exe", command=f"tool {words} end", **facts)


def severities(findings):
    return sorted((one.reason, one.severity.word) for one in findings)


def test_nothing_is_said_of_an_ordinary_start(detector):
    assert found(detector, start("plain"), start("contextword")) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("strongword", [("credential_theft", "high")]),
        ("mediumword", [("discovery_burst", "medium")]),
        ("weakword", [("discovery_burst", "low")]),
        ("weakword sameweak", [("discovery_burst", "low")]),
        ("weakword otherweak", [("false_name", "medium")]),
        ("mediumword weakword", [("discovery_burst", "medium")]),
        ("mediumword othermedium", [("discovery_burst", "medium"), ("false_name", "high")]),
        ("strongword weakword", [("credential_theft", "high")]),
    ],
)
def test_signs_of_one_start_are_weighed(detector, words, said):
    assert severities(found(detector, start(words))) == said


def test_below_a_suspect_a_weak_sign_is_worth_a_look(detector):
    parent = start("mediumword")
    child = start("otherweak", parent=start("plain", parent=parent))
    said = found(detector, parent, child)
    assert ("false_name", "medium") in severities(said)
    lifted = next(one for one in said if one.reason == "false_name")
    assert "sign_started_by_suspect" in {one.name for one in lifted.evidence}


def test_below_an_alarm_a_medium_sign_is_one_too(detector):
    parent = start("strongword")
    assert ("discovery_burst", "high") in severities(found(detector, parent, start("mediumword", parent=parent)))


def test_two_reasons_in_one_family_are_strong(detector):
    root = start("plain")
    brothers = start("mediumword", parent=root), start("othermedium", parent=root)
    assert severities(found(detector, root, *brothers)) == [("discovery_burst", "medium"), ("false_name", "high")]


def test_at_a_desk_a_question_and_an_act_are_two_things(detector):
    desk = program("explorer.exe", path="C:\\Windows\\explorer.exe")
    root = start("plain", parent=desk)
    brothers = start("mediumword", parent=root), start("othermedium", parent=root)
    both = start("mediumword othermedium", parent=start("plain", parent=desk))
    assert severities(found(detector, root, *brothers)) == [("discovery_burst", "medium"), ("false_name", "medium")]
    assert ("false_name", "high") in severities(found(detector, both))


@pytest.mark.parametrize(("sign", "severity"), [("remote_session", "medium"), ("remote_shell", "high")])
def test_a_remote_session_is_not_lifted_by_the_model(monkeypatch, sign, severity):
    rule = RULE.format(title="Managed", number=1, word="managed", level="medium", reason="lateral_tool", sign=sign)
    monkeypatch.setattr("detectors.suspicious_start.score_programs", lambda _, starts: Ranker(0.99).score(starts))
    asked = SuspiciousStart(SigmaEngine.from_texts({"a.yml": rule}), Ranker(0.99))
    assert severities(found(asked, start("managed"))) == [("lateral_tool", severity)]


def test_what_a_persons_own_program_asks_is_not_lifted_by_the_model(monkeypatch):
    rule = RULE.format(
        title="Asks", number=1, word="asks", level="low", reason="discovery_burst", sign="own_program_asks"
    )
    monkeypatch.setattr("detectors.suspicious_start.score_programs", lambda _, starts: Ranker(0.9).score(starts))
    asked = SuspiciousStart(SigmaEngine.from_texts({"a.yml": rule}), Ranker(0.9))
    assert severities(found(asked, start("asks"))) == [("discovery_burst", "low")]


@pytest.mark.parametrize("later_s", [HOUR_S + 1, -5.0, None])
def test_suspicion_ends_after_an_hour_and_needs_times(detector, later_s):
    parent = start("mediumword", started_s=NOW_S)
    child = start("otherweak", parent=parent, started_s=None if later_s is None else NOW_S + later_s)
    assert ("false_name", "low") in severities(found(detector, parent, child))


def test_suspicion_of_an_earlier_stretch_counts(detector):
    parent = start("plain", started_s=NOW_S)
    child = start("otherweak", parent=parent)
    assert severities(found(detector, child, flagged={parent: NOW_S})) == [("false_name", "medium")]


def test_one_finding_for_a_tree_a_reason_and_an_hour(detector):
    root = start("plain", started_s=NOW_S - NOW_S % HOUR_S)
    near = [start("strongword", parent=root, started_s=root.started_s + at) for at in (1, 2, 3)]
    later = start("strongword", parent=root, started_s=root.started_s + HOUR_S + 1)
    said = found(detector, *near, later)
    assert sorted(one.records for one in said) == [tuple(one.record for one in near), (later.record,)]
    assert len({one.id for one in said}) == 2
    assert next(e.observed for e in said[0].evidence if e.name == "starts") == 3


def test_records_are_those_of_the_worst(detector):
    root = start("plain")
    weak, strong = start("weakword", parent=root), start("mediumword", parent=root)
    (said,) = found(detector, weak, strong)
    assert said.records == (strong.record,)


def test_what_a_finding_shows(detector):
    secret = "tool strongword --password hunter2secret " + "x" * 2_000
    last = chain("explorer.exe", "winword.exe", "tool.exe", command=secret, user="PC\\eve")
    (said,) = found(detector, last)
    shown = {one.name: one.observed for one in said.evidence}
    assert said.evidence[0].name == "sign_strong_one"
    assert "hunter2secret" not in shown["command"]
    assert len(shown["command"]) <= 400
    assert shown["parent"] == "winword.exe"
    assert shown["chain"] == ["explorer.exe", "winword.exe", "tool.exe"]
    assert shown["user"] == "PC\\eve"
    assert shown["rules"] == ["strongword.Has strongword"]
    assert said.found_by == FoundBy.RULE
    assert said.techniques == ("T1059.001",)
    assert said.confidence == 0.85


def test_unknown_fields_are_left_out_of_the_evidence(detector):
    (said,) = found(detector, start("strongword", user=None))
    assert not {"user", "parent", "chain", "hidden_command"} & {one.name for one in said.evidence}


class Ranker:
    """Says of every program what it is told to."""

    def __init__(self, score, support=0.5, low=0.95):
        self.card = type("Card", (), {"facts": {"support": support, "low": low}, "features": ("a",)})()
        self._score = score

    def score(self, rows):
        return np.full(len(rows), self._score, np.float32)


@pytest.mark.parametrize(("score", "said"), [(0.9, "medium"), (0.1, "low")])
def test_the_model_lifts_a_weak_sign_and_no_other(detector, monkeypatch, score, said):
    monkeypatch.setattr("detectors.suspicious_start.score_programs", lambda _, starts: Ranker(score).score(starts))
    supported = SuspiciousStart(detector._engine, Ranker(score))
    assert severities(found(supported, start("weakword"))) == [("discovery_burst", said)]
    assert severities(found(supported, start("mediumword"))) == [("discovery_burst", "medium")]
    assert found(supported, start("plain")) == []


@pytest.mark.parametrize(("score", "said"), [(0.97, "high"), (0.9, "medium")])
def test_what_is_very_much_like_an_attack_lifts_a_medium_sign(detector, monkeypatch, score, said):
    monkeypatch.setattr("detectors.suspicious_start.score_programs", lambda _, starts: Ranker(score).score(starts))
    supported = SuspiciousStart(detector._engine, Ranker(score))
    assert severities(found(supported, start("mediumword"))) == [("discovery_burst", said)]
    assert found(supported, start("plain")) == []


def test_on_a_computer_that_knows_its_own_a_new_pair_lifts_a_weak_sign(detector):
    parent = start("plain")
    child = start("otherweak", parent=parent)
    new, usual = KnownPrograms(is_learned=True), KnownPrograms(frozenset({pair_key(child) or ""}), is_learned=True)
    assert severities(found(detector, child, known=new)) == [("false_name", "medium")]
    assert severities(found(detector, child, known=usual)) == [("false_name", "low")]
    assert severities(found(detector, child, known=KnownPrograms())) == [("false_name", "low")]
    assert severities(found(detector, start("weakword", parent=parent), known=new)) == [("discovery_burst", "low")]


def test_what_is_usual_here_the_model_does_not_lift(detector, monkeypatch):
    monkeypatch.setattr("detectors.suspicious_start.score_programs", lambda _, starts: Ranker(0.9).score(starts))
    child = start("otherweak", parent=start("plain"))
    usual = KnownPrograms(frozenset({pair_key(child) or ""}), is_learned=True)
    said = found(SuspiciousStart(detector._engine, Ranker(0.9)), child, known=usual)
    assert severities(said) == [("false_name", "low")]


def test_without_a_model_rules_still_speak():
    alone = SuspiciousStart.build(DetectorContext(ROOT / "rules", None, None))
    assert alone.gaps() == ()
    last = chain("winword.exe", "powershell.exe")
    assert ("office_starts_command", "high") in severities(found(alone, last))


def test_a_broken_rule_is_a_gap(tmp_path):
    (tmp_path / "processes").mkdir()
    (tmp_path / "processes" / "a.yml").write_text("title: [", encoding="utf-8")
    (gap,) = SuspiciousStart.build(DetectorContext(tmp_path, None)).gaps()
    assert gap.reason == "rules_broken"


def test_signs_of_equal_weight_go_to_the_graver_reason():
    one = program("a.exe")
    signs = [Sign("false_name", "b", Severity.LOW), Sign("credential_theft", "a", Severity.LOW)]
    (verdict,) = weigh(one, signs, FamilyMemory({}).around(one), ORDER)
    assert (verdict.reason, verdict.severity) == ("credential_theft", Severity.MEDIUM)
    assert {sign.name for sign in verdict.signs} == {"a", "b"}


@pytest.mark.alone
def test_five_thousand_starts_a_minute_are_judged_in_time(shipped):
    root = program("explorer.exe", path=r"C:\Windows\explorer.exe")
    starts = [
        program("cmd.exe", parent=root, command=f"cmd /c echo {number} & whoami /priv & net user {number}")
        for number in range(1_000)
    ]
    began = time.process_time()
    said = found(shipped, *starts)
    assert said
    assert time.process_time() - began < 12.0, "a fifth of a minute's starts may take a fifth of a minute"


def test_hostile_programs_raise_nothing(shipped):
    odd = ["\udcff\x00<b>", '"' * 20_000, "%a%\\" * 10_000, "a^" * 20_000, "\u202e" * 500, "/c " * 10_000]
    starts = [program(text, path=text, command=text, user=text, system="windows") for text in odd]
    starts += [replace(one, command=None, path=None, name=None, started_s=None, pid=None) for one in starts]
    for finding in found(shipped, *starts, system="windows"):
        assert finding.id


def test_a_rule_of_somebody_else_is_heard_under_a_reason_of_ours():
    engine = SigmaEngine.from_texts({"stranger.yml": STRANGERS_RULE})
    assert not engine.problems
    (finding,) = found(SuspiciousStart(engine), start("strangeword"))
    assert (finding.reason, finding.severity) == ("credential_theft", Severity.HIGH)
    assert "sign_strange_rule" in {one.name for one in finding.evidence}


def test_a_pair_of_another_person_is_new_for_this_one(detector):
    parent = start("plain")
    child = start("otherweak", parent=parent)
    key = pair_key(child) or ""
    own, other = (
        KnownPrograms(frozenset({habit_name(key, person_key(user))}), is_learned=True) for user in (child.user, "jean")
    )
    assert severities(found(detector, child, known=own)) == [("false_name", "low")]
    assert severities(found(detector, child, known=other)) == [("false_name", "medium")]
