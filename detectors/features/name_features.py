"""Describes one name by numbers: how its letters follow each other, and how much of it is made of words.

Before this on the path: the label that somebody bought (``detectors.features.names.registered_name``). After it: the
model ``dga_names``, which ``dga`` asks. Training calls the same function. A name is what a stranger wrote: it may hold
anything and be of any length; the first 63 letters are looked at, which is all that a name can have.
Hyphens are no column: malicious programs rarely use them, so a judge would learn to be calmed by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from detectors.features.names import entropy_bits, everyday_words

LONGEST: Final = 63
"""Letters of a label (RFC 1035)."""
SHORTEST_WORD, LONGEST_WORD = 3, 14
MAX_KEPT: Final = 16_384
"""Labels whose numbers are remembered."""

NAMES: Final = (
    "name_length",
    "name_digit_share",
    "name_longest_consonants",
    "name_entropy",
    "name_rare_letters",
    "name_known_triples",
    "name_word_share",
    "name_only_hex",
)
"""Columns, in order; plain names in ``resources/texts/features.toml``."""
UNITS: Final = dict(zip(NAMES, ("letters", "%", "letters", "bits", "%", "%", "%", "yes or no"), strict=True))
"""Shares go from 0 to 1, and are told in percent."""
_VOWELS = frozenset("aeiouy")
_RARE = frozenset("jqwxyz")
_HEX = frozenset("0123456789abcdef")


def name_rows(labels: Sequence[str]) -> NDArray[np.float32]:
    """Describe labels.

    Returns:
        float32 [n, F], finite; F as in ``NAMES``.
    """
    rows = np.array([describe(label) for label in labels], np.float32)
    return rows.reshape(len(labels), len(NAMES))


@lru_cache(maxsize=MAX_KEPT)
def describe(label: str) -> tuple[float, ...]:
    """Give the values of one label: counts of letters, shares of the name (0 to 1), bits a letter, yes or no."""
    text = label[:LONGEST].lower()
    body = text.removeprefix("xn--")
    letters = [one for one in body if "a" <= one <= "z"]
    size, spelled = max(len(body), 1), max(len(letters), 1)
    runs = [len(list(run)) for is_consonant, run in groupby(body, _is_consonant) if is_consonant]
    return (
        float(len(text)),
        sum("0" <= one <= "9" for one in body) / size,
        float(max(runs, default=0)),
        entropy_bits(body),
        sum(one in _RARE for one in letters) / spelled,
        _known_triples(body),
        _letters_in_words(body) / size,
        float(set(body) <= _HEX and any("0" <= one <= "9" for one in body)),
    )


def _is_consonant(letter: str) -> bool:
    return "a" <= letter <= "z" and letter not in _VOWELS


def _known_triples(body: str) -> float:
    """Give the share of three letters in a row that occur in an everyday word."""
    triples = [body[at : at + 3] for at in range(len(body) - 2)]
    return sum(one in _triples() for one in triples) / max(len(triples), 1)


def _letters_in_words(body: str) -> int:
    """Cover as many letters as possible with everyday words, and count them."""
    words = everyday_words()
    covered = [0] * (len(body) + 1)
    for end in range(1, len(body) + 1):
        starts = range(max(0, end - LONGEST_WORD), end - SHORTEST_WORD + 1)
        fitting = (covered[start] + end - start for start in starts if body[start:end] in words)
        covered[end] = max(covered[end - 1], *fitting, 0)
    return covered[-1]


@cache
def _triples() -> frozenset[str]:
    return frozenset(word[at : at + 3] for word in everyday_words() for at in range(len(word) - 2))
