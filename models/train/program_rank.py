"""Trains the program model: how much the start of a program looks like those in labelled attacks.

    python models/train/program_rank.py            train, measure, write models/program_rank.onnx and its card
    python models/train/program_rank.py --measure  measure only, leaving one source out after the other

Before this on the path: ``program_corpus.py``. After it: ``models/program_rank.onnx``, asked by ``unusual_program`` and
``suspicious_start``. Two logistic judges, one for Windows and one for Linux and macOS, in one graph of linear nodes;
the logits of each are moved and stretched so that one limit means the same for both. A known parent>child pair weighs
down by its own hashed place, an unknown one falls back to its parts: rarity with back-off, learned.
Needs the ``train`` group of ``pyproject.toml``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from detectors.features.program_features import CHUNK, FORM, GRAMS, NAMES, WIDTH, WORDS, program_rows
from models.train.cards import write_card
from models.train.program_corpus import MADE_UP, OWN_LICENCE, Start, read_starts, start_key
from models.train.program_measuring import limits_for, measure

NAME = "program_rank"
MODELS = Path(__file__).resolve().parents[1]
CLOSE_ENOUGH = 1e-4
FAMILIES = ("windows", "unix")
STRENGTH = 0.3
"""C of the logistic judges: held back strongly, because publishers differ more than attacks do."""
WORD_SCALE, NUMBER_SCALE = 0.5, 0.1
"""Words and numbers count less than n-grams before the penalty (measured: by far the steadiest between sources)."""
FEWEST_SPREAD = 0.05
ORDINARY_WEIGHT = 4.0
"""A group of ordinary starts weighs as so many recordings: there are few, and they are all we have of daily shells."""
SYSTEM_SCRIPT = "program_below_system_script"
SYSTEM_SCRIPT_WEIGHT = -4.0
"""Set by hand, not learned: only one publisher shows diagnostics at work, so that nothing can be learned from others.
Who may write a script into the system's folders has no need to hide below it."""
LEAST_APART = 0.2
"""Logits between both: where few harmless starts are known, they may fall together."""
GROUP_FOLDS = 6
SPEAK, LOW = 0.5, 0.75
"""Scores on the card: where the model speaks, and where it speaks up. The judges are stretched to meet them."""

LICENCES = {
    MADE_UP: OWN_LICENCE,
    "own recording": OWN_LICENCE,
    "redcanaryco/atomic-red-team": "MIT",
    "OTRF/Security-Datasets": "MIT",
    "microsoft/msticpy": "MIT",
    "endgameinc/eqllib": "MIT",
    "omerbenamram/evtx": "MIT or Apache-2.0",
    "SigmaHQ/sigma": "Detection Rule License 1.1",
    "sbousseaden/EVTX-ATTACK-SAMPLES": "GPL-3.0",
    "Yamato-Security/hayabusa-sample-evtx": "collected from other publishers, who are named in its README",
}
"""As their repositories state them."""

SUPPORT = 0.4
"""Where a score supports a weak rule. Measured unseen, together with the rules of ``suspicious_start``: recall at
medium on Windows recordings is 0.793 without, 0.817 with 0.5, 0.846 with 0.4, 0.865 with 0.3, each with the same 7
false of 3,187; of 390 ordinary starts 11, 14, 17 and 21 are then medium."""

Matrix = Any
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judge:
    """One family's weights over raw columns."""

    weights: Vector
    bias: float

    def logits(self, rows: Matrix) -> Vector:
        """Judge rows."""
        return np.asarray(rows @ self.weights).ravel() + self.bias

    def moved(self, speak: float, low: float) -> Judge:
        """Move and stretch so that ``speak`` meets SPEAK and ``low`` LOW."""
        stretch = _logit(LOW) / max(low - speak, LEAST_APART)
        return Judge(self.weights * stretch, (self.bias - speak) * stretch)


def name_limits(speak: float, low: float) -> dict[str, float]:
    """Give the limits of the card as logits before a judge is moved."""
    support = speak + max(low - speak, LEAST_APART) * _logit(SUPPORT) / _logit(LOW)
    return {"threshold": speak, "low": low, "support": support}


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


def family_of(start: Start) -> str:
    """Say which judge a start belongs to."""
    return "windows" if start.program.system == "windows" else "unix"


def make_rows(starts: Sequence[Start]) -> Matrix:
    """Compute all rows, sparse."""
    parts = [
        csr_matrix(program_rows([one.program for one in starts[at : at + CHUNK]]))
        for at in range(0, len(starts), CHUNK)
    ]
    return vstack(parts).tocsr()


def weigh(starts: Sequence[Start]) -> Vector:
    """Weigh each recording equally, and attacks as much as the rest."""
    counts = Counter((one.unit, one.is_attack) for one in starts)
    weights = np.array([1 / counts[one.unit, one.is_attack] for one in starts])
    weights[[one.material == "made_up" for one in starts]] *= ORDINARY_WEIGHT
    is_attack = np.array([one.is_attack for one in starts])
    weights[is_attack] *= weights[~is_attack].sum() / weights[is_attack].sum()
    return np.asarray(weights / weights.mean())


