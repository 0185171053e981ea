"""Measures the program detectors: how many recorded attacks they find, and which ordinary starts they blame.

Before this on the path: labelled recordings that lie beside the project, never in it. After it: tables. Scored as their
README says: a recording is found when a finding rests on one of its attack starts; a false alarm is a benign start that
a finding rests on. What one pool of recordings says is believed only as far as its groups agree with each other.

    python benchmarks/quality_programs.py                     the table
    python benchmarks/quality_programs.py --parts             what each reason, detector and rule adds and costs
    python benchmarks/quality_programs.py --reason false_name only this reason, with its false alarms
    python benchmarks/quality_programs.py --missed            recordings that nothing of medium or more was said about
    python benchmarks/quality_programs.py --group-folds       the same table for five sets of groups and each source
    python benchmarks/quality_programs.py --show UNIT         every start of one recording, and what is said about it
    python benchmarks/quality_programs.py --lines found.jsonl one JSON line a finding, for another scorer
    python benchmarks/quality_programs.py --poll 1            weighed by the chance that a poller sees the start

``--poll`` judges every start and weighs each by life / period: that is the expectation over all poller phases.
``--simulate-poll`` lets the reader drop what one poller would not see, context included, as ``scan processes --poll``
does; its findings are then counted as they are.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from detectors.contract.detector import Detector, DetectorContext  # noqa: E402 - the path above comes first
from detectors.contract.finding import Finding, Severity  # noqa: E402
from detectors.contract.programs import Program, Programs  # noqa: E402
from detectors.telemetry.program_recording import RecordingReader  # noqa: E402
from detectors.worker.registry import Panel  # noqa: E402

FOLDER = ROOT.parent / "shared" / "data" / "process"
FLOORS = (("high", Severity.HIGH), ("medium", Severity.MEDIUM))
FOREVER_S = 1e9
"""Life of a program whose end is not recorded."""
LEFT_OUT = frozenset({"ask-dev-workstation-lolbin-scripts"})
"""Not scored: its labels are those of scripts that were run for show."""
FOLDS = 5
TEXT_CUT = 170


@dataclass(slots=True)
class Start:
    """One labelled start."""

    unit: str
    label: str
    life_s: float
    row: dict[str, Any]
    said: list[Finding] = field(default_factory=list)

    def rank(self, wanted: Callable[[Finding], bool]) -> int:
        """Give the highest severity among the findings that are wanted."""
        return max((one.severity for one in self.said if wanted(one)), default=0)


@dataclass(slots=True)
class Unit:
    """One recording."""

    name: str
    source: str
    group: str
    starts: list[Start] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Real recordings, texts with invented context, and others are scored apart."""
        for beginning, kind in (("atomic-", "texts-"), ("sigma-", "rule-regression"), ("own-", "own-linux")):
            if self.name.startswith(beginning):
                return kind + self.name.split("-")[1] if kind == "texts-" else kind
        return "real"

    def of(self, label: str) -> list[Start]:
        """List its starts of one label."""
        return [one for one in self.starts if one.label == label]


@dataclass(slots=True)
class Score:
    """What one floor of severity gives."""

    recall: dict[str, float]
    """By kind of recording."""
    recordings: dict[str, int]
    false: int
    benign: int
    worst: list[tuple[str, int]]

    @property
    def false_per_10000(self) -> float:
        """Benign starts blamed, of ten thousand."""
        return 1e4 * self.false / max(self.benign, 1)


