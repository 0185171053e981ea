"""Measures the file rules: how many harmful samples they find, and how many harmless files they alarm on.

Before this on the path: collections of real files that lie beside the project, never in it. After it: a table.
Members are read from their locked zip into memory and never written to disk. Groups of near-duplicates are split by
a hash of the group's name: the *read* half may be looked at while rules are written, the *kept* half only measured.

    python benchmarks/quality.py                          samples and clean files beside the project
    python benchmarks/quality.py --tree /usr/share        false alarms in a folder of this computer as well
    python benchmarks/quality.py --lines found.jsonl      one JSON line a finding, for another scorer
    python benchmarks/quality.py --network                the network detectors instead (quality_network.py)
    python benchmarks/quality.py --rates                  how often alarms are harmless, for the program (rates.py)
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import quality_network  # noqa: E402 - beside this file

from detectors.contract.detector import DetectorContext  # noqa: E402 - the path above comes first
from detectors.contract.finding import Finding, Severity  # noqa: E402
from detectors.contract.records import ArchiveTrouble, FileRecord  # noqa: E402
from detectors.telemetry.archives import ArchiveBudget, open_members  # noqa: E402
from detectors.worker.registry import Panel, find_detectors  # noqa: E402

SAMPLES_FOLDER = ROOT.parent / "shared" / "data" / "files"
NOT_A_DETECTION = {"archive_not_opened", "test_file"}
"""Work not done, and files made for trying out."""
MAX_BYTES = 100_000_000
THREADS = 2
NETWORK_DOOR, RATES_DOOR = "--network", "--rates"
FEW = 4
"""Kinds with fewer samples get no line of their own."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One row of the manifest."""

    key: str
    """SHA-256, also the name of the member."""
    reason: str
    """What it should be found as."""
    also: frozenset[str]
    """Reasons that are close enough."""
    language: str
    """Kind of file."""
    group: str
    """Near-duplicates share it."""

    @property
    def half(self) -> str:
        """``read`` or ``kept``, the same for a whole group."""
        return "read" if hashlib.sha256(self.group.encode()).digest()[0] % 2 == 0 else "kept"


class Tally:
    """Counts of one line of the table."""

    def __init__(self) -> None:
        self.files = self.found = self.exact = 0
        self.groups: set[str] = set()
        self.groups_found: set[str] = set()

    def add(self, sample: Sample, reasons: set[str]) -> None:
        """Count one sample and what was said about it."""
        self.files += 1
        self.found += bool(reasons)
        self.exact += sample.reason in reasons
        self.groups.add(sample.group)
        if reasons:
            self.groups_found.add(sample.group)

    def __str__(self) -> str:
        if not self.files:
            return f"{'-':>26}"
        share = f"{self.found / self.files:.3f} ({self.exact / self.files:.3f})"
        return f"{self.found:4}/{self.files:<4} {share} {len(self.groups_found):3}/{len(self.groups):<3}"


def main() -> int:
    """Run what can be run here and say what cannot."""
    if NETWORK_DOOR in sys.argv:
        sys.argv.remove(NETWORK_DOOR)
        return quality_network.main()
    if RATES_DOOR in sys.argv:
        sys.argv.remove(RATES_DOOR)
        import rates  # noqa: PLC0415 - it imports this file

        return rates.main()
    args = _read_arguments()
    context = DetectorContext(rules_folder=ROOT / "rules", cache_folder=None)
    panel = Panel.build(context, find_detectors())
    if args.samples.is_dir():
        lines = _measure_samples(panel, args.samples)
        if args.lines:
            args.lines.write_text("".join(lines), encoding="utf-8")
        _measure_harmless(panel, "clean.zip", read_zip(args.samples / "clean.zip", b""))
    else:
        print("file samples absent: not measured")
    for tree in args.tree:
        _measure_harmless(panel, str(tree), _read_tree(tree))
    return 0


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--samples", type=Path, default=SAMPLES_FOLDER, help="folder with samples.zip and manifest.json"
    )
    parser.add_argument("--tree", type=Path, action="append", default=[], help="a folder of harmless files")
    parser.add_argument("--lines", type=Path, help="write one JSON line a finding about the samples")
    return parser.parse_args()


