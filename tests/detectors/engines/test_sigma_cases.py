"""Small known cases of Sigma: a detection, a record, whether the rule holds. Records are of made-up programs."""

import pytest

from detectors.engines.sigma_engine import SigmaEngine

HEAD = "title: t\nlogsource: {category: process_creation}\ndetection:\n"


def holds(detection, record):
    """Detection: lines of named parts; without a condition, ``sel`` alone is asked."""
    if "condition:" not in detection:
        detection = f"sel:\n  {detection}\ncondition: sel"
    text = HEAD + "".join(f"  {line}\n" for line in detection.splitlines())
    engine = SigmaEngine.from_texts({"case.yml": text})
    assert engine.problems == ()
    return bool(engine.match("linux", record))


A = {"A": "Alpha Beta"}
PATH = {"A": "C:\\Dir\\Tool.exe"}
LINE = {"A": 'tool.exe -enc "x y" /quiet'}
MANY = {"A": ("chmod +s /x", "ls -l", "curl example")}

PLAIN = [
    ("A: Alpha Beta", A, True),
    ("A: alpha beta", A, True),  # case does not matter
    ("A: ALPHA BETA", A, True),
    ("A: Alpha", A, False),  # the whole value
    ("A: Beta", A, False),
    ("A: 'Alpha*'", A, True),
    ("A: '*beta'", A, True),
    ("A: '*pha be*'", A, True),
    ("A: 'Al*ta'", A, True),
    ("A: 'Al*x*ta'", A, False),
    ("A: 'a*a*b*a'", A, True),
    ("A: 'a*b*b*a'", A, False),
    ("A: 'Alph? Beta'", A, True),
    ("A: 'Alpha? Beta'", A, False),
    ("A: '????? ????'", A, True),
    ("A: '?*?'", {"A": "x"}, False),
    ("A: '?*?'", {"A": "xy"}, True),
    ("A: '*'", A, True),
    ("A: '*'", {"A": ""}, True),
    ("A: '*'", {"A": None}, False),
    ("A: '*'", {}, False),
    ("A: 'a\\*b'", {"A": "a*b"}, True),  # an escaped wildcard is a letter
    ("A: 'a\\*b'", {"A": "axb"}, False),
    ("A: 'a\\?b'", {"A": "a?b"}, True),
    ("A: 'a\\?b'", {"A": "axb"}, False),
    ("A: 'a\\\\*b'", {"A": "a\\xyb"}, True),  # an escaped backslash, then a wildcard
    ("A: 'a\\\\*b'", {"A": "a*b"}, False),
    ("A: 'C:\\Dir\\Tool.exe'", PATH, True),  # a backslash before a letter is itself
    ("A: 'C:\\\\Dir\\\\Tool.exe'", PATH, True),
    ("A: 'C:\\*\\tool.exe'", {"A": "C:*\\tool.exe"}, True),
    ("A: 'c:\\\\*\\\\tool.exe'", PATH, True),
    ("A: '*\\tool.exe'", PATH, True),
    ("A: 'a.b'", {"A": "axb"}, False),  # a dot is a dot
    ("A: '(a|b)'", {"A": "a"}, False),
    ("A: '*a?c*'", {"A": "xxabcxx"}, True),
    ("A: '*a?c*'", {"A": "xxa\ncxx"}, True),
    ("A: '*a*c*'", {"A": "a\nc"}, True),
    ("A: 5", {"A": 5}, True),
    ("A: 5", {"A": "5"}, True),
    ("A: 5", {"A": 50}, False),
    ("A: '5'", {"A": 5}, True),
    ("A: 1.5", {"A": 1.5}, True),
    ("A: true", {"A": True}, True),
    ("A: true", {"A": False}, False),
    ("A: true", {"A": "True"}, True),
    ("A: ''", {"A": ""}, True),
    ("A: ''", {"A": " "}, False),
    ("A: ''", {"A": None}, False),
    ("A: null", {"A": None}, True),
    ("A: null", {}, True),
    ("A: null", {"A": ""}, False),
    ("A: null", {"A": ()}, False),
    ("A: null", A, False),
    ("A: STRAẞE", {"A": "strasse"}, True),
    ("A: ΟΔΟΣ", {"A": "οδος"}, True),
    ("a: Alpha Beta", A, False),  # names of fields are exact
]

