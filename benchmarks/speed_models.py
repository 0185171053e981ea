"""Measures how long each learned model takes for one row and for many.

    python benchmarks/speed_models.py [NAME...]

Before this on the path: ``models/``. After it: docs/models.md. One thread, as in the worker; a tenth of
many tries was quicker than what is told, because the others are slowed by whatever else the computer does.
``speed.py`` calls it. Exit code 1 when the autoencoder is slower than promised.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from detectors.engines.onnx_engine import OnnxModel
from detectors.engines.signed_manifest import read_manifest, shipped_trust

MODELS = Path(__file__).resolve().parents[1] / "models"
BATCH_ROWS = 4_096
SINGLES, BATCHES = 2_000, 30
MOST_US = {"flow_usual": (10.0, 0.15)}
"""Model -> microseconds for one row alone, and for each row of a batch: what was promised, of a net of 1,920
multiplications a row; ours has 7,120."""


def quick_us(work: Callable[[], object], tries: int) -> float:
    """Time one piece of work often, and give what a tenth of the tries kept below, in microseconds."""
    taken = []
    for _ in range(tries):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[tries // 10] * 1e6


def measure(name: str) -> tuple[float, float]:
    """Time one model: microseconds for one row alone, and for each row of a batch."""
    model = OnnxModel.load(MODELS, name)
    rows = np.random.default_rng(1).uniform(0, 4, (BATCH_ROWS, len(model.card.features))).astype(np.float32)
    one = rows[:1]
    for part in (one, rows):
        model.score(part)  # the library plans at the first call
    return quick_us(lambda: model.score(one), SINGLES), quick_us(lambda: model.score(rows), BATCHES) / BATCH_ROWS


def measure_start() -> tuple[float, float]:
    """Time what the signature costs: the first look, which loads the library, and each later one; in microseconds."""
    look = lambda: read_manifest(MODELS, shipped_trust())  # noqa: E731 - timed twice
    return quick_us(look, 1), quick_us(look, 100)


def main(names: list[str]) -> int:
    """Time models and tell."""
    first, later = measure_start()
    print(f"signature: {first / 1000:.1f} ms with loading the library, then {later / 1000:.2f} ms")
    slow = False
    for name in names or sorted(path.stem for path in MODELS.glob("*.onnx")):
        alone, each = measure(name)
        most = MOST_US.get(name)
        is_slow = most is not None and (alone > most[0] or each > most[1])
        slow |= is_slow
        told = f"  (at most {most[0]:g} and {most[1]:g}: {'NOT reached' if is_slow else 'reached'})" if most else ""
        print(f"{name}: {alone:.1f} us for one row, {each:.3f} us a row of {BATCH_ROWS:,}{told}")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
