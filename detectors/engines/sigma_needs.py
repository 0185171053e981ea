"""Tells which texts an expression cannot match without, so that most expressions are never asked.

Before this on the path: ``sigma_index``, with an expression of a rule. After it: the same, which looks for these texts
together with all others. Anything that is not understood gives no need: then the expression is always asked, which
costs time and never a match.
"""

from __future__ import annotations

import functools

MIN_LETTERS = 2
"""A single letter stands in nearly every text."""
MAX_TEXTS = 60
"""In one need; more of them would be met nearly always."""
_ENOUGH_LETTERS = 6
"""Longer texts are no rarer, in practice."""

Need = frozenset[str] | None


class _NotUnderstoodError(Exception):
    """Something rare; the expression has no need then."""


@functools.lru_cache(maxsize=8_192)
def need_of(pattern: str) -> Need:
    """Return texts, folded, of which one stands in whatever ``pattern`` matches; None where none is sure."""
    try:
        reader = _Reader(pattern)
        need = reader.alternatives()
        return need if reader.at == len(pattern) else None
    except (_NotUnderstoodError, IndexError, ValueError, RecursionError):
        return None


class _Reader:
    """Reads an expression from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def alternatives(self) -> Need:
        """Read branches up to the end of the group: one of them is there, so one text of each is needed."""
        needs = [self._branch()]
        while self._peek() == "|":
            self.at += 1
            needs.append(self._branch())
        known = [need for need in needs if need is not None]
        whole = frozenset().union(*known)
        return whole if len(known) == len(needs) and len(whole) <= MAX_TEXTS else None

    def _branch(self) -> Need:
        """Read what stands in a row: all of it is there, so the best text of it is chosen."""
        found: list[Need] = []
        run = ""
        while (sign := self._peek()) and sign not in "|)":
            letter, need, takes_room = self._item()
            least, is_once = self._times()
            if is_once and not takes_room:
                continue  # what stands before and after it touches
            if letter and least:
                run += letter
                if is_once:
                    continue
            found += [_text(run), need if least else None]
            run = ""
        known = [need for need in [*found, _text(run)] if need]
        return max(known, key=_worth, default=None)

    def _item(self) -> tuple[str, Need, bool]:
        """Read one item; return its letter or its need, and whether it takes room."""
        sign = self._next()
        if sign == "(":
            return self._group()
        if sign == "[":
            self._skip_set()
            return "", None, True
        if sign == "\\":
            return self._escape()
        if sign in "*+?{":
            raise _NotUnderstoodError
        return "" if sign in ".^$" else sign, None, sign not in "^$"

    def _group(self) -> tuple[str, Need, bool]:
        """Read a group behind its bracket; flags alone take no room."""
        if self._peek() == "?":
            self.at += 1
            while (sign := self._next()) not in ":)":
                if sign in {"<", "P"}:
                    self.at = self.pattern.index(">", self.at) + 1
                    break
                if sign not in "imsU-":
                    raise _NotUnderstoodError
            if sign == ")":
                return "", None, False
        need = self.alternatives()
        if self._next() != ")":
            raise _NotUnderstoodError
        return "", need, True

    def _skip_set(self) -> None:
        """Read a set of letters behind its bracket."""
        self.at += self._peek() == "^"
        self.at += self._peek() == "]"  # first of all it is a letter
        while (sign := self._next()) != "]":
            if sign == "\\":
                self.at += 1
            elif sign == "[" and self._peek() == ":":
                self.at = self.pattern.index(":]", self.at) + 2

    def _escape(self) -> tuple[str, Need, bool]:
        """Read what stands behind a backslash."""
        sign = self._next()
        if sign in "bB":
            return "", None, False
        if sign in "dDwWsSfnrtav":
            return "", None, True
        if sign.isalnum():  # numbers of letters, classes, quotations
            raise _NotUnderstoodError
        return sign, None, True

    def _times(self) -> tuple[int, bool]:
        """Read how often the last item stands there; return the least, and whether it is just once."""
        sign = self._peek()
        if sign not in ("*", "+", "?", "{"):
            return 1, True
        self.at += 1
        least = int(sign == "+")
        if sign == "{":
            end = self.pattern.index("}", self.at)
            first = self.pattern[self.at : end].partition(",")[0]
            if not first.isdecimal():
                raise _NotUnderstoodError
            least, self.at = int(first), end + 1
        self.at += self._peek() == "?"  # as few as can be: the same texts
        return least, False

    def _peek(self) -> str:
        """Return the next sign, empty at the end."""
        return self.pattern[self.at : self.at + 1]

    def _next(self) -> str:
        """Take the next sign; there must be one."""
        self.at += 1
        return self.pattern[self.at - 1]


def _text(run: str) -> Need:
    folded = run.casefold()
    return frozenset({folded}) if len(folded) >= MIN_LETTERS and folded.isascii() else None


def _worth(need: frozenset[str]) -> tuple[int, int]:
    """Prefer long texts, then few."""
    return min(_ENOUGH_LETTERS, *map(len, need), _ENOUGH_LETTERS), -len(need)
