"""Says what stands on a model's card in plain words, for both faces.

Before this on the path: ``views.ModelView``. After it: the Models page and ``models card``. Numbers are told as people
count: of a hundred, with the range and how many cases they rest on.
"""

from __future__ import annotations

from desktop.service.learning.views import ModelView, Share
from desktop.service.texts import Harmless, Texts, harmless

_PROBLEMS = {
    "missing": "missing",
    "manifest_missing": "stranger",
    "manifest_key": "stranger",
    "key_unreadable": "stranger",
    "not_named": "stranger",
    "fingerprint": "changed",
    "card_changed": "changed",
    "manifest_changed": "changed",
    "manifest_comment": "changed",
    "manifest_old": "old",
    "manifest_expired": "expired",
    "not_known": "not_known",
}
"""Problem of ``detectors.engines.signed_manifest`` -> sentence; every other one: it cannot be read."""
_COLUMN_TOPICS = ("features", "program_features")


def problem_words(problem: str, texts: Texts, language: str) -> str:
    """Say why a model is not used."""
    return texts.get(f"models.problem_{_PROBLEMS.get(problem, 'unreadable')}", language)


def wrong_words(card: ModelView, texts: Texts, language: str) -> list[str]:
    """Say how often a model is wrong: false alarms first, then what it misses."""
    told = {"models.wrong": card.wrong, "models.missed": card.missed}
    lines = [texts.get(key, language, **of_hundred(share)) for key, share in told.items() if share is not None]
    return [*lines, texts.get("models.tests_are_not_here", language)] if lines else [not_measured(texts, language)]


def not_measured(texts: Texts, language: str) -> str:
    """Say that there is no number."""
    return texts.get("models.not_measured", language)


def share_words(share: Share, texts: Texts, language: str) -> str:
    """Say a share in a few words."""
    return texts.get("models.found_of", language, **of_hundred(share))


def of_hundred(share: Share) -> dict[str, int]:
    """Count a share as people do; the range is rounded outwards, so that it never says more than was measured."""
    low, high = int(share.lowest * 100), -int(-share.highest * 100 // 1)
    return {"share": round(share.share * 100), "low": low, "high": min(high, 100), "cases": share.cases}


def column_words(column: str, texts: Texts, language: str) -> Harmless:
    """Give the plain name of what a model looks at; a column that nobody named keeps its own."""
    for topic in _COLUMN_TOPICS:
        if texts.has(f"{topic}.{column}"):
            return Harmless(texts.get(f"{topic}.{column}", language))
    return harmless(column)
