"""Trains the judge of names: does a label look like those that malicious programs compute to find their master?

    python models/train/dga_names.py                    train, measure, write models/dga_names.onnx and its card
    python models/train/dga_names.py --measure          measure only
    python models/train/dga_names.py --real LIST...     measure on real harmless names, too: text files, one a line

Before this on the path: ``name_makers.py``. After it: ``models/dga_names.onnx``, which ``dga`` asks.
A logistic judge over eight numbers of a name. A computer's names are judged together, by the mean of their scores.
Classes of algorithms, and languages and kinds of harmless names, are held out, so that every figure is of names whose
making was unknown. Needs the ``train`` group of ``pyproject.toml``.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from detectors.features.name_features import NAMES, name_rows
from detectors.features.names import looks_machine_made, registered_name
from models.train.cards import MODELS, wilson, write_card
from models.train.name_makers import NOT_TAUGHT, PEOPLE, PROGRAMS, draw

NAME = "dga_names"
EACH = 400
"""Names drawn of each class."""
FOLDS = 6
STRENGTH = 0.02
"""C of the judge: held back strongly, because classes differ more than names of one class (measured)."""
FARTHEST = 4.0
"""Spreads: farther values count as that far."""
SMALLEST_SPREAD = 0.05
SIZES = (3, 5, 10)
"""Unknown names of one computer that are judged together."""
SETS = 600
"""Draws of so many names, for each class."""
MOST_FALSE = 0.02
"""Of sets of harmless names."""
RULE_NAMES = 3
"""What the rule asks for: so many names that look machine-made."""
CLOSE_ENOUGH = 1e-4

Vector = NDArray[np.float64]
Labels = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Judge:
    """Middle, spread and weight of each column."""

    middle: NDArray[np.float32]
    spread: NDArray[np.float32]
    weights: NDArray[np.float32]
    bias: float

    def score(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Give logits: above nought is more like a program's name than like a person's."""
        scaled = np.clip((rows - self.middle) / self.spread, -FARTHEST, FARTHEST)
        return np.asarray(scaled @ self.weights + np.float32(self.bias), np.float32)


def train(programs: Labels, people: Labels) -> Judge:
    """Fit the judge; both sides weigh the same."""
    harmful, harmless = (name_rows([label for one in side.values() for label in one]) for side in (programs, people))
    rows = np.vstack([harmful, harmless])
    middle, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), SMALLEST_SPREAD)
    model = LogisticRegression(C=STRENGTH, max_iter=400, class_weight="balanced")
    model.fit(
        np.clip((rows - middle) / spread, -FARTHEST, FARTHEST),
        np.repeat([1, 0], [len(harmful), len(harmless)]),
    )
    return Judge(middle, spread, model.coef_[0].astype(np.float32), float(model.intercept_[0]))


def score_unseen(programs: Labels, people: Labels) -> dict[str, Vector]:
    """Score each class by a judge that saw nothing of it; classes that are never taught by one that saw all others."""
    scores: dict[str, Vector] = {}
    taught = [name for name in programs if name not in NOT_TAUGHT]
    for fold in range(FOLDS):
        out = {*taught[fold::FOLDS], *list(people)[fold::FOLDS]}
        known = {name: programs[name] for name in taught if name not in out}
        judge = train(known, {name: labels for name, labels in people.items() if name not in out})
        scores |= {name: judge.score(name_rows((programs | people)[name])) for name in sorted(out)}
    judge = train({name: programs[name] for name in taught}, people)
    return scores | {name: judge.score(name_rows(programs[name])) for name in sorted(NOT_TAUGHT)}


def draw_sets(count: int, size: int) -> NDArray[np.intp]:
    """Draw sets of places: [SETS, size], none twice within a set."""
    dice = np.random.default_rng(size)
    return np.array([dice.choice(count, size, replace=False) for _ in range(SETS)])


def said_by_rule(labels: Sequence[str], size: int) -> float:
    """Give the share of sets in which the rule finds enough machine-made names."""
    made = np.array([looks_machine_made(one) for one in labels])
    return float((made[draw_sets(len(labels), size)].sum(axis=1) >= RULE_NAMES).mean())


def said_by_model(scores: Vector, size: int, limit: float) -> float:
    """Give the share of sets whose mean score lies above the limit."""
    return float((scores[draw_sets(len(scores), size)].mean(axis=1) > limit).mean())


