"""Measures how hard a text is to read: LIX for every language, the Flesch-Kincaid school grade for English.

Used by the tests of explanations and texts; nothing here is shipped.
"""

from __future__ import annotations

import re

# An apostrophe ends a word: "l'ordinateur" is read as two. A dot or hyphen inside a name does not.
_WORD = re.compile(r"\w+(?:[-.]\w+)*")
_SENTENCE_END = re.compile(r"(?<=[.?!])[”“»\u202f]*(?:\s+|$)")
_LONG_WORD = 6
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^tdaeiouy]ed|[^csxzaeiouy]es)$")


def words(text: str) -> list[str]:
    """Split into words."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Split into sentences; the dot inside ``invoice.docm`` ends none."""
    return [part.strip() for part in _SENTENCE_END.split(text) if words(part)]


def lix(text: str) -> float:
    """Compute LIX: words a sentence, plus the percentage of words longer than six letters.

    Source: Björnsson 1968; below 30 is very easy, about 40 is ordinary, above 60 very hard.
    """
    all_words = words(text)
    long_words = [word for word in all_words if len(word) > _LONG_WORD]
    return len(all_words) / len(sentences(text)) + 100 * len(long_words) / len(all_words)


def english_grade(text: str) -> float:
    """Compute the Flesch-Kincaid school grade.

    Source: Kincaid et al. 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59.
    """
    all_words = words(text)
    syllables = sum(map(english_syllables, all_words))
    return 0.39 * len(all_words) / len(sentences(text)) + 11.8 * syllables / len(all_words) - 15.59


def english_syllables(word: str) -> int:
    """Count vowel groups without a silent e at the end; every word has at least one."""
    spoken = word.lower()
    groups = len(_VOWELS.findall(spoken))
    return max(1, groups - 1 if _SILENT_E.search(spoken) else groups)
