"""Measures how often alarms are harmless, how far certainties may be believed and who is alarmed for nothing most.

    python benchmarks/quality.py --rates                       writes both files in resources/measured
    python benchmarks/quality.py --rates --packages FOLDER     keeps the fetched harmless packages for the next time
    python benchmarks/quality.py --rates --dry                 prints, and writes nothing

Before this on the path: ``rate_cases.py``, ``reliability.py``, ``fairness.py``. After it: ``rates.toml``, which the
explanations read (``desktop.service.learning.rates``), and ``models.toml``, whose tables go onto the cards. Needs the
recordings beside the project and the ``train`` group of ``pyproject.toml``: without them nothing is measured, nothing
is written, and that is said. About four minutes on two cores.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import fairness  # noqa: E402 - the paths above come first
import numpy as np  # noqa: E402
import rate_cases  # noqa: E402
import reliability  # noqa: E402
from fairness import Group  # noqa: E402
from quality import SAMPLES_FOLDER  # noqa: E402
from quality_network import CAPTURES_FOLDER  # noqa: E402
from quality_programs import FOLDER as STARTS_FOLDER  # noqa: E402
from quality_programs import program_judges  # noqa: E402
from rate_cases import PROGRAM_MODELS, Case, Collected  # noqa: E402

from desktop.service.learning.rates import band_of  # noqa: E402
from models.train.cards import card_text, wilson  # noqa: E402

TARGET = ROOT / "resources" / "measured"
RULE_ENDINGS = (".yar", ".yml", ".toml")
CUTS = 200
"""Ways in which the cases of a kind are cut, to ask whether the range of one part holds for the rest."""
STATED_PARTS = {"fifth": 5, "half": 2}
"""The part that states a range: a fifth, so that the share in the rest is sure itself; a half, where it is no surer."""
FEWEST_TO_CUT = 40
"""Cases of a kind that is cut in two."""
SEED = 1
BASE_RATE = (
    "Tests are not an office: they hold far more attacks than an office meets. Of the alarms of an office a larger "
    "share is harmless than these figures say."
)
BECAUSE_ERROR = {
    "flow_rank": "Publishers record different attacks: what is certain of one is not of the next.",
    "flow_usual": "Publishers record different attacks: what is certain of one is not of the next.",
    "program_rank": "Nearly all attacks on Linux and macOS come from one publisher of command texts and nearly all "
    "harmless starts from two others, so that a curve without one of them is far off for it.",
    "dga_names": "Algorithms differ: names of a kind that the judge never saw may look wholly like those of people.",
}
"""Why a calibration error is larger than wanted; told only where it is."""
FEW_KINDS = (
    "The days of each system hold few kinds of work, and most come back many times: one habit that alarms is counted "
    "each time."
)
DEVELOPERS = (
    "Developers type commands and run what they have just built: that is nearer to what attackers do than the work of "
    "an office is."
)
BY_NIGHT = "At night only the system works: most alarms are about what people do, and people work by day."
WINDOWS = (
    "The model learned attacks on Windows from recordings and those on other systems from command texts, and its limit "
    "for Windows leaves 5 of 100 odd but ordinary starts above it."
)
SHORT_CAPTURES = (
    "Public captures are short and were often published because they are odd; those of few computers most of all. A "
    "few minutes with one alarm make a large figure for a week."
)
BECAUSE_GROUP = {
    ("program_rules", "system"): FEW_KINDS,
    ("program_rules", "role"): DEVELOPERS,
    ("program_rules", "shift"): BY_NIGHT,
    ("program_rank", "system"): WINDOWS,
    ("program_rank", "role"): DEVELOPERS,
    ("program_rank", "shift"): BY_NIGHT,
    ("flow_rank", "network_size"): SHORT_CAPTURES,
    ("flow_usual", "network_size"): SHORT_CAPTURES,
    ("network_rules", "network_size"): SHORT_CAPTURES,
}
"""Why a group is alarmed more than twice as often as the middle; told only where one is."""


def main() -> int:
    """Measure what can be measured and write it."""
    args = _read_arguments()
    missing = list(_missing())
    if missing:
        print("not measured, nothing written:", "; ".join(missing))
        return 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as made:
        measured = _measure_all(args.packages or Path(made))
    rates, cards = _rates_file(measured), _cards_file(measured)
    _print(rates, cards)
    print(f"{time.monotonic() - began:.0f} s")
    if not args.dry:
        TARGET.mkdir(exist_ok=True)
        for name, told in (("rates.toml", rates), ("models.toml", cards)):
            head = "# Written by benchmarks/quality.py --rates; not to be changed by hand.\n"
            (TARGET / name).write_text(head + card_text(told), encoding="utf-8", newline="\n")
    unexplained = [key for key in _worst_kinds(measured["groups"]) if key not in BECAUSE_GROUP]
    if unexplained:
        print("a group is alarmed far more often than others and nobody has said why:", unexplained)
    return int(bool(unexplained))


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--packages", type=Path, metavar="FOLDER", help="where harmless packages are kept")
    parser.add_argument("--dry", action="store_true", help="write nothing")
    return parser.parse_args()


def _missing() -> Iterable[str]:
    """Say what is not there."""
    for folder in (SAMPLES_FOLDER, CAPTURES_FOLDER, STARTS_FOLDER):
        if not (folder / "manifest.json").is_file():
            yield f"recordings absent: {folder.name}"
    try:
        import sklearn  # noqa: F401, PLC0415 - only whether it is there
    except ImportError:
        yield "the training extra (scikit-learn) is absent"


# --- measuring ------------------------------------------------------------------------------------------------------
def _measure_all(packages: Path) -> dict[str, Any]:
    """Measure everything, on two cores: half of the time goes to training the models anew without each publisher."""
    with ProcessPoolExecutor(2) as pool:
        flows = pool.submit(measure_flows)
        others = [
            pool.submit(rate_cases.collect_files, SAMPLES_FOLDER, packages),
            pool.submit(rate_cases.collect_programs, SEED),
            pool.submit(rate_cases.collect_network, CAPTURES_FOLDER),
        ]
        starts, days, names = (pool.submit(one) for one in (measure_starts, measure_days, measure_names))
        collected: list[Collected] = [one.result() for one in others]
        parts, named = [flows.result(), starts.result(), days.result()], names.result()
    groups = [one for part in parts for one in part["groups"]]
    groups += _groups_of_network_rules(collected[2], parts[0])
    return {
        "cases": [case for one in (*collected, *(part["found"] for part in parts)) for case in one.cases],
        "corpora": [corpus for one in (*collected, *(part["found"] for part in parts)) for corpus in one.corpora],
        "reliability": parts[0]["reliability"] | parts[1]["reliability"] | named["reliability"],
        "groups": groups,
    }


def measure_flows() -> dict[str, Any]:
    """Train both models of traffic anew without each publisher, and measure what they say of it."""
    from models.train import flow_rank, flow_usual  # noqa: PLC0415 - needs the training extra
    from models.train.measuring import by_computers, by_flows, limit_for, loudest, score_unseen  # noqa: PLC0415
    from models.train.recordings import read_recordings  # noqa: PLC0415

    recordings = read_recordings(CAPTURES_FOLDER)
    scores = {
        "flow_rank": score_unseen(recordings, lambda known: flow_rank.train(known).score, by_computers),
        "flow_usual": score_unseen(recordings, lambda known: flow_usual.train(known).score, by_flows),
    }
    found = Collected(list(rate_cases.cases_of_flows(recordings, *scores.values())))
    harmful = sum(one.is_malicious for one in recordings)
    held_out = "neither training nor limit has seen the publisher"
    corpus = rate_cases.Corpus("network", "public captures, for models", held_out, harmful, len(recordings) - harmful)
    found.corpora.append(corpus)
    harmless = [one for one in recordings if not one.is_malicious]
    computers = {one.name: len(np.unique(one.clients)) for one in harmless}
    active_s = {one.name: one.active_s for one in harmless}
    groups, tables = [], {}
    for name, own in scores.items():
        loud = loudest(own)
        labels = np.array([one.is_malicious for one in recordings])
        sources = [one.source for one in recordings]
        said = reliability.certainties(np.array([loud[one.name] for one in recordings]), labels, sources)
        tables[name] = reliability.table(said, labels, BECAUSE_ERROR[name])
        limits = {
            source: limit_for([one for one in recordings if one.source != source], loud) for source in set(sources)
        }
        alarms = Counter({one.name: int((own[one.name] > limits[one.source]).sum()) for one in harmless})
        groups += fairness.count_captures(name, computers, active_s, alarms)
    return {"found": found, "groups": groups, "reliability": tables, "computers": computers, "active_s": active_s}


def measure_starts() -> dict[str, Any]:
    """Train the model of starts anew without each publisher, and measure what it says of them."""
    from models.train.program_corpus import read_starts, start_key  # noqa: PLC0415 - needs the training extra
    from models.train.program_rank import FAMILIES, family_of, fold_of, make_rows, score_unseen  # noqa: PLC0415

    starts = read_starts(STARTS_FOLDER)
    unseen = score_unseen(make_rows(starts), starts)
    found = Collected(list(rate_cases.cases_of_starts(starts, unseen)))
    scored = {(one.group, str(start_key(one.program))): at for at, one in enumerate(starts) if one.is_scored}
    said, labels = [], []
    for family in FAMILIES:
        own = [at for at in scored.values() if family_of(starts[at]) == family]
        is_attack = np.array([starts[at].is_attack for at in own])
        said.append(reliability.certainties(unseen[own], is_attack, [fold_of(starts[at]) for at in own]))
        labels.append(is_attack)
        print(f"program_rank {family}: error {reliability.table(said[-1], is_attack)['calibration_error']}")
    table = reliability.table(np.concatenate(said), np.concatenate(labels), BECAUSE_ERROR["program_rank"])
    harmful = len({one.group for one in starts if one.is_attack and one.is_scored})
    harmless = sum(not one.is_attack for one in starts)
    held_out = "neither training nor limit has seen the publisher"
    corpus = rate_cases.Corpus("programs", "recorded and ordinary starts, for the model", held_out, harmful, harmless)
    found.corpora.append(corpus)
    return {"found": found, "groups": [], "reliability": {"program_rank": table}}


def measure_names() -> dict[str, Any]:
    """Train the judge of names anew without each class, and measure what it says of sets of three names of it."""
    from models.train import dga_names  # noqa: PLC0415 - needs the training extra

    programs, people = dga_names.make_names(dga_names.PROGRAMS), dga_names.make_names(dga_names.PEOPLE)
    size = dga_names.SIZES[0]
    means = {
        name: own[: len(own) // size * size].reshape(-1, size).mean(axis=1).astype(np.float64)
        for name, own in dga_names.score_unseen(programs, people).items()
    }
    classes = [name for name in means for _ in means[name]]
    labels = np.array([name in programs for name in classes])
    said = reliability.certainties(np.concatenate(list(means.values())), labels, classes)
    return {"reliability": {"dga_names": reliability.table(said, labels, BECAUSE_ERROR["dga_names"], "kinds of names")}}


def measure_days() -> dict[str, Any]:
    """Count the alarms of made-up ordinary days; each is a harmless case, once a day for each line that it comes from.

    Without them the model would look as if nearly all that it says were attacks: recordings hold little else.
    """
    with tempfile.TemporaryDirectory() as made:
        groups, told = fairness.count_days(program_judges(), SEED, Path(made))
    cases = [
        Case("programs", one.reason, band_of(one.severity), group, "days", is_harmless=True, models=PROGRAM_MODELS)
        for group, one in told
    ]
    held_out = "the half of the branches that was never listed; harmless are its alarms, counted once a day and line"
    corpus = rate_cases.Corpus("programs", "made-up ordinary days", held_out, 0, len(cases))
    return {"found": Collected(cases, [corpus]), "groups": groups}


def _groups_of_network_rules(rules: Collected, flows: dict[str, Any]) -> list[Group]:
    alarms = Counter(case.group for case in rules.cases if case.is_harmless)
    return fairness.count_captures("network_rules", flows["computers"], flows["active_s"], alarms)


# --- counting -------------------------------------------------------------------------------------------------------
Kind = tuple[str, str, str]


def group_cases(cases: Iterable[Case]) -> dict[Kind, list[Case]]:
    """Join cases by sense, reason and strength; of one group one case stays."""
    kinds: defaultdict[Kind, dict[str, Case]] = defaultdict(dict)
    for one in cases:
        kinds[one.sense, one.reason, one.band].setdefault(one.group, one)
    return {kind: [groups[name] for name in sorted(groups)] for kind, groups in sorted(kinds.items())}


def rate_row(kind: Kind, cases: Sequence[Case]) -> dict[str, Any]:
    """Count one kind of alarm."""
    harmless = sum(one.is_harmless for one in cases)
    lowest, highest = wilson(harmless, len(cases))
    row = {"sense": kind[0], "reason": kind[1], "band": kind[2], "cases": len(cases), "harmless": harmless}
    row |= {"lowest": round(lowest, 6), "highest": round(highest, 6)}
    return row | {"models": sorted({name for one in cases for name in one.models})}


def measure_ranges(kinds: dict[Kind, list[Case]], seed: int = SEED) -> dict[str, Any]:
    """Ask how often the range that one part of the cases gives holds for the share in the rest.

    Cut by chance, many times; a kind counts as one however large it is.
    """
    large = {"-".join(kind): cases for kind, cases in kinds.items() if len(cases) >= FEWEST_TO_CUT}
    told: dict[str, Any] = {"kinds": len(large), "cuts": CUTS}
    for word, parts in STATED_PARTS.items():
        dice = random.Random(seed)
        shares = {name: round(_share_held(cases, parts, dice), 3) for name, cases in large.items()}
        mean = sum(shares.values()) / len(shares) if shares else 0.0
        told[f"stated_by_a_{word}"] = {"held": round(mean, 3), "by_kind": shares}
    return told


def _share_held(cases: Sequence[Case], parts: int, dice: random.Random) -> float:
    held = 0
    for _ in range(CUTS):
        mixed = [case.is_harmless for case in dice.sample(cases, len(cases))]
        stated, rest = mixed[: len(mixed) // parts], mixed[len(mixed) // parts :]
        lowest, highest = wilson(sum(stated), len(stated))
        held += lowest <= sum(rest) / len(rest) <= highest
    return held / CUTS


def _worst_kinds(groups: Sequence[Group]) -> list[tuple[str, str]]:
    return sorted({(one.judge, one.kind) for one in fairness.worst_of(groups)})


# --- writing --------------------------------------------------------------------------------------------------------
def _rates_file(measured: dict[str, Any]) -> dict[str, Any]:
    kinds = group_cases(measured["cases"])
    rules = [one for one in measured["groups"] if one.judge.endswith("_rules")]
    return {
        "measured_on": datetime.now(UTC).date().isoformat(),
        "range": "Wilson, 95 %",
        "base_rate": BASE_RATE,
        "rules_sha256": rules_fingerprint(ROOT / "rules"),
        "ranges_that_held": measure_ranges(kinds),
        "models": list_models(ROOT / "models", {name for one in measured["cases"] for name in one.models}),
        "corpora": [asdict(one) for one in measured["corpora"]],
        "rates": [rate_row(kind, cases) for kind, cases in kinds.items()],
        "groups": [{"judge": one.judge} | row for one, row in zip(rules, fairness.tables(rules), strict=True)],
        "worst_groups": [
            {"judge": judge, "kind": kind, "because": BECAUSE_GROUP.get((judge, kind), "")}
            for judge, kind in _worst_kinds(rules)
        ],
    }


def _cards_file(measured: dict[str, Any]) -> dict[str, Any]:
    cards = {}
    for name, table in measured["reliability"].items():
        own = [one for one in measured["groups"] if one.judge == name]
        words = [BECAUSE_GROUP.get(key, "") for key in _worst_kinds(own)]
        tables = {"reliability": table, "groups": fairness.tables(own)}
        cards[name] = {"worst_group_because": " ".join(dict.fromkeys(words))} | tables
    return cards


def list_models(folder: Path, names: Iterable[str]) -> list[dict[str, str]]:
    """Name the models that were measured, with the fingerprint of the file that is shipped."""
    return [
        {"name": name, "sha256": hashlib.sha256((folder / f"{name}.onnx").read_bytes()).hexdigest()}
        for name in sorted(names)
    ]


def rules_fingerprint(folder: Path) -> str:
    """Compute one SHA-256 over all rules."""
    whole = hashlib.sha256()
    for path in sorted(one for one in folder.rglob("*") if one.suffix in RULE_ENDINGS):
        whole.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _print(rates: dict[str, Any], cards: dict[str, Any]) -> None:
    print(f"{'kind':52}{'cases':>7}{'harmless':>10}   range")
    for row in rates["rates"]:
        name = f"{row['sense']} {row['reason']} {row['band']}"
        print(f"{name:52}{row['cases']:>7}{row['harmless']:>10}   {row['lowest']:.3f} to {row['highest']:.3f}")
    print("ranges that held:", rates["ranges_that_held"])
    for name, card in cards.items():
        told = card["reliability"]
        print(
            f"{name}: Brier {told['brier']}, calibration error {told['calibration_error']} over {told['cases']} cases"
        )
    every = [(row["judge"], row) for row in rates["groups"]]
    every += [(name, row) for name, card in cards.items() for row in card["groups"]]
    for judge, row in every:
        worst = "   more than twice the middle" if row["is_worst"] else ""
        line = f"{judge:14}{row['kind']:13}{row['group']:20}{row['alarms']:>5} in {row['weeks']:.2f} weeks"
        print(f"{line}{row['alarms_a_week']:>9.1f} a week{worst}")


if __name__ == "__main__":
    sys.exit(main())
