"""What is usual on this computer: whether that has changed, learning it again, and going back.

Before this on the path: the command line, group ``models``. After it: ``Service.learning``.
"""

from __future__ import annotations

from datetime import date, datetime

import click

from desktop.console.face import CLEAN, WRONG_USE, Face, ToldOption, with_face
from desktop.console.tree import ToldCommand
from desktop.console.writing import write_line
from desktop.service.export import utc_text
from desktop.service.learning.drift_words import cause_words, light_words, preview_words, version_words
from desktop.service.learning.views import BaselineVersion, BaselineView, DriftView, LearningPreview

MOST_VERSIONS = 2**31 - 1
"""A number of a picture that anybody could mean."""


@click.command("drift", cls=ToldCommand, key="models_drift", examples=("main.py models drift",))
@with_face
def drift(face: Face) -> None:
    """Tell whether this computer's work is still what was learned."""
    learning = face.service.learning
    baseline, view = learning.baseline(), learning.drift()
    if face.is_jsonl:
        write_line(drift_line(baseline, view))
        return
    if baseline.is_learning:
        print(face.text("drift.learning", done=baseline.days_done, needed=baseline.days_needed))
        return
    print(light_words(view, face.texts, face.language))
    if view.since is not None:
        print(face.text("drift.since", day=str(view.since)))
    for cause in view.causes:
        print(f"    {cause_words(cause, face.texts, face.language)}")
    print(face.texts.count("drift.days_compared", view.days, face.language))


def drift_line(baseline: BaselineView, view: DriftView) -> dict[str, object]:
    """Give the public form of the light."""
    causes = [
        {"kind": one.kind, "name": one.name, "usual": one.usual, "now": one.today, "unit": one.unit,
         "distance": round(one.distance, 3)}
        for one in view.causes
    ]  # fmt: skip
    return {
        "type": "drift",
        "light": view.light.value,
        "since": _day(view.since),
        "days": view.days,
        "causes": causes,
        "learning": {"done": baseline.days_done, "needed": baseline.days_needed, "is_over": not baseline.is_learning},
    }


@click.command(
    "learn", cls=ToldCommand, key="models_learn", examples=("main.py models learn", "main.py models learn --yes")
)
@click.option("--yes", cls=ToldOption, is_flag=True)
@with_face
def learn(face: Face, *, yes: bool) -> int:
    """Show what learning again would change, and learn where a person says so."""
    learning = face.service.learning
    preview = learning.preview()
    if preview is None:
        baseline = learning.baseline()
        face.warn(face.text("drift.nothing_learned", done=baseline.days_done, needed=baseline.days_needed))
        return WRONG_USE if yes else CLEAN
    if face.is_jsonl:
        write_line(preview_line(preview))
    else:
        for line in preview_words(preview, face.texts, face.language):
            print(line)
    if preview.refused_because:
        return WRONG_USE if yes else CLEAN
    if not yes:
        if not (face.is_jsonl or face.is_quiet):
            print(face.text("drift.how_to_learn"))
        return CLEAN
    before = next((one.number for one in learning.baseline().versions if one.is_in_use), None)
    version = learning.learn()
    if face.is_jsonl:
        write_line(version_line(version))
        return CLEAN
    print(face.text("drift.learned", number=version.number))
    if before is not None and not face.is_quiet:
        print(face.text("drift.back", number=before))
    return CLEAN


def preview_line(preview: LearningPreview) -> dict[str, object]:
    """Give the public form of what learning again would change."""
    return {
        "type": "preview",
        "first_day": _day(preview.first_day),
        "last_day": _day(preview.last_day),
        "days": preview.days,
        "left_out_days": preview.left_out_days,
        "above_limits_a_day": {"before": round(preview.alarms_before, 3), "after": round(preview.alarms_after, 3)},
        "habits": {"newly_usual": preview.newly_usual, "forgotten": preview.forgotten},
        "limits": [{"model": name, "before": before, "after": after} for name, before, after in preview.limits],
        "refused_because": preview.refused_because or None,
    }


@click.command(
    "restore", cls=ToldCommand, key="models_restore", examples=("main.py models restore", "main.py models restore 1")
)
@click.argument("number", required=False, type=click.IntRange(1, MOST_VERSIONS), metavar="[NUMBER]")
@with_face
def restore(face: Face, number: int | None) -> None:
    """Put an earlier picture back in use, or list all of them."""
    learning = face.service.learning
    if number is not None:
        version = learning.restore(number)
        if face.is_jsonl:
            write_line(version_line(version))
        else:
            print(face.text("drift.restored", number=version.number))
        return
    baseline = learning.baseline()
    for one in baseline.versions:
        if face.is_jsonl:
            write_line(version_line(one))
        else:
            print(version_words(one, face.texts, face.language))
    if not baseline.versions:
        face.warn(face.text("drift.nothing_learned", done=baseline.days_done, needed=baseline.days_needed))


def version_line(version: BaselineVersion) -> dict[str, object]:
    """Give the public form of one picture of what is usual."""
    return {
        "type": "baseline",
        "number": version.number,
        "made_at": utc_text(version.made_at),
        "first_day": _day(version.first_day),
        "last_day": _day(version.last_day),
        "days": version.days,
        "left_out_days": version.left_out_days,
        "made_by": version.made_by,
        "in_use": version.is_in_use,
        "fingerprint": version.fingerprint,
    }


def _day(day: date | datetime | None) -> str | None:
    return None if day is None else day.isoformat()
