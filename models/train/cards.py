"""Writes a model and its card: numbers come from the measurement, never from a hand.

Before this on the path: a trained model and its results. After it: ``models/<name>.onnx`` and ``<name>.toml``, which
``sign.py`` signs. ``complete`` computes everything that follows from counts on the card, so that a test, or anybody,
can do it again without the recordings.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from detectors.features import flow_features, name_features, program_features
from models.train.measuring import Score
from models.train.recordings import NAMES, Recording, examples, sample_rows, usual_values

MODELS = Path(__file__).resolve().parents[1]
MEASURED = MODELS.parent / "resources" / "measured"
TABLES, REASONS = MEASURED / "models.toml", MEASURED / "reasons.toml"
"""Other measurements by model: ``benchmarks/quality.py --rates`` (reliability, groups) and ``benchmarks/reasons.py
--write``. They are copied onto the card."""
CARD_FORMAT = 2
GOOD_FOR_DAYS = 365
"""Until somebody looks at a card again: attacks, and what offices do, change within a year."""
CLOSE_ENOUGH = 1e-5
"""Rounding of float32; more means that the graph is another model."""
Z_95 = 1.959964
"""Wilson 1927: the range in which the true share lies with 95 %."""
FEWEST_TO_NAME = 5
"""Attacks of one kind from which a bad share is named among the weakest."""
WEAKEST = 5
FIRST_YEAR = 1990
"""Captures with earlier times have none of their own."""

Card = dict[str, Any]

UNITS = {one.name: one.unit for one in (*flow_features.FEATURES, *program_features.NUMBERS)} | name_features.UNITS


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person wrote about a model."""

    name: str
    """File name without ending."""
    purpose: str
    not_for: str
    method: str
    known_misses: str


def write_model(
    facts: Facts,
    graph: bytes,
    score: Score,
    recordings: Sequence[Recording],
    *,
    measured: Card,
    of_hosts: bool = False,
) -> None:
    """Write both files of a model of traffic.

    Args:
        facts: What a person wrote.
        graph: The ONNX file.
        score: What the training library says of the same rows: the graph must say the same.
        recordings: What it was trained on.
        measured: ``threshold``, ``results``, and what it says ``together`` with another model.
        of_hosts: True when it judges the highest values of a computer's flows, not single flows.

    Raises:
        SystemExit: graph and library differ.
    """
    difference = largest_difference(graph, score, recordings)
    if difference > CLOSE_ENOUGH:
        raise SystemExit(f"{facts.name}: graph and training library differ by {difference}")
    (MODELS / f"{facts.name}.onnx").write_bytes(graph)
    card: Card = {
        **_written_by_a_person(facts),
        "sha256": hashlib.sha256(graph).hexdigest(),
        "graph_differs_from_library_by_at_most": float(f"{difference:.1e}"),
        "measured_on": datetime.now(UTC).date().isoformat(),
        "threshold": measured["threshold"],
        "threshold_is": "one false alarm for each hour of harmless active traffic, on sources not trained on",
        "judges": "computers" if of_hosts else "flows",
        "features": list(NAMES),
        "usual": _rounded(usual_values(recordings, of_hosts=of_hosts)),
        **measured,
        "training": list_sources(recordings),
        "examples": [{"service": name, "values": _rounded(row)} for name, row in examples(recordings)],
    }
    write_card(facts.name, card)


def _written_by_a_person(facts: Facts) -> Card:
    return {
        "name": facts.name,
        "purpose": facts.purpose,
        "not_for": facts.not_for,
        "method": facts.method,
        "known_misses": facts.known_misses,
    }


def update_card(name: str, measured: Card, facts: Facts | None = None) -> Card:
    """Write newly measured numbers onto a card, without training; gives what was written.

    Raises:
        SystemExit: the limit that these recordings give is not that of the card, or the model is another one: then the
            numbers would be of something else.
    """
    card = read_card(name)
    limit = measured.get("threshold", card["threshold"])
    if not math.isclose(limit, card["threshold"], rel_tol=1e-4):
        raise SystemExit(
            f"{name}: these recordings give the limit {limit}, its card says {card['threshold']}: train it"
        )
    if hashlib.sha256((MODELS / f"{name}.onnx").read_bytes()).hexdigest() != card["sha256"]:
        raise SystemExit(f"{name}: the model is not the one that its card names: train it")
    if facts is not None:
        card |= _written_by_a_person(facts)
    card |= measured | {"threshold": card["threshold"], "measured_on": datetime.now(UTC).date().isoformat()}
    return write_card(name, card)


def write_card(name: str, card: Card) -> Card:
    """Complete a card and write it; gives what was written."""
    whole = complete(card | measured_elsewhere(name))
    (MODELS / f"{name}.toml").write_text(card_text(whole), encoding="utf-8", newline="\n")
    return whole


def read_card(name: str) -> Card:
    """Read one of our own cards."""
    return tomllib.loads((MODELS / f"{name}.toml").read_text(encoding="utf-8"))


def measured_elsewhere(name: str) -> Card:
    """Take what benchmarks measured about this model: reliability, groups, reasons."""
    found: Card = {}
    for file, place in ((TABLES, None), (REASONS, "reasons")):
        table = tomllib.loads(file.read_text(encoding="utf-8")).get(name) if file.is_file() else None
        if isinstance(table, dict):
            found |= {place: table} if place else table
    return found


