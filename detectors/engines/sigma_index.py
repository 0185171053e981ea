"""Evaluates the plans of many rules at once: finds the texts of all rules in a record, then asks rules that can hold.

Before this on the path: ``sigma_engine`` with plans and a record's fields. After it: the same engine, with the numbers
of the rules that hold.

Three steps. (1) Every text of every rule is found in a record through one four-letter piece of it that few others have
(``_FieldTexts``). (2) Each rule names a set of texts of which one must be there for it to hold (its *need*); rules
whose need is not met are never looked at. (3) What is left is evaluated, mostly by comparing sets of numbers.

Choices where Sigma leaves one: a test of a field that is absent or None does not hold, and so its negation does.
``null`` holds for an absent field only, an empty text only for an empty text. A field may have several elements (a
list): a test holds when one element passes; with ``all``, the same element must pass all.
"""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from detectors.engines.sigma_needs import need_of
from detectors.engines.sigma_patterns import ANY_RUN, TEST_MAKERS, parts_test

MAX_ELEMENTS = 1_000
"""Of a field with several; further ones are not looked at."""
MAX_FIELD_CHARS = 65_536
"""Of a field; of a longer one (Linux allows 2 MB) we look at the first three quarters of this and the last quarter."""
_PIECE = 4
"""Letters by which a text is found."""
_KEPT_CHARS = 600
"""Fields up to this length are remembered: parents and paths come again and again."""
_KEPT_TEXTS = 2_000

Plan = list[Any]
Hits = frozenset[int]
Holds = Callable[["_Record"], bool]
_Key = tuple[int, tuple[str | int, ...]]


@dataclass(frozen=True, slots=True)
class _Element:
    """One text of a record's field."""

    text: str
    hits: Hits
    """Numbers of the rules' texts that it passes."""


class _Record:
    """A record while it is judged."""

    __slots__ = ("fields", "hits", "texts")

    def __init__(self, fields: Mapping[str, list[str] | None]) -> None:
        self.fields = fields
        """Present ones only; each with its elements."""
        self.texts: dict[str, list[_Element]] = {}
        """Elements of the fields that rules ask for texts in."""
        self.hits: set[int] = set()
        """Of all fields."""


@dataclass(slots=True)
class _Rule:
    """A plan, ready."""

    plan: Plan
    holds: Holds
    need: frozenset[int] | None


