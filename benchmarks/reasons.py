"""Measures whether the reasons that models give are right: known changes are planted in real, harmless telemetry.

Needs labelled recordings beside the project, never in it; without them it says so. Before this on the path: harmless
flows and starts (``models/train``), ``planted.py``. After it: a table, and ``resources/measured/reasons.toml``.
A planted case counts where a model was at half its limit at most before, and speaks after. How reasons are chosen
(``occlusion.py``) was decided on one half of the recordings (``--half chosen``); the figures are those of the other
half, by a hash of the source or group, so that nothing of one publisher stands on both sides.

    python benchmarks/reasons.py                 the half that was only measured; nothing is written
    python benchmarks/reasons.py --write         and resources/measured/reasons.toml, which cards read
    python benchmarks/reasons.py --attacks       for how many real attacks a change is found; these have no known reason
    python benchmarks/reasons.py --cases 50      a quick look
    python benchmarks/reasons.py --only flow_rank --missed    which plants were explained by something else
"""

from __future__ import annotations

import argparse
import sys
import time
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402 - the path above comes first
import planted  # noqa: E402 - beside this file

from detectors import unusual_program, unusual_traffic  # noqa: E402
from detectors.contract.baseline import LocalPicture  # noqa: E402
from detectors.contract.programs import Program  # noqa: E402
from detectors.engines.onnx_engine import OnnxModel  # noqa: E402
from detectors.features import flow_reasons, program_reasons  # noqa: E402
from detectors.features.occlusion import Judge, Reasons, ask, find_reasons, put_back  # noqa: E402
from detectors.features.program_features import NUMBERS, score_programs  # noqa: E402
from models.train.program_corpus import FOLDER as PROGRAM_FOLDER  # noqa: E402
from models.train.program_corpus import read_starts  # noqa: E402
from models.train.recordings import FOLDER as FLOW_FOLDER  # noqa: E402
from models.train.recordings import Recording, read_recordings  # noqa: E402

WRITTEN = ROOT / "resources" / "measured" / "reasons.toml"
SEED = 20_261_123
MOST_CASES = 400
"""Of one model."""
TRIES = 3
"""Computers of a recording, and plants of each."""
MOST_FLOWS = 10
"""Flows of a computer in which a change is planted."""
QUIET = 0.5
"""Share of the limit up to which a model was silent before: what is nearly odd by itself has reasons of its own."""
NOISE = 0.01
"""Of each count and share: nobody would call such traffic another."""
HERE = LocalPicture()
WANTED = {
    "first_reason_right": 0.90,
    "top_three_share": 0.75,
    "removing_calms": 0.80,
    "change_flips": 0.95,
    "stable_under_noise": 0.95,
}
"""At least; and at most 20 ms a finding."""