MODIFIED = [
    ("A|contains: PHA", A, True),
    ("A|contains: gamma", A, False),
    ("A|contains: 'a*b'", A, True),
    ("A|contains: 'b*a*b'", A, False),
    ("A|contains: ''", A, True),
    ("A|contains: ''", {}, False),
    ("A|startswith: alpha", A, True),
    ("A|startswith: beta", A, False),
    ("A|endswith: BETA", A, True),
    ("A|endswith: alpha", A, False),
    ("A|endswith: '\\TOOL.exe'", PATH, True),
    ("A|endswith: '\\ool.exe'", PATH, False),
    ("A|endswith: '\\t?ol.exe'", PATH, True),
    ("A|contains: 'a'", {"A": 123}, False),
    ("A|contains: '2'", {"A": 123}, True),
    ("A|contains: [gamma, beta]", A, True),
    ("A|contains: [gamma, delta]", A, False),
    ("A|contains|all: [alpha, beta]", A, True),
    ("A|contains|all: [alpha, gamma]", A, False),
    ("A|all|contains: [alpha, beta]", A, True),
    ("A: [one, 'al*']", A, True),
    ("A|cased: Alpha Beta", A, True),
    ("A|cased: alpha beta", A, False),
    ("A|contains|cased: Beta", A, True),
    ("A|contains|cased: beta", A, False),
    ("A|startswith|cased: alpha", A, False),
    ("A|endswith|cased: eta", A, True),
    ("A|re: 'a B'", A, True),
    ("A|re: 'a b'", A, False),  # expressions mind the case
    ("A|re|i: 'A b'", A, True),
    ("A|re: '^Alpha\\s\\w{4}$'", A, True),
    ("A|re: '^Beta'", A, False),
    ("A|re: '^Beta'", {"A": "x\nBeta"}, False),
    ("A|re|m: '^Beta'", {"A": "x\nBeta"}, True),
    ("A|re: 'x.B'", {"A": "x\nBeta"}, False),
    ("A|re|s: 'x.B'", {"A": "x\nBeta"}, True),
    ("A|re|i|s: 'X.b'", {"A": "x\nBeta"}, True),
    ("A|re: ['nope', 'Be.a']", A, True),
    ("A|re|contains: 'p.a'", A, True),
    ("A|re: 'b\\\\d'", {"A": "a\\b\\d"}, True),
    ("A|cidr: 10.0.0.0/8", {"A": "10.1.2.3"}, True),
    ("A|cidr: 10.0.0.0/8", {"A": "11.1.2.3"}, False),
    ("A|cidr: 10.0.0.0/8", {"A": "no address"}, False),
    ("A|cidr: [192.168.0.0/16, 10.0.0.0/8]", {"A": "10.1.2.3"}, True),
    ("A|cidr: 'fe80::/10'", {"A": "fe80::1"}, True),
    ("A|cidr: 'fe80::/10'", {"A": "10.0.0.1"}, False),
    ("A|lt: 5", {"A": 4}, True),
    ("A|lt: 5", {"A": 5}, False),
    ("A|lte: 5", {"A": "5"}, True),
    ("A|gt: 5", {"A": 5.5}, True),
    ("A|gt: 5", {"A": 5}, False),
    ("A|gte: 5", {"A": 5}, True),
    ("A|gte: 5", {"A": "five"}, False),
    ("A|gte: 5", {"A": "nan"}, False),
    ("A|gte: 5", {}, False),
    ("A|exists: true", A, True),
    ("A|exists: true", {"A": ""}, True),
    ("A|exists: true", {"A": None}, False),
    ("A|exists: true", {}, False),
    ("A|exists: false", {}, True),
    ("A|exists: false", A, False),
    ("A|fieldref: B", {"A": "Same", "B": "same"}, True),
    ("A|fieldref: B", {"A": "Same", "B": "same one"}, False),
    ("A|fieldref: B", {"A": "Same"}, False),
    ("A|fieldref: B", {}, False),
    ("A|fieldref|startswith: B", {"A": "Same one", "B": "same"}, True),
    ("A|fieldref|endswith: B", {"A": "the same", "B": "Same"}, True),
    ("A|fieldref|endswith: B", {"A": "same one", "B": "Same"}, False),
    ("A|fieldref|contains: B", {"A": "the same one", "B": "Same"}, True),
    ("A|base64: Alpha", {"A": "QWxwaGE="}, True),
    ("A|base64|contains: Alp", {"A": "x QWxw y"}, True),
    ("A|base64offset|contains: harmless", {"A": "eCBoYXJtbGVzcw=="}, True),  # "x harmless"
    ("A|base64offset|contains: harmless", {"A": "eHggaGFybWxlc3M="}, True),  # "xx harmless"
    ("A|base64offset|contains: harmless", {"A": "aGFybWxlc3M="}, True),
    ("A|base64offset|contains: harmless", {"A": "aGFyZGxlc3M="}, False),
    ("A|wide|base64offset|contains: echo", {"A": "ZQBjAGgAbwA="}, True),
    ("A|utf16le|base64offset|contains: echo", {"A": "ZQBjAGgAbwA="}, True),
    ("A|utf16be|base64offset|contains: echo", {"A": "AGUAYwBoAG8="}, True),
    ("A|utf16be|base64offset|contains: echo", {"A": "ZQBjAGgAbwA="}, False),
    ("A|utf16|base64|contains: echo", {"A": "//5lAGMAaABvAA=="}, True),
    ("A|wide|contains: ab", {"A": "xa\0b\0"}, True),
    ("A|windash|contains: ' -enc'", LINE, True),
    ("A|windash|contains: ' /enc'", LINE, True),
    ("A|contains|windash: ' -quiet'", LINE, True),
    ("A|contains|windash: ' -enc'", {"A": "tool \u2013enc"}, True),
    ("A|contains|windash: ' -enc'", {"A": "tool +enc"}, False),
    ("A|contains|windash|all: [' -enc', ' -quiet']", LINE, True),
    ("A|contains|windash|all: [' -enc', ' -loud']", LINE, False),
    ("A|neq: Alpha", A, True),
    ("A|neq: Alpha Beta", A, False),
]

