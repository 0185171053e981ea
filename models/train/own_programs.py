"""Trains the judge of program starts on a person's own recordings, beside the ordinary starts written for this project.

Before this on the path: ``own_sources.py``. After it: ``own.py``, which tells and writes. The way is that of
``program_rank.py``. A label belongs to a recording, so every start in a harmful one counts as part of the attack. A
family of systems of which a person has too few recordings keeps the judge of the installed model.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from detectors.engines.onnx_engine import OnnxModel
from detectors.features.program_features import FORM, GRAMS, NAMES, WORDS
from models.train import cards, program_rank
from models.train.own_result import CLOSE_ENOUGH, Figures, Made, TrainingStopped
from models.train.own_sources import LICENCE
from models.train.program_corpus import MADE_UP, OWN_LICENCE, Start, make_ordinary
from models.train.program_measuring import area, limits_for
from models.train.program_rank import FAMILIES, Judge, family_of

LEAST_SOURCES = 3
FALSE_SHARE = 0.01
"""Of harmless starts: the allowance at which both models are compared."""

Vector = NDArray[np.float64]


def train_programs(recorded: Sequence[Start], installed: OnnxModel, installed_graph: bytes) -> Made:
    """Train, measure beside the installed model, and write both files as bytes.

    Raises:
        TrainingStopped: no family of systems has enough sources, or the graph says something else than the judges.
    """
    families = [one for one in FAMILIES if _is_enough(recorded, one)]
    if not families:
        raise TrainingStopped("few_of_a_system", least=LEAST_SOURCES)
    starts = [one for one in (*recorded, *make_ordinary()) if family_of(one) in families]
    rows = program_rank.make_rows(starts)
    unseen = program_rank.score_unseen(rows, starts)
    judges = _judges_of(installed_graph)
    limits = {family: limits_for(starts, unseen, family) for family in families}
    for family in families:
        own = [place for place, one in enumerate(starts) if family_of(one) == family]
        judges[family] = program_rank.train(rows[own], [starts[place] for place in own]).moved(*limits[family])
    graph = program_rank.to_onnx(judges)
    difference = program_rank.largest_difference(graph, {one: judges[one] for one in families}, rows, starts)
    if not difference <= CLOSE_ENOUGH:
        raise TrainingStopped("differs")
    theirs = _score_all(installed, rows)
    figures = [_figures(starts, scores, families) for scores in (unseen, theirs)]
    card = _card(starts, rows, installed, families, figures[0])
    card |= {"sha256": hashlib.sha256(graph).hexdigest(), "graph_differs_from_library_by_at_most": difference}
    return Made(graph, cards.card_text(cards.complete(card)), *figures)


def _is_enough(recorded: Sequence[Start], family: str) -> bool:
    sources = {(one.source, one.is_attack) for one in recorded if family_of(one) == family}
    harmful = sum(is_attack for _, is_attack in sources)
    return min(harmful, len(sources) - harmful) >= LEAST_SOURCES


def _judges_of(graph: bytes) -> dict[str, Judge]:
    """Take the judges out of a graph that this project wrote, and whose signature was good."""
    held = {one.name: numpy_helper.to_array(one) for one in onnx.load_from_string(graph).graph.initializer}
    weights, bias = held["weights"].astype(np.float64), held["bias"].astype(np.float64)
    return {family: Judge(weights[:, place], float(bias[place])) for place, family in enumerate(FAMILIES)}


def _score_all(model: OnnxModel, rows: Any) -> Vector:
    """Score sparse rows, a few at a time: whole they would fill the memory."""
    step = 256
    parts = [model.score(rows[at : at + step].toarray().astype(np.float32)) for at in range(0, rows.shape[0], step)]
    return np.concatenate(parts).astype(np.float64)


def _figures(starts: Sequence[Start], scores: Vector, families: Sequence[str]) -> Figures:
    """Count harmful recordings above what a hundredth of harmless starts reach, each family by itself."""
    found = harmful = false = harmless = 0
    areas = []
    for family in families:
        good = np.array([score for one, score in zip(starts, scores, strict=True) if _is(one, family, attack=False)])
        best: defaultdict[str, float] = defaultdict(lambda: -np.inf)
        for one, score in zip(starts, scores, strict=True):
            if _is(one, family, attack=True):
                best[one.unit] = max(best[one.unit], float(score))
        bad = np.array(list(best.values()))
        limit = np.sort(good)[::-1][int(FALSE_SHARE * len(good))]
        found, harmful = found + int((bad > limit).sum()), harmful + len(bad)
        false, harmless = false + int((good > limit).sum()), harmless + len(good)
        areas.append(area(bad, good))
    return Figures(found, harmful, false, harmless, round(float(np.mean(areas)), 3))


def _is(start: Start, family: str, *, attack: bool) -> bool:
    return start.is_attack == attack and family_of(start) == family


def _card(
    starts: Sequence[Start], rows: Any, installed: OnnxModel, families: Sequence[str], figures: Figures
) -> dict[str, Any]:
    """Write the card: what it is for is what the installed one is for; the figures are of these sources."""
    facts = installed.card.facts
    kept = {key: str(facts.get(key, "")) for key in ("purpose", "not_for", "method", "warning", "known_misses")}
    usual = {
        f"usual_{family}": program_rank.usual_numbers(rows, starts, family)
        if family in families
        else facts.get(f"usual_{family}", [])
        for family in FAMILIES
    }
    return {
        "name": program_rank.NAME,
        **kept,
        "form": FORM,
        "measured_on": datetime.now(UTC).date().isoformat(),
        "threshold": program_rank.SPEAK,
        "threshold_is": "the higher of: 1 % of harmless recorded starts, 5 % of ordinary made-up ones, all unseen",
        "low": program_rank.LOW,
        "support": program_rank.SUPPORT,
        "trained_here": list(families),
        "features": list(NAMES),
        **usual,
        "hashed": [{"name": "gram", "places": GRAMS}, {"name": "word", "places": WORDS}],
        "results": {
            "method": "leave one source out",
            "malicious": figures.harmful,
            "harmless": figures.harmless,
            "false_alarms": figures.false,
            "found_at_one_false_alarm_an_hour": figures.found,
            "area_pooled": figures.area,
        },
        "training": _sources(starts),
    }


def _sources(starts: Sequence[Start]) -> list[Mapping[str, Any]]:
    groups: defaultdict[tuple[str, str, bool], list[Start]] = defaultdict(list)
    for one in starts:
        groups[one.publisher, one.material, one.is_attack].append(one)
    return [
        {
            "source": name,
            "licence": OWN_LICENCE if name == MADE_UP else LICENCE,
            "kind": "malicious" if is_attack else "harmless",
            "period": cards.period_of(one.program.started_s or 0.0 for one in own),
            "recordings": len({one.unit for one in own}),
        }
        for (name, _, is_attack), own in sorted(groups.items())
    ]
