"""Finds and reads what a person wants to train on: captures or recordings of programs, each file or subfolder a source.

Before this on the path: paths that a person named. After it: ``own.py``. A source is what is held out together, so
recordings of one office or one day belong into one subfolder. What cannot be read is left out and named; of very long
recordings the first stretch counts, so that memory does not grow with them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from detectors.contract.traffic import Traffic
from detectors.features.flow_features import compute_flow_features
from detectors.telemetry.capture_file import CaptureTrouble, read_capture
from detectors.telemetry.program_recording import RecordingReader
from detectors.telemetry.traffic_reader import TrafficReader
from models.train.program_corpus import Start
from models.train.recordings import Recording

LICENCE = "own"
MOST_FILES = 5_000
"""Of all sources; more is told as left out."""
MOST_FLOWS = 50_000
"""Of one recording: the first ones. A flow has 77 numbers, so this is 15 MB."""
MOST_STARTS = 20_000
"""Of one recording of programs."""
PAUSE_S = 60.0
"""A longer silence between two flows is no active time."""


@dataclass(frozen=True, slots=True)
class Source:
    """Recordings that are held out together."""

    name: str
    """As its person named the file or folder."""
    is_malicious: bool
    files: tuple[Path, ...]


def find_sources(paths: Sequence[Path], *, is_malicious: bool) -> Iterator[Source]:
    """List the sources of some paths: a file is one; of a folder, each file and each subfolder in it."""
    for path in paths:
        members = sorted(_visible(path)) if path.is_dir() else [path]
        for one in members:
            files = tuple(sorted(_files_below(one))) if one.is_dir() else (one,)
            if files:
                yield Source(f"{path.name}/{one.name}" if path.is_dir() else one.name, is_malicious, files)


def _visible(folder: Path) -> Iterator[Path]:
    return (one for one in folder.iterdir() if not one.name.startswith(".") and not one.is_symlink())


def _files_below(folder: Path) -> Iterator[Path]:
    for one in _visible(folder):
        if one.is_dir():
            yield from _files_below(one)
        elif one.is_file():
            yield one


@dataclass(slots=True)
class Reading:
    """What came of reading sources."""

    recordings: list[Recording]
    starts: list[Start]
    left_out: list[str]
    """Files of which nothing could be used."""


def read_sources(sources: Sequence[Source], *, of_programs: bool, tell: Callable[[int, int, str], None]) -> Reading:
    """Read every file of every source; one that cannot be read never stops the others."""
    reading = Reading([], [], [])
    files = [(source, path) for source in sources for path in source.files]
    for place, (source, path) in enumerate(files[:MOST_FILES]):
        tell(place, len(files), path.name)
        try:
            found = _read_starts(path, source) if of_programs else _read_flows(path, source)
        except Exception:  # noqa: BLE001 - a file of a stranger: whatever it does, it is left out and named
            found = None
        if not found:
            reading.left_out.append(path.name)
        elif isinstance(found, Recording):
            reading.recordings.append(found)
        else:
            reading.starts += found
    reading.left_out += [path.name for _, path in files[MOST_FILES:]]
    return reading


def _read_flows(path: Path, source: Source) -> Recording | None:
    """Read one capture, as far as the reader holds it at once."""
    reader = TrafficReader(path.name)
    with path.open("rb") as stream:
        for window in read_capture(stream):
            if not isinstance(window, CaptureTrouble):
                reader.take(window)
            if reader.is_full:
                break
    traffic = reader.traffic()
    if not len(traffic.flows):
        return None
    return Recording(
        name=f"{source.name}: {path}",
        source=_key(source),
        licence=LICENCE,
        is_malicious=source.is_malicious,
        labels=(),
        is_sure=True,
        active_s=active_s(np.asarray(traffic.flows.started_s), np.asarray(traffic.flows.ended_s)),
        features=compute_flow_features(traffic)[:MOST_FLOWS],
        clients=np.asarray(traffic.flows.client)[:MOST_FLOWS],
        services=_services(traffic)[:MOST_FLOWS],
        began_s=float(traffic.flows.started_s.min()),
    )


def _services(traffic: Traffic) -> tuple[str, ...]:
    return tuple(traffic.services[place] for place in traffic.flows.service.tolist())


def _key(source: Source) -> str:
    """Keep a harmless and a harmful source of one name apart."""
    return f"{source.name} ({'harmful' if source.is_malicious else 'harmless'})"


def active_s(started_s: NDArray[np.float64], ended_s: NDArray[np.float64]) -> float:
    """Add up the time in which flows were there, short pauses counted in."""
    order = np.argsort(started_s, kind="stable")
    starts, reached = started_s[order], np.maximum.accumulate(ended_s[order])
    gaps = np.maximum(starts[1:] - reached[:-1], 0)
    return float(reached[-1] - starts[0] - gaps[gaps > PAUSE_S].sum())


def _read_starts(path: Path, source: Source) -> list[Start]:
    """Read one recording of programs: each start in a harmful one counts as part of the attack."""
    found: list[Start] = []
    with path.open("rb") as stream:
        for stretch in RecordingReader(path.name).read(stream):
            found += [
                Start(
                    program=program,
                    unit=f"{source.name}: {path}",
                    group=source.name,
                    source=_key(source),
                    publisher=source.name,
                    material="recording",
                    is_attack=source.is_malicious,
                    is_scored=True,
                )
                for program in stretch.starts
            ]
            if len(found) >= MOST_STARTS:
                break
    return found[:MOST_STARTS]