def limits_for(people: Labels, scores: Mapping[str, Vector]) -> dict[int, float]:
    """Find the limit of each number of names: as often wrong as the rule, and never more often than ``MOST_FALSE``."""
    return {size: _limit(people, scores, size, min(_false_by_rule(people, size), MOST_FALSE)) for size in SIZES}


def _false_by_rule(people: Labels, size: int) -> float:
    return float(np.mean([said_by_rule(labels, size) for labels in people.values()]))


def _limit(people: Labels, scores: Mapping[str, Vector], size: int, allowed: float) -> float:
    """Find the mean score that so few sets of harmless names of unknown kinds exceed."""
    means = np.concatenate([scores[name][draw_sets(len(scores[name]), size)].mean(axis=1) for name in people])
    return float(np.sort(means)[::-1][int(allowed * len(means))])


def measure(
    programs: Labels, people: Labels, scores: Mapping[str, Vector], limits: Mapping[int, float], real: Labels
) -> dict[str, list[dict[str, Any]]]:
    """Compare rule and model: at the limit, at equal false alarms, by class, and on real names."""
    taught = [name for name in programs if name not in NOT_TAUGHT]
    at_limit = []
    for size in SIZES:
        rule = {name: said_by_rule((programs | people)[name], size) for name in (*taught, *people)}
        equal = _limit(people, scores, size, _false_by_rule(people, size))
        at_limit.append(
            {
                "names": size,
                "found_by_rule": _mean(rule[name] for name in taught),
                "found_by_model": _mean(said_by_model(scores[name], size, limits[size]) for name in taught),
                "found_by_model_at_equal_false": _mean(said_by_model(scores[name], size, equal) for name in taught),
                "false_by_rule": _mean(rule[name] for name in people),
                "false_by_model": _mean(said_by_model(scores[name], size, limits[size]) for name in people),
            }
        )
    by_class = [
        {
            "class": name,
            "kind": "harmful" if name in programs else "harmless",
            "rule": round(said_by_rule((programs | people)[name], SIZES[1]), 3),
            "model": round(said_by_model(scores[name], SIZES[1], limits[SIZES[1]]), 3),
        }
        for name in (*programs, *people)
    ]
    judge = train({name: programs[name] for name in taught}, people)
    on_real = [
        {
            "list": name,
            "different_names": len(labels),
            "names": size,
            "false_by_rule": round(said_by_rule(labels, size), 3),
            "false_by_model": round(said_by_model(judge.score(name_rows(labels)), size, limits[size]), 3),
        }
        for name, labels in real.items()
        for size in SIZES
    ]
    return {"unseen_classes": at_limit, "classes": by_class, "real_names": on_real}


def count_sets(programs: Labels, people: Labels, scores: Mapping[str, Vector], limit: float) -> dict[str, Any]:
    """Count sets of three different unseen names, none of which is in two sets: what shares and ranges rest on."""
    said = {
        name: own[: len(own) // SIZES[0] * SIZES[0]].reshape(-1, SIZES[0]).mean(axis=1) > limit
        for name, own in scores.items()
    }
    harmful = np.concatenate([said[name] for name in programs])
    return {
        "at_the_limits": [{"limit": "threshold", "material": "three names", "found": _told(harmful)}],
        "false_by_source": [{"source": name, "false": _told(said[name])} for name in people],
        "reasons": [{"reason": "dga", "found": int(harmful.sum()), "of": len(harmful)}],
    }


def _told(said: NDArray[np.bool_]) -> str:
    lowest, highest = wilson(int(said.sum()), len(said))
    return f"{said.sum()} of {len(said)}: {said.mean():.3f} ({lowest:.3f} to {highest:.3f})"


def _mean(shares: Any) -> float:
    return round(float(np.mean(list(shares))), 3)


def to_onnx(judge: Judge) -> bytes:
    """Write the judge as a graph: features [n, F] -> score [n]."""
    values = {
        "middle": judge.middle,
        "spread": judge.spread,
        "low": np.float32(-FARTHEST),
        "high": np.float32(FARTHEST),
        "weights": judge.weights,
        "bias": np.float32(judge.bias),
    }
    nodes = [
        helper.make_node("Sub", ["features", "middle"], ["centred"]),
        helper.make_node("Div", ["centred", "spread"], ["wide"]),
        helper.make_node("Clip", ["wide", "low", "high"], ["scaled"]),
        helper.make_node("MatMul", ["scaled", "weights"], ["sum"]),
        helper.make_node("Add", ["sum", "bias"], ["score"]),
    ]
    graph = helper.make_graph(
        nodes,
        NAME,
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, len(NAMES)])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, [None])],
        [numpy_helper.from_array(np.asarray(value, np.float32), name) for name, value in values.items()],
    )
    made: bytes = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8
    ).SerializeToString()
    return made