class SigmaIndex:
    """Plans of one system. Shared by threads: a record's evaluation changes nothing but a memory of texts."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        self._fields: dict[str, _FieldTexts] = {}
        self._keys: dict[tuple[str, _Key], int] = {}
        self._mentions: Counter[int] = Counter()
        for plan in plans:
            self._mentions.update({number for leaf in _text_leaves(plan) for number in self._numbers(leaf)})
        for texts in self._fields.values():
            texts.choose_pieces()
        self._rules = [self._ready(plan) for plan in plans]
        self._always = [number for number, rule in enumerate(self._rules) if rule.need is None]
        self._by_need: dict[int, list[int]] = {}
        for number, rule in enumerate(self._rules):
            for text in rule.need or ():
                self._by_need.setdefault(text, []).append(number)

    def match(self, fields: Mapping[str, Any]) -> list[tuple[int, dict[str, str]]]:
        """Return the numbers of the plans that hold, in order, each with the fields it rests on."""
        record = self._look(fields)
        wanted = set(self._always)
        for text in self._by_need.keys() & record.hits:
            wanted.update(self._by_need[text])
        rules = self._rules
        held = [number for number in sorted(wanted) if rules[number].holds(record)]
        return [(number, dict(self._because(rules[number].plan, record))) for number in held]

    def _look(self, fields: Mapping[str, Any]) -> _Record:
        """Find the rules' texts in a record."""
        record = _Record({name: texts for name, value in fields.items() if (texts := _texts_of(value)) is not None})
        anywhere = self._fields.get("")
        for name, values in record.fields.items():
            own = self._fields.get(name)
            if own:
                elements = record.texts[name] = [_Element(value, own.find(value)) for value in values or ()]
                for element in elements:
                    record.hits |= element.hits
            if anywhere:
                for value in values or ():
                    record.hits |= anywhere.find(value)
        return record

    def _numbers(self, leaf: Plan) -> frozenset[int]:
        """Number the texts of a leaf: its own, or those that an expression cannot do without."""
        if leaf[0] == "text":
            return frozenset({self._number(leaf)})
        texts = need_of(leaf[2]) or ()
        return frozenset(self._number(["text", leaf[1], 0, [ANY_RUN, text, ANY_RUN]]) for text in texts)

    def _number(self, leaf: Plan) -> int:
        """Number a text, the same one always alike."""
        _, name, is_cased, parts = leaf
        key = (is_cased, tuple(part if isinstance(part, int) or is_cased else part.casefold() for part in parts))
        number = self._keys.setdefault((name, key), len(self._keys))
        self._fields.setdefault(name, _FieldTexts()).add(number, key)
        return number

    def _ready(self, plan: Plan) -> _Rule:
        """Make a rule of a plan."""
        holds, need = self._compile(plan)
        return _Rule(plan, holds, need)

    def _compile(self, plan: Plan) -> tuple[Holds, frozenset[int] | None]:
        """Return a plan's test and its need; None where it could hold without any text."""
        kind = plan[0]
        if kind == "text":
            number = self._number(plan)
            return (lambda record: number in record.hits), frozenset({number})
        if kind in ("and", "or"):
            return (self._compile_and if kind == "and" else self._compile_or)(plan[1])
        if kind == "same":
            return self._compile_same(plan[1], plan[2])
        if kind == "not":
            inner, _ = self._compile(plan[1])
            return (lambda record: not inner(record)), None
        if kind == "re":
            return self._compile_expression(plan)
        return _compile_leaf(plan), None

    def _compile_expression(self, plan: Plan) -> tuple[Holds, frozenset[int] | None]:
        """Ask an expression only where one of the texts that it cannot do without was found."""
        holds = _compile_leaf(plan)
        need = _Numbers(self._numbers(plan))
        if not need.numbers:
            return holds, None
        return (lambda record: need.meets(record) and holds(record)), need.numbers

    def _compile_and(self, plans: Sequence[Plan]) -> tuple[Holds, frozenset[int] | None]:
        """All hold: compare the numbers of plain texts at once, then ask the others."""
        numbers, others, needs = self._sort(plans)
        tests = [test for test, _ in others]
        known = [need for need in needs if need is not None]
        need = min(known, key=self._cost) if known else None
        if not tests:
            return numbers.issubset_of, need
        if not numbers.numbers:
            return (lambda record: all(test(record) for test in tests)), need
        return (lambda record: numbers.issubset_of(record) and all(test(record) for test in tests)), need

    def _compile_or(self, plans: Sequence[Plan]) -> tuple[Holds, frozenset[int] | None]:
        """One holds, likewise."""
        numbers, others, needs = self._sort(plans)
        tests = [test for test, _ in others]
        known = [need for need in needs if need is not None]
        need = frozenset().union(*known) if len(known) == len(needs) else None
        if not tests:
            return numbers.meets, need
        if not numbers.numbers:
            return (lambda record: any(test(record) for test in tests)), need
        return (lambda record: numbers.meets(record) or any(test(record) for test in tests)), need

    def _sort(self, plans: Sequence[Plan]) -> tuple[_Numbers, list[tuple[Holds, Any]], list[frozenset[int] | None]]:
        """Part plain texts from other plans; also every need."""
        texts = [self._number(plan) for plan in plans if plan[0] == "text"]
        others = [self._compile(plan) for plan in plans if plan[0] != "text"]
        return _Numbers(frozenset(texts)), others, [*(frozenset({one}) for one in texts), *(need for _, need in others)]

    def _compile_same(self, name: str, plans: Sequence[Plan]) -> tuple[Holds, frozenset[int] | None]:
        """All hold in one element; where there is only one, that is no question."""
        joined, need = self._compile_and(plans)

        def holds(record: _Record) -> bool:
            if not joined(record):
                return False
            values = record.fields.get(name) or ()
            return len(values) == 1 or any(joined(self._alone(name, value)) for value in values)

        return holds, need

    def _alone(self, name: str, value: str) -> _Record:
        """Make a record of one element."""
        record = _Record({name: [value]})
        if name in self._fields:
            record.hits |= self._fields[name].find(value)
            record.texts[name] = [_Element(value, frozenset(record.hits))]
        return record

    def _cost(self, need: Iterable[int]) -> int:
        """Estimate how often a need is met in vain: texts that many rules name are common ones."""
        return sum(self._mentions[number] for number in need)

    def _because(self, plan: Plan, record: _Record) -> Iterable[tuple[str, str]]:
        """Yield fields, with the element in which a test of the plan holds; nothing for what is negated."""
        kind = plan[0]
        if kind in ("and", "or"):
            for part in plan[1]:
                yield from self._because(part, record)
        elif kind == "same":
            elements = record.fields.get(plan[1]) or ()
            alone = self._compile_and(plan[2])[0]
            yield from ((plan[1], value) for value in elements if alone(self._alone(plan[1], value)))
        elif kind == "text":
            number = self._number(plan)
            if plan[1]:
                yield from ((plan[1], one.text) for one in record.texts.get(plan[1], ()) if number in one.hits)
            elif number in record.hits:
                for name, values in record.fields.items():
                    yield from ((name, value) for value in values or () if number in self._fields[""].find(value))
        elif kind in TEST_MAKERS:
            test = TEST_MAKERS[kind](*plan[2:])
            yield from ((plan[1], value) for value in record.fields.get(plan[1]) or () if test(value))


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Texts that are asked for together."""

    numbers: frozenset[int]

    def issubset_of(self, record: _Record) -> bool:
        """Tell whether all are there."""
        return self.numbers <= record.hits

    def meets(self, record: _Record) -> bool:
        """Tell whether one is there."""
        return not self.numbers.isdisjoint(record.hits)


@dataclass(slots=True)
class _FieldTexts:
    """All texts that rules look for in one field."""

    keys: dict[int, _Key] = field(default_factory=dict)
    by_piece: dict[str, list[tuple[int, int, Callable[[str], bool]]]] = field(default_factory=dict)
    short: list[tuple[int, int, Callable[[str], bool]]] = field(default_factory=list)
    """Texts without a piece of four letters; each is tried."""
    kept: dict[str, Hits] = field(default_factory=dict)

    def add(self, number: int, key: _Key) -> None:
        """Remember a text."""
        self.keys.setdefault(number, key)

    def choose_pieces(self) -> None:
        """File each text under that piece of it which the fewest others have."""
        pieces = {number: _pieces_of(parts) for number, (_, parts) in self.keys.items()}
        common = Counter(piece for ones in pieces.values() for piece in ones)
        for number, (is_cased, parts) in self.keys.items():
            entry = (number, is_cased, parts_test(parts))
            if pieces[number]:
                piece = min(pieces[number], key=lambda one: (common[one], one))
                self.by_piece.setdefault(piece, []).append(entry)
            else:
                self.short.append(entry)

    def find(self, text: str) -> Hits:
        """Return the numbers of the texts that ``text`` passes."""
        known = self.kept.get(text)
        if known is not None:
            return known
        folded = text.casefold()
        entries = list(self.short)
        for piece in self.by_piece.keys() & _pieces_in(folded):
            entries += self.by_piece[piece]
        hits = frozenset(number for number, is_cased, test in entries if test(text if is_cased else folded))
        if len(text) <= _KEPT_CHARS:
            if len(self.kept) >= _KEPT_TEXTS:
                self.kept.clear()
            self.kept[text] = hits
        return hits


@functools.lru_cache(maxsize=8)
def _pieces_in(folded: str) -> frozenset[str]:
    """Cut a text into all its pieces; several fields of a record often hold the same text."""
    return frozenset(folded[at : at + _PIECE] for at in range(len(folded) - _PIECE + 1))


def _pieces_of(parts: Iterable[str | int]) -> set[str]:
    """Return the four-letter pieces of a text's literal parts, folded; the first 64 letters of each part are enough."""
    folded = [part.casefold()[:64] for part in parts if isinstance(part, str)]
    return {part[at : at + _PIECE] for part in folded for at in range(len(part) - _PIECE + 1)}


