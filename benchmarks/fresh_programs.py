"""Makes program starts that no recording holds, and asks whether Plainwatch finds what it should, and no more.

Before this on the path: ``fresh_trees.py`` (trees of starts, harmless and harmful) and ``fresh_days.py`` (whole days
of an ordinary laptop). After it: tables. Everything goes the real way: a recording is written, read, judged by every
detector. Half of the branches of harmless trees, and half of the harmful trees, is *unseen*: what blames or misses
there is counted, never listed, so that nobody mends by it.

    python benchmarks/fresh_programs.py            the tables
    python benchmarks/fresh_programs.py --false    list the harmless starts of the seen half that are blamed
    python benchmarks/fresh_programs.py --missed   list the harmful trees of the seen half that are missed
    python benchmarks/fresh_programs.py --seed 7   other names, numbers, addresses and codes
    python benchmarks/fresh_programs.py --keep F   keep the recordings in a folder
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from fresh_trees import Tree, is_unseen, read_trees, start_rows  # noqa: E402 - the paths above come first
from quality_programs import judge_file, program_judges  # noqa: E402

from detectors.contract.finding import Finding, Severity  # noqa: E402
from detectors.worker.registry import Panel  # noqa: E402

SYSTEMS = ("windows", "linux", "macos")
HALVES = ("seen", "unseen")
TEXT_CUT = 200


@dataclass(slots=True)
class Told:
    """One start, and what is said about it."""

    row: dict[str, Any]
    is_attack: bool
    is_unseen: bool
    said: list[Finding] = field(default_factory=list)

    @property
    def rank(self) -> int:
        """Return the highest severity, -1 without a word."""
        return max((one.severity for one in self.said), default=-1)

    def show(self) -> str:
        """Write it in a line, with what is said."""
        words = sorted({f"{one.severity.word}:{one.reason}:{'+'.join(_rules(one))}" for one in self.said})
        row = self.row
        return f"{row['pname']} > {row['exe']} : {ascii(row['cmdline'])[:TEXT_CUT]}  <{' '.join(words)}>"


def main() -> int:
    """Make, judge, count."""
    args = _read_arguments()
    panel = program_judges()
    with tempfile.TemporaryDirectory() as made:
        folder = args.keep or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        judged = {
            (system, harmful): [
                (one, judge_tree(panel, one, args.seed, folder)) for one in read_trees(system, harmful=harmful)
            ]
            for system in SYSTEMS
            for harmful in (False, True)
        }
        print_tables(judged)
        for is_asked, harmful in ((args.false, False), (args.missed, True)):
            if is_asked:
                _print_seen(judged, is_harmful=harmful)
        if args.days:
            from fresh_days import print_days  # noqa: PLC0415 - it imports this folder, too

            print_days(panel, args.seed, folder, is_listed=args.false)
    return 0


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--false", action="store_true", help="list blamed harmless starts of the seen half")
    parser.add_argument("--missed", action="store_true", help="list missed harmful trees of the seen half")
    parser.add_argument("--no-days", dest="days", action="store_false", help="leave the ordinary days out")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="keep the recordings here")
    return parser.parse_args()


def judge_tree(panel: Panel, tree: Tree, seed: int, folder: Path) -> list[Told]:
    """Write the recording of one tree, and judge it as the worker does."""
    kind = "harmful" if tree.is_harmful else "harmless"
    rows = start_rows(tree, f"{kind}-{tree.system}", str(seed))
    told = [
        Told(row, line.lstrip()[0] == "!", is_unseen(tree.title if tree.is_harmful else line.strip()))
        for row, line in rows
    ]
    path = folder / f"{kind}_{tree.system}_{''.join(one if one.isalnum() else '_' for one in tree.title)}.jsonl.gz"
    judge_rows(panel, told, path)
    return told


def judge_rows(panel: Panel, told: list[Told], path: Path) -> None:
    """Judge starts, and note each finding at those that it rests on."""
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(one.row) + "\n" for one in told)
    for finding in judge_file(panel, path):
        for record in finding.records:
            told[record].said.append(finding)


Judged = dict[tuple[str, bool], list[tuple[Tree, list[Told]]]]


def print_tables(judged: Judged) -> None:
    """Print recall and false alarms of both halves of each system."""
    print(f"{'':16} {'harmful':>8} {'high':>6} {'medium':>7}   {'harmless':>8} {'high':>12} {'medium':>12}")
    for system in SYSTEMS:
        for half in HALVES:
            unseen = half == "unseen"
            bad = [told for tree, told in judged[system, True] if is_unseen(tree.title) == unseen]
            good = [one for _, told in judged[system, False] for one in told if one.is_unseen == unseen]
            recall = [_share(_is_found(told, floor) for told in bad) for floor in (Severity.HIGH, Severity.MEDIUM)]
            false = [sum(one.rank >= floor for one in good) for floor in (Severity.HIGH, Severity.MEDIUM)]
            wrong = [f"{one} ({1e4 * one / max(len(good), 1):.0f})" for one in false]
            print(
                f"{system + ' ' + half:16} {len(bad):>8} {recall[0]:>6.2f} {recall[1]:>7.2f}   "
                f"{len(good):>8} {wrong[0]:>12} {wrong[1]:>12}"
            )
    print("\nfalse alarms: number (per 10,000 starts)\n")
    _print_reasons(judged)


def _print_reasons(judged: Judged) -> None:
    found: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for (_, harmful), trees in judged.items():
        for _, told in trees:
            starts = [one for one in told if one.is_attack == harmful]
            reasons = {said.reason for one in starts for said in one.said if said.severity >= Severity.MEDIUM}
            (found if harmful else wrong).update(reasons)
    print(f"{'reason':32} {'harmful trees':>14} {'harmless trees':>15}")
    for reason in sorted(found | wrong):
        print(f"{reason:32} {found[reason]:>14} {wrong[reason]:>15}")
    print()


def _is_found(told: list[Told], floor: int) -> bool:
    return any(one.is_attack and one.rank >= floor for one in told)


def _share(these: Iterable[bool]) -> float:
    answers = list(these)
    return sum(answers) / max(len(answers), 1)


def _print_seen(judged: Judged, *, is_harmful: bool) -> None:
    for (system, of_harmful), trees in judged.items():
        for tree, told in trees if of_harmful == is_harmful else ():
            if is_harmful and not is_unseen(tree.title) and not _is_found(told, Severity.MEDIUM):
                print(f"MISSED {system} {tree.title}")
                print(*(f"    {one.show()}" for one in told if one.is_attack), sep="\n")
            elif not is_harmful:
                for one in told:
                    if one.rank >= Severity.MEDIUM and not one.is_unseen:
                        print(f"FALSE {system} {tree.title}\n    {one.show()}")


def _rules(one: Finding) -> list[str]:
    lists = [part.observed for part in one.evidence if part.name == "rules"]
    signs = [part.name for part in one.evidence if part.name.startswith("sign_")]
    return [str(name) for names in lists if isinstance(names, list) for name in names] + signs


if __name__ == "__main__":
    sys.exit(main())