# --- what follows from counts ---------------------------------------------------------------------------------------
def complete(card: Card) -> Card:
    """Compute what follows from the counts of a card: shares, ranges, the weakest kinds, units, the day of review."""
    results = {**card["results"], "reasons": [_with_share(one) for one in card["results"].get("reasons", ())]}
    whole = {**card, "card_format": CARD_FORMAT, "results": results}
    measured_on = date.fromisoformat(card["measured_on"])
    whole["review_by"] = (measured_on + timedelta(days=GOOD_FOR_DAYS)).isoformat()
    whole["units"] = [UNITS.get(name, "") for name in card["features"]]
    counts = counts_at_the_limit(results)
    if counts is not None:
        found, of, false = counts
        whole["alarms"] = {"harmless": false, "of": false + found}
        whole["missed"] = {"missed": of - found, "of": of}
    for key, counted in (("alarms", "harmless"), ("missed", "missed")):
        if key in whole:
            whole[key] = {counted: whole[key][counted], **share_of(whole[key][counted], whole[key]["of"])}
    rare = sorted((one for one in results["reasons"] if one["of"] >= FEWEST_TO_NAME), key=lambda one: one["share"])
    whole["weakest"] = [f"{one['reason']}: {one['found']} of {one['of']}" for one in rare[:WEAKEST]]
    return whole


def counts_at_the_limit(results: Card) -> tuple[int, int, int] | None:
    """Count what is found at the limit, of how many attacks, and how many harmless ones are taken for attacks.

    None where results have another form: such a card brings these counts itself.
    """
    if "false_alarms" in results:
        return results["found_at_one_false_alarm_an_hour"], results["malicious"], results["false_alarms"]
    if "at_the_limits" not in results:
        return None
    rows = [one for one in results["at_the_limits"] if one["limit"] == "threshold" and one["material"] != "rule"]
    pairs = [_counts(one["found"]) for one in rows]
    false = sum(_counts(one["false"])[0] for one in results.get("false_by_source", ()))
    return sum(one for one, _ in pairs), sum(of for _, of in pairs), false


def _counts(told: str) -> tuple[int, int]:
    """Read the counts of a share that is told as text: ``119 of 206: ...``."""
    found = re.match(r"(\d+) of (\d+)", told)
    if found is None:
        raise ValueError(told)
    return int(found[1]), int(found[2])


def _with_share(row: Card) -> Card:
    return {**row, **share_of(row["found"], row["of"])}


def share_of(count: int, of: int) -> Card:
    """Give a share with its number of cases and its range; an empty one knows nothing."""
    lowest, highest = wilson(count, of)
    share = count / of if of else 0.0
    return {"of": of, "share": round(share, 4), "lowest": round(lowest, 4), "highest": round(highest, 4)}


def wilson(count: int, of: int) -> tuple[float, float]:
    """Compute the range in which the true share lies with 95 %. Source: Wilson 1927."""
    if not of:
        return 0.0, 1.0
    share, square = count / of, Z_95**2
    middle = share + square / (2 * of)
    half = Z_95 * math.sqrt(share * (1 - share) / of + square / (4 * of**2))
    return max((middle - half) / (1 + square / of), 0.0), min((middle + half) / (1 + square / of), 1.0)


# --- where it learned -----------------------------------------------------------------------------------------------
def list_sources(recordings: Iterable[Recording]) -> list[Card]:
    """Say what a model of traffic was trained on: who published it, under which licence, from when it is."""
    groups: defaultdict[tuple[str, str, bool], list[Recording]] = defaultdict(list)
    for one in recordings:
        groups[one.source, one.licence, one.is_malicious].append(one)
    return [
        {
            "source": source,
            "licence": licence,
            "kind": "malicious" if is_malicious else "harmless",
            "period": period_of(one.began_s for one in own),
            "recordings": len(own),
        }
        for (source, licence, is_malicious), own in sorted(groups.items())
    ]


def period_of(times_s: Iterable[float]) -> str:
    """Say from which years times are."""
    this_year = datetime.now(UTC).year
    years = {datetime.fromtimestamp(one, UTC).year for one in times_s if 0 < one < 2**33}
    known = sorted(one for one in years if FIRST_YEAR <= one <= this_year)
    return f"{known[0]} to {known[-1]}" if known else "no times of its own"


def largest_difference(graph: bytes, score: Score, recordings: Sequence[Recording]) -> float:
    """Compare the graph with the training library on the training rows."""
    import onnxruntime  # noqa: PLC0415 - cards are written without it

    rows = sample_rows(recordings).features
    session = onnxruntime.InferenceSession(graph, providers=["CPUExecutionProvider"])
    ours = np.asarray(session.run(["score"], {"features": rows})[0]).reshape(len(rows))
    theirs = score(rows)
    return float((np.abs(ours - theirs) / np.maximum(np.abs(theirs), 1)).max())


def _rounded(values: Any) -> list[float]:
    return [round(float(value), 4) for value in values]


# --- how a card is written ------------------------------------------------------------------------------------------
def card_text(card: Card) -> str:
    """Write a card as TOML: what stands alone first, then its tables in their order."""
    return "\n".join(_parts("", card))


def _parts(head: str, values: Card) -> list[str]:
    """Write one table, then those in it."""
    flat = {key: one for key, one in values.items() if not _is_table(one)}
    parts = [_table(f"[{head}]" if head else "", flat)] if flat else []
    for key, one in values.items():
        name = f"{head}.{key}" if head else key
        if isinstance(one, dict):
            parts += _parts(name, one)
        elif _is_table(one):
            parts += [_table(f"[[{name}]]", row) for row in one]
    return parts


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))


def _table(head: str, values: Card) -> str:
    """Write one table; strings, numbers and lists look the same in TOML and JSON."""
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False, allow_nan=False)}" for key, value in values.items()]
    return "\n".join([head, *lines] if head else lines) + "\n"
