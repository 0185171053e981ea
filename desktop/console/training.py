"""Trains a model on a person's own recordings, tells honestly what it is worth, and puts it in use on their word.

Before this on the path: the command line. After it: ``Service.learning.training``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import click

from desktop.console.face import CLEAN, WRONG_USE, Face, ToldOption, help_text, with_face
from desktop.console.tree import ToldCommand
from desktop.console.writing import write_line
from desktop.service.learning.training import TRAINABLE, Figures, Trained, Training
from detectors.contract.errors import TrainingRefused

VERDICTS = {
    "better": "train_better",
    "same": "train_same",
    "worse": "train_worse",
    "unknown": "train_unknown",
}
"""Beside the model in use."""
FEW_HARMLESS = 100
"""Harmless recordings or starts below which 0 wrong of them still allows 4 in 100 (Wilson 1927)."""
WAYS_BACK = {"earlier": "train_back_earlier", "shipped": "train_back_shipped", "none": "train_back_none"}
PROBLEMS = {
    "needs_extra": "train_needs_extra",
    "few_harmless": "train_few_harmless",
    "few_harmful": "train_few_harmful",
    "few_of_a_system": "train_few_of_a_system",
    "differs": "train_differs",
    "too_much": "train_too_much",
    "installed_refused": "train_installed_refused",
    "not_found": "train_not_found",
    "no_place": "train_no_place",
    "ended": "train_ended",
}
"""Why nothing was trained."""


@click.command(
    "train",
    cls=ToldCommand,
    key="models_train",
    examples=(
        "main.py models train flow_usual --harmless captures/office --harmful captures/attacks",
        "main.py models train program_rank --harmless monday --harmless tuesday --harmful tests --install",
        "main.py models train flow_usual --undo",
    ),
)
@click.argument("name", type=click.Choice(TRAINABLE))
@click.option("--harmless", cls=ToldOption, multiple=True, metavar="PATH")
@click.option("--harmful", cls=ToldOption, multiple=True, metavar="PATH")
@click.option("--from-baseline", cls=ToldOption, is_flag=True)
@click.option("--even-if-worse", cls=ToldOption, is_flag=True)
@click.option("--install", cls=ToldOption, is_flag=True)
@click.option("--undo", cls=ToldOption, is_flag=True)
@with_face
def train(
    face: Face,
    name: str,
    harmless: tuple[str, ...],
    harmful: tuple[str, ...],
    *,
    from_baseline: bool,
    even_if_worse: bool,
    install: bool,
    undo: bool,
) -> int:
    """Train, go back, or say why neither."""
    if [bool(harmless or harmful), from_baseline, undo].count(True) != 1:
        raise click.UsageError(help_text("train_either"))
    if from_baseline:
        face.warn(face.say("train_from_baseline"))
        return WRONG_USE
    try:
        with face.service.learning.training() as training:
            if undo:
                return take_back(face, training, name)
            trained = training.train(name, harmless, harmful, lambda step, line: tell_step(face, step, line))
            tell_figures(face, trained)
            return decide(face, training, trained, even_if_worse=even_if_worse, install=install)
    except TrainingRefused as error:
        return refuse(face, error)


def refuse(face: Face, error: TrainingRefused) -> int:
    """Say why nothing was trained."""
    key = PROBLEMS.get(str(error.values.get("problem")))
    if key is None or face.is_jsonl:
        return face.refuse(error)
    face.warn(face.say(key, **{"python": sys.executable} | error.values))
    return WRONG_USE


def tell_step(face: Face, step: str, line: Mapping[str, Any]) -> None:
    """Tell what goes on, beside the results."""
    if face.is_quiet or face.is_jsonl:
        return
    if step == "reading":
        face.warn(face.say("train_reading", done=int(line["done"]) + 1, of=int(line["of"]), name=str(line["name"])))
    elif step == "training":
        face.warn(face.say("train_training"))


def tell_figures(face: Face, trained: Trained) -> None:
    """Tell what it is worth, beside the one in use, on the same sources."""
    if face.is_jsonl:
        write_line({"type": "trained"} | asdict(trained))
        return
    if trained.left_out:
        names = list(trained.left_out) + ["..."] * (trained.left_out_count > len(trained.left_out))
        print(face.say("train_left_out", names=names))
    print(face.say("train_sources", sources=trained.sources))
    for key, figures in (("train_own", trained.own), ("train_installed", trained.installed)):
        print(face.say("train_figures", who=face.say(key), **worth(face, figures)))
    if trained.own.harmless < FEW_HARMLESS:
        print(face.say("train_little"))
    fewer = trained.installed.found - trained.own.found
    areas = {"area": share(face, trained.own.area), "other": share(face, trained.installed.area)}
    print(face.say(VERDICTS[trained.verdict], fewer=fewer, **areas))


def worth(face: Face, figures: Figures) -> dict[str, Any]:
    """Give what a sentence needs of figures."""
    return asdict(figures) | {"area": share(face, figures.area)}


def share(face: Face, area: float | None) -> str:
    """Write a share in percent, or that it is not known."""
    return face.say("train_no_area") if area is None else f"{area:.1%}"


def decide(face: Face, training: Training, trained: Trained, *, even_if_worse: bool, install: bool) -> int:
    """Put it in use on a person's word only, and never in silence when it is not shown to be as good."""
    if trained.verdict in ("worse", "unknown") and not even_if_worse:
        face.warn(face.say("train_not_shown"))
        return WRONG_USE if install else CLEAN
    can_ask = sys.stdin.isatty() and not face.is_jsonl
    if not install and not (can_ask and click.confirm(face.say("train_question"), default=False, err=True)):
        face.warn(face.say("train_not_installed"))
        return CLEAN
    journal_id = training.install(trained)
    if face.is_jsonl:
        write_line({"type": "model_installed", "name": trained.name, "journal_id": journal_id})
    else:
        print(face.say("train_in_use", name=trained.name))
    return CLEAN


def take_back(face: Face, training: Training, name: str) -> int:
    """Go back to the model before."""
    to = training.take_back(name)
    if face.is_jsonl:
        write_line({"type": "model_taken_back", "name": name, "to": to})
    else:
        print(face.say(WAYS_BACK[to]))
    return WRONG_USE if to == "none" else CLEAN
