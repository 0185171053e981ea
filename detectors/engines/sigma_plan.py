"""Understands one Sigma rule with pySigma and writes it as a plan: nested lists that JSON can keep.

Before this on the path: ``sigma_text``, which read the YAML. After it: ``sigma_index``, which evaluates plans.
A plan is one of

    ["and", [plan, ...]]    ["or", [plan, ...]]    ["not", plan]
    ["same", field, [plan, ...]]              all of them in one and the same element of a field with several
    ["text", field, cased, [part, ...]]       a part is a text, ANY_RUN for ``*``, ANY_SIGN for ``?``; field "" = any
    ["re", field, pattern]                    found anywhere in the field
    ["cidr", field, network]   ["compare", field, operator, number]
    ["exists", field, expected]   ["null", field]   ["ref", field, other, starts, ends]

What cannot be written so is refused with its reason. Nothing here asks the network: pySigma fetches ATT&CK data for
its validators only, which are never imported.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any

import re2
from sigma.conditions import (
    ConditionAND,
    ConditionIdentifier,
    ConditionItem,
    ConditionNOT,
    ConditionOR,
    ConditionSelector,
)
from sigma.exceptions import SigmaError
from sigma.policy import SigmaPolicy
from sigma.policy.regex_engine import RE2RegexEngine, RegexPattern
from sigma.rule import SigmaDetection, SigmaDetectionItem, SigmaRule
from sigma.rule.base import check_alias_expansion
from sigma.types import (
    Placeholder,
    SigmaBool,
    SigmaCasedString,
    SigmaCIDRExpression,
    SigmaCompareExpression,
    SigmaExists,
    SigmaExpansion,
    SigmaFieldReference,
    SigmaNull,
    SigmaNumber,
    SigmaRegularExpression,
    SigmaString,
    SigmaTimestampPart,
    SigmaType,
    SpecialChars,
)

from detectors.engines.sigma_patterns import ANY_RUN, ANY_SIGN, compile_pattern

MAX_CONDITION_CHARS = 4_000
"""Of one condition; the longest in use have a few hundred."""
MAX_BRACKETS = 60
"""In one condition: the grammar behind it recurses."""
MAX_LEAVES = 20_000
"""Texts and other tests in one rule, after modifiers made several of one."""
MAX_RUNS = 20
"""``*`` and ``?`` in one value."""

Plan = list[Any]
"""Nested lists, as above."""


class RuleRefused(Exception):
    """A rule that asks for what we do not do; the message says what."""


def make_plan(document: Mapping[str, Any]) -> tuple[SigmaRule, Plan]:
    """Understand a rule.

    Returns:
        The rule as pySigma sees it, for its title, level and so on; and its plan.

    Raises:
        RuleRefused: It is no rule, or asks for what we do not do.
    """
    try:
        return _make_plan(document)
    except _STUMBLES as error:
        raise RuleRefused(str(error) or type(error).__name__) from None


_STUMBLES = (SigmaError, re2.error, ArithmeticError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What pySigma raises for rules of odd form: its own errors, and what Python says of a text that should be a list."""


def _make_plan(document: Mapping[str, Any]) -> tuple[SigmaRule, Plan]:
    """Understand a rule; any of ``_STUMBLES`` may come out."""
    check_alias_expansion(document)  # before anything walks through it
    detection = document.get("detection")
    if not isinstance(detection, Mapping):
        raise RuleRefused("there is no detection")
    detection = _with_known_names(detection)
    _check_expansion(detection)
    rule = SigmaRule.from_dict({**document, "detection": detection}, policy=_POLICY)
    conditions = []
    for condition in rule.detection.parsed_condition:
        _check_condition(condition.condition)
        conditions.append(_plan_condition(condition.parse(postprocess=False), rule))
    plan = _join("or", conditions)
    if sum(1 for _ in leaves_of(plan)) > MAX_LEAVES:
        raise RuleRefused("too many values in one rule")
    return rule, plan