def main() -> int:
    """Read, judge, print."""
    args = _read_arguments()
    if not (args.recordings / "manifest.json").is_file():
        print("recordings absent: not measured", args.recordings)
        return 0
    began = time.monotonic()
    units, lines = read_units(args.recordings)
    found = list(judge_all(program_judges(args.detector), args.recordings, args.simulate_poll))
    spread(found, lines)
    print(f"{len(lines)} starts, {len(found)} findings, {time.monotonic() - began:.1f} s\n")
    if args.lines:
        args.lines.write_text("".join(map(as_line, found)), encoding="utf-8")
    wanted = _filter(args.reason)
    print_table(units, args.poll, wanted)
    further: tuple[tuple[Any, Callable[[], None]], ...] = (
        (args.group_folds, lambda: print_folds(units, args.poll, wanted)),
        (args.parts or args.reason, lambda: print_parts(units, wanted)),
        (args.reason or args.false, lambda: print_false(units, wanted)),
        (args.missed, lambda: print_missed(units, wanted)),
        (args.show, lambda: print_unit(units, args.show)),
    )
    for is_asked, show in further:
        if is_asked:
            show()
    return 0


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recordings", type=Path, default=FOLDER, help="folder with logs/, labels and manifest.json")
    parser.add_argument("--poll", type=float, default=0.0, metavar="S", help="weigh starts as a poller would see them")
    parser.add_argument("--simulate-poll", type=float, metavar="S", help="drop starts that one poller would not see")
    parser.add_argument("--reason", help="count findings of this reason (or detector) alone")
    parser.add_argument("--detector", action="append", help="run this detector alone; may be given again")
    parser.add_argument("--parts", action="store_true", help="what each reason, detector and rule adds and costs")
    parser.add_argument("--false", action="store_true", help="list benign starts that are blamed")
    parser.add_argument("--missed", action="store_true", help="list recordings that were missed at medium")
    parser.add_argument("--group-folds", action="store_true", help="scores of five sets of groups, and of each source")
    parser.add_argument("--show", metavar="UNIT", help="every start of one recording")
    parser.add_argument("--lines", type=Path, metavar="OUT", help="write one JSON line a finding")
    return parser.parse_args()


def program_judges(names: Sequence[str] | None = None) -> Panel:
    """Build every detector that reads programs, or the named ones; one that does not load is told of."""
    kinds: list[type[Detector]] = []
    for path in sorted((ROOT / "detectors").glob("*.py")):
        if (names and path.stem not in names) or "contract.programs" not in path.read_text(encoding="utf-8"):
            continue
        try:
            module = importlib.import_module(f"detectors.{path.stem}")
        except Exception as error:  # noqa: BLE001 - the others can be measured without it
            print(f"LEFT OUT {path.stem}: {error!r}")
            continue
        kinds += [
            one
            for one in vars(module).values()
            if isinstance(one, type) and issubclass(one, Detector) and one.__module__ == module.__name__
        ]
    context = DetectorContext(ROOT / "rules", None, ROOT / "models")
    return Panel.build(context, [one for one in kinds if one.reads is Programs])


def judge_all(panel: Panel, folder: Path, poll_s: float | None = None) -> Iterator[Finding]:
    """Judge every recording of a folder."""
    for path in sorted((folder / "logs").glob("*.gz")):
        yield from judge_file(panel, path, poll_s)


def judge_file(panel: Panel, path: Path, poll_s: float | None = None) -> Iterator[Finding]:
    """Judge one recording, as the worker does: who was found in one stretch is known in the next."""
    reader = RecordingReader(str(path), poll_s)
    with path.open("rb") as stream:
        for programs in reader.read(stream):
            found, gap = panel.judge(programs)
            if gap:
                print(f"NOT JUDGED {path.name}: {gap}")
            reader.flag(flagged_by(programs, found))
            yield from found
    for skipped in reader.skipped():
        print(f"NOT READ {path.name}: {skipped.reason} {skipped.values}")


def flagged_by(programs: Programs, found: Iterable[Finding]) -> dict[Program, float]:
    """List the programs that findings of medium or more rest on."""
    lines = {line for one in found if one.severity >= Severity.MEDIUM for line in one.records}
    return {one: one.started_s or programs.now_s or 0.0 for one in programs.starts if one.record in lines}


def read_units(folder: Path) -> tuple[dict[str, Unit], dict[tuple[str, int], Start]]:
    """Read labels and recordings.

    Returns:
        Recordings by name, and starts by file name and line.
    """
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["units"]
    about = {one["id"]: one for one in manifest}
    labels: dict[tuple[str, int], str] = {}
    for row in _rows(folder / "labels.jsonl.gz"):
        labels[row["unit"], row["i"]] = row["label"]
    units: dict[str, Unit] = {}
    lines: dict[tuple[str, int], Start] = {}
    for path in sorted((folder / "logs").glob("*.gz")):
        for number, row in enumerate(_rows(path)):
            name = row["unit"]
            known = about.get(name, {})
            unit = units.setdefault(name, Unit(name, known.get("source", ""), known.get("group", "")))
            start = Start(name, labels.get((name, row["i"]), "unknown"), _life(row), row)
            lines[path.name, number] = start
            unit.starts.append(start)
    return units, lines


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _life(row: dict[str, Any]) -> float:
    start, end = row.get("t"), row.get("end")
    return FOREVER_S if start is None or end is None else max(end - start, 0.0)


