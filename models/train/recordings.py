"""Labelled recordings as training data: features of every flow, and what is known of the whole recording.

Before this on the path: captures and their manifest beside the project, never in it; made-up office traffic. After it:
``flow_rank.py`` and ``flow_usual.py``. The features are the program's own (``detectors.features.flow_features``).
A label belongs to a recording, not to a flow: a recording of a scan also holds ordinary look-ups.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from detectors.contract.traffic import Traffic
from detectors.features.flow_features import NAMES, compute_flow_features, highest_of_hosts
from detectors.telemetry.capture_file import CaptureTrouble, read_capture
from detectors.telemetry.traffic_reader import TrafficReader

FOLDER = ROOT.parent / "shared" / "data" / "network"
MADE_UP = "made up for this project"
MADE_UP_SEEDS = (11, 12, 13)
MADE_UP_PACKETS = 8_000
MOST_FLOWS = 400
"""Flows of one recording that training looks at: one long scan must not outweigh a hundred short recordings."""


FEWEST_OF_A_SERVICE = 50
"""Flows from which a service has a middle."""


@dataclass(frozen=True, slots=True)
class Recording:
    """One capture."""

    name: str
    source: str
    """Who published it: what is held out together."""
    licence: str
    is_malicious: bool
    labels: tuple[str, ...]
    is_sure: bool
    """Confidence "high" in the manifest."""
    active_s: float
    features: NDArray[np.float32]
    """[flows, features]"""
    clients: NDArray[np.intp]
    """[flows]: which computer called."""
    services: tuple[str, ...]
    """What the content of each flow was; empty where unknown."""
    began_s: float = 0.0
    """When its first flow began; 0 where it has no flow."""


def read_recordings(folder: Path = FOLDER) -> list[Recording]:
    """Read every malicious and benign capture of the manifest, and the made-up ones.

    Raises:
        SystemExit: the recordings are not there.
    """
    manifest = folder / "manifest.json"
    if not manifest.is_file():
        raise SystemExit(f"no recordings in {folder.name}: nothing to train on")
    entries = json.loads(manifest.read_text(encoding="utf-8"))["entries"]
    wanted = [one for one in entries if one["category"] in {"malicious", "benign"}]
    found = [_read(folder / "captures" / one["file"], one) for one in wanted]
    return [one for one in (*found, *make_recordings()) if len(one.features)]


def _read(path: Path, entry: dict[str, Any]) -> Recording:
    traffic = read_traffic(path)
    return Recording(
        name=entry["file"],
        source=entry["repo"],
        licence=entry["licence"],
        is_malicious=entry["category"] == "malicious",
        labels=tuple(entry["labels"]),
        is_sure=entry["confidence"] == "high",
        active_s=float(entry["active_seconds"]),
        features=compute_flow_features(traffic),
        clients=np.asarray(traffic.flows.client),
        services=tuple(traffic.services[place] for place in traffic.flows.service.tolist()),
        began_s=float(traffic.flows.started_s.min()) if len(traffic.flows) else 0.0,
    )


def read_traffic(path: Path) -> Traffic:
    """Read one capture, as far as it goes."""
    reader = TrafficReader(path.name)
    with path.open("rb") as stream:
        for window in read_capture(stream):
            if not isinstance(window, CaptureTrouble):
                reader.take(window)
    return reader.traffic()


def make_recordings() -> Iterator[Recording]:
    """Make harmless office traffic from seeds: what public captures, made to show oddities, hold too little of."""
    for seed in MADE_UP_SEEDS:
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / f"office-{seed}.pcap"
            script = ROOT / "benchmarks" / "make_capture.py"
            count = ("--packets", str(MADE_UP_PACKETS), "--seed", str(seed))
            subprocess.run([sys.executable, str(script), str(path), *count], check=True, capture_output=True)
            flows = read_traffic(path).flows
            spent_s = float(flows.ended_s.max() - flows.started_s.min())
            entry = {
                "file": path.name, "repo": MADE_UP, "licence": "GPL-2.0-or-later", "category": "benign", "labels": (),
                "confidence": "high", "active_seconds": spent_s,
            }  # fmt: skip
            yield _read(path, entry)


@dataclass(frozen=True, slots=True)
class Rows:
    """Training rows: a sample of each recording's flows."""

    features: NDArray[np.float32]
    is_malicious: NDArray[np.bool_]
    weights: NDArray[np.float64]
    """Equal for both classes; within one, a recording weighs as the square root of its flows."""


def sample_rows(recordings: Sequence[Recording], seed: int = 1) -> Rows:
    """Draw at most ``MOST_FLOWS`` flows of each recording."""
    dice = np.random.default_rng(seed)
    parts, marks, weights = [], [], []
    for one in recordings:
        count = min(len(one.features), MOST_FLOWS)
        parts.append(one.features[np.sort(dice.choice(len(one.features), count, replace=False))])
        marks.append(np.full(count, one.is_malicious))
        weights.append(np.full(count, count**-0.5))
    is_malicious, weight = np.concatenate(marks), np.concatenate(weights)
    weight[is_malicious] *= weight[~is_malicious].sum() / max(weight[is_malicious].sum(), 1e-9)
    return Rows(np.vstack(parts), is_malicious, weight)


def usual_values(recordings: Sequence[Recording], *, of_hosts: bool = False) -> NDArray[np.float32]:
    """Take the middle value of each feature over harmless flows, or computers: what "usual" means in a finding."""
    if of_hosts:
        parts = [highest_of_hosts(one.features, one.clients) for one in recordings if not one.is_malicious]
        return np.median(np.vstack(parts), axis=0).astype(np.float32)
    rows = sample_rows([one for one in recordings if not one.is_malicious])
    return np.median(rows.features, axis=0).astype(np.float32)


def examples(recordings: Sequence[Recording]) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """Give the middle flow of each service that harmless recordings hold often: "the nearest usual example"."""
    groups: defaultdict[str, list[NDArray[np.float32]]] = defaultdict(list)
    for one in recordings:
        for service in set(one.services) - {""} if not one.is_malicious else ():
            groups[service].append(one.features[np.array(one.services) == service][:MOST_FLOWS])
    for service, parts in sorted(groups.items()):
        rows = np.vstack(parts)
        if len(rows) >= FEWEST_OF_A_SERVICE:
            yield service, np.median(rows, axis=0)


__all__ = ["NAMES", "Recording", "examples", "read_recordings", "sample_rows", "usual_values"]