def leaves_of(plan: Plan) -> Iterator[Plan]:
    """Yield every test of a plan."""
    kind = plan[0]
    if kind in ("and", "or"):
        for part in plan[1]:
            yield from leaves_of(part)
    elif kind == "not":
        yield from leaves_of(plan[1])
    elif kind == "same":
        for part in plan[2]:
            yield from leaves_of(part)
    else:
        yield plan


class _LinearEngine(RE2RegexEngine):
    """RE2 with little memory and a quiet log; what it cannot express is no rule for us."""

    def compile(self, pattern: str, flags: int = 0) -> RegexPattern:  # noqa: ARG002 - flags are added in _plan_expression
        """Compile, or raise the library's own error."""
        compiled: RegexPattern = compile_pattern(pattern)
        return compiled


_POLICY = SigmaPolicy(regex_engine=_LinearEngine())


def _with_known_names(detection: Any) -> Any:
    """Rename the one modifier that pySigma knows by its older name only."""
    if isinstance(detection, Mapping):
        return {_known_name(key): _with_known_names(value) for key, value in detection.items()}
    return [_with_known_names(value) for value in detection] if isinstance(detection, list) else detection


def _known_name(key: Any) -> Any:
    """Put ``wide`` for ``utf16le``."""
    if not isinstance(key, str) or "|utf16le" not in key:
        return key
    field, *modifiers = key.split("|")
    return "|".join([field, *("wide" if one == "utf16le" else one for one in modifiers)])


def _check_expansion(detection: Any) -> None:
    """Refuse a rule whose dashes would make too many texts, before they are made: five for each dash of a value."""
    if _count_dashed(detection, is_dashed=False) > MAX_LEAVES:
        raise RuleRefused("too many values in one rule")


def _count_dashed(part: Any, *, is_dashed: bool) -> int:
    """Count the texts that ``windash`` makes of all values below."""
    if isinstance(part, Mapping):
        return sum(_count_dashed(value, is_dashed="|windash" in str(key)) for key, value in part.items())
    if isinstance(part, list):
        return sum(_count_dashed(value, is_dashed=is_dashed) for value in part)
    if is_dashed and isinstance(part, str):
        return int(5 ** min(3, part.count("-") + part.count("/")))
    return 1


def _check_condition(condition: Any) -> None:
    """Refuse what would keep the grammar busy."""
    if not isinstance(condition, str):
        raise RuleRefused("a condition is not a text")
    if len(condition) > MAX_CONDITION_CHARS or condition.count("(") + condition.count("not ") > MAX_BRACKETS:
        raise RuleRefused("a condition is too long")


def _plan_condition(part: Any, rule: SigmaRule) -> Plan:
    """Write a parsed condition as a plan."""
    if isinstance(part, ConditionIdentifier):
        if part.identifier not in rule.detection.detections:
            raise RuleRefused(f"the condition asks for {part.identifier}, which is not there")
        return _plan_detection(rule.detection.detections[part.identifier])
    if isinstance(part, ConditionSelector):
        names = part.resolve_referenced_detections(rule.detection)
        if not names:
            raise RuleRefused(f"no part of the rule is called {part.pattern}")
        return _join(_LINKS[part.cond_class], [_plan_condition(name, rule) for name in names])
    if isinstance(part, ConditionNOT):
        return ["not", _plan_condition(part.args[0], rule)]
    if isinstance(part, ConditionItem):
        return _join(_LINKS[type(part)], [_plan_condition(one, rule) for one in part.args])
    raise RuleRefused("a condition of unknown form")


_LINKS: Mapping[type, str] = {ConditionAND: "and", ConditionOR: "or"}


def _plan_detection(part: SigmaDetection | SigmaDetectionItem) -> Plan:
    """Write a named part of a rule, or one line of it, as a plan."""
    if isinstance(part, SigmaDetection):
        link = _LINKS[part.item_linking or ConditionAND]
        return _join(link, [_plan_detection(one) for one in part.detection_items])
    leaves = [_plan_value(part.field, value) for value in part.value]
    if not leaves:
        raise RuleRefused("a list of values is empty")
    plan = _join(_LINKS[part.value_linking], leaves)
    if plan[0] == "and" and part.field and all(leaf[0] in _OF_ELEMENTS for one in leaves for leaf in leaves_of(one)):
        plan = ["same", part.field, leaves]
    return ["not", plan] if part.negated else plan


