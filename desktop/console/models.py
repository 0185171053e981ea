"""The learned models: which there are, what is on their cards, and how good they are.

Before this on the path: the command line. After it: ``Service.learning``. Commands about what is usual here
(``baseline.py``) and about training (``training.py``) hang on the same group.
"""

from __future__ import annotations

import click

from desktop.console.face import CLEAN, WRONG_USE, Face, with_face
from desktop.console.tree import ToldCommand, ToldGroup
from desktop.console.writing import write_line
from desktop.service.learning.views import ModelView


@click.group("models", cls=ToldGroup, key="models", examples=("main.py models list", "main.py models card flow_rank"))
def models() -> None:
    """Hold what can be done with the learned models."""


@models.command("list", cls=ToldCommand, key="models_list", examples=("main.py models list",))
@with_face
def list_models(face: Face) -> int:
    """List the learned models."""
    for one in face.service.learning.models():
        if face.is_jsonl:
            write_line({"type": "model", "name": one.name, "trusted": one.is_trusted})
        else:
            print(one.name)
    return CLEAN


@models.command("card", cls=ToldCommand, key="models_card", examples=("main.py models card flow_rank",))
@click.argument("name", metavar="NAME")
@with_face
def show_card(face: Face, name: str) -> int:
    """Show the card of one model."""
    card: ModelView | None = face.service.learning.card(name)
    if card is None:
        face.warn(face.say("no_model", name=name))
        return WRONG_USE
    if face.is_jsonl:
        write_line({"type": "model", "name": card.name, "trusted": card.is_trusted})
    else:
        print(card.name)
    return CLEAN
