"""Reads the YAML of Sigma rules within bounds: rule files are written by strangers too.

Before this on the path: ``sigma_engine``, which read the files. After it: ``sigma_plan``, which understands one rule.
The library that builds objects is only asked once the events of the whole text have shown that it is shallow, short
and holds no construct that grows when it is built (aliases upon aliases, merge keys).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

MAX_TEXT_CHARS = 1_000_000
"""A longer rule file is refused; the largest collections have files of 60 KB."""
MAX_DEPTH = 12
"""Lists in maps in lists; a rule needs five."""
MAX_NODES = 20_000
"""Values, lists and maps in one rule; the longest list of names that the field uses has about 1,000."""
MAX_ALIASES = 20
"""In one rule; each could stand for a list of the others."""
MAX_DOCUMENTS = 2_000
"""Rules in one file."""
MAX_SCALAR_CHARS = 20_000
"""Of one value; descriptions are the longest."""


class RuleTextRefused(Exception):
    """A text that is no YAML, or more than we take (``line``, ``problem``)."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


def read_documents(text: str) -> list[tuple[int, Any]]:
    """Return the documents of a rule file with the line each begins at; empty ones are left out.

    Raises:
        RuleTextRefused: The text is broken or beyond a bound; none of its rules can be trusted then.
    """
    if len(text) > MAX_TEXT_CHARS:
        raise RuleTextRefused(0, "the file is too large")
    try:
        lines = list(_check_events(text))
        documents = list(yaml.load_all(text, Loader=_SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise RuleTextRefused(mark.line + 1 if mark else 0, tidy(f"no valid YAML: {error.problem}")) from None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:  # odd signs, numbers, keys
        raise RuleTextRefused(0, tidy(f"no valid YAML: {str(error) or type(error).__name__}")) from None
    return [(at, document) for at, document in zip(lines, documents, strict=True) if document is not None]


def tidy(message: str) -> str:
    """Make a library's message fit for one line of a list of problems."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in message[:2_000]).split())[:200]


class _SafeLoader(yaml.CSafeLoader):
    """Builds plain values only, and does not let a second key of the same name win silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        """Build a map, or say which key is there twice."""
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {twice[:60]!r} is there twice", node.start_mark
            )
        return super().construct_mapping(node, deep)


def _check_events(text: str) -> Iterator[int]:
    """Yield the first line of each document; the parser behind it keeps its own stack, so depth cannot hurt it."""
    depth = nodes = aliases = documents = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.DocumentStartEvent):
            documents, nodes, aliases = documents + 1, 0, 0
            yield _line_of(event) + bool(event.explicit)
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        nodes += isinstance(event, yaml.NodeEvent)
        aliases += isinstance(event, yaml.AliasEvent)
        problem = _problem_of(event, depth, nodes, aliases, documents)
        if problem:
            raise RuleTextRefused(_line_of(event), problem)


def _problem_of(event: yaml.Event, depth: int, nodes: int, aliases: int, documents: int) -> str | None:
    """Name the bound that this event breaks."""
    text = event.value if isinstance(event, yaml.ScalarEvent) else ""
    is_bare = isinstance(event, yaml.ScalarEvent) and event.implicit[0]
    broken = {
        "nested too deeply": depth > MAX_DEPTH,
        "too many values in one rule": nodes > MAX_NODES,
        "too many aliases in one rule": aliases > MAX_ALIASES,
        "too many rules in one file": documents > MAX_DOCUMENTS,
        "a value is too long": len(text) > MAX_SCALAR_CHARS,
        "merge keys are not supported": is_bare and text == "<<",
    }
    return next((problem for problem, is_broken in broken.items() if is_broken), None)


def _line_of(event: yaml.Event) -> int:
    """Return the line of an event, from 1."""
    return event.start_mark.line + 1 if event.start_mark else 0