_OF_ELEMENTS = frozenset({"text", "re", "cidr", "compare"})
"""Tests that look at one element of a field at a time."""


def _join(link: str, plans: list[Plan]) -> Plan:
    """Link plans; one alone needs no link."""
    return plans[0] if len(plans) == 1 else [link, plans]


@functools.singledispatch
def _plan_typed(value: SigmaType, _field: str) -> Plan:
    """Write one value of a field; a kind that no function below is for is refused."""
    raise RuleRefused(f"values of the kind {type(value).__name__} are not supported")


def _plan_value(field: str | None, value: SigmaType) -> Plan:
    """Write one value; without a field it is a keyword, which may be in any."""
    if isinstance(value, SigmaExpansion):
        return _join("or", [_plan_value(field, one) for one in value.values])
    if field is None:
        if not isinstance(value, SigmaString | SigmaNumber | SigmaBool) or isinstance(value, SigmaTimestampPart):
            raise RuleRefused("a keyword must be a text")
        plan = _plan_typed(value, "")
        return [*plan[:3], _merge_runs([ANY_RUN, *plan[3], ANY_RUN])]
    if not field:
        raise RuleRefused("a field has no name")
    return _plan_typed(value, field)


@_plan_typed.register
def _(value: SigmaString, field: str) -> Plan:
    parts: list[str | int] = []
    for part in value.s:
        if isinstance(part, Placeholder):
            raise RuleRefused(f"the placeholder %{part.name}% is not known here")
        parts.append(_SIGNS[part] if isinstance(part, SpecialChars) else part)
    parts = _merge_runs(parts)
    if sum(isinstance(part, int) for part in parts) > MAX_RUNS:
        raise RuleRefused("too many wildcards in one value")
    return ["text", field, int(isinstance(value, SigmaCasedString)), parts]


_SIGNS = {SpecialChars.WILDCARD_MULTI: ANY_RUN, SpecialChars.WILDCARD_SINGLE: ANY_SIGN}


def _merge_runs(parts: list[str | int]) -> list[str | int]:
    """Make one ``*`` of several in a row, and leave empty texts out."""
    merged: list[str | int] = []
    for part in parts:
        if part != "" and not (part == ANY_RUN and merged and merged[-1] == ANY_RUN):
            merged.append(part)
    return merged


@_plan_typed.register
def _(value: SigmaNumber, field: str) -> Plan:
    return ["text", field, 0, [str(value.number)]]


@_plan_typed.register
def _(value: SigmaTimestampPart, _field: str) -> Plan:
    raise RuleRefused(f"parts of a time ({value.timestamp_part.name.lower()}) are not supported")


@_plan_typed.register
def _(value: SigmaBool, field: str) -> Plan:
    return ["text", field, 0, [str(value.boolean).lower()]]


@_plan_typed.register
def _(value: SigmaRegularExpression, field: str) -> Plan:
    if value.contains_placeholder():
        raise RuleRefused("a placeholder in a regular expression is not known here")
    letters = "".join(sorted(flag.name[0].lower() for flag in value.flags)).replace("d", "s")  # DOTALL is "s"
    pattern = f"(?{letters})" * bool(letters) + str(value.regexp)
    compile_pattern(pattern)
    return ["re", field, pattern]


@_plan_typed.register
def _(value: SigmaCIDRExpression, field: str) -> Plan:
    return ["cidr", field, str(value.network)]


@_plan_typed.register
def _(value: SigmaCompareExpression, field: str) -> Plan:
    return ["compare", field, value.op.name.lower(), value.number.number]


@_plan_typed.register
def _(value: SigmaExists, field: str) -> Plan:
    return ["exists", field, bool(value.exists)]


@_plan_typed.register
def _(_value: SigmaNull, field: str) -> Plan:
    return ["null", field]


@_plan_typed.register
def _(value: SigmaFieldReference, field: str) -> Plan:
    return ["ref", field, value.field, value.starts_with, value.ends_with]