def largest_difference(graph: bytes, judge: Judge, rows: NDArray[np.float32]) -> float:
    """Compare the graph with the judge."""
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    return float(np.abs(session.run(["score"], {"features": rows})[0] - judge.score(rows)).max())


def write(
    programs: Labels,
    people: Labels,
    limits: Mapping[int, float],
    results: Mapping[str, Any],
) -> None:
    """Train on everything, write model and card."""
    taught = {name: labels for name, labels in programs.items() if name not in NOT_TAUGHT}
    judge = train(taught, people)
    graph = to_onnx(judge)
    harmless = name_rows([label for labels in people.values() for label in labels])
    difference = largest_difference(graph, judge, harmless)
    if difference > CLOSE_ENOUGH:
        raise SystemExit(f"{NAME}: graph and training library differ by {difference}")
    worst = max((row for row in results["classes"] if row["kind"] == "harmless"), key=lambda row: float(row["model"]))
    card: dict[str, Any] = {
        "name": NAME,
        "purpose": "Tells whether names that do not exist look computed by a program, several together.",
        "not_for": "Not a verdict about one name, nor about names that exist. Never to judge a person's work.",
        "method": "logistic judge over eight numbers of a name; the mean over three or more names counts",
        "known_misses": "Names that are joined from words, or that can be spoken, look like a person's. Harmless kind "
        f"that it most often takes for computed: {worst['class']} (five names: {worst['model']}).",
        "sha256": hashlib.sha256(graph).hexdigest(),
        "graph_differs_from_library_by_at_most": float(f"{difference:.1e}"),
        "measured_on": datetime.now(UTC).date().isoformat(),
        "threshold": round(limits[SIZES[0]], 6),
        "threshold_is": "for the mean of three names: wrong as often as the rule before, on kinds not trained on",
        "limits": [[size, round(limit, 6)] for size, limit in limits.items()],
        "limits_are": f"from so many names on: at most {MOST_FALSE:.0%} of sets of harmless names of unknown kinds",
        "features": list(NAMES),
        "usual": [round(float(one), 4) for one in np.median(harmless, axis=0)],
    }
    made_up = {"source": "made up for this project", "licence": "GPL-2.0-or-later", "period": "no times of its own"}
    card["results"] = results
    card["training"] = [
        made_up | {"kind": kind, "recordings": len(side), "names": sum(map(len, side.values()))}
        for kind, side in (("malicious", taught), ("harmless", people))
    ]
    (MODELS / f"{NAME}.onnx").write_bytes(graph)
    write_card(NAME, card)


def read_lists(paths: Sequence[Path]) -> dict[str, list[str]]:
    """Read real names of domains, each by what was bought."""
    found = {}
    for path in paths:
        names = (line.strip().lower() for line in path.read_text(encoding="utf-8").splitlines())
        labels = {registered_name(name).partition(".")[0] for name in names if name}
        found[path.stem] = sorted(label for label in labels if len(label) > 3)  # noqa: PLR2004 - as in name_makers
    return found


def make_names(kinds: Mapping[str, Callable[..., str]]) -> dict[str, list[str]]:
    """Draw the names of every class."""
    return {name: draw(make, EACH, name) for name, make in kinds.items()}


def main() -> None:
    """Train and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--measure", action="store_true", help="write nothing")
    options.add_argument("--real", type=Path, nargs="*", default=[], help="lists of real harmless names")
    chosen = options.parse_args()
    programs, people = make_names(PROGRAMS), make_names(PEOPLE)
    scores = score_unseen(programs, people)
    limits = limits_for(people, scores)
    results: dict[str, Any] = measure(programs, people, scores, limits, read_lists(chosen.real))
    for table in results.values():
        for row in table:
            print(row)
    if not chosen.measure:
        results = count_sets(programs, people, scores, limits[SIZES[0]]) | results
        write(programs, people, limits, results)


if __name__ == "__main__":
    main()
