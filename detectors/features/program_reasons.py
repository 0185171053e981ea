"""Says why the learned model finds a start of a program unlike others, and what would have made it like them.

Before this on the path: a start, and the score of ``program_rank``. After it: ``unusual_program``, which tells it.
Parts of a start: each word of its command, its parent, each plain number. Words and parent are left out, numbers are
put back to usual. The model adds points up and turns the sum into a share: falls are compared on the sum (its logit),
where a start far above the limit still shows what counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from detectors.contract.finding import Evidence
from detectors.contract.programs import Program
from detectors.features.calming import Change, find_calm
from detectors.features.occlusion import REASONS, SMALLEST_SHARE, Floats, Reasons, Score, find_reasons, part_back
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

MAX_WORDS = 16
"""Words of a command that are left out in turn: each costs the hashing of a row, and an answer may take 20 ms."""
MAX_COMMAND = 5_000
"""Letters of a command that are taken apart; the model looks at no more."""
WORDS_NAMED = 3
LONGEST_WORD = 60
"""Letters of a word that is named."""
TRIED = 4
"""Strongest parts of which every combination is tried: 14 rows, each of which has to be hashed."""
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


def as_told(values: Floats, numbers: NDArray[np.intp]) -> Floats:
    """Round [k] values of [k] plain numbers to what a person is told, as ``plain_number`` does."""
    is_log, is_share = _IS_LOG[numbers], _IS_SHARE[numbers]
    plain = np.where(is_log, np.expm1(values), np.where(is_share, 100 * values, values))
    told = np.where(is_log | is_share, np.round(plain), np.round(plain, 1))
    told = np.where(_IS_YES_NO[numbers], plain >= 0.5, told)  # noqa: PLR2004 - half way
    return np.asarray(np.where(is_log, np.log1p(np.maximum(told, 0)), np.where(is_share, told / 100, told)), np.float32)


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
    def parent_part(self) -> int:
        """Give the number of the part that is the parent: words come first, numbers after it."""
        return len(self.words)

    def number_of(self, part: int) -> int:
        """Tell which plain number a part is."""
        return part - len(self.words) - 1

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
        numbers = part_back(back, self.seen, self.usual, as_told)
        columns = number_columns()
        rows[:, columns] = np.where(back > 0, numbers, rows[:, columns])
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
    reasons = find_reasons(case.judge, case.distances, adds_up=True)
    named = (_tell(case, parts) for parts in kinds_of_reasons(case, reasons))
    return (*named, *_tell_change(case, find_change(case, reasons, limit)))


def find_change(case: StartCase, reasons: Reasons, limit: float) -> Change | None:
    """Find the smallest change that brings the score below a limit between 0 and 1."""
    (level,) = logit(np.array([limit], np.float32)).tolist()
    return find_calm(case.judge, reasons.parts[:TRIED], case.distances, level, TRIED)


def kinds_of_reasons(case: StartCase, reasons: Reasons) -> list[tuple[int, ...]]:
    """List the three strongest reasons, each by its parts: the words that stand out are one, told as a list."""
    strong = [one.part for one in reasons.order if one.share >= SMALLEST_SHARE]
    words = tuple(part for part in strong if part < case.parent_part)[:WORDS_NAMED]
    found: list[tuple[int, ...]] = []
    for part in strong:
        kind = words if part < case.parent_part else (part,)
        if kind not in found:
            found.append(kind)
    return found[:REASONS]


def _tell(case: StartCase, parts: Sequence[int]) -> Evidence:
    first = parts[0]
    if first < case.parent_part:
        return Evidence("unusual_words", [_cut(case.words[part]) for part in parts])
    if first == case.parent_part:
        above = case.program.parent
        return Evidence("unusual_parent", f"{(above and above.name) or '?'} > {case.program.name or '?'}")
    return _compare(case.number_of(first), case.seen, case.usual)


def _tell_change(case: StartCase, change: Change | None) -> Iterator[Evidence]:
    if change is None:
        yield Evidence("would_be_usual", observed=False)
        return
    words = [_cut(case.words[part]) for part in change.parts if part < case.parent_part]
    if words:
        yield Evidence("would_be_without_words", words)
    for part, fraction in zip(change.parts, change.fractions, strict=True):
        if part == case.parent_part:
            yield Evidence("would_be_other_parent", (case.program.parent and case.program.parent.name) or "?")
        elif part > case.parent_part:
            back = np.full((1, len(case.seen)), fraction, np.float32)
            row = part_back(back, case.seen, case.usual, as_told)[0]
            yield _compare(case.number_of(part), case.seen, row, "would_be_")


def _compare(place: int, seen: Floats, usual: Floats, prefix: str = "") -> Evidence:
    number = NUMBERS[place]
    observed, otherwise = (plain_number(number, float(row[place])) for row in (seen, usual))
    return Evidence(prefix + number.name, observed, otherwise, "" if number.unit == YES_NO else number.unit)


def _cut(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + "\u2026"
