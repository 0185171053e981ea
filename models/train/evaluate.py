"""Measures a model anew and writes the numbers onto its card, without training it.

    python models/train/evaluate.py flow_rank program_rank    one after the other; without a name: all of them

Before this on the path: labelled recordings beside the project. After it: ``models/<name>.toml``; sign it again
(``sign.py``). It refuses to write numbers that belong to another model or to another limit than those on the card.
Needs the ``train`` group of ``pyproject.toml``. ``main.py models evaluate`` starts it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.train.cards import Card, list_sources, update_card


def evaluate_flow_rank() -> Card:
    """Measure the judge of computers."""
    from models.train import flow_rank  # noqa: PLC0415 - each needs its own part of the training extras
    from models.train.recordings import read_recordings  # noqa: PLC0415

    recordings = read_recordings()
    measured = flow_rank.evaluate(recordings) | {"training": list_sources(recordings)}
    return update_card(flow_rank.NAME, measured, flow_rank.FACTS)


def evaluate_flow_usual() -> Card:
    """Measure the autoencoder."""
    from models.train import flow_usual  # noqa: PLC0415 - as above
    from models.train.recordings import read_recordings  # noqa: PLC0415

    recordings = read_recordings()
    measured = flow_usual.evaluate(recordings) | {"training": list_sources(recordings)}
    return update_card(flow_usual.NAME, measured, flow_usual.FACTS)


def evaluate_program_rank() -> Card:
    """Measure the model of programs."""
    from models.train import program_rank  # noqa: PLC0415 - as above
    from models.train.program_corpus import read_starts  # noqa: PLC0415

    return update_card(program_rank.NAME, program_rank.evaluate(read_starts()) | program_rank.TEXTS)


WAYS: dict[str, Callable[[], Card]] = {
    "flow_rank": evaluate_flow_rank,
    "flow_usual": evaluate_flow_usual,
    "program_rank": evaluate_program_rank,
}
"""Name of a model -> how it is measured."""


def main() -> None:
    """Measure what is asked for."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="*", choices=[*WAYS, []], metavar="NAME")
    for name in options.parse_args().names or WAYS:
        card = WAYS[name]()
        for key in ("alarms", "missed"):
            if key in card:
                told = ", ".join(f"{word} {value}" for word, value in card[key].items())
                print(f"{name}: {key}: {told}", flush=True)


if __name__ == "__main__":
    main()
