"""Measures a model anew and writes the numbers onto its card, without training it.

    python models/train/evaluate.py flow_rank program_rank    one after the other; without a name: all of them
    python models/train/evaluate.py --take-over               only copy what benchmarks have measured

Before this on the path: labelled recordings beside the project. After it: ``models/<name>.toml``; sign it again
(``sign.py``). It refuses to write numbers that belong to another model or to another limit than those on the card.
Needs the ``train`` group of ``pyproject.toml``. ``main.py models evaluate`` starts it and reads its JSON lines.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.train.cards import Card, list_sources, read_card, update_card, write_card


class Missing(Exception):
    """What is needed is not here: ``extras`` or ``recordings``."""


def evaluate_flow_rank() -> Card:
    """Measure the judge of computers."""
    from models.train import flow_rank  # noqa: PLC0415 - each needs its own part of the training extras

    recordings = _read_recordings()
    measured = flow_rank.evaluate(recordings) | {"training": list_sources(recordings)}
    return update_card(flow_rank.NAME, measured, flow_rank.FACTS)


def evaluate_flow_usual() -> Card:
    """Measure the autoencoder."""
    from models.train import flow_usual  # noqa: PLC0415 - as above

    recordings = _read_recordings()
    measured = flow_usual.evaluate(recordings) | {"training": list_sources(recordings)}
    return update_card(flow_usual.NAME, measured, flow_usual.FACTS)


def _read_recordings() -> Sequence[Any]:
    from models.train.recordings import FOLDER, read_recordings  # noqa: PLC0415 - as above

    if not (FOLDER / "manifest.json").is_file():
        raise Missing("recordings")
    return read_recordings()


def evaluate_program_rank() -> Card:
    """Measure the model of programs."""
    from models.train import program_rank  # noqa: PLC0415 - as above
    from models.train.program_corpus import FOLDER, read_starts  # noqa: PLC0415

    if not (FOLDER / "manifest.json").is_file():
        raise Missing("recordings")
    return update_card(program_rank.NAME, program_rank.evaluate(read_starts()) | program_rank.TEXTS)


def evaluate_dga_names() -> Card:
    """Measure the judge of names, on names that are made here; figures on real lists stay as they are."""
    from models.train import dga_names  # noqa: PLC0415 - as above

    programs, people = dga_names.make_names(dga_names.PROGRAMS), dga_names.make_names(dga_names.PEOPLE)
    scores = dga_names.score_unseen(programs, people)
    limits = dga_names.limits_for(people, scores)
    limit = limits[dga_names.SIZES[0]]
    results = dga_names.count_sets(programs, people, scores, limit)
    results |= dga_names.measure(programs, people, scores, limits, {})
    before = read_card(dga_names.NAME)["results"]
    kept = {"real_names": before["real_names"]} if "real_names" in before else {}
    return update_card(dga_names.NAME, {"threshold": round(limit, 6), "results": results | kept})


def take_over(name: str) -> Card:
    """Copy what benchmarks have measured onto the card, and compute what follows from its counts."""
    return write_card(name, read_card(name))


WAYS: dict[str, Callable[[], Card]] = {
    "flow_rank": evaluate_flow_rank,
    "flow_usual": evaluate_flow_usual,
    "program_rank": evaluate_program_rank,
    "dga_names": evaluate_dga_names,
}
"""Name of a model -> how it is measured."""


def tell(kind: str, name: str, **values: Any) -> None:
    """Say one line."""
    print(json.dumps({"type": kind, "name": name, **values}), flush=True)


def main() -> int:
    """Measure what is asked for; 3 when something could not be measured."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("names", nargs="*", metavar="NAME")
    options.add_argument("--take-over", action="store_true", help="measure nothing anew")
    chosen = options.parse_args()
    code = 0
    for name in chosen.names or WAYS:
        try:
            card = take_over(name) if chosen.take_over else WAYS[name]()
        except Missing as error:
            tell("missing", name, what=str(error))
            code = 3
        except ImportError:
            tell("missing", name, what="extras")
            code = 3
        except SystemExit as error:  # another model, another limit
            tell("refused", name, text=str(error))
            code = 3
        else:
            tell("measured", name, alarms=card.get("alarms"), missed=card.get("missed"), day=card["measured_on"])
    return code


if __name__ == "__main__":
    sys.exit(main())