SEVERAL = [
    ("A|contains: chmod", MANY, True),
    ("A: 'ls -l'", MANY, True),
    ("A: 'chmod *+s*'", MANY, True),
    ("A: 'chmod * ls*'", MANY, False),
    ("A|contains|all: [chmod, '/x']", MANY, True),
    ("A|contains|all: [chmod, curl]", MANY, False),  # in one element, or not at all
    ("A|re: '^ls'", MANY, True),
    ("A|re|all: ['^ch', '/x$']", MANY, True),
    ("A|re|all: ['^ch', '-l$']", MANY, False),
    ("A|contains|windash|all: [' -l', 'ls']", MANY, True),
    ("A|startswith|cased: CURL", MANY, False),
    ("A: '*'", {"A": ()}, False),
    ("A|exists: true", {"A": ()}, True),
    ("A|contains: chmod", {"A": (None, "chmod")}, True),
    ("A: 7", {"A": (6, 7)}, True),
    ("A|gte: 7", {"A": (6, 7)}, True),
    ("A|lt: 6", {"A": (6, 7)}, False),
]

TWO = {"A": "one", "B": "two"}
PARTS = "x1:\n  A: one\nx2:\n  B: two\ny1:\n  B: three\n"
SHAPES = [
    ("sel:\n  A: one\n  B: two\ncondition: sel", TWO, True),
    ("sel:\n  A: one\n  B: three\ncondition: sel", TWO, False),
    ("sel:\n  - A: nope\n  - B: two\ncondition: sel", TWO, True),
    ("sel:\n  - A: one\n    B: three\n  - B: nope\ncondition: sel", TWO, False),
    ("sel:\n  - A: one\n    B: two\n  - B: nope\ncondition: sel", TWO, True),
    ("sel:\n  - tw\n  - nope\ncondition: sel", TWO, True),  # keywords: anywhere
    ("sel:\n  - nope\ncondition: sel", TWO, False),
    ("sel:\n  - 't?o'\ncondition: sel", TWO, True),
    ("sel: ONE\ncondition: sel", TWO, True),
    ("sel:\n  '|all': [one, two]\ncondition: sel", TWO, True),
    ("sel:\n  '|all': [one, three]\ncondition: sel", TWO, False),
    ("sel:\n  - word\n  - A: one\ncondition: sel", TWO, True),
    ("sel:\n  - 7\ncondition: sel", {"A": 170}, True),
    (PARTS + "condition: x1 and x2", TWO, True),
    (PARTS + "condition: x1 and y1", TWO, False),
    (PARTS + "condition: x1 or y1", TWO, True),
    (PARTS + "condition: not y1", TWO, True),
    (PARTS + "condition: x1 and not y1", TWO, True),
    (PARTS + "condition: not x1 or y1", TWO, False),  # not binds closest
    (PARTS + "condition: not (x1 and y1)", TWO, True),
    (PARTS + "condition: y1 and x1 or x2", TWO, True),  # and binds closer than or
    (PARTS + "condition: y1 and (x1 or x2)", TWO, False),
    (PARTS + "condition: ((x1))", TWO, True),
    (PARTS + "condition: 1 of them", TWO, True),
    (PARTS + "condition: any of them", TWO, True),
    (PARTS + "condition: all of them", TWO, False),
    (PARTS + "condition: all of x*", TWO, True),
    (PARTS + "condition: 1 of y*", TWO, False),
    (PARTS + "condition: all of x* and not 1 of y*", TWO, True),
    (PARTS + "condition: 1 of *1", TWO, True),
    (PARTS + "condition: not all of them", TWO, True),
    (PARTS + "condition: [y1, x2]", TWO, True),  # several conditions: one is enough
    (PARTS + "condition: [y1, not x2]", TWO, False),
    ("x:\n  C: one\ncondition: not x", TWO, True),  # absent: does not hold, so its negation does
    ("x:\n  C|contains: ''\ncondition: not x", TWO, True),
    ("x:\n  A: one\nf:\n  C: null\ncondition: x and not f", TWO, False),
    ("x:\n  A: one\nf:\n  C: ''\ncondition: x and not f", TWO, True),
    ("notx:\n  A: nope\norder:\n  B: two\ncondition: order and not notx", TWO, True),
]


