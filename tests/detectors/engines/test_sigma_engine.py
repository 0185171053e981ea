import json
import random
import re
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from detectors.engines.sigma_engine import SigmaEngine
from detectors.engines.sigma_index import MAX_FIELD_CHARS

ROOT = Path(__file__).parents[3]
RULE = """title: A tool in haste
id: 11111111-2222-4333-8444-555555555555
status: test
logsource: {category: process_creation, product: windows}
detection:
  sel:
    Image|endswith: '\\tool.exe'
    CommandLine|contains: hurry
  filter_system:
    User: SYSTEM
  condition: sel and not 1 of filter_*
level: high
tags: [attack.t1059.001, attack.t1003, attack.execution]
plainwatch: {reason: haste, sign: in_a_hurry}
"""
RECORD = {"Image": "C:\\TOOL.EXE", "CommandLine": "tool --Hurry", "User": None, "Other": "x"}


def test_a_match_tells_its_rule_and_what_it_rests_on():
    engine = SigmaEngine.from_texts({"packs/haste_windows.yml": RULE})
    (match,) = engine.match("windows", RECORD)
    rule = match.rule
    assert (rule.id, rule.title, rule.level) == ("11111111-2222-4333-8444-555555555555", "A tool in haste", "high")
    assert rule.techniques == ("T1059.001", "T1003")
    assert rule.facts == {"reason": "haste", "sign": "in_a_hurry"}
    assert rule.label == "haste_windows.A tool in haste"
    assert match.because == {"Image": "C:\\TOOL.EXE", "CommandLine": "tool --Hurry"}
    assert engine.match("windows", {**RECORD, "User": "system"}) == []
    assert engine.fields == {"Image", "CommandLine", "User"}


def test_a_rule_is_asked_for_its_own_system_or_for_all_where_it_names_none():
    free = RULE.replace(", product: windows", "").replace("11111111", "21111111")
    engine = SigmaEngine.from_texts({"one.yml": RULE, "free.yml": free})
    packs = {system: [match.rule.pack for match in engine.match(system, RECORD)] for system in ("windows", "linux", "")}
    assert packs == {"windows": ["one", "free"], "linux": ["free"], "": ["one", "free"]}


def test_of_a_list_the_element_that_matched_is_told():
    text = RULE.replace("CommandLine|contains: hurry", "CommandLine|contains|all: [hur, ry]")
    record = RECORD | {"CommandLine": ("other", "in a hurry", "hur")}
    (match,) = SigmaEngine.from_texts({"a.yml": text}).match("windows", record)
    assert match.because["CommandLine"] == "in a hurry"


def test_several_rules_in_a_file_each_with_its_line():
    second = RULE.replace("11111111", "21111111").replace("title: A tool", "title: B tool")
    broken = RULE.replace("11111111", "31111111").replace("contains", "unheard")
    engine = SigmaEngine.from_texts({"a.yml": f"{RULE}---\n{second}---\n{broken}"})
    assert [(rule.title, rule.line) for rule in engine.rules] == [("A tool in haste", 1), ("B tool in haste", 16)]
    assert [(problem.path, problem.line) for problem in engine.problems] == [("a.yml", 31)]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{category: file_event, product: windows}", "for another log source: file_event windows"),
        ("{product: windows, service: security}", "for another log source: windows security"),
        ("{category: process_creation, product: beos}", "for another log source: process_creation beos"),
        ("{category: process_creation, service: sysmon}", "for another log source: process_creation sysmon"),
    ],
)
def test_rules_for_other_log_sources_are_named_apart(source, said):
    engine = SigmaEngine.from_texts({"a.yml": RULE.replace("{category: process_creation, product: windows}", source)})
    assert (engine.rules, engine.problems) == ((), ())
    assert [(one.path, one.line, one.problem) for one in engine.not_for_us] == [("a.yml", 1, said)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: t\ncorrelation: {type: event_count}\n", "correlation rules are not supported"),
        ("title: t\nfilter: {rules: [a]}\n", "filters are not supported"),
        ("action: global\ntitle: t\n", "collections with an action are not supported"),
        ("- a\n- b\n", "this is no rule"),
        ("just words\n", "this is no rule"),
        ("", "there is no rule in the file"),
        ("# only a comment\n", "there is no rule in the file"),
        ("title: t\nlogsource: {category: process_creation}\n", "there is no detection"),
        (RULE.replace("level: high", "level: awful"), "not a valid Sigma rule level"),
        (RULE.replace("title: A tool in haste\n", ""), "title"),
        (RULE.replace("logsource: {category: process_creation, product: windows}\n", ""), "log source"),
    ],
)
def test_what_is_no_rule_for_us_is_a_problem_in_words(text, said):
    engine = SigmaEngine.from_texts({"a.yml": text})
    assert engine.rules == ()
    (problem,) = engine.problems
    assert said in problem.problem