def train(rows: Matrix, starts: Sequence[Start]) -> Judge:
    """Fit one judge."""
    scale = np.ones(WIDTH)
    scale[GRAMS : GRAMS + WORDS] = WORD_SCALE
    spread = rows[:, GRAMS + WORDS :].toarray().std(axis=0)
    scale[GRAMS + WORDS :] = NUMBER_SCALE / np.maximum(spread, FEWEST_SPREAD)
    by_hand = GRAMS + WORDS + NAMES.index(SYSTEM_SCRIPT)
    scale[by_hand] = 0
    model = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=200, random_state=1)
    model.fit(rows.multiply(scale).tocsr(), [one.is_attack for one in starts], sample_weight=weigh(starts))
    weights = model.coef_[0] * scale
    weights[by_hand] = SYSTEM_SCRIPT_WEIGHT
    return Judge(weights, float(model.intercept_[0]))


def fold_of(start: Start) -> str:
    """Name what is held out together: a publisher; of the one publisher of Unix attacks a fifth of its groups."""
    if start.source == MADE_UP:
        return start.unit
    if start.material == "texts":
        return f"{start.source} {sum(map(ord, start.group)) % 5}"
    return start.source


def score_unseen(rows: Matrix, starts: Sequence[Start], fold: Callable[[Start], str] = fold_of) -> Vector:
    """Score each start by judges that saw nothing of its fold; logits, each family by itself."""
    scores = np.zeros(len(starts))
    for seen, unseen in _folds(starts, fold):
        judge = train(rows[seen], [starts[place] for place in seen])
        scores[unseen] = judge.logits(rows[unseen])
    return scores


def _folds(starts: Sequence[Start], fold: Callable[[Start], str]) -> Iterator[tuple[list[int], list[int]]]:
    for family in FAMILIES:
        own = [place for place, one in enumerate(starts) if family_of(one) == family]
        for name in sorted({fold(starts[place]) for place in own}):
            unseen = [place for place in own if fold(starts[place]) == name]
            yield [place for place in own if fold(starts[place]) != name], unseen


def to_onnx(judges: dict[str, Judge]) -> bytes:
    """Write both judges as one graph: features [n, WIDTH] -> score [n]; the columns of the system choose the judge."""
    values = {
        "weights": np.stack([judges[one].weights for one in FAMILIES], axis=1).astype(np.float32),
        "bias": np.array([judges[one].bias for one in FAMILIES], np.float32),
        "families": np.array([[1, 0], [0, 1], [0, 1]], np.float32),
        "systems": np.arange(GRAMS + WORDS, GRAMS + WORDS + 3, dtype=np.int64),
        "across": np.array([1], np.int64),
    }
    nodes = [
        helper.make_node("Gemm", ["features", "weights", "bias"], ["logits"]),
        helper.make_node("Gather", ["features", "systems"], ["system"], axis=1),
        helper.make_node("MatMul", ["system", "families"], ["family"]),
        helper.make_node("Mul", ["logits", "family"], ["own"]),
        helper.make_node("ReduceSum", ["own", "across"], ["logit"], keepdims=0),
        helper.make_node("Sigmoid", ["logit"], ["score"]),
    ]
    graph = helper.make_graph(
        nodes,
        NAME,
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, WIDTH])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, [None])],
        [numpy_helper.from_array(value, name) for name, value in values.items()],
    )
    made: bytes = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8
    ).SerializeToString()
    return made


def largest_difference(graph: bytes, judges: dict[str, Judge], rows: Matrix, starts: Sequence[Start]) -> float:
    """Compare the graph with the training library on all starts."""
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    farthest = 0.0
    for family, judge in judges.items():
        own = rows[[place for place, one in enumerate(starts) if family_of(one) == family]]
        ours = [session.run(["score"], {"features": own[at].toarray()})[0][0] for at in range(0, own.shape[0], 3)]
        theirs = 1 / (1 + np.exp(-judge.logits(own)[::3]))
        farthest = max(farthest, float(np.abs(np.array(ours) - theirs).max()))
    return farthest


def usual_numbers(rows: Matrix, starts: Sequence[Start], family: str) -> list[float]:
    """Take the middle of each number over harmless starts: what "usual" means in a finding."""
    own = [place for place, one in enumerate(starts) if family_of(one) == family and not one.is_attack]
    return [round(float(one), 4) for one in np.median(rows[own][:, GRAMS + WORDS :].toarray(), axis=0)]


TEXTS = {
    "purpose": "Ranks starts of programs by how much they look like those in labelled attacks, to support rules.",
    "not_for": "Not a verdict: alone it is never more than good to know. Never to judge a person's work.",
    "method": "two logistic judges (Windows; Linux and macOS) over hashed n-grams, words and numbers, in one graph",
    "warning": "The labels of the recordings follow a rule that names shells and script hosts, so that a model "
    "partly learns that rule. Figures against harmless recordings alone flatter it; those against ordinary shell "
    "work, made up for this project, are nearer to daily life, and worse.",
    "known_misses": "Programs of attackers under names of their own with short commands; system programs used in "
    "their usual form; what runs below a script of the system. Harmless ones that it takes for odd: installers "
    "from the downloads folder, rare administration commands.",
}
"""What a person wrote about it."""