@pytest.mark.parametrize(("detection", "record", "expected"), PLAIN + MODIFIED + SEVERAL + SHAPES)
def test_a_rule_holds_when_sigma_says_so(detection, record, expected):
    assert holds(detection, record) is expected


def test_there_are_as_many_cases_as_promised():
    assert len({(one, repr(record)) for one, record, _ in PLAIN + MODIFIED + SEVERAL + SHAPES}) >= 120


REFUSED = {
    "A|re: '(?=x)'": "invalid",  # look-around is not linear
    "A|re: '(a)\\1'": "invalid",
    "A|re: '('": "invalid",
    "A|re: '((a{1000}){1000}){1000}'": "invalid",
    "A|expand: '%name%'": "placeholder",
    "A|re|expand: '%name%'": "placeholder",
    "A|unheard: x": "Unknown modifier",
    "A|hour: 3": "parts of a time",
    "A|cidr: 10.0.0.0/99": "CIDR",
    "A|lt: few": "incompatible",
    "A|exists: maybe": "incompatible",
    "A|base64: 'a*b'": "wildcards",
    "A|contains|windash: '-a -b -c -d'": "three",
    "A: []": "empty",
    "A: 2020-01-01": "date",
    "A: {B: c}": "dict",
    "A: '" + "*a" * 21 + "'": "too many wildcards",
    "7: x": "split",
}


@pytest.mark.parametrize("line", list(REFUSED))
def test_what_is_not_supported_is_told_and_not_used(line):
    text = HEAD + f"  sel:\n    {line}\n  condition: sel\n"
    engine = SigmaEngine.from_texts({"case.yml": text})
    assert engine.rules == ()
    (problem,) = engine.problems
    assert (problem.path, problem.line) == ("case.yml", 1)
    assert REFUSED[line].lower() in problem.problem.lower()


@pytest.mark.parametrize(
    "condition",
    [
        "sel and",
        "nope",
        "1 of nope*",
        "2 of them",
        "sel | count() > 5",
        "(sel",
        "7",
        "sel AND sel",
        "sel near sel",
        "''",
    ],
)
def test_a_condition_that_cannot_be_followed_is_told(condition):
    text = HEAD + f"  sel:\n    A: x\n  condition: {condition}\n"
    engine = SigmaEngine.from_texts({"case.yml": text})
    assert (len(engine.rules), len(engine.problems)) == (0, 1)
