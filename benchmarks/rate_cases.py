"""Collects alarms whose truth is known, from material that neither training nor limits nor rules have seen.

Before this on the path: collections beside the project, made-up starts, harmless packages. After it: ``rates.py``,
which counts them. A case is one alarm of one reason and strength about one thing that stands for itself:
near-duplicates are one case, and so are the many alarms of one recording. An alarm is *harmless* when the thing it is
about is harmless and did not do what the alarm says; a wrong name for a real attack is no harmless alarm.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import fresh_programs
import harmless_packages
import numpy as np
import quality
import quality_network
from fairness import MODEL_REASON
from fresh_trees import Tree, is_unseen, read_trees
from quality_programs import program_judges

from desktop.service.learning.rates import band_of
from detectors.contract.detector import DetectorContext
from detectors.contract.finding import Severity
from detectors.worker.registry import Panel, find_detectors

NETWORK_MODELS = ("flow_rank", "flow_usual")
PROGRAM_MODELS = ("program_rank",)


@dataclass(frozen=True, slots=True)
class Case:
    """One alarm whose truth is known."""

    sense: str
    reason: str
    band: str
    """Its strength."""
    group: str
    """What it is about: of one group only one case is counted for each reason and strength."""
    source: str
    """Who published it: what is left out together."""
    is_harmless: bool
    models: tuple[str, ...] = ()
    """Learned models that gave it."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """What cases of one kind come from."""

    sense: str
    name: str
    held_out: str
    """In what way it is held out."""
    harmful: int
    """Things that are harmful, whether anything was said or not."""
    harmless: int


@dataclass(slots=True)
class Collected:
    """All cases, and what they come from."""

    cases: list[Case] = field(default_factory=list)
    corpora: list[Corpus] = field(default_factory=list)


# --- files ----------------------------------------------------------------------------------------------------------
def collect_files(samples: Path, packages: Path) -> Collected:
    """Judge the half of the samples that nobody looked at, and the harmless packages."""
    panel = Panel.build(DetectorContext(rules_folder=quality.ROOT / "rules", cache_folder=None), find_detectors())
    found = Collected()
    groups = _judge_samples(panel, samples, found)
    count = _judge_packages(panel, packages, found)
    held_out = "the half of the groups of samples that was never looked at; packages no rule was mended by"
    found.corpora.append(Corpus("files", "samples of public collections; packages", held_out, groups, count))
    return found


def _judge_samples(panel: Panel, folder: Path, found: Collected) -> int:
    rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    kept = {row["sha256"]: row for row in rows if quality.read_sample(row).half == "kept"}
    files = quality.read_zip(folder / "samples.zip", b"infected")
    wanted = ((name, data) for name, data in files if _key_of(name) in kept)
    for name, findings in quality.judge_all(panel, wanted):
        row = kept[_key_of(name)]
        for one in filter(quality.is_alarm, findings):
            case = Case("files", one.reason, band_of(one.severity), row["group"], row["repo"], is_harmless=False)
            found.cases.append(case)
    return len({row["group"] for row in kept.values()})


def _key_of(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".bin")


def _judge_packages(panel: Panel, folder: Path, found: Collected) -> int:
    count = 0
    for package in harmless_packages.read_list():
        path = harmless_packages.fetch(package, folder)
        files = harmless_packages.read_files(path, package.endings) if path else ()
        for name, findings in quality.judge_all(panel, files):
            count += 1
            group = f"{name.rpartition('/')[2]} {package.name}"
            for one in filter(quality.is_alarm, findings):
                band = band_of(one.severity)
                found.cases.append(Case("files", one.reason, band, group, package.name, is_harmless=True))
    return count


# --- programs -------------------------------------------------------------------------------------------------------
def collect_programs(seed: int = 1) -> Collected:
    """Judge the half of the made-up starts that nothing was mended by."""
    found, panel = Collected(), program_judges()
    harmful = harmless = 0
    with tempfile.TemporaryDirectory() as made:
        for system in fresh_programs.SYSTEMS:
            for tree in (one for kind in (True, False) for one in read_trees(system, harmful=kind)):
                told = [one for one in fresh_programs.judge_tree(panel, tree, seed, Path(made)) if one.is_unseen]
                harmful += tree.is_harmful and is_unseen(tree.title)
                harmless += 0 if tree.is_harmful else len(told)
                found.cases += _cases_of_tree(tree, told)
    held_out = "the half of the made-up trees of starts that was counted and never listed"
    found.corpora.append(Corpus("programs", "made-up starts of programs", held_out, harmful, harmless))
    return found


def _cases_of_tree(tree: Tree, told: Iterable[fresh_programs.Told]) -> Iterator[Case]:
    """Take alarms of rules from medium on, as people are interrupted, and every word of the model that speaks alone."""
    for one in (one for one in told if one.is_attack == tree.is_harmful):
        group = f"{tree.system} {tree.title}" + ("" if tree.is_harmful else f" {one.row['cmdline']}")
        for said in one.said:
            if said.severity >= Severity.MEDIUM or said.reason == MODEL_REASON:
                band = band_of(said.severity)
                yield Case("programs", said.reason, band, group, tree.title, not tree.is_harmful, PROGRAM_MODELS)


# --- network --------------------------------------------------------------------------------------------------------
def collect_network(captures: Path) -> Collected:
    """Judge recordings with thresholds that were chosen without their publisher; who has none to choose is left out."""
    entries = quality_network.read_manifest(captures / "manifest.json", None)
    wanted = [one for one in entries if one.category in ("malicious", "benign")]
    judges = [one for one in quality_network.network_judges() if one.name in quality_network.GRIDS]
    outcomes = [quality_network.measure(judges, one, captures / "captures" / one.file) for one in wanted]
    found = Collected()
    for name in quality_network.GRIDS:
        group = [one for one in outcomes if name in one.tried]
        for source in sorted({one.entry.source for one in group}):
            setting = quality_network.choose([one for one in group if one.entry.source != source], name)
            own = (one for one in group if one.entry.source == source)
            found.cases += [case for one in own for case in _cases_of_recording(one, one.tried[name][setting])]
    harmful = sum(one.category == "malicious" for one in wanted)
    held_out = "thresholds were chosen without the publisher; the rules were written with all recordings in sight"
    found.corpora.append(Corpus("network", "public captures", held_out, harmful, len(wanted) - harmful))
    return found


def _cases_of_recording(outcome: quality_network.Outcome, said: set[str]) -> Iterator[Case]:
    entry = outcome.entry
    bands = {one.reason: band_of(one.severity) for one in sorted(outcome.findings, key=lambda one: one.severity)}
    for reason in sorted(said):
        is_harmless = reason in entry.wrong(said)
        if entry.category == "malicious" or is_harmless:
            yield Case("network", reason, bands.get(reason, "medium"), entry.file, entry.source, is_harmless)


# --- models ---------------------------------------------------------------------------------------------------------
Vector = np.ndarray[Any, np.dtype[np.float64]]


def cases_of_flows(
    recordings: Sequence[Any], rank: Mapping[str, Vector], usual: Mapping[str, Vector]
) -> Iterator[Case]:
    """Say what both models of traffic would have said with limits that were set without the publisher, too."""
    from models.train.flow_rank import WEIGHT_OF_USUAL  # noqa: PLC0415 - needs the training extra
    from models.train.measuring import limit_for, loudest  # noqa: PLC0415

    for source in sorted({one.source for one in recordings}):
        others = [one for one in recordings if one.source != source]
        first, second = limit_for(others, loudest(rank)), limit_for(others, loudest(usual))
        joined = {name: rank[name] / first + WEIGHT_OF_USUAL * usual[name] / second for name in rank}
        limit = limit_for(others, loudest(joined))
        for one in recordings:
            if one.source == source and joined[one.name].max() > limit:
                place = int(joined[one.name].argmax())
                is_low = rank[one.name][place] > first and usual[one.name][place] > second
                band = "low" if is_low else "informational"
                harmless = not one.is_malicious
                yield Case("network", "unusual_traffic", band, one.name, source, harmless, NETWORK_MODELS)


def cases_of_starts(starts: Sequence[Any], unseen: Vector) -> Iterator[Case]:
    """Say what the model of starts would have said with limits that were set without the publisher, too."""
    from models.train.program_measuring import limits_for  # noqa: PLC0415 - needs the training extra
    from models.train.program_rank import family_of, fold_of  # noqa: PLC0415

    folds = [(family_of(one), fold_of(one)) for one in starts]
    for family, fold in sorted(set(folds)):
        others = [place for place, one in enumerate(folds) if one != (family, fold)]
        limit, low = limits_for([starts[place] for place in others], unseen[others], family)
        for place, one in enumerate(starts):
            if folds[place] == (family, fold) and one.is_scored and unseen[place] > limit:
                yield _case_of_start(one, fold, is_low=bool(unseen[place] > low))


def _case_of_start(start: Any, fold: str, *, is_low: bool) -> Case:
    from models.train.program_corpus import start_key  # noqa: PLC0415 - needs the training extra

    group = start.group if start.is_attack else json.dumps(start_key(start.program))
    band = "low" if is_low else "informational"
    return Case("programs", MODEL_REASON, band, group, fold, not start.is_attack, PROGRAM_MODELS)
