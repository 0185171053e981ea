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

from models.train.recordings import NAMES, Recording, examples, usual_values

MODELS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person wrote about a model."""

    name: str
    """File name without ending."""
    purpose: str
    not_for: str
    method: str


def write_model(
    facts: Facts, graph: bytes, recordings: Sequence[Recording], *, threshold: float, results: dict[str, Any]
) -> None:
    """Write both files."""
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
        "measured_on": datetime.now(UTC).date().isoformat(),
        "threshold": round(threshold, 6),
        "threshold_is": "one false alarm for each hour of harmless active traffic, on sources not trained on",
        "features": list(NAMES),
        "usual": _rounded(usual_values(recordings)),
    }
    flat = {key: value for key, value in results.items() if key not in nested}
    parts = [_table("", card), _table("[results]", flat)]
    parts += [_table(f"[[results.{key}]]", row) for key, rows in nested.items() for row in rows]
    parts += [_table("[[training]]", row) for row in training]
    parts += [_table("[[examples]]", {"service": name, "values": _rounded(row)}) for name, row in examples(recordings)]
    (MODELS / f"{facts.name}.toml").write_text("\n".join(parts), encoding="utf-8")


def _rounded(values: Any) -> list[float]:
    return [round(float(value), 4) for value in values]


def _table(head: str, values: dict[str, Any]) -> str:
    """Write one table; strings, numbers and lists look the same in TOML and JSON."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join([head, *lines] if head else lines) + "\n"