def test_an_id_that_is_used_twice_is_told():
    engine = SigmaEngine.from_texts({"a.yml": RULE, "b.yml": RULE})
    assert [rule.pack for rule in engine.rules] == ["a"]
    assert [(one.path, one.problem) for one in engine.problems] == [("b.yml", "its id is that of a rule in a.yml")]


BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + at)}: &{chr(98 + at)} [{', '.join(['*' + chr(97 + at)] * 9)}]\n" for at in range(9)
)
WIDE = f"a: &a [{'x, ' * 9_000}]\n" + "".join(
    f"{two}: &{two} [*{one}, *{one}, *{one}]\n" for one, two in ("ab", "bc", "cd", "de", "ef", "fg")
)
MERGES = "a: &a {x: 1}\nb:\n  <<: [*a, *a]\n"
HOSTILE = {
    "aliases": BOMB,
    "merges": MERGES,
    "few wide aliases": WIDE + RULE.replace("contains: hurry", "contains: *g"),
    "wide facts": WIDE + RULE.replace("{reason: haste, sign: in_a_hurry}", "*g"),
    "itself": "a: &a [*a]\n",
    "deep": "a: " + "[" * 100_000 + "]" * 100_000,
    "deep block": "".join(" " * at + "a:\n" for at in range(1_000)),
    "brackets": RULE.replace("condition: sel and", "condition: " + "(" * 900 + "sel" + ")" * 900 + " and"),
    "nots": RULE.replace("condition: sel and", "condition: " + "not " * 900 + "sel and"),
    "tag": "a: !!python/object/apply:os.system ['echo harm']\n",
    "own tag": "a: !boom 3\n",
    "huge number": f"title: {'9' * 6_000}\n",
    "twice": "title: a\ntitle: b\n",
    "zero": "title: \0\n",
    "odd keys": "? [a, b]\n: c\n",
    "key of keys": "? {a: b}\n: c\n",
    "long": "a: " + "x" * 30_000,
    "huge": "a: x\n" * 300_000,
    "values": RULE.replace("contains: hurry", "contains: [" + "'*a*b*c'," * 100_000 + "]"),
    "dashes": RULE.replace("contains: hurry", "contains|windash: [" + "'-a -b -c'," * 9_000 + "]"),
    "stars": RULE.replace("contains: hurry", "contains: '" + "*a" * 5_000 + "'"),
    "repeats": RULE.replace("contains: hurry", "re: '" + "(a{99}){99}" * 50 + "'"),
    "unclosed": "a: [\n",
    "tabs": "\ta: b\n",
    "keywords only": "detection: {k: [1]}\nlogsource: {category: process_creation}\n",
    "no map": RULE.replace("  sel:\n", "  selx: &x\n"),
    "surrogate": RULE.replace("hurry", "\\ud800"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_a_problem_and_costs_little(name):
    begin = time.process_time()
    good = RULE.replace("11111111", "21111111")
    engine = SigmaEngine.from_texts({"a.yml": HOSTILE[name], "good.yml": good})
    assert time.process_time() - begin < 5
    assert [rule.pack for rule in engine.rules if rule.pack == "good"] == ["good"]
    if name != "surrogate":  # a text of letters only
        assert [problem.path for problem in engine.problems] == ["a.yml"]
        assert all(problem.problem.isprintable() and len(problem.problem) <= 200 for problem in engine.problems)


def test_ten_thousand_patterns_with_wildcards_are_matched_in_bounded_time():
    values = ",".join(f"'*x{at}*y?z{at}*'" for at in range(9_000))
    engine = SigmaEngine.from_texts({"a.yml": RULE.replace("contains: hurry", f"contains: [{values}]")})
    record = RECORD | {"CommandLine": "x8999 and y.z8999 " + "xy" * 10_000}
    begin = time.process_time()
    assert len(engine.match("windows", record)) == 1
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "text",
    ["a" * 2_000_000, "x" * 40 + "\ud800\udfff" * 500, "\0" * 5_000, "a b" * 500_000, "\u0130\u1e9e\ufb03" * 3_000],
)
def test_hostile_fields_cost_little_and_do_not_raise(text):
    rules = "".join(f"'*{'a*' * 8}{at}b'," for at in range(200))
    patterns = RULE.replace("contains: hurry", f"contains: [{rules}]").replace("11111111", "21111111")
    expression = RULE.replace("contains: hurry", "re: '(a|aa|b ?)+$'").replace("11111111", "31111111")
    engine = SigmaEngine.from_texts({"a.yml": patterns, "b.yml": expression, "c.yml": RULE})
    assert engine.problems == ()
    begin = time.process_time()
    engine.match("windows", {"Image": "\\tool.exe", "CommandLine": text, "User": text, "Parts": [text] * 5})
    assert time.process_time() - begin < 3


def test_beginning_and_end_of_an_endless_command_line_are_looked_at():
    engine = SigmaEngine.from_texts({"a.yml": RULE})
    padding = "x" * (3 * MAX_FIELD_CHARS)
    for line in ("hurry" + padding, padding + "hurry"):
        assert engine.match("windows", RECORD | {"CommandLine": line})
    assert not engine.match("windows", RECORD | {"CommandLine": "x" * (MAX_FIELD_CHARS * 3 // 4 - 2) + "hu" + padding})


def test_what_was_understood_is_kept_and_pysigma_is_not_loaded_again(tmp_path):
    rules, kept = tmp_path / "rules" / "deep", tmp_path / "kept"
    rules.mkdir(parents=True)
    (rules / "a.yml").write_text(RULE)
    (rules / "b.yml").write_text("title: [")
    (rules / "c.yaml").write_text(RULE.replace("category: process_creation, ", ""))
    first = SigmaEngine.from_folder(rules.parent, kept)
    script = f"""
import json, sys
from pathlib import Path
from detectors.engines.sigma_engine import SigmaEngine
engine = SigmaEngine.from_folder(Path({str(rules.parent)!r}), Path({str(kept)!r}))
held = [match.because for match in engine.match("windows", {RECORD!r})]
print(json.dumps([held, [one.problem for one in engine.problems], len(engine.not_for_us), sorted(set(sys.modules) & {{"sigma", "yaml"}})]))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    held, problems, others, loaded = json.loads(done.stdout)
    assert held == [match.because for match in first.match("windows", RECORD)] != []
    assert (problems, others, loaded) == ([one.problem for one in first.problems], 1, [])
    assert len(problems) == 1
    (rules / "a.yml").write_text(RULE.replace("hurry", "slow"))  # changed rules are understood anew
    assert not SigmaEngine.from_folder(rules.parent, kept).match("windows", RECORD)


def test_a_folder_without_rules_and_files_that_cannot_be_read_are_told(tmp_path):
    assert [one.problem for one in SigmaEngine.from_folder(tmp_path).problems] == ["no rule file in this folder"]
    (tmp_path / "a.yml").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "b.yml").mkdir()
    (tmp_path / "c.yml").write_bytes(b"#" * 2_000_001)
    engine = SigmaEngine.from_folder(tmp_path)
    assert [(Path(one.path).name, one.problem) for one in engine.problems] == [
        ("a.yml", "the file is not UTF-8 text"),
        ("b.yml", "the file cannot be read"),
        ("c.yml", "the file is too large"),
    ]


def test_reading_rules_asks_no_network_and_loads_nothing_that_could():
    script = f"""
import socket, sys
def refuse(*_): raise SystemExit("asked the network")
socket.socket.connect = socket.getaddrinfo = socket.create_connection = refuse
from detectors.engines.sigma_engine import SigmaEngine
engine = SigmaEngine.from_texts({{"a.yml": {RULE!r}}})
assert engine.rules and engine.match("windows", {RECORD!r}), engine.problems
print(sorted(name for name in sys.modules if name.split(".")[0] in ("requests", "urllib3", "jq", "diskcache", "jinja2")
             or name in ("urllib.request", "http.client", "sigma.data.mitre_attack", "sigma.plugins", "sigma.validators")))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


LETTERS = ("ab", "b ", "Abc", "c.d", "x\\y", "abcab", "-e", "cd", "")
FIELDS = ("P", "Q", "R")


def plain_value(dice):
    """Return a value as written in a rule, and a test of one text made with ``re``."""
    parts = [dice.choice([*LETTERS, "*", "?"]) for _ in range(dice.randint(1, 4))]
    written = "".join(part if part in "*?" else part.replace("\\", "\\\\") for part in parts)
    return written, [part if part in ("*", "?") else re.escape(part) for part in parts]


def random_detection(dice):
    """Return one map of a rule, and what it means."""
    lines, tests = {}, []
    for name in dice.sample(FIELDS, dice.randint(1, 3)):
        way = dice.choice(["", "|contains", "|startswith", "|endswith"])
        is_all, is_cased = dice.random() < 0.3, dice.random() < 0.2
        pairs = [plain_value(dice) for _ in range(dice.randint(1, 3))]
        lines[name + way + "|cased" * is_cased + "|all" * is_all] = [written for written, _ in pairs]
        tests.append((name, way, is_all, is_cased, [shape for _, shape in pairs]))
    return lines, tests


def meets(test, record):
    name, way, is_all, is_cased, shapes = test
    if record.get(name) is None:
        return False
    values = record[name] if isinstance(record[name], tuple) else (record[name],)
    before = ".*" if way in ("|contains", "|endswith") else ""
    after = ".*" if way in ("|contains", "|startswith") else ""
    signs = {"*": ".*", "?": "."}
    patterns = [
        re.compile(
            before + "".join(signs.get(one, one) for one in shape) + after, re.DOTALL | re.IGNORECASE * (not is_cased)
        )
        for shape in shapes
    ]
    return any((all if is_all else any)(one.fullmatch(value) for one in patterns) for value in values)


def random_condition(dice, names, depth=3):
    """Return a condition, and what it means of what the parts say."""
    if depth == 0 or dice.random() < 0.3:
        name = dice.choice(names)
        return name, lambda said: said[name]
    if dice.random() < 0.3:
        text, inner = random_condition(dice, names, depth - 1)
        return f"not ({text})", lambda said: not inner(said)
    (left, one), (right, two) = (random_condition(dice, names, depth - 1) for _ in range(2))
    if dice.random() < 0.5:
        return f"({left}) and ({right})", lambda said: one(said) and two(said)
    return f"({left}) or ({right})", lambda said: one(said) or two(said)


def test_random_rules_hold_exactly_when_a_plain_reading_of_them_does():
    dice = random.Random(7)
    texts, meanings = {}, {}
    for number in range(300):
        parts = {f"s{at}": random_detection(dice) for at in range(dice.randint(1, 3))}
        condition, meaning = random_condition(dice, sorted(parts))
        rule = {
            "title": str(number),
            "id": str(uuid.UUID(int=number + 1)),
            "logsource": {"category": "process_creation"},
            "detection": {**{name: lines for name, (lines, _) in parts.items()}, "condition": condition},
        }
        texts[f"{number}.yml"] = json.dumps(rule)
        meanings[str(number)] = ({name: tests for name, (_, tests) in parts.items()}, meaning)
    engine = SigmaEngine.from_texts(texts)
    assert (len(engine.rules), engine.problems) == (300, ())
    held = 0
    for _ in range(40):
        record = {name: random_field(dice) for name in FIELDS}
        expected = {
            title
            for title, (parts, meaning) in meanings.items()
            if meaning({name: all(meets(test, record) for test in tests) for name, tests in parts.items()})
        }
        assert {match.rule.title for match in engine.match("linux", record)} == expected
        held += len(expected)
    assert 600 < held < 11_000  # neither nothing nor everything


def random_field(dice):
    def text():
        return "".join(dice.choice([*LETTERS, "q"]) for _ in range(dice.randint(0, 6)))

    return dice.choice([None, text(), text(), text(), tuple(text() for _ in range(dice.randint(0, 3)))])


def test_a_thousand_rules_are_matched_in_a_thousandth_of_a_second():
    dice = random.Random(3)
    texts = {}
    for number in range(1_000):
        words = ", ".join(f"'{dice.choice(LETTERS)}{dice.getrandbits(24):x}'" for _ in range(8))
        texts[f"{number}.yml"] = RULE.replace("11111111", f"{number:08x}").replace(
            "contains: hurry", f"contains: [{words}]"
        )
    engine = SigmaEngine.from_texts(texts)
    records = [RECORD | {"CommandLine": f"tool {dice.getrandbits(400):x}"} for _ in range(300)]
    engine.match("windows", records[0])
    begin = time.process_time()
    for record in records:
        engine.match("windows", record)
    assert (time.process_time() - begin) / len(records) < 0.001