def write(graph: bytes, rows: Matrix, starts: Sequence[Start], results: dict[str, Any], difference: float) -> None:
    """Write model and card: numbers come from the measurement, never from a hand."""
    (MODELS / f"{NAME}.onnx").write_bytes(graph)
    card: dict[str, Any] = {
        "name": NAME,
        **TEXTS,
        "form": FORM,
        "sha256": hashlib.sha256(graph).hexdigest(),
        "graph_differs_from_library_by_at_most": float(f"{difference:.1e}"),
        "measured_on": datetime.now(UTC).date().isoformat(),
        "threshold": SPEAK,
        "threshold_is": "the higher of: 1 % of harmless recorded starts, 5 % of ordinary made-up ones, all unseen",
        "low": LOW,
        "low_is": "the higher of: 0.5 % of harmless recorded starts, 2 % of ordinary made-up ones, all unseen",
        "support": SUPPORT,
        "support_is": "chosen together with the rules: most recall for few ordinary starts; see at_the_limits",
        "features": list(NAMES),
        **{f"usual_{family}": usual_numbers(rows, starts, family) for family in FAMILIES},
        "hashed": [{"name": "gram", "places": GRAMS}, {"name": "word", "places": WORDS}],
        "results": results,
        "training": list(list_sources(starts)),
    }
    write_card(NAME, card)


def list_sources(starts: Sequence[Start]) -> Iterator[dict[str, Any]]:
    """Say what it was trained on: who published it, under which licence, from when it is."""
    for source, system in sorted({(one.source, one.program.system) for one in starts}):
        own = [one for one in starts if (one.source, one.program.system) == (source, system)]
        times = [one.program.started_s for one in own if one.program.started_s]
        years = sorted({datetime.fromtimestamp(one, UTC).year for one in times})
        yield {
            "source": own[0].publisher,
            "licence": LICENCES.get(own[0].publisher, "none stated"),
            "system": system,
            "period": f"{years[0]} to {years[-1]}" if years and own[0].material != "texts" else "no times of its own",
            "material": own[0].material,
            "recordings": len({one.unit for one in own}),
            "attack_starts": sum(one.is_attack for one in own),
            "harmless_starts": sum(not one.is_attack for one in own),
        }


def write_unseen(target: Path, starts: Sequence[Start], unseen: Vector, limits: dict[str, tuple[float, float]]) -> None:
    """Write what judges that never saw a start's source say of it, on the scale of the card."""
    lines = []
    for one, logit in zip(starts, unseen, strict=True):
        judge = Judge(np.ones(1), 0.0).moved(*limits[family_of(one)])
        score = 1 / (1 + np.exp(-(logit * judge.weights[0] + judge.bias)))
        lines.append(json.dumps({"start": start_key(one.program), "score": round(float(score), 6)}))
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Measured:
    """What judges say that never saw what they judge."""

    unseen: Vector
    """[n]: logits."""
    limits: dict[str, tuple[float, float]]
    """Family -> where it speaks, and where it speaks up."""
    results: dict[str, Any]


def measure_unseen(rows: Matrix, starts: Sequence[Start]) -> Measured:
    """Measure, leaving one publisher out after the other, and by group."""
    unseen = score_unseen(rows, starts)
    grouped = score_unseen(rows, starts, lambda one: f"fold {zlib.crc32(one.group.encode()) % GROUP_FOLDS}")
    limits = {family: limits_for(starts, unseen, family) for family in FAMILIES}
    cuts = {family: name_limits(*pair) for family, pair in limits.items()}
    results = measure(starts, {"leave one source out": unseen, "by group": grouped}, cuts)
    return Measured(unseen, limits, results)


def evaluate(starts: Sequence[Start]) -> dict[str, Any]:
    """Measure anew: what the card says of results and of where it learned."""
    measured = measure_unseen(make_rows(starts), starts)
    return {"results": measured.results, "training": list(list_sources(starts))}


def main() -> None:
    """Train and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--measure", action="store_true", help="write nothing")
    options.add_argument("--unseen", type=Path, help="write the unseen score of each start there, one JSON line each")
    chosen = options.parse_args()
    starts = read_starts()
    rows = make_rows(starts)
    measured = measure_unseen(rows, starts)
    for table in measured.results.values():
        for row in table:
            print(row)
    if chosen.unseen:
        write_unseen(chosen.unseen, starts, measured.unseen, measured.limits)
    if chosen.measure:
        return
    judges = {}
    for family in FAMILIES:
        own = [place for place, one in enumerate(starts) if family_of(one) == family]
        judges[family] = train(rows[own], [starts[place] for place in own]).moved(*measured.limits[family])
    graph = to_onnx(judges)
    difference = largest_difference(graph, judges, rows, starts)
    if difference > CLOSE_ENOUGH:
        raise SystemExit(f"{NAME}: graph and training library differ by {difference}")
    write(graph, rows, starts, measured.results, difference)


if __name__ == "__main__":
    main()