def _text_leaves(plan: Plan) -> Iterable[Plan]:
    """Yield the plain texts and expressions of a plan."""
    kind = plan[0]
    if kind in ("text", "re"):
        yield plan
    elif kind == "not":
        yield from _text_leaves(plan[1])
    elif kind in ("and", "or", "same"):
        for part in plan[-1]:
            yield from _text_leaves(part)


def _compile_leaf(plan: Plan) -> Holds:
    """Make a test of what is no plain text."""
    kind, name, *rest = plan
    if kind == "exists":
        return lambda record: (name in record.fields) == rest[0]
    if kind == "null":
        return lambda record: name not in record.fields
    if kind == "ref":
        return _compile_reference(name, *rest)
    test = TEST_MAKERS[kind](*rest)
    return lambda record: any(test(value) for value in record.fields.get(name) or ())


def _compile_reference(name: str, other: str, starts: bool, ends: bool) -> Holds:  # noqa: FBT001 - as in the plan
    """Compare a field with another one: equal, or beginning with it, ending with it, or (both) holding it."""

    def holds(record: _Record) -> bool:
        wanted = [value.casefold() for value in record.fields.get(other) or ()]
        return any(_refers(value.casefold(), one) for value in record.fields.get(name) or () for one in wanted)

    def _refers(value: str, one: str) -> bool:
        if starts and ends:
            return one in value
        return value.startswith(one) if starts else value.endswith(one) if ends else value == one

    return holds


def _texts_of(value: Any) -> list[str] | None:
    """Return the elements of a field as texts; None for an absent one."""
    if value is None:
        return None
    if not isinstance(value, list | tuple | set | frozenset):
        return [_text_of(value)]
    return [_text_of(element) for element in itertools.islice(value, MAX_ELEMENTS) if element is not None]


def _text_of(value: Any) -> str:
    """Write one element as a text."""
    text = value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    return _cut(text)


def _cut(text: str) -> str:
    """Keep beginning and end of an endless text; a zero byte between them keeps them from making a word together."""
    if len(text) <= MAX_FIELD_CHARS:
        return text
    quarter = MAX_FIELD_CHARS // 4
    return text[: 3 * quarter] + "\0" + text[-quarter:]
