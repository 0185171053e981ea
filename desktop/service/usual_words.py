"""Says in words what learned models looked at: each thing beside what is usual, and what would have made it usual.

Before this on the path: the evidence of a finding. After it: ``explain``, which puts the words among its parts.
Evidence named ``would_be_...`` is the smallest change that calms the model (``detectors/features/calming.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.service.texts import Harmless, Texts, harmless, shown
from detectors.contract.finding import Evidence, Scalar

FEATURE_TOPICS = ("features", "program_features")
"""Texts that name what learned models look at."""
WOULD_BE = "would_be_"
"""What evidence of a change begins with."""
NONE_FOUND = "would_be_usual"
WITHOUT_WORDS = "would_be_without_words"
OTHER_PARENT = "would_be_other_parent"
UNUSUAL_WORDS, UNUSUAL_PARENT = "unusual_words", "unusual_parent"


def feature_key(texts: Texts, name: str) -> str:
    """Find the plain name of what a learned model looked at; empty where it is something else."""
    keys = (f"{topic}.{name}" for topic in FEATURE_TOPICS)
    return next((key for key in keys if texts.has(key)), "")


def say_reason(texts: Texts, one: Evidence, language: str) -> str:
    """Say one thing that a learned model found odd, beside what is usual; empty where it is something else."""
    if one.name == UNUSUAL_WORDS and isinstance(one.observed, list):
        return texts.get("usual.unusual_words", language, words=one.observed)
    if one.name == UNUSUAL_PARENT:
        return texts.get("usual.unusual_parent", language, start=one.observed)
    return _say_values(texts, "signs.compared", one.name, one, language)


def say_would_be_normal(texts: Texts, evidence: Sequence[Evidence], language: str) -> str:
    """Say the smallest change that would have made it usual, or that none was found; empty where nobody looked."""
    changes = [one for one in evidence if one.name.startswith(WOULD_BE)]
    if any(one.name == NONE_FOUND for one in changes):
        return texts.get("usual.no_change", language)
    said = [text for one in changes for text in _say_change(texts, one, language) if text]
    return texts.get("usual.would_be", language, changes=Harmless("; ".join(said))) if said else ""


def _say_change(texts: Texts, one: Evidence, language: str) -> Iterator[str]:
    if one.name == WITHOUT_WORDS and isinstance(one.observed, list):
        yield texts.get("usual.without_words", language, words=one.observed)
    elif one.name == OTHER_PARENT:
        yield texts.get("usual.other_parent", language, parent=one.observed)
    else:
        key = "usual.yes_no" if isinstance(one.observed, bool) else "usual.value"
        yield _say_values(texts, key, one.name.removeprefix(WOULD_BE), one, language)


def _say_values(texts: Texts, sentence: str, name: str, one: Evidence, language: str) -> str:
    """Set what was seen beside the other value; empty where a thing has no plain name."""
    key = feature_key(texts, name)
    if not key:
        return ""
    usual, observed = (Harmless(measured(texts, one.unit, value, language)) for value in (one.usual, one.observed))
    return texts.get(sentence, language, feature=Harmless(texts.get(key, language)), usual=usual, observed=observed)


def measured(texts: Texts, unit: str, value: Scalar, language: str) -> str:
    """Write what a learned model looked at: yes or no in words, shares in percent."""
    if isinstance(value, bool):
        return texts.get("words.yes" if value else "words.no", language)
    return harmless(shown(f"_{unit}", value, language)) + ("\u00a0%" if unit == "%" else "")
