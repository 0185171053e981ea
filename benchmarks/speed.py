"""Measures how fast we are, each time against a peer doing the same work on the same files in the same run.

Before this on the path: a folder made from a seed, and the rules of the program. After it: a table, and JSON.
Both sides first have to say the same about every file; then they take turns (ours, peer, ours, peer, ...), so that a
busy machine disturbs both alike. Ratios are of pairs; what is printed is their median, with the lowest and highest.

    python benchmarks/speed.py                       the whole table
    python benchmarks/speed.py --json speed.json     and the single measurements as JSON
    python benchmarks/speed.py --files 500 --pairs 2 a quick look
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import resource
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import speed_models  # noqa: E402 - the path above comes first

from desktop.service.samples import load_samples  # noqa: E402 - the path above comes first

RULES = ROOT / "rules" / "files"
SEED = 20_261_123
THREADS = 2
MEDIAN_BYTES, SPREAD, LARGEST_BYTES = 9_000, 1.8, 8_000_000
"""Sizes of files in a home folder are log-normal (Agrawal et al., FAST 2007); the median here is an office's."""
REAL_FILES = 1_500
PACKED = (".zip", ".whl", ".gz", ".bz2", ".xz", ".tar", ".egg", ".jar", ".7z")
"""Left out: we look inside, the peers do not."""
PLAIN = """
import os, sys, yara
folder, tree = sys.argv[1:]
packs = {name[:-4]: os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".yar")}
rules = yara.compile(filepaths=packs, externals={"filename": "", "extension": "", "depth": 0}, includes=False)
for place, _, names in os.walk(tree):
    for name in names:
        path = os.path.join(place, name)
        with open(path, "rb") as opened:
            found = rules.match(data=opened.read(), fast=True, timeout=30)
        for match in found:
            print(match.namespace + "." + match.rule, path)
"""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run of one side."""

    wall_s: float
    """By the clock."""
    cpu_s: float
    """Of all its processes, user and system."""
    found: frozenset[tuple[str, str]]
    """(rule, file) pairs it named."""


@dataclass(slots=True)
class Row:
    """One line of the table: ours beside a peer."""

    id: str
    """What is compared."""
    peer: str
    """With whom, and which version."""
    check: str = ""
    """Whether both said the same, or why there is nothing to compare."""
    ours: list[Measurement] = field(default_factory=list)
    """One a pair."""
    theirs: list[Measurement] = field(default_factory=list)
    """One a pair."""


Side = Callable[[Path], Measurement]


def make_tree(folder: Path, count: int) -> tuple[int, int]:
    """Fill a folder from the seed and from this interpreter's own installation; return number and bytes of files."""
    dice = random.Random(SEED)
    words = [dice.randbytes(dice.randrange(2, 9)).hex().encode() for _ in range(4_000)]
    for number in range(count):
        size = min(LARGEST_BYTES, int(dice.lognormvariate(0, SPREAD) * MEDIAN_BYTES))
        is_text = dice.random() < 0.6  # noqa: PLR2004 - more than half of all files are texts
        data = b" ".join(dice.choices(words, k=size // 10)) if is_text else dice.randbytes(size)
        place = folder / f"{number % 40:02}"
        place.mkdir(exist_ok=True)
        (place / f"{number}.{'txt' if is_text else 'bin'}").write_bytes(data)
    _plant_samples(folder / "samples")
    _copy_real_files(folder / "real")
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def _plant_samples(folder: Path) -> None:
    """Write the self-test's harmless trial files and their twins, so that every rule has something to say."""
    folder.mkdir()
    for number, sample in enumerate(load_samples(ROOT / "resources" / "selftest")):
        for kind, data in (("sample", sample.data), ("twin", sample.twin)):
            if not data.startswith(b"PK"):
                (folder / f"{number:03}_{kind}").write_bytes(data)


def _copy_real_files(folder: Path) -> None:
    """Copy programs and texts of the interpreter's installation, always the same ones."""
    folder.mkdir()
    everything = (path for path in sorted(Path(sysconfig.get_path("stdlib")).rglob("*")) if path.is_file())
    usable = [path for path in everything if path.suffix not in PACKED and path.stat().st_size < LARGEST_BYTES]
    for number, path in enumerate(usable[:: max(1, len(usable) // REAL_FILES)]):
        shutil.copyfile(path, folder / f"{number:05}_{path.name}")


def run(command: Sequence[str], read: Callable[[str], set[tuple[str, str]]], good: Sequence[int] = (0,)) -> Measurement:
    """Run one side to its end and measure it with all its children; Python keeps bytecode, as it does everywhere."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT, env=environment)
    wall_s, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in good:
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stderr[-500:]}")
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measurement(wall_s, cpu_s, frozenset(read(done.stdout)))


def scan_with_ours(tree: Path) -> Measurement:
    """Run our own command, with everything it does besides: the wall, all detectors, explanations."""
    options = ["--format", "jsonl", "--no-store", "--quiet", "--data-folder", str(tree.parent / "data")]
    return run([sys.executable, "main.py", "scan", "files", str(tree), *options], _read_jsonl, good=(0, 1, 3))


def _read_jsonl(text: str) -> set[tuple[str, str]]:
    """Take the rules out of our findings."""
    found = set()
    for line in map(json.loads, text.splitlines()):
        if line["type"] == "finding" and line["detector"] == "suspicious_file":
            rules = next(one["observed"] for one in line["evidence"] if one["name"] == "rules")
            found |= {(rule, line["subject"]["name"]) for rule in rules}
    return found


def scan_with_plain_python(tree: Path) -> Measurement:
    """Run a bare loop over yara-python, the least that a program in Python can do."""
    return run([sys.executable, "-c", PLAIN, str(RULES), str(tree)], _read_lines)


def scan_with_command_line(tree: Path) -> Measurement:
    """Run the ``yara`` command with as many threads as we use."""
    packs = [f"{path.stem}:{path}" for path in sorted(RULES.glob("*.yar"))]
    externals = ["-d", "filename=", "-d", "extension=", "-d", "depth=0"]
    return run(["yara", "-r", "-e", "-f", "-w", "-p", str(THREADS), *externals, *packs, str(tree)], _read_colons)


def _read_lines(text: str) -> set[tuple[str, str]]:
    """Read ``pack.Rule path``."""
    return {(rule, path) for rule, _, path in (line.partition(" ") for line in text.splitlines())}


def _read_colons(text: str) -> set[tuple[str, str]]:
    """Read ``pack:Rule path``."""
    return {(rule.replace(":", ".", 1), path) for rule, path in _read_lines(text)}


def compare(row: Row, ours: Side, theirs: Side, tree: Path, pairs: int) -> Row:
    """Check that both find the same (which also warms the disk), then measure in turns."""
    first, second = ours(tree), theirs(tree)
    differing = first.found ^ second.found
    if differing:
        row.check = f"{len(differing)} differ: {sorted(differing)[:3]}"
        return row
    row.check = f"same {len(first.found)} matches"
    for _ in range(pairs):
        row.ours.append(ours(tree))
        row.theirs.append(theirs(tree))
    return row


def _spread(values: Sequence[float], form: str = ".2f") -> str:
    """Write median, lowest and highest."""
    return f"{median(values):{form}} ({min(values):{form}}-{max(values):{form}})"


def show(row: Row, files: int, size_bytes: int) -> None:
    """Print one row."""
    print(f"\n{row.id}  against  {row.peer}\n  check  {row.check}")
    for name, side in (("ours", row.ours), ("peer", row.theirs)):
        if side:
            walls = [one.wall_s for one in side]
            print(
                f"  {name}   wall {_spread(walls)} s   cpu {_spread([one.cpu_s for one in side])} s"
                f"   {_spread([size_bytes / 1e6 / wall for wall in walls], '.0f')} MB/s"
                f"   {_spread([files / wall for wall in walls], '.0f')} files/s"
            )
    if row.ours:
        both = list(zip(row.ours, row.theirs, strict=True))
        print(
            f"  ours / peer   wall {_spread([one.wall_s / other.wall_s for one, other in both])}"
            f"   cpu {_spread([one.cpu_s / other.cpu_s for one, other in both])}"
        )


def describe_machine() -> str:
    """Say on what this was measured."""
    load = os.getloadavg()[0]
    return f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f}"


def measure_files(tree: Path, pairs: int) -> list[Row]:
    """Compare checking files with both peers."""
    rows = [compare(Row("scan_files", "yara-python, bare loop"), scan_with_ours, scan_with_plain_python, tree, pairs)]
    if shutil.which("yara") is None:
        return [*rows, Row("scan_files", "yara command", check="not installed")]
    version = subprocess.run(["yara", "--version"], check=True, capture_output=True, text=True).stdout.strip()
    row = Row("scan_files", f"yara command {version}, {THREADS} threads")
    return [*rows, compare(row, scan_with_ours, scan_with_command_line, tree, pairs)]


def main() -> None:
    """Make the tree, measure, print, and write JSON when asked."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=int, default=4_000, help="files made from the seed")
    options.add_argument("--pairs", type=int, default=5, help="runs of each side")
    options.add_argument("--json", type=Path, help="write the single measurements here")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        tree.mkdir()
        files, size_bytes = make_tree(tree, chosen.files)
        machine = describe_machine()
        print(f"{machine}\n{files} files, {size_bytes / 1e6:.0f} MB, seed {SEED}")
        rows = measure_files(tree, chosen.pairs)
    for row in rows:
        show(row, files, size_bytes)
    speed_models.main([])
    if chosen.json:
        facts = {"machine": machine, "files": files, "bytes": size_bytes, "seed": SEED}
        lines = [asdict(row) for row in rows]
        for line in lines:
            for side in (*line["ours"], *line["theirs"]):
                side["found"] = len(side["found"])
        chosen.json.write_text(json.dumps(facts | {"rows": lines}, indent=1) + "\n")


if __name__ == "__main__":
    main()
