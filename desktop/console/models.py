"""The learned models: which there are, what is on their cards, and how good they are.

Before this on the path: the command line. After it: ``Service.learning``. Commands about what is usual here
(``baseline.py``) and about training (``training.py``) hang on the same group.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from typing import Any

import click
from rich.text import Text

from desktop.console.face import CLEAN, NOT_FULLY_CHECKED, WRONG_USE, Face, with_face
from desktop.console.plain import out, print_block
from desktop.console.tree import ToldCommand, ToldGroup
from desktop.console.writing import write_line
from desktop.service.learning.card_words import column_words, problem_words, share_words, wrong_words
from desktop.service.learning.drift_words import model_name
from desktop.service.learning.evaluating import Evaluated
from desktop.service.learning.views import ModelView
from desktop.service.texts import harmless

LONGEST_TEXT = 300
"""Letters of a reason that the measuring process gives."""


@click.group("models", cls=ToldGroup, key="models", examples=("main.py models list", "main.py models card flow_rank"))
def models() -> None:
    """Hold what can be done with the learned models."""


@models.command("list", cls=ToldCommand, key="models_list", examples=("main.py models list",))
@with_face
def list_models(face: Face) -> int:
    """List the learned models; one that is not used was not fully checked."""
    cards = face.service.learning.models()
    if not cards:
        face.warn(face.text("models.none"))
    for card in cards:
        if face.is_jsonl:
            write_line(card_line(card))
            continue
        mark = "✓" if card.is_trusted else "✗"
        told = [face.text("models.genuine") if card.is_trusted else face.text("models.not_used")]
        told += [face.text("models.own")] if card.is_own else []
        print(f"{mark} {card.name}  {model_name(card.name, face.texts, face.language)}: {', '.join(told)}")
        if not card.is_trusted:
            print(f"    {problem_words(card.problem, face.texts, face.language)}")
    return CLEAN if cards and all(one.is_trusted for one in cards) else NOT_FULLY_CHECKED


@models.command(
    "card",
    cls=ToldCommand,
    key="models_card",
    examples=("main.py models card flow_rank", "main.py models card program_rank --format jsonl"),
)
@click.argument("name", metavar="NAME")
@with_face
def show_card(face: Face, name: str) -> int:
    """Show the card of one model."""
    card = face.service.learning.card(name)
    if card is None:
        face.warn(face.say("no_model", name=name))
        return WRONG_USE
    if face.is_jsonl:
        write_line(card_line(card))
    else:
        print_card(face, card)
    return CLEAN if card.is_trusted else NOT_FULLY_CHECKED


@models.command(
    "evaluate",
    cls=ToldCommand,
    key="models_evaluate",
    examples=("main.py models evaluate", "main.py models evaluate program_rank --format jsonl"),
)
@click.argument("name", required=False, metavar="[NAME]")
@with_face
def evaluate_models(face: Face, name: str | None) -> int:
    """Measure the models that came with the program anew, and write the numbers onto their cards."""
    ours = [one.name for one in face.service.learning.models() if not one.is_own]
    if name is not None and name not in ours:
        face.warn(face.say("no_model", name=name))
        return WRONG_USE
    if not ours:
        face.warn(face.text("models.none"))
        return NOT_FULLY_CHECKED
    if not face.is_quiet:
        face.warn(face.text("models.evaluating"))
    outcomes = [tell_evaluated(face, one) for one in face.service.learning.evaluate((name,) if name else tuple(ours))]
    if "measured" in outcomes and not face.is_jsonl:
        print(face.text("models.sign_again"))
    return CLEAN if set(outcomes) == {"measured"} else NOT_FULLY_CHECKED


def tell_evaluated(face: Face, told: Evaluated) -> str:
    """Tell what became of one model."""
    if face.is_jsonl:
        write_line({"type": "evaluated", **dataclasses.asdict(told)})
        return told.outcome
    known = told.outcome if face.texts.has(f"models.evaluated_{told.outcome}") else "failed"
    title = model_name(told.name, face.texts, face.language)
    print(f"{told.name}  {title}: {face.text(f'models.evaluated_{known}', python=sys.executable)}")
    if told.text:
        print(f"    {harmless(told.text, LONGEST_TEXT)}")
    return told.outcome


def card_line(card: ModelView) -> dict[str, Any]:
    """Give the public form of a card: its fields as they are, days as text."""
    told = dataclasses.asdict(card)
    days = {key: told[key].isoformat() if told[key] else None for key in ("measured_on", "review_by")}
    return {"type": "model", **told, **days}


def print_card(face: Face, card: ModelView) -> None:
    """Print the whole card, in its fixed order."""
    console = out()
    print_block(console, Text(model_name(card.name, face.texts, face.language), style="bold"))
    if card.is_own:
        print_block(console, Text(face.text("models.own")), 2)
    if not card.is_trusted:
        print_block(console, Text(problem_words(card.problem, face.texts, face.language)), 2)
        print_block(console, Text(face.text("models.not_used")), 2)
    for key, lines in card_parts(face, card).items():
        if any(lines):
            console.print()
            print_block(console, Text(face.text(f"models.head_{key}"), style="bold"))
            for line in filter(None, lines):
                print_block(console, Text(line), 2)


def card_parts(face: Face, card: ModelView) -> dict[str, list[str]]:
    """Give the parts of a card, each with its lines."""
    texts, language = face.texts, face.language
    papers = {"measured_on": card.measured_on, "review_by": card.review_by}
    return {
        "purpose": [card.purpose],
        "not_for": [card.not_for],
        "wrong": wrong_words(card, texts, language),
        "reliability": list(_reliability(face, card)),
        "limit": [card.limit_was_set],
        "misses": [card.known_misses, *card.weakest],
        "reasons": [f"{one.reason}: {share_words(one.found, texts, language)}" for one in card.reasons],
        "groups": list(_groups(face, card)),
        "explains": [f"{name}: {value:g}" for name, value in card.explains],
        "looks_at": list(_columns(face, card)),
        "sources": [
            f"{one.name} ({one.licence}): {one.cases} {face.text(f'models.{one.kind}')}, {one.period}"
            for one in card.sources
        ],
        "papers": [
            face.text("models.fingerprint", sha256=card.sha256) if card.sha256 else "",
            *(face.text(f"models.{key}", day=str(day)) for key, day in papers.items() if day),
        ],
    }


def _reliability(face: Face, card: ModelView) -> Iterator[str]:
    for one in card.reliability:
        yield f"{round(one.said * 100)} → {share_words(one.right, face.texts, face.language)}"
    if card.calibration_error is not None:
        yield face.text("models.calibration", error=f"{card.calibration_error * 100:.1f}")


def _groups(face: Face, card: ModelView) -> Iterator[str]:
    for one in card.groups:
        rate = face.text("models.alarms_a_week", rate=f"{one.alarms_a_week:.1f}")
        yield f"{'! ' if one.is_worst else ''}{one.kind} {one.group}: {rate}"
    yield card.worst_group_because


def _columns(face: Face, card: ModelView) -> Iterator[str]:
    units = card.units if len(card.units) == len(card.looks_at) else ("",) * len(card.looks_at)
    for name, unit in zip(card.looks_at, units, strict=True):
        told = column_words(name, face.texts, face.language)
        yield f"{told} ({unit})" if unit and unit != "yes/no" else told
