"""Trains the judge of computers: how much all that a computer does resembles what labelled attacks look like.

    python models/train/flow_rank.py            train, measure, write models/flow_rank.onnx and its card
    python models/train/flow_rank.py --measure  measure only, leaving one source out after the other

Before this on the path: ``recordings.py``. After it: ``models/flow_rank.onnx``, which ``unusual_traffic`` asks.
It judges the highest value of each number over a computer's flows, so that one telling flow among a thousand ordinary
ones counts in full. The score is a sum of points, each for one number, and no point is ever taken away: more scanning,
more refusals, more remote control never look more harmless. Labels belong to recordings, so training looks at whole
recordings; judged are computers.
Needs the ``train`` group of ``pyproject.toml``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.train import flow_usual
from models.train.cards import Facts, write_model
from models.train.measuring import by_computers, by_flows, limit_for, loudest, measure, score_unseen
from models.train.recordings import NAMES, Recording, read_recordings

NAME = "flow_rank"
FACTS = Facts(
    name=NAME,
    purpose="Ranks computers by how much their flows together resemble labelled attacks, to support other findings.",
    not_for="Not a verdict: alone it is never more than good to know. Never to judge a person's work.",
    method="additive judge without negative points over the highest values of a computer's flows; steps and slopes",
    known_misses="Attacks whose telling part stands in the text of a request or an answer, which no column holds: most "
    "web attacks, attacks on old programs, exploit kits. What one computer does within ordinary counts and shapes.",
)
_NEVER = ("minute_out_share", "minute_in_bytes", "content_certificate_days", "content_no_server_name",
          "content_requests", "content_longest_request")  # fmt: skip
"""Of what is said and of the minute: numbers of which more is not worse."""
JUDGED = np.array([name.startswith(("content_", "minute_")) and name not in _NEVER for name in NAMES])
"""Sizes and lengths of flows are left out: they tell publishers apart better than attacks (measured)."""
EDGES = (0.75, 0.95, 0.99)
"""Shares of harmless recordings below which a step or slope begins."""
FARTHEST = (6.0, 4.0)
"""Spreads above nought, and above an edge, up to which more counts for more."""
PENALTY = 1e-3
WEIGHT_OF_USUAL = 0.5
"""Of the other model where both are asked together; from a quarter to as much it matters little (measured)."""
SMALLEST_SPREAD = 0.05
JUST_ABOVE = 1e-6

Rows = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Judge:
    """Steps and slopes of each number, and their points."""

    spread: Rows
    edges: Rows
    """[1 + edges, F], the first is nought."""
    steps: Rows
    """[1 + edges, F]: points for being above an edge."""
    slopes: Rows
    """[1 + edges, F]: points for each spread above an edge."""

    def score(self, features: Rows) -> Rows:
        """Add the points up: never below nought."""
        return (shapes(features, self.spread, self.edges) @ np.concatenate([self.steps, self.slopes]).ravel()).astype(
            np.float32
        )


def shapes(features: Rows, spread: Rows, edges: Rows) -> Rows:
    """Compute steps, then slopes: float32 [n, 2 * edges * F]."""
    steps = [(features > edge).astype(np.float32) for edge in edges]
    slopes = [
        np.clip((features - edge) / spread, 0, FARTHEST[bool(place)]).astype(np.float32)
        for place, edge in enumerate(edges)
    ]
    return np.concatenate([*steps, *slopes], axis=1)


def train(recordings: Sequence[Recording]) -> Judge:
    """Fit points that are never negative: logistic loss, both classes of equal weight."""
    rows = np.array([one.features.max(axis=0) for one in recordings], np.float32)
    is_malicious = np.array([one.is_malicious for one in recordings])
    harmless = rows[~is_malicious]
    spread = np.maximum(rows.std(axis=0), SMALLEST_SPREAD).astype(np.float32)
    beginnings = [np.quantile(harmless, share, axis=0) + JUST_ABOVE for share in EDGES]
    edges = np.array([np.zeros(len(NAMES)), *beginnings], np.float32)
    shaped = shapes(rows, spread, edges).astype(np.float64)
    points = _fit(shaped, is_malicious, np.tile(JUDGED, 2 * len(edges)))
    steps, slopes = points.astype(np.float32).reshape(2, len(edges), len(NAMES))
    return Judge(spread, edges, steps, slopes)


def _fit(shaped: NDArray[np.float64], is_malicious: NDArray[np.bool_], judged: NDArray[np.bool_]) -> NDArray[Any]:
    weights = np.where(is_malicious, (~is_malicious).sum() / is_malicious.sum(), 1.0)
    weights /= weights.sum()
    signs = np.where(is_malicious, 1.0, -1.0)
    used = shaped[:, judged]

    def loss(points: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = np.clip(signs * (used @ points[1:] + points[0]), -30, 30)
        error = np.exp(-margins)
        slope = -signs * weights * error / (1 + error)
        value = float((weights * np.log1p(error)).sum() + PENALTY * (points[1:] ** 2).sum())
        return value, np.concatenate([[slope.sum()], used.T @ slope + 2 * PENALTY * points[1:]])

    bounds = [(None, None)] + [(0, None)] * used.shape[1]
    options = {"maxiter": 300}
    found = minimize(loss, np.zeros(used.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    points = np.zeros(shaped.shape[1])
    points[judged] = found.x[1:]
    return points


def to_onnx(judge: Judge) -> bytes:
    """Write the sum as a graph: features [n, F] -> score [n, 1]."""
    values: dict[str, Any] = {"spread": judge.spread, "low": np.float32(0)}
    nodes, parts = [], []
    for place, edge in enumerate(judge.edges):
        values |= {f"edge{place}": edge, f"high{place}": np.float32(FARTHEST[bool(place)])}
        values |= {f"steps{place}": judge.steps[place][:, None], f"slopes{place}": judge.slopes[place][:, None]}
        nodes += [
            helper.make_node("Greater", ["features", f"edge{place}"], [f"above{place}"]),
            helper.make_node("Cast", [f"above{place}"], [f"step{place}"], to=TensorProto.FLOAT),
            helper.make_node("MatMul", [f"step{place}", f"steps{place}"], [f"stepped{place}"]),
            helper.make_node("Sub", ["features", f"edge{place}"], [f"beyond{place}"]),
            helper.make_node("Div", [f"beyond{place}", "spread"], [f"wide{place}"]),
            helper.make_node("Clip", [f"wide{place}", "low", f"high{place}"], [f"slope{place}"]),
            helper.make_node("MatMul", [f"slope{place}", f"slopes{place}"], [f"sloped{place}"]),
        ]
        parts += [f"stepped{place}", f"sloped{place}"]
    graph = helper.make_graph(
        [*nodes, helper.make_node("Sum", parts, ["score"])],
        NAME,
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, len(NAMES)])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, [None, 1])],
        [numpy_helper.from_array(np.asarray(value, np.float32), name) for name, value in values.items()],
    )
    made: bytes = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8
    ).SerializeToString()
    return made


def evaluate(recordings: Sequence[Recording]) -> dict[str, Any]:
    """Measure anew, leaving one source out after the other: what the card says of limits and results."""
    unseen = score_unseen(recordings, lambda known: train(known).score, by_computers)
    scores = loudest(unseen)
    usual = score_unseen(recordings, lambda known: flow_usual.train(known).score, by_flows)
    return {
        "threshold": round(limit_for(recordings, scores), 6),
        "results": measure(recordings, scores),
        "together": measure_together(recordings, unseen, usual),
    }


def main() -> None:
    """Train and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--measure", action="store_true", help="write nothing")
    chosen = options.parse_args()
    recordings = read_recordings()
    measured = evaluate(recordings)
    print(measured)
    if not chosen.measure:
        judge = train(recordings)
        write_model(FACTS, to_onnx(judge), judge.score, recordings, measured=measured, of_hosts=True)


def measure_together(
    recordings: Sequence[Recording], rank: dict[str, NDArray[Any]], usual: dict[str, NDArray[Any]]
) -> dict[str, Any]:
    """Find the limit of both models together: each in units of its own limit, summed for each computer."""
    limits = [limit_for(recordings, loudest(one)) for one in (rank, usual)]
    joined = {name: rank[name] / limits[0] + WEIGHT_OF_USUAL * usual[name] / limits[1] for name in rank}
    results = measure(recordings, loudest(joined))
    flat = {key: value for key, value in results.items() if not isinstance(value, list)}
    return {"with": flow_usual.NAME, "weight": WEIGHT_OF_USUAL, "limit": limit_for(recordings, loudest(joined))} | flat


if __name__ == "__main__":
    main()
