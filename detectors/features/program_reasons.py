"""Says why the learned model finds a start of a program unlike others, and what would have made it like them.

Before this on the path: a start, and the score of ``program_rank``. After it: ``unusual_program``, which tells it.
Parts of a start: each word of its command, its parent, each plain number. Words and parent are left out, numbers are
put back to usual. The model adds points up and turns the sum into a share: falls are compared on the sum (its logit),
where a start far above the limit still shows what counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from detectors.contract.finding import Evidence
from detectors.contract.programs import Program
from detectors.features.calming import Change, find_calm
from detectors.features.occlusion import SMALLEST_SHARE, Floats, Reasons, Score, find_reasons
from detectors.features.program_features import (
    NUMBERS,
    YES_NO,
    leave_out,
    number_columns,
    plain_number,
    program_row,
    split_words,
)
from detectors.features.secrets import mask_secrets

MAX_WORDS = 30
"""Words of a command that are left out in turn."""
MAX_COMMAND = 5_000
"""Letters of a command that are taken apart; the model looks at no more."""
WORDS_NAMED = 3
NUMBERS_NAMED = 2
LONGEST_WORD = 60
"""Letters of a word that is named."""
TRIED = 5
"""Strongest parts of which every combination is tried: 25 rows, each of which has to be hashed."""
_SILENT = np.array([one.name.startswith("program_on_") for one in NUMBERS])
"""Which system it is is no reason."""
_IS_LOG = np.array([one.is_log for one in NUMBERS])
_IS_SHARE = np.array([one.unit == "%" for one in NUMBERS])
_IS_YES_NO = np.array([one.unit == YES_NO for one in NUMBERS])
STEPS = np.where(_IS_SHARE, 0.25, 1.0)
"""What compares between numbers: a factor of e, a quarter of the whole, yes instead of no, one bit."""
SUREST = 1e-6
"""Shares nearer to 0 or 1 are taken for as near: their logit has no end."""


def logit(shares: Floats) -> Floats:
    """Turn shares into the sums that they were made of."""
    inside = np.clip(np.asarray(shares, np.float64), SUREST, 1 - SUREST)
    return np.asarray(np.log(inside / (1 - inside)), np.float32)


def as_told(numbers: Floats) -> Floats:
    """Round [n, numbers] to what a person is told, as ``plain_number`` does."""
    plain = np.where(_IS_LOG, np.expm1(numbers), np.where(_IS_SHARE, 100 * numbers, numbers))
    told = np.where(_IS_YES_NO, plain >= 0.5, np.where(_IS_LOG | _IS_SHARE, np.round(plain), np.round(plain, 1)))  # noqa: PLR2004 - half way
    return np.asarray(
        np.where(_IS_LOG, np.log1p(np.maximum(told, 0)), np.where(_IS_SHARE, told / 100, told)), np.float32
    )


@dataclass(slots=True)
class StartCase:
    """What is said of one start, so that it can be asked again without a word, its parent, or with other numbers."""

    score: Score
    program: Program
    """Its secrets are masked."""
    usual: Floats
    """[numbers]"""
    words: tuple[str, ...]
    seen: Floats
    """[numbers]"""
    _rows: dict[tuple[bool, ...], Floats] = field(default_factory=dict)
    """Hashing a row costs: each combination of words and parent once."""

    @classmethod
    def of(cls, score: Score, program: Program, usual: Floats) -> StartCase:
        """Take a start apart."""
        masked = replace(program, command=mask_secrets((program.command or "")[:MAX_COMMAND]))
        words = tuple(dict.fromkeys(split_words(masked.command or "")))[:MAX_WORDS]
        return cls(score, masked, usual, words, program_row(masked)[number_columns()])

    @property
    def distances(self) -> Floats:
        """[words, parent, numbers]: how far each is from usual."""
        parent = self.program.parent
        numbers = np.where(_SILENT, 0, np.abs(self.seen - self.usual) / STEPS)
        return np.concatenate([np.ones(len(self.words)), [bool(parent and parent.name)], numbers]).astype(np.float32)

    def judge(self, fractions: Floats) -> Floats:
        """Score how far each part is put back."""
        texts = len(self.words) + 1
        rows = np.stack([self._row(tuple(one)) for one in (fractions[:, :texts] > 0).tolist()])
        back = fractions[:, texts:]
        told = np.where(back >= 1, self.usual, as_told(self.seen + back * (self.usual - self.seen)))
        columns = number_columns()
        rows[:, columns] = np.where(back > 0, told, rows[:, columns])
        return logit(self.score(rows))

    def _row(self, out: tuple[bool, ...]) -> Floats:
        if out not in self._rows:
            words = {word for word, is_out in zip(self.words, out[:-1], strict=True) if is_out}
            command = leave_out(self.program.command or "", words) if words else self.program.command
            parent = None if out[-1] else self.program.parent
            self._rows[out] = program_row(replace(self.program, command=command, parent=parent))
        return self._rows[out]


def explain_start(case: StartCase, limit: float) -> tuple[Evidence, ...]:
    """Name words, parent and numbers that lift the score most, then what would have made the start usual."""
    distances = case.distances
    reasons = find_reasons(case.judge, distances, adds_up=True)
    change = find_calm(
        case.judge, reasons.parts[:TRIED], distances, float(logit(np.array([limit], np.float32))[0]), TRIED
    )
    return (*_name(case, reasons), *_tell_change(case, change))


def _name(case: StartCase, reasons: Reasons) -> Iterator[Evidence]:
    """Give the kinds of reasons in the order of their strongest: words in one list, the parent, numbers."""
    strong = [one.part for one in reasons.order if one.share >= SMALLEST_SHARE]
    parent = len(case.words)
    words = [_cut(case.words[part]) for part in strong if part < parent][:WORDS_NAMED]
    numbers = [part for part in strong if part > parent][:NUMBERS_NAMED]
    has_words = False
    for part in strong:
        if part < parent and not has_words:
            has_words = True
            yield Evidence("unusual_words", words)
        elif part == parent:
            above = case.program.parent
            yield Evidence("unusual_parent", f"{(above and above.name) or '?'} > {case.program.name or '?'}")
        elif part in numbers:
            yield _compare(part - parent - 1, case.seen, case.usual)


def _tell_change(case: StartCase, change: Change | None) -> Iterator[Evidence]:
    if change is None:
        yield Evidence("would_be_usual", observed=False)
        return
    parent = len(case.words)
    words = [_cut(case.words[part]) for part in change.parts if part < parent]
    if words:
        yield Evidence("would_be_without_words", words)
    for part, fraction in zip(change.parts, change.fractions, strict=True):
        if part == parent:
            yield Evidence("would_be_other_parent", (case.program.parent and case.program.parent.name) or "?")
        elif part > parent:
            back = case.seen + np.float32(fraction) * (case.usual - case.seen)
            yield _compare(part - parent - 1, case.seen, case.usual if fraction >= 1 else as_told(back), "would_be_")


def _compare(place: int, seen: Floats, usual: Floats, prefix: str = "") -> Evidence:
    number = NUMBERS[place]
    observed, otherwise = (plain_number(number, float(row[place])) for row in (seen, usual))
    return Evidence(prefix + number.name, observed, otherwise, "" if number.unit == YES_NO else number.unit)


def _cut(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + "\u2026"
