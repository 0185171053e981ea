"""Says in plain words whether this computer's work has changed, and what learning again would do.

Before this on the path: ``drift.py`` and ``again.py``. After it: the window and ``models drift``, ``models learn``.
"""

from __future__ import annotations

from desktop.service.learning.views import BaselineVersion, DriftCause, DriftView, LearningPreview
from desktop.service.texts import Harmless, Texts, harmless, shown

_TOPICS = ("features", "program_features")
"""Where columns have their plain names."""


def light_words(view: DriftView, texts: Texts, language: str) -> str:
    """Say the light in a sentence."""
    return texts.get(f"drift.light_{view.light.value}", language)


def cause_words(cause: DriftCause, texts: Texts, language: str) -> str:
    """Say one thing that has changed: "usually x, now y"."""
    usual, now = (measured(cause.unit, value, language) for value in (cause.usual, cause.today))
    values = {"name": _name(cause, texts, language), "usual": usual, "now": now}
    if cause.kind == "input":
        return texts.get("drift.cause_shape" if usual == now else "drift.cause", language, **values)
    return texts.get(f"drift.cause_{cause.kind}", language, **values)


def preview_words(preview: LearningPreview, texts: Texts, language: str) -> list[str]:
    """Say what learning again would change, line by line; the last one says why not, where it is refused."""

    def say(key: str, **values: str | float) -> str:
        return texts.get(f"drift.{key}", language, **values)

    first, last = str(preview.first_day), str(preview.last_day)
    lines = [say("preview_days", days=preview.days, first=first, last=last)]
    if preview.left_out_days:
        lines.append(texts.count("drift.preview_left_out", preview.left_out_days, language))
    lines.append(say("preview_alarms", before=preview.alarms_before, after=preview.alarms_after))
    lines.append(texts.count("drift.preview_new", preview.newly_usual, language))
    lines.append(texts.count("drift.preview_forgotten", preview.forgotten, language))
    moved = [(model, 100 * before, 100 * after) for model, before, after in preview.limits if before != after]
    for model, *factors in moved:
        before, after = (measured("%", factor, language) for factor in factors)
        lines.append(say("preview_limit", name=model_name(model, texts, language), before=before, after=after))
    if not moved:
        lines.append(say("preview_same_limits"))
    if preview.refused_because:
        lines.append(say(f"refused_{preview.refused_because}"))
    return lines


def version_words(version: BaselineVersion, texts: Texts, language: str) -> str:
    """Say one picture of what is usual in a line."""
    told = texts.get(
        "drift.version",
        language,
        number=version.number,
        made=f"{version.made_at.astimezone():%Y-%m-%d}",
        days=version.days,
        first=str(version.first_day),
        last=str(version.last_day),
    )
    notes = [texts.get(f"drift.by_{version.made_by}", language)] if texts.has(f"drift.by_{version.made_by}") else []
    notes += [texts.get("drift.in_use", language)] if version.is_in_use else []
    return f"{told} ({', '.join(notes)})" if notes else told


def model_name(model: str, texts: Texts, language: str) -> Harmless:
    """Give a model's plain name; one of this computer's own keeps its file name."""
    key = f"drift.model_{model}"
    return Harmless(texts.get(key, language)) if texts.has(key) else harmless(model)


def measured(unit: str, value: float, language: str) -> Harmless:
    """Write a figure with its unit; small shares keep a digit after the point."""
    small = abs(value) < 10  # noqa: PLR2004 - above, a tenth says nothing
    told = shown(f"_{unit}", value if small or unit in ("bytes", "s") else round(value), language)
    return Harmless(told + ("\u00a0%" if unit == "%" else ""))


def _name(cause: DriftCause, texts: Texts, language: str) -> Harmless:
    if cause.kind == "figure":
        return Harmless(texts.get(f"drift.figure_{cause.name}", language))
    if cause.kind == "input":
        named = next((f"{topic}.{cause.name}" for topic in _TOPICS if texts.has(f"{topic}.{cause.name}")), None)
        return harmless(cause.name) if named is None else Harmless(texts.get(named, language))
    return model_name(cause.name, texts, language)
