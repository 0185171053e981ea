import random

import pytest

from detectors.engines.sigma_needs import MAX_TEXTS, need_of
from detectors.engines.sigma_patterns import compile_pattern

NEEDS = {
    "abc": {"abc"},
    "ABC": {"abc"},
    "ab+c": {"ab"},
    "ab?cd": {"cd"},
    "ab{0,2}cd": {"cd"},
    "ab{2}c": {"ab"},
    "a(foo|barn)x": {"foo", "barn"},
    "(foo|bar)?xyz": {"xyz"},
    "(foo|b)": None,
    "(?:foo|bar)+": {"foo", "bar"},
    "(?P<name>foo).": {"foo"},
    "(?i)\\bnet\\s+user": {"user"},
    "foo\\b bar": {"foo bar"},
    "[abc]xy": {"xy"},
    "[]a]xy": {"xy"},
    "[^]a]xy": {"xy"},
    "[[:alpha:]\\]]xy": {"xy"},
    "\\.exe\\s": {".exe"},
    "^rm -rf$": {"rm -rf"},
    "foo|": None,
    "a.b": None,
    "\\x41\\x42cd": None,
    "\\Qa.b\\Ecd": None,
    "a**": None,
    "(foo": None,
    "foo)": None,
    "[foo": None,
    "foo{,3}": None,
    "": None,
    "(?x)foo": None,
    "äöü": None,
    "|".join(f"word{at}" for at in range(MAX_TEXTS + 1)): None,
    "(" * 5_000 + "foo" + ")" * 5_000: None,
}


@pytest.mark.parametrize("pattern", NEEDS)
def test_the_texts_that_an_expression_cannot_do_without(pattern):
    expected = NEEDS[pattern]
    assert need_of(pattern) == (expected if expected is None else frozenset(expected))


def random_pattern(dice, depth=3):  # noqa: PLR0911 - one return a kind
    """Return an expression and a text that it matches."""
    kind = dice.choice(["word", "word", "set", "dot", "row", "either", "many", "maybe", "edge"] if depth else ["word"])
    if kind == "word":
        word = dice.choice(["ab", "Net", "x.y", "-e", "user", "q", "k s"])
        return word.replace(".", "\\."), word
    if kind == "set":
        return dice.choice(["[ab]", "[^b]", "[]a]", "\\w"]), "a"
    if kind == "dot":
        return ".*", dice.choice(["", "zz"])
    if kind == "edge":
        return dice.choice(["(?i)", "(?s)", ""]), ""
    parts = [random_pattern(dice, depth - 1) for _ in range(dice.randint(1, 3))]
    if kind == "either":
        return "(" + "|".join(one for one, _ in parts) + ")", dice.choice(parts)[1]
    (inner, text) = ("".join(one for one, _ in parts), "".join(one for _, one in parts))
    if kind == "many":
        return f"(?:{inner})" + dice.choice(["+", "{2}", "{1,3}", "+?"]), text * 2
    if kind == "maybe":
        return f"({inner})" + dice.choice(["?", "*", "{0,2}", "*?"]), dice.choice(["", text])
    return inner, text


def test_whatever_a_random_expression_matches_holds_one_of_its_texts():
    dice = random.Random(11)
    matched = needed = 0
    for _ in range(4_000):
        pattern, text = random_pattern(dice)
        need = need_of(pattern)
        if compile_pattern(pattern).search(text.encode()) is None:
            continue
        matched += 1
        needed += need is not None
        assert need is None or any(one in text.casefold() for one in need), (pattern, text, need)
    assert matched > 3_000
    assert needed > 1_000