def spread(found: Iterable[Finding], lines: dict[tuple[str, int], Start]) -> None:
    """Note each finding at the starts that it rests on."""
    for one in found:
        name = Path(one.source).name
        for number in one.records:
            if (name, number) in lines:
                lines[name, number].said.append(one)


def score(
    units: Iterable[Unit],
    floor: int,
    poll_s: float = 0.0,
    wanted: Callable[[Finding], bool] = lambda _: True,
) -> Score:
    """Count recordings found and benign starts blamed, at one severity or more."""
    total: Counter[str] = Counter()
    found: defaultdict[str, float] = defaultdict(float)
    worst: Counter[str] = Counter()
    benign = 0
    for unit in units:
        if unit.name in LEFT_OUT:
            continue
        benign += len(unit.of("benign"))
        worst[unit.name] += sum(one.rank(wanted) >= floor for one in unit.of("benign"))
        attacks = unit.of("attack")
        if attacks:
            total[unit.kind] += 1
            found[unit.kind] += 1 - _chance_missed([one for one in attacks if one.rank(wanted) >= floor], poll_s)
    recall = {kind: found[kind] / total[kind] for kind in sorted(total)}
    top = [(name, count) for name, count in worst.most_common(5) if count]
    return Score(recall, dict(total), worst.total(), benign, top)


def _chance_missed(hits: Sequence[Start], poll_s: float) -> float:
    missed = 1.0
    for one in hits:
        missed *= 1 - (min(1.0, one.life_s / poll_s) if poll_s else 1.0)
    return missed


def _filter(reason: str | None) -> Callable[[Finding], bool]:
    return (lambda one: reason in (one.reason, one.detector)) if reason else lambda _: True


def print_table(units: dict[str, Unit], poll_s: float, wanted: Callable[[Finding], bool]) -> None:
    """Print recall by kind, false alarms and the recordings with most of them."""
    for name, floor in FLOORS:
        result = score(units.values(), floor, poll_s, wanted)
        recalls = "  ".join(f"{kind} {share:.3f} of {result.recordings[kind]}" for kind, share in result.recall.items())
        print(f"{name:8} {recalls}")
        print(f"{'':8} false {result.false_per_10000:.1f} per 10,000 ({result.false} of {result.benign})")
        print(f"{'':8} most in {', '.join(f'{unit} {count}' for unit, count in result.worst) or '-'}\n")


def print_folds(units: dict[str, Unit], poll_s: float, wanted: Callable[[Finding], bool]) -> None:
    """Print the score of each fifth of the groups and of each source: how far they differ is how little to believe."""
    sets: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units.values():
        if unit.kind in ("real", "own-linux"):
            sets[f"fold {zlib.crc32(unit.group.encode()) % FOLDS}"].append(unit)
            sets[f"source {unit.source}"].append(unit)
    print(f"{'real recordings':16} {'attacks':>8} {'benign':>7}  {'high':>5} {'false':>6}  {'medium':>6} {'false':>6}")
    for name in sorted(sets):
        high, medium = (score(sets[name], floor, poll_s, wanted) for _, floor in FLOORS)
        recalls = [f"{one.recall.get('real', float('nan')):.3f}" for one in (high, medium)]
        print(
            f"{name:16} {high.recordings.get('real', 0):>8} {high.benign:>7}  {recalls[0]:>5} "
            f"{high.false_per_10000:>6.1f}  {recalls[1]:>6} {medium.false_per_10000:>6.1f}"
        )
    print()