def _measure_samples(panel: Panel, folder: Path) -> list[str]:
    """Print recall by reason and kind; return the findings as JSON lines."""
    rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    samples = {row["sha256"]: read_sample(row) for row in rows}
    tallies: dict[tuple[str, str], dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    lines: list[str] = []
    for name, findings in judge_all(panel, read_zip(folder / "samples.zip", b"infected")):
        sample = samples[name.rpartition("/")[2].removesuffix(".bin")]
        loud = {finding.reason for finding in findings if is_alarm(finding)}
        for line in ((sample.reason, ""), (sample.reason, sample.language), ("total", "")):
            for half in ("all", sample.half):
                tallies[line][half].add(sample, loud)
        lines += [_as_line(finding) for finding in findings]
    _print_recall(tallies)
    return lines


def read_sample(row: dict[str, Any]) -> Sample:
    """Read one row of the manifest."""
    return Sample(row["sha256"], row["reason"], frozenset(row["also"]), row["language"], row["group"])


def _print_recall(tallies: dict[tuple[str, str], dict[str, Tally]]) -> None:
    print("found at medium or higher; in brackets with the expected reason; then groups of near-duplicates")
    print(f"{'reason':22}{'kind':12} {'all':32}{'read half':32}kept half")
    for line in sorted(tallies, key=lambda line: (line[0] == "total", line)):
        halves = tallies[line]
        if not line[1] or halves["all"].files >= FEW:
            print(f"{line[0]:22}{line[1]:12} {halves['all']!s:32}{halves['read']!s:32}{halves['kept']}")


def _measure_harmless(panel: Panel, title: str, files: Iterable[tuple[str, bytes]]) -> None:
    """Print every alarm among harmless files."""
    count, alarms = 0, []
    for name, findings in judge_all(panel, files):
        count += 1
        alarms += [(name, finding) for finding in findings if is_alarm(finding)]
    print(f"\n{title}: {len({name for name, _ in alarms})} of {count} harmless files alarmed", end=" ")
    print(dict(Counter(finding.reason for _, finding in alarms)))
    for name, finding in alarms:
        print(f"  {finding.severity.word:7}{finding.reason:24}{name!a} {_rules_of(finding)}")


def judge_all(panel: Panel, files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, list[Finding]]]:
    """Judge files side by side, a few at a time so that they need not all be in memory."""
    waiting: list[tuple[str, bytes]] = []
    with ThreadPoolExecutor(THREADS) as threads:
        for file in files:
            waiting.append(file)
            if len(waiting) == THREADS * 16:
                yield from threads.map(partial(_judge, panel), waiting)
                waiting = []
        yield from threads.map(partial(_judge, panel), waiting)


def _judge(panel: Panel, file: tuple[str, bytes]) -> tuple[str, list[Finding]]:
    """Judge one file and everything inside it, as the parser does."""
    name, data = file
    record = FileRecord(name, data, len(data), None, name)
    findings, _ = panel.judge(record)
    for item in open_members(record, ArchiveBudget()):
        if isinstance(item, FileRecord | ArchiveTrouble):
            findings += panel.judge(item)[0]
    return name, findings


def is_alarm(finding: Finding) -> bool:
    """Tell whether somebody would be interrupted by it."""
    return finding.severity >= Severity.MEDIUM and finding.reason not in NOT_A_DETECTION


def _rules_of(finding: Finding) -> object:
    return next((item.observed for item in finding.evidence if item.name == "rules"), finding.detector)


def _as_line(finding: Finding) -> str:
    line = {
        "type": "finding",
        "reason": finding.reason,
        "severity": finding.severity.word,
        "subject": {"kind": "file", "name": finding.subject.name},
    }
    return json.dumps(line) + "\n"


def read_zip(path: Path, password: bytes) -> Iterator[tuple[str, bytes]]:
    """Read every member into memory, one after the other."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield info.filename, archive.read(info, pwd=password or None)


def _read_tree(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in folder.rglob("*"):
        try:
            if path.is_file() and not path.is_symlink():
                with path.open("rb") as stream:
                    yield str(path), stream.read(MAX_BYTES)
        except OSError as error:
            print(f"  not read: {str(path)!a} ({error.strerror})")


if __name__ == "__main__":
    sys.exit(main())
