"""Measures the network detectors: how many labelled behaviours they find, and what they say about harmless recordings.

Before this on the path: recordings that lie beside the project, never in it. After it: tables. Scored as their README
says: found means medium or more with the label's name; a harmless recording is wrong when anything else is that loud.
The figures to believe are those of the last table, where the thresholds never saw the source they are measured on.

    python benchmarks/quality_network.py                        everything
    python benchmarks/quality_network.py --only beaconing       what was missed and what was wrong, for one reason
    python benchmarks/quality_network.py --lines found.jsonl    one JSON line a finding, for another scorer
    python benchmarks/quality_network.py --peers                what nDPI finds in the same recordings
"""

from __future__ import annotations

import argparse
import importlib
import itertools
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from peers_network import print_peers  # noqa: E402 - beside this file

from detectors.contract.detector import Detector, DetectorContext  # noqa: E402 - the path above comes first
from detectors.contract.finding import Finding, Severity  # noqa: E402
from detectors.contract.traffic import Traffic  # noqa: E402
from detectors.telemetry.capture_file import read_capture  # noqa: E402
from detectors.telemetry.raw_packets import RawPackets  # noqa: E402
from detectors.telemetry.traffic_reader import TrafficReader  # noqa: E402
from detectors.worker.registry import Panel, find_detectors  # noqa: E402

CAPTURES_FOLDER = ROOT.parent / "shared" / "data" / "network"
SIDE_CLASS = "exploit_legacy_client"
"""Attacks on components of 2008: reported, not part of the main figure."""
FALSE_ALARM_COST = 2
"""When a threshold is chosen, one false alarm outweighs so many found."""

Setting = tuple[tuple[str, float], ...]

GRIDS: dict[str, dict[str, tuple[float, ...]]] = {
    "port_scan_vertical": {"MIN_PORTS": (8, 12, 20, 50), "WINDOW_S": (60.0, 300.0)},
    "port_scan_horizontal": {"MIN_HOSTS": (10, 15, 30), "MIN_FAILED_WEB": (0.6, 0.85, 0.95)},
    "network_sweep": {"MIN_ARP_TARGETS": (12, 25, 60), "MIN_PING_TARGETS": (5, 8, 16)},
    "beaconing": {"MAX_REPORT_JITTER": (0.1, 0.25, 0.4), "MIN_BEATS": (5, 6, 10), "MIN_TURNS": (5, 8, 15)},
    "dos_flood": {"MIN_HALF_OPEN": (30, 100, 300), "MIN_REFLECTORS": (10, 30, 100)},
    "exfiltration": {"MIN_OPEN_BYTES": (100_000, 250_000, 1_000_000), "MIN_RATIO": (2.0, 5.0, 20.0)},
    "brute_force": {"MIN_FAILED": (5, 10, 15), "MIN_SESSIONS": (6, 8, 16)},
    "dns_tunnel": {"MIN_NAMES": (8, 15, 30), "MIN_LABEL": (12, 18, 30)},
    "dga": {"MIN_UNKNOWN": (4, 6, 12), "MIN_MADE": (2, 3, 5)},
    "icmp_tunnel": {"MIN_FALSE_ECHOES": (1, 3, 10)},
    "arp_spoof": {"MIN_UNASKED": (2, 4, 10)},
    "c2_channel": {"ENOUGH": (4, 5, 6)},
    "exploit_kit": {"CHAIN_S": (60.0, 180.0, 600.0), "QUICK_S": (5.0, 10.0, 30.0)},
    "malware_download": {"SCRAMBLED_BITS": (6.5, 7.2, 7.6)},
    "web_attack": {"MIN_GUESSES": (10, 20, 40)},
}
"""Detector file -> its named thresholds and the values to choose from; the shipped value is among them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One recording of the manifest."""

    file: str
    category: str
    labels: frozenset[str]
    allowed: frozenset[str]
    source: str
    """Who published it: what is left out together."""
    is_main: bool
    """Its labels are certain."""
    active_hours: float

    def wrong(self, loud: Iterable[str]) -> set[str]:
        """List what was said too loudly about a harmless recording."""
        return set(loud) - self.allowed if self.category == "benign" else set()


@dataclass(slots=True)
class Outcome:
    """What was said about one recording."""

    entry: Entry
    loud: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    tried: dict[str, dict[Setting, set[str]]] = field(default_factory=dict)
    """Detector -> setting -> what is loud then."""
    seconds: float = 0.0
    failed: list[str] = field(default_factory=list)
    """Detectors that raised."""