@dataclass(slots=True)
class Tally:
    """What was measured of one model."""

    first: list[bool] = field(default_factory=list)
    by_distance: list[bool] = field(default_factory=list)
    share: list[float] = field(default_factory=list)
    calm: list[bool] = field(default_factory=list)
    found: list[bool] = field(default_factory=list)
    flips: list[bool] = field(default_factory=list)
    stable: list[bool] = field(default_factory=list)
    together: list[bool] = field(default_factory=list)
    planted_parts: list[int] = field(default_factory=list)
    spent_ms: list[float] = field(default_factory=list)
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add_removal(self, judge: Judge, parts: Sequence[int], limit: float, distances: Any) -> None:
        """Score once more with the named reasons, and with everything, as usual."""
        named = put_back(len(distances), [(), parts, np.flatnonzero(distances).tolist()])
        seen, without, usual = ask(judge, named).tolist()
        self.share.append(min(max((seen - without) / max(seen - usual, seen - without, 1e-6), 0), 1))
        self.calm.append(without < limit)

    def table(self) -> dict[str, Any]:
        """Give the figures as they stand on a card."""
        figures = {
            "cases": len(self.first),
            "first_reason_right": _mean(self.first),
            "first_reason_right_by_distance": _mean(self.by_distance),
            "top_three_share": _mean(self.share),
            "removing_calms": _mean(self.calm),
            "change_found": _mean(self.found),
            "change_flips": _mean(self.flips),
            "stable_under_noise": _mean(self.stable),
            "only_together": _mean(self.together),
            "planted_parts": _mean(self.planted_parts),
            "milliseconds": _mean(sorted(self.spent_ms)[len(self.spent_ms) // 2 :][:1]),
            "milliseconds_95_of_100": _mean(sorted(self.spent_ms)[int(0.95 * len(self.spent_ms)) :][:1]),
        }
        short = [name for name, least in WANTED.items() if figures[name] < least]
        short += ["milliseconds_95_of_100"] if figures["milliseconds_95_of_100"] > 20 else []  # noqa: PLR2004 - asked for
        return figures | {"not_reached": short}


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return round(float(np.mean(found)), 3) if found else 0.0


def is_in_half(name: str, half: str) -> bool:
    """Tell on which side of the split a source lies."""
    return half == "all" or (zlib.crc32(name.encode()) % 2 == 0) == (half == "chosen")


# Flows


@dataclass(frozen=True, slots=True)
class _Computer:
    """The flows of one computer, some with something planted."""

    plant: str
    flows: planted.Rows
    columns: frozenset[int]


def plant_computers(
    recordings: Sequence[Recording], models: Sequence[OnnxModel], half: str, quiet: float
) -> Iterator[_Computer]:
    """Plant in computers about which models are silent; give those about which they speak then."""
    dice = np.random.default_rng(SEED)
    for one in recordings:
        if one.is_malicious or not is_in_half(one.source, half):
            continue
        for client in dice.permutation(np.unique(one.clients))[:TRIES].tolist():
            flows = one.features[one.clients == client]
            for name in dice.permutation(list(planted.FLOW_PLANTS))[:TRIES].tolist():
                chosen = np.sort(dice.permutation(len(flows))[:MOST_FLOWS])
                changed = flows.copy()
                changed[chosen], columns = planted.plant_in_flows(flows[chosen], name, int(dice.integers(1 << 30)))
                if loudness_of(models, flows) <= quiet and hear(models, changed) is not None:
                    yield _Computer(name, changed, columns)


def hear(models: Sequence[OnnxModel], flows: planted.Rows) -> Any:
    """Ask models about one computer, as the detector does; None where they are silent."""
    client = np.zeros(len(flows), np.intp)
    (heard,) = unusual_traffic.hear_hosts(flows, client, models, HERE)
    return heard if heard.speaks else None


def loudness_of(models: Sequence[OnnxModel], flows: planted.Rows) -> float:
    """Tell how near to their limits models are; where they speak, 1 or more."""
    (heard,) = unusual_traffic.hear_hosts(flows, np.zeros(len(flows), np.intp), models, HERE)
    return max(1.0 if heard.speaks else 0.0, *(voice.loudness for voice in heard.voices))


def measure_flows(
    models: Sequence[OnnxModel], recordings: Sequence[Recording], half: str, most: int, quiet: float
) -> Tally:
    """Measure the reasons of one model of traffic, or of both together."""
    tally, dice = Tally(), np.random.default_rng(SEED)
    for one in spread_out(plant_computers(recordings, models, half, quiet), most):
        heard = hear(models, one.flows)
        began = time.process_time()
        case, whole = unusual_traffic.make_cases(heard, one.flows, HERE)
        flow_reasons.explain_case(case, whole)
        tally.spent_ms.append(1000 * (time.process_time() - began))
        reasons = find_reasons(case.judge, case.distances)
        first, parts = reasons.parts[0], [part.part for part in reasons.strongest]
        tally.first.append(first in one.columns)
        tally.by_distance.append(int(np.argmax(case.distances)) in one.columns)
        tally.planted_parts.append(len(one.columns))
        tally.together.append(reasons.only_together)
        tally.add_removal(case.judge, parts, case.limit, case.distances)
        change = flow_reasons.find_change(case, whole, reasons)
        tally.found.append(change is not None)
        if change is not None:
            changed = whole.score(flow_reasons.changed_row(change, case)[None, :])
            tally.flips.append(float(changed[0]) < case.limit)
        tally.stable.append(_first_again(models, one.flows, dice) in (first, None))
        if not tally.first[-1]:
            tally.missed[one.plant, flow_reasons.FEATURES[first].name] += 1
    return tally


def _first_again(models: Sequence[OnnxModel], flows: planted.Rows, dice: planted.Dice) -> int | None:
    """Give the first reason under noise; None where the models are silent then."""
    noisy = planted.make_noise(flows, NOISE, dice)
    heard = hear(models, noisy)
    if heard is None:
        return None
    case, _ = unusual_traffic.make_cases(heard, noisy, HERE)
    return find_reasons(case.judge, case.distances).parts[0]


# Programs


def plant_starts(model: OnnxModel, half: str, quiet: float) -> Iterator[tuple[str, planted.PlantedStart]]:
    """Plant in starts about which the model is silent; give those about which it speaks then."""
    dice = np.random.default_rng(SEED)
    starts = [one for one in read_starts() if one.program.system in unusual_program.SYSTEMS and one.program.command]
    attacks = {
        system: [one.program for one in starts if one.is_attack and one.program.system == system]
        for system in unusual_program.SYSTEMS
    }
    harmless = [one.program for one in starts if not one.is_attack and is_in_half(one.group, half)]
    for program in (harmless[place] for place in dice.permutation(len(harmless)).tolist()):
        before = float(score_programs(model.score, [program])[0])
        for count in range(1, TRIES + 1 if before <= quiet * model.card.threshold else 0):
            names = sorted(dice.permutation(list(planted.START_PLANTS))[:count].tolist())
            one = planted.plant_in_start(program, names, attacks[program.system], int(dice.integers(1 << 30)))
            if score_programs(model.score, [one.program])[0] > model.card.threshold:
                yield " and ".join(names), one


def measure_programs(model: OnnxModel, half: str, most: int, quiet: float) -> Tally:
    """Measure the reasons of the model of starts."""
    tally, limit = Tally(), model.card.threshold
    level = float(program_reasons.logit(np.array([limit], np.float32))[0])
    for name, one in spread_out(plant_starts(model, half, quiet), most):
        began = time.process_time()
        case = unusual_program.make_case(model, one.program, HERE)
        program_reasons.explain_start(case, limit)
        tally.spent_ms.append(1000 * (time.process_time() - began))
        reasons = find_reasons(case.judge, case.distances, adds_up=True)
        kinds = program_reasons.kinds_of_reasons(case, reasons)
        tally.first.append(_is_planted(case, kinds[0], one))
        tally.by_distance.append(_is_planted(case, (int(np.argmax(case.distances)),), one))
        tally.planted_parts.append(len(one.words) + one.is_parent + len(one.numbers))
        tally.together.append(reasons.only_together)
        tally.add_removal(case.judge, [part for kind in kinds for part in kind], level, case.distances)
        change = program_reasons.find_change(case, reasons, limit)
        tally.found.append(change is not None)
        if change is not None:
            fractions = np.zeros((1, len(case.distances)), np.float32)
            fractions[0, list(change.parts)] = change.fractions
            again = unusual_program.make_case(model, one.program, HERE)  # nothing is remembered from the search
            tally.flips.append(float(ask(again.judge, fractions)[0]) < level)
        tally.stable.append(_is_same_kind(model, one.program, case, kinds[0]))
        if not tally.first[-1]:
            tally.missed[name, _name_of(case, kinds[0])] += 1
    return tally


def _is_planted(case: Any, parts: Sequence[int], one: planted.PlantedStart) -> bool:
    first = parts[0]
    if first < case.parent_part:
        return any(case.words[part] in one.words for part in parts)
    if first == case.parent_part:
        return one.is_parent
    return NUMBERS[case.number_of(first)].name in one.numbers


def _name_of(case: Any, parts: Sequence[int]) -> str:
    first = parts[0]
    if first < case.parent_part:
        return "unusual_words"
    return "unusual_parent" if first == case.parent_part else NUMBERS[case.number_of(first)].name


def _is_same_kind(model: OnnxModel, program: Program, case: Any, first: Sequence[int]) -> bool:
    """Tell whether a blank more in the command, which means nothing, leaves the first reason as it is."""
    noisy = Program(
        **{name: getattr(program, name) for name in program.__dataclass_fields__ if not name.startswith("_")}
        | {"command": (program.command or "") + " "}
    )
    again = unusual_program.make_case(model, noisy, HERE)
    reasons: Reasons = find_reasons(again.judge, again.distances, adds_up=True)
    return _name_of(again, program_reasons.kinds_of_reasons(again, reasons)[0]) == _name_of(case, first)


def spread_out(cases: Iterable[Any], most: int) -> list[Any]:
    """Take at most so many cases, evenly from all."""
    found = list(cases)
    return [found[place] for place in np.unique(np.linspace(0, len(found) - 1, min(most, len(found))).astype(int))]


def measure_reasons(
    half: str = "measured",
    most: int = MOST_CASES,
    only: str = "",
    quiet: float = QUIET,
    folder: Path = ROOT / "models",
) -> dict[str, Tally]:
    """Measure every model whose recordings are there: name -> figures."""
    names = ("flow_rank", "flow_usual", "program_rank")
    models = {name: OnnxModel.load(folder, name) for name in names if only in ("", name)}
    found: dict[str, Tally] = {}
    if FLOW_FOLDER.is_dir() and only != "program_rank":
        recordings = read_recordings()
        for name in ("flow_rank", "flow_usual"):
            if only in ("", name):
                found[name] = measure_flows([models[name]], recordings, half, most, quiet)
        if not only:
            found["flow_both"] = measure_flows(
                [models["flow_rank"], models["flow_usual"]], recordings, half, most, quiet
            )
    if PROGRAM_FOLDER.is_dir() and only in ("", "program_rank"):
        found["program_rank"] = measure_programs(models["program_rank"], half, most, quiet)
    return found


def count_changes(most: int = MOST_CASES) -> Iterator[str]:
    """Tell for how many real, labelled attacks a change of three was found: they move more than what is planted."""
    both = [OnnxModel.load(ROOT / "models", name) for name in ("flow_rank", "flow_usual")]
    found, together, spoken = 0, 0, 0
    for one in read_recordings():
        heard = unusual_traffic.hear_hosts(one.features, one.clients, both, HERE) if one.is_malicious else []
        for loud in (computer for computer in heard if computer.speaks):
            case, whole = unusual_traffic.make_cases(loud, one.features, HERE)
            reasons = find_reasons(case.judge, case.distances)
            spoken, together = spoken + 1, together + reasons.only_together
            found += flow_reasons.find_change(case, whole, reasons) is not None
    yield f"computers in labelled attacks: change found for {found} of {spoken}; odd only together {together}"
    model = OnnxModel.load(ROOT / "models", "program_rank")
    starts = [one.program for one in read_starts() if one.is_attack and one.program.command]
    scores = score_programs(model.score, starts).tolist()
    loudest = spread_out([one for one, score in zip(starts, scores, strict=True) if score > model.card.threshold], most)
    cases = [unusual_program.make_case(model, one, HERE) for one in loudest]
    reasons_of = [(one, find_reasons(one.judge, one.distances, adds_up=True)) for one in cases]
    found = sum(program_reasons.find_change(*one, model.card.threshold) is not None for one in reasons_of)
    yield f"labelled starts: change found for {found} of {len(cases)}"


def write_tables(tables: dict[str, dict[str, Any]], path: Path = WRITTEN) -> None:
    """Write the figures where cards find them."""
    lines = [
        "# Written by benchmarks/reasons.py: planted changes in recordings on which no way of explaining was chosen."
    ]
    for name, table in tables.items():
        lines += ["", f"[{name}]"]
        lines += [f"{key} = {str(value).replace(chr(39), chr(34))}" for key, value in table.items()]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, print, and write if asked."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--half", choices=("measured", "chosen", "all"), default="measured")
    options.add_argument("--quiet", type=float, default=QUIET, help="share of the limit before; 1: merely silent")
    options.add_argument("--cases", type=int, default=MOST_CASES)
    options.add_argument("--only", default="", help="one model")
    options.add_argument("--models", type=Path, default=ROOT / "models", help="folder of the models")
    options.add_argument("--missed", action="store_true", help="what was named instead")
    options.add_argument("--attacks", action="store_true", help="real attacks: for how many is a change found?")
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    if chosen.attacks and FLOW_FOLDER.is_dir() and PROGRAM_FOLDER.is_dir():
        print(*count_changes(chosen.cases), sep="\n")
        return
    found = measure_reasons(chosen.half, chosen.cases, chosen.only, chosen.quiet, chosen.models)
    if not found:
        raise SystemExit("recordings absent: not measured")
    tables = {name: tally.table() for name, tally in found.items()}
    for key in next(iter(tables.values())):
        print(f"{key:32}", *(f"{name} {table[key]!s:24}" for name, table in tables.items()))
    for name, tally in found.items() if chosen.missed else ():
        print(name, *tally.missed.most_common(20), sep="\n  ")
    if chosen.write:
        write_tables(tables)


if __name__ == "__main__":
    main()
