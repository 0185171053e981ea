"""Trains the flow autoencoder: how badly a flow can be put together again from what harmless flows have in common.

    python models/train/flow_usual.py            train, measure, write models/flow_usual.onnx and its card
    python models/train/flow_usual.py --measure  measure only, leaving one source out after the other

Before this on the path: ``recordings.py``, harmless flows only. After it: ``models/flow_usual.onnx``.
The graph holds its own scaler: features in, score out. Needs the ``train`` group of ``pyproject.toml``.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPRegressor

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.train.cards import Facts, write_model
from models.train.measuring import by_flows, limit_for, loudest, measure, score_unseen
from models.train.recordings import NAMES, Recording, read_recordings, sample_rows

NAME = "flow_usual"
FACTS = Facts(
    name=NAME,
    purpose="Tells how unlike harmless flows a flow is, whatever the reason.",
    not_for="Not a verdict: rare is not bad. Never to judge a person's work.",
    method="autoencoder with tanh layers (scikit-learn), trained on harmless flows only; its scaler is in the graph",
    known_misses="Attacks whose flows have the size and rhythm of ordinary ones: their telling part stands in texts "
    "that no column holds. What is rare but harmless (a new kind of device, an old program) looks odd to it.",
)
LAYERS = (40, 12, 40)
FARTHEST = 6.0
"""Standard deviations: farther values count as that far, so that one wild number does not decide alone."""


@dataclass(frozen=True, slots=True)
class Autoencoder:
    """A trained net with its scaler."""

    middle: NDArray[np.float32]
    spread: NDArray[np.float32]
    weights: list[NDArray[np.float32]]
    biases: list[NDArray[np.float32]]

    def score(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Mean squared difference between a flow and its reconstruction, in standard deviations."""
        scaled = np.clip((features - self.middle) / self.spread, -FARTHEST, FARTHEST)
        layer = scaled
        for number, (weight, bias) in enumerate(zip(self.weights, self.biases, strict=True)):
            layer = layer @ weight + bias
            if number + 1 < len(self.weights):
                layer = np.tanh(layer)
        distance: NDArray[np.float32] = np.mean((scaled - layer) ** 2, axis=1).astype(np.float32)
        return distance


def train(recordings: Sequence[Recording]) -> Autoencoder:
    """Fit scaler and net on harmless flows."""
    rows = sample_rows([one for one in recordings if not one.is_malicious]).features
    middle = rows.mean(axis=0)
    spread = np.maximum(rows.std(axis=0), 0.05)  # a feature that hardly ever moved must not shout when it does
    scaled = np.clip((rows - middle) / spread, -FARTHEST, FARTHEST)
    net = MLPRegressor(
        hidden_layer_sizes=LAYERS, activation="tanh", alpha=1e-3, batch_size=256, max_iter=40, random_state=1
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # forty rounds are the intention
        net.fit(scaled, scaled)
    weights, biases = ([np.asarray(one, np.float32) for one in part] for part in (net.coefs_, net.intercepts_))
    return Autoencoder(middle.astype(np.float32), spread.astype(np.float32), weights, biases)


def to_onnx(net: Autoencoder) -> bytes:
    """Write scaler and net as a graph: features [n, F] -> score [n]."""
    values = {"middle": net.middle, "spread": net.spread, "low": np.float32(-FARTHEST), "high": np.float32(FARTHEST)}
    nodes = [
        helper.make_node("Sub", ["features", "middle"], ["centred"]),
        helper.make_node("Div", ["centred", "spread"], ["wide"]),
        helper.make_node("Clip", ["wide", "low", "high"], ["scaled"]),
    ]
    last = "scaled"
    for number, (weight, bias) in enumerate(zip(net.weights, net.biases, strict=True)):
        values |= {f"weight{number}": weight, f"bias{number}": bias}
        nodes.append(helper.make_node("Gemm", [last, f"weight{number}", f"bias{number}"], [f"sum{number}"]))
        last = f"sum{number}"
        if number + 1 < len(net.weights):
            nodes.append(helper.make_node("Tanh", [last], [f"layer{number}"]))
            last = f"layer{number}"
    nodes += [
        helper.make_node("Sub", ["scaled", last], ["difference"]),
        helper.make_node("Mul", ["difference", "difference"], ["squares"]),
        helper.make_node("ReduceMean", ["squares"], ["score"], axes=[1], keepdims=0),
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


def evaluate(recordings: Sequence[Recording]) -> dict[str, Any]:
    """Measure anew, leaving one source out after the other: what the card says of limit and results."""
    scores = loudest(score_unseen(recordings, lambda known: train(known).score, by_flows))
    return {"threshold": round(limit_for(recordings, scores), 6), "results": measure(recordings, scores)}


def main() -> None:
    """Train and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--measure", action="store_true", help="write nothing")
    chosen = options.parse_args()
    recordings = read_recordings()
    measured = evaluate(recordings)
    print(measured)
    if not chosen.measure:
        net = train(recordings)
        write_model(FACTS, to_onnx(net), net.score, recordings, measured=measured)


if __name__ == "__main__":
    main()