def main() -> int:
    """Read, judge, print."""
    args = _read_arguments()
    if not (args.captures / "manifest.json").is_file():
        print("recordings absent: not measured")
        return 0
    entries = read_manifest(args.captures / "manifest.json", args.only)
    judges = [one for one in network_judges() if not args.only or args.only in one.reasons]
    outcomes = [measure(judges, entry, args.captures / "captures" / entry.file) for entry in entries]
    if args.lines:
        lines = (_as_line(finding) for outcome in outcomes for finding in outcome.findings)
        args.lines.write_text("".join(lines), encoding="utf-8")
    _print_behaviours(outcomes, args.only)
    _print_false_alarms(outcomes)
    _print_sources(outcomes)
    _print_left_out(outcomes)
    _print_summary(outcomes)
    if args.peers:
        print_peers(outcomes, args.captures / "captures")
    return 0


def network_judges() -> list[Detector]:
    """Make every detector that reads traffic."""
    members = Panel.build(DetectorContext(ROOT / "rules", None, ROOT / "models"), find_detectors()).members
    return [one for one in members if one.reads is Traffic]


def judge_file(judges: Sequence[Detector], path: Path) -> list[Finding]:
    """Read one recording and list what is said about it."""
    return [finding for traffic in _read(path) for judge in judges for finding in judge.detect(traffic)]


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--captures", type=Path, default=CAPTURES_FOLDER, help="folder with captures/ and manifest.json"
    )
    parser.add_argument("--only", metavar="REASON", help="one reason; recordings of other behaviours are left out")
    parser.add_argument("--lines", type=Path, metavar="OUT", help="write one JSON line a finding")
    parser.add_argument("--peers", action="store_true", help="run other programs over the same recordings")
    return parser.parse_args()


def read_manifest(path: Path, only: str | None) -> list[Entry]:
    """Read what is known of each recording; of one reason alone where that is asked."""
    rows = json.loads(path.read_text(encoding="utf-8"))["entries"]
    entries = [_read_row(row) for row in rows]
    if not only:
        return entries
    entries = [replace(one, labels=one.labels & {only}) for one in entries]
    return [one for one in entries if one.category == "benign" or one.labels]


def _read_row(row: Mapping[str, Any]) -> Entry:
    return Entry(
        row["file"],
        row["category"],
        frozenset(row.get("labels", ())) if row["category"] == "malicious" else frozenset(),
        frozenset(row.get("allowed", ())),
        row["repo"],
        row.get("confidence") == "high",
        float(row.get("active_seconds") or 0) / 3600,
    )


def measure(judges: Sequence[Detector], entry: Entry, path: Path) -> Outcome:
    """Read one recording and let everybody judge it, with the shipped thresholds and with others."""
    outcome = Outcome(entry)
    began = time.perf_counter()
    for traffic in _read(path):
        for judge in judges:
            try:
                outcome.findings += judge.detect(traffic)
            except Exception as error:  # noqa: BLE001 - the table tells of it and goes on
                outcome.failed.append(f"{judge.name}: {error!r}")
        outcome.seconds += time.perf_counter() - began
        for judge in judges:
            if judge.name in GRIDS and entry.category in ("malicious", "benign"):
                _try_settings(judge, traffic, outcome.tried.setdefault(judge.name, {}))
        began = time.perf_counter()
    outcome.loud = _loud(outcome.findings)
    for line in outcome.failed:
        print(f"{entry.file}: {line}", file=sys.stderr)
    return outcome


def _read(path: Path) -> Iterator[Traffic]:
    """Read as the worker does: judged in stretches when a recording is long."""
    reader = TrafficReader(str(path))
    with path.open("rb") as stream:
        for part in read_capture(stream):
            if isinstance(part, RawPackets):
                reader.take(part)
            if reader.is_full:
                yield reader.traffic()
                reader.cut()
    yield reader.traffic()


def _try_settings(judge: Detector, traffic: Traffic, tried: dict[Setting, set[str]]) -> None:
    """Judge again with each setting of the grid."""
    module = importlib.import_module(type(judge).__module__)
    names = list(GRIDS[judge.name])
    shipped = {name: getattr(module, name) for name in names}
    for values in itertools.product(*GRIDS[judge.name].values()):
        for name, value in zip(names, values, strict=True):
            setattr(module, name, value)
        said = _loud(judge.detect(traffic))
        tried.setdefault(tuple(zip(names, values, strict=True)), set()).update(said)
    for name, value in shipped.items():
        setattr(module, name, value)


def _loud(findings: Iterable[Finding]) -> set[str]:
    return {one.reason for one in findings if one.severity >= Severity.MEDIUM}


def _print_behaviours(outcomes: Sequence[Outcome], only: str | None) -> None:
    """Print found of total for each label, and what was missed when one reason is looked at."""
    totals = Counter(label for one in outcomes for label in one.entry.labels)
    found = Counter(label for one in outcomes for label in one.entry.labels & one.loud)
    print("behaviour                        found")
    for label, total in totals.most_common():
        if not only or label == only:
            print(f"{label:32}{found[label]:4}/{total}")
    for one in outcomes if only else ():
        if only in one.entry.labels - one.loud:
            print(f"  missed: {one.entry.file}")


