"""Why something was not, or not fully, looked at, in plain words.

Before this on the path: a SkippedCheck (keys and values). After it: a page or a line.
"""

from __future__ import annotations

from desktop.service.texts import Harmless, Texts
from detectors.contract.errors import SkippedCheck
from detectors.contract.finding import Scalar

ALSO = "also"
"""Value that names further reasons of the same thing; their own values are not kept."""


def skip_text(skipped: SkippedCheck, texts: Texts, language: str) -> str:
    """Say the reason, then what else was left out for the same thing."""
    values: dict[str, Scalar] = {**skipped.values, "name": skipped.subject.name}
    if "trouble" in values and texts.has(f"trouble.{values['trouble']}"):
        values["trouble"] = Harmless(texts.get(f"trouble.{values['trouble']}", language))
    also = values.pop(ALSO, None)
    others = [key for key in also if texts.has(f"also.{key}")] if isinstance(also, list) else []
    parts = [texts.get(f"skip.{skipped.reason.value}", language, **values)]
    return " ".join([*parts, *(texts.get(f"also.{key}", language) for key in others)])
