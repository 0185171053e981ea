"""Trains the flow classifier: how much a flow resembles what labelled attacks look like.

    python models/train/flow_rank.py            train, measure, write models/flow_rank.onnx and its card
    python models/train/flow_rank.py --measure  measure only, leaving one source out after the other

Before this on the path: ``recordings.py``. After it: ``models/flow_rank.onnx``, which ``unusual_traffic`` asks.
Boosted trees need no scaling; the graph is one TreeEnsembleRegressor, which costs a microsecond a row.
Needs the ``train`` group of ``pyproject.toml``.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper
from sklearn.ensemble import HistGradientBoostingClassifier

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from models.train.cards import Facts, write_model
from models.train.measuring import limit_for, measure, score_unseen
from models.train.recordings import NAMES, Recording, read_recordings, sample_rows

NAME = "flow_rank"
FACTS = Facts(
    name=NAME,
    purpose="Ranks flows by how much they resemble labelled attacks, to support other findings.",
    not_for="Not a verdict: alone it is never more than good to know. Never to judge a person's work.",
    method="gradient boosted trees on histograms (scikit-learn), written as one TreeEnsembleRegressor",
)
SETTINGS: dict[str, Any] = {
    "max_iter": 160, "max_depth": 5, "learning_rate": 0.06, "l2_regularization": 5.0, "min_samples_leaf": 40,
    "early_stopping": False, "random_state": 1,
}  # fmt: skip
"""Small and strongly held back: sources differ more than attacks do."""


def train(recordings: Sequence[Recording]) -> HistGradientBoostingClassifier:
    """Fit the trees."""
    rows = sample_rows(recordings)
    model = HistGradientBoostingClassifier(**SETTINGS)
    return model.fit(rows.features, rows.is_malicious, sample_weight=rows.weights)


def to_onnx(model: HistGradientBoostingClassifier) -> bytes:
    """Write the trees as a graph: features [n, F] -> score [n, 1], between 0 and 1."""
    columns: dict[str, list[Any]] = {name: [] for name in _NODE + _LEAF}
    for tree, (predictor,) in enumerate(model._predictors):  # noqa: SLF001 - scikit-learn has no public way to its trees
        _add_tree(columns, tree, predictor.nodes)
    base = float(np.ravel(model._baseline_prediction)[0])  # noqa: SLF001
    node = helper.make_node(
        "TreeEnsembleRegressor",
        ["features"],
        ["margin"],
        domain="ai.onnx.ml",
        n_targets=1,
        base_values=[base],
        **columns,
    )
    squash = helper.make_node("Sigmoid", ["margin"], ["score"])
    width = len(NAMES)
    graph = helper.make_graph(
        [node, squash],
        NAME,
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, width])],
        [helper.make_tensor_value_info("score", TensorProto.FLOAT, [None, 1])],
    )
    versions = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    made: bytes = helper.make_model(graph, opset_imports=versions, ir_version=8).SerializeToString()
    return made


_NODE = (
    "nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_values", "nodes_modes", "nodes_truenodeids",
    "nodes_falsenodeids",
)  # fmt: skip
_LEAF = ("target_treeids", "target_nodeids", "target_ids", "target_weights")


def _add_tree(columns: dict[str, list[Any]], tree: int, nodes: NDArray[Any]) -> None:
    for place, node in enumerate(nodes):
        is_leaf = bool(node["is_leaf"])
        row = (
            tree, place, 0 if is_leaf else int(node["feature_idx"]),
            0.0 if is_leaf else _not_above(float(node["num_threshold"])), "LEAF" if is_leaf else "BRANCH_LEQ",
            0 if is_leaf else int(node["left"]), 0 if is_leaf else int(node["right"]),
        )  # fmt: skip
        for name, value in zip(_NODE, row, strict=True):
            columns[name].append(value)
        if is_leaf:
            for name, value in zip(_LEAF, (tree, place, 0, float(node["value"])), strict=True):
                columns[name].append(value)


def _not_above(threshold: float) -> float:
    """Round to float32 downwards: then "at most" splits float32 features exactly as the trained tree does."""
    rounded = np.float32(threshold)
    return float(rounded if rounded <= threshold else np.nextafter(rounded, np.float32(-np.inf)))


def main() -> None:
    """Train and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--measure", action="store_true", help="write nothing")
    chosen = options.parse_args()
    recordings = read_recordings()
    scores = score_unseen(recordings, lambda known: _scorer(train(known)))
    results = measure(recordings, scores)
    print(results)
    if not chosen.measure:
        limit = limit_for(recordings, scores)
        model = train(recordings)
        write_model(FACTS, to_onnx(model), _scorer(model), recordings, threshold=limit, results=results)


def _scorer(model: HistGradientBoostingClassifier) -> Any:
    return lambda features: model.predict_proba(features)[:, 1].astype(np.float32)


if __name__ == "__main__":
    main()