def _print_false_alarms(outcomes: Sequence[Outcome]) -> None:
    """Print what harmless recordings were accused of, by reason and by recording."""
    reasons: Counter[str] = Counter()
    print("\nfalse alarms")
    for one in outcomes:
        wrong = one.entry.wrong(one.loud)
        reasons.update(wrong)
        for reason in sorted(wrong):
            print(f"  {reason:26}{one.entry.file}")
    print(f"  by reason: {dict(reasons.most_common())}")


def _print_sources(outcomes: Sequence[Outcome]) -> None:
    """Print found of total and wrong of harmless for each publisher."""
    print("\nsource                                        found      harmless wrong")
    by_source: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        by_source[one.entry.source].append(one)
    for source, group in sorted(by_source.items()):
        labels = sum(len(one.entry.labels) for one in group)
        hits = sum(len(one.entry.labels & one.loud) for one in group)
        benign = [one for one in group if one.entry.category == "benign"]
        wrong = sum(bool(one.entry.wrong(one.loud)) for one in benign)
        if labels or benign:
            print(f"{source:44}{hits:4}/{labels:<6}{wrong:4}/{len(benign)}")


def _print_left_out(outcomes: Sequence[Outcome]) -> None:
    """Choose thresholds without one source, measure on that source, and add up over all sources."""
    print("\nleave one source out (detector: found, false alarms with thresholds chosen elsewhere)")
    for name in GRIDS:
        group = [one for one in outcomes if name in one.tried]
        if not any(name in one.entry.labels for one in group):
            continue
        found = total = wrong = 0
        for source in sorted({one.entry.source for one in group}):
            setting = choose([one for one in group if one.entry.source != source], name)
            for one in group:
                if one.entry.source == source:
                    said = one.tried[name][setting]
                    total += name in one.entry.labels
                    found += name in one.entry.labels & said
                    wrong += bool(one.entry.wrong(said))
        print(f"{name:32}{found:4}/{total:<5}{wrong:4} false")


def choose(outcomes: Sequence[Outcome], name: str) -> Setting:
    """Choose the setting that finds most, false alarms weighed in; of equal ones the middle of each threshold."""
    settings = list(outcomes[0].tried[name])
    worth = []
    for setting in settings:
        said = [(one.entry, one.tried[name][setting]) for one in outcomes]
        found = sum(name in entry.labels & loud for entry, loud in said)
        worth.append(found - FALSE_ALARM_COST * sum(bool(entry.wrong(loud)) for entry, loud in said))
    best = [setting for setting, value in zip(settings, worth, strict=True) if value == max(worth)]
    columns = (sorted({setting[place] for setting in best}) for place in range(len(best[0])))
    middle = tuple(column[len(column) // 2] for column in columns)
    return middle if middle in best else best[len(best) // 2]


def _print_summary(outcomes: Sequence[Outcome]) -> None:
    """Print the figures that are compared from one version to the next."""
    main = [(one, label) for one in outcomes if one.entry.is_main for label in one.entry.labels - {SIDE_CLASS}]
    hits = sum(label in one.loud for one, label in main)
    totals = Counter(label for one in outcomes for label in one.entry.labels)
    found = Counter(label for one in outcomes for label in one.entry.labels & one.loud)
    half = sum(2 * found[label] >= total for label, total in totals.items())
    benign = [one for one in outcomes if one.entry.category == "benign"]
    wrong = [one for one in benign if one.entry.wrong(one.loud)]
    alarms = sum(len(one.entry.wrong(one.loud)) for one in benign)
    hours = sum(one.entry.active_hours for one in benign)
    slowest = max(outcomes, key=lambda one: one.seconds)
    print(f"\nmain recall {hits}/{len(main)} = {hits / max(len(main), 1):.3f}")
    print(f"harmless recordings wrong {len(wrong)} of {len(benign)}", end="; ")
    print(f"{alarms / max(hours, 1e-9):.2f} alarms an active hour")
    print(f"behaviours half found {half} of {len(totals)}")
    print(f"{len(outcomes)} recordings in {sum(one.seconds for one in outcomes):.0f} s", end="")
    print(f", slowest {slowest.seconds:.1f} s ({slowest.entry.file}), detectors that failed {len(_failures(outcomes))}")


def _failures(outcomes: Iterable[Outcome]) -> list[str]:
    return [line for one in outcomes for line in one.failed]


def _as_line(finding: Finding) -> str:
    line = {
        "type": "finding",
        "source": finding.source,
        "reason": finding.reason,
        "severity": finding.severity.word,
        "confidence": finding.confidence,
        "subject": {"kind": finding.subject.kind, "name": finding.subject.name},
        "evidence": {item.name: item.observed for item in finding.evidence},
        "records": list(finding.records[:20]),
    }
    return json.dumps(line) + "\n"


if __name__ == "__main__":
    sys.exit(main())