def print_parts(units: dict[str, Unit], wanted: Callable[[Finding], bool]) -> None:
    """Print for each reason, detector, rule and sign what it finds, what only it finds, and whom it blames."""
    parts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for unit in units.values():
        if unit.name in LEFT_OUT:
            continue
        for kind in ("reason", "detector", "rule", "sign"):
            _count_parts(unit, kind, wanted, parts)
    head = ("attacks", "only", "high", "only high", "benign", "benign high", "any level")
    print(f"{'part':72} " + " ".join(f"{one:>11}" for one in head))
    order = ("reason", "detector", "rule", "sign")
    for (kind, name), counts in sorted(parts.items(), key=lambda one: (order.index(one[0][0]), -one[1]["attacks"])):
        print(f"{kind + ' ' + name:72} " + " ".join(f"{counts[one]:>11}" for one in head))
    print()


def _count_parts(
    unit: Unit, kind: str, wanted: Callable[[Finding], bool], parts: defaultdict[tuple[str, str], Counter[str]]
) -> None:
    for floor, word, only, blamed in (
        (Severity.MEDIUM, "attacks", "only", "benign"),
        (Severity.HIGH, "high", "only high", "benign high"),
    ):
        names = {name for one in unit.of("attack") for name in _names(one, kind, floor, wanted)}
        for name in names:
            parts[kind, name][word] += 1
            parts[kind, name][only] += len(names) == 1
        for start in unit.of("benign"):
            for name in _names(start, kind, floor, wanted):
                parts[kind, name][blamed] += 1
    for name in {name for one in unit.of("attack") for name in _names(one, kind, Severity.INFORMATIONAL, wanted)}:
        parts[kind, name]["any level"] += 1


def _names(start: Start, kind: str, floor: int, wanted: Callable[[Finding], bool]) -> set[str]:
    """List the reasons, detectors, rules or signs that speak about a start at one severity or more."""
    said = [one for one in start.said if one.severity >= floor and wanted(one)]
    if kind in ("reason", "detector"):
        return {getattr(one, kind) for one in said}
    if kind == "sign":
        return {
            f"{one.reason} {sign.name.removeprefix('sign_')}"
            for one in said
            for sign in one.evidence
            if sign.name.startswith("sign_") and sign.observed is True
        }
    lists = [part.observed for one in said for part in one.evidence if part.name == "rules"]
    return {name for names in lists if isinstance(names, list) for name in names}


def print_false(units: dict[str, Unit], wanted: Callable[[Finding], bool]) -> None:
    """Print the benign starts that are blamed at medium or more."""
    for unit in units.values():
        for start in unit.of("benign"):
            if unit.name not in LEFT_OUT and start.rank(wanted) >= Severity.MEDIUM:
                _print_start("FALSE", start, wanted)
    print()


def print_missed(units: dict[str, Unit], wanted: Callable[[Finding], bool]) -> None:
    """Print the attack starts of each recording that was missed at medium."""
    for unit in sorted(units.values(), key=lambda one: (one.kind, one.name)):
        attacks = unit.of("attack")
        if attacks and all(one.rank(wanted) < Severity.MEDIUM for one in attacks):
            print(f"MISSED {unit.kind} {unit.name} ({len(attacks)} attack starts)")
            for start in attacks[:8]:
                _print_start("   ", start, wanted)


def print_unit(units: dict[str, Unit], name: str) -> None:
    """Print every start of one recording."""
    for start in units[name].starts:
        _print_start(start.label, start, lambda _: True)


def _print_start(word: str, start: Start, wanted: Callable[[Finding], bool]) -> None:
    said = sorted({f"{one.severity.word}:{one.reason}" for one in start.said if wanted(one)})
    row = start.row
    line = f"{word:8} {start.unit} {row['i']} {row.get('pname')} > {row.get('exe') or row.get('name')} : "
    print((line + ascii(row.get("cmdline")))[: TEXT_CUT + len(line)], *said)


def as_line(one: Finding) -> str:
    """Write a finding in the form of the command line, as far as a scorer needs it."""
    told: dict[str, Any] = {"type": "finding", "id": one.id, "detector": one.detector, "reason": one.reason}
    told |= {"severity": one.severity.word, "confidence": one.confidence, "source": one.source}
    told |= {"records": list(one.records), "subject": {"kind": one.subject.kind, "name": one.subject.name}}
    told["evidence"] = [{"name": part.name, "observed": part.observed, "unit": part.unit} for part in one.evidence]
    return json.dumps(told) + "\n"


if __name__ == "__main__":
    sys.exit(main())
