"""Does what a person asked about models of their own, in a process of its own: train, put in use, take back.

    python models/train/own.py        reads one request from its input, writes one JSON line for each thing it tells

Before this on the path: ``desktop/service/learning/training.py``, which starts it, and ends it with Ctrl+C. After it:
the two files of a model in the folder it was given. It reads strangers' captures, so before it reads the first it
limits itself: memory, no programs, no connections, and no file but those two, which are open by then.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1")  # before numpy: other work goes on beside this
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from detectors.contract.detector import DetectorContext
from detectors.contract.errors import ModelRefused
from detectors.engines.onnx_engine import OnnxModel
from detectors.engines.signed_manifest import own_trust, read_named, shipped_trust
from detectors.features.program_features import FORM
from detectors.worker.landlock import keep_reading_only
from detectors.worker.limits import apply_limits, die_with_parent
from detectors.worker.seccomp import refuse_dangerous_calls
from models.train.own_result import TrainingStopped, verdict_of
from models.train.own_store import install, take_back

ROOT = Path(__file__).resolve().parents[2]
MEMORY_BYTES = 6 << 30
"""Of addresses; measured: 1.4 GB for the libraries, 0.4 GB for 478 recordings."""
LEAST_SOURCES = 3
"""Of each kind: with two, one is trained on, and nothing is known of how sources differ."""
OF_PROGRAMS = "program_rank"
NEEDS_HARMFUL = frozenset({"flow_rank", OF_PROGRAMS})
MOST_NAMED = 20


def tell(**line: Any) -> None:
    """Write one line to whoever asked."""
    print(json.dumps(line, ensure_ascii=True), flush=True)


def main() -> int:
    """Read the request, do it, and end with 0; 1 where a sentence says why not."""
    die_with_parent()
    request = json.loads(sys.stdin.readline())
    try:
        if request["act"] == "train":
            train(request)
        elif request["act"] == "install":
            tell(type="installed", kept=install(*_places(request, "made", "folder", "key")))
        else:
            tell(type="taken_back", to=take_back(*_places(request, "folder", "key")))
    except TrainingStopped as stopped:
        tell(type="stopped", problem=stopped.problem, values=stopped.values)
        return 1
    except ModelRefused as refused:
        tell(type="stopped", problem="installed_refused", values=dict(refused.values))
        return 1
    except MemoryError:
        tell(type="stopped", problem="too_much", values={})
        return 1
    return 0


def _places(request: dict[str, Any], *names: str) -> tuple[Any, ...]:
    return (request["name"], *(Path(request[name]) for name in names))


def train(request: dict[str, Any]) -> None:
    """Train one model and write it to the folder of the request; nothing is put in use here."""
    name, made = str(request["name"]), Path(request["made"])
    try:
        from models.train import own_flows, own_programs, own_sources  # noqa: PLC0415 - they need the training library
    except ImportError as error:
        raise TrainingStopped("needs_extra") from error
    own = Path(request["folder"])
    context = DetectorContext(ROOT / "rules", None, ROOT / "models", own if own.is_dir() else None)
    installed = OnnxModel.load_for(context, name, FORM if name == OF_PROGRAMS else None)
    files = [(made / f"{name}{ending}").open("wb") for ending in (".onnx", ".toml")]  # later none can be opened
    lock_in()
    sources = [
        *own_sources.find_sources([Path(one) for one in request["harmless"]], is_malicious=False),
        *own_sources.find_sources([Path(one) for one in request["harmful"]], is_malicious=True),
    ]
    check_sources(name, [one.is_malicious for one in sources])
    reading = own_sources.read_sources(
        sources,
        of_programs=name == OF_PROGRAMS,
        tell=lambda done, of, path: tell(type="reading", done=done, of=of, name=path),
    )
    tell(type="training", sources=len(sources), left_out=len(reading.left_out), names=reading.left_out[:MOST_NAMED])
    read = reading.starts if name == OF_PROGRAMS else reading.recordings
    kinds = {one.source: one.is_attack if name == OF_PROGRAMS else one.is_malicious for one in read}  # type: ignore[union-attr]
    check_sources(name, list(kinds.values()))
    if name == OF_PROGRAMS:
        result = own_programs.train_programs(reading.starts, installed, installed_graph(own, name))
    else:
        result = own_flows.train_flows(name, reading.recordings, installed)
    for file, data in zip(files, (result.graph, result.card.encode("utf-8")), strict=True):
        with file:
            file.write(data)
    verdict = verdict_of(result.own, result.installed)
    tell(type="made", verdict=verdict, own=asdict(result.own), installed=asdict(result.installed))


def installed_graph(own: Path, name: str) -> bytes:
    """Read the graph of the installed model, which was checked a moment ago; checked again, so that nobody swaps it."""
    if (own / f"{name}.onnx").exists():
        return read_named(own, name, own_trust(own))[0]
    return read_named(ROOT / "models", name, shipped_trust())[0]


def lock_in() -> None:
    """Limit this process for good, before it reads what strangers wrote: nothing is opened to write, or started."""
    apply_limits(memory_bytes=MEMORY_BYTES)
    if sys.platform == "linux":
        keep_reading_only([])
        refuse_dangerous_calls()


def check_sources(name: str, are_malicious: list[bool]) -> None:
    """Refuse what nothing honest can be measured with.

    Raises:
        TrainingStopped: too few sources of a kind that this model learns from.
    """
    harmful = sum(are_malicious)
    harmless = len(are_malicious) - harmful
    if harmless < LEAST_SOURCES:
        raise TrainingStopped("few_harmless", count=harmless, least=LEAST_SOURCES)
    if name in NEEDS_HARMFUL and harmful < LEAST_SOURCES:
        raise TrainingStopped("few_harmful", count=harmful, least=LEAST_SOURCES)


if __name__ == "__main__":
    sys.exit(main())
