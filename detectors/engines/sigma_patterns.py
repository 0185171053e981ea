"""Turns one value of a Sigma rule into a test of one text, in time linear in the text.

Before this on the path: ``sigma_plan``, which wrote the value as parts. After it: ``sigma_index``, which asks the test.
Regular expressions go to RE2 alone: those of rules from outside must not be able to keep the worker busy.
"""

from __future__ import annotations

import ipaddress
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import re2

ANY_RUN = 0
"""A part that stands for ``*``."""
ANY_SIGN = 1
"""A part that stands for ``?``."""
MAX_PATTERN_MEMORY = 2_000_000
"""Bytes that RE2 may use for one expression; a larger one is refused when it is compiled."""

Test = Callable[[str], bool]
"""Asked with one text."""


def compile_pattern(pattern: str) -> Any:
    """Compile a regular expression.

    Raises:
        re2.error: It cannot be expressed in linear time, is broken, or needs too much memory.
    """
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    options.max_mem = MAX_PATTERN_MEMORY
    return re2.compile(pattern, options)


def expression_test(pattern: str) -> Test:
    """Make a test that searches for a regular expression anywhere in a text; it is compiled when it is first asked."""
    compiled: list[Any] = []

    def test(text: str) -> bool:
        if not compiled:
            compiled.append(compile_pattern(pattern))
        return compiled[0].search(text.encode("utf-8", "replace")) is not None

    return test


def parts_test(parts: Sequence[str | int]) -> Test:  # noqa: PLR0911 - one return a form
    """Make a test of a whole text against literal parts, ``ANY_RUN`` and ``ANY_SIGN``."""
    match parts:
        case []:
            return operator.not_
        case [str() as only]:
            return only.__eq__
        case [0]:
            return lambda _text: True
        case [str() as start, 0]:
            return lambda text: text.startswith(start)
        case [0, str() as end]:
            return lambda text: text.endswith(end)
        case [0, str() as middle, 0]:
            return lambda text: middle in text
        case _ if ANY_SIGN in parts:
            return _signs_test(parts)
        case _:
            return _runs_test(parts)


def _signs_test(parts: Sequence[str | int]) -> Test:
    """Make a test of parts that hold ``?``."""
    pieces = {ANY_RUN: ".*", ANY_SIGN: "."}
    pattern = "".join(pieces[part] if isinstance(part, int) else re2.escape(_encodable(part)) for part in parts)
    return expression_test(rf"(?s)\A{pattern}\z")


def _encodable(text: str) -> str:
    """Put a question mark for halves of characters, as ``expression_test`` does with what it searches."""
    return text.encode("utf-8", "replace").decode()


def _runs_test(parts: Sequence[str | int]) -> Test:
    """Make a test of texts and ``*`` only: each text as early as it can be, which is enough without ``?``."""
    first = parts[0] if isinstance(parts[0], str) else ""
    last = parts[-1] if isinstance(parts[-1], str) else ""
    middle = [part for part in parts[len(first) > 0 : len(parts) - (len(last) > 0)] if isinstance(part, str)]

    def test(text: str) -> bool:
        if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
            return False
        at, end = len(first), len(text) - len(last)
        for part in middle:
            at = text.find(part, at, end)
            if at < 0:
                return False
            at += len(part)
        return True

    return test


def network_test(network: str) -> Test:
    """Make a test whether an address lies in a network; a text that is no address does not."""
    whole = ipaddress.ip_network(network)

    def test(text: str) -> bool:
        try:
            return ipaddress.ip_address(text.strip()[:60]) in whole
        except ValueError:
            return False

    return test


_OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}


def number_test(name: str, limit: float) -> Test:
    """Make a test that compares a number; a text that is none does not compare."""
    compare = _OPERATORS[name]

    def test(text: str) -> bool:
        try:
            return compare(float(text[:60]), limit)
        except ValueError:
            return False

    return test


TEST_MAKERS: Mapping[str, Callable[..., Test]] = {"re": expression_test, "cidr": network_test, "compare": number_test}
"""What makes a test of a plan's leaf, by its kind; called with what follows kind and field."""
