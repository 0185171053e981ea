"""Writes a model and its card: numbers come from the measurement, never from a hand.

Before this on the path: a trained model and its results. After it: ``models/<name>.onnx`` and ``<name>.toml``.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from models.train.measuring import Score
from models.train.recordings import NAMES, Recording, examples, sample_rows, usual_values

MODELS = Path(__file__).resolve().parents[1]
CLOSE_ENOUGH = 1e-5
"""Rounding of float32; more means that the graph is another model."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person wrote about a model."""

    name: str
    """File name without ending."""
    purpose: str
    not_for: str
    method: str


def write_model(
    facts: Facts,
    graph: bytes,
    score: Score,
    recordings: Sequence[Recording],
    *,
    threshold: float,
    results: dict[str, Any],
    of_hosts: bool = False,
    together: dict[str, Any] | None = None,
) -> None:
    """Write both files.

    Args:
        facts: What a person wrote.
        graph: The ONNX file.
        score: What the training library says of the same rows: the graph must say the same.
        recordings: What it was trained on.
        threshold: Scores from here on are said.
        results: From ``measuring.measure``.
        of_hosts: True when it judges the highest values of a computer's flows, not single flows.
        together: What it says with another model: that one's name and weight, their limit, and what that gives.

    Raises:
        SystemExit: graph and library differ.
    """
    difference = largest_difference(graph, score, recordings)
    if difference > CLOSE_ENOUGH:
        raise SystemExit(f"{facts.name}: graph and training library differ by {difference}")
    (MODELS / f"{facts.name}.onnx").write_bytes(graph)
    sources = Counter((one.source, one.licence, one.is_malicious) for one in recordings)
    training = [
        {"source": source, "licence": licence, "kind": "malicious" if is_malicious else "harmless", "recordings": count}
        for (source, licence, is_malicious), count in sorted(sources.items())
    ]
    nested = {key: value for key, value in results.items() if isinstance(value, list)}
    card: dict[str, Any] = {
        "name": facts.name,
        "purpose": facts.purpose,
        "not_for": facts.not_for,
        "method": facts.method,
        "sha256": hashlib.sha256(graph).hexdigest(),
        "graph_differs_from_library_by_at_most": float(f"{difference:.1e}"),
        "measured_on": datetime.now(UTC).date().isoformat(),
        "threshold": round(threshold, 6),
        "threshold_is": "one false alarm for each hour of harmless active traffic, on sources not trained on",
        "judges": "computers" if of_hosts else "flows",
        "features": list(NAMES),
        "usual": _rounded(usual_values(recordings, of_hosts=of_hosts)),
    }
    flat = {key: value for key, value in results.items() if key not in nested}
    parts = [_table("", card), _table("[results]", flat)]
    parts += [_table("[together]", together)] if together else []
    parts += [_table(f"[[results.{key}]]", row) for key, rows in nested.items() for row in rows]
    parts += [_table("[[training]]", row) for row in training]
    parts += [_table("[[examples]]", {"service": name, "values": _rounded(row)}) for name, row in examples(recordings)]
    (MODELS / f"{facts.name}.toml").write_text("\n".join(parts), encoding="utf-8")


def largest_difference(graph: bytes, score: Score, recordings: Sequence[Recording]) -> float:
    """Compare the graph with the training library on the training rows."""
    rows = sample_rows(recordings).features
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    ours = np.asarray(session.run(["score"], {"features": rows})[0]).reshape(len(rows))
    theirs = score(rows)
    return float((np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1)).max())


def _rounded(values: Any) -> list[float]:
    return [round(float(value), 4) for value in values]


def _table(head: str, values: dict[str, Any]) -> str:
    """Write one table; strings, numbers and lists look the same in TOML and JSON."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join([head, *lines] if head else lines) + "\n"
